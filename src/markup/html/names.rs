//! Names of elements and attributes as numbers: the known ones with what the standard says of them, others as they are met.

use super::tokenizer::cooked_name;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The name of an element or an attribute, in lower case. Numbers of names outside this list hold for one parse alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(u32);

/// What the standard says of an element of that name, as bits.
pub(super) type Flags = u32;

/// Of the category "special".
pub(super) const SPECIAL: Flags = 1;
/// Of the category "formatting".
pub(super) const FORMATTING: Flags = 1 << 1;
/// Ends the search for an element in scope.
pub(super) const SCOPE: Flags = 1 << 2;
/// Ends the search for one in list item scope, besides.
pub(super) const LIST_SCOPE: Flags = 1 << 3;
/// Ends the search for one in button scope, besides.
pub(super) const BUTTON_SCOPE: Flags = 1 << 4;
/// Ends the search for one in table scope.
pub(super) const TABLE_SCOPE: Flags = 1 << 5;
/// Its end tag is implied.
pub(super) const IMPLIED: Flags = 1 << 6;
/// Its end tag is implied at the end of a template.
pub(super) const IMPLIED_AT_END: Flags = 1 << 7;
/// `<h1>` to `<h6>`.
pub(super) const HEADING: Flags = 1 << 8;
/// Its start tag in the body closes a `<p>`, and that is all.
pub(super) const CLOSES_P: Flags = 1 << 9;
/// Its end tag in the body closes it where it is in scope.
pub(super) const BLOCK: Flags = 1 << 10;
/// Its start tag is handled as in the head wherever it stands.
pub(super) const HEAD: Flags = 1 << 11;
/// Its start tag ends foreign content.
pub(super) const BREAKOUT: Flags = 1 << 12;
/// Nothing stands in it, as with `<br>`.
pub(super) const EMPTY: Flags = 1 << 13;
/// Its start tag means nothing in the body.
pub(super) const STRAY: Flags = 1 << 14;
/// Says in which insertion mode its content is read.
pub(super) const ANCHOR: Flags = 1 << 15;
/// What is misplaced in it goes before the table.
pub(super) const FOSTER: Flags = 1 << 16;
/// It is closed at once, by itself or by the end of its raw text.
pub(super) const CLOSED: Flags = 1 << 17;
/// Rows may stand in it.
pub(super) const ROWS: Flags = 1 << 18;
/// Cells may stand in it.
pub(super) const CELLS: Flags = 1 << 19;
/// `<td>` and `<th>`.
pub(super) const CELL: Flags = 1 << 20;
/// A MathML text integration point.
pub(super) const TEXT_POINT: Flags = 1 << 21;
/// An HTML integration point of SVG.
pub(super) const HTML_POINT: Flags = 1 << 22;
/// An `<annotation-xml>` that holds HTML.
pub(super) const ANNOTATION: Flags = 1 << 23;

macro_rules! names {
    ($($name:ident $text:literal $($flag:ident)*;)*) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Place { $($name,)* }

        impl Name {
            $(#[doc = concat!("`", $text, "`")] pub const $name: Name = Name(Place::$name as u32);)*
        }

        const KNOWN: &[(&str, Flags)] = &[$(($text, 0 $(| $flag)*)),*];
    };
}

