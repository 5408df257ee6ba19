//! Every page with hostile entries, in every theme; mistakes in themes; limits; zones and languages.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::entries::TEXTS_BYTES;
use super::theme::TEXT_MAX_BYTES;
use super::*;
use crate::config::Secret;
use crate::incidents::{OpenIncident, Wording};
use crate::model::{
    LangTag, MediaType, Outcome, Pause, RefusalRecord, SafeHtml, SourceCounts, SourceRecord, SourceStatus, State,
    StoreSize,
};
use crate::publish::parts::{Category, Enclosure, Media, Person, Thumbnail};
use crate::publish::{Hub, ShownCopy, ShownSource};
use crate::search::Snippet;
use crate::tell::{Progress, ReceiverState};

/// 2026-11-24T23:30:00Z.
const NOW: i64 = 1_795_563_000;
/// A text from outside that would do harm if it were markup, a template, or the end of an attribute.
const HOSTILE: &str =
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} \u{5d0} &lt;b&gt; </style>";

fn site() -> Site {
    Site {
        public_url: "https://feeds.example/x".to_owned(),
        store_id: "11111111-2222-4333-8444-555555555555".to_owned(),
        born: Timestamp::from_unix(NOW - 86_400),
        generator_version: "0",
        hub: Hub::Off,
    }
}

fn line(text: &str) -> PlainText {
    PlainText::line(text)
}

fn web(address: &str) -> WebUrl {
    WebUrl::of_entry(address).expect("an address")
}

fn html(markup: &str) -> SafeHtml {
    SafeHtml::sanitised(markup.to_owned())
}

fn entry(at: i64, text: &str) -> Shown {
    let published = Timestamp::from_unix(NOW - at * 3_600);
    let address = |path: &str| web(&format!("https://source.example/{path}?a=1&b=2"));
    Shown {
        id: line(&format!("tag:source.example,2026:{at}{text}")),
        title: line(&format!("{text} {at}")),
        link: Some(address("entry")),
        published,
        updated: published,
        authors: vec![Person { name: line(&format!("Author {text}")), email: None, uri: Some(address("author")) }],
        categories: vec![Category { term: line(text), scheme: None, label: None }],
        sources: vec![(line(&format!("source{text}")), line(&format!("Source {text}")))],
        enclosures: vec![
            Enclosure {
                url: address(&format!("{}.mp3", percent::encoded(text))),
                media_type: MediaType::of("audio/mpeg"),
                length: Some(1),
            },
            Enclosure { url: address("film.mp4"), media_type: MediaType::of("video/mp4"), length: Some(2_500_000_000) },
            Enclosure { url: web("magnet:?xt=urn:btih:01"), media_type: None, length: None },
        ],
        links: Vec::new(),
        rights: Some(line(text)),
        language: LangTag::of("en"),
        summary: Some(line(&format!("Summary {text}"))),
        content: Some(html("<p>Clean <b>content</b></p>")),
        source: ShownSource {
            id: line("urn:x"),
            title: line(&format!("Origin {text}")),
            subtitle: None,
            updated: published,
            authors: Vec::new(),
            feed: None,
            site: Some(address("site")),
            icon: None,
            logo: None,
            rights: None,
        },
        in_reply_to: Vec::new(),
        media: Some(Media {
            duration: Some(3_723),
            image: Some(address("image")),
            thumbnails: vec![Thumbnail { url: address("thumbnail"), width: None, height: None }],
            ..Media::default()
        }),
        place: None,
        story: "12".to_owned(),
        copies: vec![ShownCopy {
            source: line("other"),
            source_title: line(&format!("Other {text}")),
            icon: Some(address("icon")),
            title: line(text),
            link: Some(address("copy")),
        }],
        icon: Some(address("icon")),
    }
}

fn spec(token: bool) -> OutputSpec {
    let kind = OutputKind::Output("kernel".to_owned());
    let token = token.then(|| Secret::new("s3cret"));
    OutputSpec { token, ..OutputSpec::on_demand(kind, format!("Kernel {HOSTILE}")) }
}

