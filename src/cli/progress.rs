//! A progress line on standard error, if that is a terminal and the work takes long. If the amount
//! of work is known, the line has a bar and an estimate.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::session::watch::Watch;

/// The time after which the line appears, so that short work shows none.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Erases the line.
const ERASE: &str = "\r\u{1b}[2K";

/// The number of blocks of a full bar.
const BAR: usize = 24;

/// A progress line, which is erased on drop.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
    amount: Arc<Amount>,
}

/// The amount of work, and the completed part.
#[derive(Debug, Default)]
struct Amount {
    all: AtomicUsize,
    done: AtomicUsize,
}

impl Watch for Progress {
    fn expect(&self, all: usize) {
        self.amount.all.store(all, Ordering::Relaxed);
    }

    fn done(&self) {
        self.amount.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Shows a progress line on standard error if it is a terminal.
pub fn start(what: &'static str) -> Progress {
    if !stderr().is_terminal() {
        return Progress { running: None, amount: Arc::default() };
    }
    watch(what, stderr(), PATIENCE)
}

/// Writes a progress line to `out`, starting after `patience`.
fn watch(what: &'static str, mut out: impl Write + Send + 'static, patience: Duration) -> Progress {
    let (stop, stopped) = channel::<()>();
    let amount = Arc::new(Amount::default());
    let seen = Arc::clone(&amount);
    let line = move || {
        let started = Instant::now();
        let mut patience = patience;
        let mut shown = false;
        while stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            let _ = write!(out, "{ERASE}{what} … {}", how_far(&seen, started.elapsed()));
            let _ = out.flush();
            (patience, shown) = (TICK, true);
        }
        if shown {
            let _ = write!(out, "{ERASE}");
            let _ = out.flush();
        }
    };
    let thread = std::thread::Builder::new().name("progress".into()).spawn(line);
    Progress { running: thread.ok().map(|thread| (stop, thread)), amount }
}

/// Formats the elapsed time and, if the amount is known, the completed part and the remaining time
/// at the same pace.
fn how_far(amount: &Amount, elapsed: Duration) -> String {
    let (all, done) = (amount.all.load(Ordering::Relaxed), amount.done.load(Ordering::Relaxed));
    let elapsed = elapsed.as_secs_f32();
    if all == 0 {
        return format!("{elapsed:.1} s");
    }
    let full = (done * BAR / all).min(BAR);
    let bar = format!("{}{}", "█".repeat(full), "░".repeat(BAR - full));
    let left = match done {
        0 => String::new(),
        _ => format!(", about {:.0} s left", elapsed / done as f32 * all.saturating_sub(done) as f32),
    };
    format!("{bar} {done} of {all}{left}")
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
    fn what_is_counted_has_a_bar_and_an_estimate() {
        let amount = Amount { all: 8.into(), done: 2.into() };
        assert_eq!(
            how_far(&amount, Duration::from_secs(3)),
            "██████░░░░░░░░░░░░░░░░░░ 2 of 8, about 9 s left"
        );
        let amount = Amount { all: 8.into(), done: 0.into() };
        assert_eq!(how_far(&amount, Duration::from_secs(3)), format!("{} 0 of 8", "░".repeat(24)));
    }

    #[test]
    fn what_is_quick_is_not_mentioned() {
        assert_eq!(seen(Duration::from_secs(60), Duration::ZERO), "");
    }
}
