//! Pages to numbers, for `training/article.py`: the features are computed by the code that uses them.
//!
//! `article_features tokens PAGES OUT`, `article_features local PAGES SCORES OUT` and
//! `article_features context PAGES SCORES P OUT`. PAGES is a file of JSON lines with "html"; SCORES holds four and P one
//! little-endian f32 a block, in the order of the blocks that `tokens` wrote. Features come out as f32, a row a block.

use copydesk::markup::Study;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn floats(path: &str) -> Result<Vec<f32>> {
    let bytes = std::fs::read(path)?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|&chunk| f32::from_le_bytes(chunk)).collect())
}

fn pages(path: &str) -> Result<impl Iterator<Item = Result<String>>> {
    let lines = BufReader::new(File::open(path)?).lines();
    Ok(lines.map(|line| {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        Ok(record.get("html").and_then(|html| html.as_str()).unwrap_or_default().to_owned())
    }))
}

fn write(rows: &[f32], out: &mut impl Write) -> Result<()> {
    for number in rows {
        out.write_all(&number.to_le_bytes())?;
    }
    Ok(())
}

fn tokens(path: &str, out: &mut impl Write) -> Result<()> {
    for page in pages(path)? {
        let blocks: Vec<_> = Study::of(&page?)
            .blocks()
            .into_iter()
            .map(|b| serde_json::json!([b.text, b.kind, b.words, b.own, b.near, b.far, b.is_left_out]))
            .collect();
        writeln!(out, "{}", serde_json::Value::from(blocks))?;
    }
    Ok(())
}

fn rows(path: &str, scores: &[f32], p: Option<&[f32]>, out: &mut impl Write) -> Result<()> {
    let mut at = 0;
    for page in pages(path)? {
        let page = page?;
        let study = Study::of(&page);
        let count = study.blocks().len();
        let own = scores.get(4 * at..4 * (at + count)).unwrap_or_default().as_chunks::<4>().0;
        let rows = match p {
            Some(p) => study.context(own, p.get(at..at + count).unwrap_or_default()),
            None => study.local(own),
        };
        write(&rows, out)?;
        at += count;
    }
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["names"] => {
            println!("{}", [&copydesk::markup::LOCAL[..], &copydesk::markup::CONTEXT[..]].concat().join(" "))
        }
        ["tokens", pages, out] => tokens(pages, &mut BufWriter::new(File::create(out)?))?,
        ["local", pages, scores, out] => {
            rows(pages, &floats(scores)?, None, &mut BufWriter::new(File::create(out)?))?;
        }
        ["context", pages, scores, p, out] => {
            rows(pages, &floats(scores)?, Some(&floats(p)?), &mut BufWriter::new(File::create(out)?))?;
        }
        _ => return Err("tokens PAGES OUT | local PAGES SCORES OUT | context PAGES SCORES P OUT".into()),
    }
    Ok(())
}
