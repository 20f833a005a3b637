//! `archlint check --since`: a change answers for what is new, and for what it permits.

use super::git::Git;
use crate::support::program;

/// Returns the exit code and all output of `archlint check` with these arguments.
fn check(git: &Git, arguments: &str) -> String {
    let mut command = program();
    command.arg("check").args(arguments.split_whitespace()).current_dir(git.path());
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}{}", output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

const RULES: &str = "\
[[forbid]]
id = \"domain-is-pure\"
from = \"shop::domain\"
to = [\"shop::storage\", \"shop::web\"]
";

/// A shop whose domain depends on its storage already.
fn shop() -> Git {
    let git = Git::new();
    git.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    git.write("src/lib.rs", "pub mod domain;\npub mod storage;\npub mod web;\n");
    git.write("src/domain.rs", "pub struct Order {\n    pub table: crate::storage::Table,\n}\n");
    git.write("src/storage.rs", "pub struct Table;\n");
    git.write("src/web.rs", "pub struct Page;\n");
    git.write("archlint.toml", RULES);
    git.commit("A shop");
    git
}

#[test]
fn what_the_revision_has_is_known() {
    let git = shop();
    assert!(check(&git, "").starts_with('1'), "the shop is not clean");
    let unchanged = check(&git, "--since HEAD");
    assert!(unchanged.starts_with("0\nok: 1 known finding"), "{unchanged}");
    git.write(
        "src/domain.rs",
        "use crate::web::Page;\npub struct Order {\n    pub table: crate::storage::Table,\n}\n",
    );
    let changed = check(&git, "--since HEAD");
    assert!(changed.starts_with("1\n") && changed.contains("must not depend on `shop::web`"), "{changed}");
    assert!(!changed.contains("must not depend on `shop::storage`"), "{changed}");
    git.commit("A page in the domain");
    let later = check(&git, "--since HEAD~1 --format json --compact");
    assert!(later.contains("\"errors\":1,") && later.contains("\"baseline\":1,"), "{later}");
    assert!(check(&git, "--since nowhere").starts_with('2'));
}

/// Every way to make a new finding go away, other than mending the code, is a finding itself.
#[test]
fn what_a_change_permits_is_a_finding() {
    let page = "use crate::web::Page;\npub struct Order {\n    pub table: crate::storage::Table,\n}\n";
    let waived = format!("// archlint: allow(domain-is-pure, reason = \"it is late\")\n{page}");
    let ways: [(&str, &str, &str); 4] = [
        ("archlint.toml", "", "`domain-is-pure` was removed"),
        ("archlint.toml", &RULES.replace(", \"shop::web\"", ""), "the rules permit now"),
        ("archlint.toml", &format!("{RULES}severity = \"warn\"\n"), "of severity error before, warning now"),
        ("src/domain.rs", &waived, "there is a new waiver of domain-is-pure"),
    ];
    for (file, text, expected) in ways {
        let git = shop();
        git.write("src/domain.rs", page);
        git.write(file, text);
        let quiet = check(&git, "--since HEAD");
        assert!(quiet.starts_with('0'), "{expected}: {quiet}");
        let said = check(&git, "--since HEAD --permissions");
        assert!(said.starts_with("1\n") && said.contains("[new-permission]"), "{expected}: {said}");
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // What is not read breaks no rule.
    let hidden = [
        ("exclude = [\"src/domain.rs\"]", "`analysis.exclude` is weaker"),
        ("methods = false", "`analysis.methods` is weaker"),
    ];
    for (analysis, expected) in hidden {
        let git = shop();
        git.write("archlint.toml", &format!("{RULES}[analysis]\n{analysis}\n"));
        let said = check(&git, "--since HEAD --permissions");
        assert!(said.starts_with("1\n") && said.contains(expected), "{expected}: {said}");
    }
    let git = shop();
    git.write("src/domain.rs", page);
    let mut baseline = program();
    assert!(baseline.arg("baseline").current_dir(git.path()).status().expect("it starts").success());
    assert!(check(&git, "--since HEAD").starts_with('0'));
    let said = check(&git, "--since HEAD --permissions");
    assert!(said.starts_with("1\n") && said.contains("the baseline has a new entry"), "{said}");
}

#[test]
fn what_was_not_compared_fails() {
    let git = shop();
    git.write("src/storage.rs", "pub struct Table {\n");
    let said = check(&git, "--since HEAD");
    assert!(said.starts_with("1\n"), "{said}");
}
