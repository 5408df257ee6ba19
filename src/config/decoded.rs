//! Percent-decoding that remembers the place of each byte, so that a secret found in the decoded text can be masked in
//! the text as it was written. The crate `percent-encoding`, which decodes everywhere else, does not report places.

use std::borrow::Cow;
use std::ops::Range;

/// A text that may have been percent-decoded, with the place of each of its bytes in the address. A part that is as it was written
/// borrows from its address, because nothing is encoded in most addresses.
pub(super) struct DecodedText<'a> {
    pub(super) text: Cow<'a, str>,
    at: Places<'a>,
}

/// The places of the bytes of a text in the address.
#[derive(Clone)]
enum Places<'a> {
    /// The bytes follow each other, from this place on.
    From(usize),
    /// The place of each byte, followed by the end of the text.
    Each(Cow<'a, [usize]>),
}

impl<'a> DecodedText<'a> {
    pub(super) fn of(text: &'a str) -> DecodedText<'a> {
        DecodedText { text: Cow::Borrowed(text), at: Places::From(0) }
    }

    /// A part of the text, percent-decoded; unchanged if the result is not UTF-8.
    pub(super) fn decoded(&self, range: &Range<usize>, plus_is_blank: bool) -> DecodedText<'_> {
        let bytes = &self.text.as_bytes()[range.clone()];
        if !(bytes.contains(&b'%') || plus_is_blank && bytes.contains(&b'+')) {
            return self.part(range);
        }
        let (mut out, mut at) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(bytes.len() + 1));
        let mut from = 0;
        while from < bytes.len() {
            let (byte, width) = match bytes[from] {
                b'%' => hex_pair(&bytes[from + 1..]).map_or((b'%', 1), |byte| (byte, 3)),
                b'+' if plus_is_blank => (b' ', 1),
                byte => (byte, 1),
            };
            out.push(byte);
            at.push(self.at.of(range.start + from));
            from += width;
        }
        at.push(self.at.of(range.end));
        match String::from_utf8(out) {
            Ok(text) => DecodedText { text: Cow::Owned(text), at: Places::Each(Cow::Owned(at)) },
            Err(_) => self.part(range),
        }
    }

    /// A part of the text as a path, percent-decoded. A backslash counts as a slash
    /// (<https://url.spec.whatwg.org/#path-state>), unless it is encoded.
    pub(super) fn decoded_path(&self, range: &Range<usize>) -> DecodedText<'_> {
        if !self.text[range.clone()].contains('\\') {
            return self.decoded(range, false);
        }
        let slashed = DecodedText { text: Cow::Owned(self.text.replace('\\', "/")), at: self.at.clone() };
        slashed.decoded(range, false).into_owned()
    }

    fn into_owned<'o>(self) -> DecodedText<'o> {
        let at = match self.at {
            Places::From(start) => Places::From(start),
            Places::Each(at) => Places::Each(Cow::Owned(at.into_owned())),
        };
        DecodedText { text: Cow::Owned(self.text.into_owned()), at }
    }

    /// A part of the text, without decoding.
    fn part(&self, range: &Range<usize>) -> DecodedText<'_> {
        let at = match &self.at {
            Places::From(start) => Places::From(start + range.start),
            Places::Each(at) => Places::Each(Cow::Borrowed(&at[range.start..=range.end])),
        };
        DecodedText { text: Cow::Borrowed(&self.text[range.clone()]), at }
    }

    /// The rest of the text from a byte on, without decoding.
    pub(super) fn slice(&self, from: usize) -> DecodedText<'_> {
        self.part(&(from..self.text.len()))
    }

    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.at.of(range.start)..self.at.of(range.end)
    }

    pub(super) fn all(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The parts of a range that `sign` separates.
    pub(super) fn split(&self, range: &Range<usize>, sign: char) -> impl Iterator<Item = Range<usize>> {
        let mut start = range.start;
        self.text[range.clone()].split(sign).map(move |part| {
            let part = start..start + part.len();
            start = part.end + sign.len_utf8();
            part
        })
    }
}

impl Places<'_> {
    /// The place of a byte, or of the end of the text.
    fn of(&self, byte: usize) -> usize {
        match self {
            Places::From(start) => start + byte,
            Places::Each(at) => at[byte],
        }
    }
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let value = digit(bytes.first()?)? * 16 + digit(bytes.get(1)?)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_part_is_traced_back() {
        let whole = DecodedText::of(r"x\a%20b");
        let path = whole.decoded_path(&(1..7));
        assert_eq!((&*path.text, path.place(&(2..4))), ("/a b", 3..7));
        let whole = DecodedText::of("u=a%2520b");
        let once = whole.decoded(&(2..9), false);
        let twice = once.decoded(&(1..once.text.len()), false);
        assert_eq!((&*once.text, &*twice.text), ("a%20b", " b"));
        assert_eq!((twice.place(&(0..1)), twice.place(&(1..2))), (3..8, 8..9));
        let rest = twice.slice(1);
        assert_eq!((&*rest.text, rest.place(&rest.all())), ("b", 8..9));
    }

    #[test]
    fn decoded_text_is_traced_back_to_its_place_in_the_address() {
        for (written, plus_is_blank, found, place) in [
            ("a%20b", false, " b", 1..5),
            ("a+b", true, " b", 1..3),
            ("a+b", false, "+b", 1..3),
            ("%C3%A4x", false, "x", 6..7),
            ("%zz%4", false, "z%4", 2..5),
            // Not UTF-8: as it is.
            ("%ff%20", false, "20", 4..6),
        ] {
            let text = DecodedText::of(written);
            let decoded = text.decoded(&text.all(), plus_is_blank);
            let at = decoded.text.find(found).expect("it is there");
            assert_eq!(decoded.place(&(at..at + found.len())), place, "{written}");
        }
    }
}
