//! Sequences of polls, each of a source of its own: what publishers do to entries that are stored already. Entries are
//! neither lost nor doubled, `updated` moves only for real changes, and look-alikes stay apart.

use crate::cost::words;
use crate::sequence::{
    ALL, DAY, HOUR, anew, article, articles, check, cut, dated, each, in_turn, moved_to, named, rolling, sequence,
    site_of, some, sound, teaser,
};
use crate::streams::stream::{BEGIN, Dice, Format, Item};

#[test]
fn a_change_of_template_moves_no_updated() {
    let template = |name: &'static str, before: &dyn Fn(&mut Item), after: &dyn Fn(&mut Item)| {
        let items = articles(&site_of(name), ALL);
        sequence(name, vec![each(&items, before), each(&items, after)])
    };
    // The same with short texts.
    let brief = |name: &'static str, before: &dyn Fn(&mut Item), after: &dyn Fn(&mut Item)| {
        let items = each(&articles(&site_of(name), ALL), &teaser);
        sequence(name, vec![each(&items, before), each(&items, after)])
    };
    let as_it_is = |_: &mut Item| {};
    let below = |item: &mut Item| {
        item.html +=
            &format!("<p>The post <a href=\"{}\">{}</a> appeared first on The Garden.</p>", item.link, item.title);
    };
    let above = |item: &mut Item| {
        item.html =
            format!("<p>Our summer sale has begun: all seeds cost half until the end of June.</p>{}", item.html);
    };
    let prefix = |item: &mut Item| item.title = format!("[Garden] {}", item.title);
    let suffix = |item: &mut Item| item.title += " | News | The Garden";
    let picture = |host: &'static str| {
        move |item: &mut Item| {
            let url = format!("https://{host}.example/w800/{}-wide.jpg", item.piece);
            item.html = format!("<p><img src=\"{url}\" alt=\"\"/></p>{}", item.html);
            item.more = format!("<enclosure url=\"{url}\" type=\"image/jpeg\" length=\"9\"/>");
        }
    };
    let audio = |base: &'static str, is_renamed: bool| {
        move |item: &mut Item| {
            let name = if is_renamed { 7_000 + 13 * item.piece } else { item.piece };
            item.html = format!("<p>{}</p>", item.title);
            item.more = sound(&format!("https://{base}/{name}-of-the-garden-hour.mp3"));
        }
    };
    let minutes = {
        let items = each(&articles("minutes", ALL), &teaser);
        let read = |round: usize| {
            each(&items, &|item| item.html += &format!("<p>{} min read</p>", (item.piece * 3 + round * 5) % 11 + 2))
        };
        sequence("N min read that varies", vec![items.clone(), read(0), read(1), read(2)])
    };
    check(&[
        template("a line below each", &as_it_is, &below),
        brief("a line below each short text", &as_it_is, &below),
        brief("a line above each", &as_it_is, &above),
        brief("a line is removed", &below, &as_it_is),
        template("summary to full text", &cut, &as_it_is),
        template("full text to summary", &as_it_is, &cut),
        template("a title prefix", &as_it_is, &prefix),
        template("a title suffix", &as_it_is, &suffix),
        template("a title prefix goes", &prefix, &as_it_is),
        minutes,
        template("another picture host", &picture("img-one"), &picture("cdn-two")),
        template("another audio host", &audio("a.old.example/show", false), &audio("b.new.example/media/7", false)),
        template("another audio host and file", &audio("a.old.example/show", true), &audio("c.new.example", false)),
        brief("a line and a prefix at once", &as_it_is, &|item| {
            below(item);
            prefix(item);
        }),
    ]);
}

#[test]
fn an_entrys_own_change_moves_updated_beside_a_template_change() {
    let below =
        |item: &mut Item| item.html += "<p>Thank you for reading. Subscribe to our letter for more of this.</p>";
    let beside = |name: &'static str, template: &dyn Fn(&mut Item)| {
        let items = each(&articles(&site_of(name), ALL), &teaser);
        let own = some(&items, &[3, 7], &|item| item.html = anew(item, "own").html);
        let own = some(&own, &[5], &|item| item.title = anew(item, "own").title);
        sequence(name, vec![items, each(&own, template)]).moves(&[3, 5, 7])
    };
    let alone = |name: &'static str, count: usize, pieces: &[usize], edit: &dyn Fn(&mut Item)| {
        let items = articles(&site_of(name), count);
        sequence(name, vec![items.clone(), some(&items, pieces, edit)]).moves(pieces)
    };
    let rewritten = |item: &mut Item| item.html = anew(item, "own").html;
    check(&[
        beside("beside a line below each", &below),
        beside("beside a title suffix", &|item| item.title += " | News | The Garden"),
        alone("three of twelve have a paragraph more", ALL, &[1, 4, 9], &|item| {
            item.html += &anew(item, "more").html;
        }),
        alone("one text of twelve", ALL, &[6], &rewritten),
        alone("one headline of twelve", ALL, &[6], &|item| item.title = anew(item, "own").title),
        alone("both texts of two", 2, &[0, 1], &rewritten),
        alone("the only text", 1, &[0], &rewritten),
    ]);
}

