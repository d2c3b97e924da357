//! Which names of a document are one.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::label::Label;
use super::lexicon::{self, flag};
use super::lists;
use super::mention::Mention;
use super::place::{self, Sort};
use crate::limits::{MAX_FORMS, MAX_NAME_BYTES, MAX_NAMESAKES};

/// Different names that room is asked for at once: most pages have fewer.
const USUAL: usize = 64;

/// Names that are one: its label, and the fullest form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub label: Label,
    pub canonical: Arc<str>,
}

/// A name as it is compared: words in small letters, without accents, full stops and generation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    words: Vec<String>,
    /// The letters of a name in capitals: "ISW"; else empty.
    acronym: String,
    /// "isw" and "iftsow" of "Institute for the Study of War".
    initials: Vec<String>,
    /// The words of an organisation but for those that link, in an order of their own: "Ministry of Defence", "Defence Ministry".
    told: Vec<String>,
    /// A place with its spelling brought to one, and what a country or a large city is called by all its names.
    alias: Vec<String>,
}

/// As quick as it may be: forms whose words are the same are nearly always one.
impl Hash for Form {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

/// The forms of the names of a text, each once.
struct Forms {
    /// Each with the numbers of the words under which it is looked for; that of a name of one word comes first.
    list: Vec<(Form, Vec<usize>)>,
    /// How many such words there are; those of different groups have numbers of their own.
    words: usize,
    /// For each mention the number of its form; those of different groups have forms of their own.
    of: Vec<usize>,
}

impl Forms {
    fn of(text: &str, mentions: &[Mention]) -> Self {
        let room = mentions.len().min(USUAL);
        let mut numbers: HashMap<(u8, Form), usize> = HashMap::with_capacity(room);
        let mut by_name: HashMap<(u8, &str), usize> = HashMap::with_capacity(room);
        let mut number = |mention: &Mention| {
            let (group, name) = (group(mention.label), mention.span.of(text));
            *by_name.entry((group, name)).or_insert_with(|| {
                let next = numbers.len();
                *numbers.entry((group, form(name, group))).or_insert(next)
            })
        };
        let of = mentions.iter().map(&mut number).collect();
        let mut list: Vec<((u8, Form), usize)> = numbers.into_iter().collect();
        list.sort_unstable_by_key(|(_, number)| *number);
        let mut words: HashMap<(u8, String), usize> = HashMap::with_capacity(2 * room);
        let mut numbered = |group: u8, form: &Form| {
            let number = |key: &str| {
                let next = words.len();
                *words.entry((group, key.to_owned())).or_insert(next)
            };
            keys(group, form).into_iter().map(number).collect()
        };
        let list = list.into_iter().map(|((group, form), _)| (numbered(group, &form), form));
        let list = list.map(|(keys, form)| (form, keys)).collect();
        Self { list, words: words.len(), of }
    }

    /// The form of that mention, the form's number, and its words.
    fn get(&self, mention: usize) -> Option<(usize, &Form, &[usize])> {
        let number = *self.of.get(mention)?;
        let (form, words) = self.list.get(number)?;
        Some((number, form, words))
    }
}

struct Cluster<'f> {
    label: Label,
    forms: Vec<&'f Form>,
    canonical: String,
    /// The number of the last mention.
    last: usize,
}

