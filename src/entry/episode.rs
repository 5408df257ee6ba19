//! Podcasts: which text of an episode is its content, and how a show describes itself.

use url::Url;

use super::{filled, media, person, text, urls};
use crate::model::{Enclosure, Show, Text};
use crate::text::markup::Tokens;

/// Most categories of a podcast.
const CATEGORIES_MAX: usize = 16;
/// At most this many bytes of the words of two texts are compared.
const COMPARED_BYTES: usize = 64 * 1_024;
/// Notes take the place of a content that they exceed by this part of its length (a quarter), because descriptions repeat
/// the content with a few words more.
const EXCESS: usize = 4;
/// The elements that give show notes their form: without them a list of links or topics is one long line.
const NOTES: [&str; 8] = ["a", "p", "br", "li", "dl", "table", "h2", "h3"];

/// Whether an item with these enclosures is an episode: something to hear or to watch is attached.
pub(super) fn is_episode(enclosures: &[Enclosure]) -> bool {
    let is_played = |enclosure: &Enclosure| {
        let kind = media::type_of(enclosure.media_type.clone(), &enclosure.url).unwrap_or_default();
        let kind = kind.trim_start().to_ascii_lowercase();
        kind.starts_with("audio/") || kind.starts_with("video/")
    };
    enclosures.iter().any(is_played)
}

/// The content and the summary of an episode. A summary is published without markup, so show notes in the place of the
/// summary become the content if they clearly say more than the content does, which becomes the summary.
pub(super) fn texts(content: Option<Text>, summary: Option<Text>) -> (Option<Text>, Option<Text>) {
    match (content, summary) {
        (Some(content), Some(notes)) if has_form(&notes) && exceeds(&notes, &content) => (Some(notes), Some(content)),
        both => both,
    }
}

fn has_form(notes: &Text) -> bool {
    let markup = match notes {
        Text::Plain(_) => return false,
        Text::Html(markup) | Text::Unclear(markup) => text::unescaped(markup),
    };
    Tokens::new(&markup).tags().any(|tag| NOTES.iter().any(|name| tag.is(name)))
}

fn exceeds(notes: &Text, content: &Text) -> bool {
    let length = |text: &Text| text::line(text, COMPARED_BYTES).len();
    let least = length(content);
    length(notes) > least + least / EXCESS
}

/// A podcast's description of itself, with absolute addresses and plain texts; `None` if too little is left to make a
/// podcast. `subtitle` is the description of the feed.
pub(super) fn show(show: Show, subtitle: Option<&str>, base: Option<&Url>) -> Option<Show> {
    let name = |text: String| filled(text::unclear_line(&text, text::NAME_MAX_BYTES));
    let own = show.subtitle.and_then(|own| filled(text::unclear_line(&own, text::TITLE_MAX_BYTES)));
    let show = Show {
        image: show.image.as_deref().and_then(|image| urls::stated(image, base)),
        author: show.author.and_then(name),
        owner: show.owner.and_then(|owner| person(&owner, base)),
        subtitle: own.filter(|own| Some(own.as_str()) != subtitle),
        explicit: show.explicit,
        categories: show.categories.into_iter().filter_map(name).take(CATEGORIES_MAX).collect(),
        kind: show.kind.map(|kind| kind.to_ascii_lowercase()).filter(|kind| kind == "episodic" || kind == "serial"),
    };
    show.is_podcast().then_some(show)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn episodes_have_something_to_play() {
        let check = |url: &str, kind: Option<&str>, wanted: bool| {
            let enclosure = Enclosure { url: url.to_owned(), media_type: kind.map(str::to_owned), length: None };
            assert_eq!(is_episode(&[enclosure]), wanted, "{url} {kind:?}");
        };
        check("https://a.example/1", Some("audio/mpeg"), true);
        check("https://a.example/1", Some("Video/MP4; codecs=x"), true);
        check("https://a.example/1.mp3", None, true);
        check("https://a.example/1.mp3", Some("application/octet-stream"), true);
        check("https://a.example/1.pdf", None, false);
        check("https://a.example/1.jpg", Some("image/jpeg"), false);
        assert!(!is_episode(&[]));
    }

    #[test]
    fn show_notes_keep_their_markup() {
        let unclear = |text: &str| Some(Text::Unclear(text.to_owned()));
        let check = |content: Option<Text>, summary: Option<Text>, is_swapped: bool| {
            let wanted =
                if is_swapped { (summary.clone(), content.clone()) } else { (content.clone(), summary.clone()) };
            assert_eq!(texts(content, summary), wanted);
        };
        let notes = "<p>Guests, links and <a href=\"https://a.example/\">a map</a></p><ul><li>00:00 The quay</li></ul>";
        let escaped = notes.replace('<', "&lt;").replace('>', "&gt;");
        check(unclear("<p>About the quay.</p>"), unclear(notes), true);
        check(unclear("About the quay."), Some(Text::Html(notes.to_owned())), true);
        check(unclear("About the quay."), unclear(&escaped), true);
        check(unclear(notes), unclear(notes), false);
        check(unclear(notes), unclear(&format!("{notes}<p>more</p>")), false);
        check(unclear(notes), unclear("About the quay."), false);
        check(unclear("About."), unclear("Only words, but more of them than the other text has."), false);
        check(unclear("About."), Some(Text::Plain(notes.to_owned())), false);
        check(None, unclear(notes), false);
        check(unclear(notes), None, false);
    }

    #[test]
    fn what_a_show_says_is_clean() {
        let base = Url::parse("https://a.example/feed.xml").expect("an address");
        let written = Show {
            image: Some("/art.jpg".to_owned()),
            author: Some(" Ann &amp; Ben ".to_owned()),
            subtitle: Some("Of harbours".to_owned()),
            categories: vec!["Arts > Food".to_owned(), " ".to_owned()],
            kind: Some("Serial".to_owned()),
            ..Show::default()
        };
        let wanted = Show {
            image: Some("https://a.example/art.jpg".to_owned()),
            author: Some("Ann & Ben".to_owned()),
            categories: vec!["Arts > Food".to_owned()],
            kind: Some("serial".to_owned()),
            ..Show::default()
        };
        assert_eq!(show(written, Some("Of harbours"), Some(&base)), Some(wanted));
        let nothing = Show {
            image: Some("javascript:alert(1)".to_owned()),
            author: Some("Ann".to_owned()),
            kind: Some("other".to_owned()),
            ..Show::default()
        };
        assert_eq!(show(nothing, None, Some(&base)), None);
    }
}
