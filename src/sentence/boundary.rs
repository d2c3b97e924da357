//! Whether a sentence ends in a gap between two chunks.

use super::chunk::{Chunk, Seam};
use super::list;
use super::rules::{Kind, Rules};
use super::sides::{Case, Left, Right, is_acronym, is_end, is_trailer};
use super::style::Style;
use super::verdict::{Rule, Verdict};
use crate::text::Span;
use crate::token::is_alphanumeric;

/// Longest line, in bytes, that may be a heading over the line that follows.
const LONGEST_HEADING: usize = 60;
/// Most chunks of a phrase that opens a sentence with a time: `At 5 a.m. Mr. Smith left.`
const LONGEST_OPENING: usize = 4;

/// Most notes in a row that are read past: `total. [12] [13]`.
const MOST_TRAILERS: usize = 4;

/// Chunks back over which a quotation may have been opened that a lone mark closes.
const QUOTED_LOOK_BACK: usize = 80;

/// Chunks back over which a name is looked for that is named again.
const SAID_LOOK_BACK: usize = 40;

/// How often sentences must begin with a capitalised word, from 1 to 15, that no mark stands before.
const SUSPECT: u8 = 13;
/// The same, for a word to begin a sentence after an abbreviation.
const BEGINS: u8 = 13;
/// The same, before a small letter.
const BEGINS_A_CLAUSE: u8 = 9;

/// The gap after the chunk `left`.
pub(super) struct Gap<'a> {
    pub text: &'a str,
    pub rules: &'a Rules,
    pub chunks: &'a [Chunk],
    pub left: usize,
    /// The first chunk of the sentence so far.
    pub first: usize,
    /// Where the line of `left` begins.
    pub line: usize,
    /// How the block is punctuated.
    pub style: Style,
}

impl<'a> Gap<'a> {
    pub fn span(&self, at: usize) -> Span {
        self.chunks.get(at).map_or(Span::new(self.text.len(), self.text.len()), |chunk| chunk.span)
    }

