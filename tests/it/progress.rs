//! What a command tells while it works: a line for each source as its poll ends, and progress on a terminal alone.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{BASE, Program, finish};

/// Longer than a command works before it shows progress.
const LONG: Duration = Duration::from_millis(1_600);

/// Time in which also a busy machine polls the quick source and shows progress.
const LONG_ENOUGH: Duration = Duration::from_secs(3);

/// How long the slow source waits.
const WAITS: Duration = Duration::from_secs(15);

/// A program with a quick source, and a source whose document takes until `may_go_on`.
fn quick_and_slow(may_go_on: impl Fn() -> bool + Send + Sync + 'static) -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/quick", rss("Quick", &items("quick", 0..2)));
    origin.route("/slow", move |_, _| {
        let until = Instant::now() + WAITS;
        while !may_go_on() {
            if Instant::now() > until {
                // The poll fails, because nobody has let it go on.
                return Answer::status(500);
            }
            thread::sleep(Duration::from_millis(10));
        }
        Answer::body(rss("Slow", &items("slow", 0..2)))
    });
    let sources = source(&origin, "quick", "/quick", "") + &source(&origin, "slow", "/slow", "");
    let program = Program::bare(&format!("{BASE}per_host = 4\n{sources}"));
    (origin, program)
}

/// Runs `poll --all`, and lets the slow source answer once the first line was printed. Returns that line and the rest.
fn first_line_and_rest(program: &Program, go_on: &AtomicBool) -> (String, String) {
    let mut command = program.command();
    command.args(["poll", "--all"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it can be run");
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    let (mut first, mut rest) = (String::new(), String::new());
    stdout.read_line(&mut first).expect("it can be read");
    go_on.store(true, Ordering::SeqCst);
    stdout.read_to_string(&mut rest).expect("it can be read");
    assert!(child.wait().expect("it ends").success());
    (first, rest)
}

#[test]
fn each_source_is_printed_as_its_poll_ends() {
    let go_on = Arc::new(AtomicBool::new(false));
    let asked = go_on.clone();
    let (origin, program) = quick_and_slow(move || asked.load(Ordering::SeqCst));
    let (first, rest) = first_line_and_rest(&program, &go_on);
    assert_eq!((first.as_str(), rest.as_str()), ("quick: 2 new entries\n", "slow: 2 new entries\n"));
    assert_eq!(origin.seen_at("/slow").len(), 1);
}

#[test]
fn a_daemon_tells_of_each_source_as_its_poll_ends() {
    let go_on = Arc::new(AtomicBool::new(false));
    let asked = go_on.clone();
    let (origin, program) = quick_and_slow(move || asked.load(Ordering::SeqCst));
    let _daemon = program.daemon();
    // The daemon is already polling the slow source, and has polled the other.
    origin.wait_for("/slow", 1);
    let (first, rest) = first_line_and_rest(&program, &go_on);
    assert!(first.starts_with("quick: ") && rest.starts_with("slow: "), "{first:?} {rest:?}");
    assert_eq!(origin.seen_at("/slow").len(), 1);
}

#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    let program = |lasts: Duration| {
        let begin = OnceLock::new();
        quick_and_slow(move || begin.get_or_init(Instant::now).elapsed() > lasts)
    };
    // `script` runs a command on a terminal of its own.
    let on_terminal = |arguments: &str, lasts: Duration| {
        let (_origin, program) = program(lasts);
        let mut command = Command::new("script");
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", program.folder()).env("TERM", "xterm").env("NO_COLOR", "1");
        command.current_dir(program.folder()).stdin(Stdio::null());
        command.args(["-qec", &format!("{} {arguments}", env!("CARGO_BIN_EXE_watershed")), "/dev/null"]);
        finish(command).expect(0).stdout
    };
    let shown = on_terminal("poll --all", LONG_ENOUGH);
    assert!(shown.contains("polling [############------------] 1 of 2"), "{shown:?}");
    assert!(shown.contains("quick: 2 new entries"), "{shown:?}");
    // The line makes room for what is printed.
    assert!(shown.contains("\r\u{1b}[Kslow: 2 new entries"), "{shown:?}");
    for arguments in ["poll --all --json", "-q poll --all"] {
        let silent = on_terminal(arguments, LONG);
        assert!(!silent.contains('\u{1b}') && !silent.contains("polling"), "{arguments}: {silent:?}");
    }
    let (_origin, program) = program(LONG);
    let piped = program.run(&["poll", "--all"]).expect(0);
    assert_eq!(piped.stdout, "quick: 2 new entries\nslow: 2 new entries\n");
    assert!(!piped.stderr.contains("polling"), "{piped:?}");
}
