//! Every key of the tables is read with its default, refused outside of its bounds, in force with the value that is
//! written, and shown wherever keys are shown.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::Value;

use super::super::{effective, load_with};
use super::*;

const REFERENCE_HEAD: &str = "\
# Configuration

Every key of `watershed.toml`. `watershed config --defaults` shows a commented copy with the defaults, `watershed config
--effective` the configuration in force, and `watershed config --schema` a JSON Schema with which editors complete and check
keys.

- A span carries its unit: `\"90s\"`, `\"15m\"`, `\"1h30m\"`, `\"7d\"`. So does a size: `\"512 KiB\"`, `\"10 MiB\"`.
- Inside strings `${NAME}` stands for an environment variable, `${NAME:-text}` gives a default, and `$${` stands for `${`
  itself.
- Relative paths are relative to the file that names them.
- A SECRET is a string, `{ file = \"PATH\" }`, `{ env = \"NAME\" }` or `{ credential = \"NAME\" }` (systemd's
  `LoadCredential=`).
- A running daemon applies an edited file completely, or reports what is wrong with it and keeps the previous configuration.

## Above all tables
";

/// Values of which every key allows some, so that together with its default, its example and its words it has two.
const VALUES: &[&str] = &[
    "true",
    "false",
    "2",
    "\"\"",
    "\"x\"",
    "\"2d\"",
    "\"7s\"",
    "\"8 MiB\"",
    "\"env\"",
    "\"debug\"",
    "\"Europe/Vienna\"",
    "\"127.0.0.1:9\"",
    "\"https://a.example/x\"",
    "[]",
    "[\"x\"]",
    "[\"10.1.0.0/16\"]",
    "[{ drop = \"title\", is = \"x\" }]",
    "{ bearer = \"secret\" }",
];
/// Keys that name files with certificates and keys, which have to be there.
const FILE_KEYS: &[&str] = &["ca", "client_cert", "client_key"];

fn read(text: &str) -> Result<String, String> {
    let path = Path::new("/nowhere/watershed.toml");
    let config = load_with(path, &|_| None, Some((path, text))).map_err(|errors| errors.to_string())?;
    Ok(effective(&config))
}

/// All keys, each with its table; `None` for the top of the file.
fn all() -> Vec<(Option<&'static Shape>, &'static Key)> {
    let of_tables = TABLES
        .iter()
        .flat_map(|shape| shape.keys.iter().flat_map(|keys| keys.iter()).map(move |key| (Some(shape), key)));
    TopKeys::KEYS.iter().map(|key| (None, key)).chain(of_tables).collect()
}

/// A file that sets a key to this value, with the required keys of its table.
fn file(shape: Option<&Shape>, key: &Key, value: &str) -> String {
    let mut text = shape.map(|shape| format!("{}\n", shape.what)).unwrap_or_default();
    let required = shape.into_iter().flat_map(|shape| shape.keys.iter().flat_map(|keys| keys.iter()));
    for other in required.filter(|other| other.note == Note::Required && other.name != key.name) {
        text.push_str(&format!("{} = {}\n", other.name, template_value(other)));
    }
    if shape.is_some_and(|shape| shape.name == "include") && key.name == "trusted" {
        // An [[include]] names files or a reading list.
        text.push_str("path = \"sources.d/*.toml\"\n");
    }
    text + &format!("{} = {value}\n", key.name)
}

/// `docs/configuration.md`: the reference page of the manual.
fn reference() -> String {
    let mut out = REFERENCE_HEAD.to_owned();
    for key in TopKeys::KEYS {
        described(&mut out, key);
    }
    for shape in TABLES {
        out.push_str(&format!("\n## `{}`\n", shape.what));
        if !shape.about.is_empty() {
            out.push_str(&format!("\n{}\n", sentences(shape.about)));
        }
        for (home, keys) in groups(shape) {
            match home {
                None => keys.into_iter().for_each(|key| described(&mut out, key)),
                Some(home) => {
                    let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                    out.push_str(&format!("\n### As in `{home}`\n\n{}.\n", names.join(", ")));
                }
            }
        }
    }
    out
}

