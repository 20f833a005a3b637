//! The texts of TOML that archlint writes: names, strings, and lists of strings.

use std::fmt::Write as _;

/// The maximum length of a list on a single line.
pub const WIDTH: usize = 100;

/// Returns the line, or the lines, of a key with a list of strings.
pub fn list(key: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let line = format!("{key} = [{}]\n", values.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let lines: String = values.iter().map(|value| format!("    {value},\n")).collect();
    format!("{key} = [\n{lines}]\n")
}

/// Returns `name` as a key.
pub fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if bare { name.to_owned() } else { quoted(name) }
}

/// Returns `text` as a basic string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_is_a_key() {
        assert_eq!(key("shop-core_2"), "shop-core_2");
        assert_eq!(key("größe"), "\"größe\"");
        assert_eq!(key("a\"b\\\n"), "\"a\\\"b\\\\\\U0000000A\"");
    }

    #[test]
    fn long_lists_have_a_line_for_each() {
        assert_eq!(list("k", &[]), "k = []\n");
        let many = vec!["component".to_owned(); 9];
        assert_eq!(list("k", &many).lines().count(), 11);
    }
}
