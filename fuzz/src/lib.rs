//! The fuzz targets: for each kind of input a function that accepts any bytes, and panics if an
//! invariant is violated.
//!
//! The programs in `fuzz_targets` call them with the inputs that libFuzzer finds; `tests/fuzz.rs`
//! includes this file, and calls them with the seeds and deterministic mutations of these on every
//! run of the tests.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use archlint::{
    base::{
        files::{Entry, Files, MemoryFiles, ReadError},
        pattern::{Matcher, Term},
    },
    graph::Graph,
    judge::{
        check::{self, Declarations, Subject, baseline::Baseline},
        config::File,
    },
    rust::{
        cargo::{Workspace, manifest},
        facts::{self, Doctests, FileFacts},
        lower,
        resolve::{self, Extracted, FactsSource, SourceFilter},
    },
    session::{
        answer::Answer,
        cache::{State, Trace},
    },
};
use serde::{Serialize, de::DeserializeOwned};

mod git;
mod inference;
mod mutate;

use mutate::Dice;

/// A kind of input.
#[derive(Clone, Copy)]
pub struct Target {
    /// The name: that of the program, and of the folder of seeds.
    pub name: &'static str,
    /// The function that processes an input.
    pub run: fn(&[u8]),
    /// Whether an input is Rust, for which mutations of tokens are more useful than those of bytes.
    pub is_rust: bool,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "source", run: source, is_rust: true },
    Target { name: "macro_input", run: macro_input, is_rust: true },
    Target { name: "manifest", run: manifest, is_rust: false },
    Target { name: "configuration", run: configuration, is_rust: false },
    Target { name: "baseline", run: baseline, is_rust: false },
    Target { name: "cache_entry", run: cache_entry, is_rust: false },
    Target { name: "selector", run: selector, is_rust: false },
    Target { name: "git_tree", run: git::tree, is_rust: false },
    Target { name: "inference", run: inference::inference, is_rust: true },
    Target { name: "signatures", run: inference::signatures, is_rust: true },
];

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("there is such a target");
    (target.run)(bytes);
}

/// Returns `bytes` with a few of its tokens changed.
pub fn changed_rust(bytes: &[u8], stream: u64) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    mutate::mutated(&mutate::pieces(&text), &mut Dice::new(stream)).into_bytes()
}

/// Returns `bytes`, which need not be text, with a few changes: bits flipped, runs removed,
/// duplicated or copied from `other`.
pub fn changed_bytes(bytes: &[u8], other: &[u8], stream: u64) -> Vec<u8> {
    let (mut bytes, mut dice) = (bytes.to_vec(), Dice::new(stream));
    for _ in 0..=dice.below(3) {
        let start = dice.below(bytes.len() + 1);
        let end = (start + dice.below(16)).min(bytes.len());
        match dice.below(5) {
            0 if start < bytes.len() => bytes[start] ^= 1 << dice.below(8),
            1 => drop(bytes.drain(start..end)),
            2 => {
                let run = bytes[start..end].to_vec();
                bytes.splice(start..start, run.repeat(1 + dice.below(40)));
            }
            3 => {
                let from = dice.below(other.len() + 1);
                let run = &other[from..(from + dice.below(24)).min(other.len())];
                bytes.splice(start..end, run.iter().copied());
            }
            _ => {
                let strange = mutate::strange(&mut dice);
                bytes.splice(start..end, strange.bytes());
            }
        }
    }
    bytes
}

/// Threads with a stack large enough for deeply nested source.
static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(facts::STACK);
    pool.build().expect("a thread can be started")
});

/// The manifest of a single library.
const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// The graph of a workspace, and the workspace.
fn analyzed(files: &dyn Files) -> Option<(Graph, Workspace)> {
    let (workspace, _) = manifest::load_from(files, "Cargo.toml").ok()?;
    let workspace = Workspace { root: "/workspace".into(), ..workspace };
    let graph = graph(&workspace, &Extracted(files));
    Some((graph, workspace))
}

