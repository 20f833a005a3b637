//! The size of a part.

use super::{Columns, EVERYWHERE, Entry, GROUPS, Summary, Unit, count};

/// Lines of source.
pub const LINES: Entry = Entry {
    name: "lines",
    unit: Unit::Count("lines"),
    summary: "lines of source",
    docs: "\
The lines of the file or inline module, blank ones and comments included, less those of the inline modules in it: each line
counts once.

How to read it: size is the plainest predictor of effort and of defects there is; the other numbers say where it hurts.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Size),
    columns: Columns { module: Some(0), group: Some(1) },
    news: 200.0,
    counts_lines: true,
    of_function: None,
    value: |view| count(view.sum(|module| module.lines)),
};

/// Items that modules define.
pub const ITEMS: Entry = Entry {
    name: "items",
    unit: Unit::Count("items"),
    summary: "items that modules define",
    docs: "\
Functions, types, traits, constants, statics, macros and modules that a module defines itself, wherever they stand in it. Methods,
variants and imports are parts of other items and do not count.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Size),
    columns: Columns { module: None, group: None },
    news: 20.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.sum(|module| module.items)),
};

/// Functions with a body.
pub const FUNCTIONS: Entry = Entry {
    name: "functions",
    unit: Unit::Count("functions"),
    summary: "functions with a body",
    docs: "\
Functions that have a body: free ones, methods in `impl` blocks, and those of traits that have a default. Closures are part of the
function they stand in. A function whose body a macro's definition contributes counts nowhere: nobody reads it at each use.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Size),
    columns: Columns { module: Some(1), group: None },
    news: 20.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.functions().count() as u64),
};

/// Modules.
pub const MODULES: Entry = Entry {
    name: "modules",
    unit: Unit::Count("modules"),
    summary: "modules",
    docs: "\
The modules of a crate, of a component, or of the workspace, crates' roots included.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Size),
    columns: Columns { module: None, group: Some(0) },
    news: 3.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.modules()),
};
