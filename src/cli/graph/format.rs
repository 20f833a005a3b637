//! The formats of `archlint graph`, and what writes each of them.

use std::{
    io::{self, Write},
    path::Path,
};

use clap::ValueEnum;

use super::{Arguments, Look, When, color_by, formats::Format, graphviz, output, pixels};
use crate::{
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

/// What writes a format.
pub enum Writer {
    /// The command, which makes the page of the whole workspace.
    Page,
    /// A function of a drawing.
    Drawing(Drawer),
}

/// What writes a drawing.
pub struct Drawer {
    /// What writes it.
    pub written: Written,
    /// So many boxes or rows can be read at once; `None` for what programs read.
    pub rows: Option<usize>,
    /// Whether it shows what breaks the rules without being asked.
    pub rules: bool,
}

/// What writes a drawing, by what it is made of.
#[derive(Clone, Copy)]
pub enum Written {
    /// A document of all that the view has.
    View(fn(&Drawing<'_>, &Arguments, &mut dyn Write) -> io::Result<()>),
    /// Text from which others make a layout.
    Text(fn(&Picture, &mut dyn Write) -> io::Result<()>),
    /// A picture, laid out by the program itself or by Graphviz, which knows the format by a name.
    Picture(fn(&Picture) -> anyhow::Result<Vec<u8>>, &'static str),
}

/// Every format, in the order in which the command line lists them; the first is the default.
pub const FORMATS: &[Format<Writer>] = &[
    drawing("dot", "For Graphviz", &["dot", "gv"], |picture, out| dot::write(picture, out)),
    drawing("mermaid", "For Markdown on forges", &["mmd", "mermaid"], |picture, out| {
        mermaid::write(picture, out)
    }),
    drawing("d2", "For D2", &["d2"], |picture, out| d2::write(picture, out)),
    drawing("plantuml", "For PlantUML, in the C4 style", &["puml", "plantuml"], |picture, out| {
        plantuml::write(picture, out)
    }),
    Format {
        name: "graphml",
        doc: "For Gephi, yEd, NetworkX",
        extensions: &["graphml"],
        write: Writer::Drawing(Drawer {
            written: Written::View(|drawing, _, out| {
                graphml::write(&drawing.view, drawing.options.violations, out)
            }),
            rows: None,
            rules: true,
        }),
    },
    Format {
        name: "dsm",
        doc: "A design structure matrix for the terminal",
        extensions: &[],
        write: matrix(|picture, out| dsm::text::write(picture, out), Some(ROWS)),
    },
    Format {
        name: "dsm-csv",
        doc: "A design structure matrix for spreadsheets",
        extensions: &["csv"],
        write: matrix(|picture, out| dsm::csv::write(picture, out), None),
    },
    Format {
        name: "dsm-html",
        doc: "A design structure matrix for the browser",
        extensions: &[],
        write: matrix(|picture, out| dsm::html::write(picture, out), Some(ROWS)),
    },
    Format {
        name: "html",
        doc: "One page to explore in a browser, complete in itself",
        extensions: &["html"],
        write: Writer::Page,
    },
    Format {
        name: "json",
        doc: "For programs",
        extensions: &["json"],
        write: Writer::Drawing(Drawer {
            written: Written::View(|drawing, arguments, out| {
                json::write(&drawing.view, arguments.sites, drawing.resolution, out)
            }),
            rows: None,
            rules: false,
        }),
    },
    Format {
        name: "svg",
        doc: "A picture that can be enlarged, in light and dark",
        extensions: &["svg"],
        write: Writer::Drawing(Drawer {
            written: Written::Picture(scalable, "svg"),
            rows: Some(BOXES),
            rules: true,
        }),
    },
    Format {
        name: "png",
        doc: "A picture of pixels",
        extensions: &["png"],
        write: Writer::Drawing(Drawer {
            written: Written::Picture(pixels::draw, "png"),
            rows: Some(BOXES),
            rules: true,
        }),
    },
];

/// A format of boxes and arrows that leaves the layout to others.
const fn drawing(
    name: &'static str,
    doc: &'static str,
    extensions: &'static [&'static str],
    write: fn(&Picture, &mut dyn Write) -> io::Result<()>,
) -> Format<Writer> {
    let write = Writer::Drawing(Drawer { written: Written::Text(write), rows: Some(BOXES), rules: true });
    Format { name, doc, extensions, write }
}

const fn matrix(write: fn(&Picture, &mut dyn Write) -> io::Result<()>, rows: Option<usize>) -> Writer {
    Writer::Drawing(Drawer { written: Written::Text(write), rows, rules: true })
}

fn scalable(picture: &Picture) -> anyhow::Result<Vec<u8>> {
    Ok(svg::draw(picture, svg::Look::Both)?.text.into_bytes())
}

impl Written {
    /// Writes `drawing` where `arguments` say; `root` is the workspace's.
    pub fn write(self, drawing: &Drawing<'_>, arguments: &Arguments, root: &Path) -> anyhow::Result<()> {
        let to = arguments.output.as_deref();
        match self {
            Self::View(write) => output::deliver(to, root, |out| write(drawing, arguments, out)),
            Self::Text(write) => {
                let picture = picture(drawing, &arguments.look);
                output::deliver(to, root, |out| write(&picture, out))
            }
            Self::Picture(draw, name) => {
                let picture = picture(drawing, &arguments.look);
                let bytes = match arguments.look.engine {
                    Engine::Archlint => draw(&picture)?,
                    Engine::Dot => drawn_by_graphviz(&picture, name)?,
                };
                output::deliver(to, root, |out| out.write_all(&bytes))
            }
        }
    }
}

fn drawn_by_graphviz(picture: &Picture, format: &str) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    dot::write(picture, &mut text)?;
    graphviz::draw(&text, format)
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
    use std::{collections::BTreeSet, path::Path};

    use super::*;
    use crate::cli::formats::choose;

    #[test]
    fn a_file_says_its_format() {
        let named = |name: &str| FORMATS.iter().find(|format| format.name == name);
        let chosen = |asked, path: &str| choose(FORMATS, asked, Some(Path::new(path))).ok().map(|f| f.name);
        assert_eq!(chosen(None, "a.json"), Some("json"));
        assert_eq!(chosen(None, "a.SVG"), Some("svg"));
        assert_eq!(chosen(named("dot"), "a.json"), Some("dot"));
        assert_eq!(chosen(None, "/dev/null"), Some("dot"));
        assert_eq!(chosen(None, "a.doc"), None);
        assert_eq!(choose(FORMATS, None, None).ok().map(|f| f.name), Some("dot"));
    }

    #[test]
    fn an_extension_is_that_of_one_format() {
        let all: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
    }
}
