//! A chart as SVG text: what the page shows and what is saved are the same. Every label is the exact
//! text of a value; where a number stands only decides where something is drawn.

use std::fmt::Write as _;

use frame::Bin;
use frame::chart::{Bar, Heat, Point};

use crate::format;
use crate::frames::Chart;

/// The size of the picture.
pub const SIZE: (f64, f64) = (760.0, 340.0);
/// Room for labels: left, right, top, bottom.
const LEFT: f64 = 110.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 56.0;
/// Labels longer than this are cut, with a mark.
const LABEL: usize = 16;
/// How many labels an axis has at most.
const TICKS: usize = 5;

/// What stands at the axes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Along.
    pub x: String,
    /// Up.
    pub y: String,
}

/// The picture of a chart; `joined` draws a line through points.
pub fn svg(chart: &Chart, names: &Names, joined: bool) -> String {
    let (width, height) = SIZE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\" \
         fill=\"var(--ink)\">"
    );
    axes(&mut out, names);
    match chart {
        Chart::Bars(bars) => draw_bars(&mut out, &bars.bars),
        Chart::Histogram(bins) => draw_bins(&mut out, bins),
        Chart::Points(points) => draw_points(&mut out, &points.points, joined),
        Chart::Heat(heat) => draw_heat(&mut out, heat),
    }
    out.push_str("</svg>");
    out
}

fn wide() -> f64 {
    SIZE.0 - LEFT - RIGHT
}

fn high() -> f64 {
    SIZE.1 - TOP - BOTTOM
}

fn axes(out: &mut String, names: &Names) {
    let (right, bottom) = (SIZE.0 - RIGHT, SIZE.1 - BOTTOM);
    line(out, (LEFT, TOP), (LEFT, bottom));
    line(out, (LEFT, bottom), (right, bottom));
    label(out, (LEFT, 14.0), "start", &names.y, "600");
    label(out, (right, SIZE.1 - 8.0), "end", &names.x, "600");
}

fn line(out: &mut String, from: (f64, f64), to: (f64, f64)) {
    // Writing into a String cannot fail.
    let _ = write!(
        out,
        "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"var(--line-strong)\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn label(out: &mut String, at: (f64, f64), anchor: &str, text: &str, weight: &str) {
    let _ = write!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-weight=\"{weight}\">{}</text>",
        at.0,
        at.1,
        escaped(text)
    );
}

fn rect(out: &mut String, at: (f64, f64), size: (f64, f64), opacity: f64, title: &str) {
    let _ = write!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"var(--accent)\" \
         fill-opacity=\"{opacity:.3}\"><title>{}</title></rect>",
        at.0,
        at.1,
        size.0.max(0.0),
        size.1.max(0.0),
        escaped(title)
    );
}

