//! A page as one file: markup, style, data, script, and a content security policy that allows
//! nothing else.

use std::{
    fmt,
    io::{self, Write},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::base::text::Printable;

/// The parts of a page.
#[derive(Debug, Clone, Copy)]
pub struct Shell<'a> {
    /// The HTML, with the placeholders `{{policy}}`, `{{title}}`, `{{style}}`, `{{data}}` and
    /// `{{script}}`.
    pub markup: &'a str,
    /// The style sheet.
    pub style: &'a str,
    /// The script, which runs in a scope of its own in strict mode.
    pub script: &'a str,
    /// The title; may be empty.
    pub title: &'a str,
    /// The data, as JSON.
    pub json: &'a str,
}

impl Shell<'_> {
    /// Writes the page. Its content security policy allows the embedded style and script, by their
    /// hashes, and allows no fetches.
    ///
    /// # Errors
    /// Returns an error if writing to `out` fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", self.script);
        let policy = format!(
            "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            hash(&script),
            hash(self.style)
        );
        let mut rest = self.markup;
        while let Some((before, (key, after))) =
            rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
        {
            out.write_all(before.as_bytes())?;
            match key {
                "policy" => out.write_all(policy.as_bytes())?,
                "title" if self.title.is_empty() => {}
                "title" => write!(out, "{}: ", Markup(self.title))?,
                "style" => out.write_all(self.style.as_bytes())?,
                "data" => write!(out, "{}", Block(self.json))?,
                "script" => out.write_all(script.as_bytes())?,
                _ => {}
            }
            rest = after;
        }
        out.write_all(rest.as_bytes())
    }
}

/// Returns the hash of a text in the form that a content security policy uses.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// JSON inside a `<script>` element. No character of it can end the element or open a comment: the
/// special characters occur only inside strings, where JSON allows them to be escaped by number.
struct Block<'a>(&'a str);

impl fmt::Display for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let special = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        let mut rest = self.0;
        while let Some(at) = rest.find(special) {
            f.write_str(&rest[..at])?;
            let mut tail = rest[at..].chars();
            if let Some(c) = tail.next() {
                write!(f, "\\u{:04x}", c as u32)?;
            }
            rest = tail.as_str();
        }
        f.write_str(rest)
    }
}

/// Text between tags.
struct Markup<'a>(&'a str);

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped =
            Printable(self.0).to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        f.write_str(&escaped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_block() {
        let json = serde_json::to_string("</script><!--\u{2028}&amp;é").expect("a string");
        let block = Block(&json).to_string();
        assert_eq!(block, r#""\u003c/script\u003e\u003c!--\u2028\u0026amp;é""#);
        assert_eq!(
            serde_json::from_str::<String>(&block).expect("still JSON"),
            "</script><!--\u{2028}&amp;é"
        );
    }
}
