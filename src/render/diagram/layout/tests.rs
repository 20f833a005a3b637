//! Properties that hold for every picture.

use proptest::{collection::vec, option, prelude::*};

use super::{
    super::{
        geometry::{Point, Rect},
        picture::{Arrow, Frame, FrameRole, Picture, Shape},
        view::NodeKind,
    },
    *,
};

fn shape(at: usize, frame: Option<u32>, rank: Option<u32>, external: bool) -> Shape {
    Shape {
        key: at.to_string(),
        label: "module::".repeat(at % 4) + "name",
        tooltip: String::new(),
        kind: if external { NodeKind::External } else { NodeKind::Module },
        test: false,
        frame,
        rank,
        tint: None,
    }
}

fn arrow(from: u32, to: u32) -> Arrow {
    let label = if from.is_multiple_of(3) { "a-rule".to_owned() } else { String::new() };
    let broken = if from.is_multiple_of(3) { vec![label.clone()] } else { Vec::new() };
    Arrow { from, to, label, tooltip: String::new(), count: 1 + to, test: false, naming: false, broken }
}

fn frame(at: usize, role: FrameRole, parent: Option<u32>) -> Frame {
    Frame { key: at.to_string(), label: format!("frame {at}"), role, parent }
}

/// Pictures with nested frames, boxes in some of the frames, some boxes with ranks, and arbitrary
/// arrows.
fn pictures() -> impl Strategy<Value = Picture> {
    let role = prop_oneof![
        Just(FrameRole::Layer),
        Just(FrameRole::Component),
        Just(FrameRole::Crate),
        Just(FrameRole::External)
    ];
    let frames = vec((role, option::of(any::<prop::sample::Index>())), 0..7);
    let boxes = vec((any::<prop::sample::Index>(), option::of(0..4u32), prop::bool::weighted(0.1)), 0..24);
    let arrows = vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..50);
    (frames, boxes, arrows).prop_map(|(frames, boxes, arrows)| {
        let mut picture = Picture::default();
        for (at, (role, parent)) in frames.iter().enumerate() {
            let parent = parent.filter(|_| at > 0).map(|parent| parent.index(at) as u32);
            picture.frames.push(frame(at, *role, parent));
        }
        for (at, (place, rank, external)) in boxes.iter().enumerate() {
            let place = place.index(frames.len() + 1);
            let inside = (place < frames.len()).then_some(place as u32);
            picture.boxes.push(shape(at, inside, *rank, *external));
        }
        if !boxes.is_empty() {
            let ends = arrows.iter().map(|(a, b)| (a.index(boxes.len()) as u32, b.index(boxes.len()) as u32));
            let ends: std::collections::BTreeSet<(u32, u32)> = ends.collect();
            picture.arrows = ends.into_iter().map(|(from, to)| arrow(from, to)).collect();
        }
        picture
    })
}

/// Returns the frames around a frame, beginning with the frame itself.
fn around(picture: &Picture, frame: Option<u32>) -> Vec<u32> {
    std::iter::successors(frame, |f| picture.frames[*f as usize].parent).collect()
}

/// Returns the frames around each frame, as one row of flags for each frame. A parent precedes its
/// children.
fn around_each(picture: &Picture) -> Vec<Vec<bool>> {
    let mut rows: Vec<Vec<bool>> = Vec::new();
    for (at, frame) in picture.frames.iter().enumerate() {
        let mut row = frame
            .parent
            .map_or_else(|| vec![false; picture.frames.len()], |parent| rows[parent as usize].clone());
        row[at] = true;
        rows.push(row);
    }
    rows
}

/// Returns a slightly smaller rectangle, so that touching does not count as overlap.
fn inner(rect: &Rect) -> Rect {
    rect.grown(-0.01)
}

fn boxes_keep_apart(layout: &Layout) {
    for (at, a) in layout.boxes.iter().enumerate() {
        assert!(layout.boxes[..at].iter().all(|b| !inner(a).overlaps(b)), "{at}: {a:?}");
    }
}

fn frames_hold_what_is_in_them(picture: &Picture, layout: &Layout) {
    for (at, rect) in layout.boxes.iter().enumerate() {
        let holders = around(picture, picture.boxes[at].frame);
        for (frame, border) in (0u32..).zip(&layout.frames) {
            let inside = holders.contains(&frame);
            assert!(!inside || border.contains(rect), "box {at} leaves frame {frame}");
            assert!(inside || !inner(border).overlaps(rect), "box {at} is drawn in frame {frame}");
        }
    }
    let around = around_each(picture);
    for (at, a) in layout.frames.iter().enumerate() {
        for (other, b) in layout.frames.iter().enumerate().filter(|(other, _)| *other != at) {
            if around[at][other] {
                assert!(b.contains(a), "frame {at} leaves frame {other}");
            } else if !around[other][at] {
                assert!(!inner(a).overlaps(b), "frames {at} and {other}");
            }
        }
    }
}

fn arrows_join_borders(picture: &Picture, layout: &Layout) {
    for (arrow, route) in picture.arrows.iter().zip(&layout.arrows) {
        let (from, to) = (layout.boxes[arrow.from as usize], layout.boxes[arrow.to as usize]);
        let (first, last) = (route.points[0], route.points[route.points.len() - 1]);
        let on = |p: Point, r: Rect, y: f64| (p.y - y).abs() < 0.02 && r.x <= p.x && p.x <= r.right();
        match route.way {
            Way::Down => assert!(on(first, from, from.bottom()) && on(last, to, to.y), "{arrow:?} {route:?}"),
            Way::Up => assert!(on(first, from, from.y) && on(last, to, to.bottom()), "{arrow:?} {route:?}"),
            Way::Around => assert_eq!(arrow.from, arrow.to),
        }
    }
}

