//! The order of the actors beside the events, so that few lines cross. Pure.
//!
//! The events' order is fixed, so this is one-sided crossing minimisation:
//! barycentres first (Sugiyama, Tagawa and Toda 1981), then exchanges of
//! neighbours as long as one saves a crossing (Eades and Kelly 1986).

/// The most rounds of exchanges; a round that changes nothing ends them.
const ROUNDS: usize = 24;

/// Orders actors, each given with the sorted rows of its events, and returns
/// them top to bottom. Time is rounds × roles.
pub(super) fn fewest_crossings(mut actors: Vec<(usize, Vec<usize>)>) -> Vec<usize> {
    // Means are compared as fractions, which no machine rounds differently.
    actors.sort_by(|(a, rows_a), (b, rows_b)| {
        let (sum_a, sum_b) = (rows_a.iter().sum::<usize>(), rows_b.iter().sum::<usize>());
        (sum_a * rows_b.len())
            .cmp(&(sum_b * rows_a.len()))
            .then(a.cmp(b))
    });
    for _ in 0..ROUNDS {
        let mut changed = false;
        for i in 1..actors.len() {
            let (above, below) = (&actors[i - 1].1, &actors[i].1);
            if crossings(below, above) < crossings(above, below) {
                actors.swap(i - 1, i);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    actors.into_iter().map(|(actor, _)| actor).collect()
}

/// How many lines of two actors cross when the first stands above the second.
fn crossings(above: &[usize], below: &[usize]) -> usize {
    let mut passed = 0;
    let mut crossings = 0;
    for row in above {
        while below.get(passed).is_some_and(|b| b < row) {
            passed += 1;
        }
        crossings += passed;
    }
    crossings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(actors: &[(usize, Vec<usize>)], order: &[usize]) -> usize {
        let rows = |actor: &usize| &actors[*actor].1;
        (0..order.len())
            .flat_map(|i| (i + 1..order.len()).map(move |k| (i, k)))
            .map(|(i, k)| crossings(rows(&order[i]), rows(&order[k])))
            .sum()
    }

    #[test]
    fn untangles() {
        let actors = vec![(0, vec![3]), (1, vec![0, 1]), (2, vec![2])];
        assert_eq!(fewest_crossings(actors), [1, 2, 0]);
        assert_eq!(crossings(&[3], &[0, 1]), 2);
        assert_eq!(crossings(&[0, 1], &[3]), 0);
    }

    proptest! {
        #[test]
        fn never_worse_than_the_barycentres(
            rows in proptest::collection::vec(proptest::collection::btree_set(0_usize..12, 1..5), 0..9)
        ) {
            let actors: Vec<(usize, Vec<usize>)> =
                rows.into_iter().map(|r| r.into_iter().collect()).enumerate().collect();
            let mut plain = actors.clone();
            plain.sort_by(|(_, a), (_, b)| {
                let mean = |r: &[usize]| r.iter().sum::<usize>() as f64 / r.len() as f64;
                mean(a).total_cmp(&mean(b))
            });
            let plain: Vec<usize> = plain.into_iter().map(|(a, _)| a).collect();
            let order = fewest_crossings(actors.clone());
            prop_assert!(total(&actors, &order) <= total(&actors, &plain));
            let mut all = order.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..actors.len()).collect::<Vec<_>>());
        }
    }
}
