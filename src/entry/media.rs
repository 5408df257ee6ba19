//! Cleans the media properties of entries, and determines the media type of a file by its name.

use url::Url;

use super::{LINKS_MAX, filled, language, media_type, text, urls};
use crate::model::{CastMember, Chapter, Media, MediaContent, MediaLink, Thumbnail};

/// The generic media type, which says nothing about the file.
const SOME_BYTES: &str = "application/octet-stream";
/// Most described media, transcripts and people of one entry.
const EACH_MAX: usize = 32;
/// Most chapters of one entry.
const CHAPTERS_MAX: usize = 256;

/// Media types and the file extensions of each, as publishers of media use them.
const TYPES: [(&str, &str); 33] = [
    ("application/epub+zip", "epub"),
    ("application/pdf", "pdf"),
    ("application/vnd.apple.mpegurl", "m3u8"),
    ("application/x-bittorrent", "torrent"),
    ("audio/aac", "aac"),
    ("audio/aiff", "aif aiff"),
    ("audio/flac", "flac"),
    ("audio/midi", "mid"),
    ("audio/mp4", "m4a m4b"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "oga ogg opus"),
    ("audio/wav", "wav"),
    ("audio/webm", "weba"),
    ("audio/x-ms-wma", "wma"),
    ("image/avif", "avif"),
    ("image/bmp", "bmp"),
    ("image/gif", "gif"),
    ("image/heic", "heic"),
    ("image/jpeg", "jpeg jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tif tiff"),
    ("image/webp", "webp"),
    ("video/3gpp", "3gp"),
    ("video/mp4", "m4v mp4"),
    ("video/mpeg", "mpeg mpg"),
    ("video/ogg", "ogv"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("video/x-flv", "flv"),
    ("video/x-matroska", "mkv"),
    ("video/x-ms-wmv", "wmv"),
    ("video/x-msvideo", "avi"),
];

/// The stated media type of a file; if it is missing or generic, the type by the file's extension.
pub(super) fn type_of(stated: Option<String>, url: &str) -> Option<String> {
    match stated.as_deref() {
        None | Some(SOME_BYTES) => type_by_name(url).map(str::to_owned).or(stated),
        Some(_) => stated,
    }
}

/// The media type of a file by its extension; `None` if the extension is missing or unknown.
fn type_by_name(url: &str) -> Option<&'static str> {
    let url = Url::parse(url).ok()?;
    let (_, end) = url.path_segments()?.next_back()?.rsplit_once('.')?;
    let is_known = |ends: &str| ends.split(' ').any(|known| known.eq_ignore_ascii_case(end));
    TYPES.iter().find(|(_, ends)| is_known(ends)).map(|(kind, _)| *kind)
}

/// Media properties with absolute addresses and plain texts; `None` if nothing is left.
pub(super) fn clean(media: Media, base: Option<&Url>) -> Option<Media> {
    let web = |url: &str| urls::stated(url, base);
    let line = |text: &str| filled(text::unclear_line(text, text::TITLE_MAX_BYTES));
    let name = |text: String| filled(text::unclear_line(&text, text::NAME_MAX_BYTES));
    let thumbnail = |it: Thumbnail| Some(Thumbnail { url: web(&it.url)?, ..it });
    let content = |it: MediaContent| {
        let (description, rating) = (it.description.as_deref().and_then(line), it.rating.and_then(name));
        Some(MediaContent { url: web(&it.url)?, description, rating })
    };
    let link = |it: MediaLink| {
        let (media_type, language) = (it.media_type.as_deref().and_then(media_type), it.language.as_deref());
        Some(MediaLink { url: web(&it.url)?, media_type, language: language.and_then(self::language) })
    };
    let person = |it: CastMember| {
        let (href, image) = (it.href.as_deref().and_then(web), it.image.as_deref().and_then(web));
        Some(CastMember { name: name(it.name)?, role: it.role.and_then(name), href, image })
    };
    let chapter = |it: Chapter| {
        let (href, image) = (it.href.as_deref().and_then(web), it.image.as_deref().and_then(web));
        Some(Chapter { start: it.start, title: name(it.title)?, href, image })
    };
    let media = Media {
        image: media.image.as_deref().and_then(web),
        thumbnails: media.thumbnails.into_iter().filter_map(thumbnail).take(LINKS_MAX).collect(),
        episode_type: media.episode_type.map(|kind| text::fold(&kind, text::NAME_MAX_BYTES)),
        rating: media.rating.and_then(name),
        contents: media.contents.into_iter().filter_map(content).take(EACH_MAX).collect(),
        transcripts: media.transcripts.into_iter().filter_map(link).take(EACH_MAX).collect(),
        chapters: media.chapters.and_then(link),
        chapter_list: media.chapter_list.into_iter().filter_map(chapter).take(CHAPTERS_MAX).collect(),
        people: media.people.into_iter().filter_map(person).take(EACH_MAX).collect(),
        ..media
    };
    (media != Media::default()).then_some(media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_determines_the_type() {
        let check = |url: &str, wanted: Option<&str>| assert_eq!(type_by_name(url), wanted, "{url}");
        check("https://a.example/1.mp3", Some("audio/mpeg"));
        check("https://a.example/1.MP4?token=x.png#y", Some("video/mp4"));
        check("https://a.example/redirect.mp3/https/b.example/2.m4a", Some("audio/mp4"));
        check("https://a.example/1.mp3/", None);
        check("https://a.example/download?file=1.mp3", None);
        check("https://a.example/mp3", None);
        check("https://a.example/1.html", None);
    }

    #[test]
    fn a_stated_type_counts_unless_it_is_generic() {
        let check = |stated: Option<&str>, url: &str, wanted: Option<&str>| {
            assert_eq!(type_of(stated.map(str::to_owned), url).as_deref(), wanted, "{stated:?} {url}");
        };
        check(Some("audio/x-m4a"), "https://a.example/1.m4a", Some("audio/x-m4a"));
        check(Some(SOME_BYTES), "https://a.example/1.mp3", Some("audio/mpeg"));
        check(Some(SOME_BYTES), "https://a.example/1.bin", Some(SOME_BYTES));
        check(None, "https://a.example/1.bin", None);
    }

    #[test]
    fn known_types_are_sorted_and_unique() {
        assert!(TYPES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut ends: Vec<&str> = TYPES.iter().flat_map(|(_, ends)| ends.split(' ')).collect();
        ends.sort_unstable();
        assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
