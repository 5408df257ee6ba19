//! The whole program, driven from outside: the real binary against a scripted HTTP origin on the loopback address, and
//! the library where its pure rooms can be turned by hand. Only the edges are scripted, never our own code.

// Tests measure time and wait for things; the program itself asks its own clock.
#![allow(clippy::disallowed_methods)]

mod atom;
mod attacks;
mod behaviours;
mod commands;
mod config_errors;
mod corpus;
mod cost;
mod crash;
mod credentials;
mod databases;
mod deletions;
mod disk;
mod edits;
mod family;
mod feeds;
mod floods;
mod hostile;
mod http2;
mod identity;
mod limits;
mod machine;
mod memory;
mod merging;
mod mistakes;
mod origin;
mod outputs;
mod polling;
mod probing;
mod program;
mod reading;
mod reload;
mod safety;
mod secrets;
mod sequence;
mod sequences;
mod servers;
mod settling;
mod simulation;
mod stories;
mod storm;
mod streams;
mod systemd;
mod thousands;
mod tidy;
mod tls;
