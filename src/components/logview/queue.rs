//! Where the instance stood in its queue whenever this page asked: a step chart and its table.

use leptos::prelude::*;

use super::part;
use crate::api::Polled;
use crate::api::instances::{Facts, Track};
use crate::components::age::Moment;
use crate::text::sentences;

/// The size of the chart.
const SIZE: (u64, u64) = (480, 60);

/// The queue over time.
#[component]
pub fn Queue(
    /// The facts of the instance.
    facts: Polled<Facts>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let track = part(facts, |facts| facts.track.clone());
    let track = Signal::derive(move || track.get().unwrap_or_default());
    let chart = move || {
        let track = track.get();
        let points = track.changes().count();
        let path = path(&track)?;
        let (width, height) = SIZE;
        let label = move || (words().queue_chart)(points);
        Some(view! {
            <svg class="logview-queue" viewBox=format!("0 -2 {width} {}", height + 4) role="img" aria-label=label preserveAspectRatio="none">
                <path d=path/>
            </svg>
        })
    };
    let rows = move || {
        let track = track.get();
        let rows = track.changes().map(|seen| {
            let percent = seen
                .percent
                .map_or_else(|| "–".to_owned(), |percent| percent.to_string());
            view! {
                <tr>
                    <th scope="row"><Moment at=Some(seen.at)/></th>
                    <td>{seen.status.clone()}</td>
                    <td class="number">{percent}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    let empty = move || track.with(|track| track.0.is_empty());
    let none = move || empty().then(|| view! { <p class="quiet">{words().queue_none}</p> });
    view! {
        <section class="section">
            <h2>{move || words().queue}</h2>
            {none}
            {chart}
            <details hidden=empty>
                <summary>{move || words().queue_table}</summary>
                <div class="table-box">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{move || words().queue_at}</th>
                            <th scope="col">{move || words().queue_state}</th>
                            <th scope="col" class="number">{move || words().queue_percent}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

/// The steps as a path; nothing until there are two moments.
fn path(track: &Track) -> Option<String> {
    let (first, last) = (track.0.first()?, track.0.last()?);
    let whole = last.at.saturating_sub(first.at);
    if whole == 0 {
        return None;
    }
    let (width, height) = SIZE;
    let mut path = String::new();
    for seen in &track.0 {
        let x = seen.at.saturating_sub(first.at) * width / whole;
        let y = height - u64::from(seen.percent.unwrap_or(0)) * height / 100;
        let step = match path.is_empty() {
            true => format!("M{x} {y}"),
            false => format!("H{x}V{y}"),
        };
        path.push_str(&step);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::api::instances::{Seen, Track};

    #[test]
    fn steps_go_right_and_then_up() {
        let seen = |at, percent| Seen {
            at,
            status: "Running".into(),
            percent,
        };
        let track = Track(vec![
            seen(1000, None),
            seen(2000, Some(50)),
            seen(3000, Some(100)),
        ]);
        assert_eq!(path(&track).as_deref(), Some("M0 60H240V30H480V0"));
        assert_eq!(path(&Track(vec![seen(1, None)])), None);
        assert_eq!(path(&Track::default()), None);
    }
}
