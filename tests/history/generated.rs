//! A history as a team makes it: files come, move, are renamed and go, branches merge, a crate is split off and another given up.
//!
//! Made by a fixed sequence of pseudo-random choices, so that it is the same each time.

use std::{collections::BTreeMap, fmt::Write as _};

use super::git::Git;

/// A workspace of a few crates in the making.
#[derive(Clone, Default)]
struct Team {
    /// The modules of each crate: which others they use, and whether they are a folder's `mod.rs`.
    crates: BTreeMap<String, BTreeMap<String, Module>>,
    made: usize,
}

#[derive(Clone, Default)]
struct Module {
    uses: Vec<String>,
    nested: bool,
    lines: usize,
}

/// Numbers that look random (a linear congruential generator, Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// A repository with so many commits on `main`, and further ones on branches that were merged.
pub fn repository(commits: usize) -> Git {
    let git = Git::new();
    git.import(&stream(commits));
    git.run(&["reset", "--quiet", "--hard", "main"]);
    git
}

fn stream(commits: usize) -> Vec<u8> {
    let mut dice = Dice(42);
    let mut team = Team::default();
    team.crates.insert("app".into(), BTreeMap::from([("a0".into(), Module::default())]));
    team.crates.insert("core".into(), BTreeMap::from([("c0".into(), Module::default())]));
    let mut out = Vec::new();
    let mut mark = 0;
    let mut write = |team: &Team, from: Option<usize>, merge: Option<usize>, what: &str| {
        mark += 1;
        commit(&mut out, team, mark, from, merge, what);
        mark
    };
    let mut last = write(&team, None, None, "start");
    for _ in 1..commits {
        if dice.roll(8) == 0 {
            let (branch, base) = (team.clone(), last);
            let what = change(&mut team, &mut dice);
            let side = write(&team, Some(base), None, &what);
            let main = write(&branch, Some(base), None, "meanwhile");
            last = write(&team, Some(main), Some(side), "merge");
        } else {
            let what = change(&mut team, &mut dice);
            last = write(&team, Some(last), None, &what);
        }
    }
    out
}

fn commit(
    out: &mut Vec<u8>,
    team: &Team,
    mark: usize,
    from: Option<usize>,
    merge: Option<usize>,
    what: &str,
) {
    let mut text = String::new();
    // A String takes all that is written.
    let _ = writeln!(text, "commit refs/heads/main\nmark :{mark}\ncommitter Ada <ada> {} +0000", mark * 3600);
    let _ = writeln!(text, "data {}\n{what}", what.len());
    let _ = from.map(|from| writeln!(text, "from :{from}"));
    let _ = merge.map(|merge| writeln!(text, "merge :{merge}"));
    text.push_str("deleteall\n");
    for (path, body) in team.files() {
        let _ = writeln!(text, "M 100644 inline {path}\ndata {}\n{body}", body.len());
    }
    out.extend(text.into_bytes());
}

/// What a commit does; its message.
fn change(team: &mut Team, dice: &mut Dice) -> String {
    team.made += 1;
    let crates: Vec<String> = team.crates.keys().cloned().collect();
    let name = crates[dice.roll(crates.len())].clone();
    let all = team.modules();
    let fresh = format!("m{}", team.made);
    let count = crates.len();
    let Some(modules) = team.crates.get_mut(&name) else { return String::new() };
    let keys: Vec<String> = modules.keys().cloned().collect();
    let chosen = keys[dice.roll(keys.len())].clone();
    match dice.roll(10) {
        0..=2 => {
            let uses = (0..dice.roll(3)).map(|_| all[dice.roll(all.len())].clone()).collect();
            modules.insert(fresh, Module { uses, nested: dice.roll(3) == 0, lines: dice.roll(5) });
            "a new module".into()
        }
        3 if keys.len() > 1 => {
            modules.remove(&chosen);
            team.forget(&format!("{name}::{chosen}"), None);
            "a module less".into()
        }
        4 => {
            let module = modules.remove(&chosen).unwrap_or_default();
            modules.insert(fresh.clone(), module);
            team.forget(&format!("{name}::{chosen}"), Some(&format!("{name}::{fresh}")));
            "a module renamed".into()
        }
        5 => {
            modules.entry(chosen).and_modify(|module| module.nested = !module.nested);
            "a module into a folder, or out of it".into()
        }
        6 if count < 5 => {
            team.crates.insert(format!("k{}", team.made), BTreeMap::from([(fresh, Module::default())]));
            "a crate".into()
        }
        7 if count > 3 => {
            for module in keys {
                team.forget(&format!("{name}::{module}"), None);
            }
            team.crates.remove(&name);
            "a crate given up".into()
        }
        _ => {
            let other = all[dice.roll(all.len())].clone();
            modules.entry(chosen).and_modify(|module| {
                module.uses.push(other);
                module.lines += 1;
            });
            "a use more".into()
        }
    }
}

impl Team {
    fn modules(&self) -> Vec<String> {
        let all = self.crates.iter().flat_map(|(name, modules)| modules.keys().map(move |m| (name, m)));
        all.map(|(name, module)| format!("{name}::{module}")).collect()
    }

    /// Takes a module from all that use it, or puts another in its place.
    fn forget(&mut self, gone: &str, now: Option<&str>) {
        for module in self.crates.values_mut().flat_map(BTreeMap::values_mut) {
            match now {
                Some(now) => module.uses.iter_mut().filter(|u| *u == gone).for_each(|u| *u = now.to_owned()),
                None => module.uses.retain(|u| u != gone),
            }
        }
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![
            ("Cargo.toml".into(), "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n".into()),
            (".gitignore".into(), "target\n".into()),
        ];
        for (name, modules) in &self.crates {
            let dir = format!("crates/{name}");
            files.push((format!("{dir}/Cargo.toml"), self.manifest(name)));
            let root: Vec<String> = modules.keys().map(|m| format!("pub mod {m};\n")).collect();
            files.push((format!("{dir}/src/lib.rs"), root.concat()));
            for (module, about) in modules {
                let file = if about.nested { format!("{module}/mod") } else { module.clone() };
                files.push((format!("{dir}/src/{file}.rs"), source(name, about)));
            }
        }
        files
    }

    fn manifest(&self, name: &str) -> String {
        let others = self.crates.keys().filter(|other| *other != name);
        let lines: Vec<String> = others.map(|o| format!("{o} = {{ path = \"../{o}\" }}\n")).collect();
        let package = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        format!("{package}[dependencies]\n{}", lines.concat())
    }
}

fn source(own: &str, module: &Module) -> String {
    let mut text = String::from("pub struct Item;\n");
    for (at, used) in module.uses.iter().enumerate() {
        let path = match used.split_once("::") {
            Some((krate, module)) if krate == own => format!("crate::{module}"),
            _ => used.clone(),
        };
        let _ = writeln!(
            text,
            "pub fn use_{at}(_: &{path}::Item) {{ let _ = std::mem::size_of::<{path}::Item>(); }}"
        );
    }
    text + &"// a line\n".repeat(module.lines)
}
