//! Evidence: a record about one commit that somebody else can check and repeat.
//!
//! [`statement`] is the record as data, an in-toto Statement v1; [`make`] fills it from the results
//! of a check; [`verdict`] derives the verdicts from the facts in the record, so that a reader of
//! the record derives them again. [`envelope`] is the signed form, a DSSE envelope; [`key`] signs
//! and checks signatures; [`differ`] names the differences between two records.
//!
//! Invariants: a record is canonical (keys are sorted, numbers are integers, text is escaped in one
//! way), so that the same results give the same bytes, and a reader refuses any other form. A
//! verdict is `pass` only if nothing that was not seen could contradict it.

pub mod differ;
pub mod envelope;
pub mod key;
pub mod make;
pub mod statement;
pub mod verdict;

#[cfg(test)]
mod tests;
