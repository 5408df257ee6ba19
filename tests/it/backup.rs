//! `backup` and `restore`: whole copies while polls go on, files that are never half written, and clear refusals.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Output, Program, finish};

fn polled(entries: u32) -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..entries)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll"]).expect(0);
    (origin, program)
}

fn database(program: &Program) -> PathBuf {
    program.folder().join("watershed.db")
}

/// The names of all files in a folder that begin so.
fn files(folder: &Path, begin: &str) -> Vec<String> {
    let names = fs::read_dir(folder).expect("the folder is there").flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(begin)).collect();
    names.sort();
    names
}

#[track_caller]
fn check_refused(output: Output, words: &[&str]) {
    let said = output.expect(1).said();
    for word in words {
        assert!(said.contains(word), "{word:?} in {said}");
    }
}

#[test]
fn backups_are_made_while_polls_go_on_and_are_put_back() {
    let (origin, program) = polled(30);
    let file = program.folder().join("saved.db");
    let daemon = program.daemon();
    for (round, entries) in [31, 32, 33].into_iter().enumerate() {
        origin.document("/a", rss("A", &items("a", 0..entries)));
        program.poll("a");
        // An earlier backup is replaced.
        let said = program.run(&["backup", "saved.db"]).expect(0).said();
        assert!(said.contains(&format!("backed up {entries} entries")), "round {round}: {said}");
    }
    let mode = fs::metadata(&file).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "it holds entries of private sources");
    assert_eq!(files(program.folder(), "saved.db"), ["saved.db"], "nothing is left beside it");
    let saved = program.entries();
    let held = program.run(&["restore", "saved.db"]).expect(4);
    assert!(held.said().contains("another watershed is using") && held.said().contains("stop it first"), "{held:?}");
    origin.document("/a", rss("A", &items("a", 0..40)));
    program.poll("a");
    assert_eq!(daemon.term(), 0);
    let later = program.entries();
    assert_eq!(later.len(), 40);

    let said = program.run(&["restore", "saved.db"]).expect(0).said();
    assert!(said.contains("restored 33 entries") && said.contains("watershed.db.before-restore"), "{said}");
    assert_eq!(program.entries(), saved);
    let daemon = program.daemon();
    daemon.get("/readyz").expect(200);
    assert_eq!(program.poll("a")["new"], 7, "polls go on from there");
    // A program that has read on since the backup misses nothing that is stored after the restore.
    for entry in &later {
        let cursor = entry["cursor"].as_str().expect("every entry has its place");
        let behind = program.records(&["entries", "--json", "--after", cursor]);
        assert!(behind.len() >= 7, "{} entries behind {cursor}", behind.len());
    }
    assert_eq!(daemon.term(), 0);
    // What was there before can be put back, too, and nothing that was set aside is lost by that.
    program.run(&["restore", "watershed.db.before-restore"]).expect(0);
    assert_eq!(program.entries().len(), 40);
    let kept = files(program.folder(), "watershed.db.before-restore");
    assert_eq!(kept, ["watershed.db.before-restore", "watershed.db.before-restore.2"]);
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_or_missing_database() {
    let (_origin, program) = polled(30);
    program.run(&["backup", "saved.db"]).expect(0);
    let database = database(&program);
    let saved = program.entries();
    for spoiled in ["", "this is no database"] {
        fs::write(&database, spoiled).expect("it can be written");
        program.run(&["restore", "saved.db"]).expect(0);
        assert_eq!(program.entries(), saved, "{spoiled:?}");
    }
    let kept = fs::read_to_string(program.folder().join("watershed.db.before-restore.2")).expect("it is kept");
    assert_eq!(kept, "this is no database");
    fs::remove_file(&database).expect("it is there");
    fs::write(program.folder().join("watershed.db-wal"), "the log of the missing one").expect("it can be written");
    let said = program.run(&["restore", "saved.db"]).expect(0).said();
    assert!(!said.contains("is kept as"), "{said}");
    assert_eq!(program.entries(), saved);
    assert_eq!(files(program.folder(), "watershed.db-wal.left"), ["watershed.db-wal.left"]);
}

