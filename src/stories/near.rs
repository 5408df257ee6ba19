//! Searches a long sorted list from the place where something is probably found.

/// Number of places next to the expected one that are searched first; it doubles until the range contains the point.
const NEAR: usize = 8;

/// Like [`slice::partition_point`], for a point that is probably near `expected`. A binary search of a long list reads places that
/// are far apart, most of which are not in the processor's cache.
pub(super) fn partition_point_near<T>(list: &[T], expected: usize, is_before: impl Fn(&T) -> bool) -> usize {
    let mut reach = NEAR;
    let (mut from, mut to);
    if list.get(expected).is_some_and(&is_before) {
        from = expected + 1;
        to = list.len().min(from + reach);
        while list.get(to).is_some_and(&is_before) {
            reach *= 2;
            from = to + 1;
            to = list.len().min(from + reach);
        }
    } else {
        to = list.len().min(expected);
        from = to.saturating_sub(reach);
        while from > 0 && !is_before(&list[from - 1]) {
            reach *= 2;
            to = from;
            from = to.saturating_sub(reach);
        }
    }
    from + list[from..to].partition_point(is_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_found_wherever_it_is_expected() {
        for many in [0, 1, 2, NEAR, NEAR + 1, 100] {
            let list: Vec<usize> = (0..many).collect();
            for point in 0..=many {
                for expected in (0..=many + 1).chain([usize::MAX / 2]) {
                    let found = partition_point_near(&list, expected, |other| *other < point);
                    assert_eq!(found, point, "of {many}, expected at {expected}");
                }
            }
        }
    }
}
