//! The effort that inference takes, in steps of about equal cost.
//!
//! Types can grow exponentially with the text that they are written in, and so can the search for an
//! `impl` block; a signature counts anew at each call. So the steps of an instance are counted, and
//! may be at most a multiple of its size. Beyond that, the types of the rest are unknown, which is
//! reported.

use std::cell::Cell;

use crate::rust::facts::code::Code;

/// The number of steps for each node of the code of an instance. Workspaces take two to five on
/// average.
const PER_NODE: u64 = 48;

/// The number of steps of an instance that are independent of its size.
const AT_LEAST: u64 = 1 << 22;

/// The sum of [`AT_LEAST`] over all instances, since macros make many small ones.
const AT_LEAST_OF_ALL: u64 = 1 << 25;

/// The number of steps for one question about `impl` blocks. Beyond it, several blocks may be meant.
const PER_QUESTION: i64 = 1 << 15;

/// The steps that are left.
#[derive(Debug)]
pub struct Effort {
    /// Those of the present question, or all if there is none. Negative if more were taken than were
    /// left.
    left: Cell<i64>,
    /// Those that are kept for what follows the question.
    rest: Cell<i64>,
}

impl Effort {
    /// Creates the effort for an instance with this code: `share` steps, and a number for each node.
    pub fn of(code: &Code, share: u64) -> Self {
        let lists = code.types.len() + code.paths.len() + code.exprs.len() + code.pats.len();
        let nodes = lists + code.members.len() + code.lists.len();
        let all = share.saturating_add(PER_NODE.saturating_mul(nodes as u64));
        Self { left: Cell::new(i64::try_from(all).unwrap_or(i64::MAX)), rest: Cell::new(0) }
    }

    /// Returns the number of steps of each instance that are independent of its size, if there are
    /// `instances`.
    pub fn share(instances: usize) -> u64 {
        AT_LEAST.min(AT_LEAST_OF_ALL / (instances.max(1) as u64))
    }

    /// Subtracts `steps` from those that are left.
    #[inline]
    pub fn spend(&self, steps: usize) {
        self.left.set(self.left.get().saturating_sub_unsigned(steps as u64));
    }

    /// Returns true if no steps are left, for the present question or at all.
    #[inline]
    pub fn is_spent(&self) -> bool {
        self.left.get() <= 0
    }

    /// Returns true if no steps are left at all.
    pub fn is_over(&self) -> bool {
        self.left.get().saturating_add(self.rest.get()) <= 0
    }

    /// Starts a question.
    pub fn ask(&self) {
        let all = self.left.get();
        let question = all.min(PER_QUESTION);
        self.left.set(question);
        self.rest.set(all - question);
    }

    /// Ends the question. Returns true if its steps were enough.
    pub fn answer(&self) -> bool {
        let is_answered = !self.is_spent();
        self.left.set(self.left.get().saturating_add(self.rest.take()));
        is_answered
    }
}
