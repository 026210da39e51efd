//! The plan: which stage reads which, drawn where the names tell it.

use leptos::prelude::*;

use crate::text::sentences;

pub mod layout;

use layout::{BOX, Drawing, layout};

/// The plan of an instance; nothing while there are no stages.
#[component]
pub fn Plan(
    /// The stages' names.
    names: Vec<String>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let absent = names.is_empty();
    let parts: Vec<&str> = names.iter().map(String::as_str).collect();
    let body = match layout(&parts) {
        Some(drawing) => picture(&drawing, &names).into_any(),
        None => view! { <p class="quiet">{move || words().plan_none}</p> }.into_any(),
    };
    let section = view! {
        <section class="section">
            <h2>{move || words().plan}</h2>
            {body}
        </section>
    };
    (!absent).then_some(section)
}

fn picture(drawing: &Drawing, names: &[String]) -> impl IntoView + use<> {
    let t = sentences();
    let (stages, count) = (names.len(), drawing.lines.len());
    let label = move || (t.get().logview.plan_picture)(stages, count);
    let lines = drawing.lines.iter().filter_map(|(from, to)| {
        let (from, to) = (drawing.boxes.get(*from)?, drawing.boxes.get(*to)?);
        let (x1, y1) = (from.0 + BOX.0 / 2, from.1 + BOX.1);
        let (x2, y2) = (to.0 + BOX.0 / 2, to.1);
        let half = u32::midpoint(y1, y2);
        Some(view! { <path d=format!("M{x1} {y1}C{x1} {half} {x2} {half} {x2} {y2}")/> })
    });
    let lines = lines.collect_view();
    let boxes = drawing.boxes.iter().zip(names).map(|((x, y), name)| {
        let short: String = name.chars().take(14).collect();
        let middle = (x + BOX.0 / 2).to_string();
        view! {
            <g>
                <title>{name.clone()}</title>
                <rect x=x.to_string() y=y.to_string() width=BOX.0.to_string() height=BOX.1.to_string() rx="4"/>
                <text x=middle y=(y + BOX.1 / 2).to_string()>{short}</text>
            </g>
        }
    });
    let boxes = boxes.collect_view();
    let (width, height) = (drawing.width + 2, drawing.height + 2);
    view! {
        <div class="logview-plan" tabindex="0" role="group" aria-label=label>
            <svg viewBox=format!("-1 -1 {width} {height}") width=width.to_string() height=height.to_string() role="img" aria-label=label>
                {lines}{boxes}
            </svg>
        </div>
    }
}
