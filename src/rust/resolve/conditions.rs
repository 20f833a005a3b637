//! The conditions of the whole workspace: those of each file, joined with those of the modules that
//! contain it.

use index_vec::IndexVec;
use rustc_hash::FxHashMap;

use crate::rust::facts::{self, ConditionId, FileFacts, condition::Predicate};

use super::{ids::CfgId, model::CfgCondition};

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
    /// The numbers of the predicates, outermost first, without duplicates.
    of: Vec<u32>,
    test: bool,
    plain: bool,
    never: bool,
}

impl Default for Conditions {
    fn default() -> Self {
        let always = Entry { of: Vec::new(), test: false, plain: true, never: false };
        Self {
            all: IndexVec::from_vec(vec![always]),
            known: FxHashMap::from_iter([(Vec::new(), CfgId::ALWAYS)]),
            predicates: Vec::new(),
            numbers: FxHashMap::default(),
            joined: FxHashMap::default(),
        }
    }
}

impl Conditions {
    /// The conjunction of both conditions.
    pub fn and(&mut self, a: CfgId, b: CfgId) -> CfgId {
        if b == CfgId::ALWAYS || a == b {
            return a;
        }
        if a == CfgId::ALWAYS {
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

    /// Returns true if every predicate of `b` is one of `a`, so that `b` holds wherever `a` does.
    pub fn implies(&self, a: CfgId, b: CfgId) -> bool {
        self.all[b].of.iter().all(|predicate| self.all[a].of.contains(predicate))
    }

    /// The disjunction of both conditions.
    pub fn or(&mut self, a: CfgId, b: CfgId) -> CfgId {
        if a == b || a == CfgId::ALWAYS || b == CfgId::ALWAYS {
            return if a == b { a } else { CfgId::ALWAYS };
        }
        let shared: Vec<u32> =
            self.all[a].of.iter().copied().filter(|n| self.all[b].of.contains(n)).collect();
        let rest = |id: CfgId| {
            let own = self.all[id].of.iter().filter(|n| !shared.contains(n));
            let own: Vec<Predicate> = own.map(|&n| self.predicates[n as usize].clone()).collect();
            if own.len() == 1 { own.into_iter().next() } else { Some(Predicate::All(own)) }
        };
        let sides: Vec<Predicate> = [rest(a), rest(b)].into_iter().flatten().collect();
        let outer = self.intern(shared);
        let whole =
            [&sides[0], &sides[1]].iter().any(|side| matches!(side, Predicate::All(of) if of.is_empty()));
        let opposite = |x: &Predicate, y: &Predicate| *x == Predicate::Not(Box::new(y.clone()));
        if whole || opposite(&sides[0], &sides[1]) || opposite(&sides[1], &sides[0]) {
            return outer;
        }
        let either = self.predicate(&Predicate::Any(sides));
        self.and(outer, either)
    }

    fn intern(&mut self, of: Vec<u32>) -> CfgId {
        if let Some(&known) = self.known.get(&of) {
            return known;
        }
        let test = of.iter().any(|&n| self.predicates[n as usize].requires_test());
        let plain = of.iter().all(|&n| self.predicates[n as usize].evaluate(&plainly) != Some(false));
        let never = of.iter().any(|&n| self.predicates[n as usize].is_never());
        let id = self.all.push(Entry { of: of.clone(), test, plain, never });
        self.known.insert(of, id);
        id
    }

    /// The conditions of a file, each joined with the condition of its module.
    pub fn of_file(&mut self, facts: &FileFacts, outer: CfgId) -> Vec<CfgId> {
        self.of_conditions(&facts.conditions, outer)
    }

    /// Conditions under another. Each leads to one before it, or counts as the first.
    pub fn of_conditions(
        &mut self,
        conditions: &IndexVec<ConditionId, facts::Condition>,
        outer: CfgId,
    ) -> Vec<CfgId> {
        let mut ids: Vec<CfgId> = Vec::with_capacity(conditions.len());
        for condition in conditions {
            let id = match &condition.predicate {
                None => outer,
                Some(predicate) => {
                    let own = self.predicate(predicate);
                    self.and(ids.get(condition.parent.index()).copied().unwrap_or(outer), own)
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

    /// Returns true if the condition can hold in test builds only.
    pub fn is_test(&self, cfg: CfgId) -> bool {
        self.all[cfg].test
    }

    /// Returns true if the condition holds in no build, as that of `#[cfg(any())]` and
    /// `#[cfg(false)]`.
    pub fn is_never(&self, cfg: CfgId) -> bool {
        self.all[cfg].never
    }

    /// Returns true if the condition can hold in a plain build; see [`plainly`].
    pub fn is_plain(&self, cfg: CfgId) -> bool {
        self.all[cfg].plain
    }

    /// The conditions in the form of the model.
    pub fn finish(self) -> IndexVec<CfgId, CfgCondition> {
        let text = |entry: &Entry| match entry.of.as_slice() {
            [] => String::new(),
            [one] => self.predicates[*one as usize].to_string(),
            many => {
                let all = many.iter().map(|&n| self.predicates[n as usize].clone()).collect();
                Predicate::All(all).to_string()
            }
        };
        self.all.iter().map(|entry| CfgCondition { text: text(entry), test: entry.test }).collect()
    }
}

/// The value of a configuration option in a plain build: all features, on Linux. Code of every
/// branch is read in any case; this value only decides which meaning counts if a name has several
/// under different conditions, so that a substitute for another platform or for a disabled feature
/// (`loom`, `mock`, `windows`) does not replace the usual meaning.
fn plainly(option: &str) -> Option<bool> {
    let name = option.split(['=', '(']).next().unwrap_or_default().trim();
    // Tests also run under Miri unchanged, so neither value of this option is the usual one.
    if name == "miri" {
        return None;
    }
    Some(match name {
        "feature" | "test" | "debug_assertions" | "unix" | "target_has_atomic" => true,
        "target_os" => option.contains("\"linux\""),
        "target_family" => option.contains("\"unix\""),
        "target_env" => option.contains("\"gnu\""),
        "target_arch" => option.contains("\"x86_64\""),
        "target_pointer_width" => option.contains("\"64\""),
        "target_endian" => option.contains("\"little\""),
        "panic" => option.contains("\"unwind\""),
        _ => false,
    })
}
