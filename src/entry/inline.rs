//! Inline images (`data:` addresses): small raster images are kept, everything else is left out.
//!
//! A kept image is encoded again from its bytes, in a single form. SVG images are never kept, because an SVG is a
//! document that may contain scripts.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

/// An image of this many bytes or more is left out.
const PICTURE_MAX_BYTES: usize = 32 * 1_024;
/// Longest address of an inline image that is decoded, in bytes: four characters for three bytes, and line ends.
const ADDRESS_MAX_BYTES: usize = 48 * 1_024;
/// Longest media type in front of the data, in bytes.
const HEAD_MAX_BYTES: usize = 64;
/// Most bytes of all inline images of one text, as they are written; further images are left out.
pub(super) const TOTAL_MAX_BYTES: usize = 256 * 1_024;
/// An image whose width and height are at most this is a placeholder image, in pixels.
const PLACEHOLDER_MAX_PIXELS: u32 = 2;
/// The replacement for an address that is too long to be decoded.
const TOO_LONG: &str = "data:image/too-long,";

/// Decodes base64 with missing or wrong padding, as browsers do.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The kind of a `data:` address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// An image that is kept, with its address in the form that is written.
    Picture(String),
    /// A placeholder image.
    Placeholder,
    /// An image that is not kept, or not an image.
    Other,
}

impl Inline {
    pub(super) fn of(address: &str) -> Inline {
        let Some((kind, bytes)) = decoded(address.trim()) else { return Inline::Other };
        if bytes.len() >= PICTURE_MAX_BYTES || kind_of(&bytes) != Some(kind.as_str()) {
            return Inline::Other;
        }
        if size(&kind, &bytes).is_some_and(|size| size <= PLACEHOLDER_MAX_PIXELS) {
            return Inline::Placeholder;
        }
        Inline::Picture(format!("data:image/{kind};base64,{}", STANDARD.encode(&bytes)))
    }
}

/// Whether an address is an inline image in the form that [`Inline::of`] writes.
pub(super) fn is_written(address: &str) -> bool {
    address.starts_with("data:image/") && matches!(Inline::of(address), Inline::Picture(written) if written == address)
}

/// Whether an address states the media type of a raster image.
pub(super) fn is_raster(address: &str) -> bool {
    address.starts_with("data:image/") && !address.starts_with("data:image/svg")
}

/// The HTML with addresses of inline images that are too long to be decoded replaced by a short address.
pub(super) fn without_long_ones(html: &str) -> Cow<'_, str> {
    let (mut out, mut copied, mut from) = (String::new(), 0, 0);
    while let Some(found) = html[from..].find("data:image/") {
        let start = from + found;
        let end = html[start..].find(['"', '\'', '<', '>']).map_or(html.len(), |length| start + length);
        if end - start > ADDRESS_MAX_BYTES {
            out.push_str(&html[copied..start]);
            out.push_str(TOO_LONG);
            copied = end;
        }
        from = end;
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// The declared image format and the bytes of a `data:` address (RFC 2397) in base64; `None` if it is too long or
/// invalid.
fn decoded(address: &str) -> Option<(String, Vec<u8>)> {
    let is_short = |head: &str| address.len() <= ADDRESS_MAX_BYTES && head.len() <= HEAD_MAX_BYTES;
    let (head, body) = address.split_once(',').filter(|(head, _)| is_short(head))?;
    let head = head.to_ascii_lowercase();
    let described = head.strip_prefix("data:image/")?.strip_suffix(";base64")?;
    let kind = match described.split(';').next().unwrap_or_default() {
        "jpg" => "jpeg",
        kind => kind,
    };
    let body: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    Some((kind.to_owned(), FORGIVING.decode(&body).ok()?))
}

/// The raster image format that begins with these bytes.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("avif"),
        _ => None,
    }
}

/// The larger of width and height in pixels, for formats that state them in their first bytes.
fn size(kind: &str, bytes: &[u8]) -> Option<u32> {
    match kind {
        "gif" => {
            let [a, b, c, d] = *bytes.get(6..)?.first_chunk::<4>()?;
            Some(u16::from_le_bytes([a, b]).max(u16::from_le_bytes([c, d])).into())
        }
        "png" => {
            let [a, b, c, d, e, f, g, h] = *bytes.get(16..)?.first_chunk::<8>()?;
            Some(u32::from_be_bytes([a, b, c, d]).max(u32::from_be_bytes([e, f, g, h])))
        }
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The address of an inline image with valid first bytes and `length` bytes in all.
    pub(crate) fn png(width: u8, length: usize) -> String {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0".to_vec();
        bytes.extend([width, 0, 0, 0, width]);
        bytes.resize(length, 7);
        format!("data:image/png;base64,{}", STANDARD.encode(bytes))
    }

    #[test]
    fn small_raster_images_are_kept() {
        let check = |kind: &str, bytes: &[u8], wanted: &str| {
            let body = STANDARD.encode(bytes);
            let address = format!("data:image/{kind};base64,{body}");
            let wanted = format!("data:image/{wanted};base64,{body}");
            assert_eq!(Inline::of(&address), Inline::Picture(wanted.clone()), "{kind}");
            assert!(is_written(&wanted), "{kind}");
        };
        check("gif", b"GIF89a\x20\x00\x10\x00rest", "gif");
        check("JPG", b"\xff\xd8\xff\xe0rest", "jpeg");
        check("jpeg;charset=utf-8", b"\xff\xd8\xff\xe0rest", "jpeg");
        check("webp", b"RIFF\0\0\0\0WEBPrest", "webp");
        check("avif", b"\0\0\0\x1cftypavifrest", "avif");
        assert!(is_written(&png(10, 100)));
        let (written, wrapped) = (png(10, 100), png(10, 100).replace("AAAA", "AA\r\n AA"));
        assert_ne!(written, wrapped);
        assert_eq!(Inline::of(&format!(" {}\n", wrapped.trim_end_matches('='))), Inline::Picture(written));
        assert!(is_written(&png(10, PICTURE_MAX_BYTES - 1)));
    }

    #[test]
    fn everything_else_is_left_out() {
        for address in [
            "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=",
            "data:image/svg+xml,%3Csvg%3E%3C/svg%3E",
            // An SVG that is declared as PNG, and a PNG that is declared as HTML.
            "data:image/png;base64,PHN2Zz48L3N2Zz4=",
            "data:text/html;base64,iVBORw0KGgo=",
            "data:image/gif;base64,iVBORw0KGgo=",
            "data:image/png,iVBORw0KGgo=",
            "data:image/png;base64,iVBORw0K\"Ggo=",
            "data:,x",
            "data:",
            "https://a.example/x.png",
        ] {
            assert_eq!(Inline::of(address), Inline::Other, "{address}");
            assert!(!is_written(address), "{address}");
        }
        assert_eq!(Inline::of(&png(10, PICTURE_MAX_BYTES)), Inline::Other);
        assert_eq!(Inline::of(&png(1, 100)), Inline::Placeholder);
        let pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
        assert_eq!(Inline::of(pixel), Inline::Placeholder);
    }

    #[test]
    fn long_addresses_are_replaced() {
        let long = format!("<img src='data:image/png;base64,{}' alt=a>b", "A".repeat(ADDRESS_MAX_BYTES));
        assert_eq!(without_long_ones(&long.repeat(2)), "<img src='data:image/too-long,' alt=a>b".repeat(2));
        let short = "<img src='data:image/png;base64,AAAA'>data:image/ and no more";
        assert_eq!(without_long_ones(short), short);
    }
}
