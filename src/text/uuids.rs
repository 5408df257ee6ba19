//! UUIDs as text (RFC 9562).

use uuid::{Builder, Uuid};

/// Length in bytes of a UUID with hyphens, the form that `urn:uuid:` requires (RFC 9562, 4).
pub(crate) const UUID_BYTES: usize = 36;

/// A UUID made from a digest (version 8, for custom formats: RFC 9562, 5.8).
pub(crate) fn of_digest(digest: [u8; 16]) -> String {
    Builder::from_custom_bytes(digest).into_uuid().to_string()
}

/// A UUID made from random bytes (version 4: RFC 9562, 5.4).
pub(crate) fn of_chance(random: [u8; 16]) -> String {
    Builder::from_random_bytes(random).into_uuid().to_string()
}

/// Whether a text is a UUID with hyphens, in upper or lower case.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == UUID_BYTES && Uuid::try_parse(text).is_ok()
}

/// Whether a text is the nil UUID (RFC 9562, 5.9), with or without hyphens and `urn:uuid:`.
pub(crate) fn is_nil(text: &str) -> bool {
    Uuid::try_parse(text).is_ok_and(|uuid| uuid.is_nil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_carry_their_version() {
        assert_eq!(of_digest([0xff; 16]), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(of_chance([0x0a; 16]), "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a");
    }

    #[test]
    fn uuids_are_distinguished_from_other_texts() {
        for (text, wanted) in [
            ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", true),
            ("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", true),
            ("6ba7b810-9dad-11d1-80b4-00c04fd430c", false),
            ("6ba7b8109dad11d180b400c04fd430c8", false),
            ("6ba7b810_9dad_11d1_80b4_00c04fd430c8", false),
        ] {
            assert_eq!(is_uuid(text), wanted, "{text}");
        }
        assert!(is_nil("urn:uuid:00000000-0000-0000-0000-000000000000") && !is_nil("0"));
    }
}
