//! Texts in which words are cut short, for examples of abbreviations before capitals whose answer is known: "in the
//! United States. Analysts said" becomes "in the U.S. Analysts said", and a sentence still ends there.

use std::ops::Range;

use regex::Regex;

/// What is written in full, and cut short. Every one ends in a dot.
const PAIRS: [(&str, &str); 49] = [
    ("United States", "U.S."),
    ("US", "U.S."),
    ("United Kingdom", "U.K."),
    ("UK", "U.K."),
    ("United Nations", "U.N."),
    ("UN", "U.N."),
    ("EU", "E.U."),
    ("FBI", "F.B.I."),
    ("CIA", "C.I.A."),
    ("District of Columbia", "D.C."),
    ("Los Angeles", "L.A."),
    ("Company", "Co."),
    ("Corporation", "Corp."),
    ("Inc", "Inc."),
    ("Corp", "Corp."),
    ("Co", "Co."),
    ("Ltd", "Ltd."),
    ("Limited", "Ltd."),
    ("LLC", "L.L.C."),
    ("Brothers", "Bros."),
    ("Junior", "Jr."),
    ("Senior", "Sr."),
    ("Street", "St."),
    ("Avenue", "Ave."),
    ("Boulevard", "Blvd."),
    ("Road", "Rd."),
    ("University", "Univ."),
    ("Department", "Dept."),
    ("California", "Calif."),
    ("Pennsylvania", "Pa."),
    ("Virginia", "Va."),
    ("Florida", "Fla."),
    ("Massachusetts", "Mass."),
    ("Illinois", "Ill."),
    ("Michigan", "Mich."),
    ("Connecticut", "Conn."),
    ("Arizona", "Ariz."),
    ("Georgia", "Ga."),
    ("Tennessee", "Tenn."),
    ("Louisiana", "La."),
    ("New York", "N.Y."),
    ("New Jersey", "N.J."),
    ("January", "Jan."),
    ("February", "Feb."),
    ("August", "Aug."),
    ("September", "Sept."),
    ("October", "Oct."),
    ("November", "Nov."),
    ("December", "Dec."),
];

/// What may stand behind a name.
const TAILS: [&str; 16] = [
    " Inc.", " Corp.", " Co.", ", Calif.", " Jr.", " Ltd.", " Inc.", " & Co.", " Bros.", ", Mass.", " Corp.",
    " N.V.", " S.A.", ", Ill.", " Cos.", ", Pa.",
];
/// What follows the name of a company, or of anybody, within a sentence.
const ROLES: &str = "CEO|Chief|Chairman|Chairwoman|President|Vice|Director|Managing|Senior|Executive|Deputy|Secretary|Editor|\
    Founder|Manager|Treasurer|Spokesman|Spokeswoman|Analyst|Class|Series|Monday|Tuesday|Wednesday|Thursday|Friday|\
    Saturday|Sunday|Prime|Minister|Senator|Representative|General|Judge|Justice|Mayor|Governor|Building|Tower|Plaza|\
    Foundation|Award|Fund|Day|Stadium|Hall|School|Hospital|Center|Bank|Museum|Library|Park|Office|Group|Division";
/// What may stand before a noun that begins a sentence.
const DETERMINERS: &str = "The|These|Those|Some|Many|Several|Most|His|Her|Its|Their|Two|Three";

/// A text with its words cut short.
pub struct Shortened {
    pub text: String,
    /// The bytes at which its sentences end.
    pub gold: Vec<usize>,
    /// The bytes at which what was cut short ends.
    places: Vec<usize>,
}

impl Shortened {
    /// Whether the chunk that ends at `end` was cut short.
    pub fn changed(&self, end: usize) -> bool {
        let before = self.places.partition_point(|place| *place <= end);
        let place = before.checked_sub(1).map(|at| self.places[at]);
        place.is_some_and(|place| !self.text[place..end].contains(char::is_whitespace))
    }

