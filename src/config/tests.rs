//! The configuration as a whole: defaults, what replaces them, and what is refused when values contradict each other.

use std::path::Path;
use std::time::Duration;

use url::Url;

use super::*;

/// Like [`load`], but with this text in place of one file, as if it had been saved.
pub(crate) fn load_with(path: &Path, env: Env<'_>, unsaved: Option<(&Path, &str)>) -> Result<Config, ConfigErrors> {
    load_keeping(path, env, unsaved.as_slice(), &|_| KeptNames::default(), None)
}

/// Reads a main file that is not on the disk.
fn parse(text: &str) -> Result<Config, ConfigErrors> {
    let path = Path::new("/nowhere/watershed.toml");
    let env = |name: &str| match name {
        "TOKEN" => Some("s3cret-token".to_owned()),
        "HOST" => Some("a.example".to_owned()),
        _ => None,
    };
    load_with(path, &env, Some((path, text)))
}

fn source(more: &str) -> SourceConfig {
    let text = format!("[[source]]\nurl = \"https://a.example/\"\n{more}");
    let mut config = parse(&text).unwrap_or_else(|errors| panic!("{errors}"));
    SourceConfig::clone(&config.sources.remove(0))
}

#[track_caller]
fn refused(text: &str, said: &str) {
    let errors = parse(text).expect_err("it is wrong").to_string();
    assert!(errors.contains(said), "{said} in\n{errors}");
}

const fn minutes(number: u64) -> Duration {
    Duration::from_secs(60 * number)
}

#[test]
fn an_empty_file_has_all_defaults() {
    let config = parse("").expect("it is right");
    assert_eq!(config.store_path, Path::new("/nowhere/watershed.db"));
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:8470/");
    assert_eq!(config.outputs.len(), 1);
    assert_eq!((config.outputs[0].name.as_str(), config.outputs[0].title.as_str()), ("feed", "Watershed"));
    let schedule = &config.defaults.schedule;
    assert_eq!((schedule.every, schedule.min_every, schedule.max_every), (Every::Auto, minutes(60), minutes(1440)));
    assert!(!schedule.min_every_written);
}

#[test]
fn entries_are_kept_for_ever_or_for_a_span() {
    let check = |written: &str, keep: Option<Duration>, keep_min: usize| {
        let config = parse(&format!("[store]\n{written}\n")).unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!((config.store.keep, config.store.keep_min), (keep, keep_min), "{written}");
        assert!(config.notices.iter().all(|notice| !notice.contains("no effect")), "{:?}", config.notices);
    };
    check("", None, 50);
    check("keep = \"forever\"", None, 50);
    check("keep = \"90d\"\nkeep_min = 0", Some(minutes(90 * 1440)), 0);
    for wrong in ["\"1h\"", "\"101y\"", "\"\"", "90", "\"Forever\""] {
        refused(&format!("[store]\nkeep = {wrong}\n"), "keep");
    }
}

#[test]
fn a_written_value_replaces_a_built_in_one() {
    let check = |more: &str, min: Duration, max: Duration, written: bool| {
        let schedule = source(more).schedule;
        assert_eq!((schedule.min_every, schedule.max_every, schedule.min_every_written), (min, max, written), "{more}");
    };
    check("every = \"15m\"", minutes(15), minutes(1440), true);
    check("every = \"3h\"", minutes(60), minutes(1440), false);
    check("min_every = \"2d\"", minutes(2880), minutes(2880), true);
    check("max_every = \"30m\"", minutes(30), minutes(30), false);
    check("every = \"1h\"\n[poll]\nmin_every = \"5m\"", minutes(5), minutes(1440), true);
    let both = parse("[[source]]\nurl = \"https://a.example/\"\nevery = \"5m\"\n[poll]\nmin_every = \"1h\"\n");
    let both = both.expect("it is right");
    assert_eq!(both.sources[0].schedule.min_every, minutes(60), "a written floor holds");
    assert!(both.notices.iter().any(|notice| notice.contains("min_every")), "{:?}", both.notices);
    refused("[poll]\nmin_every = \"2h\"\nmax_every = \"1h\"\n", "longer");
}

