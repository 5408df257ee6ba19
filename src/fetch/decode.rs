//! Undoes content codings under a size limit, so that a decompression bomb costs no more than an honest body of the
//! largest allowed size.
//!
//! The HTTP client does not do this, because several gzip members in a row are one body (RFC 1952, 2.2), a coding that
//! was applied twice must be undone twice, a stream that ends early is an error, the limit counts decompressed bytes,
//! and a wrong label must be recognised from the body.

use std::borrow::Cow;
use std::io::Read;

use super::FetchError;
use crate::model::Problem;

/// The Accept-Encoding that we send. It never changes, because ETags differ between codings.
pub const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// How many codings of a body are undone at most.
const MAX_LAYERS: usize = 2;
/// The largest window of a zstd stream, as a power of two: 8 MiB, the limit of RFC 9659 for HTTP.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;
/// How many times larger most feeds are than in their compressed form.
const USUAL_RATIO: usize = 4;
/// The largest buffer with which decompression begins, in bytes.
const FIRST_ROOM_MAX_BYTES: usize = 1024 * 1024;
/// The input buffer of the brotli decoder, in bytes.
const BROTLI_BUFFER: usize = 8 * 1024;
/// The first bytes of a gzip member: its magic number and the only method (RFC 1952, 2.3.1).
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// The first bytes of a zstd frame (RFC 8878, 3.1.1).
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The first bytes of a zlib stream: a window of 32 KiB, which all encoders use, and one of four levels (RFC 1950, 2.2).
const ZLIB_MAGIC: [[u8; 2]; 4] = [[0x78, 0x01], [0x78, 0x5e], [0x78, 0x9c], [0x78, 0xda]];
/// The longest name of a coding that a problem quotes, in bytes.
const NAME_MAX_BYTES: usize = 40;
/// Bytes at the beginning of a body that are inspected to recognise text.
const TEXT_LOOKED_AT_BYTES: usize = 512;
/// The size of a gzip member's header without its optional fields, in bytes.
const GZIP_HEADER_BYTES: usize = 10;
/// The size of a gzip member's trailer, in bytes.
const GZIP_TRAILER_BYTES: usize = 8;
/// The flags of a gzip member's header, which say which optional fields it has.
const HAS_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;

/// A body whose codings have been undone.
#[derive(Debug)]
pub struct Decoded<'a> {
    pub body: Cow<'a, [u8]>,
    /// Wrong labels that were found.
    pub problems: Vec<Problem>,
}

/// The codings that Content-Encoding headers name, in the order of their application, without `identity`.
pub fn codings<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    values
        .flat_map(|value| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect()
}

/// Whether a body may be compressed, judging by its labels and its first bytes.
pub fn may_be_packed(body: &[u8], codings: &[String]) -> bool {
    !codings.is_empty() || by_magic(body).is_some()
}

/// Undoes `codings`, the last applied first. No stage may produce more than `limit` bytes. If a label is wrong, the
/// first bytes decide, because servers and proxies label bodies that they do not inspect: text is taken as text under
/// any label, and a body with the magic number of gzip, zstd or zlib is decompressed under any label or without one.
pub fn decode<'a>(body: &'a [u8], codings: &[String], limit: u64) -> Result<Decoded<'a>, FetchError> {
    let is_known = |coding: &str| matches!(coding, "gzip" | "x-gzip" | "deflate" | "br" | "zstd");
    let mut decoded = Decoded { body: Cow::Borrowed(body), problems: Vec::new() };
    let mut layers = 0;
    for coding in codings.iter().rev() {
        // Some servers label even an empty body, which needs no decompression.
        if decoded.body.is_empty() {
            return Ok(decoded);
        }
        if is_known(coding) {
            layers += 1;
            if layers > MAX_LAYERS {
                return Err(too_many(codings));
            }
            decoded.undo_labelled(coding, limit)?;
        } else {
            let name = &coding[..coding.floor_char_boundary(NAME_MAX_BYTES)];
            let why = format!("Content-Encoding names an unknown coding ({}); it was ignored", name.escape_debug());
            decoded.problems.push(Problem::new(why));
        }
    }
    while let Some(coding) = by_magic(&decoded.body) {
        layers += 1;
        if layers > MAX_LAYERS {
            return Err(too_many(codings));
        }
        decoded.undo(coding, limit)?;
        let why = if codings.iter().any(|label| label == coding) {
            format!("the body is compressed with {coding} more often than Content-Encoding says")
        } else {
            format!("the body is compressed with {coding}, but Content-Encoding does not say so")
        };
        decoded.problems.push(Problem::new(why));
    }
    Ok(decoded)
}

