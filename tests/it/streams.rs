//! Many sources over several polls, with all the ways in which publishers mislead and copy: no entry is lost, none is
//! stored twice, copies are recognised, and look-alikes are not joined.

use std::time::Duration;

use watershed::stories::{Reach, StoryOptions};

#[path = "../../benches/streams/copies.rs"]
mod copies;
#[path = "../../benches/streams/stream.rs"]
pub mod stream;

use copies::{Article, WAYS, copy, with_footer};
use stream::{BEGIN, Dice, Feed, Format, Item, ROUND, Score, run};

const ROUNDS: usize = 6;
const ITEMS: usize = 8;
const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };
const FORMATS: [Format; 4] = [Format::Rss, Format::Atom, Format::Json, Format::Rdf];

/// A stream in the making.
struct Town {
    dice: Dice,
    feeds: Vec<Feed>,
    pieces: usize,
}

impl Town {
    fn new(seed: u64) -> Town {
        Town { dice: Dice(seed), feeds: Vec::new(), pieces: 0 }
    }

    /// New articles, each with the number of its piece.
    fn articles(&mut self, count: usize) -> Vec<(usize, Article)> {
        let mut article = || {
            self.pieces += 1;
            (self.pieces, Article::made_up(&mut self.dice, self.pieces))
        };
        (0..count).map(|_| article()).collect()
    }

    /// A source that lists the same articles in each round, as `write` writes them (round, number, item).
    fn source(
        &mut self,
        name: &str,
        format: Format,
        articles: &[(usize, Article)],
        write: impl Fn(usize, usize, &mut Item),
    ) {
        let name = format!("{name}{}", self.feeds.len());
        let list = |round: usize| {
            let item = |(number, (piece, article)): (usize, &(usize, Article))| {
                let mut item = item(&name, *piece, number, &article.title, with_footer(&article.html(), &name));
                write(round, number, &mut item);
                item
            };
            articles.iter().enumerate().map(item).collect()
        };
        let rounds = (0..ROUNDS).map(list).collect();
        self.feeds.push(Feed { name, format, rounds });
    }

    /// A source of items that do not change.
    fn fixed(&mut self, name: &str, format: Format, items: Vec<Item>) {
        let name = format!("{name}{}", self.feeds.len());
        self.feeds.push(Feed { name, format, rounds: vec![items; ROUNDS] });
    }
}

fn item(site: &str, piece: usize, number: usize, title: &str, html: String) -> Item {
    let link = format!("https://{site}.example/2026/11/{number}-{piece}");
    let at = BEGIN - 3_600 * (number as i64 + 1);
    let guid = Some(link.clone());
    Item { piece, kind: "own", title: title.to_owned(), html, link, guid, at, more: String::new() }
}

