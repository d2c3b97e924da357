//! How far the words reach that a cue brings.

use super::cue::{Cue, Form};
use super::lexicon::frame;
use super::marks::Quoted;
use super::page::{Page, Part};
use crate::tag::Tag;

/// Where the content to the right of a cue begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A clause.
    Clause(usize),
    /// Words in quotation marks.
    Quoted(Quoted),
    /// A noun phrase and what hangs from it.
    Phrase(usize),
}

/// Tokens among which a numeral stands: "more than 9,000".
const NUMERAL: usize = 4;
/// Tokens of what is put at a number: "the number of civilians killed".
const VALUED: usize = 12;

impl Page<'_> {
    /// Past adverbs, days, and phrases of time, place and occasion: "on Friday", "in a statement", "to reporters".
    pub fn after_adverbials(&self, from: usize, high: usize) -> usize {
        let mut at = from;
        for _ in 0..5 {
            if at >= high || self.is_quoted(at) {
                break;
            }
            let next = if self.tag(at) == Tag::Adverb || self.is_time(at) && !self.is_preposition(at) {
                at + 1 + usize::from(self.tag(at + 1) == Tag::Number && self.is_time(at))
            } else if self.is(at, &["last", "this", "next", "late", "early"]) && self.is_time(at + 1) {
                at + 2
            } else if self.is_preposition(at) || self.tag(at) == Tag::To {
                let Some(phrase) = self.phrase_after(at + 1, high) else {
                    if self.is_time(at + 1) {
                        at += 2;
                        continue;
                    }
                    break;
                };
                // "said in a report published on Monday that …"
                let past = matches!(self.tag(phrase.to), Tag::Participle | Tag::Past);
                let hangs = past && self.is_preposition(phrase.to + 1);
                phrase.to + usize::from(hangs)
            } else {
                break;
            };
            at = next;
        }
        at.min(high)
    }

    /// What opens plainly at `at`: marks, "that", a question word.
    fn plain_start(&self, at: usize, cue: &Cue, high: usize) -> Option<Start> {
        if let Some(quoted) = self.opening(at) {
            return Some(Start::Quoted(quoted));
        }
        let mark = self.is_comma(at) || self.lower(at) == ":";
        if let Some(quoted) = self.opening(at + 1).filter(|_| mark) {
            return Some(Start::Quoted(quoted));
        }
        if at >= high {
            return None;
        }
        if self.lower(at) == ":" && at + 1 < high {
            return Some(Start::Clause(at + 1));
        }
        let clause =
            cue.frames.has(frame::CLAUSE) || cue.frames.has(frame::THAT) || cue.frames.has(frame::PERSON);
        let that = self.lower(at) == "that" && at + 1 < high && !self.ends_sentence(at + 1);
        let question = self.tag(at) == Tag::Wh || self.is(at, &["whether", "if", "how", "why", "what"]);
        (clause && (that || question)).then_some(Start::Clause(at))
    }

    /// Whether a clause with a verb of its own begins at `at`.
    pub fn bare_clause(&self, at: usize, high: usize) -> bool {
        if at >= high || self.is_quoted(at) {
            return false;
        }
        let comma = (at..high.min(at + 20)).any(|at| self.is_comma(at));
        // "It said at least $16bn was needed"
        if self.opens_amount(at, high) {
            return self.has_verb(at, high);
        }
        match self.tag(at) {
            Tag::Adverb if self.is(at, &["there"]) => self.has_verb(at, high),
            // "said in some areas, units have …" has its comma.
            Tag::Preposition | Tag::Adverb => comma && self.has_verb(at, high),
            Tag::Gerund => self.has_verb(at, high),
            Tag::Noun
            | Tag::Nouns
            | Tag::Name
            | Tag::Determiner
            | Tag::Pronoun
            | Tag::Adjective
            | Tag::Number => self.has_verb(at, high),
            _ => false,
        }
    }

    /// Whether an amount begins at `at` that neither an article nor its number opens: "at least $16bn", "up to 40".
    fn opens_amount(&self, at: usize, high: usize) -> bool {
        let number = (at..high.min(at + NUMERAL)).find(|at| self.tag(*at) == Tag::Number);
        let small = |at: usize| {
            self.is(
                at,
                &["$", "£", "€", "about", "around", "at", "least", "most", "over", "than", "to", "up"],
            ) || matches!(self.tag(at), Tag::Adverb | Tag::Adjective)
        };
        number.is_some_and(|number| number > at && (at..number).all(small))
    }

    fn has_verb(&self, at: usize, high: usize) -> bool {
        (at..high.min(at + 30)).take_while(|at| self.lower(*at) != ";").any(|at| {
            let contracted = self.tag(at) == Tag::Pronoun
                && ["'s", "’s", "'re", "’re", "'ll", "’ll"].iter().any(|end| self.lower(at).ends_with(end));
            contracted || self.tag(at).is_finite()
        })
    }

    /// Whether a comma, or a quotation that ends with one, parts two clauses before `at` or with it.
    pub fn parts_clauses(&self, at: usize, high: usize) -> bool {
        let quoted =
            self.closed_before(at).is_some_and(|quoted| self.is_comma(quoted.last.saturating_sub(1)));
        self.is_comma(at) && self.clause_opens(at + 1, high) || quoted && self.clause_opens(at, high)
    }

    /// Whether a subject and then a verb stand at `at`.
    pub fn clause_opens(&self, at: usize, high: usize) -> bool {
        self.phrase_after(at, high).is_some_and(|phrase| {
            let next = self.after_adverbials(phrase.to, high);
            self.tag(next).is_finite() || self.is_auxiliary(next)
        })
    }

    /// Where the content right of `cue` begins, and how far the cue itself reaches.
    pub(super) fn content_start(&self, cue: &Cue, high: usize) -> Option<(Start, usize)> {
        let frames = cue.frames;
        let mut at = if cue.inverted { cue.subject?.to } else { cue.verb + 1 };
        while at < high
            && !self.is_quoted(at)
            && !(self.is(at, &["at", "up"]) && self.opens_amount(at, high))
            && (self.is(at, &["out", "back", "up"])
                // "said there remains a gap" has its subject.
                || self.tag(at) == Tag::Adverb
                    && !self.is(at, &["there"])
                    && !self.is_time(at)
                    && self.spaced(at + 1))
        {
            at += 1;
        }
        let later = self.after_adverbials(at, high);
        let plain = self.plain_start(at, cue, high).or_else(|| self.plain_start(later, cue, high));
        if let Some(start) = plain {
            let quoted_only = !frames.speaks() && !frames.has(frame::PERSON);
            if !(quoted_only
                && matches!(start, Start::Quoted(_))
                && (self.is_comma(at) || self.is_comma(later) || frames.has(frame::OBJECT) && later > at))
            {
                return Some((start, at.min(cue.verb + 2).max(cue.verb + 1)));
            }
        }
        if cue.inverted || at >= high {
            return None;
        }
        if self.gives_number(cue, at, high) {
            return Some((Start::Phrase(at), cue.verb + 1));
        }
        if let Some(start) = frames.has(frame::PERSON).then(|| self.after_person(cue, at, high)).flatten() {
            return Some((start, cue.verb + 1));
        }
        let clause =
            self.clause_start(cue, at, later, high).or_else(|| self.infinitive_start(cue, at, later));
        clause
            .map(|from| (Start::Clause(from), cue.verb + 1))
            .or_else(|| self.object_start(cue, at, later, high))
    }

    /// "said it had lost", "said on Friday it had lost".
    fn clause_start(&self, cue: &Cue, at: usize, later: usize, high: usize) -> Option<usize> {
        let frames = cue.frames;
        let gap = self.tag(at).is_finite()
            && cue.subject.is_some_and(|subject| subject.from > 0 && self.tag(subject.from - 1) == Tag::Wh);
        // "promised jobs, but he …" has an object: the verb is not the clause's own.
        let loose = !frames.has(frame::OBJECT) || frames.has(frame::NESTED);
        // "estimated by 2050, changing diets would …"
        let timed = later > at && self.is_comma(later) && self.is_preposition(at);
        let opens = |at: usize| self.clause_opens(at, high);
        // "claims full control of the town, as its guards have left": an object, and the narrator's clause.
        let parted = || (at..high).find(|at| self.is_comma(*at) && self.is(at + 1, &["as"])).unwrap_or(high);
        let within = || !frames.has(frame::OBJECT) || self.bare_clause(at, parted());
        let clause =
            self.bare_clause(at, high) && (loose || opens(at) || timed && opens(later + 1)) && within();
        let found = frames.has(frame::THAT) && self.bare_clause(at, high) && self.clause_opens(at, high);
        let dated = later > at && (self.is_time(later - 1) || self.tag(later - 1) == Tag::Number);
        if frames.has(frame::CLAUSE) && dated && self.bare_clause(later, high) && !self.tag(later).is_finite()
        {
            return Some(later);
        }
        let begins = frames.has(frame::CLAUSE) && (clause || gap) || found;
        (begins && !self.is_time(at)).then_some(at)
    }

    /// "claiming in an update on Saturday to have taken", "denied taking it".
    fn infinitive_start(&self, cue: &Cue, at: usize, later: usize) -> Option<usize> {
        let frames = cue.frames;
        let at = if frames.has(frame::TO) && self.tag(later) == Tag::To { later } else { at };
        let negated = self.is(at, &["not"]) && self.tag(at + 1) == Tag::To;
        let infinitive = frames.has(frame::TO) && (self.is_infinitive(at) || negated);
        let gerund = frames.has(frame::GERUND) && self.tag(at) == Tag::Gerund;
        (infinitive || gerund).then_some(at)
    }

    fn is_infinitive(&self, at: usize) -> bool {
        let next = at + 1;
        self.tag(at) == Tag::To
            && (matches!(self.tag(next), Tag::Base | Tag::Adverb) || self.is_auxiliary(next))
    }

    /// "called Friday for releasing the tapes", "describes the town as lost", "praised the mayor".
    fn object_start(&self, cue: &Cue, at: usize, later: usize, high: usize) -> Option<(Start, usize)> {
        let frames = cue.frames;
        let at = if frames.has(frame::TO) && self.tag(later) == Tag::To { later } else { at };
        let past = at + usize::from(self.is_time(at));
        if frames.has(frame::PREPOSITION)
            && self.is(past, &["about", "against", "for", "of", "on", "over", "to", "upon", "with", "at"])
            && !self.is_infinitive(at)
            && past + 1 < high
            && !self.is_time(past + 1)
        {
            return Some((Start::Phrase(past + 1), past + 1));
        }
        if frames.has(frame::AS) && self.is(at, &["as"]) {
            return Some((Start::Phrase(at + 1), at + 1));
        }
        let object = [frame::OBJECT, frame::AS, frame::NAMED].into_iter().any(|letter| frames.has(letter));
        let begins = matches!(
            self.tag(at),
            Tag::Noun
                | Tag::Nouns
                | Tag::Name
                | Tag::Determiner
                | Tag::Pronoun
                | Tag::Adjective
                | Tag::Number
                | Tag::Gerund
                | Tag::Participle
        ) || self.is(at, &["$", "£", "€"]);
        // "advanced 3.6 percent", "attacked 40 trains": what is counted is no opinion.
        let amount = !frames.speaks() && (self.tag(at) == Tag::Number || self.opens_amount(at, high));
        (object && begins && !amount && !self.is_time(at)).then_some((Start::Phrase(at), cue.verb + 1))
    }

    /// "counted some 9,000 marchers", "put the number of dead at 43".
    fn gives_number(&self, cue: &Cue, at: usize, high: usize) -> bool {
        let numeral = |from: usize| (from..high.min(from + NUMERAL)).any(|at| self.tag(at) == Tag::Number);
        let flat = |at: &usize| !self.is_comma(*at) && !self.tag(*at).is_finite() && !self.is_quoted(*at);
        let valued = || {
            (at + 1..high.min(at + VALUED))
                .take_while(flat)
                .any(|at| self.is(at, &["at", "to"]) && numeral(at + 1))
        };
        cue.frames.has(frame::NUMBER) && numeral(at) || cue.frames.has(frame::VALUE) && valued()
    }

    /// "told reporters that", "urged voters to", "accused him of".
    fn after_person(&self, cue: &Cue, at: usize, high: usize) -> Option<Start> {
        let person = self.phrase_after(at, high)?;
        let next = self.after_adverbials_but(person.to, high);
        let of_time = self.is_time(person.to + 1);
        if let Some(start) =
            self.plain_start(person.to, cue, high).or_else(|| self.plain_start(next, cue, high))
        {
            return Some(start);
        }
        if self.tag(person.to) == Tag::To || self.is(person.to, &["not"]) {
            return Some(Start::Clause(if cue.frames.has(frame::OBJECT) || cue.frames.has(frame::TO) {
                at
            } else {
                person.to
            }));
        }
        let after = self.after_relative(person.to, high);
        if self.is(after, &["about", "against", "of", "for", "on"]) && !of_time {
            return Some(Start::Phrase(after + 1));
        }
        let next =
            if self.is_time(person.to) || self.is(person.to, &["this", "last"]) { next } else { person.to };
        (cue.frames.has(frame::CLAUSE) && self.bare_clause(next, high) && !self.tag(next).is_finite())
            .then_some(Start::Clause(next))
    }

    /// "accused Smith, who was born abroad, of spying": past the clause between the commas.
    fn after_relative(&self, comma: usize, high: usize) -> usize {
        if !(self.is_comma(comma) && self.tag(comma + 1) == Tag::Wh) {
            return comma;
        }
        (comma + 2..high.min(comma + 25)).find(|at| self.is_comma(*at)).map_or(comma, |close| close + 1)
    }

    fn after_adverbials_but(&self, at: usize, high: usize) -> usize {
        if self.is(at, &["about", "of", "against"]) && !self.is_time(at + 1) {
            at
        } else {
            self.after_adverbials(at, high)
        }
    }

    /// Where the content that begins at `from` ends: before the next cut.
    pub fn content_end(&self, from: usize, high: usize, cuts: &[usize]) -> usize {
        cuts.iter().copied().find(|cut| *cut > from).map_or(high, |cut| cut.min(high))
    }

    /// Past brackets: "Butterfield (D-N.C.)".
    fn after_brackets(&self, at: usize, high: usize) -> usize {
        if self.lower(at) != "(" || at >= high {
            return at;
        }
        (at + 1..high.min(at + 20)).find(|close| self.lower(*close) == ")").map_or(at, |close| close + 1)
    }

    /// Where the noun phrase at `from` ends with all that hangs from it: before a comma that opens no list, a dash, or
    /// "and" with a verb like the cue's.
    pub(super) fn phrase_end(&self, from: usize, high: usize, cue: &Cue) -> usize {
        let mut at = from;
        let mut relative = cue.form != Form::Loose || cue.shared;
        while at < high {
            // "A woman pleading for her husband’s life came": the verb is that of the woman.
            relative |= self.tag(at) == Tag::Wh || self.is(at, &["that"]) || self.tag(at) == Tag::Pronoun;
            if !relative && self.tag(at).is_finite() && self.tag(at) != Tag::Base {
                return self.group_start(at, from);
            }
            if let Some(quoted) = self.opening(at) {
                let stops = quoted.last.checked_sub(1).is_some_and(|last| self.is_comma(last));
                at = quoted.to;
                // "a “nasty guy,” an “anchor baby,” and …" goes on.
                let lists = (at..high.min(at + 3)).any(|at| self.opening(at).is_some())
                    || self.is(at, &["and", "or"]) && !self.coordinates(at + 1, cue);
                if stops && !lists {
                    return at;
                }
                continue;
            }
            // "criticised Tulsa, Okla., police for …"
            if self.is_comma(at)
                && self.is_capitalised(at + 1)
                && self.lower(at + 2) == "."
                && self.is_comma(at + 3)
            {
                at += 4;
                continue;
            }
            let comma = self.is_comma(at) && !self.opens_list(at + 1, high);
            if comma || self.is_dash(at) || self.is(at, &[";", "while", "although", "though"]) {
                return at;
            }
            if self.is(at, &["and", "but"]) && self.coordinates(at + 1, cue) {
                return at;
            }
            at += 1;
        }
        high
    }

    /// "jobs, wages and trade": words go on to an "and" with no verb between.
    fn opens_list(&self, from: usize, high: usize) -> bool {
        for at in from..high.min(from + 12) {
            if self.is(at, &["and", "or"]) {
                return !self.tag(at + 1).is_finite()
                    && !self.is_auxiliary(at + 1)
                    && !matches!(self.tag(from), Tag::Wh | Tag::Gerund);
            }
            if self.tag(at).is_finite() || self.tag(at) == Tag::Wh || self.is(at, &[";", ":", "."]) {
                return false;
            }
        }
        false
    }

    /// Whether the verb at `from` runs on from the subject of `cue`.
    fn coordinates(&self, from: usize, cue: &Cue) -> bool {
        let verb = (from..from + 3).find(|at| self.tag(*at) != Tag::Adverb);
        verb.is_some_and(|at| {
            self.tag(at) == self.tag(cue.verb) && self.tag(at).is_verb()
                || matches!(self.tag(at), Tag::Past | Tag::Third | Tag::Modal)
        })
    }

    /// Whether nothing but adverbials stands between `at` and the end of the clause.
    pub fn closes_at(&self, at: usize, high: usize) -> Option<usize> {
        let at = self.after_brackets(at, high);
        let end = self.after_adverbials(at, high);
        let closes = |at: usize| {
            at >= high
                || self.ends_sentence(at)
                || self.is_comma(at)
                || self.is_dash(at)
                || self.lower(at) == ";"
                || self.lower(at) == ")"
                || self.is(at, &["and", "as", "when", "while", "after", "before", "but", "because"])
        };
        if closes(at) { Some(at) } else { Some(end).filter(|end| closes(*end)) }
    }
}

