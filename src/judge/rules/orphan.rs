//! `[[orphan]]`: no module that nothing uses, and no file that no `mod` reaches.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, for_selected},
    violation::Violation,
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        pattern::{Selector, Term},
        place::Place,
        span::Span,
    },
    graph::{NodeId, NodeSet, package::OrphanFile},
    judge::config::{
        Config,
        fields::{Fields, FlagOrStrings},
        key::{Holds, Key},
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "orphan",
    summary: "every module is used, and every source file is reached by a `mod`",
    docs: "\
A module is used if a reference outside the module and its descendants names or defines something in
it or beneath it, or goes through a re-export there. Of nested orphans, the topmost is reported.
Crate roots count as used: by the users of the crate, or by cargo (tests, examples, benchmarks and
build scripts).

A module that is used only outside the workspace looks like an orphan, and so does a module that
only implements traits; exclude such modules with `!`.

A source file is reached by a `mod`, by an `include!`, or as the root of a target; test code and
every branch of a `cfg` count, even if they are otherwise left out. A file that is not reached is
never compiled, and was most likely forgotten. The rule examines files that a `mod` could name:
those beside a module, or in its folder. It ignores test data and other sources that lie elsewhere,
and a file whose name, or whose folder's name, occurs in a string in the sources or the manifest of
its package. `files = false` switches this half of the rule off; a list of globs defines the files
that must be reached, wherever they lie.",
    example: include_str!("../../../rules/orphan.toml"),
    keys: &[
        Key::new("modules", Holds::SelectorsOrNone, "the modules that must be used; default: all; []: none"),
        Key::new(
            "files",
            Holds::FlagOrStrings("file globs"),
            "the files that must be reached; default: true",
        ),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Orphan {
    modules: Selector,
    files: Files,
}

/// The files that a `mod` must reach.
#[derive(Debug)]
enum Files {
    None,
    /// The files that a `mod` could name.
    Likely,
    Matching(GlobSet),
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let all = || Selector { terms: Term::parse("**").into_iter().collect() };
    let modules = if fields.has("modules") { fields.selector_or_empty("modules") } else { Some(all()) };
    let files = read_files(fields);
    Some(Box::new(Orphan { modules: modules?, files: files? }))
}

fn read_files(fields: &mut Fields<'_>) -> Option<Files> {
    match fields.flag_or_strings("files") {
        None if fields.has("files") => None,
        None | Some(FlagOrStrings::Flag(true)) => Some(Files::Likely),
        Some(FlagOrStrings::Flag(false)) => Some(Files::None),
        Some(FlagOrStrings::Strings(globs)) => {
            fields.reject_empty("files", globs.is_empty());
            let mut set = GlobSetBuilder::new();
            for glob in &globs {
                match Glob::new(&glob.value) {
                    Ok(glob) => drop(set.add(glob)),
                    Err(error) => {
                        let error = Diagnostic::error(codes::GLOB_SYNTAX, error.kind().to_string());
                        fields.error(glob.place.say(error));
                    }
                }
            }
            set.build().ok().map(Files::Matching)
        }
    }
}

impl Rule for Orphan {
    fn reads(&self) -> Reads {
        Reads { files: !matches!(self.files, Files::None), ..Reads::GRAPH }
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("modules", &self.modules)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let graph = scene.architecture.graph;
        let modules = scene.architecture.select(&self.modules);
        let used = used(scene);
        // Whether each module is a reported orphan or below one.
        let mut lost = vec![false; graph.nodes.len()];
        let mut violations = Vec::new();
        // Children follow their parents.
        for (node, n) in graph.nodes.iter_enumerated() {
            let Some((module, above)) = n.module.as_ref().and_then(|m| Some((m, m.parent?))) else {
                continue;
            };
            let orphaned = modules.contains(node) && !used[node.index()] && !module.test;
            if orphaned && !lost[above.index()] {
                violations.push(violation(scene, node));
            }
            lost[node.index()] = orphaned || lost[above.index()];
        }
        violations.extend(scene.files.iter().filter(|f| self.has_to_be_reached(f)).map(unreached));
        violations
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        let files = match self.files {
            Files::None => None,
            _ => Some("every source file is reached by a `mod`"),
        };
        let modules = (!self.modules.terms.is_empty()).then_some("every module is used by another");
        modules.into_iter().chain(files).collect::<Vec<_>>().join(", and ")
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let has_to_be_used =
            |n: &NodeId| scene.architecture.module(*n).is_some_and(|m| m.parent.is_some() && !m.test);
        let nodes: Vec<NodeId> = nodes.iter().copied().filter(has_to_be_used).collect();
        let modules = scene.architecture.select(&self.modules);
        for_selected(&nodes, &modules, Topic::Must, |_| "be used by another module".to_owned()).collect()
    }
}

impl Orphan {
    fn has_to_be_reached(&self, file: &OrphanFile) -> bool {
        match &self.files {
            Files::None => false,
            Files::Likely => file.beside_modules,
            Files::Matching(globs) => globs.is_match(&file.path),
        }
    }
}

fn unreached(file: &OrphanFile) -> Violation {
    let path = &file.path;
    Violation {
        message: format!("no `mod` reaches `{path}`: it is never compiled"),
        subject: Some(path.clone()),
        places: vec![Place { file: path.as_str().into(), span: Span::new(1, 1, 1, 1) }],
        instead: Some("declare the module in the one above it, or remove the file".to_owned()),
        ..Violation::default()
    }
}

/// Returns for each module whether it is used from outside its subtree.
fn used(scene: &Scene<'_>) -> Vec<bool> {
    let graph = scene.architecture.graph;
    let mut used = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        mark(scene, &mut used, edge.from, edge.to);
        for site in &graph.sites[edge.sites.start as usize..edge.sites.end as usize] {
            let through = site.reexports.iter().flat_map(|chain| &graph.chains[*chain]).map(|r| r.module);
            for node in through.chain(site.named) {
                mark(scene, &mut used, edge.from, node);
            }
        }
    }
    used
}

/// Marks `to` and its ancestors as used by `from`, up to the one that contains both.
fn mark(scene: &Scene<'_>, used: &mut [bool], from: NodeId, to: NodeId) {
    let mut at = Some(to);
    while let Some(node) = at.filter(|node| !scene.architecture.is_within(from, *node)) {
        used[node.index()] = true;
        at = scene.architecture.module(node).and_then(|m| m.parent);
    }
}

fn violation(scene: &Scene<'_>, node: NodeId) -> Violation {
    Violation {
        message: format!("nothing uses {}", scene.quoted(node)),
        from: Some(node),
        places: scene.start_of(node).into_iter().collect(),
        ..Violation::default()
    }
}
