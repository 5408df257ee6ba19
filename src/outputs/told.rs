//! What receivers of news learn from the outputs: the next story of an output, as its JSON Feed shows it, and incidents
//! that the store cannot take.

use std::collections::HashSet;
use std::sync::PoisonError;

use tokio::sync::watch;

use super::build::{json_item, off_thread};
use super::{Outputs, selection, selects_of};
use crate::config::{OutputConfig, SourceConfig};
use crate::incidents::Incident;
use crate::model::{FeedMeta, SourceId};
use crate::publish;
use crate::store::{Showing, StoreError};

/// The next story of an output, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The last entry that was looked at: the entry that represents the story, if there is a story.
    pub through: i64,
    /// The story as an item of JSON Feed.
    pub item: Option<Vec<u8>>,
}

impl Outputs {
    /// Changes after each rebuild, so that tasks that wait for stories or incidents know when to look.
    pub fn rebuilds(&self) -> watch::Receiver<u64> {
        self.published.subscribe()
    }

    /// The incidents that the store could not take, in their newest state.
    pub fn unwritten(&self) -> Vec<Incident> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The id of a part of this installation, such as an incident, by its path.
    pub fn id_of(&self, path: &str) -> String {
        publish::feed_id(self.store.store_id(), path)
    }

    /// How a source describes itself.
    pub async fn meta_of(&self, source: SourceId) -> Result<Option<FeedMeta>, StoreError> {
        Ok(self.store.metas(HashSet::from([source])).await?.remove(&source).map(|(meta, _)| meta))
    }

    /// The first story of an output after entry `through`, in storing order. `None` if no output has this name.
    pub async fn story_after(&self, output: &str, through: i64) -> Result<Option<Following>, StoreError> {
        let plan = self.plan();
        let Some(output) = plan.find(output).cloned() else { return Ok(None) };
        let shown = Showing { selection: output.selection(), backfill: output.backfill.clone() };
        let (through, entry) = self.store.next_story(through, shown).await?;
        let Some(entry) = entry else { return Ok(Some(Following { through, item: None })) };
        let item = off_thread(move || json_item(&plan, &output.spec, entry)).await?;
        Ok(Some(Following { through, item }))
    }
}

/// What an output shows of these sources, for counts without a plan.
pub fn shown_by(output: &OutputConfig, sources: &[(SourceId, &SourceConfig)]) -> Showing {
    let backfill = sources.iter().filter_map(|(id, source)| Some((*id, source.options.backfill?))).collect();
    Showing { selection: selection(&selects_of(output, sources), sources), backfill }
}
