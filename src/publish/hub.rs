//! The hub that feeds name, at which readers subscribe to changes (WebSub, 4).

/// The path of our own hub below `public_url`.
pub const HUB_PATH: &str = "/hub";

/// Which hub tells readers of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Hub {
    #[default]
    Off,
    /// Our own.
    Own,
    /// The hub at this address, which everybody may know.
    Outside(String),
}

impl Hub {
    /// The hub by the key `hub` of `[push]`.
    pub fn of(setting: &str) -> Hub {
        match setting {
            "off" => Hub::Off,
            "self" => Hub::Own,
            address => Hub::Outside(address.to_owned()),
        }
    }

    /// The address of the hub of a feed. An outside hub never learns of a feed that has a token, because the operator
    /// of the hub could then read the feed.
    pub fn address(&self, public_url: &str, has_token: bool) -> Option<String> {
        match self {
            Hub::Own => Some(format!("{public_url}{HUB_PATH}")),
            Hub::Outside(address) if !has_token => Some(address.clone()),
            Hub::Outside(_) | Hub::Off => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_with_a_token_is_named_by_no_outside_hub() {
        let check = |setting: &str, has_token: bool, expected: Option<&str>| {
            let address = Hub::of(setting).address("https://feeds.example/x", has_token);
            assert_eq!(address.as_deref(), expected, "{setting} {has_token}");
        };
        check("self", false, Some("https://feeds.example/x/hub"));
        check("self", true, Some("https://feeds.example/x/hub"));
        check("off", false, None);
        check("https://hub.example/", false, Some("https://hub.example/"));
        check("https://hub.example/", true, None);
    }
}
