//! The bounds of what may be written, and the built-in defaults.

use std::time::Duration;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const DAY: u64 = 86_400;

/// Bytes of one configuration file.
pub(super) const MAX_FILE_BYTES: u64 = 32 * MIB;
/// Bytes of a file that holds a secret.
pub(super) const MAX_SECRET_BYTES: u64 = 64 * KIB;
/// Files that all `[[include]]` patterns together may bring.
pub(super) const MAX_INCLUDED_FILES: usize = 1000;
/// Sources in all files together.
pub(super) const MAX_SOURCES: usize = 200_000;
/// Outputs beside the default one.
pub(super) const MAX_OUTPUTS: usize = 1000;
/// Tags of one source or output.
pub(super) const MAX_TAGS: usize = 64;
/// Characters of a tag.
pub(super) const MAX_TAG_CHARS: usize = 100;
/// Characters of a title.
pub(super) const MAX_TITLE_CHARS: usize = 500;
/// Elements of any other list.
pub(super) const MAX_LIST: usize = 10_000;
/// Rules of one filter or rewrite, and patterns of one rule.
pub(super) const MAX_RULES: usize = 500;
/// Bytes of a compiled regular expression of a filter.
pub const MAX_REGEX_BYTES: usize = 1 << 20;
/// Mistakes reported at once; the rest is counted.
pub(super) const MAX_ERRORS: usize = 100;
/// Bytes of a line that an error still quotes.
pub(super) const MAX_QUOTED_LINE_BYTES: usize = 2000;

/// The span that means "at any time": bounds of intervals and ages.
pub(super) const YEAR: Duration = Duration::from_secs(365 * DAY);
pub(super) const NO_TIME: Duration = Duration::ZERO;
pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MAX_TIMEOUT: Duration = Duration::from_secs(600);
pub(super) const MAX_HOST_GAP: Duration = Duration::from_secs(3600);
/// Ages in `keep`: a hundred years.
pub(super) const MAX_KEEP: Duration = Duration::from_secs(100 * 365 * DAY);

/// Bytes.
pub(super) const MIN_BODY: u64 = KIB;
pub(super) const MAX_BODY: u64 = 256 * MIB;
pub(super) const MIN_OUTPUT_SIZE: u64 = 16 * KIB;
pub(super) const MAX_OUTPUT_SIZE: u64 = 64 * MIB;

pub(super) const MAX_CONCURRENCY: u64 = 4096;
pub(super) const MAX_PER_HOST: u64 = 64;
pub(super) const MAX_MAX_ENTRIES: u64 = 100_000;
pub(super) const MAX_OUTPUT_ENTRIES: u64 = 10_000;

pub(super) const DEFAULT_TITLE: &str = "Watershed";
pub(super) const DEFAULT_LISTEN: &str = "127.0.0.1:8470";
pub(super) const DEFAULT_MAX_AGE: Duration = Duration::from_secs(300);
pub(super) const DEFAULT_MIN_EVERY: Duration = Duration::from_secs(3600);
pub(super) const DEFAULT_MAX_EVERY: Duration = Duration::from_secs(DAY);
pub(super) const DEFAULT_CONCURRENCY: usize = 64;
pub(super) const DEFAULT_PER_HOST: usize = 1;
/// Copies may lie so far apart.
pub(super) const DEFAULT_STORY_WINDOW: Duration = Duration::from_secs(7 * 24 * 3_600);
pub(super) const DEFAULT_HOST_GAP: Duration = Duration::from_secs(2);
pub(super) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
pub(super) const DEFAULT_MAX_BODY: u64 = 10 * MIB;
pub(super) const DEFAULT_MAX_ENTRIES: usize = 5000;
pub(super) const DEFAULT_ENTRIES: usize = 100;
pub(super) const DEFAULT_MAX_SIZE: u64 = MIB;
pub(super) const DEFAULT_LOG_LEVEL: &str = "info";
