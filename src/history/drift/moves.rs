//! Detection of moved modules: files that were renamed or moved, with the modules inside them.
//!
//! A module counts as moved only if that is unambiguous: its file is the same, or most of its lines
//! are, and no other candidate is equally similar. Everything else counts as one lost and one
//! gained module, which is always correct.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use rustc_hash::FxHashMap;

use super::{Side, shape::Moves};
use crate::graph::{Graph, NodeId};

/// The default threshold of git: half of the lines.
const ALIKE: u32 = 500;
/// The minimum number of lines for a comparison. A shorter file is matched only if both its name
/// and its whole text are the same.
const TELLING: usize = 4;
/// The maximum number of pairs that are compared; if there are more, only modules with the same
/// last name are compared.
const MOST_PAIRS: usize = 250_000;

/// Returns the modules of `base` that have another id in `head`.
pub fn find(base: Side<'_>, head: Side<'_>) -> Moves {
    let lost = apart(base.graph, head.graph);
    let gained = apart(head.graph, base.graph);
    let (old, new) = (candidates(base, &lost), candidates(head, &gained));
    let all = old.len().saturating_mul(new.len()) <= MOST_PAIRS;
    let mut pairs: Vec<(Reverse<u32>, usize, usize)> = Vec::new();
    for (i, a) in old.iter().enumerate() {
        for (j, b) in new.iter().enumerate().filter(|(_, b)| all || a.leaf() == b.leaf()) {
            pairs.extend(a.likeness(b).map(|likeness| (Reverse(likeness), i, j)));
        }
    }
    pairs.sort_unstable();
    let mut moves = Moves::new();
    let (mut left, mut taken) = (BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in pairs {
        if !left.contains(&i) && taken.insert(j) {
            left.insert(i);
            moves.insert(old[i].id.to_owned(), new[j].id.to_owned());
        }
    }
    inside(&mut moves, &lost, &gained);
    moves
}

/// Returns the ids of the modules that only `graph` contains.
fn apart<'a>(graph: &'a Graph, other: &Graph) -> BTreeMap<&'a str, NodeId> {
    let known: BTreeSet<&str> =
        other.nodes.iter().filter(|n| n.module.is_some()).map(|n| n.id.as_str()).collect();
    let modules = graph.nodes.iter_enumerated().filter(|(_, n)| n.module.is_some());
    modules.map(|(at, n)| (n.id.as_str(), at)).filter(|(id, _)| !known.contains(id)).collect()
}

/// A module with a file of its own.
struct Candidate<'a> {
    id: &'a str,
    file: &'a str,
    /// The number of occurrences of each line that is not empty. The order of the lines is ignored.
    lines: FxHashMap<String, u32>,
    count: u32,
}

fn candidates<'a>(side: Side<'a>, modules: &BTreeMap<&'a str, NodeId>) -> Vec<Candidate<'a>> {
    let of = |(id, at): (&&'a str, &NodeId)| {
        let module = side.graph.nodes[*at].module.as_ref().filter(|module| module.line == 1)?;
        let file = side.graph.files[module.file].as_str();
        let text = (side.text)(file)?;
        let mut lines: FxHashMap<String, u32> = FxHashMap::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            *lines.entry(line.to_owned()).or_default() += 1;
        }
        let count = lines.values().sum();
        Some(Candidate { id, file, lines, count })
    };
    modules.iter().filter_map(of).collect()
}

impl Candidate<'_> {
    fn leaf(&self) -> &str {
        self.id.rsplit_once("::").map_or(self.id, |(_, leaf)| leaf)
    }

    /// Returns the similarity of two modules, in thousandths, with a bonus for the same name and
    /// the same file; `None` if they are not similar enough.
    fn likeness(&self, other: &Self) -> Option<u32> {
        let (few, many) = (self.count.min(other.count), self.count.max(other.count));
        let same_file = self.file == other.file;
        if many > few.saturating_mul(3) && !same_file {
            return None;
        }
        let shared: u32 =
            self.lines.iter().map(|(line, n)| (*n).min(other.lines.get(line).copied().unwrap_or(0))).sum();
        let alike = if many == 0 { 1000 } else { (2000 * shared).checked_div(few + many).unwrap_or(0) };
        let same_name = self.leaf() == other.leaf();
        let telling = self.lines.len().min(other.lines.len()) >= TELLING;
        let clear = (alike >= ALIKE && (telling || same_file)) || (alike == 1000 && same_name);
        clear.then_some(alike + 100 * u32::from(same_name) + 200 * u32::from(same_file))
    }
}

/// Adds the modules inside a moved module that have the same name there: they moved with it.
fn inside(moves: &mut Moves, lost: &BTreeMap<&str, NodeId>, gained: &BTreeMap<&str, NodeId>) {
    let mut taken: BTreeSet<String> = moves.values().cloned().collect();
    // In the order of ids a module comes before the modules inside it.
    for id in lost.keys() {
        let Some((parent, leaf)) = id.rsplit_once("::") else { continue };
        let Some(now) = moves.get(parent).map(|parent| format!("{parent}::{leaf}")) else { continue };
        if !moves.contains_key(*id) && gained.contains_key(now.as_str()) && taken.insert(now.clone()) {
            moves.insert((*id).to_owned(), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate<'a>(id: &'a str, file: &'a str, text: &str) -> Candidate<'a> {
        let mut lines: FxHashMap<String, u32> = FxHashMap::default();
        text.lines().for_each(|line| *lines.entry(line.to_owned()).or_default() += 1);
        Candidate { id, file, count: lines.values().sum(), lines }
    }

    #[test]
    fn most_lines_or_the_name_and_all_of_them() {
        let body = "a\nb\nc\nd\ne";
        let module = candidate("shop::old", "src/old.rs", body);
        let like = |id, file, text: &str| module.likeness(&candidate(id, file, text));
        assert_eq!(like("shop::new", "src/new.rs", body), Some(1000));
        assert_eq!(like("shop::new", "src/new.rs", "a\nb\nc\nd\nx"), Some(800));
        assert_eq!(like("shop::new", "src/new.rs", "a\nx\ny\nz\nw"), None);
        assert!(like("shop::x::old", "src/x/old.rs", body) > like("shop::new", "src/new.rs", body));
        let tiny = candidate("shop::old", "src/old.rs", "x");
        assert_eq!(tiny.likeness(&candidate("shop::new", "src/new.rs", "x")), None);
        assert!(tiny.likeness(&candidate("shop::a::old", "src/a/old.rs", "x")).is_some());
    }
}
