//! `std::error`.

use crate::fmt::{Debug, Display};

pub trait Error: Debug + Display {
    fn source(&self) -> Option<&(dyn Error + 'static)> {}
    fn description(&self) -> &str {}
    fn cause(&self) -> Option<&dyn Error> {}
}

impl dyn Error {
    pub fn is<T: Error>(&self) -> bool {}
    pub fn downcast_ref<T: Error>(&self) -> Option<&T> {}
    pub fn downcast_mut<T: Error>(&mut self) -> Option<&mut T> {}
    pub fn downcast<T: Error>(self: Box<Self>) -> Result<Box<T>, Box<dyn Error>> {}
}

impl<T: Error> Error for &T {}
impl<T: Error> Error for Box<T> {}
impl<T: Error> Error for crate::sync::Arc<T> {}
impl<E: Error> From<E> for Box<dyn Error> {}
impl From<String> for Box<dyn Error> {}
impl From<&str> for Box<dyn Error> {}
