//! A theme: the templates, the style, the words and the static files that decide what pages look like.
//!
//! A theme is made of the built-in files, of which files of the same name take the place, so it may consist of one style sheet.
//! [`Theme::new`] refuses a theme with a mistake: every template is compiled, and every kind of page is written once with
//! invented entries.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono_tz::Tz;
use minijinja::Environment;
use minijinja::value::{Serde, Value};

use super::context::{Context, Html};
use super::words::{self, Words};
use super::{engine, sample};

/// The built-in templates and the built-in style.
const BUILT_IN: [(&str, &str); 16] = [
    ("about.html", include_str!("../../../templates/about.html")),
    ("archive.html", include_str!("../../../templates/archive.html")),
    ("aside.html", include_str!("../../../templates/aside.html")),
    ("body.html", include_str!("../../../templates/body.html")),
    ("entries.html", include_str!("../../../templates/entries.html")),
    ("entry.html", include_str!("../../../templates/entry.html")),
    ("error.html", include_str!("../../../templates/error.html")),
    ("feed.html", include_str!("../../../templates/feed.html")),
    ("front.html", include_str!("../../../templates/front.html")),
    ("icon.html", include_str!("../../../templates/icon.html")),
    ("layout.html", include_str!("../../../templates/layout.html")),
    ("members.html", include_str!("../../../templates/members.html")),
    ("search.html", include_str!("../../../templates/search.html")),
    ("status.html", include_str!("../../../templates/status.html")),
    ("story.html", include_str!("../../../templates/story.html")),
    ("text.html", include_str!("../../../templates/text.html")),
];
/// The name of the style sheet, which each page contains.
const STYLE: &str = "style.css";
const BUILT_IN_STYLE: &str = include_str!("../../../templates/style.css");

/// Most files of a theme.
pub const FILES_MAX: usize = 500;
/// Most bytes of a template, of the style sheet or of a catalogue of words.
pub const TEXT_MAX_BYTES: usize = 256 * 1024;
/// Most bytes of a static file.
pub const STATIC_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes of all files of a theme.
pub const THEME_MAX_BYTES: usize = 32 * 1024 * 1024;

/// The static files that are served, by the ending of their names. Scripts are left out, because pages do not run
/// scripts.
const CONTENT_TYPES: [(&str, &str); 15] = [
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("otf", "font/otf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
];

/// How pages are written, apart from the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOptions {
    /// The language of words and dates (BCP 47). The formats of dates are in its catalogue of words.
    pub language: String,
    /// The zone of days and times.
    pub time_zone: Tz,
}

impl Default for PageOptions {
    fn default() -> PageOptions {
        PageOptions { language: "en".to_owned(), time_zone: Tz::UTC }
    }
}

/// A mistake in a file of a theme, found when the theme is made or when a page is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// The name of the file relative to the theme's folder, or of the template.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    pub reason: String,
}

impl ThemeError {
    pub(super) fn new(file: &str, at: Option<(usize, usize)>, reason: &str) -> ThemeError {
        let (line, column) = at.unzip();
        ThemeError { file: file.to_owned(), line, column, reason: reason.trim().to_owned() }
    }
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for ThemeError {}

/// A static file of a theme, served at `/theme/NAME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeFile<'t> {
    /// Relative to the theme's folder, with slashes.
    pub name: &'t str,
    pub content_type: &'static str,
    pub bytes: &'t [u8],
}

/// What pages are made with.
#[derive(Debug)]
pub struct Theme {
    pub(super) time_zone: Tz,
    parts: LazyLock<Parts, Box<dyn FnOnce() -> Parts + Send>>,
}

/// Compiled templates, the style, static files and words.
#[derive(Debug)]
struct Parts {
    environment: Environment<'static>,
    style_sha256: String,
    words: Words,
    files: BTreeMap<String, (&'static str, Vec<u8>)>,
}

impl Theme {
    /// The built-in theme. Its templates are compiled when it is first used, because most commands write no page.
    pub fn built_in(options: &PageOptions) -> Theme {
        let language = options.language.clone();
        // The built-in files are right, as a test shows.
        let make = move || Parts::of(BTreeMap::new(), &language).0;
        Theme { time_zone: options.time_zone, parts: LazyLock::new(Box::new(make)) }
    }

    /// A theme of files, given by their names relative to the theme's folder. They take the place of the built-in files of the same
    /// names. Files of other kinds than templates, words, styles, pictures and fonts are left out, and so are hidden files.
    ///
    /// # Errors
    /// The first mistake: a file that is too large or not UTF-8, wrong syntax, or a page that cannot be written.
    pub fn new(files: BTreeMap<String, Vec<u8>>, options: &PageOptions) -> Result<Theme, ThemeError> {
        within_limits(&files)?;
        let (parts, mistake) = Parts::of(files, &options.language);
        if let Some(mistake) = mistake {
            return Err(mistake);
        }
        let theme = Theme { time_zone: options.time_zone, parts: LazyLock::new(Box::new(|| parts)) };
        sample::try_all(&theme).map(|()| theme)
    }

    /// SHA-256 of the style in Base64, by which the security policy of pages allows only this style (CSP 3, 2.3.1).
    pub fn style_sha256(&self) -> &str {
        &self.parts.style_sha256
    }

    /// The language of the words: the configured language, or English if the theme has no words in that language.
    pub fn language(&self) -> &str {
        &self.parts.words.language
    }

    pub(super) fn words(&self) -> &Words {
        &self.parts.words
    }

