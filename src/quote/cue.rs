//! Cues: the verbs, nouns and phrases that bring somebody's words, each with whose they are.

use super::Stance;
use super::lexicon::{ENGLISH, Frames, Verb, frame};
use super::page::{Page, Part};
use super::reach::Start;
use crate::tag::Tag;

/// How a cue stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "she said"
    Finite,
    /// "saying", "to warn"
    Loose,
    /// "it is thought"
    Passive,
    /// "his claim that"
    Noun,
    /// "according to"
    According,
}

/// One cue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub form: Form,
    /// Its words: auxiliaries, adverbs, verb.
    pub group: Part,
    pub verb: usize,
    pub frames: Frames,
    pub stance: Stance,
    pub subject: Option<Part>,
    /// "said Smith"
    pub inverted: bool,
    /// "and added": the subject is that of a verb before.
    pub shared: bool,
}

impl Cue {
    /// The first and the last token of cue and subject together.
    pub fn whole(&self) -> Part {
        match self.subject.filter(|_| !self.shared && self.form != Form::Loose) {
            Some(subject) => Part::new(subject.from.min(self.group.from), subject.to.max(self.group.to)),
            None => self.group,
        }
    }
}

const BE: [&str; 15] = [
    "am",
    "are",
    "aren't",
    "aren’t",
    "be",
    "been",
    "being",
    "is",
    "isn't",
    "isn’t",
    "was",
    "wasn't",
    "wasn’t",
    "were",
    "weren’t",
];

/// What follows a participle that says more of the noun before it.
const AFTER_PARTICIPLE: [&str; 7] = ["as", "at", "by", "from", "in", "on", "with"];

/// The cues of `part`, in order.
pub(super) fn cues(page: &Page<'_>, part: Part) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    let heading = is_heading(page, part);
    for at in part.from..part.to {
        if page.is_quoted(at) {
            continue;
        }
        let cue = match page.tag(at) {
            _ if page.is(at, &["as"]) => labelled(page, at, part),
            _ if page.is(at, &["according"]) && page.is(at + 1, &["to"]) => according(page, at, part),
            tag if !tag.is_verb() && page.speech_before(at) && page.capitals(at + 1, part.to).is_some() => {
                // "“…,” wrote Easley": after a quotation and before a name it is a verb, whatever the tagger says.
                let info = ENGLISH.verbs.get(page.lower(at)).filter(|verb| verb.frames.speaks());
                info.and_then(|info| finite(page, at, at, *info, part, found.last().copied()))
            }
            tag if heading && !tag.is_verb() && page.lower(at).ends_with('s') => {
                let info = ENGLISH
                    .verbs
                    .get(page.lower(at))
                    .filter(|verb| verb.frames.speaks() || verb.frames.has(frame::NAMED));
                info.and_then(|info| finite(page, at, at, *info, part, found.last().copied()))
            }
            Tag::Noun | Tag::Nouns if closes_quotation(page, at, part) => {
                verb(page, at, part, found.last().copied())
            }
            tag if !tag.is_verb() && opens_quotation(page, at, part) => {
                let info = ENGLISH.verbs.get(page.lower(at)).filter(|verb| verb.frames.speaks());
                let last = found.last().copied();
                info.and_then(|info| match page.lower(at).ends_with("ing") {
                    true => loose(page, at, at, *info, part, last),
                    false => finite(page, at, at, *info, part, last),
                })
            }
            Tag::Adjective | Tag::Participle if ENGLISH.feelings.contains_key(page.lower(at)) => {
                feeling(page, at, part).or_else(|| verb(page, at, part, found.last().copied()))
            }
            Tag::Noun | Tag::Nouns => noun(page, at, part),
            tag if tag.is_verb() => verb(page, at, part, found.last().copied()),
            _ => None,
        };
        found.extend(cue);
    }
    found
}

