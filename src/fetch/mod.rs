//! One HTTP exchange under all limits. The only reqwest.
//!
//! What to send and what an answer means is decided by pure code ([`conditional`], [`guard`], [`decode`]); the
//! exchange itself only moves bytes. What never enters: feeds (the body is opaque here), schedules, the store.

mod client;
pub mod conditional;
pub mod decode;
mod error;
mod exchange;
pub mod guard;
mod local;
mod plain;
mod resolve;

use std::time::Duration;

use bytes::Bytes;
use url::Url;

pub use client::Fetcher;
pub use error::FetchError;

use crate::config::FetchOptions;
use crate::model::{NotYet, Validators};

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
}

/// Validators, and the only address they may be sent to (RFC 9110, 8.8: they belong to one resource).
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub url: &'a str,
    pub validators: &'a Validators,
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
    /// Of a 200 or 226 only.
    pub body: Bytes,
}
