//! `archlint why`: explains the dependencies of one part of the workspace on another, and the
//! cheapest way to remove them.

mod json;
mod text;

use std::{collections::BTreeSet, io, path::PathBuf};

use anyhow::bail;

use super::{
    Common, Outcome, diagnostics, formats,
    formats::Format,
    open, output,
    select::{Ground, select},
};
use crate::{
    base::text::Printable,
    graph::{
        EdgeId, Graph, NodeId, Site,
        algorithms::{Arc, minimum_cut, reach, shortest_chains},
    },
    judge::{architecture::Architecture, rules::judge::naming},
    session::Session,
};

/// Show the chains of dependencies from one module to another
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The dependent modules, as in the configuration: a module with all beneath it
    /// (shop::billing), component:billing, layer:domain, package:shop-core…, or a file or folder;
    /// several are separated by commas
    #[arg(value_name = "A")]
    from: String,
    /// The modules that they depend on, in the same notation; also crates outside the workspace
    /// (sqlx, std::fs)
    #[arg(value_name = "B")]
    to: String,
    /// The maximum number of chains to show, the shortest first, and the whole cut; without a number,
    /// all chains [default: 1 chain, and a cut of at most 10 edges]
    #[arg(long, value_name = "K", num_args = 0..=1, default_missing_value = "65535",
        value_parser = clap::value_parser!(u16).range(1..))]
    all: Option<u16>,
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats::named(FORMATS))]
    format: &'static Format<Write>,
    /// Include test code: cfg(test), doctests, and the test, bench and example targets
    #[arg(long)]
    tests: bool,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The number of edges of the cut that are shown by default.
const EDGES: usize = 10;

/// Writes an answer with the source lines of its references.
type Write = fn(&Architecture<'_>, &Question<'_>, &Answer, &Read<'_>, &mut dyn io::Write) -> io::Result<()>;

/// Returns the text of a file, given its path relative to the workspace root; `None` if it cannot
/// be read.
type Read<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Every format, in the order of the command line's help.
const FORMATS: &[Format<Write>] = &[
    Format { name: "text", doc: "For people", extensions: &[], write: text::write },
    Format {
        name: "json",
        doc: "For programs: every hop with all its references",
        extensions: &[],
        write: json::write,
    },
];

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let session = open(common, arguments.tests)?;
    let Session { project, analysis } = &*session;
    let graph = &analysis.graph;
    let (architecture, mistakes) = session.architecture();
    diagnostics::refuse(project, &mistakes)?;
    let ground =
        Ground { architecture: &architecture, config: &project.setup.config, root: &project.workspace.root };
    let [from, to] = [&arguments.from, &arguments.to].map(|side| select(ground, side));
    let tests = arguments.tests || project.setup.config.analysis.tests;
    let question = Question { tests, ..Question::new(arguments, from?, to?)? };
    let graph = &question.graph(graph);
    let architecture = architecture.with_edges_of(graph);
    let answer = answer(graph, &question);
    let read = |file: &str| project.read(file);
    let (root, write) = (&project.workspace.root, arguments.format.write);
    output::deliver(arguments.output.as_deref(), root, |out| {
        write(&architecture, &question, &answer, &read, out)
    })?;
    Ok(Outcome::Clean)
}

/// A question, with the nodes of both sides, which are ascending, disjoint and not empty.
#[derive(Debug)]
struct Question<'a> {
    /// The sides as the user wrote them.
    written: [&'a str; 2],
    from: Vec<NodeId>,
    to: Vec<NodeId>,
    /// Whether a node was selected by both sides; see [`part`].
    overlap: bool,
    /// The maximum number of chains to show.
    chains: usize,
    /// The maximum number of edges of the cut that the text shows.
    edges: usize,
    /// Whether test code is included.
    tests: bool,
}

impl<'a> Question<'a> {
    fn new(arguments: &'a Arguments, from: BTreeSet<NodeId>, to: BTreeSet<NodeId>) -> anyhow::Result<Self> {
        let Arguments { from: a, to: b, all, tests, .. } = arguments;
        let overlap = !from.is_disjoint(&to);
        let (from, to) = part(from, to);
        if from.is_empty() || to.is_empty() {
            bail!("`{}` and `{}` are the same modules", Printable(a), Printable(b));
        }
        let chains = usize::from(all.unwrap_or(1));
        let edges = if all.is_some() { usize::MAX } else { EDGES };
        Ok(Self { written: [a, b], from, to, overlap, chains, edges, tests: *tests })
    }

