//! The rules of a project, on the graph of an analysis: checks, and the answers to questions.

use std::{borrow::Cow, collections::HashSet};

use super::Project;
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        span::Span,
        waiver::Waiver,
    },
    graph::{Graph, NodeId, Site, package::OrphanFile},
    judge::{
        architecture::Architecture,
        check::{
            self, Report, Setup, Subject, baseline,
            causes::{self, Cause, Cut},
            guide::{self, Guide},
            waiver,
        },
        config,
        sync::{self, Synced},
    },
    rust::{
        orphans,
        resolve::{self, FactsSource},
    },
    session::{
        Checked,
        analysis::{self, Analysis},
    },
};

impl Project {
    /// Applies the declared components to `graph` ([`Setup::architecture`]).
    pub fn architecture<'a>(&'a self, graph: &'a Graph) -> (Architecture<'a>, Vec<Diagnostic>) {
        self.setup.architecture(graph)
    }

    /// Runs the rules on `analysis`, then applies the waivers in the source and the baseline.
    /// `architecture` is that of the graph of `analysis`. The second result is further mistakes, as
    /// for [`Project::architecture`].
    pub fn check(&self, analysis: &Analysis, architecture: &Architecture<'_>) -> (Report, Vec<Diagnostic>) {
        let (mut report, mistakes) = self.check_without_baseline(analysis, architecture);
        baseline::apply(self.baseline.as_ref(), self.setup.config.stale, &mut report);
        (report, mistakes)
    }

    /// Does the same as [`Project::check`] without applying the baseline.
    pub fn check_without_baseline(
        &self,
        analysis: &Analysis,
        architecture: &Architecture<'_>,
    ) -> (Report, Vec<Diagnostic>) {
        self.on(analysis, architecture, &self.setup, |subject| {
            let (mut report, mistakes) = check::run(subject, &self.setup);
            waiver::apply(&mut report, &analysis.waivers, &self.setup, self.today, subject);
            (report, mistakes)
        })
    }

    /// Returns the changes that bring the configuration up to the code of `analysis`. Without a
    /// configuration, there is nothing to change.
    ///
    /// # Errors
    /// Returns the mistakes of the configuration that only the code reveals.
    pub fn sync(&self, analysis: &Analysis) -> Result<Synced, Vec<Diagnostic>> {
        let subject = Subject {
            graph: &analysis.graph,
            architecture: None,
            packages: &self.workspace.packages,
            files: &[],
            diagnostics: &analysis.diagnostics,
            unresolved: &[],
            unknown: 0,
        };
        let Some(input) = self.declared(subject, &analysis.waivers) else { return Ok(Synced::default()) };
        self.pool.install(|| sync::sync(input))
    }

    /// Returns the changes that add to the declared dependencies of components, each given as the
    /// names of two components.
    ///
    /// # Errors
    /// Returns why a dependency cannot be declared.
    pub fn declare(&self, pairs: &[(String, String)]) -> Result<Synced, String> {
        let nothing = Graph::default();
        let subject = Subject { packages: &self.workspace.packages, ..Subject::from(&nothing) };
        self.declared(subject, &[]).map_or_else(|| Ok(Synced::default()), |input| sync::add(input, pairs))
    }

    fn declared<'a>(
        &'a self,
        subject: Subject<'a>,
        waivers: &'a [(String, Waiver)],
    ) -> Option<sync::Input<'a>> {
        let (name, text) = self.texts.first_key_value()?;
        Some(sync::Input {
            subject,
            waivers,
            baseline: self.baseline.as_ref(),
            today: self.today,
            file: config::File { name, text },
            files: &*self.files,
        })
    }

    /// Returns the dependencies without which the most new findings of `report` go, and how many go, by
    /// checking again without them; `None` if few go.
    pub fn cut(
        &self,
        analysis: &Analysis,
        architecture: &Architecture<'_>,
        report: &Report,
        causes: &[Cause<'_>],
    ) -> Option<Cut> {
        let largest = causes::largest(causes);
        if largest.is_empty() {
            return None;
        }
        let sites = largest.iter().flat_map(|cause| cause.sites);
        let cut: HashSet<(&str, Span)> = sites.map(|site| (site.file.as_str(), site.span)).collect();
        let graph = architecture.graph;
        let is_cut = |site: &Site| cut.contains(&(graph.files[site.file].as_str(), site.span));
        let without = graph.without(is_cut);
        let (after, _) = self.check(analysis, &architecture.with_edges_of(&without));
        causes::cut(&largest, report, &after)
    }

    /// Checks `analysis` with the components, the rules and the baseline of another project, without
    /// applying the waivers in the source.
    pub fn check_by<'a>(&self, other: &'a Self, analysis: &'a Analysis) -> Checked<'a> {
        let (architecture, mut mistakes) = other.architecture(&analysis.graph);
        // With overlapping components, the rules have a result; without any component, they have none.
        let has_none = mistakes.iter().any(|mistake| mistake.code == codes::COMPONENT_COST);
        let run = |subject: Subject<'_>| match has_none {
            false => check::run(subject, &other.setup),
            true => (Report::of_nothing(&other.setup), Vec::new()),
        };
        let (mut report, more) = self.on(analysis, &architecture, &other.setup, run);
        baseline::apply(other.baseline.as_ref(), other.setup.config.stale, &mut report);
        mistakes.extend(more);
        Checked { architecture, report, mistakes }
    }

    /// Collects the consequences of the rules for `nodes` of `analysis`. The second result is the
    /// same as that of [`Project::check`].
    pub fn guide(
        &self,
        analysis: &Analysis,
        architecture: &Architecture<'_>,
        nodes: &[NodeId],
    ) -> (Guide, Vec<Diagnostic>) {
        let subject = self.subject(analysis, architecture, &[]);
        self.pool.install(|| guide::guide(subject, &self.setup, nodes))
    }

    /// Returns whether the modules `from` may depend on the nodes `to`. The second result is the
    /// mistakes of the configuration that only a graph reveals.
    pub fn may_depend(
        &self,
        analysis: &Analysis,
        architecture: &Architecture<'_>,
        from: &[NodeId],
        to: &[NodeId],
    ) -> (guide::Answer, Vec<Diagnostic>) {
        let subject = self.subject(analysis, architecture, &[]);
        self.pool.install(|| guide::may_depend(subject, &self.setup, from, to))
    }

    /// Runs `work` on the project's threads, with the inputs of the rules of `setup`.
    fn on<T: Send>(
        &self,
        analysis: &Analysis,
        architecture: &Architecture<'_>,
        setup: &Setup,
        work: impl FnOnce(Subject<'_>) -> (T, Vec<Diagnostic>) + Send,
    ) -> (T, Vec<Diagnostic>) {
        self.pool.install(|| {
            let (files, of_files) = self.orphans(analysis, setup);
            // A folder that was not listed is source that was not read.
            let (unlisted, mut mistakes): (Vec<_>, Vec<_>) =
                of_files.into_iter().partition(|d| d.severity < Severity::Error);
            let mut unread = Cow::Borrowed(analysis.diagnostics.as_slice());
            if !unlisted.is_empty() {
                unread.to_mut().extend(unlisted);
            }
            let subject = self.subject(analysis, architecture, &files);
            let (done, more) = work(Subject { diagnostics: &unread, ..subject });
            mistakes.extend(more);
            (done, mistakes)
        })
    }

    /// Returns the input of the rules.
    fn subject<'a>(
        &'a self,
        analysis: &'a Analysis,
        architecture: &'a Architecture<'a>,
        files: &'a [OrphanFile],
    ) -> Subject<'a> {
        Subject {
            graph: architecture.graph,
            architecture: Some(architecture),
            packages: &self.workspace.packages,
            files,
            diagnostics: &analysis.diagnostics,
            unresolved: &analysis.unresolved,
            unknown: (analysis.resolution.methods.unknown + analysis.resolution.fields.unknown) as usize,
        }
    }

    /// Returns the files that no `mod` reaches, if a rule needs them.
    fn orphans(&self, analysis: &Analysis, setup: &Setup) -> (Vec<OrphanFile>, Vec<Diagnostic>) {
        if !setup.wants_files() {
            return Default::default();
        }
        match analysis::exclude_globs(&self.exclude) {
            Ok(globs) => {
                let extracted = resolve::Extracted(&*self.files);
                let facts = self.facts.as_deref().map_or(&extracted as &dyn FactsSource, |facts| facts);
                orphans::orphans(&self.workspace, &*self.files, facts, &globs, &analysis.graph)
            }
            Err(error) => (Vec::new(), vec![Diagnostic::error(codes::GLOB_SYNTAX, error.to_string())]),
        }
    }
}
