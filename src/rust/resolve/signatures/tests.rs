use crate::{
    base::files::MemoryFiles,
    rust::{
        cargo::Workspace,
        facts::STACK,
        resolve::{Extracted, Named, SourceFilter, grow, imports, read, references},
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
        let filter = SourceFilter { tests: true, excludes: &|_| false, generated: &[], methods: true };
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
    for (stem, text) in PACKS.iter().flat_map(|pack| pack.files) {
        let found = facts_of(text.as_bytes().to_vec()).diagnostics;
        assert!(found.is_empty(), "{stem}: {found:?}");
        syn::parse_file(text).unwrap_or_else(|error| panic!("{stem}:{}: {error}", error.span().start().line));
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
            let outside =
                |raw: &&references::RawReference| matches!(raw.reference.defined, Named::External(_));
            let outside = of.references.iter().filter(outside).map(|raw| raw.reference);
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
