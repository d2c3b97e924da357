//! Dates as pages write them, to ISO 8601. A date that the calendar does not have is none.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

/// Names of months, and their numbers, of every language that has a list.
static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    const LISTS: [&str; 17] = [
        include_str!("../cs/months.txt"),
        include_str!("../da/months.txt"),
        include_str!("../de/months.txt"),
        include_str!("../en/months.txt"),
        include_str!("../es/months.txt"),
        include_str!("../fi/months.txt"),
        include_str!("../fr/months.txt"),
        include_str!("../id/months.txt"),
        include_str!("../it/months.txt"),
        include_str!("../lt/months.txt"),
        include_str!("../nl/months.txt"),
        include_str!("../no/months.txt"),
        include_str!("../pl/months.txt"),
        include_str!("../pt/months.txt"),
        include_str!("../ru/months.txt"),
        include_str!("../sv/months.txt"),
        include_str!("../tr/months.txt"),
    ];
    let rows = LISTS.iter().flat_map(|list| list.lines()).filter_map(|line| line.split_once(' '));
    rows.filter_map(|(name, number)| Some((name, number.parse().ok()?))).collect()
});

/// Characters of a text that are looked at: a date line is short.
const LONGEST: usize = 200;

/// The first date in `text`, as ISO 8601: with its time and zone where these are written, else the day alone.
/// Of `3/4/2024` the month is the first number where `month_first`.
pub(super) fn read(text: &str, month_first: bool) -> Option<String> {
    let text = text.trim();
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let tokens = tokens(text.get(..end)?);
    (0..tokens.len()).find_map(|at| {
        let from = tokens.get(at..)?;
        let (day, used) = year_first(from).or_else(|| named(from)).or_else(|| numeric(from, month_first))?;
        let time = from.get(used..).and_then(|rest| time(rest)).unwrap_or_default();
        Some(format!("{day}{time}"))
    })
}

/// A run of digits, a word, or a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number(u32, usize),
    Word(&'a str),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let sort = |c: char| match c {
        c if c.is_ascii_digit() => 0,
        '年' | '月' | '日' | '년' | '월' | '일' => 2,
        c if c.is_alphabetic() => 1,
        _ => 2,
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = sort(first);
        let end = match kind {
            2 => first.len_utf8(),
            _ => rest.find(|c| sort(c) != kind).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        found.push(match kind {
            0 => Token::Number(token.parse().unwrap_or(u32::MAX), token.len()),
            1 => Token::Word(token),
            _ => Token::Mark(first),
        });
        rest = after;
    }
    found
}

fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1970..=2100).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2024-03-02`, `2024/3/2`, `2024年3月2日`, `2024. 3. 2`, `20240302`.
fn year_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    if let [Token::Number(number, 8), ..] = tokens {
        return Some((day(number / 10_000, number / 100 % 100, number % 100)?, 1));
    }
    let dense: Vec<(usize, Token<'_>)> =
        tokens.iter().copied().enumerate().take(9).filter(|(_, token)| *token != Token::Mark(' ')).collect();
    let [
        (_, Token::Number(year, 4)),
        (_, Token::Mark(one)),
        (_, Token::Number(month, 1..=2)),
        (_, Token::Mark(two)),
        (at, Token::Number(number, 1..=2)),
        ..,
    ] = dense[..]
    else {
        return None;
    };
    let parts = |mark| matches!(mark, '-' | '/' | '.' | '年' | '月' | '년' | '월' | '‐' | '–');
    (parts(one) && parts(two)).then_some(())?;
    let japanese = matches!(tokens.get(at + 1), Some(Token::Mark('日' | '일')));
    Some((day(year, month, number)?, at + 1 + usize::from(japanese)))
}

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    month(word.trim_end_matches('.')).is_some()
}

fn month(word: &str) -> Option<u32> {
    let number = MONTHS.get(word.to_lowercase().as_str())?;
    u32::try_from(*number).ok()
}

/// `2 March 2024`, `2. März 2024`, `March 2nd, 2024`, `2 de marzo de 2024`.
fn named(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let telling = |token: &(usize, Token<'_>)| match token.1 {
        Token::Mark(mark) => !matches!(mark, ' ' | '.' | ',' | '\u{a0}' | '/' | '-'),
        Token::Word(word) => !matches!(word, "st" | "nd" | "rd" | "th" | "de" | "del" | "of" | "a"),
        Token::Number(..) => true,
    };
    let dense: Vec<(usize, Token<'_>)> =
        tokens.iter().copied().enumerate().take(11).filter(telling).take(3).collect();
    match dense[..] {
        [(_, Token::Number(number, 1..=2)), (_, Token::Word(word)), (at, Token::Number(year, 4))]
        | [(_, Token::Word(word)), (_, Token::Number(number, 1..=2)), (at, Token::Number(year, 4))] => {
            Some((day(year, month(word)?, number)?, at + 1))
        }
        _ => None,
    }
}

/// `02.03.2024`, `2/3/2024`.
fn numeric(tokens: &[Token<'_>], month_first: bool) -> Option<(Date, usize)> {
    let [
        Token::Number(one, 1..=2),
        Token::Mark(mark),
        Token::Number(two, 1..=2),
        Token::Mark(again),
        Token::Number(year, 4),
        ..,
    ] = *tokens
    else {
        return None;
    };
    if mark != again || !matches!(mark, '.' | '/' | '-') {
        return None;
    }
    let swapped = month_first && mark != '.';
    let (first, second) = if swapped { (two, one) } else { (one, two) };
    Some((day(year, second, first).or_else(|| day(year, first, second))?, 5))
}

/// `T10:00:00+02:00`, ` 10:00Z`: only directly behind a day.
fn time(tokens: &[Token<'_>]) -> Option<String> {
    let [
        Token::Word("T") | Token::Mark(' '),
        Token::Number(hour, 2),
        Token::Mark(':'),
        Token::Number(minute, 2),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let (second, rest) = match rest {
        [Token::Mark(':'), Token::Number(second, 2), rest @ ..] => (*second, rest),
        _ => (0, rest),
    };
    if *hour > 23 || *minute > 59 || second > 60 {
        return None;
    }
    let rest = match rest {
        [Token::Mark('.'), Token::Number(..), rest @ ..] => rest,
        _ => rest,
    };
    Some(format!("T{hour:02}:{minute:02}:{second:02}{}", zone(rest)))
}

fn zone(tokens: &[Token<'_>]) -> String {
    let tokens = if let [Token::Mark(' '), rest @ ..] = tokens { rest } else { tokens };
    match *tokens {
        [Token::Word("Z" | "UTC" | "GMT"), ..] => "Z".to_owned(),
        [
            Token::Mark(sign @ ('+' | '-')),
            Token::Number(hours, 2),
            Token::Mark(':'),
            Token::Number(minutes, 2),
            ..,
        ] => {
            format!("{sign}{hours:02}:{minutes:02}")
        }
        [Token::Mark(sign @ ('+' | '-')), Token::Number(both, 4), ..] => {
            format!("{sign}{:02}:{:02}", both / 100, both % 100)
        }
        [Token::Mark(sign @ ('+' | '-')), Token::Number(hours, 2), ..] => format!("{sign}{hours:02}:00"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_pages_write_them() {
        let cases = [
            ("2024-03-02T10:00:00Z", "2024-03-02T10:00:00Z"),
            ("2024-03-02T10:00:00.123+0200", "2024-03-02T10:00:00+02:00"),
            ("2024-03-02 10:00", "2024-03-02T10:00:00"),
            ("Published March 2nd, 2024 at 5", "2024-03-02"),
            ("Sa., 2. März 2024, 10:00 Uhr", "2024-03-02"),
            ("2 de marzo de 2024", "2024-03-02"),
            ("02.03.2024 | 10:00", "2024-03-02"),
            ("2024年3月2日", "2024-03-02"),
            ("Thu, 09/25/2025 - 11:38", "2025-09-25"),
            ("Feb 3, 2025T10:00:00", "2025-02-03T10:00:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, false).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(read("3/4/2024", true).as_deref(), Some("2024-03-04"));
        assert_eq!(read("3/4/2024", false).as_deref(), Some("2024-04-03"));
        assert_eq!(read("31/02/2024 or 2024", false), None);
    }

    #[test]
    fn lists_of_months_are_sorted() {
        for list in [
            include_str!("../en/months.txt"),
            include_str!("../de/months.txt"),
            include_str!("../ru/months.txt"),
        ] {
            assert!(list.lines().is_sorted());
            assert_eq!(list.lines().count(), list.lines().collect::<std::collections::HashSet<_>>().len());
        }
    }
}
