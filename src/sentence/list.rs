//! Bullets and list numbers.

/// Whether `chunk` begins with a bullet of a kind that prose has no other use for.
pub(super) fn is_bullet(chunk: &str) -> bool {
    // The first byte of all of them tells most other chunks.
    chunk.as_bytes().first() == Some(&0xE2)
        && chunk.starts_with(['•', '⁃', '◦', '▪', '‣', '●', '■', '□', '∙'])
}

/// Whether `chunk`, first of its line, marks an item: `-`, `*`, `3.`, `(a)`.
pub(super) fn is_item(chunk: &str) -> bool {
    is_bullet(chunk) || matches!(chunk, "-" | "*" | "–" | "—" | "·" | "+") || Marker::of(chunk).is_some()
}

/// Whether `chunk` is a list's number or letter.
pub(super) fn is_marker(chunk: &str) -> bool {
    Marker::of(chunk).is_some()
}

/// A number or a letter with what closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marker<'t> {
    number: u32,
    letter: bool,
    bullet: Option<char>,
    close: &'t str,
}

impl<'t> Marker<'t> {
    fn of(chunk: &'t str) -> Option<Self> {
        let bullet = chunk.chars().next().filter(|_| is_bullet(chunk));
        let body = chunk.get(bullet.map_or(0, char::len_utf8)..)?;
        let first = body.chars().next()?;
        let (body, opened) = match body.strip_prefix('(') {
            Some(inside) => (inside, true),
            None => (body, false),
        };
        let end = body.find(['.', ')'])?;
        let (label, close) = body.split_at_checked(end)?;
        if label.len() > 3 || !(matches!(close, ".)" | ")") || close == "." && !opened) {
            return None;
        }
        let letter = label.len() == 1 && label.chars().all(|c| c.is_ascii_lowercase());
        let number = match label.chars().next() {
            Some(c) if letter => u32::from(c) - u32::from('a') + 1,
            _ => label.parse().ok().filter(|_| first != '+')?,
        };
        Some(Self { number, letter, bullet, close })
    }
}

/// A list that runs within its block: `1. Stop the war 2. Talk`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering<'t>(Option<Marker<'t>>);

impl<'t> Numbering<'t> {
    /// The list that begins with `chunk`, the first of a block.
    pub fn new(chunk: &'t str) -> Self {
        Self(Marker::of(chunk))
    }

    /// Whether a list runs.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Whether `chunk` is the next item's marker; then it is the one to follow.
    pub fn continues(&mut self, chunk: &'t str) -> bool {
        let Some(last) = self.0 else { return false };
        let first = chunk.as_bytes().first();
        if !first.is_some_and(|b| b.is_ascii_digit() || b.is_ascii_lowercase() || *b == b'(' || *b >= 0x80) {
            return false;
        }
        let next = Marker::of(chunk).filter(|next| *next == Marker { number: last.number + 1, ..last });
        self.0 = next.or(self.0);
        next.is_some()
    }
}
