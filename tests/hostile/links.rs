//! Folders, links and devices in place of files, and paths that leave the workspace.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink, process::Command};

use super::{Hostile, hold};

#[test]
fn a_folder_named_like_a_file() {
    Hostile::new()
        .root("mod folder;\nmod both;\n")
        .with("src/folder.rs/a.rs", "")
        .with("src/both/mod.rs", "")
        .assert_survived();
}

#[test]
fn links() {
    let link = |name: &str, to: &str| {
        let case = Hostile::new().root("mod linked;\n").with("src/x/mod.rs", "");
        symlink(to, case.path("src/linked.rs")).expect("a link can be made");
        (name.to_owned(), case)
    };
    hold([
        link("to itself", "linked.rs"),
        link("to nothing", "no-such-file.rs"),
        link("to the folder above", ".."),
        link("to an endless device", "/dev/zero"),
        link("to a device that waits", "/dev/tty"),
        link("to memory", "/proc/self/mem"),
        link("out of the workspace", "/etc/passwd"),
        link("to the root", "/"),
    ]);
}

#[test]
fn linked_folders_in_a_loop() {
    let case = Hostile::new().root("mod up;\n").with("src/up/mod.rs", "mod up;\nmod again;");
    symlink("..", case.path("src/up/up")).expect("a link can be made");
    symlink(".", case.path("src/up/again")).expect("a link can be made");
    symlink("loop", case.path("loop")).expect("a link can be made");
    symlink(".", case.path("examples")).expect("a link can be made");
    symlink("/", case.path("tests")).expect("a link can be made");
    case.assert_survived();
}

#[test]
fn a_pipe_is_not_waited_for() {
    let case = Hostile::new().root("mod pipe;\n").with("src/x.rs", "");
    let made = Command::new("mkfifo").arg(case.path("src/pipe.rs")).status().expect("mkfifo is there");
    assert!(made.success());
    case.assert_survived();
}

#[test]
fn an_unreadable_file_costs_itself_alone() {
    use std::os::unix::fs::PermissionsExt;
    let case = Hostile::new().module("secret", "use crate::calm::Calm;");
    fs::set_permissions(case.path("src/secret.rs"), fs::Permissions::from_mode(0o000)).expect("it is ours");
    case.assert_survived();
}

#[test]
fn paths_that_leave_the_workspace() {
    let paths = [
        "/dev/zero",
        "/etc/passwd",
        "../../../../../../../../etc/passwd",
        "../../../etc/passwd",
        "",
        ".",
        "..",
        "/",
        "\\0",
        "a\\u{0}b.rs",
        "con\\n.rs",
        "C:\\\\windows\\\\system.ini",
        "//server/share/a.rs",
    ];
    hold(paths.iter().flat_map(|path| {
        let module = Hostile::new().root(&format!("#[path = \"{path}\"] mod out;\n"));
        let inline = Hostile::new().root(&format!("#[path = \"{path}\"] mod out {{ mod inner; }}\n"));
        let include = Hostile::new().root(&format!("mod out {{ include!(\"{path}\"); }}\n"));
        [("path", module), ("inline", inline), ("include", include)].map(|(n, c)| (format!("{n} {path}"), c))
    }));
}

#[test]
fn what_lies_outside_is_not_read() {
    let outside = tempfile::tempdir().expect("a folder for the test");
    let secret = outside.path().join("secret.rs");
    fs::write(&secret, "pub struct Hidden; pub mod hidden_module { use crate::calm::Calm; }")
        .expect("it can be written");
    let case = Hostile::new()
        .root(&format!(
            "#[path = \"{0}\"] mod out;\nmod inc {{ include!(\"{0}\"); }}\nmod linked;\n",
            secret.display()
        ))
        .with("src/x.rs", "");
    symlink(&secret, case.path("src/linked.rs")).expect("a link can be made");
    let run = case.assert_survived();
    assert!(!run.output.contains("hidden_module"), "{}", run.output);
    assert!(!run.errors.is_empty(), "a path that leaves the workspace is worth a word");
}
