//! The command line, with one file for each command. Nothing else prints.
//!
//! Invariants: results go to standard output or `--output`, everything else to standard error. The
//! exit code is 0 for success, 1 for findings of severity error, and 2 if the command could not
//! run. A reader that closes the pipe early (`| head`) is not an error. Text from the workspace is
//! escaped before a terminal gets it.

mod baseline;
mod can;
mod check;
#[cfg(feature = "history")]
mod commits;
#[cfg(feature = "history")]
mod coupling;
mod diagnostics;
#[cfg(feature = "history")]
mod drift;
#[cfg(feature = "history")]
mod evidence;
mod explain;
mod formats;
mod github;
mod graph;
#[cfg(feature = "history")]
mod history;
mod init;
mod metrics;
mod output;
mod page;
mod plan;
mod progress;
mod reports;
mod rules;
mod runner;
mod select;
mod sync;
pub mod timings;
mod why;

use std::{ffi::OsString, io::Write, mem::ManuallyDrop, path::PathBuf, process::ExitCode};

use anstream::ColorChoice;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::{
    base::{day::Day, text::Printable},
    session::{Error, Options, Project, ProjectFiles, RulesFrom, Session, cache},
};

/// Keeps a Rust modular monolith in the shape that its team decided on.
#[derive(Debug, Parser)]
#[command(name = "archlint", version)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Baseline(baseline::Arguments),
    Can(can::Arguments),
    #[cfg(feature = "history")]
    Coupling(coupling::Arguments),
    #[cfg(feature = "history")]
    Drift(drift::Arguments),
    #[cfg(feature = "history")]
    Evidence(Box<evidence::Arguments>),
    Explain(explain::Arguments),
    Graph(graph::Arguments),
    #[cfg(feature = "history")]
    History(history::Arguments),
    Init(init::Arguments),
    Metrics(metrics::Arguments),
    Rules(rules::Arguments),
    Sync(sync::Arguments),
    Why(why::Arguments),
}

/// The options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
struct Common {
    /// The manifest of the workspace or of a member [default: the nearest Cargo.toml in the current
    /// folder or above]
    #[arg(long, global = true, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    /// The configuration [default: archlint.toml at the workspace root]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colours; by default, on terminals, unless NO_COLOR or CLICOLOR says otherwise
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    color: Color,
    /// The number of threads [default: one for each core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// The folder of the cache [default: target/archlint at the workspace root]
    #[arg(long, global = true, value_name = "FOLDER", conflicts_with = "no_cache")]
    cache_dir: Option<PathBuf>,
    /// Analyse everything anew: neither read nor write the cache
    #[arg(long, global = true)]
    no_cache: bool,
    /// Print to standard error how long each stage took, and the messages of the cache
    #[arg(long, global = true)]
    timings: bool,
    /// Print the messages of the cache to standard error
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// The outcome of a command that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
}

/// Runs the command line `arguments`, the first of which is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match parse(arguments) {
        Ok(cli) => cli,
        Err(error) => return say_usage(&error),
    };
    choose_color(cli.common.color);
    let recording = timings::start(&cli.common);
    let outcome = match &cli.command {
        Command::Baseline(arguments) => baseline::run(arguments, &cli.common),
        Command::Can(arguments) => can::run(arguments, &cli.common),
        #[cfg(feature = "history")]
        Command::Drift(arguments) => drift::run(arguments, &cli.common),
        #[cfg(feature = "history")]
        Command::Coupling(arguments) => coupling::run(arguments, &cli.common),
        #[cfg(feature = "history")]
        Command::History(arguments) => history::run(arguments, &cli.common),
        #[cfg(feature = "history")]
        Command::Evidence(arguments) => evidence::run(arguments, &cli.common),
        Command::Explain(arguments) => explain::run(arguments, &cli.common),
        Command::Check(arguments) => check::run(arguments, &cli.common),
        Command::Graph(arguments) => graph::run(arguments, &cli.common),
        Command::Init(arguments) => init::run(arguments, &cli.common),
        Command::Metrics(arguments) => metrics::run(arguments, &cli.common),
        Command::Rules(arguments) => rules::run(arguments, &cli.common),
        Command::Sync(arguments) => sync::run(arguments, &cli.common),
        Command::Why(arguments) => why::run(arguments, &cli.common),
    };
    if let Some(recording) = recording {
        recording.print();
    }
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => say_error(&error),
    }
}

