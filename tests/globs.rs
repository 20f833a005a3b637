//! Glob imports compared with their definition: random modules with glob imports of each other, and
//! the meaning of each name by the plain fixpoint over all of them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{run_json, write};

/// A module: the names that it defines, its glob imports, each with whether it is a re-export, and
/// the names that it uses.
#[derive(Debug, Clone)]
struct Module {
    defines: BTreeSet<usize>,
    globs: BTreeMap<usize, bool>,
    /// The names that are used without a path.
    uses: BTreeSet<usize>,
    /// The names that are used in another module.
    reaches: BTreeSet<(usize, usize)>,
}

/// The modules in which a name of a module is defined, as visible to all modules and to the module
/// itself.
type Meanings = BTreeMap<(usize, usize), (BTreeSet<usize>, BTreeSet<usize>)>;

fn meanings(modules: &[Module]) -> Meanings {
    let mut all = Meanings::new();
    for (at, module) in modules.iter().enumerate() {
        for &name in &module.defines {
            all.insert((at, name), ([at].into(), [at].into()));
        }
    }
    loop {
        let before = all.clone();
        for (at, module) in modules.iter().enumerate() {
            for (&from, &public) in &module.globs {
                for name in (0..NAMES).filter(|name| !module.defines.contains(name)) {
                    let brought = before.get(&(from, name)).map(|(public, _)| public.clone());
                    let (everybody, own) = all.entry((at, name)).or_default();
                    for home in brought.into_iter().flatten() {
                        own.insert(home);
                        if public {
                            everybody.insert(home);
                        }
                    }
                }
            }
        }
        if all == before {
            return all;
        }
    }
}

const NAMES: usize = 5;

fn modules() -> impl Strategy<Value = Vec<Module>> {
    (2..8usize).prop_flat_map(|count| {
        let module = (
            prop::collection::btree_set(0..NAMES, 0..3),
            prop::collection::btree_map(0..count, any::<bool>(), 0..4),
            prop::collection::btree_set(0..NAMES, 0..5),
            prop::collection::btree_set((0..count, 0..NAMES), 0..4),
        );
        let module =
            module.prop_map(|(defines, globs, uses, reaches)| Module { defines, globs, uses, reaches });
        prop::collection::vec(module, count)
    })
}

/// Returns the source, and for each line the module that contains it and the meaning of the name on
/// it, if it is unambiguous.
fn source(modules: &[Module]) -> (String, BTreeMap<u64, (usize, Option<usize>)>) {
    let all = meanings(modules);
    let one = |homes: &BTreeSet<usize>| homes.first().copied().filter(|_| homes.len() == 1);
    let (mut text, mut line, mut expected) = (String::new(), 1, BTreeMap::new());
    let mut add = |text_of_line: String| {
        text += &text_of_line;
        text.push('\n');
        line += 1;
        line - 1
    };
    for (at, module) in modules.iter().enumerate() {
        add(format!("pub mod m{at} {{"));
        for (from, public) in &module.globs {
            add(format!("{}use crate::m{from}::*;", if *public { "pub " } else { "" }));
        }
        for name in &module.defines {
            add(format!("pub struct N{name};"));
        }
        for &name in &module.uses {
            let line = add(format!("fn u{name}(_: N{name}) {{}}"));
            let homes = all.get(&(at, name)).map(|(_, own)| own.clone()).unwrap_or_default();
            if homes.len() < 2 {
                expected.insert(line, (at, one(&homes).filter(|&home| home != at)));
            }
        }
        for &(of, name) in module.reaches.iter().filter(|(of, _)| *of != at) {
            let line = add(format!("fn r{of}_{name}(_: crate::m{of}::N{name}) {{}}"));
            let homes = all.get(&(of, name)).map(|(everybody, _)| everybody.clone()).unwrap_or_default();
            if homes.len() == 1 {
                expected.insert(line, (at, one(&homes).filter(|&home| home != at)));
            }
        }
        add("}".to_owned());
    }
    (text, expected)
}

/// Returns, for each line with a reference to another module, the modules at its ends.
fn found(text: &str) -> BTreeMap<u64, BTreeSet<(String, String)>> {
    let folder = TempDir::new().expect("a folder for the test");
    write(
        folder.path(),
        "Cargo.toml",
        "[package]\nname = \"globs\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    write(folder.path(), "src/lib.rs", text);
    let graph = run_json(folder.path(), "graph --format json --sites --no-cache");
    let mut found: BTreeMap<u64, BTreeSet<(String, String)>> = BTreeMap::new();
    for edge in graph["edges"].as_array().expect("edges") {
        let end = |end: &str| edge[end].as_str().expect("an id").to_owned();
        for site in edge["sites"].as_array().into_iter().flatten() {
            let line = site["line"].as_u64().expect("a line");
            found.entry(line).or_default().insert((end("from"), end("to")));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_name_behind_globs_means_what_the_fixpoint_says(modules in modules()) {
        let (text, expected) = source(&modules);
        let found = found(&text);
        let id = |module: usize| format!("globs::m{module}");
        for (line, (at, home)) in expected {
            let right: BTreeSet<_> = home.map(|home| (id(at), id(home))).into_iter().collect();
            let ours = found.get(&line).cloned().unwrap_or_default();
            prop_assert_eq!(ours, right, "line {} of\n{}", line, text);
        }
    }
}