/// For each mention the number of its entity; and the entities.
pub(super) fn merge(text: &str, mentions: &[Mention]) -> (Vec<usize>, Vec<Merged>) {
    let forms = Forms::of(text, mentions);
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut exact: Vec<Option<usize>> = vec![None; forms.list.len()];
    let mut by_word: Vec<Vec<usize>> = vec![Vec::new(); forms.words];
    let mut of = vec![0; mentions.len()];
    // Full names first, so that a headline's "Zelensky" finds the "Volodymyr Zelensky" below it.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|number| {
        std::cmp::Reverse(forms.get(*number).map_or(0, |(_, form, _)| form.words.len().min(2)))
    });
    for number in order {
        let (Some(mention), Some((at, form, keys))) = (mentions.get(number), forms.get(number)) else {
            continue;
        };
        let group = group(mention.label);
        let known = exact.get(at).copied().flatten();
        let found = known.filter(|_| !ambiguous(&clusters, &by_word, group, form, keys));
        let found = found.or_else(|| link(&clusters, &by_word, group, form, keys, number));
        let chosen = found.unwrap_or(clusters.len());
        if found.is_none() {
            let canonical = String::new();
            clusters.push(Cluster { label: mention.label, forms: Vec::new(), canonical, last: number });
        }
        let Some(cluster) = clusters.get_mut(chosen) else { continue };
        cluster.last = number;
        if !cluster.forms.contains(&form) && cluster.forms.len() < MAX_FORMS {
            for key in keys {
                if let Some(list) = by_word.get_mut(*key).filter(|list| list.last() != Some(&chosen)) {
                    list.push(chosen);
                }
            }
            cluster.forms.push(form);
        }
        if let Some(slot) = exact.get_mut(at).filter(|slot| slot.is_none()) {
            *slot = Some(chosen);
        }
        fuller(cluster, mention.span.of(text));
        if let Some(slot) = of.get_mut(number) {
            *slot = chosen;
        }
    }
    numbered(&of, &clusters)
}

