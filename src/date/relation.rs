//! The word beside an expression that says how things lie to it.

use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::Value;
use super::{Expression, Relation};

impl Reader<'_> {
    /// The relation of the expression that begins at `start`.
    pub fn relation(&self, start: usize, before: &[Expression]) -> Option<Relation> {
        let place = start.checked_sub(1)?;
        let article = place.checked_sub(usize::from(self.is(place, Word::The)))?;
        if self.is_dash(article) && self.joined(article) {
            return self.follows(article, before).then_some(Relation::To);
        }
        Some(match self.tag(article) {
            Tag::Is(Word::Since) => Relation::Since,
            Tag::Is(Word::By) => Relation::By,
            Tag::Is(Word::Until) => Relation::Until,
            Tag::Is(Word::Before) => Relation::Before,
            Tag::Is(Word::After) => Relation::After,
            Tag::Is(Word::Following) if self.is_preposition(article) => Relation::After,
            Tag::Is(Word::From | Word::Between) => Relation::From,
            Tag::Is(Word::To | Word::Through) if self.follows(article, before) => Relation::To,
            Tag::Is(Word::And)
                if self.follows(article, before)
                    && before.last().is_some_and(|x| x.relation == Some(Relation::From)) =>
            {
                Relation::To
            }
            _ => return None,
        })
    }

    /// Whether "following" at `at` says "after", as in "following Sunday's vote", and not "the next".
    pub fn is_preposition(&self, at: usize) -> bool {
        use Word::{By, For, In, On, Over, Since, The, Until};
        self.lower(at) == "following"
            && !self.any(at.wrapping_sub(1), &[By, For, In, On, Over, Since, The, Until])
    }

    /// Whether an expression ends right before token `at`.
    fn follows(&self, at: usize, before: &[Expression]) -> bool {
        let (Some(last), Some(token)) = (before.last(), at.checked_sub(1).and_then(|at| self.token(at)))
        else {
            return false;
        };
        last.span.end() == token.span.end()
    }

    /// Keeps what the next expressions may lean on.
    pub fn remember(&mut self, found: Found) {
        // A decade or a century is too wide to lean on, but for its like: "the following century".
        if matches!(found.value, Value::Decade(_) | Value::Century(_)) {
            self.wide = Some(found.value);
            return;
        }
        if !found.anchors || found.value.year().is_none() || found.value.interval().is_none() {
            return;
        }
        self.last_token = found.end;
        self.last_since = self.before(found.start) == Tag::Is(Word::Since);
        self.last_end =
            found.end.checked_sub(1).and_then(|at| self.token(at)).map_or(0, |token| token.span.end());
        let same_year = self.last_absolute
            && !found.absolute
            && self.last.as_ref().and_then(Value::year) == found.value.year();
        // "the 1990 budget" says nothing of when the rest of its sentence happens.
        let attribute =
            matches!(found.value, Value::Year(_)) && self.before(found.start) == Tag::Is(Word::The);
        self.last_absolute = found.absolute && !attribute || same_year;
        self.last = Some(found.value);
    }
}
