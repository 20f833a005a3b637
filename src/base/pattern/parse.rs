//! The parser of selectors: text in, terms or the position of an error out.

use std::ops::Range;

use super::{MAX_SEGMENTS, Matcher, PathPattern, Segment, Targets, Term};
use crate::base::place::Place;

/// A syntax error in a selector, with its position in the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The error, in one line.
    pub message: String,
    /// The offending byte range of the selector's text, on character boundaries.
    pub at: Range<usize>,
    /// A correction.
    pub help: Option<String>,
}

impl SyntaxError {
    fn new(message: impl Into<String>, at: Range<usize>) -> Self {
        Self { message: message.into(), at, help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The prefixes that select a kind of target. Libraries have none.
const TARGET_PREFIXES: [&str; 5] = ["bin", "test", "example", "bench", "build"];
/// The prefixes that select by name.
const NAME_PREFIXES: [&str; 4] = ["component", "layer", "tag", "package"];

impl Term {
    /// Parses a term.
    ///
    /// # Errors
    /// Returns an error with its position if `text` is not a selector.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let body = text.strip_prefix('!').unwrap_or(text);
        let base = text.len() - body.len();
        let matcher = matcher(body, base)?;
        let (text, place) = (body.to_owned(), Place::default());
        Ok(Self { text, exclude: base > 0, matcher, place, optional: false })
    }
}

/// Parses the matcher in `body`, which starts at byte `base` of the selector; the positions of
/// errors are relative to the selector.
fn matcher(body: &str, base: usize) -> Result<Matcher, SyntaxError> {
    let path = body.strip_prefix('=').unwrap_or(body);
    let start = base + body.len() - path.len();
    let exact = path.len() < body.len();
    let Some((prefix, rest)) = split_prefix(path) else {
        return path_pattern(path, start, exact, Targets::LibrariesAndBinaries);
    };
    let rest_start = start + prefix.len() + 1;
    if let Some(kind) = TARGET_PREFIXES.into_iter().find(|k| *k == prefix) {
        return path_pattern(rest, rest_start, exact, Targets::Only(kind));
    }
    let to_matcher: fn(Segment) -> Matcher = match prefix {
        "component" => Matcher::Component,
        "layer" => Matcher::Layer,
        "tag" => Matcher::Tag,
        "package" => Matcher::Package,
        _ => return Err(unknown_prefix(prefix, start)),
    };
    if exact {
        let error = SyntaxError::new(format!("`=` cannot be combined with `{prefix}:`"), base..start);
        return Err(error.help("`=` applies to paths: it selects a module without the modules beneath it"));
    }
    name_segment(rest, rest_start).map(to_matcher)
}

/// Splits `bin:shop::cli` after its first colon, unless the colon begins a `::`.
fn split_prefix(path: &str) -> Option<(&str, &str)> {
    let (prefix, rest) = path.split_once(':')?;
    (!rest.starts_with(':')).then_some((prefix, rest))
}

fn unknown_prefix(prefix: &str, start: usize) -> SyntaxError {
    let known = NAME_PREFIXES.into_iter().chain(TARGET_PREFIXES);
    let list = known.map(|p| format!("`{p}:`")).collect::<Vec<_>>().join(", ");
    SyntaxError::new(format!("unknown prefix `{prefix}:`"), start..start + prefix.len() + 1)
        .help(format!("the prefixes are {list}; segments of a path are joined by `::`"))
}

/// Parses the name after `component:` and similar prefixes: any text that is not a path.
fn name_segment(text: &str, start: usize) -> Result<Segment, SyntaxError> {
    let whole = start..start + text.len();
    if text.is_empty() {
        return Err(SyntaxError::new("a name is missing after the colon", start - 1..start));
    }
    if text == "**" {
        return Err(SyntaxError::new("`**` stands for segments of a path; a name has only one", whole)
            .help("write `*`"));
    }
    if text.contains("::") || text.chars().any(|c| c.is_whitespace() || c.is_control() || "!=:".contains(c)) {
        return Err(SyntaxError::new("this is not a name", whole));
    }
    if text.starts_with('{') || text.contains(['{', '}']) {
        return capture(text, start);
    }
    Ok(if text.contains('*') { Segment::Glob(text.to_owned()) } else { Segment::Literal(text.to_owned()) })
}

fn path_pattern(text: &str, start: usize, exact: bool, targets: Targets) -> Result<Matcher, SyntaxError> {
    if text.is_empty() {
        let error = SyntaxError::new("a selector is empty", start..start);
        return Err(error.help("write a path such as `shop::billing`, or `**` for every module"));
    }
    let mut segments = Vec::new();
    let mut at = start;
    for part in text.split("::") {
        let first = segments.is_empty();
        segments.push(path_segment(part, at, first)?);
        at += part.len() + 2;
    }
    let whole = start..start + text.len();
    segments.dedup_by(|b, a| *a == Segment::Deep && *b == Segment::Deep);
    check_limits(&segments, whole)?;
    while !exact && segments.last() == Some(&Segment::Deep) {
        segments.pop();
    }
    Ok(Matcher::Path(PathPattern { targets, exact, segments }))
}

fn check_limits(segments: &[Segment], whole: Range<usize>) -> Result<(), SyntaxError> {
    if segments.len() > MAX_SEGMENTS {
        return Err(SyntaxError::new(format!("a pattern has at most {MAX_SEGMENTS} segments"), whole));
    }
    let captures = segments.iter().any(|s| s.capture().is_some());
    if captures && segments.iter().filter(|s| **s == Segment::Deep).count() > 2 {
        let message = "a pattern that captures has at most two `**`";
        return Err(SyntaxError::new(message, whole).help("with more, its captures would be ambiguous"));
    }
    Ok(())
}

fn path_segment(part: &str, at: usize, first: bool) -> Result<Segment, SyntaxError> {
    let whole = at..at + part.len();
    if part.is_empty() {
        let error = SyntaxError::new("a segment is empty", whole);
        return Err(if first {
            error.help("a path starts with the name of its crate, without `::`")
        } else {
            error
        });
    }
    if part == "**" {
        return Ok(Segment::Deep);
    }
    if part.contains(['{', '}']) {
        return capture(part, at);
    }
    if part.contains("**") {
        return Err(
            SyntaxError::new("`**` must be a whole segment", whole).help("write `*` for a part of a segment")
        );
    }
    if matches!(part, "crate" | "self" | "super" | "Self" | "$crate") {
        let error = SyntaxError::new(format!("`{part}` is not allowed here"), whole);
        return Err(error.help("a path starts with the name of its crate"));
    }
    let name = part.strip_prefix("r#").unwrap_or(part);
    // The suffix marks a crate outside the workspace with the same name as one inside.
    let plain = if first { name.strip_suffix("@external").unwrap_or(name) } else { name };
    if let Some((i, c)) = plain.char_indices().find(|(_, c)| !(c.is_alphanumeric() || "_*".contains(*c))) {
        let from = at + part.len() - name.len() + i;
        return Err(bad_character(c, from, name, first));
    }
    Ok(if name.contains('*') { Segment::Glob(name.to_owned()) } else { Segment::Literal(name.to_owned()) })
}

fn bad_character(c: char, from: usize, name: &str, first: bool) -> SyntaxError {
    let error = SyntaxError::new(
        format!("`{}` is not allowed in a path", c.escape_debug()),
        from..from + c.len_utf8(),
    );
    match c {
        '-' if first => {
            let krate = name.replace('-', "_");
            error.help(format!("the crate is `{krate}` in Rust; `package:{name}` selects the package"))
        }
        ':' => error.help("segments are joined by `::`"),
        '.' | '/' | '\\' => error.help("a selector names modules, not files; segments are joined by `::`"),
        '!' | '=' => error.help("`!` comes first in a selector, then `=`"),
        _ => error,
    }
}

fn capture(part: &str, at: usize) -> Result<Segment, SyntaxError> {
    let whole = at..at + part.len();
    let inner = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
    let Some(name) = inner.filter(|n| !n.contains(['{', '}'])) else {
        return Err(SyntaxError::new("a capture must be a whole segment", whole).help("write it as `{name}`"));
    };
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() || !name.chars().all(word) {
        return Err(SyntaxError::new("a capture needs a name of letters, digits, `_` or `-`", whole));
    }
    Ok(Segment::Capture(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_choose_targets_and_names() {
        let matcher = |text: &str| Term::parse(text).unwrap().matcher;
        let literal = |s: &str| Segment::Literal(s.to_owned());
        assert_eq!(matcher("component:billing"), Matcher::Component(literal("billing")));
        assert_eq!(matcher("layer:domain"), Matcher::Layer(literal("domain")));
        assert_eq!(matcher("tag:p*"), Matcher::Tag(Segment::Glob("p*".to_owned())));
        assert_eq!(matcher("package:{p}"), Matcher::Package(Segment::Capture("p".to_owned())));
        let Matcher::Path(path) = matcher("!=test:shop::r#type") else { panic!("a path") };
        assert_eq!((path.targets, path.exact), (Targets::Only("test"), true));
        assert_eq!(path.segments, [literal("shop"), literal("type")]);
    }

    #[test]
    fn exclusion_is_kept_apart_from_the_text() {
        let term = Term::parse("!shop::billing").unwrap();
        assert!(term.exclude);
        assert_eq!(term.text, "shop::billing");
    }

    /// Each error, with `^` under the bytes of its position.
    #[test]
    fn errors_point_at_their_place() {
        let cases = [
            ("", "", "a selector is empty"),
            ("!", "", "a selector is empty"),
            ("::shop", "", "a segment is empty"),
            ("shop::", "", "a segment is empty"),
            ("shop::::b", "", "a segment is empty"),
            ("shop-core::b", "-", "`-` is not allowed in a path"),
            ("shop::b/c", "/", "`/` is not allowed in a path"),
            ("crate::b", "crate", "`crate` is not allowed here"),
            ("shop::a**", "a**", "`**` must be a whole segment"),
            ("shop::{a}_x", "{a}_x", "a capture must be a whole segment"),
            ("shop::{}", "{}", "a capture needs a name of letters, digits, `_` or `-`"),
            ("shop::{a b}", "{a b}", "a capture needs a name of letters, digits, `_` or `-`"),
            ("modul:a", "modul:", "unknown prefix `modul:`"),
            ("component:", ":", "a name is missing after the colon"),
            ("component:a::b", "a::b", "this is not a name"),
            ("tag:**", "**", "`**` stands for segments of a path; a name has only one"),
            ("=layer:x", "=", "`=` cannot be combined with `layer:`"),
            ("shop::ä ö", " ", "` ` is not allowed in a path"),
            (
                "{a}::**::x::**::y::**::z",
                "{a}::**::x::**::y::**::z",
                "a pattern that captures has at most two `**`",
            ),
        ];
        for (text, pointed, message) in cases {
            let error = Term::parse(text).unwrap_err();
            assert_eq!((&text[error.at.clone()], error.message.as_str()), (pointed, message), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_never_too_long_for_its_states() {
        let long = vec!["a"; MAX_SEGMENTS + 1].join("::");
        assert!(Term::parse(&long).is_err());
        assert!(Term::parse(&long[3..]).is_ok());
    }
}
