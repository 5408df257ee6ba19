//! Superscripts and subscripts in lines of text without markup, such as titles: 10³ is not 103.

use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::resolve_references;

/// Longest text that is raised or lowered, in bytes; of what is longer no more than the text stays.
const RAISED_MAX_BYTES: usize = 32;
/// How many tags and texts are looked at for the end of it.
const PIECES_MAX: usize = 8;
/// Most letters; more are words, which are not searched for in such letters.
const LETTERS_MAX: usize = 3;

const SUPERSCRIPTS: (&str, &str) = (
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
);
const SUBSCRIPTS: (&str, &str) = ("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");
/// Signs that are small by themselves, or part the numbers of notes.
const AS_THEY_ARE: &str = "®™℠†‡*§°ªº′″,;";

/// What stands for the content of `<sup>` or `<sub>` where there is no markup; `pieces` goes on behind its end. `before` is the
/// character in front of it. `None` where its text may stand as it is.
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

/// A short text raised or lowered: by characters of that kind, else by a sign in front, if its sense would be another without.
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
    let at = usual.chars().position(|it| it == character)?;
    small.chars().nth(at)
}

#[cfg(test)]
mod tests {
    use super::super::html::line;
    use super::*;

    #[test]
    fn every_character_has_its_small_one() {
        for (usual, small) in [SUPERSCRIPTS, SUBSCRIPTS] {
            assert_eq!(usual.chars().count(), small.chars().count(), "{usual}");
        }
    }

    #[test]
    fn the_sense_of_a_title_stays() {
        let check = |html: &str, wanted: &str| assert_eq!(line(html), wanted, "{html}");
        check("10<sup>-3</sup> g of H<sub>2</sub>O", "10⁻³ g of H₂O");
        check("The 2<SUP>nd</SUP>, x<sup>n</sup> and E<sub>max</sub>", "The 2ⁿᵈ, xⁿ and Eₘₐₓ");
        check("A<sup>TM</sup> B<sup>®</sup> C<sup><a href=x>1,2</a></sup>", "A™ B® C¹,²");
        check("2<sup>q</sup> and 10<sup>1.5</sup> and x<sub>i/2</sub>", "2^q and 10^(1.5) and x_(i/2)");
        check("10 <sup> 3 </sup>.", "10 ³.");
    }

    #[test]
    fn what_is_only_set_higher_stays_text() {
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
    fn many_of_them_take_no_time() {
        let html = "<sup>x.1".repeat(60_000);
        assert!(line(&html).starts_with("x.1x.1"));
    }
}
