//! Finds the secret parts of an address: by the names of parameters, by the places where well-known services put secrets,
//! and by their look. Addresses inside of parameters and paths are searched as well.

use std::ops::Range;

use super::decoded::DecodedText;
use super::look::{
    HEX_LEAST_BYTES, Look, SHORT_LEAST_BYTES, has_known_form, has_uuid, is_hex, is_long_hex, is_mixed, is_number,
    is_readable, is_short_token, look,
};
use super::personal::{before, is_behind_id, is_bot, is_personal, is_token_label, place_in_webhook};
use super::secret::MASK;

/// Parts of the names of query parameters, headers and keys whose values are secret.
const SECRET_WORDS: &[&str] =
    &["token", "key", "auth", "secret", "pass", "pwd", "sig", "session", "sessid", "credential", "cookie"];
/// Whole names of query parameters, headers and keys whose values are secret.
const SECRET_NAMES: &[&str] = &["pw", "pin", "otp", "sid", "code", "jwt", "hmac"];
/// Words that contain one of [`SECRET_WORDS`], but do not stand for a secret.
const HARMLESS_WORDS: &[&str] = &[
    "author",
    "keyword",
    "keyphrase",
    "keynote",
    "keyboard",
    "monkey",
    "turkey",
    "hockey",
    "jockey",
    "whiskey",
    "donkey",
    "design",
    "assign",
    "resign",
    "signal",
    "signup",
    "signin",
    "sight",
    "passage",
    "passenger",
    "compass",
    "bypass",
    "passion",
    "passive",
];
/// Parts of the names of parameters that identify a session.
const SESSION_WORDS: &[&str] = &["session", "sessid"];
const SESSION_NAMES: &[&str] = &["sid"];
/// Names of parameters whose values count as tokens even if they are short.
const SHORT_TOKEN_NAMES: &[&str] = &["s", "k", "h", "t", "u", "p", "x", "uid", "hash"];
/// Names of parameters whose values are secret unless they are readable or short numbers.
const EXPECTED_NAMES: &[&str] = &["hash", "ticket"];
/// Ends of the names of parameters whose values look like tokens, but are public.
const PUBLIC_ENDS: &[&str] = &["id", "list", "channel", "feed", "url", "q"];
/// Names of parameters with YouTube's ids, the prefixes of these ids, and their length in bytes.
const VIDEO_ENDS: &[&str] = &["channel_id", "channel", "playlist_id", "playlist", "list", "user"];
const VIDEO_PREFIXES: &[&str] = &["UC", "UU", "PL", "FL", "OL", "RD", "LL", "EC"];
const VIDEO_BYTES: Range<usize> = 13..51;
/// Segments of a path that are followed by a secret.
const SECRET_SEGMENTS: &[&str] = &[
    "secret",
    "token",
    "key",
    "auth",
    "apikey",
    "api-key",
    "api_key",
    "access_token",
    "feed_token",
    "rss_token",
    "session",
    "sessionid",
    "sid",
    "password",
];
/// The segment among them after which a readable text with a digit may be public, as in `/auth/step2`. After all others, any text
/// with a digit is a secret.
const GUARDED_SEGMENT: &str = "auth";
/// Segments of a path after which a segment is secret unless it is readable.
const SHARING_SEGMENTS: &[&str] = &["share", "shared", "subscriber", "subscribers"];
/// The word that marks a path or a host as private.
const PRIVATE: &str = "private";
/// Services whose paths contain the secret of a subscriber without a word that indicates it.
const PRIVATE_HOSTS: &[&str] = &[
    "access.acast.com",
    "supercast.com",
    "supportingcast.fm",
    "newsblur.com",
    "instapaper.com",
    "hooks.slack.com",
    "feedbin.com",
    "feedbin.me",
    "kill-the-newsletter.com",
];
/// Lists of a reader of bookmarks (wallabag): `/feed/USER/TOKEN/unread`.
const READING_LISTS: &[&str] = &["unread", "archive", "starred", "all"];
/// Hexadecimal digits of a token by which a bookmark server (linkding) tells its users apart: `/feeds/TOKEN/all`.
const USER_TOKEN_BYTES: usize = 40;
/// Signs of a login, a query, a parameter, an encoded text, a session or an address inside of the address.
const TELLING_SIGNS: [char; 9] = ['@', '?', '#', ';', '%', ':', '=', '&', '('];
/// Least bytes of a secret at a place in a path where secrets are expected.
const EXPECTED_LEAST_BYTES: usize = 6;
const NUMBER_LEAST_BYTES: usize = 10;
const LETTERS_LEAST_BYTES: usize = 12;
/// Most bytes of a file ending in a path.
const MAX_EXTENSION_BYTES: usize = 5;
/// Labels at the end of a host name that name the site.
const SITE_LABELS: usize = 2;
/// How deeply nested addresses are searched.
const MAX_DEPTH: usize = 3;
/// Digits of a digest that may follow the mask of a secret.
pub(super) const MASK_DIGITS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// User name and password.
    Login,
    /// A session id: the server gives a new one at each visit.
    Session,
    Token,
}

