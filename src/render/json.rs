//! JSON output, shared by all formats: characters that a terminal or viewer would interpret are
//! escaped.
//!
//! Outside of strings JSON is plain ASCII, so all such characters are in strings, where an escape
//! denotes the same string. The same holds for a `##` that a build runner could interpret as the
//! beginning of a command.

use std::io::{self, Write};

use serde::Serialize;

use crate::base::text::{Printable, is_command, is_unprintable};

/// Returns `value` as JSON over several lines, with a final line end.
pub fn pretty(value: &impl Serialize) -> String {
    // Serialization cannot fail: all keys of the documents written here are strings.
    escaped(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// Returns `value` as JSON on one line, with a final line end.
#[cfg(feature = "reports")]
pub fn compact(value: &impl Serialize) -> String {
    escaped(&serde_json::to_string(value).unwrap_or_default()) + "\n"
}

/// Returns `value` as JSON on one line, with such characters replaced by their readable escapes:
/// for a page, whose scripts show the text as they receive it.
pub fn shown(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) {
            shown += &Printable(c.encode_utf8(&mut [0; 4])).to_string().replace('\\', "\\\\");
        } else {
            shown.push(c);
        }
    }
    Ok(shown)
}

/// Writes a fragment of a string without characters that have a short escape: the method of
/// [`serde_json::ser::Formatter`].
///
/// # Errors
/// Returns the errors of `out`.
pub fn fragment<W: Write + ?Sized>(out: &mut W, text: &str) -> io::Result<()> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'#') {
        return out.write_all(text.as_bytes());
    }
    out.write_all(escaped(text).as_bytes())
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Line ends between values are whitespace; those in strings are already escaped.
        if is_unprintable(c) && c != '\n' || c == '#' && is_command(&text[at..]) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                written += &format!("\\u{unit:04x}");
            }
        } else {
            written.push(c);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\u{85}\u{9b}\u{202e}\u{200b}\u{7f}\u{e0041}é##vso[x] ##[y] # # \n\t\"\\";

    #[test]
    fn what_acts_is_escaped_and_means_the_same() {
        let json = pretty(&[TEXT]);
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [TEXT]);
        assert!(json.chars().all(|c| c == '\n' || !is_unprintable(c)), "{json}");
        assert!(!json.contains("##"), "{json}");
        let mut out = Vec::new();
        fragment(&mut out, "\u{202e}##[a]").unwrap();
        assert_eq!(out, b"\\u202e\\u0023#[a]");
    }

    #[test]
    fn a_page_shows_what_would_act() {
        let back: String = serde_json::from_str(&shown(&TEXT).unwrap()).unwrap();
        assert!(back.starts_with("a\\u{85}\\u{9b}\\u{202e}\\u{200b}\\u{7f}\\u{e0041}é##vso["), "{back}");
        assert!(back.ends_with("\n\t\"\\"), "{back}");
    }
}
