//! The stack that parsing and walking need.

use std::sync::Mutex;

use super::source::Source;

/// The stack that a token may take when a tree is parsed, walked or dropped, in bytes. A test of
/// `source::nesting` enforces it.
const STACK_PER_TOKEN: usize = if cfg!(debug_assertions) { 32 << 10 } else { 8 << 10 };

/// The stack that a thread which calls [`super::extract()`] must have, in bytes.
pub const STACK: usize = 32 << 20;

/// The part of [`STACK`] that is left to the callers.
const STACK_OF_CALLERS: usize = 4 << 20;

/// The largest stack that is allocated, in bytes. A text that might need more counts as unreadable.
const LARGEST_STACK: usize = 1 << 30;

/// Stacks of more bytes than this are allocated one at a time.
const LARGE_STACK: usize = 256 << 20;

/// Whether a text nests so deeply that its stack would be larger than [`LARGEST_STACK`].
pub fn is_too_deep(source: &Source) -> bool {
    source.depth * STACK_PER_TOKEN > LARGEST_STACK
}

/// Runs `work`, which recurses over `tokens` tokens, with enough stack even if each token nests in
/// the one before: no result depends on the accuracy of [`Source::depth`]. If the system cannot
/// allocate that stack, as may happen for megabytes of text, `work` is called with the number of
/// tokens for which there is stack, and must give a parser no more of them at once. Returns `None`
/// if there is not even that stack.
pub fn on_stack_for<T: Send>(tokens: usize, work: impl Fn(Option<usize>) -> T + Sync) -> Option<T> {
    static ONE: Mutex<()> = Mutex::new(());
    let needed = tokens.saturating_mul(STACK_PER_TOKEN);
    if needed < STACK - STACK_OF_CALLERS {
        return Some(work(None));
    }
    let _guard = (needed > LARGE_STACK).then(|| ONE.lock());
    on_stack(needed, &|| work(None))
        .or_else(|| on_stack(LARGEST_STACK, &|| work(Some(LARGEST_STACK / STACK_PER_TOKEN))))
}

/// Runs `work` on a thread with that stack. `None` if the system cannot allocate it.
fn on_stack<T: Send>(needed: usize, work: &(impl Fn() -> T + Sync)) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(needed.saturating_add(STACK_OF_CALLERS));
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}
