//! Record batches in, record batches out: the documents of a column, and the rows of a table.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::desk::Desk;
use super::failure::Failure;
use super::reader::{About, Raw, Read, read};
use super::table::{Table, fault, known};
use super::{capsule, pool, source};
use crate::document::Source;
use crate::table::{Row, batch, lists};

/// The names that a column goes by where none is given, the likeliest first.
pub const COLUMNS: [(&str, &[&str]); 4] = [
    ("column", &["html", "source", "content", "body", "text"]),
    ("id", &["id", "doc"]),
    ("published", &["published"]),
    ("url", &["url"]),
];

/// Which columns hold what.
#[derive(Default)]
pub struct Names<'a> {
    pub column: Option<&'a str>,
    pub id: Option<&'a str>,
    pub published: Option<&'a str>,
    pub url: Option<&'a str>,
}

/// The rows of a table for the documents of a batch, read on the calling thread.
pub fn annotate(
    desk: &Bound<'_, Desk>,
    object: &Bound<'_, PyAny>,
    table: &str,
    names: &Names<'_>,
) -> PyResult<Table> {
    let table = known(table)?;
    let reads = reads(desk, object, table, names, 1)?;
    let made = desk.py().detach(|| {
        let rows: Vec<Row<'_>> = reads.iter().flatten().map(Read::row).collect();
        batch(table, &rows)
    });
    Ok(Table::of_batch(made.map_err(fault)?))
}

/// One list of rows a document, in one column, read by all workers: null for a document that is missing.
pub fn annotate_lists(
    desk: &Bound<'_, Desk>,
    object: &Bound<'_, PyAny>,
    table: &str,
    names: &Names<'_>,
) -> PyResult<Table> {
    let table = known(table)?;
    let reads = reads(desk, object, table, names, pool::workers(None)?)?;
    let made = desk.py().detach(|| {
        let rows: Vec<Option<Row<'_>>> = reads.iter().map(|read| read.as_ref().map(Read::row)).collect();
        lists(table, &rows)
    });
    Ok(Table::of_batch(made.map_err(fault)?))
}

/// The documents of all batches; None for those that are missing.
fn reads(
    desk: &Bound<'_, Desk>,
    object: &Bound<'_, PyAny>,
    table: &'static str,
    names: &Names<'_>,
    workers: usize,
) -> PyResult<Vec<Option<Read>>> {
    let (schema, batches) = capsule::batches(object)?;
    let places = Places::new(&schema, names)?;
    let mut before = 0;
    let mut items = Vec::new();
    for batch in batches {
        let cells = Arc::new(places.cells(&batch));
        items.extend((0..batch.num_rows()).map(|row| (Arc::clone(&cells), row, before + row)));
        before += batch.num_rows();
    }
    let settings = Arc::clone(desk.get().settings());
    let one = move |(cells, row, place): (Arc<Cells>, usize, usize)| {
        let raw = document(&cells.column, row)?;
        let about = About {
            id: cells.id.as_ref().and_then(|ids| id(ids, row)).unwrap_or_else(|| place.to_string()),
            published: cells.published.as_ref().and_then(|days| day(days, row)),
            url: cells.url.as_ref().and_then(|urls| text(urls, row)).map(str::to_owned),
        };
        let valid = source::valid(about.published.as_deref());
        Some(read(about, valid.and(raw), &settings, &[table]))
    };
    pool::each(desk.py(), workers, items, one)
}

/// The places of the columns in a schema.
struct Places {
    column: usize,
    id: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
}

/// The columns of one batch.
struct Cells {
    column: ArrayRef,
    id: Option<ArrayRef>,
    published: Option<ArrayRef>,
    url: Option<ArrayRef>,
}

impl Places {
    fn new(schema: &Schema, names: &Names<'_>) -> PyResult<Self> {
        let column = place(schema, "column", names.column, is_document)?.ok_or_else(|| {
            let held = held(schema);
            PyValueError::new_err(format!(
                "column=None finds no column of documents: name it; there is {held}"
            ))
        })?;
        Ok(Self {
            column,
            id: place(schema, "id", names.id, is_id)?,
            published: place(schema, "published", names.published, is_day)?,
            url: place(schema, "url", names.url, is_text)?,
        })
    }

    fn cells(&self, batch: &RecordBatch) -> Cells {
        let column = |place: usize| Arc::clone(batch.column(place));
        Cells {
            column: column(self.column),
            id: self.id.map(column),
            published: self.published.map(column),
            url: self.url.map(column),
        }
    }
}

fn held(schema: &Schema) -> String {
    let names: Vec<String> =
        schema.fields().iter().map(|field| format!("{} ({})", field.name(), field.data_type())).collect();
    names.join(", ")
}

