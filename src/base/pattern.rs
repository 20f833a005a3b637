//! Selectors: the language that selects modules, in the configuration and on the command line.
//!
//! A [`Selector`] is a union of [`Term`]s, minus those marked with `!`. This module defines the
//! syntax of selectors and the matching of paths of segments. The mapping to nodes of a graph
//! belongs to `crate::judge::architecture`, since components, layers and packages are not known
//! here.
//!
//! Invariants: a pattern has at most [`MAX_SEGMENTS`] segments, so that its states fit into a
//! machine word, and at most two `**` if it captures, so that the number of its matches stays
//! quadratic in the depth of a path. Matching simulates the states and is linear in the path; no
//! function recurses.

mod parse;

use std::fmt;

pub use parse::SyntaxError;

use super::place::Place;

/// The maximum number of segments of a pattern.
pub const MAX_SEGMENTS: usize = 60;

/// A list of selector strings: the union of its terms, minus the excluding ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    /// The terms, in their original order.
    pub terms: Vec<Term>,
}

/// One selector string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The text as written, without a leading `!`.
    pub text: String,
    /// Whether the term excludes (`!a::x`) instead of adding.
    pub exclude: bool,
    /// The kind of term, with its pattern.
    pub matcher: Matcher,
    /// The position in the configuration; nowhere for a term from the command line.
    pub place: Place,
    /// Whether the term is allowed to select nothing.
    pub optional: bool,
}

/// The kind of a term, with its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// The path of a module or of an external.
    Path(PathPattern),
    /// `component:billing`.
    Component(Segment),
    /// `layer:domain`.
    Layer(Segment),
    /// `tag:phi`.
    Tag(Segment),
    /// `package:shop-core`.
    Package(Segment),
}

/// A pattern over the segments of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern {
    /// The targets whose modules the pattern can match.
    pub targets: Targets,
    /// Whether the pattern starts with `=`: it selects the module alone, without its descendants.
    pub exact: bool,
    /// The segments. A `**` at the end of a pattern that is not exact would have no effect and is
    /// left out.
    pub segments: Vec<Segment>,
}

/// The targets whose modules a path can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Targets {
    /// A path without prefix: libraries, binaries, and externals.
    LibrariesAndBinaries,
    /// A path with a prefix: the targets whose modules' ids have that prefix (`bin`, `test`,
    /// `example`, `bench`, `build`).
    Only(&'static str),
}

/// The pattern of one segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// `**`: any number of segments, including zero.
    Deep,
    /// Exactly this text.
    Literal(String),
    /// Text in which `*` stands for any run of characters.
    Glob(String),
    /// `{ctx}`: any text, captured under the name.
    Capture(String),
}

/// The texts matched by a pattern's captures: `(name, text)`, sorted by name.
pub type Captured<T> = Vec<(String, T)>;

impl Selector {
    /// Parses a selector of one string.
    ///
    /// # Errors
    /// Returns an error with its position if `text` is not a selector.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(Self { terms: vec![Term::parse(text)?] })
    }
}

impl Term {
    /// Returns the cost of evaluating the term on a module, in tests of a segment: zero if it is looked
    /// up, because it starts with what it selects. What captures bind takes memory as well.
    pub fn tests(&self) -> usize {
        /// The cost of a binding.
        const BINDING: usize = 64;
        match &self.matcher {
            Matcher::Path(pattern) => {
                let is_plain = pattern.segments.iter().all(|s| matches!(s, Segment::Literal(_)));
                let captures = pattern.segments.iter().filter(|s| s.capture().is_some()).count();
                if is_plain { 0 } else { pattern.segments.len() + BINDING * captures }
            }
            Matcher::Component(_) | Matcher::Layer(_) | Matcher::Tag(_) | Matcher::Package(_) => 1,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.terms.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            let not = if term.exclude { "!" } else { "" };
            write!(f, "{comma}{not}{}", term.text)?;
        }
        Ok(())
    }
}

impl Segment {
    /// Returns the name of the capture, if the segment is one.
    pub fn capture(&self) -> Option<&str> {
        match self {
            Self::Capture(name) => Some(name),
            _ => None,
        }
    }

    /// Returns whether the segment matches the text of one path segment.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Deep | Self::Capture(_) => true,
            Self::Literal(literal) => literal == text,
            Self::Glob(glob) => glob_matches(glob, text),
        }
    }
}

