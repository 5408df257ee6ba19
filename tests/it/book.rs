//! The manual in `docs/` and the README: every configuration is read by `check`, every command is run or, if it needs root or
//! another program, parsed, and every link leads somewhere.
//!
//! The words behind the fence of a block say what it is:
//!
//! - `toml config`: a whole configuration. `check` must accept it as it stands; then it is the `watershed.toml` of the page.
//!   `toml config added` is appended to it.
//! - `LANGUAGE file PATH`: another file of the folder.
//! - `console`: commands behind `$ `, which are run in order, with what they print. Digits, spaces, and names of days
//!   and months may differ, and `…` stands for anything. A command must succeed, unless `echo $?` behind it shows another exit status.
//! - `console system` and all other blocks: commands of `watershed` in them are parsed, but not run.
//! - `nginx config`, `caddy config`, `yaml prometheus`: read by these programs where they are installed.
//!
//! Sources are polled through a proxy that has the feeds of the demo, so no request leaves the machine.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use regex::Regex;
use tempfile::TempDir;

use crate::markdown::{Block, anchors, blocks, links};
use crate::origin::{Answer, Origin};
use crate::program::{Daemon, Output, PATIENCE, Program, finish, wait_until};

/// What the proxy of the pages serves: addresses, and files of `src/cli/demo/`.
const FEEDS: &[(&str, &str)] = &[
    ("http://chronicle.example/feed.rss", "chronicle.rss"),
    ("http://courier.example/feed.rss", "courier.rss"),
    ("http://crumb.example/feed.rss", "crumb.rss"),
    ("http://driftwood.example/feed.rdf", "driftwood.rdf"),
    ("http://gazette.example/feed.atom", "gazette.atom"),
    ("http://herald.example/feed.json", "herald.json"),
    ("http://kestrelhill.example/feed.atom", "kestrel.atom"),
    ("http://seconds.example/feed.rss", "seconds.rss"),
    ("http://tidewheel.example/feed.json", "tidewheel.json"),
];
/// A page that names its feed.
const PAGE: (&str, &str) = (
    "http://chronicle.example/",
    "<!doctype html><title>The Chronicle</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"feed.rss\">",
);
/// A reading list.
const LIST: (&str, &str) = (
    "http://example.org/blogroll.opml",
    "<opml version=\"2.0\"><body><outline text=\"Neighbours\">\
     <outline text=\"The Courier\" xmlUrl=\"http://courier.example/feed.rss\"/>\
     <outline text=\"Coastal Herald\" xmlUrl=\"http://herald.example/feed.json\"/></outline></body></opml>",
);
/// The address at which the pages of the manual say that a daemon serves.
const USUAL_ADDRESS: &str = "127.0.0.1:8470";
/// Names of days and months, as patterns.
const DAYS: &str = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of the manual, relative to `docs/`.
fn pages() -> Vec<String> {
    let docs = root().join("docs");
    let mut pages = Vec::new();
    let mut folders = vec![docs.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the manual is there").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(&docs).expect("it is below").to_string_lossy().into_owned();
            // mdBook writes the folder `book`.
            if path.is_dir() && name != "book" {
                folders.push(path);
            } else if name.ends_with(".md") && name != "SUMMARY.md" {
                pages.push(name);
            }
        }
    }
    pages.sort();
    pages
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn book_summary_names_every_page_once() {
    let mut named = links(&read(&root().join("docs/SUMMARY.md")));
    named.sort();
    assert_eq!(named, pages());
}

#[test]
fn book_links_lead_somewhere() {
    let docs = root().join("docs");
    let mut faults = Vec::new();
    for page in pages() {
        let links = links(&read(&docs.join(&page)));
        // What is outside of `docs` is not in the book.
        faults.extend(links.iter().filter_map(|link| broken(&docs.join(&page), link, &docs)));
    }
    let readme = root().join("README.md");
    faults.extend(links(&read(&readme)).iter().filter_map(|link| broken(&readme, link, &root())));
    assert_none(&faults);
}