    /// Returns `graph` with the additional dependencies by name alone on nodes of `to`. A chain may
    /// end in such a dependency, as in findings; within a chain, a module of re-exports would
    /// connect everything with everything.
    fn graph(&self, graph: &Graph) -> Graph {
        let mut naming = naming(graph);
        naming.retain(|(_, to, _)| self.to.binary_search(to).is_ok());
        graph.with_naming(naming)
    }

    /// Returns the sites of `edge` that are included.
    fn sites<'g>(&self, graph: &'g Graph, edge: EdgeId) -> impl Iterator<Item = &'g Site> + use<'g> {
        let tests = self.tests;
        graph.sites(edge).iter().filter(move |s| tests || !s.test)
    }
}

/// Assigns the nodes that both sides selected to the smaller side: `shop` against `shop::billing`
/// asks about the rest of the shop.
fn part(from: BTreeSet<NodeId>, to: BTreeSet<NodeId>) -> (Vec<NodeId>, Vec<NodeId>) {
    let less = |a: &BTreeSet<NodeId>, b: &BTreeSet<NodeId>| a.difference(b).copied().collect::<Vec<_>>();
    let whole = |a: BTreeSet<NodeId>| a.into_iter().collect::<Vec<_>>();
    if to.len() < from.len() {
        (less(&from, &to), whole(to))
    } else {
        (whole(from.clone()), less(&to, &from))
    }
}

/// The answer to a question. A chain is a list of edges, each of which starts where the one before
/// it ends.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answer {
    /// The chains, the shortest first; empty if there is no dependency.
    chains: Vec<Vec<EdgeId>>,
    /// Whether there are more chains.
    rest: Rest,
    /// The fewest edges whose removal leaves no chain; among such sets, one with the fewest
    /// references.
    cut: Vec<EdgeId>,
    /// Whether there is a chain in the opposite direction.
    opposite: bool,
}

/// The existence of chains that are not shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Rest {
    #[default]
    None,
    Some,
    /// Unknown, because the search was stopped at its limit.
    Unknown,
}

