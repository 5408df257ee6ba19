//! Credentials that people have: certificates that are trusted for themselves, certificates of clients, cookies, and logins that
//! only https takes. All keys here were made for these tests alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{Daemon, Program, finish};
use crate::tls::{AUTHORITY, CERTIFICATE, TlsOrigin};

/// For no name at all, by itself.
const NAMELESS: &str = "\
-----BEGIN CERTIFICATE-----
MIIBmDCCAT2gAwIBAgIUUMhdvq78pA9ARm+MAJ59FBUZOKAwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVV2F0ZXJzaGVkIHRlc3Qgc2VydmVyMCAXDTI2MTEyOTAxMzE1
MFoYDzIxMjYxMTA1MDEzMTUwWjAgMR4wHAYDVQQDDBVXYXRlcnNoZWQgdGVzdCBz
ZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ0lQzfk4HgFJdyaXuY8o+H
+/HlZoNNsAp0ryW5+Uwr8ztFCl4KVaCiamLw0EhyI/wJNwZgfulXrStvuIbEMv+m
o1MwUTAdBgNVHQ4EFgQUoF/XLz6GGRQYyB5EwLRtCvZImb0wHwYDVR0jBBgwFoAU
oF/XLz6GGRQYyB5EwLRtCvZImb0wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNJADBGAiEAuQqJvxg+jKzUb1YBPB0+WqcEgHxbmy8oh8yiMFoOKKcCIQDzQs7X
SW7V+LgoY59db4Z2ItOhQDP3Fox3++3RDNJycQ==
-----END CERTIFICATE-----";
const NAMELESS_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglSRDz/EYsFqg9gGC
jIru3eZfftbVxvPOn3ZZtVkdtgihRANCAAQ0lQzfk4HgFJdyaXuY8o+H+/HlZoNN
sAp0ryW5+Uwr8ztFCl4KVaCiamLw0EhyI/wJNwZgfulXrStvuIbEMv+m
-----END PRIVATE KEY-----";
/// For b.example, by itself.
const ELSEWHERE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUL3diq87mMfL1h600qO7NaOpSBxkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJYi5leGFtcGxlMCAXDTI2MTEyOTAxMzE1MFoYDzIxMjYxMTA1
MDEzMTUwWjAUMRIwEAYDVQQDDAliLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQg8i9vLBR4vyD4a10VIs+8zkNO+ndfPGhWHOH+HXa7/VqJtfl7Xskt
1ZkgKaSQmEXhsDBhSV2UA2mclL0LBysCo2kwZzAdBgNVHQ4EFgQUDi9/qFW9z2bo
X/qsj3S+dXYAVWIwHwYDVR0jBBgwFoAUDi9/qFW9z2boX/qsj3S+dXYAVWIwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALggliLmV4YW1wbGUwCgYIKoZIzj0EAwID
RwAwRAIgUmMVxHQMJFsQi/wKHpQpsDXV7kupTeyXjK/KR+OLHUQCICo4xDw0JD9N
p2XI8EJhMqTbFQHgiDF7zm3ggKGCAiXY
-----END CERTIFICATE-----";
const ELSEWHERE_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgH1gLkB1hnqKXiuHh
RD64Pv7A100mpe3v+aLXYp8JQSuhRANCAAQg8i9vLBR4vyD4a10VIs+8zkNO+ndf
PGhWHOH+HXa7/VqJtfl7Xskt1ZkgKaSQmEXhsDBhSV2UA2mclL0LBysC
-----END PRIVATE KEY-----";
/// For 127.0.0.1, by itself; it ended with the year 2020.
const EXPIRED: &str = "\
-----BEGIN CERTIFICATE-----
MIIBVjCB/aADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCTEyNy4wLjAu
MTAeFw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCTEy
Ny4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCMqkJsEZSUc60u0aERe
GiJH+4xrPPjo8oM9iwsh5+abYrn+k0yl6dDNlslMbyF3z7MOd94Gyb9b/P+GOTiO
BVOjQDA+MAwGA1UdEwEB/wQCMAAwDwYDVR0RBAgwBocEfwAAATAdBgNVHQ4EFgQU
siBLUXLx5yokhsAlCS+NKLl34CswCgYIKoZIzj0EAwIDSAAwRQIgefgVviMmhwNf
4EVoyESuDOLuuu2wa15ieo/DlYiLTZ0CIQC31ZB9560ZU45CqM2eMFDXo9KjNdwm
c2VfhxNjZLmy2w==
-----END CERTIFICATE-----";
const EXPIRED_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgoqntCfIGAf3RP4MG
n1YheGg7Mhei28evKFOVgJSLT8GhRANCAAQjKpCbBGUlHOtLtGhEXhoiR/uMazz4
6PKDPYsLIefmm2K5/pNMpenQzZbJTG8hd8+zDnfeBsm/W/z/hjk4jgVT
-----END PRIVATE KEY-----";
/// For 127.0.0.1, by itself, without saying that it is an authority; and a certificate for 127.0.0.1 that its key signed
/// all the same, for the same key.
const PLAIN: &str = "\
-----BEGIN CERTIFICATE-----
MIIBUTCB96ADAgECAhQO+kGCLwwls1PKs0uvd+HlJK4LrzAKBggqhkjOPQQDAjAd
MRswGQYDVQQDDBJXYXRlcnNoZWQgdGVzdCBwaW4wIBcNMjYxMTI5MDIzNTUxWhgP
MjEyNjExMDUwMjM1NTFaMB0xGzAZBgNVBAMMEldhdGVyc2hlZCB0ZXN0IHBpbjBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABFpGpJ+yJ/RtkgA6n6APLpePmbPHqjCA
hO6UmkRqwq57E/t2+xn7M8EYgJ7Yb0udlxsiQRTmdvlhPfVsSu7eN4qjEzARMA8G
A1UdEQQIMAaHBH8AAAEwCgYIKoZIzj0EAwIDSQAwRgIhAJDOmD53eb5GhXyPrJhl
q0++3GEviJY7QHz08dYYzBueAiEApDyBubT3fox7NvI96ghzg6BLE7ia/nEvILFN
3CIBgQE=
-----END CERTIFICATE-----";
const FORGED: &str = "\
-----BEGIN CERTIFICATE-----
MIIBgzCCASigAwIBAgIUXwNn+rzrVrazsIpVyby8NU9JOZYwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSV2F0ZXJzaGVkIHRlc3QgcGluMCAXDTI2MTEyOTAyMzU1MVoY
DzIxMjYxMTA1MDIzNTUxWjAhMR8wHQYDVQQDDBZXYXRlcnNoZWQgdGVzdCBmb3Jn
ZXJ5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWkakn7In9G2SADqfoA8ul4+Z
s8eqMICE7pSaRGrCrnsT+3b7GfszwRiAnthvS52XGyJBFOZ2+WE99WxK7t43iqNA
MD4wDwYDVR0RBAgwBocEfwAAATAMBgNVHRMBAf8EAjAAMB0GA1UdDgQWBBTS1/f0
GTqsJzZWzkF1MZl/fgOgPzAKBggqhkjOPQQDAgNJADBGAiEAxwtUaj79Tq8c6ttz
zdK3jUR8fwypqa2pYPzxNCzkBoYCIQDuMIV6K1YWzEbs6SLXOwBbxHvwgiT0Sy+V
MaQKxhangA==
-----END CERTIFICATE-----";
const PLAIN_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgr2Vdf/vZ1hJMxpMI
/HulUSqgYUVI6AHfYs9kVpbyMwuhRANCAARaRqSfsif0bZIAOp+gDy6Xj5mzx6ow
gITulJpEasKuexP7dvsZ+zPBGICe2G9LnZcbIkEU5nb5YT31bEru3jeK
-----END PRIVATE KEY-----";
/// An authority for readers, and a certificate of one. Its key also stands encrypted here, with the password hunter2.
const READERS: &str = "\
-----BEGIN CERTIFICATE-----
MIIBqjCCAVGgAwIBAgIUI7TNKCtMIzanCp+GmVDb8uE3FdYwCgYIKoZIzj0EAwIw
KjEoMCYGA1UEAwwfV2F0ZXJzaGVkIHRlc3QgY2xpZW50IGF1dGhvcml0eTAgFw0y
NjExMjkwMTMxNTBaGA8yMTI2MTEwNTAxMzE1MFowKjEoMCYGA1UEAwwfV2F0ZXJz
aGVkIHRlc3QgY2xpZW50IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABEMCYV5NsQs3EVeiVFTa7duxoYZQZ9QFtBuXls5unGGMvtl8LHmCFnZurBUd
JlRr9inlWbg4jI/+siJdJ0FngjCjUzBRMB0GA1UdDgQWBBTfdeqOy0W3LSMgJawt
vxDVvb1fZTAfBgNVHSMEGDAWgBTfdeqOy0W3LSMgJawtvxDVvb1fZTAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIF6cUu6urheGbPu+DB4nNLbdHS4+
K9hVuMRnwDyLLwrtAiBO+cd0AmhAEpUIKkHYr12W8MpGmTkgM2PQfVVWYIO3BQ==
-----END CERTIFICATE-----";
const READER: &str = "\
-----BEGIN CERTIFICATE-----
MIIBpTCCAUqgAwIBAgIUO7RbcS/Za29TvMJ/KRr9NRirZv8wCgYIKoZIzj0EAwIw
KjEoMCYGA1UEAwwfV2F0ZXJzaGVkIHRlc3QgY2xpZW50IGF1dGhvcml0eTAgFw0y
NjExMjkwMTMxNTBaGA8yMTI2MTEwNTAxMzE1MFowETEPMA0GA1UEAwwGcmVhZGVy
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENH82uXf0ymwgGG2VLQXK3JCRH8CY
XpReeWkWiv2bUSZGTCHsd9wNR6rTBHwdf1/yV70dCrvbpbJXKEzk0R95JqNlMGMw
DAYDVR0TAQH/BAIwADATBgNVHSUEDDAKBggrBgEFBQcDAjAdBgNVHQ4EFgQUgPT4
/a20HZ2+CNQdAg30H5u/tYwwHwYDVR0jBBgwFoAU33XqjstFty0jICWsLb8Q1b29
X2UwCgYIKoZIzj0EAwIDSQAwRgIhAKS+yzQrm1YRHByLmUm7FEhNzf4xxDytKGXO
98o7hthMAiEAsG7nlSJ6pDVWieDkoonyoMQ6qfjQmK5L5PMtRWLIa2g=
-----END CERTIFICATE-----";
const READER_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZ+vbDGCNCyLmeE1D
OZZs8KD/S39Ucfvp/dLyeRAdsF+hRANCAAQ0fza5d/TKbCAYbZUtBcrckJEfwJhe
lF55aRaK/ZtRJkZMIex33A1HqtMEfB1/X/JXvR0Ku9ulslcoTOTRH3km
-----END PRIVATE KEY-----";
const ENCRYPTED_KEY: &str = "\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjJ5NBeti6BlQICA+gw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJzaFEjfMTnaaA8Q5BRPzCMEgZBe
3hh8TgcTKOgpu1Vp7AdQJrzLuGbnj5EyIlV1aIFSSV/SN1z0f5orXdeUiSsfrEyW
y+kdE+tZ/Tgz8uGXWTSJQMEHDK+ljEV3sZRuCDPbInqlxiV50GVZk8Bt/AkRkMTP
j298K9PmkG1u6BR9uaiFZ8iJrHX9cEiqFBPtD8H6pmIpjgo5G8O2QHaCnorP95M=
-----END ENCRYPTED PRIVATE KEY-----";

