//! Masks the secrets in addresses that are shown, and in lines of the file that are quoted.
//!
//! `***` replaces a secret. If the secret cannot be guessed, eight hexadecimal digits of a digest follow. They
//! distinguish addresses that differ in nothing else, and never change. A secret that may be a word gets no digest,
//! because an attacker could compare the digests of all words in a list.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::hidden::{Kind, MASK_DIGITS, Part, is_masked, is_secret_name, parts};
use super::keys::{homes, nearest};
use super::look::{Look, has_uuid, look};
use super::secret::{MASK, Secret};
use super::torn::torn_spans;
use crate::text::address::{drop_login, has_login};

/// The context of these digests, so that they differ from all other digests of the same secret. It must never change,
/// because published ids contain the digests.
const DIGEST_CONTEXT: &str = "watershed 2026-11 secrets in shown addresses";

/// Keys below which every string is secret, except the names of files, variables and credentials.
pub(super) const SECRET_TABLES: &[&str] = &["auth", "headers", "token", "proxy", "password", "webhook"];
/// Other words for a password. A key that is near to one of these is a secret, too.
const OTHER_WORDS: &[&str] =
    &["passwd", "pswd", "passphrase", "passcode", "bearer", "apikey", "cookie", "credentials", "login", "basic"];
const REFERENCES: &[&str] = &["file", "env", "credential"];

/// `url` without user name and password, and with a mask for each secret in it.
pub fn redact_url(url: &Url) -> String {
    let bare = without_login(url);
    with_masks(bare.as_str(), &parts(bare.as_str()))
}

/// Like [`redact_url`], but hides only user names, passwords and sessions.
pub(super) fn redact_login(url: &Url) -> String {
    without_logins(without_login(url).as_str()).into_owned()
}

/// `url` with everything behind its host masked, and the host without tokens in its labels.
pub(super) fn redact_whole(url: &Url) -> String {
    let hidden = &url[url::Position::BeforePath..];
    if hidden.len() <= 1 {
        return redact_url(url);
    }
    let mut shown = without_login(url).into_owned();
    shown.set_query(None);
    shown.set_fragment(None);
    shown.set_path(&format!("/{}", mask_of(hidden)));
    redact_url(&shown)
}

/// An address without its user name and password.
pub(super) fn without_login(url: &Url) -> Cow<'_, Url> {
    if !has_login(url) {
        return Cow::Borrowed(url);
    }
    let mut bare = url.clone();
    drop_login(&mut bare);
    Cow::Owned(bare)
}

