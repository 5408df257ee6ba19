//! Integration tests: they drive the real binary against a scripted HTTP origin on the loopback address, and call the library
//! where its pure rooms can be tested directly. Only the edges are scripted, never our own code.
//!
//! The helpers are `program` (commands and daemons), `origin`, `tls` and `http2` (servers), `feeds` and `sequence` (documents),
//! `atom` (a strict second reader), `markdown` (pages of the manual), `family` (one article in every format) and
//! `shipped` (databases of earlier versions).

// Tests measure time and wait, so the ban on reading the clock does not apply to them.
#![allow(clippy::disallowed_methods)]

mod atom;
mod attacks;
mod backup;
mod behaviours;
mod book;
mod callback;
mod commands;
mod config_errors;
mod corpus;
mod cost;
mod crash;
mod credentials;
mod databases;
mod decisions;
mod deletions;
mod disk;
mod edits;
mod family;
mod feeds;
mod floods;
mod follow;
mod health;
mod hostile;
mod http2;
mod hub;
mod identity;
mod import;
mod limits;
mod machine;
mod markdown;
mod memory;
mod merging;
mod mistakes;
mod names;
mod ops;
mod origin;
mod outputs;
mod outputs_about;
mod pages;
mod plan;
mod podcasts;
mod polling;
#[path = "../../benches/population.rs"]
#[allow(dead_code)]
mod population;
mod probing;
mod program;
mod progress;
mod push_simulation;
mod reading;
mod reading_lists;
mod reload;
mod retention;
mod safety;
mod search;
mod secrets;
mod sequence;
mod sequences;
mod servers;
mod settling;
mod shipped;
mod simulation;
mod stories;
mod storm;
mod stream;
mod streams;
mod subscriber;
mod systemd;
mod thousands;
mod tidy;
mod tls;
mod told;
