//! The feed of incidents. Private sources and their failures are left out, because everybody may read the feed.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use super::Outputs;
use super::plan::OutputPlan;
use crate::config::SourceConfig;
use crate::incidents::{self, Incident};
use crate::model::{BySource, SourceId, Timestamp};
use crate::publish::{OutputSpec, Shown};
use crate::store::StoreError;

impl Outputs {
    /// The configuration of every source, by its number in the store.
    pub fn sources(&self) -> Arc<BySource<Arc<SourceConfig>>> {
        self.plan().sources.clone()
    }

    /// Sets the incidents that could not be stored, which are shown with the stored incidents.
    pub fn set_unwritten(&self, incidents: Vec<Incident>) {
        let is_news = {
            let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *unwritten, incidents.clone()) != incidents
        };
        if is_news {
            self.incidents_changed();
        }
    }

    /// The newest incidents as they are shown, and when what they show last changed.
    pub(super) async fn told_incidents(
        &self,
        plan: &Arc<OutputPlan>,
        spec: &OutputSpec,
    ) -> Result<(Vec<Shown>, Timestamp), StoreError> {
        let public = plan.clone();
        let is_shown = move |source: Option<SourceId>| match source {
            Some(source) => public.sources.get(source).is_some_and(|config| !config.options.private),
            None => true,
        };
        let stored = self.store.incidents(spec.entries, is_shown).await?;
        let mut shown: Vec<Incident> = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let unwritten: HashSet<String> = shown.iter().map(Incident::path).collect();
        shown.extend(stored.into_iter().filter(|incident| !unwritten.contains(&incident.path())));
        let metas = self.store.metas(shown.iter().filter_map(|incident| incident.source).collect()).await?;
        let mut changed = plan.since;
        let entries = shown.iter().map(|incident| {
            let source = incident.source.and_then(|id| Some((id, plan.sources.get(id)?.as_ref())));
            let described = source.and_then(|(id, _)| metas.get(&id));
            changed = changed.max(incident.updated);
            changed = described.map_or(changed, |(_, at)| changed.max(*at));
            let told = incidents::tell(incident, source.map(|(_, config)| (config, described.map(|(meta, _)| meta))));
            Shown::of_incident(&plan.site, spec, incident, &told, source.map(|(_, config)| config.name.as_str()))
        });
        let entries: Vec<Shown> = entries.collect();
        Ok((entries, changed))
    }
}
