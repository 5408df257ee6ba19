//! The part of an entry that is compared: made once for each version of its text, and stored as bytes.

use url::Url;

use super::address;
use super::boilerplate::Boilerplate;
use super::bytes::{Reader, Writer};
use super::marks::FoundBy;
use super::words::{LEAD_RUNS, Sign, WORDS_MAX, Words, signs, voiced};
use super::{digest, text_of};
use crate::model::{CleanEntry, Enclosure, EntryDetails, KeyKind, Timestamp};
use crate::text::letters::{is_accent, is_unparted, is_voice_mark};

/// A text with fewer words counts as no text; words of addresses and digests are not counted.
const BODY_WORDS: usize = 20;
/// Least number of words and letters of a headline that may stand for a piece.
const HEADLINE_WORDS: usize = 5;
const HEADLINE_CHARACTERS: usize = 24;
/// Least number of words and letters of a headline by which a candidate may be found, if the texts agree.
const HEADLINE_WORDS_LEAST: usize = 3;
const HEADLINE_CHARACTERS_LEAST: usize = 12;
const LETTERS_OF_A_CHARACTER: usize = 3;
/// Shorter ids are ignored, because they may be equal by chance.
const ID_CHARACTERS: usize = 12;
/// Least length in bytes of a file name that is not equal to another file name by chance.
const FILE_NAME_TELLING: usize = 12;
/// One in this many runs becomes a mark: at the beginning of a text, and in the rest.
const MARK_LEAD: u32 = 4;
const MARK_REST: u32 = 24;
const MARKS_MAX: usize = 64;
/// Version of the stored form. It must be raised when pieces are made or written differently, so that stored
/// pieces are made again.
const FORMAT: u8 = 2;
/// Most links, enclosures and title words of a stored piece that are read.
const LIST_MAX: usize = WORDS_MAX;

/// The part of an entry that is compared. Addresses, ids and names are digests.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Piece {
    pub(super) title: Words,
    pub headline: Headline,
    /// The headline without the name of the site behind it.
    pub(super) bare_headline: Headline,
    pub(super) body: Words,
    /// Number of the text's words that belong neither to an address nor to a digest.
    said: usize,
    /// The runs in the order of the text.
    pub(super) runs: Vec<u32>,
    /// The runs sorted, each once.
    pub(super) distinct: Vec<u32>,
    /// The canonical URLs of its address and of the address behind a redirector.
    pub links: Vec<u64>,
    pub(super) hint: Option<u64>,
    /// Its declared id, if it is long enough to identify it.
    pub(super) id: Option<u64>,
    /// Whether the id equals the address, so that the address is enough to find it.
    id_is_link: bool,
    pub(super) enclosures: Vec<u64>,
    /// When it appeared, in seconds.
    pub(super) at: i64,
}

/// A title as the digest of its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Headline {
    pub(super) digest: u64,
    /// Whether it has no words at all.
    pub(super) is_empty: bool,
    /// Whether it is long enough to find a candidate by, if the texts agree.
    is_findable: bool,
    /// Whether it is long enough to stand for a piece.
    pub(super) is_telling: bool,
}

impl Headline {
    /// The key by which entries with this headline are found.
    pub fn key(self) -> FoundBy {
        FoundBy::Key(self.digest)
    }

    fn of(title: &str) -> Headline {
        let folded = folded(title);
        Headline {
            digest: digest(&format!("headline {folded}")),
            is_empty: folded.is_empty(),
            is_findable: is_long(&folded, HEADLINE_WORDS_LEAST, HEADLINE_CHARACTERS_LEAST),
            is_telling: is_long(&folded, HEADLINE_WORDS, HEADLINE_CHARACTERS),
        }
    }
}

/// The data from which a piece is made.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub title: &'a str,
    pub summary: &'a str,
    /// Sanitised HTML.
    pub content: &'a str,
    pub link: Option<&'a str>,
    pub declared_id: Option<&'a str>,
    pub details: &'a EntryDetails,
    pub at: Timestamp,
    /// Whether several entries of its document have its address, so that the address does not identify any of them.
    pub is_link_shared: bool,
}

