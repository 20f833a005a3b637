//! Growing the module tree from the crates' root files until macros generate nothing new.
//!
//! ```text
//! state ────────→ the tree while it grows, and the files and expansions to be added
//! collect ──────→ one file or expansion: its scopes, items, macros and imports
//! module_files ─→ the file that a `mod name;` denotes
//! invocations ──→ macros in item position: expanded (task), included, or guessed
//! in_code ──────→ macros in bodies that compose paths from their arguments: expanded, too
//! ```

mod collect;
mod declared;
mod expand;
mod in_code;
mod include;
mod invocations;
mod lines;
mod module_files;
mod out_dirs;
mod spent;
mod state;
mod task;

pub(super) use expand::Words;
pub(super) use lines::own_lines;
pub(super) use state::{Growth, Home, Job, Report};

use super::imports;
use in_code::InCode;
use invocations::Expander;
use module_files::ModuleFiles;

/// Adds every file that the roots reach, and expands macros as they become known.
pub(super) fn grow(growth: &mut Growth<'_, '_>, words: Words) {
    let mut modules = ModuleFiles::default();
    let mut expander = Expander::new(words);
    let mut in_code = InCode::default();
    loop {
        while let Some(job) = growth.jobs.pop_front() {
            collect::collect(growth, &mut modules, job);
        }
        if expander.expand_textual(growth) {
            continue;
        }
        imports::resolve(growth.tables);
        let any_items =
            expander.expand_by_path(growth) || expander.guess_rest(growth) || expander.expand_again(growth);
        if !any_items && !in_code.expand(growth, &mut expander) {
            break;
        }
    }
}
