//! archlint keeps a Rust modular monolith the shape its team decided on.
//!
//! It reads a Cargo workspace without compiling it and answers in terms of modules. Data flows one way; each stage owns
//! the type that it returns, and the next one reads that type:
//!
//! ```text
//! Cargo.toml ─ workspace ─→ packages, targets, dependencies
//! *.rs ─────── facts ─────→ per file: modules, items, imports, references, macros
//!              resolve ───→ the module tree and what each reference names
//!              graph ─────→ modules and the edges between them
//!              config ────→ archlint.toml, validated
//!              rules ─────→ findings;  check: all of them, as one report
//!              diagram, report ─→ what a person or a machine reads
//! ```
//!
//! `rules/self.toml` states who may import whom, and the tests hold the source to it.

pub mod base;
pub mod cli;
pub mod diagram;
pub mod facts;
pub mod graph;
pub mod resolve;
pub mod workspace;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::{
    base::{diagnostic::Diagnostic, span::Span},
    graph::{Graph, Resolution},
    workspace::Workspace,
};

/// What to analyze, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The workspace's manifest, or any member's; `None`: the nearest `Cargo.toml` from the current folder upward.
    pub manifest_path: Option<PathBuf>,
    /// Whether test code counts: `#[cfg(test)]` and the test, bench and example targets.
    pub tests: bool,
    /// Globs of files to leave out, relative to the workspace root.
    pub exclude: Vec<String>,
    /// How many threads to use; `None`: as many as there are cores.
    pub threads: Option<usize>,
}

/// What archlint knows of a workspace.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Its packages and targets.
    pub workspace: Workspace,
    /// Its modules and what they depend on.
    pub graph: Graph,
    /// How many references were resolved.
    pub resolution: Resolution,
    /// Those that were not, by file and position.
    pub unresolved: Vec<Unresolved>,
    /// What was wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
}

/// A reference that was looked up and not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unresolved {
    /// The file, relative to the workspace root.
    pub file: String,
    /// Where in it.
    pub span: Span,
    /// The path as written.
    pub path: String,
}

/// Reads a workspace and builds its graph. Fails only where there is no workspace to read; all else is a diagnostic.
pub fn analyze(options: &Options) -> anyhow::Result<Analysis> {
    let start = std::env::current_dir().context("the current folder cannot be read")?;
    let manifest = match &options.manifest_path {
        Some(path) => start.join(path),
        None => nearest_manifest(&start)?,
    };
    if !manifest.is_file() {
        bail!("there is no manifest at `{}`", manifest.display());
    }
    let root = manifest.parent().unwrap_or(Path::new("/")).to_owned();
    Ok(Analysis {
        workspace: Workspace { root, packages: Vec::new() },
        graph: Graph::default(),
        resolution: Resolution::default(),
        unresolved: Vec::new(),
        diagnostics: Vec::new(),
    })
}

fn nearest_manifest(start: &Path) -> anyhow::Result<PathBuf> {
    let found = start.ancestors().map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file());
    found.with_context(|| format!("there is no Cargo.toml in `{}` or above it", start.display()))
}
