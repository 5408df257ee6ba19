//! The client certificate that a source's server asks for: `client_cert`, and `client_key` if the key is in a separate
//! file.

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

pub(super) const CERTIFICATE_HELP: &str = "a certificate begins with BEGIN CERTIFICATE and ends with END CERTIFICATE";
const KEY_HELP: &str = "a key begins with BEGIN PRIVATE KEY and ends with END PRIVATE KEY; if it is in a separate file, name that \
                        file in `client_key`";
const DECRYPT_HELP: &str = "remove the password: `openssl pkey -in KEY.pem -out PLAIN.pem`, then `chmod 600 PLAIN.pem`";
const FIT_HELP: &str = "the client's own certificate must come first in its file, before those of its issuers";

kind! {
    /// `client_cert`: a certificate, the rest of its chain and its key in one text (PEM), whether or not the key comes
    /// from a separate file.
    ClientCert: Secret, "the path of a file with a certificate, the rest of its chain, and its key (PEM); empty: not set",
    string(), client_cert, show_file
}

kind! {
    /// `client_key`: whether the key of `client_cert` is in a separate file. That file is read together with `client_cert`.
    ClientKey: bool, "the path of a file with a key (PEM); empty: not set", string(), client_key, show_key
}

/// The name of the file is unknown here, because only its content is kept.
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
        let help = "client_cert = \"certificate.pem\"";
        cx.error_with_help(&table.place_of(key), format!("`{key}` requires `client_cert`"), help);
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
        let message = "`client_cert`: the file contains no certificate (PEM)";
        return cx.refuse_with_help(&certificate.place, message, CERTIFICATE_HELP);
    }
    let name = if has_key_file { "client_key" } else { "client_cert" };
    let private = found_key(cx, name, &key)?;
    match CertifiedKey::from_der(chain.clone(), private.clone_key(), &aws_lc_rs::default_provider()) {
        Ok(_) => Some(Secret::new(text(&chain, &private))),
        Err(error) => {
            let (why, help) = match error {
                Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                    ("the key does not belong to the certificate", Some(FIT_HELP))
                }
                Error::InvalidCertificate(_) => ("the certificate is damaged or of an unsupported kind", None),
                _ => ("the key is damaged or of an unsupported kind", None),
            };
            cx.report(&key.place, format!("`{name}`: {why}"), help.map(str::to_owned));
            None
        }
    }
}

fn found_key(cx: &mut Context<'_>, name: &str, file: &Written<String>) -> Option<PrivateKeyDer<'static>> {
    let found = PrivateKeyDer::pem_slice_iter(file.value.as_bytes()).find_map(Result::ok);
    if found.is_none() {
        // RFC 7468, 11 and RFC 1421, 4.6.1.1 mark encrypted keys by this word.
        let (why, help) = if file.value.contains("ENCRYPTED") {
            ("the key in this file is encrypted, and a daemon cannot ask for the password", DECRYPT_HELP)
        } else {
            ("the file contains no private key (PEM)", KEY_HELP)
        };
        cx.error_with_help(&file.place, format!("`{name}`: {why}"), help);
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
