//! Decides which failed requests are repeated at once, and how.
//!
//! A request is repeated only if it is certain, or nearly so, that the server did not process it (RFC 9110, 9.2.2; RFC
//! 9113, 8.7), or if the server requires another protocol. After every other failure the source waits for its next
//! poll.

use std::error::Error;
use std::io::ErrorKind;

use h2::Reason;

/// How a request is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// Over a new connection.
    Anew,
    /// Over a new connection, by HTTP/1.1.
    OverHttp1,
    /// Over a connection that rewrites the version of the answer from HTTP/1.0 to HTTP/1.1.
    Relabelled,
}

/// How to repeat a request after an error of the HTTP client, if at all. `was_kept` says that the connection may have
/// been a keep-alive connection. A server may close such a connection at any time, so its end proves nothing.
pub(super) fn again(error: &reqwest::Error, was_kept: bool) -> Option<Again> {
    let was_connected = !error.is_connect();
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            return by_http2(error).or((was_kept && error.is_io()).then_some(Again::Anew));
        }
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            // The request never left this machine, or was lost with a keep-alive connection.
            if error.is_canceled() || error.is_closed() || (was_kept && error.is_incomplete_message()) {
                return Some(Again::Anew);
            }
            if error.is_parse() && error.to_string().contains("unexpected transfer-encoding") {
                return Some(Again::Relabelled);
            }
        }
        if was_kept && was_connected && error.downcast_ref::<std::io::Error>().is_some_and(is_lost) {
            return Some(Again::Anew);
        }
        cause = error.source();
    }
    None
}

/// Whether the other side closed the connection.
fn is_lost(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof
    )
}

fn by_http2(error: &h2::Error) -> Option<Again> {
    match error.reason()? {
        Reason::REFUSED_STREAM => Some(Again::Anew),
        Reason::NO_ERROR if error.is_go_away() => Some(Again::Anew),
        Reason::HTTP_1_1_REQUIRED
        | Reason::PROTOCOL_ERROR
        | Reason::INTERNAL_ERROR
        | Reason::FLOW_CONTROL_ERROR
        | Reason::FRAME_SIZE_ERROR
        | Reason::COMPRESSION_ERROR
        | Reason::STREAM_CLOSED
        | Reason::INADEQUATE_SECURITY => Some(Again::OverHttp1),
        // This includes ENHANCE_YOUR_CALM, with which a server asks to be left alone.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_that_http2_gives_decides_on_the_repetition() {
        let check = |reason: Reason, wanted: Option<Again>| {
            assert_eq!(by_http2(&h2::Error::from(reason)), wanted, "{reason:?}");
        };
        check(Reason::REFUSED_STREAM, Some(Again::Anew));
        check(Reason::HTTP_1_1_REQUIRED, Some(Again::OverHttp1));
        check(Reason::PROTOCOL_ERROR, Some(Again::OverHttp1));
        check(Reason::ENHANCE_YOUR_CALM, None);
        check(Reason::CANCEL, None);
        check(Reason::NO_ERROR, None);
    }
}
