//! Any bytes, read and cleaned as a poll would: never a panic, and nothing that XML forbids comes out.

#![no_main]

use libfuzzer_sys::fuzz_target;
use watershed::entry::{self, Context};
use watershed::model::Timestamp;
use watershed::read::{self, Document};

fuzz_target!(|body: &[u8]| {
    let url = "https://feeds.example/feed";
    let document = Document { body, content_type: None, url, max_entries: 1_000 };
    let Ok((parsed, _)) = read::read(&document) else { return };
    let (feed, _) = entry::clean(parsed, &Context { base: url, now: Timestamp::from_unix(1_795_478_400), identity: watershed::model::Identity::Auto });
    for entry in &feed.entries {
        assert!(!entry.title.is_empty() && !entry.keys.is_empty());
        let is_sound = |text: &str| !text.contains(['\0', '\u{1}', '\u{b}', '\u{fffe}', '\u{ffff}']);
        assert!(is_sound(&entry.title) && is_sound(&entry.content) && is_sound(&entry.summary));
    }
});
