//! A page as one file: markup, style, data, script, and the policy that lets nothing else in.

use std::{
    fmt,
    io::{self, Write},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::base::text::Visible;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Shell<'a> {
    /// The HTML, with `{{policy}}`, `{{title}}`, `{{style}}`, `{{data}}` and `{{script}}` where these belong.
    pub markup: &'a str,
    /// The style sheet.
    pub style: &'a str,
    /// The script, which gets a scope of its own and is strict.
    pub script: &'a str,
    /// What the page is about; may be empty.
    pub title: &'a str,
    /// The data, as JSON.
    pub json: &'a str,
}

impl Shell<'_> {
    /// Writes the page. Its content security policy allows the style and the script that are in it, by their hashes, and nothing
    /// to be fetched.
    ///
    /// # Errors
    /// Where `out` cannot be written.
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

/// The name by which a content security policy knows a text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// JSON inside a `<script>` element: nothing in it can end the element or open a comment. These characters stand only
/// inside strings, where JSON lets them be spelled by their numbers.
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
            Visible(self.0).to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
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
