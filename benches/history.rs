//! The cost of a history: a generated workspace with many commits, measured like `archlint
//! history`.
//!
//! `cargo bench --bench history -- [COMMITS] [LINES] [THREADS]`; the defaults are 1,000 commits of
//! 300,000 lines on 2 threads. The commits resemble those of a team: edits of a few functions,
//! occasionally a new file, a rename, a merged branch, and some commits that change no source. The
//! repository is created by `git fast-import`, which must be installed; the measurement needs no
//! git program.
#![allow(clippy::print_stdout)] // a benchmark's output is its purpose

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, ensure};
use archlint::{
    Options,
    history::{coupling, git::log, trends::pick::Choice},
    judge::architecture::Granularity,
    session::{History, timeline},
};

/// The number of modules of a crate.
const MODULES: usize = 50;
/// The number of functions of a module; each has [`LINES`] lines.
const FUNCTIONS: usize = 10;
const LINES: usize = 14;

fn main() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(1).filter(|a| !a.starts_with("--")).filter_map(|a| a.parse().ok());
    let (commits, lines) = (given.next().unwrap_or(1_000), given.next().unwrap_or(300_000));
    let threads = given.next().unwrap_or(2);
    let folder = tempfile::tempdir()?;
    let mut team = Team::new(lines);
    team.work(commits);
    import(folder.path(), &team.stream)?;
    println!("{commits} commits of {} lines, {} distinct source files", team.lines(), team.blobs.len());
    let mut options = Options::new(folder.path().join("Cargo.toml"));
    options.threads = Some(threads);
    let history = History::open(&options)?;
    let tip = history.revision("main")?;
    let (started, before) = (Instant::now(), processor_time());
    let found =
        timeline::trends(&history, &tip, Choice { most: Some(commits), ..Choice::default() }, 10.0, &())?;
    let elapsed = started.elapsed().as_secs_f64();
    let (read, parsed) = (found.read().count(), history.facts().parsed());
    println!(
        "history   {elapsed:8.2} s  {:6.1} ms a commit  {:.1} s of processor time  {read} commits read  {parsed} files parsed  {} MB at most",
        elapsed * 1000.0 / commits as f64,
        processor_time() - before,
        peak_memory() >> 20
    );
    coupled(&history, &options)
}

fn coupled(history: &History, options: &Options) -> anyhow::Result<()> {
    let tip = history.revision("main")?;
    let session = history.project(&tip, options)?.read_source(options)?;
    let started = Instant::now();
    let how = (Granularity::Module, coupling::Options::default());
    let found = timeline::coupling(history, &session, &tip, log::Span::default(), how, &())?;
    let elapsed = started.elapsed().as_secs_f64();
    println!(
        "coupling  {elapsed:8.2} s  {} commits count  {} pairs",
        found.period.counted,
        found.pairs.len()
    );
    Ok(())
}

/// Returns the peak memory of this process, in bytes; 0 if the system does not report it.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or_default()
        << 10
}

/// Returns the processor time of this process in seconds, on all processors, which is independent
/// of other load on the machine; 0 if the system does not report it. Linux counts in hundredths of
/// a second (proc(5), fields 14 and 15).
fn processor_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn import(folder: &Path, stream: &[u8]) -> anyhow::Result<()> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(folder).args(arguments);
        command
    };
    ensure!(git(&["init", "--quiet", "--initial-branch=main"]).status()?.success(), "git init fails");
    let mut child =
        git(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().context("git must be installed")?;
    child.stdin.take().context("it is piped")?.write_all(stream)?;
    ensure!(child.wait()?.success(), "git fast-import fails");
    ensure!(git(&["reset", "--quiet", "--hard", "main"]).status()?.success(), "git reset fails");
    Ok(())
}

/// The file of a module.
#[derive(Clone)]
struct Module {
    /// The stem of the file's name.
    stem: String,
    /// The number of edits of each function.
    edits: [usize; FUNCTIONS],
}

/// The state of a workspace, and the stream that `git fast-import` reads.
struct Team {
    crates: Vec<Vec<Module>>,
    stream: Vec<u8>,
    blobs: BTreeSet<String>,
    dice: u64,
    marks: usize,
    made: usize,
}

impl Team {
    fn new(lines: usize) -> Self {
        let crates = lines.div_ceil(MODULES * (FUNCTIONS * LINES + 4)).max(2);
        let module = |number: usize| Module { stem: format!("m{number}"), edits: [0; FUNCTIONS] };
        let crates = (0..crates).map(|_| (0..MODULES).map(module).collect()).collect();
        let (stream, blobs) = (Vec::new(), BTreeSet::new());
        let mut team = Self { crates, stream, blobs, dice: 42, marks: 0, made: 0 };
        team.begin();
        team
    }

    fn lines(&self) -> usize {
        self.crates.iter().flatten().count() * (FUNCTIONS * LINES + 4)
    }

