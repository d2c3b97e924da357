//! Markup made to be slow.

use copydesk::markup::html::parse;
use std::fmt::Write;

use super::growth;

fn numbered(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

fn hostile(by: usize) -> Vec<(&'static str, String)> {
    let mut attributes = String::from("<p ");
    (0..100_000 / by).for_each(|number| write!(attributes, "a{number}=1 ").unwrap());
    let markers = "<div><object></div>".repeat(100_000 / by) + &"<b></b>".repeat(100_000 / by);
    let deep = "<div>".repeat(500);
    vec![
        ("div", "<div>".repeat(1_000_000 / by)),
        ("b", "<b>".repeat(1_000_000 / by)),
        ("b p", "<b><p>".repeat(100_000 / by)),
        ("font p", numbered(20_000 / by, |number| format!("<font a{number}=1><p>"))),
        ("p font /p", numbered(20_000 / by, |number| format!("<p><font a{number}=1></p>"))),
        ("fonts, then p", numbered(500, |n| format!("<font a{n}=1>")) + &"<p>x</p>".repeat(100_000 / by)),
        ("svg g", "<svg><g>".repeat(500_000 / by)),
        ("svg title", "<svg><title>".repeat(100_000 / by)),
        ("template", "<template>".repeat(100_000 / by)),
        ("ul li", "<ul><li>".repeat(100_000 / by)),
        ("table tr td", "<table><tr><td>".repeat(100_000 / by)),
        ("table b", "<table><b>".repeat(100_000 / by)),
        ("select option", "<select><option>".repeat(100_000 / by)),
        ("blockquote q", "<blockquote><q>".repeat(100_000 / by)),
        ("a p /a", "<a><p></a>".repeat(100_000 / by)),
        ("at the limit", deep + &"<div></div>".repeat(100_000 / by)),
        ("markers", markers),
        ("attributes", attributes),
        ("html attributes", numbered(100_000 / by, |number| format!("<html a{number}=1>"))),
        ("comments", "<!--".repeat(200_000 / by)),
        ("end tags", "</p></b></a></div>".repeat(100_000 / by)),
        ("table text", format!("<table>{}", "a&amp; \0".repeat(200_000 / by))),
        ("frameset", format!("<frameset>{}", "a ".repeat(300_000 / by))),
        ("references", "&notit;&#x10ffff0;&CounterClockwiseContourIntegra".repeat(50_000 / by)),
        ("less than", "<".repeat(1_000_000 / by)),
        ("titles", "<title></titl".repeat(100_000 / by)),
        ("scripts", "<script><!--<script>".repeat(100_000 / by)),
        ("doctypes", "<!DOCTYPE a \"".repeat(100_000 / by)),
    ]
}

/// A tenth of it here, in a build that is not optimised; the whole with `--release -- --ignored`.
#[test]
fn hostile_markup_is_parsed() {
    for (name, source) in hostile(10) {
        let taken = growth::cpu(|| {
            let nodes = parse(&source).len();
            assert!(nodes < 40_000 + 6 * source.len(), "{name}: {nodes} nodes");
        });
        assert!(taken.as_secs() < 10, "{name}: {taken:?}");
    }
}

#[test]
#[ignore = "for optimised builds"]
fn hostile_markup_is_parsed_in_linear_time() {
    let halves = hostile(2);
    let mut slow = Vec::new();
    for ((name, source), (_, half)) in hostile(1).into_iter().zip(halves) {
        let timed = |source: &str| {
            let mut nodes = 0;
            (growth::cpu(|| nodes = parse(source).len()), nodes)
        };
        let ((short, _), (long, nodes)) = (timed(&half), timed(&source));
        println!("{name:16} {:8} bytes {nodes:8} nodes {short:>12.1?} {long:>12.1?}", source.len());
        slow.extend((long.as_secs() >= 3).then_some(name));
    }
    assert!(slow.is_empty(), "{slow:?}");
}
