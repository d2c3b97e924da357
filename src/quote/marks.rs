//! Quotation marks: which opens, which closes, and which is none.

use super::lexicon::ENGLISH;
use crate::limits::MAX_SINGLE_QUOTED;
use crate::token::{Token, TokenKind, Tokens};

/// A stretch between quotation marks, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The first token of the opening mark.
    pub from: usize,
    /// The first token after the opening mark.
    pub first: usize,
    /// The token after the last word or mark inside.
    pub last: usize,
    /// The token after the closing mark.
    pub to: usize,
}

impl Quoted {
    /// Whether its closing mark is there.
    pub fn is_closed(self) -> bool {
        self.to > self.last
    }
}

/// All that stands between quotation marks; what is nested in another is part of that.
pub(super) fn quoted(t: Tokens<'_>, lines: &[usize]) -> Vec<Quoted> {
    let mut found = Vec::new();
    let ends = lines.iter().skip(1).copied().chain([t.len()]);
    for (from, to) in lines.iter().copied().zip(ends) {
        let line = Line { t, from, to };
        let double = line.double();
        let single = line.single(&double);
        let outside =
            |inner: &Quoted| !single.iter().any(|outer| outer.from < inner.from && inner.to <= outer.to);
        found.extend(double.iter().copied().filter(outside));
        found.extend(single.iter().copied());
    }
    found.retain(|quoted| !is_nickname(t, lines, *quoted));
    found.sort_by_key(|quoted| quoted.from);
    found
}

/// "Ana “Nita” Ruiz": a word between two words of a name.
fn is_nickname(t: Tokens<'_>, lines: &[usize], quoted: Quoted) -> bool {
    let named = |at: usize| t.get(at).is_some_and(|token| token.is_word() && token.is_capitalised());
    // "General Reveals ‘Dire’ Retreat"
    let says = |at: usize| t.get(at).is_some_and(|token| ENGLISH.verbs.contains_key(token.lower));
    let parted = || lines.binary_search(&quoted.from).is_ok() || lines.binary_search(&quoted.to).is_ok();
    quoted.is_closed()
        && quoted.last == quoted.first + 1
        && named(quoted.first)
        && named(quoted.to)
        && quoted.from.checked_sub(1).is_some_and(|before| named(before) && !says(before))
        && !parted()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// A mark of a line.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    side: Side,
    /// How many tokens it takes.
    width: usize,
}

/// How many closing marks there are that no opening one needs first.
fn balance(marks: &[Mark]) -> i64 {
    let count = |side| marks.iter().filter(|mark| mark.side == side).count();
    let (opens, closes) = (count(Side::Opens), count(Side::Closes));
    if closes >= opens { i64::try_from(closes).unwrap_or(0) } else { 0 }
}

struct Line<'t> {
    t: Tokens<'t>,
    from: usize,
    to: usize,
}

