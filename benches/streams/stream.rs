//! Streams of feeds with known truth: a category of every item names the piece that it copies and the way in which the copy was
//! made. The program's own stages read, clean and store the feeds; then the results are counted.

use std::collections::{BTreeMap, HashMap, HashSet};

#[path = "record.rs"]
pub mod record;

use watershed::entry;
use watershed::model::{Identity, SourceId, Timestamp};
use watershed::read;
use watershed::store::{PollRecord, SourceKey, Store};
use watershed::stories::StoryOptions;

/// 2026-11-01T00:00:00Z.
pub const BEGIN: i64 = 1_793_491_200;
/// Time between two rounds of polls, in seconds.
pub const ROUND: i64 = 6 * 3_600;

/// A random number generator with the same numbers on every machine.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// An item of a feed, and the truth about it.
#[derive(Debug, Clone)]
pub struct Item {
    pub piece: usize,
    /// How the copy was made.
    pub kind: &'static str,
    pub title: String,
    pub html: String,
    pub link: String,
    /// `None` for an item without a guid.
    pub guid: Option<String>,
    /// Seconds since 1970.
    pub at: i64,
    /// Further elements (RSS only).
    pub more: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Rss,
    Rdf,
    Atom,
    Json,
}

/// A source, with the items that it lists at each round.
#[derive(Debug, Clone)]
pub struct Feed {
    pub name: String,
    pub format: Format,
    pub rounds: Vec<Vec<Item>>,
}

/// The result of a stream.
#[derive(Debug, Default)]
pub struct Score {
    pub entries: usize,
    pub pieces: usize,
    /// Copies in other sources than the source of the piece's first entry, and the number of these that are in its story.
    pub copies: usize,
    pub suppressed: usize,
    /// Entries in the story of another piece.
    pub wrong: usize,
    /// Pieces that disappeared, because all their entries are in stories of other pieces.
    pub lost: usize,
    /// Surplus entries, because a piece was stored more than once in a source.
    pub twice: usize,
    /// Items that were not stored.
    pub missing: usize,
    /// For each kind, the number of copies, and of copies that were recognised.
    pub kinds: BTreeMap<String, (usize, usize)>,
    /// Copies that were not recognised, as (kind, title).
    pub leaks: Vec<(String, String)>,
    /// Wrongly joined copies, as (kind, title, title of the piece that leads the story).
    pub wrongs: Vec<(String, String, String)>,
}

impl Score {
    pub fn precision(&self) -> f64 {
        let joined = self.suppressed + self.wrong;
        if joined == 0 { 1.0 } else { self.suppressed as f64 / joined as f64 }
    }