/// What is wrong with a link of a page.
fn broken(page: &Path, link: &str, within: &Path) -> Option<String> {
    if link.starts_with("http://") || link.starts_with("https://") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { page.to_owned() } else { page.parent()?.join(path) };
    let fault = |what: &str| Some(format!("{}: {link}: {what}", page.display()));
    let Ok(target) = target.canonicalize() else { return fault("there is no such file") };
    if !target.starts_with(within.canonicalize().expect("it is there")) {
        return fault("it is outside of the book");
    }
    if !anchor.is_empty() && !anchors(&read(&target)).iter().any(|known| known == anchor) {
        return fault("the page has no such heading");
    }
    None
}

#[test]
fn book_configurations_and_commands_work() {
    let docs = root().join("docs");
    let mut texts: Vec<(String, String)> =
        pages().into_iter().map(|name| (name.clone(), read(&docs.join(name)))).collect();
    texts.push(("README.md".to_owned(), read(&root().join("README.md"))));
    let stage = Stage::new();
    // Most of the time is spent waiting for processes, so a few pages are tried at the same time.
    let share = texts.len().div_ceil(4);
    let stage = &stage;
    let faults: Vec<String> = thread::scope(|scope| {
        let try_some = |some: &[(String, String)]| -> Vec<String> {
            some.iter().flat_map(|(name, text)| stage.faults(name, text)).collect()
        };
        let shares: Vec<_> = texts.chunks(share).map(|some| scope.spawn(move || try_some(some))).collect();
        shares.into_iter().flat_map(|share| share.join().expect("trying a page does not panic")).collect()
    });
    assert_none(&faults);
}

#[test]
fn book_faults_are_noticed() {
    let page = r#"
```toml config
title = "Skerrow"
tilte = "Skerrow"
```
```toml config
[[source]]
url = "https://courier.example/feed.rss"
name = "courier"
```
```console
$ watershed poll
courier: 6 new entries
$ watershed poll
courier: six new entries
$ watershed show another
$ watershed entries --limit 1
…
$ watershed show another
…
$ echo $?
1
```
```console system
$ sudo watershed backup --strength 2 /backups/watershed.db
$ sudo systemctl restart watershed
```
```cron
*/15 * * * * watershed -q pol
```
"#;
    let faults = Stage::new().faults("a page", page);
    let places: Vec<&str> = faults.iter().filter_map(|fault| fault.split(": ").next()).collect();
    let expected = [2, 11, 11, 11, 24, 28].map(|line| format!("a page, line {line}"));
    assert_eq!(places, expected, "{faults:#?}");
    let broken = |link: &str| broken(&root().join("README.md"), link, &root().join("docs"));
    assert!(
        broken("docs/none.md").is_some() && broken("Cargo.toml").is_some() && broken("docs/themes.md#none").is_some()
    );
    assert_eq!(broken("docs/themes.md#files"), None);
}

/// What all pages share: the proxy, and the folder with the programs.
struct Stage {
    origin: Origin,
    programs: TempDir,
}

impl Stage {
    fn new() -> Stage {
        let origin = Origin::start();
        for (url, file) in FEEDS {
            let path = root().join("src/cli/demo").join(file);
            origin.document(url, std::fs::read(&path).expect("the demo has this feed"));
        }
        let (url, html) = PAGE;
        origin.serve(url, Answer::body(html).header("Content-Type", "text/html; charset=utf-8"));
        let (url, list) = LIST;
        origin.serve(url, Answer::body(list).header("Content-Type", "text/x-opml"));
        let programs = tempfile::tempdir().expect("a temporary folder can be made");
        symlink(env!("CARGO_BIN_EXE_watershed"), programs.path().join("watershed")).expect("a link can be made");
        Stage { origin, programs }
    }

    /// Tries the blocks of a page in order, in a folder of its own.
    fn faults(&self, name: &str, text: &str) -> Vec<String> {
        let program = Program::bare("");
        // A page may begin without a configuration.
        std::fs::remove_file(program.config_path()).expect("it was just written");
        let mut page =
            Page { stage: self, program, written: String::new(), served: None, status: 0, faults: Vec::new() };
        for block in blocks(text) {
            let before = page.faults.len();
            page.block(&block);
            for fault in page.faults.iter_mut().skip(before) {
                *fault = format!("{name}, line {}: {fault}", block.line);
            }
        }
        page.faults
    }
}