/// A secret part of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its bytes in the address as written.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// A description for people.
    pub(super) what: String,
    /// The secret that it contains, percent-decoded.
    pub(super) value: String,
    /// Whether it is part of an address inside of the address.
    pub(super) is_inside: bool,
}

/// Whether a value with this name is secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let mut name = name.to_ascii_lowercase();
    if SECRET_NAMES.contains(&name.as_str()) || name.contains("authoriz") || name.contains("authoris") {
        return true;
    }
    let is_secret = |name: &str| SECRET_WORDS.iter().any(|word| name.contains(word));
    if !is_secret(&name) {
        return false;
    }
    for word in HARMLESS_WORDS {
        name = name.replace(word, "");
    }
    is_secret(&name)
}

fn is_session_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SESSION_NAMES.contains(&name.as_str()) || SESSION_WORDS.iter().any(|word| name.contains(word))
}

/// Whether a text is a mask already, which must not be masked again.
pub(super) fn is_masked(text: &str) -> bool {
    let digits = text.strip_prefix(MASK);
    digits.is_some_and(|digits| digits.is_empty() || (digits.len() == MASK_DIGITS && is_hex(digits)))
}

/// The secret parts of an address, in the order of their places; no two of them overlap. A text that is not an address is
/// searched like a path with a query.
pub(super) fn parts(address: &str) -> Vec<Part> {
    if may_hide(address) { found(address) } else { Vec::new() }
}

fn found(address: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    Finder { parts: &mut parts, depth: 0, within: String::new() }.address(&DecodedText::of(address));
    parts.sort_by_key(|part| (part.range.start, std::cmp::Reverse(part.range.end)));
    parts.dedup_by(|part, before| part.range.start < before.range.end);
    parts
}

/// A cheap test that comes first, because most addresses contain nothing that could be secret.
fn may_hide(address: &str) -> bool {
    // A segment is judged without its file ending, and a number is a secret only if it is long.
    let may_be_secret = |segment: &str| {
        let stem = stem(segment);
        let is_short_number = stem.len() < NUMBER_LEAST_BYTES && is_number(stem);
        !is_short_number && (stem.len() >= SHORT_LEAST_BYTES || (stem.len() >= EXPECTED_LEAST_BYTES && has_digit(stem)))
    };
    let Range { start, end } = authority(address).unwrap_or(0..0);
    let (host, path) = (&address[start..end], &address[end..]);
    let port = host.bytes().rev().take_while(u8::is_ascii_digit).count();
    let name = host[..host.len() - port].strip_suffix(':').unwrap_or(host);
    name.split('.').any(|label| label.len() >= HEX_LEAST_BYTES)
        || name.contains(TELLING_SIGNS)
        || path.contains(TELLING_SIGNS)
        || path.split(['/', '\\']).any(may_be_secret)
}

/// The bytes of the authority (RFC 3986, 3.2) of an address, if it has one. The authority of an address inside of the path does
/// not count.
fn authority(address: &str) -> Option<Range<usize>> {
    let behind_scheme = address.find("://").map(|at| at + 3);
    let behind_scheme = behind_scheme.filter(|at| !address[..*at - 2].contains(['/', '?', '#']));
    let start = behind_scheme.or_else(|| address.starts_with("//").then_some(2))?;
    let end = address[start..].find(['/', '?', '#', '\\']).map_or(address.len(), |at| start + at);
    Some(start..end)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Searches one address, and adds what it finds to `parts`.
struct Finder<'p> {
    parts: &'p mut Vec<Part>,
    /// How deeply the address is nested in other addresses.
    depth: usize,
    /// In which part of these other addresses, for people: empty, or ` of the address in …`.
    within: String,
}

