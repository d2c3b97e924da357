//! A forest of oblivious trees: all nodes of one level ask the same question, so that the answers of many blocks are
//! found side by side, without a branch.

use super::weights::Bytes;

/// One question: whether a number lies above one of its borders.
#[derive(Clone, Copy, Debug)]
struct Split {
    column: u8,
    border: u8,
}

/// Questions of a tree.
const DEPTH: usize = 6;

#[derive(Clone, Debug)]
struct Tree {
    splits: Vec<Split>,
    /// By the answers, as bits; those that fewer questions cannot give are nought.
    leaves: [i16; 1 << DEPTH],
}

/// Rows of numbers, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    width: usize,
    numbers: Vec<f32>,
}

impl Rows {
    /// Rows of `width` numbers each, with room for `count` of them.
    pub fn of(width: usize, count: usize) -> Rows {
        Rows { width, numbers: Vec::with_capacity(width * count) }
    }

    /// Adds the row that `fill` writes.
    pub fn push(&mut self, fill: impl FnOnce(&mut Vec<f32>)) {
        fill(&mut self.numbers);
        debug_assert_eq!(self.numbers.len() % self.width, 0);
    }

    pub fn clear(&mut self) {
        self.numbers.clear();
    }

    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.width)
    }
}

/// Rows that are judged side by side: a processor compares sixteen steps at once, and four numbers.
const SIDE: usize = 32;

/// The trees, and the borders at which numbers are cut into steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    borders: Vec<Vec<f32>>,
    trees: Vec<Tree>,
    bias: f32,
    scale: f32,
}

impl Forest {
    /// Reads a forest as `training/article.py` writes it.
    pub fn read(bytes: &mut Bytes) -> Option<Forest> {
        let columns = bytes.u16()?;
        let borders = (0..columns)
            .map(|_| {
                let count = bytes.u8()?;
                (0..count).map(|_| bytes.f32()).collect()
            })
            .collect::<Option<Vec<Vec<f32>>>>()?;
        let (count, bias, scale) = (bytes.u16()?, bytes.f32()?, bytes.f32()?);
        let trees = (0..count).map(|_| Self::tree(bytes)).collect::<Option<Vec<Tree>>>()?;
        Some(Forest { borders, trees, bias, scale })
    }

    fn tree(bytes: &mut Bytes) -> Option<Tree> {
        let depth = usize::from(bytes.u8()?);
        let splits = (0..depth)
            .map(|_| Some(Split { column: bytes.u8()?, border: bytes.u8()? }))
            .collect::<Option<Vec<Split>>>()?;
        let mut leaves = [0; 1 << DEPTH];
        for leaf in leaves.get_mut(..1 << depth)? {
            *leaf = bytes.i16()?;
        }
        Some(Tree { splits, leaves })
    }

    /// The probability of each row.
    pub fn probabilities(&self, rows: &Rows) -> Vec<f32> {
        let sides = rows.numbers.chunks(SIDE * rows.width);
        sides
            .flat_map(|side| {
                self.sums(&self.steps(side, rows.width)).into_iter().take(side.len() / rows.width)
            })
            .map(|sum| 1.0 / (1.0 + (-(sum as f32 * self.scale + self.bias)).exp()))
            .collect()
    }

    /// What the trees say of each row, of which there are the steps of each column.
    fn sums(&self, steps: &[[u8; SIDE]]) -> [i32; SIDE] {
        let mut sums = [0; SIDE];
        for tree in &self.trees {
            let mut leaf = [0_u8; SIDE];
            for split in tree.splits.iter().rev() {
                let column = steps.get(usize::from(split.column)).unwrap_or(&[0; SIDE]);
                for (leaf, &step) in leaf.iter_mut().zip(column) {
                    *leaf = *leaf << 1 | u8::from(step > split.border);
                }
            }
            for (sum, leaf) in sums.iter_mut().zip(leaf) {
                *sum += tree
                    .leaves
                    .get(usize::from(leaf) % tree.leaves.len())
                    .map_or(0, |&value| i32::from(value));
            }
        }
        sums
    }

    /// For each column, how many of its borders each of the `rows` lies above.
    fn steps(&self, rows: &[f32], width: usize) -> Vec<[u8; SIDE]> {
        let mut columns = vec![[0.0; SIDE]; self.borders.len()];
        for (at, row) in rows.chunks_exact(width).enumerate() {
            for (column, &value) in columns.iter_mut().zip(row) {
                column.get_mut(at).into_iter().for_each(|slot| *slot = value);
            }
        }
        self.borders.iter().zip(&columns).map(|(borders, column)| above(column, borders)).collect()
    }
}

/// How many of the borders each value lies above.
fn above(values: &[f32; SIDE], borders: &[f32]) -> [u8; SIDE] {
    // As wide as the values, so that both lie in registers of one shape.
    let mut above = [0_u32; SIDE];
    borders.iter().for_each(|&border| compare(values, border, &mut above));
    above.map(|count| count as u8)
}

/// Counts one border more for the values above it. Made part of the loop over borders, it would go by borders, of which there are
/// few, and not by values.
#[inline(never)]
fn compare(values: &[f32; SIDE], border: f32, above: &mut [u32; SIDE]) {
    for (count, &value) in above.iter_mut().zip(values) {
        *count += u32::from(value > border);
    }
}

#[cfg(test)]
mod tests {
    use super::super::weights::Weights;
    use super::*;

    /// What a forest says of one row, a question at a time.
    fn asked(forest: &Forest, row: &[f32]) -> f32 {
        let step = |column: u8| {
            let (borders, value) = (&forest.borders[usize::from(column)], row[usize::from(column)]);
            borders.iter().filter(|&&border| value > border).count() as u8
        };
        let leaf = |tree: &Tree| {
            let answers = tree.splits.iter().enumerate();
            answers
                .map(|(level, split)| usize::from(step(split.column) > split.border) << level)
                .sum::<usize>()
        };
        let sum: i32 = forest.trees.iter().map(|tree| i32::from(tree.leaves[leaf(tree)])).sum();
        1.0 / (1.0 + (-(sum as f32 * forest.scale + forest.bias)).exp())
    }

    #[test]
    fn rows_side_by_side_are_judged_as_one_by_one() {
        for forest in [&Weights::shipped().first, &Weights::shipped().second] {
            let width = forest.borders.len();
            let mut rows = Rows::of(width, 0);
            let mut state = 1_u32;
            for _ in 0..3 * SIDE + 5 {
                rows.push(|row| {
                    row.extend(forest.borders.iter().map(|borders| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        let some = borders.get((state >> 16) as usize % borders.len().max(1)).copied();
                        some.unwrap_or(0.0) + [-0.1, 0.0, 0.1][(state >> 8) as usize % 3]
                    }));
                });
            }
            let one_by_one: Vec<f32> = rows.iter().map(|row| asked(forest, row)).collect();
            assert_eq!(forest.probabilities(&rows), one_by_one);
            assert!(one_by_one.iter().any(|&p| p > 0.5) && one_by_one.iter().any(|&p| p < 0.5));
        }
    }
}
