//! The types of values: source as a whole workspace with methods and fields, and files with the
//! signatures of other crates.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use archlint::{
    base::files::{Entry, MemoryFiles, ReadError},
    graph::Graph,
    rust::{
        cargo::{Workspace, manifest},
        facts::{Doctests, FileFacts},
        lower,
        resolve::{self, Digest, Expanded, Extracted, FactsSource, SourceFilter},
    },
};

use super::{POOL, changed_rust, written};

/// The number of crates in which a source stands: unchanged, and with changes. The signatures of the
/// standard library are read once for all of them.
const CRATES: usize = 8;

/// The crates whose signatures are the input, or come with archlint.
const DEPENDENCIES: &str = "[dependencies]\nouter = \"1\"\nanyhow = \"1\"\ntokio = \"1\"\nindexmap = \"1\"\n";

/// Source: the graph with methods and fields is the same each time.
pub(super) fn inference(bytes: &[u8]) {
    let mut files = MemoryFiles::new();
    files.insert("Cargo.toml", "[workspace]\nmembers = [\"m*\"]\n".as_bytes());
    for number in 0..CRATES {
        let manifest = format!(
            "[package]\nname = \"m{number}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{DEPENDENCIES}"
        );
        files.insert(&format!("m{number}/Cargo.toml"), manifest.as_bytes());
        let text = if number == 0 { bytes.to_vec() } else { changed_rust(bytes, number as u64) };
        files.insert(&format!("m{number}/src/lib.rs"), text);
    }
    compare(&files, &[]);
}

/// Signatures: the text before the first NUL is the file, the rest is code that uses the crate.
pub(super) fn signatures(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (signatures, source) = text.split_once('\0').unwrap_or((&text, USE));
    let mut files = MemoryFiles::new();
    let manifest =
        format!("[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{DEPENDENCIES}");
    files.insert("Cargo.toml", manifest.as_bytes());
    files.insert("src/lib.rs", source.as_bytes());
    files.insert("signatures/outer.rs", signatures.as_bytes());
    let globs = ["signatures/*.rs", "**/o*.rs", "../*.rs", "[", ""].map(str::to_owned);
    compare(&files, &globs);
}

const USE: &str = "pub struct Own; impl Own { pub fn own(&self) {} }\n\
    pub fn f(x: outer::Outer<Own>) { x.get().own(); for y in x.all() { y.own(); } x.map(|z| z.own()); x[0].own(); }\n";

fn compare(files: &MemoryFiles, signatures: &[String]) {
    let (workspace, _) = manifest::load_from(files, "Cargo.toml").expect("the manifest is sound");
    let workspace = Workspace { root: "/workspace".into(), ..workspace };
    // Threads of the pool that wait for each other must not wait for the models as well.
    LazyLock::force(&MODELS);
    let source = Kept { files: Extracted(files), recorded: None };
    let [first, second] = [(); 2].map(|()| written(&graph(&workspace, &source, signatures)));
    assert!(first == second, "the graphs differ from one time to the next");
}

fn graph(workspace: &Workspace, source: &dyn FactsSource, signatures: &[String]) -> Graph {
    POOL.install(|| {
        let filter =
            SourceFilter { tests: false, excludes: &|_| false, generated: &[], signatures, methods: true };
        let read = resolve::read(workspace, source, filter);
        lower::lower(resolve::resolve(workspace, &read).0)
    })
}

/// The facts of the signatures that come with archlint.
static MODELS: LazyLock<HashMap<Digest, Expanded>> = LazyLock::new(|| {
    let manifest =
        format!("[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{DEPENDENCIES}");
    let files = MemoryFiles::from_iter([("Cargo.toml", &*manifest), ("src/lib.rs", "")]);
    let (workspace, _) = manifest::load_from(&files, "Cargo.toml").expect("the manifest is sound");
    let recorded = Mutex::default();
    graph(&workspace, &Kept { files: Extracted(&files), recorded: Some(&recorded) }, &[]);
    recorded.into_inner().expect("no thread has panicked")
});

/// Files, and the facts of the signatures that come with archlint, which would take most of the time.
struct Kept<'f> {
    files: Extracted<'f>,
    /// The facts of expansions, while they are recorded.
    recorded: Option<&'f Mutex<HashMap<Digest, Expanded>>>,
}

impl FactsSource for Kept<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        self.files.facts(path)
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        self.files.doctests(path, package)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.files.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        match self.recorded {
            Some(recorded) => {
                let made = make();
                recorded.lock().expect("no thread has panicked").insert(digest, made.clone());
                made
            }
            None => MODELS.get(&digest).cloned().unwrap_or_else(make),
        }
    }
}
