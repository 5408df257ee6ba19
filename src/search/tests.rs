//! Tests of searching, without a store: texts, queries, and entries that are found.

use std::sync::Arc;

use proptest::prelude::*;

use super::words::{BOUND, Text, folded, label, normal};
use super::*;
use crate::model::{Category, EntryDetails, EntryId, FeedMeta, Person, SafeHtml};

/// 2026-11-24T12:00:00Z.
const NOW: i64 = 1_795_521_600;

fn entry(title: &str, content: &str) -> StoredEntry {
    StoredEntry {
        id: EntryId(1),
        source: SourceId(1),
        key: String::new(),
        declared_id: None,
        published_id: String::new(),
        link: None,
        title: title.to_owned(),
        summary: String::new(),
        content: SafeHtml::stored(content.to_owned()),
        first_seen: Timestamp::from_unix(NOW),
        published: Timestamp::from_unix(NOW - 86_400),
        updated: Timestamp::from_unix(NOW),
        details: EntryDetails {
            authors: vec![Person { name: "Zoë Ångström".to_owned(), ..Person::default() }],
            categories: vec![Category { term: "C++".to_owned(), scheme: None, label: Some("Die Sprache".to_owned()) }],
            ..EntryDetails::default()
        },
        story: EntryId(1),
        lead: EntryId(1),
        copies: Vec::new(),
        described: Arc::new(FeedMeta { title: Some("The Daily Source".to_owned()), ..FeedMeta::default() }),
    }
}

fn terms_of(entry: &StoredEntry) -> String {
    Terms::default().of(entry)
}

fn finder(query: &str) -> Finder {
    let tags = ["linux".to_owned()];
    let known = [
        NamedSource { id: SourceId(1), name: "daily", tags: &tags },
        NamedSource { id: SourceId(2), name: "weekly", tags: &[] },
    ];
    Finder::new(&Query::parse(query).expect("a search").query, &known, Timestamp::from_unix(NOW))
}

#[test]
fn texts_are_split_into_units() {
    let check = |text: &str, wanted: &[&str]| {
        let folded = folded(text);
        let units: Vec<&str> = folded.split(BOUND).filter(|unit| !unit.is_empty()).collect();
        assert_eq!(units, wanted, "{text:?}");
    };
    check("", &[]);
    check(" —, \"…\" ", &[]);
    check("One two-three, FOUR_five 1.95", &["one", "two", "three", "four", "five", "1", "95"]);
    check("l’été d'Ångström", &["l", "ete", "d", "angstrom"]);
    check("e\u{301}te\u{301} Thủ đô", &["ete", "thu", "do"]);
    check("Straße STRASSE ẞ", &["strasse", "strasse", "ss"]);
    // Turkish i, with and without a dot.
    check("İstanbul ISPARTA ısı", &["istanbul", "isparta", "isi"]);
    check("Ærø Łódź þing", &["aero", "lodz", "thing"]);
    check("ΣΊΣΥΦΟΣ Σίσυφος Йод Ёлка", &["σισυφοσ", "σισυφοσ", "иод", "елка"]);
    check("Ｆｕｌｌ ｗｉｄｔｈ ﬁn", &["full", "width", "fin"]);
    check("ho\u{ad}me zero\u{200b}width", &["home", "zerowidth"]);
    check("مُحَمَّد العـــربية", &["محمد", "العربية"]);
    check("हिन्दी भाषा", &["हिन्दी", "भाषा"]);
    check("東京都2026年", &["東", "京", "都", "2026", "年"]);
    check("ﾊﾞｽ バス ハ\u{3099}ス", &["バ", "ス", "バ", "ス", "バ", "ス"]);
    check("한국어 \u{1112}\u{1161}\u{11ab}", &["한", "국", "어", "한"]);
    check("ภาษาไทย", &["ภ", "า", "ษ", "า", "ไ", "ท", "ย"]);
    check("crab 🦀 thumbs 👍🏽", &["crab", "🦀", "thumbs", "👍"]);
    // Long words are cut, alike in texts and in queries.
    let long = "x".repeat(10_000);
    assert_eq!(folded(&long).len(), 64 + 2);
    assert_eq!(folded(&format!("{long} y")).matches(BOUND).count(), 3);
}

