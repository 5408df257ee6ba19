//! A document ready for serving: its bytes in every content coding, its ETag and its date, all made once.

use std::io::{self, Write};
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;

use crate::model::Timestamp;

/// The levels of a compression.
struct Levels {
    gzip: u32,
    brotli: i32,
    zstd: i32,
}

/// Moderate levels, because documents are rebuilt with every change.
const OFTEN_SENT: Levels = Levels { gzip: 6, brotli: 5, zstd: 9 };
/// Levels for documents that are made for a request, which waits for it: 5 to 10 % more bytes in half of the time.
const MADE_ON_REQUEST: Levels = Levels { gzip: 4, brotli: 3, zstd: 3 };
/// Bounds of the binary logarithm of the size of brotli's window, in bytes. With a smaller window brotli would compress in
/// another way, with a larger one it would take much memory.
const BROTLI_WINDOW: (u32, u32) = (17, 22);
/// Bytes of a window that hold no part of the document (RFC 7932, 9.1).
const BROTLI_WINDOW_GAP: usize = 16;

/// A content coding in which answers are prepared (RFC 9110, 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Gzip,
    Brotli,
    Zstd,
}

impl Coding {
    pub const ALL: [Coding; 3] = [Coding::Zstd, Coding::Brotli, Coding::Gzip];

    /// The coding's name in Accept-Encoding and Content-Encoding.
    pub fn as_str(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }
}

/// An immutable document, ready to be sent.
#[derive(Debug, Clone)]
pub struct Snapshot {
    body: Bytes,
    /// Only the codings that make the document smaller.
    coded: Vec<(Coding, Bytes)>,
    content_type: &'static str,
    /// SHA-256 of the style in the document, in Base64, if the document is a page.
    style: Option<String>,
    path: String,
    etag: String,
    last_modified: Timestamp,
    last_modified_text: String,
}

impl Snapshot {
    /// Compresses the document in every coding, which takes milliseconds.
    ///
    /// `path` is the document's path below `public_url`, `last_modified` the time of its last change.
    pub fn new(body: Vec<u8>, content_type: &'static str, path: String, last_modified: Timestamp) -> Snapshot {
        Snapshot::compressed(body, content_type, path, last_modified, &OFTEN_SENT)
    }

    /// As [`Snapshot::new`], for a document that is made on request, and is probably rarely requested.
    pub fn on_request(body: Vec<u8>, content_type: &'static str, path: String, last_modified: Timestamp) -> Snapshot {
        Snapshot::compressed(body, content_type, path, last_modified, &MADE_ON_REQUEST)
    }

    fn compressed(
        body: Vec<u8>,
        content_type: &'static str,
        path: String,
        last_modified: Timestamp,
        levels: &Levels,
    ) -> Snapshot {
        // The tag is weak, because it stands for all codings (RFC 9110, 8.8.1). Sixteen bytes of the digest are enough.
        let digest = blake3::hash(&body).to_hex();
        let etag = format!("W/\"{}\"", &digest.as_str()[..32]);
        let coded = Coding::ALL
            .into_iter()
            .filter_map(|coding| {
                // Compressing into memory cannot fail. If it failed, the coding would not be offered.
                let bytes = compress(coding, levels, &body).ok()?;
                // The boxed slice frees the unused capacity of the compressor's buffer.
                (bytes.len() < body.len()).then(|| (coding, Bytes::from(bytes.into_boxed_slice())))
            })
            .collect();
        Snapshot {
            body: Bytes::from(body),
            coded,
            content_type,
            style: None,
            path,
            etag,
            last_modified,
            last_modified_text: http_date(last_modified),
        }
    }

    /// Notes the digest of the style in a page, by which the page's security policy allows the style (CSP 3, 2.3.1). The digest
    /// stays with the page, because a page may be served while a later theme has another style.
    pub fn with_style(mut self, sha256: Option<String>) -> Snapshot {
        self.style = sha256;
        self
    }

    /// A document with a different body and the same ETag, date and style.
    pub(super) fn with_body(&self, body: Vec<u8>) -> Snapshot {
        let other = Snapshot::new(body, self.content_type, self.path.clone(), self.last_modified);
        Snapshot { etag: self.etag.clone(), style: self.style.clone(), ..other }
    }

