//! The initial state of the HTML page: the arguments, in the syntax of the page's address.
//!
//! The page contains the whole graph, so that its reader can go anywhere. Arguments that narrow a
//! drawing do not apply to the page, which has a search; a note says so.

use super::{Arguments, ColorArgument, DrawnLevel, narrowing::say};

/// Returns the initial state of the page for `arguments`. Prints a note about arguments that do not
/// apply to the page.
pub fn start(arguments: &Arguments) -> String {
    let narrowing = arguments.narrowing.given();
    if !narrowing.is_empty() {
        say(&format!(
            "the page contains the whole graph, regardless of {}: search in it",
            narrowing.join(" or ")
        ));
    }
    let by = match arguments.level {
        DrawnLevel::Crate => "by=package",
        DrawnLevel::Component => "by=component",
        DrawnLevel::Module | DrawnLevel::Layer => "",
    };
    let color = match arguments.look.color_by {
        ColorArgument::Layer => "color=layer",
        ColorArgument::Component => "color=component",
        ColorArgument::Instability => "color=instability",
        ColorArgument::None => "",
    };
    let switches = [
        (arguments.narrowing.only_violations, "only=1"),
        (arguments.narrowing.reduce, "reduce=1"),
        (arguments.look.externals, "externals=1"),
        (arguments.tests, "tests=1"),
    ];
    let on = switches.iter().filter(|(is_on, _)| *is_on).map(|(_, field)| *field);
    let fields: Vec<&str> = [by, color].into_iter().filter(|field| !field.is_empty()).chain(on).collect();
    fields.join("&")
}
