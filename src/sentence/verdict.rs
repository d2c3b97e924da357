//! What was decided on a gap, and by which rule.

/// The rule that spoke on a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Rule {
    /// A blank line, or a paragraph separator.
    BlankLine,
    /// A line that begins with a bullet, a number or a letter of a list.
    ListItem,
    /// The next number of a list that runs within its paragraph.
    Numbering,
    /// A bullet that prose has no other use for: `•`.
    Bullet,
    /// Two sentences without a space between them: `city.She`.
    Glued,
    /// A credit begins or ends: `Photo by`.
    Credit,
    /// A short line without a mark over a sentence.
    Heading,
    /// `.`, `?`, `!` or `…` before a word that may begin a sentence.
    Mark,
    /// A mark before a number.
    Number,
    /// A mark before a sign that is neither letter nor digit.
    Sign,
    /// An abbreviation before a word that begins sentences: `the U.S. He`.
    Starter,
    /// An address begins a sentence.
    Address,
    /// A lower-case word after a mark, by a writer who uses no capitals.
    NoCapitals,
    /// The text ends.
    End,
    /// No mark stands before the gap.
    NoMark,
    /// What follows belongs to what stands before: `”`, `[12]`.
    Trailer,
    /// The mark opens the sentence: `… The rest is lost.`
    Opening,
    /// The number of a list item: `1.`
    ListNumber,
    /// A lower-case word follows.
    LowerCase,
    /// A closing mark or a dash alone follows.
    LoneMark,
    /// An abbreviation: `Inc.`, `U.S.`
    Abbreviation,
    /// A title before a name: `Mr.`
    Title,
    /// A word that always goes on: `e.g.`
    Never,
    /// A word that numbers: `No. 5`.
    Numbered,
    /// A month cut short: `Feb. 2`.
    Month,
    /// An initial before a name: `J. Smith`.
    Initial,
    /// A time of day with its zone or its day: `5 p.m. Friday`.
    Time,
    /// Who said so: `“Why?” Smith asked.`
    Attribution,
    /// A name with an exclamation mark: `Yahoo!`
    Exclaimed,
    /// A number in brackets: `“Viva Maria!” (1965)`.
    Bracketed,
    /// The number of a note, which belongs to what stands before: `rights. 4 Even`.
    Note,
    /// Spaced dots that leave something out: `what . . . I mean`.
    Ellipsis,
}

impl Rule {
    /// Whether it speaks of what may be an abbreviation.
    pub(super) fn is_of_abbreviations(self) -> bool {
        use Rule::{Abbreviation, Initial, Month, Numbered, Starter, Time, Title};
        matches!(self, Abbreviation | Initial | Month | Numbered | Starter | Time | Title)
    }

    /// Its name, as Python sees it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::BlankLine => "blank_line",
            Rule::ListItem => "list_item",
            Rule::Numbering => "numbering",
            Rule::Bullet => "bullet",
            Rule::Glued => "glued",
            Rule::Credit => "credit",
            Rule::Heading => "heading",
            Rule::Mark => "mark",
            Rule::Number => "number",
            Rule::Sign => "sign",
            Rule::Starter => "starter",
            Rule::Address => "address",
            Rule::NoCapitals => "no_capitals",
            Rule::End => "end",
            Rule::NoMark => "no_mark",
            Rule::Trailer => "trailer",
            Rule::Opening => "opening",
            Rule::ListNumber => "list_number",
            Rule::LowerCase => "lower_case",
            Rule::LoneMark => "lone_mark",
            Rule::Abbreviation => "abbreviation",
            Rule::Title => "title",
            Rule::Never => "never",
            Rule::Numbered => "numbered",
            Rule::Month => "month",
            Rule::Initial => "initial",
            Rule::Time => "time",
            Rule::Attribution => "attribution",
            Rule::Exclaimed => "exclaimed",
            Rule::Bracketed => "bracketed",
            Rule::Note => "note",
            Rule::Ellipsis => "ellipsis",
        }
    }
}

/// What a rule says of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub ends: bool,
    pub rule: Rule,
    /// Whether the rule has the last word; else the weights have it.
    pub sure: bool,
}

impl Verdict {
    pub fn ends(rule: Rule) -> Self {
        Self { ends: true, rule, sure: true }
    }

    pub fn goes_on(rule: Rule) -> Self {
        Self { ends: false, rule, sure: true }
    }

    /// The same, left to the weights.
    pub fn open(self) -> Self {
        Self { sure: false, ..self }
    }

    /// The same, left to the weights where `open` holds.
    pub fn open_if(self, open: bool) -> Self {
        Self { sure: self.sure && !open, ..self }
    }
}
