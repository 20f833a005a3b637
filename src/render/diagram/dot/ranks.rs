//! Ranks: invisible nodes keep each layer above the next, whatever the direction of the arrows.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{Arrow, Id, Picture};

/// The ranks of a picture, from the top. Empty if the picture has fewer than two.
pub(super) struct Ranks(Vec<u32>);

impl Ranks {
    pub(super) fn new(picture: &Picture) -> Self {
        let ranks: BTreeSet<u32> = picture.boxes.iter().filter_map(|b| b.rank).collect();
        Self(if ranks.len() > 1 { ranks.into_iter().collect() } else { Vec::new() })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether `arrow` would pull a box out of the order of the ranks: the arrow leads
    /// upward, or from a box without a rank (which could stand anywhere) to a box with one.
    pub(super) fn are_upset_by(&self, picture: &Picture, arrow: &Arrow) -> bool {
        let rank = |at: u32| picture.boxes[at as usize].rank;
        !self.is_empty()
            && match (rank(arrow.from), rank(arrow.to)) {
                (Some(from), Some(to)) => from > to,
                (from, to) => from.is_none() && to.is_some(),
            }
    }

    /// Writes an invisible node between each rank and the next, with an edge from every box above
    /// it and to every box below it.
    pub(super) fn write(&self, picture: &Picture, out: &mut impl Write) -> io::Result<()> {
        let key = unused(picture, "rank");
        for pair in self.0.windows(2) {
            writeln!(
                out,
                r#"  "{key} {}" [style=invis, shape=point, width=0, height=0, label=""]"#,
                pair[1]
            )?;
        }
        for (shape, rank) in picture.boxes.iter().filter_map(|b| Some((Id(&b.key), b.rank?))) {
            let Ok(place) = self.0.binary_search(&rank) else { continue };
            if let Some(next) = self.0.get(place + 1) {
                writeln!(out, r#"  "{shape}" -> "{key} {next}" [style=invis, weight=0]"#)?;
            }
            if place > 0 {
                writeln!(out, r#"  "{key} {rank}" -> "{shape}" [style=invis, weight=0]"#)?;
            }
        }
        Ok(())
    }
}

/// Returns `word` followed by as many underscores as needed to make it a prefix of no box's key.
fn unused(picture: &Picture, word: &str) -> String {
    let mut unused = word.to_owned();
    while picture.boxes.iter().any(|b| b.key.starts_with(&unused)) {
        unused.push('_');
    }
    unused
}
