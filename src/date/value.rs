//! Points on the calendar: how TIMEX3 writes them, and the stretch of time that each of them is.

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};

use super::length::{Length, Unit, days};

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl DayPart {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "morning" => Self::Morning,
            "midday" => Self::Midday,
            "afternoon" => Self::Afternoon,
            "evening" => Self::Evening,
            "night" => Self::Night,
            "daytime" => Self::Daytime,
            _ => return None,
        })
    }

    pub fn symbol(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    /// Its hours, counted from midnight; the night ends on the next day.
    fn hours(self) -> (i64, i64) {
        match self {
            Self::Morning => (0, 12),
            Self::Midday => (11, 13),
            Self::Afternoon => (12, 18),
            Self::Evening => (18, 24),
            Self::Night => (18, 30),
            Self::Daytime => (6, 18),
        }
    }

    /// Whether a bare "8" in it is 8 p.m.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Afternoon | Self::Evening | Self::Night)
    }
}

/// A season of the year, by the months of the northern half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "spring" => Self::Spring,
            "summer" => Self::Summer,
            "autumn" => Self::Autumn,
            "winter" => Self::Winter,
            _ => return None,
        })
    }

    pub fn symbol(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    pub fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: i8,
    pub second: Option<i8>,
    /// Minutes east of Greenwich, where a zone is named.
    pub zone: Option<i16>,
}

/// A vague point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    Past,
    Present,
    Future,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Century(i32),
    Decade(i32),
    Year(i32),
    Half(i32, i8),
    Quarter(i32, i8),
    Season(i32, Season),
    Month(i32, i8),
    /// ISO year and week.
    Week(i32, i8),
    Weekend(i32, i8),
    Day(Date),
    DayPart(Date, DayPart),
    Clock(Date, Clock),
    Vague(Vague),
    Length(Length),
    /// What is not said enough to be a point: `XXXX-02-24`.
    Open(String),
}

/// A year as four digits; BC before the year 1.
fn year(y: i32) -> String {
    if y > 0 { format!("{y:04}") } else { format!("BC{:04}", 1 - y) }
}

/// Decades and centuries are counted by the digits that they leave: 196, 19.
fn shortened(count: i32, width: usize) -> String {
    if count >= 0 { format!("{count:0width$}") } else { format!("BC{:0width$}", -1 - count) }
}

fn date(d: Date) -> String {
    format!("{}-{:02}-{:02}", year(i32::from(d.year())), d.month(), d.day())
}

pub(super) fn clock(c: Clock) -> String {
    let mut out = format!("T{:02}:{:02}", c.hour, c.minute);
    if let Some(second) = c.second {
        out += &format!(":{second:02}");
    }
    match c.zone {
        Some(0) => out.push('Z'),
        Some(zone) => {
            let sign = if zone < 0 { '-' } else { '+' };
            let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
            out += &format!("{sign}{hours:02}");
            if minutes != 0 {
                out += &format!(":{minutes:02}");
            }
        }
        None => {}
    }
    out
}

impl Value {
    /// As TIMEX3 writes it.
    pub fn timex(&self) -> String {
        match self {
            Self::Century(c) => shortened(*c, 2),
            Self::Decade(d) => shortened(*d, 3),
            Self::Year(y) => year(*y),
            Self::Half(y, h) => format!("{}-H{h}", year(*y)),
            Self::Quarter(y, q) => format!("{}-Q{q}", year(*y)),
            Self::Season(y, s) => format!("{}-{}", year(*y), s.symbol()),
            Self::Month(y, m) => format!("{}-{m:02}", year(*y)),
            Self::Week(y, w) => format!("{}-W{w:02}", year(*y)),
            Self::Weekend(y, w) => format!("{}-W{w:02}-WE", year(*y)),
            Self::Day(d) => date(*d),
            Self::DayPart(d, part) => format!("{}T{}", date(*d), part.symbol()),
            Self::Clock(d, c) => format!("{}{}", date(*d), clock(*c)),
            Self::Vague(Vague::Past) => "PAST_REF".to_owned(),
            Self::Vague(Vague::Present) => "PRESENT_REF".to_owned(),
            Self::Vague(Vague::Future) => "FUTURE_REF".to_owned(),
            Self::Length(length) => length.timex(),
            Self::Open(text) => text.clone(),
        }
    }

