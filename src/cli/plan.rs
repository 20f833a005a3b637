//! Arguments that name what does not exist yet: a file to be written, a crate that nothing uses. They
//! become planned nodes of the graph.

use std::{borrow::Cow, env};

use anyhow::bail;

use super::select::{Ground, is_path, on_disk, select};
use crate::{
    base::{pattern::Term, text::Printable},
    graph::{Graph, Node, NodeId, planned::Planned},
    judge::architecture::Architecture,
    session::{Session, plan},
};

/// An argument of a command, after the plans were added to the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument<'a> {
    /// Selectors and paths.
    Written(&'a str),
    /// A module or an external that the source does not have, by its id. An external includes what is
    /// below its path.
    Planned {
        /// The argument as written.
        written: &'a str,
        /// The id of the node.
        id: String,
    },
    /// An item of a module: `shop::billing::Invoice`.
    Item {
        /// The argument as written.
        written: &'a str,
        /// The id of the module.
        id: String,
    },
}

impl Argument<'_> {
    /// Returns the argument as written.
    pub fn written(&self) -> &str {
        match self {
            Self::Written(written) | Self::Planned { written, .. } | Self::Item { written, .. } => written,
        }
    }

    /// Returns the nodes of the argument, ascending.
    ///
    /// # Errors
    /// Returns an error, with suggestions, if it selects nothing.
    pub fn nodes(&self, ground: Ground<'_>) -> anyhow::Result<Vec<NodeId>> {
        let (Self::Planned { id, .. } | Self::Item { id, .. }) = self else {
            return Ok(select(ground, self.written())?.into_iter().collect());
        };
        let nodes = ground.architecture.graph.nodes.iter_enumerated();
        let is_below = |path: &str| path.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with("::"));
        let is_it = |node: &Node| node.id == *id || node.module.is_none() && is_below(&node.id);
        Ok(nodes.filter(|(_, node)| is_it(node)).map(|(node, _)| node).collect())
    }
}

/// Returns `arguments` and the graph of `session`, with a node for each argument that names what does
/// not exist yet.
///
/// # Errors
/// Returns an error if a file that does not exist has no place among the modules.
pub fn with_plans<'s, 'a, const N: usize>(
    session: &'s Session,
    architecture: &Architecture<'_>,
    arguments: [&'a str; N],
) -> anyhow::Result<(Cow<'s, Graph>, [Argument<'a>; N])> {
    let mut all = Vec::new();
    let mut planned = arguments.map(Argument::Written);
    for argument in &mut planned {
        let Argument::Written(written) = *argument else { continue };
        let nodes = nodes_of(session, architecture, written)?;
        if let Some(last) = nodes.last() {
            *argument = Argument::Planned { written, id: last.id().to_owned() };
        } else if let Some(module) = module_of_item(architecture, written) {
            let id = architecture.graph.nodes[module].id.clone();
            *argument = Argument::Item { written, id };
        }
        all.extend(nodes);
    }
    let graph = session.graph();
    let graph = if all.is_empty() { Cow::Borrowed(graph) } else { Cow::Owned(graph.with_planned(&all)) };
    Ok((graph, planned))
}

/// Returns the nodes that an argument plans; none if it names what exists, or nothing at all.
fn nodes_of(
    session: &Session,
    architecture: &Architecture<'_>,
    written: &str,
) -> anyhow::Result<Vec<Planned>> {
    let (graph, packages) = (session.graph(), &session.workspace().packages);
    if is_path(written) {
        return match written.ends_with(".rs") && !has_module(session, written) {
            true => module_of_file(session, written),
            false => Ok(Vec::new()),
        };
    }
    let name = written.strip_prefix("::").unwrap_or(written);
    let is_module = |name: &str| Term::parse(name).is_ok_and(|term| architecture.has_modules(&term));
    if is_module(name) {
        return Ok(Vec::new());
    }
    let is_used = |name: &str| Term::parse(name).is_ok_and(|term| !architecture.is_dead(&term));
    let may_be_new = written.starts_with("::") || is_used(name);
    let Some(external) = plan::external(graph, packages, name, may_be_new) else { return Ok(Vec::new()) };
    // The whole is planned last, since the argument stands for it.
    let named = plan::named_below(session.setup(), name);
    Ok(named.into_iter().map(Planned::External).chain([external]).collect())
}

/// Returns whether the file contains a module, or a part of one.
fn has_module(session: &Session, written: &str) -> bool {
    let graph = session.graph();
    let Some((place, true)) = on_disk(&session.workspace().root, written) else { return false };
    let of_module = |file| graph.files[file] == place;
    graph.nodes.iter().filter_map(|node| node.module.as_ref()).any(|module| of_module(module.file))
        || graph.sites.iter().any(|site| of_module(site.file))
}

/// Returns the modules that the file would hold, relative to the current folder or else to the
/// workspace root.
fn module_of_file(session: &Session, written: &str) -> anyhow::Result<Vec<Planned>> {
    let root = &session.workspace().root;
    let candidates = [env::current_dir().ok(), Some(root.clone())].into_iter().flatten();
    let mut reason = plan::NoPlace::Outside;
    for file in candidates.filter_map(|base| plan::within(root, &base.join(written))) {
        match plan::modules_of(session.graph(), &session.workspace().packages, &file) {
            Ok(planned) => return Ok(planned),
            Err(plan::NoPlace::Outside) => {}
            Err(other) => reason = other,
        }
    }
    bail!("no module is in `{}`, and none can be: {reason}", Printable(written))
}

/// Returns the module that defines the item `written`, if there is no module of that name.
fn module_of_item(architecture: &Architecture<'_>, written: &str) -> Option<NodeId> {
    let graph = architecture.graph;
    let (module, item) = written.rsplit_once("::")?;
    let is_one = |path: &str| graph.nodes.iter().position(|node| node.id == path && node.module.is_some());
    if is_one(written).is_some() {
        return None;
    }
    let module = NodeId::from_usize(is_one(module)?);
    graph.exports(module).any(|(_, export)| graph.names.text(export.name) == item).then_some(module)
}
