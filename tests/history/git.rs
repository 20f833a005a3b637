//! Repositories for tests, created by the git program, and checkouts of their commits.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A repository in a folder of its own.
pub struct Git {
    folder: TempDir,
}

impl Git {
    /// Creates an empty repository whose main branch is called `main`.
    pub fn new() -> Self {
        let git = Self { folder: tempfile::tempdir().expect("a folder for the test") };
        git.run(&["init", "--quiet", "--initial-branch=main"]);
        git
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        crate::support::write(self.path(), path, text);
    }

    /// Commits the whole content of the folder, one day after the previous commit. Returns the id.
    pub fn commit(&self, message: &str) -> String {
        self.run(&["add", "--all"]);
        self.run(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.run(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Commits like [`Git::commit`], at a moment such as `2026-01-31T12:00:00Z`.
    pub fn commit_at(&self, message: &str, when: &str) -> String {
        self.run(&["add", "--all"]);
        let mut command = command(self.path());
        command.args(["commit", "--quiet", "--allow-empty", "--message", message]);
        command.envs(["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"].map(|variable| (variable, when)));
        assert!(command.status().expect("git starts").success(), "{message}");
        self.run(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Runs git in the repository. Returns its output.
    pub fn run(&self, arguments: &[&str]) -> String {
        run(self.path(), arguments)
    }

    /// Feeds `stream` to `git fast-import`.
    pub fn import(&self, stream: &[u8]) {
        let mut command = command(self.path());
        let child = command.args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn();
        let mut child = child.expect("git starts");
        let mut pipe = child.stdin.take().expect("there is a pipe");
        pipe.write_all(stream).expect("git reads on");
        drop(pipe);
        assert!(child.wait().expect("git ends").success());
    }

    /// Returns all ancestors of `main`, oldest first.
    pub fn commits(&self) -> Vec<String> {
        let list = self.run(&["rev-list", "--reverse", "--topo-order", "main"]);
        list.lines().map(str::to_owned).collect()
    }

    /// Returns a folder with the files of `commit`, as git would check them out.
    pub fn checkout(&self, commit: &str) -> TempDir {
        checkout(self.path(), commit)
    }
}

/// Checks out like [`Git::checkout`], from the repository in `folder`; neither its index nor its
/// files are changed.
pub fn checkout(folder: &Path, commit: &str) -> TempDir {
    let to = tempfile::tempdir().expect("a folder for the test");
    let beside = tempfile::tempdir().expect("a folder for the test");
    let index: PathBuf = beside.path().join("index");
    let prefix = format!("--prefix={}/", to.path().display());
    for arguments in [&["read-tree", commit][..], &["checkout-index", "--all", "--force", &prefix]] {
        let output = command(folder).env("GIT_INDEX_FILE", &index).args(arguments).output();
        let output = output.expect("git starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    to
}

/// Runs git in `folder`. Returns its output.
pub fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder).args(arguments).output().expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns a git command that ignores the user's configuration, and that gives the same commits the
/// same ids.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("GIT_CONFIG_NOSYSTEM", "1"), ("HOME", "/nowhere"), ("LC_ALL", "C")]);
    let who = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"];
    command.envs(who.map(|variable| (variable, "Ada")));
    command
        .envs(["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"].map(|variable| (variable, "2026-01-05T12:00:00Z")));
    // A detached `git maintenance` would outlive the folder of its repository.
    command.args(["-c", "maintenance.auto=false", "-c", "gc.auto=0"]);
    command.args(["-c", "protocol.file.allow=always", "-c", "safe.directory=*"]);
    command
}
