//! Describes why an exchange failed, in words for the operator. No address is quoted, because it may contain secrets.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError, InvalidMessage, PeerIncompatible};

use crate::model::Timestamp;

/// How many names of a certificate a message lists.
const NAMES_LISTED: usize = 3;
/// The HTTP client's words for a failed connection.
const UNCONNECTED: &str = "tcp connect error";
/// The TLS library's words for a server that shows a CA certificate.
pub const CA_AS_SERVER: &str = "CaUsedAsEndEntity";
/// The client's words for errors that only wrap their cause.
const EMPTY_WORDS: &[&str] = &[UNCONNECTED, "connection error", "http2 error", "dns error"];
/// Words of the HTTP/1 client, and their meaning.
const HTTP1: &[(&str, &str)] = &[
    ("connection closed before message completed", "it closed the connection before its answer was complete"),
    ("end of file before message length reached", "it closed the connection before its answer was complete"),
    ("unexpected EOF during chunk", "it closed the connection before its answer was complete"),
    ("tls handshake eof", "it closed the connection during the TLS handshake"),
    ("without sending TLS close_notify", "it closed the connection without a TLS close_notify"),
    ("invalid HTTP version parsed", "its answer is not HTTP"),
    ("invalid HTTP status-code parsed", "its answer is not HTTP"),
    ("invalid HTTP header parsed", "its response head is not valid HTTP"),
    ("invalid content-length parsed", "its response head has an invalid Content-Length"),
    ("unexpected transfer-encoding parsed", "its response head is not valid HTTP"),
    ("message head is too large", "its response head is too large"),
    ("received unexpected message from connection", "it sent an answer without a request"),
    ("Invalid chunk", "its chunked body is not valid HTTP"),
    ("chunk size", "its chunked body is not valid HTTP"),
];
/// How the HTTP/2 client's errors begin.
const HTTP2_BEGINS: &[&str] = &["stream error ", "connection error ", "protocol error: ", "user error: "];
/// Words of the HTTP/2 client, and their meaning.
const HTTP2: &[(&str, &str)] = &[
    ("refused stream", "it refused the request without processing it (HTTP/2)"),
    ("excessive load", "it reports too many requests (HTTP/2)"),
    ("requires HTTP/1.1", "it requires HTTP/1.1"),
    ("security properties", "it considers the connection insecure (HTTP/2)"),
    ("stream no longer needed", "it cancelled its answer (HTTP/2)"),
    ("not a result of an error", "it closed the connection before it answered (HTTP/2)"),
    ("internal error", "it had an internal error (HTTP/2)"),
];
/// How the client's errors about proxies begin.
const PROXY_BEGINS: &[&str] = &["tunnel error: ", "SOCKS error: "];
/// Words of errors about proxies, and their meaning.
const PROXY: &[(&str, &str)] = &[
    ("authorization required", "it requires a user name and a password: write them into `proxy`"),
    ("credentials not accepted", "it does not accept the user name and the password in `proxy`"),
    ("does not support user/pass", "it does not support a user name and password: remove them from `proxy`"),
    ("underlying connection", "it cannot be reached; check the address in `proxy`"),
    ("not allowed", "it does not allow connections to this host"),
    ("unreachable", "it finds no route to this host"),
    ("connection refused", "the host refuses its connections"),
    ("ttl expired", "it finds no route to this host"),
    ("unsuccessful", "it refuses to connect to this host"),
    ("end of file", "it closed the connection"),
    ("could not resolve", "this machine could not resolve the name: with `socks5h` the proxy resolves it"),
];
/// The description of a failed look-up for which no name server answered.
pub const NO_NAME_SERVER: &str = "no name server answers";
/// The description of an error about a proxy that is not in the table.
const PROXY_FAILED: &str = "it does not answer like a proxy of this kind; check the scheme in `proxy`";

