//! Conditions of the whole workspace: each file's, joined with those of the modules that lead to it.

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::facts::{FileFacts, condition::Predicate};

use super::{CfgId, Condition};

/// Interned conjunctions of predicates.
#[derive(Debug)]
pub(super) struct Conditions {
    all: IndexVec<CfgId, Entry>,
    known: FxHashMap<Vec<u32>, CfgId>,
    predicates: Vec<Predicate>,
    numbers: FxHashMap<Predicate, u32>,
    joined: FxHashMap<(CfgId, CfgId), CfgId>,
}

#[derive(Debug)]
struct Entry {
    /// Numbers of predicates, in the order in which they stand around the code, without doubles.
    of: Vec<u32>,
    test: bool,
    plain: bool,
}

impl Conditions {
    /// The condition that always holds.
    pub const ALWAYS: CfgId = CfgId { _raw: 0 };
}

impl Default for Conditions {
    fn default() -> Self {
        let always = Entry { of: Vec::new(), test: false, plain: true };
        Self {
            all: IndexVec::from_vec(vec![always]),
            known: FxHashMap::from_iter([(Vec::new(), Self::ALWAYS)]),
            predicates: Vec::new(),
            numbers: FxHashMap::default(),
            joined: FxHashMap::default(),
        }
    }
}

impl Conditions {
    /// Both conditions.
    pub fn and(&mut self, a: CfgId, b: CfgId) -> CfgId {
        if b == Self::ALWAYS || a == b {
            return a;
        }
        if a == Self::ALWAYS {
            return b;
        }
        if let Some(&known) = self.joined.get(&(a, b)) {
            return known;
        }
        let mut of = self.all[a].of.clone();
        for &predicate in &self.all[b].of {
            if !of.contains(&predicate) {
                of.push(predicate);
            }
        }
        let joined = self.intern(of);
        self.joined.insert((a, b), joined);
        joined
    }

    fn intern(&mut self, of: Vec<u32>) -> CfgId {
        if let Some(&known) = self.known.get(&of) {
            return known;
        }
        let test = of.iter().any(|&n| self.predicates[n as usize].requires_test());
        let plain = of.iter().all(|&n| self.predicates[n as usize].evaluate(&plainly) != Some(false));
        let id = self.all.push(Entry { of: of.clone(), test, plain });
        self.known.insert(of, id);
        id
    }

    /// A file's conditions under that of the module that it is.
    pub fn of_file(&mut self, facts: &FileFacts, outer: CfgId) -> Vec<CfgId> {
        let mut ids: Vec<CfgId> = Vec::with_capacity(facts.conditions.len());
        for condition in &facts.conditions {
            let id = match &condition.predicate {
                None => outer,
                Some(predicate) => {
                    let own = self.predicate(predicate);
                    self.and(ids[condition.parent.index()], own)
                }
            };
            ids.push(id);
        }
        ids
    }

    fn predicate(&mut self, predicate: &Predicate) -> CfgId {
        let number = match self.numbers.get(predicate) {
            Some(&number) => number,
            None => {
                self.predicates.push(predicate.clone());
                let number = self.predicates.len() as u32 - 1;
                self.numbers.insert(predicate.clone(), number);
                number
            }
        };
        self.intern(vec![number])
    }

    /// Whether the condition can only hold in test builds.
    pub fn is_test(&self, cfg: CfgId) -> bool {
        self.all[cfg].test
    }

    /// Whether the condition can hold in a plain build; see [`plainly`].
    pub fn is_plain(&self, cfg: CfgId) -> bool {
        self.all[cfg].plain
    }

    /// The conditions for readers.
    pub fn finish(self) -> IndexVec<CfgId, Condition> {
        let text = |entry: &Entry| match entry.of.as_slice() {
            [] => String::new(),
            [one] => self.predicates[*one as usize].to_string(),
            many => {
                let all = many.iter().map(|&n| self.predicates[n as usize].clone()).collect();
                Predicate::All(all).to_string()
            }
        };
        self.all.iter().map(|entry| Condition { text: text(entry), test: entry.test }).collect()
    }
}

/// What a plain build sets: features, platforms and tests are open, since all of them are built by somebody; any other
/// option is one that has to be passed by hand (`loom`, `docsrs`, `miri`), and then nothing is as it mostly is.
fn plainly(option: &str) -> Option<bool> {
    let name = option.split(['=', '(']).next().unwrap_or_default().trim();
    if option == "test" || option == "debug_assertions" {
        return Some(true);
    }
    let open = ["feature", "unix", "windows", "panic", "proc_macro", "overflow_checks", "relocation_model"];
    if open.contains(&name) || name.starts_with("target_") { None } else { Some(false) }
}
