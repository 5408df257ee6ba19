//! What a connection remembers of stories between two looks: marks in memory, and pieces and boilerplate that were read
//! lately. All of it can be read again; after a change that failed, all of it is forgotten.

use std::cell::{RefCell, RefMut};
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use rusqlite::Connection;

use super::StoreError;
use super::floods::{self, Floods};
use crate::model::{EntryId, SourceId};
use crate::stories::{Boilerplate, FoundBy, Gathered, Marks, Piece};

/// Pieces that are remembered: some 6 kB each.
const PIECES_MAX: usize = 512;
/// Sources whose boilerplate is remembered: mostly some hundred bytes each.
const PRINTED_MAX: usize = 4_096;

/// What is remembered.
#[derive(Default)]
pub(super) struct Memory {
    marks: RefCell<Option<Marks>>,
    floods: RefCell<Option<Floods>>,
    pub(super) pieces: RefCell<Recent<EntryId, Arc<Piece>, PIECES_MAX>>,
    pub(super) printed: RefCell<Recent<SourceId, Arc<Boilerplate>, PRINTED_MAX>>,
}

impl Memory {
    /// The marks of all entries that copies may still meet, read when they are first asked for.
    pub(super) fn marks(&self, connection: &Connection) -> Result<RefMut<'_, Marks>, StoreError> {
        let mut held = self.marks.borrow_mut();
        if held.is_none() {
            *held = Some(read_marks(connection)?);
        }
        Ok(RefMut::map(held, |held| held.get_or_insert_default()))
    }

    /// What is known of the sources' last documents, read when it is first asked for.
    pub(super) fn floods(&self, connection: &Connection) -> Result<RefMut<'_, Floods>, StoreError> {
        let mut held = self.floods.borrow_mut();
        if held.is_none() {
            *held = Some(floods::read(connection)?);
        }
        Ok(RefMut::map(held, |held| held.get_or_insert_default()))
    }

    /// Takes an entry away from what it was found by, if the marks are held.
    pub(super) fn withdraw(&self, entry: EntryId, found_by: &[u8]) {
        if let Some(marks) = self.marks.borrow_mut().as_mut() {
            marks.withdraw(entry, unpack(found_by));
        }
    }

    /// Forgets everything.
    pub(super) fn forget(&self) {
        *self.marks.borrow_mut() = None;
        *self.floods.borrow_mut() = None;
        self.pieces.take();
        self.printed.take();
    }

    /// With marks that were made otherwise than by reading them.
    pub(super) fn with_marks(marks: Marks) -> Memory {
        Memory { marks: RefCell::new(Some(marks)), ..Memory::default() }
    }
}

fn read_marks(connection: &Connection) -> Result<Marks, StoreError> {
    // Most marks have four bytes: so there are at most so many.
    let mut statement = connection.prepare_cached("SELECT coalesce(sum(length(found_by)), 0) / 4 FROM story_mark")?;
    let about: i64 = statement.query_row([], |row| row.get(0))?;
    let mut gathered = Gathered::new(usize::try_from(about).unwrap_or(0));
    let mut statement = connection.prepare_cached("SELECT entry, source, found_by FROM story_mark ORDER BY entry")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let found_by = row.get_ref(2)?.as_blob().unwrap_or_default();
        gathered.add(row.get(0)?, row.get(1)?, unpack(found_by));
    }
    Ok(gathered.finish())
}

/// What an entry is found by, as it is kept: the number of its keys, its keys, its marks.
pub(super) fn pack(keys: &[u64], marks: &[u32]) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(keys.len()).unwrap_or(u8::MAX)];
    bytes.extend(keys.iter().take(usize::from(bytes[0])).flat_map(|key| key.to_le_bytes()));
    bytes.extend(marks.iter().flat_map(|mark| mark.to_le_bytes()));
    bytes
}

pub(super) fn unpack(bytes: &[u8]) -> impl Iterator<Item = FoundBy> {
    let (count, rest) = bytes.split_first().map_or((0, bytes), |(count, rest)| (usize::from(*count) * 8, rest));
    let (keys, marks) = rest.split_at(count.min(rest.len()));
    let keys = keys.as_chunks::<8>().0.iter().map(|key| FoundBy::Key(u64::from_le_bytes(*key)));
    keys.chain(marks.as_chunks::<4>().0.iter().map(|mark| FoundBy::Mark(u32::from_le_bytes(*mark))))
}

/// The last things that were asked for: the oldest is forgotten first.
pub(super) struct Recent<K, V, const MAX: usize> {
    known: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K, V, const MAX: usize> Default for Recent<K, V, MAX> {
    fn default() -> Self {
        Recent { known: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: Copy + Eq + Hash, V: Clone, const MAX: usize> Recent<K, V, MAX> {
    pub(super) fn get(&self, key: K) -> Option<V> {
        self.known.get(&key).cloned()
    }

    pub(super) fn forget(&mut self, key: K) {
        if self.known.remove(&key).is_some() {
            self.order.retain(|other| *other != key);
        }
    }

    pub(super) fn put(&mut self, key: K, value: V) {
        if self.known.insert(key, value).is_none() {
            self.order.push_back(key);
            if self.order.len() > MAX
                && let Some(oldest) = self.order.pop_front()
            {
                self.known.remove(&oldest);
            }
        }
    }
}
