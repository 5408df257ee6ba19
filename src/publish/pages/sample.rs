//! Invented entries, with which a theme is tried before it is used, and of which `watershed theme --context` prints the context.

use super::context::Context;
use super::search::Search;
use super::status::StatusRecord;
use super::theme::{Theme, ThemeError};
use super::{Frame, MemberSource, OutputLink, PageKind, Pager, StoryCopy};
use crate::incidents::{OpenIncident, Wording};
use crate::model::{
    LangTag, MediaType, Outcome, Pause, PlainText, RefusalRecord, SafeHtml, SourceCounts, SourceRecord, SourceStatus,
    State, StoreSize, Timestamp, WebUrl,
};
use crate::publish::parts::{Category, Enclosure, Media, Person, Thumbnail};
use crate::publish::{About, Hub, OutputKind, OutputSpec, Shown, ShownCopy, ShownSource, Site};
use crate::search::Snippet;
use crate::tell::{Progress, ReceiverState};

/// 2026-11-24T18:05:00Z.
const NOW: i64 = 1_795_543_500;
const HOUR: i64 = 3_600;

pub(super) fn context(theme: &Theme, kind: PageKind) -> Context {
    made(theme, kind, &entries())
}

/// Writes every kind of page: with entries, and without any.
pub(super) fn try_all(theme: &Theme) -> Result<(), ThemeError> {
    for kind in PageKind::ALL {
        for entries in [entries(), Vec::new()] {
            theme.write(&made(theme, kind, &entries))?;
        }
    }
    Ok(())
}

fn made(theme: &Theme, kind: PageKind, entries: &[Shown]) -> Context {
    let site = site();
    let is_empty = entries.is_empty();
    let about = if is_empty { About::default() } else { about() };
    let outputs = if is_empty { Vec::new() } else { outputs() };
    let tags = if is_empty { Vec::new() } else { vec!["linux".to_owned(), "rivers".to_owned()] };
    let frame = Frame { site: &site, theme, title: "Estuary Planet", about: &about, outputs: &outputs, tags: &tags };
    let pager = if is_empty { Pager::default() } else { pager() };
    let spec = OutputSpec {
        about: about.clone(),
        ..OutputSpec::on_demand(OutputKind::Output("kernel".to_owned()), "Kernel only".to_owned())
    };
    match kind {
        PageKind::Front => {
            let notice = "No source is configured yet: add one with `watershed add URL`.";
            super::front(&frame, is_empty.then_some(notice), entries, &pager)
        }
        PageKind::Feed => super::feed(&frame, &spec, entries, &pager),
        PageKind::Archive => super::archive(&frame, &spec, 3, 7, entries, &pager),
        PageKind::Members => {
            let members: Vec<MemberSource> = entries.iter().map(member).collect();
            super::members(&frame, &members)
        }
        PageKind::Story => {
            let copy = |(at, shown): (usize, &Shown)| StoryCopy { shown: shown.clone(), is_lead: at == 0 };
            let copies: Vec<StoryCopy> = entries.iter().enumerate().map(copy).collect();
            super::story(&frame, entries.first().unwrap_or(&entry(0)), &copies)
        }
        PageKind::Search => {
            let (text, found) = ("The estuary empties twice a day, and twice a day it fills again.", "estuary");
            let mark = text.find(found).map(|at| at..at + found.len());
            let snippet = Snippet { text: text.to_owned(), marks: mark.into_iter().collect() };
            let found: Vec<(Shown, Snippet)> = entries.iter().map(|entry| (entry.clone(), snippet.clone())).collect();
            let kind = OutputKind::Search("estuary".to_owned());
            let spec = OutputSpec { kind, title: "Estuary Planet: estuary".to_owned(), ..spec };
            let notes = ["A quotation mark was not closed; it was closed at the end.".to_owned()];
            let search = Search { query: "estuary", notes: &notes, found: &found, ..Search::default() };
            let search = if is_empty { Search::default() } else { search };
            super::search(&frame, (!is_empty).then_some(&spec), &search)
        }
        PageKind::Status => super::status(&frame, &status(is_empty)),
        PageKind::Error => super::error(&frame, 404, "There is no document at this address."),
    }
}

