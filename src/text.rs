//! Spans, and one text with its alignment to the source: the only arithmetic on offsets in the crate.

use std::ops::Range;

use crate::limits::MAX_BYTES;

/// A half-open range of bytes. Both ends are kept in 32 bits, as no text is longer than `MAX_BYTES`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

fn place(offset: usize) -> u32 {
    debug_assert!(offset <= MAX_BYTES, "{offset} lies in no text");
    offset as u32
}

impl Span {
    /// The span `start..end`; an end before the start gives an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: place(start), end: place(end.max(start)) }
    }

    /// The span of `len` bytes from `start` on.
    #[inline]
    pub(crate) fn of_len(start: u32, len: u16) -> Self {
        Self { start, end: start.saturating_add(u32::from(len)) }
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span, moved to the right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// What of `text` it covers; nothing where it does not fit.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// `of` without the white space at both ends, and its span.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Span {
        let inside = self.of(text);
        let start = self.start() + (inside.len() - inside.trim_start().len());
        Span::new(start, start + inside.trim().len())
    }
}

/// As much of `text` as is read: `MAX_BYTES` of it.
#[must_use]
pub fn readable(text: &str) -> &str {
    if text.len() <= MAX_BYTES {
        return text;
    }
    let end = (0..=MAX_BYTES).rev().find(|&end| text.is_char_boundary(end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A stretch of text and the stretch of source it was read from. Where both have the same number of bytes
/// the text is the source, byte for byte, or may be counted as if it were; where they differ (`&amp;`, folded white space) it
/// stands for it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it stands in the text.
    pub text: Span,
    /// Where it was read.
    pub source: Span,
}

impl Run {
    /// Whether offsets inside it can be counted through.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.text.len() == self.source.len()
    }

    fn source_at(&self, offset: usize, whole: usize) -> usize {
        if self.is_verbatim() { self.source.start() + (offset - self.text.start()) } else { whole }
    }
}

/// Runs before and behind the last one among which the next is looked for first.
const NEAR_RUNS: usize = 8;

/// Text to source, as a list of runs in the order of the text that leaves no byte of it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    runs: Vec<Run>,
}

impl Alignment {
    /// The alignment of a text that is its own source.
    #[must_use]
    pub fn identity(len: usize) -> Self {
        Self { runs: vec![Run { text: Span::new(0, len), source: Span::new(0, len) }] }
    }

    /// The runs, in order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds a run at the end; one that continues the last verbatim run is joined to it.
    pub fn push(&mut self, len: usize, source: Span) {
        let start = self.len();
        let run = Run { text: Span::new(start, start + len), source };
        match self.runs.last_mut() {
            Some(last) if last.is_verbatim() && run.is_verbatim() && last.source.end == source.start => {
                last.text = last.text.cover(run.text);
                last.source = last.source.cover(source);
            }
            _ if len == 0 => {}
            _ => self.runs.push(run),
        }
    }

    fn len(&self) -> usize {
        self.runs.last().map_or(0, |run| run.text.end())
    }

    /// Takes bytes off the end of the text.
    pub fn truncate(&mut self, len: usize) {
        while let Some(last) = self.runs.last_mut() {
            if last.text.end() <= len {
                return;
            }
            if last.text.start() < len && last.is_verbatim() {
                let kept = len - last.text.start();
                last.text = Span::new(last.text.start(), len);
                last.source = Span::new(last.source.start(), last.source.start() + kept);
                return;
            }
            self.runs.pop();
        }
    }

    /// The number of runs that begin at `offset` or before it, looked for around the last such number first.
    fn runs_to(&self, offset: usize, near: &mut usize) -> usize {
        let first = near.saturating_sub(NEAR_RUNS);
        let around = self.runs.get(first..(*near + NEAR_RUNS).min(self.runs.len())).unwrap_or_default();
        let is_here = around.first().is_some_and(|run| run.text.start() <= offset)
            && around.last().is_some_and(|run| offset < run.text.start());
        *near = if is_here {
            first + around.partition_point(|run| run.text.start() <= offset)
        } else {
            self.runs.partition_point(|run| run.text.start() <= offset)
        };
        *near
    }

    fn run_with(&self, offset: usize, near: &mut usize) -> Option<&Run> {
        self.runs.get(self.runs_to(offset, near).checked_sub(1)?)
    }

    /// The stretch of source that `span` of the text was read from.
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        self.source_near(span, &mut 0)
    }

    /// The same, found faster where it lies near the last one: `near` says where that was, and then where this one is.
    pub fn source_near(&self, span: Span, near: &mut usize) -> Span {
        let start = self.run_with(span.start(), near).map_or(0, |run| {
            if span.start() >= run.text.end() {
                run.source.end()
            } else {
                run.source_at(span.start(), run.source.start())
            }
        });
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self
            .run_with(span.end() - 1, near)
            .map_or(start, |run| run.source_at(span.end().min(run.text.end()), run.source.end()));
        Span::new(start, end)
    }

    /// `run`, whose source is this alignment's text, as runs of this alignment's source:
    /// the length in text of each, and where it was read.
    pub fn through(&self, run: &Run, mut emit: impl FnMut(usize, Span)) {
        if !run.is_verbatim() {
            return emit(run.text.len(), self.source(run.source));
        }
        let mut at = run.source.start();
        let first = self.runs.partition_point(|inner| inner.text.end() <= at);
        for inner in self.runs.get(first..).unwrap_or_default() {
            if at >= run.source.end() {
                break;
            }
            let stop = inner.text.end().min(run.source.end());
            emit(stop - at, self.source(Span::new(at, stop)));
            at = stop;
        }
    }
}

