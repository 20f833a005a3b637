//! The items that paths lead to, including those of the model of other crates.

use smallvec::SmallVec;

use super::{
    super::{
        binding::Def,
        ids::{ExternalId, InstanceId, ItemId, ScopeId},
        paths::{Hit, Lookup, Origin, Query},
    },
    inference::Inference,
    types::Key,
    world::World,
};
use crate::{
    base::name::Name,
    rust::facts::{Namespace, Namespaces, PathStart, code::PathId},
};

/// The place that a path is looked up from.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub instance: InstanceId,
    pub scope: ScopeId,
}

/// The item that a path, or the start of one, leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Unknown,
    /// An item of the workspace or of the model, and the number of plain segments that name it.
    Item {
        item: ItemId,
        used: u32,
        /// Whether the path names a type without generic parameters, and nothing behind it.
        is_whole: bool,
    },
    /// A type of another crate, or a primitive type.
    Key {
        key: Key,
        used: u32,
    },
}

impl World<'_> {
    /// The plain segments of a path, as names of the workspace.
    pub fn segments(&self, instance: InstanceId, path: PathId) -> SmallVec<[Name; 4]> {
        let code = self.code(instance);
        code.values(code.paths[path].segments).map(|name| self.tables.name(instance, name)).collect()
    }

    /// Looks up a path.
    pub fn look_up(&self, place: Place, path: PathId, wanted: Namespaces, lookup: &mut Lookup) -> Meaning {
        let segments = self.segments(place.instance, path);
        let start = self.code(place.instance).paths[path].start;
        let krate = self.tables.instances[place.instance].krate;
        let origin = Origin { scope: place.scope, krate, order: 0, import: None };
        self.tables.look_up(Query { origin, start, segments: &segments, wanted }, lookup);
        lookup.missed.clear();
        let found = self.best_meaning(start, &segments, wanted, lookup);
        self.lang.or_primitive(self.tables, found)
    }

    fn best_meaning(
        &self,
        start: PathStart,
        segments: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) -> Meaning {
        let best = lookup.hits.iter().enumerate().max_by_key(|(at, hit)| {
            (hit.used, hit.plain, matches!(hit.def, Def::Item(_)), std::cmp::Reverse(*at))
        });
        match best.map(|(_, hit)| *hit) {
            Some(hit) => self.meaning_of_hit(&hit, segments, wanted, lookup),
            None if start == PathStart::Plain => self.meaning_of_prelude(segments, wanted, lookup),
            None => Meaning::Unknown,
        }
    }

    fn meaning_of_hit(
        &self,
        hit: &Hit,
        segments: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) -> Meaning {
        match hit.def {
            Def::Item(item) => Meaning::Item { item, used: hit.used as u32, is_whole: false },
            Def::External(external) => self.meaning_outside(external, hit.used, segments, wanted, lookup),
            Def::Builtin => self.meaning_of_prelude(&segments[hit.used.saturating_sub(1)..], wanted, lookup),
            Def::Module(_) | Def::Macro(_) | Def::Unseen(_) => Meaning::Unknown,
        }
    }

    /// The meaning of a path into another crate: in the model, if it has the item; else the first
    /// segment with a capital initial is a type.
    fn meaning_outside(
        &self,
        external: ExternalId,
        used: usize,
        segments: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) -> Meaning {
        let tables = self.tables;
        let chain = std::iter::successors(Some(external), |&id| tables.externals[id].parent);
        let mut names: SmallVec<[Name; 8]> = chain.map(|id| tables.externals[id].name).collect();
        names.reverse();
        let before = names.len();
        names.extend_from_slice(&segments[used..]);
        if let Some((item, of)) = self.model_item(&names, wanted, lookup)
            && (of + used).saturating_sub(before) <= segments.len()
        {
            let used = (of + used).saturating_sub(before) as u32;
            return Meaning::Item { item, used, is_whole: false };
        }
        let is_type = |name: &Name| tables.names.text(*name).starts_with(char::is_uppercase);
        let at = names.iter().position(is_type).filter(|&at| at + 1 >= before);
        match at {
            Some(at) => {
                let key = Key::Foreign(names[0], names[at]);
                Meaning::Key { key, used: (at + 1 + used).saturating_sub(before) as u32 }
            }
            None => Meaning::Unknown,
        }
    }

    /// The meaning of a path whose first name is in scope everywhere.
    fn meaning_of_prelude(&self, segments: &[Name], wanted: Namespaces, lookup: &mut Lookup) -> Meaning {
        let Some(&first) = segments.first() else { return Meaning::Unknown };
        if self.lang.is_primitive(first) && (segments.len() > 1 || wanted.has(Namespace::Types)) {
            return Meaning::Key { key: Key::Primitive(first), used: 1 };
        }
        match self.model_item(segments, wanted, lookup) {
            Some((item, used)) => Meaning::Item { item, used: used as u32, is_whole: false },
            None => Meaning::Unknown,
        }
    }
}

impl Inference<'_> {
    /// Looks up a path of the body, whose plain segments are these.
    pub fn look_up(&mut self, path: PathId, segments: &[Name], wanted: Namespaces) -> Meaning {
        if self.code.paths[path].start != PathStart::Plain {
            return self.world.look_up(self.place, path, wanted, &mut self.lookup);
        }
        let asked = (self.place.scope, wanted, SmallVec::from_slice(segments));
        if let Some(&known) = self.meanings.get(&asked) {
            return known;
        }
        let found = self.world.look_up(self.place, path, wanted, &mut self.lookup);
        self.meanings.insert(asked, found);
        found
    }
}
