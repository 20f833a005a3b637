//! Tests of events against their definitions, and of sparklines.

use super::{
    events::{What, alive, events},
    text::sparkline,
    *,
};

/// Returns trends of points with one metric and some cycles of modules each; `None` is a gap.
fn trends(points: &[Option<(f64, &[&str])>]) -> Trends {
    let cycle = |members: &&str| {
        let members = members.split(' ').map(str::to_owned).collect();
        Cycle { of: Of::Modules, members }
    };
    let point = |(at, point): (usize, &Option<(f64, &[&str])>)| {
        let measures = |(number, cycles): &(f64, &[&str])| Measures {
            whole: vec![Some(*number)],
            cycles: cycles.iter().map(cycle).collect(),
            ..Measures::default()
        };
        let state = point.as_ref().map(measures).ok_or_else(|| "broken".to_owned());
        Point { commit: Revision::sample(&format!("c{at}"), at as i64 * 86_400, "a subject"), state }
    };
    let metric = Metric { key: "n", title: "N".to_owned(), about: "a number", places: 0, floor: 2.0 };
    let points = points.iter().enumerate().map(point).collect();
    Trends { metrics: vec![metric], points, jump: 10.0, ..Trends::default() }
}

fn told(trends: &Trends) -> Vec<String> {
    let say = |event: events::Event<'_>| match event.what {
        What::Appeared(cycle) => format!("{} + {}", event.at, cycle.members.join(" ")),
        What::Gone(cycle) => format!("{} - {}", event.at, cycle.members.join(" ")),
        What::Jumped { from, to, .. } => format!("{} {from} {to}", event.at),
    };
    events(trends).into_iter().map(say).collect()
}

#[test]
fn a_cycle_lives_while_two_of_its_members_stay_together() {
    let history = [
        Some((1.0, &["a b c d"][..])),
        Some((1.0, &["a b", "c d"])),   // it splits: neither half is new
        Some((1.0, &["a b x", "y z"])), // one half grows, one goes, another comes
        None,
        Some((1.0, &["a z"])), // no two of those that there were
    ];
    let trends = trends(&history);
    assert_eq!(told(&trends), ["2 + y z", "2 - c d", "4 + a z", "4 - a b x", "4 - y z"]);
    let lives = alive(&trends);
    assert_eq!(lives[0].since.map(|commit| commit.id.as_str()), Some("c4"));
}

#[test]
fn what_the_first_commit_has_has_no_beginning() {
    let trends = trends(&[None, Some((1.0, &["a b"])), Some((1.0, &["a b c"]))]);
    assert_eq!(told(&trends), Vec::<String>::new());
    assert_eq!(alive(&trends)[0].since, None);
}

#[test]
fn a_jump_is_beyond_the_share_and_the_floor() {
    let numbers = [100.0, 109.0, 119.9, 120.0, 108.0, 2.0, 3.0, 5.0, 0.0, 2.0];
    let points: Vec<_> = numbers.map(|n| Some((n, &[][..]))).to_vec();
    assert_eq!(told(&trends(&points)), ["2 109 119.9", "4 120 108", "5 108 2", "7 3 5", "8 5 0", "9 0 2"]);
    let through_a_gap = trends(&[Some((10.0, &[])), None, Some((20.0, &[]))]);
    assert_eq!(told(&through_a_gap), ["2 10 20"]);
}

#[test]
fn lines_of_blocks() {
    let line = |numbers: &[Option<f64>]| sparkline(numbers);
    assert_eq!(line(&[Some(0.0), Some(7.0), None, Some(3.0)]), "▁█ ▄");
    assert_eq!(line(&[Some(5.0), Some(5.0)]), "▁▁");
    assert_eq!(line(&[None, None]), "");
    assert_eq!(line(&[]), "");
    // In a long series each block shows the last value of its part, so the last block shows the
    // last value.
    let long: Vec<Option<f64>> = (0..1000).map(|n| Some(f64::from(n))).collect();
    assert_eq!((line(&long).chars().count(), line(&long).chars().last()), (40, Some('█')));
}

/// The embedded third-party files are identical to the published ones.
#[test]
fn what_is_embedded_is_what_it_is_said_to_be() {
    use sha2::{Digest as _, Sha256};
    let said = include_str!("assets/uplot/README.md");
    let files = [
        ("uPlot.iife.min.js", include_str!("assets/uplot/uPlot.iife.min.js")),
        ("uPlot.min.css", include_str!("assets/uplot/uPlot.min.css")),
    ];
    for (name, text) in files {
        let sum: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(said.contains(&format!("| `{name}` | {sum} |")), "{name}: {sum}");
    }
}
