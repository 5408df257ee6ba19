//! The bases of a document's relative addresses, and the number of addresses that had to be resolved or corrected.

use std::cell::Cell;

use url::Url;

use crate::model::Problem;
use crate::text::address;

/// The base addresses of a document.
#[derive(Debug, Default)]
pub(super) struct Bases {
    document: Option<Url>,
    /// The base of addresses in entries.
    entries: Option<Url>,
    /// Number of addresses in entries that were resolved against the site instead of the document.
    at_site: Cell<usize>,
    /// Number of addresses in entries that were corrected.
    corrected: Cell<usize>,
}

impl Bases {
    pub(super) fn of_document(url: &str) -> Bases {
        let document = Url::parse(url).ok();
        Bases { entries: document.clone(), document, ..Bases::default() }
    }

    /// Sets the address of the feed's site, which may be the base of addresses in entries.
    pub(super) fn know_site(&mut self, site: Option<&Url>) {
        self.entries = address::base_of_entries(self.document.as_ref(), site).cloned();
    }

    /// An address of the feed itself, made absolute if possible.
    pub(super) fn of_feed(&self, written: &str) -> String {
        address::absolute(written, self.document.as_ref()).map_or_else(|| written.to_owned(), String::from)
    }

    /// An address in an entry, corrected and made absolute if possible.
    pub(super) fn of_entry(&self, written: String) -> String {
        // Nearly all addresses are absolute and correct; this fast path returns them unchanged.
        let is_web = address::begins_as_web(&written);
        if is_web && !written.contains('&') {
            return written;
        }
        let is_corrected = address::meant(&written) != written.trim();
        if is_web && !is_corrected {
            return written;
        }
        self.corrected.set(self.corrected.get() + usize::from(is_corrected));
        let is_relative = address::absolute(&written, None).is_none();
        let Some(url) = address::absolute(&written, self.entries.as_ref()) else { return written };
        self.at_site.set(self.at_site.get() + usize::from(is_relative && self.entries != self.document));
        url.into()
    }

    pub(super) fn report(&self, problems: &mut Vec<Problem>) {
        let (corrected, at_site) = (self.corrected.get(), self.at_site.get());
        let one = "an address in an entry lacks a scheme or is escaped more than once; it was corrected";
        let many = "addresses in entries lack a scheme or are escaped more than once; they were corrected";
        problems.extend(Problem::counted(corrected as u64, one, many));
        if let Some(site) = self.entries.as_ref().and_then(Url::host_str) {
            let why = format!("the feed's site {site}, because the feed itself is at another host");
            let one = format!("an address in an entry is relative; it was resolved against {why}");
            let many = format!("addresses in entries are relative; they were resolved against {why}");
            problems.extend(Problem::counted(at_site as u64, &one, &many));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_in_entries_are_resolved_against_the_site() {
        let check = |site: &str, written: &str, wanted: &str, reported: usize| {
            let mut bases = Bases::of_document("https://feeds.example/a/feed.xml");
            bases.know_site(Url::parse(site).ok().as_ref());
            assert_eq!(bases.of_entry(written.to_owned()), wanted, "{written:?}");
            let mut problems = Vec::new();
            bases.report(&mut problems);
            assert_eq!(problems.len(), reported, "{written:?}: {problems:?}");
        };
        check("https://a.example/b/", "/1", "https://a.example/1", 1);
        check("https://a.example/b/", "1?c&amp;d", "https://a.example/b/1?c&d", 2);
        check("https://a.example/b/", "www.a.example/1", "https://www.a.example/1", 1);
        check("https://a.example/b/", "https://c.example/?d&amp;e", "https://c.example/?d&e", 1);
        check("https://a.example/b/", "https://c.example/1", "https://c.example/1", 0);
        check("https://a.example/b/", "tag:a.example,2026:1", "tag:a.example,2026:1", 0);
        check("https://feeds.example/", "1", "https://feeds.example/a/1", 0);
        check("", "1", "https://feeds.example/a/1", 0);
    }
}
