//! A conditional random field, trained with AdaGrad; tokens whose tag is open are summed over.

use std::collections::HashMap;
use std::path::Path;

use copydesk::entity::evidence::{Seen, Votes};
use copydesk::entity::features::{self, Sink, View};
use copydesk::entity::hash::HashedMap;
use copydesk::entity::model::{self, Model, TAGS, Tag};
use copydesk::text::Span;

use crate::records::{self, ANY, Doc};

type Scores = [f32; TAGS];
type Evidence = Vec<Option<Vec<Vec<Seen>>>>;

/// The features of a line, by token.
#[derive(Default)]
struct Features {
    ids: Vec<u32>,
    ends: Vec<u32>,
}

impl Features {
    fn of(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.ids[start..self.ends[place] as usize]
    }
}

struct Example {
    plain: Features,
    /// What lists of organisations say. They are hidden at times: a list knows more of the lines written here than of others.
    listed: Features,
    evidence: Features,
    masks: Vec<u16>,
    weight: f32,
    doc: usize,
}

#[derive(Default)]
struct Index {
    ids: HashedMap<u32>,
    keys: Vec<u64>,
    counts: HashedMap<u32>,
}

impl Index {
    /// The features that weigh most in a first training. What is shipped learns from them alone: cut after the last training,
    /// the others would take along what they had learned in their place.
    fn pruned(mut self, scout: &Weights, rows: usize) -> Self {
        let worth = |id: usize| size(&scout.rows[id]) * (self.counts[&self.keys[id]] as f32).sqrt().min(20.);
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
        order.truncate(rows);
        order.sort_unstable();
        self.keys = order.iter().map(|id| self.keys[*id]).collect();
        self.ids = self.keys.iter().enumerate().map(|(id, key)| (*key, id as u32)).collect();
        self
    }
}

/// The greatest of a feature's weights.
fn size(row: &Scores) -> f32 {
    row.iter().copied().fold(0_f32, |most, weight| most.max(weight.abs()))
}

struct Counter<'a>(&'a mut HashedMap<u32>);

impl Sink for Counter<'_> {
    fn feature(&mut self, _: u8, key: u64) {
        *self.0.entry(key).or_default() += 1;
    }
}

struct Lookup<'a>(&'a HashedMap<u32>, &'a mut Vec<u32>);

impl Sink for Lookup<'_> {
    fn feature(&mut self, _: u8, key: u64) {
        if let Some(id) = self.0.get(&key) {
            self.1.push(*id);
        }
    }
}

/// Looks features up, and keeps those of lists of organisations apart.
struct Apart<'a>(&'a HashedMap<u32>, &'a mut Vec<u32>, &'a mut Vec<u32>);

impl Sink for Apart<'_> {
    fn feature(&mut self, template: u8, key: u64) {
        if let Some(id) = self.0.get(&key) {
            let kept = if features::ORGANISATIONS.contains(&template) { &mut *self.2 } else { &mut *self.1 };
            kept.push(*id);
        }
    }
}

/// Numbers without a library: xorshift.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Weights {
    rows: Vec<Scores>,
    sums: Vec<Scores>,
    moves: [Scores; TAGS],
    move_sums: [Scores; TAGS],
    rate: f32,
}

const NEVER: f32 = -1e4;

impl Weights {
    fn new(count: usize) -> Self {
        let mut moves = [[0.; TAGS]; TAGS];
        for (before, row) in moves.iter_mut().enumerate() {
            for (after, weight) in row.iter_mut().enumerate() {
                if !model::may_follow(before as Tag, after as Tag) {
                    *weight = NEVER;
                }
            }
        }
        Self {
            rows: vec![[0.; TAGS]; count],
            sums: vec![[0.1; TAGS]; count],
            moves,
            move_sums: [[1.; TAGS]; TAGS],
            rate: 0.15,
        }
    }

    fn score(&self, ids: &[u32], kept: impl Fn(u32) -> bool, scale: f32) -> Scores {
        let mut sum = [0.; TAGS];
        for id in ids {
            if kept(*id) {
                for (sum, weight) in sum.iter_mut().zip(&self.rows[*id as usize]) {
                    *sum += weight;
                }
            }
        }
        sum.map(|s| s * scale)
    }

