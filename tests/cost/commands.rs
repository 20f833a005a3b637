//! Commands other than `check`.

use std::io;

use archlint::{
    Session,
    base::day::Day,
    graph::algorithms::{minimum_cut, shortest_chains},
    judge::init::{Source, draft},
    render::diagram::{Picture, PictureOptions, View, ViewOptions, dot, dsm, json, svg},
};

use crate::input::{Class, complete, each, source};

/// A class of input for a command.
pub struct Other(pub Class, pub fn(&Session));

pub const OTHERS: &[Other] = &[
    Other(
        Class("init, modules side by side", 400, |n| source(each(n, |i| format!("mod m{i} {{}}")))),
        with_init,
    ),
    Other(Class("init, modules that all use each other", 2_000, |n| source(complete(n))), with_init),
    Other(Class("why, a ladder", 500, |n| source(ladder(n))), with_why),
    Other(Class("why, modules that all use each other", 4_000, |n| source(complete(n))), with_why),
    Other(
        Class("matrices of modules that all use each other", 4_000, |n| source(complete(n))),
        with_matrices,
    ),
    Other(
        Class("drawings of modules side by side", 1_000, |n| source(each(n, |i| format!("mod m{i} {{}}")))),
        with_drawings,
    ),
    Other(Class("drawings of a ladder", 100, |n| source(ladder(n))), with_drawings),
    Other(Class("JSON of modules that all use each other", 4_000, |n| source(complete(n))), with_json),
];

/// Returns modules each of which uses two of the next few, so that the number of chains from the
/// first to the last is exponential.
fn ladder(n: usize) -> String {
    let uses = |i: usize| format!("use crate::{{m{}, m{}}};", i / 2 * 2 + 2, i / 2 * 2 + 3);
    each(n, |i| {
        format!("pub mod m{i} {{ {} pub struct S; }}", if i + 4 < n { uses(i) } else { String::new() })
    })
}

fn with_init(session: &Session) {
    let analysis = &session.analysis;
    let source = Source { diagnostics: &[], waivers: &[], today: Day::today() };
    draft(&analysis.graph, &analysis.workspace.packages, source).expect("nothing is declared");
}

fn with_why(session: &Session) {
    let graph = session.analysis.graph.csr(|_| true);
    let last = graph.nodes() as u32 - 1;
    shortest_chains(&graph, &[0], &[last], 10);
    minimum_cut(&graph, &[0], &[last], |_| 1);
}

/// Passes a picture of all modules to `write`.
fn drawn(session: &Session, write: impl Fn(&Picture)) {
    let view = View::new(&session.analysis.graph, None, ViewOptions::default());
    write(&Picture::new(&view, PictureOptions::default()));
}

fn with_matrices(session: &Session) {
    drawn(session, |picture| {
        dsm::csv::write(picture, io::sink()).expect("all is taken");
        dsm::html::write(picture, io::sink()).expect("all is taken");
        dsm::text::write(picture, io::sink()).expect("all is taken");
    });
}

fn with_drawings(session: &Session) {
    drawn(session, |picture| {
        dot::write(picture, io::sink()).expect("all is taken");
        svg::draw(picture, svg::Look::Both).expect("it is small enough");
    });
}

fn with_json(session: &Session) {
    let view = View::new(&session.analysis.graph, None, ViewOptions::default());
    json::write(&view, true, session.analysis.resolution, io::sink()).expect("all is taken");
}
