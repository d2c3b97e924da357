//! A text read twice: the second time with what the first made of each word elsewhere.

use super::atom::{Line, Lines};
use super::evidence::{Seen, Votes};
use super::features::View;
use super::model::{Model, Row, Tag};
use super::weigh::Weigher;

/// What a first reading of a text made of it, line by line; the second goes over the same lines.
///
/// Most words can stand in no name, and no name crosses them: only the stretches between them have scores.
pub(super) struct Reading<'m> {
    weigher: Weigher<'m>,
    /// Room for the search for the best tags, and for the tokens of a line that may be named.
    back: Vec<Row>,
    places: Vec<usize>,
    votes: Votes,
    tags: Vec<Tag>,
    scores: Vec<Row>,
    stretches: Vec<Stretch>,
    /// What the second reading comes to next: a token, a score, a stretch.
    next: (usize, usize, usize),
}

/// Tokens beside each other that may be named, counted from the start of the text.
#[derive(Clone, Copy)]
struct Stretch {
    start: usize,
    end: usize,
}

impl<'m> Reading<'m> {
    /// The first reading of all lines of a text.
    pub fn of(model: &'m Model, lines: &Lines<'_>) -> Self {
        let mut reading = Self::new(model);
        reading.tags.reserve_exact(lines.tokens());
        lines.each(|_, line| reading.first(lines.text(), line));
        lines.words().iter().for_each(|(word, times)| reading.votes.add_times(word, *times));
        reading
    }

    /// The first reading of lines of `text` that are all at hand.
    pub fn of_all(model: &'m Model, text: &str, lines: &[Line]) -> Self {
        let mut reading = Self::new(model);
        lines.iter().for_each(|line| reading.first(text, line));
        lines.iter().for_each(|line| reading.votes.add_small(line));
        reading
    }

    fn new(model: &'m Model) -> Self {
        let votes = Votes::default();
        Self {
            weigher: Weigher::new(model),
            back: Vec::new(),
            places: Vec::new(),
            votes,
            tags: Vec::new(),
            scores: Vec::new(),
            stretches: Vec::new(),
            next: (0, 0, 0),
        }
    }

    fn first(&mut self, text: &str, line: &Line) {
        let view = View::new(text, line);
        let (first, mut held) = (self.tags.len(), self.scores.len());
        self.places.clear();
        self.places.extend((0..line.atoms.len()).filter(|place| view.may_be_named(*place)));
        self.weigher.score(&view, &self.places, &mut self.scores);
        self.tags.resize(first + line.atoms.len(), 0);
        for stretch in self.places.chunk_by(|place, next| place + 1 == *next) {
            let scores = self.scores.get(held..held + stretch.len()).unwrap_or(&[]);
            held += stretch.len();
            let Some(start) = stretch.first().copied() else { continue };
            let end = start + stretch.len();
            let tags = self.tags.get_mut(first + start..first + end).unwrap_or(&mut []);
            self.weigher.model.best(scores, end == line.atoms.len(), &mut self.back, tags);
            self.stretches.push(Stretch { start: first + start, end: first + end });
        }
        self.votes.add(line, self.tags.get(first..).unwrap_or(&[]));
    }

    /// The tags of the next line in the light of all.
    pub fn again(&mut self, line: &Line) -> Vec<Tag> {
        let (first, end) = (self.next.0, self.next.0 + line.atoms.len());
        self.next.0 = end;
        let mut tags = self.tags.get(first..end).map(<[Tag]>::to_vec).unwrap_or_default();
        let seen = self.votes.seen(line, &tags);
        while let Some(stretch) = self.stretches.get(self.next.2).filter(|stretch| stretch.start < end) {
            let places = stretch.start - first..stretch.end - first;
            let scores = self.next.1..self.next.1 + places.len();
            (self.next.1, self.next.2) = (scores.end, self.next.2 + 1);
            let is_seen =
                seen.get(places.clone()).is_some_and(|seen| seen.iter().any(|seen| *seen != Seen::default()));
            let Some(scores) = self.scores.get_mut(scores).filter(|_| is_seen) else { continue };
            self.weigher.add_evidence(&seen, line, places.clone(), scores);
            let tags = tags.get_mut(places).unwrap_or(&mut []);
            self.weigher.model.best(scores, stretch.end == end, &mut self.back, tags);
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::atom;
    use crate::entity::features::{self, Sink};
    use crate::entity::model::{self, TAGS};
    use crate::token::Words;
    use proptest::prelude::*;

    /// All features of a token, each looked up.
    struct Plain<'a>(&'a Model, [i32; TAGS]);

    impl Sink for Plain<'_> {
        fn feature(&mut self, _: u8, key: u64) {
            for (sum, weight) in self.1.iter_mut().zip(self.0.row(key).into_iter().flatten()) {
                *sum += i32::from(weight.cast_signed());
            }
        }
    }