/// "“…?” a narrator in the ad asks.": at the end of its clause, after a quotation and a subject, it is a verb.
fn closes_quotation(page: &Page<'_>, at: usize, part: Part) -> bool {
    let speaks = ENGLISH.verbs.get(page.lower(at)).is_some_and(|verb| verb.frames.speaks());
    let ends = at + 1 >= part.to || page.ends_sentence(at + 1) || page.is_comma(at + 1);
    let subject = || page.subject_before(at, part.from);
    speaks && ends && subject().is_some_and(|subject| page.speech_before(subject.from))
}

/// "Mayor Calls Rival ‘A Disgrace’": a quotation among words with a capital each, where the tagger sees names alone.
fn is_heading(page: &Page<'_>, part: Part) -> bool {
    let long = || (part.from..part.to).filter(|at| page.lower(*at).len() > 3 && page.tag(*at) != Tag::Number);
    let small = || long().filter(|at| !page.is_capitalised(*at)).count();
    let quotes = (part.from..part.to).any(|at| page.is_quoted(at));
    part.to - part.from < HEADING && quotes && small() * 5 < long().count()
}

/// The longest heading, in tokens.
const HEADING: usize = 30;

/// "He has gone after Smith as a “con man”": whatever the verb is, the words in marks are his.
fn labelled(page: &Page<'_>, at: usize, part: Part) -> Option<Cue> {
    let article = usize::from(page.is(at + 1, &["a", "an", "the"]));
    page.opening(at + 1 + article)?;
    let object = page.phrase_before(at, part.from)?;
    let before = object.from.checked_sub(1).filter(|before| *before > part.from)?;
    // "gone after", "lashed out at"
    let verb = before - usize::from(page.is_preposition(before));
    // "He goes, “…”": a verb that brings quotations alone brings no object.
    let takes = |info: &Verb| info.frames != Frames::only(frame::QUOTED);
    let known = ENGLISH.verbs.get(page.lower(verb)).is_some_and(takes) || page.is_auxiliary(verb);
    if known || !page.tag(verb).is_verb() {
        return None;
    }
    let group = page.group_start(verb, part.from);
    let subject = page.subject_before(group, part.from)?;
    let info = Verb { frames: Frames::only(frame::OBJECT), stance: Stance::Claim };
    Some(cue(Form::Finite, page, Part::new(group, before + 1), info, Some(subject)))
}

/// "…, tweeting, “…”", "the mother of three replied, “…”", "the Department notes, “…”": between these it is a verb.
fn opens_quotation(page: &Page<'_>, at: usize, part: Part) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= part.from) else { return false };
    let lower = page.lower(at);
    let comma = || page.is_comma(at + 1) && page.opening(at + 2).is_some();
    lower.ends_with("ing") && page.is_comma(before) && (page.opening(at + 1).is_some() || comma())
        || lower.ends_with("ed") && comma()
        || lower.ends_with('s') && page.tag(before) == Tag::Name && comma()
}

/// "Many are afraid that …", "she was confident that …", "he made (it) clear that …".
fn feeling(page: &Page<'_>, at: usize, part: Part) -> Option<Cue> {
    let stance = *ENGLISH.feelings.get(page.lower(at))?;
    let first = (part.from..at).rev().take(4).find(|at| page.is_auxiliary(*at) || page.is(*at, &MAKE))?;
    let made = page.is(first, &MAKE);
    let mut between = first + 1..at;
    let plain = |at: usize| page.tag(at) == Tag::Adverb || made && page.is(at, &["it"]);
    let links = made && page.is(at, &["clear"]) || page.is(first, &BE) || page.is(first, &FEEL);
    let that = page.is(at + 1, &["that"]) && !page.is_auxiliary(at + 2);
    let clause = that || !made && page.clause_opens(at + 1, part.to);
    if !(links && between.all(plain) && clause) {
        return None;
    }
    let group = page.group_start(first, part.from);
    let subject = page
        .subject_before(group, part.from)
        .filter(|subject| !page.is(subject.from, &["it", "this", "that"]))?;
    let info = Verb { frames: Frames::only(frame::CLAUSE), stance };
    Some(cue(Form::Finite, page, Part::new(group, at + 1), info, Some(subject)))
}

const MAKE: [&str; 4] = ["made", "make", "makes", "making"];
const FEEL: [&str; 4] = ["felt", "feels", "remains", "remained"];