    /// `text` with `edits`, sorted and apart. The dot of one takes the place of a full stop that follows.
    fn new(text: &str, gold: &[usize], edits: &[(Range<usize>, String)]) -> Self {
        let (mut out, mut places, mut moved) = (String::new(), Vec::new(), Vec::new());
        let mut read = 0;
        for (range, short) in edits {
            out.push_str(&text[read..range.start]);
            out.push_str(short);
            places.push(out.len());
            read = range.end + usize::from(text[range.end..].starts_with('.'));
            moved.push((read, out.len()));
        }
        out.push_str(&text[read..]);
        let shift = |end: &usize| {
            let before = moved.partition_point(|(old, _)| old <= end);
            before.checked_sub(1).map_or(*end, |at| moved[at].1 + end - moved[at].0)
        };
        Self { text: out, gold: gold.iter().map(shift).collect(), places }
    }
}

/// Cuts words short.
pub struct Shortener {
    pairs: Regex,
    names: Regex,
    roles: Regex,
    openings: Regex,
    count: usize,
}

impl Shortener {
    pub fn new() -> Self {
        let long: Vec<&str> = PAIRS.iter().map(|(long, _)| *long).collect();
        Self {
            pairs: Regex::new(&format!(r"\b(?:{}|[A-Z]{{2,4}})\b", long.join("|"))).unwrap(),
            names: Regex::new(r"[a-z,] ([A-Z][A-Za-z]+(?: [A-Z][a-z]+)*)\b").unwrap(),
            openings: Regex::new(&format!(r"^\s*((?:{DETERMINERS}) [a-z])[a-z]+s ")).unwrap(),
            roles: Regex::new(&format!(r" (?:{ROLES})\b")).unwrap(),
            count: 0,
        }
    }

    /// What has a short form, in it; "NATO" is "N.A.T.O.", and each third of them "N. A. T. O."
    pub fn abbreviated(&mut self, text: &str, gold: &[usize]) -> Shortened {
        let mut edits = Vec::new();
        for found in self.pairs.find_iter(text).filter(|found| is_free(text, found.end())) {
            let known = PAIRS.iter().find(|(long, _)| *long == found.as_str());
            let mut short = known.map_or_else(|| dotted(found.as_str()), |(_, short)| (*short).to_string());
            self.count += 1;
            if self.count.is_multiple_of(3)
                && short.len().is_multiple_of(2)
                && short.bytes().skip(1).step_by(2).all(|b| b == b'.')
            {
                short = short.replace('.', ". ").trim_end().to_string();
            }
            edits.push((found.range(), short));
        }
        Shortened::new(text, gold, &edits)
    }

    /// Sentences that begin with a bare noun: "The officials said" becomes "Officials said".
    pub fn opened(&self, text: &str, gold: &[usize]) -> Shortened {
        let mut edits = Vec::new();
        for end in gold {
            if let Some(found) = self.openings.captures(&text[*end..]).and_then(|found| found.get(1)) {
                let letter = found.as_str()[found.len() - 1..].to_uppercase();
                edits.push((end + found.start()..end + found.end(), letter));
            }
        }
        Shortened::new(text, gold, &edits)
    }

    /// Names with a tail: "Acme" becomes "Acme Inc.", before the role of one who works there too.
    pub fn with_tails(&mut self, text: &str, gold: &[usize]) -> Shortened {
        let mut edits = Vec::new();
        for found in self.names.captures_iter(text) {
            let name = found.get(1).unwrap();
            let role = self.roles.find(name.as_str()).map(|role| name.start() + role.start());
            let at = role.unwrap_or(name.end());
            if is_free(text, at) {
                self.count += 1;
                edits.push((at..at, TAILS[self.count % TAILS.len()].to_string()));
            }
        }
        Shortened::new(text, gold, &edits)
    }
}

/// `N.A.T.O.` for `NATO`.
fn dotted(capitals: &str) -> String {
    capitals.chars().flat_map(|letter| [letter, '.']).collect()
}

/// Whether no letter, apostrophe or dot within a word follows.
fn is_free(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    match after.next() {
        Some('.') => after.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'),
        None => true,
    }
}
