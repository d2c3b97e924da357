//! Quantities: numbers with their units, bounds and what they count, found in one pass without a parser.

mod amount;
mod around;
mod convert;
mod kept_out;
mod lexicon;
mod merge;
mod ordinal;
mod own;
mod phrases;
mod read;
mod subject;
mod term;
mod unit;

pub use own::Units;

use std::borrow::Cow;

use crate::date::Expression;
use crate::named::named;
use crate::text::Span;
use crate::token::{Tokens, Words};

/// A name out of a list, or one that is made up of several.
pub type Name = Cow<'static, str>;

/// A number with what it measures or counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, its unit and its cue: "more than 50 km".
    pub span: Span,
    /// The number and its unit alone: "50 km".
    pub core: Span,
    /// The value; none for a range, a vague number, and what no float holds.
    pub value: Option<f64>,
    /// The low end of a range or of a vague number.
    pub low: Option<f64>,
    /// The high end of a range.
    pub high: Option<f64>,
    /// How the value bounds the amount that is meant.
    pub bound: Bound,
    /// The words that say so.
    pub cue: Option<Span>,
    /// The direction, where the amount is a change.
    pub change: Option<Change>,
    /// The sort of quantity.
    pub kind: Kind,
    /// Pint's name of the unit, or the ISO 4217 code of the currency; "dimensionless" of a bare number that something
    /// stands at: "the index closed at 16,644".
    pub unit: Option<Name>,
    /// The noun phrase it counts, or the whole it is a share of.
    pub counted: Option<Span>,
    /// What it is reckoned by: "day" in "a day".
    pub per: Option<Name>,
    /// The value in the SI unit, where the unit is a measure.
    pub si_value: Option<f64>,
    /// The SI unit.
    pub si_unit: Option<&'static str>,
    /// The other half of "64km (40-mile)": few have one.
    pub twin: Option<Box<Twin>>,
}

/// The other half of an amount that stands in two units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Twin {
    /// The index of the other half.
    pub index: usize,
    /// How far the two halves lie apart, as a part of the first; none for money, whose rates are not known.
    pub relative_error: Option<f64>,
    /// Whether the two halves say the same, given how they are rounded.
    pub agrees: Option<bool>,
}

impl Quantity {
    /// The index of the other half of "64km (40-mile)".
    #[must_use]
    pub fn converts(&self) -> Option<usize> {
        self.twin.as_ref().map(|twin| twin.index)
    }

    /// How far the two halves lie apart.
    #[must_use]
    pub fn relative_error(&self) -> Option<f64> {
        self.twin.as_ref()?.relative_error
    }

    /// Whether the two halves say the same.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        self.twin.as_ref()?.agrees
    }
}

named! {
    /// How a value bounds the amount that is meant.
    Bound {
        /// The amount itself.
        Exact = "exact",
        /// "about", "some".
        About = "about",
        /// "more than", "over".
        MoreThan = "more_than",
        /// "at least".
        AtLeast = "at_least",
        /// "less than", "under".
        LessThan = "less_than",
        /// "up to", "as many as".
        AtMost = "at_most",
        /// "nearly": just below.
        Nearly = "nearly",
        /// Between two ends.
        Range = "range",
        /// "dozens".
        Vague = "vague",
    }
}

named! {
    /// The direction of a change.
    Change {
        /// "rose 5%"
        Up = "up",
        /// "fell 5%"
        Down = "down",
    }
}

named! {
    /// The sort of a quantity.
    Kind {
        /// Things counted.
        Count = "count",
        /// A length.
        Length = "length",
        /// An area.
        Area = "area",
        /// A volume.
        Volume = "volume",
        /// A mass.
        Mass = "mass",
        /// A speed.
        Speed = "speed",
        /// An energy.
        Energy = "energy",
        /// A power.
        Power = "power",
        /// A temperature.
        Temperature = "temperature",
        /// An amount of data.
        Data = "data",
        /// A duration.
        Duration = "duration",
        /// A sum of money.
        Money = "money",
        /// A percentage, or points of one.
        Percent = "percent",
        /// A part of a whole.
        Fraction = "fraction",
        /// One number to another.
        Ratio = "ratio",
        /// A rank.
        Ordinal = "ordinal",
        /// The age of somebody or something.
        Age = "age",
        /// A measure of another sort.
        Measure = "measure",
    }
}

impl Bound {
    fn named(name: &str) -> Option<Self> {
        let all = [Self::About, Self::MoreThan, Self::AtLeast, Self::LessThan, Self::AtMost, Self::Nearly];
        all.into_iter().find(|b| b.as_str() == name)
    }
}

impl Kind {
    fn of_dimension(dimension: &str) -> Self {
        let all = [
            Self::Length,
            Self::Area,
            Self::Volume,
            Self::Mass,
            Self::Speed,
            Self::Energy,
            Self::Power,
            Self::Temperature,
            Self::Data,
            Self::Duration,
            Self::Percent,
        ];
        let named = all.into_iter().find(|k| k.as_str() == dimension);
        named.unwrap_or(if dimension == "count" { Self::Count } else { Self::Measure })
    }
}

/// What a number in `unit` is multiplied with to be in the SI unit; none for a unit that is not in the lists.
pub(crate) fn si_factor(unit: &str) -> Option<f64> {
    own::named(unit).map(|unit| unit.factor)
}

/// The quantities of `text`, in order; their cores do not overlap.
///
/// ```
/// let found = copydesk::quantity::quantities("They hold more than 50 sq km of farmland.");
/// assert_eq!(found[0].value, Some(50.0));
/// assert_eq!(found[0].bound.as_str(), "more_than");
/// assert_eq!(found[0].unit.as_deref(), Some("square kilometer"));
/// ```
#[must_use]
pub fn quantities(text: &str) -> Vec<Quantity> {
    let words = Words::new(text);
    let tokens = words.of(text);
    found(tokens, &crate::date::found(tokens, None), &Units::default())
}

/// The quantities of a text that is cut into tokens and whose dates are known, with the user's own units.
///
/// No number in a date, a time of the day or a set of them is a quantity; a length of time is.
#[must_use]
pub fn found(tokens: Tokens<'_>, dates: &[Expression], units: &Units) -> Vec<Quantity> {
    let mut found = read::quantities(tokens, dates, units);
    merge::merge(tokens, &mut found);
    merge::disjoin(&mut found);
    convert::share_counted(tokens.text(), &mut found);
    convert::share_compared(tokens, &mut found);
    subject::levels(tokens, &mut found);
    convert::share_change(tokens, &mut found);
    convert::pair(tokens.text(), tokens, &mut found);
    // "1e308 km" is more metres than a float holds.
    let finite = |q: Quantity| Quantity { si_value: q.si_value.filter(|value| value.is_finite()), ..q };
    let mut all: Vec<Quantity> = found.into_iter().map(|f| finite(f.quantity)).collect();
    // Collecting keeps the room of what was collected from, which is wider.
    all.shrink_to_fit();
    all
}
