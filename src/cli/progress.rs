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

/// Takes the line away.
const ERASE: &str = "\r\u{1b}[2K";

/// Work that is going on; dropping it takes its line away.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

/// Says what is being done, if it takes long and somebody watches.
pub fn start(what: &'static str) -> Progress {
    if !stderr().is_terminal() {
        return Progress { running: None };
    }
    watch(what, stderr(), PATIENCE)
}

/// Writes to `out` what is being done, from `patience` after the start on.
fn watch(what: &'static str, mut out: impl Write + Send + 'static, patience: Duration) -> Progress {
    let (stop, stopped) = channel::<()>();
    let line = move || {
        let started = Instant::now();
        let mut patience = patience;
        let mut shown = false;
        while stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            let _ = write!(out, "{ERASE}{what} … {:.1} s", started.elapsed().as_secs_f32());
            let _ = out.flush();
            (patience, shown) = (TICK, true);
        }
        if shown {
            let _ = write!(out, "{ERASE}");
            let _ = out.flush();
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no writer panics").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn seen(patience: Duration, work: Duration) -> String {
        let screen = Screen::default();
        let progress = watch("counting", screen.clone(), patience);
        std::thread::sleep(work);
        drop(progress);
        String::from_utf8(screen.0.lock().expect("no writer panics").clone()).expect("text")
    }

    #[test]
    fn what_takes_long_is_named_and_leaves_no_trace() {
        let text = seen(Duration::from_millis(1), Duration::from_millis(150));
        assert!(text.contains("counting … 0.") && text.ends_with(ERASE), "{text:?}");
    }

    #[test]
    fn what_is_quick_is_not_mentioned() {
        assert_eq!(seen(Duration::from_secs(60), Duration::ZERO), "");
    }
}
