//! Edits of the configuration: no command overwrites what somebody else has written meanwhile, a half-written file is
//! never applied, and other programs apply the diffs that commands print.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Gate, Origin};
use crate::polling::source;
use crate::program::{BASE, Output, PATIENCE, Program, finish, wait_until};
use crate::tls::TlsOrigin;

/// A server that takes its time.
const SLOW: Duration = Duration::from_secs(2);

fn slow(origin: &Origin, path: &str, site: &str) {
    let body = rss(site, &items(site, 0..2));
    origin.route(path, move |_, _| {
        thread::sleep(SLOW);
        Answer::body(body.clone())
    });
}

/// A feed that is served once the gate is open.
fn held(origin: &Origin, path: &str) -> Gate {
    origin.hold(path, Answer::body(rss("Held", &items("held", 0..2))))
}

#[test]
fn an_edit_that_is_saved_while_add_fetches_stays() {
    let origin = Origin::start();
    let gate = held(&origin, "/slow");
    let program = Program::new(&source(&origin, "first", "/first", ""));
    let edited = program.config() + &source(&origin, "typed", "/typed", "") + "# and a comment\n";
    thread::scope(|scope| {
        let adding = scope.spawn(|| program.run(&["add", &origin.url("/slow"), "--name", "slow"]));
        origin.wait_for("/slow", 1);
        program.configure(&edited);
        gate.open();
        adding.join().expect("it ends").expect(0);
    });
    let config = program.config();
    assert!(config.starts_with(edited.trim_end()), "{config}");
    assert_eq!(config.matches("name = \"slow\"").count(), 1, "{config}");
}

#[test]
fn add_does_not_touch_a_file_that_became_wrong_meanwhile() {
    let cases =
        [("", "emptied"), ("# [[source]]\n\n", "emptied"), ("[[source]]\nurl = \"https://", "edited in the meantime")];
    for (by_then, said) in cases {
        let origin = Origin::start();
        let gate = held(&origin, "/slow");
        let program = Program::new(&source(&origin, "first", "/first", ""));
        thread::scope(|scope| {
            let adding = scope.spawn(|| program.run(&["add", &origin.url("/slow")]));
            origin.wait_for("/slow", 1);
            program.configure(by_then);
            gate.open();
            let output = adding.join().expect("it ends").expect(1);
            assert!(output.stderr.contains(said), "{output:?}");
        });
        assert_eq!(program.config(), by_then);
    }
}

#[test]
fn concurrent_adds_all_take_effect() {
    let origin = Origin::start();
    let program = Program::new("");
    let sites: Vec<String> = (0..6).map(|number| format!("s{number}")).collect();
    for site in &sites {
        slow(&origin, &format!("/{site}"), site);
    }
    thread::scope(|scope| {
        let (program, origin) = (&program, &origin);
        let adding: Vec<_> = sites
            .iter()
            // Two commands add each.
            .flat_map(|site| [site, site])
            .map(|site| scope.spawn(move || program.run(&["add", &origin.url(&format!("/{site}"))])))
            .collect();
        for added in adding {
            added.join().expect("it ends").expect(0);
        }
    });
    let config = program.config();
    for site in &sites {
        assert_eq!(config.matches(&format!("/{site}\"")).count(), 1, "{site} in {config}");
    }
    program.run(&["check"]).expect(0);
    assert_eq!(program.records(&["list", "--json"]).len(), sites.len());
}

#[test]
fn a_file_that_has_become_empty_is_refused_by_reload_too() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let good = program.config();
    let daemon = program.daemon();
    wait_until(PATIENCE, "the entries", || daemon.get("/feed.atom").text().contains("a item 1").then_some(()));
    for text in ["", "\n  \n", "# [[source]]\n# url = \"https://a.example/feed\"\n"] {
        program.configure(text);
        let output = program.run(&["reload"]).expect(2);
        assert!(output.stderr.contains("empty") && output.stderr.contains("source = []"), "{output:?}");
        daemon.get("/source/a.atom").expect(200);
    }
    program.configure(&good);
    program.run(&["reload"]).expect(0);
    // What says that it has no sources is believed.
    program.configure("# none for now\n[serve]\nlisten = \"127.0.0.1:0\"\n");
    program.run(&["reload"]).expect(0);
    daemon.get("/source/a.atom").expect(404);
}

