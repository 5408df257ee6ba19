//! `backup` and `restore`: copy the database to a file, and put such a copy back. Neither needs a configuration without mistakes,
//! because only the place of the database is asked of it.

use std::path::{Path, PathBuf};

use super::print::counted;
use super::progress::Progress;
use super::session::{Session, VerbResult, block_on, database_of};
use super::{FAILED, Failure, HELD_BY_ANOTHER};
use crate::control::End;
use crate::store::{self, BackupError, Copied, Watch};

pub(super) fn back_up(session: &Session, file: PathBuf, force: bool) -> VerbResult {
    let database = database_of(&session.config_path()?);
    let to = file.display().to_string();
    let copied = off_thread(session, move |watch| store::back_up(&database, &file, force, watch))?;
    Ok(End { exit: 0, message: format!("backed up {} to {to}", told(&copied)) })
}

pub(super) fn restore(session: &Session, file: PathBuf) -> VerbResult {
    let database = database_of(&session.config_path()?);
    let (from, to) = (file.display().to_string(), database.display().to_string());
    let copied = off_thread(session, move |watch| store::restore(&database, &file, watch))?;
    let kept = |kept: &Path| format!("\n  the database that was there is kept as {}", kept.display());
    let kept = copied.kept.as_deref().map(kept).unwrap_or_default();
    Ok(End { exit: 0, message: format!("restored {} from {from} to {to}{kept}", told(&copied)) })
}

fn told(copied: &Copied) -> String {
    let last = copied.last.map(|last| format!(", the last of {last}")).unwrap_or_default();
    format!("{}{last}", counted(copied.entries, "entry"))
}

/// Within the runtime, a file that reaches the limit of its size makes the write fail and does not end the process.
fn off_thread(
    session: &Session,
    work: impl FnOnce(Watch<'_>) -> Result<Copied, BackupError> + Send + 'static,
) -> Result<Copied, Failure> {
    let progress = Progress::new(session, false, "copying the database", 0);
    let line = progress.line.clone();
    let watched = move || {
        work(&|done, all| match done < all {
            true => line.share(done.into(), all.into()),
            false => line.next("checking the copy"),
        })
    };
    block_on(async {
        let done = tokio::task::spawn_blocking(watched).await;
        let done = done.map_err(|error| Failure::new(FAILED, format!("a bug in watershed: {error}")))?;
        done.map_err(|error| Failure::new(if error.is_locked() { HELD_BY_ANOTHER } else { FAILED }, error.to_string()))
    })
}