#[test]
fn secrets_of_addresses_are_not_shown() {
    let check = |url: &str, shown: &str| {
        let config = parse(&format!("[[source]]\nurl = \"{url}\"\n")).unwrap_or_else(|errors| panic!("{errors}"));
        let source = &config.sources[0];
        assert_eq!(source.public_url(), shown, "{url}");
        let scrubbed = source.scrub(&format!("failed: {}", source.url));
        assert!(!scrubbed.contains("s3cret-token") && !scrubbed.contains("hunter2"), "{scrubbed}");
        assert!(!format!("{source:?}").contains("zzz"));
        assert!(!source.name.contains("s3cret"), "{}", source.name);
    };
    check("https://me:hunter2@a.example/feed", "https://a.example/feed");
    check("https://a.example/feed?token=${TOKEN}", "https://a.example/feed?token=***");
    check("https://a.example/${TOKEN}/feed", "https://a.example/***/feed");
    check("https://${HOST}/feed", "https://a.example/feed");
    check("https://a.example/feed?x=${TOKEN}", "https://a.example/feed?x=***");
}

#[test]
fn names_are_made_where_none_is_written_and_never_collide() {
    let url = |path: &str| format!("[[source]]\nurl = \"https://www.a.example/{path}\"\n");
    let text = url("feed") + &url("rss") + "[[source]]\nname = \"a-example\"\nurl = \"https://b.example/\"\n";
    let config = parse(&text).unwrap_or_else(|errors| panic!("{errors}"));
    let names: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names[2], "a-example");
    assert!(names[0].starts_with("a-example-") && names[1].starts_with("a-example-") && names[0] != names[1]);
    let alone = parse(&url("feed")).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(alone.sources[0].name, "a-example");
    refused(&(url("feed") + &url("feed")), "same `url`");
    let output = "[[output]]\nname = \"x\"\nsources = [\"a-example\"]\n";
    assert!(parse(&(url("feed") + output)).is_ok());
    refused(&(url("feed") + &url("rss") + output), "give the source that you mean a `name`");
}

#[test]
fn a_made_name_stays_whatever_comes_before_its_source() {
    let url = |path: &str| format!("[[source]]\nurl = \"https://a.example/{path}\"\n");
    let longer =
        |path: &str| made_name_of_its_own(&Url::parse(&format!("https://a.example/{path}")).expect("an address"));
    let kept_names = |store: &Path| {
        assert_eq!(store, Path::new("/nowhere/watershed.db"));
        let mut kept = KeptNames::default();
        kept.keep("https://a.example/rss", "a-example");
        kept.keep("https://a.example/gone/x", "a-example-new");
        kept.keep("https://a.example/t0k3n-t0k3n-t0k3n-t0k3n", "a-example-secret");
        kept.reserve("a-example-named", "https://a.example/named");
        kept.keep_after_move("https://a.example/moved", "a-example");
        kept
    };
    let check = |text: &str, expected: &[&str]| {
        let path = Path::new("/nowhere/watershed.toml");
        let config = load_keeping(path, &|_| None, &[(path, text)], &kept_names, None);
        let config = config.unwrap_or_else(|errors| panic!("{errors}"));
        let names: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, expected, "{text}");
    };
    check(&url("rss"), &["a-example"]);
    // A source that comes later gets another name, wherever it stands.
    check(&(url("feed") + &url("rss")), &[&longer("feed"), "a-example"]);
    check(&(url("rss") + &url("feed")), &["a-example", &longer("feed")]);
    // Names of sources that are gone, or have another name now, are not given away.
    check(&url("feed"), &[&longer("feed")]);
    check(&url("new"), &[&longer("new")]);
    check(&url("gone/x"), &["a-example-new"]);
    check(&url("named"), &["a-example-named"]);
    // A source that has moved has its name at the new address, unless a source is still at the old one.
    check(&url("moved"), &["a-example"]);
    check(&(url("moved") + &url("rss")), &["a-example-moved", "a-example"]);
    // A written name is taken in any case.
    let named = "[[source]]\nname = \"a-example\"\nurl = \"https://b.example/\"\n";
    check(&(url("rss") + named), &[&longer("rss"), "a-example"]);
    // A name that was made before the address was secret may reveal the secret.
    let hidden = url("t0k3n-t0k3n-t0k3n-t0k3n") + "secret = true\n";
    let name = longer("t0k3n-t0k3n-t0k3n-t0k3n");
    check(&hidden, &[&format!("a-example{}", &name[name.len() - 9..])]);
}

