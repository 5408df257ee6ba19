//! Folds white space: any run of white space between two words becomes one space.

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
            let (word, blank) = next_blank(rest);
            if word > 0 {
                if self.has_ended_word && !self.out.is_empty() {
                    self.out.push(' ');
                }
                self.has_ended_word = false;
                self.out.push_str(&rest[..word]);
            }
            self.has_ended_word |= blank > 0;
            rest = &rest[word + blank..];
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

/// The number of bytes before the first white space character, and that character's length in bytes, which is 0 if the
/// text has no white space.
fn next_blank(text: &str) -> (usize, usize) {
    let mut from = 0;
    while let Some(found) = text.as_bytes()[from..].iter().position(|byte| MAY_BE_BLANK[usize::from(*byte)]) {
        let at = from + found;
        let length = text[at..].chars().next().map_or(1, char::len_utf8);
        if text[at..at + length].starts_with(char::is_whitespace) {
            return (at, length);
        }
        from = at + length;
    }
    (text.len(), 0)
}

/// Whether a white space character begins with a byte: one of ASCII, or one beyond, all of which begin with one of four bytes.
static MAY_BE_BLANK: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\t\n\x0b\x0c\r \xc2\xe1\xe2\xe3";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_where_the_standard_library_splits_words() {
        let blanks =
            ["\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{202f}", "\u{205f}", "\u{3000}", " ", "\t\n"];
        for blank in blanks {
            for text in [format!("{blank}a{blank}{blank}é©{blank}"), format!("ﷺ{blank}→b"), blank.to_owned()] {
                let mut folded = Folded::default();
                folded.push(&text);
                assert_eq!(folded.finish(), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
            }
        }
        let mut folded = Folded::default();
        ["a", "b ", "", " c", "d"].iter().for_each(|text| folded.push(text));
        folded.end_word();
        folded.push("e");
        assert_eq!(folded.finish(), "ab cd e");
    }
}
