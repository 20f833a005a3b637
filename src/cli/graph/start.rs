//! How the HTML page opens: what the arguments ask for, in the words of the page's address.
//!
//! The page holds the whole graph, so that its reader can go anywhere. What would narrow a drawing down is no business of
//! a file that has a search; that it does not is said.

use super::{Arguments, ColorArgument, LevelArgument, scope::say};

/// The beginning of a page that `arguments` ask for. What a page has no use for is said on standard error.
pub fn start(arguments: &Arguments) -> String {
    let narrowing = arguments.scope.narrowing();
    if !narrowing.is_empty() {
        say(&format!(
            "the page holds the whole graph, whatever {} says: search in it",
            narrowing.join(" or ")
        ));
    }
    let by = match arguments.level {
        LevelArgument::Crate => "by=package",
        LevelArgument::Component => "by=component",
        LevelArgument::Module | LevelArgument::Layer => "",
    };
    let color = match arguments.look.color_by {
        ColorArgument::Layer => "color=layer",
        ColorArgument::Component => "color=component",
        ColorArgument::Instability => "color=instability",
        ColorArgument::None => "",
    };
    let switches = [
        (arguments.scope.only_violations, "only=1"),
        (arguments.scope.reduce, "reduce=1"),
        (arguments.look.externals, "externals=1"),
        (arguments.tests, "tests=1"),
    ];
    let on = switches.iter().filter(|(is_on, _)| *is_on).map(|(_, field)| *field);
    let fields: Vec<&str> = [by, color].into_iter().filter(|field| !field.is_empty()).chain(on).collect();
    fields.join("&")
}