#[test]
fn the_last_source_of_a_file_is_removed_while_the_daemon_runs() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new("");
    let rest = "# my own\n[[source]]\nname = \"a\"\nurl = \"file:feed.xml\"\n";
    fs::create_dir(program.folder().join("sources.d")).expect("the folder can be written");
    let file = program.folder().join("sources.d/a.toml");
    fs::write(&file, rest.replace("file:feed.xml", &origin.url("/a"))).expect("the folder can be written");
    program.configure(&(program.config() + "\n[[include]]\npath = \"sources.d/*.toml\"\n"));
    let daemon = program.daemon();
    wait_until(PATIENCE, "the entries", || daemon.get("/feed.atom").text().contains("a item 1").then_some(()));
    program.run(&["remove", "a"]).expect(0);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "# my own\nsource = []\n");
    daemon.get("/source/a.atom").expect(404);
}

/// A command of git or patch that knows nothing of the user's own settings and repositories.
fn tool(program: &Program, name: &str) -> Command {
    let mut tool = Command::new(name);
    tool.env("HOME", program.folder()).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"] {
        tool.env_remove(variable);
    }
    // A repository that the temporary folder happens to lie in would give the paths another meaning.
    tool.env("GIT_CEILING_DIRECTORIES", program.folder().parent().expect("it has a parent"));
    tool
}

/// Has a command apply a diff in a folder of the program. False, with a message, if the command is not installed.
fn applies(program: &Program, folder: &Path, command: &[&str], diff: &str) -> bool {
    let file = program.folder().join("proposed.diff");
    fs::write(&file, diff).expect("the folder can be written");
    assert!(folder.is_dir(), "{folder:?}\n{diff}");
    let mut tool = tool(program, command[0]);
    tool.args(&command[1..]).arg(&file).current_dir(folder);
    let output = match tool.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("SKIPPED: {} is not installed", command[0]);
            return false;
        }
        output => output.expect("it can be run"),
    };
    assert!(output.status.success(), "{command:?} in {folder:?}: {output:?}\n{diff}");
    true
}

/// A server with a feed, a page that names the feed, and an address whose feed is gone.
fn moving() -> Origin {
    let origin = Origin::start();
    let head = "<head><link rel=alternate type=application/rss+xml href=/feed></head>";
    let page = Answer::body(format!("<!doctype html><html>{head}</html>")).header("Content-Type", "text/html");
    origin.serve("/page", page);
    origin.document("/feed", rss("F", &items("f", 0..2)));
    origin.serve("/gone", Answer::status(410));
    origin
}

/// Runs `tidy` in a folder with a file of the configuration.
fn tidy(program: &Program, here: &Path, config: &Path, arguments: &[&str]) -> Output {
    let mut command = program.command();
    command.current_dir(here).arg(format!("--config={}", config.display())).arg("tidy").args(arguments);
    finish(command).expect(0)
}

#[test]
fn git_applies_every_diff_that_tidy_prints() {
    let origin = moving();
    // Which sources have an edit that is due, the lines between two sources, and how the file ends.
    let cases = [
        (["/page", "/page", "/feed", "/page"], 0, "\n"),
        (["/page", "/feed", "/page", "/gone"], 1, ""),
        (["/gone", "/gone", "/page", "/page"], 2, "\n"),
        (["/page", "/page", "/gone", "/feed"], 3, "\n# the end"),
        (["/page", "/gone", "/feed", "/page"], 9, ""),
    ];
    for (paths, between, end) in cases {
        let gap = "# between\n".repeat(between);
        let one = |(number, path): (usize, &&str)| {
            format!("{gap}[[source]]\nname = \"s{number}\"\nurl = \"{}\"", origin.url(path))
        };
        let sources: Vec<String> = paths.iter().enumerate().map(one).collect();
        let program = Program::new(&(sources.join("\n") + end));
        program.run(&["poll", "--all"]);
        let before = program.config();
        let diff = program.run(&["tidy"]).expect(0).stdout;
        program.run(&["tidy", "--apply"]).expect(0);
        let after = program.config();
        assert_ne!(after, before, "{paths:?}");
        program.configure(&before);
        if applies(&program, program.folder(), &["git", "apply"], &diff) {
            assert_eq!(program.config(), after, "{diff}");
        }
    }
}

#[test]
fn tidy_names_files_from_the_current_folder_or_says_from_which() {
    let origin = moving();
    let one = |name: &str| source(&origin, name, "/gone", "");
    let program =
        Program::new(&(one("a") + "[[include]]\npath = \"s.d/b.toml\"\n[[include]]\npath = \"ü d/c.toml\"\n"));
    let root = fs::canonicalize(program.folder()).expect("it is there");
    for (folder, name, text) in [("s.d", "b.toml", one("b")), ("ü d", "c.toml", one("c"))] {
        fs::create_dir(root.join(folder)).expect("the folder can be written");
        fs::write(root.join(folder).join(name), text).expect("the folder can be written");
    }
    symlink("watershed.toml", root.join("link.toml")).expect("the folder can be written");
    let check = |here: &str, config: &str, begins: &str, names: &[&str]| {
        let diff = tidy(&program, &root.join(here), Path::new(config), &[]).stdout;
        assert!(diff.starts_with(begins), "{begins:?}\n{diff}");
        let headers: Vec<&str> = diff.lines().filter(|line| line.starts_with("--- ")).collect();
        assert_eq!(headers, names, "{diff}");
    };
    program.run(&["poll", "--all"]);
    let all = ["--- a/watershed.toml", "--- a/s.d/b.toml", "--- \"a/\\303\\274 d/c.toml\"\t"];
    let because = "# a: the server says";
    check("", "watershed.toml", because, &all);
    check("", "link.toml", because, &all);
    let elsewhere = format!("# In {}:\n{because}", root.display());
    check("s.d", "../watershed.toml", &elsewhere, &all);
    check("s.d", &root.join("watershed.toml").to_string_lossy(), &elsewhere, &all);
}