names! {
    OTHER "";
    A "a" FORMATTING;
    ADDRESS "address" SPECIAL CLOSES_P BLOCK;
    ANNOTATION_XML "annotation-xml";
    APPLET "applet" SPECIAL SCOPE;
    AREA "area" SPECIAL EMPTY CLOSED;
    ARIA_HIDDEN "aria-hidden";
    ARIA_LABEL "aria-label";
    ARTICLE "article" SPECIAL CLOSES_P BLOCK;
    ASIDE "aside" SPECIAL CLOSES_P BLOCK;
    AUDIO "audio";
    B "b" FORMATTING BREAKOUT;
    BASE "base" SPECIAL HEAD CLOSED;
    BASEFONT "basefont" SPECIAL HEAD;
    BGSOUND "bgsound" SPECIAL HEAD;
    BIG "big" FORMATTING BREAKOUT;
    BLOCKQUOTE "blockquote" SPECIAL CLOSES_P BLOCK BREAKOUT;
    BODY "body" SPECIAL BREAKOUT ANCHOR;
    BR "br" SPECIAL BREAKOUT EMPTY CLOSED;
    BUTTON "button" SPECIAL BUTTON_SCOPE BLOCK;
    CAPTION "caption" SPECIAL SCOPE IMPLIED_AT_END STRAY ANCHOR;
    CENTER "center" SPECIAL CLOSES_P BLOCK BREAKOUT;
    CITE "cite";
    CLASS "class";
    CODE "code" FORMATTING BREAKOUT;
    COL "col" SPECIAL STRAY CLOSED;
    COLGROUP "colgroup" SPECIAL IMPLIED_AT_END STRAY ANCHOR;
    COLOR "color";
    CONTENT "content";
    DATETIME "datetime";
    DD "dd" SPECIAL IMPLIED BREAKOUT;
    DESC "desc";
    DETAILS "details" SPECIAL CLOSES_P BLOCK;
    DIALOG "dialog" CLOSES_P BLOCK;
    DIR "dir" SPECIAL CLOSES_P BLOCK;
    DIV "div" SPECIAL CLOSES_P BLOCK BREAKOUT;
    DL "dl" SPECIAL CLOSES_P BLOCK BREAKOUT;
    DT "dt" SPECIAL IMPLIED BREAKOUT;
    EM "em" FORMATTING BREAKOUT;
    EMBED "embed" SPECIAL BREAKOUT EMPTY CLOSED;
    ENCODING "encoding";
    FACE "face";
    FIELDSET "fieldset" SPECIAL CLOSES_P BLOCK;
    FIGCAPTION "figcaption" SPECIAL CLOSES_P BLOCK;
    FIGURE "figure" SPECIAL CLOSES_P BLOCK;
    FONT "font" FORMATTING;
    FOOTER "footer" SPECIAL CLOSES_P BLOCK;
    FOREIGN_OBJECT "foreignobject";
    FORM "form" SPECIAL;
    FRAME "frame" SPECIAL STRAY;
    FRAMESET "frameset" SPECIAL ANCHOR;
    H1 "h1" SPECIAL HEADING BREAKOUT;
    H2 "h2" SPECIAL HEADING BREAKOUT;
    H3 "h3" SPECIAL HEADING BREAKOUT;
    H4 "h4" SPECIAL HEADING BREAKOUT;
    H5 "h5" SPECIAL HEADING BREAKOUT;
    H6 "h6" SPECIAL HEADING BREAKOUT;
    HEAD_ELEMENT "head" SPECIAL BREAKOUT STRAY ANCHOR;
    HEADER "header" SPECIAL CLOSES_P BLOCK;
    HGROUP "hgroup" SPECIAL CLOSES_P BLOCK;
    HIDDEN "hidden";
    HR "hr" SPECIAL BREAKOUT CLOSED;
    HREF "href";
    HTML "html" SPECIAL SCOPE TABLE_SCOPE ANCHOR ROWS CELLS;
    I "i" FORMATTING BREAKOUT;
    ID "id";
    IFRAME "iframe" SPECIAL CLOSED;
    IMAGE "image";
    IMG "img" SPECIAL BREAKOUT EMPTY CLOSED;
    INPUT "input" SPECIAL CLOSED;
    ISINDEX "isindex" SPECIAL;
    ITEMPROP "itemprop";
    KEYGEN "keygen" EMPTY;
    LABEL "label";
    LANG "lang";
    LI "li" SPECIAL IMPLIED BREAKOUT;
    LINK "link" SPECIAL HEAD CLOSED;
    LISTING "listing" SPECIAL BLOCK BREAKOUT;
    MAIN "main" SPECIAL CLOSES_P BLOCK;
    MALIGNMARK "malignmark";
    MARQUEE "marquee" SPECIAL SCOPE;
    MATH "math";
    MENU "menu" SPECIAL CLOSES_P BLOCK BREAKOUT;
    META "meta" SPECIAL HEAD BREAKOUT CLOSED;
    MGLYPH "mglyph";
    MI "mi";
    MN "mn";
    MO "mo";
    MS "ms";
    MTEXT "mtext";
    NAME "name";
    NAV "nav" SPECIAL CLOSES_P BLOCK;
    NOBR "nobr" FORMATTING BREAKOUT;
    NOEMBED "noembed" SPECIAL CLOSED;
    NOFRAMES "noframes" SPECIAL HEAD CLOSED;
    NOSCRIPT "noscript" SPECIAL;
    OBJECT "object" SPECIAL SCOPE;
    OL "ol" SPECIAL LIST_SCOPE CLOSES_P BLOCK BREAKOUT;
    OPTGROUP "optgroup" IMPLIED;
    OPTION "option" IMPLIED;
    P "p" SPECIAL IMPLIED CLOSES_P BREAKOUT;
    PARAM "param" SPECIAL CLOSED;
    PLAINTEXT "plaintext" SPECIAL CLOSED;
    PRE "pre" SPECIAL BLOCK BREAKOUT;
    PROPERTY "property";
    RB "rb" IMPLIED;
    REL "rel";
    ROLE "role";
    RP "rp" IMPLIED;
    RT "rt" IMPLIED;
    RTC "rtc" IMPLIED;
    RUBY "ruby" BREAKOUT;
    S "s" FORMATTING BREAKOUT;
    SCRIPT "script" SPECIAL HEAD CLOSED;
    SEARCH "search" CLOSES_P BLOCK;
    SECTION "section" SPECIAL CLOSES_P BLOCK;
    SELECT "select" SPECIAL SCOPE BLOCK;
    SIZE "size";
    SMALL "small" FORMATTING BREAKOUT;
    SOURCE "source" SPECIAL CLOSED;
    SPAN "span" BREAKOUT;
    STRIKE "strike" FORMATTING BREAKOUT;
    STRONG "strong" FORMATTING BREAKOUT;
    STYLE "style" SPECIAL HEAD CLOSED;
    SUB "sub" BREAKOUT;
    SUMMARY "summary" SPECIAL CLOSES_P BLOCK;
    SUP "sup" BREAKOUT;
    SVG "svg";
    TABLE "table" SPECIAL SCOPE TABLE_SCOPE BREAKOUT ANCHOR FOSTER;
    TBODY "tbody" SPECIAL IMPLIED_AT_END STRAY ANCHOR FOSTER ROWS;
    TD "td" SPECIAL SCOPE IMPLIED_AT_END STRAY ANCHOR CELL;
    TEMPLATE "template" SPECIAL SCOPE TABLE_SCOPE HEAD ANCHOR ROWS CELLS;
    TEXTAREA "textarea" SPECIAL CLOSED;
    TFOOT "tfoot" SPECIAL IMPLIED_AT_END STRAY ANCHOR FOSTER ROWS;
    TH "th" SPECIAL SCOPE IMPLIED_AT_END STRAY ANCHOR CELL;
    THEAD "thead" SPECIAL IMPLIED_AT_END STRAY ANCHOR FOSTER ROWS;
    TIME "time";
    TITLE "title" SPECIAL HEAD CLOSED;
    TR "tr" SPECIAL IMPLIED_AT_END STRAY ANCHOR FOSTER CELLS;
    TRACK "track" SPECIAL CLOSED;
    TT "tt" FORMATTING BREAKOUT;
    TYPE "type";
    U "u" FORMATTING BREAKOUT;
    UL "ul" SPECIAL LIST_SCOPE CLOSES_P BLOCK BREAKOUT;
    VAR "var" BREAKOUT;
    VIDEO "video";
    WBR "wbr" SPECIAL EMPTY CLOSED;
    XMP "xmp" SPECIAL CLOSED;
}

