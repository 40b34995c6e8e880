//! Puts things that take room side by side into as few lanes as a greedy hand needs.

/// The least room between two things in a lane.
const GAP: f64 = 14.0;

/// Returns the lane of each thing (from its left to its right end) and how many lanes there are.
///
/// Things keep clear of each other; each takes the first lane with room, in the order they are given.
pub(super) fn lanes(extents: &[(f64, f64)]) -> (Vec<usize>, usize) {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut lanes = Vec::with_capacity(extents.len());
    for (left, right) in extents {
        let clear =
            |lane: &Vec<(f64, f64)>| lane.iter().all(|(from, to)| to + GAP <= *left || right + GAP <= *from);
        let lane = taken.iter().position(clear).unwrap_or(taken.len());
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((*left, *right));
        lanes.push(lane);
    }
    (lanes, taken.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_that_would_touch_get_lanes_of_their_own() {
        let (places, count) = lanes(&[(0.0, 50.0), (60.0, 90.0), (70.0, 80.0), (110.0, 120.0)]);
        assert_eq!((places, count), (vec![0, 1, 0, 0], 2));
        let (places, count) = lanes(&[(70.0, 80.0), (0.0, 50.0), (40.0, 60.0)]);
        assert_eq!((places, count), (vec![0, 0, 1], 2), "the first given stands in the first lane");
        assert_eq!(lanes(&[]), (vec![], 0));
    }
}
