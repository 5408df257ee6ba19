//! Splits text into units, which are what a search compares: words without case and accents, and single characters of
//! scripts that write no spaces between words, because such a text cannot be split at spaces.
//!
//! Entry points: [`Text`] for a text with the places of its units, [`folded`] for a text in the form that is searched,
//! [`normal`] for a text as a query shows it, [`label`] for a tag. The index keeps these units, so the units of a text
//! must stay the same from version to version, or the index must be filled anew by a migration.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::text::letters::{is_unparted, is_unseen, is_voice_mark, parts};

/// Canonical composition (NFC), so that a character is one code however it is written.
const COMPOSED: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// Most units of a text that can be found.
pub(super) const UNITS_MAX: usize = 20_000;
/// Bytes of a word that are compared.
const WORD_BYTES: usize = 64;
/// Most rounds of splitting a text and joining it again until nothing changes. One round is enough except for odd
/// sequences of combining characters.
const ROUNDS: usize = 4;

// The kinds of bytes that are ASCII letters and digits.
const OTHER: u8 = 0;
const SMALL_OR_DIGIT: u8 = 1;
const CAPITAL: u8 = 2;

/// The kind of each byte, because looking it up takes less time than comparing the byte with the ranges.
static KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => SMALL_OR_DIGIT,
            b'A'..=b'Z' => CAPITAL,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};

fn kind(byte: u8) -> u8 {
    KINDS[usize::from(byte)]
}

/// Whether bytes of this kind are ASCII letters or digits.
fn is_in_word(kind: u8) -> bool {
    kind != OTHER
}

/// Stands before and after each unit in a folded text.
pub(super) const BOUND: char = '\u{1f}';

/// A text whose units have places.
#[derive(Debug)]
pub(super) struct Text<'t>(Cow<'t, str>);

/// A unit of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'u> {
    /// The unit without case and accents.
    pub(super) folded: &'u str,
    /// The bytes of the text that the unit is made of.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Text<'t> {
        Text(if text.is_ascii() { Cow::Borrowed(text) } else { COMPOSED.normalize(text) })
    }

    /// The text to which the places of the units refer.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Passes on the units in order, [`UNITS_MAX`] at most.
    pub(super) fn units(&self, each: impl FnMut(Unit<'_>)) {
        let mut cutter = Cutter { each, word: String::new(), sign: None, start: 0, end: 0, left: UNITS_MAX };
        cutter.cut(&self.0);
        cutter.end_all();
    }
}

/// A text in the form that is searched: each unit between two [bounds](BOUND). A text that begins with a phrase's units
/// in that form contains the phrase. Empty if the text has no units.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    Text::new(text).units(|unit| {
        if out.is_empty() {
            out.push(BOUND);
        }
        out.push_str(unit.folded);
        out.push(BOUND);
    });
    out
}

/// The units of a text as a text: words with a space between them, other characters side by side. Texts with the same
/// units have the same normal form, and the units of the normal form are those of the text.
pub(super) fn normal(text: &str) -> String {
    settled(text, joined)
}

