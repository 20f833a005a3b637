//! Progress of work that takes long.

/// Is told how much of the work is done, from any thread.
pub trait Watch: Sync {
    /// There are so many things to do.
    fn expect(&self, all: usize);
    /// One of them is done.
    fn done(&self);
}

/// For those who do not watch.
impl Watch for () {
    fn expect(&self, _: usize) {}
    fn done(&self) {}
}