impl PathPattern {
    /// Returns the literal segments that the pattern starts with: every match lies below them.
    pub fn literal_prefix(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map_while(|s| match s {
            Segment::Literal(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Returns the number of literal segments.
    pub fn literals(&self) -> usize {
        self.segments.iter().filter(|s| matches!(s, Segment::Literal(_))).count()
    }

    /// Returns whether the pattern has captures.
    pub fn has_captures(&self) -> bool {
        self.segments.iter().any(|s| s.capture().is_some())
    }

    /// Returns the least number of leading segments that the pattern matches in a path of `len`
    /// segments; `None` if it does not match. `test(i, j)` returns whether the pattern's segment
    /// `i` admits the path's segment `j`. Captures count as `*`.
    pub fn matched_length(&self, len: usize, test: impl Fn(usize, usize) -> bool) -> Option<usize> {
        let end = self.segments.len();
        let mut states = self.skip_deep(1);
        for at in 0..len {
            if !self.exact && states >> end & 1 == 1 {
                return Some(at);
            }
            states = self.step(states, |i| test(i, at));
            if states == 0 {
                return None;
            }
        }
        (states >> end & 1 == 1).then_some(len)
    }

    /// Returns the states after one more segment of the path; bit `i` is set if the first `i`
    /// segments of the pattern have been matched.
    fn step(&self, states: u64, test: impl Fn(usize) -> bool) -> u64 {
        let mut next = 0;
        for (i, segment) in self.segments.iter().enumerate() {
            if states >> i & 1 == 0 {
            } else if *segment == Segment::Deep {
                next |= 1 << i;
            } else if test(i) {
                next |= 1 << (i + 1);
            }
        }
        self.skip_deep(next)
    }

    /// Adds the states that are reachable when a `**` matches nothing.
    fn skip_deep(&self, mut states: u64) -> u64 {
        for (i, segment) in self.segments.iter().enumerate() {
            if states >> i & 1 == 1 && *segment == Segment::Deep {
                states |= 1 << (i + 1);
            }
        }
        states
    }

    /// Returns every binding of the pattern's captures on `path`, sorted, without duplicates; empty
    /// if the pattern does not match. A name is bound to one text, and two names are never bound to
    /// the same text.
    pub fn bindings<T: Copy + Ord>(
        &self,
        path: &[T],
        test: impl Fn(usize, usize) -> bool,
    ) -> Vec<Captured<T>> {
        let mut found = Vec::new();
        let mut open = vec![(0, 0, Vec::new())];
        while let Some((i, at, bound)) = open.pop() {
            let Some(segment) = self.segments.get(i) else {
                if !self.exact || at == path.len() {
                    found.push(bound);
                }
                continue;
            };
            let here = path.get(at).copied();
            match (segment, here) {
                (Segment::Deep, _) => {
                    open.extend(here.map(|_| (i, at + 1, bound.clone())));
                    open.push((i + 1, at, bound));
                }
                (Segment::Capture(name), Some(text)) => {
                    open.extend(bind(bound, name, text).map(|b| (i + 1, at + 1, b)));
                }
                (_, Some(_)) if test(i, at) => open.push((i + 1, at + 1, bound)),
                _ => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Adds the binding of `name` to `text` to `bound`; returns `None` if that contradicts an existing
/// binding.
fn bind<T: Copy + Ord>(mut bound: Captured<T>, name: &str, text: T) -> Option<Captured<T>> {
    if bound.iter().any(|(n, t)| (n == name) != (*t == text)) {
        return None;
    }
    if let Err(at) = bound.binary_search_by(|(n, _)| n.as_str().cmp(name)) {
        bound.insert(at, (name.to_owned(), text));
    }
    Some(bound)
}

/// Returns whether the bindings of two sides of a rule agree: the same name has the same text,
/// different names have different texts.
pub fn agree<T: PartialEq>(a: &[(String, T)], b: &[(String, T)]) -> bool {
    a.iter().all(|(name, text)| b.iter().all(|(n, t)| (n == name) == (t == text)))
}

/// Returns whether `text` matches `glob`, in which each `*` stands for any run of characters. Each
/// part between two `*` is matched at its first occurrence after the previous part, and the last
/// part at the end of the text, so no backtracking is needed.
fn glob_matches(glob: &str, text: &str) -> bool {
    let Some((first, rest)) = glob.split_once('*') else {
        return glob == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        match text.find(piece) {
            Some(at) => text = &text[at + piece.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the bindings of `pattern` on `path` as `a=x b=y`, one string for each binding.
    fn bindings(pattern: &str, path: &str) -> Vec<String> {
        let selector = Selector::parse(pattern).unwrap();
        let Matcher::Path(pattern) = &selector.terms[0].matcher else { panic!("a path") };
        let segments: Vec<&str> = path.split("::").collect();
        let test = |i: usize, j: usize| pattern.segments[i].matches(segments[j]);
        let found = pattern.bindings(&segments, test);
        let matched = pattern.matched_length(segments.len(), test).is_some();
        assert!(matched || found.is_empty(), "a binding without a match");
        assert!(matched != found.is_empty() || pattern.has_captures());
        let spell = |b: &Captured<&str>| {
            let pairs: Vec<String> = b.iter().map(|(n, t)| format!("{n}={t}")).collect();
            pairs.join(" ")
        };
        found.iter().map(spell).collect()
    }

    fn matches(pattern: &str, path: &str) -> bool {
        !bindings(pattern, path).is_empty()
    }

    #[test]
    fn a_plain_path_selects_everything_beneath() {
        for path in ["shop::billing", "shop::billing::api", "shop::billing::api::v1"] {
            assert!(matches("shop::billing", path), "{path}");
        }
        for path in ["shop", "shop::billings", "shop::bill", "other::shop::billing"] {
            assert!(!matches("shop::billing", path), "{path}");
        }
    }

    #[test]
    fn an_exact_path_selects_itself_alone() {
        assert!(matches("=shop::billing", "shop::billing"));
        assert!(!matches("=shop::billing", "shop::billing::api"));
        assert!(matches("=shop::**", "shop") && matches("=shop::**", "shop::a::b"));
        assert!(matches("=shop::*", "shop::a") && !matches("=shop::*", "shop::a::b"));
    }

    #[test]
    fn stars_stand_for_segments() {
        assert!(matches("shop::*::api", "shop::billing::api::v1"));
        assert!(!matches("shop::*::api", "shop::api"));
        assert!(!matches("shop::*::api", "shop::a::b::api"));
        assert!(matches("shop::**::api", "shop::api") && matches("shop::**::api", "shop::a::b::api"));
        assert!(matches("**::tests", "tests") && matches("**::tests", "a::b::tests::c"));
        assert!(!matches("=**::tests", "a::tests::c"));
        assert!(matches("=a::**::b::**::c", "a::b::x::b::c") && !matches("=a::**::b::**::c", "a::x::c"));
        assert!(matches("**", "anything::at::all"));
    }

    #[test]
    fn stars_stand_for_parts_of_segments() {
        assert!(matches("shop::*_repo", "shop::user_repo") && !matches("shop::*_repo", "shop::repo"));
        assert!(matches("shop::a*b*c", "shop::a_b_b_c") && !matches("shop::a*b*c", "shop::acb"));
        assert!(!matches("shop::ab*ba", "shop::aba"), "the two ends may not overlap");
    }

    #[test]
    fn captures_bind_one_segment() {
        assert_eq!(bindings("shop::{ctx}::domain", "shop::billing::domain::x"), ["ctx=billing"]);
        assert_eq!(bindings("{a}::{b}", "x::y::z"), ["a=x b=y"]);
        assert!(bindings("{a}::{b}", "x::x").is_empty(), "two names bind two texts");
        assert_eq!(bindings("{a}::*::{a}", "x::y::x"), ["a=x"]);
        assert!(bindings("{a}::{a}", "x::y").is_empty());
    }

    #[test]
    fn a_path_can_bind_in_several_ways() {
        assert_eq!(bindings("**::{a}::api", "x::api::y::api"), ["a=x", "a=y"]);
    }

    #[test]
    fn sides_agree_by_name_and_text() {
        let side =
            |pairs: &[(&str, u32)]| pairs.iter().map(|(n, t)| ((*n).to_owned(), *t)).collect::<Vec<_>>();
        assert!(agree(&side(&[("a", 1)]), &side(&[("a", 1), ("b", 2)])));
        assert!(!agree(&side(&[("a", 1)]), &side(&[("a", 2)])));
        assert!(!agree(&side(&[("a", 1)]), &side(&[("b", 1)])));
        assert!(agree::<u32>(&side(&[("a", 1)]), &[]));
    }
}