/// Parses the arguments. Cargo runs `cargo archlint check` as `cargo-archlint archlint check`.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = Cli::command();
    if arguments.get(1).is_some_and(|a| a == "archlint") {
        arguments.remove(1);
        command = command.bin_name("cargo archlint");
    }
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// Prints help, the version or a usage error, and returns the exit code. A failure to print cannot
/// be reported anywhere.
fn say_usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

fn say_error(error: &anyhow::Error) -> ExitCode {
    let mut err = runner::errors();
    let bold_red = "\u{1b}[1;31m";
    let _ = writeln!(err, "{bold_red}error\u{1b}[0m: {}", Printable(&error.to_string()));
    for cause in error.chain().skip(1) {
        let _ = writeln!(err, "  because {}", Printable(&cause.to_string()));
    }
    if let Some(broken) = error.chain().find_map(|cause| cause.downcast_ref::<Error>()?.of_manifest()) {
        let at = broken.position.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
        if let Some(file) = &broken.file {
            let _ = writeln!(err, "  --> {}{at}", Printable(&file.display().to_string()));
        }
        if let Some(help) = &broken.help {
            let _ = writeln!(err, "  = help: {}", Printable(help));
        }
    }
    ExitCode::from(2)
}

fn choose_color(color: Color) {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Opens the workspace, its configuration and its graph, with a progress line on terminals, and
/// prints the diagnostics. Errors in the configuration are returned.
///
/// The session is never dropped: the process ends with the command, and the operating system frees
/// all memory at once.
fn open(common: &Common, tests: bool) -> anyhow::Result<ManuallyDrop<Session>> {
    let session = open_quietly(common, tests)?;
    diagnostics::print(&session.analysis.diagnostics);
    Ok(session)
}

/// Does the same as [`open`] without printing the diagnostics of the source, which the caller
/// reports elsewhere.
fn open_quietly(common: &Common, tests: bool) -> anyhow::Result<ManuallyDrop<Session>> {
    open_with(options(common, tests))
}

/// Does the same as [`open_quietly`] with these options.
fn open_with(options: Options) -> anyhow::Result<ManuallyDrop<Session>> {
    let options = Options { leak: true, ..options };
    let project = Project::open(ProjectFiles::Disk, &options)?;
    diagnostics::refuse(&project, &project.mistakes)?;
    let session = {
        let _progress = progress::start("reading the workspace");
        project.read_source(&options)?
    };
    Ok(ManuallyDrop::new(session))
}

fn options(common: &Common, tests: bool) -> Options {
    Options {
        manifest_path: common.manifest_path.clone(),
        config: common.config.clone(),
        tests,
        exclude: Vec::new(),
        generated: Vec::new(),
        signatures: Vec::new(),
        without_methods: false,
        threads: common.threads.map(usize::from),
        today: given_day(),
        leak: false,
        cache: match &common.cache_dir {
            _ if common.no_cache => cache::Storage::Nowhere,
            Some(folder) => cache::Storage::Folder(folder.clone()),
            None => cache::Storage::Target,
        },
        rules_from: RulesFrom::default(),
        unsaved: Vec::new(),
    }
}

/// Returns the day given by `SOURCE_DATE_EPOCH`, which makes runs reproducible on any day
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn given_day() -> Option<Day> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok().map(Day::of_unix_time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn cargo_adds_a_word() {
        let parse = |line: &str| parse(line.split(' ').map(OsString::from)).map(|cli| cli.command);
        assert!(matches!(parse("cargo-archlint archlint check"), Ok(Command::Check(_))));
        assert!(matches!(parse("archlint graph --tests"), Ok(Command::Graph(_))));
        assert!(parse("archlint archlint archlint").is_err());
    }
}
