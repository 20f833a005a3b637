//! The complexity of a function: two counts, updated while its body is walked.
//!
//! **Cyclomatic complexity** (T. J. McCabe, "A Complexity Measure", IEEE Transactions on Software
//! Engineering SE-2(4), 1976): the decisions in a function, and one. In Rust a decision is an `if`,
//! a `while`, a `for`, a `match`'s arm after the first (an n-way branch is n - 1 decisions, as in
//! the paper), an arm's guard, a `let … else`, a `?`, and an `&&` or `||` (a compound predicate
//! counts each of its conditions). A `loop` is not a decision: the condition that leaves it is.
//!
//! **Cognitive complexity** (G. A. Campbell, "Cognitive Complexity: a new way of measuring
//! understandability", SonarSource, 2018): one for each break in the linear flow, and for most of
//! them one more for each level of nesting around it.
//!
//! | what | adds | and nesting | nests what is in it |
//! |---|---|---|---|
//! | `if`, `match`, `for`, `while`, `loop`, `let … else` | 1 | yes | yes |
//! | `else if`, `else` | 1 | | yes |
//! | an arm's guard | 1 | | |
//! | a sequence of equal `&&` or `\|\|` | 1 | | |
//! | `break 'label`, `continue 'label` | 1 | | |
//! | a function that calls itself | 1 in all | | |
//! | a closure | | | yes |
//!
//! `let … else` and guards are not in the paper; they count as the `if` that they stand for. `?` is
//! an early return, which the paper leaves uncounted.
//!
//! A closure belongs to the function that contains it; a function inside a function is counted on
//! its own. Code in a macro's arguments counts as the syntax that it parses as; the macro's
//! expansion does not count. Recursion is detected if a function calls itself by name (`f(…)`,
//! `Self::f(…)`, `self.f(…)`), not if it calls itself through other functions.
//!
//! The walkers of bodies call the methods below for each such construct, in the order of the
//! source. Outside of functions, as in a constant's value, the methods do nothing.

use crate::base::name::Name;

/// The state of the count.
#[derive(Debug, Default)]
pub struct Complexity {
    /// The innermost function.
    open: Option<Open>,
    /// The functions around the innermost one, outermost first.
    outer: Vec<Open>,
    /// The type or trait whose methods are being walked.
    owner: Option<Name>,
}

/// A function whose body is being walked.
#[derive(Debug, Clone, Copy)]
struct Open {
    name: Name,
    owner: Option<Name>,
    cyclomatic: u32,
    cognitive: u32,
    nesting: u32,
    /// The last operator of the present sequence. The same operator after it does not count again.
    sequence: Option<Operator>,
    recursive: bool,
}

/// An unfinished count.
#[derive(Debug, Clone, Copy)]
pub struct SoFar(Option<Open>);

/// The finished counts of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub owner: Option<Name>,
    pub cyclomatic: u32,
    pub cognitive: u32,
}

/// A lazy boolean operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `&&`.
    And,
    /// `||`.
    Or,
}

impl Complexity {
    /// Sets the owner of the functions that follow: a type or trait, or none. Returns the previous
    /// owner, so that the caller can restore it.
    pub fn owned_by(&mut self, owner: Option<Name>) -> Option<Name> {
        std::mem::replace(&mut self.owner, owner)
    }

    /// Starts the count of a function's body.
    pub fn enter(&mut self, name: Name) {
        let owner = self.owner;
        let (cyclomatic, cognitive, nesting) = (1, 0, 0);
        let open = Open { name, owner, cyclomatic, cognitive, nesting, sequence: None, recursive: false };
        self.outer.extend(self.open.replace(open));
    }

    /// Ends the count of the innermost function.
    pub fn leave(&mut self) -> Option<Counted> {
        let ended = std::mem::replace(&mut self.open, self.outer.pop())?;
        let cognitive = ended.cognitive.saturating_add(u32::from(ended.recursive));
        Some(Counted { owner: ended.owner, cyclomatic: ended.cyclomatic, cognitive })
    }

