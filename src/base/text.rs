//! Escaping of untrusted text for display.

use std::fmt::{self, Write};

/// Returns whether a terminal or a viewer would interpret `c` instead of showing it: control
/// characters, characters that change the reading direction, characters without width, which make
/// two names look the same, and the two noncharacters that XML does not allow.
pub fn is_unprintable(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control()
        || turns
        || is_invisible(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns whether `c` is invisible: Unicode's `Default_Ignorable_Code_Point`, and the interlinear
/// annotation characters.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether a runner of Azure Pipelines, TeamCity or GitHub Actions could interpret `text`,
/// at any position of a line, as a command: `##vso[`, `##teamcity[`, `##[`.
pub fn is_command(text: &str) -> bool {
    text.strip_prefix("##")
        .is_some_and(|rest| rest.starts_with(|c: char| c == '[' || c.is_ascii_alphabetic()))
}

/// Displays a text on one line without characters that a terminal interprets: they are written as
/// `\u{1b}`.
#[derive(Debug, Clone, Copy)]
pub struct Printable<'a>(pub &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_unprintable(c) { write!(f, "\\u{{{:x}}}", c as u32)? } else { f.write_char(c)? }
        }
        Ok(())
    }
}

/// Displays a text on one line of XML or HTML, in content or in a quoted attribute: markup is
/// escaped, and characters that XML does not allow or that a viewer would interpret are written as
/// `\u{1b}`.
#[derive(Debug, Clone, Copy)]
pub struct Xml<'a>(pub &'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c if is_unprintable(c) => write!(f, "\\u{{{:x}}}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        let shown = Xml("<a href='b' c=\"d\">&\u{0}\u{ffff}]]></a>").to_string();
        assert_eq!(shown, "&lt;a href=&#39;b&#39; c=&quot;d&quot;&gt;&amp;\\u{0}\\u{ffff}]]&gt;&lt;/a&gt;");
    }

    #[test]
    fn what_acts_is_spelled_out() {
        assert_eq!(Printable("pay\u{200b}ment\u{e0061}").to_string(), "pay\\u{200b}ment\\u{e0061}");
        assert_eq!(Printable("a\u{1b}[31m\n\u{202e}é").to_string(), "a\\u{1b}[31m\\u{a}\\u{202e}é");
    }
}