fn graph(workspace: &Workspace, source: &dyn FactsSource) -> Graph {
    POOL.install(|| {
        // The targets `inference` and `signatures` find methods, which takes most of the time.
        let filter = SourceFilter {
            tests: true,
            excludes: &|_| false,
            generated: &[],
            signatures: &[],
            methods: false,
        };
        let read = resolve::read(workspace, source, filter);
        lower::lower(resolve::resolve(workspace, &read).0)
    })
}

/// Source: the facts are the same each time, survive serialization, and yield a graph.
fn source(bytes: &[u8]) {
    let facts = || POOL.install(|| resolve::facts_of(bytes.to_vec()));
    let written = written(&facts());
    assert_eq!(written, self::written(&facts()), "the facts differ from one time to the next");
    let read: FileFacts = postcard::from_bytes(&written).expect("what was written can be read");
    assert_eq!(written, self::written(&read), "the facts do not survive being written down");
    (0..4).for_each(|stream| written_facts(&changed_bytes(&written, bytes, stream)));
    let files = MemoryFiles::from_iter([("Cargo.toml", MANIFEST.as_bytes()), ("src/lib.rs", bytes)]);
    analyzed(&files).expect("the manifest is sound");
}

/// Macros: the text before the first NUL is the definition, the rest is the input.
fn macro_input(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (rules, input) = text.split_once('\0').unwrap_or((&text, "a b"));
    let source = format!("macro_rules! m {{ {rules} }}\nm! {{ {input} }}\nfn f() {{ m!({input}); }}\n");
    let files = MemoryFiles::from_iter([("Cargo.toml", MANIFEST), ("src/lib.rs", &source)]);
    analyzed(&files).expect("the manifest is sound");
}

/// A manifest, in a workspace with the folders that manifests usually name.
fn manifest(bytes: &[u8]) {
    let mut files = MemoryFiles::from_iter([
        ("src/lib.rs", ""),
        ("src/main.rs", ""),
        ("src/bin/tool.rs", ""),
        ("crates/a/src/lib.rs", ""),
        (
            "crates/a/Cargo.toml",
            "[package]\nname = \"a\"\nversion.workspace = true\nedition.workspace = true\n",
        ),
        ("crates/b/Cargo.toml", MANIFEST),
    ]);
    files.insert("Cargo.toml", bytes);
    let first = manifest::load_from(&files, "Cargo.toml").ok();
    let second = manifest::load_from(&files, "Cargo.toml").ok();
    assert_eq!(first.map(|(workspace, _)| workspace), second.map(|(workspace, _)| workspace));
    let _ = manifest::load(Path::new("/Cargo.toml"), &files);
    analyzed(&files);
}

/// The workspace that configurations are applied to.
static SHOP: LazyLock<(Graph, Workspace)> = LazyLock::new(|| {
    let source = "pub mod billing { pub struct Bill; pub mod api { pub use super::Bill; } }\n\
                  pub mod ui { use crate::billing::Bill; use std::fs::File; pub fn show(_: Bill, _: File) {} }\n\
                  pub mod db { pub fn save() { crate::ui::show; } }\n";
    let files = MemoryFiles::from_iter([("Cargo.toml", MANIFEST), ("src/lib.rs", source)]);
    analyzed(&files).expect("the manifest is sound")
});

/// A configuration: it is parsed, together with one that it extends, and applied to a graph.
fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (graph, workspace) = &*SHOP;
    let files = MemoryFiles::from_iter([("pack.toml", &*text), ("archlint.toml", &*text)]);
    let file = File { name: "archlint.toml", text: &text };
    let (setup, mistakes) =
        check::setup(Declarations { file: Some(file), packages: &workspace.packages, files: &files });
    for place in mistakes.iter().filter(|mistake| mistake.file.as_deref() == Some("archlint.toml")) {
        let line = place.span.map_or(0, |span| span.start.line) as usize;
        assert!(line <= text.lines().count() + 1, "a mistake beyond the end: {place:?}");
    }
    let subject = Subject { packages: &workspace.packages, ..Subject::from(graph) };
    let (report, _) = check::run(subject, &setup);
    let (again, _) = check::run(subject, &setup);
    assert!(report.findings == again.findings, "the findings differ from one time to the next");
}