fn answer(graph: &Graph, question: &Question<'_>) -> Answer {
    let csr = graph.csr(|e| question.tests || !e.test);
    let raw = |nodes: &[NodeId]| nodes.iter().map(|n| n.raw()).collect::<Vec<u32>>();
    let (from, to) = (raw(&question.from), raw(&question.to));
    // One chain more than is shown determines whether there are more.
    let mut found = shortest_chains(&csr, &from, &to, question.chains + 1);
    let rest = match found.complete {
        _ if found.chains.len() > question.chains => Rest::Some,
        true => Rest::None,
        false => Rest::Unknown,
    };
    found.chains.truncate(question.chains);
    let edge = |arc: &Arc| EdgeId::from_raw(arc.label);
    let weight = |arc: &Arc| (1 << 32) + question.sites(graph, edge(arc)).count() as u64;
    let back = reach(&csr, &to, |_| false);
    Answer {
        chains: found.chains.iter().map(|c| c.iter().map(edge).collect()).collect(),
        rest,
        cut: minimum_cut(&csr, &from, &to, weight).arcs.iter().map(edge).collect(),
        opposite: from.iter().any(|&n| back.contains(n)),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use index_vec::index_vec;

    use super::*;
    use crate::{
        base::span::Span,
        graph::{Context, FileId, ModuleInfo, Node, Reference, Tables, package::TargetKind},
        judge::check::Setup,
    };

    /// Modules, followed by external nodes.
    const NODES: [&str; 8] = [
        "bin:shop",
        "ledger",
        "shared",
        "shop",
        "shop::billing",
        "shop::billing::tests",
        "shop::orders",
        "std::fs::File",
    ];

    /// (from, to, line in `shop.rs`, named, test).
    const REFERENCES: [(u32, u32, u32, Option<u32>, bool); 10] = [
        (0, 6, 1, Some(3), false),
        (0, 4, 2, None, false),
        (2, 7, 3, None, false),
        (4, 1, 4, None, false),
        (4, 1, 5, None, false),
        (4, 2, 6, None, false),
        (5, 1, 7, None, true),
        (6, 2, 8, None, false),
        (6, 4, 9, None, false),
        (2, 1, 99, None, false),
    ];

    const SOURCE: &str = "use shop::Order;
use shop::billing::Bill;
let file = std::fs::File::open(path)?;
use ledger::Entry;\u{1b}[31m
    ledger::post(entry);
use shared::Money;
ledger::check();
    price: shared::Money,
use crate::billing;
";

    /// Returns the attributes of a node that selectors use: whether it is a module, and the kind of
    /// its target.
    fn module(id: &str) -> Option<ModuleInfo> {
        let path = id.strip_prefix("bin:").unwrap_or(id);
        let crate_name = path.split("::").next().unwrap_or(path);
        (crate_name != "std").then(|| ModuleInfo {
            package: crate_name.to_owned(),
            target: if path == id { TargetKind::Lib } else { TargetKind::Bin },
            crate_name: crate_name.to_owned(),
            path: path[crate_name.len()..].trim_start_matches("::").to_owned(),
            parent: None,
            file: FileId::from_raw(0),
            line: 1,
            test: id.ends_with("::tests"),
            lines: 0,
            items: 0,
            types: 0,
            traits: 0,
            functions: 0..0,
            exports: 0..0,
        })
    }

    fn graph() -> Graph {
        let mut tables = Tables { files: index_vec!["shop.rs".into()], ..Tables::default() };
        let item = tables.names.intern("Item");
        let reference = |&(from, to, line, named, test): &(u32, u32, u32, Option<u32>, bool)| {
            let site = Site {
                file: FileId::from_raw(0),
                span: Span::new(line, 5, line, 9),
                context: Context::Body,
                item,
                named: named.map(NodeId::from_raw),
                cfg: None,
                test,
                definition: None,
                inference: None,
                reexports: None,
                unresolved: None,
            };
            Reference { from: NodeId::from_raw(from), to: NodeId::from_raw(to), site }
        };
        let node = |id: &&str| Node { id: (*id).to_owned(), module: module(id) };
        Graph::new(NODES.iter().map(node).collect(), tables, REFERENCES.iter().map(reference).collect())
    }

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn why(line: &str) -> String {
        let graph = graph();
        let Line { arguments } = Line::parse_from(format!("why {line}").split(' '));
        let setup = Setup::default();
        let (architecture, _) = setup.architecture(&graph);
        let (config, root) =
            (crate::judge::config::Config::default(), std::path::Path::new("/no/such/folder"));
        let ground = Ground { architecture: &architecture, config: &config, root };
        let select = |text: &str| select(ground, text);
        let question =
            select(&arguments.from).and_then(|from| Question::new(&arguments, from, select(&arguments.to)?));
        let question = match question {
            Ok(question) => question,
            Err(error) => return format!("error: {error}"),
        };
        let graph = question.graph(&graph);
        let mut out = Vec::new();
        let read = |file: &str| (file == "shop.rs").then(|| SOURCE.to_owned());
        text::write(&architecture, &question, &answer(&graph, &question), &read, &mut out)
            .expect("memory can be written");
        String::from_utf8(out).expect("the text is UTF-8")
    }

    #[test]
    fn chains_and_what_parts_them() {
        insta::assert_snapshot!("shortest", why("bin:shop ledger"));
        insta::assert_snapshot!("all", why("bin:shop ledger --all 9"));
        insta::assert_snapshot!("tests", why("shop ledger --tests --all 1"));
    }

    #[test]
    fn no_chain() {
        insta::assert_snapshot!(why("ledger shop"), @r"
        `ledger` does not depend on `shop`, directly or through others.
        `shop` depends on `ledger`: `archlint why shop ledger` shows how.
        ");
        insta::assert_snapshot!(why("ledger std::fs"), @"`ledger` does not depend on `std::fs`, directly or through others.");
    }

    #[test]
    fn one_side_within_the_other() {
        insta::assert_snapshot!(why("shop shop::billing --all 3"), @r"
        `shop` depends on `shop::billing`.
        (Modules that both selectors match count for the smaller selection.)

        Chain 1, 1 hop:
          bin:shop
          -> shop::billing
             shop.rs:2: use shop::billing::Bill;

        Chain 2, 1 hop:
          shop::orders
          -> shop::billing
             shop.rs:9: use crate::billing;

        To separate them, cut 2 edges (2 references):
          bin:shop -> shop::billing
             shop.rs:2: use shop::billing::Bill;
          shop::orders -> shop::billing
             shop.rs:9: use crate::billing;
        ");
        insta::assert_snapshot!(why("shop::billing shop"), @r"
        `shop::billing` does not depend on `shop`, directly or through others.
        `shop` depends on `shop::billing`: `archlint why shop shop::billing` shows how.
        (Modules that both selectors match count for the smaller selection.)
        ");
        insta::assert_snapshot!(why("shop shop"), @"error: `shop` and `shop` are the same modules");
    }

    #[test]
    fn unknown_names() {
        insta::assert_snapshot!(why("biling ledger"), @"error: there is no module `biling` and nothing of that name is used; did you mean `shop::billing`?");
        insta::assert_snapshot!(why("shop std::f"), @"error: there is no module `std::f` and nothing of that name is used; did you mean `std::fs`?");
    }
}
