//! Names that stay: those that were made for sources without a `name`, and addresses after a rename.

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, Program};

/// A source without a name.
fn unnamed(origin: &Origin, path: &str) -> String {
    format!("\n[[source]]\nurl = \"{}\"\n", origin.url(path))
}

fn names(program: &Program) -> Vec<String> {
    let name = |record: &serde_json::Value| record["name"].as_str().expect("a source has a name").to_owned();
    let mut names: Vec<String> = program.records(&["list", "--json"]).iter().map(name).collect();
    names.sort();
    names
}

#[track_caller]
fn reload(program: &Program, more: &str) {
    program.configure(&format!("{BASE}{more}"));
    program.run(&["reload"]).expect(0);
}

/// Asks for an address, which must lead to another address.
#[track_caller]
fn leads(daemon: &Daemon, from: &str, to: &str) {
    let reply = daemon.get(from).expect(301);
    let base = url::Url::parse(&format!("http://{}{from}", daemon.address)).expect("an address");
    let there = base.join(reply.header("location")).expect("a reference");
    assert_eq!(there.as_str(), format!("http://{}{to}", daemon.address), "{from}");
}

/// Asks for an address, which must lead to another address that exists.
#[track_caller]
fn moved(daemon: &Daemon, from: &str, to: &str) {
    leads(daemon, from, to);
    daemon.get(to).expect(200);
}

#[test]
fn a_made_name_is_kept_whatever_other_sources_come_and_go() {
    let origin = Origin::start();
    for path in ["/feed", "/rss", "/atom"] {
        origin.document(path, rss(path, &items(&path[1..], 0..2)));
    }
    let (first, second, third) = (unnamed(&origin, "/feed"), unnamed(&origin, "/rss"), unnamed(&origin, "/atom"));
    let program = Program::new(&first);
    let daemon = program.daemon();
    let kept = names(&program).remove(0);
    program.poll(&kept);
    // A source for which the same name would be made gets a longer name, and the first keeps its own, also behind it.
    reload(&program, &(second.clone() + &first));
    let both = names(&program);
    assert!(both.len() == 2 && both[0] == kept && both[1].starts_with(&format!("{kept}-")), "{both:?}");
    daemon.get(&format!("/source/{kept}.atom")).expect(200);
    // While the first is away, nobody takes its name, and the second keeps its longer one.
    reload(&program, &(third.clone() + &second));
    assert!(!names(&program).contains(&kept) && names(&program).contains(&both[1]), "{:?}", names(&program));
    reload(&program, &format!("{third}{second}{first}"));
    let all = names(&program);
    assert!(all.len() == 3 && both.iter().all(|name| all.contains(name)), "{all:?}");
    assert_eq!(daemon.term(), 0);
    // Commands that only read the configuration name the sources as the daemon does, and change nothing.
    let files = || {
        let entries = std::fs::read_dir(program.folder()).expect("it is there").flatten();
        let mut files: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        files.sort();
        files
    };
    let before = files();
    let effective = program.run(&["config", "--effective"]).expect(0).stdout;
    assert!(all.iter().all(|name| effective.contains(&format!("name = \"{name}\""))), "{effective}");
    assert_eq!(files(), before, "reading names makes no file beside the database");
    let output = format!("[[output]]\nname = \"one\"\nsources = [\"{kept}\"]\n");
    program.configure(&format!("{BASE}{second}{first}{output}"));
    program.run(&["check"]).expect(0);
    let daemon = program.daemon();
    assert_eq!(names(&program), both);
    daemon.get("/one.atom").expect(200);
}

