//! Connections for reading: a few, which are kept for later reads.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{StoreError, open};

/// Most reads at the same time.
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

    /// Waits until fewer than the most reads are under way.
    pub async fn place(&self) -> Result<tokio::sync::SemaphorePermit<'_>, StoreError> {
        self.places.acquire().await.map_err(|_| StoreError::Closed)
    }

    /// Runs `read` on one consistent state of the database. It blocks, so it must not be called on async threads.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open::for_reading(&self.path)?,
        };
        connection.execute_batch("BEGIN")?;
        let result = read(&connection);
        // An open transaction would keep SQLite from truncating the WAL.
        if connection.execute_batch("COMMIT").is_ok() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < AT_ONCE && !self.places.is_closed() {
                idle.push(connection);
            }
        }
        result
    }

    /// Refuses further reads and closes the connections; a connection in use is closed when its read ends.
    pub fn close(&self) {
        self.places.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
