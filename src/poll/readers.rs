//! The threads on which documents are read.
//!
//! They are separate from the runtime's threads for blocking work, for two reasons. Reading keeps a processor busy, so
//! more threads than processors gain nothing. And the allocator keeps, for each thread, the memory that large documents
//! needed there, so the memory of the process grows with the number of threads that read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// The reader threads. They end when this value is dropped.
#[derive(Debug)]
pub struct Readers {
    jobs: Sender<Job>,
    places: Semaphore,
}

impl Readers {
    /// Starts a thread for each processor.
    pub fn start() -> Readers {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let (jobs, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..processors {
            let waiting = waiting.clone();
            let thread = thread::Builder::new().name(format!("reader-{number}")).spawn(move || work(&waiting));
            if let Err(error) = thread {
                // The remaining threads take its work, or else the runtime's blocking threads (see `run`).
                tracing::warn!(%error, "cannot start a reader thread; reading documents may be slower");
            }
        }
        Readers { jobs, places: Semaphore::new(processors) }
    }

    /// Waits until a reader is free; there is one reader for each processor. `None` when the program ends.
    pub async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Runs `work` on a reader thread. The caller must hold a place. `None` if `work` panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (reply, done) = oneshot::channel();
        let job: Job = Box::new(move || {
            // The panic hook has logged the panic, and the thread continues with the next document.
            if let Ok(result) = catch_unwind(AssertUnwindSafe(work)) {
                // The receiver is gone if the poll was cancelled.
                let _ = reply.send(result);
            }
        });
        if let Err(SendError(job)) = self.jobs.send(job) {
            tokio::task::spawn_blocking(job);
        }
        done.await.ok()
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(),
            Err(_closed) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[tokio::test]
    async fn all_work_is_done_on_a_few_threads_and_a_panic_does_not_end_a_thread() {
        let readers = Readers::start();
        let mut names = HashSet::new();
        for number in 0..200 {
            let _place = readers.place().await.expect("it is open");
            let done = readers.run(move || {
                assert!(number % 10 != 0, "a bug in reading a document");
                thread::current().name().map(str::to_owned)
            });
            let name = done.await.map(|name| name.expect("readers have names"));
            assert_eq!(name.is_none(), number % 10 == 0, "{number}");
            names.extend(name);
        }
        let processors = thread::available_parallelism().map_or(1, usize::from);
        assert!(!names.is_empty() && names.len() <= processors, "{names:?}");
        assert!(names.iter().all(|name| name.starts_with("reader-")), "{names:?}");
    }
}
