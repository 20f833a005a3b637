//! The build script: names the build after its source, for the cache, and compresses the fonts.

#[path = "session/cache/fingerprint.rs"]
mod fingerprint;

use std::io;

fn main() -> io::Result<()> {
    #[cfg(feature = "reports")]
    fonts::compress()?;
    fingerprint::print()
}

/// The fonts of pictures, which are more than a tenth of the program unless they are compressed.
#[cfg(feature = "reports")]
mod fonts {
    use std::{env, fs, io, path::Path};

    use dejavu::sans_condensed as condensed;
    use miniz_oxide::deflate::compress_to_vec;

    /// The highest level that is not much slower than the default; unoptimised as a build script
    /// is, it takes about a second.
    const LEVEL: u8 = 8;

    /// Writes the compressed fonts to the folder of this build. An earlier run may have written them:
    /// another version of the fonts or of the library has another folder.
    pub fn compress() -> io::Result<()> {
        let out = env::var_os("OUT_DIR").unwrap_or_default();
        for (name, font) in [("regular", condensed::regular()), ("bold", condensed::bold())] {
            let file = Path::new(&out).join(name).with_extension("deflate");
            if !file.exists() {
                let unfinished = file.with_extension("unfinished");
                fs::write(&unfinished, compress_to_vec(font, LEVEL))?;
                fs::rename(unfinished, file)?;
            }
        }
        Ok(())
    }
}
