//! SVG and MathML (<https://html.spec.whatwg.org/#parsing-main-inforeign>).

use super::builder::{Builder, Flow, Token};
use super::names::{ANNOTATION, BREAKOUT, Flags, HTML_POINT, Name, SCOPE, TEXT_POINT};
use super::tag::Tag;
use super::tree::{Namespace, Piece, Tree};
use std::borrow::Cow;

/// What the standard says of a foreign element of that name.
pub(super) fn flags(name: Name, namespace: Namespace) -> Flags {
    match (namespace, name) {
        (Namespace::MathMl, Name::MI | Name::MO | Name::MN | Name::MS | Name::MTEXT) => SCOPE | TEXT_POINT,
        (Namespace::Svg, Name::FOREIGN_OBJECT | Name::DESC | Name::TITLE) => SCOPE | HTML_POINT,
        _ => 0,
    }
}

impl Builder<'_> {
    /// Whether a token is read by the rules of this room.
    pub(super) fn is_foreign(&self, token: &Token<'_>) -> bool {
        let Some((is_html, name, flags)) = self.adjusted_current() else { return false };
        if is_html || matches!(token, Token::Eof) {
            return false;
        }
        let is_text = matches!(token, Token::Text(_) | Token::Null(_));
        let start = if let Token::Start(tag) = token { Some(tag.name) } else { None };
        let in_text_point = flags & TEXT_POINT != 0
            && (is_text || start.is_some_and(|name| !matches!(name, Name::MGLYPH | Name::MALIGNMARK)));
        let in_html_point = flags & (HTML_POINT | ANNOTATION) != 0 && (is_text || start.is_some());
        let svg_in_annotation = name == Name::ANNOTATION_XML && start == Some(Name::SVG);
        !(in_text_point || in_html_point || svg_in_annotation)
    }

    pub(super) fn foreign(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Null(source) => {
                let replaced = Some((char::REPLACEMENT_CHARACTER, None));
                self.append_text(Piece { source: *source, replaced });
            }
            Token::Text(piece) => {
                self.frameset_ok = self.frameset_ok && self.is_blank(piece);
                self.append_text(*piece);
            }
            Token::Comment(data) => self.append_comment(*data),
            Token::Start(tag) if self.breaks_out(tag) => return self.break_out(token),
            Token::End(tag) if matches!(tag.name, Name::BR | Name::P) => return self.break_out(token),
            Token::Start(tag) => {
                let namespace = self.adjusted_namespace();
                self.insert_foreign(tag, namespace);
            }
            Token::End(tag) => return self.foreign_end(tag, token),
            Token::Eof => {}
        }
        Flow::Done
    }

    fn breaks_out(&self, tag: &Tag<'_>) -> bool {
        let sets = |name: Name| matches!(name, Name::COLOR | Name::FACE | Name::SIZE);
        tag.name.flags() & BREAKOUT != 0
            || tag.name == Name::FONT && tag.attributes.iter().any(|attribute| sets(attribute.name))
    }

    /// An HTML tag ends foreign content.
    fn break_out(&mut self, token: &Token<'_>) -> Flow {
        while self.open.top().is_some_and(|top| !top.is_html && top.flags & (TEXT_POINT | HTML_POINT) == 0) {
            self.pop();
        }
        self.step(self.mode, token)
    }

    fn foreign_end(&mut self, tag: &Tag<'_>, token: &Token<'_>) -> Flow {
        for at in (1..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { break };
            if open.is_html && at + 1 < self.open.len() {
                return self.step(self.mode, token);
            }
            if open.name == tag.name {
                self.truncate(at);
                break;
            }
        }
        Flow::Done
    }

    /// Makes an element of SVG or MathML.
    pub(super) fn insert_foreign(&mut self, tag: &Tag<'_>, namespace: Namespace) {
        let id = self.tree.create_element(tag.name, namespace, tag.attributes, tag.source);
        self.place(id);
        if tag.self_closing {
            return;
        }
        let mut flags = flags(tag.name, namespace);
        if namespace == Namespace::MathMl && tag.name == Name::ANNOTATION_XML {
            let encoding = self.tree.attr(id, Name::ENCODING).unwrap_or_default();
            let html = ["text/html", "application/xhtml+xml"];
            let holds_html = html.iter().any(|html| encoding.eq_ignore_ascii_case(html));
            flags |= if holds_html { ANNOTATION } else { 0 };
        }
        self.push_foreign(id, tag.name, flags);
    }
}

