//! Secrets in what is quoted: addresses with their secrets taken out, and lines of the file with theirs covered.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::keys::nearest;
use super::secret::Secret;

/// Parts of the names of query parameters, headers and keys whose values are secret.
const SECRET_WORDS: &[&str] =
    &["token", "key", "auth", "secret", "pass", "pwd", "sig", "session", "credential", "cookie"];
/// Whole names of such.
const SECRET_NAMES: &[&str] = &["pw", "sid", "code", "jwt", "hmac"];
/// Ends of the names of parameters whose values look like tokens, but are for everybody to know.
const PUBLIC_ENDS: &[&str] = &["id", "list", "channel", "feed", "url", "q"];
/// A word with a row of at least so many letters and digits, both among them, is taken for a token.
const TOKEN_ROW_LEAST_BYTES: usize = 16;
const MASK: &str = "***";

/// Whether the value under this name is to be shown to nobody.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.contains(&name.as_str()) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// `url` without user name and password, and with `***` for the values of secret parameters.
pub fn redact_url(url: &Url) -> String {
    let mut shown = url.clone();
    // Both fail only for addresses that have no place for them.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    if let Some(query) = url.query() {
        let parameters: Vec<String> = query.split('&').map(redacted_parameter).collect();
        shown.set_query(Some(&parameters.join("&")));
    }
    let private: Vec<&str> = private_segments(url).collect();
    if !private.is_empty() {
        let segments: Vec<&str> = url.path().split('/').collect();
        let hidden = segments.iter().map(|segment| if private.contains(segment) { MASK } else { segment });
        shown.set_path(&hidden.collect::<Vec<_>>().join("/"));
    }
    shown.into()
}

/// Path segments that are tokens by their look, in a path that calls itself private, as those of calendars do.
fn private_segments(url: &Url) -> impl Iterator<Item = &str> {
    let private = |segment: &str| segment.split(['-', '_']).next().is_some_and(|it| it.eq_ignore_ascii_case("private"));
    let is_private = url.path().split('/').any(private);
    url.path().split('/').filter(move |segment| is_private && looks_like_a_token(segment))
}

/// Letters and digits mixed in one long row, as no word and no date has them.
fn looks_like_a_token(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_alphanumeric()).any(|row| {
        let has = |is: fn(&u8) -> bool| row.bytes().any(|byte| is(&byte));
        row.len() >= TOKEN_ROW_LEAST_BYTES && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
    })
}

/// Whether the value of a query's parameter is secret: by its name, or by its look.
fn is_secret_parameter(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_secret_name(&name) || (looks_like_a_token(value) && !PUBLIC_ENDS.iter().any(|end| name.ends_with(end)))
}

fn redacted_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret_parameter(name, value) => format!("{name}={MASK}"),
        None if looks_like_a_token(parameter) => MASK.to_owned(),
        _ => parameter.to_owned(),
    }
}

/// What is secret in an address: user name, password, the values of secret parameters.
pub(super) fn secrets_of_url(url: &Url) -> Vec<Secret> {
    let decoded = |text: &str| percent_decoded(text);
    let mut secrets: Vec<String> = Vec::new();
    secrets.extend(url.password().map(decoded));
    // A name alone is often a token; with a password it is no secret, but is shown nowhere either.
    if !url.username().is_empty() && url.password().is_none() {
        secrets.push(decoded(url.username()));
    }
    for (name, value) in url.query_pairs() {
        match value.is_empty() {
            false if is_secret_parameter(&name, &value) => secrets.push(value.into_owned()),
            true if looks_like_a_token(&name) => secrets.push(name.into_owned()),
            _ => {}
        }
    }
    secrets.extend(private_segments(url).map(decoded));
    secrets.into_iter().filter(|secret| !secret.is_empty()).map(Secret::new).collect()
}

fn percent_decoded(text: &str) -> String {
    // As forms are decoded, but a plus sign is one.
    let form = text.replace('+', "%2B");
    url::form_urlencoded::parse(form.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

/// Keys below which every string is secret, but for the names of files, variables and credentials.
const SECRET_TABLES: &[&str] = &["auth", "headers", "token", "proxy", "password"];
const REFERENCES: &[&str] = &["file", "env", "credential"];

/// The places of a document's strings that must not be quoted.
pub(super) fn secret_spans(text: &str) -> Vec<Range<usize>> {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut spans = Vec::new();
    collect(document.get_ref(), false, &mut spans);
    spans
}

fn collect(table: &DeTable<'_>, is_secret: bool, spans: &mut Vec<Range<usize>>) {
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        // `path` is a key of its own.
        let misspelt = || key != "path" && nearest(key, SECRET_TABLES.iter().copied()).is_some();
        let below = is_secret || SECRET_TABLES.contains(&key) || is_secret_name(key) || misspelt();
        // A name alone is no secret; one with a colon has a password behind it that does not belong there.
        let is_name = key == "user" && value.get_ref().as_str().is_some_and(|name| !name.contains(':'));
        if !(is_secret && (REFERENCES.contains(&key) || is_name)) {
            collect_value(value, below, spans);
        }
    }
}

fn collect_value(value: &Spanned<DeValue<'_>>, is_secret: bool, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::String(_) if is_secret => spans.push(value.span()),
        DeValue::Table(table) => collect(table, is_secret, spans),
        DeValue::Array(array) => array.iter().for_each(|value| collect_value(value, is_secret, spans)),
        _ => {}
    }
}

