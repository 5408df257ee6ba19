//! Secret values: written in the configuration, or read from a file, the environment, or a credential of systemd.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde_json::{Value, json};
use url::Url;

use super::context::{Context, Place, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::keys::{Known, SECRET_KEYS};
use super::limits::MAX_SECRET_BYTES;
use super::open::read_up_to;
use super::reader::Table;
use super::secret::{MASK, Secret};
use crate::text::address::is_web;

/// Bits of a file's mode that allow its group, and everybody, to read it.
const READABLE_BY_GROUP: u32 = 0o040;
const READABLE_BY_ALL: u32 = 0o004;
/// Bits of a file's mode that allow others than its owner to write to it.
const WRITABLE_BY_OTHERS: u32 = 0o022;
const WANTED: &str = "a string, { file = \"PATH\" }, { env = \"NAME\" } or { credential = \"NAME\" }";

const NO_PATH: &str = "this is the content of a file, not a path";
const NO_PATH_HELP: &str = "save the text in a file of its own, and write the path of that file here";

/// Whether a text in the place of a path is the content of a file, such as a private key (PEM). No message may repeat it.
fn is_content(path: &str) -> bool {
    path.contains(['\n', '\r']) || path.contains("-----BEGIN ")
}

/// Reads the secret of `key`. An empty secret is a mistake.
pub(super) fn secret(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<Secret>> {
    let secret = read(cx, table, key)?;
    if secret.value.expose().is_empty() {
        return cx.refuse(&secret.place, format!("`{key}` is empty"));
    }
    Some(secret)
}

/// The schema of a secret.
pub(super) fn schema() -> Value {
    let text = string();
    let properties: serde_json::Map<String, Value> =
        SECRET_KEYS.iter().map(|kind| ((*kind).to_owned(), text.clone())).collect();
    let reference = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1,
    });
    json!({ "anyOf": [text, reference] })
}

kind! {
    /// `token`: a secret; an empty string means not set.
    Token: Secret, format!("{WANTED}; empty: not set"), schema(), token, hidden
}

