//! The cookies of one source (RFC 6265). They are kept only if the source has `cookies = true`, only in memory, and
//! never for another source. Pure: the time and the addresses are parameters.
//!
//! Beyond RFC 6265, a cookie that is `Secure`, or whose name begins with `__Secure-` or `__Host-`, is accepted only
//! over https
//! (RFC 6265bis, 5.7), and a cookie for a public suffix such as `co.uk` is rejected.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Month, NaiveDate};
use reqwest::header::{self, HeaderMap};
use url::Url;

use crate::config::{FetchOptions, Secret};
use crate::model::{SourceId, Timestamp};

/// How many jars are kept. Beyond that, all are emptied.
const MAX_JARS: usize = 10_000;
/// How many cookies a source may have. Beyond that, the oldest are dropped (RFC 6265, 6.1 asks for 50 per domain).
const MAX_COOKIES: usize = 50;
/// How many Set-Cookie headers of an answer are read.
const MAX_SET: usize = 50;
/// The longest Set-Cookie header that is read, in bytes.
const MAX_SET_BYTES: usize = 4 * 1024;
/// The longest Cookie header that is sent, in bytes.
const MAX_SENT_BYTES: usize = 8 * 1024;

/// The jars of all sources.
#[derive(Debug, Default)]
pub struct Jars(Mutex<HashMap<SourceId, Kept>>);

/// The jar of a source, and the request options under which its cookies came.
#[derive(Debug)]
struct Kept {
    options: Arc<FetchOptions>,
    jar: Arc<Jar>,
}

impl Jars {
    /// The jar of a source, if it keeps cookies. If the request options have changed, such as the login, the jar is new
    /// and empty.
    pub fn of(&self, source: SourceId, options: &Arc<FetchOptions>) -> Option<Arc<Jar>> {
        let mut jars = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !options.access.cookies {
            jars.remove(&source);
            return None;
        }
        if let Some(kept) = jars.get(&source)
            && kept.options.requests_are_as_in(options)
        {
            return Some(kept.jar.clone());
        }
        if jars.len() >= MAX_JARS {
            jars.clear();
        }
        let jar = Arc::new(Jar::default());
        jars.insert(source, Kept { options: options.clone(), jar: jar.clone() });
        Some(jar)
    }
}

/// The cookies of one source.
#[derive(Debug, Default)]
pub struct Jar(Mutex<Vec<Cookie>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: Secret,
    domain: String,
    /// Whether the cookie is only for the host that set it.
    host_only: bool,
    path: String,
    secure: bool,
    /// `None` if the cookie lives until the process ends.
    expires: Option<Timestamp>,
}

impl Cookie {
    fn is_same(&self, other: &Cookie) -> bool {
        self.name == other.name && self.domain == other.domain && self.path == other.path
    }

    /// Whether another cookie would override it for some of its hosts and paths.
    fn is_outranked_by(&self, other: &Cookie) -> bool {
        let is_near = is_within(&self.domain, &other.domain) || is_within(&other.domain, &self.domain);
        self.name == other.name && is_near && is_path_within(&other.path, &self.path)
    }

    /// Whether the cookie is sent with a request (RFC 6265, 5.4, step 1).
    fn is_for(&self, url: &Url, host: &str, now: Timestamp) -> bool {
        let is_domain = if self.host_only { host == self.domain } else { is_within(host, &self.domain) };
        let is_live = self.expires.is_none_or(|expires| expires > now);
        is_domain && is_live && is_path_within(url.path(), &self.path) && (!self.secure || url.scheme() == "https")
    }
}

impl Jar {
    /// Stores the cookies that an answer of `url` sets.
    pub(super) fn take(&self, url: &Url, headers: &HeaderMap, now: Timestamp) {
        let mut cookies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in headers.get_all(header::SET_COOKIE).iter().take(MAX_SET) {
            if let Some(cookie) = set.to_str().ok().and_then(|set| read(set, url, now)) {
                keep(&mut cookies, cookie, url.scheme() == "https", now);
            }
        }
    }

    /// The Cookie header for a request of `url`. `own` is the configured Cookie header for it.
    pub(super) fn header(&self, url: &Url, own: Option<&str>, now: Timestamp) -> Option<String> {
        let host = url.host_str()?;
        let mut sent = own.map(str::to_owned).unwrap_or_default();
        let is_own = |name: &str| {
            let names = own.unwrap_or_default().split(';').filter_map(|pair| pair.split('=').next());
            names.map(str::trim).any(|own| own == name)
        };
        let cookies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fitting: Vec<&Cookie> =
            cookies.iter().filter(|it| it.is_for(url, host, now) && !is_own(&it.name)).collect();
        // RFC 6265, 5.4, step 2: longer paths come first, then older cookies. The jar is ordered by age.
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        for cookie in fitting {
            let pair = format!("{}={}", cookie.name, cookie.value.expose());
            if sent.len() + pair.len() + 2 > MAX_SENT_BYTES {
                continue;
            }
            if !sent.is_empty() {
                sent.push_str("; ");
            }
            sent.push_str(&pair);
        }
        (!sent.is_empty()).then_some(sent)
    }
}

