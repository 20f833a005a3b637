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
        keep("regular.ttf", condensed::regular())?;
        keep("bold.ttf", condensed::bold())?;
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
