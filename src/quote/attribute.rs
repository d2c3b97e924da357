//! From cues to attributions: whose words are which.

use super::Stance;
use super::cue::{self, Cue, Form};
use super::lexicon::{ENGLISH, frame};
use super::page::{Page, Part, Unit};
use super::reach::{Start, cuts};
use crate::tag::Tag;

/// Attributions back in a sentence among which that of the main clause is looked for.
const NEAR: usize = 8;

/// The longest aside between a cue and the quotation that goes on after it, in tokens.
const ASIDE: usize = 25;

/// Somebody's words.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub content: Vec<Part>,
    pub speaker: Option<Part>,
    pub cue: Option<Part>,
    pub stance: Option<Stance>,
    /// Whether the words are said or written rather than thought or wanted.
    pub spoken: bool,
    /// Whether it is told even where it lies in the words of another.
    pub nests: bool,
    pub scare: bool,
}

/// The attributions of one unit.
pub(super) fn attributed(page: &Page<'_>, unit: Unit, found: &mut Vec<Found>) {
    let part = unit.part;
    let cues = cue::cues(page, part);
    let cuts = cuts(page, &cues, part);
    let mut low = part.from;
    let first = found.len();
    for cue in &cues {
        let aside = left(page, cue, low, part);
        let content = match &aside {
            Some((before, end)) => {
                low = *end;
                let mut content = vec![*before];
                content.extend(resumed(page, cue, *before, *end, part, &cuts));
                Some((content, cue.group.to))
            }
            None => right(page, cue, part, &cuts),
        };
        let Some((content, end)) = content else { continue };
        let content: Vec<Part> =
            content.into_iter().map(|part| page.trimmed(part)).filter(|part| !part.is_empty()).collect();
        if content.is_empty() {
            continue;
        }
        let spoken = cue.frames.speaks() || cue.form == Form::According;
        let quotes = spoken
            && cue.stance != Stance::Hedged
            && content.iter().all(|part| page.opening(part.from).is_some_and(|quoted| quoted.to >= part.to));
        let group = Part::new(cue.group.from, end.max(cue.group.to));
        let own = cue.subject.filter(|_| cue.form != Form::Passive).or_else(|| agent(page, cue, part));
        let here = found.get(first..).unwrap_or_default();
        let speaker = hung_from(cue, here).or(own);
        if speaker.is_some_and(|speaker| is_idea(page, speaker)) {
            continue;
        }
        found.push(Found {
            content,
            speaker,
            cue: Some(group),
            stance: Some(cue.stance),
            spoken,
            nests: cue.frames.has(frame::NESTED) || cue.form == Form::According || quotes,
            scare: false,
        });
    }
    flatten(found, first);
}

/// "The main goal was to talk, referring to the ports": a goal says nothing.
fn is_idea(page: &Page<'_>, speaker: Part) -> bool {
    ENGLISH.ideas.contains(page.lower(page.head_end(speaker).saturating_sub(1)))
}

/// "She told them that he believes it, adding …": who speaks in the main clause.
fn hung_from(cue: &Cue, here: &[Found]) -> Option<Part> {
    let inside = |part: Part| {
        let holds = |content: &Part| content.from <= part.from && part.to <= content.to;
        here.iter().any(|one| one.content.iter().any(holds))
    };
    let hangs = cue.form == Form::Loose && cue.shared && !inside(cue.group);
    let mut near =
        here.iter().rev().take(NEAR).filter(|one| hangs && one.spoken && !one.cue.is_some_and(inside));
    near.find_map(|one| one.speaker)
}

/// Takes out what somebody is said to think, to want or to call something: it is part of what is said.
fn flatten(found: &mut Vec<Found>, first: usize) {
    let here = found.split_off(first);
    let contents: Vec<Part> = here.iter().flat_map(|one| one.content.iter().copied()).collect();
    let inside = |cue: Part| contents.iter().any(|content| content.from <= cue.from && cue.to <= content.to);
    found.extend(here.into_iter().filter(|one| one.nests || !one.cue.is_some_and(inside)));
}

