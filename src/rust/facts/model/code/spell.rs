//! Types as text, for readers.

use super::{super::FileFacts, TypeForm, TypeId};

/// The depth below which a type is spelled `…`.
const DEEPEST_SPELLED: u32 = 8;

/// A type as written, without its lifetimes and generic arguments, for readers.
pub fn spell(facts: &FileFacts, ty: TypeId) -> String {
    spell_to_depth(facts, ty, DEEPEST_SPELLED)
}

fn spell_to_depth(facts: &FileFacts, ty: TypeId, depth: u32) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
    let code = &facts.code;
    let of = |prefix: &str, ty| format!("{prefix}{}", spell_to_depth(facts, ty, depth));
    match code.types[ty] {
        TypeForm::Path(path) => {
            let last = code.values(code.paths[path].segments).last();
            last.map_or_else(|| "_".to_owned(), |name| facts.names.text(name).to_owned())
        }
        TypeForm::Reference(to) => of("&", to),
        TypeForm::Pointer(to) => of("*", to),
        TypeForm::Slice(to) | TypeForm::Array(to) => of("[", to) + "]",
        TypeForm::Dyn(bounds) => match code.values(bounds).next() {
            Some(first) => of("dyn ", first),
            None => "dyn _".to_owned(),
        },
        _ => "_".to_owned(),
    }
}
