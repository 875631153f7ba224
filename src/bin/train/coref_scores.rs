//! The usual scores of coreference, over clusters of mentions.

use std::collections::{BTreeMap, BTreeSet};

/// Clusters of mentions, each a number.
pub(crate) type Clusters = Vec<BTreeSet<usize>>;

/// Sums over documents.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    muc: Sum,
    b3: Sum,
    ceaf: Sum,
}

/// What is right, of how much in the corpus and of how much of ours.
#[derive(Debug, Default)]
struct Sum {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Sum {
    fn f1(&self) -> (f64, f64, f64) {
        let part = |(right, of): (f64, f64)| if of > 0.0 { right / of } else { 0.0 };
        let (p, r) = (part(self.precision), part(self.recall));
        let f = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        (p, r, f)
    }
}

impl Scores {
    /// Adds a document.
    pub(crate) fn add(&mut self, gold: &Clusters, ours: &Clusters) {
        let muc = |sum: &mut (f64, f64), of: &Clusters, other: &Clusters| {
            let index = index(other);
            for cluster in of {
                let mut parts: BTreeSet<usize> = BTreeSet::new();
                let mut alone = 0;
                for m in cluster {
                    match index.get(m) {
                        Some(c) => drop(parts.insert(*c)),
                        None => alone += 1,
                    }
                }
                sum.0 += (cluster.len() - (parts.len() + alone)) as f64;
                sum.1 += (cluster.len() - 1) as f64;
            }
        };
        muc(&mut self.muc.recall, gold, ours);
        muc(&mut self.muc.precision, ours, gold);
        let b3 = |sum: &mut (f64, f64), of: &Clusters, other: &Clusters| {
            let index = index(other);
            for cluster in of {
                let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
                for c in cluster.iter().filter_map(|m| index.get(m)) {
                    *shared.entry(*c).or_insert(0) += 1;
                }
                let squares: usize = shared.values().map(|n| n * n).sum();
                sum.0 += squares as f64 / cluster.len() as f64;
                sum.1 += cluster.len() as f64;
            }
        };
        b3(&mut self.b3.recall, gold, ours);
        b3(&mut self.b3.precision, ours, gold);
        let alike = best_pairing(gold, ours);
        self.ceaf.recall.0 += alike;
        self.ceaf.recall.1 += gold.len() as f64;
        self.ceaf.precision.0 += alike;
        self.ceaf.precision.1 += ours.len() as f64;
    }

    /// Prints a line for each score.
    pub(crate) fn print(&self, title: &str) {
        println!("{title:<32} precision  recall      F1");
        let mut sum = 0.0;
        for (name, score) in [("MUC", &self.muc), ("B3", &self.b3), ("CEAF-e", &self.ceaf)] {
            let (p, r, f) = score.f1();
            sum += f;
            println!("  {name:<30} {p:>9.3} {r:>7.3} {f:>7.3}");
        }
        println!("  {:<48} {:>7.3}", "CoNLL average", sum / 3.0);
    }
}

fn index(clusters: &Clusters) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    for (i, cluster) in clusters.iter().enumerate() {
        out.extend(cluster.iter().map(|m| (*m, i)));
    }
    out
}

/// How alike the clusters are when each is paired with at most one of the other
/// side, in the best way (the Hungarian method on the costs `1 - likeness`).
fn best_pairing(gold: &Clusters, ours: &Clusters) -> f64 {
    let n = gold.len().max(ours.len());
    if gold.is_empty() || ours.is_empty() {
        return 0.0;
    }
    let likeness = |i: usize, j: usize| match (gold.get(i), ours.get(j)) {
        (Some(a), Some(b)) => 2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64,
        _ => 0.0,
    };
    // Row 0 and column 0 stand for "nobody yet".
    let (mut rows, mut columns) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut pair = vec![0; n + 1];
    for i in 1..=n {
        pair[0] = i;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut way = vec![0; n + 1];
        let mut used = vec![false; n + 1];
        let mut j0 = 0;
        loop {
            used[j0] = true;
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in (1..=n).filter(|j| !used[*j]) {
                let cost = 1.0 - likeness(pair[j0] - 1, j - 1) - rows[pair[j0]] - columns[j];
                if cost < least[j] {
                    (least[j], way[j]) = (cost, j0);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    rows[pair[j]] += delta;
                    columns[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            j0 = next;
            if pair[j0] == 0 {
                break;
            }
        }
        while j0 != 0 {
            pair[j0] = pair[way[j0]];
            j0 = way[j0];
        }
    }
    (1..=n).map(|j| likeness(pair[j] - 1, j - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(text: &str) -> Clusters {
        let numbers = |c: &str| c.split(' ').filter_map(|n| n.parse().ok()).collect();
        text.split('/').map(numbers).collect()
    }

    fn check(gold: &str, ours: &str, expected: [&str; 3]) {
        let mut scores = Scores::default();
        scores.add(&clusters(gold), &clusters(ours));
        let found = [&scores.muc, &scores.b3, &scores.ceaf].map(|s| {
            let (p, r, _) = s.f1();
            format!("{p:.3} {r:.3}")
        });
        assert_eq!(found, expected, "{gold} | {ours}");
    }

    #[test]
    fn scores_are_those_of_the_books() {
        check("1 2 3/4 5", "1 2 3/4 5", ["1.000 1.000"; 3]);
        // The example of Bagga and Baldwin: two of three clusters made one.
        check(
            "1 2 3 4 5/6 7/8 9 10 11 12",
            "1 2 3 4 5/6 7 8 9 10 11 12",
            ["0.900 1.000", "0.762 1.000", "0.917 0.611"],
        );
        check(
            "1 2/3 4",
            "1 3/2 4",
            ["0.000 0.000", "0.500 0.500", "0.500 0.500"],
        );
    }
}
