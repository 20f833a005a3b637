//! TypeScript declarations of the data of a page, generated from the types that serialize it.

use std::{collections::BTreeMap, fs, path::Path};

use ts_rs::{Config, TS, TypeVisitor};

/// Asserts that the file at `path` contains the declarations of `T` and of all types that it
/// contains, or writes the file if `ARCHLINT_BLESS=1`. `source` is the Rust file that defines the
/// types.
pub fn declarations<T: TS + 'static>(path: &str, source: &str) {
    let mut found = Declarations { config: Config::new().with_large_int("number"), types: BTreeMap::new() };
    found.visit::<T>();
    let text = found.types.into_values().collect::<Vec<_>>().join("\n");
    let text = format!(
        "// The data of the page, by `ARCHLINT_BLESS=1 cargo test declarations` from `{source}`.\n\n{text}"
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("ARCHLINT_BLESS").is_some() {
        fs::write(&file, &text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "{path} is out of date; `ARCHLINT_BLESS=1 cargo test declarations` writes it anew");
}

/// The declarations, keyed by the names of their types.
struct Declarations {
    config: Config,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // A built-in type has no output path, and needs no declaration.
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.types.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.types.insert(name, laid_out(&format!("{docs}export {}\n", T::decl(&self.config))));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Formats a declaration with one line for each field and for each comment.
fn laid_out(declaration: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    let mut rest = declaration;
    while let Some(next) = rest.chars().next() {
        if let Some((comment, after)) = rest.strip_prefix("/**").and_then(|rest| rest.split_once("*/")) {
            let words = comment.lines().map(|line| line.trim().trim_start_matches('*').trim());
            let words = words.collect::<Vec<_>>().join(" ");
            out.push_str(&format!("/** {} */\n{}", words.trim(), "  ".repeat(depth)));
            rest = after.trim_start();
            continue;
        }
        rest = &rest[next.len_utf8()..];
        match next {
            '}' | ']' | '>' => depth = depth.saturating_sub(1),
            '{' | '[' | '<' => depth += 1,
            _ => {}
        }
        out.push(next);
        if depth == 1 && matches!(next, '{' | ',') {
            rest = rest.trim_start();
            out.push_str(if rest.starts_with('}') { "\n" } else { "\n  " });
        }
    }
    out
}
