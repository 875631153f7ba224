//! Sets that are joined step by step (R. Tarjan, Efficiency of a good but not
//! linear set union algorithm, 1975). Pure.

use super::corpus::at;

/// In how many parts things that cannot meet are gone through side by side.
pub(super) const PARTS: usize = 32;

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

    /// Shares the sets out between [`PARTS`], by how many of `members` each has:
    /// the greatest first, each to the part that has least. Gives the part of
    /// every number.
    pub(super) fn parts(self, members: impl Iterator<Item = u32>) -> Vec<usize> {
        let roots = self.roots();
        let mut sizes = vec![0; roots.len()];
        for member in members {
            sizes[roots[member as usize] as usize] += 1;
        }
        let mut order: Vec<usize> = (0..sizes.len()).filter(|set| sizes[*set] > 0).collect();
        order.sort_by_key(|set| std::cmp::Reverse(sizes[*set]));
        let mut loads = [0; PARTS];
        let mut part_of = vec![0; sizes.len()];
        for set in order {
            let least = (0..PARTS).min_by_key(|part| loads[*part]).unwrap_or(0);
            loads[least] += sizes[set];
            part_of[set] = least;
        }
        roots.iter().map(|root| part_of[*root as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{PARTS, Sets};

    #[test]
    fn parts_have_about_the_same() {
        // A set of three, and more sets of one than there are other parts.
        let mut sets = Sets::new(3 + PARTS);
        sets.join(0, 1);
        sets.join(1, 2);
        let part_of = sets.parts(0..35);
        assert_eq!(part_of[..3], [0; 3]);
        let mut loads = [0; PARTS];
        part_of.iter().for_each(|part| loads[*part] += 1);
        loads.sort_unstable();
        assert_eq!((loads[0], loads[PARTS - 2], loads[PARTS - 1]), (1, 2, 3));
        // Where nobody is, there is nothing to carry.
        assert_eq!(Sets::new(2).parts([1].into_iter()), [0, 0]);
        assert_eq!(Sets::default().parts([].into_iter()), [0; 0]);
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
