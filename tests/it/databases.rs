//! Databases that shipped versions have written: every later version opens them and serves the same bytes, even if it
//! was killed during the migration. On a full disk it reports the error and leaves the old database unchanged. Feeds
//! that have not changed since then bring nothing new. `shipped.rs` describes the databases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;
use tempfile::TempDir;
use watershed::store::MIGRATIONS;

use crate::origin::{Answer, Origin};
use crate::program::{Daemon, Output, PATIENCE, Program, finish, wait_until};
use crate::shipped::{DOCUMENTS, Feed, OLDEST, SHIPPED, Shipped, beside, database};

/// Copies of every entry in the larger database: 20,000 entries in all.
const COPIES: i64 = 127;
/// Copies of every entry in the database that is migrated on a full disk: about 2,500 entries.
const COPIES_ON_A_FULL_DISK: i64 = 15;
/// Number of databases whose migration is killed, and number of kills of each.
const VICTIMS: u32 = 3;
const KILLS_OF_EACH: u32 = 4;
/// A migration that takes longer counts as hanging.
const MIGRATED_WITHIN: Duration = Duration::from_secs(90);
/// The exit status of the script below where it cannot make a small disk.
const NO_DISK: i32 = 99;
/// Columns that say when a program did something, and differ from run to run.
const TIMES: [(&str, &str); 1] = [("migration", "applied")];

/// The schema that this program knows.
fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// Copies every entry of the oldest database, with what belongs to it, under other numbers, keys and ids.
fn multiply(path: &Path, copies: i64) {
    let connection = Connection::open(path).expect("the database opens");
    let statements = format!(
        "BEGIN;
         CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY);
         WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {copies})
             INSERT INTO copy SELECT n FROM counted;
         CREATE TEMP TABLE original AS SELECT * FROM entry;
         INSERT INTO entry (id, source, key, declared_id, published_id, link, title, summary, content, details,
             first_seen, published, updated, ranked, changed, first_poll, revisions, record_hash, text_hash, story,
             hidden, source_version, source_updated)
         SELECT id + n * 1000, source, key || '#' || n, declared_id, published_id || '#' || n, link || '#' || n,
             title || ' (' || n || ')', summary, content || '<p>Copy ' || n || '.</p>', details, first_seen,
             published - n, updated, ranked - n, changed, first_poll, revisions, record_hash, text_hash,
             story + n * 1000, hidden, source_version, source_updated FROM original, copy ORDER BY n, id;
         INSERT OR IGNORE INTO entry_alias SELECT source, key / 2 + n, entry + n * 1000 FROM entry_alias, copy;
         INSERT INTO story_mark SELECT mark, entry + n * 1000 FROM story_mark, copy;
         INSERT INTO story_key SELECT key / 2 + n, entry + n * 1000 FROM story_key, copy;
         INSERT INTO revision SELECT entry + n * 1000, number, until, title, link, summary, content
             FROM revision, copy;
         INSERT INTO decision (at, what, entry, other, evidence, by_hand)
             SELECT at, what, entry + n * 1000, other + n * 1000, evidence, by_hand FROM decision, copy ORDER BY n, id;
         INSERT INTO parted SELECT one + n * 1000, other + n * 1000 FROM parted, copy;
         COMMIT;"
    );
    connection.execute_batch(&statements).expect("entries can be copied");
}

/// A larger database, and a folder that holds it.
fn larger(copies: i64) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("watershed.db");
    OLDEST.build(&path);
    multiply(&path, copies);
    (folder, path)
}

/// A program whose database is a copy of this one.
fn with_copy_of(path: &Path) -> Program {
    let program = Program::bare(&OLDEST.configuration());
    std::fs::copy(path, database(&program)).expect("a database can be copied");
    program
}

