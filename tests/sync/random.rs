//! Random workspaces with random configurations, written in random ways: after `sync` the check
//! passes, nothing is left to do, and all comments and all other tables are what they were.

use std::{fmt::Write as _, fs, path::Path};

use archlint::{Options, Session, check_workspace};

use crate::support::{times, write};

/// A pseudo-random number generator (linear congruential, with the constants of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn some<'t>(&mut self, all: &[&'t str], sides: usize) -> Vec<&'t str> {
        let mut some: Vec<&str> = all.iter().copied().filter(|_| self.one_in(sides)).collect();
        if self.one_in(3) {
            some.reverse();
        }
        some
    }
}

const MODULES: [&str; 7] = ["ale", "bee", "cat", "dog", "elk", "fox", "gnu"];
const GONE: [&str; 2] = ["old", "yet"];

/// The text of a configuration under construction.
struct Writer {
    dice: Dice,
    comments: usize,
}

impl Writer {
    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("# c{} \"not, a ] string\"", self.comments)
    }

    /// Returns a comment behind something on its line, or nothing.
    fn behind(&mut self) -> String {
        if self.dice.one_in(4) { format!(" {}", self.comment()) } else { String::new() }
    }

    /// Returns lines that mean nothing.
    fn between(&mut self) -> String {
        let lines = (0..self.dice.roll(3)).map(|_| match self.dice.one_in(2) {
            true => format!("{}\n", self.comment()),
            false => "\n".to_owned(),
        });
        lines.collect()
    }

    fn string(&mut self, text: &str) -> String {
        if self.dice.one_in(4) { format!("'{text}'") } else { format!("\"{text}\"") }
    }

    fn list(&mut self, key: &str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|value| self.string(value)).collect();
        let (style, trailing) = (self.dice.roll(5), self.dice.one_in(2));
        let comma = if trailing && !values.is_empty() { "," } else { "" };
        let body = match style {
            0 if values.len() == 1 => values[0].clone(),
            0 | 1 => format!("[{}{comma}]", values.join(", ")),
            2 => format!("[ {}{comma} ]", values.join(" ,")),
            3 => self.leading(&values),
            _ => self.lines(&values, trailing),
        };
        format!("{key} = {body}{}\n", self.behind())
    }

    /// Returns a list of several lines, some with several entries.
    fn lines(&mut self, values: &[String], trailing: bool) -> String {
        let mut text = format!("[{}\n", self.behind());
        for (i, value) in values.iter().enumerate() {
            if self.dice.one_in(4) {
                let _ = writeln!(text, "  {}", self.comment());
            }
            let comma = if trailing || i + 1 < values.len() { "," } else { "" };
            let _ = write!(text, "  {value}{comma}");
            if !self.dice.one_in(4) {
                let _ = writeln!(text, "{}", self.behind());
            }
        }
        if text.ends_with('\n') { text + "]" } else { text + "\n]" }
    }

    /// Returns a list of several lines with the commas in front.
    fn leading(&mut self, values: &[String]) -> String {
        let mut text = "[\n".to_owned();
        for (i, value) in values.iter().enumerate() {
            let comma = if i == 0 { " " } else { "," };
            let _ = writeln!(text, "  {comma} {value}{}", self.behind());
        }
        text + "  ]"
    }

    fn component(&mut self, name: &str, modules: &[&str], depends_on: &[&str]) -> String {
        let mut keys = vec![self.list("modules", modules), self.list("depends-on", depends_on)];
        if self.dice.one_in(2) {
            keys.push(format!("owner = \"@{name}\"{}\n", self.behind()));
        }
        if self.dice.one_in(2) {
            keys.swap(0, 1);
        }
        let mut text = format!("[components.{name}]{}\n", self.behind());
        for key in keys {
            text += &key;
            text += &self.between();
        }
        text
    }
}

/// A configuration, and the tables in it that must stay.
struct Written {
    text: String,
    others: Vec<String>,
}

