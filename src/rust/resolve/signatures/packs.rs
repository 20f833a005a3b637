//! The models that are part of archlint: the files of `rules/signatures`.

use crate::base::packed::packed;

/// The stem of the file with the root of a model.
pub const ROOT: &str = "lib";

/// The model of a crate.
#[derive(Debug)]
pub struct Pack {
    /// The names of the crate, and of crates with the same items, such as `core`.
    pub names: &'static [&'static str],
    /// The files, each with its stem and its compressed text: first that of the root, then one for
    /// each module in it.
    pub files: &'static [(&'static str, &'static [u8])],
}

/// Embeds the files of a crate with several.
macro_rules! files {
    ($krate:literal: $($stem:literal)*) => {
        &[$(($stem, packed!("signatures/", $krate, "/", $stem, ".rs").as_slice())),*]
    };
}

/// Embeds a crate with one file.
macro_rules! file {
    ($krate:literal) => {
        &[(ROOT, packed!("signatures/", $krate, ".rs").as_slice())]
    };
}

/// All models.
pub const PACKS: &[Pack] = &[
    Pack {
        names: &["std", "core", "alloc"],
        files: files!("std":
            "lib" "alloc" "any" "array" "ascii" "backtrace" "bool" "borrow" "boxed" "cell"
            "char" "clone" "cmp" "collections" "convert" "default" "env" "error" "ffi" "fmt"
            "fs" "future" "hash" "hint" "io" "iter" "marker" "mem" "net" "num" "ops" "option"
            "os" "panic" "path" "pin" "prelude" "process" "ptr" "rc" "result" "slice" "str"
            "string" "sync" "task" "thread" "time" "vec"
        ),
    },
    Pack { names: &["anyhow"], files: file!("anyhow") },
    Pack {
        names: &["futures", "futures_util", "futures_core", "futures_channel", "futures_io", "futures_sink"],
        files: file!("futures"),
    },
    Pack { names: &["indexmap"], files: file!("indexmap") },
    Pack { names: &["either"], files: file!("either") },
    Pack { names: &["itertools"], files: file!("itertools") },
    Pack { names: &["once_cell"], files: file!("once_cell") },
    Pack { names: &["parking_lot"], files: file!("parking_lot") },
    Pack { names: &["rustc_hash"], files: file!("rustc_hash") },
    Pack { names: &["smallvec"], files: file!("smallvec") },
    Pack { names: &["tokio"], files: file!("tokio") },
];