    fn learn(&mut self, id: u32, slope: &Scores) {
        let (row, sums) = (&mut self.rows[id as usize], &mut self.sums[id as usize]);
        for tag in 0..TAGS {
            sums[tag] += slope[tag] * slope[tag];
            row[tag] -= self.rate * slope[tag] / sums[tag].sqrt();
        }
    }
}

/// Forward and backward over a line: the probability of each tag at each token, and of each move summed over the line.
struct Chain {
    alpha: Vec<Scores>,
    beta: Vec<Scores>,
    held: Vec<Scores>,
}

impl Chain {
    fn new() -> Self {
        Self { alpha: Vec::new(), beta: Vec::new(), held: Vec::new() }
    }

    fn run(
        &mut self,
        scores: &[Scores],
        moves: &[Scores; TAGS],
        masks: Option<&[u16]>,
        tags: &mut Vec<Scores>,
        pairs: &mut [Scores; TAGS],
        sign: f32,
    ) -> bool {
        let n = scores.len();
        self.held.clear();
        for (place, row) in scores.iter().enumerate() {
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            let mut held = row.map(|s| (s - top).exp().max(1e-30));
            if let Some(masks) = masks {
                for (tag, h) in held.iter_mut().enumerate() {
                    if masks[place] >> tag & 1 == 0 {
                        *h = 0.;
                    }
                }
            }
            self.held.push(held);
        }
        self.alpha.clear();
        for place in 0..n {
            let mut row = [0.; TAGS];
            if place == 0 {
                for tag in 0..TAGS {
                    row[tag] = self.held[0][tag] * moves[0][tag];
                }
            } else {
                let last = self.alpha[place - 1];
                for before in 0..TAGS {
                    for tag in 0..TAGS {
                        row[tag] += last[before] * moves[before][tag];
                    }
                }
                for tag in 0..TAGS {
                    row[tag] *= self.held[place][tag];
                }
            }
            if !scaled(&mut row) {
                return false;
            }
            self.alpha.push(row);
        }
        self.beta.clear();
        self.beta.resize(n, [0.; TAGS]);
        for tag in 0..TAGS {
            self.beta[n - 1][tag] = if model::may_end(tag as Tag) { 1. } else { 0. };
        }
        for place in (0..n - 1).rev() {
            let mut next = self.beta[place + 1];
            for tag in 0..TAGS {
                next[tag] *= self.held[place + 1][tag];
            }
            let mut row = [0.; TAGS];
            for before in 0..TAGS {
                row[before] = (0..TAGS).map(|tag| moves[before][tag] * next[tag]).sum();
            }
            if !scaled(&mut row) {
                return false;
            }
            self.beta[place] = row;
        }
        tags.clear();
        for place in 0..n {
            let mut row = [0.; TAGS];
            for tag in 0..TAGS {
                row[tag] = self.alpha[place][tag] * self.beta[place][tag];
            }
            if !scaled(&mut row) {
                return false;
            }
            tags.push(row);
            if place > 0 {
                let mut both = [[0.; TAGS]; TAGS];
                let mut sum = 0.;
                for before in 0..TAGS {
                    for tag in 0..TAGS {
                        let p = self.alpha[place - 1][before]
                            * moves[before][tag]
                            * self.held[place][tag]
                            * self.beta[place][tag];
                        both[before][tag] = p;
                        sum += p;
                    }
                }
                for before in 0..TAGS {
                    for tag in 0..TAGS {
                        pairs[before][tag] += sign * both[before][tag] / sum.max(1e-30);
                    }
                }
            }
        }
        true
    }
}

fn scaled(row: &mut Scores) -> bool {
    let sum: f32 = row.iter().sum();
    if sum.is_nan() || sum <= 0. {
        return false;
    }
    for value in row.iter_mut() {
        *value /= sum;
    }
    true
}

