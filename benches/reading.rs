//! The cost of reading documents: the reading stage (charset, canonical form, feed-rs, hints) compared with feed-rs alone on
//! the same bytes in the same run. Cleaning is not included (see `benches/pipeline.rs`).
//!
//! `cargo bench --bench reading`. Only the ratios are meaningful, because machines differ and have other load. With
//! `-- --write FOLDER` the documents are written to that folder, so that other parsers can be timed on them.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use watershed::read::{self, Document};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs the benchmark without `--bench`. One round is then enough to see that it works.
    let rounds = if arguments.iter().any(|argument| argument == "--bench") { 200 } else { 1 };
    let documents = [
        ("RSS 2.0, 20 items of 6 kB in CDATA", rss(20, 15, true)),
        ("RSS 2.0, 500 items of 2 kB, escaped", rss(500, 4, false)),
        ("Atom, 100 entries of 3.5 kB, escaped", atom(100, 8)),
        ("Atom, 100 entries of 3.5 kB, XHTML", xhtml(100, 8)),
    ];
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        for (number, (_, document)) in documents.iter().enumerate() {
            let path = std::path::Path::new(&arguments[at + 1]).join(format!("{number}.xml"));
            std::fs::write(path, document).expect("the folder can be written");
        }
        return;
    }
    println!("{:<38} {:>8} {:>12} {:>12} {:>7}", format!("best of {rounds}"), "kB", "ours", "feed-rs", "ratio");
    for (name, document) in &documents {
        let body = document.as_bytes();
        let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
        for _ in 0..rounds {
            ours = ours.min(time(|| {
                let document = Document { body, content_type: None, url: "https://a.example/feed", max_entries: 5_000 };
                black_box(read::read(&document).expect("it is a feed"));
            }));
            theirs = theirs.min(time(|| {
                black_box(feed_rs::parser::parse(body).expect("it is well-formed"));
            }));
        }
        let rate = |took: Duration| body.len() as f64 / 1e6 / took.as_secs_f64();
        println!(
            "{name:<38} {:>8.0} {:>7.0} MB/s {:>7.0} MB/s {:>6.2}x",
            body.len() as f64 / 1e3,
            rate(ours),
            rate(theirs),
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn html(item: usize, paragraphs: usize) -> String {
    let mut html = String::new();
    for number in 0..paragraphs {
        let written = writeln!(
            html,
            "<p class=\"body\">Paragraph {number} of {item} says <b>something</b> that no other one says. It goes on for \
             a while, with a <a href=\"/page/{item}?from=feed&amp;x={number}\">link</a>, an image <img src=\"/i/{number}.png\" \
             alt=\"a picture\"/> and the words of a sentence, or two, or three, until it ends with a full stop at last, \
             as sentences do.</p>"
        );
        written.expect("a string takes everything");
    }
    html
}

fn rss(items: usize, paragraphs: usize, cdata: bool) -> String {
    let mut text =
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                    xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>T</title>\n\
                    <link>https://a.example/</link>\n<description>d</description>\n"
            .to_owned();
    for item in 0..items {
        let html = html(item, paragraphs);
        let body = if cdata { format!("<![CDATA[{html}]]>") } else { escaped(&html) };
        let written = writeln!(
            text,
            "<item>\n<title>News {item} &amp;amp; more</title>\n<link>https://a.example/{item}</link>\n\
             <guid isPermaLink=\"false\">https://a.example/?p={item}</guid>\n<dc:creator>Somebody</dc:creator>\n\
             <pubDate>Fri, 20 Nov 2026 10:{:02}:00 +0000</pubDate>\n<category>one</category>\n<category>two</category>\n\
             <description>In short: {item}</description>\n<content:encoded>{body}</content:encoded>\n</item>",
            item % 60
        );
        written.expect("a string takes everything");
    }
    text + "</channel>\n</rss>\n"
}

fn atom_with(entries: usize, body: impl Fn(usize) -> String) -> String {
    let mut text = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>T</title>\n\
                    <id>tag:a.example,2026:f</id>\n<updated>2026-11-20T12:00:00Z</updated>\n"
        .to_owned();
    for entry in 0..entries {
        let written = writeln!(
            text,
            "<entry>\n<title>News {entry}</title>\n<link href=\"https://a.example/{entry}\"/>\n\
             <id>tag:a.example,2026:{entry}</id>\n<updated>2026-11-20T11:{:02}:00Z</updated>\n\
             <author><name>Somebody</name></author>\n<category term=\"one\"/>\n{}\n</entry>",
            entry % 60,
            body(entry)
        );
        written.expect("a string takes everything");
    }
    text + "</feed>\n"
}

fn atom(entries: usize, paragraphs: usize) -> String {
    atom_with(entries, |entry| format!("<content type=\"html\">{}</content>", escaped(&html(entry, paragraphs))))
}

fn xhtml(entries: usize, paragraphs: usize) -> String {
    let div = |html: String| format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div>");
    atom_with(entries, |entry| format!("<content type=\"xhtml\">{}</content>", div(html(entry, paragraphs))))
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
