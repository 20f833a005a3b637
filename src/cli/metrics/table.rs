//! A table as text: the first column is aligned to the left, numbers to the right, and long
//! headings have two lines.

use textwrap::core::display_width;

/// Returns the lines of a table whose rows have as many cells as `head`. The first two lines are
/// the heading.
pub fn lines(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let heads: Vec<(&str, &str)> = head.iter().map(|name| halves(name)).collect();
    let all = || rows.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<&str>>());
    let (upper, lower) = (heads.iter().map(|h| h.0).collect(), heads.iter().map(|h| h.1).collect());
    let lines: Vec<Vec<&str>> = [upper, lower].into_iter().chain(all()).collect();
    let width = |column: usize| lines.iter().map(|line| display_width(line[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    lines.iter().map(|line| one(line, &widths)).collect()
}

fn one(cells: &[&str], widths: &[usize]) -> String {
    let mut text = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let space = " ".repeat(width.saturating_sub(display_width(cell)));
        match column {
            0 => text.extend([*cell, &space]),
            _ => text.extend(["  ", &space, *cell]),
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Splits a heading into two lines: after the `-` that makes it narrowest, or with everything in
/// the lower line if there is no `-`.
fn halves(name: &str) -> (&str, &str) {
    let narrowest = |at: &usize| (at + 1).max(name.len() - at - 1);
    let at = name.match_indices('-').map(|(at, _)| at).min_by_key(narrowest);
    at.map_or(("", name), |at| name.split_at(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_under_each_other() {
        let rows = [
            vec!["a::b".to_owned(), "7".to_owned(), "1".to_owned()],
            vec!["ü".to_owned(), "12".to_owned(), "-".to_owned()],
        ];
        let table = lines(&["module", "fan-in", "visibility-fan-out"], &rows);
        assert_eq!(
            table,
            [
                "        fan-  visibility-",
                "module    in      fan-out",
                "a::b       7            1",
                "ü         12            -"
            ]
        );
    }
}
