//! Claims: who says how many of what, when and where. A row is a quantity, or an event with a date; what joins it to
//! its source, its verb and its date is the clause that it stands in. A cell that the text does not fill stays empty.

mod clause;
mod lexicon;
mod place;
mod source;

use std::collections::HashSet;

use crate::date::Expression;
use crate::entity::Entity;
use crate::limits::MAX_CLAIM_TOKENS;
use crate::quantity::{Bound, Kind, Quantity};
use crate::quote::{Page, Part, Quote, Stance};
use crate::tag::Tag;
use crate::text::Span;
use crate::token::Tokens;
pub use source::SourceKind;

/// What earlier stages have found in a text.
pub struct Found<'d> {
    /// Its quantities.
    pub quantities: &'d [Quantity],
    /// Its dates.
    pub dates: &'d [Expression],
    /// Its names.
    pub entities: &'d [Entity],
    /// Its quotations.
    pub quotes: &'d [Quote],
    /// Its sentences.
    pub sentences: &'d [Span],
}

/// A quantity, or an event with a date, joined to who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The quantity with what it counts; of an event its clause.
    pub span: Span,
    /// The index of its sentence.
    pub sentence: usize,
    /// The index of its quantity; none where it is an event.
    pub quantity: Option<usize>,
    /// The index of the quotation that it stands in; none where the narrator speaks.
    pub quote: Option<usize>,
    /// Who says so, as the text has it.
    pub source: Option<Span>,
    /// The name of the source: the fullest form of it in the document.
    pub source_name: Option<String>,
    /// The sort of source.
    pub source_kind: SourceKind,
    /// The words that bring the claim.
    pub cue: Option<Span>,
    /// What they make of it.
    pub stance: Stance,
    /// Whether it stands in quotation marks.
    pub in_quotes: bool,
    /// Who reports what the source says.
    pub via: Option<Span>,
    /// What is counted or measured.
    pub what: Option<Span>,
    /// The whole that a share is taken of.
    pub of: Option<Span>,
    /// The verb of its clause.
    pub predicate: Option<Span>,
    /// The subject of that verb.
    pub actor: Option<Span>,
    /// The value, where the text gives one.
    pub value: Option<f64>,
    /// The least that the words allow; none where they set no limit.
    pub low: Option<f64>,
    /// The most that they allow.
    pub high: Option<f64>,
    /// The index of the other half of a conversion.
    pub twin: Option<usize>,
    /// The index of the date of the event; of the statement, where the event has none.
    pub event_date: Option<usize>,
    /// Whether it "still" is so: where it has no date, the date is the present.
    pub standing: bool,
    /// The index of the date of the statement.
    pub statement_date: Option<usize>,
    /// The index of the name of the place.
    pub place: Option<usize>,
}

impl Claim {
    /// The unit of its quantity as Pint itself writes it: `kilometer ** 2`; of a share of something `fraction`.
    #[must_use]
    pub fn unit(&self, quantities: &[Quantity]) -> Option<String> {
        let quantity = quantities.get(self.quantity?)?;
        match &quantity.unit {
            // A bare number has none: "the toll rose to 1,200".
            Some(unit) => (unit != "dimensionless").then(|| powers(unit)),
            None => (quantity.kind == Kind::Fraction).then(|| "fraction".to_owned()),
        }
    }

    /// The TIMEX3 value of its date; the present where it is still so.
    #[must_use]
    pub fn date<'d>(&self, dates: &'d [Expression]) -> Option<&'d str> {
        let date = self.event_date.and_then(|index| dates.get(index));
        // "in recent days" is no point on the calendar, but it is past.
        let value = |date: &'d Expression| {
            if date.value.starts_with("PX") { "PAST_REF" } else { date.value.as_str() }
        };
        date.map(value).or(self.standing.then_some("PRESENT_REF"))
    }
}

/// "square kilometer" is "kilometer ** 2".
fn powers(unit: &str) -> String {
    for (word, power) in [("square ", " ** 2"), ("cubic ", " ** 3")] {
        if let Some(base) = unit.strip_prefix(word) {
            return format!("{base}{power}");
        }
    }
    unit.to_owned()
}

/// The claims of a text, in order.
pub(crate) fn claims(tokens: Tokens<'_>, tags: &[Tag], found: &Found<'_>) -> Vec<Claim> {
    let page = Page::new(tokens, tags);
    let reader = Reader { page: &page, found };
    let mut claims: Vec<Claim> =
        (0..found.quantities.len()).filter_map(|index| reader.counted(index)).collect();
    let taken: HashSet<usize> =
        claims.iter().flat_map(|claim| [claim.event_date, claim.statement_date]).flatten().collect();
    let events =
        (0..found.dates.len()).filter(|date| !taken.contains(date)).filter_map(|date| reader.event(date));
    claims.extend(events.collect::<Vec<_>>());
    claims.sort_by_key(|claim| (claim.span.start, claim.quantity));
    carry_on(&mut claims);
    claims
}

/// "… in an update on Saturday. It said …": the statement goes on, and so does its date.
fn carry_on(claims: &mut [Claim]) {
    for at in 1..claims.len() {
        let Some([before, claim]) = claims.get_mut(at - 1..=at) else { continue };
        let same = claim.source_name.is_some() && claim.source_name == before.source_name;
        let next = claim.sentence <= before.sentence + 1;
        if same && next && claim.event_date.is_none() && before.statement_date.is_some() {
            (claim.event_date, claim.statement_date) = (before.statement_date, before.statement_date);
        }
    }
}

struct Reader<'r, 't> {
    page: &'r Page<'t>,
    found: &'r Found<'r>,
}

