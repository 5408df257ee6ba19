//! Superscripts and subscripts in lines of plain text, such as titles, because 10³ must not become 103.

use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::resolve_references;

/// Longest superscript or subscript that is converted, in bytes; a longer one becomes ordinary text.
const RAISED_MAX_BYTES: usize = 32;
/// Most tokens that are searched for the end of a superscript or subscript.
const PIECES_MAX: usize = 8;
/// Most letters that are converted. More letters are a word, which a search would not find in superscript letters.
const LETTERS_MAX: usize = 3;

const SUPERSCRIPTS: (&str, &str) = (
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
);
const SUBSCRIPTS: (&str, &str) = ("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");
/// Characters that need no conversion, because they are small already or separate the numbers of notes.
const AS_THEY_ARE: &str = "®™℠†‡*§°ªº′″,;";

/// The plain text for a `<sup>` or `<sub>`, after which `pieces` continues behind its end tag. `before` is the
/// character in front of it. `None` if its content can be written as ordinary text.
pub(super) fn text_of(tag: &Tag<'_>, pieces: &mut Tokens<'_>, before: Option<char>) -> Option<String> {
    let name = ["sup", "sub"].into_iter().find(|name| tag.is(name) && !tag.closing && !tag.self_closing)?;
    let mut ahead = pieces.clone();
    let mut inside = String::new();
    for _ in 0..PIECES_MAX {
        match ahead.next()? {
            Token::Text(text) if text.len() <= RAISED_MAX_BYTES => inside.push_str(&resolve_references(text, false)),
            Token::Text(_) => return None,
            Token::Tag(end) if end.is(name) => {
                let text = Some(inside.trim()).filter(|_| end.closing)?;
                let text = set(text, name == "sup", before)?;
                *pieces = ahead;
                return Some(text);
            }
            Token::Tag(_) => {}
        }
    }
    None
}

/// Raises or lowers a short text: by superscript or subscript characters, or else by `^` or `_` in front if the meaning
/// would change without it.
fn set(text: &str, is_raised: bool, before: Option<char>) -> Option<String> {
    match text {
        "" => return None,
        "TM" if is_raised => return Some("™".to_owned()),
        "SM" if is_raised => return Some("℠".to_owned()),
        _ => {}
    }
    let table = if is_raised { SUPERSCRIPTS } else { SUBSCRIPTS };
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let small: Option<String> = text.chars().map(|character| small(table, character)).collect();
    if let Some(small) = small.filter(|_| letters <= LETTERS_MAX) {
        return Some(small);
    }
    let is_number =
        |character: char| character.is_ascii_digit() || matches!(character, '+' | '-' | '−' | '=' | '/' | '·');
    let is_power = text.chars().count() == 1 || (text.contains(is_number) && !text.starts_with('['));
    let follows = before.is_some_and(|before| before.is_alphanumeric() || before == ')');
    if !is_power || !follows {
        return None;
    }
    let sign = if is_raised { '^' } else { '_' };
    Some(if text.chars().count() == 1 { format!("{sign}{text}") } else { format!("{sign}({text})") })
}

fn small((usual, small): (&str, &str), character: char) -> Option<char> {
    if AS_THEY_ARE.contains(character) {
        return Some(character);
    }
    usual.chars().zip(small.chars()).find(|(usual, _)| *usual == character).map(|(_, small)| small)
}

#[cfg(test)]
mod tests {
    use super::super::html::line;
    use super::*;

    #[test]
    fn both_lists_of_characters_have_the_same_length() {
        for (usual, small) in [SUPERSCRIPTS, SUBSCRIPTS] {
            assert_eq!(usual.chars().count(), small.chars().count(), "{usual}");
        }
    }

    #[test]
    fn the_meaning_of_a_title_is_kept() {
        let check = |html: &str, wanted: &str| assert_eq!(line(html), wanted, "{html}");
        check("10<sup>-3</sup> g of H<sub>2</sub>O", "10⁻³ g of H₂O");
        check("The 2<SUP>nd</SUP>, x<sup>n</sup> and E<sub>max</sub>", "The 2ⁿᵈ, xⁿ and Eₘₐₓ");
        check("A<sup>TM</sup> B<sup>®</sup> C<sup><a href=x>1,2</a></sup>", "A™ B® C¹,²");
        check("2<sup>q</sup> and 10<sup>1.5</sup> and x<sub>i/2</sub>", "2^q and 10^(1.5) and x_(i/2)");
        check("10 <sup> 3 </sup>.", "10 ³.");
    }

    #[test]
    fn raised_words_stay_ordinary_text() {
        let check = |html: &str, wanted: &str| assert_eq!(line(html), wanted, "{html}");
        check("Word<sup>beta</sup>", "Wordbeta");
        check("XX<sup>ème</sup> siècle", "XXème siècle");
        check("a claim<sup>[1]</sup>", "a claim[1]");
        check("a<sup></sup>b<sup>never closed", "abnever closed");
        check("a<sup>b<sup>c</sup></sup>", "abᶜ");
        check(&format!("a<sup>{}</sup>", "1".repeat(40)), &format!("a{}", "1".repeat(40)));
        check("<sup>1.2</sup> see below", "1.2 see below");
    }

    #[test]
    fn many_superscripts_take_bounded_time() {
        let html = "<sup>x.1".repeat(60_000);
        assert!(line(&html).starts_with("x.1x.1"));
    }
}
