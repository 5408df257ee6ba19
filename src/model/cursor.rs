//! Cursors: opaque texts that name a place in storing order, by which programs read on where they stopped.

use super::EntryId;
use crate::text::digest::{Digest, hex};

/// Bytes of the digest by which a cursor shows that it belongs to a store.
const PROOF_BYTES: usize = 4;

/// A place in the storing order of one store, behind an entry. Entries are numbered in storing order and no number is used again, so
/// everything that is stored later stands behind every cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor(pub EntryId);

impl Cursor {
    /// The cursor as text: letters, digits and a hyphen, so that it can stand in a command, a header or an address as it is. The text
    /// holds only for the store with this id.
    pub fn text(self, store_id: &str) -> String {
        let number = self.0.0;
        let proof = Digest::with_capacity(64).part("cursor").part(store_id).bytes(&number.to_le_bytes()).finish();
        format!("{number:x}-{}", hex(&proof[..PROOF_BYTES]))
    }

    /// Reads a cursor; `None` for a text that is no cursor of the store with this id.
    pub fn read(text: &str, store_id: &str) -> Option<Cursor> {
        let (number, _) = text.split_once('-')?;
        let cursor = i64::from_str_radix(number, 16).map(|number| Cursor(EntryId(number))).ok()?;
        // A place has a single text, so other spellings of the number are refused.
        (cursor.text(store_id) == text).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_for_its_store_alone() {
        for number in [0, 1, 255, i64::MAX] {
            let cursor = Cursor(EntryId(number));
            let text = cursor.text("store");
            assert_eq!(Cursor::read(&text, "store"), Some(cursor), "{text}");
            assert_eq!(Cursor::read(&text, "other"), None, "{text}");
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_cursors() {
        let text = Cursor(EntryId(171)).text("store");
        let (number, proof) = text.split_once('-').expect("it has two parts");
        assert_eq!(number, "ab");
        let spellings = ["", "-", "ab", "ab-", "ab-00000000", "é-ü", "99999999999999999999-00000000"];
        let spelt = [
            format!("AB-{proof}"),
            format!("0ab-{proof}"),
            format!("+ab-{proof}"),
            format!("aa-{proof}"),
            format!("{text} "),
        ];
        for text in spellings.into_iter().map(str::to_owned).chain(spelt) {
            assert_eq!(Cursor::read(&text, "store"), None, "{text}");
        }
    }
}