/// Describes an error in plain words.
pub fn describe(error: &reqwest::Error) -> String {
    let chain = chain(error);
    let known = chain.iter().find_map(|cause| sentence(*cause));
    let known = known.or_else(|| chain.iter().rev().find_map(|cause| of_system(cause.downcast_ref()?)));
    known.unwrap_or_else(|| quoted(&chain))
}

/// Describes an error of a proxy. `None` if the proxy was not the cause.
pub fn of_proxy(error: &reqwest::Error) -> Option<&'static str> {
    chain(error).into_iter().find_map(|cause| {
        let text = cause.to_string();
        let is_proxy = PROXY_BEGINS.iter().any(|begin| text.starts_with(begin));
        is_proxy.then(|| meaning(PROXY, &text).unwrap_or(PROXY_FAILED))
    })
}

/// The system error that caused an error, if there is one.
pub fn system_error(error: &reqwest::Error) -> Option<&io::Error> {
    let mut systems = chain(error).into_iter().filter_map(|cause| cause.downcast_ref::<io::Error>());
    systems.rfind(|error| error.raw_os_error().is_some())
}

/// Whether no connection was made, neither to the server nor to the proxy.
pub fn is_unconnected(error: &reqwest::Error) -> bool {
    chain(error).into_iter().any(|cause| cause.to_string() == UNCONNECTED)
}

/// Describes why a name was not resolved.
pub fn of_resolver(error: &io::Error) -> String {
    let text = error.to_string();
    let text = without_number(text.strip_prefix("failed to lookup address information: ").unwrap_or(&text));
    let meaning = match text {
        "Name or service not known" | "nodename nor servname provided, or not known" => "the name does not exist",
        "No address associated with hostname" => "the name has no address",
        "Temporary failure in name resolution" => NO_NAME_SERVER,
        "Non-recoverable failure in name resolution" => "the name server refuses to answer",
        other => other,
    };
    meaning.to_owned()
}

/// All causes of an error, beginning with the outermost.
pub fn chain(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| behind(*cause)).collect()
}

/// The next cause. An I/O error needs special care, because the error that it wraps is not its `source`.
fn behind<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    if let Some(wrapped) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(wrapped);
    }
    error.source()
}

/// The meaning of a cause. `None` if it is unknown, or if the cause only wraps another cause.
fn sentence(cause: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(of_tls(error));
    }
    let text = cause.to_string();
    if EMPTY_WORDS.contains(&text.as_str()) {
        return None;
    }
    if HTTP2_BEGINS.iter().any(|begin| text.starts_with(begin)) {
        return Some(meaning(HTTP2, &text).unwrap_or("it violates the HTTP/2 protocol").to_owned());
    }
    meaning(HTTP1, &text).map(str::to_owned)
}

fn meaning(table: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    table.iter().find(|(words, _)| text.contains(words)).map(|(_, meaning)| *meaning)
}

/// The meaning of a system error.
fn of_system(error: &io::Error) -> Option<String> {
    let text = match error.kind() {
        io::ErrorKind::ConnectionRefused => "it refuses the connection: no server listens on this port",
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            "the connection was reset"
        }
        io::ErrorKind::UnexpectedEof => "it closed the connection before its answer was complete",
        io::ErrorKind::TimedOut => "it does not answer in time",
        io::ErrorKind::NetworkUnreachable => "this machine has no route to its network",
        io::ErrorKind::HostUnreachable => "it cannot be reached: there is no route to it, or it is switched off",
        io::ErrorKind::NetworkDown => "the network of this machine is down",
        io::ErrorKind::PermissionDenied => "this machine forbids the connection: check its firewall and sandbox",
        _ => {
            let text = error.to_string();
            return error.raw_os_error().map(|_| without_number(&text).to_owned());
        }
    };
    Some(text.to_owned())
}