#[test]
fn local_files_are_relative_to_the_file_that_names_them() {
    let source = |url: &str| format!("[[source]]\nurl = \"{url}\"\n");
    let config = parse(&["file:feeds/a.xml", "file:///b.xml", "file:../sources/c.xml"].map(source).concat());
    let config = config.unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(config.sources[0].url.as_str(), "file:///nowhere/feeds/a.xml");
    assert_eq!(config.sources[1].url.as_str(), "file:///b.xml");
    assert_eq!(config.sources[2].name, "sources-c");
}

#[test]
fn the_default_output_can_be_changed_and_stays_first() {
    let config = parse("title = \"T\"\n[[output]]\nname = \"x\"\n[[output]]\nname = \"feed\"\nentries = 5\n");
    let config = config.unwrap_or_else(|errors| panic!("{errors}"));
    let outputs: Vec<(&str, &str, usize)> =
        config.outputs.iter().map(|output| (output.name.as_str(), output.title.as_str(), output.entries)).collect();
    assert_eq!(outputs, [("feed", "T", 5), ("x", "T: x", 100)]);
}

#[test]
fn the_title_of_the_default_output_is_the_title_everywhere() {
    let check = |more: &str, wanted: [&str; 3]| {
        let text = format!("title = \"T\"\n[[output]]\nname = \"x\"\n[[output]]\nname = \"feed\"\n{more}\n");
        let config = parse(&text).unwrap_or_else(|errors| panic!("{errors}"));
        let titles = [config.top.title.as_str(), config.outputs[0].title.as_str(), config.outputs[1].title.as_str()];
        assert_eq!(titles, wanted, "{text}");
    };
    check("", ["T", "T", "T: x"]);
    check("title = \"U\"", ["U", "U", "U: x"]);
    check("title = \"\"", ["T", "T", "T: x"]);
    // The title of an output with a token appears nowhere else.
    check("title = \"U\"\ntoken = \"hush\"", ["T", "U", "T: x"]);
}

#[test]
fn an_address_that_readers_cannot_use_is_reported() {
    let told = |serve: &str| {
        let config = parse(&format!("[serve]\n{serve}\n")).unwrap_or_else(|errors| panic!("{errors}"));
        config.notices.iter().any(|notice| notice.contains("`public_url`"))
    };
    for (serve, wanted) in [
        ("listen = \"127.0.0.1:8470\"", false),
        ("listen = \"0.0.0.0:8470\"", true),
        ("files = \"site\"", true),
        ("files = \"site\"\npublic_url = \"https://feeds.example\"", false),
        ("listen = \"unix:/run/watershed/http.sock\"", true),
        ("listen = \"unix:/run/watershed/http.sock\"\npublic_url = \"https://feeds.example\"", false),
    ] {
        assert_eq!(told(serve), wanted, "{serve}");
    }
}

#[test]
fn pages_have_a_language_a_time_zone_and_icons() {
    let serve = |text: &str| parse(&format!("[serve]\n{text}\n")).unwrap_or_else(|errors| panic!("{errors}")).serve;
    let (plain, own) = (serve(""), serve("language = \"de-AT\"\ntime_zone = \"Europe/Vienna\"\ntheme = \"mine\""));
    assert_eq!((plain.language.as_str(), plain.time_zone, plain.theme), ("en", chrono_tz::Tz::UTC, None));
    assert_eq!((own.language.as_str(), own.time_zone), ("de-AT", chrono_tz::Tz::Europe__Vienna));
    assert_eq!(own.theme.as_deref(), Some(Path::new("/nowhere/mine")));
    refused("[serve]\ntime_zone = \"Europe/Viena\"\n", "did you mean \"Europe/Vienna\"?");
    refused("[serve]\ntime_zone = \"somewhere else\"\n", "is not a time zone");
    refused("[serve]\nlanguage = \"english language\"\n", "is not a language tag");
    let icon = source("icon = \"https://a.example/i.png\"").options.icon.clone();
    assert_eq!(icon, Some(SourceIcon::Address("https://a.example/i.png".to_owned())));
    for icon in ["/etc/passwd", "missing.png", "https://me:secret@a.example/i.png", "ftp://a.example/i.png"] {
        refused(&format!("[[source]]\nurl = \"https://a.example/\"\nicon = \"{icon}\"\n"), "`icon`");
    }
}

