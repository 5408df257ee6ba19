//! Works on a long list in parts, each in a thread of its own, because reading a hundred thousand sources takes half of the
//! time of a start.

use std::{io, panic, thread};

use super::context::Context;

/// Fewest items in a part, because a thread takes time and memory as well.
const PART_LEAST: usize = 2_000;
/// Most threads that work at once.
const MAX_THREADS: usize = 4;

/// Calls `work` with the items in one part or more, each with a context of its own, and returns the results in the order of
/// the items. `cx` has collected the same afterwards as if `work` had been called with one part after the other.
pub(super) fn in_parts<'e, I: Sync, T: Send>(
    cx: &mut Context<'e>,
    items: &[I],
    work: impl Fn(&mut Context<'e>, &[I]) -> T + Sync,
) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    in_threads(cx, items, processors.min(MAX_THREADS).min(items.len() / PART_LEAST), work)
}

fn in_threads<'e, I: Sync, T: Send>(
    cx: &mut Context<'e>,
    items: &[I],
    threads: usize,
    work: impl Fn(&mut Context<'e>, &[I]) -> T + Sync,
) -> Vec<T> {
    if threads < 2 {
        return vec![work(cx, items)];
    }
    let parts = items.chunks(items.len().div_ceil(threads).max(1));
    let work_apart = |cx: &Context<'e>, part| {
        let mut cx = cx.apart();
        let result = work(&mut cx, part);
        (cx, result)
    };
    let done: Vec<(Context<'e>, T)> = thread::scope(|scope| {
        let (cx, work_apart) = (&*cx, &work_apart);
        let begin = |part| {
            let thread = thread::Builder::new().name("configuration".to_owned());
            (part, thread.spawn_scoped(scope, move || work_apart(cx, part)))
        };
        let begun: Vec<_> = parts.map(begin).collect();
        let end = |(part, thread): (_, io::Result<thread::ScopedJoinHandle<'_, _>>)| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic)),
            // The thread could not be started, so its part is worked on here.
            Err(_) => work_apart(cx, part),
        };
        begun.into_iter().map(end).collect()
    });
    let mut results = Vec::with_capacity(done.len());
    for (apart, result) in done {
        cx.take_in(apart);
        results.push(result);
    }
    results
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::super::context::Place;
    use super::super::names::KeptNames;
    use super::*;

    /// However many threads there are, mistakes and results are those of one thread: both in the order of the items, and of the
    /// mistakes the first ones.
    #[test]
    fn threads_find_the_same_as_one() {
        for number in [0, 1, 7, 250] {
            let found = |threads: usize| {
                let mut cx = Context::new(&|_| None, &|_| KeptNames::default());
                let file = cx.add_file(Path::new("a.toml"), Arc::from("x".repeat(number)), true);
                let items: Vec<usize> = (0..number).collect();
                let parts = in_threads(&mut cx, &items, threads, |cx, part| {
                    for item in part.iter().filter(|item| **item % 2 == 0) {
                        cx.error(&Place { file, span: *item..*item }, format!("{item} is even"));
                        cx.named_files.push(item.to_string().into());
                    }
                    part.to_vec()
                });
                assert_eq!(parts.concat(), items);
                (cx.named_files.clone(), cx.into_errors())
            };
            let expected = found(1);
            for threads in 2..=MAX_THREADS {
                assert_eq!(found(threads), expected, "{number} items, {threads} threads");
            }
        }
    }
}
