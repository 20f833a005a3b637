//! The content of a waiver comment, and the lines that it applies to: plain data from one file.

use super::span::Span;

/// A comment `// archlint: …` of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Waiver {
    /// The span of the comment, including its continuation lines.
    pub span: Span,
    /// The first and the last line that the waiver applies to.
    pub lines: (u32, u32),
    /// The ids of the waived rules.
    pub rules: Vec<String>,
    /// The reason for the waiver.
    pub reason: Option<String>,
    /// The last day on which the waiver is valid, as written.
    pub until: Option<String>,
    /// Whether the waiver applies to test code.
    pub test: bool,
    /// The mistake that makes the comment invalid as a waiver, and how to correct it.
    pub mistake: Option<(String, String)>,
}
