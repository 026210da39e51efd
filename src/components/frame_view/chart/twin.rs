//! The numbers of a chart as a table: what the picture shows, for readers and for copying.

use leptos::prelude::*;

use super::svg::Names;
use crate::format;
use crate::frames::Chart;
use crate::text::sentences;

/// So many lines are in the table.
const LINES: usize = 500;

/// The table.
#[component]
pub fn Twin(
    /// The points.
    chart: Chart,
    /// What stands at the axes.
    names: Names,
) -> impl IntoView {
    let t = sentences();
    let lines = lines(&chart);
    let left = lines.len().saturating_sub(LINES);
    let line = |(x, y): (String, String)| view! { <tr><th scope="row">{x}</th><td>{y}</td></tr> };
    let cut = (left > 0).then(|| {
        view! { <p class="frame-hint">{move || (t.get().grid.more_lines)(&format::grouped(left as u64))}</p> }
    });
    view! {
        <details class="frame-twin">
            <summary>{move || t.get().grid.as_table}</summary>
            <table class="table">
                <thead><tr><th scope="col">{names.x}</th><th scope="col">{names.y}</th></tr></thead>
                <tbody>{lines.into_iter().take(LINES).map(line).collect_view()}</tbody>
            </table>
            {cut}
        </details>
    }
}

fn lines(chart: &Chart) -> Vec<(String, String)> {
    match chart {
        Chart::Bars(bars) => (bars.bars.iter())
            .map(|bar| {
                let name = bar.label.clone().unwrap_or_else(|| "NULL".to_owned());
                (
                    name,
                    bar.sum.clone().unwrap_or_else(|| bar.count.to_string()),
                )
            })
            .collect(),
        Chart::Points(points) => (points.points.iter())
            .map(|point| (point.x_text.clone(), point.y_text.clone()))
            .collect(),
        Chart::Histogram(bins) => (bins.iter())
            .map(|bin| (format!("{} – {}", bin.low, bin.high), bin.count.to_string()))
            .collect(),
        Chart::Heat(heat) => {
            let width = heat.x.len().max(1);
            let line = |(at, count): (usize, &u64)| {
                let (x, y) = (heat.x.get(at % width)?, heat.y.get(at / width)?);
                (*count > 0).then(|| (format!("{x} / {y}"), count.to_string()))
            };
            heat.counts.iter().enumerate().filter_map(line).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frame::chart::Heat;

    #[test]
    fn fields_without_rows_are_no_lines() {
        let heat = Heat {
            x: vec!["a".into(), "b".into()],
            y: vec!["1".into(), "2".into()],
            counts: vec![3, 0, 0, 9_007_199_254_740_993],
            ..Heat::default()
        };
        let said = lines(&Chart::Heat(heat));
        let line = |x: &str, y: &str| (x.to_owned(), y.to_owned());
        assert_eq!(
            said,
            [line("a / 1", "3"), line("b / 2", "9007199254740993")]
        );
    }
}
