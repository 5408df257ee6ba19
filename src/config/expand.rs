//! Expands `${NAME}` and `${NAME:-default}` inside a string; `$${` stands for a literal `${`.

use thiserror::Error;

use super::mask::mask_of;

/// A string after expansion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expanded {
    pub(super) value: String,
    /// What was inserted, if anything was.
    inserted: Option<Box<Inserted>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inserted {
    /// The text with a mask in place of each inserted value, because the values may be secret.
    masked: String,
    parts: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Error)]
pub(super) enum ExpandError {
    #[error("the environment variable {0} is not set")]
    Unset(String),
    #[error("`${{` must be followed by a name and `}}`")]
    Malformed,
}

/// Expands `text`. As in the shell, an empty variable counts as unset if a default is given.
pub(super) fn expand(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Expanded, ExpandError> {
    let mut out = Expanded::plain(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let before = &rest[..at];
        let after = &rest[at + 2..];
        if let Some(literal) = before.strip_suffix('$') {
            out.push(literal);
            out.push("${");
            rest = after;
            continue;
        }
        out.push(before);
        let end = after.find('}').ok_or(ExpandError::Malformed)?;
        let value = lookup(&after[..end], env)?;
        out.insert(value);
        rest = &after[end + 1..];
    }
    out.push(rest);
    Ok(out)
}

/// Whether the text names a variable, or contains a malformed `${`.
pub(super) fn names_variable(text: &str) -> bool {
    !expand(text, &|_| Some(String::new())).is_ok_and(|expanded| expanded.parts().is_empty())
}

impl Expanded {
    /// A text in which nothing was inserted.
    pub(super) fn plain(value: String) -> Expanded {
        Expanded { value, inserted: None }
    }

    /// The text with a mask in place of each inserted value.
    pub(super) fn masked(&self) -> &str {
        self.inserted.as_ref().map_or(&self.value, |inserted| &inserted.masked)
    }

    /// The inserted values.
    pub(super) fn parts(&self) -> &[String] {
        self.inserted.as_ref().map_or(&[], |inserted| &inserted.parts)
    }

    fn insert(&mut self, value: String) {
        let Expanded { value: before, inserted } = self;
        let inserted = inserted.get_or_insert_with(|| Box::new(Inserted { masked: before.clone(), parts: Vec::new() }));
        inserted.masked.push_str(&mask_of(&value));
        before.push_str(&value);
        inserted.parts.push(value);
    }

    fn push(&mut self, text: &str) {
        self.value.push_str(text);
        if let Some(inserted) = &mut self.inserted {
            inserted.masked.push_str(text);
        }
    }
}

/// The value of `NAME` or `NAME:-default`.
fn lookup(inside: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<String, ExpandError> {
    let (name, default) = inside.split_once(":-").map_or((inside, None), |(name, default)| (name, Some(default)));
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(legal) {
        return Err(ExpandError::Malformed);
    }
    match (env(name), default) {
        (Some(value), None) => Ok(value),
        (Some(value), Some(_)) if !value.is_empty() => Ok(value),
        (_, Some(default)) => Ok(default.to_owned()),
        (None, None) => Err(ExpandError::Unset(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(&str, &str), ExpandError>) {
        let env = |name: &str| match name {
            "HOST" => Some("example.org".to_owned()),
            "EMPTY" => Some(String::new()),
            "TRAP" => Some("${HOST}".to_owned()),
            _ => None,
        };
        let found = expand(text, &env).map(|found| (found.value.clone(), found.masked().to_owned()));
        assert_eq!(found, expected.map(|(value, masked)| (value.to_owned(), masked.to_owned())), "{text}");
    }

    #[test]
    fn expansion() {
        check("plain $5 {x}", Ok(("plain $5 {x}", "plain $5 {x}")));
        check("https://${HOST}/a", Ok(("https://example.org/a", "https://***/a")));
        check("${NONE:-b}${HOST}", Ok(("bexample.org", "******")));
        check("${EMPTY:-b}", Ok(("b", "***")));
        check("${EMPTY}", Ok(("", "***")));
        check("${NONE:-}", Ok(("", "***")));
        check("a$${HOST}b", Ok(("a${HOST}b", "a${HOST}b")));
        // The value of a variable is not expanded again.
        check("${TRAP}", Ok(("${HOST}", "***")));
        check("${NONE}", Err(ExpandError::Unset("NONE".to_owned())));
        check("${HOST", Err(ExpandError::Malformed));
        check("${}", Err(ExpandError::Malformed));
        check("${a b}", Err(ExpandError::Malformed));
        check("${1A}", Err(ExpandError::Malformed));
    }
}
