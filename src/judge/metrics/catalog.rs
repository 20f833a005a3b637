//! What is measured: each number with its definition, its source, and where it exists. One definition for the tables, for
//! `[[budget]]`, for `archlint explain` and for what others compute from it.

mod complexity;
mod coupling;
mod size;
mod structure;
mod surface;

pub use super::level::Level;
use super::{Value, View};
use crate::graph::Function;

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
    /// Where it stands in the summary of a workspace, for people.
    pub summary_line: Option<Summary>,
    /// Where it stands in tables, unless somebody chooses.
    pub columns: Columns,
    /// The least change between two commits that can be news: less is none even where it is many percent, since there was so
    /// little.
    pub news: f64,
    /// Whether an edit of comments alone can change it.
    pub counts_lines: bool,
    /// For what is the largest of a number of functions: that number.
    pub of_function: Option<fn(&Function) -> u32>,
    /// Computes it; `None` where it is not defined.
    pub(super) value: fn(&View<'_>) -> Option<Value>,
}

/// A line of the summary of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summary {
    /// How much there is.
    Size,
    /// How complex the functions are.
    Complexity,
    /// How much depends on how much.
    Structure,
    /// What depends on itself.
    Cycles,
    /// What the types are.
    Types,
    /// What is visible.
    Surface,
}

impl Summary {
    /// All lines, in their order.
    pub const ALL: [Self; 6] =
        [Self::Size, Self::Complexity, Self::Structure, Self::Cycles, Self::Types, Self::Surface];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Complexity => "complexity",
            Self::Structure => "structure",
            Self::Cycles => "cycles",
            Self::Types => "types",
            Self::Surface => "surface",
        }
    }
}

/// The columns of tables in which a metric stands: what fits beside each other and says most. The least number is leftmost.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// In a table of modules.
    pub module: Option<u8>,
    /// In a table of crates or components.
    pub group: Option<u8>,
}

/// A whole number.
fn count(count: u64) -> Option<Value> {
    Some(Value::Count(count))
}

/// Defines [`Metric`] and [`CATALOG`], which stand in the same order.
macro_rules! catalog {
    ($($(#[$doc:meta])* $metric:ident = $entry:path,)*) => {
        /// A metric. [`Metric::entry`] says what it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Metric {
            $($(#[$doc])* $metric,)*
        }

        impl Metric {
            /// All of them, in the order in which they are shown.
            pub const ALL: [Self; CATALOG.len()] = [$(Self::$metric),*];
        }

        /// Every metric, in the order of [`Metric::ALL`].
        pub const CATALOG: &[Entry] = &[$($entry),*];
    };
}

catalog! {
    /// Lines of source.
    Lines = size::LINES,
    /// Items that modules define.
    Items = size::ITEMS,
    /// Functions with a body.
    Functions = size::FUNCTIONS,
    /// Modules.
    Modules = size::MODULES,
    /// Cyclomatic complexity of all functions together.
    Cyclomatic = complexity::CYCLOMATIC,
    /// Cyclomatic complexity of the worst function.
    CyclomaticMax = complexity::CYCLOMATIC_MAX,
    /// Cognitive complexity of all functions together.
    Cognitive = complexity::COGNITIVE,
    /// Cognitive complexity of the worst function.
    CognitiveMax = complexity::COGNITIVE_MAX,
    /// Modules outside that depend on it.
    FanIn = coupling::FAN_IN,
    /// Modules outside that it depends on.
    FanOut = coupling::FAN_OUT,
    /// How much it leans on others, against how much others lean on it.
    Instability = coupling::INSTABILITY,
    /// Traits among its types.
    Abstractness = coupling::ABSTRACTNESS,
    /// How far it is from the main sequence.
    Distance = coupling::DISTANCE,
    /// Modules that depend on it, directly or through others.
    VisibilityFanIn = structure::VISIBILITY_FAN_IN,
    /// Modules that it depends on, directly or through others.
    VisibilityFanOut = structure::VISIBILITY_FAN_OUT,
    /// The longest chain of dependencies.
    Depth = structure::DEPTH,
    /// Cumulative component dependency.
    Ccd = structure::CCD,
    /// Average component dependency.
    Acd = structure::ACD,
    /// Normalized cumulative component dependency.
    Nccd = structure::NCCD,
    /// How much of it a change to a module can affect, on average.
    PropagationCost = structure::PROPAGATION_COST,
    /// How much of it is the largest cycle.
    CoreSize = structure::CORE_SIZE,
    /// Sets of modules that depend on each other.
    Cycles = structure::CYCLES,
    /// Modules in the largest such set.
    LargestCycle = structure::LARGEST_CYCLE,
    /// References to cut until there is no cycle.
    CycleCuts = structure::CYCLE_CUTS,
    /// Items that are visible outside.
    PublicItems = surface::PUBLIC_ITEMS,
    /// Items that are visible outside and used there.
    PublicUsed = surface::PUBLIC_USED,
}

const EVERYWHERE: &[Level] = &Level::ALL;
/// Of what can have an outside.
const PARTS: &[Level] = &[Level::Module, Level::Crate, Level::Component];
/// Of what is made of modules.
const GROUPS: &[Level] = &[Level::Crate, Level::Component, Level::Whole];
const MODULES: &[Level] = &[Level::Module];

impl Metric {
    /// What there is to know of it.
    pub fn entry(self) -> &'static Entry {
        &CATALOG[self as usize]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The number of `view`, where it exists at that level and is defined there.
    pub fn of(self, view: &View<'_>) -> Option<Value> {
        self.exists_at(view.level()).then(|| (self.entry().value)(view)).flatten()
    }

    /// The function that has it, for one that is the largest of a number of functions: the first of several, as an index of
    /// [`crate::graph::Graph::functions`].
    pub fn worst(self, view: &View<'_>) -> Option<u32> {
        view.worst(self.entry().of_function?)
    }

    /// Whether it exists at `level`.
    pub fn exists_at(self, level: Level) -> bool {
        self.entry().levels.contains(&level)
    }

    /// The metric of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }
}

/// Every name, in the order of [`CATALOG`].
pub fn names() -> Vec<&'static str> {
    CATALOG.iter().map(|entry| entry.name).collect()
}

/// The columns of a table of `level` where nobody chooses.
pub fn usual(level: Level) -> Vec<Metric> {
    let column = |metric: &Metric| match level {
        Level::Module => metric.entry().columns.module,
        _ => metric.entry().columns.group,
    };
    let mut usual: Vec<Metric> = Metric::ALL.into_iter().filter(|metric| column(metric).is_some()).collect();
    usual.sort_by_key(column);
    usual
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_has_its_entry() {
        for (metric, entry) in Metric::ALL.into_iter().zip(CATALOG) {
            assert_eq!(metric.entry().name, entry.name);
            assert_eq!(Metric::named(entry.name), Some(metric));
            assert!(!entry.levels.is_empty() && !entry.docs.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn no_two_metrics_share_a_column() {
        for level in [Level::Module, Level::Component] {
            let column = |metric: Metric| match level {
                Level::Module => metric.entry().columns.module,
                _ => metric.entry().columns.group,
            };
            let columns: Vec<Option<u8>> = usual(level).into_iter().map(column).collect();
            assert!(columns.is_sorted_by(|a, b| a < b), "{columns:?}");
        }
    }

    #[test]
    fn names_are_kebab_case() {
        let odd = |name: &&str| !name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase());
        assert_eq!(names().into_iter().find(odd), None);
    }
}
