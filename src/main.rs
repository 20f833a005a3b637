//! The command line's entry: an exit code, nothing else.

fn main() {}
