//! Finds the next byte of a set in a text. The standard library compares each character of a text with each wanted one,
//! which takes several times as long.

/// The number of bytes of a text that are compared in one step.
pub(crate) const CHUNK: usize = 32;

/// A set of `N` bytes.
pub(crate) struct ByteSet<const N: usize> {
    members: [u8; N],
    has: [bool; 256],
}

impl<const N: usize> ByteSet<N> {
    pub(crate) const fn of(members: [u8; N]) -> ByteSet<N> {
        let mut set = ByteSet { members, has: [false; 256] };
        let mut at = 0;
        while at < N {
            set.has[members[at] as usize] = true;
            at += 1;
        }
        set
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        self.has[usize::from(byte)]
    }

    /// The position of the first byte of the set; faster where such bytes are rare.
    pub(crate) fn find(&self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(chunk) = bytes[at..].first_chunk()
            && !self.occurs_in(chunk)
        {
            at += CHUNK;
        }
        self.find_frequent(&bytes[at..]).map(|found| at + found)
    }

    /// As [`ByteSet::find`]; faster where such a byte stands behind almost every word.
    pub(crate) fn find_frequent(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| self.has(*byte))
    }

    /// Whether a byte of the set is in the chunk. The compiler makes these loops compare many bytes with one instruction.
    fn occurs_in(&self, chunk: &[u8; CHUNK]) -> bool {
        let mut found = false;
        for byte in chunk {
            for member in &self.members {
                found |= byte == member;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_of_the_set_is_found() {
        static SET: ByteSet<3> = ByteSet::of(*b"&<\xc2");
        for length in 0..3 * CHUNK {
            let mut text = vec![b'a'; length];
            assert_eq!((SET.find(&text), SET.find_frequent(&text)), (None, None));
            for at in (0..length).rev() {
                text[at] = b"&<\xc2"[at % 3];
                assert_eq!((SET.find(&text), SET.find_frequent(&text)), (Some(at), Some(at)), "{length}");
            }
        }
    }
}
