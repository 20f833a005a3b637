//! The data of the page, in the form that its scripts read.
//!
//! A test writes the declarations of these types for TypeScript to `assets/model/data.d.ts`, and
//! the scripts are checked against them: renaming a field here without changing the scripts fails a
//! test.
//!
//! There are tens of thousands of references, so a table with many rows is stored as a struct of
//! columns: each field name occurs once, and a row is an index that all columns share. Repeated
//! texts are stored once, too, in a list; a column then contains indices into that list, -1 for
//! none.

use serde::Serialize;

use crate::{
    base::diagnostic::Severity,
    graph::Resolution,
    judge::{check::Summary, rules::finding::Status},
};

/// The version of the format.
pub(super) const VERSION: u32 = 2;

/// All data of the page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Data<'a> {
    pub(super) version: u32,
    /// The name of the workspace; may be empty.
    pub(super) title: &'a str,
    /// The fragment with which the page opens if its address has none.
    pub(super) start: &'a str,
    /// The names of the contexts of references.
    pub(super) contexts: Vec<&'static str>,
    /// The names of the kinds of targets.
    pub(super) targets: Vec<&'static str>,
    pub(super) packages: Vec<&'a str>,
    pub(super) components: Vec<Component<'a>>,
    /// The layers in their declared order, the highest first, as rows of siblings.
    pub(super) layers: Vec<Vec<String>>,
    pub(super) modules: Modules<'a>,
    /// The crates outside the workspace. As nodes they are numbered after the modules.
    pub(super) externals: Vec<&'a str>,
    /// The names of the kinds of groups.
    pub(super) kinds: [GroupKind; GroupKind::ALL.len()],
    /// The ways to group the modules; the page opens with the first.
    pub(super) groupings: Vec<Grouping>,
    pub(super) edges: Edges,
    pub(super) sites: Sites<'a>,
    /// `null` if no rules were checked.
    pub(super) findings: Option<Findings<'a>>,
    pub(super) resolution: Resolution,
    pub(super) excerpts: Excerpts<'a>,
    pub(super) numbers: Numbers,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Component<'a> {
    pub(super) name: &'a str,
    pub(super) layer: Option<&'a str>,
    pub(super) tags: &'a [String],
    pub(super) owner: Option<&'a str>,
}

/// The modules, one row each. A parent comes before its children.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Modules<'a> {
    /// The module that contains this one; -1 for the root of a crate.
    pub(super) parent: Vec<i32>,
    /// The id without that of the parent.
    pub(super) name: Vec<&'a str>,
    pub(super) package: Vec<u32>,
    pub(super) target: Vec<u32>,
    /// -1 for none.
    pub(super) component: Vec<i32>,
    /// The row of the module's layer in [`Data::layers`]; -1 for none.
    pub(super) rank: Vec<i32>,
    pub(super) file: Vec<u32>,
    pub(super) line: Vec<u32>,
    pub(super) lines: Vec<u32>,
    pub(super) items: Vec<u32>,
    /// The modules that are test code, ascending.
    pub(super) tests: Vec<u32>,
}

/// A tree of the modules and external crates.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Grouping {
    pub(super) way: Way,
    pub(super) groups: Groups,
    /// The order of the groups by the references outside of test code.
    pub(super) order: Order,
    /// The order by all references; `null` if no test code refers to anything.
    pub(super) with_tests: Option<Order>,
}

/// The criterion by which modules are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    Component,
    Package,
}

/// The kind of code that a group stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum GroupKind {
    Root,
    Component,
    Package,
    Crate,
    Module,
    /// The own code of a module that has child modules.
    Itself,
    /// The crates outside the workspace.
    Externals,
    External,
}

impl GroupKind {
    /// All kinds, in the order of their numbers.
    pub(super) const ALL: [Self; 8] = [
        Self::Root,
        Self::Component,
        Self::Package,
        Self::Crate,
        Self::Module,
        Self::Itself,
        Self::Externals,
        Self::External,
    ];
}

/// The groups of a tree, one row each. A group comes before its children.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Groups {
    /// The position in [`Data::kinds`].
    pub(super) kind: Vec<u8>,
    /// -1 for the root.
    pub(super) parent: Vec<i32>,
    /// The node whose code the group holds; -1 for none.
    pub(super) node: Vec<i32>,
}

/// The order of the children of each group as in a design structure matrix: a child comes before
/// the children that it depends on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Order {
    /// The position of each group among the children of its parent.
    pub(super) place: Vec<u32>,
    /// The cycle that contains the group, numbered among the children of its parent; -1 for none.
    pub(super) cycle: Vec<i32>,
}

/// The edges, one row each, sorted by both ends.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Edges {
    /// The node that depends.
    pub(super) from: Vec<u32>,
    /// The node that it depends on.
    pub(super) to: Vec<u32>,
    /// The number of sites of the edge.
    pub(super) sites: Vec<u32>,
    /// The rows of those by name alone, whose sites are also sites of others.
    pub(super) naming: Vec<u32>,
}

