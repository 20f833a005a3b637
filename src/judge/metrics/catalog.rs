//! What is measured: each number with its definition, its source, and where it exists. One definition for the tables, for
//! `[[budget]]`, for `archlint explain` and for what others compute from it.

mod complexity;
mod coupling;
mod size;
mod structure;
mod surface;

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A module by itself, without those beneath it.
    Module,
    /// A target of a package: all modules of it.
    Crate,
    /// A declared component: all modules that it owns.
    Component,
    /// All modules of the workspace.
    Whole,
}

impl Level {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Module, Self::Crate, Self::Component, Self::Whole];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Whole => "whole",
        }
    }
}

/// What a number counts, and so how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole things, of this name in the plural.
    Count(&'static str),
    /// A part of a whole, from 0 to 1.
    Share,
    /// A number that need not be whole.
    Real,
}

impl Unit {
    /// Whether its numbers are whole.
    pub fn is_count(self) -> bool {
        matches!(self, Self::Count(_))
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count(things) => things,
            Self::Share => "share",
            Self::Real => "number",
        }
    }
}

/// What there is to know of a metric.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Which it is.
    pub metric: Metric,
    /// Its name everywhere.
    pub name: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// What it is, in a few words.
    pub summary: &'static str,
    /// Its definition at length, its source, and how to read it.
    pub docs: &'static str,
    /// Whether more of it is worse; of the others neither end is bad by itself.
    pub higher_is_worse: bool,
    /// Where it exists.
    pub levels: &'static [Level],
}

/// A metric. [`Metric::entry`] says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Lines of source.
    Lines,
    /// Items that modules define.
    Items,
    /// Functions with a body.
    Functions,
    /// Modules.
    Modules,
    /// Cyclomatic complexity of all functions together.
    Cyclomatic,
    /// Cyclomatic complexity of the worst function.
    CyclomaticMax,
    /// Cognitive complexity of all functions together.
    Cognitive,
    /// Cognitive complexity of the worst function.
    CognitiveMax,
    /// Modules outside that depend on it.
    FanIn,
    /// Modules outside that it depends on.
    FanOut,
    /// How much it leans on others, against how much others lean on it.
    Instability,
    /// Traits among its types.
    Abstractness,
    /// How far it is from the main sequence.
    Distance,
    /// Modules that depend on it, directly or through others.
    VisibilityFanIn,
    /// Modules that it depends on, directly or through others.
    VisibilityFanOut,
    /// The longest chain of dependencies.
    Depth,
    /// Cumulative component dependency.
    Ccd,
    /// Average component dependency.
    Acd,
    /// Normalized cumulative component dependency.
    Nccd,
    /// How much of it a change to a module can affect, on average.
    PropagationCost,
    /// How much of it is the largest cycle.
    CoreSize,
    /// Sets of modules that depend on each other.
    Cycles,
    /// Modules in the largest such set.
    LargestCycle,
    /// References to cut until there is no cycle.
    CycleCuts,
    /// Items that are visible outside.
    PublicItems,
    /// Items that are visible outside and used there.
    PublicUsed,
}

/// Every metric, in the order in which they are shown and in which [`Metric`] lists them.
pub const CATALOG: &[Entry] = &[
    size::LINES,
    size::ITEMS,
    size::FUNCTIONS,
    size::MODULES,
    complexity::CYCLOMATIC,
    complexity::CYCLOMATIC_MAX,
    complexity::COGNITIVE,
    complexity::COGNITIVE_MAX,
    coupling::FAN_IN,
    coupling::FAN_OUT,
    coupling::INSTABILITY,
    coupling::ABSTRACTNESS,
    coupling::DISTANCE,
    structure::VISIBILITY_FAN_IN,
    structure::VISIBILITY_FAN_OUT,
    structure::DEPTH,
    structure::CCD,
    structure::ACD,
    structure::NCCD,
    structure::PROPAGATION_COST,
    structure::CORE_SIZE,
    structure::CYCLES,
    structure::LARGEST_CYCLE,
    structure::CYCLE_CUTS,
    surface::PUBLIC_ITEMS,
    surface::PUBLIC_USED,
];

const EVERYWHERE: &[Level] = &Level::ALL;
/// Of what can have an outside.
const PARTS: &[Level] = &[Level::Module, Level::Crate, Level::Component];
/// Of what is made of modules.
const GROUPS: &[Level] = &[Level::Crate, Level::Component, Level::Whole];
const MODULES: &[Level] = &[Level::Module];

impl Metric {
    /// All of them, in the order of [`CATALOG`].
    pub const ALL: [Self; CATALOG.len()] = {
        let mut all = [Self::Lines; CATALOG.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = CATALOG[at].metric;
            at += 1;
        }
        all
    };

    /// What there is to know of it.
    pub fn entry(self) -> &'static Entry {
        &CATALOG[self as usize]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Whether it exists at `level`.
    pub fn exists_at(self, level: Level) -> bool {
        self.entry().levels.contains(&level)
    }

    /// The metric of that name.
    pub fn named(name: &str) -> Option<Self> {
        CATALOG.iter().find(|entry| entry.name == name).map(|entry| entry.metric)
    }
}

/// Every name, in the order of [`CATALOG`].
pub fn names() -> Vec<&'static str> {
    CATALOG.iter().map(|entry| entry.name).collect()
}

/// The columns of a table of `level` where nobody chooses: what fits beside each other and says most.
pub fn usual(level: Level) -> &'static [Metric] {
    use Metric as M;
    match level {
        Level::Module => &[
            M::Lines,
            M::Functions,
            M::Cognitive,
            M::CognitiveMax,
            M::FanIn,
            M::FanOut,
            M::Instability,
            M::Depth,
            M::VisibilityFanIn,
            M::PublicItems,
            M::PublicUsed,
        ],
        _ => &[
            M::Modules,
            M::Lines,
            M::Cognitive,
            M::CognitiveMax,
            M::FanIn,
            M::FanOut,
            M::Instability,
            M::Abstractness,
            M::Distance,
            M::PropagationCost,
            M::LargestCycle,
            M::PublicItems,
            M::PublicUsed,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_where_their_metric_says() {
        for (at, entry) in CATALOG.iter().enumerate() {
            assert_eq!(entry.metric as usize, at);
            assert_eq!(Metric::named(entry.name), Some(entry.metric));
            assert!(!entry.levels.is_empty() && !entry.docs.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn names_are_kebab_case() {
        let odd = |name: &&str| !name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase());
        assert_eq!(names().into_iter().find(odd), None);
    }
}
