//! Puts things that take room side by side into as few lanes as a greedy hand needs.

/// The least room between two things in a lane.
const GAP: f64 = 14.0;

/// Returns the lane of each thing (from its left to its right end) and how many lanes there are.
///
/// Things keep clear of each other; the one that begins first gets the first lane.
pub(super) fn lanes(extents: &[(f64, f64)]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..extents.len()).collect();
    order.sort_by(|a, b| extents[*a].0.total_cmp(&extents[*b].0).then(a.cmp(b)));
    let mut ends: Vec<f64> = Vec::new();
    let mut lanes = vec![0; extents.len()];
    for thing in order {
        let (left, right) = extents[thing];
        let free = ends.iter().position(|end| end + GAP <= left);
        lanes[thing] = free.unwrap_or(ends.len());
        match free {
            Some(lane) => ends[lane] = right,
            None => ends.push(right),
        }
    }
    (lanes, ends.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_that_would_touch_get_lanes_of_their_own() {
        let (places, count) = lanes(&[(0.0, 50.0), (60.0, 90.0), (70.0, 80.0), (110.0, 120.0)]);
        assert_eq!((places, count), (vec![0, 1, 0, 0], 2));
        assert_eq!(lanes(&[]), (vec![], 0));
    }
}
