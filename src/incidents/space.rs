//! Whether the database or its write-ahead log outgrows the room that there is for it. The warning comes before
//! anything fails, and does not open an incident, because the state may pass by itself.
//!
//! Entry points: [`Outgrown::of`] compares sizes, [`Outgrown::tell`] puts the result into words.

use crate::config::show_size;

/// The write-ahead log counts as too large from this size on, in bytes: eight times the size to which it is usually cut back ...
const LOG_LARGE_BYTES: u64 = 64 * 1024 * 1024;
/// ... and until it is smaller than this.
const LOG_SMALL_BYTES: u64 = 32 * 1024 * 1024;
/// The room on the disk counts as enough again when it exceeds the database by one part in this many.
const ROOM_SPARE_PART: u64 = 4;
/// Sizes are told in whole units of this many bytes.
const TOLD_BYTES: u64 = 1024 * 1024;

/// Sizes in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Space {
    pub database: u64,
    /// The write-ahead log.
    pub log: u64,
    /// What the program may still write to the disk; `None` if that is not known.
    pub free: Option<u64>,
}

/// What outgrows its room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outgrown {
    log: bool,
    /// The disk has no room for a copy of the database.
    room: bool,
}

impl Outgrown {
    /// Compares sizes with their limits. `before` is the result of the last look, because a size that wavers around its limit must not
    /// be told again and again.
    pub fn of(space: &Space, before: Outgrown) -> Outgrown {
        let Space { database, log, free } = *space;
        let log_limit = if before.log { LOG_SMALL_BYTES } else { LOG_LARGE_BYTES };
        let needed = if before.room { database.saturating_add(database / ROOM_SPARE_PART) } else { database };
        Outgrown { log: log >= log_limit, room: free.map_or(before.room, |free| free < needed) }
    }

    /// Each finding as a sentence that says what to do. The sentences name no path, because everybody may read them.
    pub fn tell(self, space: &Space) -> Vec<String> {
        let size = |bytes: u64| show_size(bytes.div_ceil(TOLD_BYTES) * TOLD_BYTES);
        let mut told = Vec::new();
        if self.log {
            told.push(format!(
                "the write-ahead log of the database has grown to {}, because another process keeps reading the database: end that \
                 process; `fuser -v` with the path of the database names it",
                size(space.log)
            ));
        }
        if let Some(free) = space.free.filter(|_| self.room) {
            told.push(format!(
                "the disk has {} free, and the database has {}: no copy of it fits, so that an upgrade with a migration will be \
                 refused; make room, or set `keep` in [store]",
                size(free),
                size(space.database)
            ));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;

    #[test]
    fn sizes_are_told_from_one_limit_to_another() {
        const NONE: Outgrown = Outgrown { log: false, room: false };
        const LOG: Outgrown = Outgrown { log: true, room: false };
        const ROOM: Outgrown = Outgrown { log: false, room: true };
        let check = |(database, log, free): (u64, u64, Option<u64>), before: Outgrown, wanted: Outgrown| {
            let space = Space { database: database * MIB, log: log * MIB, free: free.map(|free| free * MIB) };
            let found = Outgrown::of(&space, before);
            assert_eq!(found, wanted, "{space:?} after {before:?}");
            assert_eq!(found.tell(&space).is_empty(), found == NONE || free.is_none(), "{space:?}");
        };
        check((100, 8, Some(1_000)), NONE, NONE);
        check((100, 63, Some(1_000)), NONE, NONE);
        check((100, 64, Some(1_000)), NONE, LOG);
        check((100, 33, Some(1_000)), LOG, LOG);
        check((100, 31, Some(1_000)), LOG, NONE);
        check((100, 8, Some(100)), NONE, NONE);
        check((100, 8, Some(99)), NONE, ROOM);
        check((100, 8, Some(124)), ROOM, ROOM);
        check((100, 8, Some(125)), ROOM, NONE);
        check((100, 8, None), ROOM, ROOM);
        check((0, 0, Some(0)), NONE, NONE);
    }

    #[test]
    fn what_is_told_has_rounded_sizes() {
        let space = Space { database: 300 * MIB, log: 64 * MIB + 1, free: Some(200 * MIB - 5) };
        let told = Outgrown::of(&space, Outgrown::default()).tell(&space);
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("grown to 65 MiB"), "{told:?}");
        assert!(told[1].contains("200 MiB free, and the database has 300 MiB"), "{told:?}");
    }
}
