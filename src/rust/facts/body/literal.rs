//! The ends of literals. Each function gives up where `proc_macro2` might refuse the literal or
//! read it differently.

use super::{Unsure, Walked, lexeme::LexemeKind};

/// The kind and end of the number that starts at `at`.
pub fn number(bytes: &[u8], at: usize) -> Walked<(LexemeKind, usize)> {
    let base = match bytes.get(at..at + 2) {
        Some(b"0x") => 16,
        Some(b"0o") => 8,
        Some(b"0b") => 2,
        _ => 10,
    };
    if base != 10 {
        let end = digits(bytes, at + 2, base)?;
        return Ok((LexemeKind::Integer, suffix(bytes, end)?));
    }
    let mut end = digits(bytes, at, 10)?;
    let mut kind = LexemeKind::Integer;
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    if byte(end) == b'.' && !(byte(end + 1) == b'.' || is_start(byte(end + 1))) {
        kind = LexemeKind::Float;
        end += 1;
        while byte(end) == b'_' || byte(end).is_ascii_digit() {
            end += 1;
        }
    }
    if matches!(byte(end), b'e' | b'E') {
        kind = LexemeKind::Float;
        end += 1 + usize::from(matches!(byte(end + 1), b'+' | b'-'));
        end = digits(bytes, end, 10)?;
    }
    Ok((kind, suffix(bytes, end)?))
}

/// The end of a run of digits and underscores that starts with a digit.
fn digits(bytes: &[u8], at: usize, base: u32) -> Walked<usize> {
    let is_digit = |byte: u8| char::from(byte).is_digit(base);
    let first = bytes.get(at).copied().unwrap_or(0);
    if !is_digit(first) {
        return Err(Unsure);
    }
    let run = bytes[at..].iter().take_while(|&&byte| byte == b'_' || is_digit(byte)).count();
    match bytes.get(at + run) {
        Some(b'0'..=b'9') => Err(Unsure),
        _ => Ok(at + run),
    }
}

/// The end of the type that a number may name.
fn suffix(bytes: &[u8], at: usize) -> Walked<usize> {
    if !is_start(bytes.get(at).copied().unwrap_or(0)) {
        return Ok(at);
    }
    let run = bytes[at..].iter().take_while(|&&byte| byte == b'_' || byte.is_ascii_alphanumeric()).count();
    match (&bytes[at..at + run], bytes.get(at + run)) {
        (_, Some(0x80..)) => Err(Unsure),
        (
            b"u8" | b"u16" | b"u32" | b"u64" | b"u128" | b"usize" | b"i8" | b"i16" | b"i32" | b"i64"
            | b"i128" | b"isize" | b"f32" | b"f64",
            _,
        ) => Ok(at + run),
        _ => Err(Unsure),
    }
}

/// Whether an identifier can start with a byte.
fn is_start(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic() || byte >= 0x80
}

/// The end of the string whose content starts at `at`; `bytewise` for a byte string.
pub fn string(bytes: &[u8], mut at: usize, bytewise: bool) -> Walked<usize> {
    loop {
        match *bytes.get(at).ok_or(Unsure)? {
            b'"' => return Ok(at + 1),
            b'\\' => at = escape(bytes, at + 1, bytewise)?,
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => return Err(Unsure),
            0x80.. if bytewise => return Err(Unsure),
            _ => at += 1,
        }
    }
}

/// The end of an escape sequence, of which `at` is the first byte after the backslash.
fn escape(bytes: &[u8], at: usize, bytewise: bool) -> Walked<usize> {
    match *bytes.get(at).ok_or(Unsure)? {
        b'n' | b'r' | b't' | b'\\' | b'\'' | b'"' | b'0' | b'\n' => Ok(at + 1),
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => Ok(at + 2),
        b'x' => match bytes.get(at + 1..at + 3) {
            Some([high, low]) if low.is_ascii_hexdigit() && high.is_ascii_hexdigit() => {
                if bytewise || matches!(high, b'0'..=b'7') { Ok(at + 3) } else { Err(Unsure) }
            }
            _ => Err(Unsure),
        },
        b'u' if !bytewise => unicode_escape(bytes, at + 1),
        _ => Err(Unsure),
    }
}

/// `{…}` of one to six hexadecimal digits that give a character.
fn unicode_escape(bytes: &[u8], at: usize) -> Walked<usize> {
    let rest = bytes.get(at..).ok_or(Unsure)?;
    let close = memchr::memchr(b'}', &rest[..rest.len().min(8)]).ok_or(Unsure)?;
    let digits = rest[..close].strip_prefix(b"{").ok_or(Unsure)?;
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(Unsure);
    }
    let value =
        digits.iter().fold(0, |value, &digit| value * 16 + char::from(digit).to_digit(16).unwrap_or(0));
    char::from_u32(value).map(|_| at + close + 1).ok_or(Unsure)
}

/// The end of the raw string that starts at `start`; `at` is its first `#` or its quote. `None` for
/// a raw identifier.
pub fn raw_string(bytes: &[u8], start: usize, at: usize) -> Walked<Option<usize>> {
    let hashes = bytes[at..].iter().take_while(|&&byte| byte == b'#').count();
    if bytes.get(at + hashes) != Some(&b'"') {
        return if bytes[start] == b'r' && hashes == 1 { Ok(None) } else { Err(Unsure) };
    }
    if hashes > 255 {
        return Err(Unsure);
    }
    let content = at + hashes + 1;
    let mut end = content;
    loop {
        end += memchr::memchr(b'"', &bytes[end..]).ok_or(Unsure)? + 1;
        let closing = bytes[end..].iter().take(hashes).take_while(|&&byte| byte == b'#').count();
        if closing == hashes {
            break;
        }
    }
    let text = &bytes[content..end - 1];
    let is_lone = |at: usize| text.get(at + 1) != Some(&b'\n');
    let strange = memchr::memchr_iter(b'\r', text).any(is_lone) || (bytes[start] == b'b' && !text.is_ascii());
    if strange { Err(Unsure) } else { Ok(Some(end + hashes)) }
}

/// The end of the byte literal whose content starts at `at`.
pub fn byte(bytes: &[u8], at: usize) -> Walked<usize> {
    let end = match *bytes.get(at).ok_or(Unsure)? {
        b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => return Err(Unsure),
        b'\\' => escape(bytes, at + 1, true)?,
        byte if byte.is_ascii_graphic() || byte == b' ' => at + 1,
        _ => return Err(Unsure),
    };
    if bytes.get(end) == Some(&b'\'') { Ok(end + 1) } else { Err(Unsure) }
}

/// The end of the character whose content starts at `at`. `None` if this is no character literal,
/// and so perhaps a lifetime.
pub fn character(bytes: &[u8], at: usize) -> Walked<Option<usize>> {
    let end = match *bytes.get(at).ok_or(Unsure)? {
        b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => return Err(Unsure),
        b'\\' => escape(bytes, at + 1, false)?,
        b'\n' | b'\r' => return Err(Unsure),
        byte if byte < 0x80 => at + 1,
        _ => at + 1 + bytes[at + 1..].iter().take_while(|&&byte| byte & 0xc0 == 0x80).count(),
    };
    Ok((bytes.get(end) == Some(&b'\'')).then_some(end + 1))
}

/// Returns whether a text is a plain number that is surely small enough to be an index.
pub fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'))
}