impl Finder<'_> {
    fn push(&mut self, text: &DecodedText<'_>, range: &Range<usize>, kind: Kind, what: &str) {
        self.push_value(text, range, kind, what, &text.decoded(range, false).text);
    }

    fn push_value(&mut self, text: &DecodedText<'_>, range: &Range<usize>, kind: Kind, what: &str, value: &str) {
        if !value.is_empty() && !is_masked(value) {
            let (what, value) = (format!("{what}{}", self.within), value.to_owned());
            self.parts.push(Part { range: text.place(range), kind, what, value, is_inside: self.depth > 0 });
        }
    }

    /// Searches an address that is in this part of the address.
    fn nested(&mut self, text: &DecodedText<'_>, what: &str) {
        if self.depth < MAX_DEPTH {
            let within = format!(" of the address in {what}{}", self.within);
            Finder { parts: self.parts, depth: self.depth + 1, within }.address(text);
        }
    }

    /// Searches `[scheme:]//[user[:password]@]host`, if present, then path, query and fragment.
    fn address(&mut self, text: &DecodedText<'_>) {
        let whole = &*text.text;
        let of_authority = authority(whole);
        let mut path_start = 0;
        let mut host = "";
        if let Some(Range { start, end }) = of_authority.clone() {
            path_start = end;
            let sign = whole[start..path_start].rfind('@').map(|at| start + at);
            if let Some(sign) = sign {
                self.login(text, &(start..sign));
            }
            let host_start = sign.map_or(start, |sign| sign + 1);
            self.labels(text, &(host_start..path_start));
            host = &whole[host_start..path_start];
        }
        let query_start = whole[path_start..].find(['?', '#']).map_or(whole.len(), |at| path_start + at);
        let fragment_start = whole[query_start..].find('#').map_or(whole.len(), |at| query_start + at);
        // A text without authority, path and `?` may be a query.
        let is_query = of_authority.is_none() && query_start == whole.len() && whole.contains(['=', '&']);
        if is_query && !whole.contains('/') {
            self.query(text, &text.all());
            return;
        }
        self.path(text, &(path_start..query_start), host);
        if query_start < fragment_start {
            self.query(text, &(query_start + 1..fragment_start));
        }
        if fragment_start < whole.len() {
            self.query(text, &(fragment_start + 1..whole.len()));
        }
    }

    /// A user name without a password is treated as the secret, because many services put a token there. A user name beside a
    /// password is not a secret, but it is never shown either.
    fn login(&mut self, text: &DecodedText<'_>, range: &Range<usize>) {
        let secret = match text.text[range.clone()].find(':') {
            Some(at) if range.start + at + 1 < range.end => range.start + at + 1..range.end,
            Some(at) => range.start..range.start + at,
            None => range.clone(),
        };
        let value = text.decoded(&secret, false).text;
        self.push_value(text, range, Kind::Login, "user name and password", &value);
    }

    /// Labels of a host below the name of its site.
    fn labels(&mut self, text: &DecodedText<'_>, range: &Range<usize>) {
        let labels: Vec<Range<usize>> = text.split(range, '.').collect();
        for label in labels.iter().rev().skip(SITE_LABELS) {
            if is_token_label(&text.text[label.clone()]) {
                self.push(text, label, Kind::Token, "a part of its host's name");
            }
        }
    }

    fn query(&mut self, text: &DecodedText<'_>, range: &Range<usize>) {
        for parameter in text.split(range, '&') {
            let name = text.text[parameter.clone()].split('=').next().unwrap_or_default();
            // Some servers separate parameters by semicolons, but a value that is secret by its name may contain semicolons.
            if is_secret_name(name) {
                self.parameter(text, &parameter);
            } else {
                text.split(&parameter, ';').for_each(|piece| self.parameter(text, &piece));
            }
        }
    }

    fn parameter(&mut self, text: &DecodedText<'_>, range: &Range<usize>) {
        let sign = text.text[range.clone()].find('=').map(|at| range.start + at);
        let name_range = range.start..sign.unwrap_or(range.start);
        let value_range = sign.map_or(range.start, |sign| sign + 1)..range.end;
        let name = text.decoded(&name_range, true).text;
        if value_range.is_empty() {
            // `?TOKEN=`: some services write a token as the name of a parameter.
            if look(&name) != Look::Public {
                self.push(text, &name_range, Kind::Token, "the name of a parameter");
            }
            return;
        }
        let what = if sign.is_some() { format!("the parameter `{name}`") } else { "the query".to_owned() };
        let value = text.decoded(&value_range, true);
        if is_secret_name(&name) {
            let kind = if is_session_name(&name) { Kind::Session } else { Kind::Token };
            self.push_value(text, &value_range, kind, &what, &value.text);
        } else if is_address(&value.text) {
            self.nested(&value, &what);
        } else if is_secret_value(&name, &value.text) {
            self.push_value(text, &value_range, Kind::Token, &what, &value.text);
        } else if value.text.contains('/') {
            self.nested(&value, &what);
        }
    }

    fn path(&mut self, text: &DecodedText<'_>, range: &Range<usize>, host: &str) {
        let path = text.decoded_path(range);
        let mut end = path.text.len();
        if let Some(at) = path.text.find("://") {
            let scheme = path.text[..at].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            end = at - scheme;
            self.nested(&path.slice(end), "its path");
        }
        let small = path.text[..end].to_ascii_lowercase();
        let said: Vec<&str> = small.split('/').collect();
        let host = host.to_ascii_lowercase();
        let is_private = |text: &str| text.split(['-', '_']).next() == Some(PRIVATE);
        // A port may follow.
        let host_name = host.split(':').next().unwrap_or_default();
        let place = Place {
            is_private: host.split('.').next() == Some(PRIVATE) || said.iter().any(|segment| is_private(segment)),
            is_of_private_host: PRIVATE_HOSTS.iter().any(|known| is_below(host_name, known)),
        };
        for (at, segment) in path.split(&(0..end), '/').enumerate() {
            self.segment(&path, &segment, &said, at, &place);
        }
    }

    /// Searches a segment of a path: its parameters (RFC 3986, 3.3), then the text before them.
    fn segment(&mut self, path: &DecodedText<'_>, range: &Range<usize>, said: &[&str], at: usize, place: &Place) {
        let mut pieces = path.split(range, ';');
        let main = pieces.next().unwrap_or(range.clone());
        pieces.for_each(|parameter| self.parameter(path, &parameter));
        let text = &path.text[main.clone()];
        if text.is_empty() || is_masked(text) {
            return;
        }
        // ASP.NET writes sessions without cookies as `/(S(…))/`.
        if text.starts_with("(S(") && text.ends_with("))") {
            self.push(path, &(main.start + 3..main.end - 2), Kind::Session, "the session in its path");
            return;
        }
        if let Some((name, value)) = text.split_once([':', '='])
            && (is_secret_name(name) || is_bot(name))
            && !value.is_empty()
        {
            let what = format!("the value of `{name}` in its path");
            self.push(path, &(main.end - value.len()..main.end), Kind::Token, &what);
            return;
        }
        let stem = stem(text);
        let before = before(said, at, 1);
        if is_secret_segment(stem, said, at, place) {
            let what = match SECRET_SEGMENTS.contains(&before) {
                true => format!("the part after `{before}` in its path"),
                false => "a part of its path".to_owned(),
            };
            let kind = if is_session_name(before) { Kind::Session } else { Kind::Token };
            self.push(path, &(main.start..main.start + stem.len()), kind, &what);
        }
    }
}

