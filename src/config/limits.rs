//! Bounds for the values in a configuration. The defaults are in the table of keys.

use std::time::Duration;

pub(super) const KIB: u64 = 1024;
pub(super) const MIB: u64 = 1024 * KIB;

/// Most bytes of a configuration file.
pub const MAX_FILE_BYTES: u64 = 32 * MIB;
/// Most bytes of a file that contains a secret.
pub(super) const MAX_SECRET_BYTES: u64 = 64 * KIB;
/// Most bytes of a file that `icon` of a source names.
pub(super) const MAX_ICON_BYTES: u64 = 256 * KIB;
/// Most files that all `[[include]]` patterns together may include.
pub(super) const MAX_INCLUDED_FILES: usize = 1000;
/// Most reading lists.
pub(super) const MAX_LISTS: usize = 100;
/// Most bytes of a reading list.
pub const MAX_LIST_BYTES: u64 = 8 * MIB;
/// Most sources in all files together.
pub(super) const MAX_SOURCES: usize = 200_000;
/// Most outputs, without the default output.
pub(super) const MAX_OUTPUTS: usize = 1000;
/// Most programs and addresses that get changes of state.
pub(super) const MAX_NOTIFY: usize = 100;
/// Most tags of a source or an output.
pub(super) const MAX_TAGS: usize = 64;
/// Most characters of a tag.
pub(super) const MAX_TAG_CHARS: usize = 100;
/// Most characters of a title.
pub(super) const MAX_TITLE_CHARS: usize = 500;
/// Most characters of a description.
pub(super) const MAX_DESCRIPTION_CHARS: usize = 4_000;
/// Most elements of any other list.
pub(super) const MAX_LIST: usize = 10_000;
/// Most rules of a filter or rewrite, and most patterns of a rule.
pub(super) const MAX_RULES: usize = 500;
/// Most bytes of a compiled regular expression of a filter.
pub const MAX_REGEX_BYTES: usize = 1 << 20;
/// Most mistakes that are reported at once; further mistakes are only counted.
pub(super) const MAX_ERRORS: usize = 100;
/// Most bytes of a line that an error quotes.
pub(super) const MAX_QUOTED_LINE_BYTES: usize = 2000;

/// The span that means "at any time": bounds of intervals and ages.
pub(super) const YEAR: Duration = Duration::from_secs(365 * 86_400);
pub(super) const NO_TIME: Duration = Duration::ZERO;
pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MINUTE: Duration = Duration::from_secs(60);
pub(super) const HOUR: Duration = Duration::from_secs(3600);
pub(super) const DAY: Duration = Duration::from_secs(86_400);
/// Ages in `keep` and `backfill`: a hundred years.
pub(super) const MAX_KEEP: Duration = Duration::from_secs(100 * 365 * 86_400);
pub(super) const MAX_TIMEOUT: Duration = Duration::from_secs(600);
pub(super) const MAX_HOST_GAP: Duration = Duration::from_secs(3600);

/// Bytes.
pub(super) const MIN_BODY: u64 = KIB;
pub(super) const MAX_BODY: u64 = 256 * MIB;
pub(super) const MIN_OUTPUT_SIZE: u64 = 16 * KIB;
pub(super) const MAX_OUTPUT_SIZE: u64 = 64 * MIB;

pub(super) const MAX_CONCURRENCY: u64 = 4096;
pub(super) const MAX_PER_HOST: u64 = 64;
pub(super) const MAX_MAX_ENTRIES: u64 = 100_000;
pub(super) const MAX_OUTPUT_ENTRIES: u64 = 10_000;
