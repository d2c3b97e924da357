//! A forest of oblivious trees: all nodes of one level ask the same question, so that the answers of many blocks are
//! found side by side, without a branch.

use super::weights::Bytes;

/// One question: whether a number lies above one of its borders.
#[derive(Clone, Copy, Debug)]
struct Split {
    column: u8,
    border: u8,
}

#[derive(Clone, Debug)]
struct Tree {
    splits: Vec<Split>,
    leaves: Vec<i16>,
}

/// Rows of numbers, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    width: usize,
    numbers: Vec<f32>,
}

impl Rows {
    /// Rows of `width` numbers each.
    pub fn of(width: usize) -> Rows {
        Rows { width, numbers: Vec::new() }
    }

    /// Adds the row that `fill` writes.
    pub fn push(&mut self, fill: impl FnOnce(&mut Vec<f32>)) {
        fill(&mut self.numbers);
        debug_assert_eq!(self.numbers.len() % self.width, 0);
    }

    pub fn clear(&mut self) {
        self.numbers.clear();
    }

    pub fn len(&self) -> usize {
        self.numbers.len() / self.width
    }

    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.width)
    }
}

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
    pub fn read(bytes: &mut Bytes<'_>) -> Option<Forest> {
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

    fn tree(bytes: &mut Bytes<'_>) -> Option<Tree> {
        let depth = bytes.u8()?.min(8);
        let splits = (0..depth)
            .map(|_| Some(Split { column: bytes.u8()?, border: bytes.u8()? }))
            .collect::<Option<Vec<Split>>>()?;
        let leaves = (0..1_u32 << depth).map(|_| bytes.i16()).collect::<Option<Vec<i16>>>()?;
        Some(Tree { splits, leaves })
    }

    /// The probability of each row.
    pub fn probabilities(&self, rows: &Rows) -> Vec<f32> {
        let columns = self.steps(rows);
        let mut sums = vec![0_i32; rows.len()];
        let mut leaf = vec![0_u8; rows.len()];
        for tree in &self.trees {
            leaf.fill(0);
            for (level, split) in tree.splits.iter().enumerate() {
                let column = columns.get(usize::from(split.column)).map_or(&[][..], Vec::as_slice);
                for (leaf, &step) in leaf.iter_mut().zip(column) {
                    *leaf |= u8::from(step > split.border) << level;
                }
            }
            for (sum, &leaf) in sums.iter_mut().zip(&leaf) {
                *sum += tree.leaves.get(usize::from(leaf)).map_or(0, |&value| i32::from(value));
            }
        }
        sums.iter().map(|&sum| 1.0 / (1.0 + (-(sum as f32 * self.scale + self.bias)).exp())).collect()
    }

    /// For each column, how many of its borders each row lies above: a column at a time, so that rows go side by side.
    fn steps(&self, rows: &Rows) -> Vec<Vec<u8>> {
        let mut values = vec![0.0_f32; rows.len()];
        // As wide as the numbers: four or eight are compared and counted at once.
        let mut above = vec![0_u32; rows.len()];
        let mut column = |(at, borders): (usize, &Vec<f32>)| {
            if borders.is_empty() {
                return Vec::new();
            }
            for (slot, row) in values.iter_mut().zip(rows.iter()) {
                *slot = row.get(at).copied().unwrap_or(0.0);
            }
            above.fill(0);
            for &border in borders {
                for (count, &value) in above.iter_mut().zip(&values) {
                    *count += u32::from(value > border);
                }
            }
            above.iter().map(|&count| count as u8).collect()
        };
        self.borders.iter().enumerate().map(&mut column).collect()
    }
}
