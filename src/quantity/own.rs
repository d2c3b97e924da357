//! Units of the user's own: a name, and what one of it is.

use super::Kind;
use super::lexicon::{ENGLISH, Unit};
use super::phrases::Phrases;
use super::unit::written_unit;
use crate::number::Decimal;
use crate::token::{Tokens, Words};

/// A user's unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Own {
    pub name: String,
    pub dimension: &'static str,
    /// One of it in the SI unit.
    pub factor: f64,
    pub si: &'static str,
}

/// The units that a user adds to those of the language.
#[derive(Default)]
pub struct Units {
    units: Vec<Own>,
    names: Option<Phrases<usize>>,
}

impl std::fmt::Debug for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.units.fmt(f)
    }
}

impl Units {
    /// Units by name, each with a definition such as Pint has: "7140 m**2", with further names after equals signs:
    /// "7140 m**2 = pitch".
    ///
    /// # Errors
    ///
    /// What is wrong, and the remedy, where a definition cannot be read.
    pub fn new<S: AsRef<str>>(definitions: &[(S, S)]) -> Result<Self, String> {
        let (mut units, mut names) = (Vec::new(), Vec::new());
        for (name, definition) in definitions {
            let (name, definition) = (name.as_ref().trim(), definition.as_ref());
            let own = defined(name, definition)
                .ok_or_else(|| format!("units={{{name:?}: {definition:?}}} is no definition: write a number and a unit, such as '2500 m**3'"))?;
            for spelling in std::iter::once(name).chain(definition.split('=').skip(1).map(str::trim)) {
                if Words::new(spelling).of(spelling).is_empty() {
                    return Err(format!(
                        "units={{{name:?}: {definition:?}}} has an empty name: write a word"
                    ));
                }
                names.extend(plurals(spelling).into_iter().map(|name| (name, units.len())));
            }
            units.push(own);
        }
        let names = (!names.is_empty()).then(|| Phrases::forward(names.into_iter()));
        Ok(Self { units, names })
    }

    /// The user's unit that begins at `at`, and the token after it.
    pub(super) fn at(&self, t: Tokens<'_>, at: usize) -> Option<(&Own, usize)> {
        let names = self.names.as_ref()?;
        let from = at + usize::from(t.get(at).is_some_and(|x| x.is_dash() && !x.spaced));
        let (end, index) = names.loosely_at(t, from)?;
        Some((self.units.get(index)?, end))
    }
}

impl Own {
    pub fn kind(&self) -> Kind {
        Kind::of_dimension(self.dimension)
    }
}

/// A name in lower case, and what it is as a plural.
fn plurals(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let ending = if lower.ends_with(['s', 'x', 'z']) || lower.ends_with("ch") || lower.ends_with("sh") {
        "es"
    } else {
        "s"
    };
    let plural = format!("{lower}{ending}");
    vec![lower, plural]
}

fn defined(name: &str, definition: &str) -> Option<Own> {
    let body = definition.split('=').next()?.trim();
    let end = body.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_')).unwrap_or(body.len());
    let (number, unit) = body.split_at_checked(exponent(body, end))?;
    let one = if number.is_empty() { Some(1.0) } else { Decimal::parse(&number.replace('_', ""))?.float() };
    let unit = unit.trim().trim_start_matches('*').trim().replace("**", "^");
    let known: &Unit = written_unit(&unit)?;
    let factor = one.filter(|v| *v > 0.0)? * known.factor;
    Some(Own { name: name.to_owned(), dimension: known.dimension, factor, si: known.si })
}

/// The end of "6.1e3", whose digits end at `end`.
fn exponent(body: &str, end: usize) -> usize {
    let Some(rest) = body.get(end..).and_then(|rest| rest.strip_prefix(['e', 'E'])) else { return end };
    let signed = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    let digits = signed.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { end } else { end + 1 + (rest.len() - signed.len()) + digits }
}

/// The unit that a whole string names.
pub(super) fn named(name: &str) -> Option<&'static Unit> {
    ENGLISH.units.get(name)
}
