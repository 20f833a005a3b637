//! The limits of resolution that were reached, beyond which names are unknown.

use crate::base::{codes, diagnostic::Diagnostic, span::Span};

use super::{
    glob_links::MOST_STEPS,
    tables::{Directive, MOST_MEANINGS, Tables},
};

/// A diagnostic for each limit that was reached, with its position.
pub(super) fn reached(tables: &Tables) -> Vec<Diagnostic> {
    unfinished_globs(tables).into_iter().chain(dropped_meanings(tables)).collect()
}

fn unfinished_globs(tables: &Tables) -> Option<Diagnostic> {
    let at = if tables.glob_budget.is_spent() { tables.glob_budget.ended_at } else { return None };
    let message = format!("globs bring more than {MOST_STEPS} names; further names are unknown");
    let help = "import single names where modules import all of each other in chains";
    let diagnostic = Diagnostic::warn(codes::GLOB_LIMIT, message).help(help);
    Some(match at.map(|id| tables.imports[id]) {
        Some(Directive { instance, index, .. }) => {
            let of = &tables.instances[instance];
            let span = of.facts.imports[index as usize].span;
            diagnostic.at(tables.files[of.file].clone(), span)
        }
        None => diagnostic,
    })
}

/// A diagnostic for each file in which a name has more meanings than are kept, at the first such
/// name.
fn dropped_meanings(tables: &Tables) -> impl Iterator<Item = Diagnostic> {
    tables.overflows.iter().map(|(&file, &(scope, name))| {
        let module = &tables.modules[tables.scopes[scope].module];
        let message = format!(
            "`{}` has more than {MOST_MEANINGS} meanings in one scope; the targets of the others are unknown",
            tables.names.text(name)
        );
        let span = Span::new(module.line, 1, module.line, 1);
        Diagnostic::warn(codes::TOO_MANY_MEANINGS, message)
            .at(tables.files[file].clone(), span)
            .help("give the items under different conditions different names")
    })
}
