//! A part of the build script: joins ES modules into one script.
//!
//! The scripts of a page are modules, so that a type checker, a test runner and an editor can read
//! them unchanged. A page that is opened from a file cannot import modules, though: browsers refuse
//! modules from `file:`, and an import map of `data:` or `blob:` addresses would need a content
//! security policy that allows such addresses for any script. So each module becomes a function
//! that returns its exports, and each function comes after those of the modules that it imports.
//!
//! Only those forms of module syntax are supported that keep their meaning in this translation;
//! everything else is an error, with which the build fails. For example, importers of an exported
//! `let` would only see its first value. Comments that begin a line, blank lines and indentation
//! are removed: types are written in comments, and readers of a page do not need them.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::{self, Write as _},
};

/// The prefix of the names of modules in the joined script.
const PREFIX: &str = "module_";

/// A module: its path from the folder of all sources, with `/`, and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module<'a> {
    /// The path of the module from the folder of all sources.
    pub path: &'a str,
    /// The source text of the module.
    pub text: &'a str,
}

/// The reason why modules cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkError {
    /// The path of the module.
    pub path: String,
    /// The line, from 1; 0 for the module as a whole.
    pub line: usize,
    /// The problem, and how to solve it.
    pub problem: String,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.problem)
    }
}

impl Error for LinkError {}

/// Returns one script that runs the module at the path `entry` after all modules that it imports,
/// directly or indirectly.
///
/// # Errors
/// Returns an error if a module uses an unsupported form, imports a module or name that
/// does not exist, or imports itself through others.
pub fn link(modules: &[Module<'_>], entry: &str) -> Result<String, LinkError> {
    let mut parsed = BTreeMap::new();
    for module in modules {
        parsed.insert(module.path, Parsed::new(module)?);
    }
    let order = in_order(&parsed, entry)?;
    let numbers: BTreeMap<&str, usize> = order.iter().enumerate().map(|(at, path)| (*path, at)).collect();
    let mut script = String::new();
    for path in order {
        parsed[path].write(&parsed, &numbers, &mut script)?;
    }
    Ok(script)
}

/// A parsed module.
#[derive(Debug)]
struct Parsed<'a> {
    path: &'a str,
    imports: Vec<Import<'a>>,
    exports: BTreeSet<&'a str>,
    /// The text without its imports, the word `export` and comments.
    body: String,
}

/// `import { name as local } from "path";`
#[derive(Debug)]
struct Import<'a> {
    line: usize,
    /// The path of the module, from the folder of all sources.
    path: String,
    /// The name in the other module, and the name in this one.
    names: Vec<(&'a str, &'a str)>,
}

impl<'a> Parsed<'a> {
    fn new(module: &Module<'a>) -> Result<Self, LinkError> {
        let mut parsed =
            Self { path: module.path, imports: Vec::new(), exports: BTreeSet::new(), body: String::new() };
        let mut rest = module.text;
        let mut line = 1;
        while !rest.is_empty() {
            let length = parsed.statement(rest, line)?;
            line += rest[..length].matches('\n').count();
            rest = &rest[length..];
        }
        Ok(parsed)
    }

    /// Parses a line, an import or a comment at the beginning of `text`, and returns its length.
    fn statement(&mut self, text: &'a str, line: usize) -> Result<usize, LinkError> {
        let first = text.split_inclusive('\n').next().unwrap_or(text);
        let code = first.trim();
        if code.starts_with("/*") {
            let indent = first.len() - first.trim_start().len();
            return Ok(indent + self.comment(&text[indent..], line)?);
        }
        if first.starts_with("import ") {
            let (import, after) =
                text.split_once(';').ok_or_else(|| self.error(line, "this import has no semicolon"))?;
            let rest = after.split_inclusive('\n').next().unwrap_or_default();
            if !rest.trim().is_empty() {
                return Err(self.error(line, "an import ends its line"));
            }
            let parsed = self.import(import, line)?;
            self.imports.push(parsed);
            return Ok(import.len() + 1 + rest.len());
        }
        if !code.is_empty() && !code.starts_with("//") {
            self.code(first, line)?;
        }
        Ok(first.len())
    }

    /// Returns the length of a comment at the beginning of `text`, including the rest of its last
    /// line if that is blank.
    fn comment(&self, text: &str, line: usize) -> Result<usize, LinkError> {
        let end = text.find("*/").ok_or_else(|| self.error(line, "this comment has no end"))? + 2;
        let rest = text[end..].split_inclusive('\n').next().unwrap_or_default();
        Ok(if rest.trim().is_empty() { end + rest.len() } else { end })
    }