#[test]
fn old_addresses_redirect_after_a_rename() {
    let origin = Origin::start();
    for name in ["a", "b", "p"] {
        origin.document(&format!("/{name}"), rss(name, &items(name, 0..3)));
    }
    let config = |names: [&str; 3], tags: [&str; 2], output: &str| {
        let [a, b, hidden] = names;
        [
            source(&origin, a, "/a", &format!("tags = [\"{}\"]", tags[0])),
            source(&origin, b, "/b", &format!("tags = [\"{}\"]", tags[1])),
            source(&origin, hidden, "/p", "private = true"),
            format!("[[output]]\nname = \"{output}\"\nsources = [\"{a}\"]\n"),
            format!("[[output]]\nname = \"{output}-secret\"\nsources = [\"{hidden}\"]\ntoken = \"t0ken\"\n"),
        ]
        .concat()
    };
    let program = Program::new(&config(["a", "b", "hidden"], ["c/d", "c/d"], "mine"));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let archive = daemon.get("/archive/mine/1.atom").expect(200).text();
    reload(&program, &config(["aa", "b", "covert"], ["e:f", "e:f"], "ours"));
    for format in ["atom", "rss", "json", "html", "opml"] {
        moved(&daemon, &format!("/source/a.{format}"), &format!("/source/aa.{format}"));
        moved(&daemon, &format!("/tag/c%2Fd.{format}"), &format!("/tag/e%3Af.{format}"));
        moved(&daemon, &format!("/mine.{format}"), &format!("/ours.{format}"));
    }
    leads(&daemon, "/source/a/1.html", "/source/aa/1.html");
    leads(&daemon, "/source/a.stream", "/source/aa.stream");
    leads(&daemon, "/tag/c%2Fd.stream", "/tag/e%3Af.stream");
    leads(&daemon, "/mine.stream", "/ours.stream");
    leads(&daemon, "/tag/c%2Fd/1.html", "/tag/e%3Af/1.html");
    for format in ["atom", "json", "html"] {
        moved(&daemon, &format!("/archive/mine/1.{format}"), &format!("/archive/ours/1.{format}"));
    }
    let entries = |text: &str| text.matches("</entry>").count();
    let renamed = daemon.get("/archive/ours/1.atom").expect(200).text();
    assert_eq!((entries(&renamed), entries(&archive)), (3, 3));
    assert_eq!(daemon.get("/source/a.atom?raw").header("location"), "aa.atom?raw");
    // A private source has no address that could redirect, and a feed with a token tells its new name to those who know the token.
    daemon.get("/source/hidden.atom").expect(404);
    let refused = daemon.get("/mine-secret.atom").expect(401);
    assert!(refused.header("location").is_empty() && !refused.text().contains("ours"), "{refused:?}");
    let told = daemon.get("/mine-secret.atom?token=t0ken").expect(301);
    assert_eq!(told.header("location"), "ours-secret.atom?token=t0ken");
    daemon.get("/ours-secret.atom?token=t0ken").expect(200);
    daemon.get("/mine-secret.stream").expect(401);
    daemon.get("/nobody.stream").expect(404);
    // Names are remembered over a restart, and lead to the last name however often there was another one.
    assert_eq!(daemon.term(), 0);
    program.configure(&format!("{BASE}{}", config(["aaa", "b", "covert"], ["g", "g"], "all-of-us")));
    let daemon = program.daemon();
    for old in ["a", "aa"] {
        moved(&daemon, &format!("/source/{old}.atom"), "/source/aaa.atom");
    }
    for (old, new) in [("/tag/c%2Fd.atom", "/tag/g.atom"), ("/tag/e%3Af.atom", "/tag/g.atom")] {
        moved(&daemon, old, new);
    }
    for old in ["mine", "ours"] {
        moved(&daemon, &format!("/archive/{old}/1.atom"), "/archive/all-of-us/1.atom");
    }
    // A name that is used again answers for itself. A tag redirects nowhere if not all of its sources have the same other tag.
    reload(&program, &config(["aaa", "a", "covert"], ["h", "i"], "mine"));
    let again = daemon.get("/source/a.atom").expect(200).text();
    assert!(again.contains(&items("b", 0..3)[0].title), "{again}");
    moved(&daemon, "/source/b.atom", "/source/a.atom");
    moved(&daemon, "/source/aa.atom", "/source/aaa.atom");
    daemon.get("/tag/g.atom").expect(404);
    daemon.get("/mine.atom").expect(200);
    moved(&daemon, "/all-of-us.atom", "/mine.atom");
}
