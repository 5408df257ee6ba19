//! Chooses the id under which an entry is published (PRODUCT, promise 2).

use crate::model::{hex, is_legal_of_its_scheme};

/// Longest declared id that is published as it is, in bytes.
const DECLARED_ID_MAX_BYTES: usize = 2_048;
/// Ids that are tried before the entry is left out. An id may be taken by chance, or because another feed copies ids on
/// purpose.
const ATTEMPTS_MAX: u32 = 1_000;

/// The id under which a new entry is published: its declared id, if that is an absolute IRI and no other entry in the
/// store bears it (`taken`); otherwise an id derived from the store, the source and the entry key, so that the same
/// entry would be given the same id again. `None` if all ids that were tried are taken.
///
/// # Errors
/// When an id could not be looked up.
pub(super) fn published_id<E>(
    store_id: &str,
    source: i64,
    key: &str,
    declared: Option<&str>,
    taken: impl Fn(&str) -> Result<bool, E>,
) -> Result<Option<String>, E> {
    if let Some(id) = declared.filter(|id| is_absolute_iri(id))
        && !taken(id)?
    {
        return Ok(Some(id.to_owned()));
    }
    for attempt in 0..ATTEMPTS_MAX {
        let mut hasher = blake3::Hasher::new();
        for part in [store_id, key] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(&source.to_le_bytes());
        hasher.update(&attempt.to_le_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        let id = format!("urn:uuid:{}", uuid_text(bytes, 8));
        // Another entry's declared id may be this very URN; then the next one is tried.
        if !taken(&id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whether an id has the form of those that this program makes; other programs make ids of this form, too.
pub(super) fn is_minted(id: &str) -> bool {
    id.starts_with("urn:uuid:") && id.as_bytes().get(23) == Some(&b'8')
}

/// RFC 3987, 2.2: a scheme, a colon, something behind it, and no character that an IRI cannot hold.
fn is_absolute_iri(id: &str) -> bool {
    let Some((scheme, rest)) = id.split_once(':') else { return false };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
        && !rest.is_empty()
        && id.len() <= DECLARED_ID_MAX_BYTES
        && percent_signs_are_escapes(id)
        && is_legal_of_its_scheme(id)
        && id.chars().all(|letter| {
            !letter.is_whitespace()
                && !letter.is_control()
                && !matches!(letter, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '\u{fffd}'..='\u{ffff}')
        })
        // An http id needs a host: `http:foo` is a mistake, not an address.
        && (!matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
            || rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')))
}

fn percent_signs_are_escapes(id: &str) -> bool {
    id.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes();
        digits.len() >= 2 && digits[0].is_ascii_hexdigit() && digits[1].is_ascii_hexdigit()
    })
}

/// A UUID's text with the version and variant bits of RFC 9562 set.
pub fn uuid_text(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = (bytes[6] & 0x0f) | (version << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn only_absolute_iris_are_published_as_ids() {
        let check = |id: &str, wanted: bool| assert_eq!(is_absolute_iri(id), wanted, "{id:?}");
        check("tag:news.example,2021:1", true);
        check("https://news.example/a?b=c#d", true);
        check("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", true);
        check("https://news.example/käse", true);
        check("1234", false);
        check("/posts/1", false);
        check("http:foo", false);
        check("http:///foo", false);
        check("post: my first", false);
        check("tag:a,2026:100%", false);
        check("tag:a,2026:%41", true);
        check("1a:b", false);
        check("", false);
    }

    #[test]
    fn a_taken_id_is_replaced_by_a_minted_one_for_good() {
        let made = |taken: &str| {
            let id = published_id("store", 1, "id:x:y", Some("x:y"), |id| Ok::<_, Infallible>(id == taken));
            id.expect("nothing is looked up").expect("some id is free")
        };
        assert_eq!(made("other"), "x:y");
        let minted = made("x:y");
        assert!(minted.starts_with("urn:uuid:"), "{minted}");
        assert_eq!(minted, made("x:y"));
        assert!(is_minted(&minted) && !is_minted("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    }
}
