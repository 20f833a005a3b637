//! The reports that a run writes, and their destinations.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::{
    base::suggest,
    render::report::{self, FORMATS, Format},
};

/// A report that is written to a file.
#[derive(Debug, Clone)]
pub struct Order {
    /// The format.
    pub format: &'static Format,
    /// The path of the file.
    pub file: PathBuf,
}

/// Parses the name of a format.
pub fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(values).try_map(|name| report::format(&name).ok_or("there is no such format"))
}

/// Parses `FORMAT=FILE`.
pub fn order(text: &str) -> Result<Order, String> {
    let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let Some((name, file)) = text.split_once('=') else {
        return Err(format!("a format and a file were expected, as in `{}=archlint.{0}`", known[2]));
    };
    let Some(format) = report::format(name) else {
        let help =
            suggest::help(name, known.iter().copied()).map(|help| format!("; {help}")).unwrap_or_default();
        return Err(format!("there is no format `{name}`{help}"));
    };
    if file.is_empty() {
        return Err(format!("the file is missing after `{name}=`"));
    }
    Ok(Order { format, file: file.into() })
}

/// Returns an error if a report cannot be written to its file, or if two have the same file.
pub fn refuse(output: Option<&Path>, orders: &[Order]) -> anyhow::Result<()> {
    let mut taken: BTreeMap<PathBuf, String> = BTreeMap::new();
    let output = output.map(|file| ("--output".to_owned(), file));
    let orders = orders.iter().map(|o| (format!("--report {}", o.format.name), o.file.as_path()));
    for (option, file) in output.into_iter().chain(orders) {
        let place = place(file)?;
        if let Some(first) = taken.insert(place, option.clone()) {
            bail!(
                "`{first}` and `{option}` would both write `{}`: give each a file of its own",
                file.display()
            );
        }
    }
    Ok(())
}

/// Returns a path that is equal for all spellings of `file`.
fn place(file: &Path) -> anyhow::Result<PathBuf> {
    if file.is_dir() {
        bail!("`{}` is a folder: name a file in it", file.display());
    }
    if let Ok(known) = fs::canonicalize(file) {
        return Ok(known);
    }
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), file.file_name()) {
        (Ok(folder), Some(name)) if folder.is_dir() => Ok(folder.join(name)),
        _ => bail!("`{}` cannot be written: there is no folder `{}`", file.display(), folder.display()),
    }
}

/// Returns the path of `root` within its repository, with `/`; empty if `root` is the root of the
/// repository or not in one.
pub fn folder_in_repository(root: &Path) -> String {
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let within = repository.and_then(|repository| root.strip_prefix(repository).ok());
    within.map(|path| path.to_string_lossy().replace('\\', "/")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_says_what_is_wrong_with_it() {
        let said = |text: &str| order(text).expect_err(text);
        assert!(said("sarif").contains("`sarif=archlint.sarif`"), "{}", said("sarif"));
        assert!(said("sarfi=x").contains("did you mean `sarif`"), "{}", said("sarfi=x"));
        assert!(said("=x").contains("known: `azure`"), "{}", said("=x"));
        assert!(said("html=").contains("file is missing"), "{}", said("html="));
        assert_eq!(order("html=a=b.html").expect("a format and a file").file, Path::new("a=b.html"));
    }

    #[test]
    fn a_workspace_may_be_part_of_a_repository() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let inner = folder.path().join("a/b");
        fs::create_dir_all(&inner).expect("the folder can be made");
        fs::write(folder.path().join(".git"), "gitdir: elsewhere").expect("the file can be written");
        assert_eq!(folder_in_repository(&inner), "a/b");
        assert_eq!(folder_in_repository(folder.path()), "");
    }
}