#[test]
fn headers_that_the_program_sets_are_refused() {
    let header = |name: &str, value: &str| {
        format!("[[source]]\nurl = \"https://a.example/\"\nheaders = {{ \"{name}\" = \"{value}\" }}\n")
    };
    parse(&header("X-Token", "abc def")).unwrap_or_else(|errors| panic!("{errors}"));
    refused(&header("User-Agent", "x"), "set by watershed");
    for name in ["Authorization", "Cookie"] {
        parse(&header(name, "kind of=login")).unwrap_or_else(|errors| panic!("{errors}"));
    }
    refused(&header("Proxy-Authorization", "x"), "set by watershed");
    refused(&(header("Authorization", "x") + "auth = { bearer = \"x\" }\n"), "already set by `auth`");
    refused(&header("X-Token", "a\\r\\nb"), "not allowed in a header");
    refused(&header("X-Token", "ü"), "not allowed in a header");
}

#[test]
fn a_login_is_a_name_and_a_password_or_a_token() {
    let auth = |auth: &str| format!("[[source]]\nurl = \"https://a.example/\"\nauth = {{ {auth} }}\n");
    let config = parse(&auth("bearer = \"zzzz\"")).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(config.sources[0].fetch.access.auth, Some(Auth::Bearer(Secret::new("zzzz"))));
    let shown = effective(&config);
    assert!(shown.contains("bearer = \"***\"") && !shown.contains("zzzz"), "{shown}");
    parse(&auth("user = \"me\", password = \"p\"")).unwrap_or_else(|errors| panic!("{errors}"));
    refused(&auth("user = \"me\""), "no `password`");
    refused(&auth("user = \"me\", bearer = \"t\""), "either");
    refused(&auth("bearer = \"\""), "is empty");
    refused(&auth("bearer = \"a\\nb\""), "not allowed in a header");
}

#[test]
fn the_effective_configuration_can_be_read_back() {
    let text = "[[source]]\nurl = \"https://a.example/\"\nheaders = { X-A = \"zzzz\" }\n\
                auth = { user = \"me\", password = \"zzzz\" }\n[[output]]\nname = \"x\"\ntoken = \"zzzz\"\n";
    let config = parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    let shown = effective(&config);
    assert!(!shown.contains("zzzz"), "{shown}");
    let again = parse(&shown).unwrap_or_else(|errors| panic!("{shown}\n{errors}"));
    assert_eq!(again.sources[0].schedule, config.sources[0].schedule);
    assert_eq!(again.outputs[1].entries, config.outputs[1].entries);
    let source = &again.sources[0];
    assert!(source.fetch.access.auth.is_none() && source.fetch.access.headers.is_empty(), "no mask is sent\n{shown}");
    assert!(again.outputs[1].token.is_none(), "no mask is a token\n{shown}");
    for line in
        ["#auth = { user = \"me\", password = \"***\" }", "#headers = { \"X-A\" = \"***\" }", "#token = \"***\""]
    {
        assert!(shown.lines().any(|shown| shown.starts_with(line)), "{line}\n{shown}");
    }
    let masked = parse("[[source]]\nname = \"a\"\nurl = \"https://a.example/f?token=zzzz\"\n");
    let shown = effective(&masked.unwrap_or_else(|errors| panic!("{errors}")));
    assert!(shown.contains("\n#url = \"https://a.example/f?token=***\"\n"), "{shown}");
    refused(&shown, "has no `url`");
}