fn index(docs: &[&Doc], least: u32, evidence: &[Option<Vec<Vec<Seen>>>]) -> Index {
    let mut index = Index::default();
    for (doc, seen) in docs.iter().zip(evidence) {
        for (number, line) in doc.lines.iter().enumerate() {
            let view = View::new(&doc.text, line);
            for place in 0..line.atoms.len() {
                view.features(place, &mut Counter(&mut index.counts));
                if let Some(seen) = seen {
                    features::evidence(&seen[number], line, place, &mut Counter(&mut index.counts));
                }
            }
        }
    }
    let mut kept: Vec<u64> = index.counts.iter().filter(|(_, n)| **n >= least).map(|(key, _)| *key).collect();
    kept.sort_unstable();
    index.ids = kept.iter().enumerate().map(|(id, key)| (*key, id as u32)).collect();
    index.keys = kept;
    index
}

fn examples(
    docs: &[&Doc],
    index: &Index,
    evidence: &[Option<Vec<Vec<Seen>>>],
    weight: impl Fn(&Doc) -> f32,
) -> Vec<Example> {
    let mut made = Vec::new();
    for (number, (doc, seen)) in docs.iter().zip(evidence).enumerate() {
        for (at, (line, masks)) in doc.lines.iter().zip(&doc.masks).enumerate() {
            let view = View::new(&doc.text, line);
            let (mut plain, mut listed, mut more) =
                (Features::default(), Features::default(), Features::default());
            for place in 0..line.atoms.len() {
                view.features(place, &mut Apart(&index.ids, &mut plain.ids, &mut listed.ids));
                plain.ends.push(plain.ids.len() as u32);
                listed.ends.push(listed.ids.len() as u32);
                if let Some(seen) = seen {
                    features::evidence(&seen[at], line, place, &mut Lookup(&index.ids, &mut more.ids));
                }
                more.ends.push(more.ids.len() as u32);
            }
            made.push(Example {
                plain,
                listed,
                evidence: more,
                masks: masks.clone(),
                weight: weight(doc),
                doc: number,
            });
        }
    }
    made
}

fn fit(examples: &[Example], count: usize, epochs: usize, draw: &mut Draw) -> Weights {
    let mut weights = Weights::new(count);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chain = Chain::new();
    let (mut free, mut held): (Vec<Scores>, Vec<Scores>) = (Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (draw.next() % (at as u64 + 1)) as usize);
        }
        weights.rate = 0.15 * (1. - 0.85 * epoch as f32 / epochs as f32);
        let with_evidence = draw.next();
        for number in &order {
            let example = &examples[*number];
            let salt = draw.next();
            let evidence = !mix(with_evidence, example.doc as u64).is_multiple_of(4);
            step(&mut weights, example, salt, evidence, &mut chain, &mut free, &mut held);
        }
        eprintln!("  epoch {} of {epochs}", epoch + 1);
    }
    weights
}

/// The mean of several sets of weights, each learned in another order and with other features left out.
fn mean(fits: Vec<Weights>) -> Weights {
    let share = 1. / fits.len() as f32;
    let mut fits = fits.into_iter();
    let mut mean = fits.next().unwrap();
    for other in fits {
        let rows = mean.rows.iter_mut().zip(&other.rows).chain(mean.moves.iter_mut().zip(&other.moves));
        rows.for_each(|(row, other)| row.iter_mut().zip(other).for_each(|(sum, weight)| *sum += weight));
    }
    let rows = mean.rows.iter_mut().chain(mean.moves.iter_mut());
    rows.for_each(|row| row.iter_mut().for_each(|sum| *sum *= share));
    mean
}

fn mix(a: u64, b: u64) -> u64 {
    copydesk::entity::hash::mix(a, b)
}

/// Each feature is left out one time in six, so that none is relied on alone.
fn stays(salt: u64, id: u32) -> bool {
    !(mix(salt, u64::from(id)) >> 32).is_multiple_of(6)
}