/// A text, and where each piece of it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    alignment: Alignment,
}

impl Text {
    /// A text that is its own source.
    #[must_use]
    pub fn verbatim(string: String) -> Self {
        let alignment = Alignment::identity(string.len());
        Self { string, alignment }
    }

    /// Nothing, with room for as many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self { string: String::with_capacity(bytes), alignment: Alignment::default() }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The characters, without their alignment.
    #[must_use]
    pub fn into_string(self) -> String {
        self.string
    }

    /// Text to source.
    #[must_use]
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// Bytes of text so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Adds `piece`, which was read at `source`; nothing where the text would become longer than `MAX_BYTES`.
    pub fn push(&mut self, piece: &str, source: Span) {
        if self.len() + piece.len() > MAX_BYTES {
            return;
        }
        self.string.push_str(piece);
        self.alignment.push(piece.len(), source);
    }

    /// Adds another text with its alignment, and says where it landed.
    pub fn append(&mut self, other: &Text) -> Span {
        let start = self.string.len();
        self.string.push_str(&other.string);
        for run in &other.alignment.runs {
            self.alignment.push(run.text.len(), run.source);
        }
        Span::new(start, self.string.len())
    }

    /// Takes white space off the end.
    pub fn trim_end(&mut self) {
        let len = self.string.trim_end().len();
        self.string.truncate(len);
        self.alignment.truncate(len);
    }

    /// The stretch of source that `span` was read from.
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        self.alignment.source(span)
    }
}

/// Byte offsets to code points: a count at every 256th byte, so that one look-up costs a short scan.
#[derive(Clone, Debug, Default)]
pub struct CodePoints {
    marks: Vec<usize>,
}

const STRIDE: usize = 256;

fn code_points(bytes: &[u8]) -> usize {
    let some = |bytes: &[u8]| bytes.iter().filter(|&&byte| (byte & 0xC0) != 0x80).count();
    // ASCII is told faster than code points are counted, and most of a text is.
    bytes.chunks(64).map(|bytes| if bytes.is_ascii() { bytes.len() } else { some(bytes) }).sum()
}

impl CodePoints {
    /// Reads `text` once. ASCII needs no marks: its bytes are its code points.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let mut total = 0;
        let marks = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = total;
                total += code_points(chunk);
                before
            })
            .collect();
        Self { marks }
    }

    /// The code points before the byte `offset` of `text`, the text it was made from.
    #[must_use]
    pub fn at(&self, text: &str, offset: usize) -> usize {
        if self.marks.is_empty() {
            return offset;
        }
        let chunk = (offset / STRIDE).min(self.marks.len() - 1);
        let before = self.marks.get(chunk).copied().unwrap_or(0);
        before + code_points(text.as_bytes().get(chunk * STRIDE..offset).unwrap_or_default())
    }

    /// `span` of `text`, counted in code points.
    #[must_use]
    pub fn span(&self, text: &str, span: Span) -> Span {
        Span::new(self.at(text, span.start()), self.at(text, span.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_one_character_of_text_and_five_of_source() {
        let mut text = Text::default();
        text.push("A ", Span::new(3, 5));
        text.push("&", Span::new(5, 10));
        text.push(" B", Span::new(10, 12));
        assert_eq!(text.source(Span::new(0, 5)), Span::new(3, 12));
        assert_eq!(text.source(Span::new(2, 3)), Span::new(5, 10));
        assert_eq!(text.source(Span::new(4, 5)), Span::new(11, 12));
        assert_eq!(text.source(Span::new(5, 5)), Span::new(12, 12));
    }

    #[test]
    fn runs_go_through_an_outer_alignment() {
        let mut outer = Text::default();
        outer.push("it", Span::new(2, 4));
        outer.push("'", Span::new(4, 6));
        outer.push("s on", Span::new(6, 10));
        let mut got = Vec::new();
        let run = Run { text: Span::new(0, 5), source: Span::new(1, 6) };
        outer.alignment().through(&run, |len, source| got.push((len, source)));
        assert_eq!(got, [(1, Span::new(3, 4)), (1, Span::new(4, 6)), (3, Span::new(6, 9))]);
    }

    #[test]
    fn a_run_looked_for_around_another_is_the_one_looked_for_everywhere() {
        let mut text = Text::default();
        for at in 0..100 {
            text.push("ab", Span::new(10 * at, 10 * at + if at % 3 == 0 { 5 } else { 2 }));
        }
        let runs = text.alignment().runs();
        for near in 0..120 {
            for offset in 0..text.len() + 3 {
                let found = text.alignment().runs_to(offset, &mut { near });
                assert_eq!(
                    found,
                    runs.iter().filter(|run| run.text.start() <= offset).count(),
                    "{offset} from {near}"
                );
            }
        }
    }

    #[test]
    fn code_points_agree_with_counting() {
        let text = "é—a\u{1F468}".repeat(200);
        let index = CodePoints::new(&text);
        for (offset, _) in text.char_indices() {
            assert_eq!(index.at(&text, offset), text.char_indices().filter(|(at, _)| *at < offset).count());
        }
        assert_eq!(index.at(&text, text.len()), text.chars().count());
    }
}
