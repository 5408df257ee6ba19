//! What has changed since documents were built, and which documents it concerns.

use std::collections::{HashMap, HashSet};

use super::plan::OutputPlan;
use crate::model::{EntryId, SourceId};
use crate::publish::{DocumentName, Format, OutputKind};
use crate::search::Query;

/// Largest number of changed entries in a batch; with more, all entries count as changed.
const CHANGED_MAX: usize = 100_000;

/// What has changed since a document was built.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) everything: bool,
    /// Whether something that was shown may have to disappear: what is private, hidden or no longer configured.
    pub(super) withdraws: bool,
    /// Sources whose entries were written.
    pub(super) sources: HashSet<SourceId>,
    /// Sources whose description has changed.
    pub(super) described: HashSet<SourceId>,
    pub(super) entries: HashSet<EntryId>,
    /// For each output whose archive has grown: the number of its documents before.
    pub(super) archives: HashMap<String, u32>,
    /// Whether incidents have changed.
    pub(super) incidents: bool,
}

impl Changes {
    /// The changes that stand for "everything may have changed, and something may have to disappear".
    pub(super) fn all() -> Changes {
        Changes { everything: true, withdraws: true, ..Changes::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.everything && self.sources.is_empty() && self.described.is_empty() && !self.incidents
    }

    pub(super) fn concern(&self, sources: &HashSet<SourceId>) -> bool {
        self.everything || !self.sources.is_disjoint(sources)
    }

    /// Notes that the archive of an output has grown from `before` documents.
    pub(super) fn grew(&mut self, output: String, before: u32) {
        let lowest = self.archives.entry(output).or_insert(before);
        *lowest = before.min(*lowest);
    }

    pub(super) fn add(&mut self, other: Changes) {
        self.everything |= other.everything;
        self.withdraws |= other.withdraws;
        self.incidents |= other.incidents;
        self.sources.extend(other.sources);
        self.described.extend(other.described);
        self.entries.extend(other.entries);
        for (output, before) in other.archives {
            self.grew(output, before);
        }
        if self.entries.len() > CHANGED_MAX {
            self.everything = true;
            self.entries.clear();
        }
    }
}

/// Whether a document that was not rebuilt is still current.
pub(super) fn is_fresh(plan: &OutputPlan, changes: &Changes, name: &DocumentName) -> bool {
    let described = |sources: &HashSet<SourceId>| !changes.described.is_disjoint(sources);
    let kind = match name {
        DocumentName::FrontPage => return true,
        DocumentName::Sources => return !changes.everything && changes.described.is_empty(),
        DocumentName::Members => return !changes.concern(&plan.public) && !described(&plan.public),
        // Which stories a change concerns is not known here, and their pages are quickly made.
        DocumentName::Story(_) => return !changes.concern(&plan.public),
        DocumentName::ThemeFile(_) | DocumentName::Icon(_) => return !changes.everything,
        // Incidents are told with the titles that sources give themselves.
        DocumentName::Feed(OutputKind::Health, _) => {
            return !changes.everything && !changes.incidents && !described(&plan.public);
        }
        // A search may find anything that is public. Its plan is not made for the answer, because that reads all tags of all sources.
        DocumentName::Feed(OutputKind::Search(_), _) => return !changes.concern(&plan.public),
        DocumentName::Archive(output, ..) => OutputKind::Output(output.clone()),
        DocumentName::Feed(kind, _) | DocumentName::Page(kind, _) => kind.clone(),
    };
    // A feed that is not configured any more does not exist.
    let Some(output) = plan.feed(&kind) else { return false };
    let shows_description =
        matches!(kind, OutputKind::Source(_)) || matches!(name, DocumentName::Feed(_, Format::Opml));
    let is_stale = changes.concern(&output.sources) || (shows_description && described(&output.sources));
    !is_stale
}

/// Whether a document may change with the day although no entry has changed: a search that names a span.
pub(super) fn depends_on_day(name: &DocumentName) -> bool {
    match name {
        DocumentName::Feed(OutputKind::Search(query), _) => {
            Query::parse(query).is_ok_and(|parsed| parsed.query.depends_on_now())
        }
        _ => false,
    }
}

/// Whether the number of documents of this kind is unlimited, or grows with the number of entries.
pub(super) fn is_of_many(name: &DocumentName) -> bool {
    matches!(name, DocumentName::Feed(OutputKind::Search(_), _) | DocumentName::Story(_))
}

/// Whether every rebuild makes the document, even if no reader asks for it.
pub(super) fn is_always_there(name: &DocumentName) -> bool {
    matches!(name, DocumentName::FrontPage | DocumentName::Feed(OutputKind::Output(_), Format::ATOM))
}
