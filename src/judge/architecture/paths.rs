//! The paths of a graph's nodes as interned segments, and the matching of path patterns against
//! them.

use std::{collections::BTreeMap, ops::Range, sync::OnceLock};

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::{
    base::{
        name::{Name, Names},
        order::Order as _,
        pattern::{Captured, PathPattern, Segment, Targets},
    },
    graph::{Graph, Node, NodeId, package::TargetKind},
};

/// The path of every node, in segments.
#[derive(Debug)]
pub struct Paths<'a> {
    nodes: &'a IndexVec<NodeId, Node>,
    /// The crates that each alternative name of a crate refers to.
    aliases: &'a BTreeMap<String, Vec<String>>,
    /// The texts of the interned segments.
    pub texts: Names,
    segments: Vec<Name>,
    /// The index of each node's first segment, followed by the total number of segments.
    starts: Vec<u32>,
    /// The number of modules; external nodes follow the modules.
    modules: usize,
    /// The modules whose ids contain segments that selectors spell differently ([`plain`]). Ids
    /// cannot be searched for them by prefix, so these nodes are always candidates.
    odd: Vec<usize>,
    /// The nodes whose paths contain a segment, by segment; used for patterns that do not start
    /// with a literal.
    postings: OnceLock<FxHashMap<Name, Vec<u32>>>,
}

/// A node that a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The node.
    pub node: NodeId,
    /// The number of leading segments of the node's path that the pattern matched.
    pub depth: usize,
}

/// A segment of a pattern, compared by interned name where possible.
enum Wanted<'p> {
    /// A literal. `None` is a text that occurs in no path, so it matches nothing.
    Exactly(Option<Name>),
    Like(&'p Segment),
}

impl<'a> Paths<'a> {
    /// Collects the paths of `graph`'s nodes.
    pub fn new(graph: &'a Graph) -> Self {
        let modules = graph.nodes.iter().take_while(|n| n.module.is_some()).count();
        let mut paths = Self {
            nodes: &graph.nodes,
            aliases: &graph.aliases,
            texts: Names::default(),
            segments: Vec::new(),
            starts: vec![0],
            postings: OnceLock::new(),
            modules,
            odd: graph
                .nodes
                .iter()
                .enumerate()
                .filter(|(_, n)| n.module.is_some() && n.id.contains(['#', '@']))
                .map(|(i, _)| i)
                .collect(),
        };
        let mut previous: Vec<(&str, Name)> = Vec::new();
        for node in &graph.nodes {
            paths.push(node, &mut previous);
        }
        paths
    }

    /// Appends a node's segments. Neighbours in sorted order share most of their segments, so those
    /// that `previous` holds need no hashing.
    fn push<'n>(&mut self, node: &'n Node, previous: &mut Vec<(&'n str, Name)>) {
        let mut shared = true;
        for (i, text) in own_path(node).split("::").enumerate() {
            let text = if node.module.is_some() { plain(text) } else { outside(text) };
            shared = shared && previous.get(i).is_some_and(|(p, _)| *p == text);
            if !shared {
                previous.truncate(i);
                previous.push((text, self.texts.intern(text)));
            }
            self.segments.push(previous[i].1);
        }
        previous.truncate(self.segments.len() - self.starts[self.starts.len() - 1] as usize);
        self.starts.push(self.segments.len() as u32);
    }

