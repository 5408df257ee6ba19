//! Reads the body of a request, within a limit of bytes and a limit of time.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::StatusCode;
use hyper::body::{Body, Incoming};

/// Longest time in which a body has to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(15);

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// The body has more bytes than the address takes.
    TooLarge,
    /// The body did not arrive within [`BODY_WITHIN`].
    TooSlow,
    /// The body broke off, or its transfer coding is wrong.
    Broken,
}

impl Unread {
    /// The status of the answer (RFC 9110, 15.5), and what the client is told.
    pub(super) fn told(self) -> (StatusCode, &'static str) {
        match self {
            Unread::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than this address takes.\n"),
            Unread::TooSlow => (StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time.\n"),
            Unread::Broken => (StatusCode::BAD_REQUEST, "The body could not be read.\n"),
        }
    }
}

/// Reads a body of at most `limit` bytes. A body whose Content-Length is larger is refused before a byte of it is read.
pub(super) async fn read(body: Incoming, limit: usize) -> Result<Bytes, Unread> {
    read_within(body, limit, BODY_WITHIN).await
}

async fn read_within<B>(body: B, limit: usize, within: Duration) -> Result<Bytes, Unread>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    if body.size_hint().lower() > limit as u64 {
        return Err(Unread::TooLarge);
    }
    match tokio::time::timeout(within, Limited::new(body, limit).collect()).await {
        Ok(Ok(read)) => Ok(read.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Unread::TooLarge),
        Ok(Err(_)) => Err(Unread::Broken),
        Err(_) => Err(Unread::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body_util::Full;
    use hyper::body::Frame;

    use super::*;

    /// A body of unknown length that sends one byte at a time, for ever.
    struct Endless;

    impl Body for Endless {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }

    /// A body that never comes.
    struct Silent;

    impl Body for Silent {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            Poll::Pending
        }
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        let full = |length: usize| Full::new(Bytes::from(vec![b'a'; length]));
        assert_eq!(read_within(full(8), 8, BODY_WITHIN).await, Ok(Bytes::from_static(b"aaaaaaaa")));
        assert_eq!(read_within(full(9), 8, BODY_WITHIN).await, Err(Unread::TooLarge));
        assert_eq!(read_within(Endless, 8, BODY_WITHIN).await, Err(Unread::TooLarge));
    }

    #[tokio::test]
    async fn a_body_that_never_comes_is_not_waited_for() {
        assert_eq!(read_within(Silent, 8, Duration::from_millis(1)).await, Err(Unread::TooSlow));
    }
}
