//! The threads that documents are read on.
//!
//! They are a few of their own, instead of any of the runtime's threads for blocking work, for two reasons: a document
//! that is read keeps a processor busy, so more threads than processors gain nothing; and the allocator keeps for each
//! thread what large documents needed there, so the memory of the process grows with the number of such threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// The threads, which end when this is dropped.
#[derive(Debug)]
pub struct Readers {
    jobs: Sender<Job>,
    places: Semaphore,
}

impl Readers {
    /// One thread for each processor.
    pub fn start() -> Readers {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let (jobs, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..processors {
            let waiting = waiting.clone();
            let thread = thread::Builder::new().name(format!("reader-{number}")).spawn(move || work(&waiting));
            if let Err(error) = thread {
                // The others do its work, or the runtime's threads if there are no others.
                tracing::warn!(%error, "a thread that reads documents could not be started");
            }
        }
        Readers { jobs, places: Semaphore::new(processors) }
    }

    /// A place among the readers, as many as there are processors. None when the program ends.
    pub async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Runs `work` on one of the threads; who calls this holds a place. None when it panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (reply, done) = oneshot::channel();
        let job: Job = Box::new(move || {
            // The panic hook has told of it; the thread goes on with the next document.
            if let Ok(result) = catch_unwind(AssertUnwindSafe(work)) {
                // The poll may have been given up.
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
    async fn all_work_is_done_on_a_few_threads_and_a_panic_ends_none_of_them() {
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
