//! Expansions of macros by example. `examples.txt` lists them: the rules, the arguments, and the
//! expansion.

use proptest::prelude::*;

use super::{STEPS, Words, composes, expand};
use crate::{base::name::Names, rust::facts::token};

/// The expansion as words separated by spaces; `None` if no rule matches.
fn expansion(rules: &str, arguments: &str) -> Option<String> {
    let mut names = Names::default();
    let words = Words::new(&mut names);
    let rules = token::lex(rules, &mut names);
    let arguments = token::lex(arguments, &mut names);
    let tokens = expand(&words, &rules, &arguments, 7, &mut STEPS.clone())?;
    let text = token::write(&tokens, &names);
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn definitions_expand_as_in_the_examples() {
    let examples = include_str!("examples.txt").split("\n\n").filter(|block| !block.starts_with('#'));
    for example in examples {
        let lines: Vec<&str> = example.lines().map(str::trim).collect();
        let [rules, arguments, expected] = lines[..] else { panic!("not three lines: {example}") };
        let expected = (expected != "no rule").then(|| expected.trim_start_matches("= "));
        assert_eq!(expansion(rules, arguments).as_deref(), expected, "{rules} of {arguments}");
    }
}

#[test]
fn plain_calls_of_a_definition_with_local_macros_are_its_own_crates() {
    let mut names = Names::default();
    let words = Words::new(&mut names);
    let rules =
        "($a:ident !) => { inner!($a); a::b![c!{} if !x a != b $a!() macro_rules! m {}] }; (d!()) => (e!{})";
    let rules = token::lex(rules, &mut names);
    let text = token::write(&super::with_local_macros(&words, &rules), &names);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        text,
        "( $ a : ident ! ) => { $ crate :: inner ! ( $ a ) ; \
         a :: b ! [ $ crate :: c ! { } if ! x a != b $ a ! ( ) macro_rules ! m { } ] } ; \
         ( d ! ( ) ) => ( $ crate :: e ! { } )"
    );
}

#[test]
fn paths_of_arguments_and_own_tokens_are_composed() {
    let does = |rules: &str| {
        let mut names = Names::default();
        let words = Words::new(&mut names);
        composes(&words, &token::lex(rules, &mut names))
    };
    for rules in [
        "($m:ident) => { crate::$m::f() }",
        "($m:ident) => { $m::f() }",
        "($m:ident) => { f(a::$m) }",
        "(a) => { b }; ($m:ident) => [ $crate::$m ]",
        "($($m:ident)*) => { crate$(::$m)*() }",
        "($($m:ident)*) => { $($m)::*::f() }",
        "($($t:tt)*) => { other!($($t)*) }",
        "($($t:tt)*) => { println!(\"{}\", a::other!(1, { $($t)* })) }",
        "($m:ident) => { $m!(a) }",
        "($m:ident, $a:ident) => { $m! { $a } }",
    ] {
        assert!(does(rules), "{rules}");
    }
    for rules in [
        "($e:expr) => { $crate::f($e) }",
        "($e:expr) => { println!(\"{}\", $e) }",
        "($e:expr, $t:ty) => { { let x: $t = $e; x.y() } }",
        "(crate::$m:ident) => { f($m) }",
        "($a:expr, $b:expr) => { $a != $b }",
        "() => { other!(a::b) }",
        "($l:lifetime) => { loop { break $l; } }",
    ] {
        assert!(!does(rules), "{rules}");
    }
}

proptest! {
    /// For any definition and arguments, expansion ends and does not panic.
    #[test]
    fn any_tokens_are_borne(rules in tokens(), arguments in tokens()) {
        let _ = expansion(&format!("({rules}) => {{ {rules} }}; ($($t:tt)*) => {{ {rules} $($t)* }}"), &arguments);
    }
}

fn tokens() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "$",
        "a",
        "$x:expr",
        "$y:ty",
        "$z:tt",
        "$i:item",
        "$p:pat",
        "$v:vis",
        "$($x:ident),*",
        "$($z:tt)+",
        "$x",
        "<",
        ">",
        "->",
        "::",
        ",",
        ";",
        "=>",
        "=",
        "(",
        ")",
        "{",
        "}",
        "'a",
        "pub",
        "fn",
        "use",
        "1",
        "!",
        "&",
        "+",
        "*",
        "?",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| balanced(&words))
}

/// The words without unmatched brackets.
fn balanced(words: &[&str]) -> String {
    let mut open = Vec::new();
    let mut text = Vec::new();
    for &word in words {
        match word {
            "(" => open.push(")"),
            "{" => open.push("}"),
            ")" | "}" if open.last() != Some(&word) => continue,
            ")" | "}" => {
                open.pop();
            }
            _ => {}
        }
        text.push(word);
    }
    text.extend(open.into_iter().rev());
    text.join(" ")
}
