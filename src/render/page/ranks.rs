//! The declared layers as ranks, from top to bottom.

use index_vec::IndexVec;

use crate::{
    base::pattern::Selector,
    graph::NodeId,
    judge::{
        architecture::Architecture,
        check::Setup,
        config::{
            RuleTable,
            value::{Element, Value},
        },
    },
};

/// The layers of one `layers` rule.
#[derive(Debug)]
pub(super) struct Order<'a> {
    /// The names of the layers, the highest first; a row holds siblings.
    pub(super) names: Vec<Vec<String>>,
    /// The selectors of the layers that must exist, each with its row.
    selectors: Vec<(usize, &'a Selector)>,
}

/// Returns the layers that the rules declare, in the order of the rules.
pub(super) fn declared(setup: &Setup) -> Vec<Order<'_>> {
    let tables = setup.config.rules.iter().filter(|table| table.kind == "layers");
    tables.filter_map(|table| order(table, setup)).collect()
}

fn order<'a>(table: &RuleTable, setup: &'a Setup) -> Option<Order<'a>> {
    let rule = setup.rules.iter().find(|rule| rule.id == table.id)?;
    let names: Vec<Vec<String>> = list(table, "order").iter().map(row).collect();
    let optional: Vec<String> = list(table, "optional").iter().flat_map(row).collect();
    let rows = names.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |name| (at, name)));
    let required = rows.filter(|(_, name)| !optional.contains(name)).map(|(at, _)| at);
    let selectors = rule.rule.selectors().into_iter().filter(|(key, _)| *key == "order").map(|(_, s)| s);
    Some(Order { selectors: required.zip(selectors).collect(), names })
}

fn list<'t>(table: &'t RuleTable, key: &str) -> &'t [Element] {
    match table.written.table.get(key).map(|entry| &entry.item.value) {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

/// Returns the name of one layer, or the names of siblings.
fn row(item: &Element) -> Vec<String> {
    match &item.value {
        Value::String(name) => vec![name.clone()],
        Value::Array(items) => items.iter().flat_map(row_of_one).collect(),
        _ => Vec::new(),
    }
}

fn row_of_one(item: &Element) -> Option<String> {
    if let Value::String(name) = &item.value { Some(name.clone()) } else { None }
}

/// Returns the row of each node among the rows of all rules; -1 for none. If several rules assign a
/// row to a node, the first rule applies.
pub(super) fn of_modules(orders: &[Order<'_>], architecture: &Architecture<'_>) -> IndexVec<NodeId, i32> {
    let nodes = &architecture.graph.nodes;
    let mut ranks = IndexVec::from_vec(vec![-1; nodes.len()]);
    let mut before = 0;
    for order in orders {
        for (row, selector) in &order.selectors {
            for node in architecture.select(selector).iter().filter(|n| nodes[*n].module.is_some()) {
                let rank = &mut ranks[node];
                *rank = if *rank < 0 { (before + row) as i32 } else { *rank };
            }
        }
        for (node, rank) in ranks.iter_mut_enumerated().filter(|(_, rank)| **rank < 0) {
            *rank = by_attribute(order, node, architecture).map_or(-1, |row| (before + row) as i32);
        }
        before += order.names.len();
    }
    ranks
}

/// Returns the row of the layer that the node's component names, for layers that need not exist.
fn by_attribute(order: &Order<'_>, node: NodeId, architecture: &Architecture<'_>) -> Option<usize> {
    let layer = architecture.component(node)?.layer.as_ref()?;
    order.names.iter().position(|row| row.contains(layer))
}