/// A line of the file, which begins at `start`, with each character of a secret covered by `*`, so that columns stay
/// as they are.
pub(super) fn masked_line(line: &str, start: usize, secrets: &[Range<usize>]) -> String {
    let mut out: Vec<char> = line.chars().collect();
    for secret in secrets.iter().filter(|secret| secret.start < start + line.len() && secret.end > start) {
        for (at, (byte, character)) in line.char_indices().enumerate() {
            if secret.contains(&(start + byte)) && !matches!(character, '"' | '\'') {
                out[at] = '*';
            }
        }
    }
    cover_addresses(&mut out);
    out.into_iter().collect()
}

/// A whole file as it may be shown.
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

/// Covers what stands between `://` and `@`, and the values of secret parameters of addresses.
fn cover_addresses(line: &mut [char]) {
    let text: String = line.iter().collect();
    let bytes_to_chars = |byte: usize| text[..byte].chars().count();
    let mut covered: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices("://") {
        let rest = &text[at + 3..];
        let end = rest.find(['/', '?', '#', '"', '\'', ' ']).unwrap_or(rest.len());
        if let Some(sign) = rest[..end].rfind('@') {
            covered.push((at + 3, at + 3 + sign));
        }
    }
    for (at, _) in text.match_indices(['?', '&']) {
        let rest = &text[at + 1..];
        let end = rest.find(['&', '#', '"', '\'', ' ']).unwrap_or(rest.len());
        match rest[..end].split_once('=') {
            Some((name, value)) if is_secret_parameter(name, value) => {
                covered.push((at + 1 + name.len() + 1, at + 1 + end));
            }
            None if looks_like_a_token(&rest[..end]) => covered.push((at + 1, at + 1 + end)),
            _ => {}
        }
    }
    for (from, to) in covered {
        let (from, to) = (bytes_to_chars(from), bytes_to_chars(to));
        line[from..to].fill('*');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_their_secrets() {
        let check = |url: &str, shown: &str| {
            assert_eq!(redact_url(&Url::parse(url).expect("an address")), shown, "{url}");
        };
        check("https://a.example/feed?n=1", "https://a.example/feed?n=1");
        check("https://me:hunter2@a.example/feed", "https://a.example/feed");
        check("https://a.example/f?a=b&api_key=x&Token=y#z", "https://a.example/f?a=b&api_key=***&Token=***#z");
        check("https://a.example/f?token=", "https://a.example/f?token=");
        check("https://a.example/f?k=9f8e7d6c5b4a39281706f5e4&n=2", "https://a.example/f?k=***&n=2");
        check(
            "https://a.example/f?channel_id=UC9f8e7d6c5b4a39281706f5",
            "https://a.example/f?channel_id=UC9f8e7d6c5b4a39281706f5",
        );
        check("https://a.example/f?9f8e7d6c5b4a3928", "https://a.example/f?***");
        check("https://a.example/f?feed-rss2", "https://a.example/f?feed-rss2");
        check("https://a.example/f?show=climate-news-weekly-2024", "https://a.example/f?show=climate-news-weekly-2024");
        check("https://a.example/privateer/9f8e7d6c5b4a3928", "https://a.example/privateer/9f8e7d6c5b4a3928");
        check("https://a.example/cal/private-9f8e7d6c5b4a39281706/basic", "https://a.example/cal/***/basic");
        check("https://a.example/private/9f8e7d6c5b4a39281706f5/x", "https://a.example/private/***/x");
        check(
            "https://a.example/d/9f8e7d6c-5b4a-3928-1706/podcast.rss",
            "https://a.example/d/9f8e7d6c-5b4a-3928-1706/podcast.rss",
        );
        check("file:///tmp/feed.xml", "file:///tmp/feed.xml");
    }

    #[test]
    fn secrets_of_addresses_are_known_decoded() {
        let url = Url::parse("https://me:p%40ss+word@a.example/f?token=a%2Fb&x=y").expect("an address");
        let secrets: Vec<String> = secrets_of_url(&url).iter().map(|secret| secret.expose().to_owned()).collect();
        assert_eq!(secrets, ["p@ss+word", "a/b"]);
    }

    #[test]
    fn quoted_lines_keep_their_columns_and_hide_secrets() {
        let check = |text: &str, shown: &str| {
            let (start, line) = text.rsplit_once('\n').map_or((0, text), |(before, line)| (before.len() + 1, line));
            assert_eq!(masked_line(line, start, &secret_spans(text)), shown, "{text}");
        };
        check("url = \"htp://me:pw@a.example/?a=b\"", "url = \"htp://*****@a.example/?a=b\"");
        check("url = \"https://a.example/?x=1&token=abc\" # é", "url = \"https://a.example/?x=1&token=***\" # é");
        check("evry = \"1h\"", "evry = \"1h\"");
        check("token = \"abc\"", "token = \"***\"");
        check(
            "auth = { user = \"me:x\", password = { file = \"x\" }, pasword = \"abc\" }",
            "auth = { user = \"****\", password = { file = \"x\" }, pasword = \"***\" }",
        );
        check("headers = { \"X-A\" = \"abc\", b = 1 }", "headers = { \"X-A\" = \"***\", b = 1 }");
        check("[[source]]\n[source.headers]\nX-Foo = \"abc\"", "X-Foo = \"***\"");
        check("source = [ { pasword = \"abc\" } ]", "source = [ { pasword = \"***\" } ]");
        check("auht = { password = \"ab\" }", "auht = { password = \"**\" }");
        check("titel = \"x\"", "titel = \"x\"");
        check("[[include]]\npath = \"x\"", "path = \"x\"");
    }
}
