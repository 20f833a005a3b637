//! Coupling as a table for spreadsheets: a row for each pair, then one for each silent dependency.

use super::Coupling;

/// The heads of the columns. `kind` is `coupled` or `silent`; `tie` says what the code says of a pair, `steps` how many
/// dependencies an indirect tie has; of a silent dependency only the changes and what would be expected are told.
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

/// The table.
pub fn render(coupling: &Coupling) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let changes = |part: u32| coupling.changes[part as usize].to_string();
    let pairs = coupling.pairs.iter().map(|pair| {
        let steps = if let super::Tie::Through(steps) = pair.tie { steps.to_string() } else { String::new() };
        [
            "coupled".to_owned(),
            coupling.name(pair.from).to_owned(),
            coupling.name(pair.to).to_owned(),
            pair.tie.name().to_owned(),
            steps,
            pair.together.to_string(),
            changes(pair.from),
            changes(pair.to),
            format!("{:.3}", pair.confidence),
            format!("{:.3}", pair.reverse),
            format!("{:.2}", pair.lift),
            String::new(),
        ]
    });
    let silent = coupling.silent.iter().map(|silence| {
        let mut row: [String; 12] = Default::default();
        row[0] = "silent".to_owned();
        row[1] = coupling.name(silence.from).to_owned();
        row[2] = coupling.name(silence.to).to_owned();
        row[3] = "forward".to_owned();
        row[5] = "0".to_owned();
        (row[6], row[7]) = (changes(silence.from), changes(silence.to));
        row[11] = format!("{:.2}", silence.expected);
        row
    });
    // Writing to memory does not fail.
    let _ = out.write_record(HEADS);
    for row in pairs.chain(silent) {
        let _ = out.write_record(row);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}