/// A baseline: parsing, writing and parsing again yields the same value.
fn baseline(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (read, mistakes) = Baseline::parse(&text);
    if mistakes.is_empty() {
        let written = read.render();
        let (again, mistakes) = Baseline::parse(&written);
        assert!(mistakes.is_empty(), "what was written has mistakes: {mistakes:?}");
        assert_eq!(written, again.render());
        assert!(read.entries().eq(again.entries()));
    }
}

/// Cache entries for paths, states and answers, as an owner of the key could write them: any bytes
/// are read as each kind of entry, or rejected.
///
/// Graphs are left out: their ids are read by `index_vec`, which panics if an id is too large, and
/// a merely wrong id would be accepted. They are read only after their tag has been verified, so
/// they cannot have been written without the key.
fn cache_entry(bytes: &[u8]) {
    fn of<T: DeserializeOwned + Serialize>(bytes: &[u8]) {
        if let Ok((value, _)) = postcard::take_from_bytes::<T>(bytes) {
            let written = written(&value);
            let again: T = postcard::from_bytes(&written).expect("what was written can be read");
            assert_eq!(written, self::written(&again));
        }
    }
    of::<(Trace, State)>(bytes);
    of::<(Trace, State, Answer)>(bytes);
    of::<Workspace>(bytes);
    written_facts(bytes);
}

/// Facts as an owner of the cache's key could write them: they are rejected, or yield a graph.
fn written_facts(bytes: &[u8]) {
    struct Given(Arc<FileFacts>);

    impl FactsSource for Given {
        fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
            if path == "src/lib.rs" { Ok(self.0.clone()) } else { Err(ReadError::NotFound) }
        }

        fn doctests(&self, _: &str, _: &str) -> Result<Arc<Doctests>, ReadError> {
            Err(ReadError::NotFound)
        }

        fn list(&self, _: &str) -> Result<Vec<Entry>, ReadError> {
            Err(ReadError::NotFound)
        }
    }

    let Ok((facts, _)) = postcard::take_from_bytes::<FileFacts>(bytes) else { return };
    let written = written(&facts);
    let again: FileFacts = postcard::from_bytes(&written).expect("what was written can be read");
    assert_eq!(written, self::written(&again));
    let files = MemoryFiles::from_iter([("Cargo.toml", MANIFEST), ("src/lib.rs", "")]);
    let (workspace, _) = manifest::load_from(&files, "Cargo.toml").expect("the manifest is sound");
    graph(&Workspace { root: "/workspace".into(), ..workspace }, &Given(Arc::new(facts)));
}

/// A selector: the position of an error is inside the text; a pattern matches or not, and its
/// methods agree.
fn selector(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Term::parse(&text) {
        Err(error) => assert!(text.get(error.at.clone()).is_some(), "{error:?} is not in the text"),
        Ok(Term { matcher: Matcher::Path(pattern), .. }) => {
            for path in ["shop", "shop::billing", "shop::billing::api", "a::a::a::a::a::a::a::a"] {
                let segments: Vec<&str> = path.split("::").collect();
                let _ = pattern.matched_length(segments.len(), |_, _| true);
                // The number of bindings is bounded only for patterns with captures, and the
                // program requests bindings only for those.
                let path: &[&str] = if pattern.has_captures() { &segments } else { &[] };
                let bound = pattern.bindings(path, |_, _| true);
                assert!(bound.windows(2).all(|two| two[0] < two[1]), "sorted, each once");
            }
        }
        Ok(_) => {}
    }
    configuration(format!("[[forbid]]\nid = \"x\"\nfrom = {text:?}\nto = \"shop::db\"\n").as_bytes());
}

fn written(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("data can be written down")
}
