//! Folds white space: any run of white space between two words becomes one space.

use super::bytes::{ByteSet, CHUNK};

/// A text that is put together piece by piece, with its white space folded.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    out: String,
    /// White space or the end of a word followed the last character.
    has_ended_word: bool,
}

impl Folded {
    pub(crate) fn with_capacity(bytes: usize) -> Folded {
        Folded { out: String::with_capacity(bytes), has_ended_word: false }
    }

    /// Ends the current word: the text that is pushed next begins a new word.
    pub(crate) fn end_word(&mut self) {
        self.has_ended_word = true;
    }

    pub(crate) fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let (words, blank) = next_to_fold(rest);
            if words > 0 {
                if self.has_ended_word && !self.out.is_empty() {
                    self.out.push(' ');
                }
                self.has_ended_word = false;
                self.out.push_str(&rest[..words]);
            }
            self.has_ended_word |= blank > 0;
            rest = &rest[words + blank..];
        }
    }

    /// The last character, if text that is pushed next would continue its word.
    pub(crate) fn last(&self) -> Option<char> {
        self.out.chars().next_back().filter(|_| !self.has_ended_word)
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// The number of bytes that can be copied as they are, because they are words with single spaces between them, and the length in
/// bytes of the white space character behind them, which is 0 if the text ends there.
fn next_to_fold(text: &str) -> (usize, usize) {
    let (bytes, mut from) = (text.as_bytes(), 0);
    loop {
        from = after_plain_words(bytes, from);
        let (word, blank) = next_blank(&text[from..]);
        let at = from + word;
        let is_single =
            word > 0 && bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|next| !MAY_BE_BLANK.has(*next));
        if !is_single {
            return (at, blank);
        }
        from = at + 1;
    }
}

/// The beginning of a word behind `from` such that the text between has single spaces between its words and no other
/// white space; `from` if there is none. Most text is like that, so it is examined in chunks.
fn after_plain_words(bytes: &[u8], from: usize) -> usize {
    if bytes.get(from) == Some(&b' ') {
        return from;
    }
    let mut at = from;
    while let (Some(chunk), Some(next)) = (chunk_at(bytes, at), chunk_at(bytes, at + 1))
        && is_plain(chunk, next)
    {
        at += CHUNK;
    }
    // The last byte may be a blank before something that was not examined.
    let examined = &bytes[from..at.saturating_sub(1).max(from)];
    memchr::memrchr(b' ', examined).map_or(from, |space| from + space + 1)
}

fn chunk_at(bytes: &[u8], at: usize) -> Option<&[u8; CHUNK]> {
    bytes.get(at..)?.first_chunk()
}

/// Whether a chunk has no byte that may be white space, single spaces excepted. `next` is the chunk that begins one byte
/// later. The compiler makes this loop examine many bytes with one instruction.
fn is_plain(chunk: &[u8; CHUNK], next: &[u8; CHUNK]) -> bool {
    let mut found = false;
    for (byte, next) in chunk.iter().zip(next) {
        // The bytes of `MAY_BE_BLANK`, as ranges.
        let is_blank = byte.wrapping_sub(b'\t') <= b'\r' - b'\t';
        let may_begin_blank = (*byte == 0xc2) | (byte.wrapping_sub(0xe1) <= 0xe3 - 0xe1);
        found |= is_blank | may_begin_blank | ((*byte == b' ') & (*next == b' '));
    }
    !found
}

/// The number of bytes before the first white space character, and that character's length in bytes, which is 0 if the
/// text has no white space.
fn next_blank(text: &str) -> (usize, usize) {
    let mut from = 0;
    while let Some(found) = MAY_BE_BLANK.find_frequent(&text.as_bytes()[from..]) {
        let at = from + found;
        let length = text[at..].chars().next().map_or(1, char::len_utf8);
        if text[at..at + length].starts_with(char::is_whitespace) {
            return (at, length);
        }
        from = at + length;
    }
    (text.len(), 0)
}

/// The first bytes of white space characters: those of ASCII, and four that begin all others.
static MAY_BE_BLANK: ByteSet<10> = ByteSet::of(*b"\t\n\x0b\x0c\r \xc2\xe1\xe2\xe3");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_where_the_standard_library_splits_words() {
        let blanks =
            ["\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{202f}", "\u{205f}", "\u{3000}", " ", "\t\n"];
        for blank in blanks {
            let edges = format!("{blank}a{blank}{blank}é©{blank}");
            for text in [edges, format!("ﷺ{blank}→b"), format!("a b {blank}c d {blank} e ©"), blank.to_owned()] {
                let mut folded = Folded::default();
                folded.push(&text);
                assert_eq!(folded.finish(), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
            }
        }
        for byte in (0..=u8::MAX).filter(|byte| *byte != b' ') {
            assert_eq!(is_plain(&[byte; CHUNK], &[b'a'; CHUNK]), !MAY_BE_BLANK.has(byte), "{byte:#x}");
        }
        // Whatever stands at the bounds of chunks is folded as elsewhere.
        for length in CHUNK - 4..2 * CHUNK + 4 {
            for middle in blanks.into_iter().chain(["  ", " \n", "\u{2003} ", "’", "é", " a ", ""]) {
                for text in [format!("{}{middle}", "a".repeat(length)), format!("{}{middle}b", "a ".repeat(length / 2))]
                {
                    let text = format!("{text} c {text}{text} ");
                    let mut folded = Folded::default();
                    folded.push(&text);
                    assert_eq!(folded.finish(), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
                }
            }
        }
        let mut folded = Folded::default();
        ["a", "b ", "", " c", "d"].iter().for_each(|text| folded.push(text));
        folded.end_word();
        folded.push("e");
        assert_eq!(folded.finish(), "ab cd e");
    }
}
