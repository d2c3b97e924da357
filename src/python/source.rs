//! Python objects to sources, dates and kinds, with errors that name argument, value and remedy.

use pyo3::exceptions::{PyBaseException, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyByteArray, PyBytes, PyList, PyString, PyTuple};

use super::failure::Failure;
use super::words::Words;
use crate::document::Source;
use crate::limits::MAX_BYTES;
use crate::markup::{Kind, decode};

/// A str, bytes, or a list of str.
pub fn source(object: &Bound<'_, PyAny>) -> PyResult<Source> {
    if let Ok(string) = object.cast::<PyString>() {
        return match PyBackedStr::try_from(string.clone()) {
            Ok(held) => fits("source", held.len()).map(|()| Source::text(held)),
            Err(_) => characters(string).and_then(one),
        };
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return decoded(bytes.as_bytes()).map_err(|failure| failure.raise());
    }
    if let Ok(bytes) = object.cast::<PyByteArray>() {
        return decoded(&bytes.to_vec()).map_err(|failure| failure.raise());
    }
    if object.is_instance_of::<PyBaseException>() {
        return Err(PyErr::from_value(object.clone()));
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return list(object);
    }
    Err(PyTypeError::new_err(format!(
        "source={} is no document: pass str, bytes or a list of str",
        shown(object)
    )))
}

fn one(string: String) -> PyResult<Source> {
    fits("source", string.len())?;
    Ok(Source::text(string))
}

/// Bytes as a browser would decode them.
pub fn decoded(bytes: &[u8]) -> Result<Source, Failure> {
    short("source", bytes.len())?;
    let string = decode(bytes);
    // Two bytes of UTF-16 may be three of UTF-8.
    short("source", string.len())?;
    if string.is_empty() && !bytes.is_empty() {
        let message = "source holds a byte order mark and no text: was the file cut off?".to_owned();
        return Err(Failure { kind: "ValueError".to_owned(), message });
    }
    Ok(Source::text(string))
}

/// A failure where so many bytes are more than are read.
pub fn short(argument: &str, bytes: usize) -> Result<(), Failure> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let message =
        format!("{argument} has {bytes} bytes of UTF-8, and {MAX_BYTES} can be read: pass it in pieces");
    Err(Failure { kind: "ValueError".to_owned(), message })
}

fn fits(argument: &str, bytes: usize) -> PyResult<()> {
    short(argument, bytes).map_err(|failure| failure.raise())
}

fn list(object: &Bound<'_, PyAny>) -> PyResult<Source> {
    let mut strings = Vec::new();
    for (index, item) in object.try_iter()?.enumerate() {
        let item = item?;
        let string = item.cast::<PyString>().map_err(|_| {
            PyTypeError::new_err(format!(
                "source[{index}]={} is no fragment: a list holds str only",
                shown(&item)
            ))
        })?;
        strings.push(characters(string)?);
    }
    parts(&strings).map_err(|failure| failure.raise())
}

/// The strings of a list.
pub fn parts<S: AsRef<str>>(strings: &[S]) -> Result<Source, Failure> {
    // A line feed stands between two of them.
    short("source", strings.iter().map(|string| string.as_ref().len() + 1).sum())?;
    Ok(Source::list(strings))
}

/// The characters of a str; a lone surrogate becomes U+FFFD, one for one, so that offsets hold.
pub fn characters(string: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = string.to_str() {
        return Ok(text.to_owned());
    }
    let encoded = string.call_method1("encode", ("utf-32-le", "surrogatepass"))?;
    let bytes = encoded.cast::<PyBytes>()?.as_bytes();
    let character = |unit: &[u8]| {
        let code = unit.try_into().map_or(0xFFFD, u32::from_le_bytes);
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    Ok(bytes.chunks(4).map(character).collect())
}

/// The value of an argument as an error shows it: its repr, short.
pub fn shown(object: &Bound<'_, PyAny>) -> String {
    let repr = object.repr().map_or_else(|_| "?".to_owned(), |repr| repr.to_string());
    if repr.chars().count() > 60 { repr.chars().take(57).chain("...".chars()).collect() } else { repr }
}

/// The text that a stage reads as it is, and the same with its lone surrogates where it has any.
pub fn text(object: &Bound<'_, PyAny>) -> PyResult<(String, Option<Vec<u8>>)> {
    let string = object.cast::<PyString>().map_err(|_| {
        PyTypeError::new_err(format!(
            "text={} is no text: pass a str, or use parse() for a document",
            shown(object)
        ))
    })?;
    let characters = characters(string)?;
    fits("text", characters.len())?;
    Ok((characters, Words::broken(string)?))
}

/// `kind=`; None for "auto".
pub fn kind(name: &str) -> PyResult<Option<Kind>> {
    match name {
        "auto" => Ok(None),
        "html" => Ok(Some(Kind::Html)),
        "fragments" => Ok(Some(Kind::Fragments)),
        "text" => Ok(Some(Kind::Text)),
        other => Err(PyValueError::new_err(format!(
            "kind={other:?} is no shape of a document: use 'auto', 'html', 'fragments' or 'text'"
        ))),
    }
}

/// `published=`: a date or a date with a time, as str or from the datetime module.
pub fn published(object: Option<&Bound<'_, PyAny>>) -> PyResult<Option<String>> {
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(None);
    };
    let written = match object.cast::<PyString>() {
        Ok(string) => string.to_string(),
        Err(_) if object.hasattr("isoformat")? => object.call_method0("isoformat")?.extract()?,
        Err(_) => return Err(no_date(object)),
    };
    if reads_as_date(&written) { Ok(Some(written)) } else { Err(no_date(object)) }
}

/// Whether it is one date, and no list of them.
pub fn is_date(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyString>() || object.hasattr("isoformat").unwrap_or(false)
}

/// A failure where it is no date.
pub fn valid(published: Option<&str>) -> Result<(), Failure> {
    let Some(wrong) = published.filter(|written| !reads_as_date(written)) else { return Ok(()) };
    let message = format!("published={wrong:?} is not a date: write YYYY-MM-DD");
    Err(Failure { kind: "ValueError".to_owned(), message })
}

/// Whether `written` is a date, or a date with a time, of ISO 8601.
fn reads_as_date(written: &str) -> bool {
    written.parse::<jiff::civil::Date>().is_ok() || written.parse::<jiff::Timestamp>().is_ok()
}

fn no_date(object: &Bound<'_, PyAny>) -> PyErr {
    PyValueError::new_err(format!("published={} is not a date: write YYYY-MM-DD", shown(object)))
}
