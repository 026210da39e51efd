//! A quick chart of the columns: bars, line, scatter, histogram, heat; with the same numbers as a
//! table below, and saved as SVG or PNG.

pub mod save;
pub mod svg;
pub mod twin;

use leptos::prelude::*;

use super::sight::Sight;
use crate::format;
use crate::frames::{Answer, Chart, Picture, Question};
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::segmented::Segmented;
use svg::Names;
use twin::Twin;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bars,
    Line,
    Scatter,
    Histogram,
    Heat,
}

const KINDS: [Kind; 5] = [
    Kind::Bars,
    Kind::Line,
    Kind::Scatter,
    Kind::Histogram,
    Kind::Heat,
];

impl Kind {
    fn picture(self, x: u32, y: Option<u32>) -> Picture {
        match self {
            Self::Bars => Picture::Bars {
                category: x,
                value: y,
            },
            Self::Line => match y {
                Some(y) => Picture::Line { x: Some(x), y },
                None => Picture::Line { x: None, y: x },
            },
            Self::Scatter => Picture::Scatter {
                x,
                y: y.unwrap_or(x),
            },
            Self::Histogram => Picture::Histogram { column: x },
            Self::Heat => Picture::Heat {
                x,
                y: y.unwrap_or(x),
            },
        }
    }
}

/// The chart and what it shows.
#[component]
pub fn ChartTool(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let (kind, x, y) = first(sight);
    let (kind, x, y) = (RwSignal::new(kind), RwSignal::new(x), RwSignal::new(y));
    let chart = RwSignal::new(None::<Result<Chart, String>>);
    let wanted = Memo::new(move |_| kind.get().picture(x.get(), y.get()));
    Effect::new(move |_| {
        sight.seen.track();
        sight.rows.track();
        let picture = wanted.get();
        let question = Question::Chart(picture.clone());
        sight.frame.question(question, move |answer| {
            if wanted.try_get_untracked().as_ref() != Some(&picture) {
                return;
            }
            match answer {
                Answer::Chart(found) => chart.try_set(Some(Ok(*found))),
                Answer::None { detail } => chart.try_set(Some(Err(detail))),
                _ => None,
            };
        });
    });
    let word = Callback::new(move |kind: Kind| {
        let text = &t.get().grid;
        match kind {
            Kind::Bars => text.bars,
            Kind::Line => text.line,
            Kind::Scatter => text.scatter,
            Kind::Histogram => text.histogram,
            Kind::Heat => text.heat,
        }
        .to_owned()
    });
    let close = Callback::new(move |()| sight.tool.set(None));
    let needs_y = move || kind.get() != Kind::Histogram;
    let picked = move |event: leptos::ev::Event| event_target_value(&event).parse().ok();
    let pick_x = move |event| {
        if let Some(key) = picked(event) {
            x.set(key);
        }
    };
    let pick_y = move |event| y.set(picked(event));
    let options = move |chosen: Option<u32>| {
        let option = move |(key, column): (usize, crate::frames::Column)| {
            let selected = chosen == u32::try_from(key).ok();
            view! { <option value=key.to_string() selected=selected>{column.name}</option> }
        };
        sight
            .columns()
            .into_iter()
            .enumerate()
            .map(option)
            .collect_view()
    };
    let rows_option = move || {
        let text = &t.get().grid;
        match kind.get() {
            Kind::Bars => text.row_count,
            _ => text.none,
        }
    };
    let drawn = move || match chart.get() {
        None => {
            view! { <p class="quiet" role="status">{move || t.get().grid.profiling}</p> }.into_any()
        }
        Some(Err(detail)) => {
            view! { <p class="frame-refused" role="alert">{detail}</p> }.into_any()
        }
        Some(Ok(chart)) => {
            let names = names(
                sight,
                kind.get_untracked(),
                x.get_untracked(),
                y.get_untracked(),
                t,
            );
            view! { <Drawn chart=chart names=names joined=kind.get_untracked() == Kind::Line/> }
                .into_any()
        }
    };
    view! {
        <section class="frame-chart" aria-label=move || t.get().grid.chart>
            <div class="frame-editor">
                <Segmented label=Signal::derive(move || t.get().grid.chart.to_owned()) choices=&KINDS chosen=kind word=word on_choose=Callback::new(move |now| kind.set(now))/>
                <label>"x "<select on:change=pick_x>{options(Some(x.get_untracked()))}</select></label>
                <Show when=needs_y>
                    <label>"y "<select on:change=pick_y>
                        <option value="" selected=y.get_untracked().is_none()>{rows_option}</option>
                        {options(y.get_untracked())}
                    </select></label>
                </Show>
                <Button weight=Weight::Quiet on_press=close>{move || t.get().grid.close}</Button>
            </div>
            {drawn}
        </section>
    }
}

