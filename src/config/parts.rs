//! Works on a long list in parts, each in a thread of its own: reading a hundred thousand sources takes most of a start.

use std::{io, panic, thread};

use super::context::Context;

/// Fewest items in a part, because a thread takes time and memory as well.
const PART_LEAST: usize = 2_000;
/// Most threads that work at once.
const MAX_THREADS: usize = 4;

/// Calls `work` with the items in one part or more, each with a context of its own, and returns the results in the order of the
/// items. `cx` has collected the same afterwards as if `work` had been called with one part after the other.
pub(super) fn in_parts<'e, I: Sync, T: Send>(
    cx: &mut Context<'e>,
    items: &[I],
    work: impl Fn(&mut Context<'e>, &[I]) -> T + Sync,
) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS).min(items.len() / PART_LEAST);
    if threads < 2 {
        return vec![work(cx, items)];
    }
    let parts = items.chunks(items.len().div_ceil(threads));
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
            // There is no thread to be had, so this one does the work.
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
    use super::super::names::KeptNames;
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for number in [0, 1, PART_LEAST, 2 * PART_LEAST, 2 * PART_LEAST + 1, 10 * PART_LEAST - 1] {
            let mut cx = Context::new(&|_| None, &|_| KeptNames::default());
            let items: Vec<usize> = (0..number).collect();
            let parts = in_parts(&mut cx, &items, |_, part| part.to_vec());
            assert_eq!(parts.concat(), items);
        }
    }
}
