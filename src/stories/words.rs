//! Splits a text into words, and the words into overlapping runs (shingles), which copies have in common however they
//! are formatted.

use std::sync::atomic::{AtomicU64, Ordering};

use super::digest_bytes;
use crate::text::letters::{is_unparted, is_unseen, is_voice_mark, parts};

/// Words in a run that contains no character of a script without spaces between words.
const RUN: usize = 4;
/// Characters in a run that contains only characters of such a script.
const RUN_CHARACTERS: usize = 6;
/// The weight of a run. Words and characters have weights, so that the length of a run depends only on its content, and
/// a text has the same runs in any surroundings.
const RUN_WEIGHT: usize = 12;
const WORD_WEIGHT: usize = RUN_WEIGHT / RUN;
const CHARACTER_WEIGHT: usize = RUN_WEIGHT / RUN_CHARACTERS;
/// Runs of a text's beginning, which is compared separately.
pub(super) const LEAD_RUNS: usize = 60;
/// Most words of a text that are examined.
pub(super) const WORDS_MAX: usize = 4_000;
/// Bytes at a word's beginning in which a digit makes it a counter; a digit at its end does so too: `v2b` and
/// `preview3` are counters.
const COUNTER_BYTES: usize = 3;
/// The lowest code of characters of scripts without spaces between words; the digests of other words are lower.
const CHARACTERS: u32 = 0xffe0_0000;
/// The lowest number of parts of addresses and of file digests, which make no runs.
const TOKENS: u32 = 0xfff8_0000;
/// A text without spaces of at least this many letters and digits, with a digit among them, is a file digest or a path.
const TOKEN_BYTES: usize = 16;

static SPLIT_BYTES: AtomicU64 = AtomicU64::new(0);

/// Bytes of text that this process has split into words so far. Splitting is the most expensive step of a comparison,
/// so a test checks that each version of a text is split once.
pub fn split_bytes() -> u64 {
    SPLIT_BYTES.load(Ordering::Relaxed)
}

/// The words of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    /// A digest of each word, in order.
    pub(super) words: Vec<u32>,
    /// The words that are numbers: sorted, each once.
    pub(super) numbers: Vec<u32>,
    /// The counters: words that begin with a number, or with a letter or two and a number, or end with a number
    /// (numbers, versions, ordinals): sorted, each once.
    pub(super) counters: Vec<u32>,
    /// Whether most of the text is in a script without spaces between words.
    pub(super) is_unparted: bool,
}

impl Words {
    /// Splits plain text into words: letters and digits in lower case; all other characters separate words.
    pub(super) fn of(text: &str) -> Words {
        SPLIT_BYTES.fetch_add(text.len() as u64, Ordering::Relaxed);
        let words = Words { words: Vec::with_capacity((text.len() / 6).min(WORDS_MAX)), ..Words::default() };
        let mut splitter = Splitter { words, word: Word::default(), stretch: Stretch::default(), unparted: 0 };
        let (bytes, mut at) = (text.as_bytes(), 0);
        while let Some(&byte) = bytes.get(at) {
            if splitter.words.words.len() >= WORDS_MAX {
                break;
            }
            if byte.is_ascii_alphanumeric() {
                // Most characters of most texts are ASCII, which needs no tables.
                at += splitter.word.push_ascii(&bytes[at..]);
            } else if byte.is_ascii() {
                if byte != b'\'' {
                    splitter.part(bytes, at);
                }
                at += 1;
            } else {
                let Some(character) = text[at..].chars().next() else { break };
                at += character.len_utf8();
                signs(character, |sign| splitter.take(sign));
            }
        }
        splitter.finish()
    }

    /// The words, sorted.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        sorted
    }

    /// The words that are not numbers, sorted.
    pub(super) fn but_numbers(&self) -> Vec<u32> {
        let mut sorted = self.sorted();
        sorted.retain(|word| self.numbers.binary_search(word).is_err());
        sorted
    }

    /// The words that are not counters, sorted.
    pub(super) fn but_counters(&self) -> Vec<u32> {
        let mut sorted = self.sorted();
        sorted.retain(|word| self.counters.binary_search(word).is_err());
        sorted
    }

    /// The runs, in order.
    pub(super) fn runs(&self) -> Vec<u32> {
        if self.words.iter().all(|word| *word < CHARACTERS) {
            return self.words.windows(RUN).map(run).collect();
        }
        (0..self.words.len()).filter_map(|at| first_run(&self.words[at..])).collect()
    }

    /// The number of words that belong neither to an address nor to a file digest.
    pub(super) fn said(&self) -> usize {
        self.words.iter().filter(|word| **word < TOKENS).count()
    }
}

