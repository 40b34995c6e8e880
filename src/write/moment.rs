//! The moment a decided site is moved into place: the program must not be ended in the middle of it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Held by everyone who moves a site into place; nothing is kept in it.
static MOVING: RwLock<()> = RwLock::new(());
/// Whether a site was decided since the program began.
static DECIDED: AtomicBool = AtomicBool::new(false);

/// Says that a site is decided and moved into place as long as the result is kept.
pub(super) fn begin() -> RwLockReadGuard<'static, ()> {
    let moving = MOVING.read().unwrap_or_else(PoisonError::into_inner);
    DECIDED.store(true, Ordering::SeqCst);
    moving
}

/// Keeps sites from being moved into place, once none is on its way.
#[derive(Debug)]
pub struct Stillness {
    _moving: RwLockWriteGuard<'static, ()>,
    /// Whether a new site was put into place before.
    pub was_published: bool,
}

/// Waits until no site is on its way into its place, and lets none go there as long as the result is kept.
pub fn stillness() -> Stillness {
    let moving = MOVING.write().unwrap_or_else(PoisonError::into_inner);
    Stillness { _moving: moving, was_published: DECIDED.load(Ordering::SeqCst) }
}
