//! What stopped an exchange, in words for whoever must act. Nothing here quotes an address: they may hold secrets.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError, InvalidMessage, PeerIncompatible};

use crate::model::Timestamp;

/// Most names of a certificate that are listed.
const NAMES_LISTED: usize = 3;
/// What the client says where no connection came about.
const UNCONNECTED: &str = "tcp connect error";
/// What is said of a server whose certificate is one of an authority.
pub const CA_AS_SERVER: &str = "CaUsedAsEndEntity";
/// What a client says that only passes something on: what it passes on says more.
const EMPTY_WORDS: &[&str] = &[UNCONNECTED, "connection error", "http2 error", "dns error"];
/// Words of the HTTP/1 client, and what they mean.
const HTTP1: &[(&str, &str)] = &[
    ("connection closed before message completed", "it closed the connection before its answer was complete"),
    ("end of file before message length reached", "it closed the connection before its answer was complete"),
    ("unexpected EOF during chunk", "it closed the connection before its answer was complete"),
    ("tls handshake eof", "it closed the connection before it was secured (TLS)"),
    (
        "without sending TLS close_notify",
        "it closed the connection without saying that this was all (TLS close_notify)",
    ),
    ("invalid HTTP version parsed", "what it sends is no answer in HTTP"),
    ("invalid HTTP status-code parsed", "what it sends is no answer in HTTP"),
    ("invalid HTTP header parsed", "the head of its answer breaks the rules of HTTP"),
    ("invalid content-length parsed", "the head of its answer names no length that can be understood"),
    ("unexpected transfer-encoding parsed", "the head of its answer breaks the rules of HTTP"),
    ("message head is too large", "the head of its answer is too large"),
    ("received unexpected message from connection", "it sent an answer that nobody had asked for"),
    ("Invalid chunk", "the pieces of its answer (chunked) break the rules of HTTP"),
    ("chunk size", "the pieces of its answer (chunked) break the rules of HTTP"),
];
/// Begins of what the HTTP/2 client says.
const HTTP2_BEGINS: &[&str] = &["stream error ", "connection error ", "protocol error: ", "user error: "];
/// Its words for the reasons, and what they mean.
const HTTP2: &[(&str, &str)] = &[
    ("refused stream", "it refused the request without looking at it (HTTP/2)"),
    ("excessive load", "it says that it is asked too much (HTTP/2)"),
    ("requires HTTP/1.1", "it wants to be asked over HTTP/1.1"),
    ("security properties", "it takes the connection for not safe enough (HTTP/2)"),
    ("stream no longer needed", "it gave the answer up (HTTP/2)"),
    ("not a result of an error", "it closed the connection before it answered (HTTP/2)"),
    ("internal error", "it had an error inside (HTTP/2)"),
];
/// Begins of what is said of proxies.
const PROXY_BEGINS: &[&str] = &["tunnel error: ", "SOCKS error: "];
/// What is said of them, and what it means.
const PROXY: &[(&str, &str)] = &[
    ("authorization required", "it wants a user name and a password: write them into `proxy`"),
    ("credentials not accepted", "it does not accept the user name and the password in `proxy`"),
    ("does not support user/pass", "it takes no user name and password: leave them out of `proxy`"),
    ("underlying connection", "it cannot be reached; check the address in `proxy`"),
    ("not allowed", "it does not allow connections to this host"),
    ("unreachable", "it finds no way to this host"),
    ("connection refused", "this host refuses its connections"),
    ("ttl expired", "it finds no way to this host"),
    ("unsuccessful", "it refuses to connect to this host"),
    ("end of file", "it closed the connection"),
    ("could not resolve", "it is not asked by name: `socks5h` leaves names to it"),
];
/// Said of a name that no name server tells anything of.
pub const NO_NAME_SERVER: &str = "no name server answers";
/// What is said of a proxy that says nothing better.
const PROXY_FAILED: &str = "it does not answer as such a proxy does; check the scheme in `proxy`";

/// An error in plain words.
pub fn describe(error: &reqwest::Error) -> String {
    let chain = chain(error);
    let known = chain.iter().find_map(|cause| sentence(*cause));
    let known = known.or_else(|| chain.iter().rev().find_map(|cause| of_system(cause.downcast_ref()?)));
    known.unwrap_or_else(|| quoted(&chain))
}

/// What a proxy did wrong, if it was one.
pub fn of_proxy(error: &reqwest::Error) -> Option<&'static str> {
    chain(error).into_iter().find_map(|cause| {
        let text = cause.to_string();
        let is_proxy = PROXY_BEGINS.iter().any(|begin| text.starts_with(begin));
        is_proxy.then(|| meaning(PROXY, &text).unwrap_or(PROXY_FAILED))
    })
}

