//! The syntax of a waiver.

use crate::base::waiver::Waiver;

use super::MARKER;

/// The form of a waiver, for messages.
pub const FORM: &str = "write it as `// archlint: allow(rule-id, reason = \"…\")`";

/// The text of a comment after `archlint:`, or after an `archlint` that lacks the colon before
/// `allow(…`. `None` for a comment that only mentions archlint.
pub fn directive(content: &str) -> Option<String> {
    let rest = content.strip_prefix(MARKER)?.trim_start();
    if let Some(said) = rest.strip_prefix(':') {
        return Some(said.trim().to_owned());
    }
    let call = rest.strip_prefix("allow")?.trim_start();
    call.starts_with('(').then(|| format!("\u{0}{}", rest.trim()))
}

/// Whether the first parenthesis of a directive is closed, or there is none. Strings are skipped.
pub fn is_closed(text: &str) -> bool {
    let mut rest = Rest(text);
    rest.until(|c| c == '(');
    if rest.0.is_empty() {
        return true;
    }
    loop {
        rest.until(|c| matches!(c, ')' | '"'));
        match rest.next() {
            Some('"') => match rest.string() {
                Some(_) => {}
                None => return false,
            },
            found => return found.is_some(),
        }
    }
}

/// The waiver that a directive states, or its mistake. The position is filled in by the caller.
pub fn waiver(text: &str) -> Waiver {
    if text.starts_with('\u{0}') {
        return mistaken("a waiver needs a colon after `archlint`", FORM);
    }
    let mut waiver = Waiver::default();
    if let Err((message, help)) = read(text, &mut waiver) {
        waiver.mistake = Some((message, help.to_owned()));
    }
    waiver
}

/// A malformed waiver, with its mistake.
pub fn mistaken(message: &str, help: &str) -> Waiver {
    Waiver { mistake: Some((message.to_owned(), help.to_owned())), ..Waiver::default() }
}

type Mistake = (String, &'static str);

fn read(text: &str, waiver: &mut Waiver) -> Result<(), Mistake> {
    let mut rest = Rest(text);
    let verb = rest.word();
    if verb != "allow" {
        return Err((format!("expected `allow`, found `{}`", found(verb, rest)), FORM));
    }
    rest.space();
    if rest.next() != Some('(') {
        return Err(("`allow` needs the rule's id in parentheses".to_owned(), FORM));
    }
    loop {
        rest.space();
        if rest.take(')') {
            break;
        }
        argument(&mut rest, waiver)?;
        rest.space();
        if !rest.take(',') && !rest.0.starts_with(')') {
            let message = if rest.0.is_empty() {
                "the waiver's parenthesis is not closed".to_owned()
            } else {
                format!("expected `,` or `)`, found `{}`", found("", rest))
            };
            return Err((message, FORM));
        }
    }
    rest.space();
    if !rest.0.is_empty() {
        return Err((
            format!("the waiver ends before `{}`", found("", rest)),
            "put further text into the reason, or into a separate comment",
        ));
    }
    if waiver.rules.is_empty() {
        return Err(("the waiver names no rule".to_owned(), FORM));
    }
    Ok(())
}

/// A rule's id, or `key = "text"`.
fn argument(rest: &mut Rest<'_>, waiver: &mut Waiver) -> Result<(), Mistake> {
    let word = rest.word();
    if word.is_empty() {
        return Err((format!("expected a rule's id, found `{}`", found("", *rest)), FORM));
    }
    rest.space();
    if !rest.take('=') {
        waiver.rules.push(word.to_owned());
        return Ok(());
    }
    let slot = match word {
        "reason" => &mut waiver.reason,
        "until" => &mut waiver.until,
        _ => return Err((format!("a waiver has no key `{word}`"), "the keys are `reason` and `until`")),
    };
    rest.space();
    let text = rest.take('"').then(|| rest.string()).flatten();
    let Some(text) = text else {
        return Err((format!("`{word}` needs a text in double quotes"), FORM));
    };
    if slot.replace(text).is_some() {
        return Err((format!("`{word}` is given twice"), "keep one of them"));
    }
    Ok(())
}

/// The first characters of an unexpected text, for messages.
fn found(word: &str, rest: Rest<'_>) -> String {
    let text = if word.is_empty() { rest.0 } else { word };
    text.chars().take(20).collect()
}

/// The text that has not been read yet.
#[derive(Clone, Copy)]
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn next(&mut self) -> Option<char> {
        let c = self.0.chars().next()?;
        self.0 = &self.0[c.len_utf8()..];
        Some(c)
    }

    fn take(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn until(&mut self, end: impl Fn(char) -> bool) {
        self.0 = &self.0[self.0.find(end).unwrap_or(self.0.len())..];
    }

    fn space(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// The characters of a rule's id.
    fn word(&mut self) -> &'t str {
        let is_part = |c: char| c.is_alphanumeric() || "-_./".contains(c);
        let end = self.0.find(|c| !is_part(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    /// The text from an opening quote to the closing one. A backslash escapes the character after
    /// it.
    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.next()?),
                c => text.push(c),
            }
        }
    }
}
