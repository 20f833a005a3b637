//! The size of the parts into which modules are grouped when a graph is summarised.

use serde::Serialize;

/// The size of the parts that a graph is shown, compared or counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// Every module.
    #[default]
    Module,
    /// Every target of every package.
    Crate,
    /// Every declared component; a module outside any component counts towards its package
    /// ([`of_package`]).
    Component,
    /// Every layer; a module outside any layer is treated as in [`Granularity::Component`].
    Layer,
}

impl Granularity {
    /// Every granularity, the finest first.
    pub const ALL: [Self; 4] = [Self::Module, Self::Crate, Self::Component, Self::Layer];

    /// Returns the name of one such part, as used on the command line and in formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Crate => "crate",
            Self::Component => "component",
            Self::Layer => "layer",
        }
    }
}

/// Returns the name of the part for the modules of `package` that belong to no component, in the
/// syntax of a selector.
pub fn of_package(package: &str) -> String {
    format!("package:{package}")
}

/// Returns the name of the part for the modules of the layer `name`, in the syntax of a selector.
pub fn of_layer(name: &str) -> String {
    format!("layer:{name}")
}