/// The error of the system that is behind an error, if one is.
pub fn system_error(error: &reqwest::Error) -> Option<&io::Error> {
    let mut systems = chain(error).into_iter().filter_map(|cause| cause.downcast_ref::<io::Error>());
    systems.rfind(|error| error.raw_os_error().is_some())
}

/// Whether no connection came about: behind a proxy, none to the proxy.
pub fn is_unconnected(error: &reqwest::Error) -> bool {
    chain(error).into_iter().any(|cause| cause.to_string() == UNCONNECTED)
}

/// Why a name was not resolved.
pub fn of_resolver(error: &io::Error) -> String {
    let text = error.to_string();
    let text = without_number(text.strip_prefix("failed to lookup address information: ").unwrap_or(&text));
    match text {
        "Name or service not known" | "nodename nor servname provided, or not known" => {
            "there is no such name".to_owned()
        }
        "No address associated with hostname" => "the name has no address".to_owned(),
        "Temporary failure in name resolution" => NO_NAME_SERVER.to_owned(),
        "Non-recoverable failure in name resolution" => "the name server refuses to answer".to_owned(),
        other => other.to_owned(),
    }
}

/// All causes of an error, the outermost first.
fn chain(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause);
        next = behind(cause);
    }
    causes
}

/// The next cause. What an error of input or output wraps is not what it calls its source.
fn behind<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    if let Some(wrapped) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(wrapped);
    }
    error.source()
}

/// What one cause means, unless another one says more.
fn sentence(cause: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(of_tls(error));
    }
    let text = cause.to_string();
    if EMPTY_WORDS.contains(&text.as_str()) {
        return None;
    }
    if HTTP2_BEGINS.iter().any(|begin| text.starts_with(begin)) {
        return Some(meaning(HTTP2, &text).unwrap_or("it breaks the rules of HTTP/2").to_owned());
    }
    meaning(HTTP1, &text).map(str::to_owned)
}

fn meaning(table: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    table.iter().find(|(words, _)| text.contains(words)).map(|(_, meaning)| *meaning)
}

/// What the system says of a connection.
fn of_system(error: &io::Error) -> Option<String> {
    let text = match error.kind() {
        io::ErrorKind::ConnectionRefused => "it refuses the connection: nothing answers at this port",
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            "the connection was cut"
        }
        io::ErrorKind::UnexpectedEof => "it closed the connection before its answer was complete",
        io::ErrorKind::TimedOut => "it does not answer in time",
        io::ErrorKind::NetworkUnreachable => "this machine has no way to its network",
        io::ErrorKind::HostUnreachable => "it cannot be reached: nothing leads to it, or it is switched off",
        io::ErrorKind::NetworkDown => "the network of this machine is down",
        io::ErrorKind::PermissionDenied => "this machine does not permit it: does a firewall or a sandbox forbid it?",
        _ => {
            let text = error.to_string();
            return error.raw_os_error().map(|_| without_number(&text).to_owned());
        }
    };
    Some(text.to_owned())
}

/// What is wrong with a secure connection.
fn of_tls(error: &rustls::Error) -> String {
    let text = match error {
        rustls::Error::InvalidCertificate(why) => return of_certificate(why),
        rustls::Error::AlertReceived(alert) => of_alert(*alert),
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "it does not answer in TLS: is its port one for https?"
        }
        rustls::Error::InvalidMessage(_)
        | rustls::Error::InappropriateMessage { .. }
        | rustls::Error::InappropriateHandshakeMessage { .. }
        | rustls::Error::PeerMisbehaved(_) => "it breaks the rules of TLS",
        rustls::Error::PeerIncompatible(
            PeerIncompatible::NoCipherSuitesInCommon
            | PeerIncompatible::NoKxGroupsInCommon
            | PeerIncompatible::NoSignatureSchemesInCommon,
        ) => "it has no cipher in common with us (TLS)",
        rustls::Error::PeerIncompatible(_) => "it speaks only versions of TLS that are no longer safe; 1.2 is needed",
        rustls::Error::NoCertificatesPresented => "it shows no certificate",
        rustls::Error::NoApplicationProtocol => "it speaks no version of HTTP that we do (ALPN)",
        rustls::Error::DecryptError | rustls::Error::PeerSentOversizedRecord => {
            "what it sends cannot be decrypted: something damages it on the way"
        }
        _ => "the connection could not be secured (TLS)",
    };
    text.to_owned()
}

/// What the server says that it does not like.
fn of_alert(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::UnrecognisedName => "it knows no site with this name (TLS)",
        AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => {
            "it has no cipher in common with us (TLS)"
        }
        AlertDescription::ProtocolVersion => "it has no version of TLS in common with us; 1.2 is needed",
        AlertDescription::CertificateRequired
        | AlertDescription::NoCertificate
        | AlertDescription::BadCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA => {
            "it wants a certificate from us (TLS), and has not got one that it takes: `client_cert`"
        }
        AlertDescription::AccessDenied => "it refuses us the connection (TLS)",
        AlertDescription::NoApplicationProtocol => "it speaks no version of HTTP that we do (ALPN)",
        AlertDescription::InternalError => "it had an error inside (TLS)",
        _ => "it broke off the securing of the connection (TLS)",
    }
}