    fn code(&mut self, line: &'a str, number: usize) -> Result<(), LinkError> {
        if line.matches('`').count() % 2 == 1 {
            return Err(self.error(
                number,
                "a template has several lines: what looks like a comment in it would be lost",
            ));
        }
        if line.trim_end().ends_with('\\') {
            return Err(
                self.error(number, "a string has several lines: the blanks that begin a line would be lost")
            );
        }
        if line.contains(PREFIX) {
            return Err(self.error(number, "names with `module_` are those of the joined script"));
        }
        let declaration = line.strip_prefix("export ");
        if declaration.is_none()
            && ["export ", "import "].iter().any(|word| line.trim_start().starts_with(word))
        {
            return Err(self.error(number, "imports and exports stand at the beginning of a line"));
        }
        if let Some(declaration) = declaration {
            let name = exported(declaration).ok_or_else(|| {
                self.error(
                    number,
                    "export a `function`, a `class` or a `const` with one name: others keep no value",
                )
            })?;
            self.exports.insert(name);
        }
        self.body.push_str(declaration.unwrap_or(line).trim());
        self.body.push('\n');
        Ok(())
    }

    /// Parses `import { a, b as c } from "./path.js"` or `import "./path.js"`.
    fn import(&self, text: &'a str, line: usize) -> Result<Import<'a>, LinkError> {
        let form = || self.error(line, "write `import { a, b as c } from \"./module.js\";`");
        let text = text.trim_start_matches("import").trim();
        let (names, path) = match text.strip_prefix('{') {
            Some(list) => list.split_once('}').ok_or_else(form)?,
            None => ("", text),
        };
        let path = path.trim().trim_start_matches("from").trim();
        let path = path.strip_prefix('"').and_then(|p| p.strip_suffix('"')).ok_or_else(form)?;
        let path = resolved(self.path, path)
            .ok_or_else(|| self.error(line, "the path of a module begins with `./` or `../`"))?;
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let names =
            names.map(|name| name.split_once(" as ").map_or((name, name), |(a, b)| (a.trim(), b.trim())));
        Ok(Import { line, path, names: names.collect() })
    }

    /// Writes the module as a function that first binds its imports.
    fn write(
        &self,
        modules: &BTreeMap<&str, Parsed<'_>>,
        numbers: &BTreeMap<&str, usize>,
        out: &mut String,
    ) -> Result<(), LinkError> {
        let number = numbers[self.path];
        // Writing to memory does not fail.
        let _ = writeln!(out, "const {PREFIX}{number} = (() => {{");
        for import in &self.imports {
            let exports = &modules[import.path.as_str()].exports;
            if let Some((name, _)) = import.names.iter().find(|(name, _)| !exports.contains(name)) {
                return Err(self.error(import.line, &format!("{} exports no `{name}`", import.path)));
            }
            if !import.names.is_empty() {
                let names: Vec<String> = import
                    .names
                    .iter()
                    .map(|(a, b)| if a == b { (*a).to_owned() } else { format!("{a}: {b}") })
                    .collect();
                let _ = writeln!(
                    out,
                    "const {{ {} }} = {PREFIX}{};",
                    names.join(", "),
                    numbers[import.path.as_str()]
                );
            }
        }
        let exports: Vec<&str> = self.exports.iter().copied().collect();
        let _ = write!(out, "{}return {{ {} }};\n}})();\n", self.body, exports.join(", "));
        Ok(())
    }

    fn error(&self, line: usize, problem: &str) -> LinkError {
        LinkError { path: self.path.to_owned(), line, problem: problem.to_owned() }
    }
}

/// Returns the name that a declaration after `export` defines.
fn exported(declaration: &str) -> Option<&str> {
    let words = ["function ", "class ", "const "];
    let rest = words.iter().find_map(|word| declaration.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Returns the path that `to` refers to in the module at `from`.
fn resolved(from: &str, to: &str) -> Option<String> {
    if !to.starts_with("./") && !to.starts_with("../") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the modules that `entry` needs, each after those that it imports.
fn in_order<'m>(modules: &'m BTreeMap<&str, Parsed<'_>>, entry: &str) -> Result<Vec<&'m str>, LinkError> {
    let missing = |path: &str, line, of: &str| LinkError {
        path: path.to_owned(),
        line,
        problem: format!("there is no module {of}"),
    };
    let first = modules.get(entry).ok_or_else(|| missing(entry, 0, entry))?;
    let mut order = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<(&Parsed<'_>, usize)> = vec![(first, 0)];
    while let Some((module, next)) = open.pop() {
        let Some(import) = module.imports.get(next) else {
            done.insert(module.path);
            order.push(module.path);
            continue;
        };
        open.push((module, next + 1));
        let imported = modules.get(import.path.as_str());
        let imported = imported.ok_or_else(|| missing(module.path, import.line, &import.path))?;
        if let Some(at) = open.iter().position(|(other, _)| other.path == imported.path) {
            let cycle: Vec<&str> = open[at..].iter().map(|(other, _)| other.path).collect();
            return Err(module.error(import.line, &format!("a cycle of imports: {}", cycle.join(" → "))));
        }
        if !done.contains(imported.path) {
            open.push((imported, 0));
        }
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(modules: &[(&str, &str)]) -> Result<String, String> {
        let modules: Vec<Module<'_>> = modules.iter().map(|(path, text)| Module { path, text }).collect();
        link(&modules, "main.js").map_err(|error| error.to_string())
    }

    #[test]
    fn modules_become_functions() {
        let main = "// @ts-check\nimport { one,\n  two as zwei } from \"./model/one.js\";\nimport \"./side.js\";\n\n/** Says\n * so. */\nzwei(one); // as it is\n";
        let one = "import { text } from \"../text.js\";\nexport const one = 1;\nexport function two(\n  /** @type {number} */ n,\n) {\n  return `// ${text(n)}`;\n}\n";
        let script = joined(&[
            ("main.js", main),
            ("model/one.js", one),
            ("text.js", "export const text = String;\n"),
            ("side.js", "window.side = 1;"),
            ("other.js", "throw 1;"),
        ]);
        let expected = "const module_0 = (() => {\nconst text = String;\nreturn { text };\n})();
const module_1 = (() => {\nconst { text } = module_0;\nconst one = 1;\nfunction two(\nn,\n) {\nreturn `// ${text(n)}`;\n}\nreturn { one, two };\n})();
const module_2 = (() => {\nwindow.side = 1;\nreturn {  };\n})();
const module_3 = (() => {\nconst { one, two: zwei } = module_1;\nzwei(one); // as it is\nreturn {  };\n})();\n";
        assert_eq!(script.as_deref(), Ok(expected));
    }

    #[test]
    fn what_would_change_its_meaning_is_refused() {
        let refused =
            |main: &str| joined(&[("main.js", main), ("a.js", "export const a = 1;\n")]).expect_err(main);
        assert_eq!(refused("import { b } from \"./a.js\";"), "main.js:1: a.js exports no `b`");
        assert_eq!(refused("\nimport \"./b.js\";"), "main.js:2: there is no module b.js");
        let form = "main.js:1: write `import { a, b as c } from \"./module.js\";`";
        for import in
            ["import a from './a.js';", "import * as a from \"./a.js\";", "import { a from \"./a.js\";"]
        {
            assert_eq!(refused(import), form);
        }
        for (text, problem) in [
            ("import \"a.js\";", "begins with"),
            ("import \"../a.js\";", "begins with"),
            ("import { a } from \"./a.js\"", "no semicolon"),
            ("import \"./a.js\"; a();", "ends its line"),
            ("export let a = 1;", "export a `function`"),
            ("export default 1;", "export a `function`"),
            ("export const { a } = {};", "export a `function`"),
            ("export { a };", "export a `function`"),
            ("  export const a = 1;", "beginning of a line"),
            ("const a = `\n// no comment\n`;", "several lines"),
            ("const a = 'b\\\n  c';", "a string has several lines"),
            ("/* a", "no end"),
            ("const module_1 = 1;", "joined script"),
        ] {
            assert!(refused(text).contains(problem), "{text}: {}", refused(text));
        }
        assert_eq!(
            link(&[], "main.js").map_err(|e| e.to_string()),
            Err("main.js:0: there is no module main.js".to_owned())
        );
    }

    #[test]
    fn a_cycle_is_named() {
        let cycle = joined(&[
            ("main.js", "import { a } from \"./a.js\";"),
            ("a.js", "import { b } from \"./b.js\";\nexport const a = b;"),
            ("b.js", "import { a } from \"./a.js\";\nexport const b = 1;"),
        ]);
        assert_eq!(cycle, Err("b.js:1: a cycle of imports: a.js → b.js".to_owned()));
        let itself = joined(&[("main.js", "import \"./main.js\";")]);
        assert_eq!(itself, Err("main.js:1: a cycle of imports: main.js".to_owned()));
    }
}
