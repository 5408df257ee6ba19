//! A cache of one connection: marks for the search of candidates, pieces and boilerplate that were read lately, floods and open
//! incidents. After a change that failed, the whole cache is dropped, because all of it can be read again.

use std::cell::{RefCell, RefMut};
use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use rusqlite::Connection;

use super::StoreError;
use super::floods::{self, Floods};
use super::incidents::{self, Open};
use crate::model::{EntryId, SourceId};
use crate::stories::{Boilerplate, FoundBy, Gathered, Marks, Piece};

/// Pieces in the cache, of about 6 kB each.
const PIECES_MAX: usize = 512;
/// Sources whose boilerplate is in the cache, mostly some hundred bytes each.
const BOILERPLATE_MAX: usize = 4_096;

/// The cache of one connection.
#[derive(Default)]
pub(super) struct Memory {
    marks: RefCell<Option<Marks>>,
    floods: RefCell<Option<Floods>>,
    incidents: RefCell<Option<Open>>,
    pub(super) pieces: RefCell<Recent<EntryId, Arc<Piece>, PIECES_MAX>>,
    pub(super) boilerplate: RefCell<Recent<SourceId, Arc<Boilerplate>, BOILERPLATE_MAX>>,
}

impl Memory {
    /// The marks of all entries that may still be candidates, read on first use.
    pub(super) fn marks(&self, connection: &Connection) -> Result<RefMut<'_, Marks>, StoreError> {
        held(&self.marks, || read_marks(connection))
    }

    /// The flood records of the sources, read on first use.
    pub(super) fn floods(&self, connection: &Connection) -> Result<RefMut<'_, Floods>, StoreError> {
        held(&self.floods, || floods::read(connection))
    }

    /// The open incidents, read on first use.
    pub(super) fn incidents(&self, connection: &Connection) -> Result<RefMut<'_, Open>, StoreError> {
        held(&self.incidents, || incidents::read(connection))
    }

    /// Removes an entry from the marks, if they are in the cache.
    pub(super) fn withdraw(&self, entry: EntryId, found_by: &[u8]) {
        if let Some(marks) = self.marks.borrow_mut().as_mut() {
            marks.withdraw(entry, unpack(found_by));
        }
    }

    /// Drops the whole cache.
    pub(super) fn forget(&self) {
        self.marks.take();
        self.floods.take();
        self.incidents.take();
        self.pieces.take();
        self.boilerplate.take();
    }

    /// A cache that begins with these marks, which were not read from the database.
    pub(super) fn with_marks(marks: Marks) -> Memory {
        Memory { marks: RefCell::new(Some(marks)), ..Memory::default() }
    }
}

/// What is held in the cache; it is read if it is not there yet.
fn held<T: Default>(
    place: &RefCell<Option<T>>,
    read: impl FnOnce() -> Result<T, StoreError>,
) -> Result<RefMut<'_, T>, StoreError> {
    let mut held = place.borrow_mut();
    if held.is_none() {
        *held = Some(read()?);
    }
    Ok(RefMut::map(held, |held| held.get_or_insert_default()))
}

fn read_marks(connection: &Connection) -> Result<Marks, StoreError> {
    // A mark takes at least four bytes in most rows, so the sum is an upper estimate of the number of marks.
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

/// The stored form of what an entry is found by: the number of its keys, its keys, its marks.
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

/// The values that were used last; the oldest is dropped first.
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
