//! A part of the build script: computes a fingerprint of this build of the program from all of its
//! inputs.
//!
//! The content of the cache is a function of the code that created it, so only equal programs share
//! a cache. A version number would have to be raised by hand with every change; a digest of the
//! source cannot be forgotten.
//!
//! One input is not available: a program that links archlint as a library chooses the versions of
//! its dependencies in its own `Cargo.lock`, which is found only if cargo builds in a folder below
//! it, as it does by default.

#![cfg_attr(
    test,
    expect(
        dead_code,
        clippy::print_stdout,
        reason = "the tests compile it as a module, and do not run `print`"
    )
)]

use std::{
    env,
    ffi::OsStr,
    fs,
    hash::{DefaultHasher, Hasher as _},
    io,
    path::{Path, PathBuf},
};

/// The files and folders of the package that determine the behaviour of the program; those that do
/// not exist are skipped. `rules` contains packs and worked examples, which are compiled in.
const INPUTS: [&str; 4] = ["Cargo.lock", "Cargo.toml", "rules", "src"];

/// The prefixes of the variables that select conditional code.
const VARIABLES: [&str; 2] = ["CARGO_FEATURE_", "TARGET"];

/// Passes the fingerprint to the compiler as `ARCHLINT_FINGERPRINT`, and names the inputs to cargo.
pub fn print() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let lock = lock_above(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()));
    let mut hasher = Parts::default();
    add_files(&mut hasher, &root)?;
    if let Some(lock) = &lock {
        hasher.add(&fs::read(lock)?);
    }
    let is_heeded = |name: &OsStr| VARIABLES.iter().any(|start| name.to_string_lossy().starts_with(start));
    let mut variables: Vec<_> = env::vars_os().filter(|(name, _)| is_heeded(name)).collect();
    variables.sort_unstable();
    for (name, value) in variables {
        hasher.add(name.as_encoded_bytes());
        hasher.add(value.as_encoded_bytes());
    }
    println!("cargo::rustc-env=ARCHLINT_FINGERPRINT={:016x}", hasher.0.finish());
    // For other features and targets, cargo reruns the script by itself.
    let inputs = INPUTS.iter().map(|input| root.join(input)).chain(lock);
    for input in inputs.filter(|input| input.exists()) {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    Ok(())
}

/// A hash of parts, each with its length, so that a byte that moves from one part to the next
/// changes the hash. Equal inputs have equal hashes only with the same compiler; another compiler
/// merely starts another cache.
#[derive(Default)]
struct Parts(DefaultHasher);

impl Parts {
    fn add(&mut self, part: &[u8]) {
        self.0.write_usize(part.len());
        self.0.write(part);
    }
}

/// Adds the names and contents of the inputs of the package at `root`.
fn add_files(hasher: &mut Parts, root: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort_unstable();
    for file in files {
        hasher.add(file.strip_prefix(root).unwrap_or(&file).as_os_str().as_encoded_bytes());
        hasher.add(&fs::read(file)?);
    }
    Ok(())
}

/// Adds `path`, or the files below it if it is a folder.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut paths = vec![path.to_owned()];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                paths.push(entry?.path());
            }
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns the lock file of the workspace that is being built: that of archlint, or of a program
/// that links it.
fn lock_above(out: &Path) -> Option<PathBuf> {
    out.ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(root: &Path) -> u64 {
        let mut hasher = Parts::default();
        add_files(&mut hasher, root).expect("the inputs can be read");
        hasher.0.finish()
    }

    /// The compiler lists every file that it read, including those of `include_str!`.
    #[test]
    fn every_file_that_is_compiled_in_is_an_input() {
        let root = &fs::canonicalize(env!("CARGO_MANIFEST_DIR")).expect("the package is there");
        let list = env::current_exe().expect("the tests know their program").with_extension("d");
        let list = fs::read_to_string(list).expect("rustc writes a list of sources beside what it builds");
        // The list has one rule: `program: source source …`, with `\ ` for a space in a name.
        let rule =
            list.lines().find_map(|line| line.split_once(": ")).expect("a rule").1.replace("\\ ", "\0");
        let sources = rule.split_whitespace().map(|source| root.join(source.replace('\0', " ")));
        let sources = sources.map(|source| fs::canonicalize(source).expect("the source is there"));
        // Sources that the tests share with the fuzz targets are not part of the program.
        let sources = sources.filter(|source| !source.starts_with(root.join("fuzz")));
        // The compressed fonts are a function of `src/build.rs` and of a version in `Cargo.lock`.
        let out = fs::canonicalize(env!("OUT_DIR")).expect("the folder of the build is there");
        let sources = sources.filter(|source| !source.starts_with(&out));
        let sources: Vec<PathBuf> = sources.filter(|source| source.starts_with(root)).collect();
        for folder in ["src", "rules"] {
            assert!(sources.iter().any(|source| source.starts_with(root.join(folder))), "{folder}");
        }
        let is_input = |source: &&PathBuf| INPUTS.iter().any(|input| source.starts_with(root.join(input)));
        assert_eq!(sources.iter().find(|source| !is_input(source)), None, "add it to `INPUTS`");
    }

    #[test]
    fn a_change_in_any_input_shows() {
        let dir = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
            fingerprint(dir.path())
        };
        let mut seen = vec![fingerprint(dir.path())];
        for name in ["Cargo.lock", "Cargo.toml", "rules/packs/onion.toml", "src/a.rs", "src/deep/er/b.css"] {
            seen.extend(["", "x", "y"].map(|text| write(name, text)));
        }
        fs::rename(dir.path().join("src/a.rs"), dir.path().join("src/c.rs")).expect("renamed");
        seen.push(fingerprint(dir.path()));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "two states have one fingerprint");
        let before = fingerprint(dir.path());
        assert_eq!(write("docs/page.md", "not compiled"), before);
    }
}
