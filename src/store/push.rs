//! Subscriptions at hubs, what they are trusted with, and the documents that hubs deliver.
//!
//! Entry points: [`Store::pushes`], [`Store::keep_pushes`], [`Store::finish_delivery`]. [`crate::push`] decides what a
//! subscription does next, and the planner that comes with the delivery decides when the next poll is due.

use rusqlite::{Connection, Row, params};

use super::memory::Memory;
use super::polls::{self, PollEffect, ReadDocument};
use super::results::{self, SourceRow};
use super::sql::{Json, all_rows, execute, seconds};
use super::state::{self, SourceState};
use super::writer::Extent;
use super::{Store, StoreError};
use crate::model::{SourceId, Timestamp};
use crate::push::{self, Changes, Offers, Protocol, State, Subscription, TrustKey};
use crate::schedule::{News, SourceSchedule, Trust};
use crate::stories::StoryOptions;

/// poll → store: a document that a hub delivered.
pub struct DeliveryRecord {
    pub source: SourceId,
    /// The URL of the source: the document is dropped if the source's address was edited since.
    pub url: String,
    pub at: Timestamp,
    pub document: Box<ReadDocument>,
    /// Whether, and by which rules, the source's entries join stories.
    pub stories: StoryOptions,
    /// Decides the next poll once it is known what was new; a pure function.
    pub plan: DeliveryPlanner,
}

/// Decides the next poll from the schedule as it is stored and what a delivery brought.
pub type DeliveryPlanner = Box<dyn FnOnce(&SourceSchedule, &News) -> SourceSchedule + Send>;

/// The stored subscriptions of a source and the trust in its hubs, for `show`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PushState {
    pub offers: Offers,
    pub subscriptions: Vec<Subscription>,
    /// The trust in each hub, by its host.
    pub trusts: Vec<(String, Trust)>,
    /// The hosts of those hubs that fail too many of their sources to be trusted with any source.
    pub doubted: Vec<String>,
}

const COLUMNS: &str = "SELECT token, source, kind, hub, topic, callback, secret, state, verified, since, lease_until, next_try, \
                       failures, failing_since, deliveries, refused, last_delivery, owed, problem FROM push";
const TRUSTS: &str =
    "SELECT hub, source, pushed, missed, proven, delivered, verdicts, distrusted_until FROM push_trust";

impl Store {
    /// The state of a source, without the record of an attempt that [`Store::begin_poll`] makes.
    pub async fn state_of(&self, source: SourceId) -> Result<SourceState, StoreError> {
        self.read(move |connection| state::state(connection, source)).await
    }

    /// Every subscription, and what every hub is trusted with.
    pub async fn pushes(&self) -> Result<(Vec<Subscription>, Vec<(TrustKey, Trust)>), StoreError> {
        self.read(|connection| {
            let subscriptions: Vec<Option<Subscription>> = all_rows(connection, COLUMNS, [], subscription_of)?;
            // A row that a later version wrote in another form cannot be read, so its subscription is requested anew.
            Ok((subscriptions.into_iter().flatten().collect(), all_rows(connection, TRUSTS, [], trust_of)?))
        })
        .await
    }