fn step(
    weights: &mut Weights,
    example: &Example,
    salt: u64,
    evidence: bool,
    chain: &mut Chain,
    free: &mut Vec<Scores>,
    held: &mut Vec<Scores>,
) {
    let n = example.masks.len();
    let mut whole: Vec<&Features> = Vec::new();
    whole.extend(evidence.then_some(&example.evidence));
    whole.extend((!(salt >> 40).is_multiple_of(3)).then_some(&example.listed));
    let scores: Vec<Scores> = (0..n)
        .map(|place| {
            let mut sum = weights.score(example.plain.of(place), |id| stays(salt, id), 1.2);
            for part in &whole {
                let more = weights.score(part.of(place), |_| true, 1.);
                sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            }
            sum
        })
        .collect();
    let moves = weights.moves.map(|row| row.map(f32::exp));
    let mut pairs = [[0.; TAGS]; TAGS];
    if !chain.run(&scores, &moves, None, free, &mut pairs, 1.)
        || !chain.run(&scores, &moves, Some(&example.masks), held, &mut pairs, -1.)
    {
        return;
    }
    for place in 0..n {
        let mut slope = [0.; TAGS];
        let mut size = 0.;
        for tag in 0..TAGS {
            slope[tag] = (free[place][tag] - held[place][tag]) * example.weight;
            size += slope[tag].abs();
        }
        if size < 1e-3 {
            continue;
        }
        for id in example.plain.of(place) {
            if stays(salt, *id) {
                weights.learn(*id, &slope);
            }
        }
        for id in whole.iter().flat_map(|part| part.of(place)) {
            weights.learn(*id, &slope);
        }
    }
    for before in 0..TAGS {
        for after in 0..TAGS {
            if weights.moves[before][after] > NEVER {
                let slope = pairs[before][after] * example.weight;
                weights.move_sums[before][after] += slope * slope;
                weights.moves[before][after] -= 0.1 * slope / weights.move_sums[before][after].sqrt();
            }
        }
    }
}

/// The tags of every line by weights that are not packed yet; no evidence.
fn first_reading(doc: &Doc, index: &Index, weights: &Weights) -> Vec<Vec<Tag>> {
    let read = |line: &copydesk::entity::atom::Line| {
        let view = View::new(&doc.text, line);
        let scores: Vec<Scores> = (0..line.atoms.len())
            .map(|place| {
                let mut ids = Vec::new();
                view.features(place, &mut Lookup(&index.ids, &mut ids));
                weights.score(&ids, |_| true, 1.)
            })
            .collect();
        best(&scores, &weights.moves)
    };
    doc.lines.iter().map(read).collect()
}

fn best(scores: &[Scores], moves: &[Scores; TAGS]) -> Vec<Tag> {
    let mut held = [f32::MIN / 4.; TAGS];
    held[0] = 0.;
    let mut back = Vec::new();
    for row in scores {
        let (mut next, mut from) = ([f32::MIN; TAGS], [0 as Tag; TAGS]);
        for before in 0..TAGS {
            for tag in 0..TAGS {
                let sum = held[before] + moves[before][tag] + row[tag];
                if sum > next[tag] {
                    (next[tag], from[tag]) = (sum, before as Tag);
                }
            }
        }
        held = next;
        back.push(from);
    }
    let mut tag = (0..TAGS)
        .filter(|tag| model::may_end(*tag as Tag))
        .max_by(|a, b| held[*a].total_cmp(&held[*b]))
        .unwrap() as Tag;
    let mut tags = Vec::new();
    for from in back.iter().rev() {
        tags.push(tag);
        tag = from[usize::from(tag)];
    }
    tags.reverse();
    tags
}

fn seen_of(doc: &Doc, tags: &[Vec<Tag>]) -> Vec<Vec<Seen>> {
    let mut votes = Votes::default();
    for (line, tags) in doc.lines.iter().zip(tags) {
        votes.add(line, tags);
    }
    for line in &doc.lines {
        votes.add_small(line);
    }
    doc.lines.iter().zip(tags).map(|(line, tags)| votes.seen(line, tags)).collect()
}

