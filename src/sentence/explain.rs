//! Why a sentence ends in a place, or does not.

use super::rules::Rules;
use super::verdict::Rule;
use super::walk;
use crate::text::Span;

/// A place where a sentence ends or might have ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// The word before, with its marks.
    pub before: Span,
    /// The word after, with its marks; empty at the end of the text.
    pub after: Span,
    /// Whether a sentence ends between the two.
    pub ends: bool,
    /// The rule that spoke.
    pub rule: Rule,
    /// The log-odds of an end, where the rule left it to the weights.
    pub score: Option<f32>,
    /// What weighed most, with its part of the score: for an end above 0, against it below.
    pub weights: Vec<(&'static str, f32)>,
}

/// Weights that are told of a boundary.
const TOLD: usize = 8;

/// The places of `text` where a sentence ends or might have ended, with what decided, in order.
///
/// A gap that no mark stands before and no rule speaks on is left out, unless a sentence ends there.
///
/// # Example
/// ```
/// use copydesk::sentence::{Rules, boundaries};
///
/// let found = boundaries("Mr. Blair left.", Rules::english());
/// let told: Vec<_> = found.iter().map(|b| (b.ends, b.rule.as_str())).collect();
/// assert_eq!(told, [(false, "title"), (true, "end")]);
/// ```
#[must_use]
pub fn boundaries(text: &str, rules: &Rules) -> Vec<Boundary> {
    let mut found = Vec::new();
    walk::<false>(text, rules, |gap, verdict| {
        let ends = gap.ends(verdict);
        if ends || verdict.rule != Rule::NoMark {
            let open = !verdict.sure;
            let mut weights = if open { gap.rules.reasons(gap, verdict) } else { Vec::new() };
            weights.truncate(TOLD);
            found.push(Boundary {
                before: gap.span(gap.left),
                after: gap.span(gap.left + 1),
                ends,
                rule: verdict.rule,
                score: open.then(|| gap.rules.score(gap, verdict)),
                weights,
            });
        }
        ends
    });
    found
}
