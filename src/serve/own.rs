//! Adds the protective headers of all other answers to the answers that hyper makes by itself, to requests that it cannot read
//! (400, 431).

use super::crowd::Doing;
use super::reply::NOTHING_ALLOWED;

const HEAD_END: &[u8] = b"\r\n\r\n";

/// An answer of hyper's own, with the added headers.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) bytes: Vec<u8>,
    /// Number of bytes that are written already.
    pub(super) sent: usize,
    /// Length of hyper's original answer.
    pub(super) stands_for: usize,
}

impl Own {
    /// Recognises an answer of hyper's own: a refusal that is written while no request is being answered.
    pub(super) fn of(written: &[u8], doing: &Doing) -> Option<Own> {
        let is_refusal = written.starts_with(b"HTTP/1.") && written.get(9) == Some(&b'4');
        if !is_refusal || !doing.is_idle() {
            return None;
        }
        let end = written.windows(HEAD_END.len()).position(|part| part == HEAD_END)? + 2;
        let mut bytes = written[..end].to_vec();
        bytes.extend_from_slice(b"x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n");
        bytes.extend_from_slice(format!("content-security-policy: {NOTHING_ALLOWED}\r\n").as_bytes());
        bytes.extend_from_slice(&written[end..]);
        Some(Own { bytes, sent: 0, stands_for: written.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_refusals_without_a_request_are_changed() {
        let refusal = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n";
        let (idle, asked) = (Doing::default(), Doing::default());
        asked.asked();
        let own = Own::of(refusal, &idle).expect("it is hyper's own");
        let text = String::from_utf8(own.bytes).expect("it is text");
        assert!(text.starts_with("HTTP/1.1 431 ") && text.ends_with("base-uri 'none'\r\n\r\n"), "{text}");
        assert!(text.contains("\r\ncontent-length: 0\r\nx-content-type-options: nosniff\r\n"), "{text}");
        assert_eq!(own.stands_for, refusal.len());
        assert!(Own::of(refusal, &asked).is_none(), "it is ours");
        assert!(Own::of(b"HTTP/1.1 200 OK\r\n\r\n", &idle).is_none());
        assert!(Own::of(b"HTTP/1.1 400 Bad", &idle).is_none());
    }
}