#[test]
fn units_know_their_places() {
    let text = Text::new("Ein  Übel: 東京, e\u{301}!");
    let mut found = Vec::new();
    text.units(|unit| found.push((unit.folded.to_owned(), text.as_str()[unit.start..unit.end].to_owned())));
    let found: Vec<(&str, &str)> = found.iter().map(|(unit, text)| (unit.as_str(), text.as_str())).collect();
    assert_eq!(found, [("ein", "Ein"), ("ubel", "Übel"), ("東", "東"), ("京", "京"), ("e", "é")]);
}

#[test]
fn queries_have_a_normal_form() {
    let check = |typed: &str, wanted: &str, notes: usize| {
        let parsed = Query::parse(typed).unwrap_or_else(|refused| panic!("{typed:?}: {refused}"));
        assert_eq!(parsed.query.to_string(), wanted, "{typed:?}");
        assert_eq!(parsed.notes.len(), notes, "{typed:?}: {:?}", parsed.notes);
        let again = Query::parse(wanted).unwrap_or_else(|refused| panic!("{wanted:?}: {refused}"));
        assert_eq!((again.query, again.notes.len()), (parsed.query, 0), "{typed:?}");
    };
    check("Linux", "linux", 0);
    check("  kernel   LINUX kernel ", "kernel linux", 0);
    check("\"Release  Notes\" -Café", "\"release notes\" -cafe", 0);
    check("begin* \"two wor\"*", "begin* \"two wor\"*", 0);
    check("well-known", "\"well known\"", 0);
    check("東京 タワー*", "タワー 東京", 0);
    check("“typographic marks”", "\"typographic marks\"", 0);
    check("a\"b c\"d", "a \"b c\" d", 0);
    check("SOURCE:LWN tag:\"C++\" author:\"Zoë Å\"", "author:\"zoe a\" source:lwn tag:\"c++\"", 0);
    check("x since:2026 before:2026-11", "x since:2026-01-01 before:2026-11-01", 0);
    check("x since:30d -since:2d", "x since:30d before:2d", 0);
    check("x since:2026-11-24T14:05:00+01:00", "x since:2026-11-24T13:05:00Z", 0);
    check("a sort:rank", "a sort:rank", 0);
    check("a sort:newest", "a", 0);
    // Parts that cannot be used are left out or taken as words, with a remark.
    check("\"never closed", "\"never closed\"", 1);
    check("nothing:here", "\"nothing here\"", 1);
    check("https://a.example/x", "\"https a example x\"", 0);
    check("note: this", "note this", 0);
    check("a AND b OR c", "a b c", 2);
    check("a ??? *", "a", 2);
    check("a - -", "a", 0);
    check("a since:yesterday", "a", 1);
    check("a tag: source:\"\"", "a", 1);
    check("a sort:up", "a", 1);
}

#[test]
fn queries_are_refused_with_the_reason() {
    let refused = |typed: &str| Query::parse(typed).expect_err("it is refused");
    for typed in ["", "   ", "\"", "-", "*", "\"\" ??", "sort:rank", "since:yesterday"] {
        assert_eq!(refused(typed), QueryError::Empty, "{typed:?}");
    }
    assert!(refused("").to_string().contains("source:NAME"));
    assert_eq!(refused(&"a".repeat(10 * 1024)), QueryError::TooLong(10 * 1024));
    assert!(refused(&"a".repeat(10 * 1024)).to_string().contains("1024"));
    let many: Vec<String> = (0..=TERMS_MAX).map(|number| number.to_string()).collect();
    assert_eq!(refused(&many.join(" ")), QueryError::TooManyTerms);
    assert!(Query::parse(&many[1..].join(" ")).is_ok());
}

