//! Properties of the inference of methods and fields, on the workspaces under `fixtures/inference/`.

use std::{collections::BTreeSet, fs, path::Path};

use proptest::prelude::*;
use walkdir::WalkDir;

use crate::support::{copy, fixtures, run};

/// Methods, fields and variables of the fixture that are not names of std, so that they can be renamed
/// everywhere.
const NAMES: &[&str] = &[
    "make", "iron", "nurse", "operate", "visit", "wide", "load", "pair", "wash", "size", "linen", "sheet",
    "sheets", "bed", "beds", "show", "ward", "years", "top_mut", "lead", "spare", "folded",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The new names have the lengths of the old ones, so that places stay the same.
    #[test]
    fn renaming_changes_nothing_but_the_name(
        chosen in proptest::sample::subsequence(NAMES, 1..=NAMES.len()),
        seed in "[a-z]{8}",
    ) {
        let folder = copy(&fixtures().join("inference/shapes"));
        let before = graph(folder.path());
        let words: BTreeSet<String> = sources(folder.path()).flat_map(|(_, text)| words(&text)).collect();
        let renamed: Vec<(&str, String)> = chosen.iter().enumerate()
            .map(|(at, old)| (*old, new_name(old.len(), at, &seed)))
            .filter(|(_, new)| !words.contains(new))
            .collect();
        for (file, text) in sources(folder.path()).collect::<Vec<_>>() {
            let text = replaced(&text, |word| renamed.iter().find(|(old, _)| *old == word).map(|(_, new)| new.as_str()));
            fs::write(file, text).expect("the copy can be written");
        }
        let after = graph(folder.path());
        let back = replaced(&after, |word| renamed.iter().find(|(_, new)| new == word).map(|(old, _)| *old));
        prop_assert!(renamed.is_empty() || after != before, "{renamed:?}");
        prop_assert_eq!(back, before, "{:?}", renamed);
    }
}

/// Returns a name of that length that contains the number `at`.
fn new_name(len: usize, at: usize, seed: &str) -> String {
    let number = format!("{}{}", char::from(b'a' + (at / 10) as u8), at % 10);
    let start: String = seed.chars().cycle().take(len.saturating_sub(2)).collect();
    start + &number
}

fn graph(folder: &Path) -> String {
    let output = run(folder, "graph --format json --sites");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("JSON is text")
}

fn sources(folder: &Path) -> impl Iterator<Item = (std::path::PathBuf, String)> {
    let files =
        WalkDir::new(folder.join("src")).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file()).map(|path| {
        let text = fs::read_to_string(&path).expect("a source file is text");
        (path, text)
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Replaces the words for which `new` returns another one.
fn replaced<'a>(text: &'a str, new: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        result.push_str(new(word).unwrap_or(word));
        let symbols = behind.find(is_part).unwrap_or(behind.len());
        result.push_str(&behind[..symbols]);
        rest = &behind[symbols..];
    }
    result
}
