//! The information about documents for hubs: that a rebuild was published, which documents exist, and which feeds to
//! announce to an outside hub.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::Outputs;
use super::changes::Changes;
use super::plan::OutputPlan;
use crate::publish::{DocumentName, Hub, OutputKind};

/// Feeds that wait to be announced to an outside hub, at most.
const ANNOUNCED_MAX: usize = 1_000;

impl Outputs {
    /// Whether a document exists, although it may not be built.
    pub fn has(&self, name: &DocumentName) -> bool {
        self.plan().has(name)
    }

    /// The feeds that have changed since the last call, for an outside hub. Searches are left out, because the server
    /// does not know which searches readers use.
    pub fn take_announced(&self) -> BTreeSet<OutputKind> {
        std::mem::take(&mut *self.announced.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes which feeds a rebuild has changed, if feeds name an outside hub. Only feeds that everybody may read are noted. After a
    /// start or a reload, when anything may have changed, these are the configured outputs.
    pub(super) fn announce(&self, plan: &OutputPlan, changes: &Changes) {
        if !matches!(plan.site.hub, Hub::Outside(_)) {
            return;
        }
        let mut kinds: BTreeSet<OutputKind> = BTreeSet::new();
        let changed =
            plan.outputs.iter().filter(|output| output.spec.token.is_none() && changes.concern(&output.sources));
        kinds.extend(changed.map(|output| output.spec.kind.clone()));
        if changes.incidents {
            kinds.insert(OutputKind::Health);
        }
        let sources = changes.sources.iter().filter(|id| plan.public.contains(*id));
        for source in sources.filter_map(|id| plan.sources.get(*id)) {
            kinds.insert(OutputKind::Source(source.name.clone()));
            kinds.extend(source.options.tags.iter().cloned().map(OutputKind::Tag));
        }
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        let room = ANNOUNCED_MAX.saturating_sub(announced.len());
        announced.extend(kinds.into_iter().take(room));
    }
}
