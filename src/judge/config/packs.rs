//! The packs that come with archlint: configurations that can be extended by name. Their text is in
//! `rules/packs`.

/// A pack.
#[derive(Debug, Clone, Copy)]
pub struct Pack {
    /// The name used in `extends`.
    pub name: &'static str,
    /// The purpose in one line.
    pub summary: &'static str,
    /// The configuration, comments included.
    pub text: &'static str,
}

/// All packs, by name.
pub const PACKS: &[Pack] = &[
    Pack {
        name: "clean-architecture",
        summary: "frameworks, adapters, use cases, entities: dependencies point inward",
        text: include_str!("../../../rules/packs/clean-architecture.toml"),
    },
    Pack {
        name: "complexity",
        summary: "ceilings for size, complexity and coupling; no cycles",
        text: include_str!("../../../rules/packs/complexity.toml"),
    },
    Pack {
        name: "health-data",
        summary: "health data behind an audited gateway, with the HIPAA and SOC 2 criteria that each rule gives evidence for",
        text: include_str!("../../../rules/packs/health-data.toml"),
    },
    Pack {
        name: "hexagonal",
        summary: "ports and adapters: the core depends on no adapter, and no adapter on another",
        text: include_str!("../../../rules/packs/hexagonal.toml"),
    },
    Pack {
        name: "layered",
        summary: "presentation, application, domain, infrastructure: each layer depends only on those below it",
        text: include_str!("../../../rules/packs/layered.toml"),
    },
    Pack {
        name: "modular-monolith",
        summary: "every module in a component, no cycle among them, a shared kernel and a composition root",
        text: include_str!("../../../rules/packs/modular-monolith.toml"),
    },
    Pack {
        name: "onion",
        summary: "a domain model at the centre, services around it, interface and infrastructure outside",
        text: include_str!("../../../rules/packs/onion.toml"),
    },
];

/// The prefix of a pack's name where messages name files.
const PREFIX: &str = "pack:";

/// Returns the pack called `name`.
pub fn find(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name == name)
}

/// Returns the file name of the pack `name`, as used in messages.
pub fn file_name(name: &str) -> String {
    format!("{PREFIX}{name}")
}

/// Returns the pack whose file name is `file`.
pub fn of_file(file: &str) -> Option<&'static Pack> {
    find(file.strip_prefix(PREFIX)?)
}