/// Paths below a folder, with names that need quotes or look like other things. Names of folders end with a `d`, names
/// of files with an `f`, each perhaps with a blank behind it.
fn odd_path() -> impl Strategy<Value = PathBuf> {
    let folder = prop_oneof![Just("d".to_owned()), "[ab \"'\\\\é\t\n.-]{1,2}d ?"];
    let path = (prop::collection::vec(folder, 0..3), "[ab \"'\\\\é\t\n.-]{0,2}f ?");
    path.prop_map(|(folders, file)| folders.iter().collect::<PathBuf>().join(file))
}

/// The path of a file from a folder, both of them below `root`.
fn from(folder: &Path, file: &Path, root: &Path) -> PathBuf {
    let below = |path: &Path| path.strip_prefix(root).expect("it lies below").to_owned();
    let up = below(folder).components().count();
    vec![".."; up].iter().collect::<PathBuf>().join(below(file))
}

/// The folder that a diff says it is applied in.
fn said_folder(diff: &str) -> Option<PathBuf> {
    let (said, _) = diff.strip_prefix("# In ")?.split_once(":\n")?;
    let Some(quoted) = said.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return Some(said.into()) };
    let (mut bytes, mut rest) = (Vec::new(), quoted.bytes());
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next() } else { None };
        bytes.push(match escaped {
            None => byte,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(digit @ b'0'..=b'3') => {
                let digits = [Some(digit), rest.next(), rest.next()];
                digits.iter().flatten().fold(0, |number, digit| number * 8 + (digit - b'0'))
            }
            Some(sign) => sign,
        });
    }
    Some(OsString::from_vec(bytes).into())
}

