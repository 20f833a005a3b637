use crate::{
    base::{codes, context::Context, files::MemoryFiles, packed},
    graph::package::{Dependency, DependencyKind},
    rust::{
        cargo::Workspace,
        facts::STACK,
        resolve::{self, Extracted, Model, Named, SourceFilter, grow, imports, read, references},
    },
};

use super::*;

/// Runs `f` on the tables of a workspace without code that uses every modelled crate.
fn with_all_models<T: Send>(f: impl FnOnce(Tables) -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    pool.install(|| {
        let workspace = Workspace { root: "/".into(), packages: Vec::new() };
        let files = MemoryFiles::default();
        let source = Extracted(&files);
        let filter = SourceFilter {
            tests: true,
            excludes: &|_| false,
            generated: &[],
            signatures: &[],
            methods: true,
        };
        let read = read(&workspace, &source, filter);
        let mut tables = Tables::new(false);
        for pack in PACKS {
            let name = tables.names.intern(pack.names[0]);
            tables.external(None, name);
        }
        let report = grow(&mut tables, &workspace, &read);
        assert_eq!(report.diagnostics, []);
        imports::settle(&mut tables);
        f(tables)
    })
}

#[test]
fn every_file_of_a_model_parses() {
    for (stem, packed) in PACKS.iter().flat_map(|pack| pack.files) {
        let text = packed::text(packed);
        let found = facts_of(text.clone().into_bytes()).diagnostics;
        assert!(found.is_empty(), "{stem}: {found:?}");
        syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("{stem}:{}: {error}", error.span().start().line));
    }
}