/// The schema version of a database if all of it can be read, else why not. Looks at a copy, because opening a database
/// brings in what its log holds.
fn version(path: &Path) -> Result<i64, String> {
    if !path.exists() {
        return Err("it is not there".to_owned());
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let copy = folder.path().join("copy.db");
    std::fs::copy(path, &copy).expect("a database can be copied");
    if beside(path, "-wal").exists() {
        std::fs::copy(beside(path, "-wal"), beside(&copy, "-wal")).expect("its log can be copied");
    }
    let look = || -> rusqlite::Result<(String, i64)> {
        let connection = Connection::open(&copy)?;
        let state = connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?;
        Ok((state, connection.query_row("PRAGMA user_version", [], |row| row.get(0))?))
    };
    match look() {
        Ok((state, version)) if state == "ok" => Ok(version),
        Ok((state, _)) => Err(state),
        Err(error) => Err(error.to_string()),
    }
}

/// Every ordinary table's number of rows and a digest of them in order, without what differs from run to run.
fn contents(path: &Path) -> BTreeMap<String, (usize, String)> {
    let connection = Connection::open(path).expect("the database opens");
    let names = |sql: &str, of: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("the statement is right");
        let names = statement.query_map([of], |row| row.get::<_, String>(0)).expect("the schema can be read");
        names.collect::<rusqlite::Result<Vec<String>>>().expect("the schema can be read")
    };
    // A virtual table's own tables hold the same in another order after a migration that took another way.
    let tables = names(
        "SELECT name FROM pragma_table_list WHERE schema = ?1 AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
        "main",
    );
    let tables: Vec<String> = tables.into_iter().filter(|table| table != "search_due").collect();
    assert!(tables.iter().any(|table| table == "entry"), "{tables:?}");
    let digest = |table: &String| {
        let columns: Vec<String> = names("SELECT name FROM pragma_table_info(?1)", table)
            .into_iter()
            .filter(|column| !TIMES.contains(&(table.as_str(), column.as_str())))
            .map(|column| format!("\"{column}\""))
            .collect();
        // The time when a configuration was first seen does not depend on the migration, nor does how far the index for
        // search was filled when the process ended.
        let which = if table == "fact" {
            "WHERE name NOT LIKE 'configured%' AND name NOT LIKE 'dressed%' AND name <> 'search_through'"
        } else {
            ""
        };
        let listed = columns.join(", ");
        let mut statement = connection
            .prepare(&format!("SELECT {listed} FROM \"{table}\" {which} ORDER BY {listed}"))
            .expect("the statement is right");
        let mut rows = statement.query([]).expect("a table can be read");
        let (mut count, mut hasher) = (0, blake3::Hasher::new());
        while let Some(row) = rows.next().expect("a table can be read") {
            count += 1;
            for column in 0..columns.len() {
                add(&mut hasher, row.get_ref(column).expect("there is such a column"));
            }
        }
        (table.clone(), (count, hasher.finalize().to_hex().to_string()))
    };
    tables.iter().map(digest).collect()
}

fn add(hasher: &mut blake3::Hasher, value: ValueRef<'_>) {
    let (kind, bytes) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_le_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    hasher.update(&[kind]);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(&bytes);
}

#[track_caller]
fn assert_same_documents(daemon: &Daemon, shipped: &Shipped) {
    for path in DOCUMENTS {
        let served = daemon.get(&format!("/{path}")).expect(200).body;
        assert_same_bytes(path, &served, &shipped.document(path));
    }
}

#[track_caller]
fn assert_same_bytes(path: &str, served: &[u8], wanted: &str) {
    if served == wanted.as_bytes() {
        return;
    }
    let served = String::from_utf8_lossy(served);
    let differs = served.lines().zip(wanted.lines()).find(|(is, was)| is != was);
    let lines = (served.lines().count(), wanted.lines().count());
    panic!("/{path} has changed: {lines:?} lines now and before; the first that differ:\n{differs:#?}");
}

/// What identifies entries and dates them, by published id, and which of them are one story.
fn identities(entries: &[Value]) -> (BTreeMap<String, Vec<Value>>, BTreeSet<BTreeSet<String>>) {
    let mut facts = BTreeMap::new();
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let id = entry["id"].as_str().expect("every entry has an id").to_owned();
        let names = ["source", "key", "declared_id", "published", "updated", "first_seen", "lead"];
        facts.insert(id.clone(), names.map(|name| entry[name].clone()).to_vec());
        stories.entry(entry["story"].to_string()).or_default().insert(id);
    }
    assert_eq!(facts.len(), entries.len(), "no id is there twice");
    (facts, stories.into_values().collect())
}

