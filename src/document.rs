//! A document: one source, one text, and its stages, each computed when first asked for and then kept.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::checkpoint;
use crate::claim::{self, Claim};
use crate::date::{self, Expression, Published};
use crate::entity::{self, Entity, Label, Names};
use crate::limits::MAX_BYTES;
use crate::markup::{self, Block, BlockKind, Kind, Markup};
use crate::quantity::{self, Quantity};
use crate::quote::{self, Quote};
use crate::sentence::{self, Rules};
use crate::tag::{self, Tag};
use crate::text::{CodePoints, Span, Text, readable};
use crate::token::{Tokens, Words};

/// The user's choices, compiled once and shared by all documents of a desk.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What to read, throw away and keep.
    pub markup: markup::Options,
    /// Where sentences end.
    pub rules: Rules,
    /// Units beside those of the language.
    pub units: Arc<quantity::Units>,
    /// Names that the user knows.
    pub names: Names,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            markup: markup::Options::default(),
            rules: Rules::english().clone(),
            units: Arc::default(),
            names: Names::default(),
        }
    }
}

/// A string in the hands of whoever made it: a page that Python holds is not copied. What lies past `MAX_BYTES` is not read.
#[derive(Clone)]
pub struct Held(Arc<dyn AsRef<str> + Send + Sync>);

impl Held {
    /// Keeps `string`.
    #[must_use]
    pub fn new(string: impl AsRef<str> + Send + Sync + 'static) -> Self {
        Self(Arc::new(string))
    }
}

impl Deref for Held {
    type Target = str;

    fn deref(&self) -> &str {
        readable((*self.0).as_ref())
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Held {}

impl Hash for Held {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

/// What goes in: characters, and where the strings of a list stand in them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The characters. A list's strings are joined by line feeds.
    pub string: Held,
    /// The strings of a list; None for anything else.
    pub parts: Option<Vec<Span>>,
}

impl Source {
    /// One text.
    #[must_use]
    pub fn text(string: impl AsRef<str> + Send + Sync + 'static) -> Self {
        Self { string: Held::new(string), parts: None }
    }

    /// Bytes, decoded as a browser would.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::text(markup::decode(bytes))
    }

    /// The strings of a list, up to the first that does not fit in `MAX_BYTES`.
    #[must_use]
    pub fn list<S: AsRef<str>>(strings: &[S]) -> Self {
        let mut string = String::new();
        let mut parts = Vec::with_capacity(strings.len());
        for part in strings {
            if string.len() + part.as_ref().len() >= MAX_BYTES {
                break;
            }
            if !parts.is_empty() {
                string.push('\n');
            }
            let start = string.len();
            string.push_str(part.as_ref());
            parts.push(Span::new(start, string.len()));
        }
        Self { string: Held::new(string), parts: Some(parts) }
    }
}

/// A sentence, and the block it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text.
    pub span: Span,
    /// Its block, an index into the document's blocks.
    pub block: usize,
}

/// One document.
#[derive(Debug)]
pub struct Document {
    /// Made when it is asked for where the text is the source: a second copy of a long text takes time.
    source: OnceLock<Source>,
    /// Whether the text is the source.
    is_taken: bool,
    /// The text as it was before lone surrogates became U+FFFD: both take three bytes, so that offsets are the same.
    original: Option<Vec<u8>>,
    kind: Kind,
    published: Option<Published>,
    settings: Arc<Settings>,
    markup: Markup,
    words: OnceLock<Words>,
    sentences: OnceLock<Vec<Sentence>>,
    entities: OnceLock<Vec<Entity>>,
    dates: OnceLock<Vec<Expression>>,
    quantities: OnceLock<Vec<Quantity>>,
    tags: OnceLock<Vec<Tag>>,
    quotes: OnceLock<Vec<Quote>>,
    claims: OnceLock<Vec<Claim>>,
    text_points: OnceLock<CodePoints>,
    source_points: OnceLock<CodePoints>,
}

impl Document {
    /// Reads `source`; the shape is found out where none is given.
    #[must_use]
    pub fn parse(source: Source, kind: Option<Kind>, settings: &Arc<Settings>) -> Self {
        checkpoint::reached(source.string.len());
        let (kind, markup) = match (&source.parts, kind) {
            (Some(parts), _) => {
                (Kind::Fragments, markup::parse_parts(&source.string, parts, &settings.markup))
            }
            (None, kind) => {
                let kind = kind.unwrap_or_else(|| Kind::of(&source.string));
                (kind, markup::parse(&source.string, kind, &settings.markup))
            }
        };
        Self::new(OnceLock::from(source), kind, markup, settings)
    }

    /// The text of `source` alone: what is left out is not listed, which takes less time.
    #[must_use]
    pub fn clean(source: &Source, settings: &Settings) -> String {
        let options = markup::Options { text_only: true, ..settings.markup.clone() };
        let markup = match &source.parts {
            Some(parts) => markup::parse_parts(&source.string, parts, &options),
            None => markup::parse(&source.string, Kind::of(&source.string), &options),
        };
        markup.text.into_string()
    }