/// What is wrong with a certificate, and what can be done.
fn of_certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::ExpiredContext { not_after, .. } => {
            format!("its certificate has expired, on {}: only whoever runs it can renew it", date(not_after.as_secs()))
        }
        CertificateError::Expired => "its certificate has expired: only whoever runs it can renew it".to_owned(),
        CertificateError::NotValidYetContext { not_before, .. } => {
            format!("its certificate is valid from {} only: is this machine's clock right?", date(not_before.as_secs()))
        }
        CertificateError::NotValidYet => "its certificate is not valid yet: is this machine's clock right?".to_owned(),
        CertificateError::UnknownIssuer => "its certificate comes from nobody whom this machine trusts: it is \
             self-signed (where it is the right one, name a file with it in `ca` of the source), lacks a link of its chain, or \
             somebody on the way shows his own"
            .to_owned(),
        CertificateError::NotValidForNameContext { presented, .. } => {
            let names: Vec<&str> = presented.iter().filter_map(|name| bare_name(name)).take(NAMES_LISTED).collect();
            let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
            format!("its certificate is for other names{names} than this one")
        }
        CertificateError::NotValidForName => "its certificate is for other names than this one".to_owned(),
        CertificateError::Revoked => "its certificate has been revoked".to_owned(),
        CertificateError::BadSignature => "its certificate bears a wrong signature".to_owned(),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "its certificate is signed in a way that is no longer safe, or not known".to_owned()
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => WRONG_PURPOSE.to_owned(),
        CertificateError::Other(other) => match other.to_string().as_str() {
            CA_AS_SERVER => "its certificate is one of an authority (CA:TRUE), as self-signed ones often are: where it is the \
                 right one, name a file with it in `ca` of the source"
                .to_owned(),
            "certificate had invalid extensions" => WRONG_PURPOSE.to_owned(),
            _ => DAMAGED.to_owned(),
        },
        _ => DAMAGED.to_owned(),
    }
}

const WRONG_PURPOSE: &str = "its certificate is not made for servers";
const DAMAGED: &str = "its certificate is damaged or of a kind that is not known";

fn date(unix: u64) -> String {
    Timestamp::from_unix(i64::try_from(unix).unwrap_or(i64::MAX)).to_string()
}

/// The name in `DnsName("a.example")`.
fn bare_name(name: &str) -> Option<&str> {
    let bare = name.split('"').nth(1).unwrap_or(name);
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-*:_".contains(&byte);
    (!bare.is_empty() && bare.bytes().all(is_legal)).then_some(bare)
}

/// A message of the system without its number.
fn without_number(text: &str) -> &str {
    text.split(" (os error ").next().unwrap_or(text)
}

/// Causes that nothing better is known of, in the client's own words.
fn quoted(chain: &[&(dyn Error + 'static)]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for cause in chain {
        let text = without_number(&cause.to_string()).to_owned();
        // Its own words for "it failed" say nothing.
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
        check(certificate(CertificateError::UnknownIssuer), "nobody whom this machine trusts");
        check(certificate(CertificateError::Expired), "has expired");
        check(certificate(CertificateError::NotValidYet), "clock");
        check(certificate(CertificateError::NotValidForName), "other names");
        check(certificate(CertificateError::BadEncoding), "damaged");
        let other =
            |text: &str| CertificateError::Other(rustls::OtherError(Arc::new(io::Error::other(text.to_owned()))));
        check(certificate(other("CaUsedAsEndEntity")), "CA:TRUE");
        check(certificate(other("SomethingNew(7)")), "damaged");
        check(rustls::Error::AlertReceived(AlertDescription::UnrecognisedName), "no site with this name");
        check(rustls::Error::AlertReceived(AlertDescription::UserCanceled), "broke off");
        check(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType), "is its port one for https?");
        check(rustls::Error::General("{x}".to_owned()), "could not be secured");
    }

    #[test]
    fn what_clients_say_is_told_in_plain_words() {
        let check = |text: &str, wanted: Option<&str>| {
            let said = sentence(&io::Error::other(text.to_owned()));
            assert_eq!(said.is_some(), wanted.is_some(), "{text}: {said:?}");
            assert!(said.unwrap_or_default().contains(wanted.unwrap_or_default()), "{text}");
        };
        check("stream error received: refused stream before processing any application logic", Some("refused"));
        check("connection error received: detected excessive load (b\"slow\")", Some("too much"));
        check("connection error detected: frame with invalid size", Some("rules of HTTP/2"));
        check("connection closed before message completed", Some("before its answer was complete"));
        check("invalid HTTP version parsed", Some("no answer in HTTP"));
        // What is behind these says more.
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
