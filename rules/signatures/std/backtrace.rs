//! `std::backtrace`.

pub struct Backtrace {}

impl Backtrace {
    pub fn capture() -> Backtrace {}
    pub fn force_capture() -> Backtrace {}
    pub fn disabled() -> Backtrace {}
    pub fn status(&self) -> BacktraceStatus {}
}

impl crate::fmt::Debug for Backtrace {}
impl crate::fmt::Display for Backtrace {}

pub enum BacktraceStatus {
    Unsupported,
    Disabled,
    Captured,
}

impl PartialEq for BacktraceStatus {}
