//! The rows of a result; of a tensor with three axes or more, a plane that is chosen.

use cluster::JobResult;
use leptos::prelude::*;

use crate::components::frame_view::FrameView;
use crate::frames::{Cut, ResultSource, Source, ValueFacts};
use crate::state::profile::Profile;
use crate::text::sentences;

/// The rows of a result.
#[component]
pub fn Rows(
    /// The instance.
    id: String,
    /// What the rows are of.
    name: String,
    /// The job.
    result: JobResult,
) -> impl IntoView {
    let profile = Profile::expect();
    let cut = RwSignal::new(None::<Cut>);
    let shape = RwSignal::new(Vec::<u64>::new());
    let whole = ResultSource {
        project: profile.now().unwrap_or_default().project,
        instance: id,
        session: result.session,
        graph: result.graph_key,
        tileable: result.target,
        cut: None,
    };
    let source = Signal::derive(move || {
        Source::Result(ResultSource {
            cut: cut.get(),
            ..whole.clone()
        })
    });
    let on_value = Callback::new(move |value: ValueFacts| {
        if value.kind == "tensor" && shape.get_untracked() != value.shape {
            shape.set(value.shape);
        }
    });
    view! {
        {move || {
            let shape = shape.get();
            (shape.len() > 2 && !shape.contains(&0)).then(|| view! { <Axes shape cut/> })
        }}
        <FrameView source name=Signal::stored(name) on_value/>
    }
}

/// Which two axes are looked at, and where on the others.
#[component]
fn Axes(shape: Vec<u64>, cut: RwSignal<Option<Cut>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().tables.frame;
    let axes = shape.len();
    let lengths = StoredValue::new(shape);
    let pairs = move || {
        let pairs = (0..axes).flat_map(|rows| (rows + 1..axes).map(move |columns| (rows, columns)));
        pairs.collect::<Vec<_>>()
    };
    let shown = move || {
        cut.with(|cut| {
            let cut = cut.as_ref()?;
            Some((cut.rows, cut.columns))
        })
    };
    let pick = move |event| {
        let value = event_target_value(&event);
        let pair = value
            .split_once(' ')
            .and_then(|(rows, columns)| Some((rows.parse().ok()?, columns.parse().ok()?)));
        let first = lengths.with_value(|shape| Cut::first(shape));
        let before = cut.get_untracked().or(first);
        cut.set(pair.and_then(|(rows, columns)| {
            Some(Cut {
                rows,
                columns,
                ..before?
            })
        }));
    };
    let option = move |(rows, columns): (usize, usize)| {
        view! {
            <option value=format!("{rows} {columns}") selected=move || shown() == Some((rows, columns))>
                {move || (words().plane)(rows, columns)}
            </option>
        }
    };
    let position = move |axis: usize| {
        let most = lengths.with_value(|shape| shape.get(axis).copied().unwrap_or(1)) - 1;
        let typed = move |event| {
            let at = event_target_value(&event)
                .parse::<u64>()
                .unwrap_or_default()
                .min(most);
            cut.update(|cut| {
                if let Some(place) = cut.as_mut().and_then(|cut| cut.at.get_mut(axis)) {
                    *place = at;
                }
            });
        };
        let value = move || {
            cut.with(|cut| cut.as_ref().and_then(|cut| cut.at.get(axis).copied()))
                .unwrap_or_default()
                .to_string()
        };
        view! {
            <label class="axis">
                {move || (words().axis)(axis)}
                <input type="number" min="0" max=most.to_string() prop:value=value on:change=typed/>
                <span class="quiet">{format!("/ {most}")}</span>
            </label>
        }
    };
    let others = move || {
        let (rows, columns) = shown()?;
        let others = (0..axes).filter(|axis| *axis != rows && *axis != columns);
        Some(others.map(position).collect_view())
    };
    view! {
        <div class="row axes" role="group" aria-label=move || words().axes>
            <label class="axis">
                {move || words().axes}
                <select on:change=pick>
                    <option value="" selected=move || shown().is_none()>{move || words().all_axes}</option>
                    {pairs().into_iter().map(option).collect_view()}
                </select>
            </label>
            {others}
        </div>
    }
}
