//! A text as its words, and the words as overlapping runs (shingles): what copies have in common however they are set.

use std::collections::BTreeSet;

/// Words in a run; characters of scripts that do not part their words count as words, and make longer runs.
const RUN: usize = 4;
const RUN_CHARACTERS: usize = 6;
/// The beginning of a text that counts by itself, in runs.
pub(super) const LEAD_RUNS: usize = 60;
/// Words of one text that are looked at.
const WORDS_MAX: usize = 4_000;

/// The words of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    /// A digest of each, in order.
    pub(super) words: Vec<u64>,
    /// Those that are numbers.
    pub(super) numbers: BTreeSet<u64>,
    /// Those that begin with a number, or a letter or two and one: numbers, versions, ordinals.
    pub(super) counters: BTreeSet<u64>,
    /// Whether most of it is in a script that does not part its words.
    pub(super) is_unparted: bool,
}

impl Words {
    /// Cuts plain text into words: letters and digits, in lower case; everything else parts them.
    pub(super) fn of(text: &str) -> Words {
        let mut words = Words::default();
        let (mut word, mut unparted) = (String::new(), 0_usize);
        for character in text.chars() {
            if words.words.len() >= WORDS_MAX {
                break;
            }
            if is_unparted(character) {
                words.end(&mut word);
                words.words.push(digest(character.encode_utf8(&mut [0; 4])));
                unparted += 1;
            } else if character.is_alphanumeric() {
                word.extend(character.to_lowercase().map(plain));
            } else if !matches!(character, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}') {
                // What stands inside of words does not part them.
                words.end(&mut word);
            }
        }
        words.end(&mut word);
        words.is_unparted = unparted * 2 > words.words.len();
        words
    }

    fn end(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        let digest = digest(word);
        // `v2` counts, `route66` is a name.
        if word.bytes().take(3).any(|byte| byte.is_ascii_digit()) {
            self.counters.insert(digest);
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                self.numbers.insert(digest);
            }
        }
        self.words.push(digest);
        word.clear();
    }

    /// All that are no numbers, in order.
    pub(super) fn but_numbers(&self) -> Vec<u64> {
        self.words.iter().copied().filter(|word| !self.numbers.contains(word)).collect()
    }

    /// All that do not count, in order.
    pub(super) fn but_counters(&self) -> Vec<u64> {
        self.words.iter().copied().filter(|word| !self.counters.contains(word)).collect()
    }

    /// Its runs, in order.
    pub(super) fn runs(&self) -> Vec<u32> {
        let length = if self.is_unparted { RUN_CHARACTERS } else { RUN };
        self.words.windows(length).map(run).collect()
    }
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

/// FNV-1a, 64 bits. It is stored: it must be the same for ever.
pub(super) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A run's digest, of even quality in all its bits.
fn run(words: &[u64]) -> u32 {
    let mut hash = words.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |hash, word| {
        (hash ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    u32::try_from(hash >> 32).unwrap_or(0)
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
        assert!(Words::of("今日は晴れです").is_unparted && !Words::of("a 今 b c").is_unparted);
        assert!(Words::of("").runs().is_empty());
        assert_eq!(Words::of("one two three four five").runs().len(), 2);
    }
}
