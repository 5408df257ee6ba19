//! Digests of texts, and bytes as hexadecimal digits. The same parts must give the same digest in every version of the
//! program, because the store keeps digests.

use std::fmt::Write;

/// Two hexadecimal digits for each byte, in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(*byte));
    }
    digits
}

/// The first bytes of a BLAKE3 digest, 32 at most.
pub(crate) fn first_bytes<const N: usize>(digest: &blake3::Hash) -> [u8; N] {
    const { assert!(N <= blake3::OUT_LEN) }
    let mut first = [0; N];
    first.copy_from_slice(&digest.as_bytes()[..N]);
    first
}

/// Appends `text` in quotes and escaped as `{:?}` does, because stored digests are made of such texts. Most texts have
/// nothing to escape and are copied.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        // Writing to a text cannot fail.
        let _ = write!(out, "{text:?}");
    }
}

/// The first 16 bytes of a BLAKE3 digest over parts. The length of each part is included, so that `ab`, `c` and `a`,
/// `bc` give different digests.
///
/// The parts are gathered before they are hashed, because hashing many short pieces one by one takes several times as long.
#[derive(Default)]
pub(crate) struct Digest(Vec<u8>);

impl Digest {
    /// A digest over parts of about `bytes` bytes together.
    pub(crate) fn with_capacity(bytes: usize) -> Digest {
        Digest(Vec::with_capacity(bytes))
    }

    /// Adds a text, preceded by its length.
    pub(crate) fn part(self, part: &str) -> Digest {
        self.bytes(&(part.len() as u64).to_le_bytes()).bytes(part.as_bytes())
    }

    /// Adds a text that may be missing. A missing text gives another digest than an empty text.
    pub(crate) fn optional(self, part: Option<&str>) -> Digest {
        match part {
            Some(part) => self.part("1").part(part),
            None => self.part("0"),
        }
    }

    pub(crate) fn count(self, count: usize) -> Digest {
        self.bytes(&(count as u64).to_le_bytes())
    }

    /// Adds bytes without their length, for values of a fixed size such as numbers.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Digest {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn finish(self) -> [u8; 16] {
        first_bytes(&blake3::hash(&self.0))
    }

    pub(crate) fn hex(self) -> String {
        hex(&self.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_as_debug_quotes_it() {
        let all: String = (0..=0x2fff_u32).filter_map(char::from_u32).collect();
        let each = all.chars().map(String::from);
        let more = [
            "",
            "plain-1",
            "it's",
            "a \"b\"",
            "back\\slash",
            "tab\t",
            "e\u{301}",
            "\u{301}",
            "https://a.example/f?x=1#y",
        ];
        for text in each.chain(more.map(str::to_owned)) {
            let mut out = "before ".to_owned();
            push_quoted(&mut out, &text);
            assert_eq!(out, format!("before {text:?}"));
        }
    }
}
