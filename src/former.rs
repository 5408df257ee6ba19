//! Former names: which name has taken the place of each, and where the old addresses lead.
//!
//! Entry points: [`replaced`] compares what names stand for before and after a change, [`FormerNames`] holds the former
//! names.

use std::collections::{BTreeMap, HashMap};

use crate::model::SourceId;

/// The names that sources, tags and outputs had before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerNames {
    /// The sources that had these names. Where an old address leads follows from the name that the source has now.
    pub sources: HashMap<String, SourceId>,
    /// The tag that took the place of each former tag.
    pub tags: HashMap<String, String>,
    /// The output that took the place of each former output.
    pub outputs: HashMap<String, String>,
}

/// Each name that is gone, with the name that has taken its place: the only new name that stands for what the old name
/// stood for. A name that existed before does not count as a new name, and neither of two new names that stand for the
/// same thing takes the place.
pub fn replaced<T: Ord>(before: &BTreeMap<String, T>, now: &BTreeMap<String, T>) -> Vec<(String, String)> {
    let mut new: BTreeMap<&T, Option<&String>> = BTreeMap::new();
    for (name, meaning) in now.iter().filter(|(name, _)| !before.contains_key(*name)) {
        new.entry(meaning).and_modify(|only| *only = None).or_insert(Some(name));
    }
    let gone = before.iter().filter(|(name, _)| !now.contains_key(*name));
    gone.filter_map(|(old, meaning)| Some((old.clone(), new.get(meaning).copied().flatten()?.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_replaced_by_the_only_new_name_for_the_same() {
        let check = |before: &[(&str, &str)], now: &[(&str, &str)], expected: &[(&str, &str)]| {
            let names = |list: &[(&str, &str)]| -> BTreeMap<String, String> {
                list.iter().map(|(name, meaning)| ((*name).to_owned(), (*meaning).to_owned())).collect()
            };
            let found = replaced(&names(before), &names(now));
            let found: Vec<(&str, &str)> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
            assert_eq!(found, expected, "{before:?} {now:?}");
        };
        check(&[("linux", "1 2")], &[("kernel", "1 2")], &[("linux", "kernel")]);
        // The new name stands for other sources, or for only some of them.
        check(&[("linux", "1 2")], &[("kernel", "1 2 3")], &[]);
        // The old name still exists.
        check(&[("linux", "1")], &[("linux", "1"), ("kernel", "1")], &[]);
        // The other name existed before, so it did not take the place of the old name.
        check(&[("a", "1"), ("b", "1")], &[("b", "1")], &[]);
        // Two names might be meant.
        check(&[("a", "1")], &[("b", "1"), ("c", "1")], &[]);
        // Two names became one name.
        check(&[("a", "1"), ("b", "1")], &[("c", "1")], &[("a", "c"), ("b", "c")]);
        // Names were swapped, so each still stands for something.
        check(&[("a", "1"), ("b", "2")], &[("a", "2"), ("b", "1")], &[]);
        check(&[], &[("a", "1")], &[]);
    }
}
