//! A small line over time, as plain SVG, with its meaning as text.

use std::fmt::Write;

use leptos::prelude::*;

/// The width and height of the drawing; the stylesheet stretches it.
const WIDTH: u64 = 1000;
const HEIGHT: u64 = 100;
/// A pause in the readings of more milliseconds is a gap in the line.
const GAP: u64 = 660_000;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Times and values, oldest first.
    pub points: Vec<(u64, u64)>,
    /// The value at the upper edge; none for the largest of the points.
    pub top: Option<u64>,
    /// The times at both sides.
    pub span: (u64, u64),
}

/// A line over time.
#[component]
pub fn Spark(
    /// What it shows, in words, with the figures that matter.
    #[prop(into)]
    label: Signal<String>,
    /// The points.
    #[prop(into)]
    line: Signal<Line>,
    /// A moment that is marked.
    #[prop(optional, into)]
    cursor: Signal<Option<u64>>,
) -> impl IntoView {
    let path = Memo::new(move |_| line.with(path));
    let mark = move || {
        let at = cursor.get()?;
        let x = line.with(|line| across(at, line.span)).to_string();
        Some(view! { <line class="spark-cursor" x1=x.clone() x2=x y1="0" y2=HEIGHT.to_string()/> })
    };
    view! {
        <svg
            class="spark"
            role="img"
            aria-label=move || label.get()
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
        >
            <path class="spark-line" d=move || path.get()/>
            {mark}
        </svg>
    }
}

fn across(at: u64, (from, until): (u64, u64)) -> u64 {
    let length = until.saturating_sub(from).max(1);
    let at = at.clamp(from, until.max(from)) - from;
    at.saturating_mul(WIDTH) / length
}

fn path(line: &Line) -> String {
    let largest = line.points.iter().map(|point| point.1).max();
    let top = line.top.or(largest).unwrap_or(1).max(1);
    let mut out = String::new();
    let mut before = None;
    for (at, value) in &line.points {
        let x = across(*at, line.span);
        // A little below the edge, so that the stroke is whole.
        let part = u128::from(*value.min(&top)) * u128::from(HEIGHT - 8) / u128::from(top);
        let y = u128::from(HEIGHT - 4) - part;
        let near = before.is_some_and(|before: u64| at.saturating_sub(before) <= GAP);
        // Lone points are short strokes: nothing else would show.
        let _ = match near {
            // Writing to a string does not fail.
            true => write!(out, "L{x} {y}"),
            false => write!(out, "M{x} {y}h2"),
        };
        before = Some(*at);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Line, path};

    #[test]
    fn a_line_rises_breaks_at_gaps_and_never_leaves_its_box() {
        let line = Line {
            points: vec![(0, 0), (1000, 50), (2000, 900), (1_000_000, 100)],
            top: Some(100),
            span: (0, 1_000_000),
        };
        assert_eq!(path(&line), "M0 96h2L1 50L2 4M1000 4h2");
        assert_eq!(path(&Line::default()), "");
        let odd = Line {
            points: vec![(u64::MAX, u64::MAX), (0, 0)],
            top: None,
            span: (5, 1),
        };
        assert_eq!(path(&odd), "M0 4h2L0 96");
    }
}