fn feed() -> String {
    rss("A", &items("a", 0..3))
}

/// An answer with a feed, as bytes.
fn document() -> Vec<u8> {
    let body = feed();
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn bare(status: &str, header: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{header}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

/// A program with one source "a" over https, and files beside its configuration.
fn program(origin: &TlsOrigin, more: &str, files: &[(&str, &str)]) -> Program {
    let url = format!("https://{}/a", origin.address);
    let program = Program::new(&format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\n{more}\n"));
    for (name, text) in files {
        write(&program, name, text, 0o600);
    }
    program
}

fn write(program: &Program, name: &str, text: &str, mode: u32) {
    let path = program.folder().join(name);
    fs::write(&path, text).expect("the folder can be written");
    fs::set_permissions(&path, Permissions::from_mode(mode)).expect("it is ours");
}

/// Polls "a" where a file is this machine's trust store.
fn poll_with_store(program: &Program, store: &str) -> Value {
    let mut command = program.command();
    command.env("SSL_CERT_FILE", program.folder().join(store)).args(["poll", "--json", "a"]);
    finish(command).records().remove(0)
}

#[test]
fn a_certificate_in_ca_is_trusted_itself_and_still_checked() {
    let own = || TlsOrigin::start(feed());
    let nameless = || TlsOrigin::under(NAMELESS, NAMELESS_KEY, feed());
    let elsewhere = || TlsOrigin::under(ELSEWHERE, ELSEWHERE_KEY, feed());
    let expired = || TlsOrigin::under(EXPIRED, EXPIRED_KEY, feed());
    let plain = || TlsOrigin::under(PLAIN, PLAIN_KEY, feed());
    let forged = || TlsOrigin::under(FORGED, PLAIN_KEY, feed());
    let check = |origin: &TlsOrigin, record: &Value, said: &str| {
        let is_trusted = said.is_empty();
        assert_eq!(record["outcome"] == "new", is_trusted, "{said}: {record}");
        assert!(record["detail"].to_string().contains(said), "{said}: {record}");
        assert_eq!(origin.requests(), usize::from(is_trusted), "{said}");
    };
    let pinned = |origin: TlsOrigin, certificate: &str, said: &str| {
        let program = program(&origin, "ca = \"pin.pem\"", &[("pin.pem", certificate)]);
        check(&origin, &program.poll("a"), said);
    };
    pinned(own(), CERTIFICATE, "");
    pinned(own(), &format!("{NAMELESS}\n{CERTIFICATE}\n"), "");
    pinned(own(), NAMELESS, "certificate");
    pinned(nameless(), NAMELESS, "");
    pinned(elsewhere(), ELSEWHERE, "other names (b.example)");
    pinned(expired(), EXPIRED, "expired on");
    pinned(plain(), PLAIN, "");
    // The certificate of a server is not an authority.
    pinned(forged(), PLAIN, "certificate");
    pinned(forged(), &format!("{PLAIN}\n{FORGED}\n"), "");
    let stored = |origin: TlsOrigin, certificate: &str, said: &str| {
        let program = program(&origin, "", &[("store.pem", certificate)]);
        check(&origin, &poll_with_store(&program, "store.pem"), said);
    };
    stored(own(), CERTIFICATE, "");
    stored(own(), NAMELESS, "certificate");
    // Without a name it would hold for all the world.
    stored(nameless(), NAMELESS, "other names");
    stored(elsewhere(), ELSEWHERE, "other names (b.example)");
    stored(expired(), EXPIRED, "expired on");
    stored(expired(), &format!("{NAMELESS}\n{EXPIRED}\n"), "expired on");
    stored(plain(), PLAIN, "");
    stored(forged(), PLAIN, "certificate");
    stored(forged(), &format!("{PLAIN}\n{NAMELESS}\n"), "certificate");
}

#[test]
fn a_machine_without_authorities_says_so_at_once_and_notices_when_it_gets_some() {
    let origin = TlsOrigin::issued(feed());
    let program = program(&origin, "", &[]);
    // The first request of a process is told apart, because nothing has looked for authorities before it.
    let record = poll_with_store(&program, "store.pem");
    assert!(record["detail"].to_string().contains("install ca-certificates"), "{record}");
    assert_eq!(program.source("a")["failures"], 0, "nothing is held against the source");
    let mut command = program.command();
    command.env("SSL_CERT_FILE", program.folder().join("store.pem")).arg("run");
    let daemon = Daemon::start(command);
    let record = program.poll("a");
    assert!(record["detail"].to_string().contains("SSL_CERT_FILE"), "{record}");
    assert_eq!(origin.requests(), 0);
    write(&program, "store.pem", AUTHORITY, 0o600);
    assert_ne!(program.poll("a")["outcome"], "failed", "{}", daemon.log());
    assert!(origin.requests() > 0);
}

#[test]
fn a_client_certificate_is_shown_only_to_its_own_origin() {
    let both = format!("{READER}\n{READER_KEY}\n");
    let files = [("pin.pem", CERTIFICATE), ("me.pem", READER), ("key.pem", READER_KEY), ("both.pem", &*both)];
    let check = |more: &str, is_known: bool| {
        let origin = TlsOrigin::asking(READERS, true, |_| document());
        let record = program(&origin, more, &files).poll("a");
        assert_eq!(record["outcome"] == "new", is_known, "{more}: {record}");
        assert_eq!((origin.requests(), origin.known()), (usize::from(is_known), usize::from(is_known)), "{more}");
    };
    check("ca = \"pin.pem\"", false);
    check("ca = \"pin.pem\"\nclient_cert = \"both.pem\"", true);
    check("ca = \"pin.pem\"\nclient_cert = \"me.pem\"\nclient_key = \"key.pem\"", true);
    check("verify_tls = false\nclient_cert = \"both.pem\"", true);
    let there = TlsOrigin::asking(READERS, false, |_| document());
    let location = format!("Location: https://{}/b", there.address);
    let origin = TlsOrigin::asking(READERS, true, move |_| bare("302 Found", &location));
    let program = program(&origin, "ca = \"pin.pem\"\nclient_cert = \"both.pem\"", &files);
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_eq!((origin.known(), there.requests(), there.known()), (1, 1, 0));
    let shown = program.run(&["config", "--effective"]).expect(0).stdout;
    assert!(shown.contains("#client_cert") && !shown.contains("PRIVATE KEY"), "{shown}");
}

#[test]
fn an_unusable_client_certificate_is_reported_at_once() {
    let check = |certificate: &str, key: Option<&str>, said: &str| {
        let more = if key.is_some() { "\nclient_key = \"key.pem\"" } else { "" };
        let head = "[[source]]\nurl = \"https://a.example/f\"\nclient_cert = \"me.pem\"";
        let program = Program::new(&format!("{head}{more}\n"));
        write(&program, "me.pem", certificate, 0o600);
        write(&program, "key.pem", key.unwrap_or_default(), 0o600);
        let told = program.run(&["check"]).expect(if said.is_empty() { 0 } else { 2 }).said();
        assert!(told.contains(said) && !told.contains("BEGIN PRIVATE KEY\n"), "{said} in\n{told}");
    };
    check(&format!("{READER_KEY}\n{READER}"), None, "");
    check(READER, Some(READER_KEY), "");
    check(READER, None, "the file contains no private key");
    check(READER, Some(""), "the file contains no private key");
    check(READER, Some(READER), "the file contains no private key");
    check(READER, Some(NAMELESS_KEY), "does not belong to the certificate");
    check(READER, Some(ENCRYPTED_KEY), "the key in this file is encrypted");
    check(READER_KEY, None, "the file contains no certificate");
    check("", Some(READER_KEY), "the file contains no certificate");
    let alone = |more: &str, said: &str| {
        let program = Program::new(&format!("[[source]]\nurl = \"https://a.example/f\"\n{more}\n"));
        let told = program.run(&["check"]).expect(2).said();
        assert!(told.contains(said), "{said} in\n{told}");
    };
    alone("client_cert = \"none.pem\"", "cannot read");
    alone("client_key = \"key.pem\"", "requires `client_cert`");
    for (mode, is_told) in [(0o600, false), (0o644, true)] {
        let program = Program::new(
            "[[source]]\nurl = \"https://a.example/f\"\nclient_cert = \"me.pem\"\nclient_key = \"key.pem\"\n",
        );
        write(&program, "me.pem", READER, 0o644);
        write(&program, "key.pem", READER_KEY, mode);
        let told = program.run(&["check"]).expect(0).said();
        assert_eq!(told.contains("chmod 600") && told.contains("key.pem"), is_told, "{mode:o}: {told}");
    }
}

#[test]
fn a_client_certificate_that_has_no_effect_is_reported() {
    for (begin, is_told) in [("http", true), ("https", false)] {
        let url = format!("url = \"{begin}://a.example/f\"");
        for (certificate, is_told) in [("client_cert = \"me.pem\"", is_told), ("", false)] {
            let program = Program::new(&format!("[[source]]\nname = \"a\"\n{url}\n{certificate}\n"));
            write(&program, "me.pem", &format!("{READER}\n{READER_KEY}\n"), 0o600);
            let told = program.run(&["check"]).expect(0).said();
            assert_eq!(told.contains("`client_cert` of `a` has no effect"), is_told, "{url} {certificate}: {told}");
        }
    }
}

#[test]
fn a_client_certificate_excludes_an_https_proxy() {
    let both = format!("{READER}\n{READER_KEY}\n");
    let source = "[[source]]\nname = \"a\"\nurl = \"https://a.example/f\"\nclient_cert = \"me.pem\"\n";
    for (proxy, is_refused) in
        [("http://p.example", false), ("HTTPS://p.example", true), ("socks5h://p.example:1", false), ("env", false)]
    {
        for config in [format!("{source}proxy = \"{proxy}\"\n"), format!("{source}[poll]\nproxy = \"{proxy}\"\n")] {
            let program = Program::bare(&config);
            write(&program, "me.pem", &both, 0o600);
            let told = program.run(&["check"]).expect(if is_refused { 2 } else { 0 }).said();
            assert_eq!(told.contains("cannot be used with an https:// `proxy`"), is_refused, "{config}\n{told}");
        }
    }
    let open = Program::bare(&format!("{source}proxy = \"\"\n[poll]\nproxy = \"https://p.example\"\n"));
    write(&open, "me.pem", &both, 0o600);
    open.run(&["check"]).expect(0);
    // The proxies of the environment are known only when the source is polled.
    let origin = TlsOrigin::asking(READERS, true, |_| document());
    let files = [("pin.pem", CERTIFICATE), ("me.pem", &*both)];
    let program = program(&origin, "ca = \"pin.pem\"\nclient_cert = \"me.pem\"\nproxy = \"env\"", &files);
    let mut command = program.command();
    command.env("HTTPS_PROXY", format!("https://{}", origin.address)).args(["poll", "--json", "a"]);
    let record = finish(command).records().remove(0);
    assert!(record["detail"].to_string().contains("the environment names an https:// proxy"), "{record}");
    assert_eq!((origin.requests(), origin.known()), (0, 0), "nobody has seen the certificate");
}

#[test]
fn cookies_are_kept_only_for_a_source_that_asks_for_them() {
    let check = |more: &str, outcome: &str| {
        let origin = Origin::start();
        // A site that wants to see its cookie again leads back to where it was asked.
        origin.route("/a", |seen, _| match seen.text("cookie").as_str() {
            "own=1; sid=opensesame77" | "sid=opensesame77" => Answer::body(feed()),
            _ => Answer::redirect(302, "/a").header("Set-Cookie", "sid=opensesame77; Path=/; HttpOnly"),
        });
        origin.serve("/b", Answer::body(rss("B", &items("b", 0..1))));
        let program = Program::new(&(source(&origin, "a", "/a", more) + &source(&origin, "b", "/b", "cookies = true")));
        let output = program.run(&["poll", "--all", "--json", "-v"]);
        let polls = output.records();
        let of = |name: &str| polls.iter().find(|poll| poll["name"] == name).expect("it was polled");
        assert_eq!((&of("a")["outcome"], &of("b")["outcome"]), (&outcome.into(), &"new".into()), "{more}: {polls:?}");
        assert!(origin.seen_at("/b").iter().all(|seen| seen.header("cookie").is_none()), "a jar is one source's own");
        assert!(!output.said().contains("opensesame77"), "{output:?}");
    };
    check("cookies = true", "new");
    check("cookies = true\nheaders = { Cookie = \"own=1\" }", "new");
    check("", "failed");
    check("cookies = false", "failed");
}

#[test]
fn tidy_proposes_https_if_the_server_redirects_to_it() {
    let check = |to: &str, https: Vec<u8>, more: &str, said: &str, is_proposed: bool| {
        let plain = Origin::start();
        let tls = TlsOrigin::answering(true, move |_| https.clone());
        let there = format!("https://{}", tls.address);
        plain.serve("/a", Answer::redirect(302, &format!("{there}{to}")));
        let program = Program::new(&source(&plain, "a", "/a", &format!("verify_tls = false\n{more}")));
        let record = program.poll("a");
        assert!(record["detail"].to_string().contains(said), "{record}");
        let output = program.run(&["tidy"]).expect(0);
        let line = format!("+url = \"{there}/a\"");
        assert_eq!(output.stdout.contains(&line), is_proposed, "{to} {more}: {output:?}");
        if is_proposed {
            program.run(&["tidy", "--apply"]).expect(0);
            assert!(program.config().contains(&format!("url = \"{there}/a\"")), "{}", program.config());
            program.poll("a");
            assert!(program.run(&["tidy"]).expect(0).said().contains("nothing to tidy"));
        }
    };
    let refused = || bare("401 Unauthorized", "WWW-Authenticate: Basic");
    let login = "auth = { user = \"me\", password = \"hunter2-hunter2\" }";
    check("/a", document(), "", "", true);
    check("/other", document(), "", "", false);
    check("/a", refused(), login, "write `url` with https://127.0.0.1:", true);
    check("/a", refused(), "", "requires a login", false);
    check("/a", bare("404 Not Found", "X-A: b"), login, "404", false);
}
