//! The cost of a run without changes, compared with `git status` on the same tree; the cost of one
//! changed file; and the cost of eight concurrent processes compared with one.
//!
//! `cargo bench --bench warm -- PATH [RUNS]`, or `ARCHLINT_BENCH=PATH`. The workspace is copied to
//! a separate folder and committed there, so that git has something to compare. Rounds alternate
//! between all measured commands; medians are printed. Times are those of whole processes, as a
//! hook or an editor waits for them.
#![allow(clippy::print_stdout)] // a benchmark's output is its purpose

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

fn main() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(path) = given.next().or_else(|| std::env::var("ARCHLINT_BENCH").ok()) else {
        println!("warm: no workspace given (an argument, or ARCHLINT_BENCH); nothing measured");
        return Ok(());
    };
    let runs = given.next().and_then(|n| n.parse().ok()).unwrap_or(15);
    let folder = tempfile::tempdir()?;
    let (middle, largest) = copy(Path::new(&path), folder.path())?;
    commit(folder.path())?;
    let tree = Tree { folder: folder.path(), middle, largest };
    let mut rows = Rows::default();
    let cold = |tree: &Tree<'_>| tree.forget().map(|()| tree.check());
    cold(&tree)??;
    // The modification time of a file written within the last two seconds is not trusted.
    thread::sleep(Duration::from_secs(3));
    tree.git()?;
    tree.check()?;
    for round in 0..runs {
        for (file, row) in [(&tree.middle, &mut rows.middle), (&tree.largest, &mut rows.largest)] {
            add(file, &format!("fn added_by_round_{round}() {{}}"))?;
            row.push(tree.check()?);
            // The changed file is recent, so its next check reads it once more.
            tree.check()?;
        }
        rows.git.push(tree.git()?);
        rows.warm.push(tree.check()?);
        add(&tree.middle, &format!("// Round {round}."))?;
        rows.comment.push(tree.check()?);
    }
    for _ in 0..runs.min(5) {
        rows.cold.push(cold(&tree)??);
        tree.forget()?;
        rows.eight.push(tree.eight()?);
    }
    rows.print();
    Ok(())
}

/// Wall-clock time and processor time.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Cost {
    wall: f64,
    cpu: f64,
}

struct Tree<'t> {
    folder: &'t Path,
    /// The source file of median size.
    middle: PathBuf,
    largest: PathBuf,
}

impl Tree<'_> {
    fn archlint(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_archlint"));
        command.arg("check").current_dir(self.folder).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn check(&self) -> anyhow::Result<Cost> {
        cost(|| {
            let status = self.archlint().status()?;
            ensure!(status.code() != Some(2), "archlint could not work");
            Ok(())
        })
    }

    fn git(&self) -> anyhow::Result<Cost> {
        let mut command = Command::new("git");
        command.arg("status").current_dir(self.folder).stdout(Stdio::null());
        cost(|| {
            ensure!(command.status().context("git cannot be started")?.success(), "git status failed");
            Ok(())
        })
    }

    fn eight(&self) -> anyhow::Result<Cost> {
        cost(|| {
            let mut children = (0..8).map(|_| self.archlint().spawn()).collect::<Result<Vec<_>, _>>()?;
            children.iter_mut().try_for_each(|child| child.wait().map(drop))?;
            Ok(())
        })
    }

    fn forget(&self) -> anyhow::Result<()> {
        let cache = self.folder.join("target/archlint");
        if cache.exists() {
            fs::remove_dir_all(cache)?;
        }
        Ok(())
    }
}

/// Adds a line to a file.
fn add(file: &Path, line: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file)?;
    Ok(fs::write(file, format!("{text}\n{line}\n"))?)
}

fn cost(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Cost> {
    let (started, before) = (Instant::now(), children()?);
    work()?;
    Ok(Cost { wall: started.elapsed().as_secs_f64() * 1e3, cpu: children()? - before })
}

/// Returns the processor time of the children of this process in milliseconds, as reported by
/// Linux, in its ticks of 10 ms.
fn children() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() * 10.0)
}

/// Copies sources and manifests, and returns the source file of median size and the largest one.
fn copy(from: &Path, to: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let wanted = |entry: &walkdir::DirEntry| entry.file_name() != "target" && entry.file_name() != ".git";
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(from).into_iter().filter_entry(wanted) {
        let entry = entry?;
        let path = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&path)?;
        } else {
            let size = fs::copy(entry.path(), &path)?;
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push((size, path));
            }
        }
    }
    sources.sort();
    let largest = sources.last().context("there is no source")?.1.clone();
    Ok((sources.swap_remove(sources.len() / 2).1, largest))
}

fn commit(folder: &Path) -> anyhow::Result<()> {
    fs::write(folder.join(".gitignore"), "target\n")?;
    let steps: [&[&str]; 3] = [
        &["init", "-q"],
        &["add", "-A"],
        &["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "all"],
    ];
    for arguments in steps {
        let status = Command::new("git").args(arguments).current_dir(folder).status()?;
        ensure!(status.success(), "git {arguments:?} failed");
    }
    Ok(())
}

#[derive(Default)]
struct Rows {
    git: Vec<Cost>,
    warm: Vec<Cost>,
    comment: Vec<Cost>,
    middle: Vec<Cost>,
    largest: Vec<Cost>,
    cold: Vec<Cost>,
    eight: Vec<Cost>,
}

impl Rows {
    fn print(&self) {
        let (git, warm, cold) = (median(&self.git), median(&self.warm), median(&self.cold));
        let line = |name: &str, costs: &[Cost], base: (&str, f64)| {
            let Cost { wall, cpu } = median(costs);
            println!(
                "{name:36}{wall:9.1} ms  cpu {cpu:8.1} ms  {:6.2} x {}",
                wall / base.1.max(1e-9),
                base.0
            );
        };
        line("git status", &self.git, ("itself", git.wall));
        line("check, nothing changed", &self.warm, ("git status", git.wall));
        line("check, a comment more", &self.comment, ("nothing changed", warm.wall));
        line("check, a function more", &self.middle, ("nothing changed", warm.wall));
        line("check, one more in the largest file", &self.largest, ("nothing changed", warm.wall));
        line("check, no cache yet", &self.cold, ("nothing changed", warm.wall));
        line("eight checks at once, no cache yet", &self.eight, ("one", cold.wall));
        println!(
            "processors of eight against one     {:9.2} x",
            median(&self.eight).cpu / cold.cpu.max(1e-9)
        );
    }
}

/// Returns the medians of both times, computed independently.
fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut sorted: Vec<f64> = costs.iter().map(of).collect();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    };
    Cost { wall: middle(|cost| cost.wall), cpu: middle(|cost| cost.cpu) }
}
