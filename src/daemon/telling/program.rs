//! Runs a program that is told something: without a shell, without the secrets in our environment, and for a limited time.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, Command};

use crate::tell::{self, Attempt};

/// How long a program may run.
const RUNS_WITHIN: Duration = Duration::from_secs(60);
/// Bytes that are kept of what a program writes to its standard error. The rest is read and dropped, so that the program does not wait.
const SAID_BYTES: usize = 4 * 1024;
/// How long what an ended program has written may take to be read.
const READ_WITHIN: Duration = Duration::from_millis(200);
/// How long a killed program may take to end.
const DIES_WITHIN: Duration = Duration::from_secs(1);
/// The environment variables that a program gets. All others may hold secrets of the configuration (`env = "NAME"`).
const PASSED_ON: &str = "PATH HOME USER LOGNAME SHELL LANG LC_ALL LC_CTYPE LC_MESSAGES TZ TMPDIR XDG_RUNTIME_DIR \
                         DBUS_SESSION_BUS_ADDRESS DISPLAY";

/// The process group of a program. When it is dropped, all processes in it are killed.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Group {
        Group(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Fails if no process of the group is left.
        let _ = self.0.map(|group| kill_process_group(group, Signal::KILL));
    }
}

/// Runs a command with `input` as its standard input. When the program ends, when its time is over, or when the future is dropped, all
/// processes of its group are killed, so that nothing of it remains.
pub(super) async fn run(command: &[String], folder: &Path, input: &[u8]) -> Attempt {
    let Some((program, arguments)) = command.split_first() else { return Attempt::failed("`exec` names no program") };
    // A path is relative to the folder of the configuration; a name alone is looked up in PATH.
    let path = if program.contains('/') { folder.join(program) } else { PathBuf::from(program) };
    let environment = PASSED_ON.split(' ').filter_map(|name| Some((name, std::env::var_os(name)?)));
    let mut command = Command::new(path);
    command.args(arguments).env_clear().envs(environment).process_group(0).kill_on_drop(true);
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return Attempt::failed(format!("cannot start {program}: {error}")),
    };
    let group = Group::of(&child);
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    let mut said = Vec::new();
    let ended = {
        let talking = async { tokio::join!(feed(stdin, input), listen(stderr, &mut said)) };
        tokio::pin!(talking);
        let running = tokio::time::timeout(RUNS_WITHIN, child.wait());
        tokio::pin!(running);
        let mut is_talking = true;
        let ended = loop {
            tokio::select! {
                ended = &mut running => break ended,
                _ = &mut talking, if is_talking => is_talking = false,
            }
        };
        drop(group);
        if is_talking {
            let _ = tokio::time::timeout(READ_WITHIN, &mut talking).await;
        }
        ended
    };
    match ended {
        Ok(Ok(status)) => tell::of_exit(status.code(), status.signal(), &said),
        Ok(Err(error)) => Attempt::failed(format!("cannot wait for {program}: {error}")),
        Err(_) => {
            let _ = tokio::time::timeout(DIES_WITHIN, child.wait()).await;
            Attempt::failed(format!("the program did not end within {} s and was killed", RUNS_WITHIN.as_secs()))
        }
    }
}

async fn feed(stdin: Option<ChildStdin>, input: &[u8]) {
    let Some(mut stdin) = stdin else { return };
    // A program that has read enough closes its end. The exit status tells whether it took the news.
    let _ = stdin.write_all(input).await;
}

async fn listen(stderr: Option<ChildStderr>, said: &mut Vec<u8>) {
    let Some(mut stderr) = stderr else { return };
    let mut piece = [0; 1024];
    while let Ok(read) = stderr.read(&mut piece).await
        && read > 0
    {
        let room = SAID_BYTES.saturating_sub(said.len());
        said.extend(piece.iter().take(read.min(room)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shell(script: &str, input: &[u8]) -> Attempt {
        let command = ["/bin/sh".to_owned(), "-c".to_owned(), script.to_owned()];
        run(&command, Path::new("/"), input).await
    }

    fn failed(why: &str) -> Attempt {
        Attempt::failed(why)
    }

    #[tokio::test]
    async fn the_end_of_a_program_is_the_outcome() {
        let large = vec![b'x'; 1024 * 1024];
        assert_eq!(shell("[ \"$(cat)\" = news ]", b"news").await, Attempt::Taken);
        // A program that does not read its input, and a program that says much.
        assert_eq!(shell("exit 0", &large).await, Attempt::Taken);
        assert_eq!(shell("yes | head -c 1000000 >&2; cat >/dev/null", &large).await, Attempt::Taken);
        let said = shell("echo >&2; echo 'no room\u{7}' >&2; echo more >&2; exit 3", b"").await;
        assert_eq!(said, failed("the program ended with exit status 3: no room\u{fffd}"));
        assert_eq!(shell("kill -9 $$", b"").await, failed("the program was ended by signal 9"));
        let missing = run(&["/nowhere/tell".to_owned()], Path::new("/"), b"").await;
        assert!(
            matches!(&missing, Attempt::Failed { why, .. } if why.starts_with("cannot start /nowhere/tell")),
            "{missing:?}"
        );
    }

    /// Looks again and again until there is a result, for ten seconds at least.
    async fn wait_until<T>(look: impl Fn() -> Option<T>) -> Option<T> {
        for _ in 0..1_000 {
            if let Some(found) = look() {
                return Some(found);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    }

    #[tokio::test]
    async fn nothing_of_a_program_remains() {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        let written = || std::fs::read_to_string(&number).ok().filter(|text| text.ends_with('\n'));
        // A process that has ended and waits for its parent has no command line any more.
        let is_gone = || {
            let process = Path::new("/proc").join(written()?.trim()).join("cmdline");
            let runs = std::fs::read(process).is_ok_and(|command| !command.is_empty());
            (!runs).then_some(())
        };
        // The process in the background holds stderr open.
        let script = format!("sleep 1000 & echo $! >'{}'; exit 0", number.display());
        assert_eq!(shell(&script, b"").await, Attempt::Taken);
        assert!(wait_until(is_gone).await.is_some(), "the process in the background goes on");
        // Broken off, as when the daemon stops.
        std::fs::remove_file(&number).expect("it is there");
        let script = format!("sleep 1000 & echo $! >'{}'; wait", number.display());
        tokio::select! {
            attempt = shell(&script, b"") => panic!("it ended: {attempt:?}"),
            begun = wait_until(written) => assert!(begun.is_some(), "it has not begun"),
        }
        assert!(wait_until(is_gone).await.is_some(), "the program goes on");
    }

    #[tokio::test]
    async fn only_harmless_variables_are_passed_on() {
        let test = "[ -n \"$PATH\" ] && ! env | grep -q '^CARGO'";
        assert_eq!(shell(test, b"").await, Attempt::Taken);
        assert!(
            std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("CARGO")),
            "the test means something"
        );
    }
}