fn according(page: &Page<'_>, at: usize, part: Part) -> Option<Cue> {
    let late = || page.phrase_after(at + 3, part.to).map(|phrase| Part::new(at + 2, phrase.to));
    let subject = page.phrase_after(at + 2, part.to).or_else(late)?;
    Some(Cue {
        form: Form::According,
        group: Part::new(at, at + 2),
        verb: at,
        frames: Frames::default(),
        stance: Stance::Claim,
        subject: Some(subject),
        inverted: true,
        shared: false,
    })
}

/// "his claim that", "their refusal to", "the ministry's report that".
fn noun(page: &Page<'_>, at: usize, part: Part) -> Option<Cue> {
    let lower = page.lower(at);
    let singular = lower.strip_suffix('s').filter(|stem| ENGLISH.nouns.contains_key(stem)).unwrap_or(lower);
    let stance = *ENGLISH.nouns.get(singular)?;
    let next = at + 1;
    // "claims that were false" has a relative clause.
    let clause = page.is(next, &["that"]) && !(page.tag(next + 1).is_finite() || page.is_auxiliary(next + 1));
    let infinitive = page.tag(next) == Tag::To
        && page.tag(next + 1) == Tag::Base
        && matches!(stance, Stance::Announce | Stance::NoStatement | Stance::Demand);
    if !(clause || infinitive) {
        return None;
    }
    let phrase = page.phrase_before(next, part.from)?;
    let owner = owner(page, phrase);
    let subject = owner.or_else(|| holder(page, phrase, part.from));
    Some(Cue {
        form: Form::Noun,
        group: Part::new(at, next),
        verb: at,
        frames: Frames::default(),
        stance,
        subject,
        inverted: false,
        shared: false,
    })
}

/// The possessive in `phrase`: "Clinton’s repeated claim", "his claim".
fn owner(page: &Page<'_>, phrase: Part) -> Option<Part> {
    let possessive = (phrase.from..phrase.to).rev().find(|at| {
        let lower = page.lower(*at);
        crate::token::owner(lower).is_some()
            || ["his", "her", "their", "its", "my", "our", "your"].contains(&lower)
    })?;
    Some(Part::new(phrase.from, possessive + 1))
}

/// "Republicans have expressed concern that": the subject of the verb before the noun.
fn holder(page: &Page<'_>, phrase: Part, low: usize) -> Option<Part> {
    let verb = phrase.from.checked_sub(1).filter(|verb| *verb > low && page.tag(*verb).is_verb())?;
    page.subject_before(page.group_start(verb, low), low)
}

fn verb(page: &Page<'_>, at: usize, part: Part, last: Option<Cue>) -> Option<Cue> {
    let info = *ENGLISH.verbs.get(page.lower(at))?;
    if takes_lives(page, at) || names(page, at, info) {
        return None;
    }
    let group = page.group_start(at, part.from);
    let auxiliary = (group..at).rev().find(|at| page.is_auxiliary(*at));
    let be = auxiliary.is_some_and(|at| page.is(at, &BE)) || contracted_be(page, group, part.from);
    match page.tag(at) {
        Tag::Participle if be => Some(passive(page, at, group, info, part)),
        Tag::Gerund if !be => loose(page, at, group, info, part, last),
        Tag::Participle if auxiliary.is_none() && page.is(at + 1, &AFTER_PARTICIPLE) => {
            // "a plan reported in May" is none, "aides insisted in May that" is one.
            let cue = finite(page, at, group, info, part, last)?;
            let clause =
                page.content_start(&cue, part.to).is_some_and(|start| !matches!(start.0, Start::Phrase(_)));
            (clause && !page.is(at + 1, &["by", "as", "with"])).then_some(cue)
        }
        Tag::Base if group > part.from && page.tag(group - 1) == Tag::To => {
            infinitive(page, at, group, info, part, last)
        }
        _ => finite(page, at, group, info, part, last),
    }
}

