//! The texts that are generated from the tables of keys: the commented template and the schema for editors. The tests
//! generate the reference page of the manual.

use serde_json::{Map, Value, json};

use super::key::{Key, Keys, Note};
use super::keys::{Shape, TABLES, TopKeys};

const TEMPLATE_HEAD: &str = "\
# Watershed: many feeds in, one feed out.
#
# Every key with its default. A line that begins with `#` and no space is a setting that is commented out: remove the
# `#` to change it. The smallest complete configuration is
#
#   [[source]]
#   url = \"https://blog.rust-lang.org/feed.xml\"
#
# Spans carry their unit (\"90s\", \"15m\", \"1h30m\", \"7d\"), sizes too (\"512 KiB\", \"10 MiB\"). Inside strings ${NAME} stands
# for an environment variable, ${NAME:-text} gives a default, $${ stands for ${ itself. Relative paths are relative to
# this file. Editing the file is enough: a running daemon applies the whole change, or reports what is wrong with it and
# keeps the previous configuration. `watershed check` reports mistakes as well.
";

/// `config/watershed.toml`: every key with its default, all commented out. Prose begins with `# `, and a setting that is
/// commented out begins with `#` alone.
pub fn template() -> String {
    let mut out = TEMPLATE_HEAD.to_owned();
    out.push('\n');
    commented(&mut out, TopKeys::KEYS);
    for shape in TABLES {
        out.push('\n');
        for line in shape.about {
            line_of(&mut out, &format!("#{line}"));
        }
        line_of(&mut out, &format!("#{}", shape.what));
        for (home, keys) in groups(shape) {
            match home {
                None => commented(&mut out, keys),
                Some(home) => {
                    line_of(&mut out, &format!("# As in {home}."));
                    for key in keys {
                        line_of(&mut out, &format!("#{} = {}", key.name, template_value(key)));
                    }
                }
            }
        }
    }
    out
}

fn commented(out: &mut String, keys: impl IntoIterator<Item = &'static Key>) {
    for key in keys {
        let about = key.about.join("\n");
        for line in format!("{about}{}", remark(key.note)).lines() {
            line_of(out, &format!("#{line}"));
        }
        line_of(out, &format!("#{} = {}", key.name, template_value(key)));
    }
}

fn remark(note: Note) -> &'static str {
    match note {
        Note::Nothing => "",
        Note::Required => " Required.",
        Note::Restart => " A change takes effect after a restart.",
    }
}

fn line_of(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// The keys of a table in their order. Keys that an earlier table has as well form a group with that table's header.
fn groups(shape: &Shape) -> impl Iterator<Item = (Option<&'static str>, Vec<&'static Key>)> {
    let groups = shape.keys.chunk_by(move |above, below| first_home(above, shape) == first_home(below, shape));
    groups.map(move |group| (first_home(group[0], shape), group.iter().copied().flatten().collect()))
}

/// An earlier table that has the same keys.
fn first_home(keys: &[Key], shape: &Shape) -> Option<&'static str> {
    let names = |keys: &[Key]| -> Vec<&'static str> { keys.iter().map(|key| key.name).collect() };
    let wanted = names(keys);
    let mut before = TABLES.iter().take_while(|table| table.name != shape.name);
    before.find(|table| table.keys.iter().any(|keys| names(keys) == wanted)).map(|table| table.what)
}

/// The default of a key as TOML.
pub(super) fn default_text(key: &Key) -> Option<String> {
    key.default.map(|default| default().into_text())
}

/// The value of a key in the template. A key without a default has an empty string.
pub(super) fn template_value(key: &Key) -> String {
    match key.example {
        Some(example) => example.to_owned(),
        None => default_text(key).unwrap_or_else(|| "\"\"".to_owned()),
    }
}

/// Sentences in one line.
fn sentences(about: &[&str]) -> String {
    about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// The configuration as a JSON Schema (draft 7, which editors for TOML know).
pub fn schema() -> String {
    let mut properties = properties(TopKeys::KEYS);
    for shape in TABLES {
        let keys: Vec<&Key> = shape.keys.iter().flat_map(|keys| keys.iter()).collect();
        let table = table(&keys);
        let described = match shape.most {
            Some(most) => json!({ "type": "array", "items": table, "maxItems": most }),
            None => table,
        };
        properties.insert(shape.name.to_owned(), described);
    }
    let whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The configuration of Watershed",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    format!("{whole:#}\n")
}

fn table(keys: &[&Key]) -> Value {
    let required = keys.iter().filter(|key| key.note == Note::Required).map(|key| key.name);
    let required: Vec<&str> = required.collect();
    json!({
        "type": "object",
        "properties": properties(keys.iter().copied()),
        "additionalProperties": false,
        "required": required,
    })
}

fn properties<'k>(keys: impl IntoIterator<Item = &'k Key>) -> Map<String, Value> {
    keys.into_iter().map(|key| (key.name.to_owned(), property(key))).collect()
}

fn property(key: &Key) -> Value {
    let mut schema = key.kind.schema();
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), Value::String(sentences(key.about)));
        if let Some(default) = default_text(key).and_then(|text| json_of(&text)) {
            object.insert("default".to_owned(), default);
        }
    }
    schema
}

/// A TOML value as JSON.
fn json_of(text: &str) -> Option<Value> {
    let document: toml::Table = format!("value = {text}").parse().ok()?;
    serde_json::to_value(document.get("value")?).ok()
}

#[cfg(test)]
mod tests;
