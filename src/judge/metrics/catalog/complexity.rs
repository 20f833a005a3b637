//! Complexity of functions. The numbers are counted where facts are extracted; the definitions
//! below list what counts.

use super::{Columns, EVERYWHERE, Entry, Summary, Unit, count};

/// Cyclomatic complexity of all functions together.
pub const CYCLOMATIC: Entry = Entry {
    name: "cyclomatic",
    unit: Unit::Count("paths"),
    summary: "cyclomatic complexity of all functions",
    docs: "\
The sum over all functions of McCabe's cyclomatic complexity: the number of decisions in a function,
plus one. It is the number of linearly independent paths through the function, and thus of tests
that cover each of them.

The decisions are: an `if`, a `while`, a `for`, each arm of a `match` after the first, the guard of
an arm, a `let … else`, a `?`, and an `&&` or `||`. A `loop` is not a decision. Closures, and code
among the arguments of a macro, belong to the function around them.

Source: T. J. McCabe, \"A Complexity Measure\", IEEE Transactions on Software Engineering SE-2(4),
1976.",
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
    summary: "cyclomatic complexity of the most complex function",
    docs: "\
The largest cyclomatic complexity of any function. McCabe considered 10 a reasonable limit; since
`?` counts here, code that propagates errors has a higher value than its shape suggests.

`archlint explain cyclomatic` lists the decisions that count.",
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
    summary: "cognitive complexity of all functions",
    docs: "\
The sum over all functions of cognitive complexity, which measures how hard a function is to read.
It adds 1 for each break in the linear flow, plus the nesting depth for constructs that contain
code:

  `if`, `match`, `for`, `while`, `loop`, `let … else`   1 and the nesting
  `else if`, `else`, an arm's guard                    1
  a sequence of equal `&&` or `||`                     1
  `break` and `continue` with a label                  1
  a function that calls itself                         1

The constructs of the first line, an `else`, and a closure increase the nesting of the code in them.
`?` is an early return, and adds nothing.

Source: G. A. Campbell, \"Cognitive Complexity: a new way of measuring understandability\",
SonarSource, 2018. The paper does not mention `let … else` and guards; they count like the
equivalent `if`.",
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
    summary: "cognitive complexity of the most complex function",
    docs: "\
The largest cognitive complexity of any function. The default limit of SonarSource's own rule is 15.

`archlint explain cognitive` defines the measure.",
    higher_is_worse: true,
    levels: EVERYWHERE,
    summary_line: Some(Summary::Complexity),
    columns: Columns { module: Some(3), group: Some(3) },
    news: 5.0,
    counts_lines: false,
    of_function: Some(|f| f.cognitive),
    value: |view| count(view.largest(|f| f.cognitive)?),
};