    /// The chunk before `left` in the sentence so far; empty where there is none.
    pub fn before(&self) -> &'a str {
        if self.left > self.first { self.chunk(self.left - 1) } else { "" }
    }

    pub fn is_address(&self, at: usize) -> bool {
        self.chunks.get(at).is_some_and(|chunk| chunk.address)
    }

    /// Whether the sentence so far has `word` in it: `Texas Air Corp. Texas Air said`.
    pub fn has_said(&self, word: &str) -> bool {
        let from = self.first.max(self.left.saturating_sub(SAID_LOOK_BACK));
        let said = self.chunks.get(from..=self.left).unwrap_or_default();
        let Some(first) = word.bytes().next().filter(|_| word.len() > 1) else { return false };
        let is_it = |chunk: &Chunk| chunk.first == first && leading_word(chunk.text(self.text)) == word;
        said.iter().any(is_it)
    }

    pub fn is_marked(&self) -> bool {
        !Left::of(self.chunk(self.left)).end.is_empty()
    }

    /// Bytes of the line that `left` stands on, up to its end.
    pub fn line_len(&self) -> usize {
        self.span(self.left).end().saturating_sub(self.line)
    }

    /// Whether a sentence ends here, by rule or by weight.
    pub fn ends(&self, verdict: Verdict) -> bool {
        if verdict.sure { verdict.ends } else { self.rules.score(self, verdict) > 0.0 }
    }

    pub fn chunk(&self, at: usize) -> &'a str {
        self.chunks.get(at).map_or("", |chunk| chunk.text(self.text))
    }

    fn right(&self) -> &'a str {
        self.chunk(self.left + 1)
    }

    pub fn newlines(&self) -> u8 {
        self.chunks.get(self.left + 1).map_or(0, |chunk| chunk.newlines)
    }

    /// Chunks of the sentence so far.
    pub fn so_far(&self) -> usize {
        self.left + 1 - self.first
    }

    /// What a break within the block says: an item of a list on a line of its own.
    pub fn is_item(&self) -> bool {
        self.newlines() > 0 && list::is_item(self.right())
    }

    /// What the rules say of this gap, within a block.
    pub fn verdict(&self) -> Verdict {
        let (Some(before), Some(after)) = (self.chunks.get(self.left), self.chunks.get(self.left + 1)) else {
            return Verdict::goes_on(Rule::NoMark);
        };
        match after.seam {
            Seam::None => {}
            Seam::Sure => return Verdict::ends(Rule::Glued),
            Seam::Maybe => {
                return Verdict { ends: after.first.is_ascii_uppercase(), rule: Rule::Glued, sure: false };
            }
        }
        // The short way out of most gaps, for speed alone.
        if before.runs_into(*after) || self.style.is_tidy() && self.runs_into_capital(*before, *after) {
            return Verdict::goes_on(Rule::NoMark);
        }
        self.rule(!before.last.is_ascii_alphanumeric(), *after)
    }

    /// What is said in a text that has had its share of weighing, at the price of a look or two: a sentence ends at a
    /// mark behind a word that is no abbreviation, or at the end of a line, and no small letter follows.
    pub fn verdict_in_haste(&self) -> Verdict {
        let (Some(before), Some(after)) = (self.chunks.get(self.left), self.chunks.get(self.left + 1)) else {
            return Verdict::goes_on(Rule::NoMark);
        };
        match after.seam {
            Seam::Maybe => return Verdict::goes_on(Rule::Glued),
            Seam::Sure => return Verdict::ends(Rule::Glued),
            Seam::None => {}
        }
        if before.span.len() < 3 || before.last.is_ascii_alphanumeric() {
            return Verdict::goes_on(Rule::NoMark);
        }
        if after.first.is_ascii_lowercase() {
            return Verdict::goes_on(Rule::LowerCase);
        }
        let left = Left::of(before.text(self.text));
        match left.end {
            "" => Verdict::goes_on(Rule::NoMark),
            _ if left.is_dot() && after.newlines == 0 && !self.is_sure_word(&left) => {
                Verdict::goes_on(Rule::Abbreviation)
            }
            _ => Verdict::ends(Rule::Mark),
        }
    }

    /// `met Karl Marx`: a word, and a capitalised one that sentences seldom begin with.
    fn runs_into_capital(&self, before: Chunk, after: Chunk) -> bool {
        let plain = (before.last.is_ascii_lowercase() || before.last == b',') && after.newlines == 0;
        if plain && after.first.is_ascii_digit() {
            return after.last.is_ascii_digit() && after.span.len() < 5;
        }
        plain
            && after.first.is_ascii_uppercase()
            && !before.address
            && !self.is_labelled()
            && !self.style.is_long()
            && self.rules.begins_sentences(leading_word(after.text(self.text))) < SUSPECT
    }

    fn rule(&self, marked: bool, after: Chunk) -> Verdict {
        let right = self.right();
        if list::is_bullet(right) {
            return Verdict::ends(Rule::Bullet);
        }
        if self.begins_credit() || self.ends_credit() {
            return Verdict::ends(Rule::Credit);
        }
        if is_trailer(right) {
            return Verdict::goes_on(Rule::Trailer);
        }
        // A comma and a quotation, as before most of what people say.
        let comma = self.chunk(self.left).ends_with(',') && after.newlines == 0;
        if comma && self.style.is_tidy() && !self.style.is_long() {
            return Verdict::goes_on(Rule::NoMark);
        }
        let left = Left::of(if marked { self.ending() } else { self.chunk(self.left) });
        if left.end.is_empty() {
            return if self.is_note(self.left) {
                Verdict::ends(Rule::Note)
            } else {
                self.without_mark(&left, after)
            };
        }
        if self.is_note(self.left + 1) {
            return Verdict::goes_on(Rule::Note);
        }
        self.judge(&left, &Right::of(right))
    }

    /// The number of a note, raised in print: `minority rights. 4 Even though`.
    fn is_note(&self, at: usize) -> bool {
        let number = self.chunk(at);
        let starts = || {
            let next = Right::of(self.chunk(at + 1));
            next.case() == Case::Upper && self.rules.is_starter(next.word) && next.word != "I"
        };
        let before = || Left::of(self.chunk(at.saturating_sub(1)));
        at > self.first
            && self.style.is_tidy()
            && number.len() < 4
            && number.bytes().all(|b| b.is_ascii_digit())
            && starts()
            && (before().is_dot() && self.is_sure_word(&before()))
    }

    /// A gap with no mark before it ends a sentence only where the weights say so, or under a heading.
    fn without_mark(&self, left: &Left<'a>, after: Chunk) -> Verdict {
        if self.newlines() > 0 {
            let heading = self.ends_heading();
            let verdict = if heading { Verdict::ends(Rule::Heading) } else { Verdict::goes_on(Rule::NoMark) };
            return verdict.open();
        }
        if self.breaks_off() || self.closes_apart() {
            return Verdict::ends(Rule::LoneMark).open();
        }
        Verdict::goes_on(Rule::NoMark).open_if(!self.style.is_tidy() || self.is_suspect(left, after))
    }

    /// `"They were alive. " The White House had no comment.`
    fn closes_apart(&self) -> bool {
        self.chunk(self.left) == "\""
            && self.before().ends_with(is_end)
            && Right::of(self.right()).case() == Case::Upper
    }

    /// `not at uh — This is at six`: a dash where somebody stops short; not that of a dateline, `LONDON — The bank`.
    fn breaks_off(&self) -> bool {
        if self.chunk(self.left) != "—" {
            return false;
        }
        let right = Right::of(self.right());
        Left::of(self.before()).is_lower()
            && right.word != "I"
            && right.case() == Case::Upper
            && self.rules.is_starter(right.word)
    }

    /// Whether the gap is worth a look, though no mark stands before it and its block is punctuated well.
    fn is_suspect(&self, left: &Left<'a>, after: Chunk) -> bool {
        if left.word.ends_with(',') && !self.style.is_long() {
            return false;
        }
        let right = Right::of(self.right());
        // `He added: “They lied.”`
        if left.word.ends_with(':') && matches!(after.first, b'"' | b'\'' | b'`' | 0xE2) && right.opened {
            return false;
        }
        let starts = self.rules.begins_sentences(right.word);
        match right.case() {
            Case::Lower => matches!(after.first, b'-' | b'*' | b'=' | b'~' | b'#' | b'<' | b':'),
            Case::Upper if self.style.is_long() || starts >= SUSPECT => true,
            Case::Upper if left.word.ends_with(is_alphanumeric) => {
                !left.word.ends_with(char::is_lowercase) && starts > SUSPECT / 2
            }
            Case::Upper => true,
            Case::Digit => self.right().contains(['/', ':', ')']),
            // "a fund of $12 million", "the deal - his third - fell": no sentence begins so, but a rule of `=====` may.
            Case::Other if left.word.ends_with(is_alphanumeric) && !self.style.is_long() => {
                self.begins_rule(after)
            }
            Case::Other => true,
        }
    }

    /// Whether the chunk may be a line drawn in signs, or a mark put before what is pasted in.
    fn begins_rule(&self, after: Chunk) -> bool {
        match after.first {
            b'*' | b'=' | b'~' | b'#' | b'<' | b'>' | b':' | b'|' | b'_' | b'@' => true,
            b'-' => after.span.len() > 2,
            _ => false,
        }
    }

    /// Dots that stand for what was left out between two sentences belong to the second: `was told. . . . The rest`.
    fn begins_omission(&self, left: &Left<'a>) -> bool {
        let dots = (self.left + 1..self.left + 5).take_while(|at| self.chunk(*at) == ".").count();
        let dots = match self.right() {
            "..." | "…" => 1,
            _ if dots == 3 => 3,
            _ => return false,
        };
        let after = Right::of(self.chunk(self.left + 1 + dots));
        after.case() == Case::Upper && left.is_dot() && self.is_sure_word(left)
    }

    /// A word of more than a letter that is no abbreviation.
    fn is_sure_word(&self, left: &Left<'a>) -> bool {
        left.word.len() > 1 && self.rules.kind(left.word) == Kind::Plain && !left.is_dotted()
    }

    /// Whether this gap follows three dots, spaced, with no full stop before them.
    fn follows_spaced_dots(&self) -> bool {
        let dots = (self.first..=self.left).rev().take(4).take_while(|at| self.chunk(*at) == ".").count();
        dots == 3 && !self.chunk(self.left.saturating_sub(3)).ends_with(is_end)
    }

    /// Whether nothing but dots stands in the sentence so far.
    fn is_opening(&self, left: &Left<'a>) -> bool {
        left.word.is_empty()
            && self.so_far() <= 3
            && (self.first..=self.left).all(|at| self.chunk(at).chars().all(is_end))
    }

    /// The last chunk that is no trailer: `total.` before `[12]`.
    fn ending(&self) -> &'a str {
        let from = self.first.max(self.left.saturating_sub(MOST_TRAILERS));
        let body = (from..=self.left).rev().map(|at| self.chunk(at)).find(|chunk| !is_trailer(chunk));
        body.unwrap_or_else(|| self.chunk(self.left))
    }

    fn judge(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        // "Write to us soon. ---------- Jane Roe" in a mail that lost its line ends.
        if is_drawn(self.right()) {
            return Verdict::ends(Rule::Sign);
        }
        if right.word.is_empty() {
            return self.before_lone_mark(left, right);
        }
        // "… The rest is lost." begins with its ellipsis.
        if self.is_opening(left) {
            return Verdict::goes_on(Rule::Opening);
        }
        if self.is_list_number(left) {
            return Verdict::goes_on(Rule::ListNumber);
        }
        match right.case() {
            Case::Lower => self.mark_before_lower(left, right),
            Case::Digit if left.is_dot() => self.dot_before_number(left),
            // "Viva Maria! (1965)" is one sentence.
            Case::Digit if self.right().starts_with('(') && right.rest.starts_with(')') => {
                Verdict::goes_on(Rule::Bracketed)
            }
            Case::Digit => Verdict::ends(Rule::Number).open(),
            Case::Other if left.is_dot() => self.dot_before_sign(left),
            Case::Other => Verdict::ends(Rule::Sign).open(),
            Case::Upper => self.mark_before_capital(left, right),
        }
    }

    fn before_lone_mark(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        if self.right().starts_with([',', ';']) {
            return Verdict::goes_on(Rule::Trailer);
        }
        if self.begins_omission(left) {
            return Verdict::ends(Rule::Ellipsis).open_if(self.right() != "." && !self.style.is_tidy());
        }
        if self.right() == "\"" && self.is_quoted() {
            return Verdict::goes_on(Rule::Trailer);
        }
        let ends = self.opens_with_mark(right);
        // "“We won!” - that was the headline."
        // A `?` alone is what is left of a sign that was lost.
        let dots = self.right().chars().all(|c| is_end(c) && c != '?');
        let goes_on =
            self.style.is_tidy() && (dots || Right::of(self.chunk(self.left + 2)).case() == Case::Lower);
        Verdict { ends, rule: Rule::LoneMark, sure: goes_on && !ends }
    }

    /// Whether a quotation that `"` opened stands open, as far as a look back over the block tells.
    fn is_quoted(&self) -> bool {
        let from = (self.left + 1).saturating_sub(QUOTED_LOOK_BACK);
        let chunks = self.chunks.get(from..=self.left).unwrap_or_default();
        let opened = chunks.iter().filter(|chunk| chunk.first == b'"').count();
        let closed = chunks.iter().filter(|chunk| chunk.last == b'"' && chunk.span.len() > 1).count();
        (opened + closed) % 2 == 1
    }

    fn mark_before_capital(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        if left.closed && left.end != "." && self.is_attributed(right) {
            return Verdict::goes_on(Rule::Attribution);
        }
        if self.rules.is_exclaimed(left.word) && left.end == "!" {
            let ends = self.rules.is_starter(right.word);
            return Verdict { ends, rule: Rule::Exclaimed, sure: true };
        }
        // "see . . . what I mean . . . I did" has its capital for the pronoun's sake.
        let pronoun = right.word == "I" || right.word.starts_with("I'") || right.word.starts_with("I’");
        let dots = left.word.is_empty() && matches!(left.end, "..." | "…") && self.style.is_tidy();
        if pronoun && (dots || self.follows_spaced_dots()) {
            return Verdict::goes_on(Rule::Ellipsis);
        }
        if left.is_dot() { self.dot_before_capital(left, right) } else { self.other_mark(left, right) }
    }

    /// `?`, `!`, `…` and the like before a capital.
    fn other_mark(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        // `"No..." She left.` has its capital after a closed quotation.
        let begun = left.closed && self.rules.is_starter(right.word) && right.word != "I";
        let plain = (begun || matches!(left.end, "?" | "!")) && !left.word.is_empty() && !right.dash;
        Verdict::ends(Rule::Mark).open_if(!plain || !self.style.is_tidy())
    }

    /// Addresses begin sentences, and so does any word where the writer uses no capitals.
    fn mark_before_lower(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        let plain = !left.is_dot()
            || self.rules.kind(left.word) == Kind::Plain && !left.is_dotted() && !left.is_letter();
        // Print goes on after `“Why?”`, `...` and abbreviations; people who type do as they like.
        let on = Verdict::goes_on(Rule::LowerCase).open_if(
            !self.style.is_tidy() || plain && !left.closed && left.end.len() == 1 && !left.is_short(),
        );
        if left.end == "!" && self.rules.is_exclaimed(left.word) {
            return Verdict::goes_on(Rule::Exclaimed);
        }
        if left.word.is_empty() && self.follows_spaced_dots() {
            return Verdict::goes_on(Rule::Ellipsis);
        }
        if self.is_asked(left, right) {
            return Verdict::goes_on(Rule::Attribution);
        }
        if left.closed || !plain || left.end.len() > 1 || left.word.is_empty() {
            return on;
        }
        if right.rest.starts_with("://") || right.word == "www" && right.rest.starts_with('.') {
            return Verdict::ends(Rule::Address).open();
        }
        let small = Right::of(self.chunk(self.first)).case() == Case::Lower;
        if small && !self.rules.is_exclaimed(left.word) {
            return Verdict::ends(Rule::NoCapitals).open();
        }
        on
    }

    /// A mark alone: a closing one or a dot goes on, and an opening one or a dash is judged by what follows it.
    fn opens_with_mark(&self, right: &Right<'a>) -> bool {
        if !right.opened {
            return false;
        }
        let after = Right::of(self.chunk(self.left + 2));
        !right.dash && matches!(after.case(), Case::Upper | Case::Digit)
    }

    /// `1.` at the start of an item, or of a list within its paragraph: `My advice: 1. Be patient.`
    fn is_list_number(&self, left: &Left<'a>) -> bool {
        let opens = left.word == "1" && self.before().ends_with(':');
        let bulleted = self.so_far() == 2 && list::is_bullet(self.chunk(self.first));
        let starts = self.so_far() == 1 || bulleted || opens;
        let bare = left.word.len() <= 5 && !left.closed && left.is_dot();
        let number = left.word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let roman = left.word.bytes().all(|b| b"IVXivx".contains(&b));
        starts && (bare && (number || roman || left.is_letter()) || list::is_marker(self.chunk(self.left)))
    }

    fn dot_before_number(&self, left: &Left<'a>) -> Verdict {
        match self.kind(left) {
            // "at 114 E. 51st St."
            Kind::Plain if self.is_street(left) => Verdict::goes_on(Rule::Numbered),
            Kind::Plain if left.is_letter() => {
                let ends = left.starts_upper() && !self.follows_initial();
                Verdict { ends, rule: Rule::Initial, sure: false }
            }
            Kind::Plain => Verdict { ends: !left.is_dotted(), rule: Rule::Number, sure: false },
            Kind::Time => Verdict::ends(Rule::Time).open(),
            Kind::Numbered => Verdict::goes_on(Rule::Numbered),
            Kind::Month => Verdict::goes_on(Rule::Month),
            Kind::Day => Verdict::goes_on(Rule::Month).open(),
            _ => Verdict::goes_on(Rule::Abbreviation).open(),
        }
    }

    /// `vs. $9`, but `the year. $9 was`.
    fn dot_before_sign(&self, left: &Left<'a>) -> Verdict {
        match self.rules.kind(left.word) {
            Kind::Never => Verdict::goes_on(Rule::Never),
            Kind::Title => Verdict::goes_on(Rule::Title),
            Kind::Plain | Kind::Day if !left.is_dotted() => Verdict::ends(Rule::Sign).open(),
            _ => Verdict::goes_on(Rule::Abbreviation).open(),
        }
    }

    fn dot_before_capital(&self, left: &Left<'a>, right: &Right<'a>) -> Verdict {
        let starter = || self.rules.is_starter(right.word);
        // "Acme Inc. Analysts had": a word with a capital that it has for the sentence's sake alone.
        let begins =
            || starter() || self.rules.begins_sentences(right.word) >= self.least_beginning(right.word);
        // The "C." of "John C. Stennis" numbers nothing, though "c. 1500" does.
        let initial = left.is_letter() && left.starts_upper();
        let kind = match self.kind(left) {
            Kind::Numbered if initial => Kind::Plain,
            kind => kind,
        };
        // "She works for RT. Putin denied it." has no "Rt."; "MR. SMITH" is in capitals all through.
        let acronym = matches!(kind, Kind::Title | Kind::Abbreviation)
            && is_acronym(left.word)
            && !is_acronym(right.word);
        let (ends, rule) = match kind {
            _ if acronym => (true, Rule::Mark),
            Kind::Never => return Verdict::goes_on(Rule::Never),
            Kind::Title => return Verdict::goes_on(Rule::Title),
            Kind::Time if self.continues_time(right) => return Verdict::goes_on(Rule::Time),
            Kind::Time => (true, Rule::Time),
            Kind::Abbreviation => (begins() || left.quoted, Rule::Abbreviation),
            Kind::Month => (begins(), Rule::Month),
            // "It is due Tues. Sept. 26."
            Kind::Day if self.rules.goes_after_time(right.word) => return Verdict::goes_on(Rule::Month),
            Kind::Numbered => {
                let ends = !(right.is_label() && left.starts_upper());
                return Verdict { ends, rule: Rule::Numbered, sure: ends && self.style.is_tidy() };
            }
            Kind::Plain if self.is_lettered(left) => (true, Rule::Initial),
            Kind::Plain if self.is_street(left) => return Verdict::goes_on(Rule::Initial),
            Kind::Plain if self.is_initial(left, right) => {
                return Verdict::goes_on(Rule::Initial).open_if(begins());
            }
            Kind::Plain if left.is_letter() => {
                (!left.bracketed && self.initial_ends(left, right), Rule::Initial)
            }
            Kind::Plain if left.is_dotted() => (begins() || left.quoted, Rule::Abbreviation),
            Kind::Plain | Kind::Day => {
                let known = left.word.len() > 1 && left.is_lower();
                let begun = left.word.len() > 2 && begins() && right.word != "I";
                let sure = (known || begun) && self.style.is_tidy() && !right.dash;
                return Verdict { ends: true, rule: Rule::Mark, sure };
            }
        };
        let rule = if ends && rule == Rule::Abbreviation { Rule::Starter } else { rule };
        Verdict { ends, rule, sure: false }
    }

    /// How often sentences must begin with the word after an abbreviation for it to begin one: less where it is many of
    /// something and a small letter follows, for names go on ("Acme Corp. Directors meet", "Acme Co. Building on Fulton Street").
    fn least_beginning(&self, word: &str) -> u8 {
        let runs_on = self.chunks.get(self.left + 2).is_some_and(|chunk| chunk.first.is_ascii_lowercase());
        if runs_on && word.ends_with('s') { BEGINS_A_CLAUSE } else { BEGINS }
    }

    /// `John B. Smith`, `U. S. Navy`: a capital letter within a name.
    fn is_initial(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let within = Left::of(self.before()).starts_upper() && !self.rules.is_starter(right.word);
        let chained = right.word.len() == 1 && right.rest.starts_with('.');
        left.is_letter() && left.starts_upper() && (chained || within && left.word != "I")
    }

    /// What the dot after a word means, also where the word has spaces after its dots: `8 p. m.`, `the U. S.`
    pub fn kind(&self, left: &Left<'a>) -> Kind {
        let chained = left.is_letter() && self.left > self.first && is_dotted_letter(self.before());
        match self.rules.kind(left.word) {
            Kind::Plain if chained => self.rules.kind_spaced(self.before(), left.word),
            kind => kind,
        }
    }

    /// `E. 51st St.`, `S. Main Street`: a point of the compass before the name of a street.
    fn is_street(&self, left: &Left<'a>) -> bool {
        matches!(left.word, "N" | "S" | "E" | "W")
            && (self.left + 2..=self.left + 4).any(|at| self.rules.is_street(Left::of(self.chunk(at)).word))
    }

    /// `Vitamin C. Doctors`: a letter that numbers what stands before it.
    fn is_lettered(&self, left: &Left<'a>) -> bool {
        left.is_letter() && self.left > self.first && self.rules.is_lettered(self.before())
    }

    /// `J. K. Rowling`, but `you and I. Did he`.
    fn initial_ends(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let before = Left::of(self.chunk(self.left.saturating_sub(1)));
        let after_name = self.left > self.first && (before.starts_upper() || before.end == ".");
        let starter = self.rules.is_starter(right.word);
        let pronoun = left.word == "I" && !after_name;
        let name = left.starts_upper() && !pronoun;
        !name || starter && (self.left > self.first)
    }

    /// `H. R. 1280` is one name.
    fn follows_initial(&self) -> bool {
        let before = Left::of(self.chunk(self.left.saturating_sub(1)));
        self.left > self.first && before.is_letter() && before.is_dot()
    }

    fn continues_time(&self, right: &Right<'a>) -> bool {
        let zone = matches!(self.chunk(self.left + 2), "time" | "time," | "time.");
        zone || self.rules.goes_after_time(right.word) || self.so_far() < LONGEST_OPENING
    }

    /// `“Why?” Mr. Smith asked.` is one sentence; `“Why?” He asked twice.` is two, for the capital.
    fn is_attributed(&self, right: &Right<'a>) -> bool {
        let verb = |at: usize| self.rules.is_speech(Right::of(self.chunk(at)).word);
        let titled = self.rules.kind(right.word) == Kind::Title && right.rest.starts_with('.');
        if self.rules.is_starter(right.word) && !titled {
            return right.word == "I" && verb(self.left + 2);
        }
        let from = self.left + if titled { 3 } else { 2 };
        verb(from)
            || self.is_capitalised(from)
                && (verb(from + 1) || titled && self.is_capitalised(from + 1) && verb(from + 2))
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.chunk(at).starts_with(char::is_uppercase)
    }

    /// `Will rates fall? he asked.`
    fn is_asked(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let pronoun = matches!(right.word, "he" | "she" | "they" | "we");
        let next = Right::of(self.chunk(self.left + 2));
        !left.is_dot() && (self.rules.is_speech(right.word) || pronoun && self.rules.is_speech(next.word))
    }

    /// Whether what follows reads like a credit's first words: `Photo by`, `Credit:`.
    fn is_labelled(&self) -> bool {
        let (after, next) = (self.chunks.get(self.left + 1), self.chunks.get(self.left + 2));
        // Looked at for every capital: the first letter tells most.
        let told = next.is_some_and(|next| matches!(next.first, b'b' | b'c' | b'v'));
        after.is_some_and(|after| after.last == b':')
            || told && matches!(self.chunk(self.left + 2), "by" | "courtesy" | "via")
    }

    fn begins_credit(&self) -> bool {
        if self.so_far() < LONGEST_OPENING || !self.is_labelled() {
            return false;
        }
        let right = Right::of(self.right());
        let opens = right.case() == Case::Upper || self.right().starts_with('(');
        let left = self.chunk(self.left);
        let ended = left.ends_with(|c: char| c.is_lowercase() || matches!(c, '.' | ')' | '”' | '"'));
        opens && ended && self.rules.is_credit(right.word)
    }

    /// `(Photo by …)` is a sentence of its own.
    fn ends_credit(&self) -> bool {
        let first = self.chunk(self.first);
        self.chunk(self.left).ends_with(')')
            && first.strip_prefix('(').is_some_and(|word| self.rules.is_credit(word.trim_end_matches(':')))
            && Right::of(self.right()).case() != Case::Lower
    }

    /// A short line without a mark at its end, and a new sentence on the next.
    fn ends_heading(&self) -> bool {
        let end = self.chunks.get(self.left).map_or(0, |chunk| chunk.span.end());
        let left = self.chunk(self.left);
        let right = Right::of(self.right());
        end.saturating_sub(self.line) <= LONGEST_HEADING
            && left.ends_with(is_alphanumeric)
            && right.case() == Case::Upper
            && !self.rules.is_starter(left)
            && self.rules.is_starter(right.word)
    }
}

/// `-----`, `*****`: a line drawn in signs.
fn is_drawn(chunk: &str) -> bool {
    let mut signs = chunk.bytes();
    let first = signs.next();
    chunk.len() > 2
        && matches!(first, Some(b'-' | b'=' | b'_' | b'*' | b'~' | b'+' | b'#'))
        && signs.all(|sign| Some(sign) == first)
}

/// `U.`, `p.`
fn is_dotted_letter(chunk: &str) -> bool {
    matches!(chunk.as_bytes(), [letter, b'.'] if letter.is_ascii_alphabetic())
}

/// The letters that an ASCII chunk begins with.
fn leading_word(chunk: &str) -> &str {
    let end = chunk.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(chunk.len());
    chunk.get(..end).unwrap_or("")
}
