//! The workers as the engine's web service reports them.

use leptos::prelude::*;
use mars::v04::session::Worker;

use super::super::life::Life;
use crate::components::age::Age;
use crate::format;
use crate::text::{Text, sentences};

/// A table of the workers.
#[component]
pub fn Workers(
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    let workers = Memo::new(move |_| {
        life.with(|life| {
            life.workers
                .as_ref()
                .map(|read| read.what.workers.clone())
                .unwrap_or_default()
        })
    });
    let read_at =
        Signal::derive(move || life.with(|life| life.workers.as_ref().map(|read| read.at)));
    let some = Memo::new(move |_| workers.with(|workers| !workers.is_empty()));
    let rows = move || {
        workers
            .get()
            .into_iter()
            .map(|worker| view! { <Row worker/> })
            .collect_view()
    };
    view! {
        <Show
            when=move || some.get()
            fallback=move || view! {
                <div class="empty"><p>{move || words().no_workers}</p><p class="quiet">{move || words().no_workers_next}</p></div>
            }
        >
            <div class="table-box">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{move || words().worker}</th>
                            <th scope="col" class="number">{move || words().worker_cpu}</th>
                            <th scope="col" class="number">{move || words().worker_memory}</th>
                            <th scope="col" class="number">{move || words().worker_cache}</th>
                            <th scope="col">{move || words().worker_updated}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Show>
        <p class="quiet">{move || words().worker_note}</p>
        <Age at=read_at/>
    }
}

#[component]
fn Row(worker: Worker) -> impl IntoView {
    let t = sentences();
    let cpu = share(worker.cpu_used, worker.cpu_total);
    let memory = share(
        worker.memory_used.map(amount),
        worker.memory_total.map(amount),
    );
    #[expect(clippy::cast_possible_truncation, reason = "seconds of this era")]
    #[expect(
        clippy::cast_sign_loss,
        reason = "a report is after 1970; a negative one becomes 0"
    )]
    let at = worker.update_time.map(|seconds| (seconds * 1000.0) as u64);
    let cores = {
        let (used, total) = (worker.cpu_used, worker.cpu_total);
        move || cores(t.get(), used, total)
    };
    let (used, total) = (worker.memory_used, worker.memory_total);
    let (hold, cached) = (worker.cached_hold, worker.cached_total);
    view! {
        <tr>
            <th scope="row" class="mono">{worker.endpoint}</th>
            <td class="number"><Meter share=cpu/>{cores}</td>
            <td class="number"><Meter share=memory/>{move || sizes(t.get(), used, total)}</td>
            <td class="number">{move || sizes(t.get(), hold, cached)}</td>
            <td><Age at bare=true/></td>
        </tr>
    }
}

/// A share as a bar; the figures beside it say the same.
#[component]
fn Meter(share: Option<f64>) -> impl IntoView {
    share.map(|share| {
        view! {
            <svg class="meter" viewBox="0 0 48 6" width="48" height="6" aria-hidden="true">
                <rect class="meter-all" width="48" height="6" rx="1"/>
                <rect class="meter-used" width=format!("{:.1}", share * 48.0) height="6" rx="1"/>
            </svg>
        }
    })
}

fn share(used: Option<f64>, total: Option<f64>) -> Option<f64> {
    let (used, total) = used.zip(total)?;
    (total > 0.0).then(|| (used / total).clamp(0.0, 1.0))
}

#[expect(clippy::cast_precision_loss, reason = "for the length of a bar only")]
fn amount(bytes: u64) -> f64 {
    bytes as f64
}

fn cores(text: &Text, used: Option<f64>, total: Option<f64>) -> String {
    match used.zip(total) {
        Some((used, total)) => (text.life.of)(&format!("{used:.1}"), &format!("{total:.0}")),
        None => "–".to_owned(),
    }
}

fn sizes(text: &Text, used: Option<u64>, total: Option<u64>) -> String {
    match used.zip(total) {
        Some((used, total)) => (text.life.of)(&format::bytes(used), &format::bytes(total)),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{cores, share, sizes};
    use crate::text::en::EN;

    #[test]
    fn figures() {
        assert_eq!(cores(&EN, Some(0.25), Some(2.0)), "0.2 of 2");
        assert_eq!(cores(&EN, None, Some(2.0)), "–");
        assert_eq!(
            sizes(&EN, Some(1 << 30), Some(4 << 30)),
            "1.0 GiB of 4.0 GiB"
        );
        assert_eq!(share(Some(3.0), Some(2.0)), Some(1.0));
        assert_eq!(share(Some(3.0), Some(0.0)), None);
    }
}
