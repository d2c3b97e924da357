//! Every cap on work and memory, each with its reason.

/// Bytes of a source and of a text that are read; in Python a longer one is an error.
///
/// Places are kept in 32 bits, which halves the memory that rows take.
pub const MAX_BYTES: usize = u32::MAX as usize - 1;

/// Bytes of a token; what would be a longer one is several.
///
/// Lengths of tokens are kept in 16 bits: tokens are a third of what a document keeps.
pub const MAX_TOKEN_BYTES: usize = u16::MAX as usize;

/// Open elements and remembered formatting elements together, past which start tags are dropped.
///
/// Tree construction looks through the open elements for some tags, so that its time would grow with the square of the
/// nesting depth. Browsers stop at 512 as well.
pub const MAX_OPEN_ELEMENTS: usize = 512;

/// Attributes kept of one element; the rest are dropped.
///
/// Each new name is compared with those before it, since the first of two equal names wins.
pub const MAX_ATTRIBUTES: usize = 1_000;

/// Formatting elements reopened before the allowance of `REOPENED_PER_TOKEN` is looked at.
///
/// A `<b>` that is never closed is reopened in every paragraph after it: 400 of them, and each `<p>x` of four bytes
/// makes 400 elements.
pub const MAX_REOPENED: usize = 10_000;

/// Formatting elements reopened per token, on average, past which all of them are closed.
pub const REOPENED_PER_TOKEN: usize = 1;

/// Bytes of markup that are read; what follows is not.
///
/// Places in the source and numbers of nodes are kept in 32 bits, which halves the memory they take.
pub const MAX_MARKUP_BYTES: usize = 1 << 31;

/// Bytes of a page that are searched for a `<meta charset>`: the standard says 1,024, real pages put more before it.
pub const META_PRESCAN: usize = 4_096;

/// A line with more bytes is a paragraph, whatever it says: no newsletter line measured was longer than 300.
pub const BOILERPLATE_LINE: usize = 320;

/// A line with more characters is no heading: the longest headline of the development pages has 150.
pub const HEADING_CHARACTERS: usize = 150;

/// Lines of a width in this range may be a paragraph wrapped by a mail program or an editor.
pub const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 45..=100;

/// `<` signs that are looked at to tell a page from text: a text of mathematics has more than any page needs.
pub const SNIFFED_TAGS: usize = 2_000;

/// Blocks of a page up to which each is judged by itself: the longest page of the development sets has 1,477.
pub const BLOCKS_JUDGED_ALONE: usize = 2_048;

/// Blocks in a row of which those that look the same are judged once, on a page that has more than `BLOCKS_JUDGED_ALONE`.
///
/// A page of 70,000 blocks of two letters would take fifteen times the time of a page of paragraphs of its size.
pub const BLOCKS_JUDGED_ALIKE: usize = 1_024;

/// A longer script is not searched for the article of a page that shows none: the places of its strings are kept.
pub const SCRIPT_BYTES: usize = 4 << 20;

/// Items of JSON-LD that are looked at: a page of 1.3 MB had 400.
pub const LINKED_ITEMS: usize = 1_000;

/// A longer name is none: its fullest form stands beside each of its mentions, and the longest of the development sets has 130 bytes.
pub const MAX_NAME_BYTES: usize = 400;

/// Names of places in one document that are put on the map; each is weighed against the others.
pub const MAX_PLACES: usize = 300;

/// Tokens of a place's name that are looked up together: "Santiago de los Caballeros", "Port-au-Prince".
pub const MAX_PLACE_WORDS: usize = 8;

/// Forms that one name of a document is compared by: a list of a thousand Smiths would be compared a million times.
pub const MAX_FORMS: usize = 12;

/// Tokens of a line after which the next sentence is a line of its own for the names: made whole, a paragraph of 50 MB
/// takes a hundred bytes a token, and twice the time of the same in lines.
pub const LINE_TOKENS: usize = 4_096;

/// Entities that a short form is compared with, the latest first.
pub const MAX_NAMESAKES: usize = 64;

/// Tokens after an opening single quotation mark among which its closing one is looked for.
///
/// An apostrophe looks like it, so that a text full of lone ones would be searched to its end from each.
pub const MAX_SINGLE_QUOTED: usize = 400;

/// Tokens looked through on either side of a date for the verb whose tense says which way it lies.
pub const TENSE_WINDOW: usize = 14;

/// Tokens that are read for cues at once: all of them are held against each other, and a text may have no full stop.
pub const MAX_UNIT_TOKENS: usize = 1_000;

/// Tokens on either side of a claim among which its verb, its dates and its place are looked for.
///
/// Each quantity of a sentence is a claim, and a text without a full stop is one sentence: `[1] ` 8,000 times took two
/// seconds. The longest sentence of the development sets that holds a claim has some 120 tokens.
pub const MAX_CLAIM_TOKENS: usize = 150;

/// Gaps between words that the weights of the sentence splitter are asked about, before the allowance of
/// `BYTES_PER_WEIGHED_GAP` is looked at: nearly all of a short text that was typed in haste.
///
/// A gap that a rule is sure of counts as an eighth. Beyond both a short look decides. Each asking costs as much as reading a hundred bytes, and `- ` a million times over
/// would ask at every second byte.
pub const MAX_WEIGHED_GAPS: usize = 512;

/// Bytes of text for each gap more that is weighed: news needs one in 300, web text and text that has lost its
/// marks one in 60.
pub const BYTES_PER_WEIGHED_GAP: usize = 56;

/// Bytes between two white spaces in which sentences that lost the space between them are looked for.
///
/// A text without a single space is no prose: `a.Aa.Aa.A` would give a sentence every three bytes.
pub const MAX_GLUED_BYTES: usize = 1_000;

/// Failures of a scan that are kept; further ones are counted.
///
/// A scan is for more documents than memory holds, and all of them may fail.
pub const MAX_FAILURES: usize = 10_000;
