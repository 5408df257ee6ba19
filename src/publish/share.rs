//! The share of a live document that a flooding source gets if other sources have entries as well.

/// Number of entries of a flooding source that are shown in any case.
const SHARE_LEAST: usize = 10;

/// The number of entries that each of `sources` sources gets in a document of `limit` entries.
pub fn share(limit: usize, sources: usize) -> usize {
    (limit / sources.max(1)).max(SHARE_LEAST)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_document_is_shared_by_its_sources() {
        for (limit, sources, expected) in
            [(100, 0, 100), (100, 1, 100), (100, 2, 50), (100, 3, 33), (100, 40, 10), (5, 2, 10), (1_000, 20, 50)]
        {
            assert_eq!(share(limit, sources), expected, "{limit} entries of {sources} sources");
        }
    }
}