/// The states of a source some of whose pieces are edited in one way or the other.
fn states(site: &str, edits: &[&dyn Fn(&mut Item)], pieces: &[usize]) -> Vec<Vec<Item>> {
    let items = articles(site, ALL);
    edits.iter().map(|edit| some(&items, pieces, *edit)).collect()
}

#[test]
fn a_return_to_an_earlier_version_is_no_news() {
    let as_it_is = |_: &mut Item| {};
    let titled = |item: &mut Item| item.title = anew(item, "second").title;
    let second = |item: &mut Item| item.html = anew(item, "second").html;
    let third = |item: &mut Item| item.html = anew(item, "third").html;
    let day = |date: &'static str| {
        move |item: &mut Item| {
            teaser(item);
            item.html += &format!("<p>Prices as of {date}.</p>");
        }
    };
    let on = |name: &'static str| move |item: &mut Item| item.title += &format!(" on {name}");
    let (a, b) = ([0, 1, 0, 1, 0, 1], [0, 1, 2, 0, 1, 2, 1]);
    let all: Vec<usize> = (0..ALL).collect();
    let nodes = {
        let items = articles("nodes", ALL);
        let other = some(&items, &[1, 4, 6], &titled);
        vec![items, some(&other, &[8], &second)]
    };
    let dates = |item: &mut Item| item.at += 2 * DAY;
    check(&[
        in_turn("titles A and B", &states("a-b", &[&as_it_is, &titled], &[2]), &a).moves(&[2]),
        in_turn("texts A, B and C", &states("a-b-c", &[&as_it_is, &second, &third], &[2]), &b).moves(&[2, 2]),
        in_turn("full and cut", &states("full-cut", &[&as_it_is, &cut], &[2]), &a),
        in_turn("cut and full", &states("cut-full", &[&cut, &as_it_is], &[2]), &a).may_move(&[2]),
        in_turn("all of them full and cut", &states("all-cut", &[&as_it_is, &cut], &all), &a),
        in_turn(
            "a rotating date in the text",
            &states(
                "rotating",
                &[
                    &day("Monday, 2 November, early"),
                    &day("Tuesday, 3 November, noon"),
                    &day("Friday, 6 November, late"),
                ],
                &[2],
            ),
            &b,
        )
        .may_move(&[2, 2]),
        in_turn(
            "a rotating date in the title",
            &states("rotating-title", &[&on("Monday"), &on("Tuesday"), &on("Friday")], &[2]),
            &b,
        )
        .may_move(&[2, 2]),
        in_turn("a date that alternates", &states("dates", &[&as_it_is, &dates], &[2]), &a),
        in_turn("two nodes that disagree on four", &nodes, &a).moves(&[1, 4, 6, 8]),
    ]);
}

