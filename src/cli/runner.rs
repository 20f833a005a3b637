//! Protection from the commands of CI runners, which interpret certain lines of a program's output.
//!
//! GitHub Actions interprets lines that start with `::` or contain `##[`, Azure Pipelines `##vso[`,
//! TeamCity `##teamcity[`, on both standard output and standard error. Names, paths, messages and
//! source lines come from the repository, which must not control the runner. Therefore all text
//! printed on a runner passes through [`Guard`]; only the commands of archlint itself bypass it.

use std::{
    env,
    io::{self, Write},
    str,
};

use crate::base::text::is_command;

/// The maximum length of text that determines whether a command starts: `##` and the next
/// character.
const LONGEST: usize = 4;

/// Returns whether the program runs in a step of a GitHub Actions workflow.
pub fn is_github() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Returns whether the program runs on a runner that interprets its output.
pub fn is_any() -> bool {
    is_github() || ["TF_BUILD", "TEAMCITY_VERSION"].iter().any(|name| env::var_os(name).is_some())
}

/// Returns standard error, protected from runner commands. Each call of [`Write`] must contain
/// whole lines.
pub fn errors() -> Guard<anstream::AutoStream<io::StderrLock<'static>>> {
    Guard::new(anstream::stderr().lock(), is_any())
}

/// A writer that escapes the first character of each runner command: `\u{3a}:add-mask::`.
pub struct Guard<W: Write> {
    out: W,
    guards: bool,
    /// Whether the current line contains only white space so far.
    starts: bool,
    /// Bytes that may start a command, and are not written yet.
    held: Vec<u8>,
}

impl<W: Write> Guard<W> {
    /// Creates a guard, which passes text unchanged unless `guards` is true.
    pub fn new(out: W, guards: bool) -> Self {
        Self { out, guards, starts: true, held: Vec::new() }
    }

    /// Writes the bytes that are held back, and flushes the writer.
    ///
    /// # Errors
    /// Returns the errors of the writer.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(&std::mem::take(&mut self.held))?;
        self.out.flush()
    }

    /// Writes the part of `bytes` in which no command can start, and returns its length.
    fn pass(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (mut at, mut written) = (0, 0);
        while at < bytes.len() {
            let rest = &bytes[at..];
            match rest {
                // `:::` is no command, and precedes places in a report.
                [b':', b':', next, ..] if self.starts && *next != b':' => {
                    written = self.spell(&bytes[written..at], at, ':')?;
                }
                [b'#', b'#', next, ..] if is_command(&format!("##{}", char::from(*next))) => {
                    written = self.spell(&bytes[written..at], at, '#')?;
                }
                [b':'] | [b':', b':'] if self.starts => break,
                [b'#'] | [b'#', b'#'] => break,
                _ => {}
            }
            let Some((space, len)) = step(rest) else { break };
            self.starts = matches!(rest[0], b'\n' | b'\r') || self.starts && space;
            at += len;
        }
        self.out.write_all(&bytes[written..at])?;
        Ok(at)
    }

    /// Writes the bytes before `at` and the escaped character there, and returns the index of the
    /// rest.
    fn spell(&mut self, before: &[u8], at: usize, c: char) -> io::Result<usize> {
        self.out.write_all(before)?;
        write!(self.out, "\\u{{{:x}}}", c as u32)?;
        Ok(at + 1)
    }
}

/// Returns whether the first character is white space, and its length in bytes; `None` if the
/// buffer ends within it. A byte that is not valid UTF-8 counts as one character that is not white
/// space.
fn step(bytes: &[u8]) -> Option<(bool, usize)> {
    if bytes[0].is_ascii() {
        return Some((bytes[0].is_ascii_whitespace(), 1));
    }
    let first = &bytes[..bytes.len().min(LONGEST)];
    let valid = match str::from_utf8(first) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() == 0 => {
            return if error.error_len().is_none() && bytes.len() < LONGEST {
                None
            } else {
                Some((false, 1))
            };
        }
        Err(error) => str::from_utf8(&first[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.chars().next().map(|c| (c.is_whitespace(), c.len_utf8()))
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.guards {
            return self.out.write(bytes);
        }
        let mut held = std::mem::take(&mut self.held);
        if held.is_empty() {
            let passed = self.pass(bytes)?;
            self.held.extend_from_slice(&bytes[passed..]);
        } else {
            held.extend_from_slice(bytes);
            let passed = self.pass(&held)?;
            held.drain(..passed);
            self.held = held;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Drop for Guard<W> {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn through(pieces: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut guard = Guard::new(&mut out, true);
        for piece in pieces {
            guard.write_all(piece).expect("a vector takes all that is written");
        }
        drop(guard);
        out
    }

    #[test]
    fn no_line_is_a_command() {
        for (text, shown) in [
            ("::add-mask::e\n", "\\u{3a}:add-mask::e\n"),
            (" \t\u{3000}::x::\r::y::", " \t\u{3000}\\u{3a}:x::\r\\u{3a}:y::"),
            (
                "a ##vso[b] ##[c] ##teamcity[d ###[e",
                "a \\u{23}#vso[b] \\u{23}#[c] \\u{23}#teamcity[d #\\u{23}#[e",
            ),
            ("a::b ## x #x ##\n: :: é::x\n  ::: a::b\n##", "a::b ## x #x ##\n: :: é::x\n  ::: a::b\n##"),
        ] {
            assert_eq!(String::from_utf8_lossy(&through(&[text.as_bytes()])), shown);
        }
    }

    proptest! {
        /// The output does not depend on how the text is divided into writes, and differs from the
        /// input only in escaped characters.
        #[test]
        fn pieces_make_no_difference(text in "[:#\\[v a\n\u{3000}é]{0,12}", cuts in prop::collection::vec(0..20_usize, 0..4)) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|two| &bytes[two[0]..two[1]]).collect();
            let whole = through(&[bytes]);
            prop_assert_eq!(&through(&pieces), &whole);
            let shown = String::from_utf8(whole).expect("text");
            prop_assert_eq!(shown.replace("\\u{3a}", ":").replace("\\u{23}", "#"), text);
            for line in shown.lines() {
                let start = line.trim_start();
                prop_assert!(!start.starts_with("::") || start == "::" || start.starts_with(":::"));
                prop_assert!(!line.contains("##[") && !line.contains("##v"));
            }
        }
    }
}
