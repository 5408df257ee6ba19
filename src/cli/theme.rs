//! `theme`: what authors of themes start from.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::session::{Session, VerbResult, printed};
use super::{FAILED, Failure, print};
use crate::control::End;
use crate::publish::pages::{PageKind, PageOptions, Theme, built_in_files, sample_context};

/// The page that a name on the command line stands for.
pub(super) fn kind_of_page(name: &str) -> Result<PageKind, String> {
    PageKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let names: Vec<&str> = PageKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("there is no such page; the pages are {}", names.join(", "))
    })
}

pub(super) fn theme(session: &Session, write: Option<PathBuf>, context: Option<PageKind>) -> VerbResult {
    if let Some(kind) = context {
        let theme = Theme::built_in(&PageOptions::default());
        return printed(sample_context(&theme, kind).map_err(io::Error::from).and_then(|json| print::line(&json)));
    }
    match write {
        Some(folder) => written(session, &folder),
        None => Ok(End::done()),
    }
}

/// Writes the files that do not exist yet, and says which files were left as they were.
fn written(session: &Session, folder: &Path) -> VerbResult {
    let failed =
        |path: &Path, error: io::Error| Failure::new(FAILED, format!("{} cannot be written: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let (mut new, mut kept) = (0, 0);
    for (name, text) in built_in_files() {
        let path = folder.join(name);
        match File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes())) {
            Ok(()) => new += 1,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                session.say(&format!("{} is there already and stays as it is", path.display()));
                kept += 1;
            }
            Err(error) => return Err(failed(&path, error)),
        }
    }
    let left = if kept == 0 { String::new() } else { format!(", {kept} files left as they are") };
    let next = format!("set `theme` in [serve] to {} to use them", folder.display());
    Ok(End { exit: 0, message: format!("{new} files written to {}{left}; {next}", folder.display()) })
}
