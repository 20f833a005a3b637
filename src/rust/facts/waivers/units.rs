//! The pieces of syntax that a waiver can cover, and the choice among them.
//!
//! The walk visits only the nodes around waivers, because computing the span of a node costs as
//! much as its number of tokens.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use crate::{
    base::span::Span,
    rust::facts::{origins::Origins, walk::attributes},
};

/// Nodes nested deeper than this are ignored, to bound the cost.
const DEEPEST: u32 = 128;

/// The position of a waiver relative to the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The first line of the waiver.
    pub line: u32,
    /// The line below its last.
    pub below: u32,
    /// Whether there is code before the waiver on its line.
    pub shares_line: bool,
    /// Whether the waiver is about that code, rather than about the code that follows.
    pub behind: bool,
    /// The next line with code, if the waiver is about it.
    pub next: Option<u32>,
    /// The line of the `{` directly before the waiver, if there is one.
    pub brace: Option<u32>,
    /// Whether there is no code before the waiver in the file.
    pub heads_file: bool,
}

/// The constructs near waivers.
pub struct Units {
    /// For each line with a waiver after code: the construct that ends last on it, and the largest
    /// such.
    ending: BTreeMap<u32, Option<Span>>,
    /// For each line of code after a waiver: the construct that starts first on it, and the largest
    /// such.
    starting: BTreeMap<u32, Option<Span>>,
    /// For each line of a brace with a waiver directly after it, and the line of that waiver: the
    /// innermost construct around both.
    around: BTreeMap<(u32, u32), Option<Span>>,
    /// All lines that occur above.
    lines: BTreeSet<u32>,
    /// The outermost spans of test code, in order.
    tests: Vec<Span>,
    depth: u32,
}

impl Units {
    /// Prepares to collect the constructs near waivers at `anchors` during a walk over the tree.
    pub fn around(anchors: &[Anchor]) -> Self {
        let ending = anchors.iter().filter(|a| a.behind).map(|a| (a.line, None)).collect();
        let starting = anchors.iter().filter_map(|a| Some((a.next?, None))).collect();
        let around = anchors.iter().filter_map(|a| Some(((a.brace?, a.line), None))).collect();
        let lines = anchors.iter().flat_map(|a| [Some(a.line), a.next, a.brace]).flatten().collect();
        Self { ending, starting, around, lines, tests: Vec::new(), depth: 0 }
    }

    /// The first and the last line that a waiver covers.
    pub fn lines(&self, anchor: Anchor) -> (u32, u32) {
        let own = anchor.shares_line.then_some((anchor.line, anchor.line));
        let unit = if anchor.behind {
            self.ending.get(&anchor.line).copied().flatten()
        } else {
            anchor.next.and_then(|line| self.starting.get(&line).copied().flatten())
        };
        let unit = unit.map(|unit| (unit.start.line, unit.end.line));
        // Between a waiver and the code behind it there are comments, which may hold doctests.
        let next = anchor.next.map(|line| (line.min(anchor.below), line));
        let head = anchor.brace.and_then(|brace| {
            let unit = self.around.get(&(brace, anchor.line)).copied().flatten();
            Some((unit?.start.line, brace))
        });
        let file = anchor.heads_file.then_some((1, anchor.line));
        let parts = [own, unit, next, head, file].into_iter().flatten();
        parts.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((anchor.line, anchor.line))
    }

    /// Whether a waiver is in test code or covers some.
    pub fn is_test(&self, anchor: Anchor) -> bool {
        let before = self.tests.partition_point(|test| test.start.line <= anchor.line);
        let around = before.checked_sub(1).map(|at| self.tests[at]);
        around.is_some_and(|test| anchor.line <= test.end.line)
            || self.tests.get(before).is_some_and(|test| anchor.next == Some(test.start.line))
    }