/// A text that others have published, such as a feed's own address, without the user names, passwords and sessions in its
/// addresses. Everything else in it is public already.
pub fn without_logins(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut done = 0;
    for chunk in chunks(text).filter(|chunk| text[chunk.clone()].contains("://")) {
        for part in parts(&text[chunk.clone()]).iter().filter(|part| part.kind != Kind::Token) {
            out.push_str(&text[done..chunk.start + part.range.start]);
            done = chunk.start + part.range.end;
            if part.kind == Kind::Login && !part.is_inside {
                // The sign that ends the login is removed as well.
                done += 1;
            } else {
                out.push_str(MASK);
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

fn with_masks(address: &str, parts: &[Part]) -> String {
    let mut out = String::with_capacity(address.len());
    let mut done = 0;
    for part in parts {
        out.push_str(&address[done..part.range.start]);
        // A session gets no digest, because its id changes with each visit.
        out.push_str(&if part.kind == Kind::Session { MASK.to_owned() } else { mask_of(&part.value) });
        done = part.range.end;
    }
    out.push_str(&address[done..]);
    out
}

/// The mask that replaces a secret.
pub(super) fn mask_of(secret: &str) -> String {
    let is_word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let mut words = secret.split(|character: char| !is_word(character));
    if !words.any(|word| look(word) != Look::Public || has_uuid(word)) {
        return MASK.to_owned();
    }
    let digest = blake3::derive_key(DIGEST_CONTEXT, secret.as_bytes());
    let digits: String = digest[..MASK_DIGITS / 2].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{MASK}{digits}")
}

/// An address as [`redact_url`] shows it, without the digests.
pub fn without_digests(shown: &str) -> String {
    let mut parts = shown.split(MASK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(MASK);
        out.push_str(if has_digest(part) { &part[MASK_DIGITS..] } else { part });
    }
    out
}

/// Whether a shown address contains a mask without a digest, so that another address may look the same.
pub(super) fn has_bare_mask(shown: &str) -> bool {
    shown.split(MASK).skip(1).any(|behind| !has_digest(behind))
}

fn has_digest(behind: &str) -> bool {
    behind.get(..MASK_DIGITS).is_some_and(|digits| is_masked(&format!("{MASK}{digits}")))
}

/// The secrets in an address: user name, password, and every other part that is masked.
pub fn secrets_of_url(url: &Url) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for part in parts(url.as_str()) {
        let written = &url.as_str()[part.range.clone()];
        // An address inside of the address is encoded once more, so a search for the decoded secret would not find it.
        if part.is_inside && part.kind != Kind::Login && written != part.value {
            secrets.push(Secret::new(written));
        }
        secrets.push(Secret::new(part.value));
    }
    secrets
}

/// The places of a document's values that must not be quoted.
pub(super) fn secret_spans(text: &str) -> Vec<Range<usize>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // In a damaged document, the parsed structure may differ from the intended structure.
        return torn_spans(text);
    }
    let mut spans = Vec::new();
    collect(document.get_ref(), false, &mut spans);
    spans
}

fn collect(table: &DeTable<'_>, is_secret: bool, spans: &mut Vec<Range<usize>>) {
    // Every value but false and "auto" counts as true, because it may be misspelt.
    let is_open = |secret: &DeValue<'_>| secret.as_bool() == Some(false) || secret.as_str() == Some("auto");
    let is_whole = table.get("secret").is_some_and(|secret| !is_open(secret.get_ref()));
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        // A key that resembles the key of a secret may be misspelt. `path` resembles `auth`, but is a known key.
        let misspelt = || is_misspelt(key) || (key != "path" && nearest(key, SECRET_TABLES.iter().copied()).is_some());
        let is_address = is_whole && key == "url";
        if key == "notify" {
            collect_targets(value, spans);
        }
        let below = is_secret || is_address || SECRET_TABLES.contains(&key) || is_secret_name(key) || misspelt();
        // A user name is not a secret, but behind a colon in it there is a misplaced password.
        let is_name = key == "user" && value.get_ref().as_str().is_some_and(|name| !name.contains(':'));
        let is_shown = is_secret && (REFERENCES.contains(&key) || is_name);
        if !is_shown || has_private_key(value.get_ref()) {
            collect_value(value, below, spans);
        }
    }
}

/// Whether an unknown key is probably a misspelt key of a secret.
pub(super) fn is_misspelt(key: &str) -> bool {
    let secrets = SECRET_TABLES.iter().chain(OTHER_WORDS).copied();
    homes(key).is_empty() && nearest(key, secrets).is_some()
}

/// The addresses in `[[notify]]`, which are secret as a whole.
fn collect_targets(value: &Spanned<DeValue<'_>>, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Array(array) => array.iter().for_each(|value| collect_targets(value, spans)),
        DeValue::Table(table) => table.get("url").into_iter().for_each(|url| collect_value(url, true, spans)),
        _ => {}
    }
}

fn collect_value(value: &Spanned<DeValue<'_>>, is_secret: bool, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => collect(table, is_secret, spans),
        DeValue::Array(array) => array.iter().for_each(|value| collect_value(value, is_secret, spans)),
        // True and false are never secrets.
        DeValue::Boolean(_) => {}
        // A password without quotes may be read as a number or a date.
        found if is_secret || has_private_key(found) => spans.push(value.span()),
        _ => {}
    }
}

/// Whether a value is a private key (PEM), perhaps in the place of the path of its file.
fn has_private_key(value: &DeValue<'_>) -> bool {
    value.as_str().is_some_and(|text| text.contains("PRIVATE KEY"))
}

/// A line of the file, which begins at `start`, with `*` in place of each character of a secret, so that the columns stay
/// the same.
pub(super) fn masked_line(line: &str, start: usize, secrets: &[Range<usize>]) -> String {
    let is_here = |secret: &&Range<usize>| secret.start < start + line.len() && secret.end > start;
    let secrets: Vec<&Range<usize>> = secrets.iter().filter(is_here).collect();
    let in_addresses = secrets_in_addresses(line);
    let shown = |(byte, character): (usize, char)| {
        let is_secret = secrets.iter().any(|secret| secret.contains(&(start + byte)));
        let is_covered =
            (is_secret && !matches!(character, '"' | '\'')) || in_addresses.iter().any(|secret| secret.contains(&byte));
        if is_covered { '*' } else { character }
    };
    line.char_indices().map(shown).collect()
}