/// Every kind of page of a theme, with a text in every place that a text has.
fn pages(theme: &Theme, text: &str, shown: &[Shown]) -> Vec<(PageKind, Result<Vec<u8>, ThemeError>)> {
    let about = About {
        subtitle: Some(text.to_owned()),
        description: Some(text.to_owned()),
        author: Some(text.to_owned()),
        rights: Some(text.to_owned()),
        ..About::default()
    };
    let kind = OutputKind::Output("feed".to_owned());
    let other = OutputKind::Output("other".to_owned());
    let output =
        |kind: &OutputKind| OutputLink { title: text.to_owned(), kind: kind.clone(), description: text.to_owned() };
    let (site, outputs, tags) = (site(), [output(&kind), output(&other)], [text.to_owned()]);
    let frame = Frame { site: &site, theme, title: text, about: &about, outputs: &outputs, tags: &tags };
    let pager = Pager { older: Some("https://feeds.example/x/archive/feed/2.html".to_owned()), ..Pager::default() };
    let member = MemberSource {
        name: "source".to_owned(),
        title: line(text),
        site: None,
        icon: None,
        newest: Some((line(text), Some(web("https://source.example/newest")), Timestamp::from_unix(NOW))),
        entries: 1,
        tags: vec![text.to_owned()],
    };
    let copies: Vec<StoryCopy> = shown.iter().map(|shown| StoryCopy { shown: shown.clone(), is_lead: false }).collect();
    let pages = [
        (PageKind::Front, front(&frame, Some(text), shown, &pager)),
        (PageKind::Feed, feed(&frame, &spec(true), shown, &pager)),
        (PageKind::Archive, archive(&frame, &spec(false), 3, 7, shown, &pager)),
        (PageKind::Members, super::members(&frame, &[member])),
        (PageKind::Story, story(&frame, &entry(0, text), &copies)),
        (PageKind::Search, searched(&frame, text, shown)),
        (PageKind::Status, super::status(&frame, &state(text))),
        (PageKind::Error, super::error(&frame, 404, text)),
    ];
    pages.map(|(kind, page)| (kind, theme.write(&page))).into()
}

/// The page of a search with a text in every place.
fn searched(frame: &Frame<'_>, text: &str, shown: &[Shown]) -> Context {
    let kind = OutputKind::Search(text.to_owned());
    let snippet = Snippet { text: text.to_owned(), marks: std::iter::once(0..8).collect() };
    let found: Vec<(Shown, Snippet)> = shown.iter().map(|shown| (shown.clone(), snippet.clone())).collect();
    let notes = [format!("{text} `{text}`")];
    let search = Search { query: text, notes: &notes, found: &found, ..Search::default() };
    super::search(frame, Some(&OutputSpec { kind, ..spec(false) }), &search)
}

/// A state with a text in every place.
fn state(text: &str) -> StatusRecord {
    let at = |hours: i64| Timestamp::from_unix(NOW + hours * 3_600);
    let some = || Some(text.to_owned());
    let source = SourceStatus {
        source: SourceRecord {
            name: text.to_owned(),
            title: text.to_owned(),
            state: State::Failing,
            outcome: Some(Outcome::Failed),
            last_poll: Some(at(-2)),
            next_poll: Some(at(3)),
            next_poll_reason: some(),
            newest: Some(at(-50)),
            entries: 1,
            problems: vec![text.to_owned()],
            ..SourceRecord::default()
        },
        rhythm: some(),
        week: Some(vec!["012345678901234567890123".to_owned(); 7]),
        remedy: Some(format!("{text} `{text}`")),
    };
    let incident = |source: Option<String>| OpenIncident {
        source,
        kind: text.to_owned(),
        since: at(-1),
        told: Wording { title: text.to_owned(), happened: text.to_owned(), why: some(), remedy: format!("`{text}`") },
    };
    let without_week = SourceStatus { week: None, ..source.clone() };
    StatusRecord {
        now: at(0),
        started: Some(at(-1)),
        trouble: some(),
        refused: Some(RefusalRecord { file: some(), ..RefusalRecord::default() }),
        incidents: vec![incident(some()), incident(None)],
        sources: SourceCounts { all: 2, failing: 2, private: 1, ..SourceCounts::default() },
        late_seconds: 0,
        store: StoreSize { bytes: 5_000_000, ..StoreSize::default() },
        receivers: vec![ReceiverState {
            name: text.to_owned(),
            way: text.to_owned(),
            waiting: 1,
            progress: Progress {
                delivered: 2,
                last_delivered: Some(at(-3)),
                failing_since: Some(at(-1)),
                dead: 3,
                ..Progress::default()
            },
        }],
        paused: vec![Pause { host: text.to_owned(), until: at(1), reason: text.to_owned() }],
        page: 2,
        pages: 3,
        list: vec![source, without_week],
        ..StatusRecord::default()
    }
}