/// What host and path reveal about the segments of the path.
struct Place {
    is_private: bool,
    is_of_private_host: bool,
}

/// Whether a host is this domain or one below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// A segment without its file ending.
fn stem(segment: &str) -> &str {
    match segment.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= MAX_EXTENSION_BYTES => stem,
        _ => segment,
    }
}

/// Whether the value of a parameter is itself an address or a query.
fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with("//") || (value.contains(['?', '&']) && value.contains('='))
}

/// Whether the value of a parameter is secret by its look. The value of an id must look more like a secret than other values,
/// because public ids often look like tokens.
fn is_secret_value(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // SharePoint writes the ids of its lists in braces.
    let is_in_braces = value.starts_with('{') && value.ends_with('}');
    if has_uuid(value) {
        return !is_in_braces;
    }
    match look(value) {
        Look::Secret => !is_of_video(&name, value),
        Look::Token => !PUBLIC_ENDS.iter().any(|end| name.ends_with(end)),
        Look::Public => {
            let is_short = SHORT_TOKEN_NAMES.contains(&name.as_str()) && (is_short_token(value) || is_long_hex(value));
            is_short || (EXPECTED_NAMES.contains(&name.as_str()) && is_expected_secret(value, false))
        }
    }
}

/// Whether a value is the id of a channel or a list of YouTube.
fn is_of_video(name: &str, value: &str) -> bool {
    VIDEO_ENDS.iter().any(|end| name.ends_with(end))
        && VIDEO_PREFIXES.iter().any(|prefix| value.starts_with(prefix))
        && VIDEO_BYTES.contains(&value.len())
        && !is_hex(value)
}

