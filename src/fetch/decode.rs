//! Content codings undone under a cap, so that a bomb costs no more than an honest body of the largest allowed size.
//!
//! Done by ourselves rather than by the HTTP client: several gzip members in a row are one body (RFC 1952, 2.2), a
//! coding applied twice is undone twice, a stream that ends early is an error, and the cap counts what comes out.

use std::borrow::Cow;
use std::io::Read;

use super::FetchError;

/// The Accept-Encoding we send. The same for every poll: ETags differ between codings.
pub const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// Codings of one body undone at most.
const MAX_LAYERS: usize = 2;
/// Largest window of a zstd stream: 8 MiB, as RFC 9659 bounds it for HTTP.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;
/// Input buffer of the brotli decoder, in bytes.
const BROTLI_BUFFER: usize = 8 * 1024;
/// How a gzip file begins: its mark, and the only method there is (RFC 1952, 2.3.1).
const GZIP_OF_DEFLATE: [u8; 3] = [0x1f, 0x8b, 8];

/// The codings named by Content-Encoding headers, in the order they were applied, without `identity`.
pub fn codings<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    values
        .flat_map(|value| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect()
}

/// Undoes `codings` (last applied first), and a gzip file that is the body itself. No stage may give more than `limit` bytes.
///
/// # Errors
/// When a coding is unknown, its stream is broken or ends early, or it gives more than `limit` bytes.
pub fn decode<'a>(body: &'a [u8], codings: &[String], limit: u64) -> Result<Cow<'a, [u8]>, FetchError> {
    if codings.len() > MAX_LAYERS {
        return Err(FetchError::Encoding {
            coding: codings.join(", "),
            why: format!("more than {MAX_LAYERS} codings on top of each other"),
        });
    }
    let mut body = Cow::Borrowed(body);
    for coding in codings.iter().rev() {
        // An empty body needs no decompression: some servers label even that.
        if body.is_empty() {
            break;
        }
        body = Cow::Owned(undo(&body, coding, limit)?);
    }
    // A packed file (`feed.xml.gz`) that nobody labels: no feed begins with these bytes.
    if codings.len() < MAX_LAYERS && body.starts_with(&GZIP_OF_DEFLATE) {
        body = Cow::Owned(members(&body, limit)?);
    }
    Ok(body)
}

fn undo(body: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
    let broken = |why: String| FetchError::Encoding { coding: coding.to_owned(), why };
    match coding {
        "gzip" | "x-gzip" => members(body, limit),
        // RFC 9110, 8.4.1.2 says zlib; some servers send the bare stream.
        "deflate" if body[0] & 0x0f == 8 => read(flate2::bufread::ZlibDecoder::new(body), coding, limit),
        "deflate" => read(flate2::bufread::DeflateDecoder::new(body), coding, limit),
        "br" => read(brotli::Decompressor::new(body, BROTLI_BUFFER), coding, limit),
        "zstd" => {
            let mut decoder = zstd::Decoder::with_buffer(body).map_err(|error| broken(error.to_string()))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|error| broken(error.to_string()))?;
            read(decoder, coding, limit)
        }
        _ => Err(broken("this coding is not known and was not asked for".to_owned())),
    }
}

/// All members of a gzip body, one after the other (RFC 1952, 2.2). What follows and is none, such as zeros that some
/// servers fill up with, is passed over, as gzip(1) and browsers do.
fn members(mut body: &[u8], limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut out = Vec::new();
    let mut first = true;
    while std::mem::take(&mut first) || body.starts_with(&[0x1f, 0x8b]) {
        let mut decoder = flate2::bufread::GzDecoder::new(body);
        let member = read(&mut decoder, "gzip", limit)?;
        if (out.len() + member.len()) as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        body = decoder.into_inner();
        if out.is_empty() {
            out = member;
        } else {
            out.extend_from_slice(&member);
        }
    }
    Ok(out)
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
        let decoded = decode(body, &codings([coding].into_iter()), limit);
        assert_eq!(decoded.as_deref().ok(), wanted, "{coding}: {decoded:?}");
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
        check(&gzip(&text), "identity", 400, Some(&text));
        check(&gzip(&gzip(&text)), "gzip", 400, Some(&text));
        let members = [gzip(b"one "), gzip(b"body")].concat();
        check(&members, "gzip", 400, Some(b"one body"));
    }

    #[test]
    fn a_bomb_a_cut_stream_and_an_unknown_coding_are_refused() {
        let text = b"one feed".repeat(50);
        check(&gzip(&text), "gzip", 399, None);
        check(&gzip(&text)[..20], "gzip", 400, None);
        check(&gzip(&text), "identity", 399, None);
        check(&gzip(&text)[..20], "identity", 400, None);
        check(&text, "compress", 400, None);
        check(&gzip(&gzip(&gzip(&text))), "gzip, gzip, gzip", 4_000, None);
    }
}
