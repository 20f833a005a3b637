//! Places in a terminal's text as links to their files (the escape sequence OSC 8).
//!
//! A link is added only around a place written by the renderer itself: at the end of a line that
//! starts with the renderer's arrow. Text of the workspace cannot create a link, since its escapes
//! have been made visible before, and cannot choose a link's target.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parts::{self, At};

/// The characters that are not escaped in the path of a URL. Characters that a terminal could
/// interpret as the end of the sequence are escaped.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns `text` in which each of `places` that it points to is a link to the file below `root`, a
/// URL.
pub fn linked<'a>(text: String, places: impl Iterator<Item = At<'a>>, root: Option<&str>) -> String {
    let Some(root) = root else { return text };
    let targets: Vec<(String, String)> = places.map(|at| (parts::place(at), url(root, at.file))).collect();
    let lines: Vec<String> = text.split('\n').map(|line| link(line, &targets)).collect();
    lines.join("\n")
}

fn link(line: &str, targets: &[(String, String)]) -> String {
    let pointed = |(place, url): &(String, String)| {
        let at = line.rfind(place.as_str())?;
        let (before, after) = (&line[..at], &line[at + place.len()..]);
        let points = matches!(visible(before).trim(), "-->" | ":::") && visible(after).trim().is_empty();
        points.then(|| format!("{before}\u{1b}]8;;{url}\u{1b}\\{place}\u{1b}]8;;\u{1b}\\{after}"))
    };
    targets.iter().find_map(pointed).unwrap_or_else(|| line.to_owned())
}

/// Returns `text` without the colours of the renderer.
fn visible(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect()
}

fn url(root: &str, path: &str) -> String {
    format!("{root}/{}", utf8_percent_encode(path, PATH))
}

/// Returns the URL of the folder `path`, an absolute path in the system's notation.
pub fn root_url(path: &str) -> String {
    let path = path.replace('\\', "/");
    // The colon after a drive letter is not escaped.
    let path = utf8_percent_encode(path.trim_matches('/'), PATH).to_string().replacen("%3A", ":", 1);
    format!("file:///{path}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    #[test]
    fn only_the_arrow_points() {
        let place = At { file: "src/a b.rs", span: Span::new(3, 5, 3, 9) };
        let text = " \u{1b}[1m-->\u{1b}[0m src/a b.rs:3:5\n3 | --> src/a b.rs:3:5\n::: src/a b.rs:3:55";
        let linked = linked(text.to_owned(), std::iter::once(place), Some("file:///w"));
        let link = "\u{1b}]8;;file:///w/src/a%20b.rs\u{1b}\\src/a b.rs:3:5\u{1b}]8;;\u{1b}\\";
        assert_eq!(linked, text.replacen("src/a b.rs:3:5", link, 1));
    }

    #[test]
    fn a_folder_has_a_url_on_every_system() {
        assert_eq!(root_url("/home/a b/w/"), "file:///home/a%20b/w");
        assert_eq!(root_url("C:\\w\\x;y"), "file:///C:/w/x%3By");
    }
}
