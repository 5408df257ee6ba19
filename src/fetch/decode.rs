//! Content codings undone under a cap, so that a bomb costs no more than an honest body of the largest allowed size.
//!
//! Done by ourselves rather than by the HTTP client: several gzip members in a row are one body (RFC 1952, 2.2), a
//! coding applied twice is undone twice, a stream that ends early is an error, the cap counts what comes out, and a label
//! that lies is told from the body.

use std::borrow::Cow;
use std::io::Read;

use super::FetchError;
use crate::model::Problem;

/// The Accept-Encoding we send. The same for every poll: ETags differ between codings.
pub const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// Codings of one body undone at most.
const MAX_LAYERS: usize = 2;
/// Largest window of a zstd stream: 8 MiB, as RFC 9659 bounds it for HTTP.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;
/// Input buffer of the brotli decoder, in bytes.
const BROTLI_BUFFER: usize = 8 * 1024;
/// What a gzip member begins with: its magic and the one method that there is (RFC 1952, 2.3.1).
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// What a zstd frame begins with (RFC 8878, 3.1.1).
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// What a zlib stream begins with: a window of 32 KiB, which every encoder takes, and one of four levels (RFC 1950, 2.2).
const ZLIB_MAGIC: [[u8; 2]; 4] = [[0x78, 0x01], [0x78, 0x5e], [0x78, 0x9c], [0x78, 0xda]];
/// Longest name of a coding that a problem quotes, in bytes.
const NAME_MAX_BYTES: usize = 40;
/// How much of a body is looked at to see that it is a text, in bytes.
const TEXT_LOOKED_AT_BYTES: usize = 512;
/// Bytes of a gzip member before its optional fields, and behind its blocks.
const GZIP_HEADER_BYTES: usize = 10;
const GZIP_TRAILER_BYTES: usize = 8;
/// Flags of a gzip member's header: the optional fields it has.
const HAS_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;

/// A body without its codings.
#[derive(Debug)]
pub struct Decoded<'a> {
    pub body: Cow<'a, [u8]>,
    /// What its labels had wrong.
    pub problems: Vec<Problem>,
}

/// The codings named by Content-Encoding headers, in the order they were applied, without `identity`.
pub fn codings<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    values
        .flat_map(|value| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect()
}

/// Whether a body is larger when its codings are undone, as far as labels and first bytes tell.
pub fn may_be_packed(body: &[u8], codings: &[String]) -> bool {
    !codings.is_empty() || by_magic(body).is_some()
}

/// Undoes `codings` (last applied first). No stage may give more than `limit` bytes. Where a label lies, the first bytes
/// decide, because servers and proxies label what they do not look at: a text under any label is a text, and what begins as
/// gzip, zstd or zlib (deflate) is that, under another label or under none.
///
/// # Errors
/// When a stream is broken or ends early, there are too many of them, or one gives more than `limit` bytes.
pub fn decode<'a>(body: &'a [u8], codings: &[String], limit: u64) -> Result<Decoded<'a>, FetchError> {
    let is_known = |coding: &str| matches!(coding, "gzip" | "x-gzip" | "deflate" | "br" | "zstd");
    let mut decoded = Decoded { body: Cow::Borrowed(body), problems: Vec::new() };
    let mut layers = 0;
    for coding in codings.iter().rev() {
        // An empty body needs no decompression: some servers label even that.
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
            let why = format!(
                "Content-Encoding names a coding that there is not ({}); it was passed over",
                name.escape_debug()
            );
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
            format!("the body is compressed with {coding}, and Content-Encoding does not say so")
        };
        decoded.problems.push(Problem::new(why));
    }
    Ok(decoded)
}

fn too_many(codings: &[String]) -> FetchError {
    let coding = if codings.is_empty() { "none is named".to_owned() } else { codings.join(", ") };
    FetchError::Encoding { coding, why: format!("more than {MAX_LAYERS} codings on top of each other") }
}

