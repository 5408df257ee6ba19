//! A text as its words, and the words as overlapping runs (shingles): what copies have in common however they are set.

use std::sync::atomic::{AtomicU64, Ordering};

use super::digest_bytes;

/// Words in a run; characters of scripts that do not part their words count as words, and make longer runs.
const RUN: usize = 4;
const RUN_CHARACTERS: usize = 6;
/// The beginning of a text that counts by itself, in runs.
pub(super) const LEAD_RUNS: usize = 60;
/// Words of one text that are looked at.
pub(super) const WORDS_MAX: usize = 4_000;
/// Bytes of a word that tell whether it counts: `v2` does, `route66` is a name.
const COUNTER_BYTES: usize = 3;

/// Bytes of text that this process has cut into words.
static CUT_BYTES: AtomicU64 = AtomicU64::new(0);

/// Bytes of text that this process has cut into words so far: cutting is the dearest step of comparing texts, so a test
/// counts that each version of a text is cut once.
pub fn cut_bytes() -> u64 {
    CUT_BYTES.load(Ordering::Relaxed)
}

/// The words of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    /// A digest of each, in order.
    pub(super) words: Vec<u32>,
    /// Those that are numbers: sorted, each once.
    pub(super) numbers: Vec<u32>,
    /// Those that begin with a number, or a letter or two and a number (numbers, versions, ordinals): sorted, each once.
    pub(super) counters: Vec<u32>,
    /// Whether most of it is in a script that does not part its words.
    pub(super) is_unparted: bool,
}

impl Words {
    /// Cuts plain text into words: letters and digits, in lower case; everything else parts them.
    pub(super) fn of(text: &str) -> Words {
        CUT_BYTES.fetch_add(text.len() as u64, Ordering::Relaxed);
        let mut words = Words { words: Vec::with_capacity((text.len() / 6).min(WORDS_MAX)), ..Words::default() };
        let mut word = Word::default();
        let mut unparted = 0;
        let (bytes, mut at) = (text.as_bytes(), 0);
        while let Some(&byte) = bytes.get(at) {
            if words.words.len() >= WORDS_MAX {
                break;
            }
            if byte.is_ascii() {
                // Most of most texts is ASCII, which needs no tables.
                at += 1;
                if byte.is_ascii_alphanumeric() {
                    word.push(byte.to_ascii_lowercase());
                } else if !stands_inside(char::from(byte)) {
                    words.end(&mut word);
                }
                continue;
            }
            let Some(character) = text[at..].chars().next() else { break };
            at += character.len_utf8();
            if is_unparted(character) {
                words.end(&mut word);
                word.push_character(character);
                words.end(&mut word);
                unparted += 1;
            } else if character.is_alphanumeric() {
                character.to_lowercase().map(plain).for_each(|letter| word.push_character(letter));
            } else if !stands_inside(character) {
                words.end(&mut word);
            }
        }
        words.end(&mut word);
        words.is_unparted = unparted * 2 > words.words.len();
        for list in [&mut words.numbers, &mut words.counters] {
            list.sort_unstable();
            list.dedup();
        }
        words
    }

    fn end(&mut self, word: &mut Word) {
        if word.length == 0 {
            return;
        }
        let digest = fold(word.digest);
        if word.counts {
            self.counters.push(digest);
            if word.is_number {
                self.numbers.push(digest);
            }
        }
        self.words.push(digest);
        *word = Word::default();
    }

    /// Its words, sorted.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        sorted
    }

    /// All that are no numbers, sorted.
    pub(super) fn but_numbers(&self) -> Vec<u32> {
        let mut sorted = self.sorted();
        sorted.retain(|word| self.numbers.binary_search(word).is_err());
        sorted
    }

    /// All that do not count, sorted.
    pub(super) fn but_counters(&self) -> Vec<u32> {
        let mut sorted = self.sorted();
        sorted.retain(|word| self.counters.binary_search(word).is_err());
        sorted
    }

    /// Its runs, in order.
    pub(super) fn runs(&self) -> Vec<u32> {
        let length = if self.is_unparted { RUN_CHARACTERS } else { RUN };
        self.words.windows(length).map(run).collect()
    }
}

/// Whether a plain text has at least so many words; of scripts that do not part their words, each character counts. Looks
/// no further than it must, and makes nothing of them.
pub(super) fn has_words(text: &str, least: usize) -> bool {
    let (mut count, mut inside) = (0, false);
    for character in text.chars() {
        if count >= least {
            return true;
        }
        if is_unparted(character) {
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

/// A word on its way: only its digest is kept.
struct Word {
    digest: u64,
    /// In bytes.
    length: usize,
    counts: bool,
    is_number: bool,
}

impl Default for Word {
    fn default() -> Word {
        Word { digest: digest_bytes(&[]), length: 0, counts: false, is_number: true }
    }
}

impl Word {
    fn push(&mut self, byte: u8) {
        self.digest = next_digest(self.digest, byte);
        self.counts |= self.length < COUNTER_BYTES && byte.is_ascii_digit();
        self.is_number &= byte.is_ascii_digit();
        self.length += 1;
    }

    fn push_character(&mut self, character: char) {
        character.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push(byte));
    }
}

/// Apostrophes, soft hyphens, joiners and combining accents stand inside of words and do not part them.
fn stands_inside(character: char) -> bool {
    matches!(character, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}')
}

/// Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unparted(character: char) -> bool {
    matches!(character,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// A letter without what copies often lose: the accents of Latin.
fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'š' | 'ş' => 's',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'й' => 'и',
        'ё' => 'е',
        'ї' => 'і',
        other => other,
    }
}

/// One step of FNV-1a, 64 bits.
pub(super) fn next_digest(digest: u64, byte: u8) -> u64 {
    (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Half of a digest's bits, which are enough for a word.
pub(super) fn fold(digest: u64) -> u32 {
    (digest ^ (digest >> 32)) as u32
}

/// A run's digest, of even quality in all its bits. It is stored: it must be the same for ever.
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
    use super::*;

    #[test]
    fn words_are_the_same_however_they_are_set() {
        let same = |one: &str, other: &str| assert_eq!(Words::of(one).words, Words::of(other).words, "{one} | {other}");
        same("It’s “here” — now…", "It's \"here\" - now...");
        same("Café  Zürich\u{ad}see", "cafe Zurichsee");
        assert_eq!(Words::of("In 2026, 3 of 4").numbers.len(), 3);
        assert_eq!(Words::of("v2 route66 4th 66").counters.len(), 3);
        assert!(Words::of("今日は晴れです").is_unparted && !Words::of("a 今 b c").is_unparted);
        assert!(Words::of("").runs().is_empty());
        assert_eq!(Words::of("one two three four five").runs().len(), 2);
    }

    #[test]
    fn words_are_counted_as_they_are_cut() {
        for text in ["", "one", "It’s here -- now", "今日は晴れ abc", "a b c d e f", "x\u{ad}y z", "4th of 66"] {
            let words = Words::of(text).words.len();
            assert!(has_words(text, words) && !has_words(text, words + 1), "{text:?} has {words}");
        }
    }
}
