//! Converts formulas to text: their TeX source if the document includes it, otherwise the content of `MathML` in one
//! line.
//!
//! `MathML` itself is never kept, because most attacks on sanitisers use it.

use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::resolve_references;

use super::policy::known;

/// Longest formula, in bytes of markup.
const FORMULA_MAX_BYTES: usize = 64 * 1024;
/// After this many formulas without an end, no further formulas of the text are converted, and their text is shown.
const FAILURES_MAX: usize = 8;
/// Deepest nesting of a formula. The text of deeper elements is added to the element around them.
const DEPTH_MAX: usize = 64;

/// The formulas of one text.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    failures: usize,
}

impl Formulas {
    /// The formula in a `<script>`, which a page renders by another script. `rest` is the HTML behind the tag.
    pub(super) fn in_script(&mut self, tag: &Tag<'_>, rest: &str) -> Option<String> {
        if !tag.holds("math/") || self.failures >= FAILURES_MAX {
            return None;
        }
        let stated = tag.attribute("type")?;
        let (kind, mode) = stated.split_once(';').unwrap_or((&*stated, ""));
        let taken = &rest[..rest.floor_char_boundary(FORMULA_MAX_BYTES)];
        let Some(end) = end_of_script(taken) else {
            self.failures += 1;
            return None;
        };
        let source = &taken[..end];
        match kind.trim().to_ascii_lowercase().as_str() {
            "math/tex" | "math/latex" => {
                // References are resolved, because XHTML has them here (HTML does not), and TeX never contains
                // `&name;`.
                let tex = resolve_references(without_cdata(source), true);
                Some(delimited(&tex, mode.to_ascii_lowercase().contains("display")))
            }
            "math/asciimath" => Some(format!("`{}`", source.trim())),
            "math/mml" => {
                let mut pieces = Tokens::new(source);
                match pieces.next()? {
                    Token::Tag(tag) if tag.is("math") => self.in_math(&tag, &mut pieces),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The formula in `<math>`, after which `pieces` continues behind it. `None` if no end is found; `pieces` then
    /// stays.
    pub(super) fn in_math<'a>(&mut self, tag: &Tag<'a>, pieces: &mut Tokens<'a>) -> Option<String> {
        if tag.closing || tag.self_closing || self.failures >= FAILURES_MAX {
            return None;
        }
        let (mut ahead, whole) = (pieces.clone(), pieces.rest().len());
        let mut reader = Reader::new();
        loop {
            let before = ahead.clone();
            let piece = ahead.next().filter(|_| whole - ahead.rest().len() <= FORMULA_MAX_BYTES);
            let Some(piece) = piece else {
                self.failures += 1;
                return None;
            };
            *pieces = match reader.take(&piece) {
                Position::Inside => continue,
                Position::AtEnd => ahead,
                Position::Behind => before,
            };
            break;
        }
        let is_display = [("display", "block"), ("mode", "display")]
            .iter()
            .any(|(name, value)| tag.attribute(name).is_some_and(|it| it.eq_ignore_ascii_case(value)));
        let (shown, tex) = reader.finish();
        if let Some(tex) = tex {
            return Some(delimited(&tex, is_display));
        }
        match tag.attribute("alttext").filter(|text| !text.trim().is_empty()) {
            Some(text) if text.contains(['\\', '^', '_', '{']) => Some(delimited(&text, is_display)),
            Some(text) => Some(text.trim().to_owned()),
            None => Some(shown),
        }
    }
}

/// The start of the end tag of a `<script>`.
fn end_of_script(text: &str) -> Option<usize> {
    let is_end = |at: &usize| text.get(at + 2..at + 8).is_some_and(|name| name.eq_ignore_ascii_case("script"));
    text.match_indices("</").map(|(at, _)| at).find(is_end)
}

/// TeX without the CDATA marks that hide it from XML parsers and stand in TeX comments.
fn without_cdata(source: &str) -> &str {
    let source = source.trim();
    let Some(begun) = source.strip_prefix('%').and_then(|rest| rest.trim_start().strip_prefix("<![CDATA[")) else {
        return source;
    };
    let begun = begun.trim();
    begun.strip_suffix("]]>").map_or(begun, |inside| inside.trim_end().trim_end_matches('%').trim_end())
}

/// TeX between delimiters that distinguish it from text: `\(…\)` or `\[…\]`.
fn delimited(tex: &str, is_display: bool) -> String {
    let tex = tex.trim();
    // Wikipedia writes `{\displaystyle …}` around every formula.
    let inside = tex.strip_prefix("{\\displaystyle ").and_then(|rest| rest.strip_suffix('}'));
    let tex = inside.unwrap_or(tex).trim();
    if tex.is_empty() || ["\\(", "\\[", "$"].iter().any(|sign| tex.starts_with(sign)) {
        return tex.to_owned();
    }
    if is_display { format!("\\[{tex}\\]") } else { format!("\\({tex}\\)") }
}

/// The position of a token relative to a formula: inside it, at its end, or behind it because its end tag is missing.
enum Position {
    Inside,
    AtEnd,
    Behind,
}

struct Element {
    name: String,
    /// The texts of its parts.
    parts: Vec<String>,
    is_tex: bool,
}

/// Reads `MathML` token by token.
struct Reader {
    open: Vec<Element>,
    tex: Option<String>,
}

impl Reader {
    fn new() -> Reader {
        let math = Element { name: "math".to_owned(), parts: Vec::new(), is_tex: false };
        Reader { open: vec![math], tex: None }
    }

    fn take(&mut self, piece: &Token<'_>) -> Position {
        match piece {
            Token::Text(text) => self.text(text),
            Token::Tag(tag) if tag.is("math") && tag.closing => return Position::AtEnd,
            Token::Tag(tag) if tag.is("math") => return Position::Behind,
            Token::Tag(tag) if tag.closing && self.is_open(tag.name) => self.close(tag.name),
            // HTML may occur in the text of a formula. Elsewhere it shows that the formula was not closed.
            Token::Tag(tag) if is_of_html(tag) => {
                if !self.is_in_text() {
                    return Position::Behind;
                }
            }
            Token::Tag(tag) if tag.closing => {}
            Token::Tag(tag) if tag.is("mspace") => self.show(" ".to_owned()),
            Token::Tag(tag) => self.begin(tag),
        }
        Position::Inside
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().skip(1).any(|element| element.name.eq_ignore_ascii_case(name))
    }

    fn is_in_text(&self) -> bool {
        let name = self.open.last().map_or("", |element| element.name.as_str());
        matches!(name, "annotation" | "annotation-xml" | "mi" | "mn" | "mo" | "ms" | "mtext")
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        if tag.self_closing || self.open.len() >= DEPTH_MAX {
            return;
        }
        let is_tex = tag.is("annotation")
            && tag.attribute("encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"));
        self.open.push(Element { name: tag.name.to_ascii_lowercase(), parts: Vec::new(), is_tex });
    }

    fn text(&mut self, text: &str) {
        let text = resolve_references(text, false);
        // White space in TeX and in `<mtext>` is part of the text. Elsewhere it only formats the source.
        if self.open.last().is_some_and(|element| element.is_tex || element.name == "mtext") {
            return self.show(text.into_owned());
        }
        let shown = |character: &char| !matches!(character, '\u{200b}' | '\u{2061}'..='\u{2064}');
        let words: String = text.chars().filter(shown).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.show(words);
        }
    }

    fn show(&mut self, text: String) {
        if let Some(element) = self.open.last_mut() {
            element.parts.push(text);
        }
    }

    /// Closes the innermost element of this name and all elements inside it.
    fn close(&mut self, name: &str) {
        while self.open.len() > 1 {
            let Some(element) = self.open.pop() else { return };
            let is_same = element.name.eq_ignore_ascii_case(name);
            self.end(element);
            if is_same {
                return;
            }
        }
    }

    fn end(&mut self, element: Element) {
        match element.name.as_str() {
            "annotation" if element.is_tex => self.tex = Some(element.parts.concat()),
            "annotation" | "annotation-xml" | "mphantom" => {}
            _ => {
                let shown = in_a_line(&element.name, &element.parts);
                self.show(shown);
            }
        }
    }

    /// The text of the formula, and its TeX source.
    fn finish(mut self) -> (String, Option<String>) {
        // The outermost element is not closed, so its name closes all elements inside it.
        self.close("math");
        let shown = self.open.pop().map(|math| math.parts.concat()).unwrap_or_default();
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        (shown, self.tex.filter(|tex| !tex.trim().is_empty()))
    }
}

/// Whether a tag belongs to HTML and not to `MathML`.
fn is_of_html(tag: &Tag<'_>) -> bool {
    known(tag).is_some() && !["annotation", "annotation-xml", "title", "style"].iter().any(|name| tag.is(name))
}

/// The parts of an element in one line, in which `^`, `_` and `/` show the positions of its parts.
fn in_a_line(name: &str, parts: &[String]) -> String {
    match (name, parts) {
        ("msup", [base, above]) => format!("{base}^{}", grouped(above)),
        ("msub" | "munder", [base, below]) => format!("{base}_{}", grouped(below)),
        ("msubsup" | "munderover", [base, below, above]) => format!("{base}_{}^{}", grouped(below), grouped(above)),
        // An accent or a bar, which is a single character, is written directly behind its base.
        ("mover", [base, above]) if above.chars().count() > 1 => format!("{base}^{}", grouped(above)),
        ("mfrac", [above, below]) => format!("{}/{}", grouped(above), grouped(below)),
        ("msqrt", parts) => format!("√{}", grouped(&parts.concat())),
        ("mroot", [base, degree]) => format!("{base}^(1/{})", grouped(degree)),
        ("mfenced", parts) => format!("({})", parts.join(", ")),
        ("mtext" | "mtd", parts) => format!(" {} ", parts.concat()),
        ("mtr", parts) => format!("{}; ", parts.concat()),
        (_, parts) => parts.concat(),
    }
}

/// The text in parentheses, unless it is a number, a single character, or already in parentheses.
fn grouped(text: &str) -> String {
    let text = text.trim();
    let is_one = text.chars().count() <= 1 || text.bytes().all(|byte| byte.is_ascii_digit());
    let has_own = text.starts_with('(') && text.find(')').is_some_and(|end| end + 1 == text.len());
    if is_one || has_own { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::super::html::{assert_written, rewrite};

    fn check(markup: &str, wanted: &str) {
        assert_written(markup, None, wanted);
    }

    #[test]
    fn formulas_in_scripts_become_text() {
        check("<p>a <script type='math/tex'>x_1 < y</script> b</p>", "<p>a \\(x_1 &lt; y\\) b</p>");
        check("<script type='math/tex; mode=display'>\\int f</script>", "\\[\\int f\\]");
        check("<script type=math/tex>% <![CDATA[\na &= b %]]></script>", "\\(a &amp;= b\\)");
        check("<script type=math/tex>a &lt; b</script>", "\\(a &lt; b\\)");
        check("<script type=math/asciimath>sum x</script>", "`sum x`");
        check("<script type=math/mml><math><msup><mi>x</mi><mn>2</mn></msup></math></script>", "x^2");
        check("a<script type=math/tex>never closed", "a");
        check("a<script type=text/javascript>math/tex</script><script>x</script>b", "ab");
    }

    #[test]
    fn a_formula_and_its_rendered_form_become_one_text() {
        let drawn = "<span class='MathJax_Preview'>x</span><span class=MathJax>x<i>x</i></span>";
        check(&format!("a {drawn}<script type=math/tex>x</script> b"), "a \\(x\\) b");
        check(&format!("a {drawn}b"), "a <span>x</span><span>x<i>x</i></span>b");
        let katex = "<span class=katex><span class=katex-mathml><math><semantics><mrow><mi>E</mi></mrow>\
            <annotation encoding='application/x-tex'>E &lt; 1</annotation></semantics></math></span>\
            <span class=katex-html aria-hidden=true><span class=base>E<b>1</b></span></span></span>";
        check(&format!("{katex}."), "<span><span>\\(E &lt; 1\\)</span></span>.");
        check("<span class=katex-html aria-hidden=true>E1</span>", "<span>E1</span>");
    }

    #[test]
    fn mathml_becomes_a_line_of_text() {
        check("<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>x", "E=mc^2x");
        check("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>10</mn></mfrac></math>", "(a+b)/10");
        check("<math><msqrt><mi>a</mi><mi>b</mi></msqrt><mover><mi>x</mi><mo>¯</mo></mover></math>", "√(ab)x¯");
        check(
            "<math><msubsup><mi>x</mi><mi>i</mi><mrow><mo>(</mo><mi>n</mi><mo>)</mo></mrow></msubsup></math>",
            "x_i^(n)",
        );
        check("<math><mi>a</mi><mtext>if <b>b</b></mtext><mi>c</mi></math>", "a if b c");
        check("<math alttext='x' display=block><mi>y</mi></math>", "x");
        check("<math alttext='{\\displaystyle x^{2}}'><mi>y</mi></math>", "\\(x^{2}\\)");
        check("<math display=block><mi>y</mi><annotation encoding=TeX>\\pi</annotation></math>", "\\[\\pi\\]");
    }

    #[test]
    fn a_formula_that_is_not_closed_ends_with_its_paragraph() {
        check("<p>a <math><mi>x</mi><p>b</p>", "<p>a x<p>b</p>");
        check("a <math><mi>x</mi> b", "a x b");
        check("<math/>a", "a");
        let many = format!("{}a", "<math><mi>".repeat(20_000));
        assert!(rewrite(&many, None).html.ends_with('a'));
        let deep = format!("<math>{}x{}</math>", "<mrow>".repeat(500), "</mrow>".repeat(500));
        check(&deep, "x");
    }
}
