//! The limits of resolution that were reached, beyond which names are unknown.
//!
//! A diagnostic has a place only if nothing beyond that place is unknown, since a waiver or a glob of
//! `unread-except` accepts what is unknown at a place. A limit of the whole workspace has none.

use crate::base::{codes, diagnostic::Diagnostic, name::Name, span::Span};

use super::{
    glob_links::MOST_STEPS,
    ids::{FileId, InstanceId, ScopeId},
    tables::{Directive, MOST_MEANINGS, Tables},
};

/// The maximum number of names with too many meanings that have a diagnostic each.
const MOST_NAMED: usize = 1_000;

/// Returns a diagnostic for each limit that was reached.
pub(super) fn reached(tables: &Tables) -> Vec<Diagnostic> {
    unfinished_globs(tables).into_iter().chain(dropped_meanings(tables)).collect()
}

/// Names may be missing in any module that has a glob, so the diagnostic is about no single file.
fn unfinished_globs(tables: &Tables) -> Option<Diagnostic> {
    let at = if tables.glob_budget.is_spent() { tables.glob_budget.ended_at } else { return None };
    let message = format!(
        "globs bring more than {MOST_STEPS} names; further names are unknown in all modules that have globs"
    );
    let help = "import single names where modules import all of each other in chains";
    let place = at.map(|id| {
        let Directive { instance, index, .. } = tables.imports[id];
        let of = &tables.instances[instance];
        let line = of.facts.imports[index as usize].span.start.line;
        format!("; the limit was reached at `{}:{line}`", tables.files[of.file])
    });
    Some(Diagnostic::warn(codes::GLOB_LIMIT, message).help(help.to_owned() + &place.unwrap_or_default()))
}

/// Returns the diagnostics of the names with more meanings than are kept. Each is about all of a
/// file, since the meanings come from many lines.
fn dropped_meanings(tables: &Tables) -> impl Iterator<Item = Diagnostic> {
    let named = tables.overflows.iter().take(MOST_NAMED).map(|&of| dropped_meaning(tables, of));
    let more = tables.overflows.len().saturating_sub(MOST_NAMED);
    let rest = (more > 0).then(|| {
        let message =
            format!("{more} more names have more than {MOST_MEANINGS} meanings, which are not all known");
        Diagnostic::warn(codes::TOO_MANY_MEANINGS, message).help(DISTINCT)
    });
    named.chain(rest)
}

/// Returns a diagnostic for each file with instances of which inference left out a part. Each is
/// about all of the file, since any body after the costly one is left out as well.
pub(super) fn unfinished_inference(tables: &Tables, instances: Vec<InstanceId>) -> Vec<Diagnostic> {
    let mut files: Vec<FileId> = instances.into_iter().map(|id| tables.instances[id].file).collect();
    files.sort_unstable();
    files.dedup();
    let message =
        "inference of types takes too many steps; methods and fields in the rest of the file are unknown";
    let help = "divide the function or the type whose types grow with each step";
    let one = |file: FileId| {
        let diagnostic = Diagnostic::warn(codes::INFERENCE_LIMIT, message).help(help);
        diagnostic.at(tables.files[file].clone(), Span::default())
    };
    files.into_iter().map(one).collect()
}

const DISTINCT: &str = "give the items under different conditions different names";

fn dropped_meaning(tables: &Tables, (file, scope, name): (FileId, ScopeId, Name)) -> Diagnostic {
    let message = format!(
        "`{}` has more than {MOST_MEANINGS} meanings in one scope of module `{}`; the targets of the others are unknown",
        tables.names.text(name),
        tables.names.text(tables.modules[tables.scopes[scope].module].name),
    );
    Diagnostic::warn(codes::TOO_MANY_MEANINGS, message)
        .at(tables.files[file].clone(), Span::default())
        .help(DISTINCT)
}
