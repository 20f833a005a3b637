//! Components as declared: in `[components.NAME]`, or beside the code in
//! `[package.metadata.archlint]`.

use rustc_hash::FxHashSet;

use super::{
    fields::Fields,
    key::{Holds, Key},
    source::Source,
    value::Table,
    written::Written,
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        pattern::{Matcher, Segment, Selector, Term},
        place::{Located, Place},
        suggest,
    },
    judge::architecture::Component,
};

/// The additional key of `[components.NAME]`.
pub const MODULES: &[Key] =
    &[Key::required("modules", Holds::Selectors, "the modules that belong to the component")];
/// The keys of a component, wherever it is declared.
pub const KEYS: &[Key] = &[
    Key::new(
        "exposes",
        Holds::Selectors,
        "the public interface of the component; default: all of its modules",
    ),
    Key::new(
        "depends-on",
        Holds::Strings("component names"),
        "the components that it depends on; default: not checked; []: none",
    ),
    Key::new(
        "visible-to",
        Holds::Strings("component names"),
        "the components that may depend on it; default: all",
    ),
    Key::new("layer", Holds::Name, "the layer of the component"),
    Key::new("tags", Holds::Strings("names"), "names by which rules can select the component"),
    Key::new("owner", Holds::Name, "the person or team responsible for the component"),
];

/// The additional keys of a component in a manifest's metadata.
const METADATA: &[Key] = &[
    Key::new("name", Holds::Name, "the name of the component; default: that of the package"),
    Key::new(
        "modules",
        Holds::Selectors,
        "the modules that belong to the component; default: those of the package",
    ),
];

/// Reads a component from `[components.NAME]`.
pub fn from_table(name: &str, table: &Written) -> (Component, Vec<Diagnostic>) {
    let mut fields = Fields::of(table, &[MODULES, KEYS]);
    let modules = fields.selector("modules").unwrap_or_default();
    let component = read(name.to_owned(), modules, &mut fields);
    (component, fields.finish())
}

/// Reads a component from `[package.metadata.archlint]` of `package`.
pub fn from_metadata(package: &str, table: &Table, source: &Source) -> (Component, Vec<Diagnostic>) {
    let mut fields = Fields::new(table, source, 0..0, &[METADATA, KEYS]);
    let name = fields.string("name").map_or_else(|| package.to_owned(), |n| n.value);
    let modules = fields.selector("modules").unwrap_or_else(|| whole_package(package, fields.place()));
    let component = read(name, modules, &mut fields);
    (component, fields.finish())
}

fn whole_package(package: &str, place: &Place) -> Selector {
    let matcher = Matcher::Package(Segment::Literal(package.to_owned()));
    let term = Term {
        text: format!("package:{package}"),
        exclude: false,
        matcher,
        place: place.clone(),
        optional: false,
    };
    Selector { terms: vec![term] }
}

fn read(name: String, modules: Selector, fields: &mut Fields<'_>) -> Component {
    check_modules(&modules, fields);
    let exposes = fields.selector("exposes");
    let mut tags: Vec<String> =
        fields.strings("tags").unwrap_or_default().into_iter().map(|t| t.value).collect();
    tags.sort_unstable();
    tags.dedup();
    Component {
        name,
        modules,
        exposes,
        depends_on: fields.strings("depends-on"),
        visible_to: fields.strings("visible-to"),
        layer: fields.string("layer").map(|l| l.value),
        tags,
        owner: fields.string("owner").map(|o| o.value),
        place: fields.place().clone(),
        modules_place: fields.place_of("modules"),
    }
}

/// Reports terms other than paths and packages: a component made of components, layers or tags
/// could define itself by itself.
fn check_modules(modules: &Selector, fields: &mut Fields<'_>) {
    for term in &modules.terms {
        if matches!(term.matcher, Matcher::Component(_) | Matcher::Layer(_) | Matcher::Tag(_)) {
            let message = format!("a component's modules are paths or packages, not `{}`", term.text);
            fields.error(term.place.say(Diagnostic::error(codes::COMPONENT_MODULES, message)));
        }
    }
}

/// Returns an error for each name in `depends-on` and `visible-to` that is unknown or the
/// component's own.
pub fn check_references(components: &[Component]) -> Vec<Diagnostic> {
    let known: FxHashSet<&str> = components.iter().map(|component| component.name.as_str()).collect();
    let mut errors = Vec::new();
    for component in components {
        let lists = component.depends_on.iter().chain(&component.visible_to);
        for name in lists.flatten() {
            errors.extend(check_reference(component, name, components, &known));
        }
    }
    errors
}

fn check_reference(
    component: &Component,
    name: &Located<String>,
    components: &[Component],
    known: &FxHashSet<&str>,
) -> Option<Diagnostic> {
    if name.value == component.name {
        let message = format!("the component `{}` names itself", name.value);
        return Some(name.place.say(Diagnostic::error(codes::COMPONENT_ITSELF, message)));
    }
    if known.contains(name.value.as_str()) {
        return None;
    }
    let mut error =
        Diagnostic::error(codes::UNKNOWN_COMPONENT, format!("there is no component `{}`", name.value));
    error.help = suggest::help(&name.value, components.iter().map(|component| component.name.as_str()));
    Some(name.place.say(error))
}
