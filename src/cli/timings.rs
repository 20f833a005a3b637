//! `--timings`: how long each stage took, and what became of the cache, on standard error.

use std::{io::Write as _, time::Duration};

use super::{Common, runner};
use crate::{
    base::text::Visible,
    session::{Timings, cache::Debug},
};

/// Says how long these stages took, where that was asked for.
pub fn print(common: &Common, timings: &Timings) {
    if common.timings {
        timings.0.iter().for_each(|&(stage, time)| line(stage, time));
    }
}

/// Says how long all of it took, and what became of the cache, where that was asked for.
pub fn finish(common: &Common, total: Duration, debug: &Debug) {
    if common.timings {
        line("in all", total);
        for note in debug.notes() {
            let _ = writeln!(runner::errors(), "cache: {}", Visible(&note));
        }
    }
}

fn line(stage: &str, time: Duration) {
    let _ = writeln!(runner::errors(), "{stage:<24}{:>9.1} ms", time.as_secs_f64() * 1000.0);
}
