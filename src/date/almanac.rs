//! Calendars that follow the moon: Hebrew, Islamic, and the full and new moons that Asian festivals go by.

use jiff::civil::Date;

use super::length::days;
use super::value;

/// Days from 1 January of the year 1 (Gregorian, as day 1) to `date`: the "fixed" days of Reingold and Dershowitz.
fn fixed(date: Date) -> Option<i64> {
    let start = Date::new(1, 1, 1).ok()?;
    Some(i64::from(start.until(date).ok()?.get_days()) + 1)
}

fn of_fixed(day: i64) -> Option<Date> {
    Date::new(1, 1, 1).ok()?.checked_add(days(day - 1)).ok()
}

/// Days from the Hebrew epoch to the new year of `year`, its postponements in.
fn hebrew_elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

fn hebrew_new_year(year: i64) -> i64 {
    let epoch = -1_373_427;
    let (last, this, next) = (hebrew_elapsed(year - 1), hebrew_elapsed(year), hebrew_elapsed(year + 1));
    let delay = if next - this == 356 {
        2
    } else if this - last == 382 {
        1
    } else {
        0
    };
    epoch + this + delay
}

/// Whether a Hebrew year has its second Adar.
fn is_hebrew_leap(year: i64) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// A day of the Hebrew calendar in a year of the common era; months are counted from Nisan, Adar is the last.
pub(super) fn hebrew(year: i32, month: i64, day: i64) -> Option<Date> {
    // From Tishri on the Hebrew year is one ahead.
    let year = i64::from(year) + 3_760 + i64::from((7..=9).contains(&month));
    let start = hebrew_new_year(year);
    let length = hebrew_new_year(year + 1) - start;
    let leap = is_hebrew_leap(year);
    // Lengths from Tishri: Heshvan and Kislev make the difference between years.
    let heshvan = if length % 10 == 5 { 30 } else { 29 };
    let kislev = if length % 10 == 3 { 29 } else { 30 };
    let winter: [i64; 5] = [30, heshvan, kislev, 29, 30];
    let adars: i64 = if leap { 59 } else { 29 };
    let summer: [i64; 6] = [30, 29, 30, 29, 30, 29];
    let sum = |lengths: &[i64], count: i64| -> i64 {
        lengths.iter().take(usize::try_from(count).unwrap_or(0)).sum()
    };
    let before = match month {
        7..=11 => sum(&winter, month - 7),
        // Purim is kept in the second Adar.
        12 => sum(&winter, 5) + if leap { 30 } else { 0 },
        _ => sum(&winter, 5) + adars + sum(&summer, month - 1),
    };
    of_fixed(start + before + day - 1)
}

/// A day of the Islamic calendar in a year of the common era; the first where there are two.
///
/// The tabular calendar says which moon it is; the month begins on the day after the evening in Mecca that follows the
/// new moon, as the calendar of Umm al-Qura has it.
pub(super) fn islamic(year: i32, month: i64, day: i64) -> Option<Date> {
    let first = value::day(year, 1, 1)?;
    let near = (i64::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2).find_map(|islamic| {
        let before = 29 * (month - 1) + month.div_euclid(2);
        let start = 227_015 + (islamic - 1) * 354 + (3 + 11 * islamic).div_euclid(30) + before;
        let from = of_fixed(start - 5)?;
        let evening = moon(i32::from(from.year()), from.month(), from.day(), 1, 15)?;
        let found = evening.checked_add(days(day)).ok()?;
        (found >= first && found.year() == first.year()).then_some(found)
    })
}

/// The angle from sun to moon, in degrees, at a moment given in days since the year 2000 began at noon.
fn elongation(days: f64) -> f64 {
    let t = days / 36_525.0;
    let rad = f64::to_radians;
    let d = 297.850_2 + 445_267.111_4 * t;
    let m = 357.529_1 + 35_999.050_3 * t;
    let mp = 134.963_4 + 477_198.867_6 * t;
    let f = 93.272_1 + 483_202.017_5 * t;
    // The largest terms of the moon's longitude (Meeus, chapter 47) and of the sun's equation of centre.
    let moon = 6.288_8 * rad(mp).sin()
        + 1.274_0 * rad(2.0 * d - mp).sin()
        + 0.658_3 * rad(2.0 * d).sin()
        + 0.213_6 * rad(2.0 * mp).sin()
        - 0.185_1 * rad(m).sin()
        - 0.114_3 * rad(2.0 * f).sin()
        + 0.058_8 * rad(2.0 * d - 2.0 * mp).sin()
        + 0.057_1 * rad(2.0 * d - m - mp).sin()
        + 0.053_3 * rad(2.0 * d + mp).sin()
        + 0.045_8 * rad(2.0 * d - m).sin()
        - 0.040_9 * rad(m - mp).sin()
        - 0.034_7 * rad(d).sin()
        - 0.030_4 * rad(m + mp).sin();
    let sun = 1.914_6 * rad(m).sin() + 0.020_0 * rad(2.0 * m).sin();
    (d + moon - sun).rem_euclid(360.0)
}

/// The first day from `month`-`from` on that has the moon's `tithi` (a thirtieth of its round) at `hour` UTC.
pub(super) fn moon(year: i32, month: i8, from: i8, tithi: i32, hour: i32) -> Option<Date> {
    let start = value::day(year, month, from)?;
    let epoch = fixed(Date::new(2000, 1, 1).ok()?)?;
    let first = fixed(start)? - epoch;
    let tithi_at = |day: i64| {
        #[allow(clippy::cast_precision_loss)]
        let moment = day as f64 - 0.5 + f64::from(hour) / 24.0;
        elongation(moment) / 12.0
    };
    // A tithi may begin and end between two looks: then the day on which it is over counts.
    (0_i64..32).find_map(|step| {
        let (yesterday, today) = (tithi_at(first + step - 1), tithi_at(first + step));
        let wanted = f64::from(tithi - 1);
        let turned = (today - yesterday).rem_euclid(30.0);
        let reached = (today - wanted).rem_euclid(30.0) < turned;
        reached.then(|| start.checked_add(days(step)).ok()).flatten()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn written(date: Option<Date>) -> String {
        date.unwrap().to_string()
    }

    #[test]
    fn hebrew_days() {
        assert_eq!(written(hebrew(2023, 7, 1)), "2023-09-16");
        assert_eq!(written(hebrew(2023, 7, 10)), "2023-09-25");
        assert_eq!(written(hebrew(2024, 1, 15)), "2024-04-23");
        assert_eq!(written(hebrew(2024, 12, 14)), "2024-03-24");
        assert_eq!(written(hebrew(2021, 9, 25)), "2021-11-29");
    }

    #[test]
    fn islamic_days() {
        assert_eq!(written(islamic(2023, 10, 1)), "2023-04-21");
        assert_eq!(written(islamic(2021, 12, 10)), "2021-07-20");
        assert_eq!(written(islamic(2022, 1, 1)), "2022-07-30");
    }

    #[test]
    fn moons() {
        // New years of the Chinese calendar, by the new moon in Beijing.
        assert_eq!(written(moon(2021, 1, 21, 1, 16)), "2021-02-12");
        assert_eq!(written(moon(2023, 1, 21, 1, 16)), "2023-01-22");
        assert_eq!(written(moon(2024, 1, 21, 1, 16)), "2024-02-10");
        // Diwali, by the dark moon at sunset in India.
        assert_eq!(written(moon(2021, 10, 17, 30, 13)), "2021-11-04");
        assert_eq!(written(moon(2022, 10, 17, 30, 13)), "2022-10-24");
    }
}
