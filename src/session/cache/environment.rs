//! The inputs of cargo besides the files of the workspace: environment variables, configuration,
//! and the version of cargo.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::{Digest, stamp::Stamp};
use crate::base::{files, folder};

/// The prefixes of the variables that cargo, rustup and rustc read.
const HEEDED: [&str; 2] = ["CARGO", "RUST"];

/// Variables with the locations of programs and configuration.
const NAMED: [&str; 3] = ["HOME", "PATH", "USERPROFILE"];

/// Returns the digest of everything outside the workspace that affects cargo's answer about
/// `manifest`.
pub(super) fn digest(manifest: &Path) -> Digest {
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &OsStr, value: &[u8]| {
        // The lengths separate the parts.
        for part in [name.as_encoded_bytes(), value] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    };
    add(OsStr::new("manifest"), manifest.as_os_str().as_encoded_bytes());
    let mut variables: Vec<_> = env::vars_os().filter(|(name, _)| is_heeded(name)).collect();
    variables.sort_unstable();
    for (name, value) in &variables {
        add(name, value.as_encoded_bytes());
    }
    for file in configurations(manifest) {
        if let Ok(content) = folder::read(&file, files::LARGEST_TEXT) {
            add(file.as_os_str(), &content);
        }
    }
    for program in programs() {
        if let Ok(metadata) = fs::metadata(&program) {
            add(program.as_os_str(), format!("{:?}", Stamp::of(&metadata)).as_bytes());
        }
    }
    *hasher.finalize().as_bytes()
}

fn is_heeded(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    HEEDED.iter().any(|start| name.starts_with(start)) || NAMED.contains(&&*name)
}

/// Returns the configuration files of a cargo that is started at the root of the file system, and
/// the settings of rustup.
fn configurations(manifest: &Path) -> Vec<PathBuf> {
    let root = manifest.ancestors().last().unwrap_or(manifest);
    let home = env::home_dir();
    let given = |variable: &str, default: &str| {
        env::var_os(variable).map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(default)))
    };
    let cargo = [Some(root.join(".cargo")), given("CARGO_HOME", ".cargo")];
    let cargo =
        cargo.into_iter().flatten().flat_map(|folder| [folder.join("config.toml"), folder.join("config")]);
    cargo.chain(given("RUSTUP_HOME", ".rustup").map(|folder| folder.join("settings.toml"))).collect()
}

/// Returns the programs called cargo, of which the first is used. An update of the toolchain
/// changes one of them.
fn programs() -> Vec<PathBuf> {
    let given = env::var_os("CARGO").map(PathBuf::from);
    let name = format!("cargo{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(&name)).find(|program| program.is_file());
    given.into_iter().chain(found).collect()
}
