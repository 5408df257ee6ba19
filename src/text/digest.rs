//! Digests of texts, and bytes as hexadecimal digits. The same parts must give the same digest in every version of the
//! program, because the store keeps digests.

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
