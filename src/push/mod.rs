//! WebSub (W3C Recommendation of 23 January 2018) as plain data: what a hub and a subscriber read and write. [`hub`] is the hub of our
//! own documents, [`turns`] the order of its deliveries. [`signature`] proves that a delivery comes from the hub that knows the
//! secret.
//!
//! # Invariants
//! The room knows no clock, no chance, no network and no database. Shells ask it what a request means and what to send.

pub mod hub;
pub mod signature;
pub mod turns;