/// The place of a column: the one that was named, else the first that goes by a usual name and can be read as what it is for.
fn place(
    schema: &Schema,
    argument: &str,
    given: Option<&str>,
    fits: fn(&DataType) -> bool,
) -> PyResult<Option<usize>> {
    let usual = COLUMNS.iter().find(|(name, _)| *name == argument).map_or(&[][..], |(_, usual)| usual);
    let Some(name) = given else {
        let fitting =
            |name: &&str| schema.column_with_name(name).filter(|(_, field)| fits(field.data_type()));
        return Ok(usual.iter().find_map(fitting).map(|(place, _)| place));
    };
    let wrong = |what: String| PyValueError::new_err(format!("{argument}={name:?} {what}"));
    let found = schema.column_with_name(name);
    let (place, field) =
        found.ok_or_else(|| wrong(format!("is no column of the batch: it has {}", held(schema))))?;
    if fits(field.data_type()) {
        return Ok(Some(place));
    }
    let wanted = match argument {
        "column" => "text, bytes or lists of text",
        "id" => "text or whole numbers",
        "published" => "dates, timestamps or text",
        _ => "text",
    };
    Err(wrong(format!("is of the type {}: pass a column of {wanted}", field.data_type())))
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

fn is_document(data_type: &DataType) -> bool {
    match data_type {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::List(item) | DataType::LargeList(item) => is_text(item.data_type()),
        DataType::Dictionary(_, values) => is_document(values),
        other => is_text(other),
    }
}

fn is_id(data_type: &DataType) -> bool {
    data_type.is_integer() || is_text(data_type)
}

fn is_day(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _)) || is_text(data_type)
}

/// The array that holds the value of a row, and its place there: a dictionary points into its values. None for null.
fn held_at(array: &dyn Array, row: usize) -> Option<(&dyn Array, usize)> {
    if array.is_null(row) || array.data_type() == &DataType::Null {
        return None;
    }
    let Some(dictionary) = array.as_any_dictionary_opt() else { return Some((array, row)) };
    let key = whole(dictionary.keys(), row)?.parse().ok()?;
    held_at(dictionary.values().as_ref(), key)
}

fn text(array: &dyn Array, row: usize) -> Option<&str> {
    let (array, row) = held_at(array, row)?;
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        _ => None,
    }
}

fn bytes(array: &dyn Array, row: usize) -> Option<&[u8]> {
    let (array, row) = held_at(array, row)?;
    match array.data_type() {
        DataType::Binary => Some(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => Some(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => Some(array.as_binary_view().value(row)),
        _ => None,
    }
}

/// The document of a row: text, bytes or a list of fragments; None where it is missing.
fn document(array: &dyn Array, row: usize) -> Option<Result<Raw, Failure>> {
    let (array, row) = held_at(array, row)?;
    let fragments = match array.data_type() {
        DataType::List(_) => array.as_list::<i32>().value(row),
        DataType::LargeList(_) => array.as_list::<i64>().value(row),
        _ => {
            let one = |text: &str| {
                source::short("source", text.len())?;
                Ok(Raw::Source(Source::text(text.to_owned())))
            };
            let bytes = || bytes(array, row).map(|bytes| Ok(Raw::Bytes(bytes.to_vec())));
            return text(array, row).map(one).or_else(bytes);
        }
    };
    let fragments: Vec<&str> = (0..fragments.len()).filter_map(|row| text(&fragments, row)).collect();
    Some(source::parts(&fragments).map(Raw::Source))
}

/// A whole number as it is written.
fn whole(array: &dyn Array, row: usize) -> Option<String> {
    fn written<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<String>
    where
        T::Native: ToString,
    {
        array
            .as_primitive_opt::<T>()
            .filter(|array| array.is_valid(row))
            .map(|array| array.value(row).to_string())
    }
    match array.data_type() {
        DataType::Int8 => written::<Int8Type>(array, row),
        DataType::Int16 => written::<Int16Type>(array, row),
        DataType::Int32 => written::<Int32Type>(array, row),
        DataType::Int64 => written::<Int64Type>(array, row),
        DataType::UInt8 => written::<UInt8Type>(array, row),
        DataType::UInt16 => written::<UInt16Type>(array, row),
        DataType::UInt32 => written::<UInt32Type>(array, row),
        DataType::UInt64 => written::<UInt64Type>(array, row),
        _ => None,
    }
}

fn id(array: &dyn Array, row: usize) -> Option<String> {
    text(array, row).map(str::to_owned).or_else(|| whole(array, row))
}

/// A day, or a moment: with its clock, that of UTC where the column has a zone.
fn day(array: &dyn Array, row: usize) -> Option<String> {
    if let Some(written) = text(array, row) {
        return Some(written.trim().to_owned()).filter(|written| !written.is_empty());
    }
    let milliseconds = match array.data_type() {
        _ if array.is_null(row) => return None,
        DataType::Date32 => i64::from(array.as_primitive::<Date32Type>().value(row)) * 86_400_000,
        DataType::Date64 => array.as_primitive::<Date64Type>().value(row),
        DataType::Timestamp(TimeUnit::Second, _) => {
            array.as_primitive::<TimestampSecondType>().value(row).saturating_mul(1000)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            array.as_primitive::<TimestampMillisecondType>().value(row)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            array.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            array.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000_000)
        }
        _ => return None,
    };
    let moment = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
    let at = moment.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let is_day = matches!(array.data_type(), DataType::Date32 | DataType::Date64);
    Some(if is_day { at.date().to_string() } else { at.to_string() })
}