/// The content before a cue that ends or interrupts it: "“No,” she said", "the bridge, he said, is lost".
fn left(page: &Page<'_>, cue: &Cue, low: usize, part: Part) -> Option<(Part, usize)> {
    let whole = cue.whole();
    let before = whole.from.checked_sub(1).filter(|before| *before >= low && whole.from > low)?;
    // "…, as the memo put it"
    let as_ =
        before > low && page.is(before, &["as"]) && (page.is_comma(before - 1) || page.is_quoted(before - 1));
    let before = before - usize::from(as_);
    let end = match cue.form {
        Form::According => Some(whole.to),
        Form::Finite if cue.shared => None,
        Form::Finite if cue.frames.speaks() || cue.frames.has(frame::PERSON) => {
            let parted = page.is_comma(before)
                || page.is_quoted(before)
                || page.is_dash(before)
                || page.ends_sentence(before);
            let after = if cue.inverted { whole.to } else { cue.group.to };
            let after = after + usize::from(page.is(cue.verb, &["put", "puts"]) && page.is(after, &["it"]));
            let after = person_passed(page, cue, after, part.to);
            let closes = page.closes_at(after, part.to);
            // "“…,” she said several months after her release": the comma inside tells.
            parted
                .then(|| {
                    closes.or_else(|| {
                        (page.speech_before(before + 1)
                            && page.closed_before(before + 1).is_some_and(|quoted| quoted.from <= low))
                        .then_some(after)
                    })
                })
                .flatten()
        }
        _ => None,
    }?;
    let content = Part::new(
        low,
        if page.is_quoted(before) { whole.from } else { before + usize::from(page.ends_sentence(before)) },
    );
    // "He denied it, and when pressed on why, the mayor replied, “It was late.”": the words stand to the right.
    let told = page.is_comma(end) && page.opening(end + 1).is_some() && cue.form == Form::Finite;
    if told && !page.is_quoted(before) && page.is_capitalised(end + 2) {
        return None;
    }
    // "According to the ministry, …" and "In 2015, he said, …" have nothing, or no clause, before them.
    let clause = (content.from..content.to).any(|at| page.tag(at).is_finite() || page.is_quoted(at));
    let kept = Part::new(last_quotation(page, content), content.to);
    (!page.trimmed(kept).is_empty() && (clause || page.closes_at(end, part.to).is_some()))
        .then_some((kept, end))
}

/// "told reporters", "told the BBC": who was told stands between the verb and the end.
fn person_passed(page: &Page<'_>, cue: &Cue, after: usize, high: usize) -> usize {
    let person = cue.frames.has(frame::PERSON).then(|| page.phrase_after(after, high)).flatten();
    person.map_or(after, |person| person.to)
}

/// A quotation of whole sentences that ends `content` is all of it: what stands before is the narrator's.
fn last_quotation(page: &Page<'_>, content: Part) -> usize {
    let last = page.closed_before(content.to).or_else(|| page.closed_before(content.to.saturating_sub(1)));
    let Some(quoted) = last.filter(|quoted| quoted.from > content.from) else { return content.from };
    let before = quoted.from - 1;
    if page.ends_sentence(before) || page.lower(before) == ":" { quoted.from } else { content.from }
}

/// What goes on after a cue that interrupts: "“A,” she said, “and B.”"
fn resumed(page: &Page<'_>, cue: &Cue, before: Part, end: usize, part: Part, cuts: &[usize]) -> Option<Part> {
    let comma = usize::from(page.is_comma(end) || page.is_dash(end));
    let from = end + comma;
    if from >= part.to {
        return None;
    }
    let from = if comma > 0 && page.is_quoted(before.to - 1) { after_aside(page, from, part) } else { from };
    let stop = page.content_end(from, part.to, cuts);
    if page.opening(from).is_some() {
        return Some(Part::new(from, stop));
    }
    let quoted =
        page.is(from, &["and", "but"]) && (from..stop.min(from + 4)).any(|at| page.opening(at).is_some());
    if quoted && page.is_quoted(before.to - 1) {
        return Some(Part::new(from, stop));
    }
    let whole = (before.from..before.to).any(|at| page.tag(at).is_finite() && !page.is_quoted(at))
        || page.is_quoted(before.to - 1);
    // "Replacing him would be hard, he said, and could lead to a fight."
    let and_could = comma > 0 && page.is(from, &["and", "but"]) && page.tag(from + 1) == Tag::Modal;
    if and_could && cue.form == Form::Finite && !cue.shared {
        return Some(Part::new(from, stop));
    }
    let goes_on = comma > 0 && !whole && cue.form != Form::Loose;
    (goes_on && !matches!(page.tag(from), Tag::Gerund | Tag::Wh | Tag::Conjunction))
        .then_some(Part::new(from, stop))
}