/// The meaning of a TLS error.
fn of_tls(error: &rustls::Error) -> String {
    let text = match error {
        rustls::Error::InvalidCertificate(why) => return of_certificate(why),
        rustls::Error::AlertReceived(alert) => of_alert(*alert),
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "it does not answer in TLS: check that the port is for https"
        }
        rustls::Error::InvalidMessage(_)
        | rustls::Error::InappropriateMessage { .. }
        | rustls::Error::InappropriateHandshakeMessage { .. }
        | rustls::Error::PeerMisbehaved(_) => "it violates the TLS protocol",
        rustls::Error::PeerIncompatible(
            PeerIncompatible::NoCipherSuitesInCommon
            | PeerIncompatible::NoKxGroupsInCommon
            | PeerIncompatible::NoSignatureSchemesInCommon,
        ) => "it has no cipher in common with us (TLS)",
        rustls::Error::PeerIncompatible(_) => "it supports only insecure versions of TLS; 1.2 is required",
        rustls::Error::NoCertificatesPresented => "it shows no certificate",
        rustls::Error::NoApplicationProtocol => "it supports no version of HTTP that we support (ALPN)",
        rustls::Error::DecryptError | rustls::Error::PeerSentOversizedRecord => {
            "its data cannot be decrypted: it may be damaged on the way"
        }
        _ => "the connection could not be secured (TLS)",
    };
    text.to_owned()
}

/// The meaning of a TLS alert from the server.
fn of_alert(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::UnrecognisedName => "it knows no site with this name (TLS)",
        AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => {
            "it has no cipher in common with us (TLS)"
        }
        AlertDescription::ProtocolVersion => "it has no version of TLS in common with us; 1.2 is required",
        AlertDescription::CertificateRequired
        | AlertDescription::NoCertificate
        | AlertDescription::BadCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA => "it requires a client certificate that it accepts (TLS): set `client_cert`",
        AlertDescription::AccessDenied => "it denies access (TLS)",
        AlertDescription::NoApplicationProtocol => "it supports no version of HTTP that we support (ALPN)",
        AlertDescription::InternalError => "it had an internal error (TLS)",
        _ => "it aborted the TLS handshake",
    }
}

/// What is wrong with a certificate, and what to do about it.
fn of_certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::ExpiredContext { not_after, .. } => {
            format!("its certificate expired on {}: only its operator can renew it", date(not_after.as_secs()))
        }
        CertificateError::Expired => "its certificate has expired: only its operator can renew it".to_owned(),
        CertificateError::NotValidYetContext { not_before, .. } => {
            format!("its certificate is not valid before {}: check this machine's clock", date(not_before.as_secs()))
        }
        CertificateError::NotValidYet => "its certificate is not valid yet: check this machine's clock".to_owned(),
        CertificateError::UnknownIssuer => "its certificate does not come from an authority that this machine \
             trusts: it may be self-signed (if you trust it, name a file with it in `ca` of the source), its chain may \
             be incomplete, or the connection may be intercepted"
            .to_owned(),
        CertificateError::NotValidForNameContext { presented, .. } => {
            let names: Vec<&str> = presented.iter().filter_map(|name| bare_name(name)).take(NAMES_LISTED).collect();
            let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
            format!("its certificate is for other names{names}, not for this name")
        }
        CertificateError::NotValidForName => "its certificate is for other names, not for this name".to_owned(),
        CertificateError::Revoked => "its certificate has been revoked".to_owned(),
        CertificateError::BadSignature => "its certificate has a wrong signature".to_owned(),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "its certificate is signed with an insecure or unknown algorithm".to_owned()
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => WRONG_PURPOSE.to_owned(),
        CertificateError::Other(other) => match other.to_string().as_str() {
            CA_AS_SERVER => "its certificate is a CA certificate (CA:TRUE), as self-signed certificates often are: if \
                 you trust it, name a file with it in `ca` of the source"
                .to_owned(),
            "certificate had invalid extensions" => WRONG_PURPOSE.to_owned(),
            _ => DAMAGED.to_owned(),
        },
        _ => DAMAGED.to_owned(),
    }
}

