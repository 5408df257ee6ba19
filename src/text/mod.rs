//! The building blocks of text for every room that reads or writes it: tokens of HTML and the text in it, character
//! references, the characters that XML allows, percent escapes, letters in one form, UUIDs, digests, and addresses as
//! publishers write them.
//!
//! Entry points: [`markup::Tokens`] cuts HTML into tokens, [`html`] extracts its text, [`references`] resolves
//! character references, [`xml`] removes and escapes characters, [`address`] makes addresses absolute.
//!
//! Invariants: what [`html`], [`digest`], [`fold`] and [`letters`] make of a text stays the same from version to
//! version, because the store keeps digests of it.
//!
//! What never enters: entries, feeds and policies. This room is below all others and consists of pure functions of
//! texts.

pub(crate) mod address;
pub(crate) mod bytes;
pub(crate) mod digest;
pub(crate) mod elements;
pub(crate) mod excerpt;
pub(crate) mod fold;
pub(crate) mod html;
pub(crate) mod iri;
pub(crate) mod letters;
pub(crate) mod markup;
pub(crate) mod percent;
pub(crate) mod references;
pub(crate) mod uuids;
pub(crate) mod xml;
