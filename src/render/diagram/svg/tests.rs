use super::{super::picture::Tint, *};
use crate::render::diagram::png;

fn shape(label: &str, kind: NodeKind, frame: Option<u32>) -> Shape {
    let (key, label, tooltip) = (label.to_owned(), label.to_owned(), format!("about {label}"));
    Shape { key, label, tooltip, kind, test: false, frame, rank: None, tint: None }
}

fn arrow(from: u32, to: u32, count: u32, broken: &[&str]) -> Arrow {
    let broken: Vec<String> = broken.iter().map(|&rule| rule.to_owned()).collect();
    let label = broken.join(", ");
    Arrow {
        from,
        to,
        label,
        tooltip: format!("{from} → {to}: {count}"),
        count,
        test: false,
        naming: false,
        broken,
    }
}

/// A frame with a cycle in it, a test, an external crate, and every kind of entry in the caption.
fn sample() -> Picture {
    let frame = |label: &str, role| Frame { key: label.into(), label: label.into(), role, parent: None };
    let frames = vec![frame("shop", FrameRole::Component), frame("external", FrameRole::External)];
    let mut boxes = vec![
        shape("orders", NodeKind::Module, Some(0)),
        shape("billing", NodeKind::Module, Some(0)),
        shape("tests", NodeKind::Module, None),
        shape("serde", NodeKind::External, Some(1)),
    ];
    boxes[0].tint = Some(0);
    boxes[2].test = true;
    let mut arrows =
        vec![arrow(0, 1, 7, &[]), arrow(1, 0, 1, &["one-way"]), arrow(1, 3, 120, &[]), arrow(2, 0, 2, &[])];
    arrows[3].test = true;
    let legend = vec![Tint { label: "domain".into(), color: 2 }];
    Picture { frames, boxes, arrows, legend, notes: vec!["2 modules were collapsed".into()], broken: None }
}

/// The sample with `name` for every text.
fn named(name: &str) -> Picture {
    let mut picture = sample();
    let text = || name.to_owned();
    picture.frames.iter_mut().for_each(|f| (f.key, f.label) = (text(), text()));
    picture.boxes.iter_mut().for_each(|b| (b.key, b.label, b.tooltip) = (text(), text(), text()));
    picture.arrows.iter_mut().for_each(|a| (a.label, a.tooltip, a.broken) = (text(), text(), vec![text()]));
    picture.legend.iter_mut().for_each(|t| t.label = text());
    picture.notes = vec![text()];
    picture
}

fn drawn(picture: &Picture) -> String {
    draw(picture, Look::Both).expect("a small picture").text
}

#[test]
fn a_small_graph() {
    insta::assert_snapshot!(drawn(&sample()));
}

#[test]
fn nothing_is_an_empty_picture() {
    let text = drawn(&Picture::default());
    assert!(roxmltree::Document::parse(&text).is_ok(), "{text}");
    png::draw(&Picture::default()).expect("an empty picture of pixels");
}

/// For any name, an independent parser finds the same elements with the same attributes, and
/// nothing executable.
#[test]
fn no_name_leaves_its_place() {
    let elements = |text: &str| -> Vec<String> {
        let document = roxmltree::Document::parse(text).expect("well-formed XML");
        let names = document.descendants().filter(roxmltree::Node::is_element).map(|n| {
            let attributes: Vec<&str> = n.attributes().map(|a| a.name()).collect();
            format!("{} {}", n.tag_name().name(), attributes.join(" "))
        });
        names.collect()
    };
    let plain = elements(&drawn(&named("name")));
    assert!(plain.iter().all(|e| !e.starts_with("script") && !e.contains("href") && !e.contains(" on")));
    for name in [
        "</text></svg><script>alert(1)</script>",
        "\"' onload='x\" onload=\"x",
        "]]>&amp;&#0;<!-- -->",
        "\0\u{1}\u{1b}[31m\n\r\t\u{7f}\u{85}\u{fffe}\u{ffff}\u{202e}",
        "url(http://x) @import 'x'; } .box { display: none",
        "日本語 ελληνικά עברית 🦀",
    ] {
        let text = drawn(&named(name));
        assert_eq!(elements(&text), plain, "{name:?}");
        let document = roxmltree::Document::parse(&text).expect("well-formed XML");
        let style = document.descendants().find(|n| n.has_tag_name("style")).and_then(|n| n.text());
        assert!(style.is_some_and(|s| !s.contains("url(") && !s.contains("import")), "{style:?}");
        png::draw(&named(name)).expect("a picture of pixels");
    }
}

#[test]
fn names_are_shown_as_they_are() {
    let text = drawn(&named("a<b>&\"c\"\u{1b}"));
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    let shown = document.descendants().filter(|n| n.has_tag_name("text"));
    // Boxes, frames, arrows, a colour and a note; all other texts are archlint's own.
    let named = shown.filter(|n| n.text() == Some("a<b>&\"c\"\\u{1b}")).count();
    assert_eq!(named, 4 + 2 + 4 + 1 + 1, "{text}");
}

fn decoded(picture: &Picture) -> (u32, u32, Vec<u8>) {
    let image = png::draw(picture).expect("a picture of pixels");
    let mut reader = png_crate::Decoder::new(std::io::Cursor::new(image.bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits")];
    let info = reader.next_frame(&mut pixels).expect("its pixels");
    (info.width, info.height, pixels)
}

/// Without a font there would be no pixel of the text's colour.
#[test]
fn pixels_show_texts() {
    let picture = Picture { boxes: vec![shape("orders", NodeKind::Module, None)], ..Picture::default() };
    let ink = |(width, height, pixels): (u32, u32, Vec<u8>)| {
        assert_eq!(pixels.len(), (width * height * 4) as usize);
        pixels.chunks(4).filter(|p| p[..3].iter().all(|channel| *channel < 60)).count()
    };
    let nameless = Picture { boxes: vec![shape("", NodeKind::Module, None)], ..Picture::default() };
    assert!(ink(decoded(&picture)) > 100);
    assert_eq!(ink(decoded(&nameless)), 0);
}

#[test]
fn pixels_are_bounded() {
    let boxes = (0..300).map(|at| shape(&at.to_string(), NodeKind::Module, None)).collect();
    let arrows = (1..300).map(|to| arrow(to - 1, to, 1, &[])).collect();
    let chain = Picture { boxes, arrows, ..Picture::default() };
    let (width, height, _) = decoded(&chain);
    assert!(width <= 16_000 && height <= 16_000, "{width} {height}");
    assert!(png::draw(&chain).expect("a picture of pixels").scale < 1.0);
}
