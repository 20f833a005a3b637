//! `archlint graph --unresolved`: the references that were looked up and not found, by their
//! causes, and the methods and fields whose definition is not known.
//!
//! Of methods and fields there may be thousands, so that the list for people has one line for each
//! name, unless all places are wanted.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    base::{order::Order as _, text::Printable},
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
fn groups(unresolved: Vec<&UnresolvedReference>) -> Vec<Group<'_>> {
    let mut by_name: BTreeMap<&str, Vec<&UnresolvedReference>> = BTreeMap::new();
    unresolved.into_iter().for_each(|one| by_name.entry(one.cause.name()).or_default().push(one));
    let mut groups: Vec<Group<'_>> = by_name
        .into_values()
        .filter_map(|references| Some(Group { cause: &references.first()?.cause, references }))
        .collect();
    groups.order_by_key(|group| std::cmp::Reverse(group.references.len()));
    groups
}

/// Writes the references for people and line-wise tools: a heading for each cause, followed by
/// lines of the form `file:line:column path`. Methods and fields of one name share a line, unless
/// `all_places` is true.
pub fn text(analysis: &Analysis, all_places: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    let Resolution { references, unresolved, associated, methods, fields, .. } = analysis.resolution;
    writeln!(out, "{unresolved} of {references} references not resolved")?;
    list(groups(analysis.unresolved.iter().collect()), &mut out)?;
    if total(associated) > 0 {
        let (unknown, all) = (associated.unknown, total(associated));
        writeln!(out, "\n{unknown} of {all} associated items without a known definition")?;
        list(groups(items(analysis).collect()), &mut out)?;
    }
    if total(methods) + total(fields) > 0 {
        let said = |of: ItemResolution, name| format!("{} of {} {name}", of.unknown, total(of));
        let (methods, fields) = (said(methods, "methods"), said(fields, "fields"));
        writeln!(out, "\n{methods} and {fields} without a known definition")?;
        let groups = groups(members(analysis).collect());
        if all_places { list(groups, &mut out)? } else { list_by_name(groups, &mut out)? }
    }
    out.flush()
}

fn total(of: ItemResolution) -> u64 {
    of.resolved + of.external + of.unknown
}

/// Returns the associated items whose definition is not known.
fn items(analysis: &Analysis) -> impl Iterator<Item = &UnresolvedReference> {
    analysis.unknown.iter().filter(|one| !one.cause.is_of_member())
}

/// Returns the methods and fields whose definition is not known.
fn members(analysis: &Analysis) -> impl Iterator<Item = &UnresolvedReference> {
    analysis.unknown.iter().filter(|one| one.cause.is_of_member())
}

fn list(groups: Vec<Group<'_>>, out: &mut impl Write) -> io::Result<()> {
    for group in groups {
        heading(&group, out)?;
        for one in group.references {
            let about = one.cause.about().map(|about| format!(" ({})", Printable(about))).unwrap_or_default();
            writeln!(out, "  {} {}{about}", place(one), Printable(&one.path))?;
        }
    }
    Ok(())
}

/// Writes one line for each name, the most frequent name first, with its first place.
fn list_by_name(groups: Vec<Group<'_>>, out: &mut impl Write) -> io::Result<()> {
    let mut is_shortened = false;
    for group in groups {
        heading(&group, out)?;
        let mut by_name: BTreeMap<&str, Vec<&UnresolvedReference>> = BTreeMap::new();
        group.references.iter().for_each(|one| by_name.entry(&one.path).or_default().push(one));
        let mut by_name: Vec<_> = by_name.into_iter().collect();
        by_name.order_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        for (name, places) in by_name {
            let Some(first) = places.first() else { continue };
            let more = places.len() - 1;
            is_shortened |= more > 0;
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            writeln!(out, "  {} {}{more}", place(first), Printable(name))?;
        }
    }
    if is_shortened {
        writeln!(out, "\n`--sites` lists every place of the methods and fields")?;
    }
    Ok(())
}

fn heading(group: &Group<'_>, out: &mut impl Write) -> io::Result<()> {
    let Group { cause, references } = group;
    writeln!(out, "\n{}: {} ({})", cause.name(), references.len(), cause.says())
}

/// Returns `file:line:column`.
fn place(one: &UnresolvedReference) -> String {
    format!("{}:{}:{}", Printable(&one.file), one.span.start.line, one.span.start.column)
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'a str,
    version: u32,
    resolution: Resolution,
    causes: Vec<OneCause<'a>>,
    /// The associated items whose definition is not known.
    associated: Vec<OneCause<'a>>,
    /// The methods and fields whose definition is not known.
    members: Vec<OneCause<'a>>,
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
        causes: causes(analysis.unresolved.iter().collect()),
        associated: causes(items(analysis).collect()),
        members: causes(members(analysis).collect()),
    };
    out.write_all(crate::render::json::pretty(&document).as_bytes())
}

fn causes(unresolved: Vec<&UnresolvedReference>) -> Vec<OneCause<'_>> {
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