impl<'t> Line<'t> {
    fn get(&self, at: usize) -> Option<Token<'t>> {
        self.t.get(at).filter(|_| self.from <= at && at < self.to)
    }

    /// Whether the token at `at` stands close to the one before.
    fn touches(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| !token.spaced)
    }

    /// The double mark at `at`.
    fn mark(&self, at: usize) -> Option<Mark> {
        let text = self.get(at).filter(|token| token.kind == TokenKind::Mark)?.text;
        let twice = || self.touches(at + 1) && self.get(at + 1).is_some_and(|next| next.text == text);
        let (side, width) = match text {
            "“" | "«" | "„" | "‟" => (Side::Opens, 1),
            "”" | "»" => (Side::Closes, 1),
            "\"" => (Side::Either, 1),
            // Two apostrophes typed for a mark: ''No,'' she said.
            "'" | "’" if twice() => (Side::Either, 2),
            "`" | "‘" if twice() => (Side::Opens, 2),
            _ => return None,
        };
        Some(Mark { at, side, width })
    }

    /// 5'10", a 12" pipe: no mark where none is open.
    fn is_inches(&self, at: usize) -> bool {
        let number =
            at.checked_sub(1).and_then(|before| self.get(before)).is_some_and(|token| token.is_number());
        number && self.touches(at)
    }

    fn double(&self) -> Vec<Quoted> {
        let marks: Vec<Mark> = (self.from..self.to).filter_map(|at| self.mark(at)).collect();
        let mut found = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        let mut depth = 0_usize;
        let mut balance = balance(&marks);
        let mut read = self.from;
        for (number, Mark { at, side, width }) in marks.iter().copied().enumerate() {
            // The second of two apostrophes is no mark of its own.
            if at < read {
                continue;
            }
            let leans_right = self.touches(at + width) && !self.touches(at);
            let closes_later = || marks.get(number + 1).is_some_and(|next| next.side == Side::Closes);
            match (open, side) {
                // ”Mr Ruiz is clueless,” she said: at the head of a line it opens, whichever way it is turned.
                (None, Side::Closes) if !leans_right && (at > self.from || !closes_later()) => {}
                (None, Side::Either) if self.is_inches(at) || !self.touches(at + width) => {}
                (None, _) => (open, depth) = (Some((at, at + width)), 0),
                // A mark within, if enough close after it: “She said “no” twice”.
                (Some(_), Side::Opens) if balance > 0 => depth += 1,
                (Some(_), Side::Opens) => {}
                (Some(_), Side::Closes | Side::Either) if depth > 0 => depth -= 1,
                // "A mark was "lost: the second one opens again.
                (Some(_), Side::Either) if leans_right && at + width < self.to => {
                    open = Some((at, at + width))
                }
                (Some((from, first)), _) => {
                    found.push(Quoted { from, first, last: at, to: at + width });
                    open = None;
                }
            }
            balance -= i64::from(side == Side::Closes);
            read = at + width;
        }
        found.extend(open.and_then(|(from, first)| self.unclosed(from, first)));
        found
    }

    /// A quotation that the paragraph's end leaves open.
    fn unclosed(&self, from: usize, first: usize) -> Option<Quoted> {
        let text = self.get(from)?.text;
        let opens = matches!(text, "“" | "«" | "„" | "‟" | "‘") || from == self.from || self.to - first > 3;
        (opens && first < self.to).then_some(Quoted { from, first, last: self.to, to: self.to })
    }

    /// British single marks. An apostrophe looks the same as a closing one.
    fn single(&self, double: &[Quoted]) -> Vec<Quoted> {
        let mut found = Vec::new();
        let mut inner = double.iter().peekable();
        let mut at = self.from;
        while at < self.to {
            while inner.peek().is_some_and(|quoted| quoted.to <= at) {
                inner.next();
            }
            if let Some(quoted) = inner.peek().filter(|quoted| quoted.from <= at) {
                at = quoted.to;
                continue;
            }
            let Some(quoted) = self.opens_single(at).then(|| self.closed_single(at)).flatten() else {
                at += 1;
                continue;
            };
            at = quoted.to;
            found.push(quoted);
        }
        found
    }

    fn opens_single(&self, at: usize) -> bool {
        let mark = |token: &Token<'_>| token.kind == TokenKind::Mark && matches!(token.text, "‘" | "'");
        let Some(token) = self.get(at).filter(mark) else { return false };
        let before = at.checked_sub(1).and_then(|before| self.get(before));
        let free =
            token.spaced || before.is_none_or(|before| before.is_dash() || matches!(before.text, "(" | "["));
        let Some(next) = self.get(at + 1).filter(|next| !next.spaced) else { return false };
        // "the ’90s", "rock ’n’ roll"
        let elided = ENGLISH.elisions.contains(next.lower)
            || next.is_number() && self.get(at + 2).is_some_and(|s| s.is("s"));
        free && !elided
            && (next.is_word() || next.is_number() || matches!(next.text, "“" | "\"" | "…" | "$" | "£"))
    }

    fn closed_single(&self, from: usize) -> Option<Quoted> {
        let closing = if self.get(from)?.text == "‘" { "’" } else { "'" };
        let mut doubtful = None;
        for at in from + 2..self.to.min(from + MAX_SINGLE_QUOTED) {
            let token = self.get(at)?;
            if token.text != closing || token.spaced {
                let again = matches!(token.text, "‘") && token.spaced;
                if again && doubtful.is_some() {
                    break;
                }
                continue;
            }
            if self.get(at + 1).is_some_and(|next| !next.spaced && (next.is_word() || next.is_number())) {
                continue;
            }
            let quoted = Quoted { from, first: from + 1, last: at, to: at + 1 };
            let (before, after) = (self.get(at - 1)?, self.get(at + 1));
            // "the ministers’ plan": an apostrophe, unless nothing else closes.
            let possessive = before.is_word() && before.lower.ends_with('s');
            let goes_on =
                after.is_some_and(|after| after.spaced && after.is_word() && !after.is_capitalised());
            if !(possessive && goes_on) {
                return Some(quoted);
            }
            doubtful = Some(quoted);
        }
        let opens_line = from == self.from && closing == "’" && self.to - from < MAX_SINGLE_QUOTED;
        doubtful.or_else(|| opens_line.then(|| self.unclosed(from, from + 1)).flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;

    fn inside(text: &str) -> Vec<&str> {
        let words = Words::new(text);
        let t = words.of(text);
        let cut = |quoted: Quoted| {
            let (first, last) = (t.get(quoted.first)?, t.get(quoted.last.checked_sub(1)?)?);
            Some(first.span.cover(last.span).of(text))
        };
        quoted(t, &t.line_starts().collect::<Vec<_>>()).into_iter().filter_map(cut).collect()
    }

    #[test]
    fn all_sorts_of_marks() {
        assert_eq!(
            inside("“Yes,” he said. \"No.\" «Non.» ''So.'' ``Well.''"),
            ["Yes,", "No.", "Non.", "So.", "Well."]
        );
        assert_eq!(
            inside("“She said “no” twice.” “He said ‘yes’.”"),
            ["She said “no” twice.", "He said ‘yes’."]
        );
        assert_eq!(inside("A 12\" pipe, 5'10\" long, of the '90s."), [""; 0]);
    }

    #[test]
    fn single_marks_and_apostrophes() {
        assert_eq!(
            inside("‘The miners’ union isn’t here,’ he said. ‘It’s gone.’"),
            ["The miners’ union isn’t here,", "It’s gone."]
        );
        assert_eq!(inside("The miners’ union of the ’90s and ’tis pity."), [""; 0]);
        assert_eq!(inside("'A “small” matter,' she said."), ["A “small” matter,"]);
    }

    #[test]
    fn left_open() {
        assert_eq!(inside("“We left.\n“We came back.”"), ["We left.", "We came back."]);
    }
}