#[test]
fn a_shipped_database_serves_the_same_bytes_and_entries() {
    for shipped in &SHIPPED {
        assert_serves_the_same(shipped);
    }
}

fn assert_serves_the_same(shipped: &Shipped) {
    let (schema, program, wanted) = (shipped.schema, shipped.program(), shipped.entries());
    let hidden: Vec<&Value> = wanted.iter().filter(|entry| entry["hidden"] == true).map(|entry| &entry["id"]).collect();
    assert!(!hidden.is_empty(), "some entry of {schema} was hidden by hand");
    for start in ["the start that migrates", "the one after it"].map(|start| format!("{start} {schema}")) {
        let daemon = program.daemon();
        assert_same_documents(&daemon, shipped);
        let entries = program.entries();
        let (facts, stories) = identities(&entries);
        let (wanted_facts, wanted_stories) = identities(&wanted);
        for (id, wanted) in &wanted_facts {
            assert_eq!(facts.get(id), Some(wanted), "{id} after {start}");
        }
        assert_eq!(facts.len(), wanted_facts.len(), "no entry has come by {start}");
        assert_eq!(stories, wanted_stories, "entries are the same stories after {start}");
        // 0.1.0 did not print it; where it is printed, it agrees with what is stored.
        for entry in entries.iter().filter(|entry| !entry["hidden"].is_null()) {
            assert_eq!(entry["hidden"], hidden.contains(&&entry["id"]), "{entry}");
        }
        for id in hidden.iter().filter_map(|id| id.as_str()) {
            let why = program.records(&["why", "--json", id]);
            assert_eq!(why[0]["entry"]["hidden"], true, "{why:?}");
        }
        assert_eq!(daemon.term(), 0);
        let path = database(&program);
        assert_eq!(version(&path), Ok(newest()), "after {start}");
        assert!(!shipped.kept_beside(&path).exists(), "the copy is removed once the migration is through");
    }
}

#[test]
fn unchanged_feeds_bring_nothing_new_to_a_shipped_database() {
    for shipped in &SHIPPED {
        assert_nothing_new(shipped);
    }
}

fn assert_nothing_new(shipped: &Shipped) {
    let (schema, origin, program) = (shipped.schema, Origin::start(), shipped.program());
    let (feeds, before) = (shipped.feeds(), stored(&program));
    program.configure(&shipped.polling(&origin.url("")));
    // The first document may be known by its digest, so that it is not read. Where this version reads otherwise than
    // the one that wrote the database, only the second is compared with what this version itself has read.
    for end in ["", "\n"] {
        for feed in &feeds {
            origin.serve(&feed.url, Answer::body(format!("{}{end}", feed.document)));
        }
        for poll in polls(&program, &feeds) {
            assert_eq!(poll["outcome"], "unchanged", "{schema}: {poll}");
            assert!(poll["new"] == 0 && poll["revised"] == 0, "{schema}: {poll}");
            assert!(end.is_empty() || poll["same"].as_u64() > Some(0), "{schema}: no entry was read: {poll}");
        }
        assert_eq!(stored(&program), before, "{schema}: entries and their revisions");
    }
    program.configure(&shipped.configuration());
    let daemon = program.daemon();
    assert_same_documents(&daemon, shipped);
    let mut wanted = shipped.entries();
    // Newer versions know that this is no id.
    for entry in wanted.iter_mut().filter(|entry| entry["declared_id"] == "N/A") {
        entry["declared_id"] = Value::Null;
    }
    assert_eq!(identities(&program.entries()), identities(&wanted), "{schema}");
    assert_eq!(daemon.term(), 0);
}

/// The number of stored entries, and how often they have been revised.
fn stored(program: &Program) -> (i64, i64) {
    let connection = Connection::open(database(program)).expect("the database opens");
    let counted =
        connection.query_row("SELECT count(*), sum(revisions) FROM entry", [], |row| Ok((row.get(0)?, row.get(1)?)));
    counted.expect("entries can be counted")
}

