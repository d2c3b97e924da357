//! Places of the world, by the folded forms of their names.

use std::sync::LazyLock;

use super::hash;
use super::table::{Bytes, Keys};

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A country.
    Country,
    /// A first-order part of a country.
    Region,
    /// A county or the like.
    County,
    /// A city, town or village.
    City,
    /// A continent, sea, river, mountain or a region without a border.
    Other,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its number in the gazetteer.
    pub number: usize,
    /// Its sort.
    pub sort: Sort,
    /// ISO 3166-1 alpha-2; empty for what lies in none or several.
    pub country: &'static str,
    /// The number of the region it lies in.
    pub region: usize,
    /// The logarithm (base 2) of its inhabitants.
    pub size: f64,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Its number at GeoNames; 0: none is known.
    pub geonames: u32,
}

/// A place by its number, which takes less room where there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    number: u32,
    /// Whether the place is meant itself, and not something in it that the gazetteer lacks.
    itself: bool,
}

impl Spot {
    /// Where `place` lies.
    #[must_use]
    pub fn of(place: Place) -> Self {
        Self { number: place.number as u32, itself: place.geonames > 0 }
    }

    /// The place; what lies in it has no number at GeoNames.
    #[must_use]
    pub fn place(self) -> Option<Place> {
        let place = GAZETTEER.place(self.number as usize)?;
        Some(if self.itself { place } else { Place { geonames: 0, ..place } })
    }
}

/// It is read where it lies: decoding all of it would take longer than a text does.
struct Gazetteer {
    keys: Keys,
    /// How many places each key has, and what sort of organisation.
    counts: &'static [u8],
    /// Where the places of every `STEP`th key start in `lists`.
    starts: Vec<usize>,
    /// For each key the numbers of its places.
    lists: &'static [[u8; 3]],
    codes: &'static [u8],
    rows: &'static [u8],
}

/// Bytes of a place in the file.
pub const ROW: usize = 13;

/// Keys from one of `starts` to the next.
const STEP: usize = 64;

/// In the file the number of a name's places and its sort of organisation are one byte: the number, and the sort times this.
pub const ORGANISATION: u8 = 64;

static PLACES: &[u8] = include_bytes!("data/places.bin");

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut bytes = Bytes::new(PLACES);
    let keys = Keys::read(&mut bytes);
    let counts = bytes.take(keys.len());
    let mut starts = vec![0];
    let mut all = 0;
    for step in counts.chunks(STEP) {
        all += sum(step);
        starts.push(all);
    }
    let lists = bytes.take(all * 3).as_chunks().0;
    let codes = bytes.u32();
    let codes = bytes.take(codes * 2);
    let rows = bytes.u32();
    let rows = bytes.take(rows * ROW);
    Gazetteer { keys, counts, starts, lists, codes, rows }
});

fn sum(counts: &[u8]) -> usize {
    counts.iter().map(|count| places(*count)).sum()
}

fn places(count: u8) -> usize {
    usize::from(count % ORGANISATION)
}

impl Gazetteer {
    /// The numbers of the places that a key has.
    fn numbers(&self, key: usize) -> impl Iterator<Item = usize> {
        let before = self.counts.get(key - key % STEP..key).unwrap_or(&[]);
        let start = self.starts.get(key / STEP).map_or(0, |start| start + sum(before));
        let count = self.counts.get(key).map_or(0, |count| places(*count));
        let list = self.lists.get(start..start + count).unwrap_or(&[]);
        list.iter().map(|[low, middle, high]| u32::from_le_bytes([*low, *middle, *high, 0]) as usize)
    }

    fn of_key(&self, key: usize) -> impl Iterator<Item = Place> {
        self.numbers(key).filter_map(|number| self.place(number))
    }

    fn organisation(&self, key: usize) -> u8 {
        self.counts.get(key).map_or(0, |count| count / ORGANISATION)
    }

    fn rank(&self, key: usize) -> u8 {
        let rank = |place: Place| match place.sort {
            Sort::Country => 7,
            Sort::Region => 6,
            Sort::Other => 5,
            Sort::City if place.size > 17. => 4,
            Sort::City if place.size > 14. => 3,
            Sort::City if place.size > 11.5 => 2,
            Sort::County | Sort::City => 1,
        };
        self.of_key(key).map(rank).max().unwrap_or(0)
    }

