//! The public surface of a part: the items visible outside it.

use super::{Columns, EVERYWHERE, Entry, Summary, Unit, count};

/// Items that are visible outside.
pub const PUBLIC_ITEMS: Entry = Entry {
    name: "public-items",
    unit: Unit::Count("items"),
    summary: "items that are visible outside",
    docs: "\
How many items others may name: those visible outside the module, the component or the crate by some path, re-exports
included. An item that is `pub` in a private module and re-exported nowhere is not visible beyond that module's surroundings. For
the workspace: items visible outside their own crate. Variants, methods, fields and modules do not count by themselves; what is
private to its module never does, though the modules beneath could name it.

How to read it: what is visible is what others can come to depend on. Compare with public-used.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Surface),
    columns: Columns { module: Some(9), group: Some(11) },
    news: 20.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.surface().items),
};

/// Items that are visible outside and used there.
pub const PUBLIC_USED: Entry = Entry {
    name: "public-used",
    unit: Unit::Count("items"),
    summary: "items that are visible outside and used there",
    docs: "\
Those of the public items (see `archlint explain public-items`) that are named from outside, be it only in an import. For the workspace:
from another crate of it. Uses by crates outside the workspace are unknown, so for a published library fewer is not better.",
    higher_is_worse: false,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Surface),
    columns: Columns { module: Some(10), group: Some(12) },
    news: 20.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.surface().used),
};
