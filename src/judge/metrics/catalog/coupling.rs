//! The coupling of a part with the modules outside it, after Martin.

use super::{Columns, EVERYWHERE, Entry, PARTS, Summary, Unit, count};
use crate::judge::metrics::Value;

/// Modules outside that depend on the part.
pub const FAN_IN: Entry = Entry {
    name: "fan-in",
    unit: Unit::Count("modules"),
    summary: "modules outside that depend on it",
    docs: "\
How many modules outside depend on it: name an item that it defines. Test code counts only with `--tests`.

How to read it: many depend on a good foundation. Whether that is good depends on how often it changes.

Source: S. Henry and D. Kafura, \"Software Structure Metrics Based on Information Flow\", IEEE Transactions on Software Engineering
SE-7(5), 1981; for a group it is R. C. Martin's afferent coupling (Ca) with modules in the place of classes.",
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
How many modules outside it depends on, in the workspace alone; by the module that defines an item, not the one that
re-exports it.

How to read it: what depends on many breaks when any of them changes.

Source: as for fan-in; for a group it is R. C. Martin's efferent coupling (Ce), as the number of modules depended on.",
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
    summary: "how much it leans on others, against how much others lean on it",
    docs: "  I = fan-out / (fan-in + fan-out)

0: others lean on it and it on nobody, so that it is hard to change. 1: it leans on others, and can change freely. A module that
is coupled with none has none.

How to read it: neither end is bad. Dependencies should run toward the stable: from larger I to smaller.

Source: R. C. Martin, \"OO Design Quality Metrics: An Analysis of Dependencies\", 1994; \"Clean Architecture\", 2017, chapter 14.",
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
    summary: "traits among its types",
    docs: "  A = traits / (traits + structs + enums + unions)

of the types that its modules define. Rust has no abstract classes, so traits are what is abstract; a type alias defines no type and
counts on neither side, be it of a `dyn` type or not. Where there are no types there is no abstractness.

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
    summary: "how far it is from the main sequence",
    docs: "  D = | A + I - 1 |

the distance from the main sequence, the line from stable and abstract (A = 1, I = 0) to unstable and concrete (A = 0, I = 1).
Near A = 0, I = 0 is what many lean on and nobody can vary (the zone of pain); near A = 1, I = 1 are abstractions that nobody
uses (the zone of uselessness). It exists where both A and I do.

How to read it: a hint, not a verdict. Rust's modules are smaller than the packages it was made for, and plain data types that
everyone uses (D near 1) are harmless where they do not change.

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
