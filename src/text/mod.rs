//! What texts are made of, for every room that reads or writes them: tokens of HTML and the text in it, character references,
//! what XML allows, percent escapes, UUIDs, digests, addresses as they are written.
//!
//! Pure functions of texts, below all other rooms: nothing here knows an entry, a feed or a policy. Digests of what [`html`],
//! [`digest`] and [`fold`] give are stored, so what they give for a text must stay the same.

pub(crate) mod address;
pub(crate) mod digest;
pub(crate) mod elements;
pub(crate) mod excerpt;
pub(crate) mod fold;
pub(crate) mod html;
pub(crate) mod iri;
pub(crate) mod markup;
pub(crate) mod percent;
pub(crate) mod references;
pub(crate) mod uuids;
pub(crate) mod xml;
