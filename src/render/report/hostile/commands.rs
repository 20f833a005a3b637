//! Tests of the formats that a service reads from a build log, line by line: the output is parsed
//! by a literal implementation of the service's rules.

use super::cases;

#[test]
fn github_commands_are_one_a_line() {
    for case in cases() {
        let shown = case.shown("github");
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), case.new_findings().len(), "{shown}");
        for (line, level) in lines.into_iter().zip(["error", "warning", "notice"]) {
            // The parsing rules of the runner: the command ends at the next two colons, its
            // properties at commas.
            let (command, data) = line[2..].split_once("::").expect("a command");
            let (name, properties) = command.split_once(' ').expect("properties");
            assert_eq!((&line[..2], name), ("::", level));
            let undo = |text: &str| {
                [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
                    .iter()
                    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
            };
            let properties: Vec<(&str, String)> =
                properties.split(',').filter_map(|p| p.split_once('=')).map(|(k, v)| (k, undo(v))).collect();
            let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
            assert_eq!(keys, ["file", "line", "endLine", "col", "endColumn", "title"], "{line}");
            assert_eq!(
                (properties[0].1.as_str(), properties[5].1.as_str()),
                (case.message().as_str(), case.message().as_str())
            );
            assert!(undo(data).starts_with(&case.message()), "{data}");
        }
    }
}

#[test]
fn azure_commands_are_one_a_line() {
    for case in cases() {
        let shown = case.shown("azure");
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), case.new_findings().len(), "{shown}");
        for line in lines {
            // The parsing rules of the agent: the command ends at the first bracket, its properties
            // at semicolons.
            let (command, data) = line.split_once(']').expect("a command");
            let properties = command.strip_prefix("##vso[task.logissue ").expect("our command");
            let undo = |text: &str| {
                [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")]
                    .iter()
                    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
            };
            let properties: Vec<(&str, String)> =
                properties.split(';').filter_map(|p| p.split_once('=')).map(|(k, v)| (k, undo(v))).collect();
            let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
            assert_eq!(keys, ["type", "sourcepath", "linenumber", "columnnumber", "code"], "{line}");
            assert_eq!(
                (properties[1].1.as_str(), properties[4].1.as_str()),
                (case.message().as_str(), case.message().as_str())
            );
            assert!(undo(data).starts_with(&case.message()), "{data}");
        }
    }
}

/// Returns the name and the values of a service message, parsed by the server's escaping rules.
fn service_message(line: &str) -> (String, Vec<(String, String)>) {
    let inner =
        line.strip_prefix("##teamcity[").and_then(|l| l.strip_suffix(']')).expect("a service message");
    let (name, mut rest) = inner.split_once(' ').expect("values");
    let mut values = Vec::new();
    while let Some((key, quoted)) = rest.trim_start().split_once("='") {
        let (mut value, mut chars) = (Vec::new(), quoted.char_indices());
        let end = loop {
            match chars.next().expect("a closing quote") {
                (end, '\'') => break end,
                (_, '|') => match chars.next().expect("an escape").1 {
                    'n' => value.push(u16::from(b'\n')),
                    'r' => value.push(u16::from(b'\r')),
                    '0' => {
                        let hex: String = chars.by_ref().skip(1).take(4).map(|(_, c)| c).collect();
                        value.push(u16::from_str_radix(&hex, 16).expect("four hex digits"));
                    }
                    c => {
                        assert!("|'[]".contains(c), "{line}");
                        value.push(c as u16);
                    }
                },
                (_, c) => {
                    assert!(!"[]\n\r".contains(c) && c.is_ascii(), "{line}");
                    value.push(c as u16);
                }
            }
        };
        values.push((key.to_owned(), String::from_utf16(&value).expect("UTF-16")));
        rest = &quoted[end + 1..];
    }
    assert!(rest.is_empty(), "{line}");
    (name.to_owned(), values)
}

#[test]
fn teamcity_messages_are_one_a_line() {
    for case in cases() {
        let shown = case.shown("teamcity");
        let messages: Vec<_> = shown.lines().map(service_message).collect();
        let names: Vec<&str> = messages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["inspectionType", "inspection", "inspection", "inspection"]);
        for (_, values) in &messages[1..] {
            let value = |key: &str| values.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
            assert_eq!(value("typeId"), Some(case.message().as_str()));
            assert_eq!(value("file"), Some(case.message().as_str()));
            assert!(value("message").is_some_and(|m| m.starts_with(&case.message())), "{values:?}");
        }
    }
}
