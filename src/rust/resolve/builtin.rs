//! Names that are in scope everywhere: primitive types, and the standard library's prelude, macros
//! and derives (the Rust Reference, "Preludes"). They lead out of the workspace, but no path in the
//! source names their crate, so they yield no references.

use rustc_hash::FxHashSet;

use crate::{
    base::name::{Name, Names},
    rust::facts::{Namespace, PerNamespace},
};

const IN_TYPES: &str = "bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f16 f32 f64 f128 \
    Copy Send Sized Sync Unpin Drop Fn FnMut FnOnce AsyncFn AsyncFnMut AsyncFnOnce Box ToOwned Clone PartialEq PartialOrd Eq Ord AsRef AsMut Into From Default Iterator \
    Extend IntoIterator DoubleEndedIterator ExactSizeIterator Option Result String ToString Vec TryFrom TryInto \
    FromIterator Future IntoFuture \
    Some None Ok Err"; // variants, which struct patterns such as `None { .. }` look up as types

const IN_VALUES: &str = "drop Some None Ok Err size_of size_of_val align_of align_of_val";

const IN_MACROS: &str = "assert assert_eq assert_ne assert_matches cfg cfg_select column compile_error concat concat_bytes concat_idents \
    const_format_args dbg debug_assert debug_assert_eq debug_assert_ne debug_assert_matches env eprint eprintln file \
    format format_args format_args_nl global_asm asm naked_asm include include_bytes include_str is_x86_feature_detected line log_syntax matches \
    module_path option_env panic pattern_type print println stringify thread_local todo trace_macros try \
    unimplemented unreachable vec write writeln ready addr_of addr_of_mut \
    Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd CoercePointee \
    derive test bench global_allocator test_case cfg_accessible cfg_eval macro_rules";

/// Items of the standard library's traits that derives implement, or that types have by an `impl`
/// for all types of some sort.
const OF_COMMON_TRAITS: &str = "default clone clone_from eq ne cmp partial_cmp lt le gt ge max min clamp hash hash_slice fmt \
    from into try_from try_into Error as_ref as_mut borrow borrow_mut to_owned to_string Owned type_id drop from_iter \
    into_iter Item IntoIter";

/// The names that are in scope everywhere, by namespace.
#[derive(Debug, Default)]
pub(super) struct Builtin {
    names: PerNamespace<FxHashSet<Name>>,
    of_common_traits: FxHashSet<Name>,
    /// `std`.
    pub std: Option<Name>,
    /// `Error`.
    pub error: Option<Name>,
    /// The macro `include`, which reads a file.
    pub include: Option<Name>,
    /// The macro `include_proto` of tonic and others, which reads a file that a build wrote.
    pub include_proto: Option<Name>,
}

impl Builtin {
    pub fn new(names: &mut Names) -> Self {
        let mut set =
            |text: &str| text.split_whitespace().map(|name| names.intern(name)).collect::<FxHashSet<_>>();
        let mut all = PerNamespace::<FxHashSet<Name>>::default();
        all[Namespace::Types] = set(IN_TYPES);
        all[Namespace::Values] = set(IN_VALUES);
        all[Namespace::Macros] = set(IN_MACROS);
        let of_common_traits = set(OF_COMMON_TRAITS);
        let [std, error, include, include_proto] =
            ["std", "Error", "include", "include_proto"].map(|name| Some(names.intern(name)));
        Self { names: all, of_common_traits, std, error, include, include_proto }
    }

    /// Returns true if an item of that name may be a derive's.
    pub fn is_of_common_trait(&self, name: Name) -> bool {
        self.of_common_traits.contains(&name)
    }

    /// Returns true if the name is in scope everywhere in that namespace.
    pub fn has(&self, namespace: Namespace, name: Name) -> bool {
        self.names[namespace].contains(&name)
    }
}