fn too_many(codings: &[String]) -> FetchError {
    let coding = if codings.is_empty() { "no Content-Encoding".to_owned() } else { codings.join(", ") };
    FetchError::Encoding { coding, why: format!("more than {MAX_LAYERS} codings on top of each other") }
}

impl Decoded<'_> {
    /// Undoes the coding that a label names, or else the coding that the first bytes show.
    fn undo_labelled(&mut self, coding: &str, limit: u64) -> Result<(), FetchError> {
        // The magic number of a coding has precedence over the label of another.
        if let Some(actual) = by_magic(&self.body).filter(|actual| *actual != coding.trim_start_matches("x-")) {
            // The labelled coding is tried first, because a brotli or deflate stream may begin with these bytes by
            // chance.
            if self.undo(coding, limit).is_ok() {
                return Ok(());
            }
            self.undo(actual, limit)?;
            let why = format!("Content-Encoding says {coding}, but the body is compressed with {actual}");
            self.problems.push(Problem::new(why));
            return Ok(());
        }
        // Text is not decompressed at all, because a decoder may take its first bytes for a short stream.
        if !is_surely_text(&self.body) {
            match self.undo(coding, limit) {
                Ok(()) => return Ok(()),
                // A body that is too large for a low limit is not taken for text, because it may fit a higher limit.
                Err(error) if matches!(error, FetchError::TooLarge { .. }) || !looks_like_text(&self.body) => {
                    return Err(error);
                }
                Err(_) => {}
            }
        }
        let why = format!("Content-Encoding says {coding}, but the body is not compressed");
        self.problems.push(Problem::new(why));
        Ok(())
    }

    fn undo(&mut self, coding: &str, limit: u64) -> Result<(), FetchError> {
        let undone = undo(&self.body, coding, limit)?;
        self.body = Cow::Owned(undone.body);
        self.problems.extend(undone.problem.map(Problem::new));
        Ok(())
    }
}

/// The coding whose magic number a body begins with. No feed in any charset begins with these bytes.
fn by_magic(body: &[u8]) -> Option<&'static str> {
    if body.starts_with(&GZIP_MAGIC) {
        Some("gzip")
    } else if body.starts_with(&ZSTD_MAGIC) {
        Some("zstd")
    } else if ZLIB_MAGIC.iter().any(|magic| body.starts_with(magic)) {
        Some("deflate")
    } else {
        None
    }
}

/// Whether a body begins like XML, HTML or JSON in any charset, after an optional byte order mark and white space.
fn looks_like_text(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let utf16 = body.starts_with(&[0xfe, 0xff]) || body.starts_with(&[0xff, 0xfe]);
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    utf16 || matches!(first, Some(b'<' | b'{' | b'['))
}

/// Whether a body also begins with UTF-8 without control characters, as no compressed stream does.
fn is_surely_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(TEXT_LOOKED_AT_BYTES)];
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be incomplete, because only the first bytes are inspected.
        Err(error) => error.error_len().is_none() && head.len() < body.len(),
    };
    is_utf8 && looks_like_text(head) && !head.iter().any(|byte| *byte < b' ' && !byte.is_ascii_whitespace())
}

/// A body after one coding was undone.
struct Undone {
    body: Vec<u8>,
    problem: Option<&'static str>,
}

fn undo(body: &[u8], coding: &str, limit: u64) -> Result<Undone, FetchError> {
    let broken = |why: String| FetchError::Encoding { coding: coding.to_owned(), why };
    let undone = match coding {
        "gzip" | "x-gzip" => return members(body, limit),
        // RFC 9110, 8.4.1.2 defines deflate as zlib, but some servers send the bare stream.
        "deflate" if body[0] & 0x0f == 8 => read(flate2::bufread::ZlibDecoder::new(body), body.len(), coding, limit),
        "deflate" => read(flate2::bufread::DeflateDecoder::new(body), body.len(), coding, limit),
        "br" => read(brotli::Decompressor::new(body, BROTLI_BUFFER), body.len(), coding, limit),
        "zstd" => {
            let mut decoder = zstd::Decoder::with_buffer(body).map_err(|error| broken(error.to_string()))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|error| broken(error.to_string()))?;
            read(decoder, body.len(), coding, limit)
        }
        _ => Err(broken("this coding is unknown and was not requested".to_owned())),
    };
    Ok(Undone { body: undone?, problem: None })
}