#[test]
fn git_and_patch_apply_the_diffs_of_tidy_wherever_the_files_lie() {
    let origin = moving();
    let paths = ["/page", "/gone", "/feed", "/page", "/gone", "/page", "/feed", "/gone"];
    let sources: Vec<String> =
        paths.iter().enumerate().map(|(number, path)| source(&origin, &format!("s{number}"), path, "")).collect();
    let program = Program::new(&sources.concat());
    program.run(&["poll", "--all"]);
    let top = fs::canonicalize(program.folder()).expect("it is there");
    let root = top.join("case");
    let case = (
        prop::collection::vec(odd_path(), 1..4),
        // The file that each source is in, and the lines before the source.
        prop::collection::vec((0_usize..3, 0_usize..6), sources.len()),
        // Whether each file has CRLF, and an end of its last line.
        prop::collection::vec(any::<(bool, bool)>(), 3),
        // The current folder, how `--config` names the main file, and how the main file names the others.
        (0_usize..4, 0_usize..3, 0_usize..3),
        any::<bool>(),
    );
    let config =
        ProptestConfig { cases: 32, max_shrink_iters: 32, failure_persistence: None, ..ProptestConfig::default() };
    let ran = TestRunner::new(config).run(&case, |(files, places, ends, (here, named, included), has_repository)| {
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("else")).expect("the folder can be written");
        let mut files: Vec<PathBuf> = files.iter().map(|file| root.join(file)).collect();
        let main = files[0].clone();
        files.sort();
        files.dedup();
        files.sort_by_key(|file| *file != main);
        let folder = |file: &Path| file.parent().expect("it lies in a folder").to_owned();
        files.iter().for_each(|file| fs::create_dir_all(folder(file)).expect("the folder can be written"));
        let link = |to: &Path, name: String| {
            symlink(to, folder(&main).join(&name)).expect("the folder can be written");
            PathBuf::from(name)
        };
        // The escapes of Rust that these paths need are escapes of TOML, too.
        let written = |path: &Path| format!("{:?}", path.to_str().expect("it is UTF-8"));
        let mut texts = vec![String::new(); files.len()];
        for (text, (at, lines)) in sources.iter().zip(&places) {
            texts[at % files.len()] += &("# between\n".repeat(*lines) + text.trim_start());
        }
        let mut before = BTreeMap::new();
        let mut includes = String::new();
        let used = files.iter().zip(&texts).enumerate().skip(1).filter(|(_, (_, text))| !text.is_empty());
        for (number, (file, text)) in used {
            let path = match included {
                0 => file.clone(),
                1 => from(&folder(&main), file, &root),
                _ => link(file, format!("link{number}")),
            };
            includes += &format!("[[include]]\npath = {}\n", written(&path));
            before.insert(file.clone(), text.clone());
        }
        let store = format!("[store]\npath = {}\n", written(&top.join("watershed.db")));
        before.insert(main.clone(), format!("{BASE}{store}{includes}{}", texts[0]));
        for (text, (has_crlf, has_end)) in before.values_mut().zip(ends) {
            let whole = if has_end { text.as_str() } else { text.trim_end() };
            *text = if has_crlf { whole.replace('\n', "\r\n") } else { whole.to_owned() };
        }
        let write = || before.iter().for_each(|(file, text)| fs::write(file, text).expect("the folder can be written"));
        let read = || -> BTreeMap<PathBuf, String> {
            before.keys().map(|file| (file.clone(), fs::read_to_string(file).expect("it is there"))).collect()
        };
        if has_repository {
            // Without git, nothing is applied below.
            let _ = tool(&program, "git").args(["init", "--quiet"]).arg(&root).output();
        }
        write();
        let here = [root.clone(), folder(&main), folder(&files[files.len() - 1]), root.join("else")][here].clone();
        let config = match named {
            0 => main.clone(),
            1 => from(&here, &main, &root),
            _ => from(&here, &folder(&main).join(link(&main, "link".to_owned())), &root),
        };
        let diff = tidy(&program, &here, &config, &[]).stdout;
        prop_assert_eq!(read(), before.clone());
        tidy(&program, &here, &config, &["--apply"]);
        let after = read();
        prop_assert_ne!(after.clone(), before.clone());
        let applied_in = said_folder(&diff).unwrap_or(here);
        let commands: [(&[&str], _); 3] = [
            (&["git", "apply", "--check"], &before),
            (&["git", "apply"], &after),
            (&["patch", "-p1", "-s", "-F0", "-i"], &after),
        ];
        for (command, wanted) in commands {
            write();
            if applies(&program, &applied_in, command, &diff) {
                prop_assert_eq!(read(), wanted.clone(), "{:?}\n{}", command, diff);
            }
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

/// A diff without hunks is none that `git apply` takes.
#[test]
fn tidy_prints_no_diff_of_an_address_that_only_a_person_can_edit() {
    let (origin, tls) = (Origin::start(), TlsOrigin::start(rss("F", &items("f", 0..2))));
    origin.serve("/a", Answer::redirect(302, &format!("https://{}/a", tls.address)));
    let url = origin.url("/a").replacen("http", "${SCHEME}", 1);
    let program = Program::new(&format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\nverify_tls = false\n"));
    let before = program.config();
    let run = |arguments: &[&str]| {
        let mut command = program.command();
        command.env("SCHEME", "http").args(arguments);
        finish(command).expect(0)
    };
    run(&["poll", "a"]);
    for arguments in [["tidy"].as_slice(), &["tidy", "--apply"]] {
        let output = run(arguments);
        assert_eq!(output.stdout, "", "{output:?}");
        assert!(output.stderr.contains("a: the server redirects to the same address with https"), "{output:?}");
        assert!(output.stderr.contains("edited by hand"), "{output:?}");
    }
    assert_eq!(program.config(), before);
}

#[test]
fn tidy_says_when_masked_secrets_keep_git_from_applying_its_diff() {
    let origin = Origin::start();
    origin.serve("/gone", Answer::status(410));
    let gone = source(&origin, "gone", "/gone", "");
    // A secret matters only in a line of the diff, which shows two lines around each change.
    let far = "# between\n".repeat(9);
    let secret = "headers = { Authorization = \"Bearer opensesame77\" }\n";
    for (sources, hides) in [
        (gone.clone(), false),
        (gone.clone() + secret, true),
        (format!("[[source]]\nname = \"b\"\nurl = \"https://b.example/f\"\n{secret}{far}{gone}"), false),
    ] {
        let program = Program::new(&sources);
        program.run(&["poll", "gone"]);
        let output = program.run(&["tidy"]).expect(0);
        assert!(output.stdout.contains("+enabled = false"), "{output:?}");
        assert!(!output.said().contains("opensesame77"), "{output:?}");
        assert_eq!(output.stderr.contains("lines with *** hide secrets"), hides, "{sources}: {output:?}");
        assert!(output.stderr.contains("`watershed tidy --apply`"), "{output:?}");
    }
}