/// A page that is being tried.
struct Page<'a> {
    stage: &'a Stage,
    /// The running daemon, with the address that the page shows for it. It stands before `program`, so that it ends before its folder.
    served: Option<(Daemon, String)>,
    program: Program,
    /// The configuration as the page shows it.
    written: String,
    /// The exit status of the last command.
    status: i32,
    faults: Vec<String>,
}

impl Page<'_> {
    fn block(&mut self, block: &Block) {
        let info: Vec<&str> = block.info.iter().map(String::as_str).collect();
        match info[..] {
            ["toml", "config"] => self.configure(block.text()),
            ["toml", "config", "added"] => self.configure(format!("{}\n{}", self.written, block.text())),
            [_, "file", path] => {
                // Sources are polled without TLS, because the proxy could not read it otherwise.
                let text = block.text().replace("https://", "http://");
                std::fs::write(self.program.folder().join(path), text).expect("a file can be written");
            }
            ["console"] => self.console(&block.lines),
            ["nginx", "config"] => self.read_by_nginx(&block.text()),
            ["caddy", "config"] => {
                let arguments = ["validate", "--adapter", "caddyfile", "--config"];
                self.read_by("caddy", &arguments, "Caddyfile", &block.text());
            }
            ["yaml", "prometheus"] => {
                self.read_by("promtool", &["check", "config", "--syntax-only"], "prometheus.yml", &block.text());
            }
            _ => {
                for line in &block.lines {
                    self.parse(line);
                }
            }
        }
    }

    /// Has `check` read a configuration as it is written, and puts it in place with the proxy.
    fn configure(&mut self, written: String) {
        self.program.configure(&written);
        let output = self.program.run(&["check"]);
        if output.status != 0 || output.said().contains("no effect") {
            self.faults.push(format!("`check` says {}", output.said()));
        }
        self.program.configure(&tried(&written, &self.stage.origin));
        self.written = written;
    }

    /// Runs the commands of a block, and compares what they print with what the block shows.
    fn console(&mut self, lines: &[String]) {
        let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in lines {
            if let Some(command) = line.strip_prefix("$ ") {
                commands.push((command, Vec::new()));
            } else if let Some((_, shown)) = commands.last_mut() {
                shown.push(line);
            } else {
                self.faults.push(format!("a command begins with `$ `: {line}"));
            }
        }
        for (at, (command, shown)) in commands.iter().enumerate() {
            let asks_for_status = commands.get(at + 1).is_some_and(|(next, _)| *next == "echo $?");
            match *command {
                "echo $?" if shown[..] != [self.status.to_string().as_str()] => {
                    self.faults.push(format!("the exit status was {}, not {shown:?}", self.status));
                }
                "echo $?" => {}
                "watershed run" | "watershed demo" => self.serve(command, shown),
                _ => self.run(command, shown, asks_for_status),
            }
        }
    }

    fn run(&mut self, command: &str, shown: &[&str], may_fail: bool) {
        let first_words = command.split('|').filter_map(|part| part.split_whitespace().next());
        if let Some(missing) = first_words.filter(|word| *word != "watershed").find(|word| !is_installed(word)) {
            eprintln!("not run, because {missing} is not installed: {command}");
            return;
        }
        // Only these commands ask an address; others mean an entry.
        let is_request = ["watershed add ", "watershed probe "].iter().any(|verb| command.starts_with(verb));
        let mut script = if is_request { command.replace("https://", "http://") } else { command.to_owned() };
        if let Some((daemon, address)) = &self.served {
            script = script.replace(address, &daemon.address);
        }
        let mut shell = self.command("sh");
        shell.args(["-c", &format!("exec 2>&1\n{script}")]);
        let Output { status, stdout, .. } = finish(shell);
        self.status = status;
        if status != 0 && !may_fail {
            self.faults.push(format!("`{command}` ends with status {status}: {stdout}"));
        }
        if !shown.is_empty() && !is_like(shown, &stdout) {
            self.faults.push(format!("`{command}` prints\n{stdout}\nnot\n{}", shown.join("\n")));
        }
    }

    /// Starts a command that serves, which runs until another one is started, `^C` is shown, or the page ends.
    fn serve(&mut self, command: &str, shown: &[&str]) {
        self.served = None;
        let mut process = self.command("watershed");
        process.args(command.split_whitespace().skip(1));
        let daemon = Daemon::start(process);
        let is_stopped = shown.last() == Some(&"^C");
        let shown = if is_stopped { &shown[..shown.len() - 1] } else { shown };
        let address = shown.iter().find_map(|line| line.strip_prefix("serving http://"));
        let address = address.and_then(|rest| rest.split('/').next()).unwrap_or(USUAL_ADDRESS).to_owned();
        if !shown.is_empty() {
            wait_until(PATIENCE, &format!("what {command} prints"), || is_like(shown, &daemon.printed()).then_some(()));
        }
        if command == "watershed run" {
            wait_until(PATIENCE, "the first polls", || {
                let sources = self.program.run(&["list", "--json"]).expect(0).records();
                sources.iter().all(|source| !source["outcome"].is_null()).then_some(())
            });
        }
        if !is_stopped {
            self.served = Some((daemon, address));
        } else if daemon.term() != 0 {
            self.faults.push(format!("`{command}` does not end well"));
        }
    }

    /// Has the program parse its commands in a line, without running them.
    fn parse(&mut self, line: &str) {
        for words in own_commands(line) {
            // With `--help` behind it, a command only prints its help, if everything before is understood.
            let mut arguments = words.clone();
            arguments.push("--help".to_owned());
            let output = self.program.run(arguments.as_slice());
            if output.status != 0 {
                self.faults.push(format!("`watershed {}` is not understood: {}", words.join(" "), output.stderr));
            }
        }
    }

    /// A program in the folder of the page. Names that the network would have to look up fail soon.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        let folder = self.program.folder();
        command.env_clear().current_dir(folder).env("HOME", folder).env("NO_COLOR", "1").env("TZ", "UTC");
        command.env("PATH", format!("{}:/usr/sbin:{path}", self.stage.programs.path().display()));
        command.env("RES_OPTIONS", "timeout:1 attempts:1");
        command
    }

    /// Has another program read its configuration, where that program is installed.
    fn read_by(&mut self, program: &str, arguments: &[&str], name: &str, config: &str) {
        if !is_installed(program) {
            eprintln!("not read, because {program} is not installed: {name}");
            return;
        }
        let path = self.program.folder().join(name);
        std::fs::write(&path, config).expect("a file can be written");
        let mut command = self.command(program);
        command.args(arguments).arg(&path);
        let output = finish(command);
        if output.status != 0 {
            self.faults.push(format!("{program} refuses it: {}", output.said()));
        }
    }

    /// nginx opens sockets and files also when it only tests, so everything that needs root is put into the folder of the page.
    fn read_by_nginx(&mut self, servers: &str) {
        let folder = self.program.folder().display().to_string();
        let port = Regex::new(r"listen (\[::\]:)?(\d+)").expect("the pattern is valid");
        let servers = port.replace_all(servers, |found: &regex::Captures| {
            let family = if found.get(1).is_some() { "v6" } else { "v4" };
            format!("listen unix:{folder}/{family}-{}", &found[2])
        });
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|what| format!("{what}_temp_path {folder}/{what};\n"))
            .concat();
        let config = format!(
            "pid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{servers}}}\n"
        );
        self.read_by("nginx", &["-t", "-q", "-p", &folder, "-c"], "nginx.conf", &config);
    }
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.into_iter().any(|folder| folder.join(program).is_file())
        || ["cd", "export", "echo", "printf", "test"].contains(&program)
}

