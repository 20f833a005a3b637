//! Where texts stand that are not in boxes: names of frames beside the lines that enter them, rules' names beside arrows.

use super::{
    super::{
        font,
        geometry::{Point, Rect},
        picture::{Arrow, Picture},
    },
    Layout, MOST_CHARACTERS, PADDING, Route, SIDE, TITLE, TITLE_HEIGHT, Way,
};

/// What is written beside `arrow`: the rules that it breaks, or else its label.
pub fn beside(arrow: &Arrow) -> String {
    let text = if arrow.broken.is_empty() { arrow.label.clone() } else { arrow.broken.join(", ") };
    font::shown(&text, MOST_CHARACTERS)
}

/// The name of each frame, in its upper left, moved right as far as lines enter there.
pub fn titles(picture: &Picture, layout: &Layout) -> Vec<Rect> {
    let lines = uprights(&layout.arrows);
    let title = |(frame, rect): (&super::super::picture::Frame, &Rect)| {
        let width = font::width(&font::shown(&frame.label, MOST_CHARACTERS), TITLE);
        let (left, last) = (rect.x + PADDING - 4.0, rect.right() - PADDING - width);
        let crosses = |x: &f64| {
            let strip = Rect { x: x - 4.0, y: rect.y + 2.0, width: width + 8.0, height: TITLE_HEIGHT - 6.0 };
            let from = lines.partition_point(|l| l.x <= strip.x);
            let near = lines[from..].iter().take_while(|l| l.x < strip.right());
            near.filter(|l| l.y < strip.bottom() && strip.y < l.bottom()).map(|l| l.x + 5.0).reduce(f64::max)
        };
        let mut x = left;
        while let Some(next) = crosses(&x).filter(|next| *next <= last) {
            x = next;
        }
        let x = if crosses(&x).is_some() { left } else { x };
        Rect { x, y: rect.y + 4.0, width, height: TITLE_HEIGHT - 8.0 }
    };
    picture.frames.iter().zip(&layout.frames).map(title).collect()
}

/// The upright parts of all lines, as rectangles without width, from left to right.
fn uprights(routes: &[Route]) -> Vec<Rect> {
    let mut lines: Vec<Rect> = Vec::new();
    for pair in routes.iter().flat_map(|r| r.points.windows(2)) {
        if pair[0].x == pair[1].x {
            let (top, bottom) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
            lines.push(Rect { x: pair[0].x, y: top, width: 0.0, height: bottom - top });
        }
    }
    lines.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).then(a.height.total_cmp(&b.height)));
    lines.dedup();
    lines
}

/// A place beside each arrow that has a text: on its line, off boxes and other texts where there is such a place.
pub fn labels(picture: &Picture, layout: &Layout) -> Vec<Option<Rect>> {
    let mut taken: Vec<Rect> = Vec::new();
    let mut labels = vec![None; picture.arrows.len()];
    // Rules' names matter more than counts: they choose first.
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|&at| picture.arrows[at].broken.is_empty());
    for at in order {
        let text = beside(&picture.arrows[at]);
        if !text.is_empty() {
            let size = (font::width(&text, SIDE) + 6.0, SIDE.size + 4.0);
            let rect = best(&layout.arrows[at], size, layout, &taken);
            taken.push(rect);
            labels[at] = Some(rect);
        }
    }
    labels
}

/// The first place along `route` that touches nothing, or else the one that touches least.
fn best(route: &Route, size: (f64, f64), layout: &Layout, taken: &[Rect]) -> Rect {
    let mut best: Option<(f64, Rect)> = None;
    for point in candidates(route) {
        let rect = Rect { x: point.x - size.0 / 2.0, y: point.y - size.1 / 2.0, width: size.0, height: size.1 };
        let rect = inside(rect, layout);
        let obstacles = layout.boxes.iter().chain(&layout.titles).chain(taken);
        let cost: f64 = obstacles.map(|o| shared(&rect, o)).sum();
        if cost == 0.0 {
            return rect;
        }
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, rect));
        }
    }
    best.map_or(Rect::default(), |(_, rect)| rect)
}

/// Points on a line, those in its middle first.
fn candidates(route: &Route) -> Vec<Point> {
    if route.way == Way::Around {
        return route.points.iter().map(|p| Point { x: p.x + 12.0, y: p.y }).collect();
    }
    let mut points = Vec::new();
    for share in [0.5, 0.35, 0.65, 0.2, 0.8] {
        for pair in route.points.windows(2) {
            points.push(along(pair[0], pair[1], share));
        }
    }
    points
}

/// A point of the line between two points of a route, from 0 at the first to 1 at the second.
fn along(a: Point, b: Point, share: f64) -> Point {
    // The curve is a cubic whose controls are at half height: x goes by the smooth step, y by its own cubic.
    let t = share;
    let (u, half) = (1.0 - t, f64::midpoint(a.y, b.y));
    let x = a.x * (u * u * u + 3.0 * u * u * t) + b.x * (3.0 * u * t * t + t * t * t);
    let y = a.y * u * u * u + half * (3.0 * u * u * t + 3.0 * u * t * t) + b.y * t * t * t;
    Point { x, y }
}

/// The same, moved into the picture.
fn inside(rect: Rect, layout: &Layout) -> Rect {
    Rect { x: rect.x.min(layout.size.width - rect.width - 2.0).max(2.0), ..rect }
}

/// The area that two rectangles share.
fn shared(a: &Rect, b: &Rect) -> f64 {
    let x = (a.right().min(b.right()) - a.x.max(b.x)).max(0.0);
    let y = (a.bottom().min(b.bottom()) - a.y.max(b.y)).max(0.0);
    x * y
}
