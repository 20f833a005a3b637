//! A manifest, which is read and parsed once.

use std::{collections::BTreeMap, rc::Rc};

use toml::{Table, Value};

use crate::{
    base::{
        codes,
        files::{EntryKind, Files, ReadError},
    },
    rust::cargo::error::{WorkspaceError, position},
};

/// A manifest as written, without inheritance and discovery.
pub struct Manifest {
    pub toml: cargo_toml::Manifest,
    pub discovery: Discovery,
}

/// The keys `autobins` and the like, as written. An absent key does not mean `true`: in edition
/// 2015 a listed target disables the discovery of its kind.
#[derive(Default)]
pub struct Discovery {
    pub bins: Option<bool>,
    pub examples: Option<bool>,
    pub tests: Option<bool>,
    pub benches: Option<bool>,
}

/// The manifests that were read so far, by path.
pub struct Manifests<'a> {
    pub files: &'a dyn Files,
    parsed: BTreeMap<String, Rc<Manifest>>,
}

impl<'a> Manifests<'a> {
    pub fn new(files: &'a dyn Files) -> Self {
        Self { files, parsed: BTreeMap::new() }
    }

    /// Returns the manifest at `path`.
    pub fn get(&mut self, path: &str) -> Result<Rc<Manifest>, WorkspaceError> {
        if let Some(manifest) = self.parsed.get(path) {
            return Ok(Rc::clone(manifest));
        }
        let bytes = self.files.read(path).map_err(|error| unread(path, &error))?;
        let manifest = Rc::new(parse(bytes).map_err(|error| error.at(path))?);
        self.parsed.insert(path.to_owned(), Rc::clone(&manifest));
        Ok(manifest)
    }

    /// Returns the manifest at `path`, if it exists.
    pub fn optional(&mut self, path: &str) -> Result<Option<Rc<Manifest>>, WorkspaceError> {
        let exists = self.parsed.contains_key(path) || self.files.kind(path) == Some(EntryKind::File);
        if exists { self.get(path).map(Some) } else { Ok(None) }
    }
}

fn unread(path: &str, error: &ReadError) -> WorkspaceError {
    let code = match error {
        ReadError::NotFound => codes::MISSING_MANIFEST,
        ReadError::Submodule(_) => codes::MANIFEST_IN_SUBMODULE,
        _ => codes::UNREADABLE_MANIFEST,
    };
    WorkspaceError::new(code, format!("cannot read the manifest: {error}")).at(path)
}

fn parse(bytes: Vec<u8>) -> Result<Manifest, WorkspaceError> {
    let broken = |message: &str| WorkspaceError::new(codes::BROKEN_MANIFEST, message);
    let text = String::from_utf8(bytes).map_err(|_| broken("the manifest is not valid UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let manifest = read(text).map_err(|error| WorkspaceError {
        position: error.span().map(|span| position(text, span.start)),
        ..broken(&format!("the manifest is broken: {}", one_line(error.message())))
    })?;
    if manifest.toml.package.is_none() && manifest.toml.workspace.is_none() {
        return Err(broken("the manifest has neither `[package]` nor `[workspace]`"));
    }
    Ok(manifest)
}

fn read(text: &str) -> Result<Manifest, toml::de::Error> {
    if !may_hold_what_the_types_do_not(text) {
        return Ok(Manifest { toml: toml::from_str(text)?, discovery: Discovery::default() });
    }
    let mut table: Table = toml::from_str(text)?;
    modernise(&mut table);
    let discovery = discovery(&table);
    // An error in the parsed table has no position, so the text is parsed again.
    let placed = |error| toml::from_str::<cargo_toml::Manifest>(text).err().unwrap_or(error);
    let toml = Value::Table(table).try_into().map_err(placed)?;
    Ok(Manifest { toml, discovery })
}

/// A cheap test for keys that the types lack, with false positives: for those, the text is parsed
/// twice.
fn may_hold_what_the_types_do_not(text: &str) -> bool {
    let words =
        ["_dependencies", "crate_type", "[project", "autobins", "autoexamples", "autotests", "autobenches"];
    words.iter().any(|word| text.contains(word))
}

/// Renames the keys that cargo still accepts in editions before 2024.
fn modernise(table: &mut Table) {
    respell(table, "project", "package");
    respell_dependencies(table);
    for platform in tables(table.get_mut("target")) {
        respell_dependencies(platform);
    }
    for kind in ["bin", "example", "test", "bench"] {
        let listed = table.get_mut(kind).and_then(Value::as_array_mut).into_iter().flatten();
        listed.filter_map(Value::as_table_mut).for_each(|target| respell(target, "crate_type", "crate-type"));
    }
    if let Some(library) = table.get_mut("lib").and_then(Value::as_table_mut) {
        respell(library, "crate_type", "crate-type");
    }
}

fn respell_dependencies(table: &mut Table) {
    respell(table, "dev_dependencies", "dev-dependencies");
    respell(table, "build_dependencies", "build-dependencies");
}

fn respell(table: &mut Table, old: &str, new: &str) {
    if !table.contains_key(new)
        && let Some(value) = table.remove(old)
    {
        table.insert(new.to_owned(), value);
    }
}

fn tables(value: Option<&mut Value>) -> impl Iterator<Item = &mut Table> {
    let entries = value.and_then(Value::as_table_mut).into_iter().flat_map(Table::iter_mut);
    entries.filter_map(|(_, entry)| entry.as_table_mut())
}

fn discovery(table: &Table) -> Discovery {
    let flag = |key| table.get("package")?.get(key)?.as_bool();
    Discovery {
        bins: flag("autobins"),
        examples: flag("autoexamples"),
        tests: flag("autotests"),
        benches: flag("autobenches"),
    }
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{files::MemoryFiles, span::Position};

    fn parsed(text: &str) -> Result<Rc<Manifest>, WorkspaceError> {
        let files = MemoryFiles::from_iter([("Cargo.toml", text)]);
        Manifests::new(&files).get("Cargo.toml")
    }

    #[test]
    fn reads_old_spellings() {
        let text = "[project]\nname = 'a'\nversion = '1.0.0'\nautobins = false\n[dev_dependencies]\nb = '1'\n\
            [target.'cfg(unix)'.build_dependencies]\nc = '1'\n[lib]\ncrate_type = ['proc-macro']";
        let manifest = parsed(text).unwrap();
        assert_eq!(manifest.toml.package().name, "a");
        assert_eq!(manifest.discovery.bins, Some(false));
        assert!(manifest.toml.dev_dependencies.contains_key("b"));
        assert!(manifest.toml.target["cfg(unix)"].build_dependencies.contains_key("c"));
        assert_eq!(manifest.toml.lib.as_ref().unwrap().crate_type, ["proc-macro"]);
    }

    #[test]
    fn a_broken_manifest_knows_its_place() {
        let error = parsed("[package]\nname = 'a'\nversion = \n").err().unwrap();
        assert_eq!(
            (error.code, error.position),
            (codes::BROKEN_MANIFEST, Some(Position { line: 3, column: 11 }))
        );
        let error = parsed("[package]\nname = 'a'\nedition = 5\nautobins = true\n").err().unwrap();
        assert_eq!(error.position.map(|position| position.line), Some(3));
    }

    #[test]
    fn unknown_keys_and_a_byte_order_mark_do_no_harm() {
        let text = "\u{feff}cargo-features = ['x']\n[package]\nname = 'a'\nfuture = {}\n[later]\nx = 1";
        assert_eq!(parsed(text).unwrap().toml.package().name, "a");
    }
}