/// `set=weight` for what is learned from; `--hold set:every` keeps every so-many-th document out.
pub fn train(folder: &str, out: &str, options: &[&str]) {
    let mut draw = Draw(0x9E37_79B9);
    let mut weights_of: HashMap<String, f32> = HashMap::new();
    let (mut holds, mut rows, mut epochs): (HashMap<String, usize>, usize, usize) =
        (HashMap::new(), 220_000, 7);
    let mut bags = 1;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--hold" => {
                let (set, every) = options.next().unwrap().split_once(':').unwrap();
                holds.insert(set.to_owned(), every.parse().unwrap());
            }
            "--rows" => rows = options.next().unwrap().parse().unwrap(),
            "--bags" => bags = options.next().unwrap().parse().unwrap(),
            "--epochs" => epochs = options.next().unwrap().parse().unwrap(),
            other => {
                let (set, weight) = other.split_once('=').unwrap();
                weights_of.insert(set.to_owned(), weight.parse().unwrap());
            }
        }
    }
    let mut docs: Vec<Doc> = Vec::new();
    let mut sets: Vec<&String> = weights_of.keys().collect();
    sets.sort();
    for set in sets {
        let every = holds.get(set).copied().unwrap_or(usize::MAX);
        let read = records::read(&Path::new(folder).join(format!("{set}.jsonl")));
        for (_, mut doc) in
            read.into_iter().enumerate().filter(|(n, _)| every == usize::MAX || n % every != 0)
        {
            doc.set.clone_from(set);
            let other = records::shouted(&doc, &mut || draw.unit());
            docs.push(doc);
            docs.extend(other);
        }
    }
    let tokens: usize = docs.iter().flat_map(|doc| &doc.lines).map(|line| line.atoms.len()).sum();
    eprintln!("{} documents, {tokens} tokens", docs.len());
    let weight = |doc: &Doc| weights_of[&doc.set];
    let evidence = cross_read(&docs, &weight, &mut draw);
    let all: Vec<&Doc> = docs.iter().collect();
    let index = index(&all, 3, &evidence);
    eprintln!("{} features", index.keys.len());
    let scout = fit(&examples(&all, &index, &evidence, weight), index.keys.len(), 3, &mut draw);
    let index = index.pruned(&scout, rows);
    let made = examples(&all, &index, &evidence, weight);
    let fits = (0..bags).map(|_| fit(&made, index.keys.len(), epochs, &mut draw)).collect();
    let weights = mean(fits);
    write(&index, &weights, out);
}

/// What each document says of its own words, as read by a model that has not seen it.
fn cross_read(docs: &[Doc], weight: &impl Fn(&Doc) -> f32, draw: &mut Draw) -> Evidence {
    let mut evidence: Evidence = docs.iter().map(|_| None).collect();
    for half in 0..2 {
        let mine: Vec<&Doc> =
            docs.iter().enumerate().filter(|(n, _)| n / 2 % 2 != half).map(|(_, doc)| doc).collect();
        let none: Vec<Option<_>> = mine.iter().map(|_| None).collect();
        let index = index(&mine, 3, &none);
        let weights = fit(&examples(&mine, &index, &none, weight), index.keys.len(), 3, draw);
        for (number, doc) in docs.iter().enumerate().filter(|(n, _)| n / 2 % 2 == half) {
            let tags = first_reading(doc, &index, &weights);
            evidence[number] = Some(seen_of(doc, &tags));
        }
    }
    evidence
}

/// A weight in eight bits. The smallest say nothing: a sixth of the packed file is saved, and the figures stay.
fn packed(weight: f32, scale: f32) -> u8 {
    let packed = (weight * scale).round().clamp(-127., 127.) as i8;
    (if packed.abs() <= 4 { 0 } else { packed }) as u8
}

fn write(index: &Index, weights: &Weights, out: &str) {
    let mut sizes: Vec<f32> = weights.rows.iter().map(size).collect();
    sizes.sort_by(f32::total_cmp);
    let clip = sizes[sizes.len() * 999 / 1000];
    let scale = 127. / clip;
    eprintln!("clip {clip}");
    let mut bytes: Vec<u8> = Vec::new();
    for row in &weights.moves {
        for weight in row {
            let packed = if *weight <= NEVER { -20_000 } else { (weight * scale).round() as i16 };
            bytes.extend(packed.to_le_bytes());
        }
    }
    bytes.extend((index.keys.len() as u32).to_le_bytes());
    let mut home = 0;
    for (key, row) in index.keys.iter().zip(&weights.rows) {
        let mut step = model::slot(*key) - home;
        home += step;
        while step >= 255 {
            bytes.push(255);
            step -= 255;
        }
        bytes.push(step as u8);
        bytes.extend(model::mark(*key).to_le_bytes());
        bytes.extend(row.iter().map(|weight| packed(*weight, scale)));
    }
    std::fs::write(out, &bytes).unwrap();
    eprintln!("{} rows, {} bytes", index.keys.len(), bytes.len());
}