/// Text for XML. Characters that XML does not have are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn short(text: &str) -> String {
    match text.chars().count() > LABEL {
        true => text.chars().take(LABEL - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

fn draw_bars(out: &mut String, bars: &[Bar]) {
    let least = bars.iter().map(|bar| bar.at).fold(0.0, f64::min);
    let most = bars.iter().map(|bar| bar.at).fold(0.0, f64::max);
    let range = (most - least).max(f64::MIN_POSITIVE);
    let step = wide() / bars.len().max(1) as f64;
    let zero = TOP + high() * (most / range);
    for (at, bar) in bars.iter().enumerate() {
        let x = LEFT + step * at as f64;
        let tall = high() * (bar.at.abs() / range);
        let top = if bar.at < 0.0 { zero } else { zero - tall };
        let name = bar.label.as_deref().unwrap_or("NULL");
        let value = bar.sum.clone().unwrap_or_else(|| bar.count.to_string());
        let title = format!("{name}: {value}");
        rect(out, (x + step * 0.1, top), (step * 0.8, tall), 0.85, &title);
        if bars.len() <= 14 {
            let middle = x + step / 2.0;
            label(out, (middle, top - 4.0), "middle", &short(&value), "400");
        }
        if bars.len() <= 30 {
            slanted(out, (x + step / 2.0, SIZE.1 - BOTTOM + 12.0), &short(name));
        }
    }
}

/// A label that leans, so that neighbours do not meet.
fn slanted(out: &mut String, at: (f64, f64), text: &str) {
    let _ = write!(
        out,
        "<text transform=\"translate({:.1} {:.1}) rotate(-28)\" text-anchor=\"end\">{}</text>",
        at.0,
        at.1,
        escaped(text)
    );
}

fn draw_bins(out: &mut String, bins: &[Bin]) {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
    let step = wide() / bins.len().max(1) as f64;
    for (at, bin) in bins.iter().enumerate() {
        let tall = high() * (bin.count as f64 / most as f64);
        let x = LEFT + step * at as f64;
        let title = format!("{} – {}: {}", bin.low, bin.high, format::grouped(bin.count));
        rect(
            out,
            (x + 0.5, TOP + high() - tall),
            (step - 1.0, tall),
            0.85,
            &title,
        );
    }
    label(
        out,
        (LEFT - 8.0, TOP + 8.0),
        "end",
        &format::grouped(most),
        "400",
    );
    label(out, (LEFT - 8.0, TOP + high()), "end", "0", "400");
    for at in picks(bins.len()) {
        let x = LEFT + step * at as f64;
        slanted(
            out,
            (x + step / 2.0, SIZE.1 - BOTTOM + 12.0),
            &short(&bins[at].low),
        );
    }
}

/// Evenly spread places, the first and the last among them.
fn picks(count: usize) -> Vec<usize> {
    let most = TICKS.min(count);
    let mut picks: Vec<usize> = (0..most)
        .map(|at| at * (count - 1) / most.saturating_sub(1).max(1))
        .collect();
    picks.dedup();
    picks
}

fn draw_points(out: &mut String, points: &[Point], joined: bool) {
    let (x_from, x_range) = range(points.iter().map(|point| point.x));
    let (y_from, y_range) = range(points.iter().map(|point| point.y));
    let place = |point: &Point| {
        (
            LEFT + wide() * ((point.x - x_from) / x_range),
            TOP + high() * (1.0 - (point.y - y_from) / y_range),
        )
    };
    if joined {
        let path = points
            .iter()
            .map(place)
            .map(|(x, y)| format!("{x:.1},{y:.1}"));
        let path = path.collect::<Vec<_>>().join(" ");
        let _ = write!(
            out,
            "<polyline points=\"{path}\" fill=\"none\" stroke=\"var(--accent)\" stroke-width=\"1.5\"/>"
        );
    }
    let radius = if joined { 1.8 } else { 2.5 };
    if !joined || points.len() <= 200 {
        for point in points {
            let (x, y) = place(point);
            let _ = write!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"var(--accent)\" \
                 fill-opacity=\"0.7\"><title>{}</title></circle>",
                escaped(&format!("{}: {}", point.x_text, point.y_text))
            );
        }
    }
    for point in spread(points, |point| point.x) {
        let at = (place(point).0, SIZE.1 - BOTTOM + 12.0);
        slanted(out, at, &short(&point.x_text));
    }
    for point in spread(points, |point| point.y) {
        let at = (LEFT - 8.0, place(point).1 + 4.0);
        label(out, at, "end", &short(&point.y_text), "400");
    }
}

/// From where and how far; never nothing, which would be divided by.
fn range(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let from = values.clone().fold(f64::INFINITY, f64::min);
    let to = values.fold(f64::NEG_INFINITY, f64::max);
    match to > from {
        true => (from, to - from),
        false => (if from.is_finite() { from - 0.5 } else { 0.0 }, 1.0),
    }
}

/// The points nearest to evenly spread places of an axis: a label is always that of a value.
fn spread(points: &[Point], of: impl Fn(&Point) -> f64) -> Vec<&Point> {
    let (from, range) = range(points.iter().map(&of));
    let mut found: Vec<&Point> = Vec::new();
    for at in 0..TICKS {
        let wanted = from + range * at as f64 / (TICKS - 1) as f64;
        let distance = |point: &&Point| (of(point) - wanted).abs();
        let near = points
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let far = |point: &&Point| {
            let apart = |one: &&Point| (of(one) - of(point)).abs() > range / 12.0;
            found.iter().all(apart)
        };
        if let Some(point) = near.filter(far) {
            found.push(point);
        }
    }
    found
}

fn draw_heat(out: &mut String, heat: &Heat) {
    let most = heat.counts.iter().copied().max().unwrap_or(1).max(1);
    let (columns, rows) = (heat.x.len().max(1), heat.y.len().max(1));
    let size = (wide() / columns as f64, high() / rows as f64);
    for (at, count) in heat.counts.iter().enumerate() {
        let (column, row) = (at % columns, at / columns);
        let title = |labels: &[String], at: usize| labels.get(at).cloned().unwrap_or_default();
        let title = format!(
            "{} / {}: {count}",
            title(&heat.x, column),
            title(&heat.y, row)
        );
        let place = (
            LEFT + size.0 * column as f64,
            TOP + high() - size.1 * (row + 1) as f64,
        );
        rect(out, place, size, *count as f64 / most as f64, &title);
    }
    for at in picks(heat.x.len()) {
        let x = LEFT + size.0 * (at as f64 + 0.5);
        slanted(out, (x, SIZE.1 - BOTTOM + 12.0), &short(&heat.x[at]));
    }
    for at in picks(heat.y.len()) {
        let y = TOP + high() - size.1 * (at as f64 + 0.5) + 4.0;
        label(out, (LEFT - 8.0, y), "end", &short(&heat.y[at]), "400");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frame::chart::{Bars, Points};

    fn bar(label: &str, at: f64, sum: &str) -> Bar {
        Bar {
            label: Some(label.into()),
            clipped: false,
            count: 1,
            sum: Some(sum.into()),
            at,
        }
    }

    #[test]
    fn labels_are_exact_and_hostile_text_is_only_text() {
        let bars = vec![
            bar("<script>alert(1)</script>", 9.2e18, "9223372036854775807"),
            bar("a & b\u{1}", -1.0, "-1"),
        ];
        let chart = Chart::Bars(Bars {
            bars,
            ..Bars::default()
        });
        let names = Names {
            x: "\"x\"".into(),
            y: "y".into(),
        };
        let text = svg(&chart, &names, false);
        assert!(text.contains("9223372036854775807"));
        assert!(!text.contains("<script"));
        assert!(text.contains("a &amp; b\u{fffd}"));
        assert!(text.contains("&quot;x&quot;"));
        assert_eq!(text.matches("<rect").count(), 2);
    }

    #[test]
    fn points_of_one_place_do_not_divide_by_nothing() {
        let point = Point {
            x: 3.0,
            y: 3.0,
            x_text: "3".into(),
            y_text: "3.000000000000000001".into(),
            position: 0,
        };
        let points = |points| {
            Chart::Points(Points {
                points,
                ..Points::default()
            })
        };
        let text = svg(&points(vec![point.clone(), point]), &Names::default(), true);
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        assert!(text.contains("3.0000000000000…"));
        let none = svg(&points(Vec::new()), &Names::default(), false);
        assert!(!none.contains("NaN") && !none.contains("inf"), "{none}");
    }

    #[test]
    fn places_of_labels_are_spread() {
        assert_eq!(picks(0), Vec::<usize>::new());
        assert_eq!(picks(1), [0]);
        assert_eq!(picks(3), [0, 1, 2]);
        assert_eq!(picks(33), [0, 8, 16, 24, 32]);
    }
}
