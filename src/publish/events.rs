//! The text of a stream of server-sent events (HTML Living Standard, 9.2): an event for each new story, whose data is the item of the
//! JSON Feed.
//!
//! The id of an event is the cursor of its story. Readers send the last id as `Last-Event-ID` when they connect again.

use std::time::Duration;

/// The type of a stream.
pub const CONTENT_TYPE: &str = "text/event-stream";

/// The beginning of a stream: the pause after which readers reconnect, and the place at which the stream begins, so
/// that a reader that is cut off before the first event can resume, too. Readers do not take a block without data as an
/// event.
pub fn opening(retry: Duration, cursor: &str) -> Vec<u8> {
    format!("retry: {}\nid: {cursor}\n\n", retry.as_millis()).into_bytes()
}

/// An event. `item` is JSON without line breaks, because a line break would end the data.
pub fn event(cursor: &str, item: &[u8]) -> Vec<u8> {
    [b"id: ", cursor.as_bytes(), b"\ndata: ", item, b"\n\n"].concat()
}

/// A comment, by which readers, proxies and this server notice that the connection is alive; with the place that the stream has
/// reached, if the reader does not know it yet.
pub fn keep_alive(cursor: Option<&str>) -> Vec<u8> {
    match cursor {
        Some(cursor) => format!(":\nid: {cursor}\n\n").into_bytes(),
        None => b":\n\n".to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_with_an_empty_line() {
        let check = |block: Vec<u8>, expected: &str| assert_eq!(String::from_utf8(block).as_deref(), Ok(expected));
        check(opening(Duration::from_secs(3), "a-1"), "retry: 3000\nid: a-1\n\n");
        check(event("a-1", b"{\"id\":\"x\"}"), "id: a-1\ndata: {\"id\":\"x\"}\n\n");
        check(keep_alive(None), ":\n\n");
        check(keep_alive(Some("a-1")), ":\nid: a-1\n\n");
    }
}
