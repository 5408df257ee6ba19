//! The places of the entries in an Atom document, compared with the places that a parser finds, whatever the texts are.

use proptest::prelude::*;

use super::*;
use crate::config::Secret;

/// The places of the elements `entry` below the root, each with the line end behind it.
fn parsed(body: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut reader = Reader::from_str(std::str::from_utf8(body).expect("the document is UTF-8"));
    let (mut places, mut open) = (Vec::new(), Vec::new());
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event().expect("the document is well-formed") {
            Event::Start(start) => {
                let name = start.name();
                let name: &str = name.as_ref();
                open.push((name == "entry", before));
            }
            Event::End(_) => {
                let (is_entry, from) = open.pop().expect("something is open");
                if is_entry && open.len() == 1 {
                    places.push(from..reader.buffer_position() as usize + 1);
                }
            }
            Event::Eof => return places,
            _ => {}
        }
    }
}

/// Documents with the text in every field of the feed and of its entries.
fn check(text: &str) {
    let some = || Some(text.to_owned());
    let about = About { subtitle: some(), author: some(), rights: some(), itunes_category: some(), ..About::default() };
    let spec = OutputSpec {
        title: text.to_owned(),
        about,
        token: Some(Secret::new("key")),
        title_prefix: text.to_owned(),
        ..spec(ContentMode::Full)
    };
    let described = FeedMeta { title: some(), subtitle: some(), rights: some(), ..FeedMeta::default() };
    let media = Media {
        chapter_list: vec![Chapter { title: text.to_owned(), href: some(), ..Chapter::default() }],
        rating: some(),
        contents: vec![MediaContent { url: "https://a.example/1.mp3".to_owned(), description: some(), rating: some() }],
        people: vec![CastMember { name: text.to_owned(), role: some(), href: some(), image: some() }],
        ..Media::default()
    };
    let extended = StoredEntry {
        published_id: text.to_owned(),
        details: EntryDetails {
            in_reply_to: vec![Reply { id: Some(format!("tag:a.example,2026:{text}")), ..Reply::default() }],
            media: Some(media),
            rights: some(),
            ..EntryDetails::default()
        },
        described: Arc::new(described),
        ..entry(3)
    };
    let entries = [entry(1), all_of(2, text), extended, entry(4)];
    let document = atom(&spec, &entries);
    assert_eq!(document.entries.len(), entries.len(), "{text:?}");
    assert_eq!(document.entries, parsed(&document.body), "{text:?}");
    let keyed = document.keyed.expect("the output has a token");
    assert_eq!(parsed(&keyed).len(), entries.len(), "{text:?}");
    for (entry, place) in entries.iter().zip(document.entries) {
        // An entry has the same bytes whatever stands beside it, because answers with only the new entries compare them.
        let alone = atom(&spec, std::slice::from_ref(entry));
        assert_eq!(alone.body[alone.entries[0].clone()], document.body[place], "{text:?}");
    }
}

#[test]
fn entries_are_found_beside_texts_that_look_like_them() {
    for text in [
        "",
        "<entry>",
        "</entry>",
        "</entry></feed>",
        "<entry xmlns=\"http://www.w3.org/2005/Atom\">",
        "\"><entry>",
        "'/><entry>",
        "<![CDATA[</entry><entry>]]>",
        "]]></entry>",
        "<!--<entry>-->",
        "--></entry>",
        "<?entry?><entry>",
        "&lt;entry&gt;",
        "&#60;/entry&#62;",
        "<ent\0ry></\u{fffe}entry>",
        "<atom:entry><entry/>",
    ] {
        check(text);
    }
}

proptest! {
    #[test]
    fn entries_are_found_whatever_the_texts_are(parts in prop::collection::vec(prop::sample::select(vec![
        "<entry>", "</entry>", "<entry", "</feed>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "&lt;", "&#60;", "&", "<", ">",
        "\"", "'", "/", "entry", " ", "\r\n", "\0", "é", "{source}",
    ]), 0..12)) {
        check(&parts.concat());
    }
}
