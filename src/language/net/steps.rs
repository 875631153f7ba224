//! The order of rows in a batch of sentences: by place in the sentence, then by
//! sentence. The sentences are ordered by falling length, so that those which go
//! on are always the first rows of a step.

/// Where the rows of each place begin, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// First row of each place.
    pub starts: Vec<usize>,
    /// Rows of each place: sentences that are longer than it.
    pub counts: Vec<usize>,
    /// All rows.
    pub rows: usize,
}

impl Steps {
    /// For sentences of these lengths, which must fall.
    pub fn new(lengths: &[usize]) -> Steps {
        let mut steps = Steps::default();
        for t in 0..lengths.first().copied().unwrap_or(0) {
            let count = lengths.partition_point(|l| *l > t);
            steps.starts.push(steps.rows);
            steps.counts.push(count);
            steps.rows += count;
        }
        steps
    }

    /// The row of word `t` of sentence `s`.
    pub fn row(&self, s: usize, t: usize) -> usize {
        self.starts[t] + s
    }

    /// The places in the order in which a direction reads them: 0 is forwards,
    /// 1 is backwards.
    pub fn order(&self, direction: usize) -> Vec<usize> {
        let n = self.counts.len();
        match direction {
            0 => (0..n).collect(),
            _ => (0..n).rev().collect(),
        }
    }
}