fn front_of(theme: &Theme, shown: &[Shown]) -> String {
    let (site, about) = (site(), About::default());
    let frame = Frame { site: &site, theme, title: "Planet", about: &about, outputs: &[], tags: &[] };
    let page = theme.write(&front(&frame, None, shown, &Pager::default())).expect("the page can be written");
    String::from_utf8(page).expect("it is UTF-8")
}

fn theme_of(files: &[(&str, &str)]) -> Result<Theme, ThemeError> {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    Theme::new(files, &PageOptions::default())
}

fn in_zone(language: &str, zone: &str) -> Theme {
    let options = PageOptions { language: language.to_owned(), time_zone: zone.parse().expect("a known zone") };
    Theme::built_in(&options)
}

/// The files of an example theme.
fn example(name: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name);
    let files = std::fs::read_dir(folder).expect("the theme is there").flatten();
    files
        .map(|file| {
            let bytes = std::fs::read(file.path()).expect("it can be read");
            (file.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn the_built_in_theme_has_no_mistake() {
    let files = built_in_files().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    Theme::new(files, &PageOptions::default()).unwrap_or_else(|mistake| panic!("{mistake}"));
    for language in ["en", "de"] {
        let theme = Theme::built_in(&PageOptions { language: language.to_owned(), ..PageOptions::default() });
        assert_eq!(theme.language(), language);
        sample::try_all(&theme).unwrap_or_else(|mistake| panic!("{language}: {mistake}"));
    }
    // Every language has every word.
    let keys = |language: &str| -> Vec<String> {
        let file = format!("words.{language}.toml");
        let (_, text) = built_in_files().find(|(name, _)| *name == file).expect("a built-in catalogue");
        text.parse::<toml::Table>().expect("it is TOML").keys().cloned().collect()
    };
    assert_eq!(keys("de"), keys("en"));
}

#[test]
fn no_text_from_outside_is_markup() {
    let planet = Theme::new(example("planet"), &PageOptions::default()).unwrap_or_else(|mistake| panic!("{mistake}"));
    let plain = Theme::new(example("plain"), &PageOptions::default()).unwrap_or_else(|mistake| panic!("{mistake}"));
    let built_in = Theme::built_in(&PageOptions::default());
    let shown = [entry(0, HOSTILE), entry(30, HOSTILE)];
    for (name, theme) in [("built in", &built_in), ("planet", &planet), ("plain", &plain)] {
        for (kind, page) in pages(theme, HOSTILE, &shown) {
            let page = page.unwrap_or_else(|mistake| panic!("{name}: {kind:?}: {mistake}"));
            let page = String::from_utf8(page).expect("a page is UTF-8");
            for forbidden in ["<script", "<img src=x", "\"'>", "javascript:", " 49 ", "onerror=alert(2)>", "s3cret"] {
                assert!(!page.contains(forbidden), "{name}: {kind:?}: {forbidden}\n{page}");
            }
            assert_eq!(page.matches("<style>").count(), 1, "{name}: {kind:?}");
            assert_eq!(page.matches("</style>").count(), 1, "{name}: {kind:?}");
            assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{name}: {kind:?}\n{page}");
            assert!(page.contains("{{ 7*7 }}"), "{name}: {kind:?}");
            if matches!(kind, PageKind::Front | PageKind::Feed | PageKind::Archive | PageKind::Story) {
                assert!(page.contains("<p>Clean <b>content</b></p>"), "{name}: {kind:?}: content is markup\n{page}");
            }
        }
    }
}

#[test]
fn templates_cannot_turn_escaping_off() {
    let check = |template: &str, wanted: &str| {
        let theme = theme_of(&[("front.html", template)]);
        let page = match &theme {
            Ok(theme) => front_of(theme, &[entry(0, "<i>")]),
            Err(mistake) => mistake.to_string(),
        };
        assert_eq!(page, wanted, "{template}");
    };
    let each = |inner: &str| {
        format!("{{% for day in days %}}{{% for entry in day.entries[:1] %}}{inner}{{% endfor %}}{{% endfor %}}")
    };
    let refused = |column: usize| {
        format!(
            "front.html:1:{column}: `autoescape` is not available: every value is escaped, because it may come from outside"
        )
    };
    check("{% autoescape false %}{{ site.title }}{% endautoescape %}", &refused(4));
    check("{%-   autoescape false %}{% endautoescape %}", &refused(7));
    let content = "<p>Clean <b>content</b></p>";
    let titled = |template: &str| {
        let theme = theme_of(&[("front.html", each(template).as_str())])
            .unwrap_or_else(|mistake| panic!("{template}: {mistake}"));
        front_of(&theme, &[entry(0, "<i>")])
    };
    assert_eq!(titled("{{ entry.title }}"), "&lt;i&gt; 0");
    assert_eq!(titled("{{ entry.content }}"), content);
    assert_eq!(titled("{% set x %}{{ entry.content }}{% endset %}{{ x }}"), content);
    assert_eq!(titled("{% macro m(t) %}{{ t }}{% endmacro %}{{ m(entry.title) }}"), "&lt;i&gt; 0");
    assert_eq!(titled("{{ entry.title ~ entry.content }}").matches('<').count(), 0);
    assert_eq!(titled("{% set x %}{{ entry.content }}{% endset %}{{ x[1:] }}").matches('<').count(), 0);
    assert_eq!(titled("{{ entry.title|upper }}"), "&lt;I&gt; 0");
    for filter in ["safe", "replace('<', '')", "reverse", "split('x')", "format", "lines"] {
        let template = each(&format!("{{{{ entry.title|{filter} }}}}"));
        let mistake = theme_of(&[("front.html", template.as_str())]).expect_err(filter);
        assert!(mistake.reason.contains("unknown filter"), "{mistake}");
    }
}

#[test]
fn a_mistake_names_file_line_and_column() {
    let check = |files: &[(&str, &str)], wanted: &str| {
        let told = theme_of(files).map(|_| "no mistake".to_owned()).unwrap_or_else(|mistake| mistake.to_string());
        assert!(told.starts_with(wanted), "{wanted:?}: {told:?}");
    };
    check(&[("front.html", "line\n  {{ site.title")], "front.html:2:");
    check(&[("front.html", "ü {% if %}x{% endif %}")], "front.html:1:");
    check(&[("entry.html", "one\ntwo {{ entry.titel }}")], "entry.html:2:8: undefined value");
    check(&[("front.html", "{{ nothing }}")], "front.html:1:4: undefined value");
    check(&[("front.html", "a\n{% include \"none.html\" %}")], "front.html:2:");
    check(&[("front.html", "{{ site.title|shout }}")], "front.html:1:");
    check(&[("front.html", "{% include \"front.html\" %}")], "front.html:1:");
    check(&[("front.html", "{% extends \"front.html\" %}")], "front.html:1:");
    check(&[("front.html", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")], "front.html:1:");
    check(
        &[("front.html", "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}")],
        "front.html:1:",
    );
    check(&[("words.en.toml", "skip = \"a\"\nempty = 1")], "words.en.toml:2:1: `empty` is neither");
    check(&[("words.xx.toml", "skip = ")], "words.xx.toml:1:");
    check(&[("words.en.toml", "day = \"%Q\"")], "words.en.toml:1:1: `day` is not a format of dates");
    check(&[("words.en.toml", "months = [\"a\"]")], "words.en.toml:1:1: `months` does not have the right number");
    check(&[("words.en.toml", "entries = [\"a\"]")], "words.en.toml:1:1: `entries` does not have two forms");
    check(&[("style.css", "a { color: red }\n</style>")], "style.css:2:1: contains `</`");
    check(&[("style.css", "a { color: red }")], "no mistake");
    check(&[("README.md", "{{"), (".hidden.html", "{{"), ("a/.git/x.html", "{{")], "no mistake");
    let files = BTreeMap::from([("layout.html".to_owned(), b"a\nb\xff".to_vec())]);
    let mistake = Theme::new(files, &PageOptions::default()).expect_err("it is not UTF-8");
    assert_eq!(mistake.to_string(), "layout.html:2:2: not UTF-8; save the file as UTF-8");
}

#[test]
fn themes_have_limits() {
    let check = |files: BTreeMap<String, Vec<u8>>, wanted: &str| {
        let told =
            Theme::new(files, &PageOptions::default()).map(|_| String::new()).unwrap_or_else(|it| it.to_string());
        assert!(told.contains(wanted), "{wanted:?}: {told:?}");
    };
    let one = |name: &str, bytes: usize| BTreeMap::from([(name.to_owned(), vec![b' '; bytes])]);
    check(one("style.css", TEXT_MAX_BYTES + 1), "style.css: larger than 256 KiB");
    check(one("a.png", STATIC_MAX_BYTES), "");
    check(one("a.png", STATIC_MAX_BYTES + 1), "a.png: larger than 4096 KiB");
    check(
        (0..=FILES_MAX).map(|at| (format!("{at:04}.png"), Vec::new())).collect(),
        "0500.png: with it the theme has more",
    );
    check(
        (0..9).map(|at| (format!("{at}.png"), vec![0; STATIC_MAX_BYTES])).collect(),
        "8.png: with it the theme is larger",
    );
    let large = "{% for a in range(2000) %}{% for b in range(50) %}{{ 'x' * 1000 }}{% endfor %}{% endfor %}";
    check(
        BTreeMap::from([("front.html".to_owned(), large.as_bytes().to_vec())]),
        "front.html: the page would be larger than 16 MiB",
    );
}

#[test]
fn static_files_are_served_by_name() {
    let theme = theme_of(&[
        ("faces/anna.png", "x"),
        ("run.js", "x"),
        ("front.html", "{% for it in faces %}{{ it.icon }}{% endfor %}"),
    ]);
    let theme = theme.unwrap_or_else(|mistake| panic!("{mistake}"));
    let names: Vec<(&str, &str)> = theme.files().map(|file| (file.name, file.content_type)).collect();
    assert_eq!(names, [("faces/anna.png", "image/png")]);
    assert_eq!(theme.file("faces/anna.png").map(|file| file.bytes), Some(b"x".as_slice()));
    assert_eq!(theme.file("front.html"), None);
    let with = |icon: Option<WebUrl>| front_of(&theme, &[Shown { icon, ..entry(0, "") }]);
    assert_eq!(with(None), "");
    assert_eq!(with(Some(web("https://a.example/i.png"))), "https://a.example/i.png");
}

#[test]
fn days_are_those_of_the_zone_and_the_language() {
    let check = |language: &str, zone: &str, wanted: &[&str]| {
        let page = front_of(&in_zone(language, zone), &[entry(0, "a"), entry(1, "b")]);
        for text in wanted {
            assert!(page.contains(text), "{language} {zone}: {text}\n{page}");
        }
    };
    // The entries are of 23:30 and 22:30 in UTC.
    check(
        "en",
        "UTC",
        &[
            "<time datetime=\"2026-11-24\">Tuesday, 24 November 2026</time>",
            ">23:30</time>",
            "<html lang=\"en\" dir=\"ltr\">",
        ],
    );
    check(
        "en",
        "Europe/Vienna",
        &["Wednesday, 25 November 2026</time>", ">00:30</time>", "Tuesday, 24 November 2026</time>", ">23:30</time>"],
    );
    check("en", "America/New_York", &[">18:30</time>"]);
    check("de-AT", "UTC", &["Dienstag, 24. November 2026</time>", "<html lang=\"de-AT\" dir=\"ltr\">", "Abonnieren"]);
    check("tlh", "UTC", &["Tuesday, 24 November 2026</time>", "<html lang=\"en\" dir=\"ltr\">"]);
    let words = theme_of(&[("words.en.toml", "day = \"%A im %b, 100 %%\"\nsubscribe = \"Take <it>\"")]);
    let page = front_of(&words.unwrap_or_else(|mistake| panic!("{mistake}")), &[entry(0, "a")]);
    assert!(page.contains("Tuesday im Nov, 100 %</time>") && page.contains("Take &lt;it&gt;"), "{page}");
}

#[test]
fn a_page_of_a_hundred_long_entries_stays_small() {
    let theme = Theme::built_in(&PageOptions::default());
    let mut shown = Vec::new();
    for at in 0..100_i64 {
        let mut content = String::new();
        for word in 0..1_200 {
            // Words that do not repeat, as in a language.
            let _ = write!(content, "<p>{} ", (word * 7_919 + at * 104_729) % 50_021);
        }
        let length = if at % 3 == 0 { content.len() } else { 900 };
        let content = content.get(..length).map(html);
        shown.push(Shown { content, summary: None, copies: Vec::new(), ..entry(at, "x") });
    }
    let page = front_of(&theme, &shown);
    assert!(page.matches("<article").count() == 100 && page.contains("<details>"), "{}", page.len());
    let contents: usize = shown
        .iter()
        .filter_map(|it| it.content.as_ref())
        .filter(|it| page.contains(it.as_str()))
        .map(|it| it.len())
        .sum();
    assert!(contents <= TEXTS_BYTES && contents > TEXTS_BYTES / 2, "{contents}");
    assert!(packed(page.as_bytes()) < 60_000, "{} bytes of {}", packed(page.as_bytes()), page.len());
}

/// The number of bytes of a page as it is sent.
fn packed(page: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, page).expect("memory takes everything");
    encoder.finish().expect("memory takes everything").len()
}

#[test]
fn a_story_shows_its_whole_text() {
    let theme = Theme::built_in(&PageOptions::default());
    let long = "<p>a long text</p>".repeat(20_000);
    let lead = Shown { content: Some(html(&long)), ..entry(0, "x") };
    let (site, about) = (site(), About::default());
    let frame = Frame { site: &site, theme: &theme, title: "Planet", about: &about, outputs: &[], tags: &[] };
    let page = story(&frame, &lead, &[StoryCopy { shown: lead.clone(), is_lead: true }]);
    let page = theme.write(&page).expect("the page can be written");
    assert!(String::from_utf8(page).expect("it is UTF-8").contains(&long));
}

#[test]
fn the_state_is_told_at_a_glance() {
    let theme = in_zone("en", "Europe/Vienna");
    let (site, about) = (site(), About::default());
    let frame = Frame { site: &site, theme: &theme, title: "Planet", about: &about, outputs: &[], tags: &[] };
    let check = |change: &dyn Fn(&mut StatusRecord), wanted: &[&str]| {
        let mut state = StatusRecord { trouble: None, refused: None, incidents: Vec::new(), ..state("it") };
        state.sources = SourceCounts { all: 2, ok: 2, ..SourceCounts::default() };
        change(&mut state);
        let page = theme.write(&status(&frame, &state)).expect("the page can be written");
        let page = String::from_utf8(page).expect("it is UTF-8");
        for text in wanted {
            assert!(page.contains(text), "{text}\n{page}");
        }
        assert!(!page.contains("for the operator"), "{page}");
    };
    check(&|_| {}, &["\"verdict is-well\"", "All is well.", "As of 25 November 2026, 00:30."]);
    check(&|state| state.sources = SourceCounts::default(), &["\"verdict is-nothing\""]);
    check(&|state| state.sources.failing = 1, &["\"verdict is-passing\"", "One source did not answer"]);
    check(&|state| state.sources.late = 3, &["\"verdict is-passing\"", "3 sources wait"]);
    check(&|state| state.sources.gone = 1, &["\"verdict is-attention\"", "One source did not answer"]);
    let open = || self::state("it").incidents;
    check(
        &|state| state.incidents = open().into_iter().take(1).collect(),
        &["\"verdict is-attention\"", "One source needs"],
    );
    check(&|state| state.incidents = open(), &["\"verdict is-trouble\""]);
    check(&|state| state.trouble = Some("no room".to_owned()), &["\"verdict is-trouble\"", "no room"]);
    let refused = |line: Option<usize>| RefusalRecord {
        file: Some("a.toml".to_owned()),
        line,
        column: line.map(|_| 3),
        message: Some("for the operator".to_owned()),
    };
    for (line, place) in [(Some(7), "<code>a.toml:7:3</code>"), (None, "<code>a.toml</code>")] {
        check(&|state| state.refused = Some(refused(line)), &["\"verdict is-trouble\"", place]);
    }
    check(
        &|_| {},
        &[
            "title=\"24 November 2026, 23:30\">60 min ago</time>",
            "title=\"25 November 2026, 03:30\">in 3 h</time>",
            ">2 days ago</time>",
            "<a rel=\"prev\" href=\"https://feeds.example/x/status\">",
            "<a rel=\"next\" href=\"https://feeds.example/x/status?page=3\">",
            "href=\"https://feeds.example/x/status.json?page=2\"",
        ],
    );
}

#[test]
fn a_page_of_five_hundred_sources_stays_small() {
    let theme = Theme::built_in(&PageOptions::default());
    let (site, about) = (site(), About::default());
    let frame = Frame { site: &site, theme: &theme, title: "Planet", about: &about, outputs: &[], tags: &[] };
    let of = state("it");
    let source = |at: usize| {
        let hours = (0..24).map(|hour| char::from(b'0' + u8::try_from((hour * 7 + at) % 10).expect("a digit")));
        let week = vec![hours.collect::<String>(); 7];
        let (name, title) = (format!("source{at}"), format!("The notebook of number {at}"));
        let of = of.list[0].clone();
        SourceStatus { source: SourceRecord { name, title, ..of.source }, week: Some(week), ..of }
    };
    let of = StatusRecord { list: (0..500).map(source).collect(), ..of.clone() };
    let page = theme.write(&status(&frame, &of)).expect("the page can be written");
    assert!(page.len() < 1_500_000, "{}", page.len());
    assert!(packed(&page) < 60_000, "{} bytes of {}", packed(&page), page.len());
}

#[test]
fn the_digest_is_that_of_the_style_in_the_page() {
    let theme = theme_of(&[("style.css", "\u{feff}a { color: red }\r\nb { color: blue }")]).expect("it is right");
    let page = front_of(&theme, &[]);
    assert!(page.contains("<style>a { color: red }\nb { color: blue }</style>"), "{page}");
    // printf 'a { color: red }\nb { color: blue }' | openssl dgst -sha256 -binary | base64
    assert_eq!(theme.style_sha256(), "6VsX2Y4q9J8/xyV5B7xddbQ6tBnstr1eadV6S/ixH18=");
}

#[test]
fn the_context_is_what_the_documentation_says() {
    let theme = Theme::built_in(&PageOptions::default());
    for kind in PageKind::ALL {
        let json = sample_context(&theme, kind).expect("it can be written");
        let context: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!((&context["version"], &context["kind"]), (&serde_json::json!(1), &serde_json::json!(kind.name())));
        let manual = include_str!("../../../docs/themes.md");
        let object = context.as_object().expect("it is an object");
        for key in object.keys() {
            assert!(manual.contains(&format!("`{key}`")), "{key} is not documented");
        }
    }
}
