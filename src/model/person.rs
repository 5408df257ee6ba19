//! Names of people.

/// Local parts of addresses that belong to a role, not to a person.
const NOBODY: [&str; 13] = [
    "admin",
    "contact",
    "donotreply",
    "editor",
    "feedback",
    "feeds",
    "hello",
    "info",
    "mail",
    "no-reply",
    "noreply",
    "office",
    "webmaster",
];

/// The name that is published for a person of whom only an e-mail address is known, because a published address would
/// be harvested for spam. `None` if the address belongs to a role; the text itself if it is not an address.
pub fn name_of_address(name: &str) -> Option<&str> {
    let name = name.trim();
    let address = name.get(..7).filter(|begin| begin.eq_ignore_ascii_case("mailto:")).map_or(name, |_| &name[7..]);
    let Some((user, host)) = address.split_once('@') else { return Some(name) };
    let is_address = !user.is_empty() && host.contains('.') && !address.contains(char::is_whitespace);
    if !is_address {
        return Some(name);
    }
    let is_somebody = NOBODY.iter().all(|nobody| !user.eq_ignore_ascii_case(nobody));
    is_somebody.then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_not_published_as_a_name() {
        let check = |name: &str, wanted: Option<&str>| assert_eq!(name_of_address(name), wanted, "{name:?}");
        check("jane@example.org", Some("jane"));
        check("mailto:jane.doe@example.org", Some("jane.doe"));
        check("noreply@example.org", None);
        check("Webmaster@example.org", None);
        check("Jane Doe", Some("Jane Doe"));
        check("@jane@example.social", Some("@jane@example.social"));
        check("Jane @ work", Some("Jane @ work"));
        check("jane at example.org", Some("jane at example.org"));
        check("", Some(""));
    }
}
