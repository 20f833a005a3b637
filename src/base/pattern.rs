//! Selectors: the one language that names modules, in the configuration and on the command line.
//!
//! A [`Selector`] is a union of [`Term`]s, less those that `!` excludes. This module knows how a selector is written and
//! when a path of segments matches one; which nodes of a graph that selects is `crate::judge::architecture`'s business,
//! since components, layers and packages are not known here.
//!
//! Invariants: a pattern has at most [`MAX_SEGMENTS`] segments, so that its states fit a machine word, and at most two
//! `**` where it captures, so that the number of its matches stays quadratic in the depth of a path. Matching is a
//! simulation of states, linear in the path; nothing here recurses.

mod parse;

use std::fmt;

pub use parse::SyntaxError;

use super::place::Place;

/// The most segments that a pattern may have.
pub const MAX_SEGMENTS: usize = 60;

/// What a list of selector strings selects: the union of its terms, less those that exclude.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    /// Its terms, as listed.
    pub terms: Vec<Term>,
}

/// One selector string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As written, without a leading `!`.
    pub text: String,
    /// Whether it takes away (`!a::x`) instead of adding.
    pub exclude: bool,
    /// What it matches.
    pub matcher: Matcher,
    /// Where it stands in the configuration; nowhere when it comes from the command line.
    pub place: Place,
    /// Whether it need not select anything.
    pub optional: bool,
}

/// What a term matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// A module's path, or an external's.
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
    /// Which targets' modules it is held against.
    pub targets: Targets,
    /// `=`: the module alone, not what lies beneath it.
    pub exact: bool,
    /// Its segments. Where it is not exact, a `**` at the end would change nothing and is left out.
    pub segments: Vec<Segment>,
}

/// The targets whose modules a path can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Targets {
    /// A bare path: libraries, binaries, and externals.
    LibrariesAndBinaries,
    /// A prefix: the targets whose modules' ids carry it (`bin`, `test`, `example`, `bench`, `build`).
    Only(&'static str),
}

/// What one segment of a path must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// `**`: any number of segments, none included.
    Deep,
    /// This text.
    Literal(String),
    /// Text with `*` for any run of characters.
    Glob(String),
    /// `{ctx}`: any text, remembered under the name.
    Capture(String),
}

/// What a pattern's captures matched: `(name, text)`, in order of the names.
pub type Captured<T> = Vec<(String, T)>;

impl Selector {
    /// The selector that one string writes.
    ///
    /// # Errors
    /// Where `text` is not a selector, with the place in it.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(Self { terms: vec![Term::parse(text)?] })
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
    /// The name under which it captures, if it does.
    pub fn capture(&self) -> Option<&str> {
        match self {
            Self::Capture(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it matches the text of one segment.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Deep | Self::Capture(_) => true,
            Self::Literal(literal) => literal == text,
            Self::Glob(glob) => glob_matches(glob, text),
        }
    }
}

impl PathPattern {
    /// The literal segments that it starts with: every match lies beneath them.
    pub fn literal_prefix(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map_while(|s| match s {
            Segment::Literal(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// How many of its segments are literal.
    pub fn literals(&self) -> usize {
        self.segments.iter().filter(|s| matches!(s, Segment::Literal(_))).count()
    }

    /// Whether it captures.
    pub fn has_captures(&self) -> bool {
        self.segments.iter().any(|s| s.capture().is_some())
    }

    /// How many segments at the front of a path of `len` segments the pattern matches, at the least; `None` where it does
    /// not match the path. `test(i, j)` says whether the pattern's segment `i` admits the path's segment `j`. Captures
    /// count as `*`.
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

    /// The states after one more segment of the path; bit `i` says that the first `i` segments of the pattern are used up.
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

    /// Adds the states that are reached by letting a `**` match nothing.
    fn skip_deep(&self, mut states: u64) -> u64 {
        for (i, segment) in self.segments.iter().enumerate() {
            if states >> i & 1 == 1 && *segment == Segment::Deep {
                states |= 1 << (i + 1);
            }
        }
        states
    }

    /// Every way in which the pattern's captures bind on `path`, sorted, without repetition; empty where it does not
    /// match. One name binds one text, and two names never the same.
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

/// `bound` with `name` bound to `text`; `None` where that contradicts it.
fn bind<T: Copy + Ord>(mut bound: Captured<T>, name: &str, text: T) -> Option<Captured<T>> {
    if bound.iter().any(|(n, t)| (n == name) != (*t == text)) {
        return None;
    }
    if let Err(at) = bound.binary_search_by(|(n, _)| n.as_str().cmp(name)) {
        bound.insert(at, (name.to_owned(), text));
    }
    Some(bound)
}

/// Whether two sides of a rule bind alike: the same name the same text, different names different texts.
pub fn agree<T: PartialEq>(a: &[(String, T)], b: &[(String, T)]) -> bool {
    a.iter().all(|(name, text)| b.iter().all(|(n, t)| (n == name) == (t == text)))
}

/// Whether `text` is `glob`, where each `*` stands for any run of characters. Linear but for the last `*`: no backtracking
/// past it is ever needed.
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

    /// The bindings of `pattern` on `path` as `a=x b=y`, one string each.
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
