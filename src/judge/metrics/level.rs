//! What is measured.

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A module by itself, without those beneath it.
    Module,
    /// A target of a package: all modules of it.
    Crate,
    /// A declared component: all modules that it owns.
    Component,
    /// All modules of the workspace.
    Whole,
}

impl Level {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Module, Self::Crate, Self::Component, Self::Whole];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Whole => "whole",
        }
    }
}
