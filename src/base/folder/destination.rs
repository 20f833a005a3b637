//! The folder that a path leads to, opened step by step with the same care as [`super`].

use std::{
    ffi::OsString,
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::OpenFolder;

/// The target of a path given by the user: an open folder, and a name in it.
#[derive(Debug)]
pub struct Destination {
    /// The open folder.
    pub folder: OpenFolder,
    /// The name in the folder. `None` if the path means the folder itself.
    pub name: Option<OsString>,
    /// Whether the path lies below the root.
    pub inside: bool,
}

impl Destination {
    /// Follows an absolute `path`. Below `root` no link is followed; links outside `root` belong to
    /// the user and are followed.
    ///
    /// # Errors
    /// Returns an error if a folder on the way is missing, or is a link below the root.
    pub fn of(path: &Path, root: &Path) -> io::Result<Self> {
        let steps = Steps::of(path, root);
        let (folder, name) = steps.walk(false)?;
        Ok(Self { folder, name, inside: steps.inside.is_some() })
    }

    /// Opens the folder at an absolute `path`, followed as by [`Destination::of`]; with `make`,
    /// creates missing folders.
    ///
    /// # Errors
    /// Returns the errors of [`Destination::of`], and an error if a folder cannot be created.
    pub fn folder(path: &Path, root: &Path, make: bool) -> io::Result<OpenFolder> {
        let steps = Steps::of(path, root);
        if steps.inside.is_none() {
            if make {
                fs::create_dir_all(path)?;
            }
            return OpenFolder::open(path);
        }
        match steps.walk(make)? {
            (folder, None) => Ok(folder),
            (folder, Some(name)) if make => folder.make(&name),
            (folder, Some(name)) => folder.enter(&name),
        }
    }
}

/// The steps of a path: the part outside the root as the system resolves it, then single names.
struct Steps {
    outside: PathBuf,
    /// The names below `outside`, which is the root or lies in it. `None` if the whole path is
    /// outside.
    inside: Option<Vec<OsString>>,
    name: Option<OsString>,
}

impl Steps {
    fn of(path: &Path, root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let enters = |path: &Path| fs::canonicalize(path).is_ok_and(|real| real.starts_with(&root));
        let name = match path.components().next_back() {
            Some(Component::Normal(name)) => Some(name.to_owned()),
            _ => None,
        };
        let above = name.as_ref().and_then(|_| path.parent()).unwrap_or(path);
        let mut steps = Self { outside: PathBuf::new(), inside: None, name };
        for component in above.components() {
            match (&mut steps.inside, component) {
                (Some(names), Component::Normal(name)) => names.push(name.to_owned()),
                (Some(names), Component::ParentDir) if !names.is_empty() => drop(names.pop()),
                (Some(_), Component::ParentDir) => {
                    steps.outside = fs::canonicalize(&steps.outside).unwrap_or_default().join("..");
                    steps.inside = enters(&steps.outside).then(Vec::new);
                }
                (Some(_), _) => {}
                (None, component) => {
                    steps.outside.push(component);
                    steps.inside = enters(&steps.outside).then(Vec::new);
                }
            }
        }
        steps
    }

    /// Opens the folder that the steps lead to, and returns it with the name in it.
    fn walk(&self, make: bool) -> io::Result<(OpenFolder, Option<OsString>)> {
        let mut folder = OpenFolder::open(&self.outside)?;
        for name in self.inside.iter().flatten() {
            folder = if make { folder.make(name)? } else { folder.enter(name)? };
        }
        Ok((folder, self.name.clone()))
    }
}