impl Decoded<'_> {
    /// Undoes the coding that a label names; where it is none of that coding, what the first bytes say.
    fn undo_labelled(&mut self, coding: &str, limit: u64) -> Result<(), FetchError> {
        // The magic of a coding is believed before the label of another.
        if let Some(actual) = by_magic(&self.body).filter(|actual| !is_the_same(actual, coding)) {
            // A brotli or deflate stream may begin with the same bytes by chance: then the label was right.
            if self.undo(coding, limit).is_ok() {
                return Ok(());
            }
            self.undo(actual, limit)?;
            let why = format!("Content-Encoding says {coding}, but the body is compressed with {actual}");
            self.problems.push(Problem::new(why));
            return Ok(());
        }
        // A text is not even tried, because a decoder may take its first bytes for a short stream.
        if !is_surely_text(&self.body) {
            match undo(&self.body, coding, limit) {
                Ok(undone) => {
                    self.take(undone);
                    return Ok(());
                }
                // What is too large may fit into a higher limit, and is not to be taken for a text under a lower one.
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
        self.take(undone);
        Ok(())
    }

    fn take(&mut self, undone: Undone) {
        self.body = Cow::Owned(undone.body);
        self.problems.extend(undone.problem.map(Problem::new));
    }
}

/// Whether two names stand for one coding.
fn is_the_same(one: &str, other: &str) -> bool {
    one == other.trim_start_matches("x-")
}

/// The coding that a body's first bytes are the magic of. No feed begins so, whatever its charset.
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

/// Whether a body begins as XML, HTML or JSON do, perhaps behind a byte order mark and blanks, in any charset.
fn looks_like_text(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let utf16 = body.starts_with(&[0xfe, 0xff]) || body.starts_with(&[0xff, 0xfe]);
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    utf16 || matches!(first, Some(b'<' | b'{' | b'['))
}

/// Whether it is, moreover, UTF-8 without any control character as far as it is looked at, as no compressed stream is.
fn is_surely_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(TEXT_LOOKED_AT_BYTES)];
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut by the limit.
        Err(error) => error.error_len().is_none() && head.len() < body.len(),
    };
    is_utf8 && looks_like_text(head) && !head.iter().any(|byte| *byte < b' ' && !byte.is_ascii_whitespace())
}

/// One coding less.
struct Undone {
    body: Vec<u8>,
    problem: Option<&'static str>,
}

impl From<Vec<u8>> for Undone {
    fn from(body: Vec<u8>) -> Undone {
        Undone { body, problem: None }
    }
}

fn undo(body: &[u8], coding: &str, limit: u64) -> Result<Undone, FetchError> {
    let broken = |why: String| FetchError::Encoding { coding: coding.to_owned(), why };
    match coding {
        "gzip" | "x-gzip" => members(body, limit),
        // RFC 9110, 8.4.1.2 says zlib; some servers send the bare stream.
        "deflate" if body[0] & 0x0f == 8 => {
            read(flate2::bufread::ZlibDecoder::new(body), coding, limit).map(Undone::from)
        }
        "deflate" => read(flate2::bufread::DeflateDecoder::new(body), coding, limit).map(Undone::from),
        "br" => read(brotli::Decompressor::new(body, BROTLI_BUFFER), coding, limit).map(Undone::from),
        "zstd" => {
            let mut decoder = zstd::Decoder::with_buffer(body).map_err(|error| broken(error.to_string()))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|error| broken(error.to_string()))?;
            read(decoder, coding, limit).map(Undone::from)
        }
        _ => Err(broken("this coding is not known and was not asked for".to_owned())),
    }
}

/// All members of a gzip body, one after the other (RFC 1952, 2.2). What follows and is none, such as zeros that some
/// servers fill up with, is passed over, as gzip(1) and browsers do.
fn members(mut body: &[u8], limit: u64) -> Result<Undone, FetchError> {
    let mut out = Vec::new();
    let mut problem = None;
    let mut first = true;
    while std::mem::take(&mut first) || body.starts_with(&[0x1f, 0x8b]) {
        let mut decoder = flate2::bufread::GzDecoder::new(body);
        let member = match read(&mut decoder, "gzip", limit) {
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

/// The content of a gzip member that ends before its trailer does, if all its blocks are there: some servers leave the
/// trailer out. A trailer that is there and does not match is an error all the same.
fn without_trailer(body: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut decoder = flate2::bufread::DeflateDecoder::new(blocks(body)?);
    let content = read(&mut decoder, "gzip", limit).ok()?;
    (decoder.into_inner().len() < GZIP_TRAILER_BYTES).then_some(content)
}

/// What stands behind the header of a gzip member (RFC 1952, 2.3).
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

fn read(decoder: impl Read, coding: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
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

    /// Also which problems are told, by how they begin.
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
        // A checksum that is there must be right.
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
            told(&feed, coding, limit, Some(&feed), &["names a coding that there is not"]);
        }
        told(&gzip(&feed), "none", limit, Some(&feed), &["that there is not", "does not say so"]);
        told(&gzip(&feed), "", limit, Some(&feed), &["does not say so"]);
        told(&gzip(&feed), "br", limit, Some(&feed), &["says br, but"]);
        told(&gzip(&feed), "deflate", limit, Some(&feed), &["says deflate, but"]);
        told(&gzip(&gzip(&feed)), "gzip", limit, Some(&feed), &["more often"]);
        let zstd = zstd::encode_all(feed.as_slice(), 3).expect("memory takes everything");
        told(&zstd, "gzip", limit, Some(&feed), &["says gzip, but"]);
        told(&zstd, "", limit, Some(&feed), &["does not say so"]);
        // What is no text stays an error under a label, and is left as it is without one.
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
