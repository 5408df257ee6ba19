//! Remembered names: those that were made for sources without a `name`, and the former names of sources, tags and
//! outputs.
//!
//! Entry points: [`kept_names`] for the configuration, which is read before the store is opened, and [`Store::former_names`].

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, params};

use super::sql::{all_rows, execute, exists, text};
use super::{Store, StoreError, migrate, open};
use crate::config::KeptNames;
use crate::former::FormerNames;
use crate::model::{SourceId, Timestamp};

/// Former names that are remembered.
const FORMER_NAMES_MAX: usize = 10_000;

/// The kinds of former names, apart from those of sources.
pub(super) const TAG: &str = "tag";
pub(super) const OUTPUT: &str = "output";

/// Reads the sources without a configured name, and the addresses to which they have moved. The table may be large, so it is read
/// once and in its own order; [`keep_names`] puts the configured sources first.
const UNNAMED: &str = "SELECT url, name, configured, adopted_url FROM source WHERE named = 0 AND url <> '' ORDER BY id";
/// The same in a database of a version that does not remember former names yet.
const UNNAMED_BEFORE_FORMER_NAMES: &str =
    "SELECT url, name, configured, NULL FROM source WHERE named = 0 AND url <> '' ORDER BY id";

/// The names that the database at `path` has kept for sources without a `name`. It is only read, even if it is of an
/// older version, and beside a daemon. The result is empty if the database does not exist or cannot be read: then names
/// are made anew, and the command that needs the database reports the problem.
pub fn kept_names(path: &Path) -> KeptNames {
    kept_names_or(path, KeptNames::default)
}

/// As [`kept_names`], but with the result of `otherwise` if the database does not exist or cannot be read.
pub fn kept_names_or(path: &Path, otherwise: impl FnOnce() -> KeptNames) -> KeptNames {
    if !path.exists() {
        return otherwise();
    }
    read_kept_names(path).unwrap_or_else(|error| {
        tracing::debug!(%error, path = %path.display(), "the names that were made for sources cannot be read");
        otherwise()
    })
}

fn read_kept_names(path: &Path) -> Result<KeptNames, StoreError> {
    let connection = open::for_a_look(path)?;
    let mut kept = KeptNames::default();
    if migrate::check(&connection, path)? == 0 {
        return Ok(kept);
    }
    let has_former_names = exists(&connection, "SELECT 1 FROM sqlite_schema WHERE name = 'former_name'", [])?;
    keep_names(&connection, if has_former_names { UNNAMED } else { UNNAMED_BEFORE_FORMER_NAMES }, &mut kept)?;
    if !has_former_names {
        return Ok(kept);
    }
    let sql = "SELECT former_name.name, source.url FROM former_name JOIN source ON source.id = former_name.source
               WHERE former_name.kind = 'source' AND source.url <> ''";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        kept.reserve(text(row, 0)?, text(row, 1)?);
    }
    Ok(kept)
}

/// Keeps the names of the sources that `sql` selects: those of configured sources first, and the names of sources that have moved
/// also for their new addresses.
fn keep_names(connection: &Connection, sql: &str, kept: &mut KeptNames) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    // Few sources are not configured, and few have moved.
    let (mut former, mut moved, mut former_moved) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (url, name) = (text(row, 0)?, text(row, 1)?);
        let (is_configured, adopted) = (row.get(2)?, row.get::<_, Option<String>>(3)?);
        if is_configured {
            kept.keep(url, name);
        } else {
            former.push((url.to_owned(), name.to_owned()));
        }
        let moves = if is_configured { &mut moved } else { &mut former_moved };
        moves.extend(adopted.map(|adopted| (adopted, name.to_owned())));
    }
    former.iter().for_each(|(url, name)| kept.keep(url, name));
    moved.iter().chain(&former_moved).for_each(|(url, name)| kept.keep_after_move(url, name));
    Ok(())
}

impl Store {
    /// The names that addresses had before.
    pub async fn former_names(&self) -> Result<FormerNames, StoreError> {
        self.read(|connection| {
            let mut former = FormerNames::default();
            let mut statement = connection.prepare_cached("SELECT kind, name, source, now FROM former_name")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
                let (source, now): (Option<SourceId>, Option<String>) = (row.get(2)?, row.get(3)?);
                match (kind.as_str(), source, now) {
                    ("source", Some(source), _) => former.sources.extend([(name, source)]),
                    ("tag", _, Some(now)) => former.tags.extend([(name, now)]),
                    ("output", _, Some(now)) => former.outputs.extend([(name, now)]),
                    _ => {}
                }
            }
            Ok(former)
        })
        .await
    }
}

