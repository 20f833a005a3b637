//! Tests of the counts, on examples that state the expected numbers.

use crate::rust::facts::{FileFacts, extract, source};

const EXAMPLES: &str = include_str!("examples.rs");

fn facts(text: &str) -> FileFacts {
    extract(&source::prepare(text.as_bytes().to_vec()).unwrap())
}

/// The numbers that a comment expects of the function in the next line.
fn numbers(line: &str) -> Option<&str> {
    line.strip_prefix("// ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The line and the numbers of each function.
fn counted(facts: &FileFacts) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = facts
        .functions
        .iter()
        .map(|f| (f.span.start.line as usize, format!("{} {}", f.cyclomatic, f.cognitive)))
        .collect();
    all.sort();
    all
}

#[test]
fn examples_count_what_they_say() {
    let lines: Vec<&str> = EXAMPLES.lines().map(str::trim).collect();
    let expected: Vec<(usize, String)> =
        (0..lines.len()).filter_map(|at| Some((at + 2, numbers(lines[at])?.to_owned()))).collect();
    assert!(expected.len() > 25);
    let written = |all: &[(usize, String)]| -> String {
        all.iter().map(|(line, numbers)| format!("{numbers} {}\n", lines[line - 1])).collect()
    };
    assert_eq!(written(&counted(&facts(EXAMPLES))), written(&expected));
}

#[test]
fn methods_know_whose_they_are() {
    let facts =
        facts("impl a::B<C> { fn f() {} } impl T for &D { fn f() { fn g() {} } } trait E { fn h() {} }");
    let spelled = facts.functions.iter().map(|f| {
        let owner = f.owner.map_or("-", |owner| facts.names.text(owner));
        format!("{owner}.{}", facts.names.text(f.name))
    });
    assert_eq!(spelled.collect::<Vec<_>>(), ["B.f", "-.g", "D.f", "E.h"]);
}

#[test]
fn tests_are_known_by_their_condition() {
    let facts = facts("fn a() {} #[cfg(test)] mod tests { fn b() {} } #[test] fn c() {}");
    let test = facts.functions.iter().map(|f| facts.requires_test(f.condition));
    assert_eq!(test.collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn no_number_overflows() {
    let many = "if a {".repeat(400) + &"}".repeat(400);
    let facts = facts(&format!("fn f() {{ {many} }}"));
    assert_eq!((facts.functions[0].cyclomatic, facts.functions[0].cognitive), (401, 400 * 401 / 2));
}