#[test]
fn differences_are_described_in_words() {
    let url =
        |name: &str, more: &str| format!("[[source]]\nname = \"{name}\"\nurl = \"https://a.example/{name}\"\n{more}");
    let parse = |text: &str| parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    let old = parse(&(url("a", "") + &url("b", "") + "[[output]]\nname = \"x\"\n"));
    let new = parse(&(url("b", "tags = [\"t\"]\n") + &url("c", "") + "[serve]\nlisten = \"127.0.0.1:1\"\n"));
    let told = diff(&old, &new).to_string();
    for part in [
        "1 source added (c)",
        "1 source removed (a)",
        "1 source changed (b)",
        "x",
        "takes effect after a restart: listen",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(diff(&old, &old), ConfigDiff::default());
    let renamed = parse(&url("a", "").replace("name = \"a\"", "name = \"z\""));
    assert_eq!(diff(&parse(&url("a", "")), &renamed).to_string(), "1 source renamed (a is now z)");
    let stored = |path: &str| parse(&format!("[store]\npath = \"{path}\"\n"));
    assert_eq!(diff(&stored("data/w.db"), &stored("./data//w.db")), ConfigDiff::default(), "the same path");
    let moved = diff(&stored("data/w.db"), &stored("data/x.db")).to_string();
    assert_eq!(moved, "settings changed: [store] path; takes effect after a restart: [store] path");
}

#[test]
fn an_include_names_files_or_a_list() {
    refused("[[include]]\n", "has no `path`");
}

#[test]
fn a_receiver_is_a_program_or_an_address() {
    let read = |text: &str| parse(text).unwrap_or_else(|errors| panic!("{text}\n{errors}"));
    let config =
        read("[[notify]]\nurl = \"https://a.example/x\"\n[[notify]]\non = [\"disk\"]\nexec = [\"tell\", \"me\"]\n");
    let [web, program] = config.notify.as_slice() else { panic!("{:?}", config.notify) };
    assert_eq!((web.on.len(), web.url.as_ref().map(Secret::expose)), (8, Some("https://a.example/x")));
    assert_eq!(
        (program.on.as_slice(), program.exec.as_slice()),
        (&["disk".to_owned()][..], &["tell".to_owned(), "me".to_owned()][..])
    );
    assert!(config.notices.iter().all(|notice| !notice.contains("notify")), "{:?}", config.notices);
    assert!(!effective(&config).contains("a.example"), "{}", effective(&config));
    let config = read("[[notify]]\non = [\"disk\"]\n");
    assert!(config.notices.iter().any(|notice| notice.contains("tells nobody")), "{:?}", config.notices);
    let config = read("[[notify]]\non = []\nexec = [\"tell\"]\n");
    assert!(config.notices.iter().any(|notice| notice.contains("it tells of nothing")), "{:?}", config.notices);
    refused("[[notify]]\nexec = [\"\", \"x\"]\n", "must name a program");
    refused("[[notify]]\non = [\"failling\"]\n", "did you mean \"failing\"?");
    refused("[[notify]]\nurl = { env = \"UNSET\" }\n", "UNSET is not set");
    refused("[[notify]]\nurl = \"a.example/x\"\n", "`url` is not an address");
    refused("[[notify]]\nurl = \"https://a.example/\"\nexec = [\"tell\"]\n", "can have only one");
    refused("[[output]]\nname = \"x\"\nwebhook = \"https://a.example/\"\nexec = [\"tell\"]\n", "can have only one");
    refused("[[output]]\nname = \"x\"\nwebhook = \"ftp://a.example/\"\n", "`webhook` is not an address");
}

/// Reads a main file that includes another file.
fn with_included(main: &str, included: &str) -> Result<Config, ConfigErrors> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("list.toml"), included).expect("it can be written");
    let path = folder.path().join("watershed.toml");
    let env = |name: &str| (name == "HOST").then(|| "a.example".to_owned());
    load_with(&path, &env, Some((path.as_path(), main)))
}

