//! What a desk is given, checked and compiled: the only place that knows all of its options.

use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::source;
use crate::document::Settings;
use crate::entity::{Label, Names};
use crate::markup::{self, BlockKind, Boilerplate, Selectors};
use crate::quantity::Units;
use crate::sentence::Rules;

/// The options of a desk as they were given: kept to compare it, to show it and to pickle it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Given {
    pub select: Option<String>,
    pub drop: Option<String>,
    pub keep: Vec<String>,
    pub abbreviations: Vec<String>,
    pub boilerplate: Vec<String>,
    /// Names and definitions, sorted.
    pub units: Vec<(String, String)>,
    /// Names and labels, sorted.
    pub names: Vec<(String, String)>,
}

impl Given {
    /// Compiles them; an error names the option, its value and the remedy.
    pub fn settings(&self) -> PyResult<Settings> {
        Ok(Settings {
            markup: self.markup()?,
            rules: Rules::with_abbreviations(&self.abbreviations),
            units: Arc::new(Units::new(&self.units).map_err(PyValueError::new_err)?),
            names: self.names()?,
        })
    }

    fn markup(&self) -> PyResult<markup::Options> {
        let (select, drop) = (self.select.as_deref(), self.drop.as_deref());
        let selectors = Selectors::new(select, drop).map_err(|(name, error)| {
            let shown = if name == "select" { select } else { drop }.unwrap_or_default();
            PyValueError::new_err(format!("{name}={shown:?} is no CSS selector: {error}"))
        })?;
        let boilerplate = Boilerplate::new(&self.boilerplate).map_err(|(pattern, error)| {
            PyValueError::new_err(format!("boilerplate={pattern:?} is no regular expression: {error}"))
        })?;
        Ok(markup::Options { selectors, keep: kinds(&self.keep)?, boilerplate, text_only: false })
    }

    fn names(&self) -> PyResult<Names> {
        let mut known = Vec::with_capacity(self.names.len());
        for (name, of) in &self.names {
            if name.trim().is_empty() {
                let given = format!("names={{{name:?}: {of:?}}} has an empty name: leave it out");
                return Err(PyValueError::new_err(given));
            }
            known.push((name.as_str(), label("names", of)?));
        }
        Ok(Names::new(known))
    }

    /// Those that were given, as the keyword arguments that make the same desk.
    pub fn keywords<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let keywords = PyDict::new(py);
        for (name, value) in [("select", &self.select), ("drop", &self.drop)] {
            if let Some(value) = value {
                keywords.set_item(name, value)?;
            }
        }
        let lists = [
            ("keep", &self.keep),
            ("abbreviations", &self.abbreviations),
            ("boilerplate", &self.boilerplate),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                keywords.set_item(name, list)?;
            }
        }
        for (name, pairs) in [("units", &self.units), ("names", &self.names)] {
            if !pairs.is_empty() {
                let dict = PyDict::new(py);
                pairs.iter().try_for_each(|(key, value)| dict.set_item(key, value))?;
                keywords.set_item(name, dict)?;
            }
        }
        Ok(keywords)
    }
}

/// A list of strings; a string alone is none, as its letters are hardly meant.
pub fn strings(name: &str, object: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(Vec::new());
    };
    let wrong = || PyTypeError::new_err(format!("{name}={} is no list of str", source::shown(object)));
    if object.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    object.try_iter().map_err(|_| wrong())?.map(|item| item?.extract().map_err(|_| wrong())).collect()
}

/// A dict of strings as pairs, sorted; `example` is one that would do.
pub fn pairs(
    name: &str,
    object: Option<&Bound<'_, PyAny>>,
    example: &str,
) -> PyResult<Vec<(String, String)>> {
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(Vec::new());
    };
    let wrong = || {
        let shown = source::shown(object);
        PyTypeError::new_err(format!("{name}={shown} is no dict of str to str: write {example}"))
    };
    let dict = object.cast::<PyDict>().map_err(|_| wrong())?;
    let mut out: Vec<(String, String)> = Vec::with_capacity(dict.len());
    for (key, value) in dict {
        out.push((key.extract().map_err(|_| wrong())?, value.extract().map_err(|_| wrong())?));
    }
    out.sort();
    Ok(out)
}

fn kinds(names: &[String]) -> PyResult<Vec<BlockKind>> {
    let kind = |name: &String| {
        BlockKind::named(name).filter(|kind| kind.is_left_out()).ok_or_else(|| {
            let known: Vec<_> = BlockKind::left_out().collect();
            PyValueError::new_err(format!(
                "keep={name:?} is no kind that is left out: use '{}'",
                known.join("', '")
            ))
        })
    };
    names.iter().map(kind).collect()
}

/// The label of that name, or an error that lists them all.
pub fn label(argument: &str, name: &str) -> PyResult<Label> {
    Label::named(name).ok_or_else(|| {
        let known: Vec<_> = Label::ALL.iter().map(|label| label.as_str()).collect();
        PyValueError::new_err(format!("{argument}={name:?} is no label: use '{}'", known.join("', '")))
    })
}