#[test]
fn entries_are_found_by_what_is_asked_for() {
    let text =
        entry("Das Übel der Welt", "<p>Im <b>Café</b> an der Straße: 東京タワーは高い。</p><p>well-known; ภาษาไทย</p>");
    let check = |query: &str, is_found: bool| {
        let finder = finder(query);
        assert_eq!(finder.finds(&text), is_found, "{query}");
        // The answer of the index, which must name every entry that is found.
        let terms = terms_of(&text);
        if let Some(question) = finder.lookup().filter(|_| is_found) {
            assert!(answers(&terms, &question), "{query}: {question}");
        }
    };
    for query in [
        "ubel",
        "ÜBEL",
        "cafe",
        "strasse",
        "Straße",
        "welt*",
        "wel*",
        "\"das übel\"",
        "\"der welt\"",
        "\"im café an\"",
        "東京",
        "京タ",
        "東",
        "い",
        "高い",
        "タワー",
        "\"東京 タワー\"",
        "ไทย",
        "well-known",
        "\"known ภา\"",
        "\"strasse 東\"",
        "source:daily",
        "tag:linux",
        "tag:C++",
        "tag:\"die sprache\"",
        "author:zoe",
        "author:\"zoë ång\"*",
        "ångström",
        "sprache",
        "\"daily source\"",
        "since:2d",
        "before:1h",
        "since:2026-11-23",
        "-evil",
        "ubel -evil -source:weekly",
        "welt tag:c++",
    ] {
        check(query, true);
    }
    for query in [
        "evil",
        "ube",
        "\"übel das\"",
        "\"welt im\"",
        "京東",
        "\"東 タワー\"",
        "source:weekly",
        "source:nobody",
        "tag:c",
        "tag:sprache",
        "author:welt",
        "since:1h",
        "before:2026-11-23",
        "-ubel",
        "ubel -cafe",
        "ubel -source:daily",
        "-tag:linux",
        // Phrases do not go on from one text into the next.
        "\"welt c\"",
        "\"sprache the\"",
    ] {
        check(query, false);
    }
}

/// Whether an entry with these terms answers a question to the index, as FTS5 would say.
fn answers(terms: &str, question: &str) -> bool {
    let has = |asked: &str| {
        let begun = asked.strip_suffix('*');
        let term = begun.unwrap_or(asked).trim_matches('"');
        terms.split(' ').any(|known| if begun.is_some() { known.starts_with(term) } else { known == term })
    };
    question.split(" AND ").all(|clause| clause.trim_matches(['(', ')']).split(" OR ").any(has))
}

/// The index keeps terms, so these may change only together with a migration that fills the index anew.
#[test]
fn terms_are_those_of_stored_indexes() {
    let entry = entry("Über 東京", "<p>Don&apos;t&nbsp;stop<br>at <b>mid</b>night: ﾊﾟﾝ ﾀﾜｰ</p>");
    let terms = terms_of(&entry);
    let mut all: Vec<&str> = terms.split(' ').collect();
    all.sort_unstable();
    let wanted = "angstrom at c daily die don midnight source sprache stop t the uber zoe タワ パン ワー ンタ ー 京 東京 \
                  \u{e001}uber \u{e001}京 \u{e001}東京 \u{e002}angstrom \u{e002}zoe \
                  \u{e003}c\u{e12b}\u{e12b} \u{e003}die\u{e120}sprache \u{e004}1";
    assert_eq!(all.join(" "), wanted);
}

#[test]
fn terms_are_those_of_the_entry_alone() {
    let (mut made, one, other) = (Terms::default(), entry("One", "<p>first</p>"), entry("東", "<p>second</p>"));
    assert_eq!([made.of(&one), made.of(&other), made.of(&one)], [&one, &other, &one].map(terms_of));
}

#[test]
fn terms_stand_once_and_are_plain() {
    let terms = terms_of(&entry("Twice twice", "<p>twice; 東東東 a-b\"c</p>"));
    let mut all: Vec<&str> = terms.split(' ').collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "{terms}");
    assert!(all.contains(&"東東") && all.contains(&"東") && all.contains(&"twice"), "{terms}");
    assert!(terms.chars().all(|it| !it.is_ascii() || it == ' ' || it.is_ascii_alphanumeric()), "{terms}");
    let unknown = finder("source:nobody");
    assert_eq!(unknown.notes, ["There is no source named `nobody`."]);
    assert!(!answers(&terms, &unknown.lookup().expect("a question")));
}

#[test]
fn words_in_titles_fit_best() {
    let finder = finder("kernel");
    let rank = |title: &str, content: &str| finder.rank(&Fields::of(&entry(title, content)));
    let ordered = [
        rank("Kernel news", "<p>kernel kernel</p>"),
        rank("News of the kernel", "<p>kernel</p>"),
        rank("News", "<p>kernel, kernel and kernel</p>"),
        rank("News", "<p>a kernel</p>"),
        rank("News", "<p>nothing</p>"),
    ];
    assert!(ordered.is_sorted_by(|one, next| one > next), "{ordered:?}");
}

