//! A line on a terminal's standard error while something takes long.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// What is done sooner than this goes unmentioned.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Work that is going on; dropping it takes its line away.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

/// Says what is being done, if it takes long and somebody watches.
pub fn start(what: &'static str) -> Progress {
    if !stderr().is_terminal() {
        return Progress { running: None };
    }
    let (stop, stopped) = channel::<()>();
    let line = move || {
        let started = Instant::now();
        let mut patience = PATIENCE;
        let mut shown = false;
        while stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            let _ = write!(stderr(), "\r\u{1b}[2K{what} … {:.1} s", started.elapsed().as_secs_f32());
            (patience, shown) = (TICK, true);
        }
        if shown {
            let _ = write!(stderr(), "\r\u{1b}[2K");
        }
    };
    let thread = std::thread::Builder::new().name("progress".into()).spawn(line);
    Progress { running: thread.ok().map(|thread| (stop, thread)) }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}
