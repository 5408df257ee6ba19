//! `proxy`: none, those of the environment, or an address.

use url::Url;

use super::context::{Context, Written};
use super::reader::Table;
use super::resolved::Proxy;
use super::secret::Secret;

const SCHEMES: &[&str] = &["http", "https", "socks5", "socks5h"];

pub(super) fn proxy(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Written<Proxy>> {
    let Written { value, place } = table.string(cx, "proxy")?;
    let value = match value.as_str() {
        "" => Proxy::None,
        "env" => Proxy::Environment,
        address => {
            let url = Url::parse(address).ok();
            let has_password = url.as_ref().is_some_and(|url| url.password().is_some());
            if !url.is_some_and(|url| SCHEMES.contains(&url.scheme()) && url.has_host()) {
                let help = format!("an address with one of the schemes {}, or \"env\"", SCHEMES.join(", "));
                cx.error_with_help(&place, "`proxy` is no address of a proxy", Some(help));
                return None;
            }
            if has_password {
                cx.note_secret_in(&place);
            }
            Proxy::Url(Secret::new(address))
        }
    };
    Some(Written { value, place })
}
