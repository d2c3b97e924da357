//! The tokenizer against the html5lib tests, and against html5ever's own tokenizer on them.

use crate::data;
use copydesk::markup::html::tokenizer::{Mode, Receiver, cooked_name, tokenize};
use copydesk::markup::html::{self, Piece, Tag as OurTag};
use copydesk::text::Span;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{
    BufferQueue, Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use serde_json::{Value, json};
use std::cell::RefCell;

/// Tokens in the notation of the tests.
#[derive(Default)]
struct Notes(Vec<Value>);

impl Notes {
    fn text(&mut self, text: &str) {
        if let Some(Value::Array(last)) = self.0.last_mut()
            && last[0] == "Character"
        {
            let joined = format!("{}{text}", last[1].as_str().unwrap());
            last[1] = joined.into();
        } else {
            self.0.push(json!(["Character", text]));
        }
    }

    fn token(&mut self, token: &Token) {
        match token {
            Token::DoctypeToken(Doctype { name, public_id, system_id, force_quirks }) => {
                let [name, public, system] = [name, public_id, system_id].map(|part| part.as_deref());
                self.0.push(json!(["DOCTYPE", name, public, system, !force_quirks]));
            }
            Token::TagToken(tag) => self.tag(tag),
            Token::CommentToken(text) => self.0.push(json!(["Comment", &**text])),
            Token::CharacterTokens(text) => self.text(text),
            Token::NullCharacterToken => self.text("\0"),
            Token::EOFToken | Token::ParseError(_) => {}
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if tag.kind == TagKind::EndTag {
            return self.0.push(json!(["EndTag", &*tag.name]));
        }
        let attrs = tag.attrs.iter().map(|attr| (attr.name.local.to_string(), Value::from(&*attr.value)));
        let attrs: serde_json::Map<_, _> = attrs.collect();
        self.0.push(match tag.self_closing {
            true => json!(["StartTag", &*tag.name, attrs, true]),
            false => json!(["StartTag", &*tag.name, attrs]),
        });
    }
}

/// Checks the positions too: every token lies after the one before, and verbatim text is the source's.
struct Ours<'s> {
    source: &'s str,
    at: usize,
    notes: Notes,
}

impl Ours<'_> {
    fn pass(&mut self, source: Span) {
        assert!(source.start() >= self.at && source.end() <= self.source.len() && !source.is_empty());
        self.at = source.end();
    }

    fn name(&self, label: Span) -> String {
        cooked_name(label.of(self.source)).into_owned()
    }
}

impl Receiver for Ours<'_> {
    fn text(&mut self, piece: Piece) {
        self.pass(piece.source);
        match piece.replaced {
            Some((first, second)) => {
                self.notes.text(&std::iter::once(first).chain(second).collect::<String>());
            }
            None => self.notes.text(piece.source.of(self.source)),
        }
    }

    fn null(&mut self, source: Span) {
        self.pass(source);
        self.notes.text("\0");
    }

    fn start_tag(&mut self, tag: OurTag<'_>) -> Option<Mode> {
        self.pass(tag.source);
        let value = |value: Span| html::attribute_value(value.of(self.source));
        let attrs = tag.attributes.iter();
        let attrs = attrs.map(|attr| (self.name(attr.label()), Value::from(&*value(attr.value()))));
        let attrs: serde_json::Map<_, _> = attrs.collect();
        self.notes.0.push(match tag.self_closing {
            true => json!(["StartTag", self.name(tag.label), attrs, true]),
            false => json!(["StartTag", self.name(tag.label), attrs]),
        });
        None
    }

    fn end_tag(&mut self, tag: OurTag<'_>) {
        self.pass(tag.source);
        self.notes.0.push(json!(["EndTag", self.name(tag.label)]));
    }

    fn comment(&mut self, data: Span, source: Span) {
        self.pass(source);
        self.notes.0.push(json!(["Comment", &*html::comment_text(data.of(self.source))]));
    }

    fn doctype(&mut self, doctype: html::Doctype, source: Span) {
        self.pass(source);
        let html::Doctype { name, public_id, system_id, force_quirks } = doctype;
        self.notes.0.push(json!(["DOCTYPE", name, public_id, system_id, !force_quirks]));
    }

    fn end(&mut self) {}

    fn in_foreign_content(&self) -> bool {
        false
    }
}

