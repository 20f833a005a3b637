//! Dense ids: an index type for each kind of thing, for [`IndexVec`](index_vec::IndexVec)s.
//!
//! An id takes four bytes, and so does the `Option` of an id: a reference has many optional ids, and
//! a workspace has millions of references.

/// Defines an id. An id is written as its index. Reading one never panics; whether the index leads
/// anywhere must be checked by the reader.
macro_rules! dense_id {
    ($(#[$attribute:meta])* $visibility:vis struct $id:ident;) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $id(std::num::NonZeroU32); // the index and one

        #[allow(dead_code, reason = "not every id is used in every way")]
        impl $id {
            /// Returns the id with this index, which is less than `u32::MAX`.
            $visibility const fn from_raw(index: u32) -> Self {
                match std::num::NonZeroU32::new(index.wrapping_add(1)) {
                    Some(number) => Self(number),
                    None => panic!("an id is less than 2^32 - 1"),
                }
            }

            /// Returns the id with this index, which is less than `u32::MAX`.
            $visibility fn from_usize(index: usize) -> Self {
                Self::from_raw(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Returns the index.
            $visibility const fn raw(self) -> u32 {
                self.0.get() - 1
            }

            /// Returns the index.
            $visibility const fn index(self) -> usize {
                self.raw() as usize
            }
        }

        impl std::fmt::Debug for $id {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.raw(), f)
            }
        }

        impl index_vec::Idx for $id {
            #[inline]
            fn from_usize(index: usize) -> Self {
                Self::from_usize(index)
            }

            #[inline]
            fn index(self) -> usize {
                Self::index(self)
            }
        }

        impl serde::Serialize for $id {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u32(self.raw())
            }
        }

        impl<'de> serde::Deserialize<'de> for $id {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let index = <u32 as serde::Deserialize>::deserialize(deserializer)?;
                let number = std::num::NonZeroU32::new(index.wrapping_add(1));
                number.map(Self).ok_or_else(|| serde::de::Error::custom("an id is too large"))
            }
        }
    };
}

pub(crate) use dense_id;

#[cfg(test)]
mod tests {
    dense_id! {
        /// An id.
        struct Id;
    }

    #[test]
    fn an_optional_id_takes_no_more_than_an_id() {
        assert_eq!((size_of::<Id>(), size_of::<Option<Id>>()), (4, 4));
    }

    #[test]
    fn ids_are_written_as_their_indices() {
        for index in [0, 1, u32::MAX - 1] {
            let id = Id::from_raw(index);
            assert_eq!((id.raw(), id.index()), (index, index as usize));
            let text = serde_json::to_string(&id).unwrap();
            assert_eq!(text, index.to_string());
            assert_eq!(serde_json::from_str::<Id>(&text).unwrap(), id);
        }
    }

    #[test]
    fn reading_an_id_never_panics() {
        for wrong in ["4294967295", "4294967296", "-1", "null"] {
            assert!(serde_json::from_str::<Id>(wrong).is_err(), "{wrong}");
        }
    }
}
