//! Converts plain text to HTML: paragraphs and lines are kept, and addresses become links.

use crate::text::markup::{Tag, Tokens};
use crate::text::references::resolve_references;
use crate::text::{address, elements, xml};

use super::{slips, urls};

/// Least indentation of lines that were only wrapped by the layout of the document, in bytes.
const INDENT_LEAST: usize = 2;
/// Longest word in which addresses are searched for, in bytes.
const WORD_MAX_BYTES: usize = 2 * 1024;
/// Least length of a line that was wrapped because it is full, in characters.
const FULL_LEAST: usize = 40;
/// Elements that need an attribute or an end tag. Without these their names are words (`cp <source> <target>`).
const NEED_MORE: &[&str] = &[
    "a", "address", "applet", "area", "article", "audio", "base", "button", "canvas", "caption", "command", "data",
    "details", "dialog", "dir", "embed", "form", "frame", "header", "iframe", "image", "img", "input", "label", "link",
    "main", "map", "menu", "meta", "object", "option", "output", "param", "picture", "script", "search", "section",
    "select", "slot", "source", "summary", "textarea", "time", "title", "video",
];
/// Elements that count as tags with any attributes.
const ALWAYS: &[&str] = &["br", "hr", "wbr"];
/// Attributes that have no value.
const WITHOUT_VALUE: &str = "allowfullscreen async autoplay checked compact controls defer disabled hidden loop muted \
    noshade nowrap open reversed selected";
/// Prefixes of elements that word processors and portals write into HTML.
const FOREIGN: &[&str] = &["fb", "g", "m", "o", "st1", "svg", "v", "w"];
/// The beginnings of comments, declarations and processing instructions, in lower case.
const DECLARATIONS: &[&str] = &["<!--", "<!doctype", "<![endif", "<![if", "<?php", "<?xml"];
/// Punctuation behind an address that belongs to the sentence rather than to the address.
const PUNCTUATION: &[char] = &['.', ',', ':', ';', '!', '?', '\'', '*', '_'];

/// Whether a text that may be markup or plain text is plain text: it contains no HTML tags, but perhaps other words in
/// angle brackets.
pub(super) fn is_plain(text: &str) -> bool {
    // The search stops at the first tag, which in HTML is usually near the beginning.
    let has_tag = || Tokens::new(text).tags().any(|tag| is_meant(&tag));
    !text.contains('<') || !(has_tag() || has_declaration(text))
}

/// The HTML of a text that may be markup or plain text, if it is plain text and reading it as HTML would lose its
/// lines, its words in angle brackets or its links. `None` otherwise.
pub(super) fn html_of_unclear(markup: &str) -> Option<String> {
    if !is_plain(markup) {
        return None;
    }
    let resolved = resolve_references(markup, false);
    let meant = slips::as_meant(&resolved);
    let has_links = || meant.contains("://") || meant.contains("www.");
    let is_alike = meant == resolved && !has_brackets(markup) && !has_links() && !has_lines(&meant);
    if is_alike { None } else { Some(to_html(&meant)) }
}

/// Whether a text contains anything that an HTML parser reads as a tag.
fn has_brackets(text: &str) -> bool {
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?');
    text.match_indices('<').any(|(at, _)| text.as_bytes().get(at + 1).is_some_and(begins))
}

/// Whether plain text has more than one line.
pub(super) fn has_lines(text: &str) -> bool {
    text.trim().contains(['\n', '\r']) && paragraphs(&xml::unix_lines(text)).iter().map(Vec::len).sum::<usize>() > 1
}

/// Plain text as HTML.
pub(super) fn to_html(text: &str) -> String {
    let text = xml::unix_lines(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for lines in paragraphs(&text) {
        out.push_str("<p>");
        for (at, line) in lines.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "<br>" });
            push_line(&mut out, line);
        }
        out.push_str("</p>");
    }
    out
}

/// The lines of each paragraph. Blank lines separate paragraphs.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.trim().lines().collect();
    let blocks = lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty());
    let lines_of = |block: &[&str]| {
        let lines = block.iter().map(|line| line.trim());
        match is_laid_out(block) {
            true => vec![lines.collect::<Vec<_>>().join(" ")],
            false => lines.map(str::to_owned).collect(),
        }
    };
    blocks.map(lines_of).collect()
}

