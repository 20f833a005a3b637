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
const PER_QUESTION: u64 = 1 << 15;

/// The steps that are left.
#[derive(Debug)]
pub struct Effort {
    all: Cell<u64>,
    /// The steps that are left for the present question; the maximum if there is none.
    question: Cell<u64>,
}

impl Effort {
    /// Creates the effort for an instance with this code: `share` steps, and a number for each node.
    pub fn of(code: &Code, share: u64) -> Self {
        let lists = code.types.len() + code.paths.len() + code.exprs.len() + code.pats.len();
        let nodes = lists + code.members.len() + code.lists.len();
        Self { all: Cell::new(share + PER_NODE * nodes as u64), question: Cell::new(u64::MAX) }
    }

    /// Returns the number of steps of each instance that are independent of its size, if there are
    /// `instances`.
    pub fn share(instances: usize) -> u64 {
        AT_LEAST.min(AT_LEAST_OF_ALL / (instances.max(1) as u64))
    }

    /// Subtracts `steps` from those that are left.
    pub fn spend(&self, steps: usize) {
        for left in [&self.all, &self.question] {
            left.set(left.get().saturating_sub(steps as u64));
        }
    }

    /// Returns true if no steps are left, for the present question or at all.
    pub fn is_spent(&self) -> bool {
        self.question.get() == 0 || self.is_over()
    }

    /// Returns true if no steps are left at all.
    pub fn is_over(&self) -> bool {
        self.all.get() == 0
    }

    /// Starts a question.
    pub fn ask(&self) {
        self.question.set(PER_QUESTION);
    }

    /// Ends the question. Returns true if its steps were enough.
    pub fn answer(&self) -> bool {
        let is_answered = !self.is_spent();
        self.question.set(u64::MAX);
        is_answered
    }
}
