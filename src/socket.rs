//! Unix sockets in the file system: made where nothing is, or where only a dead one was left behind.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;

use tokio::net::{UnixListener, UnixStream};

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    #[error("somebody listens there already")]
    InUse,
    #[error("a file that is no socket is there")]
    NotASocket,
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Listens at `path`, for those whom `mode` lets in. What a killed program left there is replaced; a socket that
/// answers, and every other kind of file, is not.
///
/// # Errors
/// See [`SocketError`].
pub async fn listen(path: &Path, mode: u32) -> Result<UnixListener, SocketError> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.file_type().is_socket() => return Err(SocketError::NotASocket),
        Ok(_) => match UnixStream::connect(path).await {
            // Nobody listens: it was left behind.
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
