//! Code as text, for the expectations of tests.

use crate::rust::facts::model::{FileFacts, PathStart};

use super::{
    Around, BlockKind, CodePath, Expr, ExprId, GenericsId, List, Listed, Literal, MemberId, Operator, Pat,
    PatId, PathId, Shape, Signature, SignatureKind, SignatureOf, Statement, TypeForm, TypeId,
};

/// The traits, shapes and signatures of a file, one per line. Operands are in parentheses wherever
/// an operator has them.
pub fn written(facts: &FileFacts) -> String {
    let writer = Writer { facts };
    let code = &facts.code;
    let mut lines = Vec::new();
    for of in &code.traits {
        let (name, generics) = (writer.item(of.item), writer.generics(of.generics));
        lines.push(format!("trait {name}{generics}: {}", writer.types(of.supertraits, " + ")));
    }
    for of in &facts.implementations {
        let of_trait =
            of.trait_type.map_or(String::new(), |of_trait| format!("{} for ", writer.ty(of_trait)));
        lines.push(format!("impl{} {of_trait}{}", writer.generics(of.generics), writer.ty(of.ty)));
    }
    lines.extend(code.shapes.iter().map(|shape| writer.shape(shape)));
    lines.extend(code.signatures.iter().map(|signature| writer.signature(signature)));
    lines.join("\n")
}

struct Writer<'f> {
    facts: &'f FileFacts,
}

