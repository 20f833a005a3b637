//! The types of calls of the standard library's macros.

use super::{
    inference::Inference,
    types::{Kind, Store, Ty},
};
use crate::rust::facts::code::{ExprId, List, PathId};

impl<'w> Inference<'w> {
    /// The type of a macro call.
    pub fn macro_call(&mut self, path: PathId, arguments: List<ExprId>) -> Ty {
        let code = self.code;
        let lang = &self.world.lang;
        let name = self.name_of_macro(path);
        match name {
            "vec" => {
                let of = self.elements(arguments, None);
                return self.item(lang.vec, &[of]);
            }
            "dbg" if arguments.len == 1 => {
                let value = code.values(arguments).next();
                return value.map_or(Store::UNIT, |value| self.expression(value, None));
            }
            "ready" => {
                let value = code.values(arguments).next();
                let ty = value.map_or(Store::UNKNOWN, |value| self.expression(value, None));
                return match self.store.kind(ty) {
                    Kind::Named(_, args) => self.store.arg(args, 0).unwrap_or(Store::UNKNOWN),
                    _ => Store::UNKNOWN,
                };
            }
            _ => {}
        }
        for value in code.values(arguments) {
            self.expression(value, None);
        }
        self.result_of_macro(name)
    }

    /// The name of a macro; none for one of the workspace, which may return anything.
    fn name_of_macro(&mut self, path: PathId) -> &'w str {
        if self.world.is_own_macro(self.place, path, &mut self.lookup) {
            return "";
        }
        let names = &self.world.tables.instances[self.place.instance].facts.names;
        let name = self.code.values(self.code.paths[path].segments).last();
        name.map_or("", |name| names.text(name))
    }

    fn result_of_macro(&mut self, name: &str) -> Ty {
        let lang = &self.world.lang;
        match name {
            "format" => self.item(lang.string, &[]),
            "matches" | "cfg" => self.primitive(lang.bool_),
            "panic" | "todo" | "unreachable" | "unimplemented" | "bail" | "compile_error" => Store::NEVER,
            "concat" | "stringify" | "env" | "include_str" | "file" | "module_path" => {
                self.reference_to(lang.str_)
            }
            "format_args" => self.item(lang.arguments, &[]),
            "write" | "writeln" => {
                let error = self.store.var();
                self.item(lang.result, &[Store::UNIT, error])
            }
            "assert" | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq" | "debug_assert_ne"
            | "print" | "println" | "eprint" | "eprintln" => Store::UNIT,
            _ => Store::UNKNOWN,
        }
    }
}