#[test]
fn moved_entries_are_recognised() {
    // A sequence before and after a move, with one entry more.
    let move_of = |name: &'static str, pieces: &[usize], edit: &dyn Fn(&mut Item)| {
        let site = site_of(name);
        let before = articles(&site, ALL);
        let after = some(&before, pieces, edit);
        let mut next = vec![article(&format!("{site}-next"), ALL)];
        next.extend(after.iter().cloned());
        sequence(name, vec![before, after, next])
    };
    let all: Vec<usize> = (0..ALL).collect();
    let half: Vec<usize> = (0..ALL / 2).map(|at| 2 * at).collect();
    let restamped = |host: &'static str| {
        let rename = moved_to(host);
        move |item: &mut Item| {
            rename(item);
            item.at = BEGIN + 20 * DAY + 9 * HOUR;
        }
    };
    let decorated = |item: &mut Item| {
        moved_to("decorated-new")(item);
        item.title += " | News | The Garden";
    };
    let slug = |item: &mut Item| {
        item.title = anew(item, "edited").title;
        item.link = format!("https://slug.example/{}", item.title.replace(' ', "-"));
        item.guid = Some(item.link.clone());
    };
    let episodes = |host: &'static str| {
        move |item: &mut Item| {
            item.html = format!("<p>We talk with a guest about {}.</p>", item.title);
            item.guid = Some(format!("{host}:{}", item.piece * 7 + host.len()));
            item.link = format!("https://{host}.example/episodes/{}", item.piece * 7 + host.len());
            item.more = sound(&format!("https://media.{host}.example/{}-{host}-episode.mp3", item.piece * 7));
        }
    };
    let podcast = articles("podcast", ALL);
    let plain = |item: &mut Item| {
        item.link = item.link.replace("https:", "http:");
        item.guid = Some(item.link.clone());
    };
    let secure = |item: &mut Item| item.guid = Some(item.link.clone());
    let https = articles("https", ALL);
    let scheme = |item: &mut Item| {
        item.html = anew(item, "rewritten").html;
        item.guid = Some(format!("urn:entry:{}", 900 + item.piece));
    };
    let full = articles("formats", ALL);
    let abstracts = each(&full, &|item| {
        cut(item);
        item.guid = Some(item.link.clone());
    });
    check(&[
        move_of("a whole site to another host", &all, &moved_to("whole-new")),
        move_of("a whole site with dates restamped", &all, &restamped("stamped-new")),
        move_of("four entries only", &[2, 5, 6, 9], &moved_to("four-new")),
        move_of("four entries restamped", &[2, 5, 6, 9], &restamped("four-stamped-new")),
        move_of("half of the entries", &half, &moved_to("half-new")),
        move_of("half of the entries restamped", &half, &restamped("half-stamped-new")),
        move_of("with decorated titles", &all, &decorated),
        sequence("a podcast", vec![each(&podcast, &episodes("oldcast")), each(&podcast, &episodes("newhost"))]),
        move_of("slug and headline", &[7], &slug).may_move(&[7]),
        sequence("http to https", vec![each(&https, &plain), each(&https, &secure)]),
        move_of("other guids and rewritten texts", &all, &scheme).may_move(&all),
        sequence("RSS abstracts to Atom with full texts", vec![abstracts]).then(Format::Atom, full),
    ]);
}

#[test]
fn meaningless_ids_and_addresses_lose_no_entries() {
    // A window of six items that moves over eight.
    let placeholder =
        |name: &'static str, edit: &dyn Fn(&mut Item)| rolling(name, &each(&articles(&site_of(name), 8), edit), 6);
    let both = |text: &str| named(Some(text.to_owned()), text.to_owned());
    let tools = ["Anvil", "Bellows", "Chisel", "Drill", "Easel", "File", "Gauge", "Hammer"];
    let releases = |item: &mut Item| {
        let tool = tools[item.piece];
        item.title = format!("{tool} 16.1");
        item.html = format!("Version 16.1 of {tool} released");
        both("N/A")(item);
    };
    let at_random = |name: &'static str, has_link: bool| {
        let fetch = |round: usize| {
            each(&articles(name, 8), &|item| {
                let seed = name.len() * 1_000 + round * 100 + item.piece;
                let chance = words(&mut Dice(seed as u64 * 7_919), 4).replace(' ', "");
                item.guid = Some(format!("CBMi{chance}"));
                if !has_link {
                    item.link = format!("https://news.example/rss/articles/CBMi{chance}?oc=5");
                }
            })
        };
        sequence(name, (0..4).map(fetch).collect())
    };
    let nameless = articles("nameless", 8);
    let restamped = |round: i64| {
        each(&nameless, &|item| {
            named(None, String::new())(item);
            item.at = BEGIN + (20 + round) * DAY + 9 * HOUR;
        })
    };
    let builds: Vec<Item> =
        (0..4).rev().map(|day| dated("Build succeeded", "All tests passed on main.", day)).collect();
    let thread_text = article("thread-text", 0).html;
    let threads: Vec<Item> = (0..3).rev().map(|week| dated("What do you read?", &thread_text, week * 7)).collect();
    let reports: Vec<Item> = (0..7).rev().map(|day| dated("Road report", "All roads are open.", day)).collect();
    check(&[
        placeholder("guid N/A", &named(Some("N/A".to_owned()), "N/A".to_owned())),
        placeholder("guid N/A with links", &|item| item.guid = Some("N/A".to_owned())),
        placeholder("link #", &named(None, "#".to_owned())),
        placeholder("null", &both("null")),
        placeholder("undefined", &both("undefined")),
        placeholder("a dash", &both("-")),
        placeholder("the root as link", &named(None, "https://root.example/".to_owned())),
        placeholder("one link for all", &named(None, "https://one.example/app/news".to_owned())),
        placeholder("one guid for all", &|item| item.guid = Some("1".to_owned())),
        placeholder(
            "one guid and one link for all",
            &named(Some("app".to_owned()), "https://x.example/app".to_owned()),
        ),
        placeholder("guid N/A over releases that say nearly the same", &releases),
        at_random("guids-at-random", true),
        at_random("guids-and-links-at-random", false),
        rolling("the same text on other days without a name", &builds, 1),
        rolling("weekly threads without a name", &threads, 1),
        rolling("the same reports, listed together", &reports, 4),
        sequence("restamped at each poll and without a name", (0..3).map(restamped).collect()),
    ]);
}

