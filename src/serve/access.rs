//! Checks whether a request brings the token that a document requires.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hyper::header;
use hyper::http::request::Parts;
use url::form_urlencoded;

use crate::config::Secret;
use crate::publish::Published;
use crate::text::percent;

/// Whether the request brings the token, if a token is required: as `?token=` or as the password of Basic
/// authentication. The user name does not matter.
pub(super) fn is_given(token: Option<&Secret>, request: &Parts) -> bool {
    let is_password = |token: &Secret| password(request).is_some_and(|password| is_same(&password, token.expose()));
    token.is_none_or(|token| is_in_address(token, request) || is_password(token))
}

/// Whether the request brings the token as `?token=`.
pub(super) fn is_in_address(token: &Secret, request: &Parts) -> bool {
    request.uri.query().is_some_and(|query| is_in_query(token, query))
}

/// Whether a subscriber that gives this query in the address of a topic may read the document, and then whether it gave
/// the token, in which case it gets addresses with the token.
pub fn keyed(published: &Published, query: &str) -> Option<bool> {
    match &published.token {
        None => Some(false),
        Some(token) => is_in_query(token, query).then_some(true),
    }
}

/// Whether the query of an address holds the token.
fn is_in_query(token: &Secret, query: &str) -> bool {
    let matches = |given: &str| is_same(given, token.expose());
    // The query is decoded as forms encode it and also literally, because a plus sign may be part of the token.
    form_urlencoded::parse(query.as_bytes()).any(|(key, value)| key == "token" && matches(&value))
        || query
            .split('&')
            .filter_map(|pair| percent::decoded(pair.strip_prefix("token=")?))
            .any(|value| matches(&value))
}

/// The password of Basic authentication (RFC 7617).
fn password(request: &Parts) -> Option<String> {
    let value = request.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    // Clients may leave the padding out.
    let decoded = STANDARD_NO_PAD.decode(credentials.trim().trim_end_matches('=')).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    Some(text.split_once(':')?.1.to_owned())
}

/// Compares digests, which blake3 does in constant time, so that the duration does not reveal the token.
fn is_same(given: &str, token: &str) -> bool {
    blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    #[test]
    fn tokens() {
        let token = Secret::new("a b+c");
        for (uri, authorization, expected) in [
            ("/feed.atom", None, false),
            ("/feed.atom?token=a%20b%2Bc", None, true),
            ("/feed.atom?raw&token=a+b%2Bc", None, true),
            ("/feed.atom?token=a%20b+c", None, true),
            ("/feed.atom?token=", None, false),
            ("/feed.atom?token", None, false),
            ("/feed.atom?xtoken=a%20b%2Bc", None, false),
            ("/feed.atom?token=a%20b%2Bcd", None, false),
            // me:a b+c, :a b+c, a b+c
            ("/feed.atom", Some("Basic bWU6YSBiK2M="), true),
            ("/feed.atom", Some("basic OmEgYitj"), true),
            ("/feed.atom", Some("Basic bWU6YSBiK2M"), true),
            ("/feed.atom", Some("Basic YSBiK2M="), false),
            ("/feed.atom", Some("Basic bWU6 YSBiK2M="), false),
            ("/feed.atom", Some("Bearer bWU6YSBiK2M="), false),
            ("/feed.atom", Some("Basic !!"), false),
            ("/feed.atom", Some("Basic"), false),
        ] {
            let mut request = Request::builder().uri(uri);
            if let Some(value) = authorization {
                request = request.header(header::AUTHORIZATION, value);
            }
            let request = request.body(()).expect("a request").into_parts().0;
            assert_eq!(is_given(Some(&token), &request), expected, "{uri} {authorization:?}");
        }
    }
}