    fn segments(&self, node: usize) -> &[Name] {
        &self.segments[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Returns the nodes that `pattern` matches, in order; captures count as `*`. The first segment
    /// may be an alternative name of a crate.
    pub fn matches(&self, pattern: &PathPattern) -> Vec<Match> {
        let mut found = self.matches_as_written(pattern);
        for meant in self.meant(pattern) {
            found.extend(self.matches_as_written(&meant));
        }
        found.order_by_key(|m| m.node);
        found.dedup_by_key(|m| m.node);
        found
    }

    /// Returns the patterns that `pattern` stands for if its first segment is an alternative name
    /// of crates.
    fn meant(&self, pattern: &PathPattern) -> Vec<PathPattern> {
        let Some(Segment::Literal(first)) = pattern.segments.first() else { return Vec::new() };
        let names = self.aliases.get(first).into_iter().flatten();
        let meant = names.map(|name| {
            let mut pattern = pattern.clone();
            pattern.segments[0] = Segment::Literal(name.clone());
            pattern
        });
        meant.collect()
    }

    fn matches_as_written(&self, pattern: &PathPattern) -> Vec<Match> {
        let wanted = self.compile(pattern);
        let mut found = Vec::new();
        for node in self.candidates(pattern) {
            let path = self.segments(node);
            let depth = pattern.matched_length(path.len(), |i, j| self.admits(&wanted[i], path[j]));
            found.extend(depth.map(|depth| Match { node: NodeId::from_usize(node), depth }));
        }
        found
    }

    /// Returns the ways in which `pattern` binds its captures on the path of `node`.
    pub fn bindings(&self, pattern: &PathPattern, node: NodeId) -> Vec<Captured<Name>> {
        let path = self.segments(node.index());
        let bind = |pattern: &PathPattern| {
            let wanted = self.compile(pattern);
            pattern.bindings(path, |i, j| self.admits(&wanted[i], path[j]))
        };
        let mut bindings = bind(pattern);
        bindings.extend(self.meant(pattern).iter().flat_map(bind));
        bindings
    }

    fn compile<'p>(&self, pattern: &'p PathPattern) -> Vec<Wanted<'p>> {
        let compile = |segment: &'p Segment| match segment {
            Segment::Literal(text) => Wanted::Exactly(self.texts.get(text)),
            other => Wanted::Like(other),
        };
        pattern.segments.iter().map(compile).collect()
    }

    fn admits(&self, wanted: &Wanted<'_>, segment: Name) -> bool {
        match wanted {
            Wanted::Exactly(name) => *name == Some(segment),
            Wanted::Like(pattern) => pattern.matches(self.texts.text(segment)),
        }
    }

    /// Returns the nodes of the right targets that may match, in order.
    fn candidates(&self, pattern: &PathPattern) -> Vec<usize> {
        let literal = pattern.literal_prefix().collect::<Vec<_>>().join("::");
        let anywhere = literal.is_empty().then(|| self.rarest(pattern)).flatten();
        let mut nodes = match anywhere {
            Some(nodes) => nodes.iter().map(|n| *n as usize).collect(),
            None => self.beneath(&literal, pattern.targets),
        };
        nodes.retain(|i| in_targets(&self.nodes.raw[*i], pattern.targets));
        nodes
    }

    /// Returns the nodes whose ids start with the literal prefix of a pattern, and the `odd` ones.
    /// Ids are sorted, so each prefix is one range.
    fn beneath(&self, literal: &str, targets: Targets) -> Vec<usize> {
        let prefixes = match targets {
            Targets::Only(kind) => vec![format!("{kind}:{literal}")],
            Targets::LibrariesAndBinaries if literal.is_empty() => vec![String::new()],
            Targets::LibrariesAndBinaries => vec![literal.to_owned(), format!("bin:{literal}")],
        };
        let mut ranges: Vec<Range<usize>> = prefixes.iter().map(|p| self.range(0..self.modules, p)).collect();
        ranges.push(self.range(self.modules..self.nodes.len(), literal));
        ranges.order_by_key(|r| r.start);
        let mut nodes: Vec<usize> = ranges.into_iter().flatten().collect();
        if !self.odd.is_empty() {
            nodes.extend(&self.odd);
            nodes.sort_unstable();
            nodes.dedup();
        }
        nodes
    }

    /// Returns the nodes whose paths contain the rarest of the pattern's literal segments, in
    /// order; `None` if the pattern has no literal segment.
    fn rarest(&self, pattern: &PathPattern) -> Option<&[u32]> {
        let postings = self.postings.get_or_init(|| self.posted());
        let literals = pattern.segments.iter().filter_map(|s| match s {
            Segment::Literal(text) => Some(text),
            _ => None,
        });
        let nodes = |text| self.texts.get(text).and_then(|name| postings.get(&name)).map_or(&[][..], |n| n);
        literals.map(|text| nodes(text)).min_by_key(|nodes| nodes.len())
    }

    fn posted(&self) -> FxHashMap<Name, Vec<u32>> {
        let mut postings: FxHashMap<Name, Vec<u32>> = FxHashMap::default();
        for node in 0..self.nodes.len() {
            for segment in self.segments(node) {
                let nodes = postings.entry(*segment).or_default();
                if nodes.last() != Some(&(node as u32)) {
                    nodes.push(node as u32);
                }
            }
        }
        postings
    }

    /// Returns the indices of the nodes in `run` whose ids start with `prefix`.
    fn range(&self, run: Range<usize>, prefix: &str) -> Range<usize> {
        let ids = &self.nodes.raw[run.clone()];
        let start = ids.partition_point(|n| n.id.as_str() < prefix);
        let len = ids[start..].partition_point(|n| n.id.starts_with(prefix));
        run.start + start..run.start + start + len
    }

    /// For a pattern that matches nothing, returns the result of `choose`, which gets the first
    /// unknown segment and the sorted segments that exist in its position.
    pub fn repair(
        &self,
        pattern: &PathPattern,
        choose: impl Fn(&str, &[&str]) -> Option<String>,
    ) -> Option<String> {
        let mut prefix = PathPattern { exact: false, segments: Vec::new(), ..pattern.clone() };
        for (i, segment) in pattern.segments.iter().enumerate() {
            let before = prefix.clone();
            prefix.segments.push(segment.clone());
            if !self.matches(&prefix).is_empty() {
                continue;
            }
            let Segment::Literal(unknown) = segment else { return None };
            let mut next = self.next_segments(&before, i);
            next.sort_unstable();
            next.dedup();
            return choose(unknown, &next);
        }
        None
    }

    /// Returns the segments that follow the first `len` segments in the paths that `prefix`
    /// matches.
    fn next_segments(&self, prefix: &PathPattern, len: usize) -> Vec<&str> {
        let follow =
            |m: Match| self.segments(m.node.index()).get(m.depth.max(len)).map(|n| self.texts.text(*n));
        self.matches(prefix).into_iter().filter_map(follow).collect()
    }
}

