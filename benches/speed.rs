//! The time to read a real workspace, compared with a lower bound: `syn::parse_file` alone, on the
//! same files, with the same threads.
//!
//! `cargo bench --bench speed -- PATH [RUNS] [THREADS]`, or `ARCHLINT_BENCH=PATH cargo bench
//! --bench speed`. Rounds alternate between the lower bound and the whole program, so that a slow
//! period of the machine affects both; medians are printed. One round of each comes first and is
//! not counted: it warms the file cache, without which the disk would be measured.
#![allow(clippy::print_stdout)] // a benchmark's output is its purpose

use std::{
    collections::BTreeSet,
    hint::black_box,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use archlint::{
    Options,
    cli::timings::Recorder,
    render::diagram::{View, ViewOptions, json},
    session::{Analysis, analyze, cache::Storage},
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The stack size of the lower bound's threads, as large as the parser needs to recurse; pages that
/// are not touched cost nothing.
const STACK: usize = 256 << 20;

fn main() -> anyhow::Result<()> {
    let Some((path, runs, threads)) = arguments() else {
        println!("speed: no workspace given (an argument, or ARCHLINT_BENCH); nothing measured");
        return Ok(());
    };
    let mut options = Options::new(path.join("Cargo.toml"));
    options.tests = true;
    options.threads = threads;
    options.cache = Storage::Nowhere;
    let recorder = Recorder::default();
    tracing::subscriber::set_global_default(recorder.subscriber())?;
    let analysis = analyze(&options)?;
    let files = files(&analysis);
    let memory = peak_memory();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(STACK).build()?;
    let bytes = pool.install(|| parse_all(&files));
    println!(
        "{}: {} files, {:.1} MB, {} threads",
        path.display(),
        files.len(),
        mega(bytes),
        pool.current_num_threads()
    );
    println!("{}", describe(&analysis));

    let mut rounds = Rounds::default();
    for _ in 0..runs {
        rounds.lex.push(timed(|| pool.install(|| lex_all(&files))));
        rounds.floor.push(timed(|| pool.install(|| parse_all(&files))));
        rounds.whole.push(timed(|| {
            drop(recorder.take_stages()); // of the program's warm-up
            drop(black_box(analyze(&options)));
            rounds.stages.extend(recorder.take_stages());
        }));
        rounds.json.push(timed(|| write_json(&analysis)));
        rounds.program.push(timed(|| program(&path, threads)));
    }
    rounds.print();
    println!("peak memory of one analysis   {memory}");
    Ok(())
}

/// Runs the whole program, which has its own allocator; the lower bound is measured with the
/// system's allocator, like a program without one of its own.
fn program(path: &Path, threads: Option<usize>) -> std::io::Result<ExitStatus> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archlint"));
    command.args(["check", "--tests", "--no-cache"]).current_dir(path);
    if let Some(threads) = threads {
        command.args(["--threads", &threads.to_string()]);
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()
}

/// Returns the workspace, the number of rounds and the number of threads. Options added by cargo
/// are ignored.
fn arguments() -> Option<(PathBuf, usize, Option<usize>)> {
    let mut given = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let path = given.next().or_else(|| std::env::var("ARCHLINT_BENCH").ok())?;
    let runs = given.next().and_then(|n| n.parse().ok()).unwrap_or(7);
    Some((path.into(), runs, given.next().and_then(|n| n.parse().ok())))
}

/// Returns the files that contain the modules of the analysis.
fn files(analysis: &Analysis) -> Vec<PathBuf> {
    let graph = &analysis.graph;
    let modules = graph.nodes.iter().filter_map(|n| n.module.as_ref());
    let names: BTreeSet<&str> = modules.map(|m| graph.files[m.file].as_str()).collect();
    names.iter().map(|name| analysis.workspace.root.join(name)).collect()
}

/// Reads and parses `files`, and returns their size in bytes.
fn parse_all(files: &[PathBuf]) -> u64 {
    files.par_iter().map(|file| parse(file)).sum()
}

/// Reads `files` and splits them into tokens.
fn lex_all(files: &[PathBuf]) {
    files.par_iter().for_each(|file| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let _ = black_box(text.parse::<proc_macro2::TokenStream>());
        proc_macro2::extra::invalidate_current_thread_spans();
    });
}

fn parse(file: &Path) -> u64 {
    let Ok(text) = std::fs::read_to_string(file) else { return 0 };
    let _ = black_box(syn::parse_file(&text));
    // Otherwise the spans of every file that this thread has parsed would stay in memory.
    proc_macro2::extra::invalidate_current_thread_spans();
    text.len() as u64
}

fn write_json(analysis: &Analysis) -> std::io::Result<()> {
    let view = View::new(&analysis.graph, None, ViewOptions { tests: true, ..ViewOptions::default() });
    json::write(&view, true, analysis.resolution, std::io::sink())
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    black_box(work());
    started.elapsed()
}

#[derive(Default)]
struct Rounds {
    lex: Vec<Duration>,
    floor: Vec<Duration>,
    whole: Vec<Duration>,
    json: Vec<Duration>,
    program: Vec<Duration>,
    /// The stages of all rounds.
    stages: Vec<(&'static str, Duration)>,
}

impl Rounds {
    fn print(&self) {
        let floor = median(&self.floor);
        let line = |name: &str, rounds: &[Duration]| {
            let (low, high) = (rounds.iter().min().copied(), rounds.iter().max().copied());
            let [middle, low, high] =
                [median(rounds), low.unwrap_or_default(), high.unwrap_or_default()].map(millis);
            let ratio = middle / millis(floor).max(f64::MIN_POSITIVE);
            println!("{name:28}{middle:9.1} ms  ({low:.1} to {high:.1})  {ratio:5.2} x floor");
        };
        line("floor: read and lex", &self.lex);
        line("floor: read and parse", &self.floor);
        line("analysis, cold", &self.whole);
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.stages {
            if !names.contains(name) {
                names.push(name);
            }
        }
        for name in names {
            let of_one: Vec<Duration> =
                self.stages.iter().filter(|stage| stage.0 == name).map(|s| s.1).collect();
            line(&format!("  {name}"), &of_one);
        }
        line("view and JSON with sites", &self.json);
        line("archlint check --no-cache", &self.program);
    }
}

fn median(rounds: &[Duration]) -> Duration {
    let mut sorted = rounds.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn describe(analysis: &Analysis) -> String {
    let (graph, resolution) = (&analysis.graph, analysis.resolution);
    format!(
        "{} nodes, {} edges, {} sites; {} references, {} unresolved; {} diagnostics",
        graph.nodes.len(),
        graph.edges.len(),
        graph.sites.len(),
        resolution.references,
        resolution.unresolved,
        analysis.diagnostics.len()
    )
}

/// Returns the peak memory of this process, as reported by Linux.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".into(), |l| l.trim().to_owned())
}
