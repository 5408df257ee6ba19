//! Cursors: opaque texts that name a place in storing order, so that programs can resume reading there. A place is
//! behind an entry. Entries are numbered in storing order and no number is used again, so everything that is stored
//! later stands behind every cursor.

use super::EntryId;
use crate::text::digest::{Digest, hex};

/// Bytes of the digest by which a cursor shows that it belongs to a store.
const PROOF_BYTES: usize = 4;

impl EntryId {
    /// The cursor behind the entry: letters, digits and a hyphen, so that it can stand in a command, a header or an
    /// address as it is. It holds only for the store with this id.
    pub fn cursor(self, store_id: &str) -> String {
        let number = self.0;
        let proof = Digest::with_capacity(64).part("cursor").part(store_id).bytes(&number.to_le_bytes()).finish();
        format!("{number:x}-{}", hex(&proof[..PROOF_BYTES]))
    }

    /// The entry that a cursor is behind; `None` if the text is not a cursor of the store with this id.
    pub fn of_cursor(text: &str, store_id: &str) -> Option<EntryId> {
        let (number, _) = text.split_once('-')?;
        let place = i64::from_str_radix(number, 16).map(EntryId).ok()?;
        // Each place has exactly one cursor, so other spellings of the number are refused.
        (place.cursor(store_id) == text).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_for_its_store_alone() {
        for number in [0, 1, 255, i64::MAX] {
            let text = EntryId(number).cursor("store");
            assert_eq!(EntryId::of_cursor(&text, "store"), Some(EntryId(number)), "{text}");
            assert_eq!(EntryId::of_cursor(&text, "other"), None, "{text}");
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_cursors() {
        let text = EntryId(171).cursor("store");
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
            assert_eq!(EntryId::of_cursor(&text, "store"), None, "{text}");
        }
    }
}
