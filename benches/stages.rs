//! Each stage with what it needs of the stages before it, on real pages and their text: bytes a second.

use copydesk::document::{Document, Settings, Source};
use copydesk::markup::html;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Pages that are read: enough to be many kinds of page, few enough for a minute.
const PAGES: usize = 40;

/// Real pages where they are, else the sample pages over and over.
fn pages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("COPYDESK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let Ok(file) = std::fs::File::open(shared.join("data/markup/fundus-dev.jsonl.xz")) else {
        let seeds = ["05_artemis_page.html", "08_winter_page.html"];
        let sample =
            seeds.into_iter().filter_map(|name| std::fs::read_to_string(root.join("seeds").join(name)).ok());
        return sample.cycle().take(PAGES).collect();
    };
    let lines = BufReader::new(lzma_rust2::XzReader::new(BufReader::new(file), true)).lines();
    let record =
        lines.map_while(Result::ok).filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
    record.filter_map(|record| record.get("html")?.as_str().map(str::to_owned)).take(PAGES).collect()
}

fn group<'c>(criterion: &'c mut Criterion, name: &str, of: &[String]) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(of.iter().map(|one| one.len() as u64).sum()));
    group.sample_size(10);
    group
}

fn page(criterion: &mut Criterion) {
    let (pages, settings) = (pages(), Settings::default());
    let mut group = group(criterion, "page", &pages);
    let mut stage = |name: &str, read: &dyn Fn(&String) -> usize| {
        group.bench_function(name, |bench| bench.iter(|| pages.iter().map(read).sum::<usize>()));
    };
    stage("parse", &|page| black_box(html::parse(page)).len());
    stage("parse by scraper", &|page| black_box(scraper::Html::parse_document(page)).tree.values().len());
    stage("clean", &|page| Document::clean(&Source::text(page.clone()), &settings).len());
    group.finish();
}

fn text(criterion: &mut Criterion) {
    let settings = Arc::new(Settings::default());
    let texts: Vec<String> =
        pages().into_iter().map(|page| Document::clean(&Source::text(page), &settings)).collect();
    let mut group = group(criterion, "text", &texts);
    let mut stage = |name: &str, read: &dyn Fn(&Document) -> usize| {
        let read = |text: &String| read(&Document::taken(text.clone(), &settings));
        group.bench_function(name, |bench| bench.iter(|| texts.iter().map(read).sum::<usize>()));
    };
    stage("sentences", &|document| document.sentences().len());
    stage("entities", &|document| document.entities().len());
    stage("dates", &|document| document.dates().len());
    stage("quantities", &|document| document.quantities().len());
    stage("quotes", &|document| document.quotes().len());
    stage("claims", &|document| document.claims().len());
    group.finish();
}

criterion_group!(benches, page, text);
criterion_main!(benches);
