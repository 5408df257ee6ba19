//! WebSub (W3C Recommendation of 23 January 2018) as plain data: what a hub and a subscriber read and write. [`hub`] is the hub of our
//! own documents, [`turns`] the order of its deliveries. [`signature`] proves that a delivery comes from the hub that knows the
//! secret. For the subscriber, [`Offers`] is what a source says of its hub, [`Subscription`] is one subscription, and [`Book`] holds
//! all of them and the trust in each hub.
//!
//! # Invariants
//! The room knows no clock, no chance, no network and no database. Shells ask it what a request means and what to send.

mod book;
pub mod hub;
mod offers;
pub mod signature;
mod subscriber;
pub mod turns;

pub use book::{Book, Changes, TrustKey, is_doubted, told};
pub use offers::{Links, Offer, Offers};
pub use subscriber::{Kind, Reply, State, Subscription};