    pub fn recall(&self) -> f64 {
        if self.copies == 0 { 1.0 } else { self.suppressed as f64 / self.copies as f64 }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn date(at: i64) -> String {
    // `Timestamp` displays as RFC 3339, which readers of every format accept.
    Timestamp::from_unix(at).to_string()
}

/// The document of a source at a round.
pub fn document(feed: &Feed, items: &[Item]) -> Vec<u8> {
    let site = format!("https://{}.example/", feed.name);
    let truth = |item: &Item| format!("{}/{}", item.piece, item.kind);
    let name = &feed.name;
    let each = |write: &dyn Fn(&Item) -> String| items.iter().map(write).collect::<String>();
    let text = match feed.format {
        Format::Rss => {
            let items = each(&|item| {
                let guid = item.guid.as_ref().map(|id| format!("<guid isPermaLink=\"false\">{}</guid>", escape(id)));
                format!(
                    "<item><title>{}</title><link>{}</link>{}<pubDate>{}</pubDate><category>{}</category>\
                     <description>{}</description>{}</item>",
                    escape(&item.title),
                    escape(&item.link),
                    guid.unwrap_or_default(),
                    date(item.at),
                    truth(item),
                    escape(&item.html),
                    item.more
                )
            });
            format!("<rss version=\"2.0\"><channel><title>{name}</title><link>{site}</link>{items}</channel></rss>")
        }
        Format::Rdf => {
            let items = each(&|item| {
                format!(
                    "<item rdf:about=\"{}\"><title>{}</title><link>{}</link><dc:date>{}</dc:date><dc:subject>{}</dc:subject>\
                     <content:encoded><![CDATA[{}]]></content:encoded></item>",
                    escape(item.guid.as_ref().unwrap_or(&item.link)),
                    escape(&item.title),
                    escape(&item.link),
                    date(item.at),
                    truth(item),
                    item.html.replace("]]>", "")
                )
            });
            format!(
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
                 <channel rdf:about=\"{site}\"><title>{name}</title><link>{site}</link></channel>{items}</rdf:RDF>"
            )
        }
        Format::Atom => {
            let entries = each(&|item| {
                format!(
                    "<entry><title>{}</title><link href=\"{}\"/><id>{}</id><updated>{}</updated><category term=\"{}\"/>\
                     <content type=\"html\">{}</content></entry>",
                    escape(&item.title),
                    escape(&item.link),
                    escape(item.guid.as_ref().unwrap_or(&item.link)),
                    date(item.at),
                    truth(item),
                    escape(&item.html)
                )
            });
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{name}</title><id>{site}</id>\
                 <updated>2026-11-01T00:00:00Z</updated>{entries}</feed>"
            )
        }
        Format::Json => {
            let items: Vec<serde_json::Value> = items
                .iter()
                .map(|item| {
                    serde_json::json!({
                        "id": item.guid.as_ref().unwrap_or(&item.link), "url": item.link, "title": item.title,
                        "content_html": item.html, "date_published": date(item.at), "tags": [truth(item)],
                    })
                })
                .collect();
            let version = "https://jsonfeed.org/version/1.1";
            serde_json::json!({"version": version, "title": name, "home_page_url": site, "items": items}).to_string()
        }
    };
    text.into_bytes()
}

/// Polls all sources round by round, and counts the results.
pub async fn run(feeds: &[Feed], options: StoryOptions) -> Score {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("watershed.db");
    let store = Store::open(&path, [7; 16], Timestamp::from_unix(BEGIN)).expect("a new database opens");
    let key = |feed: &Feed| SourceKey { name: feed.name.clone(), named: true, url: address(feed) };
    let keys = feeds.iter().map(key).collect();
    let configured = store.configure(keys, Timestamp::from_unix(BEGIN)).await;
    let ids: Vec<SourceId> = configured.expect("sources can be registered");
    let rounds = feeds.iter().map(|feed| feed.rounds.len()).max().unwrap_or(0);
    for round in 0..rounds {
        let now = BEGIN + (round as i64 + 1) * ROUND;
        for (feed, id) in feeds.iter().zip(&ids) {
            if let Some(items) = feed.rounds.get(round) {
                let record = record(feed, *id, &document(feed, items), items.len(), options, now);
                let effect = record::store(&store, record).await;
                assert!(effect.tally.adds_up(), "{}: {:?}", feed.name, effect.tally);
            }
        }
    }
    drop(store);
    score(feeds, &ids, &path)
}

fn address(feed: &Feed) -> String {
    format!("https://{}.example/feed", feed.name)
}

/// A poll of a source, as the stages send it to the store.
pub fn record(feed: &Feed, source: SourceId, body: &[u8], items: usize, stories: StoryOptions, now: i64) -> PollRecord {
    let url = address(feed);
    let document = read::Document { body, content_type: None, url: &url, max_entries: 5_000 };
    let (parsed, _) = read::read(&document).expect("it is a feed");
    assert_eq!(parsed.items.len(), items, "every item of {} is read", feed.name);
    let context = entry::Context { base: &url, now: Timestamp::from_unix(now), identity: Identity::Auto };
    let feed = entry::clean(parsed, &context).0;
    let document = record::document(&url, feed, items, false);
    record::record(source, url, now, document, stories)
}

/// A stored entry, with the truth about it.
struct Stored {
    id: i64,
    source: i64,
    story: i64,
    title: String,
    piece: usize,
    kind: String,
}

fn stored(path: &std::path::Path) -> Vec<Stored> {
    let connection = rusqlite::Connection::open(path).expect("the database opens");
    let mut statement = connection
        .prepare(
            "SELECT id, source, story, title, details FROM entry JOIN entry_text ON entry_text.entry = id ORDER BY id",
        )
        .expect("entries can be read");
    let rows = statement.query_map([], |row| {
        let details: String = row.get(4)?;
        let details: serde_json::Value = serde_json::from_str(&details).unwrap_or_default();
        let truth = details["categories"][0]["term"].as_str().unwrap_or_default().to_owned();
        let (piece, kind) = truth.split_once('/').unwrap_or_default();
        Ok(Stored {
            id: row.get(0)?,
            source: row.get(1)?,
            story: row.get(2)?,
            title: row.get(3)?,
            piece: piece.parse().unwrap_or(usize::MAX),
            kind: kind.to_owned(),
        })
    });
    rows.expect("entries can be read").map(|row| row.expect("a row")).collect()
}

fn score(feeds: &[Feed], ids: &[SourceId], path: &std::path::Path) -> Score {
    let entries = stored(path);
    let by_id: HashMap<i64, &Stored> = entries.iter().map(|entry| (entry.id, entry)).collect();
    let mut score = Score { entries: entries.len(), ..Score::default() };
    let mut there: HashMap<(i64, usize), usize> = HashMap::new();
    let mut first: HashMap<usize, i64> = HashMap::new();
    let mut standing: HashSet<usize> = HashSet::new();
    for entry in &entries {
        let again = there.entry((entry.source, entry.piece)).or_default();
        *again += 1;
        if *again > 1 {
            score.twice += 1;
            continue;
        }
        let lead = by_id[&entry.story];
        let right = lead.piece == entry.piece;
        if right {
            standing.insert(entry.piece);
        } else {
            score.wrong += 1;
            score.wrongs.push((entry.kind.clone(), entry.title.clone(), lead.title.clone()));
        }
        match first.get(&entry.piece) {
            None => _ = first.insert(entry.piece, entry.id),
            Some(_) => {
                let kind = score.kinds.entry(entry.kind.clone()).or_default();
                kind.0 += 1;
                score.copies += 1;
                if right && entry.story != entry.id {
                    kind.1 += 1;
                    score.suppressed += 1;
                } else if right {
                    score.leaks.push((entry.kind.clone(), entry.title.clone()));
                }
            }
        }
    }
    let sent: HashSet<(i64, usize)> = feeds
        .iter()
        .zip(ids)
        .flat_map(|(feed, id)| feed.rounds.iter().flatten().map(|item| (id.0, item.piece)))
        .collect();
    score.pieces = sent.iter().map(|(_, piece)| *piece).collect::<HashSet<_>>().len();
    score.missing = sent.iter().filter(|it| !there.contains_key(it)).count();
    score.lost = score.pieces - standing.len();
    score
}
