//! The tables of configuration files as written: what their keys hold is not read yet.

use std::collections::BTreeMap;

use super::written::Written;
use crate::base::place::Located;

/// The tables of a file, or of several that are joined.
#[derive(Debug, Default)]
pub struct Document {
    /// What it builds on, as written.
    pub extends: Vec<Located<String>>,
    /// `[analysis]`.
    pub analysis: Option<Written>,
    /// `[coverage]`.
    pub coverage: Option<Written>,
    /// `[baseline]`.
    pub baseline: Option<Written>,
    /// The components, by name.
    pub components: BTreeMap<String, Written>,
    /// The rules, as listed.
    pub rules: Vec<RawRule>,
}

/// A rule's table.
#[derive(Debug)]
pub struct RawRule {
    /// Its kind.
    pub kind: String,
    /// Its id, and where that stands, or else the table; left out: its kind.
    pub id: Located<String>,
    /// Whether it gives itself an id.
    pub named: bool,
    /// Its keys.
    pub written: Written,
}
