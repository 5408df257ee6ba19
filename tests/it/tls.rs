//! An origin that speaks TLS with a certificate made for these tests.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

/// A self-signed certificate for 127.0.0.1, made for these tests, that claims to be an authority (CA:TRUE).
pub const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUBoCLh7c89WOx4eoVIANZGRRiayIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNTIwNDUyOFoYDzIxMjYxMTAx
MjA0NTI4WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQdiCCbm4GPg2E2zA2ZpXYUBTFVJXJ2+slYIVUx0UQMkUM7wWwZ4Z82
L5YXVGl9od6bnZDvnpy708Ne7L0mGFqIo2QwYjAdBgNVHQ4EFgQUyn0rUBH5nQpd
ppkNo2jBdJJ0BegwHwYDVR0jBBgwFoAUyn0rUBH5nQpdppkNo2jBdJJ0BegwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQCplRIwxKiRWWMLmrEoS+SDgfKEV3QPEhYwPRW2op4lPAIgThuYRiHS5iCXZVkI
CeDcObYNVlDi5LT3R/RHzszb4/0=
-----END CERTIFICATE-----";
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHJqljFEJ2FINhWt0
QFXP/bHc/gNOs5z6NDgrqZmtv1GhRANCAAQdiCCbm4GPg2E2zA2ZpXYUBTFVJXJ2
+slYIVUx0UQMkUM7wWwZ4Z82L5YXVGl9od6bnZDvnpy708Ne7L0mGFqI
-----END PRIVATE KEY-----";

/// An authority made for these tests, and a certificate for 127.0.0.1 that it issued. The authority's key was not kept.
pub const AUTHORITY: &str = "\
-----BEGIN CERTIFICATE-----
MIIBrjCCAVOgAwIBAgIUZYLojSBld0WY6c9Rng/URlEEhpQwCgYIKoZIzj0EAwIw
IzEhMB8GA1UEAwwYV2F0ZXJzaGVkIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyODIz
NTMwMFoYDzIxMjYxMTA0MjM1MzAwWjAjMSEwHwYDVQQDDBhXYXRlcnNoZWQgdGVz
dCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT6UMrrmgay2thA
pMPYhKwE+5eYXS8YZPo4FqhNnYKWf4T2grTluWvLOg6wyDrMBg0BNbSJcJcdbbwZ
tEG6RivLo2MwYTAdBgNVHQ4EFgQUCCgmeFTCp18HRb5YR1wiK70q54gwHwYDVR0j
BBgwFoAUCCgmeFTCp18HRb5YR1wiK70q54gwDwYDVR0TAQH/BAUwAwEB/zAOBgNV
HQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDSQAwRgIhAJg0fmVqlNWbNMEzUkKYsi5D
TPVmN9DtXF+pXw4xsBFqAiEA1Ft3JkW4wEpf9go4JYeDBFjrEjpKfj+imcqZaigG
bec=
-----END CERTIFICATE-----";
const ISSUED: &str = "\
-----BEGIN CERTIFICATE-----
MIIBsjCCAVegAwIBAgIUN/sB43Rc3LjmvW7yCOH9odm8PekwCgYIKoZIzj0EAwIw
IzEhMB8GA1UEAwwYV2F0ZXJzaGVkIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyODIz
NTMwMFoYDzIxMjYxMTA0MjM1MzAwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTAT
BgcqhkjOPQIBBggqhkjOPQMBBwNCAAQEHKFVKbYY6gnF53QGVgzDT88Kd68wsR6U
dTz8NV4kLfvGquzc6JuqpXoAd9I8hfd7SMxeNK4BMDtTIGBOHXLeo3YwdDAPBgNV
HREECDAGhwR/AAABMAwGA1UdEwEB/wQCMAAwEwYDVR0lBAwwCgYIKwYBBQUHAwEw
HQYDVR0OBBYEFKGhCbpth8Y+e+95H6tNyTIlf5+fMB8GA1UdIwQYMBaAFAgoJnhU
wqdfB0W+WEdcIiu9KueIMAoGCCqGSM49BAMCA0kAMEYCIQDLed8CEpxqQoZhw/mS
BcVWp6WZBGFTULTDNyRQPpf37wIhAIJhQoUvWfbC/WhzyZq4TcC63tvL6hW3386j
vOtnTUf6
-----END CERTIFICATE-----";
const ISSUED_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgoPp0toOA8vS+TBda
UQNufzcvtOX+FPt+asQWs7gWfVmhRANCAAQEHKFVKbYY6gnF53QGVgzDT88Kd68w
sR6UdTz8NV4kLfvGquzc6JuqpXoAd9I8hfd7SMxeNK4BMDtTIGBOHXLe
-----END PRIVATE KEY-----";