/// Undoes all members of a gzip body, one after the other (RFC 1952, 2.2). Trailing bytes that are not a member are
/// ignored, as gzip(1) and browsers do, because some servers pad the body with zeros.
fn members(mut body: &[u8], limit: u64) -> Result<Undone, FetchError> {
    let mut out = Vec::new();
    let mut problem = None;
    // The length of a member is unknown, and most bodies are one.
    let mut packed = body.len();
    let mut first = true;
    while std::mem::take(&mut first) || body.starts_with(&[0x1f, 0x8b]) {
        let mut decoder = flate2::bufread::GzDecoder::new(body);
        let member = match read(&mut decoder, std::mem::take(&mut packed), "gzip", limit) {
            Ok(member) => {
                body = decoder.into_inner();
                member
            }
            Err(error @ FetchError::TooLarge { .. }) => return Err(error),
            Err(error) => {
                let member = without_trailer(body, limit).ok_or(error)?;
                problem = Some("the gzip stream of the body ends without its checksum");
                body = &[];
                member
            }
        };
        if (out.len() + member.len()) as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        if out.is_empty() {
            out = member;
        } else {
            out.extend_from_slice(&member);
        }
    }
    Ok(Undone { body: out, problem })
}

/// The content of a gzip member that ends within its trailer, if all its blocks are there, because some servers omit
/// the trailer. A complete trailer that does not match is an error.
fn without_trailer(body: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut decoder = flate2::bufread::DeflateDecoder::new(blocks(body)?);
    let content = read(&mut decoder, body.len(), "gzip", limit).ok()?;
    (decoder.into_inner().len() < GZIP_TRAILER_BYTES).then_some(content)
}

/// The bytes after the header of a gzip member (RFC 1952, 2.3).
fn blocks(member: &[u8]) -> Option<&[u8]> {
    let flags = *member.get(3)?;
    let mut rest = member.get(GZIP_HEADER_BYTES..)?;
    if flags & HAS_EXTRA != 0 {
        let length = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]);
        rest = rest.get(2 + usize::from(length)..)?;
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HAS_CHECKSUM != 0 { rest.get(2..) } else { Some(rest) }
}

