//! The sockets that the server listens on: bound as configured, or handed over by systemd.

use std::io;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

use crate::config::Listen;
use crate::socket::{self, SocketError};

/// Mode of a Unix socket: its owner and group may connect, such as a web server in the group; other users may not.
const SOCKET_MODE: u32 = 0o660;

/// A socket that accepts connections.
#[derive(Debug)]
pub enum Listener {
    Tcp(TcpListener, SocketAddr),
    /// The path is empty for a socket without a path. The file stays when the program ends, and the next start replaces it.
    Unix(UnixListener, PathBuf),
}

/// An accepted connection.
#[derive(Debug)]
pub(super) enum Accepted {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// Why the server cannot listen on an address.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("cannot listen on {address}: the name was not found ({error}); write an IP address as `listen` in [serve]")]
    Unknown { address: String, error: io::Error },
    #[error(
        "cannot listen on {address}: the address is in use, perhaps by another watershed; stop the other program, or change \
         `listen` in [serve]"
    )]
    InUse { address: String },
    #[error(
        "cannot listen on {address}: {error}; ports below 1024 need a privilege, so set a higher port as `listen` in [serve], \
         or let systemd hand over the socket"
    )]
    Forbidden { address: String, error: io::Error },
    #[error("cannot listen on {address}: this machine does not have the address ({error}); change `listen` in [serve]")]
    NotHere { address: String, error: io::Error },
    #[error(
        "cannot create the socket {}: another kind of file has this name; remove the file or change `listen` in [serve]",
        .path.display()
    )]
    NotASocket { path: PathBuf },
    #[error(
        "cannot create the socket {}: {error}; the folder must exist and be writable for this user",
        .path.display()
    )]
    Unix { path: PathBuf, error: io::Error },
    #[error("cannot listen on {address}: {error}")]
    Other { address: String, error: io::Error },
    #[error("cannot use a socket that systemd handed over: {0}; the .socket unit must use ListenStream")]
    HandedOver(io::Error),
}

impl Listener {
    /// The address as `host:port`, or as `unix:` and the path.
    pub fn address(&self) -> String {
        match self {
            Listener::Tcp(_, address) => address.to_string(),
            Listener::Unix(_, path) => format!("unix:{}", path.display()),
        }
    }

    pub(super) async fn accept(&self) -> io::Result<Accepted> {
        match self {
            Listener::Tcp(listener, _) => listener.accept().await.map(|(stream, _)| Accepted::Tcp(stream)),
            Listener::Unix(listener, _) => listener.accept().await.map(|(stream, _)| Accepted::Unix(stream)),
        }
    }
}

/// Listens where the configuration says. For a name, listens on every address of the name that can be bound.
pub async fn bind(listen: &Listen) -> Result<Vec<Listener>, BindError> {
    match listen {
        Listen::Unix(path) => Ok(vec![bind_unix(path).await?]),
        Listen::Tcp { written, literal: Some(address) } => Ok(vec![bind_tcp(*address, written).await?]),
        Listen::Tcp { written, literal: None } => bind_name(written).await,
    }
}

async fn bind_name(written: &str) -> Result<Vec<Listener>, BindError> {
    let unknown = |error| BindError::Unknown { address: written.to_owned(), error };
    let mut addresses: Vec<SocketAddr> = tokio::net::lookup_host(written).await.map_err(unknown)?.collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut listeners = Vec::new();
    let mut failed = None;
    for address in addresses {
        match bind_tcp(address, written).await {
            Ok(listener) => listeners.push(listener),
            Err(error) => {
                // A failure is normal, because a name often has an IPv6 address on machines without IPv6.
                tracing::debug!(error = %error, "cannot listen on one of the addresses of a name");
                failed = Some(error);
            }
        }
    }
    if !listeners.is_empty() {
        return Ok(listeners);
    }
    Err(failed.unwrap_or_else(|| unknown(io::Error::new(io::ErrorKind::NotFound, "it has no address"))))
}

