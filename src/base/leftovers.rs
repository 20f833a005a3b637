//! What nobody wants any more.

use std::{any::Any, fmt, thread};

/// Millions of small pieces that are of no more use. To give their memory back takes a while, so a thread of its own does it
/// when this is dropped; a program that is about to end had better forget them.
#[derive(Default)]
pub struct Leftovers(Vec<Box<dyn Any + Send + Sync>>);

impl Leftovers {
    /// Takes something.
    pub fn of(thing: impl Any + Send + Sync) -> Self {
        Self(vec![Box::new(thing)])
    }

    /// Takes those, too.
    pub fn add(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }
}

/// What is left over is so once.
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
