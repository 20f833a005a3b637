//! Configurations: components, rules and waivers.

use crate::input::{Class, complete, each, nested, source};

const ACYCLIC: &str = "[[acyclic]]\nid = \"none\"\nof = \"modules\"\n";

pub const CLASSES: &[Class] = &[
    Class("waivers", 1_000, |n| {
        source(each(n, |i| format!("// archlint: allow(none) reason {i}\nstruct S{i};")))
    }),
    Class("components", 200, |n| {
        (
            each(n, |i| format!("pub mod m{i} {{ pub struct S; }}")),
            each(n, |i| format!("[components.c{i}]\nmodules = [\"cost::m{i}\"]\ndepends-on = []")),
        )
    }),
    Class("a rule against cycles, modules that all use each other", 4_000, |n| {
        (complete(n), ACYCLIC.to_owned())
    }),
    Class("a rule against cycles, a ring", 1_000, |n| {
        (each(n, |i| format!("mod m{i} {{ use crate::m{}; }}", (i + 1) % n)), ACYCLIC.to_owned())
    }),
    Class("a rule against cycles, a ring with chords", 1_000, |n| {
        let uses = |i: usize| format!("use crate::{{m{}, m{}}};", (i + 1) % n, i * 7919 % n);
        (each(n, |i| format!("mod m{i} {{ {} }}", uses(i))), ACYCLIC.to_owned())
    }),
    Class("a rule about chains, with a hub between the ends", 300, |n| {
        let ends = each(n, |i| format!("pub mod a{i} {{ use crate::hub; }} pub mod b{i} {{}}"));
        let uses = each(n.isqrt(), |i| format!("b{i},"));
        let rule = "[[forbid]]\ntransitive = true\nfrom = \"cost::a*\"\nto = \"cost::b*\"\n";
        (format!("{ends} pub mod hub {{ use crate::{{ {uses} }}; }}"), rule.to_owned())
    }),
    Class("a rule about chains, as many as are short", 500, |n| {
        let text =
            each(n, |i| format!("pub mod a{i} {{ use crate::c{i}; }} pub mod c{i} {{ use crate::t; }}"));
        let rule = "[[forbid]]\ntransitive = true\nfrom = \"cost::a*\"\nto = \"cost::t\"\n";
        (text + "pub mod t {}", rule.to_owned())
    }),
    Class("a rule within each of many modules", 1_000, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{ pub mod a {{ use super::b; }} pub mod b {{}} }}"));
        (text, "[[acyclic]]\nof = \"modules\"\nwithin = \"cost::{ctx}\"\n".to_owned())
    }),
    Class("selectors that select nothing", 200, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{}}"));
        (text, each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"cost::m{i}\"\nto = \"cost::n{i}\"")))
    }),
    Class("layers", 200, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{ pub struct S; use crate::m{}; }}", (i + 1) % n));
        (text, format!("[[layers]]\norder = [{}]\n", each(n, |i| format!("\"cost::m{i}\","))))
    }),
    Class("waivers of a rule against cycles", 30, |n| {
        let text = each(n, |i| {
            let waiver = "// archlint: allow(none, reason = \"agreed\")";
            format!("pub mod m{i} {{\n{waiver}\nuse crate::m{};\n}}", (i + 1) % n)
        });
        (text, ACYCLIC.to_owned())
    }),
    Class("components with wildcards", 200, |n| {
        (
            each(n, |i| format!("pub mod m{i} {{ pub mod a; pub struct S; }}")),
            each(n, |i| format!("[components.c{i}]\nmodules = [\"cost::m{i}::*\", \"cost::m{i}\"]")),
        )
    }),
    Class("wildcards in the selectors of one rule", 20, |n| {
        (
            each(n * 10, |i| format!("pub mod m{i} {{}}")),
            format!("[[forbid]]\nfrom = [{}]\nto = \"std\"\n", each(4, |i| format!("\"**::m{i}*\","))),
        )
    }),
    Class("captures", 500, |n| {
        let text = each(n, |i| {
            format!(
                "pub mod m{i} {{ pub mod api {{}} pub mod domain {{ use crate::m{}::api; }} }}",
                (i + 1) % n
            )
        });
        let rules = "[[forbid]]\nfrom = \"cost::{a}::domain\"\nto = \"cost::{b}::domain\"\n\
                     [[independent]]\nmodules = [\"cost::{a}::domain\"]\n\
                     [[layers]]\nwithin = \"cost::{a}\"\norder = [\"cost::{a}::domain\", \"cost::{a}::api\"]\n";
        (text, rules.to_owned())
    }),
    Class("captures that bind in many ways", 100, |n| {
        let text = each(n, |i| format!("mod m{i} {{ {} }}", nested(8, "pub mod a { pub mod b {", "", "} }")));
        (text, "[[forbid]]\nfrom = \"**::{a}::**\"\nto = \"**::{a}::**::{b}\"\n".to_owned())
    }),
    Class("selectors in one line", 1_000, |n| {
        let all = "\"cost::a\",".repeat(n);
        ("pub mod a {}".to_owned(), format!("[[forbid]]\nfrom = [{all}]\nto = \"std\"\n"))
    }),
    Class("rules in one line", 200, |n| {
        let all: String =
            (0..n).map(|i| format!("{{ id = \"r{i}\", from = \"cost::a\", to = \"std\" }},")).collect();
        ("pub mod a {}".to_owned(), format!("forbid = [{all}]\n"))
    }),
    Class("findings in one line", 1_000, |n| {
        let uses: String = (0..n).map(|i| format!("mod m{i} {{ fn f() {{ crate::t::S; }} }} ")).collect();
        let rule = "[[forbid]]\nfrom = \"cost::m*\"\nto = \"cost::t\"\n";
        (uses + "pub mod t { pub struct S; }", rule.to_owned())
    }),
    Class("findings of distant lines", 200, |n| {
        let lines = "\n".repeat(10 * n);
        let text = format!("pub mod t {{ pub struct S; }} fn f(_: t::S) {{}}\n{lines}fn g(_: t::S) {{}}");
        (text, each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"=cost\"\nto = \"cost::t\"")))
    }),
    Class("rules", 200, |n| {
        (
            "pub mod a { pub struct S; } pub mod b { use crate::a::S; }".to_owned(),
            each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"cost::a\"\nto = \"cost::b\"")),
        )
    }),
];
