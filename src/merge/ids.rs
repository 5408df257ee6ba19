//! Chooses the id under which an entry is published.

use crate::text::digest::Digest;
use crate::text::iri::{is_harmless, is_legal_of_its_scheme};
use crate::text::{percent, uuids};

/// Longest declared id that is published as it is, in bytes.
const DECLARED_ID_MAX_BYTES: usize = 2_048;
/// Ids that are tried before the entry is left out. An id may be taken by chance, or because another feed copies ids on
/// purpose.
const ATTEMPTS_MAX: u32 = 1_000;

/// The id under which a new entry is published: its declared id, if that is a harmless absolute IRI and no other entry in the
/// store bears it (`taken`); otherwise an id derived from the store, the source and the entry key, so that the same
/// entry would be given the same id again. `None` if all ids that were tried are taken.
pub(super) fn published_id<E>(
    store_id: &str,
    source: i64,
    key: &str,
    declared: Option<&str>,
    taken: impl Fn(&str) -> Result<bool, E>,
) -> Result<Option<String>, E> {
    if let Some(id) = declared.filter(|id| is_absolute_iri(id) && is_harmless(id))
        && !taken(id)?
    {
        return Ok(Some(id.to_owned()));
    }
    for attempt in 0..ATTEMPTS_MAX {
        let digest = Digest::default().part(store_id).part(key);
        let digest = digest.bytes(&source.to_le_bytes()).bytes(&attempt.to_le_bytes());
        let id = format!("urn:uuid:{}", uuids::of_digest(digest.finish()));
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
        && percent::is_whole(id)
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
    fn an_id_that_runs_or_deceives_is_not_published() {
        let published = |declared: &str| {
            let id = published_id("store", 1, "id:x", Some(declared), |_| Ok::<_, Infallible>(false));
            id.expect("nothing is looked up").expect("no id is taken")
        };
        for declared in
            ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "https://a.example/\u{202e}x"]
        {
            assert!(is_minted(&published(declared)), "{declared:?}");
        }
        assert_eq!(published("tag:a.example,2026:javascript"), "tag:a.example,2026:javascript");
    }

    #[test]
    fn made_ids_are_those_that_are_stored() {
        let store = "3c400149-f98b-4c73-9d12-03ea40458631";
        let made = published_id(store, 1, "id:two", None, |_| Ok::<_, Infallible>(false));
        assert_eq!(made, Ok(Some("urn:uuid:eeca6a84-cff7-80ae-9b20-ae4e42edb2bc".to_owned())));
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