/// A whole file with its secrets masked.
pub fn masked(text: &str) -> String {
    let secrets = secret_spans(text);
    let mut start = 0;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(&masked_line(line, start, &secrets));
        start += line.len();
    }
    out
}

/// The secrets in addresses, and in texts that may be addresses. The search is in the original text, because an address
/// with a covered part would not be recognised, and would show its login.
fn secrets_in_addresses(text: &str) -> Vec<Range<usize>> {
    let mut secrets: Vec<Range<usize>> = Vec::new();
    for chunk in chunks(text) {
        let (start, chunk) = (chunk.start, &text[chunk]);
        if !chunk.contains(['/', '?', '&', '@']) {
            continue;
        }
        secrets.extend(parts(chunk).into_iter().map(|part| start + part.range.start..start + part.range.end));
        // `me:password@host` without a scheme is a common mistake.
        if let Some((login, _)) = chunk.split_once('@')
            && login.contains(':')
            && !login.contains('/')
            && !login.starts_with("mailto:")
        {
            secrets.push(start..start + login.len());
        }
    }
    secrets
}

/// The parts of a text between white space, quotes and angle brackets.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_between = |character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>');
    let mut start = 0;
    text.split(is_between).map(move |chunk| {
        let from = start;
        // The separators have different lengths, so the search for the next chunk begins where this chunk ends.
        let sign = text[from + chunk.len()..].chars().next().map_or(0, char::len_utf8);
        start = from + chunk.len() + sign;
        from..from + chunk.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn digests_keep_addresses_apart_and_are_the_same_for_ever() {
        let shown = |token: &str| redact_url(&address(&format!("https://a.example/f?token={token}")));
        let (one, other) = (shown("q7w9e2r4t6y8u1i3"), shown("q7w9e2r4t6y8u1i4"));
        assert_eq!(one, shown("q7w9e2r4t6y8u1i3"));
        assert_ne!(one, other);
        assert_eq!(without_digests(&one), "https://a.example/f?token=***");
        assert!(!has_bare_mask(&one), "{one}");
        // The same holds for paths and hosts.
        for form in ["https://a.example/rss/ID", "https://ID.f.a.example/f"] {
            let shown = |last: &str| {
                let id = format!("9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a{last}");
                redact_url(&address(&form.replace("ID", &id)))
            };
            let (one, other) = (shown("0"), shown("1"));
            assert!(one != other && !has_bare_mask(&one) && !one.contains("9f8e7d6c"), "{one} {other}");
        }
        // An attacker could find a word by comparing digests.
        assert_eq!(shown("hunter2"), "https://a.example/f?token=***");
        assert!(has_bare_mask(&shown("hunter2")));
        // A mask is not masked again.
        assert_eq!(redact_url(&address(&one)), one);
    }

    #[test]
    fn published_texts_lose_only_logins_and_sessions() {
        for (text, expected) in [
            ("Feed of http://me:pw@a.example/f, daily", "Feed of http://a.example/f, daily"),
            ("http://a.example/f;jsessionid=1A2B?x=1", "http://a.example/f;jsessionid=***?x=1"),
            ("http://a.example/f?PHPSESSID=abc&p=2", "http://a.example/f?PHPSESSID=***&p=2"),
            ("http://a.example/(S(lit3py55t21z))/f", "http://a.example/(S(***))/f"),
            ("http://a.example/f?token=q7w9e2r4t6y8u1i3", "http://a.example/f?token=q7w9e2r4t6y8u1i3"),
            ("tag:a.example,2026:x?sid=1", "tag:a.example,2026:x?sid=1"),
            ("a < b & c@d \"e\" ü", "a < b & c@d \"e\" ü"),
        ] {
            assert_eq!(without_logins(text), expected);
        }
    }

    #[test]
    fn a_whole_address_is_hidden_where_it_is_said_to_be_secret() {
        for (url, expected) in [
            ("https://me:pw@a.example/", "https://a.example/"),
            ("https://a.example:8080/people/jane?x=1", "https://a.example:8080/***"),
            ("https://0f1e2d3c4b5a69788796a5b4c3d2e1f0.f.a.example/", "https://***.f.a.example/"),
            ("https://0f1e2d3c4b5a69788796a5b4c3d2e1f0.f.a.example/people", "https://***.f.a.example/***"),
        ] {
            assert_eq!(without_digests(&redact_whole(&address(url))), expected);
        }
        // `secret = false` shows it all.
        for url in ["https://0f1e2d3c4b5a69788796a5b4c3d2e1f0.f.a.example/", "https://a.example/key/hunter2/?pin=1234"]
        {
            assert_eq!(redact_login(&address(url)), url);
            assert_ne!(redact_url(&address(url)), url);
        }
        let shown = redact_whole(&address("https://a.example/p/q7w9e2r4t6y8u1i3"));
        assert_eq!(without_digests(&shown), "https://a.example/***");
        assert!(!has_bare_mask(&shown), "{shown}");
    }

    #[test]
    fn secrets_of_addresses_are_known_decoded() {
        for (url, expected) in [
            ("https://me:p%40ss+word@a.example/f?token=a%2Fb&x=y", &["p@ss+word", "a/b"][..]),
            ("https://q7w9e2r4t6y8u1i3@a.example/f", &["q7w9e2r4t6y8u1i3"]),
            ("https://a.example/?url=https%3A%2F%2Fb.example%2F%3Ftoken%3Da%2520b", &["a%2520b", "a b"]),
            ("https://a.example/f?n=1", &[]),
        ] {
            let secrets: Vec<String> =
                secrets_of_url(&address(url)).iter().map(|secret| secret.expose().to_owned()).collect();
            assert_eq!(secrets, expected, "{url}");
        }
    }

    #[test]
    fn quoted_lines_keep_their_columns_and_hide_secrets() {
        let check = |text: &str, shown: &str| {
            let (start, line) = text.rsplit_once('\n').map_or((0, text), |(before, line)| (before.len() + 1, line));
            assert_eq!(masked_line(line, start, &secret_spans(text)), shown, "{text}");
        };
        check("url = \"htp://me:pw@a.example/?a=b\"", "url = \"htp://*****@a.example/?a=b\"");
        check("url = \"me:pw@a.example/?a=b\"", "url = \"*****@a.example/?a=b\"");
        check("contact = \"mailto:me@a.example\"", "contact = \"mailto:me@a.example\"");
        check("url = \"https://a.example/?x=1&token=abc\" # é", "url = \"https://a.example/?x=1&token=***\" # é");
        check("url = \"https://a.example/secret:abc/u:me/\"", "url = \"https://a.example/secret:***/u:me/\"");
        check("url = \"https://a.example/p\"\nsecret = true", "secret = true");
        check("secret = true\nurl = \"https://a.example/p\"", "url = \"*******************\"");
        check("evry = \"1h\"", "evry = \"1h\"");
        check("token = \"abc\"", "token = \"***\"");
        check("token = 1234", "token = ****");
        check(
            "auth = { user = \"me:x\", password = { file = \"x\" }, pasword = \"abc\" }",
            "auth = { user = \"****\", password = { file = \"x\" }, pasword = \"***\" }",
        );
        check("headers = { \"X-A\" = \"abc\", b = 1 }", "headers = { \"X-A\" = \"***\", b = * }");
        check("[[source]]\n[source.headers]\nX-Foo = \"abc\"", "X-Foo = \"***\"");
        check("source = [ { pasword = \"abc\" } ]", "source = [ { pasword = \"***\" } ]");
        check("auht = { password = \"ab\" }", "auht = { password = \"**\" }");
        check("psswd = \"ab\"", "psswd = \"**\"");
        check("login = \"me:ab\"", "login = \"*****\"");
        check("basic = \"me:ab\"", "basic = \"*****\"");
        check("secret = \"true\"\nurl = \"https://a.example/p\"", "url = \"*******************\"");
        check("secret = \"auto\"\nurl = \"https://a.example/p\"", "url = \"https://a.example/p\"");
        check("titel = \"x\"", "titel = \"x\"");
        check("client_cert = \"BEGIN PRIVATE KEY AB\"", "client_cert = \"********************\"");
        check("token = { file = \"BEGIN PRIVATE KEY AB\" }", "token = { file = \"********************\" }");
        check("client_cert = \"me.pem\"", "client_cert = \"me.pem\"");
        check("[[include]]\npath = \"x\"", "path = \"x\"");
        check("[[notify]]\nurl = \"https://a.example/x\"", "url = \"*******************\"");
        check("[[notify]]\nurl = { file = \"x\" }", "url = { file = \"x\" }");
        check("[[output]]\nwebhook = \"https://a.example/x\"", "webhook = \"*******************\"");
    }
}