/// The run at the beginning of the words; `None` if it contains a part of an address or a file digest.
fn first_run(words: &[u32]) -> Option<u32> {
    let mut weight = 0;
    for (at, word) in words.iter().enumerate().take(RUN_CHARACTERS) {
        weight += match *word {
            TOKENS.. => return None,
            CHARACTERS.. => CHARACTER_WEIGHT,
            _ => WORD_WEIGHT,
        };
        if weight >= RUN_WEIGHT {
            return Some(run(&words[..=at]));
        }
    }
    None
}

/// Whether a plain text has at least `least` words; in scripts without spaces between words, each character counts. It
/// reads no more of the text than necessary.
pub fn has_words(text: &str, least: usize) -> bool {
    let (mut count, mut inside) = (0, false);
    for character in text.chars() {
        if count >= least {
            return true;
        }
        // Most characters are letters of ASCII, and none of these is unparted.
        if !character.is_ascii_alphanumeric() && is_unparted(character) {
            count += 1;
            inside = false;
        } else if character.is_alphanumeric() {
            count += usize::from(!inside);
            inside = true;
        } else if !stands_inside(character) {
            inside = false;
        }
    }
    count >= least
}

/// What a character beyond ASCII, or a part of it, is to the words around it.
pub(super) enum Sign {
    /// A letter or digit of a word.
    Letter(char),
    /// A character of a script without spaces between words, which is a word by itself.
    Word(char),
    /// A mark that voices the Japanese syllable before it.
    VoiceMark(char),
    /// A character that ends a word.
    Other,
}

impl Sign {
    fn of(character: char) -> Sign {
        match character {
            _ if is_voice_mark(character) => Sign::VoiceMark(character),
            _ if is_unparted(character) => Sign::Word(character),
            _ if character.is_alphanumeric() => Sign::Letter(character),
            _ => Sign::Other,
        }
    }
}

/// Passes on what a character beyond ASCII consists of. Accents are left out, because copies often lose them.
pub(super) fn signs(character: char, mut take: impl FnMut(Sign)) {
    match Sign::of(character) {
        Sign::Letter(letter) => parts(letter, |part| take(Sign::of(part))),
        Sign::Other if stands_inside(character) => {}
        sign => take(sign),
    }
}

/// Apostrophes and unseen characters, which stand inside of words and do not separate them.
fn stands_inside(character: char) -> bool {
    matches!(character, '\'' | '’') || is_unseen(character)
}

/// A Japanese syllable and its voicing mark as one character. In most cases the voiced syllable has the next code.
pub(super) fn voiced(syllable: u32, mark: char) -> u32 {
    match syllable {
        0x3046 | 0x30a6 => syllable + 0x4e,
        0x30ef..=0x30f2 => syllable + 8,
        _ => syllable + u32::from(mark) - 0x3098,
    }
}

/// The state while a text is split into words.
struct Splitter {
    words: Words,
    word: Word,
    stretch: Stretch,
    unparted: usize,
}

/// The characters since the last space.
#[derive(Default)]
struct Stretch {
    /// Number of words before them.
    first: usize,
    /// Bytes of ASCII letters and digits, and of signs that join them.
    length: usize,
    has_digits: bool,
    is_address: bool,
}

impl Splitter {
    fn finish(mut self) -> Words {
        self.end_stretch();
        let mut words = self.words;
        words.words.truncate(WORDS_MAX);
        words.is_unparted = self.unparted * 2 > words.words.len();
        for list in [&mut words.numbers, &mut words.counters] {
            list.sort_unstable();
            list.dedup();
        }
        words
    }

    /// Ends a word at an ASCII character. An address continues up to the next space, a digest or a path across some
    /// signs.
    fn part(&mut self, text: &[u8], at: usize) {
        match text[at] {
            b'+' | b'/' | b'=' | b'_' => {
                self.end_word();
                self.stretch.length += 1;
            }
            b':' if text[at..].starts_with(b"://") => {
                self.end_word();
                self.stretch.is_address = true;
            }
            b'.' if text[..at].ends_with(b"www") && self.word.length == 3 => {
                self.end_word();
                self.stretch.is_address = true;
            }
            byte if self.stretch.is_address && !byte.is_ascii_whitespace() && !b"\"<>()".contains(&byte) => {
                self.end_word();
            }
            _ => self.end_stretch(),
        }
    }

    fn take(&mut self, sign: Sign) {
        match sign {
            Sign::Letter(letter) => self.word.push_character(letter),
            Sign::Word(character) => self.push_unparted(character),
            Sign::VoiceMark(mark) => self.voice(mark),
            Sign::Other => self.end_stretch(),
        }
    }

    /// Adds a character of a script without spaces as a word.
    fn push_unparted(&mut self, character: char) {
        self.end_stretch();
        self.words.words.push(CHARACTERS | u32::from(character));
        self.stretch.first = self.words.words.len();
        self.unparted += 1;
    }