/// "The storm claimed more than 40 lives"
fn takes_lives(page: &Page<'_>, at: usize) -> bool {
    let object = || (at + 1..at + LIVES).take_while(|at| !page.is_comma(*at) && !page.ends_sentence(*at));
    page.lower(at).starts_with("claim")
        && object().any(|at| page.is(at, &["dead", "life", "lives", "victims"]))
}

/// The longest object of a verb that takes lives: "more than two million civilian lives".
const LIVES: usize = 8;

/// "They have a son called Ruiz"
fn names(page: &Page<'_>, at: usize, info: Verb) -> bool {
    let before = at.checked_sub(2).filter(|_| info.frames.has(frame::NAMED) && page.tag(at + 1) == Tag::Name);
    before.is_some_and(|article| page.is(article, &["a", "an"]) && page.tag(article + 1) == Tag::Noun)
}

/// "he’s claiming", "Trump’s saying".
fn contracted_be(page: &Page<'_>, group: usize, low: usize) -> bool {
    group > low
        && page.tag(group - 1) == Tag::Pronoun
        && ["'s", "’s", "'re", "’re", "'m", "’m"].iter().any(|end| page.lower(group - 1).ends_with(end))
}

fn cue(form: Form, page: &Page<'_>, group: Part, info: Verb, subject: Option<Part>) -> Cue {
    let negative = (group.from..group.to).any(|at| {
        page.is(at, &["not", "never"]) || page.lower(at).ends_with("n't") || page.lower(at).ends_with("n’t")
    });
    let stance = if negative && info.stance != Stance::Hedged { Stance::NoStatement } else { info.stance };
    Cue {
        form,
        group,
        verb: group.to - 1,
        frames: info.frames,
        stance,
        subject,
        inverted: false,
        shared: false,
    }
}

fn passive(page: &Page<'_>, at: usize, group: usize, info: Verb, part: Part) -> Cue {
    let subject = page.subject_before(group, part.from);
    cue(Form::Passive, page, Part::new(group, at + 1), info, subject)
}

fn finite(
    page: &Page<'_>,
    at: usize,
    group: usize,
    info: Verb,
    part: Part,
    last: Option<Cue>,
) -> Option<Cue> {
    let whole = Part::new(group, at + 1);
    let lead = page.before_lead(group, part.from);
    if lead > part.from && !page.is_quoted(lead - 1) && page.tag(lead - 1) == Tag::Conjunction {
        let subject = matrix(page, lead, part, last)?;
        return Some(Cue { shared: true, ..cue(Form::Finite, page, whole, info, Some(subject)) });
    }
    let subject = page.subject_before(group, part.from);
    // "a mill that will support the town"
    let thing = |subject: Part| page.is(subject.from, &["which", "that"]) && subject.to == subject.from + 1;
    if subject.is_some_and(thing) && !info.frames.speaks() {
        return None;
    }
    if let Some(subject) =
        subject.or_else(|| lone_capital(page, group, part).filter(|_| info.frames.speaks()))
    {
        return Some(cue(Form::Finite, page, whole, info, Some(subject)));
    }
    let open = group == part.from
        || page.is_comma(group - 1)
        || page.is_dash(group - 1)
        || page.is_quoted(group - 1);
    // A name that the tagger takes for something else still has its capitals.
    let run = || page.speech_before(group).then(|| page.capitals(at + 1, part.to)).flatten();
    let subject = page
        .phrase_after(at + 1, part.to)
        .or_else(run)
        .filter(|phrase| open && info.frames.speaks() && !page.is_time(phrase.from))?;
    let inverted = Cue { inverted: true, ..cue(Form::Finite, page, whole, info, Some(subject)) };
    (group > part.from || page.is(subject.to, &[":", ","])).then_some(inverted)
}

/// "Lynch said …": one word with a capital, at the head of a sentence or after a quotation, is a name before a verb of saying.
fn lone_capital(page: &Page<'_>, group: usize, part: Part) -> Option<Part> {
    let at = group.checked_sub(1).filter(|at| *at >= part.from && !page.is_quoted(*at))?;
    let open = matches!(
        page.tag(at),
        Tag::Adjective | Tag::Base | Tag::Third | Tag::Past | Tag::Participle | Tag::Gerund
    );
    let first = at == part.from || page.speech_before(at);
    (first && open && page.is_capitalised(at)).then(|| Part::new(at, group))
}