/// Whether a segment of a path is secret: by its form, or by its place in the path.
fn is_secret_segment(stem: &str, said: &[&str], at: usize, place: &Place) -> bool {
    let looks_secret = || look(stem) != Look::Public || has_uuid(stem);
    let before = |steps: usize| before(said, at, steps);
    let is_expected = |open: bool| looks_secret() || is_expected_secret(stem, open);
    let is_named = |name: &str| SECRET_SEGMENTS.contains(&name);
    let own_name = stem.split(['-', '_']).next().unwrap_or_default();
    let is_of_user = before(1) == "feeds" && stem.len() == USER_TOKEN_BYTES && is_hex(stem);
    let is_reading_list = before(2) == "feed" && said.get(at + 1).is_some_and(|next| READING_LISTS.contains(next));
    let is_of_webhook = match place_in_webhook(said, at) {
        // The number of the webhook may stand here.
        1 => !is_number(stem) && is_expected(false),
        2 => is_expected(true),
        _ => false,
    };
    has_known_form(stem)
        || is_of_user
        || is_of_webhook
        || is_personal(stem, said, at)
        || (place.is_private && (looks_secret() || is_short_token(stem)))
        || (is_named(&own_name.to_ascii_lowercase()) && own_name.len() < stem.len() && looks_secret())
        || (is_named(before(1)) && is_expected(before(1) != GUARDED_SEGMENT))
        || ((SHARING_SEGMENTS.contains(&before(1)) || is_behind_id(said, at)) && is_expected(false))
        || ((place.is_of_private_host || is_reading_list) && is_expected(false))
}

/// Whether a text is a secret at a place where secrets are expected, and may be shorter than elsewhere. `is_open`: the
/// secret may be a readable word with a digit, as in passwords that people choose.
fn is_expected_secret(text: &str, is_open: bool) -> bool {
    if is_number(text) {
        return text.len() >= NUMBER_LEAST_BYTES;
    }
    let least = if is_mixed(text) { EXPECTED_LEAST_BYTES } else { LETTERS_LEAST_BYTES };
    text.len() >= least && (!is_readable(text) || (is_open && is_mixed(text)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of addresses, among them secrets of several forms.
    const PIECES: &[&str] = &[
        "https://",
        "//",
        "/",
        "\\",
        "?",
        "#",
        "&",
        "=",
        ";",
        ":",
        ":8080",
        "@",
        "%2F",
        ".",
        ".xml",
        "(S(",
        "))",
        "a.example",
        "feedbin.com",
        "private",
        "token",
        "key",
        "session",
        "share",
        "feeds",
        "x",
        "123456",
        "1234567890",
        "pa55word",
        "k3y9x2",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "8f14e45fceea167a5a36dedd4bea2543",
        "9f86d081-8846-4c5f-a3d2-0b1c2d3e4f5a",
        "correcthorsebattery",
        "kXqZbRtWvP",
        "webhooks",
        "feed",
        "unread",
        "auth",
        "u",
    ];

    #[test]
    fn secrets_are_found_in_addresses_that_look_harmless_at_first_sight() {
        let check = |address: &str, secret: &str| {
            let values: Vec<String> = parts(address).into_iter().map(|part| part.value).collect();
            assert_eq!(values, [secret], "{address}");
        };
        check("a.example/token/k3y9x2/http://b.example/f", "k3y9x2");
        check("ghp_16C7e42F292c6912E7710c838347Ae178B4a/x", "ghp_16C7e42F292c6912E7710c838347Ae178B4a");
        check("a.example/f?token=abc&u=http://b.example:8080/f", "abc");
        check("https://a.example:8080/token/k3y9x2", "k3y9x2");
        check("https://a.example\\token/k3y9x2/f", "k3y9x2");
        check("https://private.example.org/kXqZbRtWvP", "kXqZbRtWvP");
        check("https://a.example/token/abc123%5Cxyz987q", "abc123\\xyz987q");
    }

    #[test]
    fn most_addresses_are_not_searched() {
        for (address, expected) in [
            ("https://a.example/news/123456.xml", false),
            ("https://a.example/story/index.html", false),
            ("https://a.example/blog/feed", false),
            ("https://a.example/token/k3y9x2.xml", true),
            ("https://a.example/token/1234567890.xml", true),
            ("https://a.example/f?token=a", true),
        ] {
            assert_eq!(may_hide(address), expected, "{address}");
        }
    }

    proptest! {
        /// The cheap test does not miss an address in which the search would find a secret.
        #[test]
        fn the_cheap_test_misses_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..9)) {
            let address = pieces.concat();
            prop_assert!(may_hide(&address) || found(&address).is_empty(), "{address}");
        }
    }
}