fn configuration(seed: u64) -> Written {
    let mut writer = Writer { dice: Dice(seed), comments: 0 };
    let mut owned: Vec<&str> = writer.dice.some(&MODULES, 2);
    owned.extend(writer.dice.some(&GONE, 2));
    let others = [
        "[coverage]\nunassigned = \"error\"",
        "[[forbid]]\nid = \"f\"\nfrom = \"shop\"\nto = 'std::process'",
    ];
    let mut tables: Vec<(usize, String)> = Vec::new();
    let mut stay = Vec::new();
    for other in others {
        let table = format!("{other}{}\n{}", writer.behind(), writer.between());
        stay.push(table.clone());
        tables.push((writer.dice.roll(100), table));
    }
    for name in &owned {
        let names: Vec<&str> = owned.iter().copied().filter(|other| other != name).collect();
        let path = format!("shop::{name}");
        let gone = format!("shop::{name}_archive");
        let modules = if writer.dice.one_in(4) { vec![path.as_str(), &gone] } else { vec![path.as_str()] };
        let depends_on = writer.dice.some(&names, 2);
        let table = writer.component(name, &modules, &depends_on);
        tables.push((writer.dice.roll(100), table));
    }
    let root = writer.component("root", &["=shop"], &[]);
    tables.push((writer.dice.roll(100), root));
    tables.sort();
    let text = tables.iter().fold(writer.between(), |text, (_, table)| text + table + &writer.between());
    finish(&mut writer.dice, text, stay)
}

/// Changes the line ends, adds a byte order mark, or removes the last line end.
fn finish(dice: &mut Dice, mut text: String, mut others: Vec<String>) -> Written {
    if dice.one_in(4) {
        text = text.replace('\n', "\r\n");
        others = others.iter().map(|other| other.replace('\n', "\r\n")).collect();
    } else if dice.one_in(4) {
        text.truncate(text.trim_end().len());
    }
    if dice.one_in(4) {
        text.insert(0, '\u{feff}');
    }
    Written { text, others: others.iter().map(|other| other.trim_end().to_owned()).collect() }
}

fn source(folder: &Path, dice: &mut Dice) {
    write(folder, "Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let present = dice.some(&MODULES, 1);
    write(folder, "src/lib.rs", &present.iter().map(|name| format!("pub mod {name};\n")).collect::<String>());
    for name in &present {
        let used = dice.some(&present, 3);
        let uses = used.iter().filter(|other| *other != name);
        let uses: String = uses.map(|other| format!("pub fn {other}(_: crate::{other}::S) {{}}\n")).collect();
        write(folder, &format!("src/{name}.rs"), &format!("pub struct S;\n{uses}"));
    }
}

/// Returns the numbers of the comments in their order.
fn comments(text: &str) -> Vec<usize> {
    let ends = text.split("# c").skip(1).map(|rest| rest.split(' ').next().unwrap_or_default());
    ends.map(|number| number.parse().expect("only these comments start so")).collect()
}

#[test]
fn everything_else_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("archlint.toml");
    let options = Options::new(folder.path().join("Cargo.toml"));
    let mut changes = 0;
    for seed in 0..u64::from(times(60)) {
        source(folder.path(), &mut Dice(seed ^ 0x5eed));
        let Written { text, others } = configuration(seed);
        fs::write(&path, &text).expect("the file can be written");
        let session = Session::open(&options).unwrap_or_else(|why| panic!("{seed}: {why}\n{text}"));
        let synced = session.project.sync(&session.analysis).unwrap_or_else(|why| panic!("{seed}: {why:?}"));
        assert_eq!(synced.left, Vec::<String>::new(), "{seed}\n{text}");
        let after = synced.files.first().map_or(&text, |changed| &changed.after);
        fs::write(&path, after).expect("the file can be written");
        let verdict =
            check_workspace(folder.path()).unwrap_or_else(|why| panic!("{seed}: {why}\n{text}\n{after}"));
        assert!(verdict.passed(), "{seed}: {verdict}\n{text}\n{after}");
        let session = Session::open(&options).expect("it was read before");
        let again = session.project.sync(&session.analysis).expect("it was synchronised before");
        assert!(again.files.is_empty() && again.done.is_empty(), "{seed}: {again:?}");
        assert_eq!(comments(&text), comments(after), "{seed}\n{text}\n{after}");
        assert!(others.iter().all(|other| after.contains(other.as_str())), "{seed}\n{text}\n{after}");
        assert_eq!(text.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "{seed}");
        let mixed = after.contains("\r\n") && after.replace("\r\n", "").contains('\n');
        assert!(!mixed, "{seed}: two kinds of line ends\n{after:?}");
        changes += synced.done.len();
    }
    assert!(changes > 200, "only {changes} changes");
}
