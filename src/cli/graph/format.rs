//! The formats of `archlint graph`: which one is meant, and who writes it.

use std::path::Path;

use anyhow::bail;
use clap::ValueEnum;

use super::{Arguments, Look, When, color_by, graphviz, output, pixels};
use crate::{
    base::text::Visible,
    diagram::{Picture, PictureOptions, Style, View, dot, json, svg},
    graph::Resolution,
};

/// Up to so many arrows say how many references they stand for without being asked.
const FEW_ARROWS: usize = 24;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For Graphviz
    Dot,
    /// For programs
    Json,
    /// A picture that can be enlarged, in light and dark
    Svg,
    /// A picture of pixels
    Png,
}

/// What lays out a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The program itself
    Archlint,
    /// Graphviz, which must be installed
    Dot,
}

/// What is written.
pub struct Drawing<'a> {
    /// What is shown.
    pub view: View<'a>,
    /// What a picture draws of it.
    pub options: PictureOptions<'a>,
    /// How the references of the workspace fared.
    pub resolution: Resolution,
}

/// The formats by the extensions of their files.
const EXTENSIONS: &[(&str, Format)] = &[
    ("dot", Format::Dot),
    ("gv", Format::Dot),
    ("json", Format::Json),
    ("svg", Format::Svg),
    ("png", Format::Png),
];

impl Format {
    /// The format that was asked for, or else the one of the file that is written.
    ///
    /// # Errors
    /// Where no format was asked for and none has the file's extension.
    pub fn choose(asked: Option<Self>, output: Option<&Path>) -> anyhow::Result<Self> {
        let extension = output.and_then(|path| path.extension()).map(|e| e.to_string_lossy().to_lowercase());
        let (None, Some(extension)) = (asked, extension) else { return Ok(asked.unwrap_or(Self::Dot)) };
        let known = EXTENSIONS.iter().find(|(name, _)| *name == extension);
        let Some((_, format)) = known else {
            bail!(
                "no format of a graph has the extension `.{}`: say which with --format",
                Visible(&extension)
            );
        };
        Ok(*format)
    }

    /// Whether it is a drawing, of which one can read only so much at once; the others are for programs.
    pub fn is_drawn(self) -> bool {
        self != Self::Json
    }

    /// Writes `drawing` where `arguments` say.
    pub fn write(self, drawing: &Drawing<'_>, arguments: &Arguments) -> anyhow::Result<()> {
        let to = arguments.output.as_deref();
        let Drawing { view, resolution, .. } = drawing;
        let picture = || picture(drawing, &arguments.look);
        let graphviz = |language| {
            let mut text = Vec::new();
            dot::write(&picture(), &mut text)?;
            graphviz::draw(&text, language)
        };
        let bytes = match (self, arguments.look.engine) {
            (Self::Json, _) => {
                return output::deliver(to, |out| json::write(view, arguments.sites, *resolution, out));
            }
            (Self::Dot, _) => return output::deliver(to, |out| dot::write(&picture(), out)),
            (Self::Svg, Engine::Archlint) => svg::draw(&picture(), svg::Look::Both)?.text.into_bytes(),
            (Self::Png, Engine::Archlint) => pixels::draw(&picture())?,
            (Self::Svg, Engine::Dot) => graphviz("svg")?,
            (Self::Png, Engine::Dot) => graphviz("png")?,
        };
        output::deliver(to, |out| out.write_all(&bytes))
    }
}

/// The picture that the formats that draw are functions of.
fn picture(drawing: &Drawing<'_>, look: &Look) -> Picture {
    let labels = match look.labels {
        When::Auto => Picture::new(&drawing.view, drawing.options).arrows.len() <= FEW_ARROWS,
        when => when == When::Always,
    };
    Picture::styled(&drawing.view, drawing.options, Style { labels, color_by: color_by(look.color_by) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_its_format() {
        let choose = |asked, path: &str| Format::choose(asked, Some(Path::new(path))).ok();
        assert_eq!(choose(None, "a.json"), Some(Format::Json));
        assert_eq!(choose(None, "a.SVG"), Some(Format::Svg));
        assert_eq!(choose(Some(Format::Dot), "a.json"), Some(Format::Dot));
        assert_eq!(choose(None, "/dev/null"), Some(Format::Dot));
        assert_eq!(choose(None, "a.doc"), None);
        assert_eq!(Format::choose(None, None).ok(), Some(Format::Dot));
    }
}
