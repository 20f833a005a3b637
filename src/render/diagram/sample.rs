//! A small graph for the tests of the formats.

use index_vec::index_vec;

use super::assignment::{Assignment, Component, Layer};
use crate::{
    base::span::Span,
    graph::{
        CfgId, Context, FileId, Graph, ModuleInfo, Node, NodeId, Reference, Site, Tables, package::TargetKind,
    },
};

/// (id, package, target, crate, path, test); the index of a module is also the index of its file.
const MODULES: [(&str, &str, TargetKind, &str, &str, bool); 6] = [
    ("bin:shop", "shop", TargetKind::Bin, "shop", "", false),
    ("ledger", "ledger", TargetKind::Lib, "ledger", "", false),
    ("shop", "shop", TargetKind::Lib, "shop", "", false),
    ("shop::billing", "shop", TargetKind::Lib, "shop", "billing", false),
    ("shop::billing::tests", "shop", TargetKind::Lib, "shop", "billing::tests", true),
    ("shop::orders", "shop", TargetKind::Lib, "shop", "orders", false),
];

const EXTERNALS: [&str; 4] = ["serde", "std::fs::File", "std::io::Read", "tempfile::tempdir"];

/// (from, to, line, item, test).
const REFERENCES: [(u32, u32, u32, &str, bool); 11] = [
    (0, 2, 1, "run", false),
    (2, 6, 3, "serde", false),
    (3, 1, 1, "Entry", false),
    (3, 1, 9, "post", false),
    (3, 5, 4, "Order", false),
    (3, 8, 2, "Read", false),
    (3, 7, 5, "File", false),
    (3, 7, 1, "File", false),
    (4, 3, 12, "bill", true),
    (4, 9, 13, "tempdir", true),
    (5, 3, 2, "Bill", false),
];

/// A shop of two packages, six modules and three external crates.
pub fn graph() -> Graph {
    let mut tables = Tables { conditions: index_vec!["feature = \"ledger\"".into()], ..Tables::default() };
    tables.files = MODULES.iter().map(|m| format!("{}/src/{}.rs", m.1, m.0.replace([':'], "_"))).collect();
    let reference = |&(from, to, line, item, test): &(u32, u32, u32, &str, bool)| {
        let site = Site {
            file: FileId::from_raw(from),
            span: Span::new(line, 5, line, 9),
            context: if line == 1 { Context::Import } else { Context::Body },
            item: tables.names.intern(item),
            named: (to < 6).then(|| NodeId::from_raw(if to == 5 { 2 } else { to })),
            cfg: (to == 1).then_some(CfgId::from_raw(0)),
            test,
            definition: None,
            inference: None,
            reexports: None,
            unresolved: None,
        };
        Reference { from: NodeId::from_raw(from), to: NodeId::from_raw(to), site }
    };
    let references = REFERENCES.iter().map(reference).collect();
    let externals = EXTERNALS.iter().map(|id| Node { id: (*id).into(), module: None });
    Graph::new(MODULES.iter().enumerate().map(module).chain(externals).collect(), tables, references)
}

fn module((at, m): (usize, &(&str, &str, TargetKind, &str, &str, bool))) -> Node {
    let info = ModuleInfo {
        package: m.1.into(),
        target: m.2,
        crate_name: m.3.into(),
        path: m.4.into(),
        parent: None,
        file: FileId::from_usize(at),
        line: 1,
        test: m.5,
        lines: 10,
        items: 2,
        types: 0,
        traits: 0,
        functions: 0..0,
        exports: 0..0,
    };
    Node { id: m.0.into(), module: Some(info) }
}

/// Billing and the ledger are components; the rest of the shop is assigned to no component.
pub fn assignment() -> Assignment {
    let component = |name: &str, layer: Option<&str>, tags: &[&str]| Component {
        name: name.into(),
        layer: layer.map(Into::into),
        tags: tags.iter().map(|t| (*t).into()).collect(),
    };
    Assignment {
        components: vec![
            component("billing", Some("domain"), &["money", "phi"]),
            component("ledger", None, &[]),
        ],
        of: index_vec![None, Some(1), None, Some(0), Some(0), None],
        layers: vec![Layer { name: "domain".into(), rank: None }],
        layer_of: index_vec![None, None, None, Some(0), Some(0), None],
    }
}