    pub(super) fn date(&mut self, last_modified: Timestamp) {
        self.last_modified = last_modified;
        self.last_modified_text = http_date(last_modified);
    }

    /// The memory that the document takes, in bytes.
    pub fn size(&self) -> usize {
        self.body.len() + self.coded.iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
    }

    /// The document without any coding.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The document in a coding, if the coding makes it smaller.
    pub fn coded(&self, coding: Coding) -> Option<&Bytes> {
        self.coded.iter().find(|(known, _)| *known == coding).map(|(_, bytes)| bytes)
    }

    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// SHA-256 of the style in the document, in Base64; `None` if the document is not a page.
    pub fn style(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// The document's path below `public_url`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The weak entity tag, with `W/` and quotes.
    pub fn etag(&self) -> &str {
        &self.etag
    }

    pub fn last_modified(&self) -> Timestamp {
        self.last_modified
    }

    /// The date in the form of the Last-Modified header.
    pub fn last_modified_text(&self) -> &str {
        &self.last_modified_text
    }
}

fn compress(coding: Coding, levels: &Levels, body: &[u8]) -> io::Result<Vec<u8>> {
    match coding {
        Coding::Gzip => {
            // The header has no file name and no time, so that the same document gives the same bytes.
            let level = flate2::Compression::new(levels.gzip);
            let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
            encoder.write_all(body)?;
            encoder.finish()
        }
        Coding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: levels.brotli,
                lgwin: brotli_window(body.len()),
                size_hint: body.len(),
                ..Default::default()
            };
            let mut out = Vec::with_capacity(body.len() / 3);
            brotli::BrotliCompress(&mut &body[..], &mut out, &params)?;
            Ok(out)
        }
        Coding::Zstd => zstd::bulk::compress(body, levels.zstd),
    }
}

/// The smallest window that holds a whole document, within bounds: the compressor takes the memory of two windows, however
/// short the document is.
fn brotli_window(bytes: usize) -> i32 {
    let (least, most) = BROTLI_WINDOW;
    (bytes + BROTLI_WINDOW_GAP).next_power_of_two().ilog2().clamp(least, most).cast_signed()
}

/// IMF-fixdate (RFC 9110, 5.6.7). Times before 1970 become 1970.
fn http_date(time: Timestamp) -> String {
    let seconds = u64::try_from(time.unix()).unwrap_or(0);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn decode(coding: Coding, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let read = match coding {
            Coding::Gzip => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out),
            Coding::Brotli => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out),
            Coding::Zstd => zstd::stream::Decoder::new(bytes).and_then(|mut decoder| decoder.read_to_end(&mut out)),
        };
        read.expect("it can be decoded");
        out
    }

    #[test]
    fn all_codings_hold_the_same_document() {
        let body = "<entry>the same again</entry>\n".repeat(500).into_bytes();
        let snapshot = || Snapshot::new(body.clone(), "text/plain", "/x".to_owned(), Timestamp::from_unix(784_111_777));
        let (one, other) = (snapshot(), snapshot());
        assert_eq!(one.etag(), other.etag());
        assert!(one.etag().starts_with("W/\"") && one.etag().ends_with('"'));
        assert_eq!(one.last_modified_text(), "Sun, 06 Nov 1994 08:49:37 GMT");
        for coding in Coding::ALL {
            let bytes = one.coded(coding).expect("repetition compresses");
            assert_eq!(decode(coding, bytes), body, "{coding:?}");
            assert_eq!(Some(bytes), other.coded(coding), "{coding:?}");
        }
    }

    #[test]
    fn a_window_holds_its_document() {
        let check = |bytes: usize, expected: i32| assert_eq!(brotli_window(bytes), expected, "{bytes}");
        check(0, 17);
        check((1 << 17) - 16, 17);
        check((1 << 17) - 15, 18);
        check((1 << 20) + 1, 21);
        check(64 << 20, 22);
    }

    #[test]
    fn a_coding_that_saves_nothing_is_not_kept() {
        let snapshot = Snapshot::new(b"x".to_vec(), "text/plain", "/x".to_owned(), Timestamp::MIN);
        assert!(Coding::ALL.iter().all(|coding| snapshot.coded(*coding).is_none()));
        assert_eq!(snapshot.last_modified_text(), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(http_date(Timestamp::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
    }
}
