//! Emoji that publishers show as images: such an image is replaced by its character, because without its style sheet it
//! would fill the page.

/// Longest text that counts as an emoji, in bytes. Some emoji consist of ten characters.
const EMOJI_MAX_BYTES: usize = 64;
/// Longest name of an emoji between colons, in bytes.
const SHORTCODE_MAX_BYTES: usize = 64;
/// Width and height of an emoji image that states no size, in pixels: about the height of a line of text.
pub(super) const SIDE_PIXELS: &str = "20";
/// Most digits of a code point in the name of an image file.
const DIGITS_MAX: usize = 6;

/// Whether an element of this class is the image of an emoji.
pub(super) fn is_class(class: &str) -> bool {
    let names = ["emoji", "wp-smiley", "emojione", "twemoji", "joypixels", "smiley"];
    class.split_ascii_whitespace().any(|one| names.iter().any(|name| one.eq_ignore_ascii_case(name)))
}

/// Whether an address looks like that of an emoji image.
pub(super) fn is_address(address: &str) -> bool {
    address.contains("emoji/") || address.contains("/emoji") || address.contains("/smilies/")
}

/// Whether the alternative text of an image is the name of a custom emoji (`:blobcat:`).
pub(super) fn is_shortcode(alt: &str) -> bool {
    let is_letter = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '+' | '@' | '.');
    let name = alt.trim().strip_prefix(':').and_then(|alt| alt.strip_suffix(':')).unwrap_or_default();
    (1..=SHORTCODE_MAX_BYTES).contains(&name.len()) && name.chars().all(is_letter)
}

/// The emoji that an image shows: its alternative text, or else the characters whose code points are the name of its
/// file.
pub(super) fn of_picture(alt: &str, address: &str) -> Option<String> {
    let alt = alt.trim();
    if is_emoji(alt) {
        return Some(alt.to_owned());
    }
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let stem = path.rsplit('/').next().and_then(|file| file.split('.').next())?;
    let text: Option<String> = stem.split('-').map(character).collect();
    text.filter(|text| is_emoji(text))
}

/// The character with this hexadecimal code point.
fn character(number: &str) -> Option<char> {
    let is_number = (2..=DIGITS_MAX).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u32::from_str_radix(number, 16).ok().and_then(char::from_u32)).flatten()
}

fn is_emoji(text: &str) -> bool {
    text.len() <= EMOJI_MAX_BYTES
        && text.chars().all(|character| is_symbol(character) || is_joint(character))
        // U+20E3 turns a digit into a keycap emoji.
        && text.chars().any(|character| is_symbol(character) || character == '\u{20e3}')
}

/// Whether a character is an emoji by itself.
fn is_symbol(character: char) -> bool {
    matches!(character,
        '©' | '®' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character may be part of an emoji of several characters: joiners, variation selectors, tags, and the parts
/// of a keycap.
fn is_joint(character: char) -> bool {
    matches!(character,
        '#' | '*' | '0'..='9' | '\u{200d}' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_distinguished_from_other_images() {
        let check = |alt: &str, address: &str, wanted: Option<&str>| {
            assert_eq!(of_picture(alt, address).as_deref(), wanted, "{alt} {address}");
        };
        let file = |name: &str| format!("https://e.example/emoji/72x72/{name}?v=2");
        check("🦊", &file("x.png"), Some("🦊"));
        check(" 👩🏽‍🚀 ", &file("x.png"), Some("👩🏽‍🚀"));
        check("1️⃣", "", Some("1️⃣"));
        check(":fox:", &file("1f98a.png"), Some("🦊"));
        check("", &file("1f468-200d-1f9b2.svg"), Some("👨\u{200d}🦲"));
        check(":blob:", &file("blob.png"), None);
        check("12", &file("12.png"), None);
        check("A fox 🦊", &file("fox.png"), None);
        check("", &file("d800.png"), None);
        check("", "", None);
    }

    #[test]
    fn names_of_emoji_are_enclosed_in_colons() {
        for alt in [":blobcat:", " :+1: ", ":blob_cat@social.example:", ":猫:"] {
            assert!(is_shortcode(alt), "{alt:?}");
        }
        for alt in ["", ":", "::", ":a b:", "blobcat", ":)", "a :blobcat:"] {
            assert!(!is_shortcode(alt), "{alt:?}");
        }
        assert!(!is_shortcode(&format!(":{}:", "x".repeat(65))));
    }

    #[test]
    fn emoji_are_recognised_by_class_and_address() {
        assert!(is_class("img Emoji"));
        assert!(!is_class("emoji-post-cover"));
        assert!(is_address("https://e.example/images/core/emoji/15/1f98a.png"));
        assert!(!is_address("https://e.example/a/b.png"));
    }
}
