//! Rename detection: the pairs of deleted and added files that are the same file under another
//! name.
//!
//! As in git, a deleted file is paired with an identical added file, or else with the most similar
//! one, if at least half of the lines of the longer file are in both. Only Rust source is compared
//! by lines, and only if there are few files: a commit that moves and edits hundreds of files is a
//! reorganisation, whose renames cannot be identified reliably.

use gix::{ObjectId, bstr::BString};
use imara_diff::{Algorithm, Diff, InternedInput};
use rustc_hash::FxHashMap;

use crate::base::files::Absent;

/// A file that was added or deleted.
pub(super) type File = (BString, ObjectId);

/// The maximum number of files on each side that are compared by lines.
const LIMIT: usize = 64;

/// The maximum size, in bytes, of files that are compared by lines.
const SIZE: u64 = 1 << 20;

/// Returns pairs of a file of `gone` and the file of `new` that it became, each in at most one
/// pair, sorted. Files that the clone lacks are added to `absent`.
pub(super) fn pair(
    repository: &gix::Repository,
    absent: &Absent,
    gone: &[File],
    new: &[File],
) -> Vec<(BString, BString)> {
    let mut pairs = Vec::new();
    let (gone, new) = identical(gone, new, &mut pairs);
    let texts = |files| texts(repository, absent, files);
    if let Some((gone, new)) = compared(&gone).zip(compared(&new)) {
        alike(&texts(gone), &texts(new), &mut pairs);
    }
    pairs.sort_unstable();
    pairs
}

/// Pairs files with identical content, in the order of their paths, preferring equal file names.
/// Returns the unpaired files.
fn identical(gone: &[File], new: &[File], pairs: &mut Vec<(BString, BString)>) -> (Vec<File>, Vec<File>) {
    let mut by_content: FxHashMap<ObjectId, Vec<&File>> = FxHashMap::default();
    for file in new.iter().rev() {
        by_content.entry(file.1).or_default().push(file);
    }
    let mut left = Vec::new();
    let mut taken = Vec::new();
    for file in gone {
        let found = by_content.get_mut(&file.1).and_then(|same| {
            let at = same.iter().rposition(|other| name(&other.0) == name(&file.0));
            at.map(|at| same.remove(at)).or_else(|| same.pop())
        });
        match found {
            Some(other) => {
                pairs.push((file.0.clone(), other.0.clone()));
                taken.push(&other.0);
            }
            None => left.push(file.clone()),
        }
    }
    taken.sort_unstable();
    let rest = new.iter().filter(|file| taken.binary_search(&&file.0).is_err());
    (left, rest.cloned().collect())
}

fn name(path: &BString) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// Returns those of `files` that are compared by lines; `None` if there are none, or too many.
fn compared(files: &[File]) -> Option<Vec<&File>> {
    let source: Vec<&File> = files.iter().filter(|(path, _)| path.ends_with(b".rs")).collect();
    (1..=LIMIT).contains(&source.len()).then_some(source)
}

/// A path and its text.
type Text = (BString, Vec<u8>);

fn texts(repository: &gix::Repository, absent: &Absent, files: Vec<&File>) -> Vec<Text> {
    let text = |file: &File| Some((file.0.clone(), text(repository, absent, file)?));
    files.into_iter().filter_map(text).collect()
}

/// Pairs files with similar lines, the most similar first.
fn alike(gone: &[Text], new: &[Text], pairs: &mut Vec<(BString, BString)>) {
    let mut candidates = Vec::new();
    for (i, (_, before)) in gone.iter().enumerate() {
        for (j, (_, after)) in new.iter().enumerate() {
            candidates.extend(likeness(before, after).map(|share| (std::cmp::Reverse(share), i, j)));
        }
    }
    candidates.sort_unstable();
    let (mut used, mut taken) = (vec![false; gone.len()], vec![false; new.len()]);
    for (_, i, j) in candidates {
        if !used[i] && !taken[j] {
            (used[i], taken[j]) = (true, true);
            pairs.push((gone[i].0.clone(), new[j].0.clone()));
        }
    }
}

/// Returns the text of a file; `None` if it is too large, or if the clone lacks it, which is noted.
fn text(repository: &gix::Repository, absent: &Absent, (path, id): &File) -> Option<Vec<u8>> {
    let found = match repository.find_header(*id) {
        Ok(header) if header.size() > SIZE => return None,
        Ok(_) => repository.find_blob(*id).ok(),
        Err(_) => None,
    };
    if found.is_none() {
        absent.note(&path.to_string(), &id.to_hex().to_string());
    }
    found.map(|mut blob| blob.take_data())
}

/// Returns the share, in thousandths, of the longer text's lines that are in both; `None` if it is
/// below a half.
fn likeness(before: &[u8], after: &[u8]) -> Option<u32> {
    let lines = |text: &[u8]| memchr::memchr_iter(b'\n', text).count() as u32 + 1;
    let longer = lines(before).max(lines(after));
    if lines(before).min(lines(after)) * 2 < longer {
        return None;
    }
    let input = InternedInput::new(before, after);
    let removed = Diff::compute(Algorithm::Histogram, &input).count_removals();
    let common = (input.before.len() as u32).saturating_sub(removed);
    (common * 2 >= longer).then(|| common * 1000 / longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_longer_one() {
        let text = |lines: &[&str]| lines.join("\n").into_bytes();
        let base = text(&["a", "b", "c", "d"]);
        assert_eq!(likeness(&base, &base), Some(1000));
        assert_eq!(likeness(&base, &text(&["a", "b", "x", "y"])), Some(500));
        assert_eq!(likeness(&base, &text(&["a", "x", "y", "z"])), None);
        assert_eq!(likeness(&base, &text(&["a", "b", "c", "d", "e", "f", "g", "h", "i"])), None);
    }

    #[test]
    fn content_first_then_names() {
        let id = |digit: u8| ObjectId::Sha1([digit; 20]);
        let file = |path: &str, digit: u8| (BString::from(path), id(digit));
        let gone = [file("a/x.rs", 1), file("a/y.rs", 1), file("a/z.rs", 2)];
        let new = [file("b/q.rs", 3), file("b/x.rs", 1), file("b/y.rs", 1)];
        let mut pairs = Vec::new();
        let (gone, new) = identical(&gone, &new, &mut pairs);
        let names: Vec<_> = pairs.iter().map(|(a, b)| format!("{a} {b}")).collect();
        assert_eq!(names, ["a/x.rs b/x.rs", "a/y.rs b/y.rs"]);
        assert_eq!((gone[0].0.to_string(), new[0].0.to_string()), ("a/z.rs".into(), "b/q.rs".into()));
    }
}
