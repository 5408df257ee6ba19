//! A change of state as the JSON object that programs and addresses are given. Receivers rely on its keys: new keys may be
//! added, and existing keys keep their meaning.

use serde::Serialize;

use crate::config::SourceConfig;
use crate::incidents::{self, Incident, Wording};
use crate::model::{FeedMeta, Timestamp};

#[derive(Serialize)]
struct Message<'m> {
    /// The id of the change: the same if the change is told again.
    id: &'m str,
    /// The id of the incident, as in the health feed: the same from its beginning to its end.
    incident: &'m str,
    event: &'m str,
    /// The kind of the incident, for `recovered` the kind of the incident that has ended.
    kind: &'static str,
    /// When the state changed.
    at: Timestamp,
    /// When the incident began.
    since: Timestamp,
    /// `None` for a change of the whole installation.
    source: Option<OfSource<'m>>,
    title: String,
    happened: String,
    why: Option<String>,
    /// What to do; commands stand between backticks.
    remedy: String,
}

#[derive(Serialize)]
struct OfSource<'m> {
    name: &'m str,
    title: String,
    /// Without its secrets; `file:` for a file of this machine.
    url: &'m str,
}

/// What identifies a change of an incident: two different changes of one store never have the same identity.
pub fn identity(change: &Incident, event: &str) -> String {
    format!("{}/{event}/{}", change.path(), change.updated.unix())
}

/// The message about a change of state. `source` is the configuration of its source, and how the feed describes itself. `id` and
/// `incident` are the ids of the change and of the incident.
pub fn message(
    change: &Incident,
    event: &str,
    source: Option<(&SourceConfig, Option<&FeedMeta>)>,
    (id, incident): (&str, &str),
) -> Vec<u8> {
    let Wording { title, happened, why, remedy } = incidents::tell(change, source);
    let message = Message {
        id,
        incident,
        event,
        kind: change.kind.as_str(),
        at: change.updated,
        since: change.since,
        source: source.map(|(config, meta)| OfSource {
            name: &config.name,
            title: incidents::called(config, meta),
            url: if config.url.scheme() == "file" { "file:" } else { config.public_url() },
        }),
        title,
        happened,
        why,
        remedy,
    };
    serde_json::to_vec(&message).unwrap_or_default()
}
