//! `std::any`.

pub struct TypeId {}

impl TypeId {
    pub fn of<T>() -> TypeId {}
}

impl Clone for TypeId {}
impl Copy for TypeId {}
impl PartialEq for TypeId {}
impl Eq for TypeId {}
impl PartialOrd for TypeId {}
impl Ord for TypeId {}
impl crate::hash::Hash for TypeId {}
impl crate::fmt::Debug for TypeId {}

pub trait Any {
    fn type_id(&self) -> TypeId;
}

impl<T> Any for T {}

impl dyn Any {
    pub fn is<T>(&self) -> bool {}
    pub fn downcast_ref<T>(&self) -> Option<&T> {}
    pub fn downcast_mut<T>(&mut self) -> Option<&mut T> {}
}

pub fn type_name<T>() -> &str {}
pub fn type_name_of_val<T>(value: &T) -> &str {}
