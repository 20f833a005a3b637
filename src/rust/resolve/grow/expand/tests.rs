//! Tests of macros by example: rules, arguments, and the expected expansion.

use proptest::prelude::*;

use super::{STEPS, Words, expand};
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

#[track_caller]
fn check(rules: &str, arguments: &str, expected: &str) {
    assert_eq!(expansion(rules, arguments).as_deref(), Some(expected), "{rules} of {arguments}");
}

#[test]
fn fragments_reach_as_far_as_their_follow_sets_say() {
    check("($e:expr) => { f($e) }", "a + b.c(d, e)", "f ( a + b . c ( d , e ) )");
    check("($e:expr, $f:expr) => { $f $e }", "x < y, z", "z x < y");
    check(
        "($t:ty, $u:ty) => { $u }",
        "Map<A, Vec<B>>, &'a dyn Fn(C) -> D + Send",
        "& 'a dyn Fn ( C ) -> D + Send",
    );
    check("($p:path) => { $p }", "a::B::<C>::d", "a :: B ::< C >:: d");
    check("($v:vis $i:ident) => { $v struct $i; }", "pub(crate) S", "pub ( crate ) struct S ;");
    check("($v:vis $i:ident) => { $v struct $i; }", "S", "struct S ;");
    check("($p:pat => $e:expr) => { $e $p }", "Some(A | B) => c", "c Some ( A | B )");
    check(
        "($($i:item)*) => { $($i)* }",
        "#[a] pub fn f() {} use a::{b}; const C: u8 = { 1 };",
        "# [ a ] pub fn f ( ) { } use a :: { b } ; const C : u8 = { 1 } ;",
    );
    check("($l:lifetime $b:block $m:meta) => { $m $b $l }", "'a { x } cfg(y)", "cfg ( y ) { x } 'a");
    check("($l:literal $t:tt) => { $t $l }", "-1 ::", ":: - 1");
}

#[test]
fn an_expression_is_one_operand_between_operators() {
    let rules =
        "($n:ident, $($e:expr,)*) => { $n!($n, vec vec![$($e),*]); }; ($n:ident, vec $e:expr) => { $e }";
    check(rules, "a, b, c as u8,", "a ! ( a , vec vec ! [ b , c as u8 ] ) ;");
    check(rules, "a, vec vec![b]", "vec ! [ b ]");
    check(
        "($e:expr) => { $e }",
        "'l: for a in b { break 'l match c { _ => move |d| d } }",
        "'l : for a in b { break 'l match c { _ => move | d | d } }",
    );
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
fn repetitions_nest_and_separate() {
    check("($($n:ident),*) => { $(mod $n;)* }", "a, b, c", "mod a ; mod b ; mod c ;");
    check("($($n:ident),* $(,)?) => { [$($n),*] }", "a, b,", "[ a , b ]");
    check(
        "($($k:ident => [$($v:ident)*])+) => { $($k { $($v,)* })+ }",
        "a => [b c] d => []",
        "a { b , c , } d { }",
    );
    check("($($f:ident)::+) => { $($f)::+ }", "a::b::c", "a :: b :: c");
    check("($t:ident $($n:ident)*) => { $($t $n)* }", "x a b", "x a x b");
}

#[test]
fn the_first_rule_that_fits_decides() {
    let rules =
        "(@inner $x:ident) => { inner $x }; ($x:ident) => { outer $x }; ($($t:tt)*) => { any $($t)* }";
    check(rules, "@inner a", "inner a");
    check(rules, "a", "outer a");
    check(rules, "a b", "any a b");
    assert_eq!(expansion("(a) => { b }", "c"), None);
}

#[test]
fn a_repetition_gives_back_what_the_rest_needs() {
    check("($($t:tt)* ; $last:ident) => { $last }", "a ; b ; c", "c");
    check("($($a:ident)* end) => { [$($a)*] }", "a b end", "[ a b ]");
}

#[test]
fn names_of_the_definition_stay_its_own() {
    check("($x:ident) => { $crate::f($x, $y) }", "a", "__archlint_dollar_crate_7 :: f ( a , $ y )");
    check(
        "($n:ident) => { macro_rules! $n { ($z:ident) => { $z } } }",
        "m",
        "macro_rules ! m { ( $ z : ident ) => { $ z } }",
    );
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
