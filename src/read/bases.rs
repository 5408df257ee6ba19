//! What the addresses of one document are relative to, and how often that had to be found out.

use std::cell::Cell;

use url::Url;

use crate::model::Problem;
use crate::text::address;

/// The places that a document's addresses may be relative to.
#[derive(Debug, Default)]
pub(super) struct Bases {
    document: Option<Url>,
    /// Of its entries.
    entries: Option<Url>,
    /// Addresses of entries that became absolute by the site instead of the document.
    at_site: Cell<usize>,
    /// Addresses that were not written as they are meant.
    mended: Cell<usize>,
}

impl Bases {
    pub(super) fn of_document(url: &str) -> Bases {
        let document = Url::parse(url).ok();
        Bases { entries: document.clone(), document, ..Bases::default() }
    }

    /// Takes the address of the feed's site, which entries may be relative to.
    pub(super) fn know_site(&mut self, site: Option<&Url>) {
        self.entries = address::base_of_entries(self.document.as_ref(), site).cloned();
    }

    /// An address of the feed itself, absolute where it can be made so.
    pub(super) fn of_feed(&self, written: &str) -> String {
        address::absolute(written, self.document.as_ref()).map_or_else(|| written.to_owned(), String::from)
    }

    /// The same of an entry.
    pub(super) fn of_entry(&self, written: String) -> String {
        // Nearly all are absolute and sound, and stay as they are.
        let is_web = written.starts_with("http://") || written.starts_with("https://");
        if is_web && !written.contains('&') {
            return written;
        }
        let is_mended = address::meant(&written) != written.trim();
        if is_web && !is_mended {
            return written;
        }
        self.mended.set(self.mended.get() + usize::from(is_mended));
        let is_relative = address::absolute(&written, None).is_none();
        let Some(url) = address::absolute(&written, self.entries.as_ref()) else { return written };
        self.at_site.set(self.at_site.get() + usize::from(is_relative && self.entries != self.document));
        url.into()
    }

    pub(super) fn tell(&self, problems: &mut Vec<Problem>) {
        let (mended, at_site) = (self.mended.get(), self.at_site.get());
        if mended > 0 {
            problems.push(Problem::new(format!(
                "{mended} addresses of entries lack their scheme or were escaped too often; they were mended"
            )));
        }
        if let (Some(site), true) = (self.entries.as_ref().and_then(Url::host_str), at_site > 0) {
            problems.push(Problem::new(format!(
                "{at_site} addresses of entries are relative; they were resolved against the feed's site {site}, as the feed \
                 itself is at another host"
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_of_entries_lead_to_the_site() {
        let check = |site: &str, written: &str, wanted: &str, told: usize| {
            let mut bases = Bases::of_document("https://feeds.example/a/feed.xml");
            bases.know_site(Url::parse(site).ok().as_ref());
            assert_eq!(bases.of_entry(written.to_owned()), wanted, "{written:?}");
            let mut problems = Vec::new();
            bases.tell(&mut problems);
            assert_eq!(problems.len(), told, "{written:?}: {problems:?}");
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
