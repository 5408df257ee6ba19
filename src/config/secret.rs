//! Secret texts, and how they are kept out of everything that is shown.

use std::fmt;

use crate::text::percent;

/// The text that replaces a secret in everything that is shown.
pub(super) const MASK: &str = "***";

/// Shorter secrets are not searched for, because they occur in ordinary text by chance.
const MIN_SCRUBBED_BYTES: usize = 4;

/// A text that is never shown: a password, a token, the value of a header.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, for the code that sends or compares it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// `text` with every occurrence of a secret of at least four bytes, as it is or percent-encoded, replaced by `***`.
pub fn scrub(text: &str, secrets: &[&str]) -> String {
    let mut forms: Vec<String> = Vec::new();
    for secret in secrets.iter().filter(|secret| secret.len() >= MIN_SCRUBBED_BYTES) {
        forms.push((*secret).to_owned());
        // A host name is written in lower case.
        forms.push(secret.to_ascii_lowercase());
        forms.push(percent::encoded(secret));
        forms.push(percent::encoded_in_lower_case(secret));
        forms.push(url::form_urlencoded::byte_serialize(secret.as_bytes()).collect());
        forms.push(percent::encoded_in_path(secret));
    }
    // The longest secret comes first, because a secret may be a part of another secret.
    forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    forms.dedup();
    forms.iter().fold(text.to_owned(), |text, form| text.replace(form.as_str(), MASK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "***");
        assert_eq!(Secret::new("hunter2").expose(), "hunter2");
    }

    #[test]
    fn scrubbing() {
        for (text, secrets, expected) in [
            ("GET /?t=hunter2 failed", &["hunter2"][..], "GET /?t=*** failed"),
            ("a%20b%2Fc d", &["a b/c"][..], "*** d"),
            ("a%20b%2fc d", &["a b/c"][..], "*** d"),
            ("a%20b/c d", &["a b/c"][..], "*** d"),
            ("a+b%2Fc d", &["a b/c"][..], "*** d"),
            ("no host hunter2.example", &["Hunter2"][..], "no host ***.example"),
            ("abc stays", &["abc"][..], "abc stays"),
            ("longsecret long", &["long", "longsecret"][..], "*** ***"),
            ("nothing", &[][..], "nothing"),
        ] {
            assert_eq!(scrub(text, secrets), expected, "{text}");
        }
    }
}
