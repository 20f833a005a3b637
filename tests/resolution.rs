//! Compares the graph of every workspace under `fixtures/resolve/` and `fixtures/inference/` with the edges that its source
//! expects.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
};

use archlint::{
    Options,
    graph::{Graph, Site},
    session::analyze,
};

use crate::{
    expectations::{ExpectedTarget, marks, targets},
    support::{name, resolution_cases},
};

/// The contexts of references that rest on inference. A mark must state them, because the path of the
/// type may be on the same line.
const MEMBERS: [&str; 2] = ["method", "field"];

/// A file, a line and the target of the reference on the line.
type Place = (String, u32, String);

#[test]
fn every_reference_leads_where_its_line_says() {
    let cases = resolution_cases();
    let report: String = cases.iter().map(|case| differences(case)).collect();
    assert!(report.is_empty(), "\n{report}");
}

/// Returns the missing, additional and different edges in one workspace, prefixed with its name;
/// empty if there are none.
fn differences(case: &Path) -> String {
    let mut options = Options::new(case.join("Cargo.toml"));
    options.tests = true;
    let graph = match analyze(&options) {
        Ok(analysis) => analysis.graph,
        Err(error) => return format!("{}: {error:#}\n", name(case)),
    };
    let expected = expected(case);
    let found = found(&graph);
    let mut list = Differences { case, text: String::new() };
    for place in expected.keys().filter(|p| !found.contains_key(*p)) {
        list.add("missing", place, "");
    }
    let inside = graph.nodes.iter().filter(|n| n.module.is_some()).map(|n| n.id.as_str());
    let inside: BTreeSet<&str> = inside.collect();
    for place in found.keys().filter(|p| inside.contains(p.2.as_str()) && !expected.contains_key(*p)) {
        list.add("extra", place, "");
    }
    for (place, sites) in &found {
        let stated = expected.get(place).map_or(&[][..], Vec::as_slice);
        let is_stated = |context: &str| stated.iter().any(|e| e.qualifiers.iter().any(|(_, v)| v == context));
        for context in MEMBERS.into_iter().filter(|context| !is_stated(context)) {
            if inside.contains(place.2.as_str())
                && sites.iter().any(|s| qualifier(&graph, s, "context") == context)
            {
                list.add("extra", place, &format!(" [context {context}]"));
            }
        }
    }
    for (place, expectations) in &expected {
        let Some(sites) = found.get(place) else { continue };
        for wanted in expectations.iter().map(|e| &e.qualifiers) {
            let holds = |s: &&Site| wanted.iter().all(|(key, value)| qualifier(&graph, s, key) == *value);
            if !sites.iter().any(holds) {
                let keys = || wanted.iter().map(|(key, _)| key);
                let found =
                    |s: &&Site| keys().map(|key| format!(" [{key} {}]", qualifier(&graph, s, key))).collect();
                let found: BTreeSet<String> = sites.iter().map(found).collect();
                list.add("different", place, &found.into_iter().collect::<Vec<_>>().join(" or"));
            }
        }
    }
    list.finish()
}

fn expected(case: &Path) -> BTreeMap<Place, Vec<ExpectedTarget>> {
    let mut expected: BTreeMap<Place, Vec<ExpectedTarget>> = BTreeMap::new();
    for mark in marks(case) {
        for target in targets(&mark) {
            expected.entry((mark.file.clone(), mark.line, target.target.clone())).or_default().push(target);
        }
    }
    expected
}

/// Returns all sites by place. References to external crates are included, under their full paths.
fn found(graph: &Graph) -> BTreeMap<Place, Vec<&Site>> {
    let mut found: BTreeMap<Place, Vec<&Site>> = BTreeMap::new();
    for (id, edge) in graph.edges.iter_enumerated() {
        for site in graph.sites(id) {
            let place =
                (graph.files[site.file].clone(), site.span.start.line, graph.nodes[edge.to].id.clone());
            found.entry(place).or_default().push(site);
        }
    }
    found
}

fn qualifier(graph: &Graph, site: &Site, key: &str) -> String {
    match key {
        "named" => site.named.map_or_else(|| "nothing".into(), |n| graph.nodes[n].id.clone()),
        "cfg" => site.cfg.map_or_else(|| "nothing".into(), |c| graph.conditions[c].clone()),
        _ => serde_json::to_value(site.context)
            .ok()
            .and_then(|v| Some(v.as_str()?.to_owned()))
            .unwrap_or_default(),
    }
}

struct Differences<'a> {
    case: &'a Path,
    text: String,
}

impl Differences<'_> {
    fn add(&mut self, what: &str, (file, line, target): &Place, more: &str) {
        let source = std::fs::read_to_string(self.case.join(file)).unwrap_or_default();
        let source = source.lines().nth((*line as usize).saturating_sub(1)).unwrap_or_default().trim();
        let _ = writeln!(self.text, "  {what:9} {file}:{line} -> {target}{more}\n            {source}");
    }

    fn finish(self) -> String {
        if self.text.is_empty() { self.text } else { format!("{}\n{}", name(self.case), self.text) }
    }
}
