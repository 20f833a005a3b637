//! The size of a part.

use super::{Columns, EVERYWHERE, Entry, GROUPS, Summary, Unit, count};

/// Lines of source.
pub const LINES: Entry = Entry {
    name: "lines",
    unit: Unit::Count("lines"),
    summary: "lines of source",
    docs: "\
The number of lines of a file or inline module, including blank lines and comments, without those of
the inline modules in it: each line counts once.

How to read it: size is the simplest predictor of effort and defects; the other metrics show where
the problems are.",
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
The number of functions, types, traits, constants, statics, macros and modules that a module itself
defines, at any nesting level. Methods, variants and imports are parts of other items and do not
count.",
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
The number of functions that have a body: free functions, methods in `impl` blocks, and methods of
traits that have a default. Closures are part of the function around them. A function whose body
comes from the definition of a macro does not count, because nobody reads that body where the macro
is used.",
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
The number of modules of a crate, of a component, or of the workspace, including the roots of
crates.",
    higher_is_worse: true,
    levels: GROUPS,
    summary_line: Some(Summary::Size),
    columns: Columns { module: None, group: Some(0) },
    news: 3.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.modules()),
};