    /// The offers of the configured sources that name a hub or a cloud.
    pub async fn offers(&self) -> Result<Vec<(SourceId, Offers)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id, offers FROM source WHERE configured = 1 AND offers IS NOT NULL";
            all_rows(connection, sql, [], |row| Ok((row.get(0)?, Json::or_default(row, 1)?)))
        })
        .await
    }

    /// The stored subscriptions of one source, with the trust in its hubs.
    pub async fn push_of(&self, source: SourceId, now: Timestamp) -> Result<PushState, StoreError> {
        self.read(move |connection| {
            let offers: Option<String> =
                connection.query_row("SELECT offers FROM source WHERE id = ?1", [source], |row| row.get(0))?;
            let sql = format!("{COLUMNS} WHERE source = ?1");
            let subscriptions: Vec<Option<Subscription>> = all_rows(connection, &sql, [source], subscription_of)?;
            let of_hub = |row: &Row<'_>| trust_of(row).map(|((hub, _), trust)| (hub, trust));
            let sql = format!("{TRUSTS} WHERE source = ?1");
            let trusts: Vec<(String, Trust)> = all_rows(connection, &sql, [source], of_hub)?;
            let mut statement = connection.prepare_cached(&format!("{TRUSTS} WHERE hub = ?1"))?;
            let mut doubted = Vec::new();
            for (hub, _) in &trusts {
                let (mut all, mut distrusted) = (0, 0);
                for row in statement.query_map([hub], trust_of)? {
                    all += 1;
                    distrusted += usize::from(row?.1.is_distrusted(now));
                }
                if push::is_doubted(all, distrusted) {
                    doubted.push(hub.clone());
                }
            }
            Ok(PushState {
                offers: offers.and_then(|offers| serde_json::from_str(&offers).ok()).unwrap_or_default(),
                subscriptions: subscriptions.into_iter().flatten().collect(),
                trusts,
                doubted,
            })
        })
        .await
    }

    /// Stores what has changed of subscriptions and trust.
    pub async fn keep_pushes(&self, changes: Changes) -> Result<(), StoreError> {
        self.writer()?.write(move |connection| keep(connection, &changes)).await
    }

    /// Writes what a delivered document brought, and the time of the next poll, or nothing. Validators, failures and what else
    /// only the publisher's own server can tell stay as they are.
    ///
    /// # Errors
    /// Nothing was written, so the delivery counts as never made.
    pub async fn finish_delivery(&self, record: DeliveryRecord) -> Result<PollEffect, StoreError> {
        let store_id = self.store_id().to_owned();
        self.writer()?
            .write_with_memory(Extent::Memory, move |connection, memory, began| {
                let written = began.max(record.at);
                finish(connection, memory, &store_id, record, written)
            })
            .await
    }
}

fn finish(
    connection: &Connection,
    memory: &Memory,
    store_id: &str,
    record: DeliveryRecord,
    written: Timestamp,
) -> Result<PollEffect, StoreError> {
    let DeliveryRecord { source, url, at, document, stories, plan } = record;
    let before = state::state(connection, source)?;
    if before.url != url {
        return Ok(polls::outdated(before));
    }
    let brought = polls::take(connection, memory, store_id, &before, &document, stories, (at, written))?;
    let (outcome, schedule) = (brought.outcome(), plan(&before.schedule, &brought.news));
    let row = SourceRow {
        address: &before.address,
        asking: before.asking,
        schedule: &schedule,
        known: None,
        watched_since: None,
        document: Some((&document, &brought)),
    };
    results::write_source(connection, source, &row)?;
    let sql = "UPDATE source_poll SET next_poll = ?2, next_poll_reason = ?3, planned_under = ?4, interval = ?5
               WHERE source = ?1";
    let SourceSchedule { next_poll, planned_under, interval, .. } = schedule;
    execute(connection, sql, params![source, next_poll, schedule.reason(), planned_under, interval.map(seconds)])?;
    Ok(brought.effect(outcome, Vec::new(), schedule))
}

fn keep(connection: &Connection, changes: &Changes) -> Result<(), StoreError> {
    for token in &changes.removed {
        execute(connection, "DELETE FROM push WHERE token = ?1", [token])?;
    }
    for it in &changes.subscriptions {
        let sql = "INSERT OR REPLACE INTO push (token, source, kind, hub, topic, callback, secret, state, verified,
                   since, lease_until, next_try, failures, failing_since, deliveries, refused, last_delivery, owed,
                   problem)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
        connection.prepare_cached(sql)?.execute(params![
            it.token,
            it.source,
            it.kind.as_str(),
            it.hub,
            it.topic,
            it.callback,
            it.secret,
            it.state.as_str(),
            it.verified,
            it.since,
            it.lease_until,
            it.next_try,
            it.failures,
            it.failing_since,
            it.deliveries.cast_signed(),
            it.refused.cast_signed(),
            it.last_delivery,
            it.is_owed,
            it.problem,
        ])?;
    }
    for (hub, source) in &changes.trusts_removed {
        execute(connection, "DELETE FROM push_trust WHERE hub = ?1 AND source = ?2", params![hub, source])?;
    }
    for ((hub, source), trust) in &changes.trusts {
        let sql = "INSERT OR REPLACE INTO push_trust (hub, source, pushed, missed, proven, delivered, verdicts,
                   distrusted_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        connection.prepare_cached(sql)?.execute(params![
            hub,
            source,
            trust.pushed.cast_signed(),
            trust.missed.cast_signed(),
            trust.is_proven,
            trust.has_delivered,
            trust.verdicts,
            trust.distrusted_until,
        ])?;
    }
    Ok(())
}

