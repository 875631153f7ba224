//! Lists of numbers that are used again and again, so that the system need not
//! give and take back memory for every batch of sentences.

use super::kept::Kept;
use std::cell::Cell;

/// Lists that are free.
#[derive(Debug, Default)]
pub(super) struct Room {
    floats: Vec<Vec<f32>>,
    whole: Vec<Vec<i16>>,
    /// The words of the batches before.
    pub(super) kept: Kept,
}

/// A list that is longer goes back to the system: few batches need it.
const LONGEST: usize = 1 << 20;

thread_local! {
    static ROOM: Cell<Room> = Cell::default();
}

impl Room {
    /// Calls `work` with the room of this thread.
    pub(super) fn with<T>(work: impl FnOnce(&mut Room) -> T) -> T {
        let mut room = ROOM.take();
        let out = work(&mut room);
        ROOM.set(room);
        out
    }

    /// A list of `count` numbers, whatever they are.
    pub(super) fn floats(&mut self, count: usize) -> Vec<f32> {
        let mut list = self.floats.pop().unwrap_or_default();
        list.resize(count, 0.0);
        list
    }

    /// A list of `count` whole numbers, whatever they are.
    pub(super) fn whole(&mut self, count: usize) -> Vec<i16> {
        let mut list = self.whole.pop().unwrap_or_default();
        list.resize(count, 0);
        list
    }

    /// Takes back a list that is no longer needed.
    pub(super) fn free(&mut self, list: Vec<f32>) {
        if list.capacity() <= LONGEST {
            self.floats.push(list);
        }
    }

    /// As [`Room::free`].
    pub(super) fn free_whole(&mut self, list: Vec<i16>) {
        if list.capacity() <= LONGEST {
            self.whole.push(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        Room::with(|room| {
            let mut list = room.floats(100);
            list.fill(7.0);
            room.free(list);
        });
        Room::with(|room| {
            assert_eq!(room.floats(3), [7.0; 3]);
            assert_eq!(room.floats(3), [0.0; 3]);
            let long = room.whole(LONGEST + 1);
            room.free_whole(long);
            assert!(room.whole.is_empty());
        });
    }
}
