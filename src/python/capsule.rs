//! Arrow memory of other libraries, taken over through the PyCapsule interface. The only `unsafe` code of the crate: two
//! pointers that the interface hands over are trusted to be what their capsules are named for.
#![allow(unsafe_code)]

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::source::shown;

/// The schema and the batches of whatever holds Arrow memory.
pub fn batches(object: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    if object.hasattr("__arrow_c_array__")? {
        let (schema, array) = object.call_method0("__arrow_c_array__")?.extract()?;
        let batch = batch(&schema, &array, object)?;
        return Ok((batch.schema(), vec![batch]));
    }
    if object.hasattr("__arrow_c_stream__")? {
        let stream = object.call_method0("__arrow_c_stream__")?;
        return all(stream.cast::<PyCapsule>()?).map_err(|error| PyValueError::new_err(error.to_string()));
    }
    Err(no_batch(object))
}

fn no_batch(object: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "batch={} is no record batch: pass one of pyarrow or polars, or anything with __arrow_c_array__",
        shown(object)
    ))
}

fn pointer<T>(capsule: &Bound<'_, PyCapsule>, name: &CStr) -> PyResult<NonNull<T>> {
    Ok(capsule.pointer_checked(Some(name))?.cast())
}

fn batch(
    schema: &Bound<'_, PyCapsule>,
    array: &Bound<'_, PyCapsule>,
    object: &Bound<'_, PyAny>,
) -> PyResult<RecordBatch> {
    let schema: NonNull<FFI_ArrowSchema> = pointer(schema, c"arrow_schema")?;
    let array: NonNull<FFI_ArrowArray> = pointer(array, c"arrow_array")?;
    // SAFETY: capsules of these names hold these structs (Arrow PyCapsule interface), and both live to the end of this
    // function. `from_raw` leaves a released array behind, as the interface asks of a consumer.
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let mut data = data.map_err(|error| PyValueError::new_err(error.to_string()))?;
    if !matches!(data.data_type(), DataType::Struct(_)) || data.null_count() > 0 {
        return Err(no_batch(object));
    }
    // Other libraries may place buffers as C does not ask them to.
    data.align_buffers();
    Ok(RecordBatch::from(StructArray::from(data)))
}

fn all(stream: &Bound<'_, PyCapsule>) -> Result<(SchemaRef, Vec<RecordBatch>), ArrowError> {
    let pointer: NonNull<FFI_ArrowArrayStream> =
        pointer(stream, c"arrow_array_stream").map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
    // SAFETY: a capsule of this name holds this struct; `from_raw` leaves a released stream behind.
    let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.as_ptr()) }?;
    let schema = reader.schema();
    Ok((schema, reader.collect::<Result<_, _>>()?))
}