    /// The count of the innermost function so far, for [`Self::take_back`].
    pub fn so_far(&self) -> SoFar {
        SoFar(self.open)
    }

    /// Restores an earlier count of the same function.
    pub fn take_back(&mut self, so_far: SoFar) {
        self.open = so_far.0;
    }

    /// An `if` that is not an `else if`. Its condition comes before [`Self::nest`].
    pub fn on_if(&mut self) {
        self.decide(1);
        self.structure();
    }

    /// An `else if`.
    pub fn on_else_if(&mut self) {
        self.decide(1);
        self.add(1);
    }

    /// An `else` that no `if` follows.
    pub fn on_else(&mut self) {
        self.add(1);
    }

    /// A `while` or a `for`.
    pub fn on_while_or_for(&mut self) {
        self.decide(1);
        self.structure();
    }

    /// A `loop`.
    pub fn on_loop(&mut self) {
        self.structure();
    }

    /// A `match`.
    pub fn on_match(&mut self) {
        self.structure();
    }

    /// All arms of a `match`, before them or after them.
    pub fn on_arms(&mut self, count: usize) {
        self.decide(u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX));
    }

    /// An arm's guard.
    pub fn on_guard(&mut self) {
        self.decide(1);
        self.add(1);
    }

    /// A `let … else`.
    pub fn on_let_else(&mut self) {
        self.decide(1);
        self.structure();
    }

    /// A `?`.
    pub fn on_question(&mut self) {
        self.decide(1);
    }

    /// A `break` or `continue` with a label.
    pub fn on_labelled_jump(&mut self) {
        self.add(1);
    }

    /// An `&&` or `||`, called after its left side was walked.
    pub fn on_operator(&mut self, operator: Operator) {
        self.decide(1);
        let Some(open) = &mut self.open else { return };
        if open.sequence.replace(operator) != Some(operator) {
            self.add(1);
        }
    }

    /// Starts an expression whose operators make sequences of their own. A side of an `&&` or `||`
    /// that is such an operator itself, without parentheses, continues the sequence instead.
    /// Returns the interrupted sequence, for [`Self::resume`].
    pub fn pause(&mut self) -> Option<Operator> {
        self.open.as_mut()?.sequence.take()
    }

    /// Ends the expression, and continues the interrupted sequence.
    pub fn resume(&mut self, sequence: Option<Operator>) {
        if let Some(open) = &mut self.open {
            open.sequence = sequence;
        }
    }

    /// Starts the inside of a control structure or a closure.
    pub fn nest(&mut self) {
        if let Some(open) = &mut self.open {
            open.nesting += 1;
        }
    }

    /// Ends the inside of a control structure or a closure.
    pub fn unnest(&mut self) {
        if let Some(open) = &mut self.open {
            open.nesting = open.nesting.saturating_sub(1);
        }
    }

    /// The name of the function that is being walked, to compare with before [`Self::calls`].
    pub fn function(&self) -> Option<Name> {
        self.open.map(|open| open.name)
    }

    /// A call of the function `name` by its plain name, if that is not a local binding.
    pub fn calls(&mut self, name: Name) {
        self.recurs(|open| open.name == name && open.owner.is_none());
    }

    /// A call of `Self::name` or of a method `name` of `self`.
    pub fn calls_own(&mut self, name: Name) {
        self.recurs(|open| open.name == name && open.owner.is_some());
    }

    fn recurs(&mut self, is_itself: impl Fn(&Open) -> bool) {
        if let Some(open) = self.open.as_mut().filter(|open| is_itself(open)) {
            open.recursive = true;
        }
    }

    fn decide(&mut self, ways: u32) {
        if let Some(open) = &mut self.open {
            open.cyclomatic = open.cyclomatic.saturating_add(ways);
        }
    }

    fn structure(&mut self) {
        let nesting = self.open.map_or(0, |open| open.nesting);
        self.add(nesting.saturating_add(1));
    }

    fn add(&mut self, points: u32) {
        if let Some(open) = &mut self.open {
            open.cognitive = open.cognitive.saturating_add(points);
        }
    }
}

#[cfg(test)]
mod tests;