    /// Records a node. Returns whether the walk should visit its children.
    fn enter(&mut self, span: impl FnOnce() -> Span) -> bool {
        if self.depth >= DEEPEST {
            return false;
        }
        let span = span();
        let (first, last) = (span.start.line, span.end.line);
        if first == 0 || self.lines.range(first..=last).next().is_none() {
            return false;
        }
        if let Some(best) = self.starting.get_mut(&first) {
            *best = best.iter().copied().chain([span]).min_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        }
        if let Some(best) = self.ending.get_mut(&last) {
            *best = best.iter().copied().chain([span]).max_by_key(|s| (s.end, std::cmp::Reverse(s.start)));
        }
        for (_, innermost) in
            self.around.range_mut((first, 0)..=(last, 0)).filter(|((_, line), _)| *line < last)
        {
            *innermost = Some(span);
        }
        true
    }

    fn node(&mut self, node: &impl Spanned, inside: impl FnOnce(&mut Self)) {
        if self.enter(|| Origins::SOURCE.span(node.span())) {
            self.depth += 1;
            inside(self);
            self.depth -= 1;
        }
    }

    /// Like [`Units::node`], for a node that can have attributes.
    fn attributed(&mut self, node: &impl Spanned, of: &[syn::Attribute], inside: impl FnOnce(&mut Self)) {
        self.node(node, |this| {
            if attributes::require_test(of) {
                let span = Origins::SOURCE.span(node.span());
                let is_inside = this.tests.last().is_some_and(|test| span.end <= test.end);
                this.tests.extend((!is_inside).then_some(span));
            }
            inside(this);
        });
    }
}

/// The kinds of syntax that are units.
macro_rules! units {
    ($($visit:ident: $node:ident),* $(,)?) => {$(
        fn $visit(&mut self, node: &'ast syn::$node) {
            self.node(node, |this| visit::$visit(this, node));
        }
    )*};
}

impl<'ast> Visit<'ast> for Units {
    units! {
        visit_arm: Arm,
        visit_expr: Expr,
        visit_field: Field,
        visit_field_pat: FieldPat,
        visit_field_value: FieldValue,
        visit_fn_arg: FnArg,
        visit_foreign_item: ForeignItem,
        visit_generic_argument: GenericArgument,
        visit_generic_param: GenericParam,
        visit_stmt: Stmt,
        visit_trait_item: TraitItem,
        visit_type_param_bound: TypeParamBound,
        visit_use_tree: UseTree,
        visit_variant: Variant,
        visit_where_predicate: WherePredicate,
    }

    fn visit_file(&mut self, file: &'ast syn::File) {
        if attributes::require_test(&file.attrs) {
            self.tests.push(Span::new(0, 0, u32::MAX, u32::MAX));
        }
        visit::visit_file(self, file);
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        self.attributed(item, attributes::of_item(item), |this| visit::visit_item(this, item));
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let of = match item {
            syn::ImplItem::Fn(function) => function.attrs.as_slice(),
            syn::ImplItem::Const(constant) => &constant.attrs,
            syn::ImplItem::Type(alias) => &alias.attrs,
            _ => &[],
        };
        self.attributed(item, of, |this| visit::visit_impl_item(this, item));
    }

    /// In a macro's arguments, each part between commas and semicolons is a unit.
    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        let mut streams = vec![invocation.tokens.clone()];
        while let Some(stream) = streams.pop() {
            let mut run: Option<Span> = None;
            for tree in stream {
                let span = Origins::SOURCE.span(tree.span());
                let ends = matches!(&tree, TokenTree::Punct(p) if matches!(p.as_char(), ',' | ';'));
                run = Some(run.map_or(span, |run| run.to(span)));
                if ends && let Some(run) = run.take() {
                    self.enter(|| run);
                }
                if let TokenTree::Group(group) = tree
                    && self.lines.range(span.start.line..=span.end.line).next().is_some()
                {
                    streams.push(group.stream());
                }
            }
            if let Some(run) = run {
                self.enter(|| run);
            }
        }
    }
}