/// Stores a cookie in a jar (RFC 6265, 5.3, steps 11 and 12).
fn keep(cookies: &mut Vec<Cookie>, cookie: Cookie, is_secure: bool, now: Timestamp) {
    cookies.retain(|it| it.expires.is_none_or(|expires| expires > now));
    // A cookie that came over https is neither replaced nor outranked over http, because an attacker on the way can
    // write http answers (RFC 6265bis, 5.7).
    if !is_secure && cookies.iter().any(|known| known.secure && known.is_outranked_by(&cookie)) {
        return;
    }
    let is_dead = cookie.expires.is_some_and(|expires| expires <= now);
    match cookies.iter().position(|known| known.is_same(&cookie)) {
        Some(at) if is_dead => {
            cookies.remove(at);
        }
        // The new cookie keeps the age of the cookie that it replaces.
        Some(at) => cookies[at] = cookie,
        None if is_dead => {}
        None => {
            if cookies.len() >= MAX_COOKIES {
                cookies.remove(0);
            }
            cookies.push(cookie);
        }
    }
}

/// Reads a Set-Cookie header (RFC 6265, 5.2 and 5.3). `None` if it is invalid or the server may not set that cookie.
fn read(set: &str, url: &Url, now: Timestamp) -> Option<Cookie> {
    let host = url.host_str()?;
    if set.len() > MAX_SET_BYTES {
        return None;
    }
    let mut parts = set.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let mut cookie = Cookie {
        name: name.to_owned(),
        value: Secret::new(value.trim()),
        domain: host.to_owned(),
        host_only: true,
        path: default_path(url.path()).to_owned(),
        secure: false,
        expires: None,
    };
    let mut lives = None;
    let mut names_path = false;
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "expires" => cookie.expires = date(value).or(cookie.expires),
            "max-age" => lives = age(value, now).or(lives),
            "domain" => (cookie.domain, cookie.host_only) = domain(value, host)?,
            "path" => {
                names_path = value.starts_with('/');
                cookie.path = if names_path { value.to_owned() } else { default_path(url.path()).to_owned() };
            }
            "secure" => cookie.secure = true,
            _ => {}
        }
    }
    // Max-Age has precedence over Expires (RFC 6265, 5.3, step 3).
    cookie.expires = lives.or(cookie.expires);
    let is_held_to_host = cookie.host_only && names_path && cookie.path == "/";
    let is_allowed = (!cookie.secure || url.scheme() == "https")
        && (!has_prefix(name, "__Secure-") || cookie.secure)
        && (!has_prefix(name, "__Host-") || (cookie.secure && is_held_to_host));
    is_allowed.then_some(cookie)
}

fn has_prefix(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix))
}

/// The domain of a cookie, and whether it is for that host only. `None` if the attribute names another site.
fn domain(written: &str, host: &str) -> Option<(String, bool)> {
    let domain = written.strip_prefix('.').unwrap_or(written).to_ascii_lowercase();
    if domain.is_empty() || domain == host {
        // A host that is a public suffix or an IP address can set cookies only for itself.
        let is_alone = domain.is_empty() || is_address(host) || psl::suffix_str(host) == Some(host);
        return Some((host.to_owned(), is_alone));
    }
    let is_allowed = is_within(host, &domain) && psl::suffix_str(&domain) != Some(domain.as_str());
    is_allowed.then_some((domain, false))
}

fn is_address(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

/// Whether a host equals a domain or lies below it (RFC 6265, 5.1.3).
fn is_within(host: &str, domain: &str) -> bool {
    let below = host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    host == domain || (below && !is_address(host))
}

/// Whether a path equals another path or lies below it (RFC 6265, 5.1.4).
fn is_path_within(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || of.ends_with('/') || rest.starts_with('/'))
}

fn default_path(path: &str) -> &str {
    match path.rfind('/') {
        Some(at) if at > 0 => &path[..at],
        _ => "/",
    }
}

/// When a cookie with this Max-Age expires: at once if the number is not positive (RFC 6265, 5.2.2).
fn age(text: &str, now: Timestamp) -> Option<Timestamp> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse::<i64>().unwrap_or(if text.starts_with('-') { 0 } else { i64::MAX });
    Some(Timestamp::from_unix(if seconds <= 0 { i64::MIN } else { now.unix().saturating_add(seconds) }))
}