    /// Returns a number below `sides` (a linear congruential generator, with the constants of
    /// Knuth's MMIX).
    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) as usize % sides.max(1)
    }

    fn begin(&mut self) {
        self.commit("main", None, None, "All of it");
        self.file("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"c*\"]\n");
        for krate in 0..self.crates.len() {
            self.file(&format!("c{krate}/Cargo.toml"), &manifest(krate));
            self.root(krate);
            for module in 0..self.crates[krate].len() {
                self.module(krate, module);
            }
        }
    }

    fn work(&mut self, commits: usize) {
        for number in 1..commits {
            match number % 20 {
                7 => self.add(),
                11 => self.rename(),
                13 => self.merge(),
                17 => {
                    self.commit("main", None, None, "Words");
                    self.file("README.md", &format!("{number}\n"));
                }
                _ => self.edit("main"),
            }
        }
    }

    /// Edits a few functions, mostly of one crate.
    fn edit(&mut self, branch: &str) {
        self.commit(branch, None, None, "Edit");
        let krate = self.roll(self.crates.len());
        for _ in 0..1 + self.roll(3) {
            let (module, function) = (self.roll(self.crates[krate].len()), self.roll(FUNCTIONS));
            self.crates[krate][module].edits[function] += 1;
            self.module(krate, module);
        }
    }

    fn add(&mut self) {
        self.commit("main", None, None, "A new module");
        let krate = self.roll(self.crates.len());
        self.made += 1;
        self.crates[krate].push(Module { stem: format!("new{}", self.made), edits: [0; FUNCTIONS] });
        self.module(krate, self.crates[krate].len() - 1);
        self.root(krate);
    }

    fn rename(&mut self) {
        self.commit("main", None, None, "A better name");
        let krate = self.roll(self.crates.len());
        let module = self.roll(self.crates[krate].len());
        self.made += 1;
        let old = format!("c{krate}/src/{}.rs", self.crates[krate][module].stem);
        self.crates[krate][module].stem = format!("renamed{}", self.made);
        let _ = writeln!(self.stream, "D {old}");
        self.module(krate, module);
        // The module that uses this one is updated with the new name.
        if module < MODULES {
            self.module(krate, (module + MODULES - 1) % MODULES);
        }
        self.root(krate);
    }

    /// Creates a branch with one commit, and its merge, which is one commit of the main line.
    fn merge(&mut self) {
        let base = self.marks;
        self.commit("side", Some(base), None, "On the side");
        let krate = self.roll(self.crates.len());
        self.crates[krate][0].edits[0] += 1;
        self.module(krate, 0);
        let side = self.marks;
        self.commit("main", Some(base), Some(side), "Merge branch 'side'");
        self.module(krate, 0);
    }

    /// Begins a commit; its files follow.
    fn commit(&mut self, branch: &str, from: Option<usize>, merge: Option<usize>, message: &str) {
        self.marks += 1;
        let time = 1_700_000_000 + self.marks * 21_600;
        let mut text = format!(
            "commit refs/heads/{branch}\nmark :{}\ncommitter Ada <ada> {time} +0000\ndata {}\n{message}\n",
            self.marks,
            message.len()
        );
        let _ = from.map(|from| writeln!(text, "from :{from}"));
        let _ = merge.map(|merge| writeln!(text, "merge :{merge}"));
        self.stream.extend_from_slice(text.as_bytes());
    }

    fn module(&mut self, krate: usize, module: usize) {
        let path = format!("c{krate}/src/{}.rs", self.crates[krate][module].stem);
        let text = self.source(krate, module);
        self.source_file(&path, &text);
    }

    fn root(&mut self, krate: usize) {
        let mods = self.crates[krate].iter().map(|m| format!("pub mod {};\n", m.stem));
        // Modules that other crates use keep their names.
        let mods: String =
            mods.chain(["pub mod entry {\n    pub const LIMIT: u64 = 7;\n}\n".to_owned()]).collect();
        self.source_file(&format!("c{krate}/src/lib.rs"), &mods);
    }

    fn source_file(&mut self, path: &str, text: &str) {
        self.blobs.insert(text.to_owned());
        self.file(path, text);
    }

    fn file(&mut self, path: &str, text: &str) {
        let _ = writeln!(self.stream, "M 100644 inline {path}\ndata {}", text.len());
        self.stream.extend_from_slice(text.as_bytes());
        self.stream.push(b'\n');
    }

    /// Returns the source of a module that uses the next one of its crate and, mostly, one of the
    /// crate below.
    fn source(&self, krate: usize, module: usize) -> String {
        let Module { stem, edits } = &self.crates[krate][module];
        let below = (krate > 0).then(|| format!("c{}", krate - 1));
        let next = &self.crates[krate][(module + 1) % MODULES].stem;
        let mut text = format!("//! {stem} of c{krate}.\n\nuse std::collections::BTreeMap;\n\n");
        for (function, edit) in edits.iter().enumerate() {
            let other = below.as_deref().unwrap_or("crate");
            let _ = write!(
                text,
                "/// Number {function}.\npub fn f{function}(given: &BTreeMap<u64, u64>, deep: bool) -> u64 {{\n    \
                 let mut sum = {edit};\n    for (key, value) in given {{\n        if deep && *key > sum {{\n            \
                 sum += crate::{next}::f{function}(given, false);\n        }} else {{\n            \
                 sum += value + std::mem::size_of::<u64>() as u64;\n        }}\n    }}\n    \
                 sum + {other}::{}::LIMIT\n}}\n\n",
                if below.is_some() { "entry".to_owned() } else { stem.clone() },
            );
        }
        text + "pub const LIMIT: u64 = 7;\n"
    }
}

fn manifest(krate: usize) -> String {
    let mut text = format!(
        "[package]\nname = \"c{krate}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
    );
    let _ = krate.checked_sub(1).map(|below| writeln!(text, "c{below} = {{ path = \"../c{below}\" }}"));
    text
}
