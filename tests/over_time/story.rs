//! A small history with every kind of event: commits before there was a workspace, commits before
//! there was a configuration, a broken manifest, a merge, a rename, a cycle that appears and
//! vanishes, a jump, commits without changes.

use crate::history::git::Git;

/// The days of the commits, the oldest first.
pub const DAYS: [&str; 10] = [
    "2025-12-29", // a Monday
    "2025-12-30",
    "2025-12-31",
    "2026-01-01",
    "2026-01-04",
    "2026-01-05",
    "2026-01-06",
    "2026-01-31",
    "2026-02-01",
    "2026-02-02",
];

/// The indices of the commits in [`DAYS`].
pub const BEFORE: usize = 0;
pub const CONFIGURED: usize = 2;
pub const BROKEN: usize = 3;
pub const CYCLE: usize = 4;
pub const DOCS: usize = 5;
pub const MERGE: usize = 6;
pub const JUMP: usize = 8;

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";

const CONFIGURATION: &str = "\
[components.billing]
modules = [\"shop::billing\"]
depends-on = []

[components.ledger]
modules = [\"shop::ledger\"]

[components.root]
modules = [\"=shop\"]
";

/// Creates the repository. Returns it with the ids of the commits on the main line.
pub fn repository() -> (Git, Vec<String>) {
    let git = Git::new();
    let mut ids = Vec::new();
    let mut commit = |git: &Git, message: &str| {
        let day = DAYS[ids.len()];
        ids.push(git.commit_at(message, &format!("{day}T23:30:00Z")));
    };
    git.write("README.md", "soon\n");
    commit(&git, "A name");
    git.write("Cargo.toml", MANIFEST);
    git.write("src/lib.rs", "pub mod billing;\npub mod ledger;\n");
    git.write("src/billing.rs", "pub struct Bill;\n");
    git.write("src/ledger.rs", "pub struct Row(pub crate::billing::Bill);\n");
    commit(&git, "A shop");
    git.write("archlint.toml", CONFIGURATION);
    commit(&git, "The architecture, written down");
    git.write("Cargo.toml", "[package\n");
    commit(&git, "Half a manifest");
    git.write("Cargo.toml", MANIFEST);
    git.write("src/billing.rs", "pub struct Bill;\npub fn book(_: &crate::ledger::Row) {}\n");
    commit(&git, "Bills book <b>themselves</b>");
    git.write("README.md", "A shop.\n");
    commit(&git, "Words");
    on_a_branch(&git);
    ids_of_merge(&git, &mut commit);
    git.run(&["mv", "src/ledger.rs", "src/book.rs"]);
    git.write("src/lib.rs", "pub mod billing;\n#[path = \"book.rs\"]\npub mod ledger;\npub mod tax;\n");
    commit(&git, "The ledger's file is called otherwise");
    let functions: String = (0..300).map(|n| format!("pub fn rate{n}() -> u32 {{\n    {n}\n}}\n")).collect();
    git.write("src/tax.rs", &functions);
    commit(&git, "All rates");
    git.write("src/billing.rs", "pub struct Bill;\n");
    commit(&git, "Bills book nothing");
    (git, ids)
}

/// Adds a branch whose clock is ahead: its commits are not part of the main line.
fn on_a_branch(git: &Git) {
    git.run(&["checkout", "--quiet", "-b", "tax"]);
    git.write("src/tax.rs", "pub const RATE: u32 = 19;\n");
    git.write("src/lib.rs", "pub mod billing;\npub mod ledger;\npub mod tax;\n");
    git.commit_at("A rate", "2026-01-05T23:40:00Z");
    git.run(&["checkout", "--quiet", "main"]);
}

fn ids_of_merge(git: &Git, commit: &mut impl FnMut(&Git, &str)) {
    git.run(&["merge", "--quiet", "--no-ff", "--no-commit", "tax"]);
    commit(git, "Merge branch 'tax'");
}