#[test]
fn a_piece_that_is_listed_twice_is_stored_once() {
    let twice = |name: &'static str, count: usize, again: &dyn Fn(&mut Item)| {
        let items = articles(&site_of(name), count);
        let doubled = |items: &[Item]| -> Vec<Item> {
            items
                .iter()
                .flat_map(|item| [each(std::slice::from_ref(item), again), vec![item.clone()]].concat())
                .collect()
        };
        let all = doubled(&items);
        // At the second poll one entry has left, and at the third they come in another order.
        sequence(name, vec![all.clone(), doubled(&items[..count - 1]), all.into_iter().rev().collect()])
    };
    let place = |item: &mut Item, number: usize| item.guid = Some(format!("{}#{number}", item.link));
    let counted = articles("counted", 9);
    let counted = |pieces: &[usize], number: usize| {
        let first = each(&counted, &|item| {
            cut(item);
            place(item, 0);
        });
        some(&first, pieces, &|item| {
            place(item, number);
            item.html = words(&mut Dice((number * 50 + item.piece) as u64 * 7_919), 25);
        })
    };
    let fragments = |pieces: &[usize]| vec![counted(&[], 0), counted(pieces, 1), counted(pieces, 2)];
    check(&[
        twice("under another guid", 6, &|item| item.guid = Some(format!("again-{}", item.piece))),
        twice("under another fragment, two hours later", 6, &|item| {
            place(item, 3);
            item.at += 2 * HOUR;
        }),
        twice("with a counter behind the address", 6, &|item| {
            item.link += "?utm_source=rss&utm_medium=feed";
            item.guid = Some(format!("again-{}", item.piece));
        }),
        sequence("fragments that count revisions", fragments(&[2, 5, 6])).may_move(&[2, 2, 5, 5, 6, 6]),
    ]);
}

#[test]
fn look_alikes_stay_apart() {
    let site = |site: &str, mut item: Item, day: usize| {
        item.guid = Some(format!("{site}-{day}"));
        item.link = format!("https://{site}.example/{day}");
        item
    };
    let newest_first = |count: usize, make: &dyn Fn(usize) -> Item| (0..count).rev().map(make).collect::<Vec<Item>>();
    let bulletins = newest_first(7, &|hour| {
        let mut item = dated("News at the hour", "<p>The news from all over the world.</p>", 3);
        item.at += hour as i64 * HOUR;
        item.more = sound(&format!("https://radio.example/bulletin-{hour:04}.mp3"));
        item.link = "https://radio.example/".to_owned();
        item
    });
    let named_bulletins = newest_first(6, &|hour| {
        let item = site("hourly", bulletins[6 - hour].clone(), hour);
        Item { title: "World news in five minutes".to_owned(), ..item }
    });
    let forecast_text = article("forecast-text", 0).html;
    let forecasts = newest_first(8, &|day| {
        let html = format!("{forecast_text}<p>{}</p>", words(&mut Dice(day as u64 * 7_919 + 3), 8));
        site("forecast", dated("The forecast for the coast", &html, day), day)
    });
    let thread_text = article("open-thread-text", 0).html;
    let threads =
        newest_first(4, &|week| site("thread", dated("Open thread of the week", &thread_text, week * 7), week));
    let intro = article("series-text", 0).html;
    let series = |site: &str| {
        each(&articles(site, 5), &|item| {
            item.title = format!("How we built the {site}, part {}", item.piece + 1);
            item.html = format!("{intro}{}", item.html);
        })
    };
    let headline = |name: &'static str| {
        each(&articles(name, 4), &|item| item.title = format!("What the council of {name} decided this week"))
    };
    let same_second = each(&headline("Aldermoor"), &|item| item.at = BEGIN + 5 * DAY);
    let week: Vec<Vec<Item>> = articles("weeks", 21).chunks(7).rev().map(<[Item]>::to_vec).collect();
    check(&[
        rolling("hourly bulletins with other sound", &bulletins, 3),
        rolling("hourly bulletins with names", &named_bulletins, 2),
        rolling("daily forecasts", &forecasts, 3),
        rolling("weekly threads", &threads, 1),
        rolling("parts of a series", &series("boat"), 1),
        sequence("parts of a series, listed together", vec![series("shed")]),
        rolling("one headline, other texts", &headline("Brackwater"), 1),
        rolling("one headline and second, other texts", &same_second, 2),
        sequence("a window that has rolled on", week),
    ]);
}