/// The whole answer to a path, head included.
type Handler = Box<dyn Fn(&str) -> Vec<u8> + Send>;

/// A listening origin that answers one request per connection.
pub struct TlsOrigin {
    pub address: SocketAddr,
    requests: Arc<AtomicUsize>,
    /// Number of requests from clients that sent a certificate.
    known: Arc<AtomicUsize>,
}

impl TlsOrigin {
    /// An origin with a self-signed certificate that answers every request with the same document.
    pub fn start(body: String) -> TlsOrigin {
        TlsOrigin::with(config(&[]), true, always(body))
    }

    /// An origin with a certificate of [`AUTHORITY`] that answers every request with the same document.
    pub fn issued(body: String) -> TlsOrigin {
        TlsOrigin::with(config_of(ISSUED, ISSUED_KEY, &[]), true, always(body))
    }

    /// An origin with the given certificate (PEM) that answers every request with the same document.
    pub fn under(certificate: &str, key: &str, body: String) -> TlsOrigin {
        TlsOrigin::with(config_of(certificate, key, &[]), true, always(body))
    }

    /// Asks clients for a certificate of an authority (PEM), which they may leave out where it `is_needed` not, and answers as
    /// `handler` decides.
    pub fn asking(authority: &str, is_needed: bool, handler: impl Fn(&str) -> Vec<u8> + Send + 'static) -> TlsOrigin {
        TlsOrigin::with(asking_config(authority, is_needed), true, Box::new(handler))
    }

    /// An origin that answers as `handler` decides. It ends a connection with `close_notify`, or only closes it.
    pub fn answering(says_done: bool, handler: impl Fn(&str) -> Vec<u8> + Send + 'static) -> TlsOrigin {
        TlsOrigin::with(config(&[]), says_done, Box::new(handler))
    }

    fn with(config: Arc<ServerConfig>, says_done: bool, handler: Handler) -> TlsOrigin {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback address can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let requests = Arc::new(AtomicUsize::new(0));
        let known = Arc::new(AtomicUsize::new(0));
        let counted = (requests.clone(), known.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that refuses the certificate disconnects, so errors are ignored.
                let _ = answer(&config, stream, &handler, says_done, &counted);
            }
        });
        TlsOrigin { address, requests, known }
    }

    /// Number of requests that arrived.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Number of requests from clients that sent a certificate.
    pub fn known(&self) -> usize {
        self.known.load(Ordering::SeqCst)
    }
}

/// A handler that answers every path with a document.
fn always(body: String) -> Handler {
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    Box::new(move |_| (head.clone() + &body).into_bytes())
}

/// The configuration of the server. `protocols` are the protocols that it offers (ALPN).
pub fn config(protocols: &[&[u8]]) -> Arc<ServerConfig> {
    config_of(CERTIFICATE, KEY, protocols)
}

fn config_of(certificate: &str, key: &str, protocols: &[&[u8]]) -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).expect("the certificate is one");
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("the key is one");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![certificate], key))
        .expect("the key is the certificate's");
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Arc::new(config)
}

fn asking_config(authority: &str, is_needed: bool) -> Arc<ServerConfig> {
    let of = |pem: &str| CertificateDer::from_pem_slice(pem.as_bytes()).expect("the certificate is one");
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("the key is one");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(of(authority)).expect("the authority is one");
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    let verifier = if is_needed { verifier } else { verifier.allow_unauthenticated() };
    let verifier = verifier.build().expect("there is an authority");
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_client_cert_verifier(verifier).with_single_cert(vec![of(CERTIFICATE)], key));
    Arc::new(config.expect("the key is the certificate's"))
}

fn answer(
    config: &Arc<ServerConfig>,
    stream: std::net::TcpStream,
    handler: &Handler,
    says_done: bool,
    (requests, known): &(Arc<AtomicUsize>, Arc<AtomicUsize>),
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
    let mut tls = BufReader::new(StreamOwned::new(connection, stream));
    let mut first = String::new();
    tls.read_line(&mut first)?;
    let mut line = String::new();
    while tls.read_line(&mut line)? > 2 {
        line.clear();
    }
    requests.fetch_add(1, Ordering::SeqCst);
    let path = first.split(' ').nth(1).unwrap_or_default();
    let stream = tls.get_mut();
    if stream.conn.peer_certificates().is_some() {
        known.fetch_add(1, Ordering::SeqCst);
    }
    stream.write_all(&handler(path))?;
    if says_done {
        stream.conn.send_close_notify();
    }
    stream.flush()
}
