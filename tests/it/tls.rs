//! An origin with a certificate that nobody vouches for.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Made for these tests alone, for 127.0.0.1, by itself.
const CERTIFICATE: &str = "\
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

/// What is answered to a path, head and all.
type Handler = Box<dyn Fn(&str) -> Vec<u8> + Send>;

/// A listening origin that answers one request a connection.
pub struct TlsOrigin {
    pub address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl TlsOrigin {
    /// Answers every request with the same document.
    pub fn start(body: String) -> TlsOrigin {
        let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        TlsOrigin::answering(true, move |_| (head.clone() + &body).into_bytes())
    }

    /// Answers as `handler` decides, and says that it is done (`close_notify`), or only closes the connection.
    pub fn answering(says_done: bool, handler: impl Fn(&str) -> Vec<u8> + Send + 'static) -> TlsOrigin {
        let config = config(&[]);
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback address can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = requests.clone();
        let handler: Handler = Box::new(handler);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that refuses the certificate goes away in the middle.
                let _ = answer(&config, stream, &handler, says_done, &counted);
            }
        });
        TlsOrigin { address, requests }
    }

    /// Requests that came through.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// `protocols`: what is offered for the connection (ALPN).
pub fn config(protocols: &[&[u8]]) -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).expect("the certificate is one");
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("the key is one");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![certificate], key))
        .expect("the key is the certificate's");
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Arc::new(config)
}

fn answer(
    config: &Arc<ServerConfig>,
    stream: std::net::TcpStream,
    handler: &Handler,
    says_done: bool,
    requests: &AtomicUsize,
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
    stream.write_all(&handler(path))?;
    if says_done {
        stream.conn.send_close_notify();
    }
    stream.flush()
}