/// Polls the source of each feed once, and returns the records. Waits while a cool-down after an earlier poll lasts.
fn polls(program: &Program, feeds: &[Feed]) -> Vec<Value> {
    let mut due: Vec<&str> = feeds.iter().map(|feed| feed.source.as_str()).collect();
    let mut polls = Vec::new();
    wait_until(PATIENCE, "a poll of every source", || {
        let records = program.records(&[&["poll", "--json"][..], &due[..]].concat());
        let polled: Vec<Value> = records.into_iter().filter(|poll| !poll["outcome"].is_null()).collect();
        due.retain(|name| polled.iter().all(|poll| poll["name"] != *name));
        polls.extend(polled);
        due.is_empty().then_some(())
    });
    polls
}

/// The program on its way through the migration: `poll` with nothing due opens the database and ends.
fn migrating(program: &Program) -> Child {
    let mut command = program.command();
    command.arg("poll").stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("it can be run")
}

/// Lets a migration come to its end; returns how long it took, and whether the copy was ever seen beside the database.
#[track_caller]
fn migrated(program: &Program) -> (Duration, bool) {
    let (begun, mut seen) = (Instant::now(), false);
    let mut child = migrating(program);
    let status = wait_until(MIGRATED_WITHIN, "the end of the migration", || {
        seen |= OLDEST.kept_beside(&database(program)).exists();
        child.try_wait().expect("a child can be waited for")
    });
    assert!(status.success(), "{status}");
    let took = begun.elapsed();
    assert_eq!(version(&database(program)), Ok(newest()));
    assert!(!OLDEST.kept_beside(&database(program)).exists(), "the copy is removed once the migration is through");
    (took, seen)
}

#[test]
fn a_killed_migration_continues_at_the_next_start() {
    let (_folder, template) = larger(COPIES);
    let calm = with_copy_of(&template);
    let (took, seen) = migrated(&calm);
    if newest() > OLDEST.schema {
        assert!(seen, "a copy of the database is kept beside it while it is migrated");
    }
    let wanted = contents(&database(&calm));
    for victim in 0..VICTIMS {
        let program = with_copy_of(&template);
        let path = database(&program);
        for kill in 0..KILLS_OF_EACH {
            // Evenly spread over the time that a migration takes, each database at other moments.
            let moment = took * (1 + kill * VICTIMS + victim) / (VICTIMS * KILLS_OF_EACH + 1);
            let mut child = migrating(&program);
            thread::sleep(moment);
            // It may have ended already.
            let _ = child.kill();
            child.wait().expect("a child can be waited for");
            let (left, copy) = (version(&path), version(&OLDEST.kept_beside(&path)));
            let is_whole = matches!(left, Ok(version) if (OLDEST.schema..=newest()).contains(&version));
            assert!(is_whole || copy == Ok(OLDEST.schema), "killed after {moment:?}: {left:?}, its copy: {copy:?}");
        }
        migrated(&program);
        assert_eq!(contents(&path), wanted, "as of a migration that was not killed");
    }
    println!("a migration takes {took:?}; the copy was {}seen", if seen { "" } else { "not " });
}

/// Migrates the database in the program's folder on a disk of the given size in KiB, of which the database takes
/// `taken`, and puts what is left in the folder `after`. The disk is a small file system where the test may mount one,
/// which takes root; else no file may grow larger than the room that such a disk would have left. Both are gone when
/// the script ends.
fn migrated_on_a_full_disk(program: &Program, kib: u64, taken: u64) -> Output {
    let config = OLDEST.configuration().replace("\"watershed.db\"", "\"disk/watershed.db\"");
    std::fs::write(program.folder().join("disk.toml"), config).expect("the folder can be written");
    for folder in ["disk", "after"] {
        std::fs::create_dir(program.folder().join(folder)).expect("the folder can be written");
    }
    let migrate = "cp watershed.db disk/ || exit 98
        ( $limit; exec \"$1\" --config disk.toml poll )
        status=$?
        cp disk/watershed.db* after/
        exit $status";
    let has_unshare = Command::new("unshare").arg("--version").stdout(Stdio::null()).status().is_ok();
    if has_unshare {
        let mount = format!("mount -t tmpfs -o size={kib}k none disk || exit {NO_DISK}\nlimit=:\n{migrate}");
        // In a mount namespace of its own; without the right to make one, unshare ends with 1 and says so.
        let output = in_a_shell(program, &["unshare", "-m", "sh"], &mount);
        if output.status != NO_DISK && !output.stderr.contains("unshare failed") {
            return output;
        }
    }
    // POSIX counts blocks of 512 bytes. The signal's default action would end the program before it could say anything.
    let limit = format!("trap '' XFSZ\nlimit='ulimit -f {}'\n{migrate}", (kib - taken) * 2);
    in_a_shell(program, &["sh"], &limit)
}

/// Runs a script in the program's folder and environment, with the program as its argument.
fn in_a_shell(program: &Program, shell: &[&str], script: &str) -> Output {
    let plain = program.command();
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["-c", script, "sh"]).arg(plain.get_program());
    command.current_dir(program.folder()).stdin(Stdio::null()).env_clear();
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    finish(command)
}

