//! The body: end tags.

use super::super::builder::{Builder, Flow, Insertion, Token};
use super::super::names::{BLOCK, FORMATTING, HEADING, LIST_SCOPE, Name, SCOPE, SPECIAL};
use super::super::tag::Tag;

impl Builder<'_> {
    pub(super) fn end_in_body(&mut self, tag: &Tag<'_>) -> Flow {
        let flags = tag.name.flags();
        if flags & BLOCK != 0 {
            self.end_scoped(tag.name, SCOPE, Name::OTHER);
        } else if flags & FORMATTING != 0 {
            self.adopt(tag.name);
        } else if flags & HEADING != 0 {
            if self.open.any_in_scope(SCOPE, |open| open.flags & HEADING != 0) {
                self.close_implied(Name::OTHER);
                self.pop_through(|open| open.flags & HEADING != 0);
            }
        } else {
            return self.end_other(tag);
        }
        Flow::Done
    }

    /// End tags that are treated one by one.
    fn end_other(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            Name::P => {
                if !self.open.has_p_in_button_scope() {
                    self.insert_implied(Name::P);
                }
                self.close_p();
            }
            Name::LI | Name::DD | Name::DT => {
                let ends = if tag.name == Name::LI { SCOPE | LIST_SCOPE } else { SCOPE };
                self.end_scoped(tag.name, ends, tag.name);
            }
            Name::BODY | Name::HTML if self.open.in_scope(Name::BODY, SCOPE) => {
                self.mode = Insertion::AfterBody;
                return if tag.name == Name::HTML { Flow::Again } else { Flow::Done };
            }
            Name::BODY | Name::HTML => {}
            Name::FORM => self.end_form(),
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                if self.end_scoped(tag.name, SCOPE, Name::OTHER) {
                    self.formatting.clear_to_marker();
                }
            }
            Name::BR => {
                let start = Tag { attributes: &[], ..*tag };
                return self.in_body(&Token::Start(&start));
            }
            Name::TEMPLATE => return self.in_head(&Token::End(tag)),
            _ => self.any_other_end(tag.name),
        }
        Flow::Done
    }

    /// Closes an element that is in the scope which elements with `ends` end; implied ends of that name stay.
    fn end_scoped(&mut self, name: Name, ends: u32, but: Name) -> bool {
        let found = self.open.in_scope(name, ends);
        if found {
            self.close_implied(but);
            self.pop_through(|open| open.is(name));
        }
        found
    }

    fn end_form(&mut self) {
        if self.open.has(Name::TEMPLATE) {
            self.end_scoped(Name::FORM, SCOPE, Name::OTHER);
            return;
        }
        let Some(form) = self.form.take() else { return };
        if self.open.any_in_scope(SCOPE, |open| open.id == form) {
            self.close_implied(Name::OTHER);
            self.remove(form);
        }
    }

    pub(in super::super) fn any_other_end(&mut self, name: Name) {
        if !self.open.has(name) {
            return;
        }
        let stops = |flags: u32| flags & SPECIAL != 0;
        let found = (0..self.open.len()).rev().find_map(|at| {
            let open = self.open.get(at)?;
            (open.is(name) || stops(open.flags)).then(|| (at, open.is(name)))
        });
        if let Some((at, true)) = found {
            self.close_implied(name);
            self.truncate(at);
        }
    }
}
