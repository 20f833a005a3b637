//! The catalog of metrics: the definition, source and levels of each. Tables, `[[budget]]`,
//! `archlint explain` and everything computed from a metric use the same entry.

mod complexity;
mod coupling;
mod size;
mod structure;
mod surface;

use super::{MEASURED, Value, View, WHOLE};
use crate::{base::order::Order as _, graph::Function, judge::architecture::Granularity};

/// The unit of a metric, which determines how its values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A whole number of things, with their name in the plural.
    Count(&'static str),
    /// A part of a whole, from 0 to 1.
    Share,
    /// A real number.
    Real,
}

impl Unit {
    /// Returns whether the values are whole numbers.
    pub fn is_count(self) -> bool {
        matches!(self, Self::Count(_))
    }

    /// Returns the name of the unit in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count(things) => things,
            Self::Share => "share",
            Self::Real => "number",
        }
    }
}

/// The definition of a metric.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The name, on the command line, in configurations and in formats.
    pub name: &'static str,
    /// The unit of the values.
    pub unit: Unit,
    /// A description in a few words.
    pub summary: &'static str,
    /// The full definition, its source, and how to interpret values.
    pub docs: &'static str,
    /// Whether a higher value is worse. For other metrics neither end of the scale is bad in
    /// itself.
    pub higher_is_worse: bool,
    /// The levels at which the metric exists.
    pub levels: &'static [Option<Granularity>],
    /// The line of a workspace's summary that shows the metric, if any.
    pub summary_line: Option<Summary>,
    /// The default columns of the metric in tables.
    pub columns: Columns,
    /// The least change between two commits that is reported. A smaller change is ignored even if
    /// it is a large percentage, because the values themselves are small.
    pub news: f64,
    /// Whether an edit of comments alone can change the value.
    pub counts_lines: bool,
    /// For a maximum over functions, the number that is maximised.
    pub of_function: Option<fn(&Function) -> u32>,
    /// Computes the value; `None` if it is undefined for the view.
    pub(super) value: fn(&View<'_>) -> Option<Value>,
}

/// A line of a workspace's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summary {
    /// The amount of code.
    Size,
    /// The complexity of functions.
    Complexity,
    /// The dependencies among modules.
    Structure,
    /// The cycles of dependencies.
    Cycles,
    /// The types and their abstractness.
    Types,
    /// The visible items.
    Surface,
}

impl Summary {
    /// Every line, in the order of the summary.
    pub const ALL: [Self; 6] =
        [Self::Size, Self::Complexity, Self::Structure, Self::Cycles, Self::Types, Self::Surface];

    /// Returns the name of the line.
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

/// The positions of a metric in tables, for the metrics that are shown by default. The least number
/// is leftmost.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// The position in a table of modules.
    pub module: Option<u8>,
    /// The position in a table of crates or components.
    pub group: Option<u8>,
}

/// Returns a whole number as a value.
fn count(count: u64) -> Option<Value> {
    Some(Value::Count(count))
}

/// Defines [`Metric`] and [`CATALOG`] in the same order.
macro_rules! catalog {
    ($($(#[$doc:meta])* $metric:ident = $entry:path,)*) => {
        /// A metric, defined by [`Metric::entry`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Metric {
            $($(#[$doc])* $metric,)*
        }

        impl Metric {
            /// Every metric, in the order in which tables show them.
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
    /// Modules outside that depend on the part.
    FanIn = coupling::FAN_IN,
    /// Modules outside that the part depends on.
    FanOut = coupling::FAN_OUT,
    /// The ratio of outgoing dependencies to all dependencies.
    Instability = coupling::INSTABILITY,
    /// The share of traits among the types.
    Abstractness = coupling::ABSTRACTNESS,
    /// The distance from the main sequence.
    Distance = coupling::DISTANCE,
    /// Modules that depend on the module, directly or through others.
    VisibilityFanIn = structure::VISIBILITY_FAN_IN,
    /// Modules that the module depends on, directly or through others.
    VisibilityFanOut = structure::VISIBILITY_FAN_OUT,
    /// The longest chain of dependencies.
    Depth = structure::DEPTH,
    /// Cumulative component dependency.
    Ccd = structure::CCD,
    /// Average component dependency.
    Acd = structure::ACD,
    /// Normalized cumulative component dependency.
    Nccd = structure::NCCD,
    /// The average share of modules that a change to one module can affect.
    PropagationCost = structure::PROPAGATION_COST,
    /// The share of modules in the largest cycle.
    CoreSize = structure::CORE_SIZE,
    /// Sets of modules that depend on each other.
    Cycles = structure::CYCLES,
    /// Modules in the largest cycle.
    LargestCycle = structure::LARGEST_CYCLE,
    /// The least number of references to remove until there is no cycle.
    CycleCuts = structure::CYCLE_CUTS,
    /// Items that are visible outside.
    PublicItems = surface::PUBLIC_ITEMS,
    /// Items that are visible outside and used there.
    PublicUsed = surface::PUBLIC_USED,
}

const EVERYWHERE: &[Option<Granularity>] = &MEASURED;
/// The levels whose parts have an outside.
const PARTS: &[Option<Granularity>] =
    &[Some(Granularity::Module), Some(Granularity::Crate), Some(Granularity::Component)];
/// The levels whose parts consist of several modules.
const GROUPS: &[Option<Granularity>] = &[Some(Granularity::Crate), Some(Granularity::Component), WHOLE];
const MODULES: &[Option<Granularity>] = &[Some(Granularity::Module)];

impl Metric {
    /// Returns the definition.
    pub fn entry(self) -> &'static Entry {
        &CATALOG[self as usize]
    }

    /// Returns the name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Returns the value for `view`, or `None` if the metric does not exist at that level or is
    /// undefined.
    pub fn of(self, view: &View<'_>) -> Option<Value> {
        self.exists_at(view.level()).then(|| (self.entry().value)(view)).flatten()
    }

    /// For a maximum over functions, returns the first function with that value, as an index into
    /// [`crate::graph::Graph::functions`].
    pub fn worst(self, view: &View<'_>) -> Option<u32> {
        view.worst(self.entry().of_function?)
    }

    /// Returns whether the metric exists at `level`.
    pub fn exists_at(self, level: Option<Granularity>) -> bool {
        self.entry().levels.contains(&level)
    }

    /// Returns the metric called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }
}

/// Returns every name, in the order of [`CATALOG`].
pub fn names() -> Vec<&'static str> {
    CATALOG.iter().map(|entry| entry.name).collect()
}

/// Returns the default columns of a table of `level`.
pub fn usual(level: Option<Granularity>) -> Vec<Metric> {
    let column = |metric: &Metric| match level {
        Some(Granularity::Module) => metric.entry().columns.module,
        _ => metric.entry().columns.group,
    };
    let mut usual: Vec<Metric> = Metric::ALL.into_iter().filter(|metric| column(metric).is_some()).collect();
    usual.order_by_key(column);
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
        for level in [Some(Granularity::Module), Some(Granularity::Component)] {
            let column = |metric: Metric| match level {
                Some(Granularity::Module) => metric.entry().columns.module,
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