    /// The best tags of a whole line in wide numbers, over words that can stand in no name as well.
    fn best(model: &Model, text: &str, line: &Line, seen: &[Seen]) -> Vec<Tag> {
        let view = View::new(text, line);
        let mut held = [i32::from(i16::MIN); TAGS];
        held[0] = 0;
        let mut back = Vec::new();
        for place in 0..line.atoms.len() {
            let mut own = Plain(model, [-4_000; TAGS]);
            own.1[0] = 0;
            if view.may_be_named(place) {
                own.1 = [0; TAGS];
                view.features(place, &mut own);
                features::evidence(seen, line, place, &mut own);
            }
            let way = |before: usize, tag: usize| held[before] + i32::from(model.moves[before][tag]);
            let from: [usize; TAGS] = std::array::from_fn(|tag| {
                (0..TAGS).rev().max_by_key(|before| way(*before, tag)).unwrap_or(0)
            });
            let next: [i32; TAGS] = std::array::from_fn(|tag| way(from[tag], tag) + own.1[tag]);
            let top = next.iter().max().unwrap() - 1_000;
            held = next.map(|sum| sum - top);
            back.push(from);
        }
        let ends = (0..TAGS).rev().filter(|tag| model::may_end(*tag as Tag));
        let mut tag = ends.max_by_key(|tag| held[*tag]).unwrap();
        let mut tags: Vec<Tag> = Vec::new();
        for from in back.iter().rev() {
            tags.push(tag as Tag);
            tag = from[tag];
        }
        tags.reverse();
        tags
    }

    /// Both readings, with nothing kept and nothing left out.
    fn slow(model: &Model, text: &str, lines: &[Line]) -> Vec<Vec<Tag>> {
        let first: Vec<Vec<Tag>> = lines.iter().map(|line| best(model, text, line, &[])).collect();
        let mut votes = Votes::default();
        lines.iter().zip(&first).for_each(|(line, tags)| votes.add(line, tags));
        lines.iter().for_each(|line| votes.add_small(line));
        let again = |(line, tags): (&Line, &Vec<Tag>)| best(model, text, line, &votes.seen(line, tags));
        lines.iter().zip(&first).map(again).collect()
    }

    fn agree(text: &str) {
        let words = Words::new(text);
        let (lines, model) = (atom::Lines::new(words.of(text)), Model::shipped());
        let all: Vec<Line> = lines.iter().collect();
        let mut reading = Reading::of(model, &lines);
        let quick: Vec<Vec<Tag>> = all.iter().map(|line| reading.again(line)).collect();
        assert_eq!(quick, slow(model, text, &all), "{text:?}");
        assert_eq!(quick, model.tags(text, &all));
    }

    #[test]
    fn what_is_kept_changes_nothing() {
        for text in [
            "",
            "Lee",
            "Mr Putin met Sergei Lavrov of the Bank of the West in Port-au-Prince. Lavrov left.\nU.S. Gen. Ann Lee’s BM-21.",
            "KYIV SAYS PUTIN LIED\n\nKyiv said on Monday that Putin, 70, had lied to Kyiv Post. The post was late, said Ban Ki-moon",
        ] {
            agree(text);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_changes_no_line(text in "((Ann|Lee|Kyiv|Bank|of|the|West|UN|said|in|Mr|J|Paris Match|Smith’s|police|[A-Za-z]{1,6}|[0-9]{1,3}|[-.,“]|\n) ?){0,60}") {
            agree(&text);
        }
    }
}
