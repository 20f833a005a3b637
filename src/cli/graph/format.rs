//! The formats of `archlint graph`, and their writers.

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

/// The maximum number of boxes in a readable drawing.
const BOXES: usize = 70;

/// The maximum number of rows in a readable matrix.
const ROWS: usize = 200;

/// The maximum number of rows of a matrix for people. A matrix has a cell for each pair of rows, a
/// million at this size.
const MOST_ROWS: usize = 1_000;

/// The maximum number of rows of a matrix for spreadsheets, like [`MOST_ROWS`].
const MOST_ROWS_OF_DATA: usize = 5_000;

/// The maximum number of arrows for which labels with the number of references are the default.
const FEW_ARROWS: usize = 24;

/// The program that computes the layout of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The layout that is built in
    Archlint,
    /// Graphviz, which must be installed
    Dot,
}

/// The input of a writer.
pub struct Drawing<'a> {
    /// The view to write.
    pub view: View<'a>,
    /// The options of a picture.
    pub options: PictureOptions<'a>,
    /// The statistics of resolved and unresolved references.
    pub resolution: Resolution,
}

/// The writer of a format.
pub enum Writer {
    /// The command itself, which creates the page of the whole workspace.
    Page,
    /// A writer of a drawing.
    Drawing(Drawer),
}

/// A writer of a drawing.
pub struct Drawer {
    /// The function that writes the drawing.
    pub written: Written,
    /// The maximum number of boxes or rows that are readable; `None` for formats that programs
    /// read.
    pub rows: Option<usize>,
    /// The maximum number of boxes or rows, even with `--full`; more are refused. `None` if the
    /// length of the output is in proportion to the graph, or if the layout has its own bound.
    pub most: Option<usize>,
    /// Whether the format shows violations of rules by default.
    pub rules: bool,
}

/// The function that writes a drawing, by its input.
#[derive(Clone, Copy)]
pub enum Written {
    /// Writes a document of the whole view.
    View(fn(&Drawing<'_>, &Arguments, &mut dyn Write) -> io::Result<()>),
    /// Writes text for a program that computes the layout.
    Text(fn(&Picture, &mut dyn Write) -> io::Result<()>),
    /// Draws a picture. Its layout is computed here, or by Graphviz, in which the format has the
    /// given name.
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
            most: None,
            rules: true,
        }),
    },
    Format {
        name: "dsm",
        doc: "A design structure matrix for the terminal",
        extensions: &[],
        write: matrix(|picture, out| dsm::text::write(picture, out), Some(ROWS), MOST_ROWS),
    },
    Format {
        name: "dsm-csv",
        doc: "A design structure matrix for spreadsheets",
        extensions: &["csv"],
        write: matrix(|picture, out| dsm::csv::write(picture, out), None, MOST_ROWS_OF_DATA),
    },
    Format {
        name: "dsm-html",
        doc: "A design structure matrix for the browser",
        extensions: &[],
        write: matrix(|picture, out| dsm::html::write(picture, out), Some(ROWS), MOST_ROWS),
    },
    Format {
        name: "html",
        doc: "A self-contained page to explore in a browser",
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
            most: None,
            rules: false,
        }),
    },
    Format {
        name: "svg",
        doc: "A vector graphic with a light and a dark theme",
        extensions: &["svg"],
        write: Writer::Drawing(Drawer {
            written: Written::Picture(scalable, "svg"),
            rows: Some(BOXES),
            most: None,
            rules: true,
        }),
    },
    Format {
        name: "png",
        doc: "A bitmap",
        extensions: &["png"],
        write: Writer::Drawing(Drawer {
            written: Written::Picture(pixels::draw, "png"),
            rows: Some(BOXES),
            most: None,
            rules: true,
        }),
    },
];

/// Returns a format of boxes and arrows for another program that computes the layout.
const fn drawing(
    name: &'static str,
    doc: &'static str,
    extensions: &'static [&'static str],
    write: fn(&Picture, &mut dyn Write) -> io::Result<()>,
) -> Format<Writer> {
    let write =
        Writer::Drawing(Drawer { written: Written::Text(write), rows: Some(BOXES), most: None, rules: true });
    Format { name, doc, extensions, write }
}

const fn matrix(
    write: fn(&Picture, &mut dyn Write) -> io::Result<()>,
    rows: Option<usize>,
    most: usize,
) -> Writer {
    Writer::Drawing(Drawer { written: Written::Text(write), rows, most: Some(most), rules: true })
}

fn scalable(picture: &Picture) -> anyhow::Result<Vec<u8>> {
    Ok(svg::draw(picture, svg::Look::Both)?.text.into_bytes())
}

impl Written {
    /// Writes `drawing` to the destination in `arguments`; `root` is the folder of the workspace.
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

/// Returns the picture of `drawing` with the requested appearance.
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
