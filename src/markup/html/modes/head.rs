//! Before the body.

use super::super::builder::{Builder, Flow, Insertion, Token};
use super::super::names::{HEAD, IMPLIED, IMPLIED_AT_END, Name};
use super::super::tag::Tag;
use super::super::tokenizer::Mode;

/// Whether an end tag of that name opens what it would close: those of others mean nothing before the body.
fn implies(tag: &Tag<'_>) -> bool {
    matches!(tag.name, Name::HEAD_ELEMENT | Name::BODY | Name::HTML | Name::BR)
}

impl Builder<'_> {
    pub(in super::super) fn initial(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => Flow::Done,
            Token::Comment(data) => {
                self.append_comment_to(self.tree.root(), *data);
                Flow::Done
            }
            _ => {
                self.quirks = true;
                self.again(Insertion::BeforeHtml)
            }
        }
    }

    pub(in super::super) fn before_html(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => Flow::Done,
            Token::Comment(data) => {
                self.append_comment_to(self.tree.root(), *data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => {
                self.create_root(Some(tag));
                self.done(Insertion::BeforeHead)
            }
            Token::End(tag) if !implies(tag) => Flow::Done,
            _ => {
                self.create_root(None);
                self.again(Insertion::BeforeHead)
            }
        }
    }

    pub(in super::super) fn before_head(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => Flow::Done,
            Token::Comment(data) => {
                self.append_comment(*data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => self.in_body(token),
            Token::Start(tag) if tag.name == Name::HEAD_ELEMENT => {
                self.head = Some(self.insert_element(tag));
                self.done(Insertion::InHead)
            }
            Token::End(tag) if !implies(tag) => Flow::Done,
            _ => {
                self.head = Some(self.insert_implied(Name::HEAD_ELEMENT));
                self.again(Insertion::InHead)
            }
        }
    }

    pub(in super::super) fn in_head(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => {
                self.append_text(*piece);
                Flow::Done
            }
            Token::Comment(data) => {
                self.append_comment(*data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => self.in_body(token),
            Token::Start(tag) if tag.name == Name::HEAD_ELEMENT => Flow::Done,
            Token::Start(tag) if tag.name == Name::NOSCRIPT || tag.name.flags() & HEAD != 0 => {
                self.start_in_head(tag)
            }
            Token::End(tag) if tag.name == Name::HEAD_ELEMENT => {
                self.pop();
                self.done(Insertion::AfterHead)
            }
            Token::End(tag) if tag.name == Name::TEMPLATE => self.end_template(),
            Token::End(tag) if !implies(tag) => Flow::Done,
            _ => {
                self.pop();
                self.again(Insertion::AfterHead)
            }
        }
    }

    fn start_in_head(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            Name::TITLE => self.insert_raw(tag, Mode::Rcdata),
            Name::NOFRAMES | Name::STYLE => self.insert_raw(tag, Mode::Rawtext),
            Name::NOSCRIPT if self.scripting => self.insert_raw(tag, Mode::Rawtext),
            Name::NOSCRIPT => {
                self.insert_element(tag);
                self.done(Insertion::InHeadNoscript)
            }
            Name::SCRIPT => self.insert_raw(tag, Mode::ScriptData),
            Name::TEMPLATE => {
                self.insert_element(tag);
                self.formatting.push_marker();
                self.frameset_ok = false;
                self.template_modes.push(Insertion::InTemplate);
                self.done(Insertion::InTemplate)
            }
            _ => {
                self.insert_closed(tag);
                Flow::Done
            }
        }
    }

    fn end_template(&mut self) -> Flow {
        if self.open.has(Name::TEMPLATE) {
            self.pop_while(|open| open.flags & (IMPLIED | IMPLIED_AT_END) != 0);
            self.close_template();
        }
        Flow::Done
    }

    /// Closes the last template and what is open in it.
    pub(in super::super) fn close_template(&mut self) {
        self.pop_through(|open| open.is(Name::TEMPLATE));
        self.formatting.clear_to_marker();
        self.template_modes.pop();
        self.mode = self.appropriate_mode();
    }

    pub(in super::super) fn in_head_noscript(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.in_head(token),
            Token::Comment(_) => self.in_head(token),
            Token::Start(tag) => match tag.name {
                Name::HTML => self.in_body(token),
                Name::BASEFONT | Name::BGSOUND | Name::LINK | Name::META | Name::NOFRAMES | Name::STYLE => {
                    self.in_head(token)
                }
                Name::HEAD_ELEMENT | Name::NOSCRIPT => Flow::Done,
                _ => self.leave_head_noscript(),
            },
            Token::End(tag) if tag.name == Name::NOSCRIPT => {
                self.pop();
                self.done(Insertion::InHead)
            }
            Token::End(tag) if tag.name != Name::BR => Flow::Done,
            _ => self.leave_head_noscript(),
        }
    }

    fn leave_head_noscript(&mut self) -> Flow {
        self.pop();
        self.again(Insertion::InHead)
    }

    pub(in super::super) fn after_head(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => {
                self.append_text(*piece);
                return Flow::Done;
            }
            Token::Comment(data) => {
                self.append_comment(*data);
                return Flow::Done;
            }
            Token::Start(tag) => match tag.name {
                Name::HTML => return self.in_body(token),
                Name::BODY => {
                    self.insert_element(tag);
                    self.frameset_ok = false;
                    return self.done(Insertion::InBody);
                }
                Name::FRAMESET => {
                    self.insert_element(tag);
                    return self.done(Insertion::InFrameset);
                }
                Name::HEAD_ELEMENT => return Flow::Done,
                name if name.flags() & HEAD != 0 => return self.late_for_head(token),
                _ => {}
            },
            Token::End(tag) if tag.name == Name::TEMPLATE => return self.in_head(token),
            Token::End(tag) if !implies(tag) || tag.name == Name::HEAD_ELEMENT => return Flow::Done,
            _ => {}
        }
        self.insert_implied(Name::BODY);
        self.again(Insertion::InBody)
    }

    /// What belongs in the head and comes after it goes into the head.
    fn late_for_head(&mut self, token: &Token<'_>) -> Flow {
        let Some(head) = self.head else { return Flow::Done };
        self.push(super::super::stack::Open::new(head, Name::HEAD_ELEMENT, Name::HEAD_ELEMENT.flags(), true));
        let flow = self.in_head(token);
        self.remove(head);
        flow
    }
}