    /// Applies a voicing mark to the Japanese syllable before it.
    fn voice(&mut self, mark: char) {
        let last = self.words.words.last_mut().filter(|word| (CHARACTERS..TOKENS).contains(&**word));
        if let Some(word) = last.filter(|_| self.word.length == 0) {
            *word = CHARACTERS | voiced(*word - CHARACTERS, mark);
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.length == 0 {
            return;
        }
        if !word.is_foreign {
            self.stretch.length += word.length;
            self.stretch.has_digits |= word.digits > 0;
        }
        let mut digest = fold(word.digest);
        if digest >= CHARACTERS {
            digest &= u32::MAX >> 1;
        }
        if word.counts || word.ends_with_digit {
            self.words.counters.push(digest);
            if word.digits == word.length {
                self.words.numbers.push(digest);
            }
        }
        self.words.words.push(digest);
    }

    fn end_stretch(&mut self) {
        self.end_word();
        let stretch = &self.stretch;
        if stretch.is_address || (stretch.has_digits && stretch.length >= TOKEN_BYTES) {
            for word in &mut self.words.words[stretch.first..] {
                *word = TOKENS | (*word & !TOKENS);
            }
        }
        self.stretch = Stretch { first: self.words.words.len(), ..Stretch::default() };
    }
}

/// The current word, of which only the digest is kept.
struct Word {
    digest: u64,
    /// Length in bytes.
    length: usize,
    /// Whether it has a digit near its beginning.
    counts: bool,
    ends_with_digit: bool,
    /// Number of its digits.
    digits: usize,
    /// Whether it has letters beyond ASCII, so that it is not a file digest.
    is_foreign: bool,
}

impl Default for Word {
    fn default() -> Word {
        let digest = digest_bytes(&[]);
        Word { digest, length: 0, counts: false, ends_with_digit: false, digits: 0, is_foreign: false }
    }
}

impl Word {
    fn push(&mut self, byte: u8) {
        let is_digit = byte.is_ascii_digit();
        self.digest = next_digest(self.digest, byte);
        self.counts |= is_digit && self.length < COUNTER_BYTES;
        self.ends_with_digit = is_digit;
        self.digits += usize::from(is_digit);
        self.length += 1;
    }

    /// Takes the letters and digits at the beginning of a text; returns their number.
    fn push_ascii(&mut self, text: &[u8]) -> usize {
        let mut count = 0;
        // Most words have no digits, and letters change only the digest and the length.
        for letter in text.iter().take_while(|byte| byte.is_ascii_alphabetic()) {
            self.digest = next_digest(self.digest, letter.to_ascii_lowercase());
            count += 1;
        }
        if count > 0 {
            self.length += count;
            self.ends_with_digit = false;
        }
        for byte in text[count..].iter().take_while(|byte| byte.is_ascii_alphanumeric()) {
            self.push(byte.to_ascii_lowercase());
            count += 1;
        }
        count
    }

    fn push_character(&mut self, character: char) {
        self.is_foreign |= !character.is_ascii();
        character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push(byte));
    }
}

