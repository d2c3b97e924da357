//! Tables.

use super::super::builder::{Builder, Flow, Insertion, Token};
use super::super::names::{CELL, CELLS, FOSTER, Name, ROWS, TABLE_SCOPE};
use super::super::tag::Tag;

impl Builder<'_> {
    fn in_table_scope(&self, name: Name) -> bool {
        self.open.in_scope(name, TABLE_SCOPE)
    }

    pub(in super::super) fn in_table(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Null(_) | Token::Text(_) if self.open.top_has(FOSTER) => {
                self.original = self.mode;
                self.again(Insertion::InTableText)
            }
            Token::Comment(data) => {
                self.append_comment(*data);
                Flow::Done
            }
            Token::Start(tag) => self.start_in_table(tag, token),
            Token::End(tag) => match tag.name {
                Name::TABLE => {
                    if self.in_table_scope(Name::TABLE) {
                        self.pop_through(|open| open.is(Name::TABLE));
                        self.mode = self.appropriate_mode();
                    }
                    Flow::Done
                }
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML => Flow::Done,
                Name::TBODY | Name::TD | Name::TFOOT | Name::TH | Name::THEAD | Name::TR => Flow::Done,
                Name::TEMPLATE => self.in_head(token),
                _ => self.foster_in_body(token),
            },
            Token::Eof => self.in_body(token),
            Token::Null(_) | Token::Text(_) => self.foster_in_body(token),
        }
    }

    fn start_in_table(&mut self, tag: &Tag<'_>, token: &Token<'_>) -> Flow {
        match tag.name {
            Name::CAPTION => {
                self.clear_to_table();
                self.formatting.push_marker();
                self.insert_element(tag);
                self.done(Insertion::InCaption)
            }
            Name::COLGROUP => {
                self.clear_to_table();
                self.insert_element(tag);
                self.done(Insertion::InColumnGroup)
            }
            Name::COL => {
                self.clear_to_table();
                self.insert_implied(Name::COLGROUP);
                self.again(Insertion::InColumnGroup)
            }
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                self.clear_to_table();
                self.insert_element(tag);
                self.done(Insertion::InTableBody)
            }
            Name::TD | Name::TH | Name::TR => {
                self.clear_to_table();
                self.insert_implied(Name::TBODY);
                self.again(Insertion::InTableBody)
            }
            Name::TABLE => {
                if !self.in_table_scope(Name::TABLE) {
                    return Flow::Done;
                }
                self.pop_through(|open| open.is(Name::TABLE));
                self.again(self.appropriate_mode())
            }
            Name::STYLE | Name::SCRIPT | Name::TEMPLATE => self.in_head(token),
            Name::INPUT if self.is_hidden(tag) => {
                self.insert_closed(tag);
                Flow::Done
            }
            Name::FORM => {
                if self.form.is_none() && !self.open.has(Name::TEMPLATE) {
                    self.form = Some(self.insert_closed(tag));
                }
                Flow::Done
            }
            _ => self.foster_in_body(token),
        }
    }

    fn clear_to_table(&mut self) {
        self.pop_while(|open| open.flags & TABLE_SCOPE == 0);
    }

    fn clear_to(&mut self, context: u32) {
        self.pop_while(|open| open.flags & context == 0);
    }

    /// Reads what is misplaced in a table as if it stood in the body; it goes before the table.
    fn foster_in_body(&mut self, token: &Token<'_>) -> Flow {
        self.foster = true;
        let flow = self.in_body(token);
        self.foster = false;
        flow
    }

    pub(in super::super) fn in_table_text(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Null(_) => return Flow::Done,
            Token::Text(piece) => {
                self.held.push(*piece);
                return Flow::Done;
            }
            _ => {}
        }
        let held = std::mem::take(&mut self.held);
        let is_blank = held.iter().all(|piece| self.is_blank(piece));
        for piece in held {
            if is_blank {
                self.append_text(piece);
            } else {
                self.foster_in_body(&Token::Text(piece));
            }
        }
        self.again(self.original)
    }

    pub(in super::super) fn in_caption(&mut self, token: &Token<'_>) -> Flow {
        let (name, is_end) = match token {
            Token::Start(tag) => (tag.name, false),
            Token::End(tag) => (tag.name, true),
            _ => return self.in_body(token),
        };
        match name {
            Name::CAPTION | Name::TABLE if is_end => {}
            Name::CAPTION if !is_end => {}
            Name::COL | Name::COLGROUP | Name::TBODY | Name::TD => {}
            Name::TFOOT | Name::TH | Name::THEAD | Name::TR => {}
            Name::BODY | Name::HTML if is_end => return Flow::Done,
            _ => return self.in_body(token),
        }
        let ends = !is_end || matches!(name, Name::CAPTION | Name::TABLE);
        if !ends || !self.in_table_scope(Name::CAPTION) {
            return Flow::Done;
        }
        self.close_implied(Name::OTHER);
        self.pop_through(|open| open.is(Name::CAPTION));
        self.formatting.clear_to_marker();
        self.mode = Insertion::InTable;
        if is_end && name == Name::CAPTION { Flow::Done } else { Flow::Again }
    }

    pub(in super::super) fn in_column_group(&mut self, token: &Token<'_>) -> Flow {
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
                Name::COL => {
                    self.insert_closed(tag);
                    return Flow::Done;
                }
                Name::TEMPLATE => return self.in_head(token),
                _ => {}
            },
            Token::End(tag) => match tag.name {
                Name::COL => return Flow::Done,
                Name::TEMPLATE => return self.in_head(token),
                _ => {}
            },
            Token::Eof => return self.in_body(token),
            _ => {}
        }
        if !self.open.top_is(Name::COLGROUP) {
            return Flow::Done;
        }
        self.pop();
        self.mode = Insertion::InTable;
        let closed = matches!(token, Token::End(tag) if tag.name == Name::COLGROUP);
        if closed { Flow::Done } else { Flow::Again }
    }

    pub(in super::super) fn in_table_body(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Start(tag) => match tag.name {
                Name::TR => {
                    self.clear_to(ROWS);
                    self.insert_element(tag);
                    self.done(Insertion::InRow)
                }
                Name::TH | Name::TD => {
                    self.clear_to(ROWS);
                    self.insert_implied(Name::TR);
                    self.again(Insertion::InRow)
                }
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD => {
                    self.leave_table_body()
                }
                _ => self.in_table(token),
            },
            Token::End(tag) => match tag.name {
                Name::TBODY | Name::TFOOT | Name::THEAD => {
                    if self.in_table_scope(tag.name) {
                        self.clear_to(ROWS);
                        self.pop();
                        self.mode = Insertion::InTable;
                    }
                    Flow::Done
                }
                Name::TABLE => self.leave_table_body(),
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP => Flow::Done,
                Name::HTML | Name::TD | Name::TH | Name::TR => Flow::Done,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    fn leave_table_body(&mut self) -> Flow {
        let outer = |name| matches!(name, Name::TABLE | Name::TBODY | Name::TFOOT);
        if !self.open.any_in_scope(TABLE_SCOPE, |open| open.is_html && outer(open.name)) {
            return Flow::Done;
        }
        self.clear_to(ROWS);
        self.pop();
        self.again(Insertion::InTable)
    }

    pub(in super::super) fn in_row(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Start(tag) => match tag.name {
                Name::TH | Name::TD => {
                    self.clear_to(CELLS);
                    self.insert_element(tag);
                    self.formatting.push_marker();
                    self.done(Insertion::InCell)
                }
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY => self.leave_row(),
                Name::TFOOT | Name::THEAD | Name::TR => self.leave_row(),
                _ => self.in_table(token),
            },
            Token::End(tag) => match tag.name {
                Name::TR => {
                    self.leave_row();
                    Flow::Done
                }
                Name::TABLE => self.leave_row(),
                Name::TBODY | Name::TFOOT | Name::THEAD if !self.in_table_scope(tag.name) => Flow::Done,
                Name::TBODY | Name::TFOOT | Name::THEAD => self.leave_row(),
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP => Flow::Done,
                Name::HTML | Name::TD | Name::TH => Flow::Done,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    /// Closes the row, if there is one.
    fn leave_row(&mut self) -> Flow {
        if !self.in_table_scope(Name::TR) {
            return Flow::Done;
        }
        self.clear_to(CELLS);
        self.pop();
        self.again(Insertion::InTableBody)
    }

    pub(in super::super) fn in_cell(&mut self, token: &Token<'_>) -> Flow {
        match token {
            Token::Start(tag) => match tag.name {
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TD => self.leave_cell(),
                Name::TFOOT | Name::TH | Name::THEAD | Name::TR => self.leave_cell(),
                _ => self.in_body(token),
            },
            Token::End(tag) => match tag.name {
                Name::TD | Name::TH => {
                    if self.in_table_scope(tag.name) {
                        self.close_implied(Name::OTHER);
                        self.pop_through(|open| open.is(tag.name));
                        self.formatting.clear_to_marker();
                        self.mode = Insertion::InRow;
                    }
                    Flow::Done
                }
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML => Flow::Done,
                Name::TABLE | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR => {
                    if self.in_table_scope(tag.name) { self.close_cell() } else { Flow::Done }
                }
                _ => self.in_body(token),
            },
            _ => self.in_body(token),
        }
    }

    fn leave_cell(&mut self) -> Flow {
        let in_cell = self.open.any_in_scope(TABLE_SCOPE, |open| open.flags & CELL != 0);
        if in_cell { self.close_cell() } else { Flow::Done }
    }

    fn close_cell(&mut self) -> Flow {
        self.close_implied(Name::OTHER);
        self.pop_through(|open| open.flags & CELL != 0);
        self.formatting.clear_to_marker();
        self.again(Insertion::InRow)
    }
}
