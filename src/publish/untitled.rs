//! Titles for entries without a title: their first sentence, or the description of a picture, but never an address.
//!
//! These titles are made when publishing. The stored title, by which entries are identified, stays unchanged.

use std::borrow::Cow;

use crate::model::{EntryDetails, Media};
use crate::text::excerpt;
use crate::text::markup::Tokens;

/// Most characters of a text that become a title.
const WORDS_CHARS: usize = 80;
/// Most characters of a first sentence, which may be longer because a complete sentence is a better title.
const SENTENCE_CHARS: usize = 120;
/// Least characters of a first sentence, because a shorter sentence says too little.
const SENTENCE_LEAST_CHARS: usize = 24;
/// Characters of a text in which the title is searched, because the text may begin with addresses.
const LOOKED_AT_CHARS: usize = 1_000;
/// The title of an entry without any text.
const UNTITLED: &str = "Untitled";

/// The title under which an entry is published: its stored title, or a replacement. Never empty.
pub fn title_of<'t>(title: &'t str, details: &EntryDetails, summary: &str, content: &str) -> Cow<'t, str> {
    if !details.is_untitled {
        return Cow::Borrowed(title);
    }
    let made = first_words(&excerpt::of_html(content, LOOKED_AT_CHARS)).or_else(|| first_words(summary));
    let made = made.or_else(|| of_picture(content)).or_else(|| of_media(details.media.as_ref()));
    match made {
        Some(made) => Cow::Owned(made),
        // A text that consists of an address is still published as the title.
        None if !content.is_empty() || !summary.is_empty() || !is_address(title) => Cow::Borrowed(title),
        None => Cow::Owned(of_address(title).unwrap_or_else(|| UNTITLED.to_owned())),
    }
}

/// The first words of a text behind any addresses: all words of a short text, or else its first sentence, or else as many
/// words as a title may have.
fn first_words(text: &str) -> Option<String> {
    let mut rest = text.trim_start();
    while is_address(rest) {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[end..].trim_start();
    }
    let sentence = || end_of_sentence(rest).map(|end| rest[..end].to_owned());
    let is_long = rest.chars().nth(WORDS_CHARS).is_some();
    let title = match is_long.then(sentence).flatten() {
        Some(sentence) => sentence,
        None => excerpt::of_text(rest, WORDS_CHARS),
    };
    (!title.is_empty()).then_some(title)
}

fn is_address(text: &str) -> bool {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://") || begins("www.")
}

/// The end of the first sentence in bytes, if the sentence is neither too short nor too long for a title.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().take(SENTENCE_CHARS).skip(SENTENCE_LEAST_CHARS);
    signs.find_map(|(at, sign)| {
        let end = at + sign.len_utf8();
        let stands_alone = || text[end..].chars().next().is_none_or(char::is_whitespace);
        let ends = match sign {
            '。' | '！' | '？' => true,
            '!' | '?' | '…' => stands_alone(),
            '.' => stands_alone() && !is_abbreviation(&text[..at]),
            _ => false,
        };
        ends.then_some(end)
    })
}

/// Whether a dot belongs to an abbreviation ("Dr.", "e.g.") or a number and does not end the sentence before it.
fn is_abbreviation(sentence: &str) -> bool {
    let word = sentence.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_name_or_number = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    word.chars().nth(3).is_none() && (word.contains('.') || is_name_or_number)
}

/// The alternative text of the first picture that has one.
fn of_picture(content: &str) -> Option<String> {
    Tokens::new(content).tags().filter(|tag| tag.is("img")).find_map(|tag| first_words(&tag.attribute("alt")?))
}

fn of_media(media: Option<&Media>) -> Option<String> {
    let contents = media.into_iter().flat_map(|media| &media.contents);
    contents.filter_map(|content| content.description.as_deref()).find_map(first_words)
}

/// The words of the last part of an address, as in `/2026/the-old-bridge`.
fn of_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let behind = path.split_once("://").map_or(path, |(_, behind)| behind);
    let (_, place) = behind.trim_end_matches('/').split_once('/')?;
    let name = place.rsplit('/').next()?;
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let words: Vec<&str> = name.split(['-', '_', '+']).filter(|word| !word.is_empty()).collect();
    let are_words = words.len() >= 2 && words.iter().all(|word| word.chars().all(char::is_alphanumeric));
    let has_letters = words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    (are_words && has_letters).then(|| excerpt::of_text(&words.join(" "), WORDS_CHARS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MediaContent;

    fn check(stored: &str, content: &str, wanted: &str) {
        let details = EntryDetails { is_untitled: true, ..EntryDetails::default() };
        assert_eq!(title_of(stored, &details, "", content), wanted, "{stored:?} {content:?}");
    }

    #[test]
    fn a_title_of_the_publisher_stays() {
        let own = EntryDetails::default();
        assert_eq!(title_of("https://a.example/1", &own, "", "<p>Words</p>"), "https://a.example/1");
    }

    #[test]
    fn an_address_does_not_become_a_title() {
        check("https://a.example/1 The", "<p>https://a.example/1 The crane</p>", "The crane");
        check("The crane: https", "<p>The crane: https://a.example/1</p>", "The crane: https://a.example/1");
        check("https://a.example/1", "<p>https://a.example/1</p>", "https://a.example/1");
        check("https://a.example/2026/the-old-bridge.html?x=1", "", "the old bridge");
        check("https://a.example/2026/11", "", UNTITLED);
        check("https://a.example/", "", UNTITLED);
        check(UNTITLED, "", UNTITLED);
        let details = EntryDetails { is_untitled: true, ..EntryDetails::default() };
        assert_eq!(title_of("a summary", &details, "a summary", ""), "a summary");
    }

    #[test]
    fn a_long_text_gives_its_first_sentence() {
        let rest = "Nobody knows for how long it will stay closed, and the ferry does not sail either.";
        for sentence in [
            "The old bridge is closed since Monday.",
            "Oh no. The old bridge is closed!",
            "They met at the house of Dr. Smith on the quay.",
            "The harbour was sold for 3.5 millions.",
        ] {
            check("The", &format!("<p>{sentence} {rest}</p>"), sentence);
        }
        let words = "word ".repeat(40);
        let details = EntryDetails { is_untitled: true, ..EntryDetails::default() };
        let made = title_of("word", &details, &words, "");
        assert!(made.ends_with('…') && made.chars().count() <= WORDS_CHARS, "{made}");
    }

    #[test]
    fn the_description_of_a_picture_becomes_the_title() {
        let pictures = "<p><img src=\"https://a.example/1.png\" alt=\"\"><img alt=\"A plate &amp; a cup\"></p>";
        check("https://a.example/1", pictures, "A plate & a cup");
        let content = MediaContent { description: Some("A plate of pasta".to_owned()), ..MediaContent::default() };
        let media = Some(Media { contents: vec![content], ..Media::default() });
        let details = EntryDetails { is_untitled: true, media, ..EntryDetails::default() };
        assert_eq!(title_of("https://a.example/1", &details, "", "<img>"), "A plate of pasta");
    }
}
