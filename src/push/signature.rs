//! `X-Hub-Signature`: proves that the sender of a delivery knows the secret of the subscription (WebSub, 7).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;

use crate::text::digest::hex;

/// The header that carries the signature.
pub const HEADER: &str = "x-hub-signature";

/// An algorithm for signatures, by its name in the header (WebSub, 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Method {
    pub const ALL: [Method; 4] = [Method::Sha1, Method::Sha256, Method::Sha384, Method::Sha512];

    /// The name of the algorithm in the header.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Sha1 => "sha1",
            Method::Sha256 => "sha256",
            Method::Sha384 => "sha384",
            Method::Sha512 => "sha512",
        }
    }

    /// The algorithm of this name, in upper or lower case.
    pub fn of(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name))
    }

    fn key(self, secret: &[u8]) -> hmac::Key {
        let algorithm = match self {
            Method::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Method::Sha256 => hmac::HMAC_SHA256,
            Method::Sha384 => hmac::HMAC_SHA384,
            Method::Sha512 => hmac::HMAC_SHA512,
        };
        hmac::Key::new(algorithm, secret)
    }
}

/// The value of the header for a body: `METHOD=HEX`.
pub fn sign(method: Method, secret: &[u8], body: &[u8]) -> String {
    format!("{}={}", method.as_str(), digits(method, secret, body))
}

/// The signature of a body, as hexadecimal digits in lower case.
fn digits(method: Method, secret: &[u8], body: &[u8]) -> String {
    hex(hmac::sign(&method.key(secret), body).as_ref())
}

/// Whether `value` is the signature of the body by an algorithm that is known. The comparison takes the same time for every wrong
/// signature.
pub fn verify(value: &str, secret: &[u8], body: &[u8]) -> bool {
    let Some((name, given)) = value.trim().split_once('=') else { return false };
    let Some(method) = Method::of(name.trim()) else { return false };
    let (given, right) = (given.trim().to_ascii_lowercase(), digits(method, secret, body));
    verify_slices_are_equal(given.as_bytes(), right.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231_and_rfc_2202() {
        let check = |method: Method, expected: &str| {
            let value = sign(method, b"Jefe", b"what do ya want for nothing?");
            assert_eq!(value, format!("{}={expected}", method.as_str()));
            assert!(verify(&value, b"Jefe", b"what do ya want for nothing?"));
        };
        check(Method::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        check(Method::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        check(
            Method::Sha384,
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        );
        check(
            Method::Sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        );
    }

    #[test]
    fn only_the_right_signature_is_accepted() {
        let right = sign(Method::Sha256, b"secret", b"body");
        let check = |value: &str, expected: bool| assert_eq!(verify(value, b"secret", b"body"), expected, "{value}");
        check(&right, true);
        check(&right.to_uppercase(), true);
        check(&right[..right.len() - 2], false);
        check(&right.replace("sha256", "sha1"), false);
        check(&right.replace("sha256", "md5"), false);
        check("sha256=", false);
        check("sha256", false);
        check("sha256=0", false);
        check("sha256=zz", false);
        check(&format!("{right}00"), false);
        check("", false);
        assert!(!verify(&right, b"secret", b"another body"));
        assert!(!verify(&right, b"another secret", b"body"));
    }
}
