//! Tests of the queue by examples and against a naive model.

use std::collections::HashMap;

use proptest::prelude::*;
use url::Url;

use super::super::flights::LONG;
use super::super::host_key;
use super::*;

fn host(number: u8) -> HostKey {
    host_key(&Url::parse(&format!("http://host{number}.example{number}.org/")).expect("a valid URL"))
}

fn at(seconds: i64) -> Moment {
    Moment::from(Timestamp::from_unix(seconds))
}

fn millis(millis: i64) -> Moment {
    Moment::from_millis(millis)
}

fn queue(concurrency: usize, per_host: usize, gap: u64) -> Queue {
    Queue::new(Limits { concurrency, per_host, host_gap: Duration::from_secs(gap) })
}

#[test]
fn a_host_gets_single_requests_with_a_gap_between_them() {
    let mut queue = queue(8, 1, 2);
    for id in 1..=3 {
        queue.set(SourceId(id), &host(1), at(0));
    }
    assert_eq!(queue.start(at(10)), Some(SourceId(1)));
    assert_eq!(queue.start(at(10)), None);
    queue.finished(SourceId(1), at(11), Some((&host(1), at(100))));
    // The end was cut to a whole millisecond, so a millisecond is added to keep the gap whole.
    assert_eq!((queue.start(at(13)), queue.next_start()), (None, Some(millis(13_001))));
    assert_eq!(queue.start(millis(13_001)), Some(SourceId(2)));
}

#[test]
fn a_removed_source_keeps_its_place_until_its_poll_in_flight_ends() {
    let mut queue = queue(1, 1, 0);
    queue.set(SourceId(1), &host(1), at(0));
    queue.set(SourceId(2), &host(2), at(0));
    assert_eq!(queue.start(at(1)), Some(SourceId(1)));
    queue.remove(SourceId(1));
    assert_eq!(queue.start(at(1)), None);
    queue.finished(SourceId(1), at(2), None);
    assert_eq!(queue.start(at(2)), Some(SourceId(2)));
}

#[test]
fn behaviour_37_a_paused_host_waits_and_keeps_its_own_gap_afterwards() {
    let mut queue = queue(8, 1, 2);
    for id in 1..=3 {
        queue.set(SourceId(id), &host(1), at(0));
    }
    queue.hold(&host(1), Some(Timestamp::from_unix(100)), Some(Duration::from_secs(60)));
    queue.set(SourceId(9), &host(2), at(0));
    assert_eq!(queue.start(at(5)), Some(SourceId(9)));
    assert_eq!(queue.start(at(99)), None);
    let mut starts = Vec::new();
    for second in 100..400 {
        if let Some(source) = queue.start(at(second)) {
            starts.push(second);
            queue.finished(source, at(second), None);
        }
    }
    assert_eq!(starts, [100, 161, 222], "the sources are not polled all at once after the pause");
}

#[test]
fn a_held_queue_starts_single_polls() {
    let mut queue = queue(8, 1, 0);
    for id in 1..=3 {
        queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
    }
    queue.hold_all(Timestamp::from_unix(50));
    assert_eq!((queue.start(at(49)), queue.next_start()), (None, Some(at(50))));
    assert!(queue.start(at(50)).is_some());
    assert_eq!(queue.start(at(50)), None);
    queue.release_all();
    assert!(queue.start(at(50)).is_some() && queue.start(at(50)).is_some());
}

#[test]
fn a_source_can_share_the_request_of_another_source() {
    let mut queue = queue(8, 1, 0);
    queue.set(SourceId(1), &host(1), at(0));
    queue.set(SourceId(2), &host(1), at(500));
    assert_eq!(queue.start(at(1)), Some(SourceId(1)));
    assert!(queue.start_along(SourceId(2), at(0)) && !queue.start_along(SourceId(2), at(0)));
    queue.finished(SourceId(2), at(2), Some((&host(1), at(900))));
    queue.finished(SourceId(1), at(2), Some((&host(1), at(900))));
    assert_eq!((queue.in_flight(), queue.start(at(899))), (0, None));
    assert!(queue.start(at(900)).is_some());
}