    /// The stretch of time, half-open.
    pub fn interval(&self) -> Option<(DateTime, DateTime)> {
        match self {
            Self::Century(c) => {
                // The scale has no year 0 of its own: "the first century" begins in year 1.
                Some((first_of(c * 100, 1)?, first_of(c * 100 + 100, 1)?))
            }
            Self::Decade(d) => Some((first_of(d * 10, 1)?, first_of(d * 10 + 10, 1)?)),
            Self::Year(y) => months(*y, 1, 12),
            Self::Half(y, h) => months(*y, h * 6 - 5, 6),
            Self::Quarter(y, q) => months(*y, q * 3 - 2, 3),
            Self::Season(y, s) => months(*y, s.first_month(), 3),
            Self::Month(y, m) => months(*y, *m, 1),
            Self::Week(y, w) => stretch(monday(*y, *w)?, 0, 7 * 24),
            Self::Weekend(y, w) => stretch(monday(*y, *w)?, 5 * 24, 7 * 24),
            Self::Day(d) => stretch(*d, 0, 24),
            Self::DayPart(d, part) => {
                let (from, to) = part.hours();
                stretch(*d, from, to)
            }
            Self::Clock(d, c) => {
                let from = d.to_datetime(Time::new(c.hour, c.minute, c.second.unwrap_or(0), 0).ok()?);
                let to = if c.second.is_some() {
                    Length::of(Some(1.0), Unit::Second)
                } else {
                    Length::of(Some(1.0), Unit::Minute)
                };
                Some((from, to.after(from, 1)?))
            }
            Self::Vague(_) | Self::Length(_) | Self::Open(_) => None,
        }
    }

    /// The period of grain `unit` in which `at` lies.
    pub fn around(at: DateTime, unit: Unit) -> Self {
        let day = at.date();
        let (y, m) = (i32::from(day.year()), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                let clock = Clock { hour: at.hour(), minute: at.minute(), second: None, zone: None };
                Self::Clock(day, clock)
            }
            Unit::Day => Self::Day(day),
            Unit::Night => Self::DayPart(day, DayPart::Night),
            Unit::Week | Unit::Fortnight | Unit::Weekend => {
                let week = day.iso_week_date();
                let (y, w) = (i32::from(week.year()), week.week());
                if unit == Unit::Weekend { Self::Weekend(y, w) } else { Self::Week(y, w) }
            }
            Unit::Month => Self::Month(y, m),
            Unit::Quarter => Self::Quarter(y, (m + 2) / 3),
            Unit::Half => Self::Half(y, (m + 5) / 6),
            Unit::Season => match m {
                1 | 2 => Self::Season(y - 1, Season::Winter),
                3..=5 => Self::Season(y, Season::Spring),
                6..=8 => Self::Season(y, Season::Summer),
                9..=11 => Self::Season(y, Season::Autumn),
                _ => Self::Season(y, Season::Winter),
            },
            Unit::Year => Self::Year(y),
            Unit::Decade => Self::Decade(y.div_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century(y.div_euclid(100)),
        }
    }

    /// How exact it is.
    pub fn grain(&self) -> Option<Unit> {
        Some(match self {
            Self::Century(_) => Unit::Century,
            Self::Decade(_) => Unit::Decade,
            Self::Year(_) => Unit::Year,
            Self::Half(..) => Unit::Half,
            Self::Quarter(..) => Unit::Quarter,
            Self::Season(..) => Unit::Season,
            Self::Month(..) => Unit::Month,
            Self::Week(..) => Unit::Week,
            Self::Weekend(..) => Unit::Weekend,
            Self::Day(_) => Unit::Day,
            Self::DayPart(_, part) => {
                if *part == DayPart::Night {
                    Unit::Night
                } else {
                    Unit::Hour
                }
            }
            Self::Clock(..) => Unit::Minute,
            Self::Vague(_) | Self::Length(_) | Self::Open(_) => return None,
        })
    }

    /// The day on which it starts.
    pub fn first_day(&self) -> Option<Date> {
        self.interval().map(|(from, _)| from.date())
    }

    /// Its year, where it lies within one.
    pub fn year(&self) -> Option<i32> {
        match self {
            Self::Year(y)
            | Self::Half(y, _)
            | Self::Quarter(y, _)
            | Self::Season(y, _)
            | Self::Month(y, _)
            | Self::Week(y, _)
            | Self::Weekend(y, _) => Some(*y),
            Self::Day(d) | Self::DayPart(d, _) | Self::Clock(d, _) => Some(i32::from(d.year())),
            _ => None,
        }
    }
}

fn first_of(y: i32, month: i8) -> Option<DateTime> {
    let y = i16::try_from(y).ok()?;
    Some(Date::new(y, month, 1).ok()?.to_datetime(Time::midnight()))
}

fn months(y: i32, month: i8, count: i64) -> Option<(DateTime, DateTime)> {
    let from = first_of(y, month)?;
    #[allow(clippy::cast_precision_loss)]
    let to = Length::of(Some(count as f64), Unit::Month).after(from, 1)?;
    Some((from, to))
}

fn stretch(day: Date, from: i64, to: i64) -> Option<(DateTime, DateTime)> {
    let midnight = day.to_datetime(Time::midnight());
    let at = |hours: i64| {
        let day = midnight.checked_add(days(hours / 24)).ok()?;
        let hour = i8::try_from(hours % 24).ok()?;
        Some(day.date().to_datetime(Time::new(hour, 0, 0, 0).ok()?))
    };
    Some((at(from)?, at(to)?))
}

/// The Monday of an ISO week.
pub(super) fn monday(year: i32, week: i8) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

/// `day` of `month`, where the calendar has it.
pub(super) fn day(y: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(y).ok()?, month, day).ok()
}
