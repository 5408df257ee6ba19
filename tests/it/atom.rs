//! A strict second reader for the Atom that we publish. It checks namespaces, references and characters as XML 1.0 requires,
//! and the rules of RFC 4287 on which readers rely. It repairs nothing.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// An element with its children.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Namespace and local name: `{http://www.w3.org/2005/Atom}feed`.
    pub name: String,
    /// The attributes without a prefix.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// The text of the element, without the text of its children.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The children of this name in Atom's namespace.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let wanted = format!("{{{ATOM}}}{name}");
        self.children.iter().filter(|child| child.name == wanted).collect()
    }

    /// The only child of this name.
    #[track_caller]
    pub fn one(&self, name: &str) -> &Element {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "<{name}> in {}: {self:?}", self.name);
        found[0]
    }

    /// The `href` of the links with a relation; a link without `rel` is an alternate (RFC 4287, 4.2.7.2).
    pub fn links(&self, rel: &str) -> Vec<&str> {
        let wanted = |link: &&Element| link.attribute("rel").unwrap_or("alternate") == rel;
        self.all("link").into_iter().filter(wanted).filter_map(|link| link.attribute("href")).collect()
    }

    pub fn authors(&self) -> Vec<&str> {
        self.all("author").into_iter().map(|author| author.one("name").text.as_str()).collect()
    }
}

/// Reads a document, checks it against RFC 4287, and returns the feed element.
#[track_caller]
pub fn read(document: &str) -> Element {
    let feed = parse(document).unwrap_or_else(|error| panic!("not well-formed: {error}\n{document}"));
    assert_eq!(feed.name, format!("{{{ATOM}}}feed"));
    check_common(&feed);
    let mut ids = std::collections::HashSet::new();
    for entry in feed.all("entry") {
        check_common(entry);
        assert!(ids.insert(entry.one("id").text.clone()), "two entries with the id {}", entry.one("id").text);
        // 4.1.2: the entry, its source or the feed must have an author.
        let sourced = entry.all("source").iter().any(|source| !source.all("author").is_empty());
        let authored = sourced || !entry.all("author").is_empty() || !feed.all("author").is_empty();
        assert!(authored, "no author: {entry:?}");
        if entry.all("content").is_empty() {
            assert!(!entry.links("alternate").is_empty(), "neither content nor link: {entry:?}");
        }
        for content in entry.all("content").into_iter().chain(entry.all("summary")) {
            assert!(matches!(content.attribute("type"), None | Some("text" | "html")), "{content:?}");
        }
        assert!(entry.all("published").len() <= 1 && entry.all("source").len() <= 1, "{entry:?}");
        for published in entry.all("published") {
            check_date(&published.text);
        }
        check_common(entry.one("source"));
    }
    feed
}

/// RFC 4287, 4.1.1 and 4.1.2: exactly one id, title and updated.
#[track_caller]
fn check_common(element: &Element) {
    let id = &element.one("id").text;
    assert!(url::Url::parse(id).is_ok(), "the id is not an absolute IRI: {id:?}");
    assert!(!element.one("title").text.trim().is_empty(), "no title: {element:?}");
    check_date(&element.one("updated").text);
    for link in element.all("link") {
        let href = link.attribute("href").unwrap_or_default();
        assert!(url::Url::parse(href).is_ok(), "a link that is not absolute: {href:?}");
    }
    for category in element.all("category") {
        assert!(category.attribute("term").is_some_and(|term| !term.is_empty()), "{category:?}");
    }
}

#[track_caller]
fn check_date(text: &str) {
    assert!(chrono::DateTime::parse_from_rfc3339(text).is_ok(), "not an RFC 3339 date: {text:?}");
}

/// The root element of a document.
pub fn parse(document: &str) -> Result<Element, String> {
    if let Some(forbidden) = document.chars().find(|character| !allowed(*character)) {
        return Err(format!("the character {forbidden:?}, which XML forbids"));
    }
    let mut reader = NsReader::from_str(document);
    reader.config_mut().enable_all_checks(true);
    // The open elements: the document itself first, the innermost element last.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => open.push(element(&reader, &start)?),
            Event::Empty(start) => {
                let element = element(&reader, &start)?;
                open.last_mut().ok_or("no parent")?.children.push(element);
            }
            Event::End(_) => {
                let closed = open.pop().ok_or("an end without a start")?;
                open.last_mut().ok_or("an end too many")?.children.push(closed);
            }
            Event::Text(text) => open.last_mut().ok_or("no parent")?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut().ok_or("no parent")?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(character) => character,
                    None => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => return Err(format!("the entity &{other}; is not XML's")),
                    },
                };
                if !allowed(character) {
                    return Err(format!("a reference to {character:?}, which XML forbids"));
                }
                open.last_mut().ok_or("no parent")?.text.push(character);
            }
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
    let [document] = open.as_slice() else { return Err("it ends inside an element".to_owned()) };
    match document.children.as_slice() {
        [root] if document.text.trim().is_empty() => Ok(root.clone()),
        _ => Err("not exactly one root element".to_owned()),
    }
}

/// An element that has just been read, with its attributes.
fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, String> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let name = match namespace {
        ResolveResult::Bound(namespace) => format!("{{{}}}{}", namespace.into_inner(), local.into_inner()),
        ResolveResult::Unbound => local.into_inner().to_owned(),
        ResolveResult::Unknown(prefix) => return Err(format!("the prefix {prefix:?} is not declared")),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| error.to_string())?;
        if !value.chars().all(allowed) {
            return Err(format!("a forbidden character in {value:?}"));
        }
        attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, children: Vec::new(), text: String::new() })
}

/// Whether XML 1.0 allows a character (2.2, Char).
fn allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[test]
fn atom_reader_is_strict() {
    let check = |document: &str, right: bool| assert_eq!(parse(document).is_ok(), right, "{document}");
    check("<a b='c'>&amp;<d/>&#x201C;</a>", true);
    check("<a><b></a></b>", false);
    check("<a>", false);
    check("<a/><b/>", false);
    check("<x:a/>", false);
    check("<a>&nbsp;</a>", false);
    check("<a>&#1;</a>", false);
    check("<a>\u{fffe}</a>", false);
    check("<a b='c' b='d'/>", false);
}
