//! The file itself: markup, style, data, scripts, and the policy that lets nothing else in.

use std::{
    fmt,
    io::{self, Write},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::base::text::Visible;

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");

/// The scripts, in the order in which they build on each other. They share one scope.
const SCRIPTS: [&str; 17] = [
    include_str!("assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/groups.js"),
    include_str!("assets/shown.js"),
    include_str!("assets/layers.js"),
    include_str!("assets/layout.js"),
    include_str!("assets/paint.js"),
    include_str!("assets/camera.js"),
    include_str!("assets/pointer.js"),
    include_str!("assets/panel.js"),
    include_str!("assets/tree.js"),
    include_str!("assets/search.js"),
    include_str!("assets/matrix.js"),
    include_str!("assets/findings.js"),
    include_str!("assets/plots.js"),
    include_str!("assets/metrics.js"),
    include_str!("assets/main.js"),
];

/// Writes the page that shows `json`.
pub(super) fn write(title: &str, json: &str, out: &mut dyn Write) -> io::Result<()> {
    let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", SCRIPTS.concat());
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(STYLE)
    );
    let name = if title.is_empty() { String::new() } else { format!("{}: ", Markup(title)) };
    let mut rest = PAGE;
    while let Some((before, (key, after))) =
        rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
    {
        out.write_all(before.as_bytes())?;
        match key {
            "policy" => out.write_all(policy.as_bytes())?,
            "title" => out.write_all(name.as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "data" => write!(out, "{}", Block(json))?,
            "script" => out.write_all(script.as_bytes())?,
            _ => {}
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
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
