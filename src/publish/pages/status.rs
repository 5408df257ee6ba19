//! The page of the state of the installation: the verdict at a glance, and the picture of a source's usual week.

use chrono::Offset;
use serde::{Deserialize, Serialize};

use super::context::{
    BlockContext, Context, CountsContext, IncidentContext, MomentContext, PauseContext, PolledContext, ReceiverContext,
    RefusalContext, StatusContext, StoreContext, WeekContext,
};
use super::entries::size;
use super::maker::{self, Maker, OfPage};
use super::{Frame, PageKind, words};
use crate::incidents::{OpenIncident, Wording};
use crate::model::{HubRecord, Outcome, Pause, RefusalRecord, SourceCounts, SourceStatus, StoreSize, Timestamp};
use crate::publish::{About, OutputKind};
use crate::tell::ReceiverState;

/// Where the page is, below `public_url`.
const PATH: &str = "/status";
/// Days of a week, and hours of a day.
const DAYS: usize = 7;
const HOURS: usize = 24;
/// The highest level of an hour.
const LEVEL_MAX: u8 = 9;
/// Shades in which a week is shown. They are few, so that they can be distinguished at a glance.
const SHADES: u8 = 4;
/// A time less than this many seconds away is shown as "now".
const NOW_SECONDS: u64 = 45;
/// Units of spans: the name, the length in seconds, and the shortest span that is shown in the unit.
const UNITS: [(&str, u64, u64); 3] =
    [("days", 86_400, 36 * 3_600), ("hours", 3_600, 5_400), ("minutes", 60, NOW_SECONDS)];

/// The record of `status --json` and `/status.json`, of which the page shows a part. Scripts rely on its keys: new ones
/// may be added, and those that are there keep their meaning.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StatusRecord {
    pub version: String,
    /// When the record was made.
    pub now: Timestamp,
    /// When the daemon was started; None if no daemon runs.
    pub started: Option<Timestamp>,
    /// Why the daemon does not serve and poll as it should (as `/readyz`), if so.
    pub trouble: Option<String>,
    pub sources: SourceCounts,
    /// The most seconds for which a source has been due without being polled.
    pub late_seconds: u64,
    pub store: StoreSize,
    pub hub: HubRecord,
    /// Sites that are not asked for a while.
    pub paused: Vec<Pause>,
    /// The open incidents, the latest first.
    pub incidents: Vec<OpenIncident>,
    /// Why the edited configuration was refused, if it was.
    pub refused: Option<RefusalRecord>,
    /// Programs and addresses that are told of news.
    pub receivers: Vec<ReceiverState>,
    /// What is wrong with reading lists; only for the operator.
    #[serde(default)]
    pub lists: Vec<String>,
    /// What outgrows its room on the disk.
    #[serde(default)]
    pub outgrown: Vec<String>,
    /// The number of this page of `list`, from 1, and the number of pages.
    pub page: usize,
    pub pages: usize,
    /// Every source: those with trouble first, then by name.
    pub list: Vec<SourceStatus>,
}

