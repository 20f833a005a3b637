//! The types and traits that the language itself uses: the operands of `?`, `for` and `*`, and the
//! types of literals.

use rustc_hash::FxHashSet;

use super::{
    super::{
        ids::{ItemId, ModuleId},
        tables::Tables,
    },
    meaning::Meaning,
    types::Key,
};
use crate::base::name::Name;

const PRIMITIVES: &str = "bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f16 f32 f64 f128";

/// Traits that derives implement, or that the compiler implements for the types that can have them.
const DERIVED: &str = "Clone Copy Debug Default PartialEq Eq PartialOrd Ord Hash Send Sync Sized Unpin Any";

const DERIVES: &str = "Clone Copy Debug Default PartialEq Eq PartialOrd Ord Hash";

/// The names that inference compares with, and the items of the model that the language uses.
#[derive(Debug, Default)]
pub struct Lang {
    primitives: FxHashSet<Name>,
    /// The module of the items that stand for primitive types in the models.
    primitive_module: Option<ModuleId>,
    pub derived: FxHashSet<ItemId>,
    /// The names of the derives of the standard library.
    derives: FxHashSet<Name>,
    pub self_type: Option<Name>,
    pub output: Option<Name>,
    pub item: Option<Name>,
    pub target: Option<Name>,
    pub bool_: Option<Key>,
    pub char_: Option<Key>,
    pub str_: Option<Key>,
    pub u8_: Option<Key>,
    pub option: Option<ItemId>,
    pub result: Option<ItemId>,
    pub poll: Option<ItemId>,
    pub string: Option<ItemId>,
    pub vec: Option<ItemId>,
    /// The types through which a method can take `self`.
    pub pointers: Vec<ItemId>,
    pub control_flow: Option<ItemId>,
    pub c_str: Option<ItemId>,
    pub arguments: Option<ItemId>,
    /// `FnOnce`, `FnMut`, `Fn` and their `async` counterparts.
    pub functions: Vec<ItemId>,
    pub future: Option<ItemId>,
    pub into_future: Option<ItemId>,
    pub iterator: Option<ItemId>,
    pub into_iterator: Option<ItemId>,
    pub deref: Option<ItemId>,
    pub index: Option<ItemId>,
    /// The traits of `+`, `-`, `*`, `/`, `%`, `&` and `<<`.
    pub operators: [Option<ItemId>; 7],
    /// The traits of `-` and `!`.
    pub negations: [Option<ItemId>; 2],
    pub ranges: [Option<ItemId>; 6],
}

impl Lang {
    /// Finds the items in the model by `find`, which is given a path such as `std::vec::Vec`.
    pub fn new(tables: &Tables, find: impl Fn(&str) -> Option<ItemId>) -> Self {
        let name = |text: &str| tables.names.get(text);
        let primitive = |text: &str| name(text).map(Key::Primitive);
        let functions = ["FnOnce", "FnMut", "Fn", "AsyncFnOnce", "AsyncFnMut", "AsyncFn"];
        let derived = DERIVED.split(' ').filter_map(&find);
        let derived = derived.chain(
            ["std::fmt::Debug", "std::hash::Hash", "std::any::Any", "std::error::Error", "std::fmt::Display"]
                .into_iter()
                .filter_map(&find),
        );
        Self {
            primitive_module: find("std::primitive::str").map(|item| tables.items[item].module),
            primitives: PRIMITIVES.split(' ').filter_map(name).collect(),
            derived: derived.collect(),
            derives: DERIVES.split(' ').filter_map(name).collect(),
            self_type: name("Self"),
            output: name("Output"),
            item: name("Item"),
            target: name("Target"),
            bool_: primitive("bool"),
            char_: primitive("char"),
            str_: primitive("str"),
            u8_: primitive("u8"),
            option: find("std::option::Option"),
            result: find("std::result::Result"),
            poll: find("std::task::Poll"),
            string: find("std::string::String"),
            vec: find("std::vec::Vec"),
            pointers: ["boxed::Box", "rc::Rc", "sync::Arc", "pin::Pin"]
                .iter()
                .filter_map(|of| find(&format!("std::{of}")))
                .collect(),
            control_flow: find("std::ops::ControlFlow"),
            c_str: find("std::ffi::CStr"),
            arguments: find("std::fmt::Arguments"),
            functions: functions.iter().filter_map(|of| find(&format!("std::ops::{of}"))).collect(),
            future: find("std::future::Future"),
            into_future: find("std::future::IntoFuture"),
            iterator: find("std::iter::Iterator"),
            into_iterator: find("std::iter::IntoIterator"),
            deref: find("std::ops::Deref"),
            index: find("std::ops::Index"),
            operators: ["Add", "Sub", "Mul", "Div", "Rem", "BitAnd", "Shl"]
                .map(|of| find(&format!("std::ops::{of}"))),
            negations: ["Neg", "Not"].map(|of| find(&format!("std::ops::{of}"))),
            ranges: ["Range", "RangeInclusive", "RangeFrom", "RangeTo", "RangeToInclusive", "RangeFull"]
                .map(|of| find(&format!("std::ops::{of}"))),
        }
    }

    /// The primitive type, if the meaning is the item that stands for one in the models.
    pub fn or_primitive(&self, tables: &Tables, meaning: Meaning) -> Meaning {
        match meaning {
            Meaning::Item { item, used, .. } if Some(tables.items[item].module) == self.primitive_module => {
                Meaning::Key { key: Key::Primitive(tables.items[item].name), used }
            }
            other => other,
        }
    }

    /// Whether a name is that of a primitive type.
    pub fn is_primitive(&self, name: Name) -> bool {
        self.primitives.contains(&name)
    }

    /// Whether a name is that of a derive of the standard library.
    pub fn is_derive(&self, name: Name) -> bool {
        self.derives.contains(&name)
    }

    /// Whether a trait is `FnOnce` or one of its kin.
    pub fn is_function(&self, of_trait: Key) -> bool {
        matches!(of_trait, Key::Item(item) if self.functions.contains(&item))
    }
}
