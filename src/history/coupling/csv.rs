//! Coupling as a table for spreadsheets: a row for each pair, then one for each silent dependency.

use super::Coupling;
use crate::render::spreadsheet::{Cell, table};

/// The column headers. `kind` is `coupled` or `silent`; `tie` is the relation of the pair in the
/// code, `steps` the number of dependencies of an indirect tie. A silent dependency has only the
/// numbers of changes and the expected number of common changes.
const HEADS: [&str; 12] = [
    "kind",
    "from",
    "to",
    "tie",
    "steps",
    "together",
    "changes_from",
    "changes_to",
    "confidence",
    "reverse_confidence",
    "lift",
    "expected",
];

/// Returns the table.
pub fn render(coupling: &Coupling) -> String {
    let changes = |part: u32| Cell::number(coupling.changes[part as usize]);
    let pairs = coupling.pairs.iter().map(|pair| {
        let steps = if let super::Tie::Through(steps) = pair.tie { Cell::number(steps) } else { Cell::Empty };
        [
            "coupled".into(),
            coupling.name(pair.from).into(),
            coupling.name(pair.to).into(),
            pair.tie.name().into(),
            steps,
            Cell::number(pair.together),
            changes(pair.from),
            changes(pair.to),
            Cell::Number(format!("{:.3}", pair.confidence)),
            Cell::Number(format!("{:.3}", pair.reverse)),
            Cell::Number(format!("{:.2}", pair.lift)),
            Cell::Empty,
        ]
    });
    let silent = coupling.silent.iter().map(|silence| {
        let mut row = [const { Cell::Empty }; 12];
        row[0] = "silent".into();
        row[1] = coupling.name(silence.from).into();
        row[2] = coupling.name(silence.to).into();
        row[3] = "forward".into();
        row[5] = Cell::number(0);
        (row[6], row[7]) = (changes(silence.from), changes(silence.to));
        row[11] = Cell::Number(format!("{:.2}", silence.expected));
        row
    });
    table(std::iter::once(HEADS.map(Cell::from)).chain(pairs).chain(silent))
}