/// "“A,” she said, referring to the excuse, “B”": past words without a verb of their own, up to a quotation.
fn after_aside(page: &Page<'_>, from: usize, part: Part) -> usize {
    let open = (from..part.to.min(from + ASIDE)).find(|at| page.opening(*at).is_some());
    // "“A,” she said, adding later, “B”" has a cue of its own.
    let adds = |at: usize| ENGLISH.verbs.get(page.lower(at)).is_some_and(|verb| verb.frames.speaks());
    let speaks = |at: usize| page.tag(at).is_finite() || page.tag(at) == Tag::Gerund && adds(at);
    let quiet = |open: &usize| page.is_comma(open - 1) && !(from..*open).any(speaks);
    open.filter(|open| *open > from && quiet(open)).unwrap_or(from)
}

type Content = Option<(Vec<Part>, usize)>;

fn right(page: &Page<'_>, cue: &Cue, part: Part, cuts: &[usize]) -> Content {
    match cue.form {
        Form::According => {
            let from = cue.subject?.to;
            let comma = || (from..part.to).find(|at| page.is_comma(*at)).map(|comma| comma + 1);
            // "According to Rathbun the disks were lost"
            let bare = Some(from).filter(|from| {
                page.is_boundary(cue.group.from, part.from) && page.clause_opens(*from, part.to)
            });
            let from = bare.or_else(comma)?;
            Some((vec![Part::new(from, page.content_end(from, part.to, cuts))], cue.group.to))
        }
        Form::Noun => {
            Some((vec![Part::new(cue.group.to, page.content_end(cue.group.to, part.to, cuts))], cue.group.to))
        }
        Form::Passive => passive(page, cue, part, cuts),
        Form::Finite | Form::Loose => {
            if let Some(clause) = as_clause(page, cue, part, cuts) {
                return Some((vec![clause], cue.group.to));
            }
            let Some((start, end)) = page.content_start(cue, part.to) else {
                return next_line(page, cue, part).map(|line| (vec![line], cue.group.to));
            };
            let content = match start {
                Start::Clause(from) => Part::new(
                    from,
                    page.content_end(from, part.to.max(from), cuts)
                        .min(subordinate_end(page, cue, from, part))
                        .min(relative_end(page, cue, from, part)),
                ),
                Start::Phrase(from) => {
                    let end = page.content_end(from, part.to, cuts);
                    Part::new(from, end.min(page.phrase_end(from, part.to, cue)))
                }
                Start::Quoted(quoted) => Part::new(quoted.from, quoted_end(page, quoted.to, part, cuts)),
            };
            Some((vec![content], end))
        }
    }
}

/// "The governor added:", and a paragraph after it.
fn next_line(page: &Page<'_>, cue: &Cue, part: Part) -> Option<Part> {
    let colon =
        part.to.checked_sub(1).filter(|colon| page.lower(*colon) == ":" && *colon >= cue.whole().to)?;
    let reached = page.after_adverbials(cue.whole().to, part.to) == colon && cue.frames.speaks();
    reached.then(|| page.line_from(part.to)).flatten()
}

/// "While Smith has said that …, the ministry …": the clause of the cue ends at a comma.
fn subordinate_end(page: &Page<'_>, cue: &Cue, from: usize, part: Part) -> usize {
    let before = cue.whole().from.checked_sub(1).filter(|before| *before >= part.from);
    let hangs = before.is_some_and(|before| {
        page.is(before, &["while", "although", "though", "when", "if", "because", "since", "after", "as"])
    });
    // "Bemoaning the “phony system,” he left": the clause of a participle too.
    let hangs = hangs || cue.form == Form::Loose && cue.group.from <= part.from + 1;
    (from..part.to).find(|at| hangs && page.parts_clauses(*at, part.to)).unwrap_or(usize::MAX)
}

