//! Readers: connections of their own, kept for the next one, never more than a few at once.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{StoreError, open};

/// Reads under way at once.
const AT_ONCE: usize = 4;

#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl Readers {
    pub fn new(path: PathBuf) -> Readers {
        Readers { path, idle: Mutex::new(Vec::new()), places: Semaphore::new(AT_ONCE) }
    }

    /// A place among the readers; waits until one is free.
    pub async fn place(&self) -> Result<tokio::sync::SemaphorePermit<'_>, StoreError> {
        self.places.acquire().await.map_err(|_| StoreError::Closed)
    }

    /// Runs `read` on one consistent state of the database. Blocks: not for async threads.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open::for_reading(&self.path)?,
        };
        connection.execute_batch("BEGIN")?;
        let result = read(&connection);
        // A transaction kept open would keep the WAL from being cut.
        if connection.execute_batch("COMMIT").is_ok() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < AT_ONCE && !self.places.is_closed() {
                idle.push(connection);
            }
        }
        result
    }

    /// Lets no further read begin, and closes the connections; those in use are closed when their reads end.
    pub fn close(&self) {
        self.places.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
