//! Memory that many threads share: who wants more than is free waits until others are done.

use std::sync::{Condvar, Mutex, PoisonError};

/// What is free, in bytes.
#[derive(Debug)]
pub(super) struct Budget {
    free: Mutex<u64>,
    returned: Condvar,
}

/// A part of the budget; given back when dropped.
pub(super) struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(bytes: u64) -> Self {
        Self { free: Mutex::new(bytes), returned: Condvar::new() }
    }

    /// Takes a part, no larger than the whole; waits until that much is free.
    pub(super) fn take(&self, bytes: u64) -> Share<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free =
            self.returned.wait_while(free, |free| *free < bytes).unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Share { budget: self, bytes }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_in_use_at_one_time_than_there_is() {
        let (budget, in_use) = (Budget::new(10), Mutex::new((0, 0)));
        std::thread::scope(|scope| {
            for want in [6, 6, 4, 10, 3, 7, 1, 9] {
                let (budget, in_use) = (&budget, &in_use);
                scope.spawn(move || {
                    let share = budget.take(want);
                    let mut now = in_use.lock().unwrap();
                    now.0 += want;
                    now.1 = now.1.max(now.0);
                    drop(now);
                    std::thread::yield_now();
                    in_use.lock().unwrap().0 -= want;
                    drop(share);
                });
            }
        });
        assert!(in_use.into_inner().unwrap().1 <= 10);
        assert_eq!(*budget.free.lock().unwrap(), 10);
    }
}
