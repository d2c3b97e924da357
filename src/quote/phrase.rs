//! Noun phrases, and which of them is the subject of a verb.

use super::page::{Page, Part};
use crate::tag::Tag;
use crate::token::owner;

/// How far back a subject is looked for, in tokens.
const REACH: usize = 60;

impl Page<'_> {
    /// The noun phrase that ends before `end`, without what stands before its prepositions.
    pub fn phrase_before(&self, end: usize, low: usize) -> Option<Part> {
        let mut last = end.checked_sub(1).filter(|last| *last >= low)?;
        // "the Institute for the Study of War (ISW)"
        if self.lower(last) == ")" {
            last = (low.max(last.saturating_sub(12))..last)
                .rev()
                .find(|at| self.lower(*at) == "(")?
                .checked_sub(1)?;
        }
        if last < low || self.is_quoted(last) {
            return None;
        }
        match self.tag(last) {
            Tag::Pronoun => return Some(Part::new(last, end)),
            Tag::Noun | Tag::Nouns | Tag::Name | Tag::Number => {}
            Tag::Determiner
                if self.is(
                    last,
                    &["this", "that", "these", "those", "both", "some", "many", "all", "another"],
                ) => {}
            Tag::Adjective
                if self.is(last, &["many", "few", "several", "others", "most", "more"]) || last > low => {}
            Tag::Gerund if last > low => {}
            _ => return None,
        }
        let from = self.phrase_start(last, low);
        (self.is_time(from) && from == last).then_some(()).map_or(Some(Part::new(from, end)), |()| None)
    }

    fn phrase_start(&self, last: usize, low: usize) -> usize {
        let mut from = last;
        while from > low {
            let at = from - 1;
            if self.is_quoted(at) || !self.joins(at, from, low) {
                break;
            }
            from = at;
            if self.tag(at) == Tag::Determiner
                && !self.is_possessive(at)
                && !self.before_is(at, low, &["all", "both", "half"])
            {
                break;
            }
        }
        from
    }

    /// Short enough for a full stop to end it without ending the sentence: "Mr", "Gov", "S.E.C".
    fn is_short(&self, at: usize) -> bool {
        let lower = self.lower(at);
        lower.len() <= 4 || lower.contains('.')
    }

    fn before_is(&self, at: usize, low: usize, words: &[&str]) -> bool {
        at > low && self.is(at - 1, words)
    }

    fn is_possessive(&self, at: usize) -> bool {
        owner(self.lower(at)).is_some()
    }

    /// Whether the token at `at` belongs to the noun phrase that goes on at `from`.
    fn joins(&self, at: usize, from: usize, low: usize) -> bool {
        let touches = !self.spaced(from);
        // "the 34-year-old mother"
        let hyphen = touches && matches!(self.lower(from), "-" | "‑");
        if self.is_time(at) && !self.is_possessive(at) && !hyphen {
            return false;
        }
        match self.tag(at) {
            Tag::Noun | Tag::Nouns | Tag::Name | Tag::Adjective | Tag::Number | Tag::Determiner => true,
            Tag::Participle | Tag::Gerund => {
                let before = if at > low { self.tag(at - 1) } else { Tag::Mark };
                let opens = at == low || self.is_quoted(at - 1);
                opens
                    || matches!(before, Tag::Determiner | Tag::Adjective | Tag::Number)
                    || at > low && self.lower(at - 1) == "-"
            }
            Tag::Adverb => {
                matches!(self.tag(from), Tag::Adjective | Tag::Participle)
                    && at > low
                    && self.tag(at - 1) == Tag::Determiner
            }
            // "commander-in-chief"
            Tag::Preposition => touches && !self.spaced(at) && self.lower(from) == "-",
            Tag::Mark => match self.lower(at) {
                "-" | "‑" | "–" | "/" => touches && !self.spaced(at),
                // "Ana “Nita” Ruiz"
                "&" | "\"" | "“" | "”" => true,
                "'" | "’" => !self.spaced(at),
                // "Gawker.com"
                "." if touches && !self.spaced(at) => true,
                // "Mr. Obama", "J. Smith", "the U.S. government"
                "." => !self.spaced(at) && at > low && self.is_capitalised(at - 1) && self.is_short(at - 1),
                _ => false,
            },
            _ => false,
        }
    }

    /// Where the head of a phrase ends: at its first preposition behind its first word.
    pub fn head_end(&self, phrase: Part) -> usize {
        (phrase.from + 1..phrase.to).find(|at| self.is_preposition(*at)).unwrap_or(phrase.to)
    }

    /// The noun phrase that begins at `from`, as far as its head, and the `of` phrases after it.
    pub fn phrase_after(&self, from: usize, high: usize) -> Option<Part> {
        let mut to = self.chunk_after(from, high)?;
        while to < high
            && (self.lower(to) == "of"
                || self.is(to, &["in", "at", "for", "from"]) && self.is_capitalised(to + 1)
                // "the Institute for the Study of War"
                || self.is(to, &["for"]) && self.is(to + 1, &["the"]) && self.is_capitalised(to + 2))
        {
            let Some(end) = self.chunk_after(to + 1, high).filter(|_| !self.is_time(to + 1)) else { break };
            to = end;
        }
        Some(Part::new(from, to))
    }

    fn chunk_after(&self, from: usize, high: usize) -> Option<usize> {
        if from >= high || self.is_quoted(from) {
            return None;
        }
        if self.tag(from) == Tag::Pronoun {
            return Some(from + 1);
        }
        let (mut at, mut end) = (from, None);
        while at < high && !self.is_quoted(at) {
            let time = self.is_time(at) && end.is_some();
            match self.tag(at) {
                Tag::Noun | Tag::Nouns | Tag::Name | Tag::Number if !time => end = Some(at + 1),
                Tag::Determiner if at == from => {
                    end = Some(at + 1).filter(|_| self.is(at, &["this", "that", "both", "some", "many"]))
                }
                Tag::Determiner if self.is_possessive(at) => {}
                Tag::Adjective => {
                    end = end.or(Some(at + 1).filter(|_| self.is(at, &["many", "few", "several", "others"])))
                }
                Tag::Participle | Tag::Gerund | Tag::Adverb if end.is_none() => {}
                // "the Hamas-run health ministry"
                _ if at > from + 1 && matches!(self.lower(at - 1), "-" | "‑") && !self.spaced(at) => {}
                Tag::Mark if end.is_some() || at > from => {
                    let touching = !self.spaced(at) && !self.spaced(at + 1);
                    let abbreviation = self.lower(at) == "."
                        && !self.spaced(at)
                        && self.is_capitalised(at - 1)
                        && self.is_short(at - 1)
                        && self.is_capitalised(at + 1);
                    let joint = matches!(self.lower(at), "-" | "‑" | "–" | "/") && touching
                        || matches!(self.lower(at), "'" | "’")
                            && !self.spaced(at)
                            && self.tag(at + 1).is_nominal()
                        || matches!(self.lower(at), "&" | "\"" | "“" | "”");
                    if !(abbreviation || joint) {
                        break;
                    }
                }
                _ => break,
            }
            at += 1;
        }
        end
    }

    /// The subject that ends before the verb group at `group`.
    pub fn subject_before(&self, group: usize, low: usize) -> Option<Part> {
        let low = low.max(group.saturating_sub(REACH));
        let left = group.checked_sub(1).filter(|left| *left >= low)?;
        if self.is_quoted(left) {
            return None;
        }
        // "residents, many of whom say"
        if self.is(left, &["whom"]) && left > low + 1 && self.is(left - 1, &["of"]) {
            return Some(Part::new(left - 2, group));
        }
        if self.tag(left) == Tag::Wh
            || self.lower(left) == "that" && left > low && self.tag(left - 1).is_nominal()
        {
            return Some(Part::new(left, group)).filter(|_| self.is(left, &["who", "which", "that"]));
        }
        if self.is_comma(left) || self.is_dash(left) {
            return self.over_apposition(left, low);
        }
        if let Some(earlier) = self.before_time(left, low) {
            return self.subject_before(earlier, low);
        }
        let phrase = match self.phrase_before(group, low) {
            Some(phrase) => phrase,
            // "the experts I interviewed said", "the poll released Friday shows"
            None if self.tag(left).is_verb() => self.before_verb(left, low)?,
            None => return None,
        };
        self.widened(phrase, low)
    }

    /// "The council on Friday": the token after "council", where a day or a year ends at `last`.
    fn before_time(&self, last: usize, low: usize) -> Option<usize> {
        let year = self.tag(last) == Tag::Number && last > low && self.is(last - 1, &["in", "since"]);
        let mut from = last;
        if !(self.is_time(last) && self.lower(last) != "may" || year) {
            return None;
        }
        while from > low + 1
            && (self.is(
                from - 1,
                &["on", "in", "from", "since", "last", "this", "late", "early", "earlier", "next", "the"],
            ) || self.is_time(from - 1))
        {
            from -= 1;
        }
        (from > low).then_some(from)
    }

    /// "and at the end of August said": the token after "and".
    pub fn before_lead(&self, group: usize, low: usize) -> usize {
        let mut at = group;
        for _ in 0..4 {
            let Some(left) = at.checked_sub(1).filter(|left| *left > low && !self.is_quoted(*left)) else {
                break;
            };
            if let Some(earlier) = self.before_time(left, low) {
                at = earlier;
            } else if self.is_preposition(left) && at < group {
                at = left;
            } else if let Some(phrase) = self
                .phrase_before(at, low)
                .filter(|phrase| phrase.from > low && self.is_preposition(phrase.from - 1))
            {
                at = phrase.from - 1;
            } else {
                break;
            }
        }
        if at > low && self.tag(at - 1) == Tag::Conjunction { at } else { group }
    }

    /// "Smith, the minister, said": the phrase before an earlier comma.
    fn over_apposition(&self, comma: usize, low: usize) -> Option<Part> {
        let mut spare = None;
        for at in (low + 1..comma).rev() {
            if !(self.is_comma(at) || self.is_dash(at)) || self.is_quoted(at) {
                continue;
            }
            if !self.is_aside(Part::new(at + 1, comma)) {
                continue;
            }
            let Some(phrase) = self.phrase_before(at, low).and_then(|phrase| self.widened(phrase, low))
            else {
                continue;
            };
            let name = (phrase.from..phrase.to).any(|at| self.tag(at) == Tag::Name);
            if name || self.tag(phrase.from) == Tag::Determiner {
                return Some(phrase);
            }
            spare = spare.or(Some(phrase));
        }
        // "Ana Ruiz for the council, says it is late": a comma too many.
        let whole = || {
            let phrase = self.phrase_before(comma, low).and_then(|phrase| self.widened(phrase, low));
            phrase.filter(|phrase| {
                phrase.from == low && self.is_capitalised(low) && self.tag(comma - 1) == Tag::Name
            })
        };
        spare.filter(|phrase| self.tag(phrase.from) != Tag::Pronoun).or_else(whole)
    }

    /// Whether what stands between two commas says more of the phrase before it.
    fn is_aside(&self, aside: Part) -> bool {
        let relative = matches!(self.tag(aside.from), Tag::Wh);
        let opens = relative
            || matches!(
                self.tag(aside.from),
                Tag::Determiner
                    | Tag::Noun
                    | Tag::Nouns
                    | Tag::Name
                    | Tag::Adjective
                    | Tag::Number
                    | Tag::Participle
                    | Tag::Gerund
                    | Tag::Preposition
                    | Tag::Adverb
            );
        let finite = (aside.from..aside.to)
            .any(|at| matches!(self.tag(at), Tag::Past | Tag::Third | Tag::Modal) && !self.is_quoted(at));
        let nested = (aside.from..aside.to).any(|at| self.tag(at) == Tag::Wh);
        opens && (relative || nested || !finite)
    }

    /// The phrase with all that it hangs from: "a spokesman for the ministry", "leaders attending the summit".
    fn widened(&self, mut phrase: Part, low: usize) -> Option<Part> {
        for _ in 0..6 {
            let Some(before) =
                phrase.from.checked_sub(1).filter(|before| *before >= low && !self.is_quoted(*before))
            else {
                break;
            };
            if self.is_preposition(before) || self.tag(before) == Tag::To {
                let Some(outer) = self.phrase_or_verb_before(before, low) else {
                    return self.clear_of(before, phrase);
                };
                phrase.from = outer;
            } else if self.tag(before).is_verb() {
                let Some(outer) = self.before_verb(before, low) else { break };
                phrase.from = outer.from;
            } else if self.is(before, &["and", "&"]) {
                let Some(outer) =
                    self.phrase_before(before, low).filter(|outer| self.is_boundary(outer.from, low))
                else {
                    break;
                };
                phrase.from = outer.from;
            } else {
                break;
            }
        }
        Some(phrase)
    }

    /// The subject where nothing stands before the preposition at `before`: all of "as Smith", and of "in an
    /// interview Trump" the name.
    fn clear_of(&self, before: usize, phrase: Part) -> Option<Part> {
        // ", with one member writing “…”"
        let with = self.is(before, &["with"]) && before > 0 && self.is_comma(before - 1);
        if with || self.is(before, &["as", "since", "before", "after", "until", "till", "than"]) {
            return Some(phrase);
        }
        let turns =
            |at: &usize| self.tag(*at) == Tag::Name && matches!(self.tag(at - 1), Tag::Noun | Tag::Nouns);
        let from = (phrase.from + 1..phrase.to).rev().find(turns)?;
        (self.tag(phrase.to - 1) == Tag::Name).then_some(Part::new(from, phrase.to))
    }

    /// What a preposition hangs from: a phrase, or a verb after one ("leaders attending", "a study that appeared").
    fn phrase_or_verb_before(&self, preposition: usize, low: usize) -> Option<usize> {
        // "in Virginia and around the country"
        let joined = preposition > low && self.is(preposition - 1, &["and", "or"]);
        let end = preposition - usize::from(joined);
        if let Some(phrase) = self.phrase_before(end, low) {
            return Some(phrase.from);
        }
        let verb = end.checked_sub(1).filter(|verb| *verb > low)?;
        let verb = if self.is_time(verb) { verb - 1 } else { verb };
        self.before_verb(verb, low).map(|phrase| phrase.from)
    }

    /// The phrase that a participle, or a relative clause up to its verb, says more of.
    fn before_verb(&self, verb: usize, low: usize) -> Option<Part> {
        if self.is_quoted(verb) || verb <= low {
            return None;
        }
        if matches!(self.tag(verb), Tag::Gerund | Tag::Participle) && !self.is_auxiliary(verb - 1) {
            return self.phrase_before(verb, low);
        }
        if !self.tag(verb).is_verb() {
            return None;
        }
        let group = self.group_start(verb, low);
        let before = group.checked_sub(1).filter(|before| *before > low)?;
        // "a study that appeared", "the experts I interviewed"
        let relative = self.tag(before) == Tag::Wh || self.is(before, &["that"]);
        let contact = self.tag(before) == Tag::Pronoun && self.tag(before - 1).is_nominal();
        (relative || contact).then(|| self.phrase_before(before, low)).flatten()
    }

    /// Whether a clause may begin at `at`.
    pub fn is_boundary(&self, at: usize, low: usize) -> bool {
        at <= low
            || matches!(self.tag(at - 1), Tag::Mark | Tag::Conjunction | Tag::Wh)
            || self.is_quoted(at - 1)
            || self.is(at - 1, &["that", "as", "while", "when", "but"])
    }

    /// The subject of the first verb of `part`.
    pub fn first_subject(&self, part: Part) -> Option<Part> {
        let mut tried = 0;
        for at in part.from..part.to {
            if self.is_quoted(at)
                || !self.tag(at).is_finite()
                || self.is_auxiliary(at) && at > part.from && self.is_auxiliary(at - 1)
            {
                continue;
            }
            let group = self.group_start(at, part.from);
            if let Some(subject) = self
                .subject_before(group, part.from)
                .filter(|subject| !self.is(subject.from, &["which", "that", "who"]))
            {
                return Some(subject);
            }
            tried += 1;
            if tried > 3 {
                break;
            }
        }
        None
    }

    /// The first token of the verb group that ends with `verb`: its auxiliaries and adverbs.
    pub fn group_start(&self, verb: usize, low: usize) -> usize {
        let mut from = verb;
        while from > low {
            let at = from - 1;
            // "Moscow last gave a number in March"
            let adverb = self.tag(at) == Tag::Adverb && !self.is_time(at)
                || self.is(at, &["first", "last"]) && at > low && self.tag(at - 1).is_nominal();
            if self.is_quoted(at)
                || !(adverb
                    || self.is_auxiliary(at)
                    || self.is(at, &["not", "'s", "’s", "'ll", "’ll", "'ve", "’ve"]))
            {
                break;
            }
            from = at;
        }
        from
    }
}
