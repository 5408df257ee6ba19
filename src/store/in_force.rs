//! The configuration that was last in force, as far as `plan` and redirects need it: the settings of its sources and
//! outputs.
//!
//! Entry points: [`Store::in_force`], [`Store::put_in_force`]. Which name has taken the place of which is decided
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::archive::Selects;
use super::names::{OUTPUT, TAG, forget_names, leave_name};
use super::sql::{Json, all_rows, execute, exists, json};
use super::{Store, StoreError, archive, facts};
use crate::config::Settings;
use crate::model::{SourceId, Timestamp};

/// A configuration, without its secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// The sources that have keys of their own; every other source has the defaults.
    pub sources: BTreeMap<SourceId, SourceInForce>,
    pub outputs: BTreeMap<String, OutputInForce>,
    /// The settings of the whole installation. `None`: an earlier version was in force, and only `outputs` are known.
    pub settings: Option<Settings>,
}

/// A source that has keys of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceInForce {
    pub private: bool,
    pub tags: Vec<String>,
    pub settings: Settings,
}

/// A configured output.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutputInForce {
    pub selects: Selects,
    /// `None`: an earlier version was in force.
    pub settings: Option<Settings>,
}

/// Names that are gone, each with the name that has taken its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replaced {
    pub tags: Vec<(String, String)>,
    pub outputs: Vec<(String, String)>,
}

impl InForce {
    /// The tags of sources that are not private.
    fn tags(&self) -> BTreeSet<&str> {
        let public = self.sources.values().filter(|source| !source.private);
        public.flat_map(|source| &source.tags).map(String::as_str).collect()
    }
}

impl Store {
    /// The configuration that was last in force.
    pub async fn in_force(&self) -> Result<InForce, StoreError> {
        self.read(|connection| {
            let sql = "SELECT source, private, tags, settings FROM source_setting";
            let sources = all_rows(connection, sql, [], |row| {
                let (tags, settings) = (Json::or_default(row, 2)?, Json::or_default(row, 3)?);
                Ok((row.get(0)?, SourceInForce { private: row.get(1)?, tags, settings }))
            })?;
            let outputs = all_rows(connection, "SELECT name, selects, settings FROM output_setting", [], |row| {
                let settings = row.get::<_, Option<String>>(2)?.map(|settings| parsed(&settings));
                Ok((row.get(0)?, OutputInForce { selects: Json::or_default(row, 1)?, settings }))
            })?;
            let settings = facts::text(connection, SETTINGS)?.map(|settings| parsed(&settings));
            Ok(InForce { sources, outputs, settings })
        })
        .await
    }

    /// The digest of the configuration that was last in force.
    pub async fn in_force_as(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| facts::text(connection, IN_FORCE_AS)).await
    }

    /// Stores a configuration as the one in force, with its digest, and what it has `replaced`: the former names are remembered, and
    /// the archive of a replaced output goes on under the new name.
    pub async fn put_in_force(
        &self,
        in_force: InForce,
        digest: String,
        replaced: Replaced,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                for (old, new) in &replaced.tags {
                    leave_name(connection, TAG, (old.as_str(), new.as_str()), now)?;
                }
                let mut taken_over: HashSet<&str> = HashSet::new();
                for (old, new) in &replaced.outputs {
                    leave_name(connection, OUTPUT, (old.as_str(), new.as_str()), now)?;
                    if !taken_over.contains(new.as_str()) && rename_archive(connection, old, new)? {
                        taken_over.insert(new.as_str());
                    }
                }
                forget_names(connection, TAG, in_force.tags())?;
                forget_names(connection, OUTPUT, in_force.outputs.keys().map(String::as_str))?;
                write_sources(connection, &in_force.sources)?;
                write_outputs(connection, &in_force.outputs)?;
                if let Some(settings) = &in_force.settings {
                    facts::put(connection, SETTINGS, Json(settings))?;
                }
                facts::put(connection, IN_FORCE_AS, &digest)
            })
            .await
    }
}

/// The facts that hold the settings of the installation, and the digest of the configuration in force.
const SETTINGS: &str = "settings";
const IN_FORCE_AS: &str = "in_force_as";

