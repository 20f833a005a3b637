//! The declared architecture applied to a graph: the component that owns each module, and the nodes
//! that a selector selects.
//!
//! Components own modules of the workspace, never external ones. Where components nest, the closest
//! description owns a module ([`Closeness`]). A test, example, benchmark or build script that no
//! component names belongs to the component of its package.

pub mod component;
pub mod granularity;
pub mod groups;
pub mod paths;
pub mod selection;

use std::sync::{Arc, OnceLock};

use index_vec::IndexVec;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use paths::Paths;
use selection::Selection;

use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        id::dense_id,
        name::Name,
        pattern::{Captured, Matcher, PathPattern, Segment, Selector, Term},
        suggest,
    },
    graph::{Graph, ModuleInfo, NodeId, NodeSet, package::TargetKind},
};
pub use component::{Closeness, Component};
pub use granularity::Granularity;

/// The number of components whose modules are found in parallel, before the closest are kept.
const AT_ONCE: usize = 64;

dense_id! {
    /// The index of a component among the components, sorted by name.
    pub struct ComponentId;
}

/// A graph with its declared components.
#[derive(Debug)]
pub struct Architecture<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The components, sorted by name.
    pub components: &'a [Component],
    owners: IndexVec<NodeId, Option<ComponentId>>,
    /// The modules of each component, in order.
    members: IndexVec<ComponentId, Vec<NodeId>>,
    pub(super) paths: Arc<Paths<'a>>,
    /// The selections of the terms that [`Architecture::prepare`] was given, by text.
    prepared: Arc<OnceLock<FxHashMap<String, Selection>>>,
}

impl<'a> Architecture<'a> {
    /// Applies `components` to `graph`. The diagnostics report each module that two components
    /// describe equally closely; the component whose name sorts first owns it. If the descriptions
    /// take more tests than [`MOST_TESTS`], no component owns a module, and the only diagnostic says so.
    ///
    /// `Setup::architecture` is the only caller, so that every command applies its components in
    /// the same way.
    pub(in crate::judge) fn new(graph: &'a Graph, components: &'a [Component]) -> (Self, Vec<Diagnostic>) {
        let mut paths = Paths::new(graph);
        // Evaluation only looks texts up, so every text that a selector may capture is interned
        // first.
        for text in components.iter().flat_map(names) {
            paths.texts.intern(text);
        }
        for module in graph.nodes.iter().filter_map(|n| n.module.as_ref()) {
            paths.texts.intern(&module.package);
        }
        let owners = IndexVec::from_vec(vec![None; graph.nodes.len()]);
        let members = IndexVec::from_vec(vec![Vec::new(); components.len()]);
        let (paths, prepared) = (Arc::new(paths), Arc::default());
        let mut architecture = Self { graph, components, owners, members, paths, prepared };
        if tests(components) > MOST_TESTS / graph.nodes.len().max(1) {
            return (architecture, vec![too_costly(components, graph)]);
        }
        let errors = architecture.assign();
        for (node, owner) in architecture.owners.iter_enumerated() {
            if let Some(owner) = owner {
                architecture.members[*owner].push(node);
            }
        }
        (architecture, errors)
    }

