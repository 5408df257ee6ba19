//! UTF-8 with bytes in it that are not: characters that a program cut in half, and bytes of windows-1252 that were
//! pasted in.

use encoding_rs::WINDOWS_1252;

/// Without a label that says UTF-8, a document must have this many good characters for each bad place. Of 20,000 lines of
/// text in other encodings one has so many by chance, and no whole document has more than one good for two bad.
const GOOD_PER_BAD: usize = 4;
/// In a document that says that it is UTF-8 and has hardly any character beyond ASCII, this many bad places are believed
/// to be cut characters when all of them look like it.
const CUT_MAX: usize = 3;
/// After this many bad places, and fewer good characters, a document is not looked at any further.
const BAD_ENOUGH: usize = 1_000;
/// The first letter behind the Latin ones.
const LATIN_END: char = '\u{250}';

/// A document read as UTF-8, and what speaks for and against that.
#[derive(Debug, Default)]
pub(super) struct Nearly {
    pub(super) text: String,
    /// Characters beyond ASCII.
    pub(super) good: usize,
    /// Places where a character was cut; each became U+FFFD.
    pub(super) cut: usize,
    /// Bytes that were read as windows-1252.
    pub(super) pasted: usize,
}

impl Nearly {
    /// Places that are not UTF-8.
    pub(super) fn bad(&self) -> usize {
        self.cut + self.pasted
    }

    /// Whether the document is UTF-8 all the same. With a label, as many good characters as bad places suffice.
    fn holds(&self, is_labelled: bool) -> bool {
        if !is_labelled {
            return self.good >= self.bad() * GOOD_PER_BAD;
        }
        let looks_cut = self.bad() <= CUT_MAX && self.pasted == 0;
        looks_cut || self.good >= self.bad()
    }

    /// What was done to a document that is UTF-8.
    pub(super) fn evidence(&self) -> String {
        let (cut, pasted, all) = (self.cut, self.pasted, self.good + self.bad());
        match (cut, pasted) {
            (cut, 0) => format!("{cut} of {all} characters beyond ASCII are cut; U+FFFD stands for them"),
            (0, pasted) => {
                format!("{pasted} of {all} characters beyond ASCII are not UTF-8; they were read as windows-1252")
            }
            _ => format!(
                "{} of {all} characters beyond ASCII are not UTF-8: {cut} are cut, and U+FFFD stands for them; {pasted} \
                 were read as windows-1252",
                self.bad()
            ),
        }
    }

    /// Why a document is not UTF-8.
    pub(super) fn refutation(&self) -> String {
        let (bad, all) = (self.bad(), self.good + self.bad());
        let first = if bad >= BAD_ENOUGH { "the first " } else { "" };
        format!("{bad} of {first}{all} characters beyond ASCII are not")
    }
}

/// Reads a document as UTF-8, with U+FFFD where a character was cut. An error tells how many places are bad, and how many
/// good characters stand against them.
///
/// `is_labelled`: whether a label says that it is UTF-8, or no label says anything else.
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

/// Whether bytes that are not UTF-8 make sense as a character of windows-1252 where they stand; else they are what is left
/// of a character that was cut.
fn is_pasted(before: Option<char>, bytes: &[u8], after: Option<char>) -> bool {
    // Several bytes are a character that was begun.
    let &[byte] = bytes else { return false };
    let is_letter = |at: Option<char>| at.is_some_and(|c| c.is_alphabetic() && c < LATIN_END);
    let is_capital = |at: Option<char>| at.is_some_and(|c| c.is_uppercase() && c < LATIN_END);
    // No letter of Western Europe follows one of another script.
    if before.is_some_and(|c| c.is_alphabetic() && c >= LATIN_END) {
        return false;
    }
    match byte {
        // With these nearly all characters of two bytes begin in Latin texts. As `Â` and `Ã` they stand among capitals.
        0xC2 | 0xC3 => is_capital(before) && is_capital(after),
        // Capitals begin a word, or stand among their like.
        0xC4..=0xDE => (!is_letter(before) && is_letter(after)) || is_capital(before) || is_capital(after),
        // Dashes and curly quotes begin with this byte; as `â` it seldom ends a word.
        0xE2 => is_letter(after),
        0xE0 | 0xE1 | 0xE3..=0xF4 => is_letter(before) || is_letter(after),
        // What never begins a character, and `ß`.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_characters_are_told_from_pasted_ones() {
        let check = |body: &[u8], is_labelled: bool, wanted: Option<&str>| {
            let read = nearly(body, is_labelled);
            assert_eq!(read.as_ref().ok().map(|it| it.text.as_str()), wanted, "{body:?} {read:?}");
        };
        // Characters that were cut, also where there is no other.
        check(b"tea in a caf\xc3...", true, Some("tea in a caf\u{fffd}..."));
        check(b"said \xe2\x80\x9cyes\xe2\x80...", true, Some("said “yes\u{fffd}..."));
        check(b"the end\xe2<br>", true, Some("the end\u{fffd}<br>"));
        check("слово ".as_bytes(), true, Some("слово "));
        check(&["слов".as_bytes(), b"\xd0..."].concat(), false, Some("слов\u{fffd}..."));
        check(b"na\xc3ve", true, Some("na\u{fffd}ve"));
        // Bytes of windows-1252 among good characters.
        check(&["äöüß ".as_bytes(), b"\x93a\x94"].concat(), true, Some("äöüß “a”"));
        check(&["äöüß ".as_bytes(), b"caf\xe9."].concat(), false, Some("äöüß café."));
        check(&["äöüß ".as_bytes(), b"\xc9tat"].concat(), false, Some("äöüß État"));
        check(&["äöüß ".as_bytes(), b"Gru\xdf,"].concat(), false, Some("äöüß Gruß,"));
        // Too much of it: another encoding, whatever the label says.
        check(b"it\x92s a caf\xe9", true, None);
        check(b"caf\xe9", true, None);
        check(b"N\xc3O", true, None);
        check("é".as_bytes(), false, Some("é"));
        check(&["é".as_bytes(), b" caf\xc3..."].concat(), false, None);
        check(&["é".as_bytes(), b" caf\xc3..."].concat(), true, Some("é caf\u{fffd}..."));
        // GBK is no UTF-8, though a label says so.
        check(b"\xb8\xdb\xbf\xda\xbd\xf1\xcc\xec\xb9\xd8\xb1\xd5\xc1\xcb", true, None);
    }
}
