//! The words of a span, as Python has them: a str may hold lone surrogates, which a string of Rust cannot.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::document::Document;
use crate::text::Span;

/// A str.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Words {
    /// Nearly all are.
    Sound(String),
    /// UTF-8 but for surrogates, which are encoded as if they were characters.
    Broken(Vec<u8>),
}

/// How Python calls that encoding.
const BROKEN: (&str, &str) = ("utf-8", "surrogatepass");

impl Words {
    /// What stands at `span` of the document's text, or stood there before surrogates were replaced.
    pub fn of(document: &Document, span: Span) -> Self {
        let original = document.original().and_then(|original| original.get(span.start()..span.end()));
        match original.map(std::str::from_utf8) {
            Some(Err(_)) => Words::Broken(original.unwrap_or_default().to_vec()),
            _ => Words::Sound(span.of(document.text()).to_owned()),
        }
    }

    /// A str with lone surrogates in that encoding; None where there are none.
    pub fn broken(string: &Bound<'_, PyString>) -> PyResult<Option<Vec<u8>>> {
        if string.to_str().is_ok() {
            return Ok(None);
        }
        let encoded = string.call_method1("encode", BROKEN)?;
        Ok(Some(encoded.cast::<PyBytes>()?.as_bytes().to_vec()))
    }
}

impl From<String> for Words {
    fn from(string: String) -> Self {
        Words::Sound(string)
    }
}

impl<'py> IntoPyObject<'py> for &Words {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self {
            Words::Sound(string) => Ok(PyString::new(py, string)),
            Words::Broken(bytes) => {
                let decoded = PyBytes::new(py, bytes).call_method1("decode", BROKEN)?;
                Ok(decoded.cast_into::<PyString>()?)
            }
        }
    }
}

impl<'py> IntoPyObject<'py> for Words {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

impl<'py> FromPyObject<'_, 'py> for Words {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let string = object.cast::<PyString>()?;
        match Words::broken(&string)? {
            Some(bytes) => Ok(Words::Broken(bytes)),
            None => Ok(Words::Sound(string.to_str()?.to_owned())),
        }
    }
}