const WRONG_PURPOSE: &str = "its certificate is not meant for servers";
const DAMAGED: &str = "its certificate is damaged or of an unknown kind";

fn date(unix: u64) -> String {
    Timestamp::from_unix(i64::try_from(unix).unwrap_or(i64::MAX)).to_string()
}

/// The bare name in text such as `DnsName("a.example")`.
fn bare_name(name: &str) -> Option<&str> {
    let bare = name.split('"').nth(1).unwrap_or(name);
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-*:_".contains(&byte);
    (!bare.is_empty() && bare.bytes().all(is_legal)).then_some(bare)
}

/// A system error message without its number.
fn without_number(text: &str) -> &str {
    text.split(" (os error ").next().unwrap_or(text)
}

/// The causes in the client's own words, for errors that no table knows.
fn quoted(chain: &[&(dyn Error + 'static)]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for cause in chain {
        let text = without_number(&cause.to_string()).to_owned();
        // The client's generic words for a failure are left out.
        let is_empty = text.starts_with("client error") || EMPTY_WORDS.contains(&text.as_str());
        if !is_empty && texts.last().is_none_or(|last| !last.contains(&text)) {
            texts.push(text);
        }
    }
    if texts.is_empty() { "the reason is not known".to_owned() } else { texts.join(": ") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn each_class_of_certificates_and_alerts_has_a_sentence() {
        let check = |error: rustls::Error, wanted: &str| {
            let said = of_tls(&error);
            assert!(said.contains(wanted), "{said}");
            assert!(!said.contains(['{', '"']) && !said.contains("Other("), "{said}");
        };
        let certificate = rustls::Error::InvalidCertificate;
        check(certificate(CertificateError::UnknownIssuer), "an authority that this machine trusts");
        check(certificate(CertificateError::Expired), "has expired");
        check(certificate(CertificateError::NotValidYet), "clock");
        check(certificate(CertificateError::NotValidForName), "other names");
        check(certificate(CertificateError::BadEncoding), "damaged");
        let other =
            |text: &str| CertificateError::Other(rustls::OtherError(Arc::new(io::Error::other(text.to_owned()))));
        check(certificate(other("CaUsedAsEndEntity")), "CA:TRUE");
        check(certificate(other("SomethingNew(7)")), "damaged");
        check(rustls::Error::AlertReceived(AlertDescription::UnrecognisedName), "no site with this name");
        check(rustls::Error::AlertReceived(AlertDescription::UserCanceled), "aborted");
        check(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType), "check that the port is for https");
        check(rustls::Error::General("{x}".to_owned()), "could not be secured");
    }

    #[test]
    fn errors_of_the_client_are_described_in_plain_words() {
        let check = |text: &str, wanted: Option<&str>| {
            let said = sentence(&io::Error::other(text.to_owned()));
            assert_eq!(said.is_some(), wanted.is_some(), "{text}: {said:?}");
            assert!(said.unwrap_or_default().contains(wanted.unwrap_or_default()), "{text}");
        };
        check("stream error received: refused stream before processing any application logic", Some("refused"));
        check("connection error received: detected excessive load (b\"slow\")", Some("too many requests"));
        check("connection error detected: frame with invalid size", Some("the HTTP/2 protocol"));
        check("connection closed before message completed", Some("before its answer was complete"));
        check("invalid HTTP version parsed", Some("not HTTP"));
        // These errors only wrap their cause.
        check("connection error", None);
        check("http2 error", None);
        check("client error (Connect)", None);
    }

    #[test]
    fn names_of_certificates_are_bare() {
        for (name, wanted) in [
            ("DnsName(\"*.a.example\")", Some("*.a.example")),
            ("a.example", Some("a.example")),
            ("DnsName(\"<b>\")", None),
            ("", None),
        ] {
            assert_eq!(bare_name(name), wanted, "{name}");
        }
    }
}