#[test]
fn a_migration_on_a_full_disk_fails_and_leaves_the_old_database() {
    let (_folder, template) = larger(COPIES_ON_A_FULL_DISK);
    let calm = with_copy_of(&template);
    migrated(&calm);
    let wanted = contents(&database(&calm));
    let before = contents(&template);
    let kib = std::fs::metadata(&template).expect("it is there").len() / 1024;
    let mut refused = 0;
    // No room for the copy, room for half of it, and room for the copy alone.
    for room in [kib + 256, kib * 3 / 2, kib * 2 + 256] {
        let program = with_copy_of(&template);
        let output = migrated_on_a_full_disk(&program, room, kib);
        let left = program.folder().join("after/watershed.db");
        let (version_left, copy) = (version(&left), version(&OLDEST.kept_beside(&left)));
        let what = format!("{kib} KiB on {room}: {output:?}; left: {version_left:?}, its copy: {copy:?}");
        if output.status == 0 {
            assert_eq!(version_left, Ok(newest()), "{what}");
            assert!(!OLDEST.kept_beside(&left).exists(), "{what}");
            continue;
        }
        refused += 1;
        assert_eq!(output.status, 1, "{what}");
        assert!(output.stderr.contains("disk/watershed.db"), "it names the database: {what}");
        let says_why = ["room", "space", "full", "large"].iter().any(|word| output.stderr.contains(word));
        assert!(says_why, "it says that the disk is full: {what}");
        assert!(matches!(version_left, Ok(version) if (OLDEST.schema..=newest()).contains(&version)), "{what}");
        let old = if version_left == Ok(OLDEST.schema) { left.clone() } else { OLDEST.kept_beside(&left) };
        assert_eq!(version(&old), Ok(OLDEST.schema), "the old database can be used: {what}");
        assert_eq!(contents(&old), before, "the old database is as it was: {what}");
        // With room again, the migration comes to the same end.
        let again = Program::bare(&OLDEST.configuration());
        for ending in ["", "-wal", &format!(".before-{:04}", OLDEST.schema + 1)] {
            if beside(&left, ending).exists() {
                std::fs::copy(beside(&left, ending), beside(&database(&again), ending)).expect("it can be copied");
            }
        }
        migrated(&again);
        assert_eq!(contents(&database(&again)), wanted, "{what}");
    }
    if newest() > OLDEST.schema {
        assert!(refused > 0, "no migration was short of room");
    }
}

#[test]
fn a_refused_database_is_left_unchanged() {
    for shipped in &SHIPPED {
        let program = shipped.program();
        let path = database(&program);
        let connection = Connection::open(&path).expect("the database opens");
        connection.execute("UPDATE migration SET hash = 'edited' WHERE number = 3", []).expect("it can be written");
        drop(connection);
        let before = std::fs::read(&path).expect("it can be read");
        for verb in ["poll", "run", "entries"] {
            let refused = program.run(&[verb]).expect(1);
            assert!(refused.stderr.contains("migration 3 (0003_stories)"), "{verb}: {refused:?}");
            assert!(std::fs::read(&path).expect("it can be read") == before, "{verb} has changed no byte");
            assert!(!shipped.kept_beside(&path).exists(), "nothing is migrated, and no copy is made");
        }
    }
}
