//! Which failures of a request are followed by a second one at once, and how that is sent.
//!
//! Only where it is certain, or nearly so, that the server did nothing with the first one (RFC 9110, 9.2.2; RFC 9113, 8.7),
//! or where the server must be spoken to in another way. Everything else is asked again when its source is due again.

use std::error::Error;
use std::io::ErrorKind;

use h2::Reason;

/// How a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// Over a new connection.
    Anew,
    /// Over a new connection, by HTTP/1.1.
    OverHttp1,
    /// By a reader that takes an answer of HTTP/1.0 for one of HTTP/1.1.
    Relabelled,
}

/// How to go on after an error of the HTTP client, if at all. `was_kept`: the connection may have been one that was open
/// already. A server may close such a connection at any time, and nothing can be told from that.
pub(super) fn again(error: &reqwest::Error, was_kept: bool) -> Option<Again> {
    let was_connected = !error.is_connect();
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            return by_http2(error).or((was_kept && error.is_io()).then_some(Again::Anew));
        }
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            // It never left this machine.
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

/// Whether the connection was closed by the other side.
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
        // Among them ENHANCE_YOUR_CALM, which is a wish to be left alone.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_of_http2_decides() {
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
