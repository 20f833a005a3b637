//! `archlint history` and `archlint coupling`, on repositories created for the test.

mod coupling;
mod page;
mod story;
mod trends;