    /// A text taken as it is: one block, and the source is the text.
    #[must_use]
    pub fn taken(mut string: String, settings: &Arc<Settings>) -> Self {
        string.truncate(readable(&string).len());
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, string.len()) };
        let markup = Markup { text: Text::verbatim(string), blocks: vec![block], ..Markup::default() };
        Self { is_taken: true, ..Self::new(OnceLock::new(), Kind::Text, markup, settings) }
    }

    /// The same document, of a text that had lone surrogates where it now has U+FFFD.
    #[must_use]
    pub fn with_original(self, original: Option<Vec<u8>>) -> Self {
        Self { original, ..self }
    }

    /// The text with its lone surrogates, each encoded as a character would be; None where it has none.
    #[must_use]
    pub fn original(&self) -> Option<&[u8]> {
        self.original.as_deref()
    }

    fn new(source: OnceLock<Source>, kind: Kind, markup: Markup, settings: &Arc<Settings>) -> Self {
        Self {
            source,
            is_taken: false,
            original: None,
            kind,
            published: None,
            settings: Arc::clone(settings),
            markup,
            words: OnceLock::new(),
            sentences: OnceLock::new(),
            entities: OnceLock::new(),
            dates: OnceLock::new(),
            quantities: OnceLock::new(),
            tags: OnceLock::new(),
            quotes: OnceLock::new(),
            claims: OnceLock::new(),
            text_points: OnceLock::new(),
            source_points: OnceLock::new(),
        }
    }

    /// The same document with the day it was published on, before any stage has read it; what its page says
    /// stands where none is given.
    #[must_use]
    pub fn published_on(self, published: Option<&str>) -> Self {
        let said = published.or(self.markup.metadata.published.as_deref());
        Self {
            published: said.and_then(date::published_on),
            dates: OnceLock::new(),
            quantities: OnceLock::new(),
            claims: OnceLock::new(),
            ..self
        }
    }

    /// What it was read from.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.source.get_or_init(|| Source::text(self.text().to_owned()))
    }

    /// The shape it came in.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The choices it was read with.
    #[must_use]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Its text, blocks and what the page says of itself.
    #[must_use]
    pub fn markup(&self) -> &Markup {
        &self.markup
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.markup.text.as_str()
    }

    fn checkpoint(&self) {
        checkpoint::reached(self.text().len());
    }

    /// Its tokens, made once and shared by the stages.
    pub fn tokens(&self) -> Tokens<'_> {
        self.words.get_or_init(|| Words::new(self.text())).of(self.text())
    }

    /// Its sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| {
            let split = |(block, span): (usize, Span)| {
                self.checkpoint();
                sentences(span.of(self.text()), &self.settings.rules)
                    .into_iter()
                    .map(move |found| Sentence { span: found.shifted(span.start()), block })
            };
            self.markup.blocks.iter().map(|block| block.span).enumerate().flat_map(split).collect()
        })
    }

    /// The same document with names that are known already, in place of those that it would find.
    #[must_use]
    pub fn with_names(self, spans: &[(Span, Label)]) -> Self {
        let given = entity::given(self.tokens(), spans);
        Self { entities: OnceLock::from(given), claims: OnceLock::new(), ..self }
    }

    /// Its names, in order.
    pub fn entities(&self) -> &[Entity] {
        self.entities.get_or_init(|| {
            self.checkpoint();
            entity::found(self.tokens(), &self.settings.names)
        })
    }

    /// Its expressions of time, in order.
    pub fn dates(&self) -> &[Expression] {
        self.dates.get_or_init(|| {
            self.checkpoint();
            date::found(self.tokens(), self.published)
        })
    }

    /// Its quantities, in order.
    pub fn quantities(&self) -> &[Quantity] {
        self.quantities.get_or_init(|| {
            let dates = self.dates();
            self.checkpoint();
            quantity::found(self.tokens(), dates, &self.settings.units)
        })
    }

    /// Its quotations, in order.
    pub fn quotes(&self) -> &[Quote] {
        let sentences = || self.sentences().iter().map(|sentence| sentence.span);
        self.quotes.get_or_init(|| {
            let tags = self.tags();
            self.checkpoint();
            quote::found(self.tokens(), tags, sentences())
        })
    }

    /// The parts of speech of its tokens.
    pub(crate) fn tags(&self) -> &[Tag] {
        self.tags.get_or_init(|| tag::tags(self.tokens()))
    }

    /// Its claims, in order.
    pub fn claims(&self) -> &[Claim] {
        self.claims.get_or_init(|| {
            let sentences: Vec<Span> = self.sentences().iter().map(|sentence| sentence.span).collect();
            let found = claim::Found {
                quantities: self.quantities(),
                entities: self.entities(),
                dates: self.dates(),
                quotes: self.quotes(),
                sentences: &sentences,
            };
            self.checkpoint();
            claim::claims(self.tokens(), self.tags(), &found)
        })
    }

    /// The day it was published on, where that is known.
    #[must_use]
    pub fn published(&self) -> Option<Published> {
        self.published
    }

    /// `span` of the text in code points.
    #[must_use]
    pub fn code_points(&self, span: Span) -> Span {
        self.text_points.get_or_init(|| CodePoints::new(self.text())).span(self.text(), span)
    }

    /// Where `span` of the text was read, in code points of the source.
    #[must_use]
    pub fn source_code_points(&self, span: Span) -> Span {
        self.source_code_points_near(span, &mut 0)
    }

    /// The same, found faster where it was read near the last one: `near` is nought at first, and is handed on.
    pub fn source_code_points_near(&self, span: Span, near: &mut usize) -> Span {
        if self.is_taken {
            return self.code_points(span);
        }
        self.in_source(self.markup.text.alignment().source_near(span, near))
    }

    /// `span` of the source in code points.
    #[must_use]
    pub fn in_source(&self, span: Span) -> Span {
        if self.is_taken {
            return self.code_points(span);
        }
        let string = &self.source().string;
        self.source_points.get_or_init(|| CodePoints::new(string)).span(string, span)
    }

    /// The sentence in which `span` starts.
    #[must_use]
    pub fn sentence_at(&self, span: Span) -> Option<usize> {
        let after = self.sentences().partition_point(|sentence| sentence.span.start() <= span.start());
        after.checked_sub(1)
    }
}

/// The sentences of a text taken as it is.
#[must_use]
pub fn sentences(text: &str, rules: &Rules) -> Vec<Span> {
    sentence::sentences(text, rules)
}
