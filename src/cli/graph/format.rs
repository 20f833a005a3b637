//! The formats of `archlint graph`: which one is meant, and who writes it.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::bail;
use clap::ValueEnum;

use super::{Arguments, Look, When, color_by, graphviz, output, pixels};
use crate::{
    base::text::Visible,
    graph::Resolution,
    render::diagram::{
        Picture, PictureOptions, Style, View, d2, dot, dsm, graphml, json, mermaid, plantuml, svg,
    },
};

/// So many boxes of a drawing can be read at once.
const BOXES: usize = 70;

/// So many rows of a matrix can be read at once.
const ROWS: usize = 200;

/// Up to so many arrows say how many references they stand for without being asked.
const FEW_ARROWS: usize = 24;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For Graphviz
    Dot,
    /// For Markdown on forges
    Mermaid,
    /// For D2
    D2,
    /// For PlantUML, in the C4 style
    Plantuml,
    /// For Gephi, yEd, NetworkX
    Graphml,
    /// A design structure matrix for the terminal
    Dsm,
    /// A design structure matrix for spreadsheets
    DsmCsv,
    /// A design structure matrix for the browser
    DsmHtml,
    /// One page to explore in a browser, complete in itself
    Html,
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
    ("mmd", Format::Mermaid),
    ("mermaid", Format::Mermaid),
    ("d2", Format::D2),
    ("puml", Format::Plantuml),
    ("plantuml", Format::Plantuml),
    ("graphml", Format::Graphml),
    ("csv", Format::DsmCsv),
    ("html", Format::Html),
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

    /// How many boxes one can read at once in it, unless `look` says otherwise; no limit for what programs read.
    pub fn readable(self, look: &Look) -> Option<usize> {
        let usual = match self {
            Self::Graphml | Self::DsmCsv | Self::Json => return None,
            Self::Dsm | Self::DsmHtml => ROWS,
            _ => BOXES,
        };
        (!look.full).then(|| look.max_boxes.map_or(usual, |most| most as usize))
    }

    /// Writes `drawing` where `arguments` say; `root` is the workspace's.
    pub fn write(self, drawing: &Drawing<'_>, arguments: &Arguments, root: &Path) -> anyhow::Result<()> {
        let to = arguments.output.as_deref();
        let Drawing { view, options, resolution } = drawing;
        match self {
            Self::Json => {
                output::deliver(to, root, |out| json::write(view, arguments.sites, *resolution, out))
            }
            Self::Graphml => output::deliver(to, root, |out| graphml::write(view, options.violations, out)),
            Self::Svg | Self::Png => {
                let bytes = self.lay_out(&picture(drawing, &arguments.look), arguments.look.engine)?;
                output::deliver(to, root, |out| out.write_all(&bytes))
            }
            _ => {
                let picture = picture(drawing, &arguments.look);
                output::deliver(to, root, |out| self.spell(&picture, out))
            }
        }
    }

    /// Writes the formats that leave the layout to others.
    fn spell(self, picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Mermaid => mermaid::write(picture, out),
            Self::D2 => d2::write(picture, out),
            Self::Plantuml => plantuml::write(picture, out),
            Self::Dsm => dsm::text::write(picture, out),
            Self::DsmCsv => dsm::csv::write(picture, out),
            Self::DsmHtml => dsm::html::write(picture, out),
            // The command has written the page by itself.
            Self::Dot | Self::Html | Self::Graphml | Self::Json | Self::Svg | Self::Png => {
                dot::write(picture, out)
            }
        }
    }

    /// A picture of the language that the format is called after.
    fn lay_out(self, picture: &Picture, engine: Engine) -> anyhow::Result<Vec<u8>> {
        match (engine, self) {
            (Engine::Archlint, Self::Png) => pixels::draw(picture),
            (Engine::Archlint, _) => Ok(svg::draw(picture, svg::Look::Both)?.text.into_bytes()),
            (Engine::Dot, _) => {
                let mut text = Vec::new();
                dot::write(picture, &mut text)?;
                graphviz::draw(&text, if self == Self::Png { "png" } else { "svg" })
            }
        }
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
