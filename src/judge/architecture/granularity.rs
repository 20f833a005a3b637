//! What modules are taken together as, wherever the graph is looked at from further off.

use serde::Serialize;

/// How coarse the parts are that a graph is shown, compared or counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// Every module.
    #[default]
    Module,
    /// Every target of every package.
    Crate,
    /// Every declared component; a module that belongs to none stands as its package ([`of_package`]).
    Component,
    /// Every layer; a module that is in none stands as at [`Granularity::Component`].
    Layer,
}

impl Granularity {
    /// All of them, the finest first.
    pub const ALL: [Self; 4] = [Self::Module, Self::Crate, Self::Component, Self::Layer];

    /// What one of the parts is called, on the command line and in formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Layer => "layer",
        }
    }
}

/// The part that stands for the modules of `package` that belong to no component, as a selector spells it.
pub fn of_package(package: &str) -> String {
    format!("package:{package}")
}

/// The part that stands for the modules of the layer `name`, as a selector spells it.
pub fn of_layer(name: &str) -> String {
    format!("layer:{name}")
}
