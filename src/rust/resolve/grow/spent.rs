//! The bound on what macros expand to.

use super::{
    super::ids::InstanceId,
    state::{Expansion, Growth},
};
use crate::{
    base::{codes, diagnostic::Diagnostic},
    rust::facts::Invocation,
};

/// The maximum nesting of expansions. The limit of rustc is 128 unless a crate raises it, and
/// crates that need to raise it raise it to some hundreds. The work is bounded by the number of
/// tokens instead.
const DEEPEST: u32 = 1024;

/// The maximum number of tokens of all expansions that start at one invocation in a file.
const TOKENS_PER_INVOCATION: usize = 1_000_000;

/// The number of tokens that expansions produced.
#[derive(Default)]
pub struct Spent {
    /// The number of tokens for each invocation in a file.
    of: Vec<usize>,
}

impl Spent {
    /// Adds the tokens that an expansion produced.
    pub fn add(&mut self, expansion: Expansion, tokens: usize) {
        self.of[expansion.origin] += tokens;
    }

    /// The budget for one more expansion; `None`, with a diagnostic, if the budget is used up.
    pub fn reserve(
        &mut self,
        growth: &mut Growth<'_, '_>,
        instance: InstanceId,
        invocation: &Invocation,
    ) -> Option<Expansion> {
        let expansion = match growth.provenance[instance].expansion {
            Some(outer) => Expansion { depth: outer.depth + 1, included: false, ..outer },
            None => {
                self.of.push(0);
                Expansion { depth: 0, origin: self.of.len() - 1, included: false }
            }
        };
        let spent = self.of[expansion.origin];
        if !growth.costs.add(0) {
            growth.complain_of_cost((growth.tables.instances[instance].file, invocation.span));
            return None;
        }
        if expansion.depth < DEEPEST && spent < TOKENS_PER_INVOCATION {
            return Some(expansion);
        }
        if spent < usize::MAX / 2 {
            // Reported once for each invocation in a file.
            self.of[expansion.origin] = usize::MAX / 2;
            let message = "the expansion of this macro exceeds its bound; the rest of it is left out";
            let help =
                "rustc would stop here, too: look for a rule that invokes itself with ever more tokens";
            let diagnostic = Diagnostic::warn(codes::MACRO_LIMIT, message).help(help);
            growth.complain(instance, invocation.span, diagnostic);
        }
        None
    }
}