/// A text after as many steps as still change it.
fn settled(text: &str, step: fn(&str) -> String) -> String {
    let mut now = step(text);
    for _ in 0..ROUNDS {
        let next = step(&now);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

fn joined(text: &str) -> String {
    let mut out = String::new();
    let mut was_sign = true;
    Text::new(text).units(|unit| {
        let is_sign = is_sign_unit(unit.folded);
        if !(out.is_empty() || was_sign && is_sign) {
            out.push(' ');
        }
        out.push_str(unit.folded);
        was_sign = is_sign;
    });
    out
}

/// A tag without case and accents. Unlike a word, a tag keeps its punctuation, so that `C`, `C++` and `C#` differ.
pub(super) fn label(text: &str) -> String {
    settled(text, plain)
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let composed = Text::new(text);
    for character in composed.as_str().chars() {
        match character {
            _ if character.is_ascii_alphanumeric() => out.push(character.to_ascii_lowercase()),
            // A quotation mark would end the tag in a query.
            _ if is_quotation_mark(character) => {}
            _ if character.is_whitespace() || character.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ if is_sign(character) => out.push(character),
            _ if character.is_alphanumeric() => fold(character, |part| out.push(part)),
            _ if is_ignored(character) => {}
            _ => out.push(character),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a character encloses phrases in a query.
pub(super) fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether a unit is a single character of a script without spaces between words.
pub(super) fn is_sign_unit(unit: &str) -> bool {
    // Most units are words of ASCII.
    unit.as_bytes().first().is_some_and(|byte| !byte.is_ascii()) && unit.chars().next().is_some_and(is_sign)
}

/// The state while a text is split into units.
struct Cutter<F> {
    each: F,
    /// The word that is not complete yet.
    word: String,
    /// The last single character, which a voicing mark may still change.
    sign: Option<char>,
    /// The bytes of the text that the word or the character is made of.
    start: usize,
    end: usize,
    /// How many units may follow.
    left: usize,
}

impl<F: FnMut(Unit<'_>)> Cutter<F> {
    fn cut(&mut self, text: &str) {
        let (bytes, mut at) = (text.as_bytes(), 0);
        while let Some(&byte) = bytes.get(at).filter(|_| self.left > 0) {
            if is_in_word(kind(byte)) {
                at = self.cut_run(text, at);
            } else if byte.is_ascii() {
                self.end_all();
                at += 1;
            } else {
                let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                let next = at + character.len_utf8();
                self.take(character, at, next);
                at = next;
            }
        }
    }

    /// Takes the ASCII letters and digits from `start` on; returns where they end. Most words of most texts have no
    /// other characters, so such a word is passed on without being copied, unless it has capital letters.
    fn cut_run(&mut self, text: &str, start: usize) -> usize {
        let (bytes, mut end, mut seen) = (text.as_bytes(), start, OTHER);
        while let Some(&byte) = bytes.get(end)
            && is_in_word(kind(byte))
        {
            seen |= kind(byte);
            end += 1;
        }
        let is_whole = self.word.is_empty() && bytes.get(end).is_none_or(u8::is_ascii);
        if !is_whole || seen & CAPITAL != 0 {
            self.push(text.get(start..end).unwrap_or_default(), start, end);
            return end;
        }
        self.end_sign();
        if self.left > 0 {
            self.left -= 1;
            let folded = text.get(start..end.min(start + WORD_BYTES)).unwrap_or_default();
            (self.each)(Unit { folded, start, end });
        }
        end
    }

    /// Adds ASCII letters and digits to the word.
    fn push(&mut self, letters: &str, start: usize, end: usize) {
        self.begin_word(start, end);
        let (from, room) = (self.word.len(), WORD_BYTES.saturating_sub(self.word.len()));
        self.word.push_str(letters.get(..room).unwrap_or(letters));
        if let Some(added) = self.word.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    }

    fn take(&mut self, character: char, start: usize, end: usize) {
        if is_sign(character) {
            self.put_sign(character, start, end);
        } else if is_voice_mark(character) {
            self.voice(character, end);
        } else if is_ignored(character) {
            if !self.word.is_empty() {
                self.end = end;
            }
        } else if character.is_alphanumeric() || is_indic(character) {
            // The vowel signs of the scripts of India stand inside of words although they are not letters.
            self.take_letter(character, start, end);
        } else {
            self.end_all();
        }
    }

    /// Takes a letter or digit beyond ASCII. Its parts may be characters of another kind, as in half-width Japanese.
    fn take_letter(&mut self, letter: char, start: usize, end: usize) {
        fold(letter, |part| {
            if is_voice_mark(part) {
                self.voice(part, end);
            } else if is_sign(part) {
                self.put_sign(part, start, end);
            } else {
                self.begin_word(start, end);
                if self.word.len() + part.len_utf8() <= WORD_BYTES {
                    self.word.push(part);
                }
            }
        });
    }

    fn begin_word(&mut self, start: usize, end: usize) {
        self.end_sign();
        if self.word.is_empty() {
            self.start = start;
        }
        self.end = end;
    }

    fn put_sign(&mut self, sign: char, start: usize, end: usize) {
        self.end_all();
        (self.sign, self.start, self.end) = (Some(sign), start, end);
    }

    /// Applies a voicing mark that follows a Japanese syllable as a separate character.
    fn voice(&mut self, mark: char, end: usize) {
        let Some(sign) = self.sign else { return };
        let mut both = COMPOSED.normalize_iter([sign, mark].into_iter());
        if let (Some(voiced), None) = (both.next(), both.next()) {
            (self.sign, self.end) = (Some(voiced), end);
        }
    }

    fn end_all(&mut self) {
        self.end_sign();
        self.end_word();
    }

    fn end_sign(&mut self) {
        if let Some(sign) = self.sign.take().filter(|_| self.left > 0) {
            self.left -= 1;
            (self.each)(Unit { folded: sign.encode_utf8(&mut [0; 4]), start: self.start, end: self.end });
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.left > 0 {
            self.left -= 1;
            (self.each)(Unit { folded: &self.word, start: self.start, end: self.end });
        }
        self.word.clear();
    }
}

/// Passes on a letter or digit without case and accents; ligatures and the like become several letters.
fn fold(letter: char, mut take: impl FnMut(char)) {
    parts(letter, |part| match twofold(part) {
        Some(letters) => letters.chars().for_each(&mut take),
        None if is_voice_mark(part) || is_indic(part) => take(part),
        None if !is_mark(part) && part.is_alphanumeric() => take(part),
        None => {}
    });
}

/// Letters that Unicode does not decompose although people without a keyboard for them write other letters. Stories
/// know only two of them, because copies of a text keep its letters, whereas a person types a query anew.
fn twofold(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        // Turkish has an i with and without a dot, in both cases.
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Characters of scripts without spaces between words, Korean, whose words carry their particles with them, and
/// pictures.
fn is_sign(character: char) -> bool {
    (is_unparted(character) && !stands_among_signs(character)) || is_further_sign(character)
}

/// Characters in the blocks of scripts without spaces that do not count as signs. Unlike in stories, digits belong to
/// words and punctuation separates, because a person searches for a whole number and does not type punctuation.
fn stands_among_signs(character: char) -> bool {
    matches!(character,
        // Japanese: the middle dot, the double hyphen, and voicing marks.
        '\u{3040}' | '\u{3097}'..='\u{309c}' | '\u{30a0}' | '\u{30fb}'
        // Thai, Lao, Burmese and Khmer: digits, punctuation and currency signs.
        | '\u{e00}' | '\u{e3b}'..='\u{e3f}' | '\u{e4f}'..='\u{e7f}' | '\u{ed0}'..='\u{edb}' | '\u{ee0}'..='\u{eff}'
        | '\u{1040}'..='\u{104f}' | '\u{17d4}'..='\u{17ff}')
}

fn is_further_sign(character: char) -> bool {
    matches!(character,
        // Japanese and Chinese: iteration marks, small syllables of Ainu, rare characters.
        '\u{3005}'..='\u{3007}' | '\u{31f0}'..='\u{31ff}' | '\u{2fa20}'..='\u{3fffd}'
        // Korean syllables and their parts.
        | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
        // Pictures, without the modifiers of skin colours.
        | '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// The scripts of India, whose vowel signs and viramas belong to words, without punctuation.
fn is_indic(character: char) -> bool {
    matches!(character, '\u{900}'..='\u{963}' | '\u{966}'..='\u{96f}' | '\u{971}'..='\u{ddf}')
}

/// Characters inside of words that make no difference: joiners, soft hyphens, the Arabic tatweel, variants of pictures,
/// accents. Unlike in stories, apostrophes separate words, so that a search for `été` finds `l’été`.
fn is_ignored(character: char) -> bool {
    is_unseen(character) || is_variant(character) || is_mark(character)
}

fn is_variant(character: char) -> bool {
    matches!(character, '\u{640}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Combining marks that [`parts`] does not treat as accents: of old Cyrillic, Hebrew and Arabic letters, and rare ones.
/// People type letters without them.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn characters_are_what_they_were_when_the_index_was_filled() {
        let signs = |character: char| {
            matches!(character,
                '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}'
                | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
                | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}' | '\u{1100}'..='\u{11ff}'
                | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
                | '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e80}'..='\u{ecf}' | '\u{edc}'..='\u{edf}'
                | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
                | '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f1ff}'
                | '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
        };
        let ignored = |character: char| {
            matches!(character,
                '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
                | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
                | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'
                | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
                | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
        };
        for character in '\0'..=char::MAX {
            let found = (is_sign(character), is_ignored(character));
            assert_eq!(found, (signs(character), ignored(character)), "{character:?}");
        }
    }

    proptest! {
        /// Words with capital letters are copied, others are not.
        #[test]
        fn units_are_the_same_in_either_case(text in "([a-z0-9]{0,70}|[a-z0-9 é\u{301}\u{308}\u{ad}京が\u{ff9e}'-]{0,20}){0,6}") {
            let units = |text: &str| {
                let mut units = Vec::new();
                Text::new(text).units(|unit| units.push((unit.folded.to_owned(), unit.start, unit.end)));
                units
            };
            prop_assert_eq!(units(&text), units(&text.to_ascii_uppercase()));
        }
    }

    #[test]
    fn half_width_voicing_marks_voice_the_syllable_before_them() {
        let check = |text: &str, wanted: &str| assert_eq!(normal(text), wanted, "{text}");
        check("ﾊﾞﾋﾟ", "バピ");
        check("か\u{ff9e}", "が");
        check("\u{ff9e}か a\u{ff9f}b", "か ab");
        check("夜\u{ff9e}", "夜");
    }
}
