//! How much a claim says, as the least and the most that a reader takes it to mean.

use crate::claim::Claim;
use crate::quantity::{Bound, Kind, Quantity};

/// How far an end reaches that the words leave open: "more than 8,000" up to 10,000, "up to 10,000" down to 8,000.
const OPEN: f64 = 0.25;
/// How far "about 15,000" reaches to both sides.
const ABOUT: f64 = 0.1;
/// A round number reaches half of its last digit that is no zero, but no further than this.
const ROUND: f64 = 0.05;
/// "Thousands" reach up to the next such word.
const VAGUE: f64 = 10.;

/// An amount in the unit of its measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// The number that is given, or the middle of a range.
    pub point: f64,
    pub low: f64,
    pub high: f64,
}

/// What is measured: `count`, `fraction`, an SI unit or a currency, with the direction of a change.
pub(super) fn measure(quantity: &Quantity) -> Option<String> {
    let name = match quantity.kind {
        Kind::Ordinal | Kind::Age | Kind::Duration => return None,
        Kind::Percent | Kind::Fraction => "fraction",
        Kind::Ratio if quantity.unit.is_none() => "fraction",
        Kind::Count => match quantity.unit.as_deref() {
            None | Some("dimensionless") => "count",
            // "three times"
            Some(_) => return None,
        },
        _ => quantity.si_unit.or(quantity.unit.as_deref())?,
    };
    Some(match quantity.change {
        Some(change) => format!("{name} {}", change.as_str()),
        None => name.to_owned(),
    })
}

/// The amount of a claim, in the unit of its measure.
pub(super) fn amount(claim: &Claim, quantity: &Quantity) -> Option<Amount> {
    let factor = factor(quantity)?;
    let scaled = |value: Option<f64>| value.map(|value| value * factor);
    let (value, low, high) = (scaled(claim.value), scaled(claim.low), scaled(claim.high));
    let amount = match (quantity.bound, value) {
        (Bound::Exact, Some(point)) => {
            let reach = (last_digit(quantity.value?) * factor / 2.).min(point.abs() * ROUND);
            Amount { point, low: point - reach, high: point + reach }
        }
        (Bound::About, Some(point)) => spread(point, ABOUT, ABOUT),
        (Bound::MoreThan | Bound::AtLeast, Some(point)) => spread(point, 0., OPEN),
        (Bound::Nearly, Some(point)) => spread(point, ABOUT, 0.),
        (Bound::LessThan | Bound::AtMost, Some(point)) => spread(point, OPEN, 0.),
        (Bound::Vague, _) => low.or(value).map(|low| Amount { point: low, low, high: low * VAGUE })?,
        _ => match (low, high) {
            (Some(low), Some(high)) => Amount { point: f64::midpoint(low, high), low, high },
            (low, high) => spread(low.or(high).or(value)?, OPEN, OPEN),
        },
    };
    let known = [amount.point, amount.low, amount.high].iter().all(|end| end.is_finite());
    known.then_some(amount)
}

fn spread(point: f64, below: f64, above: f64) -> Amount {
    let size = point.abs();
    Amount { point, low: point - size * below, high: point + size * above }
}

/// What the number is to be multiplied with to be in the unit of its measure.
fn factor(quantity: &Quantity) -> Option<f64> {
    match (quantity.kind, quantity.si_unit) {
        (_, None) => Some(1.),
        // Degrees have another zero: only the value itself is given in kelvin.
        (Kind::Temperature, _) => None,
        (_, Some(_)) => match (quantity.value, quantity.si_value) {
            (Some(value), Some(si)) if value != 0. => Some(si / value),
            _ => crate::quantity::si_factor(quantity.unit.as_deref()?),
        },
    }
}

/// The worth of the last digit that is no zero: 1,000 of 8,000, 1 of 1,351.
fn last_digit(value: f64) -> f64 {
    if let Some((_, decimals)) = value.to_string().split_once('.') {
        return 0.1_f64.powi(i32::try_from(decimals.len()).unwrap_or(0));
    }
    let mut worth = 1.;
    while value != 0. && value % (worth * 10.) == 0. && worth < 1e15 {
        worth *= 10.;
    }
    worth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        assert_eq!([8_000., 1_351., 33e6, 0., 120.].map(last_digit), [1_000., 1., 1e6, 1., 10.]);
        assert!((last_digit(4.35) - 0.01).abs() < 1e-12);
    }
}
