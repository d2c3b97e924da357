//! Lengths of time, as TIMEX3 writes them.

use jiff::civil::DateTime;
use jiff::{Span as Lapse, ToSpan};
use std::fmt::Write;

/// A unit of the calendar or of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "night" => Self::Night,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "season" => Self::Season,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    pub fn is_clock(self) -> bool {
        self <= Self::Hour
    }

    /// Its letters in a TIMEX3 duration, and how many of them it is.
    fn symbol(self) -> (&'static str, f64) {
        match self {
            Self::Second => ("S", 1.0),
            Self::Minute | Self::Month => ("M", 1.0),
            Self::Hour => ("H", 1.0),
            Self::Day | Self::Night => ("D", 1.0),
            Self::Weekend => ("WE", 1.0),
            Self::Week => ("W", 1.0),
            Self::Fortnight => ("W", 2.0),
            Self::Quarter => ("Q", 1.0),
            Self::Half => ("M", 6.0),
            Self::Season => ("SN", 1.0),
            Self::Year => ("Y", 1.0),
            Self::Decade => ("DE", 1.0),
            Self::Century => ("CE", 1.0),
            Self::Millennium => ("ML", 1.0),
        }
    }

    /// Its length in months, where it has one.
    pub fn months(self) -> Option<i64> {
        Some(match self {
            Self::Month => 1,
            Self::Quarter | Self::Season => 3,
            Self::Half => 6,
            Self::Year => 12,
            Self::Decade => 120,
            Self::Century => 1_200,
            Self::Millennium => 12_000,
            _ => return None,
        })
    }

    /// Its length in seconds, where months do not count it.
    fn seconds(self) -> f64 {
        match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Weekend => 172_800.0,
            Self::Week => 604_800.0,
            Self::Fortnight => 1_209_600.0,
            _ => 86_400.0,
        }
    }
}

/// How many of a unit; none where it is not said: "weeks".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub count: Option<f64>,
    pub unit: Unit,
}

/// A length of time: "two years", "an hour and a half", "weeks".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    pub first: Part,
    pub second: Option<Part>,
}

impl Length {
    pub fn of(count: Option<f64>, unit: Unit) -> Self {
        Self { first: Part { count, unit }, second: None }
    }

    /// `PT1H30M`, `P2.5Y`, `PXW`.
    pub fn timex(self) -> String {
        let mut out = String::from("P");
        let mut clock = false;
        for part in [Some(self.first), self.second].into_iter().flatten() {
            if part.unit.is_clock() && !clock {
                out.push('T');
                clock = true;
            }
            let (symbol, by) = part.unit.symbol();
            // A write into a string cannot fail.
            let _ = match part.count {
                Some(count) => write!(out, "{}{symbol}", count * by),
                None => write!(out, "X{symbol}"),
            };
        }
        out
    }

    /// `at` moved by this length; none where the length is not said, or past the calendar's end.
    pub fn after(self, at: DateTime, sign: i64) -> Option<DateTime> {
        let mut at = self.first.after(at, sign)?;
        if let Some(second) = self.second {
            at = second.after(at, sign)?;
        }
        Some(at)
    }

    /// The unit that says how exact a point is that lies this far away.
    pub fn grain(self) -> Unit {
        self.second.map_or(self.first.unit, |second| second.unit.min(self.first.unit))
    }
}

impl Part {
    fn after(self, at: DateTime, sign: i64) -> Option<DateTime> {
        let count = self.count?;
        match self.unit.months() {
            Some(months) => at.checked_add(months_of(count * to_float(months), sign)?).ok(),
            None => at.checked_add(seconds_of(count * self.unit.seconds(), sign)?).ok(),
        }
    }
}

fn to_float(months: i64) -> f64 {
    // Never above 12,000.
    i32::try_from(months).map_or(0.0, f64::from)
}

fn whole(value: f64) -> Option<i64> {
    // The calendar has fewer than 10^12 seconds.
    if !value.is_finite() || value.abs() > 1e12 {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    Some(value as i64)
}

fn months_of(months: f64, sign: i64) -> Option<Lapse> {
    let full = whole(months.trunc())?;
    let days = whole((months.fract() * 30.0).round())?;
    Lapse::new().try_months(full * sign).ok()?.try_days(days * sign).ok()
}

fn seconds_of(seconds: f64, sign: i64) -> Option<Lapse> {
    Lapse::new().try_seconds(whole(seconds.round())? * sign).ok()
}

/// `n` days, for short distances.
pub(super) fn days(n: i64) -> Lapse {
    n.clamp(-4_000_000, 4_000_000).days()
}
