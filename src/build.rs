//! The build script: names the build after its source, for the cache; joins the scripts of pages;
//! compresses them, the fonts and the models of other crates, which would be a tenth of the program;
//! and passes the linker the arguments that make the shipped programs small.

#[path = "session/cache/fingerprint.rs"]
mod fingerprint;
#[cfg(feature = "reports")]
#[path = "render/page/link.rs"]
mod link;

use std::{env, error::Error, fs, io, path::PathBuf};

use miniz_oxide::deflate::compress_to_vec;

/// The highest level of compression that is not much slower than the default.
const LEVEL: u8 = 8;

fn main() -> Result<(), Box<dyn Error>> {
    keep_models()?;
    #[cfg(feature = "reports")]
    packed::write()?;
    fingerprint::print()?;
    shipped::print()?;
    Ok(())
}

/// Compresses the models of other crates.
fn keep_models() -> io::Result<()> {
    let rules = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let mut open = vec!["signatures".to_owned()];
    while let Some(path) = open.pop() {
        let at = rules.join(&path);
        if at.is_dir() {
            for entry in fs::read_dir(at)? {
                open.push(format!("{path}/{}", entry?.file_name().to_string_lossy()));
            }
        } else {
            keep(&path, &fs::read(at)?)?;
        }
    }
    Ok(())
}

/// Writes `content`, compressed, to the file `name` and `.deflate` in the folder of this build, where
/// `src/base/packed.rs` reads it. The content is written as it is as well, last, so that the next run
/// compresses only what has changed.
fn keep(name: &str, content: &[u8]) -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    if fs::read(out.join(name)).is_ok_and(|known| known == content) {
        return Ok(());
    }
    let packed = out.join(format!("{name}.deflate"));
    fs::create_dir_all(packed.parent().unwrap_or(&out))?;
    fs::write(packed, compress_to_vec(content, LEVEL))?;
    fs::write(out.join(name), content)
}

/// The arguments with which the programs of the profile `dist` are linked. They need LLD, so they are
/// given only where rustc links with the LLD that comes with it: elsewhere the programs are larger.
mod shipped {
    use std::{env, error::Error, fs, path::Path, process::Command};

    /// The target whose programs rustc links with its own LLD.
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    /// That LLD, relative to the folder of the toolchain.
    const LLD: &str = "lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld";
    /// A script of the linker that leaves out the tables for unwinding, 7 % of the program: a panic
    /// ends the program, and a backtrace without symbols is of no use.
    const SCRIPT: &str = "SECTIONS { /DISCARD/ : { *(.eh_frame) *(.gcc_except_table .gcc_except_table.*) } } \
                          INSERT AFTER .text;\n";

    /// Prints the arguments for cargo.
    pub fn print() -> Result<(), Box<dyn Error>> {
        println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
        let out = env::var("OUT_DIR")?;
        if is_shipped(&out) && has_lld()? {
            let script = Path::new(&out).join("shipped.ld");
            fs::write(&script, SCRIPT)?;
            let script = format!("-T{}", script.display());
            // `--icf=all` keeps one of several functions with the same code.
            for argument in [&script, "-Wl,--no-eh-frame-hdr", "-Wl,--icf=all"] {
                println!("cargo::rustc-link-arg-bins={argument}");
            }
        }
        Ok(())
    }

    /// Returns whether the profile is `dist`. Cargo tells only the name of a profile that comes with it,
    /// but the folder of this build is `dist/build/archlint-…/out`.
    fn is_shipped(out: &str) -> bool {
        Path::new(out).ancestors().nth(3).is_some_and(|profile| profile.ends_with("dist"))
    }

    /// Returns whether rustc links with its own LLD, which a configured linker or flag would prevent.
    fn has_lld() -> Result<bool, Box<dyn Error>> {
        let is_set = |name| env::var(name).is_ok_and(|value| !value.is_empty());
        if env::var("TARGET")? != TARGET || is_set("RUSTC_LINKER") || is_set("CARGO_ENCODED_RUSTFLAGS") {
            return Ok(false);
        }
        let output = Command::new(env::var("RUSTC")?).args(["--print", "sysroot"]).output()?;
        Ok(Path::new(String::from_utf8_lossy(&output.stdout).trim()).join(LLD).is_file())
    }
}

/// The compressed content of reports, which `src/base/packed.rs` reads.
#[cfg(feature = "reports")]
mod packed {
    use std::{
        env,
        error::Error,
        fs, io,
        path::{Path, PathBuf},
    };

