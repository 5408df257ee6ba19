//! The configuration in force as TOML, every default written out, secrets as `***`.

use std::fmt::Write as _;

use super::resolved::{
    Auth, Config, ContentMode, Every, FetchOptions, Listen, LogFormat, OutputConfig, Proxy, ScheduleOptions,
    SourceConfig,
};
use super::span::{show_size, show_span};
use crate::model::{FilterField, FilterRule, Identity, Rewrite, TextTest};
use crate::stories::Reach;

const HIDDEN: &str = "***";

/// A TOML document that says what is in force.
pub fn effective(config: &Config) -> String {
    let mut out = TomlText::default();
    out.header("# What is in force. Secrets are shown as ***; keys without effect in this version are left out.");
    out.text("title", &config.title);
    out.header("\n[serve]");
    out.text(
        "listen",
        &match &config.serve.listen {
            Listen::Tcp { written, .. } => written.clone(),
            Listen::Unix(path) => format!("unix:{}", path.display()),
        },
    );
    out.text("public_url", config.serve.public_url.as_str().trim_end_matches('/'));
    out.texts("hosts", &config.serve.hosts);
    out.text("max_age", &show_span(config.serve.max_age));
    let files = config.serve.files.as_ref().map(|files| files.display().to_string());
    out.text("files", &files.unwrap_or_default());
    out.header("\n[store]");
    out.text("path", &config.store_path.display().to_string());
    out.header("\n[poll]");
    out.bare("concurrency", config.poll.concurrency);
    out.bare("per_host", config.poll.per_host);
    out.text("host_gap", &show_span(config.poll.host_gap));
    out.text("contact", config.poll.contact.as_deref().unwrap_or_default());
    rates(&mut out, &config.defaults.schedule, &config.defaults.fetch, config.defaults.max_entries);
    out.header("\n[stories]");
    out.text("match", reach(config.stories.reach));
    out.text("window", &show_span(config.stories.window));
    out.header("\n[log]");
    out.text("level", &config.log.level);
    out.text(
        "format",
        match config.log.format {
            LogFormat::Auto => "auto",
            LogFormat::Text => "text",
            LogFormat::Json => "json",
            LogFormat::Journald => "journald",
        },
    );
    for each in &config.sources {
        source(&mut out, each);
    }
    for each in &config.outputs {
        output(&mut out, each);
    }
    out.0
}

fn rates(out: &mut TomlText, schedule: &ScheduleOptions, fetch: &FetchOptions, max_entries: usize) {
    out.text(
        "every",
        &match schedule.every {
            Every::Auto => "auto".to_owned(),
            Every::Fixed(span) => show_span(span),
        },
    );
    let min_every = show_span(schedule.min_every);
    if schedule.min_every_written {
        out.text("min_every", &min_every);
    } else {
        // Written out it would be a floor that does not sink.
        out.header(&format!("#min_every = \"{min_every}\" (built in)"));
    }
    out.text("max_every", &show_span(schedule.max_every));
    out.text("timeout", &show_span(fetch.timeout));
    out.text("max_body", &show_size(fetch.max_body));
    out.bare("max_entries", max_entries);
    match &fetch.proxy {
        Proxy::None => out.text("proxy", ""),
        Proxy::Environment => out.text("proxy", "env"),
        // Read back it would be no address.
        Proxy::Url(_) => out.header(&format!("#proxy = \"{HIDDEN}\"")),
    }
    let networks: Vec<String> = fetch.allow_networks.iter().map(ToString::to_string).collect();
    out.texts("allow_networks", &networks);
}

fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Auto => "auto",
        Identity::Guid => "guid",
        Identity::Link => "link",
        Identity::TitleAndDate => "title+date",
    }
}

fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Off => "off",
        Reach::Link => "link",
        Reach::Near => "near",
    }
}