/// Entities numbered in the order of their first mention.
fn numbered(of: &[usize], clusters: &[Cluster<'_>]) -> (Vec<usize>, Vec<Merged>) {
    let mut new: Vec<Option<usize>> = vec![None; clusters.len()];
    let mut merged = Vec::new();
    let mut numbers = Vec::with_capacity(of.len());
    for old in of {
        let Some(new) = new.get_mut(*old) else { continue };
        let number = *new.get_or_insert_with(|| {
            let cluster = clusters.get(*old);
            merged.push(Merged {
                label: cluster.map_or(Label::Org, |cluster| cluster.label),
                canonical: cluster.map_or_else(Arc::default, |cluster| cluster.canonical.as_str().into()),
            });
            merged.len() - 1
        });
        numbers.push(number);
    }
    (numbers, merged)
}

fn fuller(cluster: &mut Cluster<'_>, name: &str) {
    let size = |name: &str| {
        (name.split_whitespace().count(), name.chars().any(char::is_lowercase), name.chars().count())
    };
    if name.len() <= MAX_NAME_BYTES && (cluster.canonical.is_empty() || size(name) > size(&cluster.canonical))
    {
        cluster.canonical = name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

fn group(label: Label) -> u8 {
    match label {
        Label::Person => 0,
        Label::Org => 1,
        Label::Gpe | Label::Loc | Label::Fac => 2,
        Label::Norp => 3,
        Label::Event => 4,
        Label::Product => 5,
    }
}

/// The words of a person's name without title, generation and article: "Dr. King", "J.K. Rowling", "el-Sisi".
fn person_words(name: &str) -> Vec<String> {
    let lists = lists::english();
    let apart = name.replace('.', ". ");
    let mut words = place::plain_words(&apart);
    let article = |word: &String| matches!(word.as_str(), "al" | "el");
    if words.iter().any(|word| !article(word) && !lists.generations.contains(word.as_str())) {
        words.retain(|word| !article(word) && !lists.generations.contains(word.as_str()));
    }
    while words.len() > 1 && words.first().is_some_and(|first| lists.role_words.contains(first.as_str())) {
        words.remove(0);
    }
    words
}

/// A word in one of its two spellings: "World Health Organisation" is the "World Health Organization".
fn american(word: &str) -> String {
    match word {
        "defence" => "defense".to_owned(),
        "centre" => "center".to_owned(),
        "labour" => "labor".to_owned(),
        word => word.replace("isation", "ization"),
    }
}

fn form(name: &str, group: u8) -> Form {
    let upper: String = name.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let capitals = upper.chars().filter(|c| c.is_uppercase()).count();
    let acronym =
        (2..=8).contains(&upper.len()) && capitals >= 2 && !name.trim_end_matches('.').contains(' ');
    let words = match group {
        0 => person_words(name),
        1 => place::plain_words(name).iter().map(|word| american(word)).collect(),
        _ => place::plain_words(name),
    };
    let spelled = matches!(group, 1 | 2) || (group == 0 && words.len() > 2);
    Form {
        initials: if spelled { initials(&words) } else { Vec::new() },
        told: if group == 1 { told(&words) } else { Vec::new() },
        alias: if group == 2 { alias(name) } else { Vec::new() },
        acronym: if acronym { upper.to_lowercase() } else { String::new() },
        words,
    }
}

/// The words under which a form is looked for, each once; its own come first.
fn keys(group: u8, form: &Form) -> Vec<&str> {
    let initials = if group <= 2 { form.initials.as_slice() } else { &[] };
    let acronym = Some(&form.acronym).filter(|acronym| group <= 2 && !acronym.is_empty());
    let alias = if group == 2 { form.alias.as_slice() } else { &[] };
    let mut keys: Vec<&str> = Vec::new();
    for key in form.words.iter().chain(initials).chain(acronym).chain(alias) {
        if !key.is_empty() && !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys
}

fn initials(words: &[String]) -> Vec<String> {
    if words.len() < 2 {
        return Vec::new();
    }
    let first = |word: &String| word.chars().next();
    let all: String = words.iter().filter_map(first).collect();
    let large: String = words.iter().filter(|word| !links(word)).filter_map(first).collect();
    vec![all, large]
}

fn told(words: &[String]) -> Vec<String> {
    let mut told: Vec<String> = words.iter().filter(|word| !links(word)).cloned().collect();
    told.sort_unstable();
    told
}

/// Whether a word only links the others of a name.
fn links(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "and" | "in" | "on" | "to" | "de" | "du" | "la")
}

fn alias(name: &str) -> Vec<String> {
    let mut aliases = vec![place::folded(name)];
    // "Washington, D.C."
    aliases.extend(name.split_once(',').map(|(first, _)| place::folded(first)));
    let found = place::candidates(name);
    let country = found.iter().find(|place| place.sort == Sort::Country);
    let largest = found.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    let city = largest.filter(|place| place.size > 17. && place.sort == Sort::City);
    aliases.extend(country.map(|country| format!("={}", country.country)));
    aliases.extend(city.filter(|_| country.is_none()).map(|city| format!("#{}", city.number)));
    aliases
}

/// Whether a name of one word could be short for several others: then the nearest is taken, not the first.
fn ambiguous(
    clusters: &[Cluster<'_>],
    by_word: &[Vec<usize>],
    group: u8,
    form: &Form,
    keys: &[usize],
) -> bool {
    let ([_], Some(word)) = (form.words.as_slice(), keys.first()) else { return false };
    group <= 1
        && by_word.get(*word).is_some_and(|list| {
            list.iter()
                .rev()
                .take(MAX_NAMESAKES)
                .filter(|number| {
                    clusters.get(**number).is_some_and(|cluster| full_with(cluster, group, form))
                })
                .count()
                > 1
        })
}

fn full_with(cluster: &Cluster<'_>, group: u8, form: &Form) -> bool {
    let told =
        |full: &Form| if group == 0 { full.words.last() } else { head(&full.words) } == form.words.last();
    cluster.forms.iter().any(|full| full.words.len() > 1 && told(full))
}

/// The word that says what an organisation is: "Institute" of the "Institute for the Study of War", "United" of "Leeds United".
fn head(words: &[String]) -> Option<&String> {
    let link = words.iter().position(|word| matches!(word.as_str(), "of" | "for"));
    words.get(link.unwrap_or(words.len()).checked_sub(1)?)
}

/// The entity that this form is another form of: the one that was named last.
fn link(
    clusters: &[Cluster<'_>],
    by_word: &[Vec<usize>],
    group: u8,
    form: &Form,
    keys: &[usize],
    number: usize,
) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for key in keys {
        let list = by_word.get(*key).map_or(&[][..], Vec::as_slice);
        for candidate in list.iter().rev().take(MAX_NAMESAKES) {
            let Some(cluster) = clusters.get(*candidate) else { continue };
            let fits = match group {
                0 => same_person(&cluster.forms, form),
                1 => cluster.forms.iter().any(|other| same_org(other, form)),
                2 => cluster.forms.iter().any(|other| same_place(other, form)),
                _ => cluster.forms.contains(&form),
            };
            // The nearest before; failing that the nearest after.
            let away =
                if cluster.last <= number { number - cluster.last } else { cluster.last - number + 100_000 };
            if fits && best.is_none_or(|(least, _)| away < least) {
                best = Some((away, *candidate));
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn same_person(forms: &[&Form], form: &Form) -> bool {
    let conflict = forms
        .iter()
        .any(|other| other.words.len() > 1 && form.words.len() > 1 && !agree(&other.words, &form.words));
    !conflict && forms.iter().any(|other| agree(&other.words, &form.words) || spelled(other, form))
}

/// Whether one of two forms is the initials of the other: "JFK", "ISW".
fn spelled(a: &Form, b: &Form) -> bool {
    let of =
        |acronym: &Form, full: &Form| !acronym.acronym.is_empty() && full.initials.contains(&acronym.acronym);
    of(a, b) || of(b, a)
}

/// Whether two forms of a person's name can be one person's.
fn agree(a: &[String], b: &[String]) -> bool {
    let (full, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return false;
    }
    if let [only] = short {
        return full.iter().any(|word| word == only) && only.len() > 1;
    }
    let same = |x: &String, y: &String| {
        x == y || (x.len() == 1 && y.starts_with(x.as_str())) || (y.len() == 1 && x.starts_with(y.as_str()))
    };
    if full.last() != short.last() {
        // "Kim Jong Un" and "Kim Jong": the same words from the start.
        return full.len() > short.len() && full.windows(short.len()).any(|words| words == short);
    }
    let mut rest = full.iter();
    short.iter().all(|word| rest.any(|other| same(other, word)))
}

fn same_org(a: &Form, b: &Form) -> bool {
    if a.words == b.words || spelled(a, b) || a.told == b.told {
        return true;
    }
    let (full, short) =
        if a.words.len() > b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    let starts = full.len() > short.len() && full.starts_with(short);
    let ends = full.len() > short.len() && full.ends_with(short) && short.len() > 1;
    let told = short.iter().any(|word| word.len() > 3) && !short.iter().all(|word| general(word));
    // "The Institute said".
    let headed = full.len() > 1 && short.len() == 1 && head(full) == short.first();
    (starts || ends) && told || headed
}

/// Whether a word heads so many names that it tells none: "ministry", "north".
fn general(word: &str) -> bool {
    let mut title = word.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let flags = lexicon::flags(&title);
    flags
        & (flag::ORG_HEAD
            | flag::ORG_TAIL
            | flag::PLACE_HEAD
            | flag::PLACE_START
            | flag::DEMONYM
            | flag::COUNTRY
            | flag::CITY)
        != 0
}

fn same_place(a: &Form, b: &Form) -> bool {
    let known = |form: &Form| form.alias.len() > 1;
    a.words == b.words
        || a.alias.iter().any(|alias| b.alias.contains(alias))
        || (!known(a) && !known(b) && spelled(a, b))
}

/// The first full name decides what a later short one is: after "Aslan Maskhadov" no "Maskhadov" is a place.
pub(super) fn relabel(text: &str, mentions: &mut [Mention]) {
    let mut surnames: HashMap<String, ()> = HashMap::new();
    for mention in mentions.iter_mut() {
        let words = place::plain_words(mention.span.of(text));
        match (mention.label, words.as_slice()) {
            (Label::Person, [_, .., last]) => {
                surnames.insert(last.clone(), ());
            }
            (Label::Org | Label::Gpe | Label::Loc | Label::Fac, [only]) if surnames.contains_key(only) => {
                let flags = lexicon::flags(mention.span.of(text));
                if flags & (flag::CITY | flag::COUNTRY | flag::KNOWN_ORG) == 0 {
                    mention.label = Label::Person;
                }
            }
            _ => {}
        }
    }
}
