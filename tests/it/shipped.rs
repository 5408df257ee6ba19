//! The dumps of databases that shipped versions wrote, and what was saved beside each of them.
//!
//! `tests/databases/0006.sql` is a dump of what watershed 0.1.0 stored of twelve made-up sources in all formats:
//! entries under shared ids, revised, re-keyed and hidden entries, stories that were found by link, id, address, text
//! and headline or were made and parted by hand, and a source that was removed from the configuration. `0006.toml` is
//! the configuration. `0006/` has the documents that 0.1.0 served from this database, and the facts of its entries that
//! must never change.
//!
//! `0007.sql` is the same database after 0.1.0 had migrated it to schema 0007 and had polled on, with three more
//! sources. Beside the migrated rows it has rows that 0007 itself wrote: new entries and revisions, also of migrated
//! entries; stories that were found by text, id and link, one of them with a migrated entry, or were made and parted by
//! hand; a story that a revision parted; an id that is distrusted because two entries bore it; a feed that moved; and
//! the boilerplate of sources. Of the migrated entries the dump keeps marks and texts for the newest only, as if the
//! others were past the window. `0007.toml` and `0007/` hold for it what `0006.toml` and `0006/` hold for `0006.sql`.
//!
//! `0008.sql` is that database after 0.1.0 had migrated it to schema 0008 and had polled on, with seven more sources.
//! It has rows that 0008 itself wrote: stories that another entry leads than the first stored one, because the
//! publisher listed its own entry after a collector had copied it, or because only the later entry has a text; stories
//! that their leading entry, their first stored entry or a copy has left; entries that went back to an earlier version,
//! one of them migrated, and an entry that alternates and whose later version stays published; texts that were kept
//! because they came truncated or as mojibake; entries that their source deleted, retracted, or listed again after it
//! had deleted them, and an entry that was missing from two documents; and two servers that refuse conditional
//! requests, for which the validators or `A-IM` are left out. It, too, keeps marks and texts for the newest of the
//! migrated entries only. `0008.toml` and `0008/` hold for it what `0006.toml` and `0006/` hold for `0006.sql`.
//!
//! `0009.sql` is that database after 0.1.0 had migrated it to schema 0009 and had polled on, with two more sources, one
//! of which added an entry and revised another between two polls. `0009.toml` and `0009/` hold for it what the others
//! hold.
//!
//! `0012.sql` is that database after 0.1.0 had migrated it to schema 0012 and had polled on, with two more sources. It
//! has the index for search, an incident of a source that is gone, and what is left of two entries that were pruned.
//! `0012.toml` and `0012/` hold for it what the others hold.
//!
//! `0017.sql` is that database after 0.1.0 had migrated it to schema 0017 and had polled on, with four more sources. It
//! has subscriptions at the hub of a source and at the cloud of another, which have announced entries; subscribers of
//! its own documents; receivers that were told of news, and one that fails; an open incident; what is left of two more
//! pruned entries; names that a source and an output had before; and decisions that wait for their entries. Its
//! documents name the hub. `0017.toml` and `0017/` hold for it what the others hold.
//!
//! `0018.sql` is that database after 0.1.0 had migrated it to schema 0018 and had polled on, with three more sources:
//! one whose last poll was killed before its end, one whose document is cut off and has revised an entry, and one that
//! never had a document. `0018.toml` and `0018/` hold for it what the others hold.
//!
//! `feeds/` in each folder has, under their addresses, documents of the sources that still answer, which list the
//! entries as they are stored. Up to 0012 these documents were made from the dump, because those that its entries came
//! from were not kept; they leave out two entries of the diary, which are published otherwise than the diary has them.
//! Those of 0017 and 0018 are the documents that their sources served last. Entries that their source withdrew are in
//! none.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::Value;

use crate::program::Program;

/// A dump of a database that a shipped version has written.
pub struct Shipped {
    pub schema: i64,
    /// The version that wrote the dump: feeds name the version that serves them.
    written_by: &'static str,
}

/// A feed as a source served it.
pub struct Feed {
    /// The name of the source, with which the host begins.
    pub source: String,
    pub url: String,
    pub document: String,
}