/// Whether the lines of a paragraph were only wrapped by the layout of the document: all lines except the first, which
/// may follow a tag, have the same indentation, and each line ends where the next word would not have fitted.
fn is_laid_out(block: &[&str]) -> bool {
    let Some((first, further)) = block.split_first() else { return false };
    let Some(indented) = further.first().map(|line| indent(line)).filter(|indented| *indented >= INDENT_LEAST) else {
        return false;
    };
    let widest = block.iter().map(|line| length(line)).max().unwrap_or_default();
    let is_full = |pair: &[&str]| {
        let word = pair[1].split_whitespace().next().unwrap_or_default();
        length(pair[0]) + 1 + word.chars().count() > widest
    };
    length(first) >= FULL_LEAST
        && further.iter().all(|line| indent(line) == indented && !is_listed(line))
        && further.windows(2).all(is_full)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn length(line: &str) -> usize {
    line.trim().chars().count()
}

/// Whether a line is an item of a list.
fn is_listed(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '•', '–', '—', '+', '·', '‣', '○', '▪', '►'])
        || (number.len() < line.len() && number.starts_with(['.', ')', ':']))
}

/// Writes a line with its characters escaped and its addresses as links.
fn push_line(out: &mut String, line: &str) {
    for word in line.split_inclusive(char::is_whitespace) {
        let mut rest = word;
        if word.len() <= WORD_MAX_BYTES && (word.contains("://") || word.contains("www.")) {
            while let Some((start, end)) = next_address(rest) {
                xml::push_escaped(out, &rest[..start]);
                let address = xml::escape(&rest[start..end]);
                out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
                rest = &rest[end..];
            }
        }
        xml::push_escaped(out, rest);
    }
}

/// The start and end of the next web address in a word.
fn next_address(word: &str) -> Option<(usize, usize)> {
    let begins = word.char_indices().map(|(at, _)| at).filter(|at| may_begin_at(word, *at));
    let mut addresses = begins.map(|start| (start, start + length_of_address(&word[start..])));
    addresses.find(|(start, end)| {
        let address = &word[*start..*end];
        urls::web(address, None).is_some() && (address.contains("://") || address::is_host_alone(address))
    })
}

/// Whether an address may begin at this position, because it is not inside another address or word.
fn may_begin_at(word: &str, at: usize) -> bool {
    let begins = |begin: &str| word.get(at..at + begin.len()).is_some_and(|it| it.eq_ignore_ascii_case(begin));
    (begins("http://") || begins("https://") || begins("www."))
        && !word[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '@' | '-' | '_'))
}

/// The length of the address at the start of a text, without the punctuation and brackets of the surrounding sentence.
fn length_of_address(text: &str) -> usize {
    let is_outside = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
            // Scripts without spaces continue directly behind an address, and quotes of all kinds end an address.
            || (!c.is_ascii() && (!c.is_alphanumeric() || c >= '\u{2e80}'))
    };
    let address = &text[..text.find(is_outside).unwrap_or(text.len())];
    let count = |bracket: char| address.matches(bracket).count();
    let mut unpaired = count(')').saturating_sub(count('('));
    let mut unpaired_square = count(']').saturating_sub(count('['));
    let behind = |c: char| match c {
        ')' | ']' => {
            let left = if c == ')' { &mut unpaired } else { &mut unpaired_square };
            let is_behind = *left > 0;
            *left = left.saturating_sub(1);
            is_behind
        }
        c => PUNCTUATION.contains(&c),
    };
    address.trim_end_matches(behind).len()
}

fn has_declaration(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let begins = |begin: &str| text.get(at..at + begin.len()).is_some_and(|it| it.eq_ignore_ascii_case(begin));
        matches!(text.as_bytes().get(at + 1), Some(b'!' | b'?')) && DECLARATIONS.iter().any(|begin| begins(begin))
    })
}

