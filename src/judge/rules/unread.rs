//! Source that was not read. Without this rule, a check could pass although that source contains
//! violations.

use globset::{Glob, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic},
    violation::Violation,
};
use crate::{
    base::{diagnostic::Severity, pattern::Selector, place::Place},
    graph::{NodeId, NodeSet},
    judge::config::Config,
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "unread",
    summary: "all source is read",
    docs: "\
A file that does not parse, is not UTF-8, is missing or lies outside the workspace hides its
content, and so does a macro whose expansion reached a limit. No rule can find a violation there, so
each is a finding. `unread` under `[analysis]` sets the severity (default: error; without a
configuration: warn). `unread-except` lists globs of files that may be unreadable, such as
templates. A file that `exclude` matches is skipped intentionally, and is not a finding.",
    example: include_str!("../../../rules/unread.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let declared = config.analysis.unread.as_ref();
    let default = if config.present { Severity::Error } else { Severity::Warn };
    let mut except = GlobSetBuilder::new();
    for glob in &config.analysis.unread_except {
        except.add(Glob::new(&glob.value).ok()?);
    }
    Some(Implied {
        severity: declared.map_or(default, |unread| unread.value),
        place: declared.map(|unread| unread.place.clone()),
        rule: Box::new(Unread { except: except.build().ok()? }),
    })
}

#[derive(Debug)]
struct Unread {
    /// The files that may stay unread.
    except: GlobSet,
}

impl Rule for Unread {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let unread = scene.unread.iter().filter(|diagnostic| diagnostic.hides_source());
        let counted = unread.filter(|d| d.file.as_ref().is_none_or(|file| !self.except.is_match(file)));
        let mut counted = counted.peekable();
        if counted.peek().is_none() {
            return Vec::new();
        }
        let modules = modules_by_file(scene);
        let violation = |diagnostic: &crate::base::diagnostic::Diagnostic| {
            let file = diagnostic.file.as_deref();
            let place =
                file.map(|file| Place { file: file.into(), span: diagnostic.span.unwrap_or_default() });
            let of = file.map(|file| format!("`{file}`")).unwrap_or_else(|| "the workspace".to_owned());
            Violation {
                message: format!("not all of {of} was read: {}", diagnostic.message),
                from: file.and_then(|file| modules.get(file).copied()),
                subject: Some(format!("{}: {}", file.unwrap_or_default(), diagnostic.message)),
                instead: diagnostic.help.clone(),
                places: place.into_iter().collect(),
                ..Violation::default()
            }
        };
        counted.map(violation).collect()
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        "all source is read".to_owned()
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let modules = modules_by_file(scene);
        let hidden = scene.unread.iter().filter(|diagnostic| diagnostic.hides_source());
        let of_nodes = hidden.filter_map(|d| modules.get(d.file.as_deref()?).copied());
        let text = "be readable, and something of it was not read";
        of_nodes.filter(|node| nodes.contains(node)).map(|n| Advice::new(n, Topic::Must, text)).collect()
    }
}

/// Returns the first module of each file.
fn modules_by_file<'a>(scene: &Scene<'a>) -> FxHashMap<&'a str, NodeId> {
    let graph = scene.architecture.graph;
    let mut modules = FxHashMap::default();
    for (node, n) in graph.nodes.iter_enumerated() {
        if let Some(module) = &n.module {
            modules.entry(graph.files[module.file].as_str()).or_insert(node);
        }
    }
    modules
}
