//! The types of closures (the Rust Reference, "Closure expressions").

use smallvec::SmallVec;

use super::{
    inference::Inference,
    pending::Pending,
    types::{Kind, Ty},
};
use crate::rust::facts::code::{ExprId, List, Parameter, TypeId};

impl Inference<'_> {
    /// A closure, whose parameters may follow from the type that is expected.
    pub fn closure(
        &mut self,
        (parameters, output, body, is_async): (List<Parameter>, Option<TypeId>, ExprId, bool),
        expected: Option<Ty>,
    ) -> Ty {
        let wanted = expected.and_then(|ty| self.expected_function(ty));
        let (params, result) = match &wanted {
            Some((params, result)) => (&params[..], Some(*result)),
            None => (&[][..], None),
        };
        let mark = self.bindings.len();
        let mut types: SmallVec<[Ty; 4]> = SmallVec::new();
        for (at, parameter) in self.code.values(parameters).enumerate() {
            let wanted = params.get(at).copied();
            let ty = match parameter.ty.map(|ty| self.written(ty)) {
                Some(ty) => {
                    if let Some(wanted) = wanted {
                        self.store.unify(wanted, ty);
                    }
                    ty
                }
                None => wanted.unwrap_or_else(|| self.store.var()),
            };
            self.pattern(parameter.pattern, ty, false);
            types.push(ty);
        }
        let output = output.map(|output| self.written(output));
        let own = output.or(result.filter(|_| !is_async)).unwrap_or_else(|| self.store.var());
        self.returns.push(own);
        let breaks = std::mem::take(&mut self.breaks);
        let value = self.expression(body, Some(own));
        self.coerce(value, own);
        self.breaks = breaks;
        self.returns.pop();
        self.bindings.truncate(mark);
        let output = if is_async { self.future(own) } else { own };
        if let Some(result) = result {
            self.coerce(output, result);
        }
        let args = self.store.args(&types);
        self.store.add(Kind::Function(args, output))
    }

    /// The parameters and the result of the function that is expected.
    fn expected_function(&mut self, ty: Ty) -> Option<(SmallVec<[Ty; 4]>, Ty)> {
        let mut ty = self.store.shallow(ty);
        // A closure in a `Box` is expected to be what the box holds.
        if let Kind::Reference(of) = self.store.kind(ty) {
            ty = self.store.shallow(of);
        }
        if let Some(found) = self.function_of(ty) {
            return Some(found);
        }
        if !self.store.is_var(ty) {
            return None;
        }
        let required = self.pending.iter().rev().find_map(|pending| match *pending {
            Pending::Trait(of, of_trait)
                if self.store.shallow(of) == ty && self.world.lang.is_function(of_trait.key) =>
            {
                Some(of_trait)
            }
            _ => None,
        })?;
        let args = self.store.arg(required.args, 0)?;
        let Kind::Tuple(params) = self.store.kind(args) else { return None };
        let params: SmallVec<[Ty; 4]> = self.store.args_of(params).into();
        let output = self.world.lang.output.and_then(|name| self.store.item(required.items, name));
        let output = output.unwrap_or_else(|| self.store.var());
        Some((params, output))
    }
}