/// Reads everything that a decoder gives. `packed` is the length of the compressed input in bytes, which only sizes the
/// first buffer.
fn read(decoder: impl Read, packed: usize, coding: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::with_capacity(packed.saturating_mul(USUAL_RATIO).min(FIRST_ROOM_MAX_BYTES));
    decoder
        .take(limit + 1)
        .read_to_end(&mut body)
        .map_err(|error| FetchError::Encoding { coding: coding.to_owned(), why: error.to_string() })?;
    if body.len() as u64 > limit { Err(FetchError::TooLarge { limit }) } else { Ok(body) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(body).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    }

    fn check(body: &[u8], coding: &str, limit: u64, wanted: Option<&[u8]>) {
        told(body, coding, limit, wanted, &[]);
    }

    /// Checks the decoded body, and a phrase of each problem.
    fn told(body: &[u8], coding: &str, limit: u64, wanted: Option<&[u8]>, problems: &[&str]) {
        let decoded = decode(body, &codings([coding].into_iter()), limit);
        assert_eq!(decoded.as_ref().ok().map(|decoded| &*decoded.body), wanted, "{coding}: {decoded:?}");
        let found = decoded.map(|decoded| decoded.problems).unwrap_or_default();
        assert_eq!(found.len(), problems.len(), "{coding}: {found:?}");
        for (found, wanted) in found.iter().zip(problems) {
            assert!(found.as_str().contains(wanted), "{coding}: {found}");
        }
    }

    #[test]
    fn codings_are_undone_in_layers_and_members() {
        let text = b"one feed".repeat(50);
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(&text).expect("memory takes everything");
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(&text).expect("memory takes everything");
        let mut br = Vec::new();
        brotli::BrotliCompress(&mut text.as_slice(), &mut br, &brotli::enc::BrotliEncoderParams::default())
            .expect("memory takes everything");
        check(&text, "identity", 400, Some(&text));
        check(&gzip(&text), "gzip", 400, Some(&text));
        check(&gzip(&gzip(&text)), "gzip, gzip", 400, Some(&text));
        check(&zlib.finish().expect("memory takes everything"), "deflate", 400, Some(&text));
        check(&raw.finish().expect("memory takes everything"), "deflate", 400, Some(&text));
        check(&br, "br", 400, Some(&text));
        check(&zstd::encode_all(text.as_slice(), 3).expect("memory takes everything"), "zstd", 400, Some(&text));
        told(&gzip(&text), "identity", 400, Some(&text), &["Content-Encoding does not say so"]);
        told(&gzip(&gzip(&text)), "gzip", 400, Some(&text), &["more often than"]);
        let members = [gzip(b"one "), gzip(b"body")].concat();
        check(&members, "gzip", 400, Some(b"one body"));
    }

    #[test]
    fn a_bomb_a_cut_stream_and_an_unknown_coding_are_refused() {
        let text = b"one feed".repeat(50);
        check(&gzip(&text), "gzip", 399, None);
        check(&gzip(&text)[..20], "gzip", 400, None);
        check(&gzip(&gzip(&gzip(&text))), "gzip, gzip, gzip", 4_000, None);
        check(&gzip(&gzip(&gzip(&text))), "gzip", 4_000, None);
        check(&text, "gzip", 400, None);
        check(&gzip(&text), "", 399, None);
        // A checksum that is present must be right.
        let mut wrong = gzip(&text);
        let at = wrong.len() - 6;
        wrong[at] ^= 1;
        check(&wrong, "gzip", 400, None);
    }

    #[test]
    fn the_first_bytes_are_believed_before_the_label() {
        let feed = format!("<?xml version='1.0'?><rss>{}</rss>", "<item/>".repeat(50)).into_bytes();
        let json = format!("{{\"items\": [{}1]}}", "1, ".repeat(50)).into_bytes();
        let latin1 = b"<rss><title>caf\xe9</title></rss>";
        let limit = 1_000;
        for coding in ["gzip", "x-gzip", "deflate", "br", "zstd"] {
            for text in [&feed, &json, &latin1.to_vec(), &[b"\xef\xbb\xbf ".as_slice(), feed.as_slice()].concat()] {
                told(text, coding, limit, Some(text), &["but the body is not compressed"]);
            }
        }
        for coding in ["none", "utf-8", "aws-chunked", "binary", "compress"] {
            told(&feed, coding, limit, Some(&feed), &["names an unknown coding"]);
        }
        told(&gzip(&feed), "none", limit, Some(&feed), &["an unknown coding", "does not say so"]);
        told(&gzip(&feed), "", limit, Some(&feed), &["does not say so"]);
        told(&gzip(&feed), "br", limit, Some(&feed), &["says br, but"]);
        told(&gzip(&feed), "deflate", limit, Some(&feed), &["says deflate, but"]);
        told(&gzip(&gzip(&feed)), "gzip", limit, Some(&feed), &["more often"]);
        let zstd = zstd::encode_all(feed.as_slice(), 3).expect("memory takes everything");
        told(&zstd, "gzip", limit, Some(&feed), &["says gzip, but"]);
        told(&zstd, "", limit, Some(&feed), &["does not say so"]);
        // Binary data is an error under a label, and unchanged without a label.
        told(b"\x00\x01\x02\x03", "gzip", limit, None, &[]);
        told(b"\x00\x01\x02\x03", "", limit, Some(b"\x00\x01\x02\x03"), &[]);
        told(b"", "gzip", limit, Some(b""), &[]);
    }

    #[test]
    fn a_gzip_stream_without_its_trailer_is_whole_if_its_blocks_are() {
        let text = b"one feed".repeat(50);
        let whole = gzip(&text);
        for missing in 1..=GZIP_TRAILER_BYTES {
            told(&whole[..whole.len() - missing], "gzip", 400, Some(&text), &["without its checksum"]);
        }
        check(&whole[..whole.len() - GZIP_TRAILER_BYTES - 2], "gzip", 400, None);
        let mut named = flate2::GzBuilder::new()
            .filename("feed.xml")
            .comment("c")
            .extra("e")
            .write(Vec::new(), flate2::Compression::fast());
        named.write_all(&text).expect("memory takes everything");
        let named = named.finish().expect("memory takes everything");
        told(&named[..named.len() - GZIP_TRAILER_BYTES], "gzip", 400, Some(&text), &["without its checksum"]);
    }
}
