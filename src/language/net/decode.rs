//! From scores to trees: the maximum spanning tree (Chu and Liu 1965, Edmonds
//! 1967).

/// The tree of highest score with one root. `scores` has a row of `n + 1`
/// numbers for each of the `n` words: how well each word, and last the root,
/// suits as its head. Returns heads, `n` for the root. Quadratic in `n` where
/// the best heads form a tree or nearly; cubic at worst.
pub fn tree(scores: &[f32], n: usize) -> Vec<u32> {
    let width = n + 1;
    let mut scores = scores.to_vec();
    for i in 0..n {
        scores[i * width + i] = f32::MIN;
    }
    let heads = greedy(&scores, n);
    let roots = heads.iter().filter(|h| **h == n).count();
    if roots == 1 && cycle(&heads, n).is_none() {
        return heads.into_iter().map(|h| h as u32).collect();
    }
    // One root: a second one costs more than any other choice can gain.
    let known = scores.iter().filter(|s| **s != f32::MIN);
    let range = known.fold((0.0_f32, 0.0_f32), |r, s| (r.0.min(*s), r.1.max(*s)));
    let fine = (range.1 - range.0 + 1.0) * (n as f32 + 1.0);
    for row in scores.chunks_exact_mut(width) {
        row[n] -= fine;
    }
    let heads = spanning(&scores, n);
    heads.into_iter().map(|h| h as u32).collect()
}

/// The best head of each word, whether or not that is a tree.
fn greedy(scores: &[f32], n: usize) -> Vec<usize> {
    let best = |(i, row): (usize, &[f32])| {
        let mut best = usize::from(i == 0);
        for (j, score) in row.iter().enumerate() {
            if j != i && *score > row[best] {
                best = j;
            }
        }
        best
    };
    scores.chunks_exact(n + 1).enumerate().map(best).collect()
}

/// The words of a cycle among `heads`, if there is one.
fn cycle(heads: &[usize], n: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; n];
    for start in 0..n {
        let mut at = start;
        while at != n && seen[at] == 0 {
            seen[at] = start + 1;
            at = heads[at];
        }
        if at != n && seen[at] == start + 1 {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// Chu-Liu-Edmonds by contraction, over a dense matrix.
fn spanning(scores: &[f32], n: usize) -> Vec<usize> {
    let width = n + 1;
    let heads = greedy(scores, n);
    let Some(cycle) = cycle(&heads, n) else {
        return heads;
    };
    let mut inside = vec![false; n + 1];
    for i in &cycle {
        inside[*i] = true;
    }
    // The words outside keep their order; the cycle becomes the last word.
    let outside: Vec<usize> = (0..n).filter(|i| !inside[*i]).collect();
    let m = outside.len() + 1;
    let small = m + 1;
    let total: f32 = cycle.iter().map(|i| scores[i * width + heads[*i]]).sum();
    let mut next = vec![f32::MIN; m * small];
    // Which word of the cycle an arc into or out of it stands for.
    let mut enters = vec![0; n + 1];
    let mut leaves = vec![0; n];
    let column = |j: usize| if j == outside.len() { n } else { outside[j] };
    for (a, i) in outside.iter().copied().enumerate() {
        for (b, j) in outside.iter().copied().enumerate() {
            if a != b {
                next[a * small + b] = scores[i * width + j];
            }
        }
        next[a * small + m] = scores[i * width + n];
        let mut from = cycle[0];
        for c in &cycle {
            if scores[i * width + c] > scores[i * width + from] {
                from = *c;
            }
        }
        leaves[i] = from;
        next[a * small + m - 1] = scores[i * width + from];
    }
    for b in 0..=outside.len() {
        let j = column(b);
        let gain = |i: usize| total - scores[i * width + heads[i]] + scores[i * width + j];
        let mut into = cycle[0];
        for c in &cycle {
            if gain(*c) > gain(into) {
                into = *c;
            }
        }
        enters[j] = into;
        let at = if j == n { m } else { b };
        next[(m - 1) * small + at] = gain(into);
    }
    let solved = spanning(&next, m);
    let mut out = heads;
    for (a, i) in outside.iter().copied().enumerate() {
        out[i] = match solved[a] {
            h if h == m => n,
            h if h == m - 1 => leaves[i],
            h => outside[h],
        };
    }
    let head = match solved[m - 1] {
        h if h == m => n,
        h => outside[h],
    };
    out[enters[head]] = head;
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[u32]) -> bool {
        let n = heads.len();
        let reaches = |start: usize| {
            let mut at = start;
            for _ in 0..=n {
                if at == n {
                    return true;
                }
                at = heads[at] as usize;
            }
            false
        };
        heads.iter().filter(|h| **h as usize == n).count() == 1 && (0..n).all(reaches)
    }

    fn sum(scores: &[f32], heads: &[u32]) -> f32 {
        let width = heads.len() + 1;
        let arcs = heads.iter().enumerate();
        arcs.map(|(i, h)| scores[i * width + *h as usize]).sum()
    }

    /// The best of all trees, by trying all.
    fn by_force(scores: &[f32], n: usize) -> f32 {
        let all = (0..(n + 1).pow(n as u32)).map(|mut number| {
            let digit = |number: &mut usize| {
                let head = *number % (n + 1);
                *number /= n + 1;
                head as u32
            };
            (0..n).map(|_| digit(&mut number)).collect::<Vec<u32>>()
        });
        let trees = all.filter(|heads| is_tree(heads));
        trees
            .map(|heads| sum(scores, &heads))
            .fold(f32::MIN, f32::max)
    }

    proptest! {
        #[test]
        fn the_best_tree_is_found(
            (n, scores) in (1..6_usize).prop_flat_map(|n| {
                // Whole numbers: their sums are exact, so that equals are equal.
                let score = (-20..20_i32).prop_map(|x| x as f32);
                (Just(n), proptest::collection::vec(score, n * (n + 1)))
            }),
        ) {
            let heads = tree(&scores, n);
            prop_assert!(is_tree(&heads), "{:?}", heads);
            prop_assert_eq!(sum(&scores, &heads), by_force(&scores, n));
        }

        #[test]
        fn any_scores_give_a_tree(
            (n, scores) in (1..60_usize).prop_flat_map(|n| {
                let score = -1000.0..1000.0_f32;
                (Just(n), proptest::collection::vec(score, n * (n + 1)))
            }),
        ) {
            prop_assert!(is_tree(&tree(&scores, n)));
        }
    }

    #[test]
    fn no_words_no_heads() {
        assert!(tree(&[], 0).is_empty());
    }
}
