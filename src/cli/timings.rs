//! `--timings`: prints the duration of each stage and the use of the cache on standard error.

use std::{io::Write as _, time::Duration};

use super::{Common, runner};
use crate::{
    base::text::Visible,
    session::{Timings, cache::Debug},
};

/// Prints the durations of stages, if requested.
pub fn print(common: &Common, timings: &Timings) {
    if common.timings {
        timings.0.iter().for_each(|&(stage, time)| line(stage, time));
    }
}

/// Prints the total duration and the use of the cache, if requested.
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