fn described(out: &mut String, key: &Key) {
    let default = match (key.note, default_text(key)) {
        (Note::Required, _) => "There is no default.".to_owned(),
        (_, Some(default)) => format!("Default: `{default}`."),
        (_, None) => "Not set by default.".to_owned(),
    };
    let example = key.example.map(|example| format!(" Example: `{} = {example}`.", key.name)).unwrap_or_default();
    let (about, remark, allowed) = (sentences(key.about), remark(key.note), key.kind.allowed());
    out.push_str(&format!("\n### `{}`\n\n{about}{remark}\n\n- It is {allowed}.\n- {default}{example}\n", key.name));
}

#[test]
fn a_key_is_accepted_with_its_default_and_as_the_template_has_it() {
    for (shape, key) in all() {
        for value in default_text(key).into_iter().chain([template_value(key)]) {
            let text = file(shape, key, &value);
            // The name of the default output is a default as well.
            read(&text).unwrap_or_else(|errors| panic!("{text}\n{errors}"));
        }
    }
}

#[test]
fn a_key_is_refused_outside_of_its_bounds_with_a_message_that_names_them() {
    let bounds = Regex::new(r"a (span|size|whole number|number) (from .+ to .+)$").expect("the pattern is valid");
    let mut refused = 0;
    for (shape, key) in all() {
        let allowed = key.kind.allowed();
        let Some(found) = bounds.captures(&allowed) else { continue };
        let beyond = match &found[1] {
            "span" => "\"99999d\"",
            "size" => "\"999 GiB\"",
            _ => "99999999",
        };
        let text = file(shape, key, beyond);
        let errors = read(&text).expect_err("it is beyond the bounds");
        // If a word is allowed in place of a span, the bounds are in quotes.
        assert!(errors.replace('"', "").contains(&found[2]), "{} in\n{errors}", &found[2]);
        assert!(errors.contains(&format!("`{}`", key.name)), "{errors}");
        refused += 1;
    }
    assert!(refused > 15, "{refused}");
}

#[test]
fn a_key_is_shown_wherever_keys_are_shown() {
    let text = "[[source]]\nurl = \"https://a.example/\"\n[[output]]\nname = \"x\"\n[[notify]]\nexec = [\"tell\"]\n";
    let shown = read(text).unwrap_or_else(|errors| panic!("{errors}"));
    let (template, reference) = (template(), reference());
    let schema: Value = serde_json::from_str(&schema()).expect("it is JSON");
    for (shape, key) in all() {
        let name = key.name;
        let line = Regex::new(&format!(r"(?m)^#?{name} (=|\(not set\))")).expect("a key is a word");
        let section = |text: &str, header: &str| -> String {
            let (_, behind) = text.split_once(header).unwrap_or_else(|| panic!("{header} in\n{text}"));
            behind.split("\n\n").next().unwrap_or_default().to_owned()
        };
        let (header, is_in_force) = match shape {
            None => (String::new(), true),
            Some(shape) => (format!("{}\n", shape.what), shape.name != "include"),
        };
        assert!(
            line.is_match(&section(&template, &format!("\n#{header}"))) || header.is_empty(),
            "{name} in {template}"
        );
        if is_in_force {
            let shown = if header.is_empty() { shown.clone() } else { section(&shown, &format!("\n{header}")) };
            assert!(line.is_match(&shown), "{name} in {header}{shown}");
        }
        assert!(reference.contains(&format!("`{name}`")), "{name} in {reference}");
        let described = match shape {
            None => &schema["properties"][name],
            Some(shape) => {
                let table = &schema["properties"][shape.name];
                let table = if shape.most.is_some() { &table["items"] } else { table };
                &table["properties"][name]
            }
        };
        assert!(described["description"].is_string(), "{name} in {schema:#}");
    }
}