    /// A static file.
    pub fn file(&self, name: &str) -> Option<ThemeFile<'_>> {
        let (name, (content_type, bytes)) = self.parts.files.get_key_value(name)?;
        Some(ThemeFile { name, content_type, bytes })
    }

    /// The static files by name.
    pub fn files(&self) -> impl Iterator<Item = ThemeFile<'_>> {
        self.parts.files.iter().map(|(name, (content_type, bytes))| ThemeFile { name, content_type, bytes })
    }

    /// Writes a page by the template of its kind.
    pub fn write(&self, page: &Context) -> Result<Vec<u8>, ThemeError> {
        engine::render(&self.parts.environment, &format!("{}.html", page.kind), Value::from(Serde(page)))
    }
}

impl Parts {
    /// The parts of a theme without the files that have mistakes, and the first mistake.
    fn of(files: BTreeMap<String, Vec<u8>>, language: &str) -> (Parts, Option<ThemeError>) {
        let mut mistake = None;
        let mut texts: BTreeMap<String, String> =
            BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut style = BUILT_IN_STYLE.to_owned();
        let (mut of_words, mut statics) = (BTreeMap::new(), BTreeMap::new());
        for (name, bytes) in files {
            let read = match kind_of(&name) {
                FileKind::Ignored => Ok(()),
                FileKind::Static(content_type) => {
                    statics.insert(name, (content_type, bytes));
                    Ok(())
                }
                FileKind::Template => text(&name, bytes).map(|text| {
                    texts.insert(name, text);
                }),
                FileKind::Words => text(&name, bytes).map(|text| {
                    of_words.insert(name, text);
                }),
                FileKind::Style => text(&name, bytes).and_then(checked_style).map(|text| style = text),
            };
            mistake = mistake.or(read.err());
        }
        let words = Words::new(language, &of_words).unwrap_or_else(|error| {
            mistake.get_or_insert(error);
            Words::default()
        });
        let mut environment = engine::environment();
        environment.add_global("words", Value::from(Serde(&words.words)));
        environment.add_global("style", Value::from_object(Html::trusted(&style)));
        for (name, text) in texts {
            let added = engine::add(&mut environment, name, text);
            mistake = mistake.or(added.err());
        }
        let style_sha256 = sha256(&style);
        (Parts { environment, style_sha256, words, files: statics }, mistake)
    }
}

/// Every built-in file with its name: templates, the style, and words.
pub fn built_in_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT_IN.into_iter().chain([(STYLE, BUILT_IN_STYLE)]).chain(words::BUILT_IN)
}

fn sha256(text: &str) -> String {
    STANDARD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes()))
}

/// What a file of a theme is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Template,
    Style,
    Words,
    Static(&'static str),
    Ignored,
}

fn kind_of(name: &str) -> FileKind {
    // Hidden files belong to editors and version control. A path that is not below the folder cannot be requested.
    if name.split('/').any(|part| part.is_empty() || part.starts_with('.')) || name.contains(['\\', '\0']) {
        return FileKind::Ignored;
    }
    if name == STYLE {
        return FileKind::Style;
    }
    if name.starts_with("words.") && name.ends_with(".toml") {
        return FileKind::Words;
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if ending == "html" {
        return FileKind::Template;
    }
    let known = CONTENT_TYPES.iter().find(|(known, _)| *known == ending);
    known.map_or(FileKind::Ignored, |(_, content_type)| FileKind::Static(content_type))
}

fn within_limits(files: &BTreeMap<String, Vec<u8>>) -> Result<(), ThemeError> {
    let mut all = 0_usize;
    for (at, (name, bytes)) in files.iter().enumerate() {
        let most = match kind_of(name) {
            FileKind::Ignored => continue,
            FileKind::Static(_) => STATIC_MAX_BYTES,
            FileKind::Template | FileKind::Style | FileKind::Words => TEXT_MAX_BYTES,
        };
        all = all.saturating_add(bytes.len());
        let reason = if bytes.len() > most {
            format!("larger than {} KiB, the limit for such a file of a theme", most / 1024)
        } else if all > THEME_MAX_BYTES {
            format!("with it the theme is larger than {} MiB, the limit", THEME_MAX_BYTES / (1024 * 1024))
        } else if at >= FILES_MAX {
            format!("with it the theme has more than {FILES_MAX} files, the limit")
        } else {
            continue;
        };
        return Err(ThemeError::new(name, None, &reason));
    }
    Ok(())
}

/// The text of a file, with line breaks as HTML reads them (HTML, 13.2.3.5), because the digest of the style is that of what the
/// browser reads.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, ThemeError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let whole = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..whole).unwrap_or_default()).into_owned();
        ThemeError::new(name, Some(line_and_column(&before, before.len())), "not UTF-8; save the file as UTF-8")
    })?;
    if let Some(at) = text.find('\0') {
        return Err(ThemeError::new(name, Some(line_and_column(&text, at)), "contains a NUL character"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The style stands in an element of the page, which `</` might end.
fn checked_style(style: String) -> Result<String, ThemeError> {
    for end in ["</", "<!--"] {
        if let Some(at) = style.find(end) {
            let reason = format!("contains `{end}`, which has no place in a style");
            return Err(ThemeError::new(STYLE, Some(line_and_column(&style, at)), &reason));
        }
    }
    Ok(style)
}

/// Line and column of a byte of a text, both from 1; the column in characters.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.rfind('\n').map_or(before, |end| before.get(end + 1..).unwrap_or_default());
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
