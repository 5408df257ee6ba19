//! Letters beyond ASCII in one form: in lower case, decomposed, and without the accents of Latin, Greek and Cyrillic
//! letters, because copies lose accents, and people who search do not type them. And classes of characters that decide
//! where words begin and end.
//!
//! Stories and search split texts into words, each in its own way, with the letters and classes of this module. The
//! store keeps the words of both, so the results for a character must stay the same from version to version.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Compatibility decomposition (NFKD): accents follow their letters, and ligatures and full-width letters become plain
/// letters.
const DECOMPOSED: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// Korean syllables, whose codes follow the order of their two or three parts (Unicode, 3.12).
const SYLLABLES: std::ops::RangeInclusive<u32> = 0xac00..=0xd7a3;
const FIRST_PARTS: [u32; 3] = [0x1100, 0x1161, 0x11a7];
const MIDDLE_AND_LAST: u32 = 588;
const LAST: u32 = 28;

/// Passes on the parts of a letter or digit in lower case and without accents.
pub(crate) fn parts(letter: char, mut take: impl FnMut(char)) {
    if letter.is_ascii() {
        return take(letter.to_ascii_lowercase());
    }
    if is_whole(letter) {
        return letter.to_lowercase().for_each(take);
    }
    if SYLLABLES.contains(&u32::from(letter)) {
        return syllable(u32::from(letter) - SYLLABLES.start()).for_each(take);
    }
    for lower in letter.to_lowercase() {
        match plain(lower) {
            Some(plain) => take(plain),
            None => decomposed(lower).for_each(&mut take),
        }
    }
}

/// The parts of a letter in lower case and without accents, by the tables of Unicode.
fn decomposed(letter: char) -> impl Iterator<Item = char> {
    // Capital letters that are written as symbols become letters only through decomposition.
    let parts = DECOMPOSED.normalize_iter(std::iter::once(letter)).flat_map(char::to_lowercase);
    parts.filter(|part| !is_accent(*part))
}

/// The parts of a Korean syllable; many syllables have no final part.
fn syllable(number: u32) -> impl Iterator<Item = char> {
    let parts = [number / MIDDLE_AND_LAST, number % MIDDLE_AND_LAST / LAST, number % LAST];
    let count = if parts[2] == 0 { 2 } else { 3 };
    parts.into_iter().zip(FIRST_PARTS).take(count).filter_map(|(part, first)| char::from_u32(first + part))
}

/// Letters of the most frequent scripts that do not decompose, so that no table needs to be searched.
fn is_whole(letter: char) -> bool {
    matches!(letter,
        // Greek and Cyrillic without accents.
        '\u{391}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}' | '\u{410}'..='\u{418}' | '\u{41a}'..='\u{438}' | '\u{43a}'..='\u{44f}'
        // Hebrew, Arabic, Devanagari, and the parts of Korean syllables.
        | '\u{5d0}'..='\u{5ea}' | '\u{627}'..='\u{64a}' | '\u{905}'..='\u{928}' | '\u{92a}'..='\u{930}'
        | '\u{935}'..='\u{939}' | '\u{93e}'..='\u{94c}' | '\u{1100}'..='\u{11ff}')
}

/// Frequent accented letters without their accents, so that no table needs to be searched, and `ø` and `ı`, which
/// copies spell in two ways although Unicode does not decompose them. (Decomposed letters may have both as parts.)
fn plain(letter: char) -> Option<char> {
    Some(match letter {
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
        _ => return None,
    })
}

/// Soft hyphens, joiners and accents, which stand inside of words and make no difference.
pub(crate) fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}') || is_accent(character)
}

/// Combining accents of Latin, Greek and Cyrillic letters.
pub(crate) fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// The blocks of scripts without spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_unparted(character: char) -> bool {
    matches!(character,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// The marks that voice a Japanese syllable, where they follow it as separate characters.
pub(crate) fn is_voice_mark(character: char) -> bool {
    matches!(character, '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_one_however_they_are_written() {
        let made_of = |text: &str| {
            let mut all = String::new();
            text.chars().for_each(|letter| parts(letter, |part| all.push(part)));
            all
        };
        let check = |text: &str, wanted: &str| assert_eq!(made_of(text), wanted, "{text}");
        check("ÉéÅøǅ", "eeaodz");
        check("Ｆｕ１２ﬁ²𝐁", "fu12fi2b");
        check("ếộừỹ", "eouy");
        check("ЙёКрай", "иекраи");
        check("άΏς", "αως");
        check("한국가", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}\u{1100}\u{1161}");
        // Marks that are not accents stay: the vowel signs of Hindi, and a mark above an Arabic letter.
        check("ऩि", "न\u{93c}ि");
        check("أ", "ا\u{654}");
    }

    #[test]
    fn frequent_letters_have_the_parts_that_unicode_gives_them() {
        for letter in '\0'..=char::MAX {
            let mut found = String::new();
            parts(letter, |part| found.push(part));
            let spelled = |lower: char| match lower {
                'ø' => 'o',
                'ı' => 'i',
                _ => lower,
            };
            let wanted: String = letter.to_lowercase().map(spelled).flat_map(decomposed).collect();
            assert_eq!(found, wanted, "{letter:?}");
        }
    }
}