/// The former names of outputs, each with the name that took its place.
pub(super) fn former_outputs(connection: &Connection) -> Result<HashMap<String, String>, StoreError> {
    let sql = "SELECT name, now FROM former_name WHERE kind = 'output' AND now IS NOT NULL";
    all_rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Remembers the name that a source has had until now. The name of a source that was private is not remembered, because
/// its addresses were not served.
pub(super) fn leave_source_name(connection: &Connection, source: SourceId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO former_name (kind, name, source, since)
               SELECT 'source', name, id, ?2 FROM source WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM source_setting WHERE source = ?1 AND private = 1)";
    execute(connection, sql, params![source, now])?;
    Ok(())
}

/// Remembers that a tag or an output has another name now. Names that led to the old name lead to the new one.
pub(super) fn leave_name(
    connection: &Connection,
    kind: &str,
    (old, new): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    execute(connection, "UPDATE former_name SET now = ?3 WHERE kind = ?1 AND now = ?2", [kind, old, new])?;
    let sql = "INSERT OR REPLACE INTO former_name (kind, name, now, since) VALUES (?1, ?2, ?3, ?4)";
    execute(connection, sql, params![kind, old, new, now])?;
    Ok(())
}

/// Forgets the former names that sources have again, because such a name needs no redirect.
pub(super) fn forget_source_names(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM former_name
               WHERE kind = 'source' AND name IN (SELECT name FROM source WHERE configured = 1)";
    execute(connection, sql, [])?;
    forget_oldest(connection)
}

/// Forgets the former names that tags or outputs have again.
pub(super) fn forget_names<'n>(
    connection: &Connection,
    kind: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<(), StoreError> {
    let mut forget = connection.prepare_cached("DELETE FROM former_name WHERE kind = ?1 AND name = ?2")?;
    for name in names {
        forget.execute([kind, name])?;
    }
    forget_oldest(connection)
}

/// Keeps the newest [`FORMER_NAMES_MAX`] former names.
fn forget_oldest(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM former_name WHERE (kind, name) IN
               (SELECT kind, name FROM former_name ORDER BY since DESC, kind, name LIMIT -1 OFFSET ?1)";
    execute(connection, sql, [FORMER_NAMES_MAX as i64])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the names that are kept of sources without a configured name, given as (url, name, whether it is configured, the
    /// address to which it has moved). `wanted` has addresses with their names.
    fn check(sources: &[(&str, &str, bool, Option<&str>)], wanted: &[(&str, Option<&str>)]) {
        let connection = Connection::open_in_memory().expect("a database");
        let table = "CREATE TABLE source (id INTEGER PRIMARY KEY, url, name, configured, named DEFAULT 0, adopted_url)";
        connection.execute_batch(table).expect("the table can be made");
        for source in sources {
            let sql = "INSERT INTO source (url, name, configured, adopted_url) VALUES (?1, ?2, ?3, ?4)";
            connection.execute(sql, *source).expect("a source");
        }
        let mut kept = KeptNames::default();
        keep_names(&connection, UNNAMED, &mut kept).expect("they can be read");
        for (url, name) in wanted {
            assert_eq!(kept.name_of(url, None), *name, "{url} of {sources:?}");
        }
        let mut without_moves = KeptNames::default();
        keep_names(&connection, UNNAMED_BEFORE_FORMER_NAMES, &mut without_moves).expect("they can be read");
        let moved = sources.iter().filter_map(|(.., moved)| *moved);
        for url in moved.filter(|moved| !sources.iter().any(|(url, ..)| url == moved)) {
            assert_eq!(without_moves.name_of(url, None), None, "{url} of {sources:?}");
        }
    }

    #[test]
    fn names_of_configured_sources_come_first_and_moves_come_last() {
        check(&[("u", "old", false, None), ("u", "new", true, None)], &[("u", Some("new"))]);
        check(
            &[("a", "a", false, Some("m")), ("b", "b", true, Some("m"))],
            &[("a", Some("a")), ("b", Some("b")), ("m", Some("b"))],
        );
        check(&[("a", "a", true, Some("b")), ("b", "b", true, None)], &[("a", Some("a")), ("b", Some("b"))]);
        check(&[("a", "a", true, Some("b")), ("b", "b", false, None)], &[("b", Some("b"))]);
        check(&[("", "purged", false, None)], &[("", None)]);
    }

    #[test]
    fn other_names_count_where_the_database_cannot_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("w.db");
        let in_force = || {
            let mut names = KeptNames::default();
            names.keep("https://a.example/", "a");
            names
        };
        assert_eq!(kept_names_or(&path, in_force), in_force(), "there is no file");
        std::fs::write(&path, "this is no database").expect("it can be written");
        assert_eq!(kept_names_or(&path, in_force), in_force());
        assert_eq!(kept_names(&path), KeptNames::default());
    }
}
