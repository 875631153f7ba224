//! Lists of numbers that are used again and again, so that the system need not
//! give and take back memory for every batch of sentences.

use super::kept::Kept;
use std::cell::Cell;

/// What a thread has at hand.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) floats: Lists<f32>,
    pub(super) whole: Lists<i16>,
    /// The words of the batches before.
    pub(super) kept: Kept,
}

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
}

/// Lists that are free.
#[derive(Debug, Default)]
pub(super) struct Lists<T>(Vec<Vec<T>>);

/// A list that is longer goes back to the system: few batches need it.
const LONGEST: usize = 1 << 20;

impl<T: Copy + Default> Lists<T> {
    /// A list of `count` numbers, whatever they are.
    pub(super) fn take(&mut self, count: usize) -> Vec<T> {
        let mut list = self.0.pop().unwrap_or_default();
        list.resize(count, T::default());
        list
    }

    /// Takes back a list that is no longer needed.
    pub(super) fn free(&mut self, list: Vec<T>) {
        if list.capacity() <= LONGEST {
            self.0.push(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        Room::with(|room| {
            let mut list = room.floats.take(100);
            list.fill(7.0);
            room.floats.free(list);
        });
        Room::with(|room| {
            assert_eq!(room.floats.take(3), [7.0; 3]);
            assert_eq!(room.floats.take(3), [0.0; 3]);
            let long = room.whole.take(LONGEST + 1);
            room.whole.free(long);
            assert!(room.whole.0.is_empty());
        });
    }
}
