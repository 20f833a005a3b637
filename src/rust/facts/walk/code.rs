//! The parts of [`Code`], made in the order of the walk: children before their parents.
//!
//! The entries of a list wait on the stack [`Extractor::entries`] until the list is complete, since
//! the walk of one entry may make further lists.
//!
//! [`Code`]: crate::rust::facts::model::code::Code

use smallvec::SmallVec;

use crate::{
    base::{name::Name, span::Span},
    rust::facts::model::{
        PathStart,
        code::{
            Arguments, Arm, BlockKind, CodePath, Constrained, Expr, ExprId, GenericsId, List, Listed,
            Literal, MemberId, MemberName, Parameter, Pat, PatId, PathId, Signature, SignatureKind,
            SignatureOf, TypeForm, TypeId,
        },
    },
};

use super::Extractor;

/// The names of a path.
#[derive(Clone, Copy)]
pub struct PathNames {
    pub start: PathStart,
    /// Whether the next segment may still be `crate`, `self` or `super`.
    is_qualifier: bool,
    /// The number of segments that are part of the start.
    qualifiers: usize,
    /// The index of the first plain segment in the lists.
    first: usize,
    len: usize,
}

/// The generic arguments of a segment.
#[derive(Default)]
pub struct GenericArguments {
    pub types: List<TypeId>,
    pub items: SmallVec<[Constrained; 2]>,
}

/// A path in a place that also takes `<T as Trait>::Item`.
#[derive(Clone, Copy)]
pub enum Named {
    Path(PathId),
    Qualified(TypeId),
}

/// The parts of a signature.
#[derive(Default)]
pub struct Header {
    pub generics: Option<GenericsId>,
    pub receiver: Option<TypeId>,
    pub parameters: List<Parameter>,
    pub output: Option<TypeId>,
    pub bounds: List<TypeId>,
    pub body: Option<ExprId>,
}

