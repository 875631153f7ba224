//! Sets that are joined step by step (R. Tarjan, Efficiency of a good but not
//! linear set union algorithm, 1975). Pure.

use super::corpus::at;

/// Numbers from 0 on, each in one set.
#[derive(Debug, Default)]
pub(super) struct Sets(Vec<u32>);

impl Sets {
    /// So many sets of one.
    pub(super) fn new(count: usize) -> Sets {
        Sets((0..u32::try_from(count).unwrap_or(u32::MAX)).collect())
    }

    /// Adds a set of one; gives its number.
    pub(super) fn add(&mut self) -> u32 {
        let new = at(&self.0);
        self.0.push(new);
        new
    }

    /// The least number of the set that this one is in.
    pub(super) fn root(&mut self, mut number: u32) -> u32 {
        while self.0[number as usize] != number {
            // Shortens the way for the next time.
            let above = self.0[number as usize];
            self.0[number as usize] = self.0[above as usize];
            number = above;
        }
        number
    }

    /// Joins two sets.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }

    /// The root of every number.
    pub(super) fn roots(mut self) -> Vec<u32> {
        (0..at(&self.0)).map(|number| self.root(number)).collect()
    }
}

/// Shares sets of these sizes out between so many parts, the greatest first,
/// each to the part that has least; gives the part of each.
pub(super) fn shares(sizes: &[usize], parts: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).filter(|set| sizes[*set] > 0).collect();
    order.sort_by_key(|set| std::cmp::Reverse(sizes[*set]));
    let mut loads = vec![0; parts];
    let mut part_of = vec![0; sizes.len()];
    for set in order {
        let least = (0..parts).min_by_key(|part| loads[*part]).unwrap_or(0);
        loads[least] += sizes[set];
        part_of[set] = least;
    }
    part_of
}

#[cfg(test)]
mod tests {
    use super::{Sets, shares};

    #[test]
    fn parts_have_about_the_same() {
        assert_eq!(shares(&[1, 5, 0, 3, 3], 2), [0, 0, 0, 1, 1]);
        assert_eq!(shares(&[], 2), [0; 0]);
        assert_eq!(shares(&[2], 3), [0]);
    }

    #[test]
    fn the_least_number_stands_for_its_set() {
        let mut sets = Sets::new(5);
        sets.join(4, 2);
        sets.join(3, 1);
        sets.join(4, 3);
        assert_eq!((sets.root(2), sets.root(0)), (1, 0));
        assert_eq!(sets.add(), 5);
        sets.join(5, 0);
        assert_eq!(sets.roots(), [0, 1, 1, 1, 1, 0]);
    }
}