/// All dumps. The tests that kill a migration or fill its disk start from the oldest, because it has the most to
/// migrate.
pub const SHIPPED: [Shipped; 7] = [
    Shipped { schema: 6, written_by: "0.1.0" },
    Shipped { schema: 7, written_by: "0.1.0" },
    Shipped { schema: 8, written_by: "0.1.0" },
    Shipped { schema: 9, written_by: "0.1.0" },
    Shipped { schema: 12, written_by: "0.1.0" },
    Shipped { schema: 17, written_by: "0.1.0" },
    Shipped { schema: 18, written_by: "0.1.0" },
];
pub const OLDEST: &Shipped = &SHIPPED[0];
/// The line of a saved configuration that lets no request reach anybody.
const NO_PROXY: &str = "proxy = \"http://127.0.0.1:9\"\n";
/// The saved documents of the shipped version.
pub const DOCUMENTS: [&str; 8] = [
    "feed.atom",
    "feed.rss",
    "feed.json",
    "river.atom",
    "archive/feed/1.atom",
    "archive/feed/2.atom",
    "tag/local.atom",
    "source/mirror.atom",
];

impl Shipped {
    /// Where something was saved of this database under this ending.
    fn path(&self, ending: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/databases");
        folder.join(format!("{:04}{ending}", self.schema))
    }

    /// The file that was saved of this database under this ending.
    fn saved(&self, ending: &str) -> String {
        read(&self.path(ending))
    }

    /// The entries that were saved.
    pub fn entries(&self) -> Vec<Value> {
        let lines = self.saved("/entries.jsonl");
        lines.lines().map(|line| serde_json::from_str(line).expect("every saved line is an object")).collect()
    }

    /// The feeds that were saved, of which there is at least one.
    pub fn feeds(&self) -> Vec<Feed> {
        let folder = self.path("/feeds");
        let feed = |path: PathBuf| {
            let place = path.strip_prefix(&folder).expect("it is in the folder").to_str().expect("addresses are ASCII");
            let source = place.split('.').next().unwrap_or_default().to_owned();
            Feed { source, url: format!("http://{place}"), document: read(&path) }
        };
        let feeds: Vec<Feed> = listed(&folder).iter().flat_map(|host| listed(host)).map(feed).collect();
        assert!(!feeds.is_empty(), "nothing in {}", folder.display());
        feeds
    }

    /// The configuration that was saved of this database. Documents name the hub since schema 16.
    pub fn configuration(&self) -> String {
        let push = if self.schema < 16 { "\n[push]\nhub = \"off\"\n" } else { "" };
        self.saved(".toml") + push
    }

    /// The configuration with its sources enabled, and with this proxy.
    pub fn polling(&self, proxy: &str) -> String {
        let config = self.configuration().replace("enabled = false\n", "").replace(NO_PROXY, "");
        config.replacen("[poll]\n", &format!("[poll]\nproxy = \"{proxy}\"\n"), 1)
    }

    /// A program that has this database.
    pub fn program(&self) -> Program {
        let program = Program::bare(&self.configuration());
        self.build(&database(&program));
        program
    }

    /// Makes the database.
    pub fn build(&self, path: &Path) {
        let connection = Connection::open(path).expect("a new database opens");
        connection.execute_batch(&self.saved(".sql")).expect("the dump can be read");
    }

    /// The copy that is kept beside a database while it is migrated.
    pub fn kept_beside(&self, database: &Path) -> PathBuf {
        beside(database, &format!(".before-{:04}", self.schema + 1))
    }

    /// A document that was saved, as the version under test would have written it: its own number is another one, the
    /// project's address is not named any more, and JSON Feed names its next page since schema 9.
    pub fn document(&self, path: &str) -> String {
        let mut text = self.saved(&format!("/{path}"));
        for (before, after) in [("version=\"", "\""), ("Watershed ", " ("), ("\"version\":\"", "\"")] {
            let of = |version: &str| format!("{before}{version}{after}");
            text = text.replacen(&of(self.written_by), &of(env!("CARGO_PKG_VERSION")), 1);
        }
        for named in [" uri=\"https://watershed.example/\"", " (https://watershed.example/)"] {
            text = text.replacen(named, "", 1);
        }
        if path == "feed.json" && self.schema < 9 {
            let next = ",\"next_url\":\"http://planet.example/archive/feed/2.json\"";
            text = text.replacen(",\"items\":[", &format!("{next},\"items\":["), 1);
        }
        text
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The paths in a folder, in order.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    paths
}

pub fn database(program: &Program) -> PathBuf {
    program.folder().join("watershed.db")
}

pub fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