fn token(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Secret> {
    read(cx, table, key).map(|secret| secret.value).filter(|secret| !secret.expose().is_empty())
}

/// The token is written as a comment, because otherwise its mask would be the token.
fn hidden(_: &Secret) -> Shown {
    Shown::Comment(format!("\"{MASK}\" (without a token, everybody can read this output)"))
}

kind! {
    /// `url` of a `[[notify]]` and `webhook` of an output: an address that is secret as a whole; an empty string means not set.
    Webhook: Secret, format!("an address that begins with `http://` or `https://`, as {WANTED}; empty: not set"),
    schema(), webhook, hidden_address
}

fn webhook(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Secret> {
    let Written { value, place } = read(cx, table, key).filter(|address| !address.value.expose().is_empty())?;
    let is_address = |url: Url| is_web(&url) && url.has_host();
    if !Url::parse(value.expose()).is_ok_and(is_address) {
        let message = format!("`{key}` is not an address that begins with http:// or https://");
        return cx.refuse_with_help(&place, message, "such as \"https://example.org/hook\"");
    }
    Some(value)
}

/// The address is written as a comment, because otherwise its mask would be the address.
fn hidden_address(_: &Secret) -> Shown {
    Shown::Comment(format!("\"{MASK}\""))
}

/// The text of the file that `key` names, which may be shown. The file is watched. An empty name means no file.
pub(super) fn file_of(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
    named_file(cx, table, key, false)
}

/// Like [`file_of`], for a file whose text is secret. A notice warns if other users may read the file.
pub(super) fn secret_file_of(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
    named_file(cx, table, key, true)
}

fn named_file(cx: &mut Context<'_>, table: &Table<'_>, key: &str, is_secret: bool) -> Option<Written<String>> {
    let Written { value: name, place } = table.string(cx, key).filter(|name| !name.value.is_empty())?;
    if is_content(&name) {
        return cx.refuse_with_help(&place, format!("`{key}`: {NO_PATH}"), NO_PATH_HELP);
    }
    let read = watched(cx, &place, &name, is_secret);
    let value = read.inspect_err(|why| cx.error(&place, format!("`{key}`: {why}"))).ok()?;
    Some(Written { value, place })
}

/// The text of a file that is named at `place`. The file is watched even if it cannot be read.
fn watched(cx: &mut Context<'_>, place: &Place, name: &str, is_secret: bool) -> Result<String, String> {
    let path = cx.relative_to(place, name);
    let read = read_file(&path);
    if is_secret && read.is_ok() {
        warn_if_readable_by_others(cx, &path);
    }
    cx.named_files.push(path);
    read
}

fn read(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<Secret>> {
    let value = table.get(key)?;
    let place = table.place_of(key);
    let text = if value.get_ref().as_str().is_some() {
        let written = table.expanded(cx, key)?;
        if written.value.parts().is_empty() && !written.value.value.is_empty() {
            cx.note_secret_in(&place);
        }
        written.value.value
    } else if value.get_ref().as_table().is_some() {
        let reference = table.table(cx, key, "a reference to a secret", Known::Names(SECRET_KEYS))?;
        referenced(cx, &reference, key)?
    } else {
        return cx.refuse(&place, format!("`{key}` must be {WANTED}"));
    };
    Some(Written { value: Secret::new(text), place })
}

fn referenced(cx: &mut Context<'_>, reference: &Table<'_>, key: &str) -> Option<String> {
    let named: Vec<&str> = SECRET_KEYS.iter().copied().filter(|kind| reference.get(kind).is_some()).collect();
    let [kind] = named.as_slice() else {
        return cx.refuse(&reference.place, format!("`{key}` must be {WANTED}"));
    };
    let Written { value: name, place } = reference.string(cx, kind)?;
    let read = match *kind {
        "env" => (cx.env)(&name).ok_or_else(|| format!("the environment variable {name} is not set")),
        "file" if is_content(&name) => Err(NO_PATH.to_owned()),
        "file" => watched(cx, &place, &name, true),
        _ => credential(cx, &name),
    };
    read.inspect_err(|why| cx.error(&place, format!("`{key}`: {why}"))).ok()
}

/// systemd.exec(5), `LoadCredential=`.
fn credential(cx: &Context<'_>, name: &str) -> Result<String, String> {
    if name.is_empty() || name.contains('/') || name.starts_with('.') {
        return Err(format!("`{name}` is not a valid name of a credential"));
    }
    let folder = (cx.env)("CREDENTIALS_DIRECTORY")
        .ok_or_else(|| format!("systemd has passed no credentials: write `LoadCredential={name}:PATH` in the unit"))?;
    read_file(&Path::new(&folder).join(name))
}

fn read_file(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let bytes = read_up_to(path, MAX_SECRET_BYTES).map_err(|error| format!("cannot read {shown}: {error}"))?;
    if bytes.len() as u64 > MAX_SECRET_BYTES {
        return Err(format!("{shown} is larger than {MAX_SECRET_BYTES} bytes"));
    }
    let text = String::from_utf8(bytes).map_err(|_| format!("cannot read {shown}: it is not valid UTF-8"))?;
    // Editors end a file with a line break, which does not belong to the secret.
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Warns of configuration files that contain secrets in plain text and that other users may read or write to.
pub(super) fn warn_of_open_files(cx: &mut Context<'_>) {
    for path in cx.files_with_secrets() {
        let Ok(found) = std::fs::metadata(&path) else { continue };
        let may = match (is_readable_by_others(&found), found.mode() & WRITABLE_BY_OTHERS != 0) {
            (true, false) => "read",
            (false, true) => "write to",
            (true, true) => "read and write to",
            (false, false) => continue,
        };
        let shown = path.display();
        let text = format!(
            "{shown} contains secrets in plain text, and other users of this machine may {may} it: run `chmod 600 {shown}`, \
             or keep the secrets in files, environment variables or credentials"
        );
        cx.notice_open_file(&path, text);
    }
}

fn warn_if_readable_by_others(cx: &mut Context<'_>, path: &Path) {
    let Ok(found) = std::fs::metadata(path) else { return };
    if is_readable_by_others(&found) {
        let shown = path.display();
        let text = format!("other users of this machine may read the secret in {shown}: run `chmod 600 {shown}`");
        cx.notice_open_file(path, text);
    }
}

/// Whether others than its owner may read a file. A file of root that a group may read is meant for the service that is this group.
fn is_readable_by_others(found: &Metadata) -> bool {
    let is_for_a_service = found.uid() == 0;
    found.mode() & READABLE_BY_ALL != 0 || (found.mode() & READABLE_BY_GROUP != 0 && !is_for_a_service)
}