#[test]
fn snippets_show_what_was_found() {
    let check = |query: &str, content: &str, wanted: &str| {
        let parts = finder(query).snippet(&entry("t", content));
        let text: String = parts
            .parts()
            .iter()
            .map(|(text, is_marked)| if *is_marked { format!("[{text}]") } else { (*text).to_owned() })
            .collect();
        assert_eq!(text, wanted, "{query}");
    };
    check("café", "<p>Im <b>Café</b>.</p>", "Im [Café].");
    check("\"b c\" d*", "a b c b dd", "a [b c] b [dd]");
    check("\"a b\" \"b c\"", "a b c", "[a b c]");
    check("東京", "<p>新東京都</p>", "新[東京]都");
    check("nothing", "<p>one</p><p>two</p>", "one two");
    check("nothing", "", "");
    check("x", "<script>x</script> &lt;x&gt;", "<[x]>");
    // A part of a long text, with the match near its beginning.
    let long = format!("<p>{}needle{}</p>", "before ".repeat(200), " behind".repeat(200));
    let snippet = finder("needle").snippet(&entry("t", &long));
    assert!(snippet.text.starts_with("… before") && snippet.text.ends_with("behind …"), "{}", snippet.text);
    assert!(snippet.text.chars().count() <= 240 + 4, "{}", snippet.text);
    assert_eq!(&snippet.text[snippet.marks[0].clone()], "needle");
    // Hostile texts: one word without end, and nothing but matches.
    let endless = finder("x*").snippet(&entry("t", &"x".repeat(100_000)));
    assert!(endless.marks.len() == 1);
    let many = finder("x y* z").snippet(&entry("t", &"x y ".repeat(10_000)));
    assert!(!many.marks.is_empty() && many.marks.len() <= 64 && many.text.len() < 1_000, "{}", many.text);
}

/// Words of a small vocabulary, so that random texts and queries meet.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "alpha", "Alphabet", "béta", "beta", "GAMMA", "東", "京", "都", "ไ", "ท", "a-b", "🦀", "İ", "ß",
    ])
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec((word(), prop::sample::select(vec![" ", "", ", ", "<br>"])), 0..12)
        .prop_map(|words| words.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #[test]
    fn normal_forms_stay(text in any::<String>()) {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once.clone());
        prop_assert_eq!(folded(&once), folded(&normal(&once)));
        let tag = label(&text);
        prop_assert_eq!(label(&tag), tag);
    }

    #[test]
    fn a_query_is_the_same_after_it_was_written(typed in "([-]?([a-z]{1,6}:)?[\"“]?\\PC{0,8}[\"*]? ?){0,6}") {
        if let Ok(parsed) = Query::parse(&typed) {
            let written = parsed.query.to_string();
            let again = Query::parse(&written);
            prop_assert!(again.is_ok(), "{:?} {:?}", written, again);
            let again = again.expect("it was checked");
            prop_assert_eq!(&again.query, &parsed.query, "{:?}", written);
            prop_assert!(again.notes.is_empty(), "{:?} {:?}", written, again.notes);
        }
    }

    #[test]
    fn the_index_names_everything_that_is_found(
        texts in prop::collection::vec((words(), words()), 1..6),
        sought in prop::collection::vec((word(), prop::option::of(word()), any::<bool>()), 1..4),
    ) {
        let phrase = |(one, two, is_begun): &(&str, Option<&str>, bool)| {
            format!("\"{one} {}\"{}", two.unwrap_or_default(), if *is_begun { "*" } else { "" })
        };
        let query: Vec<String> = sought.iter().map(phrase).collect();
        let finder = finder(&query.join(" "));
        for (title, content) in &texts {
            let entry = entry(title, content);
            let is_found = finder.finds(&entry);
            let question = finder.lookup().expect("words are asked for");
            prop_assert!(!is_found || answers(&terms_of(&entry), &question), "{:?} {:?} {}", query, entry, question);
        }
    }
}
