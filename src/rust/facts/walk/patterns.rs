//! Patterns, and the names that they bind.

use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::model::{
        FragmentKind, Namespaces, ReferenceKind,
        code::{FieldPattern, List, Parameter, Pat, PatId},
    },
};

use super::{Extractor, code::Named, locals::Meaning};

impl Extractor<'_> {
    /// A pattern in a body.
    pub fn pattern(&mut self, pat: &syn::Pat) -> PatId {
        self.within(Context::Body, |this| this.pattern_within(pat))
    }

    /// A pattern in a body, with the type after it.
    pub fn typed_pattern(&mut self, pat: &syn::Pat) -> Parameter {
        let syn::Pat::Type(typed) = pat else {
            return Parameter { pattern: self.pattern(pat), ty: None };
        };
        self.within(Context::Body, |this| {
            this.attributes(&typed.attrs);
            let pattern = this.pattern_within(&typed.pat);
            Parameter { pattern, ty: Some(this.type_(&typed.ty)) }
        })
    }

    fn pattern_within(&mut self, pat: &syn::Pat) -> PatId {
        use syn::Pat as P;
        let pattern = match pat {
            P::Ident(pat) => return self.bind(pat),
            P::Paren(pat) => return self.inner_pattern(&pat.attrs, &pat.pat),
            P::Path(pat) => {
                self.attributes(&pat.attrs);
                let namespaces = self.namespaces_of(pat);
                let named = self.path(pat.qself.as_ref(), &pat.path, namespaces);
                return self.named_pat(named);
            }
            P::Type(pat) => {
                let pattern = self.inner_pattern(&pat.attrs, &pat.pat);
                self.type_(&pat.ty);
                return pattern;
            }
            P::Or(pat) => return self.or_pattern(pat),
            P::Guard(pat) => {
                self.complexity.on_guard();
                let pattern = self.inner_pattern(&pat.attrs, &pat.pat);
                self.expression(&pat.guard);
                return pattern;
            }
            P::Reference(pat) => Pat::Reference(self.inner_pattern(&pat.attrs, &pat.pat)),
            P::Tuple(pat) => {
                self.attributes(&pat.attrs);
                Pat::Tuple(self.pattern_list(&pat.elems))
            }
            P::Slice(pat) => {
                self.attributes(&pat.attrs);
                Pat::Slice(self.pattern_list(&pat.elems))
            }
            P::TupleStruct(pat) => {
                let named = self.path(pat.qself.as_ref(), &pat.path, Namespaces::VALUES);
                let elements = self.pattern_list(&pat.elems);
                match named {
                    Named::Path(path) => Pat::TupleStruct { path, elements },
                    Named::Qualified(_) => Pat::Other,
                }
            }
            P::Struct(pat) => self.struct_pattern(pat),
            pat => self.leaf_pattern(pat),
        };
        self.new_pat(pattern)
    }

    fn leaf_pattern(&mut self, pat: &syn::Pat) -> Pat {
        use syn::Pat as P;
        match pat {
            P::Wild(pat) => {
                self.attributes(&pat.attrs);
                return Pat::Wild;
            }
            P::Rest(pat) => {
                self.attributes(&pat.attrs);
                return Pat::Rest;
            }
            P::Const(pat) => {
                self.attributes(&pat.attrs);
                self.block(&pat.block);
            }
            P::Lit(pat) => self.attributes(&pat.attrs),
            P::Macro(pat) => {
                self.attributes(&pat.attrs);
                self.invocation(&pat.mac, FragmentKind::Pattern);
            }
            P::Range(pat) => {
                self.attributes(&pat.attrs);
                pat.start.iter().chain(&pat.end).for_each(|bound| self.range_bound(bound));
            }
            _ => {}
        }
        Pat::Other
    }

    fn inner_pattern(&mut self, attributes: &[syn::Attribute], pat: &syn::Pat) -> PatId {
        self.attributes(attributes);
        self.pattern_within(pat)
    }

    fn pattern_list<'p>(&mut self, pats: impl IntoIterator<Item = &'p syn::Pat>) -> List<PatId> {
        let first = self.wait_for_patterns(pats);
        self.list(first)
    }

    fn or_pattern(&mut self, pat: &syn::PatOr) -> PatId {
        self.attributes(&pat.attrs);
        let first = self.wait_for_patterns(&pat.cases);
        self.alternatives(first)
    }

    fn wait_for_patterns<'p>(&mut self, pats: impl IntoIterator<Item = &'p syn::Pat>) -> usize {
        let first = self.entries.len();
        for pat in pats {
            let pat = self.pattern_within(pat);
            self.entry(pat);
        }
        first
    }

    fn struct_pattern(&mut self, pat: &syn::PatStruct) -> Pat {
        let named = self.path(pat.qself.as_ref(), &pat.path, Namespaces::TYPES);
        let first = self.entries.len();
        for field in &pat.fields {
            let field = self.under(&field.attrs, |this| this.field_pattern(field));
            self.entry(field);
        }
        let fields = self.list(first);
        match named {
            Named::Path(path) => Pat::Struct { path, fields },
            Named::Qualified(_) => Pat::Other,
        }
    }

    fn field_pattern(&mut self, field: &syn::FieldPat) -> FieldPattern {
        self.attributes(&field.attrs);
        let member = self.field_name(&field.member, List::default());
        let pattern = match &*field.pat {
            syn::Pat::Ident(ident) if field.colon_token.is_none() => self.bind_plainly(ident, None),
            pat => self.pattern_within(pat),
        };
        FieldPattern { member, pattern }
    }

    /// The end of a range, which is a literal or the path of a constant.
    fn range_bound(&mut self, bound: &syn::Expr) {
        match bound {
            syn::Expr::Lit(literal) => self.attributes(&literal.attrs),
            syn::Expr::Unary(unary) => {
                self.attributes(&unary.attrs);
                self.range_bound(&unary.expr);
            }
            syn::Expr::Path(path) => {
                self.attributes(&path.attrs);
                self.path(path.qself.as_ref(), &path.path, Namespaces::VALUES);
            }
            bound => {
                self.expression(bound);
            }
        }
    }

    /// An identifier pattern: a constant if one of that name exists, else a binding.
    fn bind(&mut self, pat: &syn::PatIdent) -> PatId {
        if pat.by_ref.is_some() || pat.mutability.is_some() || pat.subpat.is_some() {
            let sub = pat.subpat.as_ref().map(|(_, subpat)| self.pattern_within(subpat));
            return self.bind_plainly(pat, sub);
        }
        let path = syn::Path::from(pat.ident.clone());
        let reference = self.plain_path(&path, 1, Namespaces::VALUES, ReferenceKind::Binding);
        let name = self.name(&pat.ident);
        let span = self.span(pat.ident.span());
        self.bind_name(name, span, reference)
    }

    /// Binds a name by a pattern that made a reference, since the pattern may name a constant.
    pub fn bind_name(&mut self, name: Name, span: Span, reference: Option<u32>) -> PatId {
        self.locals.value(name, Meaning::Local(reference.filter(|_| self.is_capitalised(name))));
        self.new_pat(Pat::Bind { name, span, by_ref: false, is_plain: true, sub: None })
    }

    fn bind_plainly(&mut self, pat: &syn::PatIdent, sub: Option<PatId>) -> PatId {
        let name = self.name(&pat.ident);
        let span = self.span(pat.ident.span());
        self.bind_surely(name, span, pat.by_ref.is_some(), sub)
    }

    /// Binds a name by a pattern that cannot name a constant.
    pub fn bind_surely(&mut self, name: Name, span: Span, by_ref: bool, sub: Option<PatId>) -> PatId {
        self.locals.value(name, Meaning::Local(None));
        self.new_pat(Pat::Bind { name, span, by_ref, is_plain: false, sub })
    }

    /// Whether a name is written like a constant, so that its uses may refer to one.
    fn is_capitalised(&self, name: Name) -> bool {
        self.facts.names.text(name).starts_with(|c: char| c.is_uppercase())
    }
}