impl<'a> Told<'a> {
    /// An entry that has only a title and a text, for tests.
    #[cfg(test)]
    pub(super) fn only(title: &'a str, text: &'a str, details: &'a EntryDetails) -> Told<'a> {
        Told {
            title,
            summary: text,
            content: "",
            link: None,
            declared_id: None,
            details,
            at: Timestamp::from_unix(0),
            is_link_shared: false,
        }
    }

    /// From an entry of a document.
    pub fn of(entry: &'a CleanEntry, at: Timestamp) -> Told<'a> {
        Told {
            title: &entry.title,
            summary: &entry.summary,
            content: &entry.content,
            link: entry.link.as_deref(),
            declared_id: entry.declared_id.as_deref(),
            details: &entry.details,
            at,
            is_link_shared: entry.keys.iter().any(|key| key.shared && key.kind == KeyKind::Link),
        }
    }
}

impl Piece {
    pub fn of(told: &Told<'_>) -> Piece {
        let body = Words::of(&text_of(if told.content.is_empty() { told.summary } else { told.content }));
        let links = [told.link, told.details.original_link.as_deref()];
        let links = links.into_iter().flatten().filter(|_| !told.is_link_shared);
        let links: Vec<Url> = links.filter_map(|link| Url::parse(link).ok()).collect();
        let link_digest = |place: String| digest(&format!("link {place}"));
        let id = told.declared_id.filter(|id| id.chars().count() >= ID_CHARACTERS);
        let enclosures = told.details.enclosures.iter().filter(|it| is_sound_or_film(it));
        let headline = Headline::of(told.title);
        let bare = without_site(told.title);
        let bare_headline = if bare.len() == told.title.len() { headline } else { Headline::of(bare) };
        let mut piece = Piece {
            title: Words::of(told.title),
            headline,
            bare_headline,
            links: links.iter().filter_map(address::identity_of).map(link_digest).collect(),
            hint: links.last().and_then(address::hint_of).map(link_digest),
            id: id.map(|id| digest(&format!("id {id}"))),
            id_is_link: false,
            enclosures: enclosures.map(|it| digest(file_name(&it.url))).collect(),
            at: told.at.unix(),
            ..Piece::with_body(body)
        };
        let id_place = id.and_then(address::identity).map(link_digest);
        piece.id_is_link = id_place.is_some_and(|place| piece.links.contains(&place));
        piece
    }

    fn with_body(body: Words) -> Piece {
        let runs = body.runs();
        let mut distinct = runs.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Piece { said: body.said(), body, runs, distinct, ..Piece::default() }
    }

    /// Its marks: a sample of its runs without boilerplate, denser at the beginning.
    pub fn marks(&self, boilerplate: &Boilerplate) -> Vec<u32> {
        let mut marks: Vec<u32> = Vec::new();
        for (at, run) in self.runs.iter().filter(|run| !boilerplate.has(**run)).enumerate() {
            let one_in = if at < LEAD_RUNS { MARK_LEAD } else { MARK_REST };
            if run.is_multiple_of(one_in) && marks.len() < MARKS_MAX {
                marks.push(*run);
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// The digests by which it is found in other sources: its addresses, its id, its headlines.
    pub fn keys(&self) -> Vec<u64> {
        // In most cases an address equals its hint and its id, so that one key is enough.
        let id = self.id.filter(|_| !self.id_is_link);
        let headlines = self.findable().into_iter().map(|headline| headline.digest);
        let mut keys: Vec<u64> = self.links.iter().copied().chain(self.hint).chain(id).chain(headlines).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The same piece without the addresses for which `is_of_others` is true; `None` if it has no such address.
    #[must_use]
    pub fn without_links(&self, is_of_others: impl Fn(u64) -> bool) -> Option<Piece> {
        let loses = self.links.iter().any(|link| is_of_others(*link));
        loses.then(|| {
            let mut piece = self.clone();
            piece.links.retain(|link| !is_of_others(*link));
            piece
        })
    }

    /// Sets when it appeared.
    pub fn set_at(&mut self, at: Timestamp) {
        self.at = at.unix();
    }

    /// When it appeared.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_unix(self.at)
    }

    /// Its headlines that are long enough to find it by, with and without what may be a site's name at the end.
    pub(super) fn findable(&self) -> Vec<Headline> {
        let mut both = vec![self.headline, self.bare_headline];
        both.dedup();
        both.retain(|headline| headline.is_findable);
        both
    }

    /// The headline that both have. At least one of the two must have it without anything behind it, because two titles
    /// that differ at their ends belong to two pieces.
    pub fn common_headline(&self, other: &Piece) -> Option<Headline> {
        let theirs = other.findable();
        let is_whole = |it: &Headline| *it == self.headline || *it == other.headline;
        self.findable().into_iter().find(|it| theirs.contains(it) && is_whole(it))
    }

    /// Whether it has a text beside its title.
    pub fn has_body(&self) -> bool {
        self.said >= BODY_WORDS
    }

    pub(super) fn word_count(&self) -> usize {
        self.body.words.len()
    }

    /// Whether both have sound or films and share no file.
    pub(super) fn sounds_unlike(&self, other: &Piece) -> bool {
        !self.enclosures.is_empty()
            && !other.enclosures.is_empty()
            && !self.enclosures.iter().any(|it| other.enclosures.contains(it))
    }

    /// Whether it has sound or films.
    pub fn has_sound(&self) -> bool {
        !self.enclosures.is_empty()
    }

    /// The stored form. Runs are not stored, because making them from the words costs less than reading them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new(64 + 4 * (self.body.words.len() + self.title.words.len()));
        writer.byte(FORMAT);
        writer.long(self.at.cast_unsigned());
        for headline in [self.headline, self.bare_headline] {
            writer.long(headline.digest);
            writer.flags([headline.is_empty, headline.is_findable, headline.is_telling]);
        }
        writer.flags([self.id_is_link, self.title.is_unparted, self.body.is_unparted]);
        for list in [&self.title.words, &self.title.counters, &self.title.numbers, &self.body.numbers, &self.body.words]
        {
            writer.words(list);
        }
        writer.longs(&self.links);
        writer.longs(self.hint.as_slice());
        writer.longs(self.id.as_slice());
        writer.longs(&self.enclosures);
        writer.finish()
    }

    /// Reads what [`Piece::to_bytes`] wrote; `None` for bytes of another format version and for damaged bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Piece> {
        let mut reader = Reader::new(bytes, LIST_MAX);
        if reader.byte()? != FORMAT {
            return None;
        }
        let at = reader.long()?.cast_signed();
        let mut headline = || {
            let digest = reader.long()?;
            let [is_empty, is_findable, is_telling] = reader.flags()?;
            Some(Headline { digest, is_empty, is_findable, is_telling })
        };
        let (headline, bare_headline) = (headline()?, headline()?);
        let [id_is_link, is_title_unparted, is_body_unparted] = reader.flags()?;
        let title = Words {
            words: reader.words()?,
            counters: reader.words()?,
            numbers: reader.words()?,
            is_unparted: is_title_unparted,
        };
        let numbers = reader.words()?;
        let body = Words { words: reader.words()?, numbers, counters: Vec::new(), is_unparted: is_body_unparted };
        Some(Piece {
            title,
            headline,
            bare_headline,
            links: reader.longs()?,
            hint: reader.longs()?.pop(),
            id: reader.longs()?.pop(),
            id_is_link,
            enclosures: reader.longs()?,
            at,
            ..Piece::with_body(body)
        })
    }
}

/// Whether an enclosure is sound or film. Pictures do not count, because each source chooses its own picture for a
/// piece.
pub(super) fn is_sound_or_film(enclosure: &Enclosure) -> bool {
    // A magnet link names its file only in the query.
    if enclosure.url.starts_with("magnet:") {
        return false;
    }
    let kind = enclosure.media_type.as_deref().unwrap_or_default();
    let name = file_name(&enclosure.url).to_ascii_lowercase();
    let ends = [".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".aac", ".webm", ".mov"];
    kind.starts_with("audio/") || kind.starts_with("video/") || ends.iter().any(|end| name.ends_with(end))
}

/// The name of the file. Redirectors stand before an address and signatures behind it, but the name stays the same.
fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    // `1.mp3` is too common to identify a file.
    if name.len() >= FILE_NAME_TELLING { name } else { path }
}

/// Whether a headline is long enough. In scripts without spaces between words, a character counts as several letters.
fn is_long(headline: &str, words: usize, characters: usize) -> bool {
    let unparted = headline.chars().filter(|character| is_unparted(*character)).count();
    let length = headline.chars().count() + unparted * (LETTERS_OF_A_CHARACTER - 1);
    headline.split(' ').count() + unparted >= words && length >= characters
}

/// A title without the name of the site behind it.
fn without_site(title: &str) -> &str {
    let dash = [" - ", " | ", " – ", " — "].iter().filter_map(|dash| title.rfind(dash)).max();
    dash.map_or(title, |at| &title[..at])
}

/// The normalised words of a title, separated by blanks. Unlike in texts, words also end at apostrophes, at joiners,
/// and at the marks of Thai, Lao, Khmer and Burmese that are not letters, because digests of headlines are stored in
/// that form.
fn folded(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    // Whether the next letter begins a word.
    let mut is_apart = false;
    for character in title.chars() {
        if character.is_ascii_alphanumeric() {
            part(&mut out, &mut is_apart);
            out.push(character.to_ascii_lowercase());
        } else if !character.is_ascii() && (character.is_alphanumeric() || is_voice_mark(character)) {
            signs(character, |sign| match sign {
                Sign::Letter(letter) | Sign::Word(letter) => {
                    part(&mut out, &mut is_apart);
                    out.push(letter);
                }
                Sign::VoiceMark(mark) => voice(&mut out, mark),
                Sign::Other => is_apart = true,
            });
        } else if !is_accent(character) {
            is_apart = true;
        }
    }
    out
}

/// Separates two words of a title, if the next one begins.
fn part(out: &mut String, is_apart: &mut bool) {
    if std::mem::take(is_apart) && !out.is_empty() {
        out.push(' ');
    }
}

/// Applies a voicing mark to the last syllable of a title.
fn voice(out: &mut String, mark: char) {
    if let Some(last) = out.pop() {
        out.push(char::from_u32(voiced(u32::from(last), mark)).filter(|_| is_unparted(last)).unwrap_or(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_as_they_were_written() {
        let details = EntryDetails {
            enclosures: vec![Enclosure {
                url: "https://a.example/episode-one.mp3?sign=1".to_owned(),
                media_type: None,
                length: None,
            }],
            ..EntryDetails::default()
        };
        let check = |title: &str, content: &str| {
            let piece = Piece::of(&Told {
                title,
                summary: "",
                content,
                link: Some("https://a.example/x?utm_source=y"),
                declared_id: Some("https://a.example/x"),
                details: &details,
                at: Timestamp::from_unix(7),
                is_link_shared: false,
            });
            let mut read = Piece::from_bytes(&piece.to_bytes()).expect("it was just written");
            // Counters of a text are not stored, because only titles need them.
            read.body.counters.clone_from(&piece.body.counters);
            assert_eq!(read, piece, "{title:?}");
            assert!(piece.id_is_link && piece.enclosures.len() == 1);
        };
        check("Release 2", "<p>Sums of it: sha256 9f86d081884c7d659a2feaa0c55ad015, and https://a.example/2/notes</p>");
        check("The bridge, part 2 - The Site", "<p>One of 4 bridges fell in 2026, as v2 of the report says.</p>");
        check("橋の崩落について", "昨日の夜、町の北にある古い橋が大雨のために崩れました。");
        check("", "");
        assert_eq!(Piece::from_bytes(&[]), None);
        assert_eq!(Piece::from_bytes(&[FORMAT, 1, 2]), None);
        assert_eq!(Piece::from_bytes(&Piece::default().to_bytes()[1..]), None);
    }

    #[test]
    fn headlines_are_the_same_however_they_are_set() {
        let same = |one: &str, other: &str| assert_eq!(folded(one), folded(other), "{one} | {other}");
        same("It's “here” — now", "It’s here: NOW");
        same("Café Zürich", "Cafe\u{301} ZU\u{308}RICH");
        same("Thủ đô Hà Nội", "thu\u{309} đo\u{302} ha\u{300} no\u{323}\u{302}i");
        same("한국 소식", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} 소식");
        same("ガラス２枚", "カ\u{3099}ラス2枚");
        assert_eq!(folded(" One  is - not 2! "), "one is not 2");
        assert_eq!(folded("…"), "");
        assert_ne!(folded("バス"), folded("ハス"));
    }

    #[test]
    fn addresses_alone_do_not_count_as_text() {
        let check = |content: &str, wanted: bool| {
            let details = EntryDetails::default();
            let told = Told { at: Timestamp::from_unix(7), ..Told::only("Links", content, &details) };
            assert_eq!(Piece::of(&told).has_body(), wanted, "{content}");
        };
        let word = "bridge ".repeat(20);
        check(&word, true);
        check(&word[..19 * "bridge ".len()], false);
        check(&"https://a.example/one/two/three ".repeat(9), false);
    }
}
