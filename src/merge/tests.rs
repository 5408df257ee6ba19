//! Tables of documents and the decisions on them, played against a shelf in memory.
//!
//! A row is a list of documents, which come a day apart, and for each of them a sentence that states the decisions. The
//! entries are made by [`entry::clean`](crate::entry::clean), so that their keys are those of real documents.

mod fake;
mod identity;
mod leads;
mod model;
mod moves;
mod pruned;
mod ranked;
mod revisions;
mod stories;
mod withdrawn;

use crate::merge::Site;
use crate::model::{
    Charset, Deletion, Enclosure, FeedFormat, Identity, ParsedFeed, ParsedItem, SourceId, Text, Timestamp,
};
use crate::stories::Reach;
use fake::{Fake, together};

/// 2026-11-01T00:00:00Z, the time from which the hours of items are counted.
const BEGIN: i64 = 1_793_491_200;
const HOUR: i64 = 3_600;

/// An item as its publisher writes it. An empty field is left out.
#[derive(Debug, Clone)]
struct Item {
    guid: String,
    link: String,
    title: String,
    text: String,
    hour: Option<i64>,
    sound: Option<String>,
}

/// An item that was published at this hour; a link that begins with a slash leads to a.example.
fn item(guid: &str, link: &str, title: &str, text: &str, hour: i64) -> Item {
    let link = if link.starts_with('/') { format!("https://a.example{link}") } else { link.to_owned() };
    Item { guid: guid.to_owned(), link, title: title.to_owned(), text: text.to_owned(), hour: Some(hour), sound: None }
}

impl Item {
    fn undated(self) -> Item {
        Item { hour: None, ..self }
    }

    fn with_sound(self, url: &str) -> Item {
        Item { sound: Some(url.to_owned()), ..self }
    }

    fn parsed(&self) -> ParsedItem {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let enclosure =
            |url: &String| Enclosure { url: url.clone(), media_type: Some("audio/mpeg".to_owned()), length: None };
        ParsedItem {
            declared_id: filled(&self.guid),
            link: filled(&self.link),
            title: filled(&self.title).map(Text::Plain),
            content: filled(&self.text).map(|text| Text::Html(format!("<p>{text}</p>"))),
            enclosures: self.sound.iter().map(enclosure).collect(),
            published: self.hour.map(|hour| Timestamp::from_unix(BEGIN + hour * HOUR)),
            ..ParsedItem::default()
        }
    }
}

/// A document of a source.
#[derive(Debug, Clone)]
struct Doc {
    source: SourceId,
    items: Vec<Item>,
    partial: bool,
    reach: Reach,
    /// The identity that is configured for the source.
    identity: Identity,
    /// Whether the source has `follow_deletions`.
    are_deletions_followed: bool,
    /// The entries that it says are deleted.
    deleted: Vec<Deletion>,
    /// Where the source's feed comes from, and the site that it names; both empty: unknown.
    feed: &'static str,
    named: &'static str,
}

/// A complete document of the first source.
fn doc(items: &[Item]) -> Doc {
    Doc {
        source: SourceId(1),
        items: items.to_vec(),
        partial: false,
        reach: Reach::Near,
        identity: Identity::Auto,
        are_deletions_followed: false,
        deleted: Vec::new(),
        feed: "",
        named: "",
    }
}

impl Doc {
    fn of(self, source: i64) -> Doc {
        Doc { source: SourceId(source), ..self }
    }

    fn told_apart_by(self, identity: Identity) -> Doc {
        Doc { identity, ..self }
    }

    fn served(self, feed: &'static str, named: &'static str) -> Doc {
        Doc { feed, named, ..self }
    }

    fn site(&self) -> Site {
        Site::of([self.feed], Some(self.named))
    }

    fn followed(self) -> Doc {
        Doc { are_deletions_followed: true, ..self }
    }

    /// The same document with a tombstone: the entry with this id was deleted, at an hour if one is given.
    fn deleting(self, id: &str, hour: Option<i64>) -> Doc {
        let at = hour.map(|hour| Timestamp::from_unix(BEGIN + hour * HOUR));
        Doc { deleted: vec![Deletion { id: id.to_owned(), at, comment: None }], ..self }
    }

    fn partial(self) -> Doc {
        Doc { partial: true, ..self }
    }

    fn reach(self, reach: Reach) -> Doc {
        Doc { reach, ..self }
    }

    fn parsed(&self) -> ParsedFeed {
        ParsedFeed {
            format: FeedFormat::Rss2,
            charset: Charset::default(),
            is_whole: true,
            id: None,
            title: None,
            subtitle: None,
            link: None,
            self_link: None,
            hub: None,
            cloud: None,
            icon: None,
            logo: None,
            rights: None,
            language: None,
            updated: None,
            authors: Vec::new(),
            show: None,
            freshness: None,
            skip_hours: Vec::new(),
            skip_days: Vec::new(),
            deleted: self.deleted.clone(),
            items: self.items.iter().map(Item::parsed).collect(),
        }
    }
}

/// A text of sixty words. Texts with different numbers have no word in common.
fn text(number: usize) -> String {
    (0..60).map(|at| word(number * 60 + at)).collect::<Vec<String>>().join(" ")
}

/// The same text with one word changed.
fn corrected(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    words[30] = "corrected";
    words.join(" ")
}

fn word(number: usize) -> String {
    let mut word = "x".to_owned();
    let mut rest = number;
    loop {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
        if rest == 0 {
            return word;
        }
    }
}

/// Polls the documents one after the other, and compares the decisions with the wanted sentences. Returns the shelf.
#[track_caller]
fn check(name: &str, documents: &[Doc], wanted: &[&str]) -> Fake {
    check_on(Fake::default(), name, documents, wanted)
}

/// As [`check`], with a shelf that holds something already.
#[track_caller]
fn check_on(mut shelf: Fake, name: &str, documents: &[Doc], wanted: &[&str]) -> Fake {
    let said: Vec<String> = documents.iter().map(|document| together(&shelf.poll(document, false).said)).collect();
    assert_eq!(said, wanted, "{name}");
    shelf
}
