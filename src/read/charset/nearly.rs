//! Reads text that is nearly UTF-8: with characters that a program has truncated, and with bytes of windows-1252 that
//! were pasted in.

use encoding_rs::WINDOWS_1252;

/// Without a label that says UTF-8, a document must have this many valid non-ASCII characters for each invalid one. Of
/// 20,000 lines of text in other encodings, a single line reaches this ratio by chance, and no whole document has more
/// than one valid character for two invalid ones.
const GOOD_PER_BAD: usize = 4;
/// In a document that is labelled as UTF-8 and has hardly any non-ASCII characters, up to this many invalid characters
/// are tolerated if all of them look like truncated characters.
const CUT_MAX: usize = 3;
/// Reading stops after this many invalid characters if fewer valid characters were found.
const BAD_ENOUGH: usize = 1_000;
/// The first letter after the Latin blocks of Unicode.
const LATIN_END: char = '\u{250}';

/// A document read as UTF-8, and the evidence for and against that.
#[derive(Debug, Default)]
pub(super) struct Nearly {
    pub(super) text: String,
    /// Number of valid non-ASCII characters.
    pub(super) good: usize,
    /// Number of truncated characters; each became U+FFFD.
    pub(super) cut: usize,
    /// Number of bytes that were read as windows-1252.
    pub(super) pasted: usize,
}

impl Nearly {
    /// Number of characters that are not valid UTF-8.
    pub(super) fn bad(&self) -> usize {
        self.cut + self.pasted
    }

    /// Whether the document is UTF-8 in spite of its invalid characters. With a label, as many valid as invalid ones
    /// suffice.
    fn holds(&self, is_labelled: bool) -> bool {
        if !is_labelled {
            return self.good >= self.bad() * GOOD_PER_BAD;
        }
        let looks_cut = self.bad() <= CUT_MAX && self.pasted == 0;
        looks_cut || self.good >= self.bad()
    }

    /// The problem to report for a document that was read as UTF-8.
    pub(super) fn evidence(&self) -> String {
        let (cut, pasted, all) = (self.cut, self.pasted, self.good + self.bad());
        match (cut, pasted) {
            (cut, 0) => format!("{cut} of {all} non-ASCII characters are truncated and became U+FFFD"),
            (0, pasted) => {
                format!("{pasted} of {all} non-ASCII characters are not valid UTF-8; they were read as windows-1252")
            }
            _ => format!(
                "{} of {all} non-ASCII characters are not valid UTF-8: {cut} are truncated and became U+FFFD, {pasted} \
                 were read as windows-1252",
                self.bad()
            ),
        }
    }

    /// Why a document was not read as UTF-8.
    pub(super) fn refutation(&self) -> String {
        let (bad, all) = (self.bad(), self.good + self.bad());
        let first = if bad >= BAD_ENOUGH { "the first " } else { "" };
        format!("{bad} of {first}{all} non-ASCII characters are invalid in it")
    }
}

/// Reads a document as UTF-8, with U+FFFD in place of truncated characters. An error holds the counts that show that
/// the document is not UTF-8.
///
/// `is_labelled`: whether a label says UTF-8, or no label says anything else.
pub(super) fn nearly(body: &[u8], is_labelled: bool) -> Result<Nearly, Nearly> {
    let mut read = Nearly { text: String::with_capacity(body.len()), ..Nearly::default() };
    let mut chunks = body.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        read.text.push_str(chunk.valid());
        read.good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        if chunk.invalid().is_empty() {
            continue;
        }
        let before = chunk.valid().chars().next_back();
        let after = chunks.peek().and_then(|next| next.valid().chars().next());
        if is_pasted(before, chunk.invalid(), after) {
            read.pasted += 1;
            read.text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        } else {
            read.cut += 1;
            read.text.push(char::REPLACEMENT_CHARACTER);
        }
        if read.bad() >= BAD_ENOUGH && read.good < read.bad() {
            break;
        }
    }
    if read.holds(is_labelled) { Ok(read) } else { Err(read) }
}

/// Whether invalid bytes are plausible as a character of windows-1252 between its neighbours. Otherwise they are the
/// rest of a truncated character.
fn is_pasted(before: Option<char>, bytes: &[u8], after: Option<char>) -> bool {
    // Several bytes are the beginning of a character.
    let &[byte] = bytes else { return false };
    let is_letter = |at: Option<char>| at.is_some_and(|c| c.is_alphabetic() && c < LATIN_END);
    let is_capital = |at: Option<char>| at.is_some_and(|c| c.is_uppercase() && c < LATIN_END);
    // A letter of Western Europe does not follow a letter of another script.
    if before.is_some_and(|c| c.is_alphabetic() && c >= LATIN_END) {
        return false;
    }
    match byte {
        // Nearly all two-byte characters of Latin texts begin with these bytes. As `Â` and `Ã` they stand between
        // capitals.
        0xC2 | 0xC3 => is_capital(before) && is_capital(after),
        // Capitals begin a word or stand beside capitals.
        0xC4..=0xDE => (!is_letter(before) && is_letter(after)) || is_capital(before) || is_capital(after),
        // Dashes and curly quotes begin with this byte. As `â` it seldom ends a word.
        0xE2 => is_letter(after),
        0xE0 | 0xE1 | 0xE3..=0xF4 => is_letter(before) || is_letter(after),
        // The other bytes never begin a character, except for 0xDF, which is `ß`.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncated_characters_are_distinguished_from_pasted_bytes() {
        let check = |body: &[u8], is_labelled: bool, wanted: Option<&str>| {
            let read = nearly(body, is_labelled);
            assert_eq!(read.as_ref().ok().map(|it| it.text.as_str()), wanted, "{body:?} {read:?}");
        };
        // Truncated characters, also without any valid non-ASCII character.
        check(b"tea in a caf\xc3...", true, Some("tea in a caf\u{fffd}..."));
        check(b"said \xe2\x80\x9cyes\xe2\x80...", true, Some("said “yes\u{fffd}..."));
        check(b"the end\xe2<br>", true, Some("the end\u{fffd}<br>"));
        check("слово ".as_bytes(), true, Some("слово "));
        check(&["слов".as_bytes(), b"\xd0..."].concat(), false, Some("слов\u{fffd}..."));
        check(b"na\xc3ve", true, Some("na\u{fffd}ve"));
        // Bytes of windows-1252 among valid characters.
        check(&["äöüß ".as_bytes(), b"\x93a\x94"].concat(), true, Some("äöüß “a”"));
        check(&["äöüß ".as_bytes(), b"caf\xe9."].concat(), false, Some("äöüß café."));
        check(&["äöüß ".as_bytes(), b"\xc9tat"].concat(), false, Some("äöüß État"));
        check(&["äöüß ".as_bytes(), b"Gru\xdf,"].concat(), false, Some("äöüß Gruß,"));
        // Too many invalid bytes: the document is in another encoding, whatever the label says.
        check(b"it\x92s a caf\xe9", true, None);
        check(b"caf\xe9", true, None);
        check(b"N\xc3O", true, None);
        check("é".as_bytes(), false, Some("é"));
        check(&["é".as_bytes(), b" caf\xc3..."].concat(), false, None);
        check(&["é".as_bytes(), b" caf\xc3..."].concat(), true, Some("é caf\u{fffd}..."));
        // GBK is not read as UTF-8, even if a label says so.
        check(b"\xb8\xdb\xbf\xda\xbd\xf1\xcc\xec\xb9\xd8\xb1\xd5\xc1\xcb", true, None);
    }
}
