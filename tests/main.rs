//! Everything that needs the whole of archlint, in one binary.

mod workspace;