/// The configuration with which the commands of a page run: the proxy answers for all sources, without pauses.
fn tried(written: &str, origin: &Origin) -> String {
    let proxy = format!("\"{}\"", origin.url(""));
    let keys = [
        ("serve", "listen", "\"127.0.0.1:0\""),
        ("poll", "proxy", proxy.as_str()),
        ("poll", "allow_networks", "[\"127.0.0.0/8\"]"),
        ("poll", "host_gap", "\"0s\""),
        ("poll", "min_every", "\"1s\""),
    ];
    keys.iter().fold(plain(written), |text, (table, key, value)| with_key(&text, table, key, value))
}

/// A configuration whose sources and reading lists are asked without TLS, because the proxy could not read it otherwise.
fn plain(written: &str) -> String {
    let url = Regex::new(r#"(?m)^(\s*(?:url|opml)\s*=\s*")https://"#).expect("the pattern is valid");
    url.replace_all(written, "${1}http://").into_owned()
}

/// A configuration with another value of a key, which stands in a line of its own.
fn with_key(text: &str, table: &str, key: &str, value: &str) -> String {
    let header = format!("[{table}]");
    let setting = format!("{key} = {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().position(|line| line.trim_end() == header) else {
        return format!("{text}\n{header}\n{setting}\n");
    };
    let begin = at + 1;
    let end = lines[begin..].iter().position(|line| line.starts_with('[')).map_or(lines.len(), |after| begin + after);
    let is_key = |line: &&str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    match lines[begin..end].iter().position(is_key) {
        Some(found) => lines[begin + found] = &setting,
        None => lines.insert(begin, &setting),
    }
    lines.join("\n") + "\n"
}

/// Whether a command printed what a block shows.
fn is_like(shown: &[&str], printed: &str) -> bool {
    let piece = format!(r"…|\d+|\s+|\b(?:{DAYS}|{MONTHS})\b|[^…\d\s]");
    let piece = Regex::new(&piece).expect("the pattern is valid");
    let shown: Vec<&str> = shown.iter().map(|line| line.trim()).collect();
    let shown: Vec<Option<Regex>> =
        without_empty_end(&shown).iter().map(|line| (*line != "…").then(|| shape(line, &piece))).collect();
    let printed = printed.replace("https://", "http://");
    let printed: Vec<&str> = printed.lines().map(str::trim).collect();
    lines_are_like(&shown, without_empty_end(&printed))
}

fn without_empty_end<'a, 'b>(lines: &'a [&'b str]) -> &'a [&'b str] {
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    &lines[..end]
}

