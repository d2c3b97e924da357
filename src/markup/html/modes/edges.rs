//! Raw text, templates, framesets, and what comes after the body.

use super::super::builder::{Builder, Flow, Insertion, Token};
use super::super::names::{HEAD, Name};

impl Builder<'_> {
    pub(in super::super) fn in_text(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) => self.append_text(*piece),
            Token::Eof => {
                self.pop();
                return self.again(self.original);
            }
            _ => {
                self.pop();
                self.mode = self.original;
            }
        }
        Flow::Done
    }

    pub(in super::super) fn in_template(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(_) | Token::Comment(_) => self.in_body(token),
            Token::Start(tag) if tag.name.flags() & HEAD != 0 => self.in_head(token),
            Token::End(tag) if tag.name == Name::TEMPLATE => self.in_head(token),
            Token::Start(tag) => {
                let mode = match tag.name {
                    Name::CAPTION | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD => {
                        Insertion::InTable
                    }
                    Name::COL => Insertion::InColumnGroup,
                    Name::TR => Insertion::InTableBody,
                    Name::TD | Name::TH => Insertion::InRow,
                    _ => Insertion::InBody,
                };
                self.template_modes.pop();
                self.template_modes.push(mode);
                self.again(mode)
            }
            Token::Eof if self.open.has(Name::TEMPLATE) => {
                self.close_template();
                Flow::Again
            }
            Token::Null(_) | Token::End(_) | Token::Eof => Flow::Done,
        }
    }

    pub(in super::super) fn after_body(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.in_body(token),
            Token::Comment(data) => {
                let html = self.open.get(0).map_or(self.tree.root(), |html| html.id);
                self.append_comment_to(html, *data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => self.in_body(token),
            Token::End(tag) if tag.name == Name::HTML => {
                if self.context.is_none() {
                    self.mode = Insertion::AfterAfterBody;
                }
                Flow::Done
            }
            Token::Eof => Flow::Done,
            _ => self.again(Insertion::InBody),
        }
    }

    pub(in super::super) fn after_after_body(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.in_body(token),
            Token::Comment(data) => {
                self.append_comment_to(self.tree.root(), *data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => self.in_body(token),
            Token::Eof => Flow::Done,
            _ => self.again(Insertion::InBody),
        }
    }

    pub(in super::super) fn in_frameset(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.append_text(*piece),
            Token::Comment(data) => self.append_comment(*data),
            Token::Start(tag) => match tag.name {
                Name::HTML => return self.in_body(token),
                Name::FRAMESET => {
                    self.insert_element(tag);
                }
                Name::FRAME => {
                    self.insert_closed(tag);
                }
                Name::NOFRAMES => return self.in_head(token),
                _ => {}
            },
            Token::End(tag) if tag.name == Name::FRAMESET && self.open.len() > 1 => {
                self.pop();
                if self.context.is_none() && !self.open.top_is(Name::FRAMESET) {
                    self.mode = Insertion::AfterFrameset;
                }
            }
            _ => {}
        }
        Flow::Done
    }

    pub(in super::super) fn after_frameset(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.append_text(*piece),
            Token::Comment(data) => self.append_comment(*data),
            Token::Start(tag) if tag.name == Name::HTML => return self.in_body(token),
            Token::Start(tag) if tag.name == Name::NOFRAMES => return self.in_head(token),
            Token::End(tag) if tag.name == Name::HTML => self.mode = Insertion::AfterAfterFrameset,
            _ => {}
        }
        Flow::Done
    }

    pub(in super::super) fn after_after_frameset(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Text(piece) if self.is_blank(piece) => self.in_body(token),
            Token::Comment(data) => {
                self.append_comment_to(self.tree.root(), *data);
                Flow::Done
            }
            Token::Start(tag) if tag.name == Name::HTML => self.in_body(token),
            Token::Start(tag) if tag.name == Name::NOFRAMES => self.in_head(token),
            _ => Flow::Done,
        }
    }
}
