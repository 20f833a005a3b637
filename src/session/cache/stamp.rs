//! Stamps, which show without reading a file that it has not changed.

use std::{
    fs::Metadata,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

/// The assumed resolution of a file system's clock. A file written this shortly before it was read
/// may have been written again within the same tick: git calls it racily clean (git's
/// documentation, "racy-git").
const TICK: Duration = Duration::from_secs(2);

/// A moment, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Moment(i64);

impl Moment {
    /// Converts `time`.
    pub fn of(time: SystemTime) -> Self {
        let nanos = |duration: Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(since) => nanos(since),
            Err(before) => -nanos(before.duration()),
        })
    }

    /// Returns the current moment.
    pub fn now() -> Self {
        Self::of(SystemTime::now())
    }
}

/// The size and times of a file or folder, and its inode number if the system has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    modified: Moment,
    changed: Moment,
    inode: u64,
}

impl Stamp {
    /// Returns the stamp in `metadata`.
    pub fn of(metadata: &Metadata) -> Self {
        let (inode, changed) = identity(metadata);
        let modified = metadata.modified().map(Moment::of).unwrap_or_default();
        Self { size: metadata.len(), modified, changed, inode }
    }

    /// Returns whether a file that was read at `moment` may have changed since then without a
    /// change of its stamp.
    pub fn is_racy(self, moment: Moment) -> bool {
        let tick = i64::try_from(TICK.as_nanos()).unwrap_or(i64::MAX);
        self.modified.max(self.changed).0.saturating_add(tick) >= moment.0
    }
}

/// Returns the inode number, and the time of the last change to the file or its metadata, which
/// programs cannot set back.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, Moment) {
    use std::os::unix::fs::MetadataExt as _;
    let nanos = metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (metadata.ino(), Moment(nanos))
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> (u64, Moment) {
    (0, metadata.created().map(Moment::of).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn stamp(path: &std::path::Path) -> Stamp {
        Stamp::of(&fs::metadata(path).unwrap())
    }

    #[test]
    fn a_change_that_keeps_size_and_time_shows() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.rs");
        fs::write(&path, "aaaa").unwrap();
        let (before, time) = (stamp(&path), fs::metadata(&path).unwrap().modified().unwrap());
        assert_eq!(before, stamp(&path));
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&path, "bbbb").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), time);
        assert_eq!(before == stamp(&path), cfg!(not(unix)));
    }

    #[test]
    fn what_was_written_just_now_is_not_trusted() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.rs");
        fs::write(&path, "a").unwrap();
        assert!(stamp(&path).is_racy(Moment::now()));
        assert!(!stamp(&path).is_racy(Moment::of(SystemTime::now() + Duration::from_secs(3))));
    }
}