/// A state with every kind of trouble, or that of an installation without sources.
fn status(is_empty: bool) -> StatusRecord {
    let at = |hours: i64| Timestamp::from_unix(NOW + hours * HOUR);
    if is_empty {
        return StatusRecord { now: at(0), page: 1, pages: 1, ..StatusRecord::default() };
    }
    let gone = OpenIncident {
        source: Some("radio".to_owned()),
        kind: "gone".to_owned(),
        since: at(-50),
        told: Wording {
            title: "Night Radio is gone".to_owned(),
            happened: "Its server answered that the feed is gone for good.".to_owned(),
            why: Some("The answer was 410.".to_owned()),
            remedy: "`watershed remove radio` removes it.".to_owned(),
        },
    };
    let week: Vec<String> =
        ["000001474221012121000000"; 5].into_iter().chain(["000000000011100000000000"; 2]).map(str::to_owned).collect();
    let ok = SourceStatus {
        source: SourceRecord {
            name: "anna".to_owned(),
            title: "Anna’s Notebook".to_owned(),
            state: State::Ok,
            outcome: Some(Outcome::NotModified),
            last_poll: Some(at(-1)),
            next_poll: Some(at(2)),
            next_poll_reason: Some("when its next entry is likely".to_owned()),
            newest: Some(at(-20)),
            entries: 37,
            ..SourceRecord::default()
        },
        rhythm: Some("1.2 entries a day, most of them in the hours from 06, 07 UTC".to_owned()),
        week: Some(week),
        remedy: None,
    };
    let failing = SourceStatus {
        source: SourceRecord {
            name: "radio".to_owned(),
            title: String::new(),
            state: State::Gone,
            outcome: Some(Outcome::Gone),
            problems: vec!["the server answered 410 Gone".to_owned()],
            ..ok.source.clone()
        },
        rhythm: Some("an entry every 9 days".to_owned()),
        week: None,
        remedy: Some(gone.told.remedy.clone()),
    };
    let new = SourceStatus {
        source: SourceRecord {
            name: "birds".to_owned(),
            title: String::new(),
            state: State::New,
            outcome: None,
            last_poll: None,
            newest: None,
            ..ok.source.clone()
        },
        rhythm: None,
        week: None,
        remedy: None,
    };
    StatusRecord {
        now: at(0),
        started: Some(at(-90)),
        trouble: Some("no poll has ended for 10 minutes".to_owned()),
        refused: Some(RefusalRecord {
            file: Some("watershed.toml".to_owned()),
            line: Some(7),
            column: Some(3),
            message: None,
        }),
        incidents: vec![gone],
        sources: SourceCounts { all: 3, ok: 1, gone: 1, new: 1, private: 2, late: 1, ..SourceCounts::default() },
        late_seconds: 300,
        store: StoreSize {
            bytes: 48_000_000,
            log_bytes: 1_000_000,
            free_bytes: Some(90_000_000_000),
            entries: 12_345,
            merged_stories: 4,
            merged_copies: 9,
        },
        receivers: vec![ReceiverState {
            name: "notify 1".to_owned(),
            way: "exec".to_owned(),
            waiting: 3,
            progress: Progress {
                delivered: 41,
                last_delivered: Some(at(-7)),
                failing_since: Some(at(-2)),
                dead: 1,
                ..Progress::default()
            },
        }],
        paused: vec![Pause {
            host: "radio.example".to_owned(),
            until: at(1),
            reason: "its server answered 429".to_owned(),
        }],
        page: 2,
        pages: 3,
        list: vec![failing, ok, new],
        ..StatusRecord::default()
    }
}

fn site() -> Site {
    Site {
        public_url: "https://planet.example".to_owned(),
        store_id: "11111111-2222-4333-8444-555555555555".to_owned(),
        born: Timestamp::from_unix(NOW - 24 * HOUR),
        generator_version: env!("CARGO_PKG_VERSION"),
        hub: Hub::Off,
    }
}

fn about() -> About {
    About {
        subtitle: Some("People who write about rivers, kernels and compost".to_owned()),
        description: Some("The newest entries of people who write about rivers, kernels and compost.".to_owned()),
        author: Some("The people of the planet".to_owned()),
        icon: Some("https://planet.example/icon.png".to_owned()),
        language: Some("en".to_owned()),
        rights: Some("Every text belongs to its author.".to_owned()),
        ..About::default()
    }
}

fn outputs() -> Vec<OutputLink> {
    let output = |name: &str, title: &str| OutputLink {
        title: title.to_owned(),
        kind: OutputKind::Output(name.to_owned()),
        description: "In a few words".to_owned(),
    };
    vec![output("feed", "Estuary Planet"), output("kernel", "Kernel only")]
}

fn pager() -> Pager {
    let address = |path: &str| Some(format!("https://planet.example/{path}"));
    Pager {
        newest: address("kernel.html"),
        newer: address("archive/kernel/4.html"),
        older: address("archive/kernel/2.html"),
        oldest: address("archive/kernel/1.html"),
        query: String::new(),
    }
}

