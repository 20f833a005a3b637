//! Deferred deallocation of large structures.

use std::{any::Any, fmt, thread};

/// Values that are no longer needed but consist of millions of small allocations. Freeing them
/// takes a while, so dropping a `Leftovers` frees them in a separate thread; a program that is
/// about to exit should forget them instead.
#[derive(Default)]
pub struct Leftovers(Vec<Box<dyn Any + Send + Sync>>);

impl Leftovers {
    /// Takes ownership of a value.
    pub fn of(thing: impl Any + Send + Sync) -> Self {
        Self(vec![Box::new(thing)])
    }

    /// Takes ownership of the values in `more`, too.
    pub fn add(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }
}

/// A clone is empty: the values are freed once, by the original.
impl Clone for Leftovers {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Leftovers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leftovers").finish_non_exhaustive()
    }
}

impl Drop for Leftovers {
    fn drop(&mut self) {
        let things = std::mem::take(&mut self.0);
        if !things.is_empty() {
            thread::spawn(move || drop(things));
        }
    }
}