    fn place(&self, number: usize) -> Option<Place> {
        let row: &[u8; ROW] = self.rows.get(number * ROW..(number + 1) * ROW)?.try_into().ok()?;
        let [a, b, c, d, country, sort, size, r0, r1, i0, i1, i2, i3] = *row;
        let code = usize::from(country) * 2;
        let sort = match sort {
            0 => Sort::Country,
            1 => Sort::Region,
            2 => Sort::County,
            3 => Sort::City,
            _ => Sort::Other,
        };
        Some(Place {
            number,
            sort,
            country: self
                .codes
                .get(code..code + 2)
                .and_then(|two| std::str::from_utf8(two).ok())
                .unwrap_or("")
                .trim(),
            region: usize::from(u16::from_le_bytes([r0, r1])),
            size: f64::from(size) / 8.,
            lat: f64::from(u16::from_le_bytes([a, b])) * 180. / 65_535. - 90.,
            lon: f64::from(u16::from_le_bytes([c, d])) * 360. / 65_535. - 180.,
            geonames: u32::from_le_bytes([i0, i1, i2, i3]),
        })
    }
}

/// Where all places lie, degrees north and east.
pub fn coordinates() -> impl Iterator<Item = (f64, f64)> {
    let gazetteer = &*GAZETTEER;
    (0..gazetteer.rows.len() / ROW)
        .filter_map(|number| gazetteer.place(number))
        .map(|place| (place.lat, place.lon))
}

/// The places that may be meant by `name`.
#[must_use]
pub fn candidates(name: &str) -> Vec<Place> {
    of_key(key(name))
}

/// The places whose name has that key.
#[must_use]
pub fn of_key(key: u64) -> Vec<Place> {
    let gazetteer = &*GAZETTEER;
    gazetteer.keys.find(key).map_or_else(Vec::new, |key| gazetteer.of_key(key).collect())
}

/// The places that may be meant by `name`, or by what is left of it without "region", "northern" and the like.
#[must_use]
pub fn meant(name: &str) -> Vec<Place> {
    let whole = candidates(name);
    if !whole.is_empty() {
        return whole;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let wide = |word: &str| {
        matches!(
            word,
            "Oblast"
                | "oblast"
                | "Province"
                | "province"
                | "Region"
                | "region"
                | "City"
                | "city"
                | "County"
                | "District"
                | "district"
                | "State"
                | "state"
                | "Governorate"
                | "governorate"
                | "Republic"
                | "Prefecture"
                | "Territory"
        )
    };
    let sided = |word: &str| {
        let word = word.to_lowercase();
        let side = |of: &str| {
            word.strip_suffix("ern")
                .or_else(|| word.strip_suffix("west"))
                .or_else(|| word.strip_suffix("east"))
                .is_some_and(|_| word.starts_with(of))
        };
        matches!(
            word.as_str(),
            "central"
                | "downtown"
                | "greater"
                | "upper"
                | "lower"
                | "mainland"
                | "metropolitan"
                | "east"
                | "west"
                | "north"
                | "south"
        ) || ["north", "south", "east", "west"].into_iter().any(side)
    };
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() && wide(last) => candidates(&rest.join(" ")),
        [first, rest @ ..] if !rest.is_empty() && sided(first) => candidates(&rest.join(" ")),
        _ => whole,
    }
}

/// Whether `name` is a country's.
#[must_use]
pub fn is_country(name: &str) -> bool {
    candidates(name).iter().any(|place| place.sort == Sort::Country)
}

/// The words of a name in small letters, without accents, full stops and article.
#[must_use]
pub fn plain_words(name: &str) -> Vec<String> {
    if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return vec![name.to_ascii_lowercase()];
    }
    plain_words_of_all(name)
}

fn plain_words_of_all(name: &str) -> Vec<String> {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => plain.push(c),
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '.' | '"' => {}
            c if c.is_alphabetic() => match bare(c) {
                "?" => plain.push(c),
                bare => plain.push_str(bare),
            },
            _ => plain.push(' '),
        }
    }
    let mut words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    words
}

/// The key of a name: its folded words, joined.
#[must_use]
pub fn key(name: &str) -> u64 {
    plain_words(name).iter().fold(NO_WORDS, |key, word| joined(key, word_key(word)))
}

