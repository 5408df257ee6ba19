//! The certificate by which a source's server knows us: `client_cert`, and `client_key` where its key stands in a file of
//! its own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error, InconsistentKeys};
use serde_json::Value;

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::reader::Table;
use super::secret::Secret;
use super::secret_value::{file_of, secret_file_of};

const CERTIFICATE_HELP: &str = "a certificate stands between BEGIN CERTIFICATE and END CERTIFICATE";
const KEY_HELP: &str = "a key stands between BEGIN PRIVATE KEY and END PRIVATE KEY; where it has a file of its own, name that \
                        file in `client_key`";
const DECRYPT_HELP: &str =
    "write it without a password: `openssl pkey -in KEY.pem -out PLAIN.pem`, and `chmod 600 PLAIN.pem`";
const FIT_HELP: &str = "the client's own certificate is the first in its file, before those that issued it";

kind! {
    /// `client_cert`: a certificate, the rest of its chain and its key, in one text (PEM), wherever the key stands.
    ClientCert: Secret, "the path of a file with a certificate, the rest of its chain, and its key (PEM); empty: none",
    string(), client_cert, show_file
}

kind! {
    /// `client_key`: whether the key of `client_cert` stands in a file of its own, which is read together with that.
    ClientKey: bool, "the path of a file with a key (PEM); empty: none", string(), client_key, show_key
}

/// The name of the file is not kept.
fn show_file(_: &Secret) -> Shown {
    Shown::Comment("\"…\"".to_owned())
}

fn show_key(has_file: &bool) -> Shown {
    if *has_file { Shown::Comment("\"…\"".to_owned()) } else { Shown::text("") }
}

fn is_set(table: &Table<'_>, key: &str) -> bool {
    table.get(key).is_some_and(|value| value.get_ref().as_str() != Some(""))
}

fn client_key(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<bool> {
    if !is_set(table, key) {
        return None;
    }
    if !is_set(table, "client_cert") {
        let help = Some("client_cert = \"certificate.pem\"".to_owned());
        cx.error_with_help(&table.place_of(key), format!("`{key}` needs `client_cert` beside it"), help);
    }
    Some(true)
}

fn client_cert(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Secret> {
    if !is_set(table, key) {
        return None;
    }
    let has_key_file = is_set(table, "client_key");
    let (certificate, key) = if has_key_file {
        (file_of(cx, table, "client_cert"), secret_file_of(cx, table, "client_key"))
    } else {
        let both = secret_file_of(cx, table, "client_cert");
        (both.clone(), both)
    };
    let (certificate, key) = (certificate?, key?);
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(certificate.value.as_bytes()).filter_map(Result::ok).collect();
    if chain.is_empty() {
        let help = Some(CERTIFICATE_HELP.to_owned());
        cx.error_with_help(&certificate.place, "`client_cert`: there is no certificate in this file (PEM)", help);
        return None;
    }
    let name = if has_key_file { "client_key" } else { "client_cert" };
    let private = found_key(cx, name, &key)?;
    match CertifiedKey::from_der(chain.clone(), private.clone_key(), &aws_lc_rs::default_provider()) {
        Ok(_) => Some(Secret::new(text(&chain, &private))),
        Err(error) => {
            let (why, help) = match error {
                Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                    ("the key does not belong to the certificate", Some(FIT_HELP.to_owned()))
                }
                Error::InvalidCertificate(_) => ("the certificate is damaged or of a kind that is not known", None),
                _ => ("the key is damaged or of a kind that is not known", None),
            };
            cx.error_with_help(&key.place, format!("`{name}`: {why}"), help);
            None
        }
    }
}

fn found_key(cx: &mut Context<'_>, name: &str, file: &Written<String>) -> Option<PrivateKeyDer<'static>> {
    let found = PrivateKeyDer::pem_slice_iter(file.value.as_bytes()).find_map(Result::ok);
    if found.is_none() {
        // RFC 7468, 11 and RFC 1421, 4.6.1.1 name it so.
        let (why, help) = if file.value.contains("ENCRYPTED") {
            ("the key in this file is encrypted, and nobody is there to type its password", DECRYPT_HELP)
        } else {
            ("there is no private key in this file (PEM)", KEY_HELP)
        };
        cx.error_with_help(&file.place, format!("`{name}`: {why}"), Some(help.to_owned()));
    }
    found
}

fn text(chain: &[CertificateDer<'_>], key: &PrivateKeyDer<'_>) -> String {
    let label = match key {
        PrivateKeyDer::Pkcs1(_) => "RSA PRIVATE KEY",
        PrivateKeyDer::Sec1(_) => "EC PRIVATE KEY",
        _ => "PRIVATE KEY",
    };
    let certificates = chain.iter().map(|certificate| block("CERTIFICATE", certificate));
    certificates.chain([block(label, key.secret_der())]).collect()
}

fn block(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}
