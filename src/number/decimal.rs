//! Exact numbers: decimal digits, an exponent, and a divisor for "a third".

use std::cmp::Ordering;

/// `digits * 10^exponent / over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
    over: u64,
}

/// Digits kept of a written number; what follows only shifts the exponent.
const DIGITS: usize = 30;
/// The largest exponent worth keeping: no float holds more.
const EXPONENT: i32 = 400;

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { digits: 0, exponent: 0, over: 1 };

    /// The number that `text` writes: digits with commas between them, decimals, an exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (plain, power) = match text.split_once(['e', 'E']) {
            Some((plain, power)) => (plain, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (mut digits, mut kept, mut exponent, mut decimals) = (0_i128, 0, power, false);
        for c in plain.chars() {
            let Some(digit) = c.to_digit(10) else {
                decimals |= c == '.';
                continue;
            };
            if kept < DIGITS {
                digits = digits * 10 + i128::from(digit);
                kept += usize::from(digits != 0);
                exponent = exponent.checked_sub(i32::from(decimals))?;
            } else {
                exponent = exponent.checked_add(i32::from(!decimals))?;
            }
        }
        Some(Self { digits, exponent, over: 1 })
    }

    /// The shortest decimal that reads as `value`.
    #[must_use]
    pub fn of_float(value: f64) -> Option<Self> {
        let found =
            Self::parse(format!("{value:e}").trim_start_matches('-')).filter(|_| value.is_finite())?;
        Some(if value < 0.0 { found.negative() } else { found })
    }

    /// One part of `self`: "a third".
    #[must_use]
    pub fn over(self, by: u64) -> Option<Self> {
        Some(Self { over: self.over.checked_mul(by).filter(|o| *o > 0)?, ..self })
    }

    /// The product.
    #[must_use]
    pub fn times(self, by: Self) -> Option<Self> {
        let (a, b) = (self.shortened(), by.shortened());
        let digits = a.digits.checked_mul(b.digits)?;
        let exponent = a.exponent.checked_add(b.exponent)?;
        Some(Self { digits, exponent, over: a.over.checked_mul(b.over)? })
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let term = |x: Self, over: u64| {
            x.digits.checked_mul(power(x.exponent - exponent)?)?.checked_mul(i128::from(over))
        };
        let over = self.over.checked_mul(other.over)?;
        Some(Self { digits: term(self, other.over)?.checked_add(term(other, self.over)?)?, exponent, over })
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negative(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    /// The nearest float; none where that is infinite.
    #[must_use]
    pub fn float(self) -> Option<f64> {
        self.fast().or_else(|| self.slow())
    }

    /// Exact where digits and power of ten are exact floats: one rounding then.
    fn fast(self) -> Option<f64> {
        let digits = i32::try_from(self.digits).ok().map(f64::from)?;
        let scaled = match (self.exponent, usize::try_from(self.exponent.unsigned_abs()).ok()?) {
            (0.., n) => digits * POWERS.get(n)?,
            (_, n) if self.over == 1 => digits / POWERS.get(n)?,
            _ => return None,
        };
        let over = u32::try_from(self.over).ok()?;
        (scaled.abs() < MOST || over == 1 && self.exponent < 10).then(|| scaled / f64::from(over))
    }

    fn slow(self) -> Option<f64> {
        if self.exponent.abs() > EXPONENT && self.digits != 0 {
            return (self.exponent < 0).then_some(0.0);
        }
        let whole: f64 = format!("{}e{}", self.digits, self.exponent).parse().ok()?;
        let over: f64 = self.over.to_string().parse().ok()?;
        Some(whole / over).filter(|v| v.is_finite())
    }

    /// Half of its last digit that is not nought: how far what was rounded to it may lie from it.
    #[must_use]
    pub fn rounding(self) -> f64 {
        let short = self.shortened();
        let digit = Self { digits: 1, over: 1, exponent: short.exponent };
        if self.over == 1 { digit.float().unwrap_or(0.0) / 2.0 } else { 0.0 }
    }

    fn shortened(mut self) -> Self {
        while self.digits != 0 && self.digits % 10 == 0 {
            (self.digits, self.exponent) = (self.digits / 10, self.exponent.saturating_add(1));
        }
        self
    }
}

/// Floats up to here hold every whole number.
const MOST: f64 = 9_007_199_254_740_992.0;
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

fn power(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}

impl From<u64> for Decimal {
    fn from(whole: u64) -> Self {
        Self { digits: i128::from(whole), exponent: 0, over: 1 }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.float().unwrap_or(f64::INFINITY).partial_cmp(&other.float().unwrap_or(f64::INFINITY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exact_where_floats_are_not() {
        let price = Decimal::parse("4.35").unwrap().times(Decimal::from(100)).unwrap();
        assert_eq!(price.float(), Some(435.0));
        let third = Decimal::from(1).over(3).unwrap();
        assert_eq!(third.plus(third).unwrap().plus(third).unwrap().float(), Some(1.0));
        assert_eq!(Decimal::parse("1e999").unwrap().float(), None);
        assert_eq!(Decimal::parse("1,158.5").unwrap().float(), Some(1158.5));
    }

    proptest! {
        #[test]
        fn the_fast_way_is_the_slow_way(digits in -1_000_000_i128..1_000_000, exponent in -30_i32..30, over in 1_u64..40) {
            let number = Decimal { digits, exponent, over };
            if let Some(fast) = number.fast() {
                prop_assert_eq!(Some(fast), number.slow());
            }
        }

        #[test]
        fn parses_as_the_standard_does(text in "[0-9]{1,25}(\\.[0-9]{1,12})?(e-?[0-9]{1,3})?") {
            let want: f64 = text.parse().unwrap();
            prop_assert_eq!(Decimal::parse(&text).and_then(Decimal::float), Some(want).filter(|v| v.is_finite()));
        }
    }
}
