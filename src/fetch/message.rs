//! Single messages to webhooks, hubs, and the callbacks of subscribers. A redirect is never followed, because only the
//! registered address is known to want the message.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::client::{Fetcher, Patience, Wire};
use super::{FetchError, conditional, exchange};
use crate::config::FetchOptions;
use crate::model::Timestamp;

/// The part of an answer that is read, in bytes. A challenge or a reason fits in.
const MAX_REPLY_BYTES: usize = 4 * 1024;
/// Longest explanation that is shown, in bytes.
const EXPLANATION_BYTES: usize = 120;

/// How long the body of an answer may take.
const BODY_WITHIN: Duration = Duration::from_secs(5);

/// One request that carries a message.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    pub url: &'a Url,
    /// Time limit, networks, proxy and TLS. A login and headers of the options are not sent.
    pub options: &'a FetchOptions,
    pub headers: &'a [(&'static str, String)],
    /// The body of a POST request. `None` makes a GET request.
    pub body: Option<Bytes>,
}

/// The beginning of the answer to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Where a redirect leads (RFC 9110, 10.2.2).
    pub location: Option<Url>,
    pub retry_after: Option<Duration>,
    /// The first 4 KiB of the body, as far as they came within 5 s.
    pub body: Bytes,
}

impl Reply {
    /// Whether the message was taken (RFC 9110, 15.3).
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The status and the first line of the body, in which many servers say what is wrong: `400: Missing form argument`.
    pub fn explanation(&self) -> String {
        let said = String::from_utf8_lossy(&self.body);
        let said = said.lines().next().unwrap_or_default().trim();
        let said = &said[..said.floor_char_boundary(EXPLANATION_BYTES)];
        if said.is_empty() { self.status.to_string() } else { format!("{}: {said}", self.status) }
    }
}

impl Fetcher {
    /// Sends a message and returns the answer, whatever its status is. `now` is the base of relative times in headers. Fails if no
    /// answer came within the time limit, or if the address is in a network that the options do not allow.
    pub async fn send(&self, message: &Message<'_>, now: Timestamp) -> Result<Reply, FetchError> {
        let limit = message.options.timeout;
        Patience::of(limit).spend(pin!(self.deliver(message, now))).await
    }

    async fn deliver(&self, message: &Message<'_>, now: Timestamp) -> Result<Reply, FetchError> {
        let Message { url, options, headers, body } = message;
        exchange::check_hop(self, options, url).await?;
        let client = self.client(options, Wire::Usual, false)?;
        self.check_trust(options, url)?;
        let request = match body {
            Some(body) => client.post((*url).clone()).body(body.clone()),
            None => client.get((*url).clone()),
        };
        let sent = request.headers(sendable(headers)?).send().await;
        let response = sent.map_err(|error| exchange::explain(&error, url, &options.proxy))?;
        let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let mut reply = Reply {
            status: response.status().as_u16(),
            location: location.and_then(|location| url.join(location.trim()).ok()),
            retry_after: conditional::retry_after(response.headers(), now),
            body: Bytes::new(),
        };
        let mut read = Vec::new();
        let mut chunks = response.bytes_stream();
        let reading = async {
            while let Some(Ok(chunk)) = chunks.next().await {
                let room = MAX_REPLY_BYTES - read.len();
                read.extend(chunk.iter().take(room));
                if read.len() >= MAX_REPLY_BYTES {
                    break;
                }
            }
        };
        // The status already says whether the message was taken, so it does not matter if the body breaks off or takes
        // too long.
        let _ = tokio::time::timeout(BODY_WITHIN, reading).await;
        reply.body = read.into();
        Ok(reply)
    }
}

fn sendable(headers: &[(&'static str, String)]) -> Result<HeaderMap, FetchError> {
    let mut sent = HeaderMap::new();
    for (name, value) in headers {
        let value = HeaderValue::from_str(value)
            .map_err(|_| FetchError::Client(format!("the header {name} has characters that cannot be sent")))?;
        sent.append(HeaderName::from_static(name), value);
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_explains_itself_in_a_line() {
        let check = |body: &str, wanted: &str| {
            let body = Bytes::copy_from_slice(body.as_bytes());
            let reply = Reply { status: 400, location: None, retry_after: None, body };
            assert_eq!(reply.explanation(), wanted);
        };
        check("", "400");
        check("Missing form argument\nand more", "400: Missing form argument");
        check(&"é".repeat(100), &format!("400: {}", "é".repeat(60)));
    }
}
