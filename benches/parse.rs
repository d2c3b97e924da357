//! Parsing with positions, next to parsing without.

use copydesk::markup::html;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

fn pages() -> Vec<String> {
    let shared = std::env::var_os("COPYDESK_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let file = shared.join("data/markup/fundus-dev.jsonl.xz");
    let Ok(file) = std::fs::File::open(&file) else {
        println!("skipped: {} is absent", file.display());
        return Vec::new();
    };
    let lines = BufReader::new(lzma_rust2::XzReader::new(BufReader::new(file), true)).lines();
    let record =
        lines.map_while(Result::ok).filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
    record.filter_map(|record| record.get("html")?.as_str().map(str::to_owned)).collect()
}

fn parse(criterion: &mut Criterion) {
    let pages = pages();
    if pages.is_empty() {
        return;
    }
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
    group.sample_size(20);
    group.bench_function("copydesk", |bench| {
        bench.iter(|| pages.iter().map(|page| black_box(html::parse(page)).len()).sum::<usize>());
    });
    group.bench_function("scraper", |bench| {
        let parse = |page: &String| black_box(scraper::Html::parse_document(page)).tree.values().len();
        bench.iter(|| pages.iter().map(parse).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