#[test]
fn a_redirected_request_waits_for_its_turn_at_the_new_host() {
    let mut queue = queue(8, 1, 2);
    for id in 1..=3 {
        queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
    }
    for _ in 0..3 {
        assert!(queue.start(at(10)).is_some());
    }
    let hoster = host(9);
    let on = |queue: &mut Queue, id: i64, to: &HostKey, now: i64| queue.go_on(SourceId(id), to, None, at(now));
    assert_eq!(on(&mut queue, 1, &hoster, 10), Ok(()));
    assert_eq!(on(&mut queue, 1, &hoster, 11), Ok(()), "source 1 has a place there already");
    assert_eq!(
        on(&mut queue, 2, &host(3), 11),
        Err(millis(13_001)),
        "a host with its own sources also gets single requests"
    );
    assert_eq!(on(&mut queue, 2, &hoster, 11), Err(millis(13_001)), "the host gets single requests");
    queue.finished(SourceId(1), at(12), None);
    assert_eq!(on(&mut queue, 3, &hoster, 12), Err(millis(16_002)), "source 3 waits behind source 2");
    assert_eq!(on(&mut queue, 2, &hoster, 14), Err(millis(14_001)), "the gap is kept");
    assert_eq!(on(&mut queue, 2, &hoster, 15), Ok(()));
    // A second redirect frees the place at the first target and starts its gap.
    assert_eq!(queue.go_on(SourceId(2), &host(8), Some(Duration::from_secs(60)), at(16)), Ok(()));
    assert_eq!(on(&mut queue, 3, &hoster, 17), Err(millis(18_001)));
    queue.finished(SourceId(2), at(20), None);
    assert_eq!(on(&mut queue, 3, &host(8), 21), Err(millis(80_001)), "the host's own gap applies");
    queue.finished(SourceId(3), at(22), None);
    // Hosts that only redirects have led to are forgotten.
    queue.set(SourceId(4), &host(4), at(900));
    assert_eq!(queue.start(at(900)), Some(SourceId(4)));
    assert_eq!(on(&mut queue, 4, &host(5), 900), Ok(()));
    assert!(!queue.names.contains_key(&hoster) && !queue.names.contains_key(&host(8)));
}

#[test]
fn sources_that_redirect_to_one_host_take_turns_and_no_source_starves() {
    let (mut queue, hoster) = (queue(8, 1, 600), host(200));
    let mut asked = HashMap::new();
    for id in 1..=10 {
        queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
    }
    for second in (0..7 * 86_400).step_by(5) {
        let now = at(second);
        while let Some(source) = queue.start(now) {
            match queue.turn(source, &hoster, now).and_then(|()| queue.go_on(source, &hoster, None, now)) {
                Ok(()) => {
                    *asked.entry(source).or_insert(0) += 1;
                    let own = host(u8::try_from(source.0).expect("small"));
                    queue.finished(
                        source,
                        now.plus(Duration::from_secs(1)),
                        Some((&own, now.plus(Duration::from_secs(3_600)))),
                    );
                }
                Err(turn) => {
                    queue.put_back(source, turn);
                }
            }
        }
    }
    let (least, most) = (asked.values().min().copied(), asked.values().max().copied());
    assert!(
        asked.len() == 10 && least.is_some_and(|least| least > 80) && most.is_some_and(|most| most < 125),
        "{asked:?}"
    );
}

#[test]
fn without_a_gap_no_host_number_is_assigned_twice() {
    let mut queue = queue(8, 1, 0);
    for round in 0..4 {
        queue.set(SourceId(1), &host(1), at(round));
        assert_eq!(queue.start(at(round)), Some(SourceId(1)));
        assert_eq!(queue.go_on(SourceId(1), &host(9), None, at(round)), Ok(()));
        queue.finished(SourceId(1), at(round), None);
        queue.set(SourceId(2), &host(2), at(round + 100));
        queue.set(SourceId(3), &host(3), at(round + 100));
        let numbers: BTreeSet<HostIndex> = queue.names.values().copied().collect();
        assert_eq!(numbers.len(), queue.names.len(), "{:?}", queue.names);
        assert!(queue.free.iter().all(|free| !numbers.contains(free)));
    }
}

#[test]
fn hosts_that_allow_several_polls_at_once_take_turns_so_that_connections_are_reused() {
    let mut queue = queue(4, 4, 0);
    for id in 0..120 {
        queue.set(SourceId(id), &host(u8::try_from(id % 4).expect("small")), at(0));
    }
    let mut in_flight: VecDeque<SourceId> = VecDeque::new();
    for millisecond in 0..36 {
        while let Some(source) = queue.start(millis(1_000 + millisecond)) {
            in_flight.push_back(source);
        }
        let mut hosts: Vec<i64> = in_flight.iter().map(|source| source.0 % 4).collect();
        hosts.sort_unstable();
        assert_eq!(hosts, [0, 1, 2, 3], "after {millisecond} ms");
        // The answers do not come in the order of the requests.
        in_flight.swap(0, usize::try_from(millisecond).expect("small") * 7 % 4);
        queue.finished(in_flight.pop_front().expect("a poll"), millis(1_001 + millisecond), None);
    }
}

