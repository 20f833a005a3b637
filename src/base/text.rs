//! Untrusted text made safe to look at.

use std::fmt::{self, Write};

/// Whether `c` would act on a terminal or a viewer instead of being shown: control characters, those that change the
/// direction of reading, and the two that are no characters and that XML does not take.
pub fn is_unprintable(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Shows a text on one line with nothing in it that acts: such characters are spelled `\u{1b}`.
#[derive(Debug, Clone, Copy)]
pub struct Visible<'a>(pub &'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_unprintable(c) { write!(f, "\\u{{{:x}}}", c as u32)? } else { f.write_char(c)? }
        }
        Ok(())
    }
}

/// Shows a text on one line of XML or HTML, in content or in a quoted attribute: markup is escaped, and what XML cannot
/// hold, or what would act on a viewer, is spelled `\u{1b}`.
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
        assert_eq!(Visible("a\u{1b}[31m\n\u{202e}é").to_string(), "a\\u{1b}[31m\\u{a}\\u{202e}é");
    }
}
