//! The dependencies that all rules together allow a module, compared with an experiment: adding a
//! dependency causes no new finding exactly if the guide allows it.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::subsequence};

use super::{random::*, run};
use crate::{
    graph::sample::sample,
    judge::check::{self, Report, Subject, guide::guide},
};

const COMPONENTS: &str = "\
[components.one]
modules = [\"a::x\", \"b::y\"]
depends-on = [\"two\"]
[components.two]
modules = [\"a\"]
exposes = [\"=a\", \"a::y\"]
[components.three]
modules = [\"b::x\"]
visible-to = [\"two\"]
";

/// Rules of all kinds that a new dependency can break.
pub const RULES: [&str; 17] = [
    COMPONENTS,
    "[[forbid]]\nid = \"f1\"\nfrom = \"a::x\"\nto = \"b\"\n",
    "[[forbid]]\nid = \"f2\"\nfrom = \"a::x\"\nto = [\"b::x\", \"ext\"]\ntransitive = true\n",
    "[[forbid]]\nid = \"f3\"\nfrom = \"**::p\"\nto = \"a::y\"\ntransitive = true\n",
    "[[forbid]]\nid = \"f4\"\nfrom = \"{k}::x\"\nto = \"{k}::y\"\ntransitive = true\n",
    "[[gateway]]\nfrom = \"a\"\nto = \"b::x\"\nvia = \"=b\"\n",
    "[[gateway]]\nid = \"g2\"\nfrom = \"{k}::x\"\nto = \"{l}::y\"\nvia = \"{l}::x\"\n",
    "[[allow]]\nfrom = \"b\"\nto = \"a::y\"\nalways = \"ext\"\n",
    "[[layers]]\norder = [\"a::x::p\", [\"a::x\", \"b::x\"], \"b\", \"a\"]\nstrict = true\n",
    "[[independent]]\nmodules = [\"a::*\", \"b::x\", \"a::x::p\"]\n",
    "[[acyclic]]\nid = \"c1\"\nof = \"modules\"\n",
    "[[acyclic]]\nid = \"c2\"\nof = \"siblings\"\n",
    "[[acyclic]]\nid = \"c3\"\nof = \"packages\"\n",
    "[[acyclic]]\nid = \"c4\"\nof = \"modules\"\nwithin = \"a\"\n",
    "[[protect]]\nmodules = \"b::x\"\nfrom = \"a::x\"\n",
    "[[budget]]\nid = \"n1\"\nmetric = \"fan-out\"\nof = \"**\"\nmax = 2\n",
    "[[budget]]\nid = \"n2\"\nmetric = \"fan-in\"\nof = \"*::*\"\nper = \"group\"\nmax = 1\n",
];

/// Returns all findings, each with its extent.
fn found(report: &Report) -> BTreeMap<String, u64> {
    let mut all = BTreeMap::new();
    for finding in &report.findings {
        match finding.parts.as_slice() {
            [] => drop(all.insert(finding.fingerprint.clone(), finding.extent)),
            parts => all.extend(parts.iter().map(|part| (part.fingerprint.clone(), part.extent()))),
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_open_gives_no_finding(
        edges in edges(),
        rules in subsequence(RULES.to_vec(), 1..=4),
        from in 0..NODES.len() - 1,
    ) {
        let config: String = rules.concat();
        // The additional edge ensures that the graph contains the external crate.
        let text = format!("{}{} -> @ext::m\n", describe(&edges), "b::y");
        let (setup, mistakes) = check::setup(config.as_str());
        prop_assert_eq!(mistakes, []);
        let graph = sample(&text).graph;
        let node = |id: &str| graph.nodes.iter_enumerated().find(|(_, n)| n.id == id).expect("a node").0;
        let subject = Subject::from(&graph);
        let (guide, _) = guide(subject, &setup, &[node(&id(from))]);
        let before = found(&run(&config, &text));
        for to in (0..NODES.len()).filter(|to| *to != from) {
            let after = found(&run(&config, &format!("{text}{} -> {}\n", NODES[from], NODES[to])));
            let is_worse = after.iter().any(|(name, extent)| before.get(name).is_none_or(|known| extent > known));
            let is_open = guide.open.contains(&node(&id(to)));
            prop_assert_eq!(is_open, !is_worse, "{} -> {}", id(from), id(to));
        }
    }
}
