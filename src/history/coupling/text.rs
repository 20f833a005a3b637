//! Coupling as text for a terminal.

use std::fmt::Write as _;

use super::{Coupling, Pair, Period, Silence, Tie};
use crate::{base::text::Printable, judge::architecture::Granularity};

/// Returns the tables, each with at most `top` rows.
pub fn render(coupling: &Coupling, top: usize) -> String {
    let mut text = String::new();
    let parts = match coupling.level {
        Granularity::Module => "Modules",
        Granularity::Crate => "Crates",
        Granularity::Component => "Components",
        Granularity::Layer => "Layers",
    };
    let hidden: Vec<&Pair> = coupling.hidden().collect();
    if hidden.is_empty() {
        let _ = writeln!(
            text,
            "No two {} often change together without a dependency between them.",
            lower(parts)
        );
    } else {
        let _ = writeln!(text, "{parts} that often change together, with no dependency between them\n");
        text.push_str("  together  of changes   lift\n");
        hidden.iter().take(top).for_each(|pair| pair_row(&mut text, coupling, pair));
        rest(&mut text, hidden.len(), top);
        text.push_str(
            "  (of changes: share of the changes of each; lift: ratio to the number expected by chance)\n",
        );
    }
    if !coupling.silent.is_empty() {
        let _ = writeln!(text, "\nDependencies whose ends never change together\n");
        text.push_str("   changes  expected together\n");
        coupling.silent.iter().take(top).for_each(|silence| silence_row(&mut text, coupling, silence));
        rest(&mut text, coupling.silent.len(), top);
    }
    text.push('\n');
    text.push_str(&period(coupling));
    text
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

fn pair_row(text: &mut String, coupling: &Coupling, pair: &Pair) {
    let (from, to) = (Printable(coupling.name(pair.from)), Printable(coupling.name(pair.to)));
    let by = match pair.tie {
        Tie::Through(steps) => format!("  ({steps} dependencies apart)"),
        _ => String::new(),
    };
    let share = format!("{} / {}", percent(pair.confidence), percent(pair.reverse));
    let _ = writeln!(text, "  {:>8}  {share:>10}  {:>5.1}  {from} · {to}{by}", pair.together, pair.lift);
}

fn silence_row(text: &mut String, coupling: &Coupling, silence: &Silence) {
    let changes = |part: u32| coupling.changes[part as usize];
    let (from, to) = (Printable(coupling.name(silence.from)), Printable(coupling.name(silence.to)));
    let both = format!("{} / {}", changes(silence.from), changes(silence.to));
    let _ = writeln!(text, "  {both:>8}  {:>17.1}  {from} → {to}", silence.expected);
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn rest(text: &mut String, all: usize, top: usize) {
    if all > top {
        let _ = writeln!(text, "  … and {} more", all - top);
    }
}

/// Returns a description of the commits that the tables are based on, and of those left out.
fn period(coupling: &Coupling) -> String {
    let Period { commits, counted, large, elsewhere, ends, shallow } = &coupling.period;
    let when = ends.as_ref().map(|(a, b)| format!(" from {} to {}", a.day(), b.day()));
    let mut text = format!("{counted} of {commits} commits count{}", when.unwrap_or_default());
    if *large > 0 {
        let _ = write!(text, "; {large} change more than {} files", coupling.options.max_files);
    }
    if *elsewhere > 0 {
        let _ = write!(text, "; {elsewhere} change none of today's source");
    }
    text.push('\n');
    if *shallow {
        text.push_str("The clone is shallow: commits before its oldest ones are unknown.\n");
    }
    text
}
