//! The public surface of a part: the items visible outside it.

use super::{Columns, EVERYWHERE, Entry, Summary, Unit, count};

/// Items that are visible outside.
pub const PUBLIC_ITEMS: Entry = Entry {
    name: "public-items",
    unit: Unit::Count("items"),
    summary: "items that are visible outside",
    docs: "\
The number of items that others can name: those visible outside the module, the component or the
crate by some path, including re-exports. A `pub` item of a private module that is not re-exported
is visible only where that module is. For the workspace, it counts the items that are visible
outside their own crate. Variants, methods, fields and modules do not count by themselves; an item
that is private to its module never counts, although the modules beneath could name it.

How to read it: others can come to depend on any visible item. Compare it with public-used.",
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
The number of public items (see `archlint explain public-items`) that are named from outside, even
if only in an import; for the workspace, from another of its crates. Uses by crates outside the
workspace are unknown, so a low value says nothing about a published library.",
    higher_is_worse: false,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Surface),
    columns: Columns { module: Some(10), group: Some(12) },
    news: 20.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.surface().used),
};
