//! Record batches over the Arrow C stream interface.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowSchema, to_ffi};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Date32Type, Float64Type, Int8Type, Int64Type, TimestampSecondType};
use arrow_array::{Array, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyImportError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use super::capsule;
use super::values::Moment;
use crate::document::Document;
use crate::table::{NAMES, Row, batch, compared, groups};

/// A table over Arrow memory.
#[pyclass(frozen, module = "copydesk._copydesk")]
pub struct Table {
    batch: RecordBatch,
}

pub fn fault(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

impl Table {
    pub fn new(py: Python<'_>, name: &str, rows: &[Row<'_>]) -> PyResult<Self> {
        let name = known(name)?;
        let batch = py.detach(|| batch(name, rows)).map_err(fault)?;
        Ok(Self { batch })
    }

    /// The comparison of the claims of all documents, with a row a claim, or a group.
    pub fn compared(py: Python<'_>, by: &str, rows: &[Row<'_>]) -> PyResult<Self> {
        let batch = match by {
            "claim" => py.detach(|| compared(rows)),
            "group" => py.detach(|| groups(rows)),
            other => {
                return Err(PyValueError::new_err(format!(
                    "by={other:?} is unknown: use 'claim' or 'group'"
                )));
            }
        };
        batch.map(Self::of_batch).map_err(fault)
    }

    pub fn of_batch(batch: RecordBatch) -> Self {
        Self { batch }
    }

    pub fn batch(&self) -> &RecordBatch {
        &self.batch
    }

    /// The table of a document that has no name.
    pub fn of_one(py: Python<'_>, name: &str, document: &Arc<Document>) -> PyResult<Self> {
        Self::new(py, name, &[Row { id: "0", document, url: None, error: None }])
    }

    fn cell<'py>(&self, py: Python<'py>, column: usize, row: usize) -> PyResult<Bound<'py, PyAny>> {
        value(py, self.batch.column(column), row)
    }
}

/// The table of that name, or an error that lists them all.
pub fn known(name: &str) -> PyResult<&'static str> {
    NAMES.into_iter().find(|known| *known == name).ok_or_else(|| {
        let names = NAMES.join("', '");
        PyValueError::new_err(format!("table={name:?} is no table: use one of '{names}'"))
    })
}

fn value<'py>(py: Python<'py>, array: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_bound_py_any(py),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row)).into_bound_py_any(py),
        DataType::Timestamp(TimeUnit::Second, None) => {
            moment(array.as_primitive::<TimestampSecondType>().value(row)).into_bound_py_any(py)
        }
        DataType::Boolean => array.as_boolean().value(row).into_bound_py_any(py),
        DataType::Dictionary(_, _) => {
            let labels = array.as_dictionary::<Int8Type>();
            let place = labels.key(row).unwrap_or_default();
            labels.values().as_string::<i32>().value(place).into_bound_py_any(py)
        }
        DataType::LargeList(_) => {
            let list = array.as_list::<i64>().value(row);
            let values: PyResult<Vec<_>> = (0..list.len()).map(|row| value(py, &list, row)).collect();
            values?.into_bound_py_any(py)
        }
        _ => array.as_string::<i64>().value(row).into_bound_py_any(py),
    }
}

/// Days since 1970 as a date.
fn day(days: i32) -> Option<Moment> {
    let at = jiff::Timestamp::from_second(i64::from(days) * 86_400).ok()?;
    Moment::new(at.to_zoned(jiff::tz::TimeZone::UTC).datetime(), false)
}

/// Seconds since 1970 as a datetime without a zone.
fn moment(seconds: i64) -> Option<Moment> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    Moment::new(at.to_zoned(jiff::tz::TimeZone::UTC).datetime(), true)
}

/// A table from its pickle, a record batch of pyarrow.
#[pyfunction(name = "_table")]
pub fn restore(batch: &Bound<'_, PyAny>) -> PyResult<Table> {
    let (schema, batches) = capsule::batches(batch)?;
    Ok(Table::of_batch(batches.into_iter().next().unwrap_or_else(|| RecordBatch::new_empty(schema))))
}

fn library<'py>(py: Python<'py>, name: &str, extra: &str) -> PyResult<Bound<'py, PyModule>> {
    py.import(name).map_err(|_| {
        PyImportError::new_err(format!("{name} is not installed: pip install \"copydesk[{extra}]\""))
    })
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("Table({} rows: {})", self.batch.num_rows(), self.columns().join(", "))
    }

    /// The first rows, without a copy.
    #[pyo3(signature = (rows = 5))]
    fn head(&self, rows: usize) -> Self {
        Self { batch: self.batch.slice(0, rows.min(self.batch.num_rows())) }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyAny>,))> {
        let batch = library(slf.py(), "pyarrow", "pandas")?.call_method1("record_batch", (slf,))?;
        Ok((slf.py().import("copydesk._copydesk")?.getattr("_table")?, (batch,)))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk.notebook")?.call_method1("table_html", (slf,))
    }

    /// The rows as dicts.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let names = self.columns();
        let rows: PyResult<Vec<_>> = (0..self.batch.num_rows())
            .map(|row| {
                let fields = PyDict::new(py);
                for (column, name) in names.iter().enumerate() {
                    fields.set_item(name, self.cell(py, column, row)?)?;
                }
                Ok(fields)
            })
            .collect();
        PyList::new(py, rows?)
    }

    /// The table as a pyarrow Table, without a copy.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        library(slf.py(), "pyarrow", "pandas")?.call_method1("table", (slf,))
    }

    /// The table as a pandas DataFrame: labels are categories, days and moments are datetimes, and whole numbers that may be missing
    /// are nullable ones.
    #[pyo3(name = "to_pandas")]
    pub fn frame<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        library(slf.py(), "pandas", "pandas")?;
        library(slf.py(), "pyarrow", "pandas")?;
        slf.py().import("copydesk.pandas")?.call_method1("frame", (slf,))
    }

    /// The table as a polars DataFrame, without a copy.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        library(slf.py(), "polars", "polars")?.call_method1("DataFrame", (slf,))
    }

    /// The table as an Arrow C stream (the PyCapsule interface).
    #[pyo3(signature = (requested_schema = None))]
    pub fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The consumer casts where it wants another schema: the interface allows a producer to ignore the wish.
        drop(requested_schema);
        let reader = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The table as an Arrow C array (the PyCapsule interface).
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        drop(requested_schema);
        let (array, schema) = to_ffi(&StructArray::from(self.batch.clone()).to_data()).map_err(fault)?;
        let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
        Ok((schema, PyCapsule::new_with_value(py, array, c"arrow_array")?))
    }

    /// The types of its columns as an Arrow C schema (the PyCapsule interface).
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref()).map_err(fault)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}
