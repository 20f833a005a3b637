//! The text of an answer.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{Answer, Question, Read, Rest};
use crate::{
    base::text::Printable,
    graph::{EdgeId, Graph, NodeId, Site},
    judge::architecture::Architecture,
    render::report::Sources,
};

/// The maximum number of characters of a source line.
const WIDTH: usize = 120;

/// Writes `answer`: the chains, then the cut.
pub fn write(
    architecture: &Architecture<'_>,
    question: &Question<'_>,
    answer: &Answer,
    read: &Read<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sources = &Sources::new(read);
    let page = Page { graph: architecture.graph, question, sources };
    let mut out = io::BufWriter::new(out);
    if answer.chains.is_empty() {
        page.no_chain(answer, &mut out)?;
    } else {
        page.chains(answer, &mut out)?;
        page.cut(&answer.cut, &mut out)?;
    }
    out.flush()
}

struct Page<'a> {
    graph: &'a Graph,
    question: &'a Question<'a>,
    sources: &'a Sources<'a>,
}

impl Page<'_> {
    fn no_chain(&self, answer: &Answer, out: &mut impl Write) -> io::Result<()> {
        let [from, to] = self.question.written.map(Printable);
        writeln!(out, "`{from}` does not depend on `{to}`, directly or through others.")?;
        if answer.opposite {
            let [from_word, to_word] = self.question.written.map(shell_word);
            let command = format!("archlint why {to_word} {from_word}");
            writeln!(out, "`{to}` depends on `{from}`: `{}` shows how.", Printable(&command))?;
        }
        self.overlap(out)
    }

    fn overlap(&self, out: &mut impl Write) -> io::Result<()> {
        if !self.question.overlap {
            return Ok(());
        }
        writeln!(out, "(Modules that both selectors match count for the smaller selection.)")
    }

    fn chains(&self, answer: &Answer, out: &mut impl Write) -> io::Result<()> {
        let [from, to] = self.question.written.map(Printable);
        writeln!(out, "`{from}` depends on `{to}`.")?;
        self.overlap(out)?;
        for (at, chain) in answer.chains.iter().enumerate() {
            writeln!(out, "\nChain {}, {}:", at + 1, count(chain.len(), "hop"))?;
            self.chain(chain, out)?;
        }
        match answer.rest {
            Rest::None => Ok(()),
            Rest::Some => writeln!(out, "\nThere are more chains; `--all K` shows the first K."),
            Rest::Unknown => {
                writeln!(out, "\nThere may be more chains; the search was stopped at its limit.")
            }
        }
    }

    fn chain(&self, chain: &[EdgeId], out: &mut impl Write) -> io::Result<()> {
        let start = chain.iter().take(1).map(|&e| self.graph.edges[e].from);
        for node in start {
            writeln!(out, "  {}", self.id(node))?;
        }
        for &edge in chain {
            writeln!(out, "  -> {}", self.id(self.graph.edges[edge].to))?;
            writeln!(out, "     {}", self.place(edge))?;
        }
        Ok(())
    }

    fn cut(&self, cut: &[EdgeId], out: &mut impl Write) -> io::Result<()> {
        let references = cut.iter().map(|&e| self.question.sites(self.graph, e).count()).sum();
        let (edges, references) = (count(cut.len(), "edge"), count(references, "reference"));
        writeln!(out, "\nTo separate them, cut {edges} ({references}):")?;
        for &edge in cut.iter().take(self.question.edges) {
            let ends = &self.graph.edges[edge];
            writeln!(out, "  {} -> {}\n     {}", self.id(ends.from), self.id(ends.to), self.place(edge))?;
        }
        match cut.len().saturating_sub(self.question.edges) {
            0 => Ok(()),
            more => writeln!(out, "  and {} more; `--all` shows them.", count(more, "edge")),
        }
    }

    fn id(&self, node: NodeId) -> Printable<'_> {
        Printable(&self.graph.nodes[node].id)
    }

    /// Returns the first site of `edge`: `src/a.rs:3: use crate::b; (through crate; 2 more
    /// references)`.
    fn place(&self, edge: EdgeId) -> String {
        let mut sites = self.question.sites(self.graph, edge);
        let Some(site) = sites.next() else { return String::new() };
        let file = &self.graph.files[site.file];
        let mut text = format!("{}:{}: {}", Printable(file), site.span.start.line, self.line(file, site));
        let ends = &self.graph.edges[edge];
        let through = site.named.filter(|&n| n != ends.to).map(|n| format!("through {}", self.id(n)));
        let through = through.or_else(|| self.defined(edge, site));
        let more = sites.count();
        let more = (more > 0).then(|| format!("{more} more {}", plural(more, "reference")));
        let notes: Vec<String> = through.into_iter().chain(more).collect();
        if !notes.is_empty() {
            // Writing to a `String` cannot fail.
            let _ = write!(text, " ({})", notes.join("; "));
        }
        text
    }

    /// Returns, for a reference that only names a module, the module that defines the item.
    fn defined(&self, edge: EdgeId, site: &Site) -> Option<String> {
        let ends = self.graph.edges.get(edge).filter(|e| e.naming)?;
        let mut edges = self.graph.outgoing(ends.from).filter(|e| !self.graph.edges[*e].naming);
        let twin = edges.find(|e| self.graph.sites(*e).contains(site))?;
        Some(format!("by name; {} defines it", self.id(self.graph.edges[twin].to)))
    }

    /// Returns the source line, or the name of the item if the file has changed or cannot be read.
    fn line(&self, file: &str, site: &Site) -> String {
        let text = self.sources.file(file);
        let line = text.as_ref().and_then(|text| text.line(site.span.start.line));
        let Some(line) = line else {
            return format!("names `{}`", Printable(self.graph.names.text(site.item)));
        };
        let short: String = line.trim().chars().take(WIDTH).collect();
        let dots = if short.len() < line.trim().len() { " …" } else { "" };
        format!("{}{dots}", Printable(&short))
    }
}

/// Quotes `text`, if necessary, so that a shell interprets it as one word.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-:/.,@%+".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number, noun))
}

fn plural(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_survive_the_shell() {
        assert_eq!(shell_word("component:billing"), "component:billing");
        assert_eq!(shell_word("shop::{ctx}::*"), "'shop::{ctx}::*'");
        assert_eq!(shell_word("a'b"), "'a'\\''b'");
    }
}