#[test]
fn more_hosts_than_places_take_turns() {
    let mut queue = queue(1, 1, 0);
    for id in 0..9 {
        queue.set(SourceId(id), &host(u8::try_from(id % 3).expect("small")), at(0));
    }
    let mut hosts = Vec::new();
    for millisecond in 0..9 {
        let source = queue.start(millis(1_000 + millisecond)).expect("a place is free");
        hosts.push(source.0 % 3);
        queue.finished(source, millis(1_000 + millisecond), None);
    }
    assert_eq!(hosts, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
}

#[test]
fn a_poll_that_lasts_gives_its_place_away() {
    let mut queue = queue(2, 1, 0);
    for id in 1..=20 {
        queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
    }
    let mut started = Vec::new();
    for second in 0..60 {
        while let Some(source) = queue.start(at(second)) {
            started.push((second, source.0));
        }
        let next = [10, 20, 30].into_iter().find(|next| *next > second);
        assert_eq!(queue.next_start(), next.map(at), "after {second} s");
    }
    // Two places, and three times as many polls that have given theirs away.
    assert_eq!(started, [(0, 1), (0, 2), (10, 3), (10, 4), (20, 5), (20, 6), (30, 7), (30, 8)]);
    assert_eq!((queue.in_flight(), queue.next_start()), (8, None), "no more may give theirs away");
    queue.finished(SourceId(1), at(60), None);
    assert_eq!(queue.next_start(), Some(at(0)), "7 has lasted since 30, and may");
    assert_eq!(queue.start(at(60)), Some(SourceId(9)));
    assert_eq!(queue.start(at(60)), None);
    // While the network is probed, only one poll runs at a time.
    for id in 2..=9 {
        queue.finished(SourceId(id), at(61), None);
    }
    queue.hold_all(Timestamp::from_unix(100));
    assert_eq!((queue.start(at(101)), queue.start(at(120))), (Some(SourceId(10)), None));
}

proptest! {
    /// Compares the queue with a plain list: no poll is early, no limit is exceeded, and no source starves.
    #[test]
    fn the_queue_equals_a_naive_model(
        steps in prop::collection::vec((0u8..5, 1i64..12, 0u8..4, 0i64..30), 1..240),
        per_host in 1usize..3, concurrency in 1usize..5, gap in 0u64..4,
    ) {
        let mut queue = queue(concurrency, per_host, gap);
        let mut due: HashMap<SourceId, (HostKey, Moment)> = HashMap::new();
        let mut flying: HashMap<SourceId, (HostKey, Moment)> = HashMap::new();
        let mut free_at: HashMap<HostKey, Moment> = HashMap::new();
        for (clock, (what, id, host_number, later)) in steps.into_iter().enumerate() {
            // Seven steps make a second, so that gaps end within seconds.
            let (now, source) = (millis(clock as i64 * 143), SourceId(id));
            match what {
                0 if !flying.contains_key(&source) => {
                    let when = millis((clock as i64 + later - 10) * 143);
                    queue.set(source, &host(host_number), when);
                    due.insert(source, (host(host_number), when));
                }
                1 if !flying.contains_key(&source) => {
                    queue.remove(source);
                    due.remove(&source);
                }
                2 => if let Some(ended) = flying.keys().min().copied() {
                    let (key, _) = flying.remove(&ended).expect("it is a key of the map");
                    let whole = if gap > 0 { gap * 1_000 + 1 } else { 0 };
                    free_at.insert(key.clone(), now.plus(Duration::from_millis(whole)));
                    let next = millis((clock as i64 + later) * 143);
                    queue.finished(ended, now, Some((&key, next)));
                    due.insert(ended, (key, next));
                },
                3 => {
                    let all: Vec<(SourceId, HostKey, Moment)> = (0u8..4)
                        .map(|more| {
                            let when = millis((clock as i64 + later * i64::from(more) - 10) * 143);
                            (SourceId(id + i64::from(more)), host((host_number + more) % 4), when)
                        })
                        .collect();
                    queue.set_all(all.iter().map(|(source, host, when)| (*source, host, *when)));
                    let waiting = all.into_iter().filter(|(source, ..)| !flying.contains_key(source));
                    due.extend(waiting.map(|(source, host, when)| (source, (host, when))));
                }
                _ => {}
            }
            let allowed = |source: &SourceId, due: &HashMap<SourceId, (HostKey, Moment)>,
                           flying: &HashMap<SourceId, (HostKey, Moment)>| {
                let (key, when) = &due[source];
                let long = flying.values().filter(|(_, began)| now.since(*began) >= LONG).count();
                *when <= now && flying.len() - long.min(3 * concurrency) < concurrency
                    && flying.values().filter(|(other, _)| other == key).count() < per_host
                    && free_at.get(key).is_none_or(|free| *free <= now)
            };
            while let Some(started) = queue.start(now) {
                prop_assert!(allowed(&started, &due, &flying));
                let (key, _) = due.remove(&started).expect("only a waiting source is started");
                flying.insert(started, (key, now));
            }
            prop_assert!(!due.keys().any(|source| allowed(source, &due, &flying)), "a source was left waiting");
            prop_assert_eq!(queue.in_flight(), flying.len());
        }
    }
}