#[test]
fn a_file_that_is_not_trusted_names_only_sources_on_the_web() {
    const UNTRUSTED: &str = "[[include]]\npath = \"list.toml\"\ntrusted = false\n";
    let source = "[[source]]\nurl = \"https://a.example/f\"\n";
    let more = "name = \"a\"\ntitle = \"A $${HOST}\"\ntags = [\"t\"]\nfilter = [{ drop = \"title\", is = \"x\" }]\n";
    let config = with_included(UNTRUSTED, &format!("{source}{more}")).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((config.sources.len(), config.sources[0].options.title.as_deref()), (1, Some("A ${HOST}")));
    for (line, said) in [
        ("auth = { user = \"me\", password = { file = \"/nowhere/x\" } }", "`auth` is not allowed"),
        ("headers = { X-A = { env = \"HOST\" } }", "`headers` is not allowed"),
        ("ca = \"/nowhere/x\"", "`ca` is not allowed"),
        ("client_cert = \"/nowhere/x\"", "`client_cert` is not allowed"),
        ("allow_networks = [\"10.0.0.0/8\"]", "`allow_networks` is not allowed"),
        ("proxy = \"http://10.0.0.1:80\"", "`proxy` is not allowed"),
        ("every = \"1s\"", "`every` is not allowed"),
        ("secret = false", "`secret` is not allowed"),
        ("icon = \"/etc/passwd\"", "may name no files"),
        ("title = \"${HOST}\"", "may use no environment variables"),
        ("title = \"${UNSET:-x}\"", "may use no environment variables"),
        ("tags = [\"${HOST}\"]", "may use no environment variables"),
        ("evry = \"1s\"", "unknown key `evry`"),
    ] {
        let errors = with_included(UNTRUSTED, &format!("{source}{line}\n")).expect_err(line).to_string();
        assert!(errors.contains(said) && errors.contains("list.toml:3:"), "{line}\n{errors}");
        assert!(
            !errors.contains("cannot read") && !errors.contains("a.example\""),
            "nothing is read: {line}\n{errors}"
        );
    }
    for url in ["file:///etc/hostname", "file:list.toml", "https://${HOST}/f"] {
        let errors = with_included(UNTRUSTED, &format!("[[source]]\nurl = \"{url}\"\n")).expect_err(url).to_string();
        assert!(errors.contains("included with `trusted = false`"), "{url}\n{errors}");
    }
    let twice = format!("[[include]]\npath = \"*.toml\"\n{UNTRUSTED}");
    let elsewhere =
        with_included(UNTRUSTED, "[[notify]]\nexec = [\"tell\"]\n").expect_err("it has no sources").to_string();
    assert!(elsewhere.contains("`notify` belongs in the main file"), "{elsewhere}");
    assert!(with_included(&twice, "[[source]]\nurl = \"file:x\"\n").is_err(), "one of the two does not trust it");
    let trusted = UNTRUSTED.replace("false", "true");
    with_included(&trusted, "[[source]]\nurl = \"file:x\"\nevery = \"1h\"\n")
        .unwrap_or_else(|errors| panic!("{errors}"));
}

#[test]
fn sources_of_a_file_that_is_not_trusted_reach_no_private_networks() {
    let main = "[poll]\nallow_networks = [\"10.0.0.0/8\"]\n[[source]]\nurl = \"https://b.example/\"\n\
                [[include]]\npath = \"list.toml\"\ntrusted = false\n";
    let config = with_included(main, "[[source]]\nurl = \"https://a.example/\"\n");
    let config = config.unwrap_or_else(|errors| panic!("{errors}"));
    let allowed: Vec<usize> = config.sources.iter().map(|source| source.fetch.allow_networks.len()).collect();
    assert_eq!(allowed, [1, 0], "the user's own source and that of the file");
}

#[test]
fn messages_repeat_no_value_that_may_be_an_address_with_a_password() {
    let login = "https://me:hunter2@b.example/";
    for text in [
        format!("[[source]]\nurl = \"https://a.example/\"\nname = \"{login}\"\n"),
        format!("[[output]]\nname = \"{login}\"\n"),
        format!("[serve]\nhosts = [\"{login}\"]\n"),
    ] {
        let errors = parse(&text).expect_err("it is wrong").to_string();
        assert!(errors.contains("b.example") && !errors.contains("hunter2"), "{errors}");
    }
}

#[test]
fn a_category_of_podcasts_has_at_most_one_subcategory() {
    let output = |category: &str| parse(&format!("[[output]]\nname = \"x\"\nitunes_category = \"{category}\"\n"));
    for (category, wanted) in [
        ("Technology", Some("Technology")),
        (" Society & Culture>Documentary ", Some("Society & Culture>Documentary")),
        ("", None),
    ] {
        let config = output(category).unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(config.outputs[1].itunes_category.as_deref(), wanted, "{category}");
    }
    for category in ["A > B > C", ">", "A >", "> B", "A >> B"] {
        let errors = output(category).expect_err("it is wrong").to_string();
        assert!(errors.contains("at most one subcategory") && errors.contains("> Documentary"), "{errors}");
    }
}