/// Sources whose keys mislead, each in its own way.
fn misleading(town: &mut Town) {
    for format in FORMATS {
        let list = |town: &mut Town, name: &str, write: &dyn Fn(usize, usize, &mut Item)| {
            let articles = town.articles(ITEMS);
            town.source(name, format, &articles, write);
        };
        list(town, "steady", &|_, _, _| {});
        list(town, "newkeys", &|round, number, item| {
            item.link = format!("https://news.example/rss/articles/CBMi{round}x{number}y{}", item.piece);
            item.guid = Some(format!("CBMi{round}x{number}y{}", item.piece));
        });
        list(town, "scheme", &|round, _, item| {
            if round % 2 == 1 {
                item.link = item.link.replace("https:", "http:");
            }
            item.guid = Some(item.link.clone());
        });
        list(town, "slugs", &|round, _, item| {
            if round >= 2 {
                item.title.push_str(" at last");
                item.link.push_str("-at-last");
            }
            item.guid = Some(item.link.clone());
        });
        list(town, "www", &|round, _, item| {
            if round % 2 == 1 {
                item.link = item.link.replace("https://", "https://www.");
            }
            item.guid = Some(item.link.clone());
        });
        list(town, "counted", &|round, _, item| {
            item.link.push_str(&format!("?utm_source=rss&utm_campaign={round}"));
            item.guid = Some(item.link.clone());
        });
        list(town, "alternating", &|round, _, item| {
            let id = if round % 2 == 0 { "https://medium.example/p/" } else { "https://blog.example/posts/" };
            item.guid = Some(format!("{id}{}", item.piece));
        });
        list(town, "restamped", &|round, _, item| item.at += round as i64 * ROUND);
        list(town, "moved", &|round, number, item| {
            if round >= 3 {
                item.link = format!("https://new.example/posts/{}/{number}", item.piece);
                item.guid = Some(format!("urn:new:{}", item.piece));
                item.at = BEGIN + 3 * ROUND;
            }
        });
        if format != Format::Atom && format != Format::Json {
            list(town, "oneid", &|_, _, item| item.guid = Some("N/A".to_owned()));
        }
    }
    for name in ["nolink", "rootlink"] {
        let articles = town.articles(ITEMS);
        town.source(name, Format::Rss, &articles, |_, _, item| {
            item.guid = None;
            item.link = if name == "nolink" { String::new() } else { "https://status.example/".to_owned() };
        });
    }
    // One id and one address for whichever article is the last.
    let articles = town.articles(ROUNDS);
    let name = format!("latest{}", town.feeds.len());
    let latest = |(round, (piece, article)): (usize, &(usize, Article))| {
        let mut item = item(&name, *piece, 0, &article.title, article.html());
        item.link = format!("https://{name}.example/latest");
        item.guid = Some("latest".to_owned());
        item.at = BEGIN + round as i64 * ROUND;
        vec![item]
    };
    let rounds = articles.iter().enumerate().map(latest).collect();
    town.feeds.push(Feed { name: name.clone(), format: Format::Rss, rounds });
    // A window that moves on, and a document that lists each item twice.
    let articles = town.articles(ITEMS + ROUNDS * 2);
    let name = format!("rolling{}", town.feeds.len());
    let all: Vec<Item> = articles
        .iter()
        .enumerate()
        .map(|(number, (piece, article))| item(&name, *piece, number, &article.title, article.html()))
        .collect();
    let rounds = (0..ROUNDS).map(|round| all[round * 2..round * 2 + ITEMS].to_vec()).collect();
    town.feeds.push(Feed { name, format: Format::Atom, rounds });
    let articles = town.articles(ITEMS);
    let name = format!("twice{}", town.feeds.len());
    let twice = articles
        .iter()
        .enumerate()
        .flat_map(|(number, (piece, article))| vec![item(&name, *piece, number, &article.title, article.html()); 2])
        .collect();
    town.fixed("twice", Format::Rss, twice);
}

/// Sources that consist of copies, in every way and format, and the sources that they copy.
fn copying(town: &mut Town) {
    for (at, way) in WAYS.into_iter().enumerate() {
        let articles = town.articles(ITEMS);
        let paper = format!("paper{}", town.feeds.len());
        town.source("paper", FORMATS[at % 4], &articles, |_, _, _| {});
        for format in FORMATS {
            let name = format!("copier{}", town.feeds.len());
            let copied = articles
                .iter()
                .enumerate()
                .map(|(number, (piece, article))| {
                    let (title, html) = copy(&mut town.dice, article, way, &name);
                    let html = if html.is_empty() { html } else { with_footer(&html, &name) };
                    let mut item = item(&name, *piece, number, &title, html);
                    item.kind = way;
                    if way == "link" {
                        item.link = item.link.replace(&name, &paper) + "?utm_source=" + &name;
                        item.html = "<p>Read it there.</p>".to_owned();
                    }
                    item
                })
                .collect();
            town.fixed("copier", format, copied);
        }
    }
}

