//! WebSub (W3C Recommendation of 23 January 2018) as plain data: what a hub and a subscriber read and write. Shells ask
//! this room what a request means and what to send.
//!
//! Entry points: [`hub`] is the hub of our own documents, [`turns`] the order of its deliveries. [`signature`] proves
//! that a delivery comes from the hub that knows the secret. For the subscriber, [`Offers`] is what a source says of
//! its hub, [`Subscription`] is one subscription, and [`Book`] holds all of them and the trust in each hub.
//!
//! Invariants:
//! - [`Book::settle`] alone makes subscriptions, and ends those that are not wanted.
//! - The callback address alone tells which subscription a request of a hub is about.
//!
//! What never enters: the clock, chance, the network and the database.

mod book;
pub mod hub;
mod offers;
pub mod signature;
mod subscriber;
pub mod turns;

pub use book::{Book, Changes, TrustKey, is_doubted, told};
pub use offers::{Links, Offer, Offers};
pub use subscriber::{Protocol, State, Subscription, Verification};
