//! The answer of cargo itself: `cargo metadata --no-deps --offline`, started such that the
//! workspace cannot influence the program that runs.
//!
//! Cargo reads `.cargo/config.toml`, and rustup reads the toolchain file, from the current folder
//! upwards. Therefore cargo is started in the root of the file system with `--manifest-path`, and
//! rustup is told to install nothing. `--no-deps` resolves nothing, so the registry is not needed
//! and no lock file is written.

use std::{
    io::{self, Read},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use cargo_metadata::MetadataCommand;

use super::{
    Workspace,
    disk::DiskFiles,
    in_order, manifest,
    patch::{Member, Patches, Source, Wanted},
    rename,
};
use crate::{
    base::{codes, diagnostic::Diagnostic, files::Files, path},
    graph::package::{Dependency, DependencyKind, Edition, Package, Target, TargetKind},
};

/// The time after which cargo is stopped. Cargo answers within a tenth of a second; a cold start
/// from a slow disk takes seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// The reasons why cargo gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Cargo could not be started: it is not installed, or was not found.
    #[error("cargo could not be started: {0}")]
    NotStarted(String),
    /// Cargo was started and failed, because of a broken manifest or a missing toolchain. Holds its
    /// error output.
    #[error("{0}")]
    Refused(String),
    /// Cargo took too long and was stopped.
    #[error("cargo did not answer within {} seconds", PATIENCE.as_secs())]
    TooSlow,
    /// The output could not be parsed: it is from another program, or from an incompatible version
    /// of cargo.
    #[error("cargo's answer could not be read: {0}")]
    Unreadable(String),
}

/// The workspace of the manifest at `manifest`, an absolute path.
pub fn load(manifest: &Path) -> Result<(Workspace, Vec<Diagnostic>), Unanswered> {
    let output = run(command(manifest)?)?;
    if !output.status.success() {
        return Err(Unanswered::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let json = String::from_utf8(output.stdout).map_err(unreadable)?;
    let metadata = MetadataCommand::parse(json).map_err(unreadable)?;
    Ok(workspace(&metadata, &DiskFiles::new(super::base(manifest))))
}

fn command(manifest: &Path) -> Result<Command, Unanswered> {
    let neutral = manifest.ancestors().last().unwrap_or(manifest);
    if manifest.parent() == Some(neutral) {
        return Err(Unanswered::NotStarted("the workspace is the root of the file system".to_owned()));
    }
    let mut command = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .current_dir(neutral)
        .env("RUSTUP_AUTO_INSTALL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .cargo_command();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ok(command)
}

/// Runs a command to its end, or until [`PATIENCE`] is over. Both pipes are read as they fill, so
/// that the command does not block.
fn run(mut command: Command) -> Result<Output, Unanswered> {
    let mut child = command.spawn().map_err(|error| Unanswered::NotStarted(error.to_string()))?;
    let (done, finished) = mpsc::channel();
    let stdout = drain(child.stdout.take(), done);
    let stderr = drain(child.stderr.take(), mpsc::channel().0);
    if finished.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
        return Err(stop(child));
    }
    let read = |pipe: thread::JoinHandle<Vec<u8>>| pipe.join().unwrap_or_default();
    let (stdout, stderr) = (read(stdout), read(stderr));
    let status = child.wait().map_err(unreadable)?;
    Ok(Output { status, stdout, stderr })
}

fn stop(mut child: Child) -> Unanswered {
    let stopped = child.kill().and_then(|()| child.wait());
    stopped.map_or_else(unreadable, |_| Unanswered::TooSlow)
}

/// Reads a pipe to its end on a separate thread. The thread drops `done` when it ends, which
/// disconnects the channel.
fn drain(pipe: Option<impl Read + Send + 'static>, done: mpsc::Sender<()>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read: io::Result<usize> = pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut bytes));
        drop(done);
        read.map(|_| bytes).unwrap_or_default()
    })
}

fn unreadable(error: impl ToString) -> Unanswered {
    Unanswered::Unreadable(error.to_string())
}

fn workspace(metadata: &cargo_metadata::Metadata, files: &dyn Files) -> (Workspace, Vec<Diagnostic>) {
    let root = lexical(metadata.workspace_root.as_std_path());
    let mut diagnostics = Vec::new();
    let members: Vec<Member> = metadata.packages.iter().map(|found| member(found, &root)).collect();
    let patches = manifest::patches(files, &root, &members);
    let package = |found| package(found, &root, &patches, &mut diagnostics);
    let packages = metadata.packages.iter().map(package).collect();
    let root = metadata.workspace_root.clone().into_std_path_buf();
    (Workspace { root, packages: in_order(packages) }, diagnostics)
}

