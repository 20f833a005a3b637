//! `archlint init`: writes a starting configuration that the current code satisfies.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Common, Outcome, diagnostics, options, output, progress, runner};
use crate::{
    base::{day::Day, text::Printable},
    judge::{
        check::waiver,
        config::FILE,
        init::{Draft, Source, by_hand, draft},
        rules::{UNREAD, finding::Status},
    },
};

/// Write an archlint.toml that passes today: the components and their dependencies
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Replace an existing file, unless it has rules or settings that a person wrote; `archlint sync`
    /// keeps these
    #[arg(long)]
    force: bool,
    /// Replace also a file with rules and settings that a person wrote, which are lost
    #[arg(long, requires = "force")]
    drop_rules: bool,
    /// Write to this file instead of archlint.toml at the workspace root
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let options = options(common, false);
    let analysis = {
        let _progress = progress::start("reading the workspace");
        crate::session::analyze(&options)?
    };
    let path = arguments.output.clone().unwrap_or_else(|| analysis.workspace.root.join(FILE));
    if !arguments.force && path.symlink_metadata().is_ok() {
        bail!(
            "`{}` already exists; `archlint sync` brings it up to the code, and `--force` replaces it",
            path.display()
        );
    }
    if !arguments.drop_rules {
        keep(&path, &analysis.workspace.root)?;
    }
    diagnostics::print(&analysis.diagnostics);
    let source = Source {
        diagnostics: &analysis.diagnostics,
        waivers: &analysis.waivers,
        today: options.today.unwrap_or_else(Day::today),
    };
    let draft = match draft(&analysis.graph, &analysis.workspace.packages, source) {
        Ok(draft) => draft,
        Err(mistakes) => {
            diagnostics::print(&mistakes);
            bail!("with these mistakes in `package.metadata.archlint`, no configuration can be checked");
        }
    };
    output::deliver(Some(&path), &analysis.workspace.root, |out| out.write_all(draft.text.as_bytes()))?;
    if let Some(note) = &draft.note {
        let note = format!("{note}: each component is a package, and `[components]` can declare finer ones");
        let _ = writeln!(runner::errors(), "\u{1b}[1mnote\u{1b}[0m: {note}");
    }
    let summary = format!("{}: {}\n", path.display(), summary(&draft));
    output::print(&summary)?;
    Ok(if draft.report.exit_code() == 0 { Outcome::Clean } else { Outcome::Findings })
}

/// Refuses to replace a file with rules that a person wrote, and names each of them.
fn keep(path: &Path, root: &Path) -> anyhow::Result<()> {
    let file = path.display().to_string();
    let unknown =
        || format!("`{file}` cannot be read, so its rules are not known; `--force --drop-rules` replaces it");
    let Some(bytes) = output::existing(path, root).with_context(unknown)? else { return Ok(()) };
    let text = String::from_utf8(bytes).with_context(unknown)?;
    let Ok(found) = by_hand(&text) else {
        bail!("`{file}` is not valid TOML, so its rules are not known; `--force --drop-rules` replaces it");
    };
    for (place, what) in &found {
        let (line, what) = (place.span.start.line, Printable(what));
        let _ = writeln!(runner::errors(), "{}:{line}: {what}", Printable(&file));
    }
    match found.len() {
        0 => Ok(()),
        _ => bail!(
            "`{file}` has rules and settings that would be lost, which are named above; `archlint sync` brings \
             the file up to the code and keeps them, and `--force --drop-rules` replaces it"
        ),
    }
}

fn summary(draft: &Draft) -> String {
    let counted =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let components = counted(draft.components, "component", "components");
    let dependencies = counted(draft.dependencies, "dependency", "dependencies");
    let verdict = match draft.report.findings.iter().filter(|f| f.status == Status::New).count() {
        0 => "archlint check passes".to_owned(),
        n => format!("archlint check has {}, from {}", counted(n, "finding", "findings"), causes(draft)),
    };
    format!("{components}, {dependencies}; {verdict}")
}

/// Describes the causes of findings with a draft.
fn causes(draft: &Draft) -> String {
    let new = || draft.report.findings.iter().filter(|f| f.status == Status::New);
    let waivers = new().filter(|f| f.code == waiver::CODE).count();
    let unread = new().filter(|f| f.code == UNREAD).count();
    let causes = [
        (waivers, "waivers that are left in the source (remove them, or write the rules that they name)"),
        (unread, "source that was not read"),
        (new().count() - waivers - unread, "declarations in manifests"),
    ];
    let causes: Vec<&str> = causes.iter().filter(|(count, _)| *count > 0).map(|(_, cause)| *cause).collect();
    causes.join(", and ")
}
