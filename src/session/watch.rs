//! Progress of long operations.

/// An observer of progress, which any thread may notify.
pub trait Watch: Sync {
    /// Announces the total number of steps.
    fn expect(&self, all: usize);
    /// Reports that one step is done.
    fn done(&self);
}

/// Ignores progress.
impl Watch for () {
    fn expect(&self, _: usize) {}
    fn done(&self) {}
}
