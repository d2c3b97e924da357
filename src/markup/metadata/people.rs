//! From a byline to its people: `By Ann Lee and Bo Berg, Harbour Post` is two.

use super::date;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that come before the names, of every language that has a list.
static BEFORE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    const LISTS: [&str; 17] = [
        include_str!("../cs/byline.txt"),
        include_str!("../da/byline.txt"),
        include_str!("../de/byline.txt"),
        include_str!("../en/byline.txt"),
        include_str!("../es/byline.txt"),
        include_str!("../fi/byline.txt"),
        include_str!("../fr/byline.txt"),
        include_str!("../id/byline.txt"),
        include_str!("../it/byline.txt"),
        include_str!("../lt/byline.txt"),
        include_str!("../nl/byline.txt"),
        include_str!("../no/byline.txt"),
        include_str!("../pl/byline.txt"),
        include_str!("../pt/byline.txt"),
        include_str!("../ru/byline.txt"),
        include_str!("../sv/byline.txt"),
        include_str!("../tr/byline.txt"),
    ];
    LISTS.iter().flat_map(|list| list.lines()).collect()
});

/// Words that jobs end with, of every language that has a list.
const JOB_LISTS: [&str; 4] = [
    include_str!("../de/jobs.txt"),
    include_str!("../en/jobs.txt"),
    include_str!("../es/jobs.txt"),
    include_str!("../fr/jobs.txt"),
];

static JOBS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| JOB_LISTS.iter().flat_map(|list| list.lines()).collect());

/// Words between two names.
const BETWEEN: [&str; 13] =
    [" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " i ", " ve ", " и ", " dan ", " & "];

/// What follows a name that is no name: a reporter's title in Korean and Japanese.
const AFTER: [&str; 5] = [" 기자", " 특파원", " 논설위원", "記者", " 선임기자"];

/// More people than this sign no article: what is longer is a list of something else.
const MOST: usize = 30;

/// The people of a byline, in order.
pub(super) fn read(line: &str) -> Vec<String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_before(&line);
    let mut names: Vec<String> = Vec::new();
    for part in line.split([';', '|', '•', '·', '\n']) {
        for name in apart(part) {
            let name = tidy(name);
            if !name.is_empty() && !names.contains(&name) && names.len() < MOST {
                names.push(name);
            }
        }
    }
    names
}

/// The people of a line that begins with the word of a byline (`By Ann Lee`), or of a part of one that does
/// (`3 May | 14:07 | By Ann Lee`); an agency may sign as well (`By AFP,`). None for any other line.
pub(super) fn signed(line: &str) -> Vec<String> {
    let of = |part: &str| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = without_before(&part);
        if rest.len() == part.len() {
            return Vec::new();
        }
        read(rest).into_iter().filter(|name| is_full_name(name) || is_agency(name, rest)).collect()
    };
    line.split(['|', '·', '•']).map(of).find(|names: &Vec<String>| !names.is_empty()).unwrap_or_default()
}

/// Whether a line does nothing but sign: `By Ann Lee and Bo Berg`.
pub(super) fn is_signature(line: &str) -> bool {
    let rest = without_before(line);
    rest.len() < line.len() && {
        let names = read(rest);
        !names.is_empty() && names.iter().all(|name| is_full_name(name) || is_agency(name, rest))
    }
}

/// Whether capitals are all that is signed with: `By AFP`.
fn is_agency(name: &str, signed: &str) -> bool {
    let rest = signed.trim_matches([' ', ',', '.']);
    name == rest && (2..=6).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a line is nothing but the word of a byline.
pub(super) fn is_before(line: &str) -> bool {
    let line = line.trim_end_matches(':').to_lowercase();
    BEFORE.contains(&line.as_str())
}

fn without_before(line: &str) -> &str {
    for word in BEFORE.iter() {
        let is_word = |head: &&str| head.chars().flat_map(char::to_lowercase).eq(word.chars());
        let head = line.get(..word.len()).filter(is_word);
        let rest = head.and_then(|_| line.get(word.len()..)).unwrap_or("");
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        if let Some(rest) = rest.strip_prefix(' ') {
            return rest;
        }
    }
    line
}

/// Splits at commas and at `and`, where what stands on either side are names: `Center for Drug Evaluation and Research`
/// is one, and so is `Bo Berg, MD, PhD`.
fn apart(part: &str) -> Vec<&str> {
    let mut pieces = vec![part];
    for between in BETWEEN {
        pieces = pieces.into_iter().flat_map(|piece| split_if_names(piece, between)).collect();
    }
    pieces.into_iter().flat_map(names_of_list).collect()
}

fn split_if_names<'a>(piece: &'a str, between: &str) -> Vec<&'a str> {
    let sides: Vec<&str> = piece.split(between).collect();
    let is_one = |part: &str| is_full_name(part) && !is_job(part);
    let named = |side: &&str| {
        side.rsplit(',').next().is_some_and(is_one) || side.split(',').next().is_some_and(is_one)
    };
    if sides.len() > 1 && sides.iter().all(named) { sides } else { vec![piece] }
}

