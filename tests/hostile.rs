//! A repository is untrusted text. For any content, the program ends in bounded time and memory,
//! with one of its own exit codes and without a panic; and the harmless part beside the hostile one
//! is still analysed.

mod bombs;
mod cache;
mod canary;
mod files;
mod inference;
mod links;
mod names;
mod nesting;
mod programs;
mod signatures;
mod special;
mod writes;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The time limit, beyond which a run counts as hanging.
const PATIENCE: Duration = Duration::from_secs(120);
/// The limit of the address space in KiB: 4 GiB. More would be a leak or unbounded growth.
const MEMORY: u32 = 4 << 20;

/// A package with two harmless modules, one of which uses the other, to which a test adds hostile
/// content.
pub struct Hostile {
    folder: TempDir,
    root: String,
}

impl Hostile {
    /// Creates the harmless package.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let this = Self {
            folder,
            root: "pub mod calm { pub struct Calm; }\npub mod user { use super::calm::Calm; }\n".into(),
        };
        this.with("Cargo.toml", "[package]\nname = \"hostile\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
    }

    /// Returns the path of a file of the package.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Adds a file.
    pub fn with(self, path: impl AsRef<OsStr>, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(Path::new(path.as_ref()));
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, content).expect("the file can be written");
        self
    }

    /// Adds a module with a file of its own.
    pub fn module(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.with(format!("src/{name}.rs"), content).root(&format!("mod {name};\n"))
    }

    /// Adds text to the crate's root.
    pub fn root(mut self, text: &str) -> Self {
        self.root.push_str(text);
        self
    }

    /// Runs the program's commands, and returns the run of `graph`, or a description of any problem;
    /// the harmless part must have been analysed.
    pub fn verdict(&self) -> Result<Run, String> {
        self.verdicts().map(|(graph, _)| graph)
    }

    /// Returns what [`Hostile::verdict`] does, and the run of `check`.
    pub fn verdicts(&self) -> Result<(Run, Run), String> {
        let source = self.folder.path().join("src");
        let written = fs::create_dir_all(&source).and_then(|()| fs::write(source.join("lib.rs"), &self.root));
        written.map_err(|e| e.to_string())?;
        let graph = self.run("graph --format json --tests --sites")?;
        if !graph.output.contains(r#""from":"hostile::user","to":"hostile::calm""#) {
            return Err(format!(
                "the calm modules are not seen (exit {}): {}",
                graph.code,
                start(&graph.errors)
            ));
        }
        let check = self.run("check --tests")?;
        Ok((graph, check))
    }

    /// Asserts [`Hostile::verdict`].
    pub fn assert_survived(&self) -> Run {
        self.verdict().unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Runs the program on the workspace, with limits on time and memory.
    pub fn run(&self, arguments: &str) -> Result<Run, String> {
        let scratch = tempfile::tempdir().map_err(|e| e.to_string())?;
        let (out, err) = (scratch.path().join("out"), scratch.path().join("err"));
        let create = |path: &Path| fs::File::create(path).map_err(|e| e.to_string());
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &format!(r#"ulimit -v {MEMORY}; exec "$0" "$@""#),
            env!("CARGO_BIN_EXE_archlint"),
        ]);
        command.args(arguments.split(' ')).arg("--manifest-path").arg(self.path("Cargo.toml"));
        command.stdin(Stdio::null()).stdout(create(&out)?).stderr(create(&err)?);
        let code = watch(command).map_err(|problem| format!("{arguments}: {problem}"))?;
        let text = |path: &Path| {
            fs::read(path).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default()
        };
        let run = Run { code, output: text(&out), errors: text(&err) };
        match code {
            0..=2 if !run.errors.contains("panicked") => Ok(run),
            _ => Err(format!("{arguments}: exit code {code}: {}", start(&run.errors))),
        }
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

/// Returns the exit code of `command`, or an error if it was ended by a signal or had to be killed.
fn watch(mut command: Command) -> Result<i32, String> {
    let mut child = command.spawn().map_err(|e| e.to_string())?;
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            return status.code().ok_or_else(|| format!("ended by {status}"));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(format!("still running after {PATIENCE:?}"))
}

fn start(text: &str) -> String {
    text.chars().take(400).collect()
}

/// Runs named cases one after another and fails with all problems.
pub fn hold(cases: impl IntoIterator<Item = (String, Hostile)>) {
    let problem = |(name, case): (String, Hostile)| Some(format!("{name}: {}\n", case.verdict().err()?));
    let problems: String = cases.into_iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "\n{problems}");
}
