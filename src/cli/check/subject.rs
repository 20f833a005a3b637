//! The subject of a check: the whole workspace, some of its files, a buffer that is not saved, or a
//! change.

use std::{
    collections::BTreeMap,
    io::{self, Read as _},
    mem::ManuallyDrop,
    path::PathBuf,
};

use anyhow::{Context as _, bail};

use super::super::{open_with, select};
use crate::{
    base::{files, path, text::Printable},
    judge::check::Report,
    session::{Options, Session, Unsaved},
};
#[cfg(feature = "history")]
use crate::{cli::progress, session::since};

/// The subject of a check; by default the workspace.
#[derive(Debug, clap::Args)]
pub struct Subject {
    /// Report only the findings about these files and folders; the others are counted, and do not fail
    /// the check
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Read the content of this file from standard input: an editor's buffer that is not saved
    #[arg(long, value_name = "PATH")]
    stdin_file: Option<PathBuf>,
    /// Report only what is new since this revision: findings that it has count as known
    #[cfg(feature = "history")]
    #[arg(long, value_name = "REV", conflicts_with = "stdin_file")]
    since: Option<String>,
    /// Report what the change newly permits, too: waivers, entries of the baseline, weaker rules
    #[cfg(feature = "history")]
    #[arg(long, requires = "since")]
    permissions: bool,
}

/// A session, and the marking of the findings that are not new.
pub struct Opened {
    /// The session, which is never dropped ([`open_with`]).
    pub session: ManuallyDrop<Session>,
    /// Marks the findings that a revision has.
    pub mark: Option<Mark>,
}

/// Marks the findings of a report that a revision has.
type Mark = Box<dyn FnOnce(&mut Report)>;

impl Subject {
    /// Returns whether the subject is the workspace as it is on disk.
    pub fn is_workspace(&self) -> bool {
        #[cfg(feature = "history")]
        if self.since.is_some() {
            return false;
        }
        self.paths.is_empty() && self.stdin_file.is_none()
    }

    /// Opens the workspace and, if the check is about a change, compares it with the revision.
    pub fn open(&self, options: &Options) -> anyhow::Result<Opened> {
        #[cfg(feature = "history")]
        if let Some(revision) = &self.since {
            let _progress = progress::start("reading both sides");
            let (session, compared) = since::since(options, revision)?;
            let permissions = self.permissions;
            let mark = move |report: &mut Report| compared.apply(report, permissions);
            return Ok(Opened { session: ManuallyDrop::new(session), mark: Some(Box::new(mark)) });
        }
        let session = open_with(Options { unsaved: self.unsaved()?, ..options.clone() })?;
        Ok(Opened { session, mark: None })
    }

    /// Reads the content of the file that is not saved.
    fn unsaved(&self) -> anyhow::Result<Vec<Unsaved>> {
        let Some(path) = self.stdin_file.clone() else { return Ok(Vec::new()) };
        let most = files::largest(&path.to_string_lossy());
        let mut content = Vec::new();
        io::stdin()
            .lock()
            .take(most + 1)
            .read_to_end(&mut content)
            .context("standard input cannot be read")?;
        if content.len() as u64 > most {
            bail!("standard input is larger than {most} bytes, the limit for such a file");
        }
        Ok(vec![Unsaved { path, content }])
    }

    /// Keeps the findings about the paths; all if there are none.
    pub fn narrow(&self, report: &mut Report, session: &Session) -> anyhow::Result<()> {
        if self.paths.is_empty() {
            return Ok(());
        }
        let root = &session.workspace().root;
        let asked = self.paths.iter().map(|written| match select::on_disk(root, written) {
            Some((path, _)) => Ok(path),
            None => bail!("there is no file or folder `{}`, here or in the workspace", Printable(written)),
        });
        let asked: Vec<String> = asked.collect::<anyhow::Result<_>>()?;
        let graph = session.graph();
        let modules = graph.nodes.iter().filter_map(|node| Some((node, node.module.as_ref()?)));
        let files: BTreeMap<&str, &str> =
            modules.map(|(node, module)| (node.id.as_str(), graph.files[module.file].as_str())).collect();
        let is_asked = |file: &str| asked.iter().any(|path| path::is_within(file, path));
        report.keep_about(&is_asked, &|module| files.get(module).copied());
        Ok(())
    }
}