/// Asserts that lines pass no box, and no frame but those of their ends and those of layers.
fn lines_keep_clear(picture: &Picture, layout: &Layout) {
    for (arrow, route) in picture.arrows.iter().zip(&layout.arrows).filter(|(_, r)| r.way != Way::Around) {
        let mut own = around(picture, picture.boxes[arrow.from as usize].frame);
        own.extend(around(picture, picture.boxes[arrow.to as usize].frame));
        let layers = |f: u32| picture.frames[f as usize].role == FrameRole::Layer;
        let frames = (0u32..).zip(&layout.frames).filter(|(f, _)| !own.contains(f) && !layers(*f));
        let obstacles: Vec<&Rect> = layout.boxes.iter().chain(frames.map(|(_, rect)| rect)).collect();
        for pair in route.points.windows(2) {
            for step in 1..8 {
                let Point { x, y } = label::along(pair[0], pair[1], f64::from(step) / 8.0);
                let spot = Rect { x, y, width: 0.0, height: 0.0 };
                assert!(obstacles.iter().all(|o| !inner(o).overlaps(&spot)), "{arrow:?} {route:?}");
            }
        }
    }
}

fn layers_are_in_order(picture: &Picture, layout: &Layout) {
    let free = |at: &usize| picture.boxes[*at].frame.is_none();
    for a in (0..picture.boxes.len()).filter(free) {
        for b in (0..picture.boxes.len()).filter(free) {
            let (Some(upper), Some(lower)) = (picture.boxes[a].rank, picture.boxes[b].rank) else { continue };
            assert!(upper >= lower || layout.boxes[a].bottom() < layout.boxes[b].y, "{a} above {b}");
        }
    }
}

fn all_is_inside(layout: &Layout) {
    let Size { width, height } = layout.size;
    let whole = Rect { x: 0.0, y: 0.0, width, height };
    let rects = layout.boxes.iter().chain(&layout.frames).chain(&layout.titles);
    assert!(rects.chain(layout.labels.iter().flatten()).all(|rect| whole.contains(rect)));
    let points = layout.arrows.iter().flat_map(|route| &route.points);
    assert!(points.into_iter().all(|p| p.x >= 0.0 && p.x <= width && p.y >= 0.0 && p.y <= height));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(160) })]

    #[test]
    fn every_picture_is_laid_out_well(picture in pictures()) {
        let found = layout(&picture).expect("a small picture");
        boxes_keep_apart(&found);
        frames_hold_what_is_in_them(&picture, &found);
        arrows_join_borders(&picture, &found);
        lines_keep_clear(&picture, &found);
        layers_are_in_order(&picture, &found);
        all_is_inside(&found);
        prop_assert_eq!(found, layout(&picture).expect("the same"));
    }
}

#[test]
fn what_depends_stands_above() {
    let boxes = (0..3).map(|at| shape(at, None, None, false)).collect();
    let picture = Picture { boxes, arrows: vec![arrow(2, 1), arrow(1, 0)], ..Picture::default() };
    let found = layout(&picture).expect("a small picture");
    assert!(found.boxes[2].bottom() < found.boxes[1].y && found.boxes[1].bottom() < found.boxes[0].y);
}

/// In a cycle, the arrow that breaks a rule is the one that points up.
#[test]
fn what_breaks_a_rule_points_up() {
    let boxes = (0..3).map(|at| shape(at, None, None, false)).collect();
    let arrows = vec![arrow(1, 2), arrow(2, 0), arrow(0, 1)];
    let picture = Picture { boxes, arrows, ..Picture::default() };
    let ways: Vec<Way> =
        layout(&picture).expect("a small picture").arrows.iter().map(|route| route.way).collect();
    assert_eq!(ways, [Way::Down, Way::Down, Way::Up]);
}

/// A single row of a thousand boxes would be unreadable.
#[test]
fn wide_rows_are_folded() {
    let boxes = (0..1000).map(|at| shape(at, None, None, false)).collect();
    let picture = Picture { boxes, arrows: (1..1000).map(|to| arrow(0, to)).collect(), ..Picture::default() };
    let Size { width, height } = layout(&picture).expect("a picture").size;
    assert!(width < 6.0 * height && height < 6.0 * width, "{width} {height}");
}

#[test]
fn deep_nesting_needs_no_stack() {
    let frames: Vec<Frame> =
        (0..2000).map(|at| frame(at, FrameRole::Component, (at as u32).checked_sub(1))).collect();
    let boxes = vec![shape(0, Some(1999), None, false), shape(1, None, None, false)];
    let picture = Picture { frames, boxes, arrows: vec![arrow(0, 1), arrow(1, 0)], ..Picture::default() };
    let found = layout(&picture).expect("a picture");
    frames_hold_what_is_in_them(&picture, &found);
}

/// The first box depends on every box of a chain, so that lines pass every row.
#[test]
fn too_much_is_refused() {
    let boxes = (0..900).map(|at| shape(at, None, None, false)).collect();
    let chain = (1..900).map(|to| arrow(to - 1, to));
    let picture = Picture {
        boxes,
        arrows: chain.chain((2..900).map(|to| arrow(0, to))).collect(),
        ..Picture::default()
    };
    let refused = layout(&picture).expect_err("over 250,000 knots");
    assert!(refused.to_string().contains("900 boxes and 1797 arrows are too many"), "{refused}");
}
