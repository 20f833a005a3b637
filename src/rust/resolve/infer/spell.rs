//! Types as text, for readers: without paths, lifetimes and what is too deep.

use super::{
    inference::Inference,
    types::{Args, Key, Kind, TraitRef, Ty},
};
use crate::base::name::Name;

/// The depth below which a type is spelled `…`.
const DEEPEST: u32 = 4;

/// The length of a text, in bytes, beyond which no further part of a type is added to it.
const LONGEST: usize = 400;

impl Inference<'_> {
    /// A type as it may be written in a signature.
    pub fn spell(&self, ty: Ty) -> String {
        let mut text = String::with_capacity(32);
        self.spell_to(ty, DEEPEST, &mut text);
        text
    }

    fn spell_to(&self, ty: Ty, depth: u32, to: &mut String) {
        let Some(depth) = depth.checked_sub(1).filter(|_| to.len() < LONGEST) else { return to.push('…') };
        match self.store.kind(ty) {
            Kind::Unknown | Kind::Var | Kind::Bound(_) => to.push('_'),
            Kind::Number => to.push_str("{number}"),
            Kind::Never => to.push('!'),
            Kind::Param(name) => self.spell_name(name, to),
            Kind::Named(key, args) => {
                self.spell_key(key, to);
                self.spell_args(args, "<", ">", depth, to);
            }
            Kind::Reference(of) => {
                to.push('&');
                self.spell_to(of, depth, to);
            }
            Kind::Pointer(of) => {
                to.push_str("*const ");
                self.spell_to(of, depth, to);
            }
            Kind::Slice(of) | Kind::Array(of) => {
                to.push('[');
                self.spell_to(of, depth, to);
                to.push(']');
            }
            Kind::Tuple(args) => {
                to.push('(');
                self.spell_args(args, "", "", depth, to);
                to.push(')');
            }
            Kind::Function(args, output) => {
                to.push_str("fn(");
                self.spell_args(args, "", "", depth, to);
                to.push_str(") -> ");
                self.spell_to(output, depth, to);
            }
            Kind::Projected(of, key, name) => {
                to.push('<');
                self.spell_to(of, depth, to);
                to.push_str(" as ");
                self.spell_key(key, to);
                to.push_str(">::");
                self.spell_name(name, to);
            }
            Kind::Bounded(bounds) => {
                to.push_str("impl ");
                for (at, of) in self.store.bounds_of(bounds).iter().enumerate() {
                    to.push_str(if at > 0 { " + " } else { "" });
                    if to.len() >= LONGEST {
                        return to.push('…');
                    }
                    self.spell_trait(*of, depth, to);
                }
            }
        }
    }

    fn spell_trait(&self, of: TraitRef, depth: u32, to: &mut String) {
        self.spell_key(of.key, to);
        self.spell_args(of.args, "<", ">", depth, to);
    }

    fn spell_args(&self, args: Args, open: &str, close: &str, depth: u32, to: &mut String) {
        let all = self.store.args_of(args);
        if all.is_empty() {
            return;
        }
        to.push_str(open);
        for (at, &of) in all.iter().enumerate() {
            to.push_str(if at > 0 { ", " } else { "" });
            self.spell_to(of, depth, to);
            if to.len() >= LONGEST {
                break;
            }
        }
        to.push_str(close);
    }

    /// The name of a type or trait.
    pub fn spell_key(&self, key: Key, to: &mut String) {
        let name = match key {
            Key::Item(item) => self.world.tables.items[item].name,
            Key::Foreign(_, name) | Key::Primitive(name) => name,
        };
        self.spell_name(name, to);
    }

    fn spell_name(&self, name: Name, to: &mut String) {
        to.push_str(start(self.world.tables.names.text(name)));
    }
}

/// The start of a name that is too long to be shown whole.
pub fn start(name: &str) -> &str {
    let end = (0..=name.len().min(LONGEST)).rev().find(|&end| name.is_char_boundary(end));
    &name[..end.unwrap_or_default()]
}
