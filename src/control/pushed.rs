//! What `show` says about the hub of a source.

use crate::config::{Config, SourceConfig};
use crate::model::Timestamp;
use crate::publish::HUB_PATH;
use crate::push::{self, State, Subscription};
use crate::store::{PushState, SourceState, Store, StoreError};

/// The offer of a source, its subscriptions and the trust in its hubs, in words, and the problems with them. Nothing for a source that
/// names neither a hub nor a cloud.
pub(super) async fn told(
    config: &Config,
    source: &SourceConfig,
    store: &Store,
    state: &SourceState,
    now: Timestamp,
) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let PushState { offers, subscriptions, trusts, doubted } = store.push_of(state.id, now).await?;
    let offer = offers.best(source.url.as_str());
    let mut told = Vec::new();
    if let Some(offer) = offer.filter(|_| subscriptions.is_empty()) {
        let why = match (config.push.subscribe, &config.serve.public_url) {
            (false, _) => "`subscribe` in [push] is off",
            (true, None) => "`public_url` is not set",
            (true, Some(_)) if !source.options.enabled => "the source is disabled",
            (true, Some(_)) if !source.secrets().is_empty() => {
                "its address or its login is a secret, which a hub must not learn"
            }
            (true, Some(_)) if is_of_another(config, source, &offer.topic) => {
                "the feed calls itself by the address of another source, whose entries would be delivered"
            }
            (true, Some(url)) if offer.hub == format!("{}{HUB_PATH}", url.as_str().trim_end_matches('/')) => {
                "it is the hub of this Watershed itself"
            }
            (true, Some(_)) => "it has yet to be asked",
        };
        told.push(format!("not subscribed at {}: {why}", source.scrub(&offer.hub)));
    }
    let is_in_force = subscriptions.iter().any(|it| it.state == State::Active);
    told.extend(subscriptions.iter().map(|it| source.scrub(&subscription(it, is_in_force))));
    told.extend(trusts.iter().map(|(host, trust)| push::told(trust, host, doubted.contains(host), now)));
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

/// Whether a topic is the address of another source.
fn is_of_another(config: &Config, source: &SourceConfig, topic: &str) -> bool {
    source.url.as_str() != topic && config.sources.iter().any(|other| other.url.as_str() == topic)
}

/// A subscription in words. A subscription that is requested while another subscription of the source is in force is
/// its renewal.
fn subscription(it: &Subscription, is_in_force: bool) -> String {
    let Subscription { hub, next_try: next, .. } = it;
    let what = if is_in_force { "renewal" } else { "subscription" };
    let state = match (it.state, it.lease_until) {
        // The caller reports the problem separately.
        (State::Asked, _) if it.problem.is_some() => {
            format!("the {what} at {hub} failed and is asked for again at {next}")
        }
        (State::Asked, _) if it.failures > 0 => {
            format!("{hub} has yet to verify the {what}, and is asked again at {next}")
        }
        (State::Asked, _) => format!("{hub} is about to be asked for the {what}"),
        (State::Active, Some(until)) => format!("subscribed at {hub} until {until}"),
        (State::Active, None) => format!("subscribed at {hub}"),
        (State::Ending, _) => format!("ending the subscription at {hub}"),
    };
    let deliveries = match (it.deliveries, it.last_delivery) {
        (0, _) if it.verified.is_none() => String::new(),
        (1, Some(at)) => format!(": 1 delivery, at {at}"),
        (deliveries, Some(at)) => format!(": {deliveries} deliveries, the last at {at}"),
        (deliveries, None) => format!(": {deliveries} deliveries"),
    };
    format!("{state} ({}, topic {}){deliveries}", it.kind.as_str(), it.topic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceId;
    use crate::push::{Offer, Protocol};

    #[test]
    fn each_state_of_a_subscription_has_its_words() {
        let now = Timestamp::from_unix(1_800_000_000);
        let (hub, topic) = ("https://hub.example/".to_owned(), "https://a.example/feed".to_owned());
        let offer = Offer { kind: Protocol::WebSub, hub, topic };
        let mut it = Subscription::new(SourceId(1), &offer, "https://me.example", [[1; 32], [2; 32]], now);
        let check = |it: &Subscription, is_in_force: bool, wanted: &str| {
            assert_eq!(subscription(it, is_in_force).replace(" (websub, topic https://a.example/feed)", "|"), wanted);
        };
        check(&it, false, "https://hub.example/ is about to be asked for the subscription|");
        it.not_taken("the hub answered 503", None, now);
        let asked = "the subscription at https://hub.example/ failed and is asked for again at 2027-01-15T08:00:10Z|";
        check(&it, false, asked);
        it.taken(it.next_try);
        let asked = "https://hub.example/ has yet to verify the renewal, and is asked again at 2027-01-15T09:00:10Z|";
        check(&it, true, asked);
        it.verify(
            "hub.mode=subscribe&hub.topic=https://a.example/feed&hub.challenge=c&hub.lease_seconds=3600",
            now,
            0.5,
        );
        let subscribed = "subscribed at https://hub.example/ until 2027-01-15T09:00:00Z|: ";
        check(&it, true, &format!("{subscribed}0 deliveries"));
        (it.deliveries, it.last_delivery) = (1, Some(now));
        check(&it, true, &format!("{subscribed}1 delivery, at 2027-01-15T08:00:00Z"));
        it.deliveries = 2;
        check(&it, true, &format!("{subscribed}2 deliveries, the last at 2027-01-15T08:00:00Z"));
    }
}
