//! `std::time`.

use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

pub struct Duration {}

impl Duration {
    pub const ZERO: Duration = 0;
    pub const MAX: Duration = 0;
    pub fn new(secs: u64, nanos: u32) -> Duration {}
    pub fn from_secs(secs: u64) -> Duration {}
    pub fn from_millis(millis: u64) -> Duration {}
    pub fn from_micros(micros: u64) -> Duration {}
    pub fn from_nanos(nanos: u64) -> Duration {}
    pub fn from_mins(mins: u64) -> Duration {}
    pub fn from_hours(hours: u64) -> Duration {}
    pub fn from_secs_f64(secs: f64) -> Duration {}
    pub fn from_secs_f32(secs: f32) -> Duration {}
    pub fn try_from_secs_f64(secs: f64) -> Result<Duration, TryFromFloatSecsError> {}
    pub fn is_zero(&self) -> bool {}
    pub fn as_secs(&self) -> u64 {}
    pub fn subsec_millis(&self) -> u32 {}
    pub fn subsec_micros(&self) -> u32 {}
    pub fn subsec_nanos(&self) -> u32 {}
    pub fn as_millis(&self) -> u128 {}
    pub fn as_micros(&self) -> u128 {}
    pub fn as_nanos(&self) -> u128 {}
    pub fn as_secs_f64(&self) -> f64 {}
    pub fn as_secs_f32(&self) -> f32 {}
    pub fn abs_diff(self, other: Duration) -> Duration {}
    pub fn checked_add(self, other: Duration) -> Option<Duration> {}
    pub fn saturating_add(self, other: Duration) -> Duration {}
    pub fn checked_sub(self, other: Duration) -> Option<Duration> {}
    pub fn saturating_sub(self, other: Duration) -> Duration {}
    pub fn checked_mul(self, n: u32) -> Option<Duration> {}
    pub fn saturating_mul(self, n: u32) -> Duration {}
    pub fn checked_div(self, n: u32) -> Option<Duration> {}
    pub fn mul_f64(self, n: f64) -> Duration {}
    pub fn mul_f32(self, n: f32) -> Duration {}
    pub fn div_f64(self, n: f64) -> Duration {}
    pub fn div_f32(self, n: f32) -> Duration {}
    pub fn div_duration_f64(self, other: Duration) -> f64 {}
}

impl Clone for Duration {}
impl Copy for Duration {}
impl Default for Duration {}
impl PartialEq for Duration {}
impl Eq for Duration {}
impl PartialOrd for Duration {}
impl Ord for Duration {}
impl crate::hash::Hash for Duration {}
impl crate::fmt::Debug for Duration {}
impl crate::iter::Sum for Duration {}
impl Add for Duration {
    type Output = Duration;
}
impl Sub for Duration {
    type Output = Duration;
}
impl Mul<u32> for Duration {
    type Output = Duration;
}
impl Mul<Duration> for u32 {
    type Output = Duration;
}
impl Div<u32> for Duration {
    type Output = Duration;
}
impl AddAssign for Duration {}
impl SubAssign for Duration {}
impl MulAssign<u32> for Duration {}
impl DivAssign<u32> for Duration {}

pub struct TryFromFloatSecsError {}
impl crate::fmt::Debug for TryFromFloatSecsError {}
impl crate::fmt::Display for TryFromFloatSecsError {}
impl crate::error::Error for TryFromFloatSecsError {}

pub struct Instant {}

impl Instant {
    pub fn now() -> Instant {}
    pub fn duration_since(&self, earlier: Instant) -> Duration {}
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {}
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {}
    pub fn elapsed(&self) -> Duration {}
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {}
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {}
}

impl Clone for Instant {}
impl Copy for Instant {}
impl PartialEq for Instant {}
impl Eq for Instant {}
impl PartialOrd for Instant {}
impl Ord for Instant {}
impl crate::hash::Hash for Instant {}
impl crate::fmt::Debug for Instant {}
impl Add<Duration> for Instant {
    type Output = Instant;
}
impl Sub<Duration> for Instant {
    type Output = Instant;
}
impl Sub<Instant> for Instant {
    type Output = Duration;
}
impl AddAssign<Duration> for Instant {}
impl SubAssign<Duration> for Instant {}

pub struct SystemTime {}

impl SystemTime {
    pub const UNIX_EPOCH: SystemTime = 0;
    pub fn now() -> SystemTime {}
    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {}
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {}
    pub fn checked_add(&self, duration: Duration) -> Option<SystemTime> {}
    pub fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {}
}

impl Clone for SystemTime {}
impl Copy for SystemTime {}
impl PartialEq for SystemTime {}
impl Eq for SystemTime {}
impl PartialOrd for SystemTime {}
impl Ord for SystemTime {}
impl crate::hash::Hash for SystemTime {}
impl crate::fmt::Debug for SystemTime {}
impl Add<Duration> for SystemTime {
    type Output = SystemTime;
}
impl Sub<Duration> for SystemTime {
    type Output = SystemTime;
}
impl AddAssign<Duration> for SystemTime {}
impl SubAssign<Duration> for SystemTime {}

pub const UNIX_EPOCH: SystemTime = 0;

pub struct SystemTimeError {}

impl SystemTimeError {
    pub fn duration(&self) -> Duration {}
}

impl Clone for SystemTimeError {}
impl crate::fmt::Debug for SystemTimeError {}
impl crate::fmt::Display for SystemTimeError {}
impl crate::error::Error for SystemTimeError {}