impl Reader<'_, '_> {
    /// The claim of a quantity. A rank, an age or a length of time counts nothing that anybody claims; the second half
    /// of a conversion is the twin of the first.
    fn counted(&self, index: usize) -> Option<Claim> {
        let quantity = self.found.quantities.get(index)?;
        let twin = quantity.converts;
        let second = twin.is_some_and(|first| first < index);
        let idle = matches!(quantity.kind, Kind::Ordinal | Kind::Age | Kind::Duration);
        if second || idle || self.is_dated(quantity.span) {
            return None;
        }
        // "Ukraine had advanced 30 miles": what is measured may stand before the verb.
        let follows =
            |counted: &Span| counted.start >= quantity.core.start && counted.start <= quantity.span.end + 40;
        let mut span =
            quantity.counted.filter(follows).map_or(quantity.span, |counted| quantity.span.cover(counted));
        if let Some(other) = twin.and_then(|twin| self.found.quantities.get(twin)) {
            span = span.cover(other.span);
            // The bracket that opens before the twin closes after it.
            let closes = self.page.t.text().get(span.end..).is_some_and(|rest| rest.starts_with(')'));
            span.end += usize::from(closes && span.of(self.page.t.text()).contains('('));
        }
        let mut claim = self.claim(span, quantity.core)?;
        let (low, high) = limits(quantity);
        claim.quantity = Some(index);
        claim.twin = twin;
        (claim.value, claim.low, claim.high) = (quantity.value, low, high);
        let share = matches!(quantity.kind, Kind::Percent | Kind::Fraction);
        (claim.what, claim.of) = if share { (None, quantity.counted) } else { (quantity.counted, None) };
        Some(claim)
    }

    /// Whether `span` is a date, as the quantity of "2014" is.
    fn is_dated(&self, span: Span) -> bool {
        let after = self.found.dates.partition_point(|date| date.span.end <= span.start);
        self.found.dates.get(after).is_some_and(|date| date.span.contains(span))
    }

    /// The claim of an event: the clause that holds a date, where it has a verb.
    fn event(&self, index: usize) -> Option<Claim> {
        let date = self
            .found
            .dates
            .get(index)
            .filter(|date| clause::is_calendar(date) || clause::is_recent(self.page, date))?;
        let sentence = self.sentence(date.span)?;
        let clause = clause::around(self.page, self.part(date.span), self.part(sentence.1))?;
        let span = self.page.span(clause);
        let mut claim = self.claim(span, date.span)?;
        claim.event_date = Some(index);
        claim.predicate.is_some().then_some(claim)
    }

    fn part(&self, span: Span) -> Part {
        Part::new(self.page.t.from_byte(span.start), self.page.t.from_byte(span.end))
    }

    /// The sentence that `span` starts in, and what of it is looked through for what belongs to `span`.
    fn sentence(&self, span: Span) -> Option<(usize, Span)> {
        let index =
            self.found.sentences.partition_point(|sentence| sentence.start <= span.start).checked_sub(1)?;
        let sentence = self.found.sentences.get(index)?;
        let t = self.page.t;
        let first = t.from_byte(span.start).saturating_sub(MAX_CLAIM_TOKENS);
        let last = t.from_byte(span.end).saturating_add(MAX_CLAIM_TOKENS);
        let start = t.get(first).map_or(sentence.start, |token| token.span.start.max(sentence.start));
        let end = t.get(last).map_or(sentence.end, |token| token.span.start.min(sentence.end));
        Some((index, Span::new(start, end)))
    }

    /// All that does not hang on the quantity itself. `core` decides in whose words the claim stands.
    fn claim(&self, span: Span, core: Span) -> Option<Claim> {
        let (index, sentence) = self.sentence(core)?;
        let (part, whole) = (self.part(span), self.part(sentence));
        let said = source::of(self.page, self.found.quotes, core);
        let said = if said.quote.is_none() && self.is_dated(core) {
            source::dated(self.page, self.found.quotes, core, sentence).unwrap_or(said)
        } else {
            said
        };
        let (predicate, actor) = clause::verb(self.page, part, whole, said.cue.map(|cue| self.part(cue)));
        let dates = clause::dates(self.page, self.found, core, sentence, &said);
        Some(Claim {
            span,
            sentence: index,
            quantity: None,
            quote: said.quote,
            source: said.speaker,
            source_name: source::name(self.page, self.found.entities, &said),
            source_kind: source::kind(self.page, self.found.entities, &said),
            cue: said.cue,
            stance: said.stance,
            in_quotes: self.page.is_quoted(part.from),
            via: said.via,
            what: None,
            of: None,
            predicate: predicate.map(|part| self.page.span(part)),
            actor: actor.map(|part| self.page.span(part)),
            value: None,
            low: None,
            high: None,
            twin: None,
            event_date: dates.event.or(dates.statement),
            standing: predicate
                .is_some_and(|verb| (verb.from..verb.to).any(|at| self.page.is(at, &["still"]))),
            statement_date: dates.statement,
            place: place::of(self.page, self.found.entities, span, sentence),
        })
    }
}

/// The least and the most that the words allow: "more than 50" has a low end, "up to 50" a high one.
fn limits(quantity: &Quantity) -> (Option<f64>, Option<f64>) {
    match quantity.bound {
        Bound::Exact => (quantity.value, quantity.value),
        Bound::MoreThan | Bound::AtLeast => (quantity.value.or(quantity.low), None),
        Bound::LessThan | Bound::AtMost | Bound::Nearly => (None, quantity.value.or(quantity.high)),
        Bound::About | Bound::Range | Bound::Vague => (quantity.low, quantity.high),
    }
}
