//! Places in an order that are kept when something comes between: a number for
//! each row, with room between them. Pure.

/// How far apart the places of a new order are.
const GAP: i64 = 1 << 20;

/// Growing places for a list of rows, given in their order with the places that
/// they had before. As many as possible keep theirs; where there is no more room
/// between two, all get new ones. Takes *n* log *n*.
pub(super) fn places(before: &[Option<i64>]) -> Vec<i64> {
    let kept = longest_growing(before);
    let mut places: Vec<i64> = Vec::with_capacity(before.len());
    let mut kept = kept.into_iter().peekable();
    while places.len() < before.len() {
        let from = places.len();
        let next = kept.next();
        let to = next.map_or(before.len(), |(at, _)| at);
        let count = i64::try_from(to - from).unwrap_or(i64::MAX);
        let room = count.saturating_add(1).saturating_mul(GAP);
        let low = places.last().copied();
        let (low, high) = match (low, next) {
            (Some(low), Some((_, high))) => (low, high),
            (Some(low), None) => (low, low.saturating_add(room)),
            (None, Some((_, high))) => (high.saturating_sub(room), high),
            (None, None) => (-GAP, room.saturating_sub(GAP)),
        };
        let step = high.saturating_sub(low) / count.saturating_add(1).max(1);
        if count > 0 && step < 1 {
            return (0..).step_by(GAP as usize).take(before.len()).collect();
        }
        for i in 1..=count {
            places.push(low.saturating_add(step.saturating_mul(i)));
        }
        places.extend(next.map(|(_, place)| place));
    }
    places
}

/// The longest list of places that grow, with where they stand (C. Schensted,
/// Longest increasing and decreasing subsequences, 1961).
fn longest_growing(before: &[Option<i64>]) -> Vec<(usize, i64)> {
    let places: Vec<(usize, i64)> = before
        .iter()
        .enumerate()
        .filter_map(|(at, place)| Some((at, (*place)?)))
        .collect();
    // Of every length the list with the smallest end, and what stands before
    // each place in the list that it ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (i, (_, place)) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end].1 < *place);
        previous.push(length.checked_sub(1).and_then(|l| ends.get(l).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(i) = at {
        out.push(places[i]);
        at = previous[i];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_there_stays_where_it_was() {
        let check = |before: &[Option<i64>], expected: &[i64]| {
            assert_eq!(places(before), expected, "{before:?}");
        };
        check(&[], &[]);
        check(&[None, None], &[0, GAP]);
        check(&[Some(5), Some(9)], &[5, 9]);
        check(&[Some(5), None, Some(9)], &[5, 7, 9]);
        check(&[None, Some(5)], &[5 - GAP, 5]);
        check(&[Some(5), None], &[5, 5 + GAP]);
        // One moved to the front.
        check(&[Some(90), Some(10), Some(20)], &[10 - GAP, 10, 20]);
        // No room.
        check(&[Some(5), None, Some(6)], &[0, GAP, 2 * GAP]);
        check(&[Some(7), Some(7)], &[7 - GAP, 7]);
    }

    proptest! {
        #[test]
        fn places_always_grow(
            before in proptest::collection::vec(proptest::option::of(-50..50_i64), 0..40),
        ) {
            let places = places(&before);
            prop_assert_eq!(places.len(), before.len());
            prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", places);
        }

        #[test]
        fn nothing_moves_where_nothing_came(
            mut before in proptest::collection::vec(any::<i64>(), 0..40),
        ) {
            before.sort_unstable();
            before.dedup();
            let given: Vec<Option<i64>> = before.iter().copied().map(Some).collect();
            prop_assert_eq!(places(&given), before);
        }
    }
}
