//! The sizes of the parts that are measured.

/// The size of a measured part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A module by itself, without the modules below it.
    Module,
    /// A target of a package, with all its modules.
    Crate,
    /// A declared component, with all modules that it owns.
    Component,
    /// All modules of the workspace.
    Whole,
}

impl Level {
    /// Every level, the smallest first.
    pub const ALL: [Self; 4] = [Self::Module, Self::Crate, Self::Component, Self::Whole];

    /// Returns the name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Whole => "whole",
        }
    }
}