/// Reads a cookie date, whose parts may come in any order and with any separators (RFC 6265, 5.1.1).
fn date(text: &str) -> Option<Timestamp> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.split(|it: char| !it.is_ascii_alphanumeric() && it != ':').filter(|token| !token.is_empty()) {
        if time.is_none() && token.contains(':') {
            time = clock(token);
        } else if day.is_none() && (1..=2).contains(&digits(token)) {
            day = number(token);
        } else if let Some(named) = month_of(token).filter(|_| month.is_none()) {
            month = Some(named);
        } else if year.is_none() && matches!(digits(token), 2 | 4) {
            year = number(token);
        }
    }
    let year = match year? {
        year @ 70..=99 => year + 1900,
        year @ 0..=69 => year + 2000,
        year => year,
    };
    let (hour, minute, second) = time?;
    let year = i32::try_from(year).ok().filter(|year| *year >= 1601)?;
    let date = NaiveDate::from_ymd_opt(year, month?.number_from_month(), day?)?;
    Some(Timestamp::from_unix(date.and_hms_opt(hour, minute, second)?.and_utc().timestamp()))
}

/// The number of digits at the begin of a token.
fn digits(token: &str) -> usize {
    token.bytes().take_while(u8::is_ascii_digit).count()
}

fn number(token: &str) -> Option<u32> {
    token[..digits(token)].parse().ok()
}

fn clock(token: &str) -> Option<(u32, u32, u32)> {
    let mut parts = token.split(':').map(number);
    Some((parts.next()??, parts.next()??, parts.next()??))
}