/// The key of a name whose article is part of it: "The Star" is a newspaper, a star is none.
#[must_use]
pub fn key_with_article(name: &str) -> u64 {
    match name.strip_prefix("The ") {
        Some(rest) => {
            let article = joined(NO_WORDS, word_key("the"));
            plain_words(rest).iter().fold(article, |key, word| joined(key, word_key(word)))
        }
        None => key(name),
    }
}

/// The key of a name without words.
pub const NO_WORDS: u64 = 0;

/// The key of a name that goes on with a word.
#[must_use]
pub fn joined(key: u64, word: u64) -> u64 {
    hash::mix(key, word)
}

/// The hash of a word's folded form.
#[must_use]
pub fn word_key(plain_word: &str) -> u64 {
    hash::bytes(folded_word(plain_word).as_bytes())
}

/// What each key has: the sort of its foremost place and how large it is, at most 7; and the sort of organisation, 1 for a
/// club, 2 for what sells, 3 for the rest. 0: nothing.
#[must_use]
pub fn all_ranks(keys: &[u64]) -> Vec<[u8; 2]> {
    let gazetteer = &*GAZETTEER;
    let ranks = |key| [gazetteer.rank(key), gazetteer.organisation(key)];
    gazetteer.keys.find_all(keys).into_iter().map(|key| key.map_or([0; 2], ranks)).collect()
}

/// A name in small letters without accents, marks and article, and with the spellings of transliteration brought to one:
/// "Kupiansk" and "Kupyansk", "Sana'a" and "Sanaa", "Saint" and "St".
#[must_use]
pub fn folded(name: &str) -> String {
    let words = plain_words(name);
    words.iter().map(|word| folded_word(word)).collect::<Vec<_>>().join(" ")
}

fn folded_word(plain_word: &str) -> String {
    match plain_word {
        "saint" => "st".to_owned(),
        "mt" => "mount".to_owned(),
        "ft" => "fort".to_owned(),
        word => spelling(word),
    }
}

/// What transliterations write in several ways, and the one that it is brought to; in this order.
const SPELLINGS: [(&str, &str); 11] = [
    ("iy", "y"),
    ("yi", "y"),
    ("ij", "y"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("ye", "e"),
    ("yo", "io"),
    ("kh", "h"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
];

fn spelling(word: &str) -> String {
    let mut word = word.to_owned();
    if word.len() < 4 {
        return word;
    }
    let varies = |pair: &[u8]| SPELLINGS.iter().any(|(from, _)| from.as_bytes() == pair);
    if word.as_bytes().windows(2).any(varies) {
        for (from, to) in SPELLINGS {
            word = word.replace(from, to);
        }
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let c = if c == 'y' { 'i' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// A letter without its accent.
fn bare(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ'
        | 'ằ' | 'ặ' | 'ə' => "a",
        'ç' | 'ć' | 'č' | 'ċ' | 'ĉ' => "c",
        'ď' | 'đ' | 'ḑ' | 'ḍ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ẽ' => "e",
        'ğ' | 'ģ' | 'ġ' | 'ĝ' => "g",
        'ħ' | 'ḩ' | 'ḥ' | 'ĥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ĩ' | 'ị' | '\u{307}' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ố' | 'ồ' | 'ộ' | 'ơ' | 'ớ' | 'ờ' | 'ợ' => {
            "o"
        }
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' | 'ŝ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ũ' | 'ư' | 'ứ' | 'ừ' | 'ự' | 'ụ' => {
            "u"
        }
        'ý' | 'ÿ' | 'ỳ' | 'ỹ' => "i",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "?",
    }
}

/// Kilometres between two places.
#[must_use]
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (dlat / 2.).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.).sin().powi(2);
    12_742. * h.sqrt().min(1.).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold() {
        for (a, b) in [
            ("Kupiansk", "Kupyansk"),
            ("Sana’a", "Sanaa"),
            ("the Bahamas", "Bahamas"),
            ("Île-de-France", "Ile de France"),
        ] {
            assert_eq!(folded(a), folded(b));
        }
        assert_ne!(folded("Iran"), folded("Iraq"));
    }

    #[test]
    fn one_plain_word_is_itself() {
        for name in ["Kyiv", "The", "COP27", "U", "9"] {
            assert_eq!(plain_words(name), plain_words_of_all(name));
        }
    }

    #[test]
    fn distances() {
        let (kyiv, lviv) = ((50.45, 30.52), (49.84, 24.03));
        assert!((distance(kyiv, lviv) - 469.).abs() < 5.);
    }
}
