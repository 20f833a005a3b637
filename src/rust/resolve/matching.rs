//! The files and folders that globs match, relative to the workspace root. Links are not followed.

use globset::{Glob, GlobMatcher};

use crate::base::{files::EntryKind, path};

use super::source::FactsSource;

/// The maximum number of paths that a glob may match. Further ones are ignored.
const MOST_PATHS: usize = 1 << 14;

/// Returns the paths of a kind that a glob matches. A path without a wildcard need not exist.
pub(super) fn matching(glob: &str, kind: EntryKind, source: &dyn FactsSource) -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut segments = glob.split('/').peekable();
    while let Some(segment) = segments.next() {
        let kind = if segments.peek().is_some() { EntryKind::Dir } else { kind };
        paths = match Segment::of(segment) {
            Segment::Plain => paths.iter().map(|dir| path::join(dir, segment)).collect(),
            Segment::Glob(glob) => paths.iter().flat_map(|dir| entries(source, dir, &glob, kind)).collect(),
        };
        paths.truncate(MOST_PATHS);
    }
    paths
}

enum Segment {
    Plain,
    Glob(GlobMatcher),
}

impl Segment {
    fn of(text: &str) -> Self {
        match Glob::new(text) {
            Ok(glob) if text.contains(['*', '?', '[', '{']) => Self::Glob(glob.compile_matcher()),
            _ => Self::Plain,
        }
    }
}

fn entries(source: &dyn FactsSource, dir: &str, glob: &GlobMatcher, kind: EntryKind) -> Vec<String> {
    let entries = source.list(dir).unwrap_or_default().into_iter();
    let found = entries.filter(|entry| entry.kind == kind && glob.is_match(&entry.name));
    found.map(|entry| path::join(dir, &entry.name)).collect()
}