/// Sources whose items are similar, but different pieces.
fn look_alikes(town: &mut Town) {
    let own = |town: &mut Town, name: &str, write: &dyn Fn(&str, usize) -> (String, String, String)| {
        for format in [Format::Rss, Format::Rss] {
            let site = format!("{name}{}", town.feeds.len());
            let items = (0..ITEMS)
                .map(|number| {
                    town.pieces += 1;
                    let (title, html, more) = write(&site, town.pieces);
                    Item { kind: "look-alike", more, ..item(&site, town.pieces, number, &title, html) }
                })
                .collect();
            town.fixed(name, format, items);
        }
    };
    own(town, "weather", &|_, piece| {
        let html = format!(
            "<p>The weather of place {piece}: clouds in the morning, sun in the afternoon, wind from the west, {} degrees at \
             most and {} at least, {} millimetres of rain, as the office for the weather says in its report of this day, which \
             is free for all who name the office.</p>",
            piece % 37,
            piece % 17,
            piece % 13
        );
        (format!("Weather for place {piece}"), html, String::new())
    });
    own(town, "bulletin", &|site, piece| {
        let html = "<p>The news of the hour, read by our own people, from here and from all of the world, every hour of the day \
                    and of the night, also as a podcast wherever podcasts are to be had.</p>";
        let more = format!(
            "<enclosure url=\"https://{site}.example/bulletin-{piece}.mp3\" type=\"audio/mpeg\" length=\"5\"/>"
        );
        ("The news of the hour from all of the world".to_owned(), html.to_owned(), more)
    });
    own(town, "jobs", &|site, piece| {
        let html = format!(
            "<p>{site} is looking for an engineer in town {piece}. You bring years of experience, a liking for clear words, and \
             patience with machines; we bring a good salary, a desk at the window, and colleagues who listen. Write to us with \
             what you have done, and we shall answer within the week.</p>"
        );
        (format!("Engineer wanted in town {piece}"), html, String::new())
    });
    own(town, "short", &|_, piece| {
        (format!("Short {piece}"), format!("<p>Good morning number {piece}!</p>"), String::new())
    });
    // The same headline over different texts, and follow-ups that quote.
    let articles = town.articles(ITEMS * 3);
    for (at, some) in articles.chunks(ITEMS).enumerate() {
        let quoted = articles[0].1.words();
        town.source("namesake", FORMATS[at], some, |_, number, item| {
            item.title = format!("The same headline over piece number {number} of us");
            if at == 2 {
                item.html.push_str(&format!("<blockquote>{}</blockquote>", quoted[quoted.len() / 3..].join(" ")));
            }
        });
    }
}

fn stream(seed: u64) -> Vec<Feed> {
    let mut town = Town::new(seed);
    misleading(&mut town);
    copying(&mut town);
    look_alikes(&mut town);
    town.feeds
}

fn told(score: &Score) -> String {
    let kinds: Vec<String> = score.kinds.iter().map(|(kind, (all, met))| format!("{kind} {met}/{all}")).collect();
    let wrongs: Vec<String> = score.wrongs.iter().take(10).map(|it| format!("{it:?}")).collect();
    format!(
        "{} entries of {} pieces; {} of {} copies suppressed; {} wrong, {} lost, {} stored twice, {} missing\n  {}\n  {}",
        score.entries,
        score.pieces,
        score.suppressed,
        score.copies,
        score.wrong,
        score.lost,
        score.twice,
        score.missing,
        kinds.join(", "),
        wrongs.join("\n  ")
    )
}

#[test]
fn no_entry_is_lost_and_copies_are_joined() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for seed in [1, 2] {
        let feeds = stream(seed);
        let score = runtime.block_on(run(&feeds, NEAR));
        println!("{} sources: {}", feeds.len(), told(&score));
        assert_eq!((score.missing, score.lost, score.twice), (0, 0, 0), "{}", told(&score));
        assert!(score.recall() >= 0.99 && score.precision() >= 0.995, "{}", told(&score));
    }
}
