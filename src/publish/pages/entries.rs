//! Entries as pages show them: by day, with as much of their texts as a page may have.

use std::cmp::Reverse;

use super::StoryCopy;
use super::context::{
    AuthorContext, CopyContext, DayContext, EntryContext, Html, MediaContext, StoryContext, VersionContext,
};
use super::maker::Maker;
use super::markup;
use super::words::local;
use crate::model::{PlainText, WebUrl};
use crate::publish::parts::{Enclosure, Person, Thumbnail};
use crate::publish::{Shown, ShownCopy};
use crate::text::excerpt;
use crate::text::html::{TextPart, TextParts};
use crate::text::percent;

/// Most characters of an excerpt.
const EXCERPT_CHARS: usize = 320;
/// Bytes of a content up to which it is shown without being folded.
const SHORT_BYTES: usize = 1_500;
/// Bytes of all contents of a page of entries. A page with so much text takes less than 50 kB when it is sent.
pub const TEXTS_BYTES: usize = 96 * 1024;
/// Characters that a person reads in a minute: a letter of an alphabet counts one, any other character two.
const CHARS_A_MINUTE: u64 = 1_100;
/// Most authors, categories and files of an entry on a page.
const AUTHORS_MAX: usize = 5;
const CATEGORIES_MAX: usize = 12;
const FILES_MAX: usize = 12;
/// The level of an entry's title: the title of a page of a story, or of an entry below the heading of its day.
const STORY_LEVEL: usize = 1;
const ENTRY_LEVEL: usize = 3;
/// Most characters of the name of a file.
const NAME_CHARS: usize = 80;

impl Maker<'_> {
    /// The entries by day, the newest first. `page` is the address of the page.
    pub(super) fn days(&self, page: &str, shown: &[Shown]) -> Vec<DayContext> {
        let most = longest_shown(shown.iter().filter_map(|entry| Some(entry.content.as_ref()?.len())), TEXTS_BYTES);
        let mut sorted: Vec<&Shown> = shown.iter().collect();
        sorted.sort_by_key(|entry| Reverse(entry.published));
        let theme = self.frame.theme;
        let mut days: Vec<DayContext> = Vec::new();
        for entry in sorted {
            let at = local(entry.published, theme.time_zone);
            let date = at.format("%Y-%m-%d").to_string();
            let shown = self.entry(page, entry, Some(most));
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.entries.push(shown),
                None => days.push(DayContext { date, label: theme.words().shown("day", &at), entries: vec![shown] }),
            }
        }
        days
    }

    pub(super) fn story(&self, page: &str, lead: &Shown, copies: &[StoryCopy]) -> StoryContext {
        let version =
            |copy: &StoryCopy| VersionContext { entry: self.excerpted(page, &copy.shown), is_lead: copy.is_lead };
        StoryContext { entry: self.entry(page, lead, None), copies: copies.iter().map(version).collect() }
    }

    /// An entry without its content.
    pub(super) fn excerpted(&self, page: &str, shown: &Shown) -> EntryContext {
        self.entry(page, shown, Some(0))
    }

    /// An entry with its content, if that has at most `most` bytes; without `most`, its whole content, which is not folded.
    fn entry(&self, page: &str, shown: &Shown, most: Option<usize>) -> EntryContext {
        let theme = self.frame.theme;
        let anchor = format!("e{}", blake3::hash(shown.id.as_bytes()).to_hex().get(..10).unwrap_or_default());
        let story = (!shown.copies.is_empty() && !self.is_closed)
            .then(|| self.address(&format!("/story/{}.html", percent::encoded(&shown.story))));
        let published = local(shown.published, theme.time_zone);
        let updated = local(shown.updated, theme.time_zone);
        let is_later = updated.date_naive() > published.date_naive();
        let (name, title) = match shown.sources.first() {
            Some((name, title)) => (name.as_str(), title.as_str()),
            // The source of an incident of the whole installation is the feed itself.
            None => ("", shown.source.title.as_str()),
        };
        let origin = Some(shown.source.title.clone()).filter(|origin| **origin != *title && !origin.is_empty());
        // An entry from elsewhere does not link the site of its source.
        let site = shown.source.site.as_deref().filter(|_| origin.is_none());
        let mut source = self.source_on(page, name, title, site, shown.icon.as_deref());
        if shown.sources.is_empty() {
            source.page = page.to_owned();
        }
        let text = text_of(shown, most);
        let is_told = |author: &&Person| author.name != source.title && Some(&author.name) != origin.as_ref();
        let author = |author: &Person| AuthorContext { name: author.name.clone(), url: author.uri.clone() };
        let authors = shown.authors.iter().filter(is_told).take(AUTHORS_MAX).map(author).collect();
        let categories = shown.categories.iter().map(|it| it.label.as_ref().unwrap_or(&it.term).clone());
        EntryContext {
            permalink: story.clone().unwrap_or_else(|| format!("{page}#{anchor}")),
            anchor,
            title: shown.title.clone(),
            link: shown.link.clone(),
            story,
            time: shown.published.to_rfc3339(),
            date: theme.words().shown("date", &published),
            at: theme.words().shown("time", &published),
            updated: is_later.then(|| theme.words().shown("date", &updated)),
            origin,
            authors,
            categories: categories.take(CATEGORIES_MAX).collect(),
            copies: self.copies(page, shown),
            excerpt: text.excerpt,
            content: text.content,
            is_long: text.is_long,
            is_wide: text.is_wide,
            minutes: text.minutes,
            lang: shown.language.clone(),
            rights: shown.rights.clone(),
            media: media(shown),
            picture: picture(shown),
            source,
        }
    }

    fn copies(&self, page: &str, shown: &Shown) -> Vec<CopyContext> {
        let copy = |copy: &ShownCopy| CopyContext {
            title: copy.title.clone(),
            link: copy.link.clone(),
            source: self.source_on(page, &copy.source, &copy.source_title, None, copy.icon.as_deref()),
        };
        shown.copies.iter().map(copy).collect()
    }
}

