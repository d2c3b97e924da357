//! Who is meant: "he", "the ministry", "the ISW", "Caddell", each to the fullest name of the same one.

use std::collections::{HashMap, VecDeque};

use super::attribute::Found;
use super::lexicon::ENGLISH;
use super::page::{Page, Part, Unit};
use crate::entity::{is_people, place::is_country};
use crate::hash::List;
use crate::tag::Tag;
use crate::token::{owner, unowned};

/// Subjects that a pronoun is held against, counted back.
const MEMORY: usize = 12;
/// Phrases with a preposition that a post may have, and the most tokens of one.
const POST: usize = 2;
const POST_WORDS: usize = 8;

/// What is known of somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Man,
    Woman,
    Person,
    People,
    Thing,
    Unknown,
}

#[derive(Clone, Copy)]
struct Mention {
    name: Part,
    sort: Sort,
}

/// The names of a text, by their last word and by their abbreviation.
struct Names<'p, 't> {
    page: &'p Page<'t>,
    /// The longest name that ends with the word.
    by_last: HashMap<&'t str, Part>,
    by_word: HashMap<&'t str, Part>,
    by_letters: HashMap<&'t str, Part>,
}

/// The name of each speaker, in the order of `found`, which is that of the text.
pub(super) fn names(page: &Page<'_>, units: &[Unit], found: &[Found]) -> Vec<Option<Part>> {
    let Some(last) = found.iter().filter_map(|one| one.speaker).max() else { return vec![None; found.len()] };
    let names = Names::new(page);
    // No pronoun behind the last speaker is asked for.
    let units = units.iter().take_while(|unit| unit.part.from <= last.from);
    let mut subjects: Vec<Part> = units.filter_map(|unit| page.first_subject(unit.part)).collect();
    subjects.extend(found.iter().filter_map(|one| one.speaker));
    subjects.sort_unstable();
    subjects.dedup();
    let mut memory: VecDeque<Mention> = VecDeque::with_capacity(MEMORY);
    let resolve = |part: Part| {
        let mention = names.mention(part, &memory);
        memory.truncate(MEMORY - 1);
        mention.into_iter().for_each(|mention| memory.push_front(mention));
        (part.from, mention.map(|mention| mention.name))
    };
    let resolved: Vec<(usize, Option<Part>)> = subjects.into_iter().map(resolve).collect();
    let name = |speaker: Part| {
        let after = resolved.partition_point(|(from, _)| *from <= speaker.from);
        after.checked_sub(1).and_then(|at| resolved.get(at)?.1)
    };
    found.iter().map(|one| one.speaker.and_then(name)).collect()
}

impl<'p, 't> Names<'p, 't> {
    fn new(page: &'p Page<'t>) -> Self {
        let mut names =
            Self { page, by_last: HashMap::new(), by_word: HashMap::new(), by_letters: HashMap::new() };
        let mut at = 0;
        while at < page.t.len() {
            let Some(run) = names.run(at) else {
                at += 1;
                continue;
            };
            at = run.to;
            names.keep(run);
        }
        names
    }

    /// The name that begins at `at`: "Institute for the Study of War", without titles.
    fn run(&self, at: usize) -> Option<Part> {
        let page = self.page;
        let named = |at: usize| page.tag(at) == Tag::Name && page.is_capitalised(at) && !page.is_time(at);
        if !named(at) {
            return None;
        }
        let (mut from, mut to) = (at, at + 1);
        loop {
            let possessive = owner(page.lower(to - 1)).is_some();
            // A caption may end in a name, and the next line begin with one.
            if named(to) && !possessive && !page.is_line_start(to) {
                if ENGLISH.people.contains(page.lower(to)) {
                    from = to + 1;
                }
                to += 1;
            } else if page.lower(to) == "."
                && !page.spaced(to)
                && named(to + 1)
                && page.lower(to - 1).len() <= 3
            {
                to += 1;
            } else if let Some(next) = (!possessive).then(|| self.linked(to)).flatten() {
                to = next;
            } else {
                break;
            }
        }
        if ENGLISH.people.contains(page.lower(at)) && from == at {
            from += 1;
        }
        (from < to).then_some(Part::new(from, to))
    }