#[test]
fn a_private_key_in_the_place_of_a_path_is_not_repeated() {
    let key = "-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----";
    for line in [
        format!("client_cert = \"{key}\""),
        format!("client_cert = \"me.pem\"\nclient_key = \"{key}\""),
        format!("ca = \"{key}\""),
        format!("auth = {{ bearer = {{ file = \"{key}\" }} }}"),
    ] {
        let text = format!("[[source]]\nurl = \"https://a.example/\"\n{line}\n");
        let errors = parse(&text).expect_err("it is wrong").to_string();
        assert!(errors.contains("not a path") && !errors.contains("hunter2"), "{errors}");
    }
}

#[test]
fn a_file_of_many_sources_is_read_in_parts_with_the_same_result() {
    // A string over several lines makes the whole file one document, which is read in one part.
    let (whole, in_parts) = ("title = \"\"\"\nmany\"\"\"\n", "title = \"many\"\n\n");
    let many = |odd: &dyn Fn(usize) -> (&'static str, &'static str)| -> String {
        let source = |number: usize| {
            let (scheme, more) = odd(number);
            let address = format!("{scheme}://host-{number}.example/feed?token=abcdefgh{number}");
            format!("[[source]]\nurl = \"{address}\"\nevery = \"{}h\"\n{more}", 1 + number / 3_000)
        };
        (0..9_000).map(source).collect()
    };
    let right = many(&|_| ("https", ""));
    let read = |beginning: &str| parse(&format!("{beginning}{right}")).unwrap_or_else(|errors| panic!("{errors}"));
    let (one, other) = (read(whole), read(in_parts));
    assert_eq!(one.sources.len(), 9_000);
    assert_eq!((one.sources, one.notices, one.open_files), (other.sources, other.notices, other.open_files));
    // Of the mistakes the first hundred are told, in the order of the file, and the others are counted.
    let odd: [&dyn Fn(usize) -> (&'static str, &'static str); 5] = [
        &|number| ("https", if number % 40 == 7 { "nmae = \"x\"\n" } else { "" }),
        &|number| (if number % 50 == 3 { "gopher" } else { "https" }, ""),
        &|number| ("https", if number % 4_000 == 2 { "name = \"x\"\n" } else { "" }),
        &|number| ("https", if number == 8_998 { "name = \"x\n" } else { "" }),
        &|number| ("https", if number % 4_000 == 8 { "headers = { a = [\n[[source]]\n] }\n" } else { "" }),
    ];
    for odd in odd {
        let sources = many(odd);
        let told = |beginning: &str| parse(&format!("{beginning}{sources}")).expect_err("it is wrong").to_string();
        assert_eq!(told(whole), told(in_parts));
    }
}

#[test]
fn the_settings_of_a_source_are_its_own_keys_whatever_its_neighbours_set() {
    // What each source sets, and the settings that are told of it; empty for one that sets nothing.
    let sources = [
        ("tags = [\"x\"]", "tags = [\"x\"]"),
        ("tags = [\"y\"]", "tags = [\"y\"]"),
        ("every = \"3h\"", "every = \"3h\""),
        ("every = \"3h\"\ntags = [\"x\"]", "every = \"3h\", tags = [\"x\"]"),
        ("", ""),
        ("verify_tls = false", "verify_tls = false"),
        ("tags = [\"x\"]", "tags = [\"x\"]"),
        ("", ""),
    ];
    let mut text = "[poll]\nmin_every = \"20m\"\n".to_owned();
    for (number, (keys, _)) in sources.iter().enumerate() {
        text.push_str(&format!("[[source]]\nurl = \"https://a.example/{number}\"\n{keys}\n"));
    }
    let config = parse(&text).unwrap_or_else(|errors| panic!("{errors}"));
    let shown = |settings: Settings| {
        settings.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join(", ")
    };
    let told: Vec<(usize, String)> =
        source_settings(&config).map(|(number, settings)| (number, shown(settings))).collect();
    let all = sources.iter().enumerate().filter(|(_, (_, told))| !told.is_empty());
    let wanted: Vec<(usize, String)> = all.map(|(number, (_, told))| (number, (*told).to_owned())).collect();
    assert_eq!(told, wanted);
}
