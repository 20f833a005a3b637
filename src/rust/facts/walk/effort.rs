//! The work that is spent on guessing the meaning of one macro invocation's arguments.
//!
//! Arguments are parsed as one kind of syntax after another, and if none fits, each group in them
//! is parsed in the same way. Hostile arguments would be parsed once for each level of nesting.
//! Therefore the position at which a parse fails is recorded, and no group that encloses it is
//! parsed again; and the parses of one invocation may read at most [`TIMES`] times its tokens, plus
//! [`AT_LEAST`]. After that, the rest is only searched for paths, and a diagnostic reports this.

use std::collections::BTreeSet;

use proc_macro2::{Group, LineColumn, TokenStream, TokenTree};

use crate::base::{codes, diagnostic::Diagnostic, span::Span};

/// The number of tokens that an invocation's parses may read for each token that it has. Real code
/// stays below a tenth of that.
const TIMES: usize = 100;

/// The number of tokens that the parses may read in addition, so that no small invocation is
/// bounded.
const AT_LEAST: usize = 20_000;

/// The remaining work, and the positions where parses failed.
#[derive(Default)]
pub struct Effort {
    /// The number of parses so far. The first is not counted as work, since nearly all invocations
    /// need no other.
    parses: usize,
    /// The number of tokens that may still be read. `None` before the second parse.
    left: Option<usize>,
    /// The arguments of the invocation.
    whole: TokenStream,
    /// The number of tokens that parses read, except for the first parse.
    #[cfg(test)]
    pub seen: usize,
    /// The positions where parses failed.
    failures: BTreeSet<(usize, usize)>,
    is_spent: bool,
}

impl Effort {
    /// The effort for an invocation with these arguments.
    pub fn of(whole: TokenStream) -> Self {
        Self { whole, ..Self::default() }
    }

    /// The effort for an invocation whose arguments have that many tokens.
    pub fn of_size(tokens: usize) -> Self {
        Self { left: Some(budget(tokens)), ..Self::default() }
    }

    /// Whether no work is left.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// Whether a parse has failed.
    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Whether one more parse of these tokens is within the budget. If so, the parse is counted.
    pub fn affords(&mut self, tokens: &TokenStream) -> bool {
        if self.is_spent {
            return false;
        }
        self.parses += 1;
        if self.parses == 1 {
            return true;
        }
        let whole = &mut self.whole;
        let left = self.left.get_or_insert_with(|| budget(count(std::mem::take(whole), usize::MAX)));
        let seen = count(tokens.clone(), *left);
        *left -= seen;
        #[cfg(test)]
        {
            self.seen += seen;
        }
        self.is_spent = *left == 0;
        !self.is_spent
    }

    /// Records the position where a parse failed.
    pub fn failed(&mut self, error: &syn::Error) {
        let LineColumn { line, column } = error.span().start();
        self.failures.insert((line, column));
    }

    /// Forgets the positions where parses failed.
    pub fn forget_failures(&mut self) {
        self.failures.clear();
    }

    /// Whether a parse has failed inside one of the groups among `trees`. Then every parse of
    /// `trees` fails.
    pub fn is_hopeless(&self, trees: &[TokenTree]) -> bool {
        self.has_failures()
            && trees.iter().any(|tree| matches!(tree, TokenTree::Group(g) if self.fails_in(g)))
    }

    fn fails_in(&self, group: &Group) -> bool {
        let [start, end] = [group.span_open().start(), group.span_close().start()];
        let (start, end) = ((start.line, start.column + 1), (end.line, end.column));
        // A group that is not written in the text, such as that of a doc comment's attribute,
        // begins and ends at the same position.
        start < end && self.failures.range(start..end).next().is_some()
    }
}

/// The number of tokens that parses may read for an invocation of `tokens` tokens.
fn budget(tokens: usize) -> usize {
    tokens.saturating_mul(TIMES).saturating_add(AT_LEAST)
}

/// Whether there are more tokens than a pattern or a type usually has.
pub fn is_long(tokens: &TokenStream) -> bool {
    const LONGEST: usize = 100;
    count(tokens.clone(), LONGEST) == LONGEST
}

/// The number of tokens, including those in groups, but at most `most`. Iterates, because groups
/// may nest to any depth.
pub fn count(tokens: TokenStream, most: usize) -> usize {
    let mut pending = vec![tokens.into_iter()];
    let mut count = 0;
    while let Some(trees) = pending.last_mut() {
        match trees.next() {
            Some(tree) => {
                count += 1;
                if let TokenTree::Group(group) = tree {
                    pending.push(group.stream().into_iter());
                }
            }
            None => drop(pending.pop()),
        }
        if count >= most {
            break;
        }
    }
    count
}

/// Reports that the arguments at a position were not read to their end.
pub fn spent(place: Span) -> Diagnostic {
    let message = "the arguments of this macro can be read in too many ways, so not all of them are read";
    Diagnostic::warn(codes::MACRO_ARGUMENTS, message)
        .at("", place)
        .help("move some of them into a macro of their own")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_counted_in_groups_too() {
        assert_eq!(count("a (b [c]) d".parse().expect("tokens"), usize::MAX), 6);
        assert_eq!(count("a (b [c]) d".parse().expect("tokens"), 3), 3);
    }

    #[test]
    fn what_encloses_a_failure_is_hopeless() {
        let trees = |text: &str| text.parse::<TokenStream>().expect("tokens").into_iter().collect::<Vec<_>>();
        let text = trees("a { b (c d) } (e)");
        let mut effort = Effort::default();
        assert!(!effort.is_hopeless(&text));
        let TokenTree::Group(block) = &text[1] else { panic!("{text:?}") };
        let inner: Vec<TokenTree> = block.stream().into_iter().collect();
        let TokenTree::Group(parentheses) = &inner[1] else { panic!("{inner:?}") };
        let innermost: Vec<TokenTree> = parentheses.stream().into_iter().collect();
        effort.failed(&syn::Error::new(innermost[1].span(), "d"));
        assert!(effort.is_hopeless(&text) && effort.is_hopeless(&inner));
        assert!(!effort.is_hopeless(&innermost) && !effort.is_hopeless(&text[2..]));
    }
}