/// Where the content of an earlier cue must stop for the sake of the cues after it.
pub(super) fn cuts(page: &Page<'_>, cues: &[Cue], part: Part) -> Vec<usize> {
    let mut found: Vec<usize> = cues.iter().filter_map(|cue| cut(page, cue, part)).collect();
    // "A study documenting deaths has shown that …": what is documented ends before the verb of the sentence.
    let around = |pair: &[Cue]| {
        let [one, cue] = pair else { return None };
        let subject = cue
            .subject
            .filter(|subject| cue.form == Form::Finite && !cue.shared && subject.to == cue.group.from)?;
        (one.form == Form::Loose && subject.from < one.group.from && one.group.to <= subject.to)
            .then_some(cue.group.from)
    };
    found.extend(cues.windows(2).filter_map(around));
    found.sort_unstable();
    found
}

fn cut(page: &Page<'_>, cue: &Cue, part: Part) -> Option<usize> {
    let from = if cue.shared { page.before_lead(cue.group.from, part.from) } else { cue.whole().from };
    let before = from.checked_sub(1).filter(|before| *before > part.from)?;
    let comma = page.is_comma(before) || page.is_dash(before) || page.lower(before) == ";";
    match cue.form {
        Form::According => Some(if comma { before } else { from }),
        Form::Loose => (comma && cue.frames.speaks()).then_some(before),
        Form::Noun | Form::Passive => None,
        Form::Finite if cue.shared => {
            let plain = cue.frames.has(frame::CLAUSE)
                && page.content_start(cue, part.to).is_some_and(|start| !matches!(start.0, Start::Phrase(_)));
            let comma = page.is_comma(before.saturating_sub(1));
            (plain || comma).then_some(before - usize::from(comma))
        }
        Form::Finite => {
            let joined = page.is(before, &["and", "but", "while", "although", "though", "whereas", "as"]);
            let marked = joined
                && (page.is_comma(before - 1)
                    || page.is_dash(before - 1)
                    || page.lower(before - 1) == ";"
                    || page.is(before, &["while", "although", "though", "whereas"]));
            if marked {
                let comma = page.is_comma(before - 1) || page.is_dash(before - 1);
                return Some(before - usize::from(comma));
            }
            (page.lower(before) == ";"
                || comma && cue.frames.speaks() && page.closes_at(cue.group.to, part.to).is_some())
            .then_some(before)
        }
    }
}