    use super::{
        keep,
        link::{Module, link},
    };
    use dejavu::sans_condensed as condensed;

    /// The sizes of a font's header, and of the record of a table after it (OpenType, "Table Directory").
    const HEADER: usize = 12;
    const RECORD: usize = 16;
    /// The tables that a picture does not need: hints for few pixels, formulas, and the editor's notes.
    const UNUSED: [&[u8]; 6] = [b"FFTM", b"MATH", b"cvt ", b"fpgm", b"gasp", b"prep"];
    /// The version of a table `post` without names of glyphs, 3.0.
    const NAMELESS: [u8; 4] = [0, 3, 0, 0];

    /// The folders with the modules of pages, below the source.
    const FOLDERS: [&str; 2] = ["render/page/assets", "history/trends/assets"];
    /// The module that starts the page of a graph.
    const GRAPH: &str = "render/page/assets/view/main.js";
    /// The module that starts the page of a history.
    const HISTORY: &str = "history/trends/assets/history.js";
    /// A library of that page, which defines a global name for all modules.
    const LIBRARY: &str = "history/trends/assets/uplot/uPlot.iife.min.js";
    const LIBRARY_NOTICE: &str = "// uPlot 1.6.32, © Leon Sorokin, MIT\n";

    /// Writes the files to the folder of this build.
    pub fn write() -> Result<(), Box<dyn Error>> {
        let source = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("src");
        let library = fs::read_to_string(source.join(LIBRARY))?;
        let files = scripts(&source)?;
        let modules: Vec<Module<'_>> = files.iter().map(|(path, text)| Module { path, text }).collect();
        let history = format!("{LIBRARY_NOTICE}{library}\n{}", link(&modules, HISTORY)?);
        keep("graph.js", link(&modules, GRAPH)?.as_bytes())?;
        keep("history.js", history.as_bytes())?;
        keep("regular.ttf", &without_unused(condensed::regular()).ok_or("the regular font is damaged")?)?;
        keep("bold.ttf", &without_unused(condensed::bold()).ok_or("the bold font is damaged")?)?;
        Ok(())
    }

    /// Returns the modules below `source`, each with its path from there, with `/`, and its text.
    fn scripts(source: &Path) -> io::Result<Vec<(String, String)>> {
        let mut found = Vec::new();
        let mut open: Vec<String> = FOLDERS.map(str::to_owned).into();
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(source.join(&folder))? {
                let entry = entry?;
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.file_type()?.is_dir() {
                    open.push(path);
                } else if path.ends_with(".js") && path != LIBRARY {
                    found.push((path, fs::read_to_string(entry.path())?));
                }
            }
        }
        Ok(found)
    }

    /// Returns a TrueType font without the [`UNUSED`] tables and the names of its glyphs. Checksums
    /// stay as they are, since no reader compares them. Returns `None` if `font` is not TrueType.
    fn without_unused(font: &[u8]) -> Option<Vec<u8>> {
        let (head, rest) = font.split_at_checked(HEADER)?;
        let count = usize::from(u16::from_be_bytes(*head[4..].first_chunk()?));
        let number = |bytes: &[u8]| Some(u32::from_be_bytes(*bytes.first_chunk()?));
        let mut tables = Vec::new();
        for record in rest.get(..count * RECORD)?.chunks_exact(RECORD) {
            let (start, length) = (number(&record[8..])? as usize, number(&record[12..])? as usize);
            let table = font.get(start..start.checked_add(length)?)?;
            match &record[..4] {
                tag if UNUSED.contains(&tag) => {}
                b"post" => tables.push((record, [&NAMELESS, table.get(4..32)?].concat())),
                _ => tables.push((record, table.to_vec())),
            }
        }
        let mut font = head.to_vec();
        font[4..6].copy_from_slice(&u16::try_from(tables.len()).ok()?.to_be_bytes());
        let mut start = HEADER + tables.len() * RECORD;
        for (record, table) in &tables {
            font.extend_from_slice(&record[..8]);
            font.extend_from_slice(&u32::try_from(start).ok()?.to_be_bytes());
            font.extend_from_slice(&u32::try_from(table.len()).ok()?.to_be_bytes());
            start += table.len().next_multiple_of(4);
        }
        for (_, table) in &tables {
            font.extend_from_slice(table);
            font.resize(font.len().next_multiple_of(4), 0);
        }
        Some(font)
    }
}