/// The part of an entry's text that is shown.
struct TextOf {
    excerpt: Option<String>,
    content: Option<Html>,
    is_long: bool,
    is_wide: bool,
    minutes: u64,
}

fn text_of(shown: &Shown, most: Option<usize>) -> TextOf {
    let content = shown.content.as_deref().unwrap_or_default();
    let excerpt = match &shown.summary {
        Some(summary) => excerpt::of_text(summary, EXCERPT_CHARS),
        None => excerpt::of_html(content, EXCERPT_CHARS),
    };
    let level = if most.is_none() { STORY_LEVEL } else { ENTRY_LEVEL };
    // A summary that only repeats the title means that the entry has no text.
    let excerpt = Some(excerpt).filter(|text| !text.is_empty() && **text != *shown.title);
    let is_whole = content.is_empty() && excerpt.as_deref().is_none_or(|text| !text.ends_with('…'));
    TextOf {
        is_long: (most.is_some() && excerpt.is_some() && content.len() > SHORT_BYTES)
            || (content.is_empty() && !is_whole),
        content: (!content.is_empty() && most.is_none_or(|most| content.len() <= most))
            .then(|| Html::trusted(&markup::fitted(content, level))),
        is_wide: content.contains("<table"),
        minutes: minutes(content),
        excerpt,
    }
}

/// The longest content that a page shows, so that its contents have at most `budget` bytes together: short texts come before
/// long texts, because more readers read them to the end.
fn longest_shown(lengths: impl Iterator<Item = usize>, budget: usize) -> usize {
    let mut lengths: Vec<usize> = lengths.collect();
    lengths.sort_unstable();
    let mut left = budget;
    let fits = |length: &&usize| match left.checked_sub(**length) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    let fitting = lengths.iter().take_while(fits).count();
    // Contents of the same length are all shown or all left out.
    let first_left_out = lengths.get(fitting);
    let shown =
        lengths.iter().take(fitting).rev().find(|length| first_left_out.is_none_or(|left_out| *length < left_out));
    shown.copied().unwrap_or_default()
}

/// Minutes to read the text of sanitised HTML, at least 1.
fn minutes(html: &str) -> u64 {
    // From U+2E80 on, most characters are syllables or words.
    let weight = |character: char| if character >= '\u{2e80}' { 2_u64 } else { 1 };
    let chars = TextParts::new(html).map(|part| match part {
        TextPart::Text(text) => text.chars().map(weight).sum::<u64>(),
        TextPart::Line | TextPart::Tag(_) => 0,
    });
    ((chars.sum::<u64>() + CHARS_A_MINUTE / 2) / CHARS_A_MINUTE).max(1)
}

