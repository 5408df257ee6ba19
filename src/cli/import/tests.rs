//! Tests of importing without files: what becomes a source, and that an export comes back whole.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use proptest::prelude::*;

use super::plan::{self, Plan};
use crate::cli::export::exported;
use crate::config::{Config, NewSource, append_sources, load_with};
use crate::publish::{list_as_opml, list_as_urls};
use crate::read::source_list;

/// A configuration with this text.
#[track_caller]
fn config(text: &str) -> Config {
    let path = Path::new("watershed.toml");
    load_with(path, &|_: &str| None, Some((path, text))).unwrap_or_else(|errors| panic!("{errors}"))
}

#[track_caller]
fn planned(list: &str, config: &Config) -> Plan {
    plan::plan(source_list(list.as_bytes()).expect("it is a list"), config)
}

#[test]
fn the_same_source_is_added_once_with_all_its_tags() {
    let config = config("[[source]]\nurl = \"https://www.known.example/feed/\"\nname = \"known\"\n");
    let list = "https://a.example/f one\nhttp://www.a.example/f/ two one ~Mine\nhttp://known.example/feed x\n\
                file:///etc/passwd\nexec:~/x\nnonsense\n";
    let Plan { candidates, refused, known, repeated } = planned(list, &config);
    let added = plan::sources(&candidates, &config);
    let wanted = NewSource {
        url: "https://a.example/f".to_owned(),
        name: "a-example-f".to_owned(),
        title: Some("Mine".to_owned()),
        tags: vec!["one".to_owned(), "two".to_owned()],
        note: None,
    };
    assert_eq!(added, [wanted]);
    let lines = |told: &[plan::LineRemark]| told.iter().map(|told| told.line).collect::<Vec<_>>();
    assert_eq!((lines(&refused), lines(&known), lines(&repeated)), (vec![4, 5, 6], vec![3], vec![2]));
    assert!(known[0].why.contains("`known`"), "{known:?}");
}

#[test]
fn every_source_gets_a_name_of_its_own() {
    let config = config("[[source]]\nurl = \"https://a.example/feed\"\n");
    assert_eq!(config.sources[0].name, "a-example");
    let list: String = (0..500).map(|n| format!("https://a.example/feed?id={n}\n")).collect();
    let added = plan::sources(&planned(&list, &config).candidates, &config);
    let names: BTreeSet<&str> = added.iter().map(|source| source.name.as_str()).collect();
    assert_eq!((added.len(), names.len()), (500, 500));
    let before = "[[source]]\nurl = \"https://a.example/feed\"\n";
    let after = self::config(&append_sources(before, &added).expect("they can be appended"));
    assert_eq!(after.sources.len(), 501);
    assert_eq!(after.sources[0].name, "a-example", "the first keeps its name");
}

#[test]
fn messages_and_names_hold_no_secrets() {
    let config = config("");
    let list = "https://a.example/private/q7w9e2r4t6y8u1i3/rss\nhttps://me:geheim@b.example/f ~B\nhtp://c.example/?token=geheim\n";
    let Plan { candidates, refused, .. } = planned(list, &config);
    let added = plan::sources(&candidates, &config);
    let names: Vec<&str> = added.iter().map(|source| source.name.as_str()).collect();
    assert!(names.iter().all(|name| !name.contains("q7w9")), "{names:?}");
    assert!(added[0].url.contains("q7w9e2r4t6y8u1i3") && added[1].url.contains("geheim"), "{added:?}");
    assert!(refused.len() == 1 && !format!("{refused:?}").contains("geheim"), "{refused:?}");
}

#[test]
fn masked_addresses_are_not_imported() {
    let text = "[[source]]\nurl = \"https://a.example/f?token=q7w9e2r4t6y8u1i3\"\n\
                [[source]]\nurl = \"https://b.example/f\"\nprivate = true\n\
                [[source]]\nurl = \"https://c.example/f\"\nenabled = false\n\
                [[source]]\nurl = \"file:///srv/feed.xml\"\n[[source]]\nurl = \"https://d.example/f\"\n";
    let (config, titles) = (config(text), HashMap::new());
    let (sources, left_out) = exported(&config, &titles, false);
    let addresses: Vec<&str> = sources.iter().map(|source| source.address).collect();
    assert_eq!(addresses, ["https://d.example/f"]);
    assert_eq!(left_out.values().sum::<usize>(), 4);
    assert_eq!(exported(&config, &titles, true).0.len(), 2);
    // What the program itself shows in place of a secret is recognised.
    let list = format!("{}\n", config.sources[0].public_url());
    let Plan { candidates, refused, .. } = planned(&list, &self::config(""));
    assert!(candidates.is_empty() && refused[0].why.contains("masked"), "{refused:?}");
}

/// What an export must keep of a source.
fn kept(config: &Config) -> Vec<(String, Option<String>, BTreeSet<String>)> {
    let source = |source: &std::sync::Arc<crate::config::SourceConfig>| {
        let tags = source.options.tags.iter().cloned().collect();
        (source.url.to_string(), source.options.title.clone(), tags)
    };
    let mut kept: Vec<_> = config.sources.iter().map(source).collect();
    kept.sort();
    kept
}

proptest! {
    #[test]
    fn an_export_that_is_imported_gives_the_same_sources(
        sources in prop::collection::btree_map(
            "[a-z]{1,8}(/[a-zA-Z0-9]{1,4}){0,2}",
            (prop::option::of("[A-Z<&\"'][ -~é]{0,12}[a-z>;]"), prop::collection::vec("[a-zA-Zé&<\"/,][ -~ü]{0,10}[a-z]", 0..4)),
            0..12,
        ),
    ) {
        let written: Vec<NewSource> = sources.into_iter().enumerate().map(|(at, (path, (title, tags)))| NewSource {
            url: format!("https://s{at}.example/{path}"),
            name: format!("s{at}"),
            title,
            tags,
            note: None,
        }).collect();
        let before = config(&append_sources("source = []\n", &written).expect("they can be appended"));
        let titles = HashMap::new();
        let (exported, left_out) = exported(&before, &titles, false);
        prop_assume!(left_out.is_empty());
        let opml = String::from_utf8(list_as_opml("All", &exported)).expect("it is UTF-8");
        for list in [opml, list_as_urls(&exported)] {
            if exported.is_empty() {
                continue;
            }
            let empty = config("");
            let plan = planned(&list, &empty);
            prop_assert!(plan.refused.is_empty(), "{:?}", plan.refused);
            let text = append_sources("", &plan::sources(&plan.candidates, &empty)).expect("they can be appended");
            prop_assert_eq!(kept(&config(&text)), kept(&before), "{}", list);
        }
    }
}
