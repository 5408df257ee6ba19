//! The subscribers of our documents (WebSub): their documents, their leases, and the content that was delivered last.
//!
//! Entry points: [`Store::subscriptions`] at the start, [`Store::subscribe`], [`Store::unsubscribe`] and
//! [`Store::end_subscriptions`] as they come and go,
//! [`Store::note_deliveries`] for many deliveries at once.

use rusqlite::{Connection, Row, params};

use super::sql::{all_rows, execute};
use super::{Store, StoreError};
use crate::config::Secret;
use crate::model::Timestamp;
use crate::push::signature::Method;

/// A subscription to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    /// The path of the document below `public_url`.
    pub topic: String,
    pub callback: String,
    /// The topic as the subscriber wrote it. It may hold the token of an output.
    pub asked: Secret,
    /// The secret by which deliveries are signed.
    pub secret: Option<Secret>,
    pub method: Method,
    /// When the lease ends.
    pub expires: Timestamp,
    /// The version of the content that was delivered last.
    pub delivered: String,
    /// Deliveries in a row that failed, and when the first of them did.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
}

/// A subscription whose callback has confirmed it.
#[derive(Debug, Clone)]
pub struct NewSubscription {
    pub topic: String,
    pub callback: String,
    pub asked: Secret,
    pub secret: Option<Secret>,
    pub method: Method,
    pub expires: Timestamp,
    /// The version of the content that the subscriber is assumed to have, because it was current when the subscriber asked.
    pub has: String,
}

/// The outcome of deliveries to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub id: i64,
    pub delivered: String,
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
}

/// A subscription that has ended, and when its lease would have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedSubscription {
    pub id: i64,
    pub expires: Timestamp,
}

const COLUMNS: &str = "id, topic, callback, asked, secret, method, expires, delivered, failures, failing_since";

fn subscription(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let method: String = row.get(5)?;
    Ok(Subscription {
        id: row.get(0)?,
        topic: row.get(1)?,
        callback: row.get(2)?,
        asked: Secret::new(row.get::<_, String>(3)?),
        secret: row.get::<_, Option<String>>(4)?.map(Secret::new),
        method: Method::of(&method).unwrap_or(Method::Sha256),
        expires: row.get(6)?,
        delivered: row.get(7)?,
        failures: u32::try_from(row.get::<_, i64>(8)?).unwrap_or(u32::MAX),
        failing_since: row.get(9)?,
    })
}

impl Store {
    /// All subscriptions, the oldest first.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM subscription ORDER BY id");
        self.read(move |connection| all_rows(connection, &sql, [], subscription)).await
    }

    /// The number of subscriptions, and of those whose last delivery failed.
    pub async fn count_subscriptions(&self) -> Result<(u64, u64), StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*), count(failing_since) FROM subscription";
            let counts = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
            let (all, failing) = connection.prepare_cached(sql)?.query_row([], counts)?;
            Ok((all.unsigned_abs(), failing.unsigned_abs()))
        })
        .await
    }

    /// Stores a subscription, or renews the subscription of the same callback to the same topic, which keeps what was delivered
    /// last. Returns it as it is stored.
    pub async fn subscribe(&self, new: NewSubscription) -> Result<Subscription, StoreError> {
        let piece = move |connection: &Connection| {
            let sql = format!(
                "INSERT INTO subscription (topic, callback, asked, secret, method, expires, delivered, failures) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0) ON CONFLICT (topic, callback) DO UPDATE SET \
                 asked = excluded.asked, secret = excluded.secret, method = excluded.method, expires = excluded.expires, \
                 failures = 0, failing_since = NULL RETURNING {COLUMNS}"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_row(
                params![
                    new.topic,
                    new.callback,
                    new.asked.expose(),
                    new.secret.as_ref().map(Secret::expose),
                    new.method.as_str(),
                    new.expires,
                    new.has,
                ],
                subscription,
            )?)
        };
        self.writer()?.write_once(piece).await
    }

    /// Deletes the subscription of a callback to a topic, if there is one.
    pub async fn unsubscribe(&self, topic: String, callback: String) -> Result<(), StoreError> {
        let sql = "DELETE FROM subscription WHERE topic = ?1 AND callback = ?2";
        self.writer()?.write_once(move |connection| execute(connection, sql, [topic, callback])).await?;
        Ok(())
    }

    /// Deletes subscriptions. One that was renewed since, so that its lease ends at another time, stays.
    pub async fn end_subscriptions(&self, ended: Vec<EndedSubscription>) -> Result<(), StoreError> {
        let piece = move |connection: &Connection| {
            for EndedSubscription { id, expires } in ended {
                let sql = "DELETE FROM subscription WHERE id = ?1 AND expires = ?2";
                execute(connection, sql, params![id, expires])?;
            }
            Ok(())
        };
        self.writer()?.write(piece).await
    }

    /// Stores the outcome of deliveries. A subscription that has ended meanwhile is passed over.
    pub async fn note_deliveries(&self, deliveries: Vec<Delivered>) -> Result<(), StoreError> {
        let piece = move |connection: &Connection| {
            let sql = "UPDATE subscription SET delivered = ?2, failures = ?3, failing_since = ?4 WHERE id = ?1";
            for Delivered { id, delivered, failures, failing_since } in deliveries {
                execute(connection, sql, params![id, delivered, failures, failing_since])?;
            }
            Ok(())
        };
        self.writer()?.write(piece).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_renewed_subscription_keeps_what_was_delivered() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let new = |callback: &str, has: &str, secret: Option<&str>| NewSubscription {
            topic: "/feed.atom".to_owned(),
            callback: callback.to_owned(),
            asked: Secret::new("http://a.example/feed.atom?token=x"),
            secret: secret.map(Secret::new),
            method: Method::Sha1,
            expires: now,
            has: has.to_owned(),
        };
        let first = store.subscribe(new("http://b.example/1", "one", None)).await.expect("it can be stored");
        let other = store.subscribe(new("http://b.example/2", "one", Some("s"))).await.expect("it can be stored");
        assert_eq!((other.secret.clone(), other.method), (Some(Secret::new("s")), Method::Sha1));
        let failed = Delivered { id: first.id, delivered: "two".to_owned(), failures: 3, failing_since: Some(now) };
        store.note_deliveries(vec![failed]).await.expect("it can be noted");
        assert_eq!(store.count_subscriptions().await.expect("they can be counted"), (2, 1));
        let renewed = store.subscribe(new("http://b.example/1", "three", Some("t"))).await.expect("it can be renewed");
        assert_eq!((renewed.id, renewed.delivered.as_str(), renewed.failures), (first.id, "two", 0));
        assert_eq!(renewed.secret, Some(Secret::new("t")));
        assert_eq!(store.subscriptions().await.expect("they can be read"), [renewed, other.clone()]);
        let later = now.plus(std::time::Duration::from_secs(1));
        let ended = |expires: Timestamp| {
            vec![EndedSubscription { id: first.id, expires }, EndedSubscription { id: 99, expires }]
        };
        store.end_subscriptions(ended(later)).await.expect("it can be asked");
        assert_eq!(store.count_subscriptions().await.expect("they can be counted").0, 2, "that is another lease");
        store.end_subscriptions(ended(now)).await.expect("it can be ended");
        assert_eq!(store.subscriptions().await.expect("they can be read"), std::slice::from_ref(&other));
        store.unsubscribe(other.topic, other.callback).await.expect("it can be ended");
        assert!(store.subscriptions().await.expect("they can be read").is_empty());
    }
}