/// The attached files.
fn media(shown: &Shown) -> Vec<MediaContext> {
    let all = || shown.enclosures.iter().take(FILES_MAX);
    let played = all().filter(|it| ["audio", "video"].contains(&kind_of(it))).count();
    let details = shown.media.as_ref();
    // The duration is that of the entry, so it belongs to a file only if the entry has a single file.
    let duration = details.and_then(|details| details.duration).filter(|_| played == 1);
    let file = |it: &Enclosure| {
        let kind = kind_of(it);
        MediaContext {
            kind,
            url: it.url.clone(),
            name: name_of(&it.url),
            media_type: it.media_type.clone(),
            length: it.length.filter(|length| *length > 0),
            size: it.length.and_then(size),
            duration: duration.filter(|_| kind == "audio" || kind == "video").map(clock),
            poster: details.and_then(|details| details.image.clone()).filter(|_| kind == "video"),
        }
    };
    all().map(file).collect()
}

fn kind_of(enclosure: &Enclosure) -> &'static str {
    let media_type = enclosure.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    // A magnet link is opened by another program, whatever the type of its target.
    let is_web = enclosure.url.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("http"));
    match media_type.split('/').next() {
        Some("audio") if is_web => "audio",
        Some("video") if is_web => "video",
        Some("image") if is_web => "picture",
        _ => "file",
    }
}

/// The name of the file at an address: the last part of its path, or the host.
fn name_of(address: &str) -> PlainText {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(address);
    let name = PlainText::some_line(&percent::decoded_as_far_as_possible(last));
    name.unwrap_or_else(|| PlainText::line(last)).shortened(NAME_CHARS)
}

/// A size as people say it: `39 MB`. Publishers write 0 or 1 for a size that they do not know.
pub(super) fn size(bytes: u64) -> Option<String> {
    match bytes {
        0..=999 => None,
        1_000..=999_999 => Some(format!("{} kB", bytes / 1_000)),
        1_000_000..=999_999_999 => Some(format!("{} MB", bytes / 1_000_000)),
        _ => Some(format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10)),
    }
}

/// Seconds as a clock shows them.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A picture for an entry whose text has no picture and which has no film.
fn picture(shown: &Shown) -> Option<Thumbnail> {
    let content = shown.content.as_deref().unwrap_or_default();
    let has_own = ["<img", "<video", "<picture"].iter().any(|tag| content.contains(tag));
    if has_own || shown.enclosures.iter().any(|it| kind_of(it) == "video") {
        return None;
    }
    let media = shown.media.as_ref();
    let largest = media.and_then(|media| media.thumbnails.iter().max_by_key(|it| it.width.unwrap_or_default()));
    let only_address = |url: WebUrl| Thumbnail { url, width: None, height: None };
    let attached =
        || shown.enclosures.iter().find(|it| kind_of(it) == "picture").map(|it| only_address(it.url.clone()));
    let stated = || media.and_then(|media| media.image.clone()).map(only_address);
    largest.cloned().or_else(attached).or_else(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_those_of_the_text_that_a_person_reads() {
        let check = |html: &str, wanted: u64| {
            let begin: String = html.chars().take(40).collect();
            assert_eq!(minutes(html), wanted, "{begin}");
        };
        check("", 1);
        // Half a minute and more counts as a minute.
        check(&"a".repeat(1_649), 1);
        check(&"a".repeat(1_650), 2);
        check(&"<b>ä</b><br>".repeat(1_649), 1);
        // A reference is one character.
        check(&"&amp;".repeat(1_649), 1);
        check(&"&#128512;".repeat(824), 1);
        check(&"&#128512;".repeat(825), 2);
        // What stands in a tag is not read, even behind a `>`.
        check(&format!("<img alt=\"{}\">a", "b > c ".repeat(1_000)), 1);
        check(&format!("<!-- {} -->a", "b > c ".repeat(1_000)), 1);
        check("1 < 2 and 3 > 2", 1);
        // Scripts without spaces between words.
        check(&"今".repeat(824), 1);
        check(&"今".repeat(825), 2);
    }
}