/// Exact spans, PER, ORG and LOC; `show`: with the names that are told and not gold (+), and gold and not told (-).
pub fn score(file: &str, path: &str, show: bool) {
    let bytes: &'static [u8] = Box::leak(std::fs::read(file).unwrap().into_boxed_slice());
    let model = Model::read(bytes);
    let (mut hit, mut told, mut gold) = ([0; 4], [0; 4], [0; 4]);
    for doc in records::read(Path::new(path)) {
        for ((line, tags), masks) in doc.lines.iter().zip(model.tags(&doc.text, &doc.lines)).zip(&doc.masks) {
            let right: Vec<Tag> = masks
                .iter()
                .map(|mask| if *mask == ANY { 0 } else { mask.trailing_zeros() as Tag })
                .collect();
            let open = |name: &model::Name| (name.start..name.end).any(|place| masks[place] == ANY);
            let mine: Vec<_> = model::names(&tags).into_iter().filter(|name| !open(name)).collect();
            let theirs = model::names(&right);
            assert_eq!(line.atoms.len(), tags.len());
            for name in &mine {
                told[name.kind] += 1;
                hit[name.kind] += usize::from(theirs.contains(name));
            }
            theirs.iter().for_each(|name| gold[name.kind] += 1);
            if show {
                mine.iter()
                    .filter(|name| !theirs.contains(name))
                    .for_each(|name| shown('+', &doc, line, name));
                theirs
                    .iter()
                    .filter(|name| !mine.contains(name))
                    .for_each(|name| shown('-', &doc, line, name));
            }
        }
    }
    let f1 = |hit: usize, told: usize, gold: usize| 200. * hit as f64 / (told + gold).max(1) as f64;
    let three = |n: &[usize; 4]| n[..3].iter().sum::<usize>();
    println!(
        "{path}: {:.2}  PER {:.1} ORG {:.1} LOC {:.1} NORP {:.1}",
        f1(three(&hit), three(&told), three(&gold)),
        f1(hit[0], told[0], gold[0]),
        f1(hit[1], told[1], gold[1]),
        f1(hit[2], told[2], gold[2]),
        f1(hit[3], told[3], gold[3])
    );
}

/// One name in its surroundings.
fn shown(sign: char, doc: &Doc, line: &copydesk::entity::atom::Line, name: &model::Name) {
    let text = |from: usize, to: usize| {
        let span = line.atoms[from].span.cover(line.atoms[to - 1].span);
        span.of(&doc.text)
    };
    let (before, after) = (name.start.saturating_sub(6), (name.end + 5).min(line.atoms.len()));
    let kind = model::KINDS[name.kind];
    println!("{sign}{kind} [{}]  {}", text(name.start, name.end), text(before, after));
}

/// The records with the names that the model tells, so that a reader can hold both readings against each other.
pub fn tag(file: &str, path: &str, out: &str) {
    let bytes: &'static [u8] = Box::leak(std::fs::read(file).unwrap().into_boxed_slice());
    let model = Model::read(bytes);
    let text = std::fs::read_to_string(path).unwrap();
    let mut rows = String::new();
    for (record, doc) in text.lines().zip(records::read(Path::new(path))) {
        let mut record: serde_json::Value = serde_json::from_str(record).unwrap();
        let place = |byte: usize| Span::new(0, byte).of(&doc.text).chars().count();
        let mut told = Vec::new();
        for (line, tags) in doc.lines.iter().zip(model.tags(&doc.text, &doc.lines)) {
            for name in model::names(&tags) {
                let span = line.atoms[name.start].span.cover(line.atoms[name.end - 1].span);
                told.push(serde_json::json!([
                    place(span.start()),
                    place(span.end()),
                    model::KINDS[name.kind]
                ]));
            }
        }
        record["told"] = told.into();
        rows.push_str(&format!("{record}\n"));
    }
    std::fs::write(out, rows).unwrap();
}
