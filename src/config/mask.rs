//! Secrets in what is quoted: addresses with their secrets taken out, and lines of the file with theirs covered.

use url::Url;

use super::secret::Secret;

/// Parts of the names of query parameters, headers and keys whose values are secret.
const SECRET_WORDS: &[&str] =
    &["token", "key", "auth", "secret", "pass", "pwd", "sig", "session", "credential", "cookie"];
/// Whole names of such.
const SECRET_NAMES: &[&str] = &["pw", "sid", "code", "jwt", "hmac"];
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
    shown.into()
}

fn redacted_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret_name(name) => format!("{name}={MASK}"),
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
    secrets.extend(url.query_pairs().filter(|(name, _)| is_secret_name(name)).map(|(_, value)| value.into_owned()));
    secrets.into_iter().filter(|secret| !secret.is_empty()).map(Secret::new).collect()
}

fn percent_decoded(text: &str) -> String {
    // As forms are decoded, but a plus sign is one.
    let form = text.replace('+', "%2B");
    url::form_urlencoded::parse(form.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

/// A line of the file with each character of a secret covered by `*`, so that columns stay as they are.
pub(super) fn masked_line(line: &str) -> String {
    let mut out: Vec<char> = line.chars().collect();
    let key: String = line.split('=').next().unwrap_or_default().trim().to_owned();
    if is_secret_name(&key) || key == "headers" || key == "proxy" {
        cover_strings(&mut out);
    }
    cover_addresses(&mut out);
    out.into_iter().collect()
}

/// Covers the inside of quoted strings after the first equals sign, but for the names of references to secrets.
fn cover_strings(line: &mut [char]) {
    let Some(equals) = line.iter().position(|c| *c == '=') else { return };
    let mut at = equals;
    while at < line.len() {
        let quote = line[at];
        if quote != '"' && quote != '\'' {
            at += 1;
            continue;
        }
        let end = (at + 1..line.len()).find(|i| line[*i] == quote && (quote == '\'' || line[*i - 1] != '\\'));
        let end = end.unwrap_or(line.len());
        // What names a secret is none: { file = "x" }, and the name of a header.
        let before: String = line[..at].iter().collect();
        let before = before.trim_end().trim_end_matches('=').trim_end();
        let reference = ["file", "env", "credential", "user"].iter().any(|word| before.ends_with(word));
        let is_key = line[(end + 1).min(line.len())..].iter().find(|c| **c != ' ') == Some(&'=');
        if !reference && !is_key {
            line[at + 1..end].fill('*');
        }
        at = end + 1;
    }
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
        if let Some((name, _)) = rest[..end].split_once('=')
            && is_secret_name(name)
        {
            covered.push((at + 1 + name.len() + 1, at + 1 + end));
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
        check("file:///tmp/feed.xml", "file:///tmp/feed.xml");
    }

    #[test]
    fn secrets_of_addresses_are_known_decoded() {
        let url = Url::parse("https://me:p%40ss+word@a.example/f?token=a%2Fb&x=y").expect("an address");
        let secrets: Vec<String> = secrets_of_url(&url).iter().map(|secret| secret.expose().to_owned()).collect();
        assert_eq!(secrets, ["p@ss+word", "a/b"]);
    }

    #[test]
    fn quoted_lines_keep_their_columns() {
        let check = |line: &str, shown: &str| assert_eq!(masked_line(line), shown);
        check("url = \"htp://me:pw@a.example/?a=b\"", "url = \"htp://*****@a.example/?a=b\"");
        check("url = \"https://a.example/?x=1&token=abc\" # é", "url = \"https://a.example/?x=1&token=***\" # é");
        check("evry = \"1h\"", "evry = \"1h\"");
        check("token = \"abc\"", "token = \"***\"");
        check(
            "auth = { user = \"me\", password = { file = \"x\" }, pasword = \"abc\" }",
            "auth = { user = \"me\", password = { file = \"x\" }, pasword = \"***\" }",
        );
        check("headers = { \"X-A\" = \"abc\" }", "headers = { \"X-A\" = \"***\" }");
    }
}