/// The lines of a key in all tables with this header.
fn lines_of(text: &str, header: &str, key: &str) -> String {
    let mut at = "";
    let lines = text.lines().filter(|line| {
        if line.starts_with('[') {
            at = *line;
        }
        at == header && line.trim_start_matches('#').starts_with(&format!("{key} "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_written_value_of_a_key_is_in_force() {
    for (shape, key) in all() {
        if shape.is_some_and(|shape| shape.name == "include") || FILE_KEYS.contains(&key.name) {
            continue;
        }
        let header = shape.map_or("", |shape| shape.what);
        let words =
            key.kind.schema()["enum"].as_array().into_iter().flatten().map(Value::to_string).collect::<Vec<_>>();
        let values = words.into_iter().chain(default_text(key)).chain([template_value(key)]);
        let mut shown = BTreeSet::new();
        for value in values.chain(VALUES.iter().map(|value| (*value).to_owned())) {
            // An output may select the source below.
            let text = format!("{}[[source]]\nurl = \"https://b.example/\"\nname = \"x\"\n", file(shape, key, &value));
            shown.extend(read(&text).ok().map(|text| lines_of(&text, header, key.name)));
        }
        assert!(shown.len() > 1, "{header} {}: {shown:?}", key.name);
    }
}

/// Whether a value conforms to a schema, for the parts of JSON Schema that this project uses.
fn fits(value: &Value, schema: &Value) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}: {value} against {schema}"));
    if let Some(choices) = schema["anyOf"].as_array() {
        return match choices.iter().any(|choice| fits(value, choice).is_ok()) {
            true => Ok(()),
            false => wrong("no choice"),
        };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { Ok(()) } else { wrong("no word") };
    }
    match schema["type"].as_str() {
        Some("string") => {
            let Some(text) = value.as_str() else { return wrong("not a string") };
            match schema["pattern"].as_str() {
                Some(pattern) if !Regex::new(pattern).expect("it is valid").is_match(text) => wrong("the pattern"),
                _ => Ok(()),
            }
        }
        Some("boolean") if value.is_boolean() => Ok(()),
        Some("integer" | "number") => match value.as_f64() {
            Some(number)
                if schema["minimum"].as_f64() <= Some(number) && Some(number) <= schema["maximum"].as_f64() =>
            {
                Ok(())
            }
            _ => wrong("not a number within bounds"),
        },
        Some("array") => match value.as_array() {
            Some(items) => items.iter().try_for_each(|item| fits(item, &schema["items"])),
            None => wrong("not a list"),
        },
        Some("object") => {
            let Some(object) = value.as_object() else { return wrong("not a table") };
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let Some(missing) = required.into_iter().find(|name| !object.contains_key(*name)) {
                return wrong(&format!("{missing} is missing"));
            }
            object.iter().try_for_each(|(name, value)| {
                match (&schema["properties"][name], &schema["additionalProperties"]) {
                    (Value::Null, Value::Bool(false)) => wrong(&format!("unknown key {name}")),
                    (Value::Null, further) => fits(value, further),
                    (known, _) => fits(value, known),
                }
            })
        }
        _ => wrong("an unexpected type"),
    }
}

/// The template with all its settings uncommented.
fn uncommented() -> Value {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with([' ', '#']) => rest.to_owned(),
        _ => line.to_owned(),
    };
    let text: Vec<String> = template().lines().map(line).collect();
    let table: toml::Table = text.join("\n").parse().unwrap_or_else(|error| panic!("{error}"));
    serde_json::to_value(table).expect("TOML can be JSON")
}

#[test]
fn the_template_conforms_to_the_schema() {
    let schema: Value = serde_json::from_str(&schema()).expect("it is JSON");
    fits(&uncommented(), &schema).unwrap_or_else(|why| panic!("{why}"));
    for (change, said) in [
        ("/poll/concurrency", "not a number"),
        ("/poll/every", "not a string"),
        ("/log/format", "no word"),
        ("/source/0/tags", "not a list"),
    ] {
        let mut wrong = uncommented();
        *wrong.pointer_mut(change).expect("it is there") = serde_json::json!({ "x": 1 });
        let why = fits(&wrong, &schema).expect_err("it is wrong");
        assert!(why.starts_with(said), "{why}");
    }
    let mut unknown = uncommented();
    unknown["poll"]["evry"] = Value::from("1h");
    assert!(fits(&unknown, &schema).expect_err("it is unknown").starts_with("unknown key evry"));
}

/// The files in the repository are up to date. `WATERSHED_WRITE=1` writes them.
#[test]
fn the_template_and_the_reference_page_agree_with_the_tables() {
    for (file, text) in [("config/watershed.toml", template()), ("docs/configuration.md", reference())] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        if std::env::var_os("WATERSHED_WRITE").is_some() {
            std::fs::write(&path, &text).expect("it can be written");
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        let advice = "run the tests with WATERSHED_WRITE=1 to update it";
        let differs = found.lines().zip(text.lines()).find(|(found, text)| found != text);
        assert!(
            found == text,
            "{file} does not agree with the tables of keys: {advice}; first difference: {differs:?}"
        );
    }
}
