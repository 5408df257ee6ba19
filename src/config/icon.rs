//! `icon` of a source: the address of a picture, or a file with a picture that this server serves.

use std::path::{Path, PathBuf};

use serde_json::Value;
use url::Url;

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::limits::MAX_ICON_BYTES;
use super::open::read_up_to;
use super::reader::Table;
use crate::text::address::is_web_without_login;
use crate::text::digest::first_bytes;

/// Bytes at the beginning of a file in which the root element of an SVG picture must begin.
const SVG_WITHIN: usize = 4 * 1024;

/// The picture of a source on pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceIcon {
    /// The address of a picture, which readers load from there.
    Address(String),
    /// A file, with its kind and a digest of its bytes, by which an edited picture is noticed.
    File { path: PathBuf, kind: &'static PictureKind, digest: [u8; 16] },
}

/// A kind of picture that browsers show, recognised by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct PictureKind {
    /// The ending of file names, without the dot.
    pub suffix: &'static str,
    pub content_type: &'static str,
}

/// The kind of a picture (WHATWG MIME Sniffing, 6.1, and SVG as text); `None` for anything else.
fn kind_of(bytes: &[u8]) -> Option<&'static PictureKind> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let is_webp = || begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice());
    match bytes {
        _ if begins(b"\x89PNG\r\n\x1a\n") => Some(&PictureKind { suffix: "png", content_type: "image/png" }),
        _ if begins(b"\xff\xd8\xff") => Some(&PictureKind { suffix: "jpg", content_type: "image/jpeg" }),
        _ if begins(b"GIF87a") || begins(b"GIF89a") => Some(&PictureKind { suffix: "gif", content_type: "image/gif" }),
        _ if is_webp() => Some(&PictureKind { suffix: "webp", content_type: "image/webp" }),
        _ if begins(b"\0\0\x01\0") => Some(&PictureKind { suffix: "ico", content_type: "image/x-icon" }),
        _ if is_svg(bytes) => Some(&PictureKind { suffix: "svg", content_type: "image/svg+xml" }),
        _ => None,
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begin = &text[..text.floor_char_boundary(SVG_WITHIN)];
    text.starts_with('<') && begin.contains("<svg")
}

kind! {
    /// `icon` of a source; an empty string means not set.
    Icon: SourceIcon, "an address that begins with `http://` or `https://`, or the path of a picture; empty: not set",
    string(), icon, show_icon
}

fn icon(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<SourceIcon> {
    let Written { value, place } = table.string(cx, key).filter(|icon| !icon.value.is_empty())?;
    if value.contains("://") {
        if let Some(url) = Url::parse(&value).ok().filter(is_web_without_login) {
            return Some(SourceIcon::Address(url.into()));
        }
        let message = format!("`{key}` must be an address with http:// or https://, or a file");
        let help = "such as \"https://example.org/icon.png\", without user and password, or the path of a file";
        return cx.refuse_with_help(&place, message, help);
    }
    if !cx.is_trusted(&place) {
        let message = format!("`{key}`: a file that is included with `trusted = false` may name no files");
        let help = "write the address of a picture instead, or the source in a file that is trusted";
        return cx.refuse_with_help(&place, message, help);
    }
    let path = cx.relative_to(&place, &value);
    let read = read_icon(&path);
    // The file is watched even if it cannot be used, because it may be mended.
    cx.named_files.push(path.clone());
    match read {
        Ok((bytes, kind)) => Some(SourceIcon::File { path, kind, digest: first_bytes(&blake3::hash(&bytes)) }),
        Err(why) => cx.refuse(&place, format!("`{key}`: {why}")),
    }
}

fn show_icon(value: &SourceIcon) -> Shown {
    match value {
        SourceIcon::Address(address) => Shown::text(address),
        SourceIcon::File { path, .. } => Shown::text(&path.display().to_string()),
    }
}

/// Reads the file of an icon. The error says why the file cannot be used.
pub fn read_icon(path: &Path) -> Result<(Vec<u8>, &'static PictureKind), String> {
    let bytes = read_up_to(path, MAX_ICON_BYTES).map_err(|error| format!("cannot read the file: {error}"))?;
    if bytes.len() as u64 > MAX_ICON_BYTES {
        return Err(format!("the file is larger than {} KiB", MAX_ICON_BYTES >> 10));
    }
    let kind = kind_of(&bytes).ok_or("the file is not a picture; use PNG, JPEG, GIF, WebP, ICO or SVG")?;
    Ok((bytes, kind))
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn pictures_are_recognised_by_their_bytes() {
        for (bytes, expected) in [
            (b"\x89PNG\r\n\x1a\n\0".as_slice(), Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpg")),
            (b"GIF89a\x01", Some("gif")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("webp")),
            (b"RIFF\x10\0\0\0WAVE", None),
            (b"RIFF", None),
            (b"\0\0\x01\0\x01", Some("ico")),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Some("svg")),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a --><svg/>", Some("svg")),
            (b"<html><script>alert(1)</script></html>", None),
            (b"some text about <svg", None),
            (b"\xff<svg>", None),
            (b"", None),
        ] {
            let suffix = kind_of(bytes).map(|kind| kind.suffix);
            assert_eq!(suffix, expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
