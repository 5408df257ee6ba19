//! Mistakes in stories and identity that must not happen, in any order and any script.

use crate::family::Article;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;
use crate::stories::{FeedItem, feed, html, piece, polled, stories, text_of, with_guid};

/// Polls pieces in this order, each from a source of its own, and checks which of them are one story.
fn check(what: &str, pieces: &[FeedItem], wanted: &[&[&str]]) {
    let names: Vec<String> = (0..pieces.len()).map(|at| format!("s{at}")).collect();
    let sources: Vec<(&str, Vec<FeedItem>)> =
        names.iter().map(String::as_str).zip(pieces.iter().map(|piece| vec![piece.clone()])).collect();
    let (_origin, program) = polled(&sources, "");
    let mut wanted: Vec<Vec<String>> =
        wanted.iter().map(|story| story.iter().map(|name| (*name).to_owned()).collect()).collect();
    let mut found = stories(&program);
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted, "{what}");
}

const APART: &[&[&str]] = &[&["s0"], &["s1"]];
const ONE: &[&[&str]] = &[&["s0", "s1"]];

#[test]
fn a_source_cannot_take_over_entries_of_another_source() {
    // It has the victim's address and id and nearly its headline, and comes first.
    let link = "https://bank.example/news/1";
    let bank = |title: &str, number: u32| with_guid(link, piece(title, link, &text_of(number)));
    let spoof = bank("Bank opens new branch in hell", 1);
    let genuine = bank("Bank opens new branch in town", 2);
    check("a spoof", &[spoof.clone(), genuine.clone()], APART);
    let same_title = bank("Bank opens new branch in town", 3);
    check("a comment under the same headline", &[same_title, genuine.clone()], APART);
    let (_origin, program) = polled(&[("a", vec![spoof]), ("b", vec![genuine])], "");
    let titles: Vec<String> =
        program.entries().iter().map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect();
    assert!(titles.contains(&"Bank opens new branch in town".to_owned()), "{titles:?}");
}

#[test]
fn a_headline_alone_does_not_join_different_texts() {
    let title = "Open thread for the whole long weekend";
    let said = |site: &str, html: &str| piece(title, &format!("https://{site}.example/x"), html);
    let one = "<p>Tell us which of the films of this summer you liked best, and why you did.</p>";
    let other = "<p>Here is the place for questions on tax forms before the office closes on Monday.</p>";
    check("two short texts", &[said("a", one), said("b", other)], APART);
    check("a short text and a long one", &[said("a", one), said("b", &text_of(4))], APART);
    check("a headline and its text", &[said("a", ""), said("b", other)], ONE);
    let release = |site: &str, version: &str| {
        piece(&format!("The tool, version v{version}"), &format!("https://{site}.example/{version}"), &text_of(9))
    };
    check("versions", &[release("a", "2"), release("b", "3")], APART);
}

#[test]
fn copies_are_joined_in_any_order() {
    let article = Article::read();
    let text = article.paragraphs.clone();
    let from =
        |site: &str, title: &str, text: &[String]| piece(title, &format!("https://{site}.example/x"), &html(text));
    let by = [vec!["By our correspondent, with agencies".to_owned()], text.clone()].concat();
    let copies = [
        from("a", &article.title, &text),
        from("b", &article.title, &by),
        from("c", "Under quite another headline", &text),
        from("d", &article.title, &text[..text.len() - 1]),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let pieces: Vec<FeedItem> = order.iter().map(|at| copies[*at].clone()).collect();
        check(&format!("{order:?}"), &pieces, &[&["s0", "s1", "s2", "s3"]]);
    }
}

#[test]
fn scripts_without_spaces_between_words_are_compared_too() {
    let body = "<p>昨日の夜、町の北にある古い橋が大雨のために崩れました。けが人はいませんが、通れるようになるまで数か月かかる\
                見込みです。市長は今朝、現場を訪れ、新しい橋を建てるための費用を国に求めると述べました。住民は川の南側を\
                通る道を使うように求められています。</p>";
    let other = "<p>図書館は来月から日曜日にも開くことになりました。利用者の声を受けて市が決めたもので、開館時間は午前十時から\
                 午後五時までです。子どものための読み聞かせの会も毎週開かれる予定で、申し込みは窓口で受け付けています。</p>";
    let from = |site: &str, title: &str, html: &str| piece(title, &format!("https://{site}.example/x"), html);
    let title = "町の北にある古い橋が大雨で崩れる";
    check("a copy", &[from("a", title, body), from("b", "橋の崩落について", body)], ONE);
    check("another piece", &[from("a", title, body), from("b", title, other)], APART);
    check("a bare headline", &[from("a", title, body), from("b", title, "")], ONE);
    check(
        "Cyrillic",
        &[from("a", "Старый мост за рекой обрушился ночью", ""), from("b", "Старый мост за рекой обрушился ночью", "")],
        ONE,
    );
}

#[test]
fn entries_without_id_and_address_are_not_lost() {
    let nameless = |text: &str| FeedItem { title: String::new(), link: String::new(), ..piece("", "", text) };
    let pieces = [nameless("<p>One.</p>"), nameless("<p>Two.</p>"), nameless("<p>Three.</p>")];
    let (origin, program) = polled(&[("a", pieces.to_vec())], "");
    assert_eq!(program.entries().len(), 3);
    let turned: Vec<FeedItem> = pieces.iter().rev().cloned().collect();
    origin.document("/a", feed("a", &turned));
    let again = program.poll("a");
    let count = |name: &str| again[name].as_u64().unwrap_or_default();
    assert_eq!((count("new"), count("revised"), count("same")), (0, 0, 3), "by position: {again}");
}

#[test]
fn a_decision_on_one_entry_does_not_protect_another() {
    let copy = |site: &str, number: u32| {
        piece("What became of the old bridge in the end", &format!("https://{site}.example/x"), &text_of(number))
    };
    let (origin, program) = polled(&[("a", vec![copy("a", 1)]), ("b", vec![copy("b", 1)])], "");
    assert_eq!(stories(&program), [["a", "b"]]);
    for verb in ["hide", "unhide"] {
        program.run(&[verb, "https://b.example/x"]).expect(0);
    }
    let other = piece("Something quite different today", "https://b.example/x", &text_of(5));
    origin.document("/b", feed("b", &[other]));
    program.poll("b");
    assert_eq!(stories(&program).len(), 2, "it is a different piece now, although it was hidden before");
}

#[test]
fn sources_without_stories_do_not_change_those_of_others() {
    let text = text_of(3);
    let copy =
        |site: &str| piece("What became of the old bridge in the end", &format!("https://{site}.example/x"), &text);
    let origin = Origin::start();
    let mut config = String::new();
    for (name, more) in [("a", ""), ("off", "stories = \"off\""), ("b", "")] {
        config += &source(&origin, name, &format!("/{name}"), more);
        origin.document(&format!("/{name}"), feed(name, &[copy(name)]));
    }
    let program = Program::new(&config);
    // The next poll prunes old texts again, whichever source it polls, because the time of the last pruning is deleted.
    program.poll("a");
    let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("it opens");
    let forgotten = database.execute("DELETE FROM fact WHERE name = 'stories_pruned'", []).expect("it can be written");
    assert_eq!(forgotten, 1);
    for name in ["off", "b"] {
        program.poll(name);
    }
    let mut found = stories(&program);
    found.sort();
    assert_eq!(found, [vec!["a", "b"], vec!["off"]]);
}
