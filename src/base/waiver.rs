//! What a waiver comment says, and which lines it is about: plain data from one file.

use super::span::Span;

/// A comment `// archlint: …` of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Waiver {
    /// The comment, the lines that it goes on in included.
    pub span: Span,
    /// The first and the last line that it is about.
    pub lines: (u32, u32),
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// The last day on which it holds, as written.
    pub until: Option<String>,
    /// Whether it is about test code.
    pub test: bool,
    /// What keeps it from being a waiver, and what to do about that.
    pub mistake: Option<(String, String)>,
}