/// Returns a segment in the spelling of selectors: without `r#`, without the `#` number that
/// distinguishes modules declared under one name with different `cfg` conditions, and without the
/// `@` package that distinguishes targets of the same name.
pub fn plain(segment: &str) -> &str {
    let name = segment.strip_prefix("r#").unwrap_or(segment);
    name.split_once(['#', '@']).map_or(name, |(name, _)| name)
}

/// Returns a segment of an external path in the spelling of selectors. The `@` stays, because it
/// distinguishes an external crate from one of the workspace.
fn outside(segment: &str) -> &str {
    segment.strip_prefix("r#").unwrap_or(segment)
}

/// Returns the id without the prefix of the node's target.
fn own_path(node: &Node) -> &str {
    let prefix = node.module.as_ref().and_then(|m| m.target.prefix());
    let stripped = prefix.and_then(|p| node.id.strip_prefix(p)).and_then(|rest| rest.strip_prefix(':'));
    stripped.unwrap_or(&node.id)
}

fn in_targets(node: &Node, targets: Targets) -> bool {
    let kind = node.module.as_ref().map(|m| m.target);
    match targets {
        Targets::Only(prefix) => kind.is_some_and(|k| k.prefix() == Some(prefix)),
        Targets::LibrariesAndBinaries => {
            matches!(kind, None | Some(TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Bin))
        }
    }
}