/// Numbers below this one are those of the list.
pub(super) const COUNT: usize = KNOWN.len();

impl Name {
    /// The element's bits.
    pub(super) fn flags(self) -> Flags {
        KNOWN.get(self.0 as usize).map_or(0, |known| known.1)
    }

    /// The name, if it is in the list.
    #[must_use]
    pub fn known(self) -> Option<&'static str> {
        KNOWN.get(self.0 as usize).map(|known| known.0).filter(|name| !name.is_empty())
    }

    pub(super) fn number(self) -> usize {
        self.0 as usize
    }
}

/// The hash of no byte at all.
pub(super) const NO_BYTES: u32 = 0x811c_9dc5;

/// The hash of a name with one byte more, which counts in lower case.
pub(super) fn hash_with(hash: u32, byte: u8) -> u32 {
    hash_folded(hash, byte.to_ascii_lowercase())
}

/// The same of a byte in lower case.
pub(super) fn hash_folded(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// For each byte, what it counts as in a name: itself, in lower case; nought where it ends the name or needs a closer look.
pub(super) type Folds = [u8; 256];

/// The folds of names that the bytes `ends` end.
fn folds(ends: &[u8]) -> Folds {
    let fold = |byte: usize| Some(byte as u8).filter(|byte| !ends.contains(byte));
    std::array::from_fn(|byte| fold(byte).map_or(0, |byte| byte.to_ascii_lowercase()))
}

/// The list as a hash table with open addressing.
pub(super) struct Known {
    slots: Vec<u16>,
    /// Of the bytes of an element's name.
    pub element: Folds,
    /// Of the bytes of an attribute's name.
    pub attribute: Folds,
}

/// Four times the names of the list, rounded up to a power of two: nearly every name is found at the first look.
const SLOTS: usize = (4 * COUNT).next_power_of_two();

static TABLE: LazyLock<Known> = LazyLock::new(|| {
    let mut slots = vec![0_u16; SLOTS];
    for (number, (name, _)) in KNOWN.iter().enumerate().skip(1) {
        let free = places(name.bytes().fold(NO_BYTES, hash_with));
        let free = free.into_iter().find(|&place| slots.get(place) == Some(&0));
        if let Some(slot) = free.and_then(|place| slots.get_mut(place)) {
            *slot = number as u16;
        }
    }
    Known { slots, element: folds(b"\t\n\x0c\r />"), attribute: folds(b"\t\n\x0c\r />=") }
});

fn places(hash: u32) -> impl Iterator<Item = usize> {
    let first = (hash ^ hash >> 15) as usize;
    (0..SLOTS).map(move |step| (first + step) % SLOTS)
}

impl Known {
    pub fn table() -> &'static Known {
        &TABLE
    }

    /// The number of the name `raw`, in upper or lower case, whose hash is `hash`; `OTHER` where it is not in the list.
    pub fn find(&self, hash: u32, raw: &[u8]) -> Name {
        for place in places(hash) {
            let number = self.slots.get(place).copied().unwrap_or(0);
            match KNOWN.get(usize::from(number)) {
                Some((name, _)) if number != 0 => {
                    // Nearly all are written in lower case.
                    if name.as_bytes() == raw || name.as_bytes().eq_ignore_ascii_case(raw) {
                        return Name(u32::from(number));
                    }
                }
                _ => break,
            }
        }
        Name::OTHER
    }

    /// The same of a name that is written out.
    pub fn named(&self, name: &str) -> Name {
        self.find(name.bytes().fold(NO_BYTES, hash_with), name.as_bytes())
    }
}

/// The names of elements that one page has and the list has not.
#[derive(Clone, Debug, Default)]
pub(super) struct Others {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Others {
    /// The number of a name as it stands in the source.
    pub fn number(&mut self, raw: &str) -> Name {
        let name = cooked_name(raw);
        if let Some(&number) = self.numbers.get(&*name) {
            return Name(number);
        }
        let number = (COUNT + self.names.len()) as u32;
        self.names.push((&*name).into());
        self.numbers.insert((&*name).into(), number);
        Name(number)
    }

    pub fn name(&self, name: Name) -> Option<&str> {
        self.names.get(name.number().checked_sub(COUNT)?).map(|name| &**name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_list_is_found() {
        for (number, (name, _)) in KNOWN.iter().enumerate().skip(1) {
            assert_eq!(Known::table().named(name).number(), number, "{name}");
        }
        assert_eq!(Known::table().named("DIV"), Name::DIV);
        assert_eq!(Known::table().named("nothing"), Name::OTHER);
    }

    #[test]
    fn the_list_is_sorted_and_has_no_doubles() {
        assert!(KNOWN.iter().map(|known| known.0).is_sorted_by(|one, next| one < next));
    }
}