/// Whether a tag is meant as a tag: it has the name of an element, and the attributes or end tag that the element
/// needs.
fn is_meant(tag: &Tag<'_>) -> bool {
    let has_attributes = || {
        tag.attributes().any(|(name, value)| {
            let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
            is_name && (!value.is_empty() || WITHOUT_VALUE.split(' ').any(|known| name.eq_ignore_ascii_case(known)))
        })
    };
    if elements::is_html(tag.name) {
        return tag.closing
            || ALWAYS.iter().any(|name| tag.is(name))
            || has_attributes()
            || (tag.attributes().next().is_none() && !NEED_MORE.iter().any(|name| tag.is(name)));
    }
    // The names of custom elements contain a hyphen.
    let is_own = tag.name.contains('-') && tag.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let prefix = tag.name.split_once(':').map(|(prefix, _)| prefix);
    let is_foreign = prefix.is_some_and(|prefix| FOREIGN.iter().any(|known| prefix.eq_ignore_ascii_case(known)));
    is_foreign || (is_own && (tag.closing || has_attributes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_distinguished_from_html() {
        for text in [
            "The harbour is closed.",
            "Include <stdlib.h> and <vector>, then use Map<Key, Value>.",
            "Patch by Ann <ann@a.example>, see <https://a.example/patch>",
            "While x<y go on",
            "If i<b and c>d then stop",
            "cp <source> <target>, with a <label> of <title> and <img>",
            "Set <my-file> to <your-name>",
            "1 < 2 > 0, <3, <-, <>, </>",
            "<T> T max(T a, T b)",
            "a <!> b <? c",
        ] {
            assert!(is_plain(text), "{text:?}");
        }
        for html in [
            "one<br>two",
            "one<BR/>two",
            "<p>one",
            "Use <b> for bold",
            "<b>cut of",
            "<a href='/x'>cut of",
            "<img src=x>",
            "</p>",
            "a<!-- more -->",
            "<!DOCTYPE html>a",
            "<?xml version='1.0'?>a",
            "a<o:p></o:p>",
            "<amp-img src='x'></amp-img>",
            "<video controls>",
            "<title>a</title>",
            "<noscript>a</noscript>",
            "<font color=red>a",
        ] {
            assert!(!is_plain(html), "{html:?}");
        }
    }

    #[test]
    fn text_that_reads_the_same_as_html_is_left_as_it_is() {
        let check = |text: &str, wanted: Option<&str>| assert_eq!(html_of_unclear(text).as_deref(), wanted, "{text:?}");
        check("The harbour is closed &mdash; for repair.", None);
        check("  1 < 2, <3 &amp; more\n", None);
        check("<p>a\nb</p>", None);
        check("a<br>b\nc", None);
        check("x<y &amp; z", Some("<p>x&lt;y &amp; z</p>"));
        check("a\nb &lt;i>", Some("<p>a<br>b &lt;i&gt;</p>"));
        check("Salt &amp;amp; water", Some("<p>Salt &amp; water</p>"));
        check("on www.a.example", Some("<p>on <a href=\"www.a.example\">www.a.example</a></p>"));
    }

    #[test]
    fn paragraphs_lines_and_addresses_are_kept() {
        let check = |text: &str, wanted: &str| assert_eq!(to_html(text), wanted, "{text:?}");
        check("a\nb\n\nc", "<p>a<br>b</p><p>c</p>");
        check(" a \r\n\tb\r\n \r\n\r\nc\rd\n", "<p>a<br>b</p><p>c<br>d</p>");
        check("Map<Key> & \"x\"", "<p>Map&lt;Key&gt; &amp; &quot;x&quot;</p>");
        check(
            "See https://a.example/x_(y)?z=1&w, (or http://b.example/).",
            "<p>See <a href=\"https://a.example/x_(y)?z=1&amp;w\">https://a.example/x_(y)?z=1&amp;w</a>, (or \
             <a href=\"http://b.example/\">http://b.example/</a>).</p>",
        );
        check(
            "<https://a.example/>見https://b.example/1。www.c.example/d",
            "<p>&lt;<a href=\"https://a.example/\">https://a.example/</a>&gt;見<a href=\"https://b.example/1\">\
             https://b.example/1</a>。<a href=\"www.c.example/d\">www.c.example/d</a></p>",
        );
        check(
            "ftp://www.a.example/ me@www.a.example www.a http:// javascript://x",
            "<p>ftp://www.a.example/ me@www.a.example www.a http:// javascript://x</p>",
        );
        check("", "");
    }

    #[test]
    fn lines_that_were_wrapped_by_layout_are_joined() {
        let check = |text: &str, lines: bool| assert_eq!(has_lines(text), lines, "{text:?}");
        check("a\nb", true);
        check("a\n\nb", true);
        check("\n  a  \n", false);
        check(
            "The ferry sails twice a day, in the morning\n     and in the evening, as long as the weather\n     lets it.",
            false,
        );
        check(
            "The ferry sails twice a day, in the morning\nand in the evening, as long as the weather\nlets it.",
            true,
        );
        check("The ferry sails these times of the day always:\n    - in the morning\n    - in the evening", true);
        check("Short line\n    another one", true);
        check(
            "The ferry sails twice a day, in the morning\n     short\n     and in the evening, as long as the weather",
            true,
        );
    }

    #[test]
    fn hostile_text_takes_bounded_time() {
        for text in [
            "<".repeat(1_000_000),
            "<!".repeat(500_000),
            "<a ".repeat(300_000),
            "a\n".repeat(500_000),
            "http://".repeat(140_000),
            "x://".repeat(250_000),
            "www.".repeat(250_000),
            "(".repeat(500_000) + "http://a.example/" + &")".repeat(500_000),
            ("http://a.example/".to_owned() + &")".repeat(1_000) + " ").repeat(500),
        ] {
            let _ = (is_plain(&text), has_lines(&text), to_html(&text).len());
        }
    }
}
