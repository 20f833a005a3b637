//! The tables of configuration files as written, before their keys are read.

use std::collections::BTreeMap;

use super::written::Written;
use crate::base::place::Located;

/// The tables of one file, or of several that are merged.
#[derive(Debug, Default)]
pub struct Document {
    /// The entries of `extends`, as written.
    pub extends: Vec<Located<String>>,
    /// `[analysis]`.
    pub analysis: Option<Written>,
    /// `[coverage]`.
    pub coverage: Option<Written>,
    /// `[baseline]`.
    pub baseline: Option<Written>,
    /// The components, by name.
    pub components: BTreeMap<String, Written>,
    /// The rules, in the order of the file.
    pub rules: Vec<RawRule>,
}

/// The table of a rule.
#[derive(Debug)]
pub struct RawRule {
    /// The kind.
    pub kind: String,
    /// The id and its place; by default the kind, with the place of the table.
    pub id: Located<String>,
    /// Whether the table sets an id.
    pub named: bool,
    /// The keys.
    pub written: Written,
}
