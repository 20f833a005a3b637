//! Colours and fonts, as a style sheet.

use std::fmt::{self, Write};

use super::{
    super::{
        font,
        layout::{NAME, SIDE, TITLE},
        palette::{self, Color, Swatch},
        picture::Picture,
    },
    caption::TEXT,
};

/// The outline that keeps a text readable on top of lines.
const HALO: &str = "paint-order:stroke;stroke-width:3.5px;stroke-linejoin:round";

/// The backgrounds that a drawing supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Light or dark, following the reader's system setting.
    Both,
    /// Light only, using only the features that the PNG renderer supports.
    Light,
}

/// Writes the style sheet.
pub fn write(picture: &Picture, look: Look, out: &mut String) -> fmt::Result {
    let mut sheet = Sheet { look, rules: String::new(), light: String::new(), dark: String::new() };
    sheet.ground()?;
    sheet.frames()?;
    sheet.boxes(picture)?;
    sheet.arrows()?;
    writeln!(out, "<style>")?;
    if look == Look::Both {
        writeln!(out, ".archlint{{{}}}", sheet.light)?;
        writeln!(out, "@media (prefers-color-scheme:dark){{.archlint{{{}}}}}", sheet.dark)?;
    }
    writeln!(out, "{}</style>", sheet.rules)
}

struct Sheet {
    look: Look,
    rules: String,
    light: String,
    dark: String,
}

impl Sheet {
    fn ground(&mut self) -> fmt::Result {
        let fonts = match self.look {
            Look::Both => {
                "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans Condensed\",\"Helvetica Neue\",Arial,sans-serif"
            }
            Look::Light => font::FAMILY,
        };
        writeln!(self.rules, ".archlint text{{font-family:{fonts};font-size:{}px}}", NAME.size)?;
        self.rule(".paper", &[("fill", "paper", palette::PAPER)], "")?;
        self.rule(".note", &[("fill", "muted", palette::MUTED)], &format!("font-size:{}px", TEXT.size))?;
        let size = format!("font-size:{}px;font-weight:600;{HALO}", TITLE.size);
        self.rule(".title", &[("fill", "muted", palette::MUTED)], &size)
    }

    fn frames(&mut self) -> fmt::Result {
        let roles = [
            ("layer", palette::LAYER),
            ("component", palette::COMPONENT),
            ("crate", palette::CRATE),
            ("external", palette::EXTERNAL),
        ];
        for (role, swatch) in roles {
            let name = format!("{role}-frame");
            self.swatch(&format!(".frame.{role} rect"), &name, swatch, "")?;
            self.rule(&format!(".title.{role}"), &[("stroke", &name, swatch.fill)], "")?;
        }
        Ok(())
    }

    fn boxes(&mut self, picture: &Picture) -> fmt::Result {
        self.swatch(".box rect", "box", palette::BOX, "stroke-width:1.2")?;
        self.swatch(".box.external rect", "external", palette::EXTERNAL, "")?;
        for (at, tint) in picture.legend.iter().enumerate() {
            self.swatch(&format!(".tint{at} rect"), &format!("tint{at}"), palette::tint(tint.color), "")?;
        }
        self.plain(".box.test rect", "stroke-dasharray:4 3")?;
        self.rule(".box text", &[("fill", "ink", palette::INK)], "text-anchor:middle")?;
        self.rule(".key", &[("fill", "ink", palette::INK)], &format!("font-size:{}px", TEXT.size))
    }

    fn arrows(&mut self) -> fmt::Result {
        self.plain(".line", "fill:none;stroke-linejoin:round")?;
        self.plain(".near", "fill:none;stroke:transparent;stroke-width:9;pointer-events:stroke")?;
        self.plain(".head", "stroke-linejoin:round;stroke-width:1")?;
        self.arrow("", "line", palette::ARROW)?;
        self.arrow(".against", "against", palette::AGAINST)?;
        self.arrow(".broken", "broken", palette::VIOLATION)?;
        self.rule(".against .head", &[("fill", "paper", palette::PAPER)], "stroke-width:1.4")?;
        self.plain(".arrow.test .line,.arrow.naming .line", "stroke-dasharray:5 4")?;
        if self.look == Look::Both {
            let ink = &[("stroke", "ink", palette::INK)];
            self.rule(".arrow:hover .line,.arrow:hover .head", ink, "")?;
        }
        let halo = format!("font-size:{}px;text-anchor:middle;{HALO}", SIDE.size);
        let colors = [("fill", "muted", palette::MUTED), ("stroke", "paper", palette::PAPER)];
        self.rule(".label", &colors, &halo)?;
        self.rule(".label.broken", &[("fill", "broken", palette::VIOLATION)], "font-weight:600")
    }

    fn arrow(&mut self, class: &str, name: &str, color: Color) -> fmt::Result {
        self.rule(&format!("{class} .line"), &[("stroke", name, color)], "")?;
        self.rule(&format!("{class} .head"), &[("fill", name, color), ("stroke", name, color)], "")
    }

    fn swatch(&mut self, selector: &str, name: &str, swatch: Swatch, more: &str) -> fmt::Result {
        let line = format!("{name}-line");
        self.rule(selector, &[("fill", name, swatch.fill), ("stroke", &line, swatch.line)], more)
    }

    fn plain(&mut self, selector: &str, declarations: &str) -> fmt::Result {
        self.rule(selector, &[], declarations)
    }

    /// Adds a rule with colours: for each, a property, the name of its variable, and its values.
    fn rule(&mut self, selector: &str, colors: &[(&str, &str, Color)], more: &str) -> fmt::Result {
        let mut declarations = String::new();
        for (property, name, color) in colors {
            write!(declarations, "{property}:{};", color.light)?;
            if self.look == Look::Both {
                write!(declarations, "{property}:var(--{name});")?;
                self.define(name, *color)?;
            }
        }
        writeln!(
            self.rules,
            ".archlint {}{{{declarations}{more}}}",
            selector.trim().replace(',', ",.archlint ")
        )
    }

    fn define(&mut self, name: &str, color: Color) -> fmt::Result {
        let defined = format!("--{name}:");
        if !self.light.contains(&defined) {
            write!(self.light, "{defined}{};", color.light)?;
            write!(self.dark, "{defined}{};", color.dark)?;
        }
        Ok(())
    }
}