    /// Returns the architecture of `graph`, which has the nodes of this architecture's graph and
    /// other edges: with those by name ([`Graph::with_naming`]), or without some references
    /// ([`Graph::without`]). Owners and selections depend on nodes alone, so they are kept.
    pub fn with_edges_of<'b>(&self, graph: &'b Graph) -> Architecture<'b>
    where
        'a: 'b,
    {
        debug_assert_eq!(self.graph.nodes, graph.nodes, "the nodes are the same");
        Architecture {
            graph,
            components: self.components,
            owners: self.owners.clone(),
            members: self.members.clone(),
            paths: Arc::clone(&self.paths),
            prepared: Arc::clone(&self.prepared),
        }
    }

    /// Returns the index of the component that owns `node`.
    pub fn owner(&self, node: NodeId) -> Option<ComponentId> {
        self.owners[node]
    }

    /// Returns the component that owns `node`.
    pub fn component(&self, node: NodeId) -> Option<&'a Component> {
        self.owners[node].map(|id| &self.components[id.index()])
    }

    /// Returns the modules that `component` owns, in order.
    pub fn modules(&self, component: ComponentId) -> &[NodeId] {
        &self.members[component]
    }

    /// Returns each component with the modules that it owns, in order.
    pub fn memberships(&self) -> impl Iterator<Item = (&'a Component, &[NodeId])> {
        self.components.iter().zip(self.members.iter().map(Vec::as_slice))
    }

    /// Returns the text of the interned `name`, as it occurs in bindings.
    pub fn text(&self, name: Name) -> &str {
        self.paths.texts.text(name)
    }

    /// Returns the module that `node` represents, or `None` if the node is external.
    pub fn module(&self, node: NodeId) -> Option<&'a ModuleInfo> {
        self.graph.nodes[node].module.as_ref()
    }

    /// Returns whether `node` is `ancestor` or lies below it in the module tree.
    pub fn is_within(&self, node: NodeId, ancestor: NodeId) -> bool {
        self.graph.is_within(node, ancestor)
    }

    /// Evaluates all terms of `selectors` at once, on all threads, so that selecting by them costs
    /// little. Only the first call does so.
    pub fn prepare<'s>(&self, selectors: impl IntoIterator<Item = &'s Selector>) {
        if self.prepared.get().is_some() {
            return;
        }
        let mut terms: Vec<&Term> = selectors.into_iter().flat_map(|s| &s.terms).collect();
        terms.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        terms.dedup_by(|a, b| a.text == b.text);
        let evaluated: Vec<(String, Selection)> =
            terms.par_iter().map(|term| (term.text.clone(), self.evaluate(&term.matcher))).collect();
        // Not by `get_or_init`: while it waits in there, a thread of the pool may be given a job
        // that needs the same lock.
        let _ = self.prepared.set(evaluated.into_iter().collect());
    }

    /// Returns the nodes that `selector` selects. Exclusions apply last, wherever they are written.
    pub fn select(&self, selector: &Selector) -> Selection {
        let mut selection = Selection::empty(self.graph.nodes.len());
        for exclude in [false, true] {
            for term in selector.terms.iter().filter(|t| t.exclude == exclude) {
                self.with_term(term, |found| match exclude {
                    false => selection.unite(found),
                    true => selection.subtract(found),
                });
            }
        }
        selection
    }

    /// Returns whether `term` matches no node.
    pub fn is_dead(&self, term: &Term) -> bool {
        self.with_term(term, Selection::is_empty)
    }

    /// Returns whether `term` matches a module of the workspace.
    pub fn has_modules(&self, term: &Term) -> bool {
        self.with_term(term, |found| found.iter().any(|node| self.module(node).is_some()))
    }

    fn with_term<R>(&self, term: &Term, then: impl FnOnce(&Selection) -> R) -> R {
        match self.prepared.get().and_then(|prepared| prepared.get(&term.text)) {
            Some(selection) => then(selection),
            None => then(&self.evaluate(&term.matcher)),
        }
    }

    pub(super) fn evaluate(&self, matcher: &Matcher) -> Selection {
        match matcher {
            Matcher::Path(pattern) => self.select_path(pattern),
            Matcher::Component(name) | Matcher::Layer(name) | Matcher::Tag(name) | Matcher::Package(name) => {
                self.by_name(name, self.named(matcher).into_iter())
            }
        }
    }

    /// Returns the modules that a term other than a path selects, each with the name that matched.
    pub(super) fn named(&self, matcher: &Matcher) -> Vec<(NodeId, &str)> {
        match matcher {
            Matcher::Component(name) => self.owned(name, |c| vec![&c.name]),
            Matcher::Layer(name) => self.owned(name, |c| c.layer.iter().collect()),
            Matcher::Tag(name) => self.owned(name, |c| c.tags.iter().collect()),
            Matcher::Package(name) => self.in_packages(name),
            Matcher::Path(_) => Vec::new(),
        }
    }

    fn select_path(&self, pattern: &PathPattern) -> Selection {
        let matches = self.paths.matches(pattern);
        let len = self.graph.nodes.len();
        if pattern.has_captures() {
            let bind = |node| self.paths.bindings(pattern, node).into_iter().map(move |b| (node, b));
            return Selection::bound(len, matches.into_iter().flat_map(|m| bind(m.node)).collect());
        }
        let mut selection = Selection::empty(len);
        selection.nodes.extend(matches.iter().map(|m| m.node));
        selection
    }

    /// Returns the modules of the components that have a matching attribute, each with that
    /// attribute.
    fn owned<'c>(
        &'c self,
        pattern: &Segment,
        attributes: impl Fn(&'c Component) -> Vec<&'c String>,
    ) -> Vec<(NodeId, &'c str)> {
        let matching = |c: &'c Component| attributes(c).into_iter().filter(|text| pattern.matches(text));
        let components = self.components.iter().zip(&self.members);
        let named = components.flat_map(|(component, modules)| {
            matching(component).flat_map(move |text| modules.iter().map(move |node| (*node, text.as_str())))
        });
        named.collect()
    }

    fn in_packages(&self, pattern: &Segment) -> Vec<(NodeId, &str)> {
        let packages = self.graph.nodes.iter_enumerated().filter_map(|(i, n)| Some((i, n.module.as_ref()?)));
        packages.map(|(i, m)| (i, m.package.as_str())).filter(|(_, name)| pattern.matches(name)).collect()
    }

    /// Returns the selection of `nodes`, each given with the name that matched, which `pattern` may
    /// capture.
    fn by_name<'n>(&self, pattern: &Segment, nodes: impl Iterator<Item = (NodeId, &'n str)>) -> Selection {
        let len = self.graph.nodes.len();
        let Some(capture) = pattern.capture() else {
            let mut selection = Selection::empty(len);
            selection.nodes.extend(nodes.map(|(node, _)| node));
            return selection;
        };
        let bind = |(node, text): (NodeId, &str)| -> Option<(NodeId, Captured<Name>)> {
            Some((node, vec![(capture.to_owned(), self.paths.texts.get(text)?)]))
        };
        Selection::bound(len, nodes.filter_map(bind).collect())
    }

    fn assign(&mut self) -> Vec<Diagnostic> {
        let mut best: IndexVec<NodeId, Option<(Closeness, ComponentId)>> =
            IndexVec::from_vec(vec![None; self.graph.nodes.len()]);
        let mut rivals: Vec<(ComponentId, ComponentId, NodeId, Closeness)> = Vec::new();
        let ids: Vec<ComponentId> = (0..self.components.len()).map(ComponentId::from_usize).collect();
        for ids in ids.chunks(AT_ONCE) {
            let of = |&id: &ComponentId| (id, self.claims(&self.components[id.index()]));
            let claims: Vec<_> = ids.par_iter().map(of).collect();
            let claims = claims.into_iter().flat_map(|(id, all)| all.into_iter().map(move |of| (id, of)));
            for (id, (node, close)) in claims {
                match best[node] {
                    Some((other, owner)) if other == close => rivals.push((owner, id, node, close)),
                    Some((other, _)) if other > close => {}
                    _ => best[node] = Some((close, id)),
                }
            }
        }
        rivals.retain(|(_, _, node, close)| best[*node].is_some_and(|(won, _)| won == *close));
        for (node, won) in best.iter_enumerated() {
            self.owners[node] = won.map(|(_, id)| id);
        }
        self.adopt_targets();
        rivals.sort_unstable();
        rivals.dedup_by_key(|(a, b, ..)| (*a, *b));
        rivals.iter().map(|(a, b, node, _)| self.rivalry(*a, *b, *node)).collect()
    }

    /// Returns the modules that `component` describes, each once, with the closest description.
    fn claims(&self, component: &Component) -> Vec<(NodeId, Closeness)> {
        let mut claims: Vec<(NodeId, Closeness)> = Vec::new();
        let mut excluded = NodeSet::empty(self.graph.nodes.len());
        for term in &component.modules.terms {
            if term.exclude {
                excluded.unite(&self.evaluate(&term.matcher).nodes);
            } else if let Matcher::Path(pattern) = &term.matcher {
                let matches = self.paths.matches(pattern).into_iter();
                claims.extend(matches.map(|m| (m.node, Closeness::new(term, m.depth))));
            } else {
                let nodes = self.evaluate(&term.matcher);
                claims.extend(nodes.iter().map(|node| (node, Closeness::new(term, 0))));
            }
        }
        claims.retain(|(node, _)| self.module(*node).is_some() && !excluded.contains(*node));
        claims.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
        claims.dedup_by_key(|(node, _)| *node);
        claims
    }

    fn rivalry(&self, a: ComponentId, b: ComponentId, node: NodeId) -> Diagnostic {
        let (a, b) = (&self.components[a.index()], &self.components[b.index()]);
        let module = &self.graph.nodes[node].id;
        let message = format!("`{module}` belongs to `{}` and to `{}` alike", a.name, b.name);
        let error = Diagnostic::error(codes::COMPONENT_OVERLAP, message);
        b.modules_place.say(error.help("make one of the two say it more closely, or exclude it with `!`"))
    }

    /// Assigns the test targets and build scripts that no component names to the component of their
    /// package's library or, without one, of its binary.
    fn adopt_targets(&mut self) {
        let mut of_package: FxHashMap<&str, ComponentId> = FxHashMap::default();
        for kind in [TargetKind::Bin, TargetKind::ProcMacro, TargetKind::Lib] {
            for (node, n) in self.graph.nodes.iter_enumerated() {
                let root = n.module.as_ref().filter(|m| m.target == kind && m.path.is_empty());
                if let (Some(root), Some(owner)) = (root, self.owners[node]) {
                    of_package.insert(&root.package, owner);
                }
            }
        }
        for (node, n) in self.graph.nodes.iter_enumerated() {
            let Some(module) = &n.module else { continue };
            if self.owners[node].is_none() && (module.target.is_test() || module.target == TargetKind::Build)
            {
                self.owners[node] = of_package.get(module.package.as_str()).copied();
            }
        }
    }

    /// Returns a suggestion ("did you mean …?") for a term that matches nothing.
    pub fn suggestion(&self, term: &Term) -> Option<String> {
        let text = match &term.matcher {
            Matcher::Path(pattern) => {
                let swap = |unknown: &str, known: &[&str]| {
                    let better = suggest::closest(unknown, known.iter().copied())?;
                    Some(replace_segment(&term.text, unknown, better))
                };
                self.paths.repair(pattern, swap)
            }
            Matcher::Package(Segment::Literal(name)) => {
                let modules = self.graph.nodes.iter().filter_map(|n| n.module.as_ref());
                suggest::closest(name, modules.map(|m| m.package.as_str())).map(|p| format!("package:{p}"))
            }
            _ => None,
        };
        text.map(|t| format!("did you mean `{t}`?"))
    }
}