fn month_of(token: &str) -> Option<Month> {
    token.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("test addresses are valid")
    }

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn set(jar: &Jar, from: &str, cookies: &[&str]) {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::SET_COOKIE, HeaderValue::from_str(cookie).expect("test cookies can be sent"));
        }
        jar.take(&url(from), &headers, NOW);
    }

    /// The Cookie header that is sent to `to` after `from` has set a cookie.
    fn sent(from: &str, cookie: &str, to: &str) -> String {
        let jar = Jar::default();
        set(&jar, from, &[cookie]);
        jar.header(&url(to), None, NOW).unwrap_or_default()
    }

    #[test]
    fn cookies_go_where_rfc_6265_lets_them_go() {
        let check = |from: &str, cookie: &str, to: &str, goes: bool| {
            assert_eq!(!sent(from, cookie, to).is_empty(), goes, "{from} {cookie} {to}");
        };
        let home = "https://www.a.example/feeds/f";
        check(home, "s=1", "https://www.a.example/feeds/g?x=1", true);
        check(home, "s=1", "https://www.a.example/feeds", true);
        check(home, "s=1", "https://www.a.example/feedsx", false);
        check(home, "s=1", "https://www.a.example/", false);
        check(home, "s=1; Path=/", "https://www.a.example/", true);
        check(home, "s=1; Path=other", "https://www.a.example/feeds/g", true);
        check(home, "s=1; Path=/", "https://a.example/", false);
        check(home, "s=1; Path=/", "https://b.a.example/", false);
        check(home, "s=1; Path=/; Domain=a.example", "https://b.a.example/", true);
        check(home, "s=1; Path=/; Domain=.A.Example", "https://a.example/", true);
        check(home, "s=1; Path=/; Domain=a.example", "https://xa.example/", false);
        check(home, "s=1; Path=/; Domain=b.example", "https://b.example/", false);
        check(home, "s=1; Path=/; Domain=example", "https://b.example/", false);
        check("https://a.co.uk/", "s=1; Domain=co.uk", "https://b.co.uk/", false);
        check("https://127.0.0.1/", "s=1; Domain=127.0.0.1", "https://127.0.0.1/", true);
        check("https://127.0.0.1/", "s=1; Domain=0.0.1", "https://127.0.0.1/", false);
        check(home, "s=1; Secure; Path=/", "http://www.a.example/", false);
        check(home, "s=1; Secure; Path=/", "https://www.a.example/", true);
        check(home, "s=1; Path=/", "http://www.a.example/", true);
        check("http://www.a.example/", "s=1; Secure", "https://www.a.example/", false);
        check(home, "__Host-s=1; Secure; Path=/", "https://www.a.example/", true);
        check(home, "__Host-s=1; Secure; Path=/; Domain=a.example", "https://www.a.example/", false);
        check(home, "__Secure-s=1; Path=/", "https://www.a.example/", false);
        check(home, "no cookie", home, false);
        check(home, "=1", home, false);
    }

    #[test]
    fn cookies_expire_as_their_attributes_say() {
        let check = |attributes: &str, lives: bool| {
            let cookie = format!("s=1; {attributes}");
            assert_eq!(!sent("https://a.example/", &cookie, "https://a.example/").is_empty(), lives, "{attributes}");
        };
        check("Max-Age=10", true);
        check("Max-Age=0", false);
        check("Max-Age=-1", false);
        check("Max-Age=99999999999999999999", true);
        check("Max-Age=soon", true);
        check("Expires=Wed, 21 Oct 2015 07:28:00 GMT", false);
        check("Expires=Wed, 21-Oct-15 07:28:00 GMT", false);
        check("Expires=Thu Jan  1 00:00:00 1970", false);
        check("Expires=Wed, 21 Oct 2099 07:28:00 GMT", true);
        check("Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=10", true);
        check("Expires=never", true);
        check("Expires=Wed, 41 Oct 2015 07:28:00 GMT", true);
    }

    #[test]
    fn a_cookie_replaces_its_earlier_value_and_an_expired_cookie_removes_it() {
        let jar = Jar::default();
        let (home, send) = ("https://a.example/", |own: Option<&str>| jar.header(&url("https://a.example/"), own, NOW));
        set(&jar, home, &["a=1", "b=2", "a=3"]);
        assert_eq!(send(None).as_deref(), Some("a=3; b=2"));
        assert_eq!(
            send(Some("b=own; c=4")).as_deref(),
            Some("b=own; c=4; a=3"),
            "a configured cookie takes precedence"
        );
        set(&jar, home, &["a=; Max-Age=0", "s=safe; Secure"]);
        set(&jar, "http://a.example/", &["s=forged"]);
        assert_eq!(send(None).as_deref(), Some("b=2; s=safe"));
        assert!(!format!("{jar:?}").contains("safe"), "{jar:?}");
    }

    #[test]
    fn a_cookie_of_https_is_not_outranked_over_http() {
        let (jar, page) = (Jar::default(), "https://www.a.example/f/x");
        set(&jar, "https://www.a.example/", &["s=safe; Secure; Path=/"]);
        let forged = ["s=forged", "s=forged; Path=/f/x", "s=forged; Domain=a.example; Path=/f", "t=1"];
        set(&jar, "http://www.a.example/f/x", &forged);
        assert_eq!(jar.header(&url(page), None, NOW).as_deref(), Some("t=1; s=safe"));
        // A cookie that is not a secret may be changed over http.
        set(&jar, "http://www.a.example/f/x", &["t=2"]);
        assert_eq!(jar.header(&url(page), None, NOW).as_deref(), Some("t=2; s=safe"));
    }

    #[test]
    fn each_source_has_its_own_jar_and_a_new_login_gets_an_empty_jar() {
        let options = |more: &str| {
            let path = std::path::Path::new("/nowhere/watershed.toml");
            let text = format!("[[source]]\nurl = \"https://a.example/\"\n{more}\n");
            let config = crate::config::load_with(path, &|_| None, Some((path, &text))).expect("it is right");
            config.sources[0].fetch.clone()
        };
        let (jars, one, other) = (Jars::default(), SourceId(1), SourceId(2));
        let sent = |source: SourceId, more: &str| {
            let jar = jars.of(source, &options(more))?;
            jar.header(&url("https://a.example/"), None, NOW)
        };
        let kept = "cookies = true";
        set(&jars.of(one, &options(kept)).expect("it keeps cookies"), "https://a.example/", &["a=1"]);
        assert_eq!(sent(one, kept).as_deref(), Some("a=1"));
        assert_eq!(sent(one, "cookies = true\nmax_entries = 9").as_deref(), Some("a=1"));
        assert_eq!(sent(other, kept), None);
        assert_eq!(sent(one, "cookies = true\nauth = { bearer = \"another\" }"), None);
        assert_eq!(sent(one, kept), None, "the first login does not get the cookies of the second");
        assert!(jars.of(one, &options("")).is_none());
    }

    #[test]
    fn a_jar_is_bounded() {
        let (jar, home) = (Jar::default(), "https://a.example/");
        for number in 0..MAX_COOKIES * 2 {
            set(&jar, home, &[&format!("n{number}=1")]);
        }
        let all = jar.header(&url(home), None, NOW).expect("there are cookies");
        assert_eq!(all.matches('=').count(), MAX_COOKIES);
        assert!(!all.contains("n0=") && all.contains(&format!("n{}=", MAX_COOKIES * 2 - 1)), "the oldest go: {all}");
        let long = "x".repeat(MAX_SET_BYTES - 10);
        for number in 0..3 {
            set(&jar, home, &[&format!("l{number}={long}")]);
        }
        set(&jar, home, &[&format!("m={long}{long}")]);
        let all = jar.header(&url(home), None, NOW).expect("there are cookies");
        assert!(all.len() <= MAX_SENT_BYTES && !all.contains("m="), "{} bytes", all.len());
    }
}
