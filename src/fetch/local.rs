//! Reads sources that are local files (`file:`).

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::pin;

use super::bodies::Bodies;
use super::client::Patience;
use super::{Exchange, FetchError, Request};
use crate::clock;

/// Reads a file into an exchange as if a server had answered 200 with it.
pub(super) async fn read(
    bodies: &Bodies,
    request: Request<'_>,
    patience: &mut Patience,
) -> Result<Exchange, FetchError> {
    let path = request
        .url
        .to_file_path()
        .map_err(|()| FetchError::File("the address is not the path of a local file".to_owned()))?;
    let limit = request.options.max_body;
    let looked_at = path.clone();
    let bytes = patience.spend(pin!(off_thread(move || size(looked_at, limit)))).await?;
    let mut body = bodies.buffer(limit);
    // The wait for memory does not count towards the source's `timeout`, because the wait is our own.
    body.reserve(bytes).await.map_err(|crowded| crowded.put_off("", clock::now()))?;
    let content = patience.spend(pin!(off_thread(move || content(path, limit)))).await?;
    Ok(Exchange::of_body(request.url.clone(), 200, body.freeze_with(content)))
}

/// Runs `work` on a blocking thread, because it may wait for a disk or a network file system.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FetchError> + Send + 'static,
) -> Result<T, FetchError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| FetchError::File(error.to_string()))?
}

/// The size of a file, in bytes.
fn size(path: PathBuf, limit: u64) -> Result<usize, FetchError> {
    let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
    // Other kinds of files are refused, because a pipe or a device may never end.
    if !metadata.is_file() {
        return Err(FetchError::File("it is not a regular file".to_owned()));
    }
    if metadata.len() > limit {
        return Err(FetchError::TooLarge { limit });
    }
    Ok(usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

fn content(path: PathBuf, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut content = Vec::new();
    let file = fs::File::open(path).map_err(|error| failed(&error))?;
    file.take(limit + 1).read_to_end(&mut content).map_err(|error| failed(&error))?;
    if content.len() as u64 > limit { Err(FetchError::TooLarge { limit }) } else { Ok(content) }
}

fn failed(error: &io::Error) -> FetchError {
    FetchError::File(error.to_string())
}
