//! A file's tree, parsed item by item.
//!
//! A parser recurses no deeper than it has tokens. If the stack is too small for all tokens of a
//! file, the parser is given whole items, as many at once as the stack suffices for. So no result
//! depends on the accuracy of the estimated nesting.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::walk::count;

/// The minimum number of tokens of a piece, unless it is the last.
const LEAST: usize = 1_000;

/// The number of times that a piece which does not parse is extended to the next block or `;`,
/// before it must grow by an eighth: in `const A: u8 = { 1 };` the end follows a block.
const TRIES: u32 = 4;

/// The tree of a file, no piece of which has more than `most` tokens. `None` if an item has more
/// tokens, or if the file does not parse.
pub fn parse(text: &str, most: usize) -> Option<syn::File> {
    let mut file = syn::parse_str::<syn::File>("").ok()?;
    let mut piece = Piece::default();
    for tree in text.parse::<TokenStream>().ok()? {
        let may_end = match &tree {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        piece.push(tree, most)?;
        if may_end && piece.tokens >= piece.next {
            piece.parse(&mut file);
        }
    }
    piece.parse(&mut file);
    piece.trees.is_empty().then_some(file)
}

/// The trees that have not been parsed yet.
struct Piece {
    trees: Vec<TokenTree>,
    /// The number of tokens in the trees.
    tokens: usize,
    /// The number of tokens at which the trees are parsed next.
    next: usize,
    /// The number of failed parses of the trees.
    failures: u32,
}

impl Default for Piece {
    fn default() -> Self {
        Self { trees: Vec::new(), tokens: 0, next: LEAST, failures: 0 }
    }
}

impl Piece {
    fn push(&mut self, tree: TokenTree, most: usize) -> Option<()> {
        self.tokens += count(tree.clone().into(), most);
        self.trees.push(tree);
        (self.tokens < most).then_some(())
    }

    /// Moves the items to the file if the trees parse. A `;` or a block may be in the middle of an
    /// item.
    fn parse(&mut self, file: &mut syn::File) {
        match syn::parse2::<syn::File>(self.trees.iter().cloned().collect()) {
            Ok(piece) => {
                file.attrs.extend(piece.attrs);
                file.items.extend(piece.items);
                *self = Self::default();
            }
            Err(_) => {
                self.failures += 1;
                if self.failures.is_multiple_of(TRIES) {
                    self.next = self.tokens + self.tokens / 8;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_items() {
        let items =
            "struct A<const N: usize = { 1 + 2 }>; const B: u8 = { 3 } + 4; impl C { fn d() {} } m! { e } ";
        let text = format!("#![f] {}", items.repeat(200));
        let parsed = parse(&text, 5_000).expect("it parses");
        assert_eq!((parsed.attrs.len(), parsed.items.len()), (1, 800));
    }

    /// The end of an item always follows a block in it.
    #[test]
    fn a_block_within_an_item_is_no_end() {
        for item in
            ["const A: u32 = { 1 + 2 };", "const A: B = B { c: 1 }; ", "type A = B<{ 1 }, { 2 }, { 3 }>; "]
        {
            let parsed = parse(&item.repeat(2_000), 3_000).expect("it parses");
            assert_eq!(parsed.items.len(), 2_000, "{item}");
        }
    }

    #[test]
    fn an_item_that_is_too_large_is_refused() {
        let array = format!("const A: [u8; 3000] = [{}];", "0, ".repeat(3_000));
        assert!(parse(&array, 10_000).is_some() && parse(&array, 5_000).is_none());
        for wrong in ["fn f( {}", "fn f() {} }", "struct A; 1"] {
            assert!(parse(wrong, 5_000).is_none(), "{wrong}");
        }
    }
}
