//! The word list as it is shipped.

use copydesk::entity::{hash, place, table};

pub fn write(words: &str, classes: &str, out: &str) {
    let mut entries: Vec<(u64, u16, u16)> = std::fs::read_to_string(words)
        .unwrap()
        .lines()
        .map(|line| {
            let mut fields = line.split('\t');
            let word = fields.next().unwrap();
            let mut number = || fields.next().unwrap().parse::<u16>().unwrap();
            (hash::bytes(word.as_bytes()), number(), number())
        })
        .collect();
    entries.sort_by_key(|entry| entry.0 >> 32);
    entries.dedup_by_key(|entry| entry.0 >> 32);
    let mut counts = vec![0_u8; table::BUCKETS];
    for (key, ..) in &entries {
        counts[(key >> 48) as usize] += 1;
    }
    let mut bytes = counts;
    bytes.extend(entries.iter().flat_map(|entry| table::mark(entry.0).to_le_bytes()));
    bytes.extend(entries.iter().flat_map(|entry| entry.1.to_le_bytes()));
    bytes.extend(entries.iter().flat_map(|entry| entry.2.to_le_bytes()));
    let rows = std::fs::read_to_string(classes).unwrap();
    bytes.extend(u32::try_from(rows.lines().count()).unwrap().to_le_bytes());
    let numbers = rows.lines().flat_map(|line| line.split('\t')).map(|n| n.parse::<u16>().unwrap());
    bytes.extend(numbers.flat_map(u16::to_le_bytes));
    std::fs::write(out, &bytes).unwrap();
    println!("{} words, {} bytes", entries.len(), bytes.len());
}

/// The sort of organisation that each name is, by the upper half of its key: club, firm, body.
fn organisations(file: &str) -> std::collections::BTreeMap<u64, u8> {
    let sort = |name: &str| 1 + ["club", "firm", "body"].iter().position(|sort| *sort == name).unwrap() as u8;
    let text = std::fs::read_to_string(file).unwrap();
    let rows = text.lines().map(|line| line.split_once('\t').unwrap());
    // A token loses its possessive: "Moody's" is looked up as "Moody".
    let form = |name: &str| place::key_with_article(name.strip_suffix("'s").unwrap_or(name));
    rows.map(|(name, kind)| (form(name) >> 32, sort(kind))).collect()
}

/// The gazetteer as it is shipped.
pub fn places(file: &str, organised: &str, out: &str) {
    let organised = organisations(organised);
    let text = std::fs::read_to_string(file).unwrap();
    let mut codes: Vec<&str> = text.lines().map(|line| line.split('\t').nth(1).unwrap()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut rows: Vec<u8> = Vec::new();
    let mut names: std::collections::BTreeMap<u64, (u64, Vec<usize>)> = std::collections::BTreeMap::new();
    let mut count = 0;
    for (number, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        let float = |n: usize| fields[n].parse::<f64>().unwrap();
        rows.extend((((float(4) + 90.) * 65_535. / 180.).round() as u16).to_le_bytes());
        rows.extend((((float(5) + 180.) * 65_535. / 360.).round() as u16).to_le_bytes());
        rows.push(codes.binary_search(&fields[1]).unwrap() as u8);
        rows.push(fields[0].parse().unwrap());
        rows.push((float(3).max(1.).log2() * 8.).round() as u8);
        rows.extend(fields[2].parse::<u16>().unwrap().to_le_bytes());
        rows.extend(fields[6].parse::<u32>().unwrap().to_le_bytes());
        for name in fields[7].split('|') {
            let key = place::key(name);
            let held = &mut names.entry(key >> 32).or_insert((key, Vec::new())).1;
            if held.last() != Some(&number) && held.len() < 60 {
                held.push(number);
            }
        }
        count += 1;
    }
    for short in organised.keys() {
        names.entry(*short).or_insert((short << 32, Vec::new()));
    }
    let sort = |short: &u64| organised.get(short).map_or(0, |sort| sort * place::ORGANISATION);
    let mut bytes = vec![0_u8; table::BUCKETS];
    for short in names.keys() {
        bytes[(short >> 16) as usize] += 1;
    }
    bytes.extend(names.values().flat_map(|(key, _)| table::mark(*key).to_le_bytes()));
    bytes.extend(names.iter().map(|(short, (_, held))| held.len() as u8 + sort(short)));
    bytes
        .extend(names.values().flat_map(|(_, held)| held.iter().flat_map(|n| n.to_le_bytes()[..3].to_vec())));
    bytes.extend((codes.len() as u32).to_le_bytes());
    bytes.extend(codes.iter().flat_map(|code| format!("{code:2}").into_bytes()));
    bytes.extend((count as u32).to_le_bytes());
    bytes.extend(rows);
    std::fs::write(out, &bytes).unwrap();
    println!("{count} places, {} names, {} bytes", names.len(), bytes.len());
}
