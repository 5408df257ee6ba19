//! Whether a certificate says that its key may sign other certificates: basicConstraints with cA = TRUE (RFC 5280,
//! 4.2.1.9). The TLS library does not check this for the certificates that it is given as authorities.
//!
//! Entry point: [`is_authority`]. Only the parts of a certificate that lead to this extension are read; signatures,
//! dates and names are not checked here.

/// Tags of DER (X.690, 8.1.2).
const BOOLEAN: u8 = 0x01;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// The tags of the fields `version` and `extensions` of a certificate (RFC 5280, 4.1).
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;
/// The version field of X.509 version 3.
const VERSION_3: &[u8] = &[0x02, 1, 2];
/// The identifier of the extension basicConstraints, 2.5.29.19.
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
/// The value TRUE.
const TRUE: &[u8] = &[0xff];
/// The most bytes that state a length, after the byte that counts them. A certificate of 16 MB or more is refused.
const LENGTH_MAX_BYTES: usize = 3;

/// Whether a certificate (DER) may sign other certificates. Certificates of versions 1 and 2 count as authorities,
/// because they cannot say what they are for.
pub(super) fn is_authority(certificate: &[u8]) -> bool {
    says_so(certificate).unwrap_or(false)
}

/// The same; `None` if the certificate is damaged.
fn says_so(certificate: &[u8]) -> Option<bool> {
    let certificate = Values(certificate).first(SEQUENCE)?;
    let mut fields = Values(Values(certificate).first(SEQUENCE)?);
    if fields.next()? != (VERSION, VERSION_3) {
        return Some(true);
    }
    let Some((_, extensions)) = fields.find(|(tag, _)| *tag == EXTENSIONS) else { return Some(false) };
    for (_, extension) in Values(Values(extensions).first(SEQUENCE)?) {
        let mut parts = Values(extension);
        if parts.first(OBJECT_IDENTIFIER)? == BASIC_CONSTRAINTS {
            // The flag `critical` may stand before the content.
            let (_, content) = parts.find(|(tag, _)| *tag == OCTET_STRING)?;
            let mut constraints = Values(Values(content).first(SEQUENCE)?);
            return Some(constraints.next() == Some((BOOLEAN, TRUE)));
        }
    }
    Some(false)
}

/// The values in a piece of DER: each with its tag and its content. The walk ends at the first damaged value.
struct Values<'d>(&'d [u8]);

impl<'d> Values<'d> {
    /// The content of the next value if it has this tag.
    fn first(&mut self, tag: u8) -> Option<&'d [u8]> {
        self.next().filter(|(found, _)| *found == tag).map(|(_, content)| content)
    }
}

impl<'d> Iterator for Values<'d> {
    type Item = (u8, &'d [u8]);

    fn next(&mut self) -> Option<(u8, &'d [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&short, rest) = rest.split_first()?;
        let (length, rest) = if short < 0x80 {
            (usize::from(short), rest)
        } else {
            let digits = usize::from(short & 0x7f);
            if digits == 0 || digits > LENGTH_MAX_BYTES {
                return None;
            }
            let (digits, rest) = rest.split_at_checked(digits)?;
            (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    use super::*;

    /// Certificates that the end-to-end tests use, in the order of the files.
    const OF_SERVERS: &str = include_str!("../../tests/it/tls.rs");
    const OF_CREDENTIALS: &str = include_str!("../../tests/it/credentials.rs");
    /// Version 1, without extensions.
    const VERSION_1: &str = "\
-----BEGIN CERTIFICATE-----
MIIBFTCBvQIUNNJ8bRdd44/SaKTPs9+6VyVMYzcwCgYIKoZIzj0EAwIwDTELMAkG
A1UEAwwCdjEwIBcNMjYxMTI5MDIzNTUxWhgPMjEyNjExMDUwMjM1NTFaMA0xCzAJ
BgNVBAMMAnYxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWkakn7In9G2SADqf
oA8ul4+Zs8eqMICE7pSaRGrCrnsT+3b7GfszwRiAnthvS52XGyJBFOZ2+WE99WxK
7t43ijAKBggqhkjOPQQDAgNHADBEAiAjFhjQWBUjiDaY8r0ouj/EqNewekDBJKOV
I8lRIghoLAIgL17aGRaW1wNBQs7xnafz7D8vcVO9AfVOvdjpbaYzj6U=
-----END CERTIFICATE-----";

    fn certificates(text: &str) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_slice_iter(text.as_bytes()).map(|it| it.expect("the certificate is one")).collect()
    }

    #[test]
    fn only_certificates_that_say_so_are_authorities() {
        let check = |text: &str, expected: &[bool]| {
            let found: Vec<bool> = certificates(text).iter().map(|it| is_authority(it)).collect();
            assert_eq!(found, expected);
        };
        // CERTIFICATE, AUTHORITY, ISSUED.
        check(OF_SERVERS, &[true, true, false]);
        // NAMELESS, ELSEWHERE, EXPIRED, PLAIN (without the extension), FORGED, READERS, READER.
        check(OF_CREDENTIALS, &[true, true, false, false, false, true, false]);
        check(VERSION_1, &[true]);
    }

    #[test]
    fn a_damaged_certificate_is_no_authority() {
        let whole = &certificates(OF_SERVERS)[0];
        for end in 0..whole.len() {
            assert!(!is_authority(&whole[..end]), "the first {end} bytes");
        }
        for damaged in [
            &[SEQUENCE, 0x80, 0, 0][..],
            &[SEQUENCE, 0x84, 0, 0, 0, 1, 0],
            &[SEQUENCE, 0x83, 0xff, 0xff, 0xff],
            &[SEQUENCE, 0xff],
            &[SEQUENCE, 2, SEQUENCE, 0],
            &[BOOLEAN, 1, 0xff],
        ] {
            assert!(!is_authority(damaged), "{damaged:x?}");
        }
    }
}
