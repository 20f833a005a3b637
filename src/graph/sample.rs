//! Graphs that tests describe as text, with source text to show with findings.
//!
//! Each line is one reference: `from -> to`, then any of `as NAMED` (the module that the path ends
//! in), `via MODULE` (the module that re-exports), `item NAME` (the named item), `in CONTEXT`, `cfg
//! CONDITION`. A line with a single path declares a module. `@std::fs` is external; `bin:shop::cli`
//! is in a binary. The ancestors of modules are modules, too. Each crate is a package of the same
//! name, written with `-`. Each module has a file, which contains its references in order, one on
//! each line.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::IndexVec;

use super::{
    CfgId, ChainId, Context, FileId, Graph, ModuleInfo, Node, NodeId, Reexport, Reference, Site, Tables,
};
use crate::{base::span::Span, graph::package::TargetKind};

/// A graph and the text of its files.
pub struct Sample {
    /// The graph.
    pub graph: Graph,
    /// The text of each file.
    pub files: BTreeMap<String, String>,
}

/// One line of the description.
#[derive(Default)]
struct Line<'a> {
    from: &'a str,
    to: Option<&'a str>,
    named: Option<&'a str>,
    via: Option<&'a str>,
    item: Option<&'a str>,
    context: Option<Context>,
    cfg: Option<&'a str>,
}

fn parse(line: &str) -> Line<'_> {
    let mut words = line.split_whitespace();
    let mut parsed = Line { from: words.next().unwrap(), ..Line::default() };
    while let Some(word) = words.next() {
        let value = words.next();
        match word {
            "->" => parsed.to = value,
            "as" => parsed.named = value,
            "via" => parsed.via = value,
            "item" => parsed.item = value,
            "in" => parsed.context = Some(serde_json::from_value(value.unwrap().into()).unwrap()),
            "cfg" => parsed.cfg = value,
            other => panic!("unknown word {other}"),
        }
    }
    parsed
}

/// Returns the graph that `text` describes.
pub fn sample(text: &str) -> Sample {
    let lines: Vec<Line<'_>> = text.lines().map(str::trim).filter(|l| !l.is_empty()).map(parse).collect();
    let paths = lines.iter().flat_map(|l| [Some(l.from), l.to, l.named, l.via]).flatten();
    let (externals, modules): (BTreeSet<&str>, BTreeSet<&str>) = paths.partition(|p| p.starts_with('@'));
    let modules: BTreeSet<&str> = modules.iter().flat_map(|m| ancestors(m)).collect();
    let names: Vec<&str> = modules.iter().copied().chain(externals.iter().map(|e| &e[1..])).collect();
    let node = |path: &str| {
        let at = |range: &[&str], path| range.binary_search(&path).unwrap();
        NodeId::from_usize(match path.strip_prefix('@') {
            Some(external) => modules.len() + at(&names[modules.len()..], external),
            None => at(&names[..modules.len()], path),
        })
    };
    let mut tables = Tables {
        files: names[..modules.len()].iter().map(|m| file(m)).collect(),
        tests: true,
        ..Tables::default()
    };
    let module =
        |(i, name): (usize, &&str)| info(i, name, name.rsplit_once("::").map(|(parent, _)| node(parent)));
    let mut nodes: IndexVec<NodeId, Node> = names[..modules.len()].iter().enumerate().map(module).collect();
    nodes.extend(names[modules.len()..].iter().map(|id| Node { id: (*id).to_owned(), module: None }));
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut references = Vec::new();
    for line in lines.iter().filter(|l| l.to.is_some()) {
        let from = node(line.from);
        references.push(reference(line, from, &node, &mut tables, files.entry(file(line.from)).or_default()));
    }
    Sample { graph: Graph::new(nodes, tables, references), files }
}

fn ancestors(path: &str) -> Vec<&str> {
    let ends = path.match_indices("::").map(|(i, _)| i).chain([path.len()]);
    ends.map(|end| &path[..end]).collect()
}

fn file(id: &str) -> String {
    format!("{}.rs", id.replace("::", "/").replace(':', "/"))
}

fn info(i: usize, id: &str, parent: Option<NodeId>) -> Node {
    let (target, path) = match id.split_once(':') {
        Some((prefix, rest)) if !rest.starts_with(':') => (prefix, rest),
        _ => ("lib", id),
    };
    let kind = match target {
        "bin" => TargetKind::Bin,
        "test" => TargetKind::Test,
        "build" => TargetKind::Build,
        _ => TargetKind::Lib,
    };
    let (krate, path) = path.split_once("::").unwrap_or((path, ""));
    let module = ModuleInfo {
        package: krate.replace('_', "-"),
        target: kind,
        crate_name: krate.to_owned(),
        path: path.to_owned(),
        parent,
        file: FileId::from_usize(i),
        line: 1,
        test: kind.is_test(),
        lines: 1,
        items: 1,
        types: 0,
        traits: 0,
        functions: 0..0,
        exports: 0..0,
    };
    Node { id: id.to_owned(), module: Some(module) }
}

fn reference(
    line: &Line<'_>,
    from: NodeId,
    node: &dyn Fn(&str) -> NodeId,
    tables: &mut Tables,
    text: &mut String,
) -> Reference {
    let to = line.to.unwrap();
    let written = line.via.or(line.named).unwrap_or(to).trim_start_matches('@');
    let last = to.rsplit("::").next().unwrap().trim_start_matches('@');
    let item = line.item.unwrap_or(if line.named.is_some() { "Item" } else { last });
    let end = 5 + written.len() as u32 + 2 + item.len() as u32;
    let row = text.lines().count() as u32 + 1;
    text.push_str(&format!("use {written}::{item};\n"));
    let span = Span::new(row, 5, row, end);
    let reexport = line.via.map(|module| {
        let reexport =
            Reexport { module: node(module), file: FileId::from_usize(node(module).index()), span };
        tables.chains.push(vec![reexport])
    });
    let cfg: Option<CfgId> = line.cfg.map(|c| tables.conditions.push(c.to_owned()));
    let reexports: Option<ChainId> = reexport;
    let named = line.named.or(line.via).unwrap_or(to);
    let named = (!named.starts_with('@')).then(|| node(named));
    let context = line.context.unwrap_or(Context::Import);
    let item = tables.names.intern(item);
    let file = FileId::from_usize(from.index());
    Reference {
        from,
        to: node(to),
        site: Site {
            file,
            span,
            context,
            item,
            named,
            cfg,
            test: false,
            reexports,
            unresolved: None,
            definition: None,
            inference: None,
        },
    }
}
