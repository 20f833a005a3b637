//! The commit that brought some lines into a file: like `git blame`, by following the parents that
//! already have them.

use std::sync::Arc;

use super::{
    repository::{BlobId, Repository, Revision},
    tree::TreeFiles,
};

/// The search for commits, with a bound on the commits that all searches together visit.
#[derive(Debug)]
pub struct Search {
    repository: Arc<Repository>,
    left: usize,
}

/// The lines that are searched for.
struct Lines<'a> {
    /// The path in the repository.
    path: &'a str,
    /// The lines, without the spaces around them.
    lines: &'a [&'a str],
    /// A content that has them.
    known: Option<BlobId>,
}

impl Search {
    /// Creates searches that visit at most `most` commits.
    pub fn new(repository: Arc<Repository>, most: usize) -> Self {
        Self { repository, left: most }
    }

    /// Returns the commit that brought `lines` into the file at `path`, which `newest` has: the last
    /// one on the way to the past none of whose parents has the file with all of them. Spaces around
    /// a line do not count, and a file that was renamed is a new one. Returns `None` if the bound is
    /// reached, or if a commit is not in this clone.
    pub fn commit(&mut self, newest: &Revision, path: &str, lines: &[&str]) -> Option<Revision> {
        let mut wanted = Lines { path, lines, known: None };
        let mut at = newest.clone();
        loop {
            let mut before = None;
            for parent in &at.parents {
                self.left = self.left.checked_sub(1)?;
                let parent = self.repository.commit(parent).ok()?;
                if self.has(&parent, &mut wanted) {
                    before = Some(parent);
                    break;
                }
            }
            match before {
                Some(parent) => at = parent,
                None if at.parents.is_empty() && self.repository.is_shallow() => return None,
                None => return Some(at),
            }
        }
    }

    fn has(&self, revision: &Revision, wanted: &mut Lines<'_>) -> bool {
        let files = TreeFiles::new(Arc::clone(&self.repository), revision);
        let Ok(blob) = files.blob(wanted.path) else { return false };
        if wanted.known == Some(blob) {
            return true;
        }
        let Ok(content) = files.content(wanted.path, blob) else { return false };
        let text = String::from_utf8_lossy(&content);
        let mut searched = wanted.lines.iter().peekable();
        for line in text.lines() {
            searched.next_if(|wanted| line.trim() == **wanted);
        }
        let has_all = searched.peek().is_none();
        if has_all {
            wanted.known = Some(blob);
        }
        has_all
    }
}
