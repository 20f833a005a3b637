//! A minimal Markdown parser for the tests: fenced blocks with the directives before them, links,
//! anchors, code spans.
//!
//! A directive is an HTML comment `<!-- test: … -->`, which is invisible to readers; it applies to
//! the next block.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A fenced block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// The language after the opening fence.
    pub language: String,
    pub text: String,
    /// The directives since the previous block.
    pub directives: Vec<String>,
}

/// A parsed file.
#[derive(Debug, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// The destinations of links and images, with their lines.
    pub links: Vec<(usize, String)>,
    /// The valid fragments (`#…`): the headings, in the form that GitHub and mdBook use.
    pub anchors: Vec<String>,
    /// The code spans in running text, with their lines.
    pub spans: Vec<(usize, String)>,
}

/// Parses a file.
pub fn parse(text: &str) -> Document {
    let mut document = Document::default();
    let mut block: Option<Block> = None;
    let mut heading: Option<String> = None;
    let mut directives = Vec::new();
    let line = |offset: usize| text[..offset].matches('\n').count() + 1;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let directives = std::mem::take(&mut directives);
                block = Some(Block { line: line(range.start), language, directives, ..Block::default() });
            }
            Event::End(TagEnd::CodeBlock) => document.blocks.extend(block.take()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => document.anchors.extend(heading.take().map(|text| slug(&text))),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                document.links.push((line(range.start), dest_url.to_string()));
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    block.text.push_str(&text);
                } else if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Code(code) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&code);
                }
                document.spans.push((line(range.start), code.to_string()));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                directives.extend(directive(&html));
                let sources = html.match_indices("src=\"").map(|(at, _)| &html[at + 5..]);
                let sources = sources.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
                document.links.extend(sources.map(|source| (line(range.start), source)));
            }
            _ => {}
        }
    }
    document
}

fn directive(html: &str) -> Option<String> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    Some(inner.trim().strip_prefix("test:")?.trim().to_owned())
}

/// Returns the fragment that GitHub and mdBook generate for a heading.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn a_block_has_the_directives_before_it() {
    let document = parse("# A `b` c!\n\n<!-- test: exit 1 -->\n```sh\nx\n```\n[a](b.md#c) `d`\n");
    let block =
        Block { line: 4, language: "sh".into(), text: "x\n".into(), directives: vec!["exit 1".into()] };
    assert_eq!(document.blocks, [block]);
    assert_eq!(document.anchors, ["a-b-c"]);
    assert_eq!(document.links, [(7, "b.md#c".into())]);
    assert_eq!(document.spans.last(), Some(&(7, "d".into())));
}