fn source(out: &mut TomlText, source: &SourceConfig) {
    out.header("\n[[source]]");
    out.text("url", &source.public_url);
    out.text("name", &source.name);
    out.text("title", source.title.as_deref().unwrap_or_default());
    out.texts("tags", &source.tags);
    rates(out, &source.schedule, &source.fetch, source.max_entries);
    out.bare("priority", format!("{:?}", source.schedule.priority));
    filter(out, &source.filter);
    if !source.rewrite.is_empty() {
        let strip = |Rewrite::StripQuery(patterns): &Rewrite| {
            let patterns: Vec<String> = patterns.iter().map(|pattern| quoted(pattern)).collect();
            format!("{{ field = \"link\", strip_query = [{}] }}", patterns.join(", "))
        };
        out.bare("rewrite", format!("[{}]", source.rewrite.iter().map(strip).collect::<Vec<_>>().join(", ")));
    }
    if let Some(backfill) = source.backfill {
        out.text("backfill", &show_span(backfill));
    }
    out.bare("follow_deletions", source.follow_deletions);
    out.text("identity", identity(source.identity));
    out.text("stories", if source.stories.reach == Reach::Off { "off" } else { "on" });
    match &source.fetch.auth {
        None => {}
        Some(Auth::Basic { user, .. }) => {
            out.header(&format!("auth = {{ user = {}, password = \"{HIDDEN}\" }}", quoted(user)));
        }
        Some(Auth::Bearer(_)) => out.header(&format!("auth = {{ bearer = \"{HIDDEN}\" }}")),
    }
    if !source.fetch.headers.is_empty() {
        let headers = source.fetch.headers.iter().map(|(name, _)| format!("{} = \"{HIDDEN}\"", quoted(name)));
        out.header(&format!("headers = {{ {} }}", headers.collect::<Vec<_>>().join(", ")));
    }
    match source.secret {
        Some(secret) => out.bare("secret", secret),
        None => out.text("secret", "auto"),
    }
    out.bare("verify_tls", source.fetch.verify_tls);
    if !source.fetch.ca.is_empty() {
        // The name of the file is not kept.
        out.header(&format!("#ca = \"…\" (certificates: {})", source.fetch.ca.len()));
    }
    if source.fetch.client_cert.is_some() {
        out.header("#client_cert = \"…\"");
    }
    out.bare("cookies", source.fetch.cookies);
    out.bare("private", source.private);
    out.bare("enabled", source.enabled);
}

fn filter(out: &mut TomlText, rules: &[FilterRule]) {
    let rules: Vec<String> = rules.iter().map(|rule| format!("{{ {} }}", rule_text(rule))).collect();
    if !rules.is_empty() {
        out.bare("filter", format!("[{}]", rules.join(", ")));
    }
}

/// A rule of a filter as it is written: `drop = "title", contains = "sponsored"`.
pub fn rule_text(rule: &FilterRule) -> String {
    let action = if rule.keep { "keep" } else { "drop" };
    let field = match rule.field {
        FilterField::Title => "title",
        FilterField::Content => "content",
        FilterField::Author => "author",
        FilterField::Category => "category",
        FilterField::Link => "link",
        FilterField::Any => "any",
    };
    let (test, text) = match &rule.test {
        TextTest::Is(text) => ("is", text),
        TextTest::Contains(text) => ("contains", text),
        TextTest::Matches(text) => ("matches", text),
    };
    format!("{action} = \"{field}\", {test} = {}", quoted(text))
}

fn output(out: &mut TomlText, output: &OutputConfig) {
    out.header("\n[[output]]");
    out.text("name", &output.name);
    out.text("title", &output.title);
    out.texts("tags", &output.tags);
    out.texts("sources", &output.sources);
    out.bare("entries", output.entries);
    out.text("max_size", &show_size(output.max_size));
    out.bare("per_source", output.per_source);
    out.text(
        "content",
        match output.content {
            ContentMode::Full => "full",
            ContentMode::Summary => "summary",
            ContentMode::None => "none",
        },
    );
    filter(out, &output.filter);
    out.text("title_prefix", &output.title_prefix);
    out.text("token", if output.token.is_some() { HIDDEN } else { "" });
}

#[derive(Default)]
struct TomlText(String);

impl TomlText {
    fn header(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn text(&mut self, key: &str, value: &str) {
        self.bare(key, quoted(value));
    }

    fn texts(&mut self, key: &str, values: &[String]) {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        self.bare(key, format!("[{}]", values.join(", ")));
    }

    fn bare(&mut self, key: &str, value: impl std::fmt::Display) {
        // A string takes everything.
        let _ = writeln!(self.0, "{key} = {value}");
    }
}

/// A TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
