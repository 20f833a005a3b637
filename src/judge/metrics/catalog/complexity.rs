//! Complexity of functions. The numbers are counted where facts are extracted; the definitions
//! below list what counts.

use super::{Columns, EVERYWHERE, Entry, Summary, Unit, count};

/// Cyclomatic complexity of all functions together.
pub const CYCLOMATIC: Entry = Entry {
    name: "cyclomatic",
    unit: Unit::Count("paths"),
    summary: "cyclomatic complexity of all functions together",
    docs: "\
The sum over all functions of McCabe's cyclomatic complexity: the decisions in a function, and one. It is the number of
linearly independent paths through it, hence of tests that take each of them.

A decision is an `if`, a `while`, a `for`, each arm of a `match` after the first, an arm's guard, a `let … else`, a `?`, and an `&&` or `||`.
A `loop` decides nothing. Closures, and what is written among a macro's arguments, belong to the function around them.

Source: T. J. McCabe, \"A Complexity Measure\", IEEE Transactions on Software Engineering SE-2(4), 1976.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Complexity),
    columns: Columns { module: None, group: None },
    news: 50.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.functions().map(|f| u64::from(f.cyclomatic)).sum()),
};

/// Cyclomatic complexity of the worst function.
pub const CYCLOMATIC_MAX: Entry = Entry {
    name: "cyclomatic-max",
    unit: Unit::Count("paths"),
    summary: "cyclomatic complexity of the worst function",
    docs: "\
The largest cyclomatic complexity of a function. McCabe found 10 a reasonable limit for one; `?` counts here, so that code which
passes errors on has more than its shape suggests.

What counts is in `archlint explain cyclomatic`.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Complexity),
    columns: Columns { module: None, group: None },
    news: 5.0,
    counts_lines: false,
    of_function: Some(|f| f.cyclomatic),
    value: |view| count(view.largest(|f| f.cyclomatic)?),
};

/// Cognitive complexity of all functions together.
pub const COGNITIVE: Entry = Entry {
    name: "cognitive",
    unit: Unit::Count("points"),
    summary: "cognitive complexity of all functions together",
    docs: "\
The sum over all functions of cognitive complexity: how hard a function is to read. It adds 1 for each break in the linear
flow, and for those that hold code as much again as they are nested:

  `if`, `match`, `for`, `while`, `loop`, `let … else`   1 and the nesting
  `else if`, `else`, an arm's guard                    1
  a sequence of equal `&&` or `||`                     1
  `break` and `continue` with a label                  1
  a function that calls itself                         1

Each of the first line, an `else`, and a closure nest what is in them. `?` is an early return, and free.

Source: G. A. Campbell, \"Cognitive Complexity: a new way of measuring understandability\", SonarSource, 2018. `let … else` and guards
are not in it; they count as the `if` that they stand for.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Complexity),
    columns: Columns { module: Some(2), group: Some(2) },
    news: 50.0,
    counts_lines: false,
    of_function: None,
    value: |view| count(view.functions().map(|f| u64::from(f.cognitive)).sum()),
};

/// Cognitive complexity of the worst function.
pub const COGNITIVE_MAX: Entry = Entry {
    name: "cognitive-max",
    unit: Unit::Count("points"),
    summary: "cognitive complexity of the worst function",
    docs: "\
The largest cognitive complexity of a function. SonarSource's own rule warns above 15.

What counts is in `archlint explain cognitive`.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Complexity),
    columns: Columns { module: Some(3), group: Some(3) },
    news: 5.0,
    counts_lines: false,
    of_function: Some(|f| f.cognitive),
    value: |view| count(view.largest(|f| f.cognitive)?),
};