async fn bind_tcp(address: SocketAddr, written: &str) -> Result<Listener, BindError> {
    let bound = async {
        let listener = TcpListener::bind(address).await?;
        // The address is read back, because the system may have chosen the port.
        let address = listener.local_addr()?;
        Ok(Listener::Tcp(listener, address))
    };
    bound.await.map_err(|error: io::Error| {
        let shown = address.to_string();
        let address = if shown == written { shown } else { format!("{written} ({shown})") };
        match error.kind() {
            io::ErrorKind::AddrInUse => BindError::InUse { address },
            io::ErrorKind::PermissionDenied => BindError::Forbidden { address, error },
            io::ErrorKind::AddrNotAvailable => BindError::NotHere { address, error },
            _ => BindError::Other { address, error },
        }
    })
}

async fn bind_unix(path: &Path) -> Result<Listener, BindError> {
    let failed = |error| match error {
        SocketError::InUse => BindError::InUse { address: format!("unix:{}", path.display()) },
        SocketError::NotASocket => BindError::NotASocket { path: path.to_owned() },
        SocketError::Io(error) => BindError::Unix { path: path.to_owned(), error },
    };
    let listener = socket::listen(path, SOCKET_MODE).await.map_err(failed)?;
    Ok(Listener::Unix(listener, path.to_owned()))
}

/// Takes over TCP and Unix sockets on which systemd already listens. Must be called within the runtime.
pub fn from_systemd(sockets: Vec<OwnedFd>) -> Result<Vec<Listener>, BindError> {
    sockets.into_iter().map(|socket| hand_over(socket).map_err(BindError::HandedOver)).collect()
}

fn hand_over(socket: OwnedFd) -> io::Result<Listener> {
    // The address tells the families apart, because reading it from a socket of another family is an error.
    let unix = std::os::unix::net::UnixListener::from(socket);
    if let Ok(address) = unix.local_addr() {
        unix.set_nonblocking(true)?;
        let path = address.as_pathname().map(Path::to_owned).unwrap_or_default();
        return Ok(Listener::Unix(UnixListener::from_std(unix)?, path));
    }
    let tcp = std::net::TcpListener::from(OwnedFd::from(unix));
    let address = tcp.local_addr()?;
    tcp.set_nonblocking(true)?;
    Ok(Listener::Tcp(TcpListener::from_std(tcp)?, address))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn tcp(address: &str) -> Listen {
        Listen::Tcp { written: address.to_owned(), literal: address.parse().ok() }
    }

    #[tokio::test]
    async fn a_port_in_use_is_named() {
        let first = bind(&tcp("127.0.0.1:0")).await.expect("a free port");
        let address = first[0].address();
        let error = bind(&tcp(&address)).await.expect_err("it is taken").to_string();
        assert!(error.contains(&address) && error.contains("`listen` in [serve]"), "{error}");
    }

    #[tokio::test]
    async fn names_are_looked_up() {
        let listeners = bind(&tcp("localhost:0")).await.expect("localhost is there");
        assert!(!listeners.is_empty());
    }

    #[tokio::test]
    async fn unix_sockets_replace_only_what_is_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let listen = Listen::Unix(path.clone());
        let first = bind(&listen).await.expect("the first");
        assert_eq!(first[0].address(), format!("unix:{}", path.display()));
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, SOCKET_MODE);
        assert!(matches!(bind(&listen).await, Err(BindError::InUse { .. })));
        drop(first);
        assert!(bind(&listen).await.is_ok());
        fs::remove_file(&path).expect("it is there");
        fs::write(&path, "precious").expect("it can be written");
        assert!(matches!(bind(&listen).await, Err(BindError::NotASocket { .. })));
        assert!(path.exists());
    }

    #[tokio::test]
    async fn sockets_are_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let tcp = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = tcp.local_addr().expect("its address").to_string();
        let unix = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
        let listeners = from_systemd(vec![tcp.into(), unix.into()]).expect("both can be used");
        let addresses: Vec<String> = listeners.iter().map(Listener::address).collect();
        assert_eq!(addresses, [address, format!("unix:{}", path.display())]);
        let file = fs::File::open(folder.path()).expect("a folder can be opened");
        assert!(from_systemd(vec![file.into()]).is_err());
    }
}
