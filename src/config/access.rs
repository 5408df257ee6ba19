//! The login and the headers that a source's server is sent, and the authorities by which the server is verified.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use super::client_cert::CERTIFICATE_HELP;
use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, quoted, string};
use super::keys::{AUTH_KEYS, BASIC_KEYS, Known};
use super::reader::Table;
use super::resolved::Auth;
use super::secret::{MASK, Secret};
use super::secret_value::{file_of, schema, secret};

/// Headers that the program sets itself, in lower case.
const OUR_HEADERS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "proxy-authorization",
    "range",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

kind! {
    /// `auth`: a user name and a password, or a token.
    Login: Auth,
    "`{ user = \"NAME\", password = SECRET }` or `{ bearer = SECRET }`",
    json!({
        "type": "object",
        "properties": { "user": string(), "password": schema(), "bearer": schema() },
        "additionalProperties": false,
        "minProperties": 1,
    }),
    login,
    show_login
}

/// The login is written as a comment, because its mask would be sent as the password.
fn show_login(value: &Auth) -> Shown {
    Shown::Comment(match value {
        Auth::Basic { user, .. } => format!("{{ user = {}, password = \"{MASK}\" }}", quoted(user)),
        Auth::Bearer(_) => format!("{{ bearer = \"{MASK}\" }}"),
    })
}

fn login(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Auth> {
    let auth = table.table(cx, key, "`auth`", Known::Names(AUTH_KEYS))?;
    if auth.get("bearer").is_some() {
        return bearer(cx, &auth);
    }
    for key in BASIC_KEYS.iter().filter(|key| auth.get(key).is_none()) {
        cx.error(&auth.place, format!("`auth` has no `{key}`"));
    }
    let user = auth.string(cx, "user");
    let password = secret(cx, &auth, "password");
    let user = user?;
    // RFC 7617, 2: a colon would end the user name.
    if user.value.contains(':') || user.value.chars().any(char::is_control) {
        return cx.refuse(&user.place, "`user` must not contain a colon or control characters");
    }
    Some(Auth::Basic { user: user.value, password: password?.value })
}

/// A token excludes a user name and password, because both are sent in the same header.
fn bearer(cx: &mut Context<'_>, auth: &Table<'_>) -> Option<Auth> {
    if BASIC_KEYS.iter().any(|key| auth.get(key).is_some()) {
        return cx.refuse(&auth.place, "`auth` takes either `user` and `password`, or `bearer`");
    }
    let token = secret(cx, auth, "bearer")?;
    if !is_header_value(token.value.expose()) {
        return cx.refuse(&token.place, "`bearer` contains characters that are not allowed in a header");
    }
    Some(Auth::Bearer(token.value))
}

kind! {
    /// `ca`: the certificates in a file, as DER.
    Authorities: Vec<Vec<u8>>, "the path of a file with certificates (PEM); empty: not set",
    string(), authorities, show_authorities
}

fn authorities(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<Vec<u8>>> {
    let file = file_of(cx, table, key)?;
    let found: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(file.value.as_bytes()).collect();
    match found {
        Ok(found) if !found.is_empty() => Some(found.iter().map(|certificate| certificate.to_vec()).collect()),
        Ok(_) | Err(_) => {
            let message = format!("`{key}`: the file contains no certificate (PEM)");
            cx.refuse_with_help(&file.place, message, CERTIFICATE_HELP)
        }
    }
}

fn show_authorities(value: &[Vec<u8>]) -> Shown {
    match value.len() {
        0 => Shown::text(""),
        // The name of the file is unknown here, because only its content is kept.
        number => Shown::Comment(format!("\"…\" (certificates: {number})")),
    }
}

kind! {
    /// `headers`: names and secret values.
    Headers: Vec<(String, Secret)>, "`{ \"NAME\" = SECRET }`",
    json!({ "type": "object", "additionalProperties": schema() }), headers, show_headers
}

fn headers(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<(String, Secret)>> {
    let written = table.free_table(cx, key, "`headers`")?;
    let has_login = table.get("auth").is_some();
    let headers: Vec<(String, Secret)> =
        written.keys().into_iter().filter_map(|name| header(cx, &written, name, has_login)).collect();
    Some(headers).filter(|headers| !headers.is_empty())
}

fn show_headers(value: &[(String, Secret)]) -> Shown {
    let headers: Vec<String> = value.iter().map(|(name, _)| format!("{} = \"{MASK}\"", quoted(name))).collect();
    match headers.is_empty() {
        true => Shown::Value("{}".to_owned()),
        // The headers are written as a comment, because their masks would be sent.
        false => Shown::Comment(format!("{{ {} }}", headers.join(", "))),
    }
}

fn header(
    cx: &mut Context<'_>,
    written: &Table<'_>,
    name: Written<String>,
    has_login: bool,
) -> Option<(String, Secret)> {
    let Written { value: name, place } = name;
    if !is_header_name(&name) {
        return cx.refuse(&place, format!("`headers`: {name:?} is not a valid name of an HTTP header"));
    }
    if OUR_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return cx.refuse(&place, format!("`headers`: {name} is set by watershed itself"));
    }
    if name.eq_ignore_ascii_case("authorization") && has_login {
        return cx.refuse(&place, "`headers`: Authorization is already set by `auth`: remove one of them");
    }
    let value = secret(cx, written, &name)?;
    if !is_header_value(value.value.expose()) {
        let message = format!("`headers`: the value of {name} contains characters that are not allowed in a header");
        return cx.refuse(&value.place, message);
    }
    Some((name, value.value))
}

/// RFC 9110, 5.6.2: a token.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// RFC 9110, 5.5. Only ASCII is allowed, because servers disagree about the encoding of other characters.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) && value.trim() == value
}
