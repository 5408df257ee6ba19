//! One HTTP exchange under all limits. The only reqwest.
//!
//! What to send and what an answer means is decided by pure code ([`conditional`], [`guard`], [`decode`]); the
//! exchange itself only moves bytes. What never enters: feeds (the body is opaque here), schedules, the store.

mod again;
mod bodies;
mod client;
pub mod conditional;
mod cookies;
pub mod decode;
mod error;
mod exchange;
pub mod guard;
mod local;
mod peers;
mod plain;
mod relabelled;
mod resolve;
mod sloppy;
mod trust;

use std::time::Duration;

use bytes::Bytes;
use url::Url;

pub use client::Fetcher;
pub use cookies::{Jar, Jars};
pub use error::FetchError;

use crate::config::FetchOptions;
use crate::model::{NotYet, Problem, Validators};

/// poll → fetch: one request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What is asked.
    pub url: &'a Url,
    /// The configured address: what the configuration gives goes to its origin alone.
    pub home: &'a Url,
    pub options: &'a FetchOptions,
    /// The document we have: asked for only if it has changed since.
    pub known: Option<Known<'a>>,
    /// The source's cookies, where it keeps any.
    pub jar: Option<&'a Jar>,
}

/// Validators, and the only address they may be sent to (RFC 9110, 8.8: they belong to one resource).
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub url: &'a str,
    pub validators: &'a Validators,
    /// Whether an answer with only what has changed is asked for, too (RFC 3229).
    pub takes_changes: bool,
}

/// Asked before a redirect to another host is followed.
pub trait Gate {
    /// Returns once the URL's host may be asked.
    ///
    /// # Errors
    /// When that is too long from now.
    fn pass(&self, url: &Url) -> impl Future<Output = Result<(), NotYet>> + Send;
}

/// No gate: somebody looks at one address, once.
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
    /// The URL that answered in the end.
    pub url: Url,
    /// Where the first hops led, as far as all of them were permanent redirects (301, 308).
    pub permanent: Option<Url>,
    /// The redirects on the way: status, and where it led.
    pub redirects: Vec<(u16, Url)>,
    pub status: u16,
    /// Whether the request that was answered carried validators.
    pub conditional: bool,
    pub validators: Validators,
    pub content_type: Option<String>,
    /// Codings of the body in the order they were applied, in lower case.
    pub content_encoding: Vec<String>,
    /// How long the server says the answer stays fresh.
    pub freshness: Option<Duration>,
    /// Whether it says anything of that, if only that it does not stay fresh.
    pub states_freshness: bool,
    pub retry_after: Option<Duration>,
    /// The server's count of our requests is used up for so long.
    pub exhausted: Option<Duration>,
    /// The server wanted to see a browser.
    pub challenged: bool,
    /// The Refresh and Link headers as they came: where a page says that something else is.
    pub refresh: Option<String>,
    pub links: Vec<String>,
    /// Of an answer that carries a document only.
    pub body: Bytes,
    /// Why the transfer of the body did not end as it should, where something of the body came all the same.
    pub cut: Option<String>,
}

impl Exchange {
    /// An answer of which no more is known than its body.
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

    /// Whether the answer carries a document: 200, and what amounts to one. A 203 is a 200 that a proxy has touched
    /// (RFC 9110, 15.3.4), and some servers answer 201 or 202 with the feed. 226 is only asked for together with validators
    /// (RFC 3229, 10.4.1), and a 206 that is not the whole has no body here.
    pub fn has_document(&self) -> bool {
        match self.status {
            200 => true,
            201 | 202 | 203 | 206 => !self.body.is_empty(),
            226 => self.conditional,
            _ => false,
        }
    }

    /// What is to be told of how a document came, `is_closed` being whether its end is there.
    ///
    /// # Errors
    /// When the transfer broke off before the end of the document.
    pub fn told_of_transfer(&self, is_closed: bool) -> Result<Option<Problem>, FetchError> {
        match (&self.cut, is_closed) {
            (None, true) => Ok(None),
            (None, false) => Ok(Some(Problem::new(
                "the document ends before its root element does: what is missing is asked for with the next poll",
            ))),
            (Some(why), true) => {
                Ok(Some(Problem::new(format!("the document is whole, but its transfer did not end properly: {why}"))))
            }
            (Some(why), false) => Err(FetchError::CutShort {
                host: self.url.host_str().unwrap_or_default().to_owned(),
                bytes: self.body.len(),
                why: why.clone(),
            }),
        }
    }
}
