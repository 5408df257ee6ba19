//! A document that the hub of a source delivers (WebSub, 7): it is read, cleaned and stored like the document of a poll, within the
//! same limits. It counts as a part of the source's document, because hubs may deliver only what has changed.

use bytes::Bytes;
use url::Url;

use super::{Source, Stages, digest};
use crate::clock;
use crate::fetch::Exchange;
use crate::moves;
use crate::schedule::{self, News, SourceSchedule};
use crate::store::{DeliveryRecord, PollEffect, PollResult, StoreError};

/// The status of an answer that has only what has changed (RFC 3229).
const ONLY_CHANGES: u16 = 226;

/// daemon → poll: a delivery whose signature is right.
#[derive(Debug)]
pub struct Delivery {
    /// The source, with its hub as it stood before the delivery.
    pub source: Source,
    /// The address that the source is subscribed to.
    pub topic: String,
    pub content_type: Option<String>,
    /// The codings of the body, in lower case.
    pub content_encoding: Vec<String>,
    /// The Link headers.
    pub links: Vec<String>,
    pub body: Bytes,
}

/// poll → daemon: what became of a delivery.
#[derive(Debug)]
pub enum Delivered {
    Stored(Box<PollEffect>),
    /// The document is the one that is stored already, byte for byte.
    Same,
    /// The document was not taken, for this reason.
    Refused(String),
    /// The store could not be read or written, so the delivery counts as never made.
    NotStored(StoreError),
}

/// Reads and stores a delivery.
pub async fn deliver(stages: &Stages, delivery: Delivery) -> Delivered {
    let Delivery { source, topic, content_type, content_encoding, links, body } = delivery;
    let state = match stages.store.state_of(source.id).await {
        Ok(state) => state,
        Err(error) => return Delivered::NotStored(error),
    };
    let config = &source.config;
    if state.url != config.url.as_str() || state.last_success().is_none() {
        return Delivered::Refused("it came before the first poll of the source".to_owned());
    }
    let now = clock::moment();
    let polled_at = moves::address(&config.url, &state.address, now.cut());
    let found_at = state.document.as_ref().and_then(|known| Url::parse(&known.url).ok());
    let url = found_at.unwrap_or_else(|| polled_at.clone().into_owned());
    let exchange = Exchange {
        // A conditional request may be answered with changes only.
        conditional: true,
        content_type,
        content_encoding,
        links,
        ..Exchange::of_body(url.clone(), ONLY_CHANGES, body)
    };
    // The document's share of the memory budget is held until it is stored.
    let (digested, _share) = match digest::off_thread(stages, &source, false, state.document.clone(), &exchange).await {
        Ok(digested) => digested,
        Err(why) => return Delivered::Refused(config.scrub(&format!("its document was not taken: {why}"))),
    };
    let ours = [topic.as_str(), config.url.as_str(), polled_at.as_str(), url.as_str()];
    if let Some(own) = digested.own.as_deref().filter(|own| !ours.contains(own)) {
        return Delivered::Refused(config.scrub(&format!("it delivered the document of another topic: {own}")));
    }
    let PollResult::Document(mut document) = digested.result else { return Delivered::Same };
    document.offers = None;
    let (options, pushed, chance) = (config.schedule.clone(), source.pushed.clone(), clock::chance());
    let record = DeliveryRecord {
        source: source.id,
        url: config.url.to_string(),
        at: now.cut(),
        document,
        stories: config.stories,
        plan: Box::new(move |before: &SourceSchedule, news: &News| {
            let Some(mut pushed) = pushed else { return before.clone() };
            pushed.trust.note_delivery(news.dates.len() as u64, now.cut());
            schedule::delivered(&options, before, &pushed, news, now, chance)
        }),
    };
    match stages.store.finish_delivery(record).await {
        Ok(effect) => Delivered::Stored(Box::new(effect)),
        Err(error) => Delivered::NotStored(error),
    }
}
