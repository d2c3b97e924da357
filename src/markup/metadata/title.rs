//! The title of a page among its headlines: the one for search machines, the one for social media, and those that it shows.

use std::collections::HashSet;

use super::{Seen, folded, linked};

/// Bytes of a heading that may be what a longer headline begins with.
const SHORTEST: usize = 8;

/// Words of a kicker: `Neighbours' quarrel` over `Wall holds`, in one heading.
const KICKER_WORDS: usize = 8;

/// Words of a heading that may be a headline.
const LONGEST: usize = 30;

/// Letters of a word that two titles may have in common.
const WORD: usize = 4;

/// What a page calls its headline where it has no JSON-LD that says so.
const HEADLINES: [&str; 3] = ["headline", "citation_title", "parsely-title"];

/// The headline of the JSON-LD, cut to what the page shows of it, unless the page shows its readers another; where there is
/// none, the heading that the page's other titles confirm; else what it tells social media, without the name of the site.
pub(super) fn choose(headline: Option<String>, seen: &Seen, site: Option<&str>) -> Option<String> {
    let social = seen.property(&["og:title", "twitter:title", "title"]);
    let told: Vec<String> =
        [social, seen.title.clone()].into_iter().flatten().map(|title| linked::unescaped(&title)).collect();
    let social = told.first().map(|title| without_site(title, site));
    let Some(headline) = headline.or_else(|| told_headline(seen, &told)) else {
        return confirmed(seen, &told, site)
            .map(|heading| without_kicker(heading, social.as_deref()))
            .or(social);
    };
    let shown = seen.headings.iter().find(|heading| begins(&headline, heading));
    let headline = without_site(&headline, site);
    let is_for_search =
        seen.title.as_ref().is_some_and(|title| is_same(&without_site(title, site), &headline));
    let another = social.filter(|social| is_for_search && !is_same(social, &headline));
    another
        .and_then(|social| shown_otherwise(&social, shown.map(String::as_str), seen))
        .or_else(|| shown.cloned())
        .or(Some(headline))
}

/// The headline in `<meta>`, where another title holds it: a page may call its summary one.
fn told_headline(seen: &Seen, told: &[String]) -> Option<String> {
    let headline = linked::unescaped(&seen.property(&HEADLINES)?);
    told.iter().any(|title| contains(title, &headline)).then_some(headline)
}

/// A heading; `social` where that is what it says behind a kicker, a date or the like: `2 March 2024 Wall holds the spring tide`.
fn without_kicker(heading: &str, social: Option<&str>) -> String {
    social.filter(|social| ends(heading, social)).unwrap_or(heading).to_owned()
}

/// The headline for readers of a page that tells search machines one and social media another: where that for search is the
/// `<h1>`, it is the one for social media that an `<h2>` shows; else it is the `<h1>`.
fn shown_otherwise(social: &str, searched: Option<&str>, seen: &Seen) -> Option<String> {
    if let Some(searched) = searched {
        // One headline, with a kicker and without, is shown by both.
        let is_shown =
            |heading: &String| is_same(heading, social) || ends(heading, social) && !ends(searched, social);
        return seen.subheadings.iter().any(is_shown).then(|| social.to_owned());
    }
    let mut headings = seen.headings.iter().filter(|heading| heading.split(' ').count() <= LONGEST);
    let first = headings.clone().next();
    headings.find(|heading| is_same(heading, social)).or(first).cloned()
}

/// The heading that the titles of a page hold, or the first that has a word of theirs; none that names the site.
fn confirmed<'s>(seen: &'s Seen, told: &[String], site: Option<&str>) -> Option<&'s String> {
    let headings: Vec<&String> =
        seen.headings.iter().filter(|heading| !names_site(heading, told, site)).collect();
    let is_held = |heading: &&&String| told.iter().any(|title| contains(title, heading));
    let words: HashSet<String> = told.iter().flat_map(|title| long_words(title)).collect();
    let is_near =
        |heading: &&&String| told.is_empty() || long_words(heading).any(|word| words.contains(&word));
    headings.iter().find(is_held).or_else(|| headings.iter().find(is_near)).copied()
}

fn long_words(title: &str) -> impl Iterator<Item = String> {
    let words = folded(title)
        .split(' ')
        .filter(|word| word.chars().count() >= WORD)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    words.into_iter()
}

/// Whether the words of a title stand in another, and there are any.
fn contains(title: &str, part: &str) -> bool {
    let part = folded(part);
    !part.is_empty() && folded(title).contains(&part)
}

/// Whether a heading is the name of the site, as the page tells it, or as its titles have it before or behind the headline:
/// some blogs set their own name as the first heading of every page.
fn names_site(heading: &str, told: &[String], site: Option<&str>) -> bool {
    let social = told.first().map_or("", String::as_str);
    if is_same(heading, social) {
        return false;
    }
    let is_beside = |title: &String| {
        let (title, heading, social) = (folded(title), folded(heading), folded(social));
        let before = title.strip_prefix(heading.as_str()).is_some_and(|rest| rest.trim_start() == social);
        let behind = title.strip_suffix(heading.as_str()).is_some_and(|rest| rest.trim_end() == social);
        (before || behind) && !heading.is_empty()
    };
    let is_cut = |title: &String| {
        let short = without_site(title, None);
        title.strip_prefix(short.as_str()).is_some_and(|tail| is_same(tail, heading))
    };
    site.is_some_and(|site| is_same(site, heading))
        || told.iter().any(|title| is_beside(title) || is_cut(title))
}

fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn begins(title: &str, heading: &str) -> bool {
    let (title, heading) = (folded(title), folded(heading));
    heading.len() >= SHORTEST && title.starts_with(&heading)
}

/// Whether a heading is `title`, or that behind a kicker.
fn ends(heading: &str, title: &str) -> bool {
    let (heading, title) = (folded(heading), folded(title));
    let kicker = heading.strip_suffix(title.as_str()).filter(|_| title.len() >= SHORTEST);
    kicker.is_some_and(|kicker| kicker.split(' ').count() <= KICKER_WORDS)
}

/// `Wall holds | Harbour Post` without the post, where that is the site's name or looks like one: short, at the end.
fn without_site(title: &str, site: Option<&str>) -> String {
    let marks = ['|', '–', '—', '-', '·', '•', '：', '｜', 'ㅣ', '»'];
    let found: Vec<(usize, char)> = title.char_indices().filter(|(_, c)| marks.contains(c)).collect();
    // "Deich hält | Tages-Anzeiger" is parted at the bar.
    let is_free = |(at, _): &&(usize, char)| title.get(..*at).is_some_and(|head| head.ends_with(' '));
    let Some(&(at, mark)) = found.iter().rev().find(is_free).or(found.last()) else {
        return title.to_owned();
    };
    let (head, tail) = (title.get(..at).unwrap_or(title), title.get(at + mark.len_utf8()..).unwrap_or(""));
    let is_site = site.is_some_and(|site| {
        let (site, tail) = (folded(site), folded(tail));
        !tail.is_empty() && (tail == site || site.contains(&tail) || tail.contains(&site) && !site.is_empty())
    });
    let parted = head.ends_with(' ') && tail.starts_with(' ') || mark == '｜' || mark == 'ㅣ';
    let looks_like_one = parted
        && mark != '–'
        && mark != '—'
        && tail.split_whitespace().count() <= 4
        && head.split_whitespace().count() >= 4;
    if is_site || looks_like_one { without_site_once(head) } else { title.to_owned() }
}

fn without_site_once(head: &str) -> String {
    head.trim().trim_end_matches(['|', '-', '–', '—']).trim_end().to_owned()
}
