//! Content that the build script compressed, so that the program is small.

use miniz_oxide::inflate::decompress_to_vec;

/// A compressed file, as bytes: `packed!("graph.js")`, `packed!("signatures/", "std", ".rs")`.
macro_rules! packed {
    ($($name:literal),+) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $($name,)+ ".deflate"))
    };
}

pub(crate) use packed;

/// Returns the content of a compressed file. The file is a part of the program, so it is never
/// damaged.
pub fn bytes(packed: &[u8]) -> Vec<u8> {
    decompress_to_vec(packed).unwrap_or_default()
}

/// Returns the content of a compressed text.
pub fn text(packed: &[u8]) -> String {
    String::from_utf8(bytes(packed)).unwrap_or_default()
}