/// Reads a row of [`COLUMNS`]; `None` if its kind or state is not known.
fn subscription_of(row: &Row<'_>) -> rusqlite::Result<Option<Subscription>> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    let (Some(kind), Some(state)) = (Protocol::parse(&kind), State::parse(&state)) else { return Ok(None) };
    Ok(Some(Subscription {
        token: row.get("token")?,
        source: row.get("source")?,
        kind,
        hub: row.get("hub")?,
        topic: row.get("topic")?,
        callback: row.get("callback")?,
        secret: row.get("secret")?,
        state,
        verified: row.get("verified")?,
        since: row.get("since")?,
        lease_until: row.get("lease_until")?,
        next_try: row.get("next_try")?,
        failures: row.get("failures")?,
        failing_since: row.get("failing_since")?,
        deliveries: row.get::<_, i64>("deliveries")?.unsigned_abs(),
        refused: row.get::<_, i64>("refused")?.unsigned_abs(),
        last_delivery: row.get("last_delivery")?,
        is_owed: row.get("owed")?,
        problem: row.get("problem")?,
    }))
}

/// Reads a row of [`TRUSTS`].
fn trust_of(row: &Row<'_>) -> rusqlite::Result<(TrustKey, Trust)> {
    let trust = Trust {
        pushed: row.get::<_, i64>("pushed")?.unsigned_abs(),
        missed: row.get::<_, i64>("missed")?.unsigned_abs(),
        is_proven: row.get("proven")?,
        has_delivered: row.get("delivered")?,
        verdicts: row.get("verdicts")?,
        distrusted_until: row.get("distrusted_until")?,
    };
    Ok(((row.get("hub")?, row.get("source")?), trust))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::Offer;

    #[tokio::test]
    async fn subscriptions_and_trust_are_read_back() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("it opens");
        let offer = Offer {
            kind: Protocol::WebSub,
            hub: "https://hub.example/".to_owned(),
            topic: "https://a.example/feed".to_owned(),
        };
        let mut one = Subscription::new(SourceId(1), &offer, "https://me.example", [[1; 32], [2; 32]], now);
        let query = "hub.mode=subscribe&hub.topic=https://a.example/feed&hub.challenge=c";
        one.verify(query, now, 0.5);
        (one.deliveries, one.refused, one.is_owed) = (3, 4, true);
        let two = Subscription::new(SourceId(2), &offer, "https://me.example", [[3; 32], [4; 32]], now);
        let trust = Trust {
            pushed: 5,
            missed: 1,
            is_proven: true,
            has_delivered: true,
            verdicts: 2,
            distrusted_until: Some(now),
        };
        let trusts = vec![(("hub.example".to_owned(), SourceId(1)), trust)];
        let changes = Changes { subscriptions: vec![one.clone(), two.clone()], trusts, ..Changes::default() };
        store.keep_pushes(changes).await.expect("it is written");
        let (kept, trusts) = store.pushes().await.expect("it is read");
        assert_eq!(kept, [one.clone(), two.clone()]);
        assert_eq!(trusts, [(("hub.example".to_owned(), SourceId(1)), trust)]);
        let trusts_removed = vec![("hub.example".to_owned(), SourceId(1))];
        let changes = Changes { removed: vec![one.token], trusts_removed, ..Changes::default() };
        store.keep_pushes(changes).await.expect("it is written");
        let (kept, trusts) = store.pushes().await.expect("it is read");
        assert_eq!(kept, [two]);
        assert!(trusts.is_empty());
        assert!(store.offers().await.expect("it is read").is_empty());
    }
}