fn member(found: &cargo_metadata::Package, root: &str) -> Member {
    let manifest = path::relative(root, &lexical(found.manifest_path.as_std_path()));
    let dir = path::split(&manifest).0.to_owned();
    Member { name: found.name.to_string(), dir, version: found.version.clone() }
}

fn package(
    found: &cargo_metadata::Package,
    root: &str,
    patches: &Patches,
    diagnostics: &mut Vec<Diagnostic>,
) -> Package {
    let manifest = path::relative(root, &lexical(found.manifest_path.as_std_path()));
    let targets = found.targets.iter();
    let targets =
        targets.map(|found| target(found, root, |edition| diagnostics.push(too_new(&manifest, edition))));
    Package {
        name: found.name.to_string(),
        dir: path::split(&manifest).0.to_owned(),
        targets: targets.collect(),
        dependencies: found.dependencies.iter().map(|found| dependency(found, root, patches)).collect(),
        metadata: found.metadata.get("archlint").cloned(),
    }
}

fn target(found: &cargo_metadata::Target, root: &str, unknown_edition: impl FnMut(&str)) -> Target {
    Target {
        kind: kind(&found.kind),
        crate_name: found.name.replace('-', "_"),
        root_file: path::relative(root, &lexical(found.src_path.as_std_path())),
        edition: edition(found.edition, unknown_edition),
        doctest: found.doctest,
    }
}

/// The kind of a target. A library may have several kinds, and unknown kinds count as libraries.
fn kind(kinds: &[cargo_metadata::TargetKind]) -> TargetKind {
    use cargo_metadata::TargetKind as Found;
    match kinds.first() {
        Some(Found::Bin) => TargetKind::Bin,
        Some(Found::Example) => TargetKind::Example,
        Some(Found::Test) => TargetKind::Test,
        Some(Found::Bench) => TargetKind::Bench,
        Some(Found::CustomBuild) => TargetKind::Build,
        _ if kinds.contains(&Found::ProcMacro) => TargetKind::ProcMacro,
        _ => TargetKind::Lib,
    }
}

fn edition(found: cargo_metadata::Edition, mut unknown: impl FnMut(&str)) -> Edition {
    use cargo_metadata::Edition as Found;
    match found {
        Found::E2015 => Edition::E2015,
        Found::E2018 => Edition::E2018,
        Found::E2021 => Edition::E2021,
        Found::E2024 => Edition::E2024,
        newer => {
            unknown(newer.as_str());
            Edition::E2024
        }
    }
}

fn too_new(manifest: &str, edition: &str) -> Diagnostic {
    let message = format!("edition {edition} is unknown; it is read as edition 2024");
    Diagnostic { file: Some(manifest.to_owned()), ..Diagnostic::warn(codes::UNKNOWN_EDITION, message) }
        .help("a newer version of archlint may support it")
}

fn dependency(found: &cargo_metadata::Dependency, root: &str, patches: &Patches) -> Dependency {
    let own = found.path.as_ref().map(|dir| path::relative(root, &lexical(dir.as_std_path())));
    let patched = || patches.find(wanted(found)).map(str::to_owned);
    Dependency {
        package: found.name.clone(),
        rename: rename(&found.name, found.rename.as_deref()),
        kind: match found.kind {
            cargo_metadata::DependencyKind::Development => DependencyKind::Dev,
            cargo_metadata::DependencyKind::Build => DependencyKind::Build,
            _ => DependencyKind::Normal,
        },
        path: own.or_else(patched),
        target: found.target.as_ref().map(ToString::to_string),
        optional: found.optional,
    }
}

fn wanted(found: &cargo_metadata::Dependency) -> Wanted<'_> {
    let source = found.source.as_ref().map(|source| source.repr.as_str());
    let source = match (source.filter(|source| source.starts_with("git+")), &found.registry) {
        (Some(git), _) => Source::Git(git),
        (None, Some(registry)) => Source::Registry(registry),
        (None, None) => Source::Default,
    };
    Wanted { package: &found.name, requirement: &found.req, source }
}

/// A path of cargo's answer, normalised. The answer is JSON, so its paths are UTF-8.
fn lexical(path: &Path) -> String {
    path::from_disk(path).unwrap_or_default()
}
