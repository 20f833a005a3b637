//! Turns: a process that needs a result which another process is computing waits for it, and then
//! reads it.
//!
//! A turn is a lock on a file, which the operating system releases when its holder ends for
//! whatever reason. The holder updates the file's time while it works; if that stops, the waiting
//! processes continue on their own.

use std::{
    fs::{File, TryLockError},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, SystemTime},
};

use super::folder::Folder;
use crate::base::folder::How;

/// The interval at which the holder updates the file's time.
const BEAT: Duration = Duration::from_millis(100);

/// The time without an update after which a holder is not waited for.
const MOMENT: Duration = Duration::from_secs(1);

/// The interval at which waiting processes check the lock.
const LOOK: Duration = Duration::from_millis(3);

/// The exclusive right to compute a result, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    heart: Option<(Sender<()>, JoinHandle<()>)>,
}

/// Waits for the turn of the file `name`. Returns `None` if no turn is available: the file system
/// has no locks, or the holder is stuck.
pub(super) fn wait(folder: &Folder, name: &str) -> Option<Turn> {
    let file = folder.file(&format!("{name}.turn"), How::Keep).ok()?;
    let started = SystemTime::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Some(Turn::new(file)),
            Err(TryLockError::Error(_)) => return None,
            Err(TryLockError::WouldBlock) => {}
        }
        // The file may be left from an earlier run, so the silence counts from the start of the
        // wait at the earliest.
        let beat = file.metadata().and_then(|of| of.modified()).unwrap_or(started).max(started);
        if beat.elapsed().is_ok_and(|silence| silence > MOMENT) {
            return None;
        }
        thread::sleep(LOOK);
    }
}

impl Turn {
    fn new(file: File) -> Self {
        let (stop, stopped) = channel::<()>();
        let beat = move || {
            loop {
                // If the time cannot be set, the waiting processes continue on their own after
                // `MOMENT`.
                let _ = file.set_modified(SystemTime::now());
                if stopped.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        let heart = thread::Builder::new().name("archlint-turn".to_owned()).spawn(beat);
        Self { heart: heart.ok().map(|heart| (stop, heart)) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some((stop, heart)) = self.heart.take() {
            drop(stop);
            let _ = heart.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicU32, Ordering},
        time::Instant,
    };

    #[test]
    fn threads_take_turns() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, at_once) = (Folder::of(dir.path(), "mine"), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let turn = wait(&folder, "x");
                    assert!(turn.is_some());
                    assert_eq!(at_once.fetch_add(1, Ordering::SeqCst), 0);
                    thread::sleep(Duration::from_millis(5));
                    at_once.fetch_sub(1, Ordering::SeqCst);
                    drop(turn);
                });
            }
        });
    }

    #[test]
    fn a_silent_holder_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::of(dir.path(), "mine");
        let holder = File::create(dir.path().join("x.turn")).unwrap();
        holder.lock().unwrap();
        let started = Instant::now();
        assert!(wait(&folder, "x").is_none());
        assert!(started.elapsed() < 5 * MOMENT);
    }

    #[test]
    fn where_no_file_can_be_there_is_no_turn() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("x.turn")).unwrap();
        assert!(wait(&Folder::of(dir.path(), "mine"), "x").is_none());
    }
}
