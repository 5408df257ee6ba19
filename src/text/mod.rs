//! The building blocks of text for every room that reads or writes it: tokens of HTML and the text in it, character
//! references, the characters that XML allows, percent escapes, letters in one form, UUIDs, digests, and addresses as
//! publishers write them.
//!
//! Entry points: [`markup::Tokens`] cuts HTML into tokens, [`html`] extracts its text, [`references`] resolves
//! character references, [`xml`] removes and escapes characters, [`address`] makes addresses absolute. The store keeps
//! digests of the results of [`html`], [`digest`], [`fold`] and [`letters`], so the result for a text must stay the
//! same from version to version.
//!
//! What never enters: entries, feeds and policies. This room is below all others and consists of pure functions of
//! texts.

pub(crate) mod address;
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
