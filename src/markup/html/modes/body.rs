//! The body: text and start tags.

use super::super::builder::{Builder, Flow, Insertion, Token};
use super::super::names::{CLOSES_P, EMPTY, FORMATTING, HEAD, HEADING, IMPLIED, Name, SCOPE, SPECIAL, STRAY};
use super::super::stack::Open;
use super::super::tag::Tag;
use super::super::tokenizer::Mode;
use super::super::tree::Namespace;
use crate::limits::MAX_ATTRIBUTES;

impl Builder<'_> {
    pub(in super::super) fn in_body(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Null(_) => Flow::Done,
            Token::Text(piece) => {
                self.reconstruct();
                self.frameset_ok = self.frameset_ok && self.is_blank(piece);
                self.append_text(*piece);
                Flow::Done
            }
            Token::Comment(data) => {
                self.append_comment(*data);
                Flow::Done
            }
            Token::Start(tag) => self.start_in_body(tag, token),
            Token::End(tag) => self.end_in_body(tag),
            Token::Eof if !self.template_modes.is_empty() => self.in_template(token),
            Token::Eof => Flow::Done,
        }
    }

    fn start_in_body(&mut self, tag: &Tag<'_>, token: &Token<'_>) -> Flow {
        let flags = tag.name.flags();
        if flags & CLOSES_P != 0 {
            self.close_p_in_scope();
            self.insert_element(tag);
        } else if flags & FORMATTING != 0 {
            self.start_formatting(tag);
        } else if flags & EMPTY != 0 {
            self.reconstruct();
            self.insert_closed(tag);
            self.frameset_ok = false;
        } else if flags & HEADING != 0 {
            self.close_p_in_scope();
            if self.open.top_has(HEADING) {
                self.pop();
            }
            self.insert_element(tag);
        } else if flags & HEAD != 0 {
            return self.in_head(token);
        } else if flags & STRAY == 0 {
            return self.start_other(tag);
        }
        Flow::Done
    }

    fn start_formatting(&mut self, tag: &Tag<'_>) {
        if tag.name == Name::A {
            self.close_link();
        }
        self.reconstruct();
        if tag.name == Name::NOBR && self.open.in_scope(Name::NOBR, SCOPE) {
            self.adopt(Name::NOBR);
            self.reconstruct();
        }
        self.insert_formatting(tag);
    }

    /// Start tags that are treated one by one.
    fn start_other(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            Name::LI | Name::DD | Name::DT => self.start_item(tag),
            Name::HTML | Name::BODY => self.start_again(tag),
            Name::FRAMESET => self.start_frameset(tag),
            Name::PRE | Name::LISTING => {
                self.close_p_in_scope();
                self.insert_element(tag);
                self.skips_line_feed = true;
                self.frameset_ok = false;
            }
            Name::FORM => self.start_form(tag),
            Name::BUTTON | Name::INPUT | Name::SELECT | Name::HR | Name::OPTION | Name::OPTGROUP => {
                self.start_control(tag);
            }
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                self.reconstruct();
                self.insert_element(tag);
                self.formatting.push_marker();
                self.frameset_ok = false;
            }
            Name::TABLE => {
                if !self.quirks {
                    self.close_p_in_scope();
                }
                self.insert_element(tag);
                self.frameset_ok = false;
                self.mode = Insertion::InTable;
            }
            Name::PARAM | Name::SOURCE | Name::TRACK => {
                self.insert_closed(tag);
            }
            Name::IMAGE => {
                let image = Tag { name: Name::IMG, ..*tag };
                return self.in_body(&Token::Start(&image));
            }
            Name::RB | Name::RTC | Name::RP | Name::RT => {
                if self.open.in_scope(Name::RUBY, SCOPE) {
                    let stays = matches!(tag.name, Name::RP | Name::RT);
                    self.close_implied(if stays { Name::RTC } else { Name::OTHER });
                }
                self.insert_element(tag);
            }
            Name::MATH | Name::SVG => {
                self.reconstruct();
                let is_svg = tag.name == Name::SVG;
                self.insert_foreign(tag, if is_svg { Namespace::Svg } else { Namespace::MathMl });
            }
            _ => return self.start_raw(tag),
        }
        Flow::Done
    }

    /// Elements whose content is text, and all that nothing is said of.
    fn start_raw(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            Name::PLAINTEXT => {
                self.close_p_in_scope();
                self.insert_element(tag);
                self.raw = Some(Mode::Plaintext);
                Flow::Done
            }
            Name::TEXTAREA => {
                self.skips_line_feed = true;
                self.frameset_ok = false;
                self.insert_raw(tag, Mode::Rcdata)
            }
            Name::XMP => {
                self.close_p_in_scope();
                self.reconstruct();
                self.frameset_ok = false;
                self.insert_raw(tag, Mode::Rawtext)
            }
            Name::IFRAME => {
                self.frameset_ok = false;
                self.insert_raw(tag, Mode::Rawtext)
            }
            Name::NOEMBED => self.insert_raw(tag, Mode::Rawtext),
            Name::NOSCRIPT if self.scripting => self.insert_raw(tag, Mode::Rawtext),
            _ => {
                self.reconstruct();
                self.insert_element(tag);
                Flow::Done
            }
        }
    }

    /// A second `<html>` or `<body>` brings attributes to the first.
    fn start_again(&mut self, tag: &Tag<'_>) {
        if self.open.has(Name::TEMPLATE) {
            return;
        }
        let place = usize::from(tag.name == Name::BODY);
        let Some(first) = self.open.get(place).filter(|open| open.is(tag.name)) else { return };
        let id = first.id;
        self.frameset_ok &= tag.name == Name::HTML;
        self.tree.add_missing(id, tag.attributes, MAX_ATTRIBUTES);
    }

    fn start_frameset(&mut self, tag: &Tag<'_>) {
        let body = self.open.get(1).filter(|open| open.is(Name::BODY)).map(|body| body.id);
        let Some(body) = body.filter(|_| self.frameset_ok) else { return };
        self.tree.detach(body);
        self.truncate(1);
        self.insert_element(tag);
        self.mode = Insertion::InFrameset;
    }

    /// `<li>`, `<dd>`, `<dt>`: the item before ends.
    fn start_item(&mut self, tag: &Tag<'_>) {
        self.frameset_ok = false;
        let closes = |name: Name| match tag.name {
            Name::LI => name == Name::LI,
            _ => matches!(name, Name::DD | Name::DT),
        };
        let stops =
            |name: Name| name.flags() & SPECIAL != 0 && !matches!(name, Name::ADDRESS | Name::DIV | Name::P);
        let any_open = [Name::LI, Name::DD, Name::DT].iter().any(|&name| closes(name) && self.open.has(name));
        let ends = |open: &&Open| open.is_html && (closes(open.name) || stops(open.name));
        let found = if any_open { self.open.down().find(ends).map(|open| open.name) } else { None };
        if let Some(name) = found.filter(|&name| closes(name)) {
            self.close_implied(name);
            self.pop_through(|open| open.is(name));
        }
        self.close_p_in_scope();
        self.insert_element(tag);
    }

    fn start_form(&mut self, tag: &Tag<'_>) {
        let in_template = self.open.has(Name::TEMPLATE);
        if self.form.is_some() && !in_template {
            return;
        }
        self.close_p_in_scope();
        let form = self.insert_element(tag);
        if !in_template {
            self.form = Some(form);
        }
    }

    fn start_control(&mut self, tag: &Tag<'_>) {
        let in_select = tag.name != Name::BUTTON && self.open.in_scope(Name::SELECT, SCOPE);
        match tag.name {
            Name::BUTTON if self.open.in_scope(Name::BUTTON, SCOPE) => {
                self.close_implied(Name::OTHER);
                self.pop_through(|open| open.is(Name::BUTTON));
            }
            Name::SELECT | Name::INPUT if self.has_context(Name::SELECT) => return,
            Name::SELECT | Name::INPUT if in_select => {
                self.pop_through(|open| open.is(Name::SELECT));
                if tag.name == Name::SELECT {
                    return;
                }
            }
            Name::HR => {
                self.close_p_in_scope();
                if in_select {
                    self.close_implied(Name::OTHER);
                }
            }
            Name::OPTION if in_select => self.close_implied(Name::OPTGROUP),
            Name::OPTGROUP if in_select => self.close_implied(Name::OTHER),
            Name::OPTION | Name::OPTGROUP if self.open.top_is(Name::OPTION) => {
                self.pop();
            }
            _ => {}
        }
        if tag.name != Name::HR {
            self.reconstruct();
        }
        self.frameset_ok &= match tag.name {
            Name::OPTION | Name::OPTGROUP => true,
            Name::INPUT => self.is_hidden(tag),
            _ => false,
        };
        if matches!(tag.name, Name::INPUT | Name::HR) {
            self.insert_closed(tag);
        } else {
            self.insert_element(tag);
        }
    }

    pub(in super::super) fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        let kind = tag.attributes.iter().find(|attribute| attribute.name == Name::TYPE);
        kind.is_some_and(|kind| self.tree.value(kind).eq_ignore_ascii_case("hidden"))
    }

    /// Closes a `<p>` that is in button scope.
    pub(in super::super) fn close_p_in_scope(&mut self) {
        if self.open.has_p_in_button_scope() {
            self.close_p();
        }
    }

    pub(in super::super) fn close_p(&mut self) {
        self.close_implied(Name::P);
        self.pop_through(|open| open.is(Name::P));
    }

    /// Pops elements whose end tags are implied, but none of that name.
    pub(in super::super) fn close_implied(&mut self, but: Name) {
        self.pop_while(|open| open.flags & IMPLIED != 0 && open.name != but);
    }
}