/// The sites of all edges, one row each: those of the first edge, then those of the second, and so
/// on.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Sites<'a> {
    /// The line number minus that of the previous site of the same edge.
    pub(super) line: Vec<i32>,
    pub(super) column: Vec<u32>,
    /// The number of characters; 0 for a site that does not end on its line.
    pub(super) length: Vec<u32>,
    /// The row in `shapes`.
    pub(super) shape: Vec<u32>,
    /// The position in `items`.
    pub(super) item: Vec<u32>,
    pub(super) shapes: Shapes,
    /// The items that are named.
    pub(super) items: Vec<&'a str>,
    /// The `cfg` conditions.
    pub(super) conditions: Vec<&'a str>,
    /// The chains of re-exports through which names are reached.
    pub(super) chains: Vec<Reexports>,
}

/// The properties that many sites have in common, one row for each combination that occurs.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Shapes {
    /// The file of the sites; -1 for the file of the module that depends.
    pub(super) file: Vec<i32>,
    pub(super) context: Vec<u32>,
    /// The node that is named; -1 if it is the node depended on.
    pub(super) named: Vec<i32>,
    /// -1 for none.
    pub(super) condition: Vec<i32>,
    /// -1 for none.
    pub(super) chain: Vec<i32>,
    /// 1 for test code.
    pub(super) test: Vec<u8>,
}

/// The re-exports of one chain, one row each.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Reexports {
    pub(super) module: Vec<u32>,
    pub(super) file: Vec<u32>,
    pub(super) line: Vec<u32>,
    pub(super) column: Vec<u32>,
}

/// The rules that were checked, and their violations.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Findings<'a> {
    pub(super) summary: &'a Summary,
    pub(super) rules: Vec<Rule<'a>>,
    pub(super) list: Vec<Finding<'a>>,
    /// The places that the findings show, in the order of the findings.
    pub(super) places: Places<'a>,
    /// The edges that findings refer to.
    pub(super) marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) about: &'static str,
    pub(super) severity: Severity,
    pub(super) reason: Option<&'a str>,
    pub(super) instead: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Finding<'a> {
    pub(super) rule: &'a str,
    pub(super) severity: Severity,
    pub(super) status: Status,
    pub(super) message: &'a str,
    pub(super) reason: Option<&'a str>,
    pub(super) instead: Option<&'a str>,
    pub(super) from: Option<&'a str>,
    pub(super) to: Option<&'a str>,
    pub(super) components: &'a [String],
    pub(super) owner: Option<&'a str>,
    /// The number of places of the finding, excluding those of its chain.
    pub(super) places: u32,
    pub(super) chain: Vec<Hop<'a>>,
}

/// A step of a chain of dependencies.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Hop<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    /// The number of places of the step.
    pub(super) places: u32,
}

/// The places that findings refer to, one row each. A place need not be a site: a rule may report a
/// file.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Places<'a> {
    pub(super) file: Vec<u32>,
    /// 0 for the whole file.
    pub(super) line: Vec<u32>,
    pub(super) column: Vec<u32>,
    /// The number of characters; 0 for a place that does not end on its line.
    pub(super) length: Vec<u32>,
    /// -1 for none.
    pub(super) context: Vec<i32>,
    /// The named item, as an index into `texts`; -1 for none.
    pub(super) item: Vec<i32>,
    /// The named module, as an index into `texts`; -1 for none.
    pub(super) named: Vec<i32>,
    /// The `cfg` condition, as an index into `texts`; -1 for none.
    pub(super) condition: Vec<i32>,
    pub(super) texts: Vec<&'a str>,
    /// The re-exports through which the names are reached, in the order of the places.
    pub(super) passes: Vec<Pass<'a>>,
}

/// A re-export through which the name at a place is reached.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Pass<'a> {
    pub(super) place: u32,
    pub(super) module: &'a str,
    pub(super) file: u32,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// An edge, and the findings that refer to it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Mark {
    pub(super) edge: u32,
    pub(super) findings: Vec<u32>,
}

/// The source lines that the page shows.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Excerpts<'a> {
    pub(super) files: Vec<File<'a>>,
    /// The lines without leading and trailing whitespace, each distinct text once.
    pub(super) texts: &'a [String],
}

/// A file and its lines, one row each.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    /// The line number minus that of the previous row.
    pub(super) line: Vec<u32>,
    pub(super) text: Vec<u32>,
    /// The number of whitespace characters before the text.
    pub(super) indent: Vec<u32>,
}

/// The numbers of `archlint metrics`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Numbers {
    pub(super) metrics: Vec<Metric>,
    /// The numbers of the workspace as a whole, in the order of `metrics`.
    pub(super) whole: Vec<Option<Number>>,
    pub(super) levels: Vec<Table>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Metric {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Whether the values are whole numbers.
    pub(super) whole: bool,
}

/// The numbers of one level.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Table {
    pub(super) level: &'static str,
    /// The component or module of each row.
    pub(super) of: Vec<u32>,
    pub(super) columns: Vec<Column>,
}

/// The numbers of one metric.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Column {
    pub(super) metric: u32,
    /// Whether the column is shown by default.
    pub(super) usual: bool,
    pub(super) values: Vec<Option<Number>>,
}

/// A number: a count or a real number, which its JSON representation distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub(super) enum Number {
    Count(u64),
    Real(f64),
}