#[test]
fn files_that_are_no_sound_backup_are_refused_with_the_reason() {
    let (_origin, program) = polled(300);
    program.run(&["backup", "saved.db"]).expect(0);
    let whole = fs::read(program.folder().join("saved.db")).expect("it is there");
    let entries = program.entries();
    let spoil = |name: &str, sql: &str| {
        let path = program.folder().join(name);
        fs::write(&path, &whole).expect("it can be written");
        Connection::open(&path).and_then(|connection| connection.execute_batch(sql)).expect("it can be changed");
    };
    spoil("newer.db", "PRAGMA user_version = 9999");
    spoil("edited.db", "UPDATE migration SET hash = 'other' WHERE number = 3");
    let write = |name: &str, bytes: &[u8]| fs::write(program.folder().join(name), bytes).expect("it can be written");
    write("text.db", "no database, but longer than the header of a database would be. ".repeat(100).as_bytes());
    write("nothing.db", b"");
    write("half.db", &whole[..whole.len() / 2]);
    let mut damaged = whole.clone();
    // The first page holds the schema, which is read in any case; the damage is in later pages.
    damaged[8_192..].chunks_mut(4_096).for_each(|page| page[..64].fill(0xff));
    write("damaged.db", &damaged);
    let foreign = Connection::open(program.folder().join("foreign.db")).expect("it can be made");
    foreign.execute_batch("CREATE TABLE a (b)").expect("it can be written");
    drop(foreign);
    for (file, words) in [
        ("text.db", vec!["not a database"]),
        ("nothing.db", vec!["is empty"]),
        ("half.db", vec!["damaged"]),
        ("damaged.db", vec!["damaged"]),
        ("foreign.db", vec!["not one of watershed's"]),
        ("newer.db", vec!["newer watershed", "9999"]),
        ("edited.db", vec!["migration 3"]),
        ("missing.db", vec!["cannot be restored"]),
        ("watershed.db", vec!["is the database itself"]),
        (".", vec!["is not a file"]),
    ] {
        let words: Vec<&str> = [words, vec![file]].concat();
        check_refused(program.run(&["restore", file]), &words);
        assert_eq!(files(program.folder(), "watershed.db.before"), [] as [&str; 0], "{file}");
        assert_eq!(files(program.folder(), "watershed.db.part"), [] as [&str; 0], "{file}");
    }
    assert_eq!(program.entries(), entries);
}

#[test]
fn what_root_makes_belongs_to_the_owner_of_the_database() {
    /// The user without rights.
    const NOBODY: u32 = 65_534;
    let (_origin, program) = polled(3);
    let file = database(&program);
    let lock = program.folder().join("watershed.db.lock");
    fs::remove_file(&lock).expect("it is there");
    for path in [program.folder(), file.as_path()] {
        if chown(path, Some(NOBODY), Some(NOBODY)).is_err() {
            // Only root can give files away, and these tests may run as anybody.
            return;
        }
    }
    let owner = |path: &Path| fs::metadata(path).expect("it is there").uid();
    program.run(&["prune"]).expect(0);
    assert_eq!(owner(&lock), NOBODY);
    fs::remove_file(&file).expect("it is there");
    program.run(&["poll"]).expect(0);
    assert_eq!(owner(&file), NOBODY, "without a database, it is the owner of the folder");
}

#[test]
fn no_link_leads_a_backup_to_another_file() {
    let (_origin, program) = polled(3);
    let other = program.folder().join("other");
    fs::write(&other, "precious").expect("it can be written");
    symlink(&other, program.folder().join("saved.db.part")).expect("it can be made");
    program.run(&["backup", "saved.db"]).expect(1);
    assert_eq!(fs::read_to_string(&other).expect("it is there"), "precious");
}

#[test]
fn a_backup_replaces_no_other_file() {
    let (_origin, program) = polled(3);
    let (_other_origin, other) = polled(3);
    other.run(&["backup", "other.db"]).expect(0);
    let theirs = program.folder().join("theirs.db");
    fs::copy(other.folder().join("other.db"), &theirs).expect("it can be copied");
    let text = program.folder().join("notes.txt");
    fs::write(&text, "notes").expect("it can be written");
    check_refused(program.run(&["backup", "notes.txt"]), &["notes.txt", "--force"]);
    check_refused(program.run(&["backup", "theirs.db"]), &["theirs.db", "--force"]);
    assert_eq!(fs::read_to_string(&text).expect("it is there"), "notes");
    program.run(&["backup", "notes.txt", "--force"]).expect(0);
    program.run(&["restore", "notes.txt"]).expect(0);
    for own in ["watershed.db", "./watershed.db.lock"] {
        check_refused(program.run(&["backup", own, "--force"]), &["is the database itself"]);
    }
    check_refused(program.run(&["backup", "."]), &["is not a file"]);
    check_refused(program.run(&["backup", "no-such-folder/saved.db"]), &["no-such-folder"]);
    assert_eq!(program.entries().len(), 3);
    let empty = Program::new("");
    check_refused(empty.run(&["backup", "saved.db"]), &["no database"]);
    assert!(!empty.folder().join("saved.db").exists());
}

#[test]
fn a_backup_that_finds_no_room_leaves_the_last_one_as_it_was() {
    let (origin, program) = polled(300);
    program.run(&["backup", "saved.db"]).expect(0);
    let file = program.folder().join("saved.db");
    let before = fs::read(&file).expect("it is there");
    origin.document("/a", rss("A", &items("a", 0..400)));
    program.poll("a");
    // The largest file that the command may write has 128 KiB, in blocks of 512 bytes.
    let plain = program.command();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -f 256; exec \"$1\" backup saved.db", "sh"]).arg(plain.get_program());
    command.current_dir(program.folder()).env_clear();
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    assert!(before.len() > 256 * 512, "it would not fit");
    let output = finish(command);
    check_refused(output, &["saved.db.part", "nothing was changed"]);
    assert_eq!(fs::read(&file).expect("it is there"), before);
    assert_eq!(files(program.folder(), "saved.db"), ["saved.db"]);
    program.run(&["backup", "saved.db"]).expect(0);
}