fn ours(source: &str, state: &str, last: &str) -> Vec<Value> {
    let mode = match state {
        "Data state" => Mode::Data,
        "PLAINTEXT state" => Mode::Plaintext,
        "RCDATA state" => Mode::Rcdata,
        "RAWTEXT state" => Mode::Rawtext,
        "Script data state" => Mode::ScriptData,
        "CDATA section state" => Mode::Cdata,
        _ => panic!("{state}"),
    };
    let mut receiver = Ours { source, at: 0, notes: Notes::default() };
    tokenize(source, mode, last, &mut receiver);
    receiver.notes.0
}

#[derive(Default)]
struct Theirs(RefCell<Notes>);

impl TokenSink for Theirs {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().token(&token);
        TokenSinkResult::Continue
    }
}

fn theirs(source: &str, state: &str, last: &str) -> Vec<Value> {
    let state = match state {
        "Data state" => State::Data,
        "PLAINTEXT state" => State::Plaintext,
        "RCDATA state" => State::RawData(RawKind::Rcdata),
        "RAWTEXT state" => State::RawData(RawKind::Rawtext),
        "Script data state" => State::RawData(RawKind::ScriptData),
        _ => State::CdataSection,
    };
    let last = (!last.is_empty()).then(|| last.to_owned());
    let options = TokenizerOpts {
        initial_state: Some(state),
        last_start_tag_name: last,
        discard_bom: false,
        ..Default::default()
    };
    let tokenizer = Tokenizer::new(Theirs::default(), options);
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(source));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().0
}

/// Reads `\uHHHH`; none where that is a lone surrogate, which no `str` holds.
fn unescaped(text: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\"").replace('\n', "\\n"))).ok()
}

fn unescape_all(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => unescaped(text)?.into(),
        Value::Array(items) => items.iter().map(unescape_all).collect::<Option<Vec<_>>>()?.into(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| Some((unescaped(name)?, unescape_all(value)?)));
            Value::Object(fields.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

/// Character tokens that stand side by side as one.
fn joined(tokens: &Value) -> Vec<Value> {
    let mut notes = Notes::default();
    for token in tokens.as_array().unwrap() {
        match token[0] == "Character" {
            true => notes.text(token[1].as_str().unwrap()),
            false => notes.0.push(token.clone()),
        }
    }
    notes.0
}

#[test]
fn html5lib_tokenizer_tests() {
    let Some(folder) = data::folder() else { return };
    let (mut run, mut passed, mut unreadable, mut theirs_passed) = (0, 0, 0, 0);
    let mut failures = Vec::new();
    for file in data::files(&folder.join("html5lib"), "test") {
        let text = std::fs::read_to_string(&file).unwrap();
        let tests: Value = serde_json::from_str(&text).unwrap();
        // "xmlViolationTests" are for parsers that make XML of it.
        let Some(tests) = tests["tests"].as_array() else { continue };
        for test in tests {
            let double = test["doubleEscaped"] == true;
            let plain = |field: &Value| if double { unescape_all(field) } else { Some(field.clone()) };
            let (Some(input), Some(output)) = (plain(&test["input"]), plain(&test["output"])) else {
                unreadable += 1;
                continue;
            };
            let source = input.as_str().unwrap();
            let last = test["lastStartTag"].as_str().unwrap_or("");
            let default = [Value::from("Data state")];
            for state in test["initialStates"].as_array().map_or(&default[..], |states| states) {
                let state = state.as_str().unwrap();
                let expected = joined(&output);
                let (found, other) = (ours(source, state, last), theirs(source, state, last));
                run += 1;
                passed += usize::from(found == expected);
                theirs_passed += usize::from(other == expected);
                if found != expected {
                    failures
                        .push(format!("{source:?} {state}: {found:?} for {expected:?}; html5ever {other:?}"));
                }
            }
        }
    }
    println!(
        "tokenizer: {passed} of {run} passed, html5ever {theirs_passed}; {unreadable} with lone surrogates"
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
