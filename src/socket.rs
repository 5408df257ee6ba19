//! Creates Unix sockets in the file system, replacing only sockets that a dead program left behind.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;

use tokio::net::{UnixListener, UnixStream};

/// Why a socket could not be created.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    #[error("another program is listening there already")]
    InUse,
    #[error("the file there is not a socket; it was left alone")]
    NotASocket,
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Listens at `path` and gives the socket the permissions `mode`. A socket that a killed program left there is
/// replaced. A socket that accepts connections, and every other kind of file, is left alone.
pub async fn listen(path: &Path, mode: u32) -> Result<UnixListener, SocketError> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.file_type().is_socket() => return Err(SocketError::NotASocket),
        Ok(_) => match UnixStream::connect(path).await {
            // A refused connection means that the program that made the socket is dead.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Err(SocketError::InUse),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    Ok(listener)
}