/// "A neighbour, who asked not to be named, said …": the relative clause ends at the comma before the verb of the main one.
fn relative_end(page: &Page<'_>, cue: &Cue, from: usize, part: Part) -> usize {
    let subject = cue.subject.filter(|subject| page.is(subject.from, &["who", "which"]));
    // "the towns, which Kyiv says were retaken, are hubs" too.
    let which =
        cue.subject.is_some_and(|subject| subject.from > part.from && page.tag(subject.from - 1) == Tag::Wh);
    let hangs =
        which || subject.is_some_and(|subject| subject.from > part.from && page.is_comma(subject.from - 1));
    let resumes =
        |at: &usize| page.is_comma(*at) && (page.tag(*at + 1).is_finite() || page.is_auxiliary(*at + 1));
    (from..part.to).find(|at| hangs && resumes(at)).unwrap_or(usize::MAX)
}

/// "As Smith said, …"
fn as_clause(page: &Page<'_>, cue: &Cue, part: Part, cuts: &[usize]) -> Option<Part> {
    let from = cue.whole().from;
    page.is(from.checked_sub(1)?, &["as"]).then_some(())?;
    (from == part.from + 1 && cue.frames.speaks()).then_some(())?;
    let comma = (cue.group.to..part.to).find(|at| page.is_comma(*at))?;
    Some(Part::new(comma + 1, page.content_end(comma + 1, part.to, cuts)))
}

/// A sentence may go on after quoted words: 'the ruling "will force us" to leave'. It does not after a full stop or comma.
fn quoted_end(page: &Page<'_>, to: usize, part: Part, cuts: &[usize]) -> usize {
    if to >= part.to {
        return to;
    }
    let inner = to.checked_sub(2).is_some_and(|last| page.ends_sentence(last) || page.is_comma(last));
    if inner || !page.spaced(to) || page.tag(to) == Tag::Mark {
        to
    } else {
        page.content_end(to, part.to, cuts)
    }
}

/// "It is thought that …", "he is expected to leave", "was described by Smith as …".
fn passive(page: &Page<'_>, cue: &Cue, part: Part, cuts: &[usize]) -> Content {
    let after = cue.group.to;
    let end = page.content_end(after, part.to, cuts);
    let subject = cue.subject.filter(|subject| !page.is(subject.from, &["it"]));
    // "it is asserted by the Crown that …"
    let by = page.is(after, &["by"]).then(|| page.phrase_after(after + 1, part.to)).flatten();
    if let Some(that) = by.map(|agent| agent.to).filter(|that| page.is(*that, &["that"])) {
        return Some((vec![Part::new(that, end)], after));
    }
    if page.is(after, &["that"])
        || subject.is_none() && cue.frames.has(frame::CLAUSE) && page.bare_clause(after, part.to)
    {
        return Some((vec![Part::new(after, end)], after));
    }
    let spoken = cue.frames.has(frame::CLAUSE) || cue.frames.has(frame::TO);
    if cue.frames.has(frame::PERSON) && page.is(after, &["of"]) {
        return Some((vec![Part::new(after + 1, end)], after + 1));
    }
    if let Some(subject) = subject.filter(|_| spoken && page.tag(after) == Tag::To) {
        return Some((vec![subject, Part::new(after, end)], after));
    }
    let named = cue.frames.has(frame::AS) || cue.frames.has(frame::NAMED);
    if let Some(subject) =
        subject.filter(|_| named && (page.is(after, &["as", "by"]) || page.opening(after).is_some()))
    {
        return Some((vec![subject, Part::new(after, end)], after));
    }
    None
}

/// "by the ministry", after a passive.
fn agent(page: &Page<'_>, cue: &Cue, part: Part) -> Option<Part> {
    (cue.form == Form::Passive && page.is(cue.group.to, &["by"]))
        .then(|| page.phrase_after(cue.group.to + 1, part.to))
        .flatten()
}