/// The archive of an output goes on under its new name. An archive that has that name already is deleted, because it is
/// left over from an output of long ago. Returns false if the output has no archive.
fn rename_archive(connection: &Connection, old: &str, new: &str) -> Result<bool, StoreError> {
    if !exists(connection, "SELECT 1 FROM archive WHERE output = ?1", [old])? {
        return Ok(false);
    }
    archive::forget(connection, new)?;
    execute(connection, "UPDATE archive SET output = ?2 WHERE output = ?1", [old, new])?;
    execute(connection, "UPDATE archive_document SET output = ?2 WHERE output = ?1", [old, new])?;
    Ok(true)
}

/// Writes what has changed.
fn write_sources(connection: &Connection, sources: &BTreeMap<SourceId, SourceInForce>) -> Result<(), StoreError> {
    let sql = "SELECT source, private, tags, settings FROM source_setting";
    let row = |row: &Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)));
    let known: HashMap<SourceId, (bool, String, String)> = all_rows(connection, sql, [], row)?;
    let mut delete = connection.prepare_cached("DELETE FROM source_setting WHERE source = ?1")?;
    for source in known.keys().filter(|source| !sources.contains_key(*source)) {
        delete.execute([source])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO source_setting (source, private, tags, settings) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (id, source) in sources {
        let row = (source.private, json(&source.tags)?, json(&source.settings)?);
        if known.get(id) != Some(&row) {
            let (private, tags, settings) = row;
            insert.execute(params![id, private, tags, settings])?;
        }
    }
    Ok(())
}

fn write_outputs(connection: &Connection, outputs: &BTreeMap<String, OutputInForce>) -> Result<(), StoreError> {
    connection.execute("DELETE FROM output_setting", [])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO output_setting (name, selects, settings) VALUES (?1, ?2, ?3)")?;
    for (name, output) in outputs {
        insert.execute(params![name, Json(&output.selects), output.settings.as_ref().map(Json)])?;
    }
    Ok(())
}

/// The value of a text, or the default if the text cannot be read, because a later version may have written it.
fn parsed<T: Default + DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_archive_goes_on_under_the_new_name_of_its_output() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let write = store.writer().expect("it is open").write(|connection| {
            // `new` has an archive and documents of long ago, `more` only documents.
            connection.execute_batch(
                "INSERT INTO archive (output, shown, through, filled) VALUES ('a', '', 10, 1), ('b', '', 20, 1), \
                     ('c', '', 30, 1), ('new', '', 40, 1); \
                 INSERT INTO archive_document (output, number, first) VALUES ('a', 1, 11), ('a', 2, 12), ('b', 1, 21), \
                     ('c', 1, 31), ('new', 1, 41), ('new', 3, 43), ('more', 1, 51), ('more', 2, 52);",
            )?;
            Ok(())
        });
        write.await.expect("it can be written");
        let outputs = [("0", "new"), ("a", "new"), ("b", "new"), ("c", "more")];
        let outputs = outputs.map(|(old, new)| (old.to_owned(), new.to_owned())).to_vec();
        let replaced = Replaced { outputs, ..Replaced::default() };
        let in_force =
            InForce { outputs: BTreeMap::from([("new".to_owned(), OutputInForce::default())]), ..InForce::default() };
        store.put_in_force(in_force, "digest".to_owned(), replaced, now).await.expect("it can be written");
        let read = store.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT output, number, first, through FROM archive_document JOIN archive USING (output) \
                 ORDER BY output, number",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            Ok(rows.collect::<rusqlite::Result<Vec<(String, i64, i64, i64)>>>()?)
        });
        let found = read.await.expect("it can be read");
        let found: Vec<(&str, i64, i64, i64)> =
            found.iter().map(|(output, number, first, through)| (output.as_str(), *number, *first, *through)).collect();
        // If several outputs became one, the first archive goes on.
        assert_eq!(found, [("b", 1, 21, 20), ("more", 1, 31, 30), ("new", 1, 11, 10), ("new", 2, 12, 10)]);
        // A rebuild by the previous plan does not delete the archive of an output that is in force now.
        store.forget_archives(vec!["b".to_owned()]).await.expect("it can be written");
        let sql = "SELECT group_concat(output) FROM (SELECT output FROM archive ORDER BY output)";
        let left = store.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?));
        assert_eq!(left.await.expect("it can be read"), "b,new");
    }
}