/// Returns `text` with the first whole segment equal to `unknown` replaced by `better`.
fn replace_segment(text: &str, unknown: &str, better: &str) -> String {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '*'));
    let whole = |at: &usize| {
        is_edge(text[..*at].chars().next_back()) && is_edge(text[at + unknown.len()..].chars().next())
    };
    match text.match_indices(unknown).map(|(at, _)| at).find(whole) {
        Some(at) => format!("{}{better}{}", &text[..at], &text[at + unknown.len()..]),
        None => better.to_owned(),
    }
}

/// The maximum number of tests of a segment with a wildcard against a module that components may take.
const MOST_TESTS: usize = 100_000_000;

/// Returns the number of tests against each module that evaluating `components` takes.
fn tests(components: &[Component]) -> usize {
    let selectors = components.iter().flat_map(|c| [Some(&c.modules), c.exposes.as_ref()]).flatten();
    selectors.flat_map(|selector| &selector.terms).map(Term::tests).sum()
}

fn too_costly(components: &[Component], graph: &Graph) -> Diagnostic {
    let message = format!(
        "{} components with wildcards and {} modules take more than {MOST_TESTS} tests of the ones against the others",
        components.iter().filter(|component| tests(std::slice::from_ref(component)) > 0).count(),
        graph.nodes.len()
    );
    Diagnostic::error(codes::COMPONENT_COST, message)
        .help("describe components by paths without wildcards, such as `shop::billing`")
}

/// Returns every text of a component that a selector may capture.
fn names(component: &Component) -> impl Iterator<Item = &String> {
    std::iter::once(&component.name).chain(&component.layer).chain(&component.tags)
}

#[cfg(test)]
mod tests;