/// The names in `Ann Lee, Bo Berg`; of `Ann Lee, Professor of law` the first alone.
fn names_of_list(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [] | [_] => parts,
        [first, ..] if is_full_name(first) => {
            parts.into_iter().filter(|part| is_full_name(part) && !is_job(part)).collect()
        }
        _ => vec![piece],
    }
}

/// `Political Editor`, behind a name.
fn is_job(part: &str) -> bool {
    part.rsplit([' ', '-']).next().is_some_and(|last| JOBS.contains(last.to_lowercase().as_str()))
}

/// Two to five words, each with a capital or a particle, and no digit.
pub(super) fn is_full_name(text: &str) -> bool {
    const PARTICLES: [&str; 18] = [
        "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "ter",
        "van", "von", "y",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let starts = |word: &&str| {
        let first = word.chars().next().unwrap_or(' ');
        first.is_alphabetic() && !first.is_lowercase() || PARTICLES.contains(word)
    };
    let plain = !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | ':' | '('));
    (2..=5).contains(&words.len()) && plain && words.iter().all(starts)
}

fn tidy(name: &str) -> String {
    let mut name = name.trim().trim_matches([',', '-', '–', '—', ' ', '.']).trim_end_matches('*');
    for after in AFTER {
        name = name.strip_suffix(after).unwrap_or(name);
    }
    let name = undated(name);
    let is_address = name.contains("://") || name.starts_with('@') || name.contains("www.");
    if is_address || is_before(name) || name.chars().count() > 100 {
        String::new()
    } else {
        name.trim().to_owned()
    }
}

/// `Ann Lee 2 March 2026` without its date, and nothing of `Sat, 20 Dec, 2025` or of a number.
fn undated(name: &str) -> &str {
    let has_year = name
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")));
    if !has_year && !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return name;
    }
    let end = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let head = name.get(..end).unwrap_or_default().trim();
    let head = head.rsplit_once(' ').filter(|(_, last)| date::is_month(last)).map_or(head, |(head, _)| head);
    if is_full_name(head) { head } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_a_list_of_people() {
        assert_eq!(read("By Ann Lee, Bo Berg and Cy Dunn"), ["Ann Lee", "Bo Berg", "Cy Dunn"]);
        assert_eq!(read("Von Ann Lee und Bo van der Berg"), ["Ann Lee", "Bo van der Berg"]);
        assert_eq!(read("Ann Lee, professor of law at Harbour"), ["Ann Lee"]);
        assert_eq!(read("By Ann Lee, Political Editor, and Bo Berg"), ["Ann Lee", "Bo Berg"]);
        assert_eq!(read("Ann Lee, Harbour-Safety Expert"), ["Ann Lee"]);
        assert_eq!(read("Ann Lee, Home and Harbour Safety Expert"), ["Ann Lee"]);
        assert_eq!(read("Staff Writer"), ["Staff Writer"]);
        assert_eq!(read("Center for Tides and Harbours"), ["Center for Tides and Harbours"]);
        assert_eq!(read("https://example.org/ann"), Vec::<String>::new());
        assert_eq!(read("AFP"), ["AFP"]);
        assert_eq!(read("Ann Lee March 2, 2026"), ["Ann Lee"]);
        assert_eq!(read("Ann Lee 4 August 2010"), ["Ann Lee"]);
        assert_eq!(read("Sat, 20 Dec, 2025 - 06:36"), Vec::<String>::new());
        assert_eq!(read("Posted by:"), Vec::<String>::new());
        assert_eq!(read("Studio 54"), ["Studio 54"]);
    }

    #[test]
    fn lists_of_jobs_are_sorted() {
        assert!(JOB_LISTS.iter().all(|list| list.lines().is_sorted_by(|one, next| one < next)));
    }

    #[test]
    fn a_line_may_be_signed() {
        assert_eq!(signed("By Ann Lee"), ["Ann Lee"]);
        assert_eq!(signed("3 May | 14:07 | By Ann Lee"), ["Ann Lee"]);
        assert_eq!(signed("By\n TPN,"), ["TPN"]);
        assert_eq!(signed("By far"), Vec::<String>::new());
        assert_eq!(signed("By US troops"), Vec::<String>::new());
        assert_eq!(signed("Ann Lee"), Vec::<String>::new());
        assert!(is_signature("By Ann Lee and Bo Berg") && is_signature("Von Ann Lee"));
        assert!(!is_signature("By far the best") && !is_signature("Ann Lee"));
    }
}