/// Whether the printed lines have these shapes. Any number of lines may be in the place of `None`.
fn lines_are_like(shown: &[Option<Regex>], printed: &[&str]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((None, rest)), _) => (0..=printed.len()).any(|from| lines_are_like(rest, &printed[from..])),
        (Some((Some(first), shown)), Some((line, printed))) => first.is_match(line) && lines_are_like(shown, printed),
        _ => false,
    }
}

/// A pattern of all lines that differ from a shown line only in digits, names of days and months, spaces, the scheme of addresses,
/// and what `…` stands for. `piece` takes a line apart.
fn shape(line: &str, piece: &Regex) -> Regex {
    let line = line.replace("https://", "http://");
    let of_piece = |piece: &str| match piece {
        "…" => ".*".to_owned(),
        space if space.trim().is_empty() => r"\s+".to_owned(),
        digits if digits.starts_with(|first: char| first.is_ascii_digit()) => r"\d+".to_owned(),
        letter if letter.chars().count() == 1 => regex::escape(letter),
        _ => r"\w+".to_owned(),
    };
    let pattern: String = piece.find_iter(&line).map(|found| of_piece(found.as_str())).collect();
    Regex::new(&format!("^{pattern}$")).expect("it is escaped")
}

/// The words behind `watershed` wherever a line runs it. The program is not run where its name is an argument, as in
/// `systemctl restart watershed`.
fn own_commands(line: &str) -> Vec<Vec<String>> {
    let first = Regex::new(r"^(-q|-v|-c|--quiet|--verbose|--config|--version|[a-z]+)$").expect("the pattern is valid");
    let is_begin = |at: usize| line[..at].chars().next_back().is_none_or(|before| " /(;|&=`".contains(before));
    let names = line.match_indices("watershed ").filter(|(at, _)| is_begin(*at));
    let commands = names.map(|(at, name)| words(&line[at + name.len()..]));
    commands.filter(|words| words.first().is_some_and(|word| word != "watershed" && first.is_match(word))).collect()
}

/// The words of a command as a shell splits them, up to the end of the command.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '|' | ';' | '&' | '<' | '>' | ')' | '`') => break,
            (None, '#') if word.is_none() => break,
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
