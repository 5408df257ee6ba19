//! Sources that are files of this machine (`file:`).

use bytes::Bytes;

use super::{Exchange, FetchError, Request};

/// Reads the file as if a server had answered 200 with it.
pub async fn read(request: Request<'_>) -> Result<Exchange, FetchError> {
    let path =
        request.url.to_file_path().map_err(|()| FetchError::File("the address names no file here".to_owned()))?;
    let limit = request.options.max_body;
    let read = move || -> Result<Vec<u8>, FetchError> {
        use std::io::Read;
        let fail = |error: std::io::Error| FetchError::File(error.to_string());
        let metadata = std::fs::metadata(&path).map_err(fail)?;
        // A pipe or a device would never end.
        if !metadata.is_file() {
            return Err(FetchError::File("it is not a regular file".to_owned()));
        }
        let mut body = Vec::new();
        std::fs::File::open(&path).map_err(fail)?.take(limit + 1).read_to_end(&mut body).map_err(fail)?;
        if body.len() as u64 > limit { Err(FetchError::TooLarge { limit }) } else { Ok(body) }
    };
    let body = tokio::task::spawn_blocking(read).await.map_err(|error| FetchError::File(error.to_string()))??;
    Ok(Exchange::of_body(request.url.clone(), 200, Bytes::from(body)))
}
