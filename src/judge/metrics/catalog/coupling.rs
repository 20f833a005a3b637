//! The coupling of a part with the modules outside it, after Martin.

use super::{Columns, EVERYWHERE, Entry, PARTS, Summary, Unit, count};
use crate::judge::metrics::Value;

/// Modules outside that depend on the part.
pub const FAN_IN: Entry = Entry {
    name: "fan-in",
    unit: Unit::Count("modules"),
    summary: "modules outside that depend on it",
    docs: "\
The number of modules outside that depend on it, that is, name an item that it defines. Test code
counts only with `--tests`.

How to read it: many modules depend on a good foundation. A high value is harmless if the code
seldom changes.

Source: S. Henry and D. Kafura, \"Software Structure Metrics Based on Information Flow\", IEEE
Transactions on Software Engineering SE-7(5), 1981; for a group, it is R. C. Martin's afferent
coupling (Ca), counted in modules instead of classes.",
    higher_is_worse: true,
    levels: PARTS,
    summary_line: None,
    columns: Columns { module: Some(4), group: Some(4) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.coupling().fan_in),
};

/// Modules outside that the part depends on.
pub const FAN_OUT: Entry = Entry {
    name: "fan-out",
    unit: Unit::Count("modules"),
    summary: "modules outside that it depends on",
    docs: "\
The number of modules outside that it depends on, in the workspace only. A dependency counts for the
module that defines an item, not for a module that re-exports it.

How to read it: code that depends on many modules breaks when any of them changes.

Source: as for fan-in; for a group, it is R. C. Martin's efferent coupling (Ce), as the number of
modules depended on.",
    higher_is_worse: true,
    levels: PARTS,
    summary_line: None,
    columns: Columns { module: Some(5), group: Some(5) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.coupling().fan_out),
};

/// The ratio of outgoing dependencies to all dependencies.
pub const INSTABILITY: Entry = Entry {
    name: "instability",
    unit: Unit::Share,
    summary: "the share of outgoing dependencies among all dependencies",
    docs: "\
  I = fan-out / (fan-in + fan-out)

0: others depend on it and it depends on no other, so it is hard to change. 1: it depends on others,
and can change freely. A module without dependencies in either direction has no instability.

How to read it: neither end is bad. Dependencies should point toward stability: from larger I to
smaller.

Source: R. C. Martin, \"OO Design Quality Metrics: An Analysis of Dependencies\", 1994; \"Clean
Architecture\", 2017, chapter 14.",
    higher_is_worse: false,
    levels: PARTS,
    summary_line: None,
    columns: Columns { module: Some(6), group: Some(6) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| view.instability().map(Value::Real),
};

/// The share of traits among the types.
pub const ABSTRACTNESS: Entry = Entry {
    name: "abstractness",
    unit: Unit::Share,
    summary: "the share of traits among its types",
    docs: "\
  A = traits / (traits + structs + enums + unions)

of the types that its modules define. Rust has no abstract classes, so traits are the abstract
types; a type alias defines no type and counts on neither side, whether it is an alias of a `dyn`
type or not. Without types, there is no abstractness.

How to read it: together with instability; see `archlint explain distance`.

Source: R. C. Martin, as for instability.",
    higher_is_worse: false,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Types),
    columns: Columns { module: None, group: Some(7) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| view.abstractness().map(Value::Real),
};

/// The distance from the main sequence.
pub const DISTANCE: Entry = Entry {
    name: "distance",
    unit: Unit::Share,
    summary: "the distance from the main sequence",
    docs: "\
  D = | A + I - 1 |

The distance from the main sequence, the line from stable and abstract (A = 1, I = 0) to unstable
and concrete (A = 0, I = 1). Near A = 0, I = 0 lies concrete code that many depend on and that is
hard to change (the zone of pain); near A = 1, I = 1 lie abstractions that nobody uses (the zone of
uselessness). It exists if both A and I exist.

How to read it: as a hint, not a verdict. Rust's modules are smaller than the packages for which the
measure was defined, and plain data types that everyone uses (D near 1) are harmless if they do not
change.

Source: R. C. Martin, as for instability.",
    higher_is_worse: true,
    levels: PARTS,
    summary_line: None,
    columns: Columns { module: None, group: Some(8) },
    news: 0.01,
    counts_lines: false,
    of_function: None,
    value: |view| view.distance().map(Value::Real),
};
