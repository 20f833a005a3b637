//! `include!`: the items of another file become items of the enclosing scope.

use super::{
    super::{
        child_dir::ChildDir,
        costs::size,
        ids::{CfgId, InstanceId},
        load::Loaded,
        tables::{Blank, Opaque, Tables},
    },
    out_dirs::OutDirs,
    state::{Expansion, Growth, Job},
};
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::ReadError,
        path,
    },
    rust::facts::{self, Folder, FragmentKind, Invocation},
};

/// Returns true if an invocation of an unknown macro is `include!`, outside of impls.
pub fn is_include(tables: &Tables, instance: InstanceId, invocation: &Invocation) -> bool {
    let segments = tables.instances[instance].facts.segments(invocation.path);
    let name = segments.last().map(|&name| tables.name(instance, name));
    let includes = [tables.builtin.include, tables.builtin.include_proto];
    name.is_some()
        && includes.contains(&name)
        && matches!(invocation.fragment, FragmentKind::Items | FragmentKind::Code)
}

/// The files that an invocation may include.
pub struct Included {
    /// The candidate files, likeliest first.
    files: Vec<String>,
    /// Whether a build writes the files.
    is_built: bool,
}

/// The files that an invocation may include. `None` if its argument is known only in a build, or if
/// a build writes them and `out_dirs` are not known.
pub fn included(
    tables: &Tables,
    instance: InstanceId,
    invocation: &Invocation,
    out_dirs: Option<&OutDirs>,
) -> Option<Included> {
    let arguments = tables.renamed(instance, invocation.arguments);
    let of = &tables.instances[instance];
    let package = &tables.crates[of.krate].package;
    let given = facts::included_file(&arguments, &tables.names)?;
    let name = of.facts.segments(invocation.path).last().map(|&name| tables.name(instance, name));
    // The macro of tonic and others: `include!(concat!(env!("OUT_DIR"), "/<name>.rs"))`.
    let is_proto = name == tables.builtin.include_proto;
    let folder = if is_proto { Folder::OutDir } else { given.folder };
    let file = if is_proto { format!("{}.rs", given.path) } else { given.relative().to_owned() };
    let files = match folder {
        Folder::Including => vec![path::join(&ChildDir::of_owner(&tables.files[of.file]).dir, &file)],
        Folder::Package => vec![path::join(&package.dir, &file)],
        Folder::OutDir => out_dirs?.of(&package.name).map(|dir| path::join(dir, &file)).collect(),
    };
    Some(Included { files, is_built: folder == Folder::OutDir })
}

/// Queues the first of the files that exists, or reports why none does. Returns the size of the
/// file in the budget, and the kind of the inclusion.
pub fn include(
    growth: &mut Growth<'_, '_>,
    instance: InstanceId,
    invocation: &Invocation,
    included: &Included,
    expansion: Expansion,
) -> (usize, Opaque) {
    let mut problem = None;
    for path in &included.files {
        let dir = ChildDir::of_owner(path);
        match growth.loader.get(path, &dir) {
            Loaded::Facts(facts) => {
                let file = growth.file(path);
                growth.report(&facts, file);
                let asks = (growth.tables.instances[instance].file, invocation.span);
                if !growth.admits(file, &facts, asks) {
                    return (0, Opaque::Included);
                }
                let size = size(&facts);
                let of = &growth.tables.instances[instance];
                let job = Job {
                    file,
                    krate: of.krate,
                    body: of.scopes[invocation.scope.index()],
                    cfg: of.cfgs[invocation.condition.index()],
                    order: growth.tables.position(instance, invocation.order) + 1,
                    dir,
                    expansion: Some(Expansion { included: true, ..expansion }),
                    around: None,
                    invoker: None,
                    facts,
                    is_apart: false,
                };
                growth.jobs.push_back(job);
                return (size, Opaque::Included);
            }
            Loaded::LeftOut => return (0, Opaque::Included),
            Loaded::Failed(ReadError::NotFound) if included.is_built => {}
            Loaded::Failed(error) => {
                problem.get_or_insert_with(|| format!("`{path}` cannot be included: {error}"));
            }
        }
    }
    // If a condition guards the invocation, a build may have had no reason to write the file.
    let is_guarded = growth.cfg(instance, invocation.condition) != CfgId::ALWAYS;
    let (diagnostic, opaque) = match problem {
        Some(message) => {
            let scope = growth.tables.instances[instance].scopes[invocation.scope.index()];
            growth.tables.blank.insert((growth.tables.scopes[scope].module, None), Blank::Unread);
            let diagnostic = Diagnostic::warn(codes::UNREADABLE_INCLUDE, message)
                .help("its items are unknown; paths to them will be unresolved");
            (diagnostic, Opaque::Included)
        }
        None => (unbuilt(is_guarded), Opaque::Generated),
    };
    growth.complain(instance, invocation.span, diagnostic);
    (0, opaque)
}

/// The diagnostic for generated source that should be read, but that no build has written.
fn unbuilt(is_guarded: bool) -> Diagnostic {
    let message = "no build has written the file that is included here; its items are unknown";
    let diagnostic = Diagnostic::warn(codes::UNREADABLE_INCLUDE, message)
        .help("build the package before the check, or take `generated` out of `[analysis]`");
    let severity = if is_guarded { Severity::Info } else { diagnostic.severity };
    Diagnostic { severity, ..diagnostic }
}