/// The page of the state of the installation. Everybody may read it, so `status` must name no private source, and of a
/// configuration that was refused the page names the place of the first mistake alone.
pub fn status(frame: &Frame<'_>, status: &StatusRecord) -> Context {
    let maker = Maker::new(frame, PageKind::Status);
    let of_page = |number: usize| if number == 1 { PATH.to_owned() } else { format!("{PATH}?page={number}") };
    let feed = maker.feed(&format!("{}: health", frame.title), &OutputKind::Health, "");
    let path = of_page(status.page);
    let mut context = maker.context(OfPage { title: "", path, about: &About::default(), feed: Some(feed) });
    let moments = Moments { frame, now: status.now };
    let neighbour = |number: usize| maker.address(&of_page(number));
    let is_told = status.incidents.iter().any(|incident| incident.kind == "refused");
    let SourceCounts { all, ok, failing, gone, disabled, new, private, late } = status.sources;
    let late_minutes = status.late_seconds / 60;
    context.status = Some(StatusContext {
        verdict: verdict(status),
        now: moments.at(status.now),
        started: status.started.map(|at| moments.at(at)),
        trouble: status.trouble.clone(),
        refused: status.refused.as_ref().filter(|_| !is_told).map(refused),
        incidents: status.incidents.iter().map(|incident| told(maker, &moments, incident)).collect(),
        counts: CountsContext { all, ok, failing, gone, new, disabled, private, late, late_minutes },
        store: StoreContext {
            entries: status.store.entries,
            size: size(status.store.bytes),
            log: size(status.store.log_bytes),
            free: status.store.free_bytes.and_then(size),
            merged_stories: status.store.merged_stories,
            merged_copies: status.store.merged_copies,
        },
        receivers: status
            .receivers
            .iter()
            .map(|ReceiverState { name, waiting, progress, .. }| ReceiverContext {
                name: name.clone(),
                waiting: *waiting,
                delivered: progress.delivered,
                last_delivered: progress.last_delivered.map(|at| moments.at(at)),
                failing_since: progress.failing_since.map(|at| moments.at(at)),
                dead: progress.dead,
            })
            .collect(),
        pauses: status
            .paused
            .iter()
            .map(|pause| PauseContext {
                host: pause.host.clone(),
                until: moments.at(pause.until),
                reason: pause.reason.clone(),
            })
            .collect(),
        sources: status.list.iter().map(|source| polled(maker, &moments, source)).collect(),
        page: status.page,
        pages: status.pages,
        previous: (status.page > 1).then(|| neighbour(status.page - 1)),
        next: (status.page < status.pages).then(|| neighbour(status.page + 1)),
        json: maker.address(&format!("{PATH}.json?page={}", status.page)),
    });
    context
}

/// What is said at a glance: `trouble` if the installation itself does not work as it should, `attention` if a source has an open
/// incident, `passing` if sources failed without an incident yet or are late, else `well`; `nothing` without any source.
fn verdict(status: &StatusRecord) -> &'static str {
    let counts = status.sources;
    let is_of_all = |incident: &OpenIncident| incident.source.is_none();
    if status.trouble.is_some() || status.refused.is_some() || status.incidents.iter().any(is_of_all) {
        "trouble"
    } else if !status.incidents.is_empty() || counts.gone > 0 {
        "attention"
    } else if counts.failing > 0 || counts.late > 0 {
        "passing"
    } else if counts.all + counts.private == 0 {
        "nothing"
    } else {
        "well"
    }
}

/// The place of the first mistake, if it is known: file, line and column.
fn refused(refused: &RefusalRecord) -> RefusalContext {
    let numbers = [refused.line, refused.column].into_iter().flatten();
    let place = |file: &String| numbers.fold(file.clone(), |place, number| format!("{place}:{number}"));
    RefusalContext { place: refused.file.as_ref().map(place) }
}

fn told(maker: Maker<'_>, moments: &Moments<'_>, incident: &OpenIncident) -> IncidentContext {
    let Wording { title, happened, why, remedy } = &incident.told;
    IncidentContext {
        source: incident.source.as_deref().map(|name| maker.source(name, name, None, None)),
        kind: incident.kind.clone(),
        since: moments.at(incident.since),
        title: title.clone(),
        happened: maker::notice(happened),
        why: why.as_deref().map(maker::notice).unwrap_or_default(),
        remedy: maker::notice(remedy),
    }
}

fn polled(maker: Maker<'_>, moments: &Moments<'_>, status: &SourceStatus) -> PolledContext {
    let SourceStatus { source, rhythm, week, remedy } = status;
    PolledContext {
        source: maker.source(&source.name, &source.title, None, None),
        state: source.state.as_str(),
        outcome: source.outcome.map(Outcome::as_str),
        last_poll: source.last_poll.map(|at| moments.at(at)),
        next_poll: source.next_poll.map(|at| moments.at(at)),
        reason: source.next_poll_reason.clone(),
        newest: source.newest.map(|at| moments.at(at)),
        entries: source.entries,
        rhythm: rhythm.clone(),
        week: week.as_deref().map(|week| WeekContext { blocks: blocks(week, moments.hours_ahead()) }),
        problems: source.problems.clone(),
        remedy: remedy.as_deref().map(maker::notice).unwrap_or_default(),
    }
}

/// Describes times relative to the time of the page.
struct Moments<'f> {
    frame: &'f Frame<'f>,
    now: Timestamp,
}