#[test]
fn every_path_in_a_model_is_found_in_a_model() {
    let lost = with_all_models(|mut tables| {
        tables.models.first_instance = None; // the models are resolved as if they were the workspace
        let (found, ()) = references::resolve(&mut tables, None, |_| ());
        let mut lost = Vec::new();
        for of in &found {
            let place = |file: FileId, span: crate::base::span::Span| {
                format!("{}:{}", tables.files[file], span.start.line)
            };
            lost.extend(of.unresolved.iter().map(|u| format!("{}: {}", place(u.file, u.span), u.path)));
            let outside = of.references.iter().filter(|of| matches!(of.defined, Named::External(_)));
            lost.extend(outside.map(|found| format!("{}: leads out of it", place(found.file, found.span))));
        }
        lost
    });
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_paths_of_several_crates_lead_to_the_same_items() {
    with_all_models(|mut tables| {
        let mut find = |path: &str| {
            let path: Vec<Name> = path.split("::").map(|name| tables.names.intern(name)).collect();
            let all = Namespaces::TYPES;
            let found = tables.models.find(&tables, &path, all, &mut Lookup::default());
            found.map(|(def, used)| (def, path.len() - used))
        };
        let same = [
            "Vec",
            "std::vec::Vec",
            "alloc::vec::Vec",
            "std::prelude::v1::Vec",
            "std::prelude::rust_2024::Vec",
        ];
        for path in same {
            assert!(matches!(find(path), Some((Def::Item(_), 0))), "{path}");
            assert_eq!(find(path), find("Vec"), "{path}");
        }
        assert_eq!(find("Vec::new"), find("std::vec::Vec::new"));
        assert!(matches!(find("Vec::new"), Some((Def::Item(_), 1))));
        assert_eq!(find("Some"), find("core::option::Option::Some"));
        assert_eq!(find("std::collections::HashMap"), find("std::collections::hash_map::HashMap"));
        assert!(matches!(find("std::io"), Some((Def::Module(_), 0))));
        for path in ["std::io::Nothing", "Nothing", "serde::Serialize", "HashMap"] {
            assert_eq!(find(path), None, "{path}");
        }
    });
}

/// A workspace whose code takes a value from the crate `shelves`.
const CODE: &str = "
    pub mod store { pub struct Record; impl Record { pub fn show(&self) {} } }
    pub mod desk {
        pub fn read(shelf: &shelves::Shelf<crate::store::Record>) { shelf.first().show(); }
    }";

/// The signatures of `shelves`.
const SHELVES: &str = "
    pub use inside::*;
    mod inside { pub struct Shelf<T> {} impl<T> Shelf<T> { pub fn first(&self) -> Option<&T> {} } }";

/// Resolves the workspace with these files beside it, named by `signatures`.
fn resolved(files: &[(&str, &str)], signatures: &[&str]) -> Model {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let files: MemoryFiles = files.iter().copied().chain([("src/lib.rs", CODE)]).collect();
    let signatures: Vec<String> = signatures.iter().map(|&glob| glob.to_owned()).collect();
    let target = Target {
        kind: TargetKind::Lib,
        crate_name: "shop".to_owned(),
        root_file: "src/lib.rs".to_owned(),
        edition: Edition::E2024,
        doctest: true,
    };
    let dependency = Dependency {
        package: "shelves".to_owned(),
        rename: None,
        kind: DependencyKind::Normal,
        path: None,
        target: None,
        optional: false,
    };
    let package = Package {
        name: "shop".to_owned(),
        dir: String::new(),
        targets: vec![target],
        dependencies: vec![dependency],
        metadata: None,
    };
    pool.install(|| {
        let workspace = Workspace { root: "/".into(), packages: vec![package] };
        let source = Extracted(&files);
        let (excludes, generated) = (&|_: &str| false, &[]);
        let filter =
            SourceFilter { tests: true, excludes, generated, signatures: &signatures, methods: true };
        let read = read(&workspace, &source, filter);
        resolve::resolve(&workspace, &read).0
    })
}

/// The names of the modules that methods lead to.
fn methods(model: &Model) -> Vec<&str> {
    let methods = model.references.iter().flatten().filter(|of| of.context == Context::Method);
    let modules = methods.filter_map(|reference| match reference.defined {
        Named::Module(module) => Some(model.names.text(model.modules[module].name)),
        Named::External(_) => None,
    });
    modules.collect()
}

#[test]
fn signatures_of_the_workspace_tell_the_types_of_values() {
    let shelves = SHELVES.replace("Option<&T>", "&T");
    let without = resolved(&[], &[]);
    let with = resolved(&[("signatures/shelves.rs", &shelves)], &["signatures/*.rs"]);
    assert_eq!(methods(&without), [""; 0]);
    assert_eq!(methods(&with), ["store"]);
    assert_eq!(with.diagnostics, []);
    // Nothing else changes, and nothing of a model is in the result.
    assert_eq!((with.files.len(), with.modules.len(), with.crates.len()), (1, 3, 1));
    assert_eq!(with.references.iter().flatten().count(), without.references.iter().flatten().count() + 1);
    let externals = |model: &Model| -> Vec<String> {
        model.externals.iter().map(|external| model.names.text(external.name).to_owned()).collect()
    };
    assert_eq!(externals(&with), externals(&without));
    assert_eq!(with.exports.len(), without.exports.len());
    assert_eq!(with.functions.len(), without.functions.len());
}

#[test]
fn each_file_of_signatures_that_is_not_used_is_reported() {
    let of = |file: &str, text: &str, glob: &str| {
        let model = resolved(&[(file, text)], &[glob]);
        assert_eq!(methods(&model), [""; 0], "{file}");
        model.diagnostics.iter().map(|d| (d.code, d.file.clone(), d.message.clone())).collect::<Vec<_>>()
    };
    let one = |file: &str, text: &str| match &of(file, text, "signatures/*.rs")[..] {
        [(code, Some(at), message)] => {
            assert_eq!(at, file);
            format!("{code}: {message}")
        }
        other => panic!("{file}: {other:?}"),
    };
    let foreign = "signatures: `tables` is no dependency outside the workspace that can have signatures";
    assert_eq!(one("signatures/tables.rs", SHELVES), foreign);
    assert!(one("signatures/std.rs", SHELVES).starts_with("signatures: `std` is no"));
    assert!(one("signatures/shop.rs", SHELVES).starts_with("signatures: `shop` is no"));
    let child = "signatures: `mod inside;` in a file of signatures, which is a whole crate";
    assert_eq!(one("signatures/shelves.rs", "mod inside;"), child);
    assert!(one("signatures/shelves.rs", "pub fn {").starts_with("syntax: "));
    let missing = of("signatures/shelves.rs", SHELVES, "other/*.rs");
    assert!(matches!(&missing[..], [(codes::SIGNATURES, None, _)]), "{missing:?}");
    let unread = of("signatures/shelves.rs", SHELVES, "other/shelves.rs");
    assert!(matches!(&unread[..], [(codes::SIGNATURES, Some(_), _)]), "{unread:?}");
}
