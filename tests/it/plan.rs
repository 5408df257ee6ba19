//! `plan`: everything that an edit would change, with what is in force before it.

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Program};

/// A program in whose folder `edited.toml` is compared with what is in force.
struct Planning {
    program: Program,
}

impl Planning {
    #[track_caller]
    fn plan(&self, edited: &str) -> String {
        std::fs::write(self.program.folder().join("edited.toml"), edited).expect("it can be written");
        self.program.run(&["plan", "edited.toml"]).expect(0).stdout
    }

    /// Checks the lines of a plan, in any order.
    #[track_caller]
    fn check(&self, edited: &str, expected: &[&str]) {
        let told = self.plan(edited);
        let mut lines: Vec<&str> = told.lines().collect();
        let mut expected = expected.to_vec();
        lines.sort_unstable();
        expected.sort_unstable();
        assert_eq!(lines, expected, "{edited}");
    }
}

#[test]
fn every_change_is_told_after_a_poll_without_a_daemon() {
    let origin = Origin::start();
    for name in ["a", "b", "c"] {
        origin.document(&format!("/{name}"), rss(name, &items(name, 0..2)));
    }
    let a = |name: &str, more: &str| source(&origin, name, "/a", more);
    let b = source(&origin, "b", "/b", "");
    let output = "[[output]]\nname = \"o\"\nsources = [\"b\"]\n";
    let before = format!("{BASE}{}{b}{output}", a("a", "tags = [\"t\"]"));
    let planning = Planning { program: Program::bare(&before) };
    let said = planning.program.run(&["plan"]).expect(0).stderr;
    assert!(said.contains("nothing has been polled yet"), "{said}");
    planning.program.run(&["poll", "--all"]).expect(0);
    planning.check(&before, &[]);
    assert!(planning.program.run(&["plan"]).expect(0).stderr.contains("would change nothing"));
    // Names, tags and settings of sources.
    planning.check(
        &format!("{BASE}{}{b}{output}", a("first", "tags = [\"u\"]\nevery = \"2h\"\nenabled = false\ntitle = \"A\"")),
        &[
            "~ source a is called first from now on",
            "~ source first: tags = [\"u\"] (was [\"t\"])",
            "~ source first: every = \"2h\" (was not set)",
            "~ source first: will not be polled any more (enabled = false)",
            "~ source first: title = \"A\" (was not set)",
            "~ /source/a.* redirects to /source/first.*",
            "~ /tag/t.* redirects to /tag/u.*",
        ],
    );
    // A source that goes, with the tag that only it had, and a source that comes.
    planning.check(
        &format!("{BASE}{b}{}{output}", source(&origin, "c", "/c", "")),
        &[
            &format!("+ source c  {}", origin.url("/c")),
            "- source a: its stored entries (2) leave the outputs, but stay in the database",
            "~ output feed gains 0 and loses 2 stories",
            "    - a: a item 1",
            "    - a: a item 0",
            "- /source/a.* will no longer exist",
            "- /tag/t.* will no longer exist",
        ],
    );
    // Outputs: another name, other settings, one more, and settings of the installation.
    let same = a("a", "tags = [\"t\"]");
    planning.check(
        &format!("{BASE}{same}{b}{}", output.replace("\"o\"", "\"p\"")),
        &[
            "~ output o is called p from now on",
            "~ output p: title = \"Watershed: p\" (was \"Watershed: o\")",
            "~ /o.* redirects to /p.*",
            "~ /archive/o/* redirects to /archive/p/*",
        ],
    );
    planning.check(
        &format!("{BASE}concurrency = 9\n{same}{b}{output}entries = 7\n[[output]]\nname = \"more\"\n"),
        &[
            "~ [poll] concurrency = 9 (was not set)",
            "~ output o: entries = 7 (was not set)",
            "+ output more: 4 stories",
        ],
    );
    // The address of a webhook is a secret.
    planning.check(
        &format!("{before}[[notify]]\non = [\"silent\"]\nurl = \"https://hooks.example/s3cret\"\n"),
        &["~ [[notify]] 1 on = [\"silent\"] (was not set)", "~ [[notify]] 1 url = \"***\" (was not set)"],
    );
    planning.check(
        &format!("{}{same}{b}", BASE.replace("127.0.0.1:0", "127.0.0.1:1")),
        &[
            "~ [serve] listen = \"127.0.0.1:1\" (was \"127.0.0.1:0\"); takes effect after a restart",
            "- output o: 2 stories",
            "- /o.* will no longer exist",
            "- /archive/o/* will no longer exist",
        ],
    );
    // A private source has no addresses, and its secrets are not told.
    let hidden = format!("{BASE}{}{b}{output}", a("a", "private = true\nauth = { bearer = \"s3cret-t0ken\" }"));
    let told = planning.plan(&hidden);
    assert!(told.contains("- /source/a.* will no longer exist") && told.contains("private = true"), "{told}");
    assert!(!told.contains("s3cret-t0ken") && told.contains("auth ="), "{told}");
    std::fs::write(planning.program.folder().join("edited.toml"), hidden).expect("it can be written");
    let records = planning.program.records(&["plan", "--json", "edited.toml"]);
    let of = |kind: &str| records.iter().filter(|record| record["kind"] == kind).collect::<Vec<_>>();
    assert!(of("address").iter().any(|it| it["path"] == "/source/a.*" && it["change"] == "gone"), "{records:?}");
    let changed = of("source").into_iter().find(|it| it["change"] == "changed").expect("it is told");
    let private = changed["settings"].as_array().expect("a list").iter().find(|it| it["key"] == "private");
    assert_eq!(private.expect("it is told")["after"], "true", "{changed}");
}
