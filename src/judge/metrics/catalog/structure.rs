//! The structure of dependencies among the modules of a part, after Lakos and MacCormack.

use super::{Columns, EVERYWHERE, Entry, GROUPS, MODULES, Summary, Unit, count};

/// Modules that depend on the module, directly or through others.
pub const VISIBILITY_FAN_IN: Entry = Entry {
    name: "visibility-fan-in",
    unit: Unit::Count("modules"),
    summary: "modules that depend on it, directly or through others",
    docs: "\
How many modules depend on it directly or through others, itself included: those that a change to it can affect.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, \"Exploring the Structure of Complex Software Designs\", Management Science 52(7), 2006.",
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
How many modules it depends on directly or through others, itself included: those whose changes can affect it, and what one must
have to test it. Lakos calls it the component dependency.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, as for visibility-fan-in; J. Lakos, \"Large-Scale C++ Software Design\", 1996.",
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
Of a module, its level: 1 if it depends on no other, else one more than the highest level among those it depends on. Modules
that depend on each other share a level, as if they were one. Of a crate, a component or the workspace, the highest level among its
modules, with its own dependencies alone.

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
The cumulative component dependency: the sum over all modules of how many modules each needs, itself included, directly or through
others. For a crate or a component the dependencies among its own modules alone count. Lakos's components are modules here.

  n modules that know nobody      n
  n modules in a balanced tree    (n + 1) log2(n + 1) - n
  n modules in one cycle          n * n

How to read it: what testing each module by itself costs in builds. It grows with the size; see acd and nccd.

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
    docs: "  ACD = CCD / n

How many modules a module needs on average, itself included, of a whole of n modules.

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
    docs: "  NCCD = CCD / ((n + 1) log2(n + 1) - n)

the cumulative dependency against that of a balanced binary tree of as many modules.

How to read it: below 1 is a flat, horizontal design, about 1 a tree; far above 1, above 2 say, there are cycles or long chains where
there could be levels.

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
    summary: "how much of it a change to a module can affect, on average",
    docs: "  propagation cost = CCD / (n * n)

the density of the visibility matrix: the share of modules that a change to a module can affect, on average, itself included.

How to read it: comparable across sizes. MacCormack and others measured 17 % in an early Mozilla, and 3 % after it was redesigned to be modular.

Source: A. MacCormack, J. Rusnak, C. Y. Baldwin, \"Exploring the Structure of Complex Software Designs\", Management Science 52(7), 2006.",
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
    summary: "how much of it is the largest cycle",
    docs: "\
The largest set of modules that depend on each other, as a share of all modules; 0 where there is no cycle.

How to read it: what is in the core can only be understood and changed together.

Source: C. Y. Baldwin, A. MacCormack, J. Rusnak, \"Hidden structure: Using network methods to map system architecture\", Research
Policy 43(8), 2014; the visibility matrix as for propagation-cost.",
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
How many sets of modules there are in which each depends on each other one, directly or through others: strongly connected components of
more than one module. A parent and its child are two modules, so a parent that uses its child's items, and a child that uses its
parent's, make one.",
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
    summary: "modules in the largest such set",
    docs: "\
How many modules the largest set of modules that depend on each other has; 0 where there is none. See `archlint explain cycles`.",
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
    summary: "references to cut until there is no cycle",
    docs: "\
The fewest references that have to go until no modules depend on each other: the weight of a minimum feedback arc set, in which a
dependency weighs as much as there are references that make it. Exact for cycles of up to 12 modules; for larger ones the set
found is one of which no dependency can be spared, and there may be a cheaper one.

How to read it: what it would take to be rid of the cycles; `[[acyclic]]` names the dependencies.

Source: P. Eades, X. Lin, W. F. Smyth, \"A fast and effective heuristic for the feedback arc set problem\", Information Processing Letters
47(6), 1993, improved by moving single modules.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Cycles),
    columns: Columns { module: None, group: None },
    news: 3.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.cuts()),
};
