//! The structure of dependencies among the modules of a part, after Lakos and MacCormack.

use super::{Columns, EVERYWHERE, Entry, GROUPS, MODULES, Summary, Unit, count};

/// Modules that depend on the module, directly or through others.
pub const VISIBILITY_FAN_IN: Entry = Entry {
    name: "visibility-fan-in",
    unit: Unit::Count("modules"),
    summary: "modules that depend on it, directly or through others",
    docs: "\
The number of modules that depend on it directly or through others, including itself: the modules
that a change to it can affect.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, \"Exploring the Structure of Complex Software
Designs\", Management Science 52(7), 2006.",
    higher_is_worse: true,
    levels: MODULES,
    summary_line: None,
    columns: Columns { module: Some(8), group: None },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.seen(|seen| &seen.into)?),
};

/// Modules that the module depends on, directly or through others.
pub const VISIBILITY_FAN_OUT: Entry = Entry {
    name: "visibility-fan-out",
    unit: Unit::Count("modules"),
    summary: "modules that it depends on, directly or through others",
    docs: "\
The number of modules that it depends on directly or through others, including itself: the modules
whose changes can affect it, and that are needed to test it. Lakos calls this the component
dependency.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, as for visibility-fan-in; J. Lakos, \"Large-Scale
C++ Software Design\", 1996.",
    higher_is_worse: true,
    levels: MODULES,
    summary_line: None,
    columns: Columns { module: None, group: None },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.seen(|seen| &seen.out)?),
};

/// The longest chain of dependencies.
pub const DEPTH: Entry = Entry {
    name: "depth",
    unit: Unit::Count("levels"),
    summary: "the longest chain of dependencies",
    docs: "\
The level of a module is 1 if it depends on no other module, else one more than the highest level of
the modules that it depends on. Modules that depend on each other share a level, as if they were
one. The depth of a crate, a component or the workspace is the highest level of its modules,
counting only dependencies inside it.

Source: J. Lakos, \"Large-Scale C++ Software Design\", 1996, chapter 4 (levelization).",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: Some(7), group: None },
    news: 2.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.depth()?),
};

/// Cumulative component dependency.
pub const CCD: Entry = Entry {
    name: "ccd",
    unit: Unit::Count("modules"),
    summary: "cumulative component dependency",
    docs: "\
The sum, over all modules, of the number of modules that each depends on directly or through others,
including itself. For a crate or a component, only the dependencies among its own modules count.
Lakos's components are modules here.

  n modules without dependencies  n
  n modules in a balanced tree    (n + 1) log2(n + 1) - n
  n modules in one cycle          n * n

How to read it: it estimates the cost of building each module's tests separately. It grows with the
size; see acd and nccd.

Source: J. Lakos, \"Large-Scale C++ Software Design\", 1996, chapter 4.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: None, group: None },
    news: 200.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.shape().reached),
};

/// Average component dependency.
pub const ACD: Entry = Entry {
    name: "acd",
    unit: Unit::Real,
    summary: "average component dependency",
    docs: "\
  ACD = CCD / n

The number of modules that a module depends on, directly or through others and including itself,
averaged over the n modules.

Source: J. Lakos, as for ccd.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: None, group: None },
    news: 1.0,
    counts_lines: false,
    of_function: None,
    value: |view| view.shape().acd(),
};

/// Normalized cumulative component dependency.
pub const NCCD: Entry = Entry {
    name: "nccd",
    unit: Unit::Real,
    summary: "normalized cumulative component dependency",
    docs: "\
  NCCD = CCD / ((n + 1) log2(n + 1) - n)

The cumulative component dependency, divided by that of a balanced binary tree with the same number
of modules.

How to read it: a value below 1 means a flat, horizontal design; about 1, a tree; well above 1, for
example above 2, cycles or long chains.

Source: J. Lakos, as for ccd.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: None, group: None },
    news: 0.1,
    counts_lines: false,
    of_function: None,
    value: |view| view.shape().nccd(),
};

/// The average share of modules that a change to one module can affect.
pub const PROPAGATION_COST: Entry = Entry {
    name: "propagation-cost",
    unit: Unit::Share,
    summary: "the share of modules that a change to a module can affect, on average",
    docs: "\
  propagation cost = CCD / (n * n)

The density of the visibility matrix: the share of modules that a change to a module can affect, on
average, including itself.

How to read it: values are comparable across sizes. MacCormack and others measured 17 % in an early
Mozilla, and 3 % after it was redesigned to be modular.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, \"Exploring the Structure of Complex Software
Designs\", Management Science 52(7), 2006.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: None, group: Some(9) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| view.shape().propagation_cost(),
};

/// The share of modules in the largest cycle.
pub const CORE_SIZE: Entry = Entry {
    name: "core-size",
    unit: Unit::Share,
    summary: "the share of modules in the largest cycle",
    docs: "\
The number of modules in the largest set of modules that depend on each other, as a share of all
modules; 0 if there is no cycle.

How to read it: the modules of the core can only be understood and changed together.

Source: C. Y. Baldwin, A. MacCormack, J. Rusnak, \"Hidden structure: Using network methods to map
system architecture\", Research Policy 43(8), 2014; the visibility matrix as for propagation-cost.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Structure),
    columns: Columns { module: None, group: None },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| view.shape().core_size(),
};

/// Sets of modules that depend on each other.
pub const CYCLES: Entry = Entry {
    name: "cycles",
    unit: Unit::Count("cycles"),
    summary: "sets of modules that depend on each other",
    docs: "\
The number of sets of modules in which each module depends on each other one, directly or through
others: strongly connected components of more than one module. A parent and its child are two
modules, so a parent and a child that use items of each other form a cycle.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Cycles),
    columns: Columns { module: None, group: None },
    news: 1.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.shape().cycles.len() as u64),
};

/// Modules in the largest cycle.
pub const LARGEST_CYCLE: Entry = Entry {
    name: "largest-cycle",
    unit: Unit::Count("modules"),
    summary: "modules in the largest set that depend on each other",
    docs: "\
The number of modules in the largest set of modules that depend on each other; 0 if there is none.
See `archlint explain cycles`.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Cycles),
    columns: Columns { module: None, group: Some(10) },
    news: 1.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.shape().largest_cycle()),
};

/// The least number of references to remove until there is no cycle.
pub const CYCLE_CUTS: Entry = Entry {
    name: "cycle-cuts",
    unit: Unit::Count("references"),
    summary: "references to cut so that no cycle is left",
    docs: "\
The minimum number of references to remove so that no modules depend on each other: the weight of a
minimum feedback arc set, where a dependency weighs as much as its number of references. The value
is exact for cycles of at most 12 modules; for larger ones, the set that was found needs each of its
dependencies, but there may be a cheaper set.

How to read it: as the effort of removing the cycles; `[[acyclic]]` names the dependencies.

Source: P. Eades, X. Lin, W. F. Smyth, \"A fast and effective heuristic for the feedback arc set
problem\", Information Processing Letters 47(6), 1993, improved by moving single modules.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Cycles),
    columns: Columns { module: None, group: None },
    news: 3.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.cuts()),
};
