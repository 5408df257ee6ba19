//! Decides which server certificates are trusted, and which client certificate is shown.
//!
//! The usual rules (WebPKI) decide first. If they refuse a certificate only because no trusted authority has issued it,
//! or because a server shows a CA certificate, the certificate itself may be trusted: a self-signed certificate in the
//! file that a source's `ca` names, or in this machine's trust store, as OpenSSL and curl accept it. Its signature, its
//! dates and its names are checked all the same. It can issue certificates for other servers only if it says that it is
//! an authority.

use std::collections::HashSet;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::FetchError;
use super::authority::is_authority;
use super::plain::CA_AS_SERVER;
use crate::config::Secret;

/// The certificates that a client trusts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrustedRoots<'w> {
    /// Certificates issued by this machine's authorities, and the certificates of the source (DER).
    Machine(&'w [Vec<u8>]),
    /// No certificate, because this machine has no CA certificates.
    Nobody,
}

/// The TLS configuration of a client. `client_cert` is a certificate with its chain and its key (PEM). `protocols` are
/// the HTTP versions to offer (RFC 7301), the preferred version first.
pub(super) fn config(
    roots: TrustedRoots<'_>,
    client_cert: Option<&Secret>,
    protocols: &[&[u8]],
) -> Result<ClientConfig, FetchError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|_| unusable("TLS"))?;
    let builder = match roots {
        TrustedRoots::Nobody => builder.with_root_certificates(RootCertStore::empty()),
        TrustedRoots::Machine(pinned) => {
            let verifier = Verifier::new(pinned, load_native_certs(), &provider)?;
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        }
    };
    let mut config = match client_cert {
        None => builder.with_no_client_auth(),
        Some(pem) => {
            let pem = pem.expose().as_bytes();
            let chain = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).collect();
            let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| unusable("the key of `client_cert`"))?;
            builder.with_client_auth_cert(chain, key).map_err(|_| unusable("`client_cert`"))?
        }
    };
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(config)
}

/// The number of certificates that this machine trusts. Reads files, so it must not be called on async threads.
pub fn trusted_authorities() -> usize {
    load_native_certs().len()
}

fn load_native_certs() -> Vec<CertificateDer<'static>> {
    // Unreadable parts of the store are ignored, as OpenSSL does.
    rustls_native_certs::load_native_certs().certs
}

fn unusable(what: &str) -> FetchError {
    FetchError::Client(format!("{what} cannot be used"))
}

/// The usual checks, and the certificates that are trusted themselves.
#[derive(Debug)]
struct Verifier {
    /// The checks against the authorities. `None` if no certificate is an authority, because the TLS library makes no
    /// verifier for an empty list.
    usual: Option<Arc<WebPkiServerVerifier>>,
    /// Digests of the certificates that the source's `ca` names.
    pinned: HashSet<blake3::Hash>,
    /// Digests of the certificates in this machine's trust store.
    stored: HashSet<blake3::Hash>,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn new(
        pinned: &[Vec<u8>],
        stored: Vec<CertificateDer<'static>>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Verifier, FetchError> {
        let digests_of_pinned = pinned.iter().map(|certificate| blake3::hash(certificate)).collect();
        let digests_of_stored = stored.iter().map(|certificate| blake3::hash(certificate)).collect();
        let pinned = pinned.iter().map(|certificate| CertificateDer::from(certificate.as_slice()));
        // The certificate of a server must not become an authority, because the TLS library would then accept every
        // certificate that the key of this server signs, for any name.
        let (authorities, others): (Vec<_>, Vec<_>) =
            pinned.chain(stored).partition(|certificate| is_authority(certificate));
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(authorities);
        if roots.is_empty() && !others.iter().any(|certificate| ParsedCertificate::try_from(certificate).is_ok()) {
            return Err(FetchError::NoAuthorities);
        }
        let usual = if roots.is_empty() { None } else { Some(against(roots, provider)?) };
        let provider = provider.clone();
        Ok(Verifier { usual, pinned: digests_of_pinned, stored: digests_of_stored, provider })
    }

    /// Accepts a certificate that is trusted itself. `refused` is the error of the usual checks.
    fn verify_itself(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
        refused: Error,
    ) -> Result<ServerCertVerified, Error> {
        let digest = blake3::hash(certificate);
        let is_pinned = self.pinned.contains(&digest);
        if !is_refused_for_issuer(&refused) || !(is_pinned || self.stored.contains(&digest)) {
            return Err(refused);
        }
        // The certificate is checked once more, as its own and only authority, because without any authority its dates
        // have not been checked yet.
        let mut itself = RootCertStore::empty();
        itself.add(certificate.clone())?;
        let Ok(alone) = against(itself, &self.provider) else { return Err(refused) };
        if let Err(refused) = alone.verify_server_cert(certificate, &[], name, &[], now)
            && !is_refused_for_issuer(&refused)
        {
            return Err(refused);
        }
        match verify_server_name(&ParsedCertificate::try_from(certificate)?, name) {
            // A certificate without names is accepted only for a source whose `ca` names it.
            Err(error) if !(is_pinned && has_no_names(&error)) => Err(error),
            _ => Ok(ServerCertVerified::assertion()),
        }
    }
}

/// The usual checks against these authorities, of which there must be at least one.
fn against(roots: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, FetchError> {
    let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
    built.map_err(|_| unusable("the CA certificates"))
}

/// Whether a certificate was refused for its issuer or for its lack of names.
fn is_refused_for_issuer(refused: &Error) -> bool {
    match refused {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => true,
        Error::InvalidCertificate(CertificateError::Other(other)) => other.to_string() == CA_AS_SERVER,
        refused => has_no_names(refused),
    }
}

fn has_no_names(refused: &Error) -> bool {
    match refused {
        Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) => presented.is_empty(),
        _ => false,
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let usual = match &self.usual {
            Some(usual) => usual.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now),
            None => Err(CertificateError::UnknownIssuer.into()),
        };
        usual.or_else(|refused| self.verify_itself(end_entity, server_name, now, refused))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
