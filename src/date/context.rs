//! What a text is dated by: its day of publication, its own dates, and the tense of its verbs.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};

use super::lexicon::{Tag, Word};
use super::read::Reader;
use crate::hash::Table;
use crate::limits::TENSE_WINDOW;
use crate::text::Span;
use crate::token::Tokens;

/// The moment that a text speaks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day, and the time where one is known.
    at: DateTime,
    timed: bool,
}

impl Published {
    /// Reads `2022-09-10`, `2022-09-10T08:30:00` or `2022-09-10T08:30:00Z`; the clock of a zone is kept as it is
    /// written.
    ///
    /// ```
    /// use copydesk::date::Published;
    /// assert!(Published::read("2022-09-10T08:30:00Z").is_some());
    /// assert!(Published::read("12/9").is_none());
    /// ```
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        let day: Date = written.get(..10)?.parse().ok()?;
        let clock = written.get(11..).and_then(|clock| {
            let digits: Vec<i8> =
                clock.splitn(3, ':').map_while(|part| part.get(..2)?.parse().ok()).collect();
            Time::new(*digits.first()?, *digits.get(1)?, digits.get(2).copied().unwrap_or(0), 0).ok()
        });
        Some(Self { at: day.to_datetime(clock.unwrap_or(Time::midnight())), timed: clock.is_some() })
    }
}

impl Published {
    /// The day.
    #[must_use]
    pub fn day(self) -> Date {
        self.at.date()
    }
}

impl From<Date> for Published {
    fn from(day: Date) -> Self {
        Self { at: day.to_datetime(Time::midnight()), timed: false }
    }
}

/// What is known before reading.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// The moment of publication.
    pub now: Option<DateTime>,
    /// Whether its time of the day is known.
    pub timed: bool,
    /// Whether the text tells of other years than its own: dates then follow from the dates before them.
    pub narrative: bool,
    /// The years that the text names, and the tokens they are.
    pub years: Vec<(usize, i32)>,
}

/// Which way a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

impl Context {
    pub fn new(t: Tokens<'_>, tags: &[Tag], published: Option<Published>) -> Self {
        let now = published.map(|published| published.at);
        let timed = published.is_some_and(|published| published.timed);
        let survey = Survey::new(t, tags, now);
        let narrative = now.is_none() || survey.is_narrative();
        Self { now, timed, narrative, years: survey.years }
    }
}

/// What the tokens of a text say of the time it tells of.
#[derive(Default)]
struct Survey {
    /// The years it names, and where.
    years: Vec<(usize, i32)>,
    /// How many of them lie two years or more from its own.
    far: usize,
    /// How many of those stand with their month.
    told: usize,
    /// How many words speak from a day of their own: "Tuesday", "yesterday", "last week", "ago".
    spoken: usize,
    /// Whether it names a day of a month before it names any year: that year is then its own.
    own_year: bool,
}

impl Survey {
    fn new(t: Tokens<'_>, tags: &[Tag], now: Option<DateTime>) -> Self {
        let own = now.map(|now| i32::from(now.year()));
        let mut out = Self::default();
        for (at, tag) in tags.iter().enumerate() {
            let next = tags.get(at + 1).copied().unwrap_or_default();
            match tag {
                Tag::Weekday(_) | Tag::Day(_) | Tag::Is(Word::Tonight | Word::Ago) => out.spoken += 1,
                Tag::Is(Word::Last | Word::This | Word::Next) if matches!(next, Tag::Unit(_)) => {
                    out.spoken += 1
                }
                Tag::Number => out.add(t, tags, at, own),
                Tag::Month(_) | Tag::ShortMonth(_) if out.years.is_empty() => {
                    out.own_year |= is_without_year(t, tags, at)
                }
                _ => {}
            }
        }
        out
    }

    fn add(&mut self, t: Tokens<'_>, tags: &[Tag], at: usize, own: Option<i32>) {
        let Some((year, with_month)) = dated_year(t, tags, at) else { return };
        self.years.push((at, year));
        if own.is_some_and(|own| (year - own).abs() >= 2) {
            self.far += 1;
            self.told += usize::from(with_month);
        }
    }

    /// A text is a narrative where most of the years it names lie two years or more from its own, and hardly a word
    /// speaks from a day of its own. "In 2014 Russia seized Crimea", said twice, makes no history book.
    fn is_narrative(&self) -> bool {
        let near = self.years.len() - self.far;
        let enough = self.far >= 4 || self.told >= 2;
        enough && !self.own_year && self.far > near && 6 * self.spoken <= self.years.len()
    }
}

/// A number that is surely a year: after a month, a day of a month or "in", or before "BC"; and whether its month
/// stands with it.
fn dated_year(t: Tokens<'_>, tags: &[Tag], at: usize) -> Option<(i32, bool)> {
    let token = t.get(at)?;
    let tag = |at: Option<usize>| at.and_then(|at| tags.get(at)).copied().unwrap_or_default();
    let value: i32 = token.text.parse().ok()?;
    if tag(Some(at + 1)) == Tag::Is(Word::Bc) {
        return Some((1 - value, false));
    }
    use Word::{By, Early, From, In, Late, Of, Since, Until};
    let before = tag(at.checked_sub(1));
    let (dated, with_month) = match before {
        Tag::Month(_) | Tag::ShortMonth(_) | Tag::Season(_) => (true, true),
        Tag::Is(word) => (matches!(word, By | Early | From | In | Late | Of | Since | Until), false),
        // "September 1, 1939"
        _ => {
            let comma =
                t.before(at, 1).is_some_and(|x| x.text == ",") && tag(at.checked_sub(2)) == Tag::Number;
            (comma, comma)
        }
    };
    (dated && token.text.len() == 4 && (1000..2100).contains(&value)).then_some((value, with_month))
}

