//! Comparison of facts without their positions.

use crate::base::span::{Position, Span};

use super::{FileFacts, code::Pat};

impl FileFacts {
    /// Whether both facts are equal apart from their positions. This holds for texts that differ
    /// only in comments and layout. Facts with a waiver or a diagnostic are never equal, because
    /// waivers and diagnostics are about positions.
    pub fn says_the_same(self, other: Self) -> bool {
        match (self.without_places(), other.without_places()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }

    /// The facts as bytes, with each position replaced by its rank among all positions.
    fn without_places(mut self) -> Option<Vec<u8>> {
        if !self.waivers.is_empty() || !self.diagnostics.is_empty() {
            return None;
        }
        // The position "nowhere" also has a rank, the first.
        let mut places = vec![Position::default()];
        self.each_span(|span| places.extend([span.start, span.end]));
        places.sort_unstable();
        places.dedup();
        let number = |place: Position| {
            let at = places.binary_search(&place).unwrap_or_default();
            Position { line: at as u32, column: 0 }
        };
        self.each_span(|span| *span = Span { start: number(span.start), end: number(span.end) });
        self.lines = 0;
        postcard::to_stdvec(&self).ok()
    }

    /// Visits every span. The pattern lists all fields, so that no new field is forgotten.
    pub fn each_span(&mut self, mut visit: impl FnMut(&mut Span)) {
        let Self {
            names: _,
            scopes,
            items,
            functions,
            imports,
            references,
            segments: _,
            bounds: _,
            implementations,
            members,
            subjects: _,
            conditions: _,
            macros: _,
            invocations,
            tokens,
            waivers: _,
            macro_use: _,
            lines: _,
            diagnostics: _,
            code,
        } = self;
        code.members.iter_mut().for_each(|member| visit(&mut member.span));
        for pat in &mut code.pats {
            if let Pat::Bind { span, .. } = pat {
                visit(span);
            }
        }
        scopes.iter_mut().for_each(|scope| visit(&mut scope.span));
        items.iter_mut().for_each(|item| visit(&mut item.span));
        functions.iter_mut().for_each(|function| visit(&mut function.span));
        for import in imports {
            visit(&mut import.span);
            visit(&mut import.parent_span);
        }
        implementations.iter_mut().for_each(|of| visit(&mut of.span));
        members.iter_mut().for_each(|member| visit(&mut member.span));
        references.iter_mut().for_each(|reference| visit(&mut reference.span));
        invocations.iter_mut().for_each(|invocation| visit(&mut invocation.span));
        tokens.iter_mut().for_each(|token| visit(&mut token.span));
    }
}

#[cfg(test)]
mod tests {
    use crate::rust::resolve::facts_of;

    fn same(a: &str, b: &str) -> bool {
        let [a, b] = [a, b].map(|text| facts_of(text.as_bytes().to_vec()));
        a.says_the_same(b)
    }

    #[test]
    fn layout_comments_and_values_say_nothing() {
        let text = "use a::b;\nfn f(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2) + 3 }\n";
        for other in [
            "// c\n\nuse a :: b;\n/// d\nfn f(\n    x: b::C,\n) -> u8 { m!(x, 2); b::g(\"t\", 7) + 4 }",
            "use a::b; fn f(x: b::C) -> u8 { m!(x, 1); /* e */ b::g(\"\", 2) + 3 }",
        ] {
            assert!(same(text, other), "{other}");
        }
        for other in [
            "use a::b;\nfn f(x: b::D) -> u8 { m!(x, 1); b::g(\"s\", 2) + 3 }\n",
            "use a::b;\nfn f(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2) + b::H }\n",
            "use a::b;\nfn f(x: b::C) -> u8 { if x { m!(x, 1); } b::g(\"s\", 2) + 3 }\n",
            "fn f(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2) + 3 }\nuse a::b;\n",
            "use a::b;\nfn g(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2) + 3 }\n",
            "use a::b;\nfn f(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2) - 3 }\n",
            "use a::b;\nfn f(x: b::C) -> u8 { m!(x, 1); b::g(\"s\", 2).h + 3 }\n",
        ] {
            assert!(!same(text, other), "{other}");
        }
    }

    #[test]
    fn what_is_about_places_is_never_the_same() {
        let waived = "// archlint: allow(a) — b\nuse a::b;\n";
        assert!(!same(waived, waived));
        assert!(!same("fn f( {", "fn f( {"));
    }
}
