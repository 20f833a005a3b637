//! The growth of the cost with the size of the source: a generated workspace at 1x, 4x and 16x, and
//! the time per line of each.
//!
//! `cargo bench --bench scale -- [CRATES] [RUNS]`. The code resembles a modular monolith: crates of
//! nested modules with imports, globs, re-exports, qualified paths in bodies and macros, each
//! referring to its neighbours and to lower crates.
#![allow(clippy::print_stdout)] // a benchmark's output is its purpose

use std::{
    fmt::Write as _,
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

use archlint::{
    Options,
    session::{analyze, cache::Storage},
};

const MODULES: usize = 40;
const FUNCTIONS: usize = 12;

fn main() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(1).filter(|a| !a.starts_with("--")).filter_map(|a| a.parse().ok());
    let (crates, runs) = (given.next().unwrap_or(8), given.next().unwrap_or(5));
    let mut first = None;
    for factor in [1, 4, 16] {
        let folder = tempfile::tempdir()?;
        let lines = generate(folder.path(), crates * factor)?;
        let (time, sites) = measure(folder.path(), runs)?;
        let per_line = time.as_secs_f64() * 1e9 / lines as f64;
        let growth = per_line / *first.get_or_insert(per_line);
        let time = time.as_secs_f64() * 1000.0;
        println!(
            "{factor:3}x {lines:9} lines {sites:9} sites {time:9.1} ms {per_line:8.0} ns a line  {growth:.2} x the first"
        );
    }
    Ok(())
}

/// Returns the median time of an analysis, after one that does not count, and the number of sites
/// found.
fn measure(workspace: &Path, runs: usize) -> anyhow::Result<(Duration, usize)> {
    let mut options = Options::new(workspace.join("Cargo.toml"));
    options.cache = Storage::Nowhere;
    let sites = analyze(&options)?.graph.sites.len();
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs.max(1) {
        let started = Instant::now();
        std::hint::black_box(analyze(&options)?);
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok((times[times.len() / 2], sites))
}

/// Writes a workspace of `crates` crates and returns its number of lines.
fn generate(folder: &Path, crates: usize) -> io::Result<usize> {
    fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"c*\"]\n")?;
    let mut lines = 0;
    for number in 0..crates {
        let source = folder.join(format!("c{number}/src"));
        fs::create_dir_all(&source)?;
        fs::write(folder.join(format!("c{number}/Cargo.toml")), manifest(number))?;
        lines += write(&source.join("lib.rs"), &root(number))?;
        for module in 0..MODULES {
            lines += write(&source.join(format!("m{module}.rs")), &module_text(number, module))?;
        }
    }
    Ok(lines)
}

fn write(path: &Path, text: &str) -> io::Result<usize> {
    fs::write(path, text)?;
    Ok(text.lines().count())
}

/// Returns the crates that crate `number` depends on: the one below it, and one far below.
fn below(number: usize) -> impl Iterator<Item = usize> {
    let far = (number >= 2).then_some(number / 2);
    number.checked_sub(1).into_iter().chain(far.filter(move |far| far + 1 != number))
}

fn manifest(number: usize) -> String {
    let mut text = format!(
        "[package]\nname = \"c{number}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
    );
    for other in below(number) {
        let _ = writeln!(text, "c{other} = {{ path = \"../c{other}\" }}");
    }
    text
}

fn root(number: usize) -> String {
    let mut text =
        String::from("#[macro_export]\nmacro_rules! total { ($($e:expr),*) => { 0 $(+ $e)* } }\n\n");
    for module in 0..MODULES {
        let _ = writeln!(text, "pub mod m{module};");
    }
    let _ = writeln!(
        text,
        "\npub mod prelude {{\n    pub use crate::m0::*;\n    pub use crate::m1::{{Part, make_0 as make}};"
    );
    for other in below(number) {
        let _ = writeln!(text, "    pub use c{other}::prelude::make as make_c{other};");
    }
    text + "}\n\nuse prelude::*;\n\npub fn first() -> Part {\n    make(1)\n}\n"
}

fn module_text(number: usize, module: usize) -> String {
    let neighbour = (module + 1) % MODULES;
    let mut text = format!(
        "//! Module {module} of crate {number}.\n\nuse crate::m{neighbour}::{{self as neighbour, Part as Other}};\n"
    );
    for other in below(number) {
        let _ = writeln!(text, "use c{other}::m{module}::Part as Part{other};");
    }
    text.push_str("\n#[derive(Clone, Debug, Default)]\npub struct Part {\n    pub size: u64,\n    pub other: Option<Box<Other>>,\n}\n");
    for function in 0..FUNCTIONS {
        function_text(number, module, function, &mut text);
    }
    text
}

fn function_text(number: usize, module: usize, function: usize, text: &mut String) {
    let far = (module * 7 + function) % MODULES;
    let next = (function + 1) % FUNCTIONS;
    let _ = write!(
        text,
        "\n/// Makes a part.\npub fn make_{function}(size: u64) -> Part {{\n    \
         let scaled = crate::m{far}::Part {{ size: size + {function}, other: None }};\n    \
         let other = match scaled.size {{\n        0 => None,\n        \
         size if size > 100 => Some(Box::new(neighbour::make_{next}(size / 2))),\n        \
         size => Some(Box::new(Other {{ size, other: None }})),\n    }};\n"
    );
    for other in below(number) {
        let _ = writeln!(text, "    let below: Part{other} = c{other}::m{module}::make_{function}(size);");
        let _ = writeln!(
            text,
            "    let size = c{other}::total!(size, below.size, c{other}::m{far}::make_0(1).size);"
        );
    }
    text.push_str("    Part { size: crate::total!(size, scaled.size), other }\n}\n");
}