/// Whether a month stands with its day and no number that could be its year: "24 February".
fn is_without_year(t: Tokens<'_>, tags: &[Tag], at: usize) -> bool {
    let digits = |at: usize| {
        let number = tags.get(at) == Some(&Tag::Number);
        t.get(at).filter(|_| number).map_or(0, |x| x.text.len())
    };
    let day_before = at.checked_sub(1).is_some_and(|at| matches!(digits(at), 1 | 2));
    let day_behind = matches!(digits(at + 1), 1 | 2);
    let next = at + 1 + usize::from(day_behind);
    let next = next + usize::from(t.get(next).is_some_and(|x| x.text == ","));
    (day_before || day_behind) && digits(next) == 0
}

/// The word that a verb needs behind it to speak of its tense: "plans to meet", but not "the plans".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    To,
    Until,
}

/// Words by their tense.
static VERBS: LazyLock<Table<&'static str, (Tense, Needs)>> = LazyLock::new(|| {
    let lines = include_str!("en/verbs.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (word, says) = line.split_once('\t')?;
            let (tense, needs) = says.split_once(' ').unwrap_or((says, ""));
            let tense = if tense == "past" { Tense::Past } else { Tense::Future };
            let needs = match needs {
                "" => Needs::Nothing,
                "until" => Needs::Until,
                _ => Needs::To,
            };
            Some((word, (tense, needs)))
        })
        .collect()
});

impl Reader<'_> {
    /// The tense of the verb nearest to the tokens `start..end`, in the same sentence.
    pub fn tense(&self, start: usize, end: usize) -> Tense {
        let left = self.look(start, true);
        let right = self.look(end, false);
        match (left, right) {
            (Some((_, left)), None) => left,
            (None, Some((_, right))) => right,
            // "The talks held in Kyiv will go on Monday": the clause before the date holds its verb.
            (Some((near, left)), Some((far, right))) => {
                if near <= far + 6 {
                    left
                } else {
                    right
                }
            }
            (None, None) => Tense::Unknown,
        }
    }

    fn look(&self, from: usize, left: bool) -> Option<(usize, Tense)> {
        let edge =
            if left { self.token(from)?.span.start() } else { self.token(from.checked_sub(1)?)?.span.end() };
        let mut last = edge;
        for step in 0..TENSE_WINDOW {
            let at = if left { from.checked_sub(step + 1)? } else { from + step };
            let token = self.token(at)?;
            // A headline and a dateline are no part of the sentence below them.
            let edge = if left { token.span.end() } else { token.span.start() };
            let gap = Span::new(edge.min(last), edge.max(last)).of(self.t.text());
            if gap.contains('\n') {
                return None;
            }
            last = if left { token.span.start() } else { token.span.end() };
            if !token.is_word() {
                if matches!(token.text, "." | "!" | "?" | ";") {
                    return None;
                }
                continue;
            }
            if let Some(tense) = self.verb(at) {
                return Some((step, tense));
            }
        }
        None
    }

    /// The tense of the word at `at`, where it is a verb; an auxiliary before it decides.
    fn verb(&self, at: usize) -> Option<Tense> {
        let token = self.token(at).filter(|_| !matches!(self.tag(at), Tag::Month(_)))?;
        let own = self.known_verb(at).or_else(|| {
            let regular = token.lower.ends_with("ed") && token.lower.len() > 4 && !token.is_capitalised();
            let shall = token.lower.ends_with("'ll") || token.lower.ends_with("’ll");
            if shall { Some(Tense::Future) } else { regular.then_some(Tense::Past) }
        })?;
        let ahead = own == Tense::Past && self.is_led_ahead(at);
        Some(if ahead { Tense::Future } else { own })
    }

    /// Whether what leads up to a participle puts it ahead: "will be held", "is to be held", but not "may have been
    /// held", "for May delivery fell" or "bonds due in 2005 yielded".
    fn is_led_ahead(&self, at: usize) -> bool {
        let linked = |at: &usize| {
            let stops = self.any(*at, &[Word::In, Word::On, Word::By]) || self.lower(*at) == "have";
            self.token(*at).is_some_and(|x| x.is_word() && !x.is_capitalised()) && !stops
        };
        // "Housing starts fell": a verb of its own leads to none.
        let leads = |word: &str| matches!(word, "is") || !word.ends_with('s');
        let future = |at: usize| {
            let word = self.lower(at);
            leads(word) && self.known_verb(at) == Some(Tense::Future) || word.ends_with("'ll")
        };
        (1..=3).filter_map(|step| at.checked_sub(step)).take_while(linked).any(future)
    }

    /// Whether the text is a few words without a verb: a note, or what is typed into a search.
    pub fn is_note(&self) -> bool {
        self.t.len() < 8 && (0..self.t.len()).all(|at| self.verb(at).is_none())
    }

    /// Whether a verb of the past stands at `at`.
    pub fn is_told(&self, at: usize) -> bool {
        self.verb(at) == Some(Tense::Past)
    }

    /// The tense of a word of the list, where it has what it needs behind it.
    fn known_verb(&self, at: usize) -> Option<Tense> {
        let (tense, needs) = VERBS.get(self.lower(at))?;
        let there = match needs {
            Needs::Nothing => true,
            Needs::To => self.any(at + 1, &[Word::To, Word::For]),
            // "postponed the vote until Friday"
            Needs::Until => (at + 1..at + 8).any(|at| self.is(at, Word::Until)),
        };
        there.then_some(*tense)
    }
}
