//! Two quantities that say one: "more than 10 and less than 20", "forty-five (45)".

use super::read::Found;
use super::{Bound, Kind, Quantity};
use crate::text::Span;
use crate::token::Tokens;

/// Joins the neighbours that are one quantity.
pub(super) fn merge(t: Tokens<'_>, found: &mut Vec<Found>) {
    found.dedup_by(|next, last| {
        let joined = bounded(t, last, next).or_else(|| repeated(t, last, next));
        let joins = joined.is_some();
        if let Some(quantity) = joined {
            last.quantity = quantity;
            last.end = next.end;
            last.unit = last.unit.or(next.unit);
        }
        joins
    });
}

/// Takes back a cue that is a part of the quantity before it: the "C." of "7C. 3.5" is a unit, not "circa".
pub(super) fn disjoin(found: &mut [Found]) {
    for at in 1..found.len() {
        let Some([before, one]) = found.get_mut(at - 1..=at) else { continue };
        let quantity = &mut one.quantity;
        if quantity.span.overlaps(before.quantity.span) && quantity.cue.is_some() {
            (quantity.cue, quantity.span) = (None, quantity.core);
            if !matches!(quantity.bound, Bound::Range | Bound::Vague) {
                quantity.bound = Bound::Exact;
            }
        }
    }
}

fn between<'t>(t: Tokens<'t>, first: &Quantity, second: &Quantity) -> &'t str {
    Span::new(first.span.end(), second.span.start()).of(t.text()).trim()
}

/// "at most 100 and at least 20", "higher than 5, lower than 9"
fn bounded(t: Tokens<'_>, first: &Found, second: &Found) -> Option<Quantity> {
    let (a, b) = (&first.quantity, &second.quantity);
    let low = |x: &Quantity| matches!(x.bound, Bound::MoreThan | Bound::AtLeast);
    let high = |x: &Quantity| matches!(x.bound, Bound::LessThan | Bound::AtMost);
    let (low, high) = if low(a) && high(b) { (a, b) } else { Some((b, a)).filter(|_| high(a) && low(b))? };
    let (low, high) = (low.value?, high.value?);
    let one_unit = a.kind == b.kind && (a.unit == b.unit || a.unit.is_none());
    let linked = matches!(between(t, a, b), "and" | "," | "but" | ", and" | "or" | "and is");
    let own = a.counted.is_none()
        || a.counted == b.counted
        || a.counted.is_some_and(|c| c.start() > b.core.end() || c.end() < a.span.start());
    (low < high && one_unit && linked && own).then(|| Quantity {
        span: a.span.cover(b.span),
        core: a.core.cover(b.core),
        value: None,
        low: Some(low),
        high: Some(high),
        bound: Bound::Range,
        unit: b.unit.clone(),
        counted: b.counted.or(a.counted),
        per: b.per.clone().or_else(|| a.per.clone()),
        si_value: None,
        si_unit: b.si_unit,
        ..a.clone()
    })
}

/// "forty-five (45) days": the second is the first again.
fn repeated(t: Tokens<'_>, first: &Found, second: &Found) -> Option<Quantity> {
    let (a, b) = (&first.quantity, &second.quantity);
    let close = t.get(second.end).filter(|x| x.is(")"));
    let bare = a.kind == Kind::Count && a.unit.is_none() && a.counted.is_none() && b.unit.is_none();
    let gap = Span::new(a.core.end(), b.core.start()).of(t.text()).trim() == "(";
    let close = close.filter(|_| bare && gap && a.value.is_some() && a.value == b.value)?;
    Some(Quantity {
        span: a.span.cover(close.span),
        core: a.core.cover(close.span),
        counted: b.counted.or_else(|| super::around::noun_phrase(t, second.end + 1, a.value == Some(1.0))),
        ..a.clone()
    })
}
