//! How much of a live document is one source's, where that source floods and others have entries, too.

/// Entries of a flooding source that are shown in any case.
const SHARE_LEAST: usize = 10;

/// The share of each of so many sources in a document of `limit` entries.
pub fn share(limit: usize, sources: usize) -> usize {
    (limit / sources.max(1)).max(SHARE_LEAST)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares() {
        for (limit, sources, expected) in
            [(100, 0, 100), (100, 1, 100), (100, 2, 50), (100, 3, 33), (100, 40, 10), (5, 2, 10), (1_000, 20, 50)]
        {
            assert_eq!(share(limit, sources), expected, "{limit} entries of {sources} sources");
        }
    }
}
