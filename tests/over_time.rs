//! `archlint history` and `archlint coupling`, on repositories that are made for the test.

mod coupling;
mod page;
mod story;
mod trends;