/// The picture, what it leaves out, the buttons that save it, and its numbers.
#[component]
fn Drawn(
    /// The points.
    chart: Chart,
    /// What stands at the axes.
    names: Names,
    /// Whether a line goes through the points.
    joined: bool,
) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let picture = svg::svg(&chart, &names, joined);
    let title = format!("{} / {}", names.y, names.x);
    let kept = StoredValue::new((picture.clone(), title.clone()));
    let note = {
        let chart = chart.clone();
        move || note(t.get(), &chart)
    };
    let save_svg = Callback::new(move |()| {
        if kept
            .with_value(|(svg, name)| save::as_svg(svg, name))
            .is_none()
        {
            toasts.failed(t.now().grid.save_failed);
        }
    });
    let save_png = Callback::new(move |()| {
        let (svg, name) = kept.get_value();
        crate::api::spawn(async move {
            if save::as_png(&svg, &name).await.is_none() {
                toasts.failed(t.now().grid.save_failed);
            }
        });
    });
    view! {
        <div class="frame-picture" role="img" aria-label=title inner_html=picture></div>
        <p class="frame-hint">{note}</p>
        <div class="frame-editor">
            <Button weight=Weight::Quiet on_press=save_svg>"SVG"</Button>
            <Button weight=Weight::Quiet on_press=save_png>"PNG"</Button>
        </div>
        <Twin chart=chart names=names/>
    }
}

/// What is drawn first: bars of the first text, a histogram of the first number; of the chosen
/// column where one is.
fn first(sight: Sight) -> (Kind, u32, Option<u32>) {
    let columns = sight.columns();
    let at = sight.cursor.get_untracked();
    let numeric = |key: u32| {
        columns
            .get(key as usize)
            .is_some_and(|column| column.numeric)
    };
    let chosen: Vec<u32> = at
        .map(|at| {
            let (left, right) = at.columns();
            (left..=right)
                .filter_map(|place| sight.key_at(place))
                .collect()
        })
        .unwrap_or_default();
    match chosen.as_slice() {
        [x, y, ..] if numeric(*x) && numeric(*y) => (Kind::Scatter, *x, Some(*y)),
        [x, y, ..] if numeric(*y) => (Kind::Bars, *x, Some(*y)),
        [x, ..] if numeric(*x) => (Kind::Histogram, *x, None),
        [x, ..] => (Kind::Bars, *x, None),
        [] => (Kind::Bars, 0, None),
    }
}

fn names(sight: Sight, kind: Kind, x: u32, y: Option<u32>, t: crate::text::Sentences) -> Names {
    let text = &t.now().grid;
    let name = |key: u32| sight.column_name(key);
    let up = match (kind, y) {
        (Kind::Bars, Some(y)) => (text.sum_of)(&name(y)),
        (Kind::Bars | Kind::Histogram, _) => text.row_count.to_owned(),
        (_, Some(y)) => name(y),
        (_, None) => name(x),
    };
    let along = match (kind, y) {
        (Kind::Line, None) => text.row_count.to_owned(),
        _ => name(x),
    };
    Names { x: along, y: up }
}

/// Of how many rows the chart speaks, and what it leaves out.
fn note(text: &crate::text::Text, chart: &Chart) -> String {
    let words = &text.grid;
    match chart {
        Chart::Bars(bars) => {
            let mut said = (words.of_rows)(&format::grouped(bars.rows));
            if bars.others > 0 {
                said.push(' ');
                said.push_str(&(words.other_bars)(
                    &format::grouped(bars.others),
                    &format::grouped(bars.other_rows),
                ));
            }
            said
        }
        Chart::Points(points) => {
            let mut said = (words.of_rows)(&format::grouped(points.rows));
            if points.every > 1 {
                said.push(' ');
                said.push_str(&(words.sampled)(points.every));
            }
            if points.without > 0 {
                said.push(' ');
                said.push_str(&(words.without)(&format::grouped(points.without)));
            }
            said
        }
        Chart::Histogram(bins) => {
            let rows = bins.iter().map(|bin| bin.count).sum();
            (words.of_rows)(&format::grouped(rows))
        }
        Chart::Heat(heat) => {
            let mut said = (words.of_rows)(&format::grouped(heat.rows));
            if heat.without > 0 {
                said.push(' ');
                said.push_str(&(words.without)(&format::grouped(heat.without)));
            }
            said
        }
    }
}
