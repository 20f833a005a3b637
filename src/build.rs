//! The build script: names the build after its source, for the cache; joins the scripts of pages; and
//! compresses them and the fonts, which would be a tenth of the program.

#[path = "session/cache/fingerprint.rs"]
mod fingerprint;
#[cfg(feature = "reports")]
#[path = "render/page/link.rs"]
mod link;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    #[cfg(feature = "reports")]
    packed::write()?;
    fingerprint::print()?;
    Ok(())
}

/// The compressed content of the program, which `src/render/packed.rs` reads.
#[cfg(feature = "reports")]
mod packed {
    use std::{
        env,
        error::Error,
        fs, io,
        path::{Path, PathBuf},
    };

    use dejavu::sans_condensed as condensed;
    use miniz_oxide::deflate::compress_to_vec;

    use super::link::{Module, link};

    /// The highest level of compression that is not much slower than the default.
    const LEVEL: u8 = 8;

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

    /// Writes `content`, compressed, to the file `name` and `.deflate`. The content is written as it
    /// is as well, last, so that the next run compresses only what has changed.
    fn keep(name: &str, content: &[u8]) -> io::Result<()> {
        let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
        if fs::read(out.join(name)).is_ok_and(|known| known == content) {
            return Ok(());
        }
        fs::write(out.join(format!("{name}.deflate")), compress_to_vec(content, LEVEL))?;
        fs::write(out.join(name), content)
    }
}