impl Extractor<'_> {
    /// Adds an expression.
    pub fn new_expr(&mut self, expr: Expr) -> ExprId {
        self.facts.code.exprs.push(expr)
    }

    /// Adds a pattern.
    pub fn new_pat(&mut self, pat: Pat) -> PatId {
        self.facts.code.pats.push(pat)
    }

    /// Adds a type.
    pub fn new_type(&mut self, ty: TypeForm) -> TypeId {
        self.facts.code.types.push(ty)
    }

    /// Adds a name behind a dot, or of a field in braces.
    pub fn new_member(&mut self, name: Name, span: Span, arguments: List<TypeId>) -> MemberId {
        let condition = self.here.condition;
        self.facts.code.members.push(MemberName { name, span, condition, arguments })
    }

    /// Adds an entry to the list that is incomplete.
    pub fn entry<T: Listed>(&mut self, value: T) {
        value.write(&mut self.entries);
    }

    /// Completes the list whose entries wait from `first` on.
    pub fn list<T: Listed>(&mut self, first: usize) -> List<T> {
        let lists = &mut self.facts.code.lists;
        let list = List::new(lists.len(), self.entries.len() - first);
        lists.extend(self.entries.drain(first..));
        list
    }

    /// Starts the names of a path.
    pub fn start_names(&self, global: bool) -> PathNames {
        let start = if global { PathStart::Global } else { PathStart::Plain };
        let first = self.facts.code.lists.len();
        PathNames { start, is_qualifier: !global, qualifiers: 0, first, len: 0 }
    }

    /// Adds a name to a path. The names of one path are added without any other list in between.
    pub fn add_name(&mut self, path: &mut PathNames, name: Name) {
        if path.is_qualifier
            && let Some(next) = self.qualifier(path.start, name)
        {
            path.start = next;
            path.qualifiers += 1;
            return;
        }
        path.is_qualifier = false;
        path.len += 1;
        name.write(&mut self.facts.code.lists);
    }

    /// Adds a path whose generic arguments wait from `first` on.
    pub fn new_path(&mut self, names: PathNames, first: usize) -> PathId {
        let segments = List::new(names.first, names.len);
        let arguments = self.list(first);
        self.facts.code.paths.push(CodePath { start: names.start, segments, arguments })
    }

    /// The path that consists of one name.
    pub fn single_path(&mut self, name: Name) -> PathId {
        let mut names = self.start_names(false);
        self.add_name(&mut names, name);
        self.new_path(names, self.entries.len())
    }

    /// The type that consists of one name.
    pub fn single_type(&mut self, name: Name) -> TypeId {
        let path = self.single_path(name);
        self.new_type(TypeForm::Path(path))
    }

    /// Adds the generic arguments of the segment `at` to those that wait.
    pub fn add_arguments(&mut self, path: &PathNames, at: usize, arguments: GenericArguments) {
        let GenericArguments { types, items } = arguments;
        if types.is_empty() && items.is_empty() {
            return;
        }
        let items = self.facts.code.list(items);
        let segment = at.saturating_sub(path.qualifiers) as u32;
        let id = self.facts.code.arguments.push(Arguments { segment, types, items });
        self.entry(id);
    }

    /// The generic arguments that `(A, B) -> C` stands for.
    pub fn call_arguments(&mut self, parameters: List<TypeId>, output: Option<TypeId>) -> GenericArguments {
        let parameters = self.new_type(TypeForm::Tuple(parameters));
        let ty = output.unwrap_or_else(|| self.new_type(TypeForm::Tuple(List::default())));
        let types = self.facts.code.list([parameters]);
        let name = self.facts.names.intern("Output");
        GenericArguments { types, items: [Constrained { name, ty }].into_iter().collect() }
    }

    /// The type that a path names.
    pub fn named_type(&mut self, named: Named) -> TypeId {
        match named {
            Named::Path(path) => self.new_type(TypeForm::Path(path)),
            Named::Qualified(ty) => ty,
        }
    }

    /// The expression that a path is.
    pub fn named_expr(&mut self, named: Named) -> ExprId {
        self.new_expr(match named {
            Named::Path(path) => Expr::Path(path),
            Named::Qualified(ty) => Expr::Qualified(ty),
        })
    }

    /// The pattern that the path of a constant is.
    pub fn named_pat(&mut self, named: Named) -> PatId {
        self.new_pat(match named {
            Named::Path(path) => Pat::Path(path),
            Named::Qualified(_) => Pat::Other,
        })
    }

    /// A pattern that consists of several by `|`, which wait from `first` on.
    pub fn alternatives(&mut self, first: usize) -> PatId {
        if let [only] = self.entries[first..] {
            self.entries.truncate(first);
            return PatId::from_raw(only);
        }
        let list = self.list(first);
        self.new_pat(Pat::Or(list))
    }

    /// The `if` of the conditions and blocks that wait from `first` on.
    pub fn conditions(&mut self, first: usize, otherwise: Option<ExprId>) -> ExprId {
        let mut otherwise = otherwise;
        while self.entries.len() > first + 2 {
            otherwise = Some(self.last_condition(otherwise));
        }
        self.last_condition(otherwise)
    }

    fn last_condition(&mut self, otherwise: Option<ExprId>) -> ExprId {
        let mut last = || ExprId::from_raw(self.entries.pop().unwrap_or_default());
        let (then, condition) = (last(), last());
        self.new_expr(Expr::If { condition, then, otherwise })
    }

    /// `matches!(value, pattern if guard)`.
    pub fn matching(&mut self, value: ExprId, pattern: PatId, guard: Option<ExprId>) -> ExprId {
        let is_match = self.new_expr(Expr::Literal(Literal::Bool));
        let arms = self.facts.code.list([Arm { pattern, guard, value: is_match }]);
        self.new_expr(Expr::Match { value, arms })
    }

    /// An empty block, in the place of a body that was not read.
    pub fn empty_block(&mut self) -> ExprId {
        let (kind, scope, statements, value) = (BlockKind::Plain, None, List::default(), None);
        self.new_expr(Expr::Block { kind, scope, statements, value })
    }

    /// Records the expressions that wait from `first` on, which seem to be in the arguments of a
    /// macro, as the value of something without a name.
    pub fn guessed_code(&mut self, first: usize) {
        if self.entries.len() > first {
            let found = self.list(first);
            let body = Some(self.new_expr(Expr::Tuple(found)));
            self.signature(None, SignatureKind::Value, Header { body, ..Header::default() });
        }
    }

    /// Records a signature.
    pub fn signature(&mut self, of: Option<SignatureOf>, kind: SignatureKind, header: Header) {
        let Header { generics, receiver, parameters, output, bounds, body } = header;
        self.facts.code.signatures.push(Signature {
            of: of.unwrap_or(SignatureOf::Unnamed),
            kind,
            around: self.here.around,
            scope: self.here.scope,
            condition: self.here.condition,
            generics: generics.unwrap_or(GenericsId::from_raw(0)),
            receiver,
            parameters,
            output,
            bounds,
            body,
        });
    }
}

/// The integer or float of that text.
pub fn number(text: &str, names: &mut crate::base::name::Names) -> Literal {
    let digits = text.as_bytes();
    let is_prefixed = matches!(digits, [b'0', b'x' | b'o' | b'b', ..]);
    let start = text.find(['i', 'u']).or_else(|| text.find('f').filter(|_| !is_prefixed));
    let suffix = start.map(|start| &text[start..]);
    let is_float = suffix.is_some_and(|suffix| suffix.starts_with('f'))
        || (!is_prefixed && text.contains(['.', 'e', 'E']) && suffix.is_none_or(|s| s.starts_with('f')));
    let suffix = suffix.map(|suffix| names.intern(suffix));
    if is_float { Literal::Float(suffix) } else { Literal::Integer(suffix) }
}
