//! See `archlint_fuzz::TARGETS`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| archlint_fuzz::run("git_tree", bytes));