/// The name of an element of SVG, whose letters are not all small: `foreignObject`.
pub(super) fn svg_name(name: &str) -> &str {
    let found = SVG_NAMES.iter().find(|known| known.len() == name.len() && known.eq_ignore_ascii_case(name));
    found.copied().unwrap_or(name)
}

/// The prefix, the local name and the namespace of a foreign element's attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignName<'a> {
    /// `xlink` of `xlink:href`.
    pub prefix: Option<&'static str>,
    /// `href` of it.
    pub local: Cow<'a, str>,
    /// Its vocabulary: `xlink`, `xml`, `xmlns`, or none.
    pub namespace: Option<&'static str>,
}

/// What the name of an attribute becomes in an element of that namespace.
#[must_use]
pub fn adjusted(name: Cow<'_, str>, namespace: Namespace) -> ForeignName<'_> {
    let plain = |local| ForeignName { prefix: None, local, namespace: None };
    if namespace == Namespace::Html {
        return plain(name);
    }
    if name == "xmlns" {
        return ForeignName { namespace: Some("xmlns"), ..plain(name) };
    }
    if let Some((prefix, local, _)) = PREFIXED.iter().find(|known| known.2 == name) {
        let (prefix, local) = (Some(*prefix), Cow::Borrowed(*local));
        return ForeignName { prefix, local, namespace: prefix };
    }
    let list: &[&str] = if namespace == Namespace::Svg { &SVG_ATTRIBUTES } else { &["definitionURL"] };
    match list.iter().find(|known| known.eq_ignore_ascii_case(&name)) {
        Some(known) => plain(Cow::Borrowed(*known)),
        None => plain(name),
    }
}

impl Tree<'_> {
    /// The name of an attribute of an element of that namespace.
    #[must_use]
    pub fn qualified(&self, attribute: &super::Attribute, namespace: Namespace) -> ForeignName<'_> {
        adjusted(self.attribute_name(attribute), namespace)
    }
}

const PREFIXED: [(&str, &str, &str); 10] = [
    ("xlink", "actuate", "xlink:actuate"),
    ("xlink", "arcrole", "xlink:arcrole"),
    ("xlink", "href", "xlink:href"),
    ("xlink", "role", "xlink:role"),
    ("xlink", "show", "xlink:show"),
    ("xlink", "title", "xlink:title"),
    ("xlink", "type", "xlink:type"),
    ("xml", "lang", "xml:lang"),
    ("xml", "space", "xml:space"),
    ("xmlns", "xlink", "xmlns:xlink"),
];

#[rustfmt::skip]
const SVG_NAMES: [&str; 37] = [
    "altGlyph", "altGlyphDef", "altGlyphItem", "animateColor", "animateMotion",
    "animateTransform", "clipPath", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG",
    "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight",
    "feTile", "feTurbulence", "foreignObject", "glyphRef", "linearGradient",
    "radialGradient", "textPath",
];

#[rustfmt::skip]
const SVG_ATTRIBUTES: [&str; 58] = [
    "attributeName", "attributeType", "baseFrequency", "baseProfile", "calcMode",
    "clipPathUnits", "diffuseConstant", "edgeMode", "filterUnits", "glyphRef",
    "gradientTransform", "gradientUnits", "kernelMatrix", "kernelUnitLength", "keyPoints",
    "keySplines", "keyTimes", "lengthAdjust", "limitingConeAngle", "markerHeight",
    "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "numOctaves",
    "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "pointsAtX",
    "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits",
    "refX", "refY", "repeatCount", "repeatDur", "requiredExtensions",
    "requiredFeatures", "specularConstant", "specularExponent", "spreadMethod", "startOffset",
    "stdDeviation", "stitchTiles", "surfaceScale", "systemLanguage", "tableValues",
    "targetX", "targetY", "textLength", "viewBox", "viewTarget",
    "xChannelSelector", "yChannelSelector", "zoomAndPan",
];