/// One step of FNV-1a, 64 bits.
pub(super) fn next_digest(digest: u64, byte: u8) -> u64 {
    (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Half of the bits of a digest, which are enough for a word.
pub(super) fn fold(digest: u64) -> u32 {
    (digest ^ (digest >> 32)) as u32
}

/// The digest of a run, with evenly distributed bits. The algorithm must never change, because digests are stored.
fn run(words: &[u32]) -> u32 {
    let mut hash = words.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |hash, word| {
        (hash ^ u64::from(*word)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_the_same_however_they_are_set() {
        let same = |one: &str, other: &str| assert_eq!(Words::of(one).words, Words::of(other).words, "{one} | {other}");
        same("It’s “here” — now…", "It's \"here\" - now...");
        same("Café  Zürich\u{ad}see", "cafe Zurichsee");
        assert_eq!(Words::of("In 2026, 3 of 4").numbers.len(), 3);
        same("Ｆｕｌｌ ｗｉｄｔｈ ２０２６", "full width 2026");
        same("\u{fb01}nal", "final");
        // The same letters composed and decomposed: Vietnamese, Korean, Japanese, Hindi.
        same("Thủ đô Hà Nội", "Thu\u{309} đo\u{302} Ha\u{300} No\u{323}\u{302}i");
        same("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}");
        same("ガラスがｶﾞ", "カ\u{3099}ラスか\u{3099}ガ");
        same("\u{929}ा", "\u{928}\u{93c}ा");
        let differ =
            |one: &str, other: &str| assert_ne!(Words::of(one).words, Words::of(other).words, "{one} | {other}");
        differ("バス", "ハス");
        differ("कि", "की");
        assert_eq!(Words::of("1ｓｔ ２０２６").counters.len(), 2);
        assert_eq!(Words::of("v2 route66 preview3 4th 66 b52s x64core").counters.len(), 7);
        assert_eq!(Words::of("net core h2o2o area").counters.len(), 1);
        assert!(Words::of("今日は晴れです").is_unparted && !Words::of("a 今 b c").is_unparted);
        assert!(Words::of("").runs().is_empty());
        assert_eq!(Words::of("one two three four five").runs().len(), 2);
    }

    proptest! {
        #[test]
        fn words_of_ascii_are_those_of_their_bytes(begin in "[a-c0-9]{0,3}", rest in "[a-cA-C0-9]{0,8}") {
            let (mut whole, mut each) = (Word::default(), Word::default());
            begin.bytes().for_each(|byte| whole.push(byte));
            prop_assert_eq!(whole.push_ascii(format!("{rest} x").as_bytes()), rest.len());
            (begin + &rest.to_ascii_lowercase()).bytes().for_each(|byte| each.push(byte));
            let of = |it: Word| (it.digest, it.length, it.counts, it.ends_with_digit, it.digits, it.is_foreign);
            prop_assert_eq!(of(whole), of(each));
        }
    }

    #[test]
    fn addresses_and_digests_make_no_runs() {
        let check = |text: &str, said: usize, runs: usize| {
            let words = Words::of(text);
            assert_eq!((words.said(), words.runs().len()), (said, runs), "{text}");
        };
        check("one two three four five six", 6, 3);
        check("one two three https://a.example/four/five six", 4, 0);
        check("one two three four www.a.example/x?y=z, five six seven eight", 8, 2);
        check("one two three four (see http://a.example/x) five six", 7, 2);
        check("sum 0c8f7d0b0c8f7d0b0c8f one two three four", 5, 1);
        check("key RWQf6LRCGA9i59SLOFxz6N+ASXDJeRtu/ZuykwQ== one two three four", 5, 1);
        check("kept in usr/lib/python3/dist-packages of the system", 6, 1);
        // A long text without spaces is a word in most cases, and one with digits a name.
        check("die Donaudampfschifffahrtsgesellschaft im Jahr 2026", 5, 2);
        check("the route66 and the mp3 of 12/2026 and/or 1.234.567 more", 14, 11);
        check("конференция2026года в городе на реке", 5, 2);
        // Texts with different file digests are still different texts.
        assert_ne!(Words::of("https://a.example/1").words, Words::of("https://a.example/2").words);
    }

    #[test]
    fn runs_are_as_long_as_what_stands_in_them_asks() {
        let lengths = |text: &str| -> Vec<usize> {
            let words = Words::of(text).words;
            let length = |at: usize| (1..=words.len() - at).find(|many| first_run(&words[at..at + many]).is_some());
            (0..words.len()).filter_map(length).collect()
        };
        assert_eq!(lengths("one two three four five"), [4, 4]);
        assert_eq!(lengths("昨日の夜町北"), [6]);
        assert_eq!(lengths("昨日の夜町北 one two three four"), [6, 6, 6, 5, 5, 5, 4]);
        // Also in a text that is mostly in another script.
        let (alone, among) =
            (Words::of("昨日の夜町北に"), Words::of("let us see 昨日の夜町北に and so on and on and on"));
        assert!(alone.is_unparted && !among.is_unparted);
        let runs = among.runs();
        assert!(alone.runs().iter().all(|run| runs.contains(run)));
    }

    #[test]
    fn words_are_counted_as_they_are_cut() {
        for text in ["", "one", "It’s here -- now", "今日は晴れ abc", "a b c d e f", "x\u{ad}y z", "4th of 66"] {
            let words = Words::of(text).words.len();
            assert!(has_words(text, words) && !has_words(text, words + 1), "{text:?} has {words}");
        }
    }

    #[test]
    fn voiced_syllables_are_one_character() {
        for (one, mark, whole) in [('か', '\u{3099}', 'が'), ('ハ', '\u{309a}', 'パ'), ('う', '\u{3099}', 'ゔ')] {
            assert_eq!(voiced(u32::from(one), mark), u32::from(whole), "{whole}");
        }
        assert_eq!(voiced(u32::from('ウ'), '\u{3099}'), u32::from('ヴ'));
        assert_eq!(voiced(u32::from('ワ'), '\u{3099}'), u32::from('ヷ'));
    }

    #[test]
    fn characters_that_letters_consist_of_are_letters_or_digits() {
        // Headlines take all of them as such.
        for letter in ('\0'..=char::MAX).filter(|letter| letter.is_alphanumeric() && !is_unparted(*letter)) {
            signs(letter, |sign| {
                assert!(!matches!(sign, Sign::Word(part) if !part.is_alphanumeric()), "{letter:?}");
            });
        }
    }
}
