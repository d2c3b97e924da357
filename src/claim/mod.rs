//! Claims: who says how many of what, when and where. A row is a quantity, or an event with a date; what joins it to
//! its source, its verb and its date is the clause that it stands in. A cell that the text does not fill stays empty.

mod clause;
mod event;
mod lexicon;
mod place;
mod source;
mod what;

use crate::date::{Expression, Relation};
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

/// The number of a claim as it stands: what it measures, in what, and how it bounds the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How the value bounds the amount that is meant.
    pub bound: Bound,
    /// The sort of quantity.
    pub kind: Kind,
    /// The unit as Pint itself writes it: `kilometer ** 2`; of a share of something `fraction`.
    pub unit: Option<String>,
}

/// A quantity, or an event with a date, joined to who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The quantity with what it counts; of an event its clause.
    pub span: Span,
    /// The index of its sentence.
    pub sentence: usize,
    /// The index of its quantity; none where it is an event, and where "entirely" is all that is said.
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
    /// What the number is of, where there is one.
    pub amount: Option<Amount>,
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

/// The amount of a quantity.
fn amount(quantity: &Quantity) -> Amount {
    let share = || (quantity.kind == Kind::Fraction).then(|| "fraction".to_owned());
    // A bare number has none: "the toll rose to 1,200".
    let bare = quantity.unit.as_deref() == Some("dimensionless");
    let unit = quantity.unit.as_deref().filter(|_| !bare).map(powers).or_else(share);
    Amount { bound: quantity.bound, kind: quantity.kind, unit }
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
    let reader = Reader { page: &page, plain: &page.unquoted(), found };
    let mut claims: Vec<Claim> =
        (0..found.quantities.len()).filter_map(|index| reader.counted(index)).collect();
    claims.extend(reader.events(&claims));
    claims.sort_by_key(|claim| (claim.span.start(), claim.quantity));
    carry_on(&mut claims);
    reader.tell_on(&mut claims);
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

/// Sentences over which a narrator's date is carried on.
const TOLD_ON: usize = 2;

struct Reader<'r, 't> {
    page: &'r Page<'t>,
    /// The same without its quotations: what is quoted has verbs and subjects as well.
    plain: &'r Page<'t>,
    found: &'r Found<'r>,
}

impl Reader<'_, '_> {
    /// The claim of a quantity. A rank, an age or a length of time counts nothing that anybody claims; the second half
    /// of a conversion is the twin of the first.
    fn counted(&self, index: usize) -> Option<Claim> {
        let quantity = self.found.quantities.get(index)?;
        let twin = quantity.converts();
        let second = twin.is_some_and(|first| first < index);
        let idle = matches!(quantity.kind, Kind::Ordinal | Kind::Age | Kind::Duration);
        if second || idle || self.is_dated(quantity.span) || self.is_idle(quantity) {
            return None;
        }
        // "Ukraine had advanced 30 miles": what is measured may stand before the verb.
        let follows = |counted: &Span| {
            counted.start() >= quantity.core.start() && counted.start() <= quantity.span.end() + 40
        };
        let mut span = self
            .noun_behind(quantity)
            .filter(follows)
            .map_or(quantity.span, |counted| quantity.span.cover(counted));
        if let Some(other) = twin.and_then(|twin| self.found.quantities.get(twin)) {
            span = span.cover(other.span);
            // The bracket that opens before the twin closes after it.
            let closes = self.page.t.text().get(span.end()..).is_some_and(|rest| rest.starts_with(')'));
            if closes && span.of(self.page.t.text()).contains('(') {
                span = Span::new(span.start(), span.end() + 1);
            }
        }
        let mut claim = self.claim(span, quantity.core)?;
        let (low, high) = limits(quantity, quantity.core.of(self.page.t.text()));
        claim.quantity = Some(index);
        claim.amount = Some(amount(quantity));
        claim.twin = twin;
        (claim.value, claim.low, claim.high) = (quantity.value, low, high);
        let share = matches!(quantity.kind, Kind::Percent | Kind::Fraction);
        let counted = self.counted_noun(quantity, &claim);
        let aside = counted.filter(|counted| self.is_aside(*counted, &claim));
        if let Some(aside) = aside.filter(|aside| aside.start() >= quantity.core.end() && twin.is_none()) {
            // "left 12,000 dead, historians believe"
            let kept = self.page.trimmed(self.part(Span::new(claim.span.start(), aside.start())));
            claim.span = self.page.span(kept);
        }
        let counted = counted.filter(|_| aside.is_none()).or_else(|| self.figure(&claim));
        (claim.what, claim.of) = if share { (None, counted) } else { (counted, None) };
        Some(claim)
    }

    /// Whether what seems to be counted is a date, or who says so.
    fn is_aside(&self, counted: Span, claim: &Claim) -> bool {
        let after = self.found.dates.partition_point(|date| date.span.end() <= counted.start());
        let dated = self.found.dates.get(after).is_some_and(|date| date.span.overlaps(counted));
        dated || claim.source.is_some_and(|source| source.overlaps(counted))
    }

    /// "The Red Cross put the number of dead at 240": what stands between the cue and the number.
    fn figure(&self, claim: &Claim) -> Option<Span> {
        let verb = self.part(claim.cue?).to;
        let put = self.page.is(verb.checked_sub(1)?, &["put", "puts"]);
        put.then(|| self.page.phrase_after(verb, self.part(claim.span).from))
            .flatten()
            .map(|part| self.page.span(part))
    }

    /// Whether `span` is a date, as the quantity of "2014" is.
    fn is_dated(&self, span: Span) -> bool {
        let after = self.found.dates.partition_point(|date| date.span.end() <= span.start());
        self.found.dates.get(after).is_some_and(|date| date.span.contains(span))
    }

    /// "In 2014 rebels took the town. They set up two courts": what is told next, in the past, happened then too.
    fn tell_on(&self, claims: &mut [Claim]) {
        let mut last: Option<(usize, usize)> = None;
        for claim in claims {
            let near = last
                .filter(|(_, sentence)| claim.sentence <= sentence + TOLD_ON && claim.sentence > *sentence);
            let dated = claim.event_date.is_some() || claim.standing || self.has_date(claim.sentence);
            if let Some((date, _)) = near.filter(|_| !dated && self.is_past(claim)) {
                claim.event_date = Some(date);
            } else if let Some(date) = claim.event_date.filter(|_| claim.source_kind == SourceKind::Narrator)
            {
                last = self.is_point(date).then_some((date, claim.sentence));
            }
        }
    }

    /// Whether its sentence has a date of its own, though it be that of something else.
    fn has_date(&self, sentence: usize) -> bool {
        let Some(sentence) = self.found.sentences.get(sentence) else { return false };
        let from = self.found.dates.partition_point(|date| date.span.start() < sentence.start());
        let mut here = self.found.dates.get(from..).unwrap_or_default().iter();
        here.next().is_some_and(|date| date.span.start() < sentence.end() && clause::is_calendar(date))
    }

    /// Whether its verb tells of the past: "have died" tells of now.
    fn is_past(&self, claim: &Claim) -> bool {
        let Some(verb) = claim.predicate.map(|verb| self.part(verb)) else { return false };
        let perfect = self.page.is(verb.from, &["has", "have"])
            && !verb.from.checked_sub(1).is_some_and(|before| self.page.tag(before) == Tag::To);
        !perfect && matches!(self.page.tag(verb.to.saturating_sub(1)), Tag::Past | Tag::Participle)
    }

    /// Whether a date lies on the calendar and ends there: "since July" goes on.
    fn is_point(&self, date: usize) -> bool {
        self.found.dates.get(date).is_some_and(|date| {
            date.earliest.is_some()
                && !clause::is_record(self.page, date)
                && !matches!(date.relation, Some(Relation::Since | Relation::Until | Relation::From))
        })
    }

    fn part(&self, span: Span) -> Part {
        Part::new(self.page.t.from_byte(span.start()), self.page.t.from_byte(span.end()))
    }

    /// The sentence that `span` starts in, and what of it is looked through for what belongs to `span`.
    fn sentence(&self, span: Span) -> Option<(usize, Span)> {
        let index = self
            .found
            .sentences
            .partition_point(|sentence| sentence.start() <= span.start())
            .checked_sub(1)?;
        let sentence = self.found.sentences.get(index)?;
        let t = self.page.t;
        let first = t.from_byte(span.start()).saturating_sub(MAX_CLAIM_TOKENS);
        let last = t.from_byte(span.end()).saturating_add(MAX_CLAIM_TOKENS);
        let start = t.get(first).map_or(sentence.start(), |token| token.span.start().max(sentence.start()));
        let end = t.get(last).map_or(sentence.end(), |token| token.span.start().min(sentence.end()));
        Some((index, Span::new(start, end)))
    }

    /// "A sensor pushed 20cm into the clay had shown …": centimetres say nothing.
    fn is_measure(&self, span: Span) -> bool {
        let after = self.found.quantities.partition_point(|quantity| quantity.span.start() <= span.start());
        let around = after.checked_sub(1).and_then(|at| self.found.quantities.get(at));
        around.filter(|quantity| span.start() < quantity.span.end()).is_some_and(|quantity| {
            // "£2m striker", "a third", "the second" may speak.
            use Kind::{Age, Count, Fraction, Money, Ordinal, Percent, Ratio};
            !matches!(quantity.kind, Age | Count | Fraction | Money | Ordinal | Percent | Ratio)
        })
    }

    /// The words of another that the claim stands in: its verb is among them.
    fn words(&self, said: &source::Said, core: Span) -> Option<Part> {
        let quote = said.quote.and_then(|quote| self.found.quotes.get(quote))?;
        quote.content.iter().find(|part| part.contains(core)).map(|part| self.part(*part))
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
        let said = if said.speaker.is_some_and(|speaker| self.is_measure(speaker)) {
            source::Said::by_narrator(Stance::Assert)
        } else {
            said
        };
        let words =
            self.words(&said, core).map_or(whole, |words| Part::new(words.from.max(whole.from), whole.to));
        // "often exceeds 70 euros": the words of a bound may be the verb.
        let first = self.part(core).from.max(part.from);
        // "An estimated 40 people fled": estimated is no verb of theirs.
        let estimated = part.from + 2 == first && self.page.tag(part.from) == Tag::Determiner;
        let amount = if estimated { part } else { Part::new(first, part.to) };
        let (predicate, actor) = clause::verb(self.plain, amount, words, said.cue.map(|cue| self.part(cue)));
        let dates = clause::dates(self.page, self.found, core, (sentence, predicate), &said);
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
            amount: None,
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
///
/// "Thousands" are two thousand at the least, "several thousand" three.
fn limits(quantity: &Quantity, core: &str) -> (Option<f64>, Option<f64>) {
    let plural = core.split_whitespace().next().is_some_and(|word| word.ends_with('s'));
    match quantity.bound {
        Bound::Vague if plural => (quantity.low.map(|low| low * 2.), quantity.high),
        Bound::Exact => (quantity.value, quantity.value),
        Bound::MoreThan | Bound::AtLeast => (quantity.value.or(quantity.low), None),
        Bound::LessThan | Bound::AtMost | Bound::Nearly => (None, quantity.value.or(quantity.high)),
        Bound::About | Bound::Range | Bound::Vague => (quantity.low, quantity.high),
    }
}
