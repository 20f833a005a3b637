//! `archlint graph --unresolved`: the references that were looked up and not found, by their
//! causes.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    base::text::Printable,
    graph::{
        ItemResolution, Resolution,
        unresolved::{Cause, UnresolvedReference},
    },
    session::Analysis,
};

/// The references of one cause.
struct Group<'a> {
    cause: &'a Cause,
    references: Vec<&'a UnresolvedReference>,
}

/// Groups references by cause, the most frequent cause first, each group sorted by file and
/// position.
fn groups(unresolved: &[UnresolvedReference]) -> Vec<Group<'_>> {
    let mut by_name: BTreeMap<&str, Vec<&UnresolvedReference>> = BTreeMap::new();
    unresolved.iter().for_each(|one| by_name.entry(one.cause.name()).or_default().push(one));
    let mut groups: Vec<Group<'_>> = by_name
        .into_values()
        .filter_map(|references| Some(Group { cause: &references.first()?.cause, references }))
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.references.len()));
    groups
}

/// Writes the references for people and line-wise tools: a heading for each cause, followed by
/// lines of the form `file:line:column path`.
pub fn text(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    let Resolution { references, unresolved, associated, .. } = analysis.resolution;
    writeln!(out, "{unresolved} of {references} references not resolved")?;
    list(&analysis.unresolved, &mut out)?;
    let ItemResolution { resolved, external, unknown } = associated;
    let items = resolved + external + unknown;
    if items > 0 {
        writeln!(out, "\n{unknown} of {items} associated items without a known definition")?;
        list(&analysis.unknown, &mut out)?;
    }
    out.flush()
}

fn list(unresolved: &[UnresolvedReference], out: &mut impl Write) -> io::Result<()> {
    for Group { cause, references } in groups(unresolved) {
        writeln!(out, "\n{}: {} ({})", cause.name(), references.len(), cause.says())?;
        for UnresolvedReference { file, span, path, cause } in references {
            let about = cause.about().map(|about| format!(" ({})", Printable(about))).unwrap_or_default();
            let (line, column) = (span.start.line, span.start.column);
            writeln!(out, "  {}:{line}:{column} {}{about}", Printable(file), Printable(path))?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'a str,
    version: u32,
    resolution: Resolution,
    causes: Vec<OneCause<'a>>,
    /// The associated items whose definition is not known.
    associated: Vec<OneCause<'a>>,
}

#[derive(Serialize)]
struct OneCause<'a> {
    cause: &'a str,
    says: &'a str,
    count: usize,
    references: Vec<OneReference<'a>>,
}

#[derive(Serialize)]
struct OneReference<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
}

/// Writes the references as JSON.
pub fn json(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        format: "archlint.unresolved",
        version: 1,
        resolution: analysis.resolution,
        causes: causes(&analysis.unresolved),
        associated: causes(&analysis.unknown),
    };
    out.write_all(crate::render::json::pretty(&document).as_bytes())
}

fn causes(unresolved: &[UnresolvedReference]) -> Vec<OneCause<'_>> {
    let one = |Group { cause, references }| OneCause {
        cause: cause.name(),
        says: cause.says(),
        count: references.len(),
        references: references.into_iter().map(reference).collect(),
    };
    groups(unresolved).into_iter().map(one).collect()
}

fn reference(one: &UnresolvedReference) -> OneReference<'_> {
    let UnresolvedReference { file, span, path, cause } = one;
    OneReference {
        file,
        line: span.start.line,
        column: span.start.column,
        end_line: span.end.line,
        end_column: span.end.column,
        path,
        about: cause.about(),
    }
}
