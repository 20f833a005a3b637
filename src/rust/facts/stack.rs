//! The stack that parsing and walking need.

use std::sync::Mutex;

use super::source::Source;

/// Stack that a token may take in parsing, walking or dropping a tree, in bytes. A test of
/// `source::nesting` holds it down.
const STACK_PER_TOKEN: usize = if cfg!(debug_assertions) { 32 << 10 } else { 8 << 10 };

/// The stack that a thread which calls [`super::extract()`] must have, in bytes.
pub const STACK: usize = 32 << 20;

/// The part of it that is left to the callers.
const STACK_OF_CALLERS: usize = 4 << 20;

/// The largest stack that is used, in bytes. A text that might need more counts as unreadable.
const LARGEST_STACK: usize = 1 << 30;

/// Beyond this many bytes, large stacks are asked for one at a time.
const LARGE_STACK: usize = 256 << 20;

/// Whether a text nests so deeply that its stack would be larger than [`LARGEST_STACK`].
pub fn is_too_deep(source: &Source) -> bool {
    source.depth * STACK_PER_TOKEN > LARGEST_STACK
}

/// Runs `work`, which recurses over that many tokens, with enough stack for them even if each of
/// them nests in the one before: nothing depends on how well [`Source::depth`] is estimated. Where
/// the system has no such stack to give, as it may be for megabytes of text, `work` is told how
/// many tokens there is stack for, and must give no more of them to a parser at once. `None` if
/// there is not even that stack.
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

/// `None` if the system does not give that much.
fn on_stack<T: Send>(needed: usize, work: &(impl Fn() -> T + Sync)) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(needed.saturating_add(STACK_OF_CALLERS));
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}