impl Moments<'_> {
    fn at(&self, time: Timestamp) -> MomentContext {
        let theme = self.frame.theme;
        let local = words::local(time, theme.time_zone);
        let (unit, number) = span(time.since(self.now).max(self.now.since(time)).as_secs());
        MomentContext {
            time: time.to_rfc3339(),
            label: format!("{}, {}", theme.words().shown("date", &local), theme.words().shown("time", &local)),
            unit,
            number,
            is_ahead: time > self.now,
        }
    }

    /// The hours by which the clocks of the configured zone are ahead of UTC.
    fn hours_ahead(&self) -> i32 {
        let local = words::local(self.now, self.frame.theme.time_zone);
        local.offset().fix().local_minus_utc().div_euclid(3_600)
    }
}

/// A span in the largest unit in which people tell it, rounded.
fn span(seconds: u64) -> (&'static str, u64) {
    let unit = UNITS.into_iter().find(|(_, _, least)| seconds >= *least);
    unit.map_or(("now", 0), |(name, length, _)| (name, (seconds + length / 2) / length))
}

/// The blocks of neighbouring hours with the same shade that make the picture of a week, 24 units wide and 7 high. Hours without
/// entries are left out. `ahead`: the hours by which the shown clock is ahead of UTC.
fn blocks(week: &[String], ahead: i32) -> Vec<BlockContext> {
    let levels: Vec<u8> = week
        .iter()
        .flat_map(|day| day.bytes().take(HOURS))
        .map(|digit| digit.wrapping_sub(b'0').min(LEVEL_MAX))
        .collect();
    if levels.len() != DAYS * HOURS {
        return Vec::new();
    }
    let hours = i32::try_from(levels.len()).unwrap_or(1);
    let shade = |day: usize, hour: usize| {
        let shown = i32::try_from(day * HOURS + hour).unwrap_or_default();
        let of_utc = usize::try_from((shown - ahead).rem_euclid(hours)).unwrap_or_default();
        let level = levels.get(of_utc).copied().unwrap_or_default();
        (level * SHADES).div_ceil(LEVEL_MAX)
    };
    let mut blocks: Vec<BlockContext> = Vec::new();
    for day in 0..DAYS {
        let mut begin = 0;
        while begin < HOURS {
            let here = shade(day, begin);
            let end = (begin..HOURS).find(|hour| shade(day, *hour) != here).unwrap_or(HOURS);
            let width = end - begin;
            let is_above =
                |it: &&mut BlockContext| (it.x, it.width, it.shade, it.y + it.height) == (begin, width, here, day);
            match blocks.iter_mut().find(is_above) {
                Some(above) => above.height += 1,
                None if here > 0 => blocks.push(BlockContext { shade: here, x: begin, y: day, width, height: 1 }),
                None => {}
            }
            begin = end;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_unit() {
        for (seconds, expected) in [
            (0, ("now", 0)),
            (44, ("now", 0)),
            (45, ("minutes", 1)),
            (600, ("minutes", 10)),
            (5_399, ("minutes", 90)),
            (5_400, ("hours", 2)),
            (35 * 3_600, ("hours", 35)),
            (36 * 3_600, ("days", 2)),
            (400 * 86_400, ("days", 400)),
        ] {
            assert_eq!(span(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn a_week_is_made_of_blocks() {
        let check = |days: [&str; DAYS], ahead: i32, expected: &[(u8, usize, usize, usize, usize)]| {
            let week: Vec<String> = days.iter().map(|day| format!("{day:0<24}")).collect();
            let found: Vec<_> =
                blocks(&week, ahead).into_iter().map(|it| (it.shade, it.x, it.y, it.width, it.height)).collect();
            assert_eq!(found, expected, "{days:?} {ahead}");
        };
        check(["", "", "", "", "", "", ""], 0, &[]);
        check(["9", "", "", "", "", "", ""], 0, &[(4, 0, 0, 1, 1)]);
        check(["099", "099", "0990000001", "", "", "", ""], 0, &[(4, 1, 0, 2, 3), (1, 9, 2, 1, 1)]);
        // The hours from 0 to 2 of Monday in UTC are the last of Sunday in New York, and later hours of Monday in Tokyo.
        check(["99", "", "", "", "", "", ""], -5, &[(4, 19, 6, 2, 1)]);
        check(["99", "", "", "", "", "", ""], 9, &[(4, 9, 0, 2, 1)]);
        assert!(blocks(&["9".to_owned()], 0).is_empty());
        assert!(blocks(&vec!["x".repeat(24); DAYS], 0).len() == 1, "what is no digit does no harm");
    }
}
