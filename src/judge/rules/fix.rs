//! Fixes: the changes of the configuration with which findings go. `archlint sync` applies them,
//! and reports show their lines.

use crate::judge::{
    architecture::Component,
    config::writing::{key, list},
};

/// The maximum length of a list that a fix repeats: each finding about a component has a fix.
const LISTED: usize = 100;

/// The name of manifests, which declare components in another table.
const MANIFEST: &str = "Cargo.toml";

/// A change of a component's declaration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The name of the component.
    pub component: String,
    /// The file that declares the component; `None` for a new component.
    pub file: Option<String>,
    /// The change.
    pub change: Change,
}

/// The kinds of change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The component is declared.
    New {
        /// The selector of its modules.
        modules: String,
        /// The components that it depends on, unless the configuration leaves these open.
        depends_on: Option<Vec<String>>,
    },
    /// A list has one more entry.
    Add(Entry),
    /// A list has one entry less.
    Remove(Entry),
    /// The declaration goes: all of its modules are gone.
    Gone,
}

/// An entry of a list in the declaration of a component.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The key of the list.
    pub key: &'static str,
    /// The entry.
    pub value: String,
    /// The whole list after the change; `None` if it is long.
    pub list: Option<Vec<String>>,
}

impl Fix {
    /// Creates a change of the declared `component`.
    pub fn of(component: &Component, change: Change) -> Self {
        Self { component: component.name.clone(), file: Some(component.place.file.to_string()), change }
    }

    /// Creates the fix that adds `value` to the list `key` of `component`, which contains `old`.
    pub fn add(
        component: &Component,
        key: &'static str,
        value: String,
        old: impl Iterator<Item = impl Into<String>>,
    ) -> Self {
        let mut list = short(old);
        if let Some(list) = &mut list {
            let at = match list.is_sorted() {
                true => list.partition_point(|other| *other < value),
                false => list.len(),
            };
            list.insert(at, value.clone());
        }
        Self::of(component, Change::Add(Entry { key, value, list }))
    }

    /// Creates the fix that removes `value` from the list `key` of `component`, which contains
    /// `old`.
    pub fn remove(
        component: &Component,
        key: &'static str,
        value: String,
        old: impl Iterator<Item = impl Into<String>>,
    ) -> Self {
        let mut list = short(old);
        if let Some(list) = &mut list {
            list.retain(|other| *other != value);
        }
        Self::of(component, Change::Remove(Entry { key, value, list }))
    }

    /// Returns whether the fix removes something.
    pub fn removes(&self) -> bool {
        matches!(self.change, Change::Remove(_) | Change::Gone)
    }

    /// Describes the change, for a finding that does not show its lines.
    pub fn summary(&self) -> String {
        match &self.change {
            Change::New { .. } => format!("declares `{}`", self.component),
            Change::Add(Entry { key, value, .. }) => format!("adds `{value}` to its `{key}`"),
            Change::Remove(Entry { key, value, .. }) => format!("removes `{value}` from its `{key}`"),
            Change::Gone => "removes it".to_owned(),
        }
    }

    /// Returns the lines of TOML to paste; `None` if lines only go, or if the list is long.
    pub fn toml(&self) -> Option<String> {
        let heading = match &self.file {
            Some(file) if is_manifest(file) => "[package.metadata.archlint]".to_owned(),
            _ => format!("[components.{}]", key(&self.component)),
        };
        let body = match &self.change {
            Change::New { modules, depends_on } => {
                let modules = list("modules", std::slice::from_ref(modules));
                modules + &depends_on.as_ref().map_or_else(String::new, |names| list("depends-on", names))
            }
            Change::Add(entry) | Change::Remove(entry) => list(entry.key, entry.list.as_deref()?),
            Change::Gone => return None,
        };
        Some(format!("{heading}\n{body}"))
    }
}

/// Returns whether `file` is a manifest.
pub fn is_manifest(file: &str) -> bool {
    file == MANIFEST || file.ends_with("/Cargo.toml")
}

fn short(list: impl Iterator<Item = impl Into<String>>) -> Option<Vec<String>> {
    let list: Vec<String> = list.take(LISTED).map(Into::into).collect();
    (list.len() < LISTED).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fix of a list that has this many entries.
    fn fix(count: usize, change: impl Fn(Entry) -> Change) -> Fix {
        let list = short((0..count).map(|i| format!("c{i:03}")));
        let entry = Entry { key: "depends-on", value: "new".to_owned(), list };
        Fix { component: "app".to_owned(), file: Some("archlint.toml".to_owned()), change: change(entry) }
    }

    #[test]
    fn a_long_list_is_described() {
        assert!(fix(LISTED - 1, Change::Add).toml().is_some());
        let (long, shorter) = (fix(LISTED, Change::Add), fix(LISTED, Change::Remove));
        assert_eq!([long.toml(), shorter.toml()], [None, None]);
        assert_eq!(long.summary(), "adds `new` to its `depends-on`");
        assert_eq!(shorter.summary(), "removes `new` from its `depends-on`");
    }
}
