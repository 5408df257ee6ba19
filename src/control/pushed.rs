//! What `show` says of the hub of a source.

use crate::config::{Config, SourceConfig};
use crate::model::Timestamp;
use crate::push::{self, State, Subscription};
use crate::store::{PushState, SourceState, Store, StoreError};

/// The offer of a source, its subscriptions and the trust in its hubs, in words, and the problems with them. Nothing for a source that
/// names neither a hub nor a cloud.
pub(super) async fn told(
    config: &Config,
    source: &SourceConfig,
    store: Option<&Store>,
    state: Option<&SourceState>,
    now: Timestamp,
) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let (Some(store), Some(state)) = (store, state) else { return Ok((Vec::new(), Vec::new())) };
    let PushState { offers, subscriptions, trusts } = store.push_of(state.id).await?;
    let offer = offers.best(source.url.as_str());
    let mut told = Vec::new();
    if let Some(offer) = offer.filter(|_| subscriptions.is_empty()) {
        let why = match (config.push.subscribe, &config.serve.public_url) {
            (false, _) => "`subscribe` in [push] is off",
            (true, None) => "`public_url` is not set",
            (true, Some(_)) if !source.options.enabled => "the source is disabled",
            (true, Some(_)) if !source.secrets.is_empty() => {
                "its address or its login is a secret, which a hub must not learn"
            }
            (true, Some(_)) => "it has yet to be asked, or the topic is the address of another source",
        };
        told.push(format!("not subscribed at {}: {why}", source.scrub(&offer.hub)));
    }
    told.extend(subscriptions.iter().map(|it| source.scrub(&subscription(it))));
    told.extend(trusts.iter().map(|(host, trust)| push::told(trust, host, now)));
    let problems = subscriptions.iter().filter_map(|it| Some(source.scrub(&problem(it, it.problem.as_deref()?))));
    Ok((told, problems.collect()))
}

fn problem(it: &Subscription, problem: &str) -> String {
    let host = it.hub_host();
    match it.refused {
        0 => format!("push by {host}: {problem}"),
        1 => format!("push by {host}: {problem} (1 request was refused)"),
        refused => format!("push by {host}: {problem} ({refused} requests were refused)"),
    }
}

fn subscription(it: &Subscription) -> String {
    let state = match (it.state, it.lease_until) {
        (State::Asked, _) => format!("asking {} for it, again at {} if it stays silent", it.hub, it.next_try),
        (State::Active, Some(until)) => format!("subscribed at {} until {until}", it.hub),
        (State::Active, None) => format!("subscribed at {}", it.hub),
        (State::Ending, _) => format!("ending the subscription at {}", it.hub),
    };
    let last = it.last_delivery.map_or_else(String::new, |at| format!(", the last at {at}"));
    format!("{state} ({}, topic {}): {} deliveries{last}", it.kind.as_str(), it.topic, it.deliveries)
}
