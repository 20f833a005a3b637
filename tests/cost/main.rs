//! The cost of a command is proportional to its input. For each class of input, which include
//! regressions, the bytes that the command allocates are counted at one, two and four times a size.
//!
//! Bytes are the measure because they are the same on each run and each machine, and repeated work
//! in archlint usually allocates. Repeated work without allocation (a search, a comparison of all
//! pairs) does not show in the bytes, so the processor time is also limited. That limit is much
//! wider, so that only quadratic growth exceeds it.

mod commands;
mod documentation;
mod input;
mod macros;
mod rules;
mod source;
mod types;

use std::{alloc::System, fs, time::Duration};

use archlint::{Options, Session};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use self::{
    commands::{OTHERS, Other},
    input::{Class, source},
};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The factor beyond twice the bytes that twice the input may cost, since a table that has just
/// grown is half empty.
const SLACK: f64 = 1.3;

/// The maximum ratio of the processor times for four times the input. Quadratic growth has the
/// ratio sixteen.
const MOST_TIME: f64 = 10.0;

/// The minimum processor time that is significant.
const LEAST_TIME: Duration = Duration::from_millis(150);

/// The classes of input for `check`.
const CLASSES: &[&[Class]] =
    &[documentation::CLASSES, source::CLASSES, types::CLASSES, macros::CLASSES, rules::CLASSES];

#[test]
fn twice_the_input_costs_twice_the_memory() {
    // The first run allocates the data that is created once per process.
    cost(source(String::new()), with_check);
    let checks = CLASSES.iter().copied().flatten().filter_map(|class| problem(class, with_check));
    let others = OTHERS.iter().filter_map(|Other(class, then)| problem(class, then));
    let problems: String = checks.chain(others).collect();
    assert!(problems.is_empty(), "\n{problems}");
}

/// Returns a description of the problem if the cost of a class grows too fast.
fn problem(Class(name, n, class): &Class, then: impl Fn(&Session)) -> Option<String> {
    let constant = cost(source(String::new()), &then).0;
    let costs = [1, 2, 4].map(|times| cost(class(n * times), &then));
    let bytes = costs.map(|(bytes, _)| bytes.saturating_sub(constant).max(1));
    let ratios = [bytes[1] as f64 / bytes[0] as f64, bytes[2] as f64 / bytes[1] as f64];
    // The first doubling can cross the size from which on work is divided among threads; the second
    // shows the growth.
    if ratios[1] > 2.0 * SLACK && ratios[0] * ratios[1] > 4.0 * SLACK {
        return Some(format!("{name}: {bytes:?} bytes at {n}, twice and four times that\n"));
    }
    let times = costs.map(|(_, time)| time);
    let grown = times[2].as_secs_f64() / times[0].as_secs_f64().max(0.001);
    (times[2] > LEAST_TIME && grown > MOST_TIME)
        .then(|| format!("{name}: {times:?} of the processor's time at {n}, twice and four times that\n"))
}

fn with_check(session: &Session) {
    drop(session.verdict().expect("the workspace can be checked"));
}

/// Returns the bytes that opening such a workspace and `then` allocate, and the processor time that
/// they take.
fn cost((text, configuration): (String, String), then: impl Fn(&Session)) -> (usize, Duration) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("Cargo.toml", "[package]\nname = \"cost\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("src/lib.rs", &text);
    if !configuration.is_empty() {
        write("archlint.toml", &configuration);
    }
    let mut options = Options::new(folder.path().join("Cargo.toml"));
    options.threads = Some(1.try_into().expect("one is not zero"));
    let (region, start) = (Region::new(ALLOCATOR), processor_time());
    let session = Session::open(&options).expect("the workspace can be opened");
    then(&session);
    (region.change().bytes_allocated, processor_time().saturating_sub(start))
}

/// Returns the processor time of this program, as reported by Linux in hundredths of a second; zero
/// on other systems.
fn processor_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name is in parentheses; the eleventh and twelfth fields after it are the times
    // in the program and in the system.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(10 * ticks.sum::<u64>())
}