impl Writer<'_> {
    fn name(&self, name: crate::base::name::Name) -> &str {
        self.facts.names.text(name)
    }

    fn item(&self, item: u32) -> &str {
        self.name(self.facts.items[item as usize].name)
    }

    fn values<T: Listed>(&self, list: List<T>, write: impl Fn(T) -> String, separator: &str) -> String {
        self.facts.code.values(list).map(write).collect::<Vec<_>>().join(separator)
    }

    fn maybe<T>(prefix: &str, value: Option<T>, write: impl Fn(T) -> String) -> String {
        value.map_or(String::new(), |value| format!("{prefix}{}", write(value)))
    }

    fn shape(&self, shape: &Shape) -> String {
        let of = Self::maybe("", shape.of_enum, |of| format!("{}::", self.item(of)));
        let fields = self.values(shape.fields, |f| format!("{}: {}", self.name(f.name), self.ty(f.ty)), ", ");
        format!("shape {of}{}{} {{ {fields} }}", self.item(shape.item), self.generics(shape.generics))
    }

    fn signature(&self, of: &Signature) -> String {
        let name = match of.of {
            SignatureOf::Item(item) => self.item(item),
            SignatureOf::Member(member) => self.name(self.facts.members[member as usize].name),
            SignatureOf::Unnamed => "_",
        };
        let around = match of.around {
            Around::Nothing => String::new(),
            Around::Implementation(number) => format!("impl {number}: "),
            Around::Trait(number) => format!("trait {number}: "),
            Around::Invocation => "invocation: ".into(),
        };
        let kind = match of.kind {
            SignatureKind::Function { is_async: true } => "async fn",
            SignatureKind::Function { is_async: false } => "fn",
            SignatureKind::Value => "value",
            SignatureKind::Alias => "type",
        };
        let receiver = Self::maybe("self: ", of.receiver, |ty| self.ty(ty));
        let parameters = self.parameters(of.parameters);
        let all: Vec<String> = [receiver, parameters].into_iter().filter(|text| !text.is_empty()).collect();
        let parameters = if kind.ends_with("fn") { format!("({})", all.join(", ")) } else { String::new() };
        let output = Self::maybe(" -> ", of.output, |ty| self.ty(ty));
        let bounds =
            if of.bounds.is_empty() { String::new() } else { format!(": {}", self.types(of.bounds, " + ")) };
        let body = Self::maybe(" = ", of.body, |body| self.expr(body));
        format!("{around}{kind} {name}{}{parameters}{bounds}{output}{body}", self.generics(of.generics))
    }

    fn parameters(&self, list: List<super::Parameter>) -> String {
        self.values(
            list,
            |p| format!("{}{}", self.pat(p.pattern), Self::maybe(": ", p.ty, |ty| self.ty(ty))),
            ", ",
        )
    }

    fn generics(&self, id: GenericsId) -> String {
        let of = self.facts.code.generics[id];
        let parameters = self.values(
            of.parameters,
            |p| format!("{}{}", self.name(p.name), Self::maybe(" = ", p.default, |ty| self.ty(ty))),
            ", ",
        );
        let bounds = self.values(of.bounds, |b| format!("{}: {}", self.ty(b.ty), self.ty(b.of_trait)), ", ");
        match (parameters.as_str(), bounds.as_str()) {
            ("", "") => String::new(),
            (parameters, "") => format!("<{parameters}>"),
            (parameters, bounds) => format!("<{parameters} where {bounds}>"),
        }
    }

    fn types(&self, list: List<TypeId>, separator: &str) -> String {
        self.values(list, |ty| self.ty(ty), separator)
    }

    fn ty(&self, id: TypeId) -> String {
        match self.facts.code.types[id] {
            TypeForm::Path(path) => self.path(path, false),
            TypeForm::Qualified { ty, of_trait, rest } => {
                let of_trait = Self::maybe(" as ", of_trait, |ty| self.ty(ty));
                format!("<{}{of_trait}>::{}", self.ty(ty), self.path(rest, false))
            }
            TypeForm::Reference(ty) => format!("&{}", self.ty(ty)),
            TypeForm::Pointer(ty) => format!("*{}", self.ty(ty)),
            TypeForm::Slice(ty) => format!("[{}]", self.ty(ty)),
            TypeForm::Array(ty) => format!("[{}; N]", self.ty(ty)),
            TypeForm::Tuple(list) => format!("({})", self.types(list, ", ")),
            TypeForm::Function { params, output } => {
                format!("fn({}){}", self.types(params, ", "), Self::maybe(" -> ", output, |ty| self.ty(ty)))
            }
            TypeForm::Impl(list) => format!("impl {}", self.types(list, " + ")),
            TypeForm::Dyn(list) => format!("dyn {}", self.types(list, " + ")),
            TypeForm::Never => "!".into(),
            TypeForm::Infer => "_".into(),
            TypeForm::Other => "?".into(),
        }
    }

    fn path(&self, id: PathId, is_value: bool) -> String {
        let CodePath { start, segments, arguments } = self.facts.code.paths[id];
        let mut parts = match start {
            PathStart::Plain => vec![],
            PathStart::Global => vec![String::new()],
            PathStart::Crate => vec!["crate".into()],
            PathStart::SelfModule => vec!["self".into()],
            PathStart::Super(count) => vec!["super".into(); count.into()],
            PathStart::DollarCrate(_) => vec!["$crate".into()],
        };
        let qualifiers = parts.len();
        parts.extend(self.facts.code.values(segments).map(|name| self.name(name).to_owned()));
        for id in self.facts.code.values(arguments) {
            let of = self.facts.code.arguments[id];
            let types = self.facts.code.values(of.types).map(|ty| self.ty(ty));
            let items = self.facts.code.values(of.items);
            let items = items.map(|item| format!("{} = {}", self.name(item.name), self.ty(item.ty)));
            let all: Vec<String> = types.chain(items).collect();
            let colons = if is_value { "::" } else { "" };
            parts[qualifiers + of.segment as usize] += &format!("{colons}<{}>", all.join(", "));
        }
        parts.join("::")
    }

    fn member(&self, id: MemberId) -> String {
        let member = self.facts.code.members[id];
        let types = self.types(member.arguments, ", ");
        let types = if types.is_empty() { types } else { format!("::<{types}>") };
        format!("{}{types}", self.name(member.name))
    }

    fn exprs(&self, list: List<ExprId>) -> String {
        self.values(list, |expr| self.expr(expr), ", ")
    }

    fn expr(&self, id: ExprId) -> String {
        let maybe = |prefix: &str, expr: Option<ExprId>| Self::maybe(prefix, expr, |expr| self.expr(expr));
        match self.facts.code.exprs[id] {
            Expr::Missing => "?".into(),
            Expr::Literal(literal) => self.literal(literal),
            Expr::Path(path) => self.path(path, true),
            Expr::Qualified(ty) => self.ty(ty),
            Expr::Call { callee, arguments } => format!("{}({})", self.expr(callee), self.exprs(arguments)),
            Expr::Method { receiver, member, arguments } => {
                format!("{}.{}({})", self.expr(receiver), self.member(member), self.exprs(arguments))
            }
            Expr::Field { base, member } => format!("{}.{}", self.expr(base), self.member(member)),
            Expr::Index { base, index } => format!("{}[{}]", self.expr(base), self.expr(index)),
            Expr::Deref(operand) => format!("(*{})", self.expr(operand)),
            Expr::Negation(operand) => format!("(!{})", self.expr(operand)),
            Expr::Reference(operand) => format!("(&{})", self.expr(operand)),
            Expr::Binary { operator, left, right } => {
                format!("({} {} {})", self.expr(left), symbol(operator), self.expr(right))
            }
            Expr::Assign { left, right } => format!("({} = {})", self.expr(left), self.expr(right)),
            Expr::Range { from, to, is_closed } => {
                format!("({}{}{})", maybe("", from), if is_closed { "..=" } else { ".." }, maybe("", to))
            }
            Expr::Cast { operand, ty } => format!("({} as {})", self.expr(operand), self.ty(ty)),
            Expr::Try(operand) => format!("{}?", self.expr(operand)),
            Expr::Await(operand) => format!("{}.await", self.expr(operand)),
            Expr::Return(value) => format!("return{}", maybe(" ", value)),
            Expr::Break(value) => format!("break{}", maybe(" ", value)),
            Expr::Continue => "continue".into(),
            Expr::Tuple(list) => format!("({},)", self.exprs(list)),
            Expr::Array(list) => format!("[{}]", self.exprs(list)),
            Expr::Repeat { element, count } => format!("[{}; {}]", self.expr(element), self.expr(count)),
            Expr::Macro { path, arguments } => {
                format!("{}!({})", self.path(path, true), self.exprs(arguments))
            }
            other => self.compound(other),
        }
    }

    fn compound(&self, expr: Expr) -> String {
        let maybe = |prefix: &str, expr: Option<ExprId>| Self::maybe(prefix, expr, |expr| self.expr(expr));
        match expr {
            Expr::Block { kind, scope, statements, value } => {
                let kind = match kind {
                    BlockKind::Plain => "",
                    BlockKind::Labelled => "'label: ",
                    BlockKind::Async => "async ",
                    BlockKind::Try => "try ",
                };
                let scope = Self::maybe(" in ", scope, |scope| scope.raw().to_string());
                let statements = self.values(statements, |s| format!(" {};", self.statement(s)), "");
                format!("{kind}{{{scope}{statements}{} }}", maybe(" ", value))
            }
            Expr::If { condition, then, otherwise } => {
                format!("if {} {}{}", self.expr(condition), self.expr(then), maybe(" else ", otherwise))
            }
            Expr::Let { pattern, value } => format!("(let {} = {})", self.pat(pattern), self.expr(value)),
            Expr::Match { value, arms } => {
                let arm = |arm: super::Arm| {
                    let guard = maybe(" if ", arm.guard);
                    format!("{}{guard} => {}", self.pat(arm.pattern), self.expr(arm.value))
                };
                format!("match {} {{ {} }}", self.expr(value), self.values(arms, arm, ", "))
            }
            Expr::While { condition, body } => format!("while {} {}", self.expr(condition), self.expr(body)),
            Expr::For { pattern, values, body } => {
                format!("for {} in {} {}", self.pat(pattern), self.expr(values), self.expr(body))
            }
            Expr::Loop(body) => format!("loop {}", self.expr(body)),
            Expr::Closure { parameters, output, body, is_async } => {
                let is_async = if is_async { "async " } else { "" };
                let output = Self::maybe(" -> ", output, |ty| self.ty(ty));
                format!("({is_async}|{}|{output} {})", self.parameters(parameters), self.expr(body))
            }
            Expr::Struct { path, fields, base } => {
                let value = |field: super::FieldValue| {
                    format!("{}: {}", self.member(field.member), self.expr(field.value))
                };
                let fields = self.values(fields, value, ", ");
                format!("{} {{ {fields}{} }}", self.path(path, true), maybe(", ..", base))
            }
            _ => "?".into(),
        }
    }

    fn statement(&self, statement: Statement) -> String {
        let maybe = |prefix: &str, expr: Option<ExprId>| Self::maybe(prefix, expr, |expr| self.expr(expr));
        let Statement { pattern, ty, value, otherwise } = statement;
        let Some(pattern) = pattern else { return maybe("", value) };
        let ty = Self::maybe(": ", ty, |ty| self.ty(ty));
        format!("let {}{ty}{}{}", self.pat(pattern), maybe(" = ", value), maybe(" else ", otherwise))
    }

    fn literal(&self, literal: Literal) -> String {
        let suffix = |name: Option<_>| Self::maybe("", name, |name| self.name(name).to_owned());
        match literal {
            Literal::Text => "\"\"".into(),
            Literal::Bytes => "b\"\"".into(),
            Literal::CText => "c\"\"".into(),
            Literal::Char => "' '".into(),
            Literal::Byte => "b' '".into(),
            Literal::Bool => "true".into(),
            Literal::Integer(name) => format!("1{}", suffix(name)),
            Literal::Float(name) => format!("1.0{}", suffix(name)),
        }
    }

    fn pats(&self, list: List<PatId>, separator: &str) -> String {
        self.values(list, |pat| self.pat(pat), separator)
    }

    fn pat(&self, id: PatId) -> String {
        match self.facts.code.pats[id] {
            Pat::Wild => "_".into(),
            Pat::Rest => "..".into(),
            Pat::Bind { name, by_ref, is_plain, sub, span: _ } => {
                let (by_ref, plain) = (if by_ref { "ref " } else { "" }, if is_plain { "" } else { "!" });
                format!("{by_ref}{}{plain}{}", self.name(name), Self::maybe(" @ ", sub, |pat| self.pat(pat)))
            }
            Pat::Path(path) => format!("path {}", self.path(path, true)),
            Pat::TupleStruct { path, elements } => {
                format!("{}({})", self.path(path, true), self.pats(elements, ", "))
            }
            Pat::Struct { path, fields } => {
                let field = |field: super::FieldPattern| {
                    format!("{}: {}", self.member(field.member), self.pat(field.pattern))
                };
                format!("{} {{ {} }}", self.path(path, true), self.values(fields, field, ", "))
            }
            Pat::Tuple(list) => format!("({},)", self.pats(list, ", ")),
            Pat::Slice(list) => format!("[{}]", self.pats(list, ", ")),
            Pat::Reference(pat) => format!("&{}", self.pat(pat)),
            Pat::Or(list) => format!("({})", self.pats(list, " | ")),
            Pat::Other => "?".into(),
        }
    }
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Lazy => "&&",
        Operator::Comparison => "==",
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Remainder => "%",
        Operator::Bit => "&",
        Operator::Shift => "<<",
    }
}