fn member(shown: &Shown) -> MemberSource {
    let (name, title) = shown.sources.first().cloned().unwrap_or_default();
    let name = name.to_string();
    let newest = (shown.title.clone(), shown.link.clone(), shown.published);
    MemberSource {
        name,
        title,
        site: shown.source.site.clone(),
        icon: shown.icon.clone(),
        newest: shown.link.is_some().then_some(newest),
        entries: 37,
        tags: vec!["rivers".to_owned()],
    }
}

/// Entries of every sort: a long entry, a short entry, an episode, an entry with a copy, and an entry with hardly any
/// content.
fn entries() -> Vec<Shown> {
    let paragraph = "The estuary empties twice a day, and twice a day it fills again, and nobody who has lived beside it \
                     for long believes that it is the same water.";
    let long = Shown {
        authors: vec![person("Anna Lindqvist")],
        categories: vec![Category { term: line("rivers"), scheme: None, label: None }],
        content: Some(SafeHtml::of_paragraphs(&[paragraph; 20])),
        summary: Some(line("Notes from the north bank, before dawn.")),
        rights: Some(line("CC BY 4.0")),
        copies: vec![ShownCopy {
            source: line("maps"),
            source_title: line("Maps & Territories"),
            icon: None,
            title: line("What a river remembers"),
            link: WebUrl::of("https://maps.example/river"),
        }],
        ..entry(0)
    };
    let short = Shown { content: Some(SafeHtml::of_paragraphs(&["The library is closed on Monday."])), ..entry(1) };
    let episode = Shown {
        enclosures: [
            ("https://radio.example/41.mp3", "audio/mpeg"),
            ("https://radio.example/41.mp4", "video/mp4"),
            ("https://radio.example/notes.pdf", "application/pdf"),
        ]
        .into_iter()
        .filter_map(|(url, media_type)| enclosure(url, media_type))
        .collect(),
        media: Some(Media {
            duration: Some(2_892),
            image: WebUrl::of("https://radio.example/41.jpg"),
            ..Media::default()
        }),
        ..entry(2)
    };
    let thumbnail = |url: WebUrl| Thumbnail { url, width: Some(640), height: Some(400) };
    let thumbnails = WebUrl::of("https://birds.example/1.jpg").map(thumbnail).into_iter().collect();
    let picture = Shown {
        media: Some(Media { thumbnails, ..Media::default() }),
        updated: Timestamp::from_unix(NOW + 48 * HOUR),
        ..entry(3)
    };
    let hardly = Shown { link: None, summary: None, language: None, icon: None, ..entry(4) };
    vec![long, short, episode, picture, hardly]
}

fn entry(at: i64) -> Shown {
    let sources = [
        ("anna", "Anna’s Notebook", "What a river remembers"),
        ("maps", "Maps & Territories", "Why every map lies, and how to read one anyway"),
        ("radio", "Night Radio", "Episode 41: the long wave"),
        ("birds", "Birds of the Estuary", "First godwits of the autumn"),
        ("compost", "The Compost Heap", "Six things that rot well"),
    ];
    let chosen = usize::try_from(at).ok().and_then(|at| sources.get(at));
    let (name, source_title, title) = *chosen.unwrap_or(&sources[0]);
    let published = Timestamp::from_unix(NOW - at * 9 * HOUR);
    Shown {
        id: line(&format!("tag:planet.example,2026:{at}")),
        title: line(title),
        link: WebUrl::of(&format!("https://{name}.example/{at}")),
        published,
        updated: published,
        authors: vec![person(source_title)],
        sources: vec![(line(name), line(source_title))],
        language: LangTag::of("en"),
        summary: Some(line("We walked the north bank with a thermos and two notebooks, and counted what we could.")),
        source: ShownSource {
            id: line(&format!("https://{name}.example/feed")),
            title: line(source_title),
            updated: published,
            feed: WebUrl::of(&format!("https://{name}.example/feed")),
            site: WebUrl::of(&format!("https://{name}.example/")),
            ..ShownSource::default()
        },
        story: (at + 1).to_string(),
        icon: WebUrl::of(&format!("https://{name}.example/icon.png")),
        ..Shown::default()
    }
}

fn person(name: &str) -> Person {
    Person::named(line(name))
}

fn enclosure(url: &str, media_type: &str) -> Option<Enclosure> {
    Some(Enclosure { url: WebUrl::of(url)?, media_type: MediaType::of(media_type), length: Some(39_000_000) })
}

fn line(text: &str) -> PlainText {
    PlainText::line(text)
}
