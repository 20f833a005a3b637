//! `archlint why --format json`: `archlint.why`, version 1.

use std::io::{self, Write};

use serde::Serialize;

use super::{Answer, Question, Read, Rest};
use crate::{
    graph::EdgeId,
    judge::{
        architecture::Architecture,
        rules::finding::{Hop, location},
    },
    render::{
        json::pretty,
        report::{Sources, json},
    },
};

#[derive(Serialize)]
struct Document<'a, H> {
    format: &'static str,
    version: u32,
    from: &'a str,
    to: &'a str,
    /// The chains, the shortest first.
    chains: Vec<Vec<H>>,
    /// Whether there are more chains; null if the search was stopped at its limit.
    more: Option<bool>,
    /// The edges whose removal leaves no chain.
    cut: Vec<H>,
    /// Whether there is a chain in the opposite direction; only set if there is none in the
    /// requested one.
    opposite: Option<bool>,
}

/// Writes `answer`. Each edge includes all of its references.
pub fn write(
    architecture: &Architecture<'_>,
    question: &Question<'_>,
    answer: &Answer,
    read: &Read<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sources = Sources::new(read);
    let hop = |edge: &EdgeId| hop(architecture, question, *edge);
    let chains: Vec<Vec<Hop>> = answer.chains.iter().map(|chain| chain.iter().map(hop).collect()).collect();
    let cut: Vec<Hop> = answer.cut.iter().map(hop).collect();
    let document = Document {
        format: "archlint.why",
        version: 1,
        from: question.written[0],
        to: question.written[1],
        chains: chains.iter().map(|c| c.iter().map(|h| json::hop(h, &sources)).collect()).collect(),
        more: match answer.rest {
            Rest::None => Some(false),
            Rest::Some => Some(true),
            Rest::Unknown => None,
        },
        cut: cut.iter().map(|h| json::hop(h, &sources)).collect(),
        opposite: answer.chains.is_empty().then_some(answer.opposite),
    };
    out.write_all(pretty(&document).as_bytes())
}

fn hop(architecture: &Architecture<'_>, question: &Question<'_>, edge: EdgeId) -> Hop {
    let graph = architecture.graph;
    let ends = &graph.edges[edge];
    let counts = |site: &u32| question.tests || !graph.sites[*site as usize].test;
    Hop {
        from: graph.nodes[ends.from].id.clone(),
        to: graph.nodes[ends.to].id.clone(),
        sites: ends.sites.clone().filter(counts).map(|site| location(site, architecture)).collect(),
    }
}