    /// Past "of", "for the" and the like in a name: the token after the next capital.
    fn linked(&self, at: usize) -> Option<usize> {
        let page = self.page;
        let link = page.is(at, &["of", "for"]);
        let next = at + 1 + usize::from(page.is(at + 1, &["the"]));
        let person = at.checked_sub(2).is_some_and(|first| {
            ENGLISH.male.contains(page.lower(first)) || ENGLISH.female.contains(page.lower(first))
        });
        let nominal = page.tag(next).is_nominal() || page.tag(next) == Tag::Adjective;
        (link && !person && nominal && page.is_capitalised(next)).then_some(next + 1)
    }

    fn keep(&mut self, run: Part) {
        let page = self.page;
        for at in run.from..run.to {
            self.by_word.entry(page.lower(at)).or_insert(run);
        }
        let kept = self.by_last.entry(self.key(run.to - 1)).or_insert(run);
        if run.to - run.from > kept.to - kept.from {
            *kept = run;
        }
        // "the Institute for the Study of War (ISW)"
        if page.lower(run.to) == "(" && page.lower(run.to + 2) == ")" {
            self.by_letters.entry(page.lower(run.to + 1)).or_insert(run);
        }
    }

    /// The word without "’s".
    fn key(&self, at: usize) -> &'t str {
        unowned(self.page.lower(at))
    }

    fn mention(&self, part: Part, memory: &VecDeque<Mention>) -> Option<Mention> {
        let page = self.page;
        let word = page.lower(part.from);
        if part.to == part.from + 1
            && (page.tag(part.from) == Tag::Pronoun || matches!(word, "his" | "her" | "their" | "its"))
        {
            return self.pronoun(part, memory);
        }
        if page.is(part.from, &["who", "which", "that"]) && part.to == part.from + 1 {
            let end = part.from - usize::from(part.from > 0 && page.is_comma(part.from - 1));
            let phrase = page.phrase_before(end, end.saturating_sub(12))?;
            return self.mention(phrase, memory);
        }
        let core = self.core(part);
        let person = ENGLISH.people.contains(page.lower(core.to - 1));
        // "his defence minister, Ana Ruiz, said": her name follows.
        if let Some(name) = person.then(|| self.apposed(self.past_post(part.to))).flatten() {
            let name = self.full(name).unwrap_or(name);
            return Some(Mention { name, sort: self.sort(part, Some(name)) });
        }
        // "Its count was made in March, when it said": the owner is meant.
        if !person && matches!(word, "his" | "her" | "their" | "its") {
            return self.pronoun(Part::new(part.from, part.from + 1), memory);
        }
        let name = self.full(core);
        Some(Mention { name: name.unwrap_or(core), sort: self.sort(part, name) })
    }

    /// Past what a post is for or of: "commander | in chief", "minister | for health in Norland".
    fn past_post(&self, mut at: usize) -> usize {
        for _ in 0..POST {
            let phrase =
                self.page.is_preposition(at).then(|| self.page.phrase_after(at + 1, at + POST_WORDS));
            let Some(phrase) = phrase.flatten() else { break };
            at = phrase.to;
        }
        at
    }

    /// The name between the comma at `comma` and what ends it.
    fn apposed(&self, comma: usize) -> Option<Part> {
        let page = self.page;
        let name = self.run(comma + 1).filter(|name| page.is_comma(comma) && name.to - name.from > 1)?;
        (page.is_comma(name.to) || page.ends_sentence(name.to)).then_some(name)
    }

    /// The phrase up to its first preposition, comma or possessive's noun, or to the participle that a preposition
    /// goes with: "study led by the government".
    fn core(&self, part: Part) -> Part {
        let page = self.page;
        let links = |at: usize| page.is_preposition(at) && !page.is_capitalised(at);
        let led = |at: usize| matches!(page.tag(at), Tag::Participle | Tag::Past) && links(at + 1);
        let stops = |at: &usize| page.is_comma(*at) || links(*at) || led(*at);
        let end = (part.from + 1..part.to).find(stops).unwrap_or(part.to);
        let from = part.from + usize::from(self.page.is(part.from, &["the", "a", "an", "this", "that"]));
        Part::new(from.min(end - 1), end)
    }

    /// The fullest name that ends with the last word of `core`, or that its letters stand for.
    fn full(&self, core: Part) -> Option<Part> {
        let page = self.page;
        let last = self.key(core.to.checked_sub(1)?);
        // The name of a country is whole, whatever stands before it elsewhere: "de-Nazify Ukraine".
        let named = |at: usize| page.tag(at) == Tag::Name;
        let alone = named(core.to - 1) && !(core.from..core.to - 1).any(named);
        if alone && page.t.get(core.to - 1).is_some_and(|x| is_country(unowned(x.text))) {
            return Some(Part::new(core.to - 1, core.to));
        }
        if let Some(run) = self.by_letters.get(last) {
            return Some(*run);
        }
        if page.tag(core.to - 1) == Tag::Name {
            let run = self.by_last.get(last).copied()?;
            let inside = (core.from..core.to).any(|at| run.from <= at && at < run.to);
            return Some(run).filter(|run| inside || run.to - run.from >= self.words(core));
        }
        // "the ministry" of "the Ministry of Defence"
        let plain = core.to - core.from == 1 && page.tag(core.from) == Tag::Noun;
        self.by_word.get(last).copied().filter(|run| plain && run.to - run.from > 1)
    }

    /// The words of a name, titles not counted.
    fn words(&self, core: Part) -> usize {
        (core.from..core.to)
            .filter(|at| self.page.tag(*at) == Tag::Name && !ENGLISH.people.contains(self.page.lower(*at)))
            .count()
    }

    fn sort(&self, part: Part, name: Option<Part>) -> Sort {
        let page = self.page;
        let all = (part.from..part.to).chain(name.map_or(0..0, |name| name.from..name.to));
        let has = |list: &List| all.clone().any(|at| list.contains(page.lower(at)));
        let head = self.core(part).to - 1;
        let people = || page.t.get(head).is_some_and(|x| is_people(x.text));
        if page.tag(head) == Tag::Nouns || people() || (part.from..part.to).any(|at| page.is(at, &["and"])) {
            return Sort::People;
        }
        if page.tag(head) == Tag::Noun
            && !ENGLISH.people.contains(page.lower(head))
            && !has(&ENGLISH.male)
            && !has(&ENGLISH.female)
        {
            return Sort::Thing;
        }
        let (man, woman) = (has(&ENGLISH.male), has(&ENGLISH.female));
        match (man, woman) {
            (true, false) => Sort::Man,
            (false, true) => Sort::Woman,
            (true, true) => Sort::Person,
            _ if has(&ENGLISH.people) => Sort::Person,
            _ if page.tag(head) == Tag::Name
                && (page.is(part.from, &["the"]) || page.lower(head).len() < 4) =>
            {
                Sort::Thing
            }
            _ => Sort::Unknown,
        }
    }

    fn pronoun(&self, part: Part, memory: &VecDeque<Mention>) -> Option<Mention> {
        let fits: &[Sort] = match self.page.lower(part.from) {
            "he" | "his" | "him" => &[Sort::Man, Sort::Person, Sort::Unknown],
            "she" | "her" => &[Sort::Woman, Sort::Person, Sort::Unknown],
            "it" | "its" => &[Sort::Thing, Sort::Unknown],
            "they" | "their" | "them" => &[Sort::People, Sort::Thing],
            _ => return None,
        };
        memory.iter().find(|mention| fits.contains(&mention.sort)).copied()
    }
}
