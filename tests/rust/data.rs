//! Development data, which is not part of the project: tests that need it say so and pass where it is absent.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The folder of development data, if it is there.
pub fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("COPYDESK_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let folder = shared.join("data");
    if !folder.is_dir() {
        println!("skipped: {} is absent", folder.display());
        return None;
    }
    Some(folder)
}

/// The files of a folder, sorted.
pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The files of a folder with an extension, sorted.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = all_files(folder);
    files.retain(|file| file.extension().is_some_and(|found| found == extension));
    files
}

/// The pages of a set, with their names.
pub fn pages(set: &str) -> Vec<(String, String)> {
    let Some(folder) = folder() else { return Vec::new() };
    let file = File::open(folder.join("markup").join(set).with_extension("jsonl.xz")).unwrap();
    let lines = BufReader::new(lzma_rust2::XzReader::new(BufReader::new(file), true)).lines();
    let page = |line: std::io::Result<String>| {
        let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        (field("id"), field("html"))
    };
    lines.map(page).collect()
}