/// "saying" after a comma, "a letter saying", "after warning".
fn loose(page: &Page<'_>, at: usize, group: usize, info: Verb, part: Part, last: Option<Cue>) -> Option<Cue> {
    let whole = Part::new(group, at + 1);
    let Some(before) =
        group.checked_sub(1).filter(|before| *before >= part.from && !leads(page, *before, part))
    else {
        let subject = late_subject(page, group, part)?;
        return Some(cue(Form::Loose, page, whole, info, Some(subject)));
    };
    let subject = if page.tag(before).is_nominal() && !page.is_quoted(before) {
        let statement = ENGLISH.statements.contains(page.lower(before));
        // "found a note saying" tells of the note.
        let issued = |phrase: &Part| phrase.from > 0 && ENGLISH.issuing.contains(page.lower(phrase.from - 1));
        let phrase = || page.phrase_before(group, part.from).filter(issued);
        let issuer = || holder(page, phrase()?, part.from);
        statement.then(issuer).flatten().or_else(|| page.subject_before(group, part.from))
    } else if matches!(page.tag(before), Tag::Determiner | Tag::Adjective) {
        None
    } else {
        // "Ruiz, a former coach, …, shouting": what opens the sentence, where its verb was not found.
        let head =
            || page.phrase_after(part.from, group).filter(|head| info.frames.speaks() && head.to < group);
        let subject = matrix(page, group, part, last).or_else(head)?;
        return Some(Cue {
            shared: page.is_comma(before),
            ..cue(Form::Loose, page, whole, info, Some(subject))
        });
    };
    Some(cue(Form::Loose, page, whole, info, Some(subject?)))
}

/// "After saying it was “too late”, she left": who speaks comes after the comma.
fn late_subject(page: &Page<'_>, group: usize, part: Part) -> Option<Part> {
    let comma = (group..part.to.min(group + LATE)).find(|at| page.parts_clauses(*at, part.to))?;
    page.phrase_after(comma + usize::from(page.is_comma(comma)), part.to)
}

/// "After" and "while" at the head of a sentence.
fn leads(page: &Page<'_>, at: usize, part: Part) -> bool {
    at == part.from && matches!(page.tag(at), Tag::Preposition | Tag::Adverb | Tag::Wh)
}

/// How far behind a participle at the head of a sentence its subject may stand, in tokens.
const LATE: usize = 60;

/// The subject that a second verb shares with the clause before it, and that of the clause that a participle hangs from.
fn matrix(page: &Page<'_>, group: usize, part: Part, last: Option<Cue>) -> Option<Part> {
    let last = last.filter(|last| last.form == Form::Finite).and_then(|last| last.subject);
    last.or_else(|| page.first_subject(Part::new(part.from, group)))
}

/// "went on to say", "seemed to suggest" are one cue; "wants to say" is what somebody wants.
fn infinitive(
    page: &Page<'_>,
    at: usize,
    group: usize,
    info: Verb,
    part: Part,
    last: Option<Cue>,
) -> Option<Cue> {
    let before = group.checked_sub(2).filter(|before| *before > part.from)?;
    let whole = Part::new(group, at + 1);
    let before = if page.tag(before) == Tag::Adverb { before - 1 } else { before };
    if ENGLISH.light.contains(page.lower(before)) {
        let outer = page.group_start(before, part.from);
        let subject = page.subject_before(outer, part.from).or_else(|| matrix(page, group, part, last))?;
        return Some(cue(Form::Finite, page, Part::new(outer, at + 1), info, Some(subject)));
    }
    if page.tag(before).is_verb()
        && ENGLISH
            .verbs
            .get(page.lower(before))
            .is_some_and(|verb| verb.frames.has(frame::TO) || verb.frames.has(frame::PERSON))
    {
        return None;
    }
    let subject = matrix(page, group, part, last)?;
    Some(cue(Form::Loose, page, whole, info, Some(subject)))
}
