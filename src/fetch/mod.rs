//! HTTP exchanges under limits of time, size and address. Pure code decides what to send and what an answer means
//! ([`conditional`], [`guard`], [`decode`]); the exchange itself only moves bytes.
//!
//! Entry points: [`Fetcher::fetch`] for documents and [`Fetcher::send`] for messages.
//!
//! Invariants:
//! - Every address is judged before a connection to it is made, and each hop of a redirect like the first request.
//! - Logins and headers of the configuration are sent only to the origin of the configured address.
//! - Only this room uses reqwest.
//!
//! What never enters: feeds (the body is opaque here), schedules and the store.

mod again;
mod authority;
mod bodies;
mod client;
pub mod conditional;
mod cookies;
pub mod decode;
mod error;
mod exchange;
pub mod guard;
mod local;
mod message;
mod peers;
mod plain;
mod relabelled;
mod resolve;
mod sloppy;
mod trust;

use std::time::Duration;

use bytes::Bytes;
use url::Url;

pub use bodies::kib;
pub use client::Fetcher;
pub use cookies::{Jar, Jars};
pub use error::FetchError;
pub use message::{Message, Reply};
pub use trust::trusted_authorities;

use crate::config::FetchOptions;
use crate::model::{NotYet, Problem, Validators};

/// poll → fetch: one request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address to request.
    pub url: &'a Url,
    /// The configured address. Logins and headers of the configuration are sent only to its origin.
    pub home: &'a Url,
    pub options: &'a FetchOptions,
    /// The stored document, which is requested only if it has changed.
    pub conditions: Option<Conditions<'a>>,
    /// The source's cookies, if it keeps cookies.
    pub jar: Option<&'a Jar>,
}

/// Validators, and the only address that they may be sent to, because they belong to one resource (RFC 9110, 8.8).
#[derive(Debug, Clone, Copy)]
pub struct Conditions<'a> {
    pub url: &'a str,
    pub validators: &'a Validators,
    /// Whether an answer with only the changed entries is welcome (RFC 3229).
    pub takes_changes: bool,
}

/// Decides whether a redirect to another host is followed.
pub trait Gate {
    /// Returns once the URL's host may be requested, or with an error if that time is too far in the future.
    fn pass(&self, url: &Url) -> impl Future<Output = Result<(), NotYet>> + Send;
}

/// A gate that is always open, for single requests by hand.
#[derive(Debug, Clone, Copy)]
pub struct Open;

impl Gate for Open {
    async fn pass(&self, _: &Url) -> Result<(), NotYet> {
        Ok(())
    }
}

/// fetch → poll: the head of the last answer, and the body as it came over the wire.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The URL of the final answer.
    pub url: Url,
    /// The target of the first redirects, as far as all of them were permanent (301, 308).
    pub permanent: Option<Url>,
    /// The redirects on the way: the status and the target of each.
    pub redirects: Vec<(u16, Url)>,
    pub status: u16,
    /// Whether the request that was answered carried validators.
    pub conditional: bool,
    pub validators: Validators,
    pub content_type: Option<String>,
    /// The codings of the body in the order of their application, in lower case.
    pub content_encoding: Vec<String>,
    /// The freshness lifetime that the server states.
    pub freshness: Option<Duration>,
    /// Whether the answer says anything about freshness, even that it is not fresh.
    pub states_freshness: bool,
    pub retry_after: Option<Duration>,
    /// How long the server's request quota is exhausted.
    pub exhausted: Option<Duration>,
    /// Whether the server challenged for a browser.
    pub challenged: bool,
    /// The Refresh header as it came. It may lead from a page to its feed.
    pub refresh: Option<String>,
    /// The Link headers as they came. They may name the feeds of a page.
    pub links: Vec<String>,
    /// The body on the wire. Empty unless the answer carries a document.
    pub body: Bytes,
    /// Why the transfer of the body broke off, if a part of the body came.
    pub cut: Option<String>,
}

impl Exchange {
    /// An answer with a status and a body, and without headers.
    pub(crate) fn of_body(url: Url, status: u16, body: Bytes) -> Exchange {
        Exchange {
            url,
            permanent: None,
            redirects: Vec::new(),
            status,
            conditional: false,
            validators: Validators::default(),
            content_type: None,
            content_encoding: Vec::new(),
            freshness: None,
            states_freshness: false,
            retry_after: None,
            exhausted: None,
            challenged: false,
            refresh: None,
            links: Vec::new(),
            body,
            cut: None,
        }
    }

    /// Whether the answer carries a document: 200, or a status that amounts to it. A 203 is a 200 that a proxy has
    /// changed (RFC 9110, 15.3.4), and some servers answer 201 or 202 with the feed. 226 is requested only together
    /// with validators (RFC 3229, 10.4.1), and an incomplete 206 has no body here.
    pub fn has_document(&self) -> bool {
        match self.status {
            200 => true,
            201 | 202 | 203 | 206 => !self.body.is_empty(),
            226 => self.conditional,
            _ => false,
        }
    }

    /// The problem with the transfer of a document, if any. `is_closed` says whether the end of the document is there;
    /// if it is not and the transfer broke off, that is an error.
    pub fn told_of_transfer(&self, is_closed: bool) -> Result<Option<Problem>, FetchError> {
        match (&self.cut, is_closed) {
            (None, true) => Ok(None),
            (None, false) => Ok(Some(Problem::new(
                "the document ends before its root element does; the next poll requests it again",
            ))),
            (Some(why), true) => Ok(Some(Problem::new(format!(
                "the document is complete, but its transfer did not end properly: {why}"
            )))),
            (Some(why), false) => Err(FetchError::CutShort {
                host: self.url.host_str().unwrap_or_default().to_owned(),
                bytes: self.body.len(),
                why: why.clone(),
            }),
        }
    }
}
