//! One worker: what it reported, the hour before as lines, and whether it is silent or lost.

use cluster::Flight;
use cluster::flight::{HOUR, Sample};
use leptos::prelude::*;
use wire::Millis;

use super::super::flight::charts::{Figure, said, used};
use crate::components::age::{Age, offset};
use crate::format;
use crate::state::prefs::Prefs;
use crate::text::{Text, sentences};
use crate::ui::spark::{Line, Spark};
use crate::ui::status::{Status, Tone};

/// A report that has not changed for so long is marked: six readings of a calm cluster.
const SILENT: Millis = 30_000;

/// What a row shows, at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    endpoint: String,
    first: Option<Millis>,
    lost: Option<Millis>,
    /// How long the last report was the same.
    silent: Millis,
    /// The most free slots ever.
    most: i64,
    sample: Sample,
    lines: [Line; 3],
}

const LINES: [Figure; 3] = [Figure::Cpu, Figure::Memory, Figure::Disk];

/// A row of the table.
#[component]
pub fn Row(
    /// The flight.
    flight: Signal<Flight>,
    /// The moment.
    at: Memo<Millis>,
    /// The worker's place in it.
    lane: usize,
) -> impl IntoView {
    let (t, zone) = (sentences(), Prefs::expect().zone);
    let shown = Memo::new(move |_| flight.with(|flight| shown(flight, lane, at.get())));
    let clock = move |at| format::time_of_day(at, offset(zone.get(), at));
    let state = Memo::new(move |_| shown.with(|row| (row.lost, row.silent)));
    let word = move || {
        let words = &t.get().flight;
        match state.get() {
            (Some(lost), _) => (words.lost)(&clock(lost)),
            (None, silent) if silent >= SILENT => (words.stale)(&format::elapsed(silent)),
            _ => words.present.to_owned(),
        }
    };
    let tone = move || match state.get() {
        (Some(_), _) => Tone::Quiet,
        (None, silent) if silent >= SILENT => Tone::Warning,
        _ => Tone::Good,
    };
    let seen = move || {
        let first = shown.with(|row| row.first);
        first.map(|first| (t.get().flight.first_seen)(&clock(first)))
    };
    let part = move |figure: usize| {
        let line = Memo::new(move |_| shown.with(|row| row.lines[figure].clone()));
        let label = move || {
            let (text, figure) = (t.get(), LINES[figure]);
            let name = shown.with(|row| (text.flight.of_worker)(figure.name(text), &row.endpoint));
            line.with(|line| said(text, &name, figure, line))
        };
        view! { <Spark label=Signal::derive(label) line/> }
    };
    let figures =
        move |figure: fn(&Text, &Shown) -> String| move || shown.with(|row| figure(t.get(), row));
    view! {
        <tr class:lost-row=move || state.get().0.is_some()>
            <th scope="row" class="mono" title=seen>{move || shown.with(|row| row.endpoint.clone())}</th>
            <td><Status tone=Signal::derive(tone) word=Signal::derive(word)/></td>
            <td>{part(0)}{figures(cores)}</td>
            <td>{part(1)}{figures(memory)}</td>
            <td>{part(2)}{figures(disk)}</td>
            <td>{figures(traffic)}</td>
            <td>{figures(slots)}</td>
            <td>{figures(operands)}</td>
            <td><Age at=Signal::derive(move || shown.with(|row| row.sample.updated)) bare=true/></td>
        </tr>
    }
}

fn shown(flight: &Flight, lane: usize, at: Millis) -> Shown {
    let Some(known) = flight.lanes().get(lane) else {
        return Shown::default();
    };
    let samples: Vec<_> = flight.samples(lane).take_while(|it| it.0 <= at).collect();
    let Some((newest, sample)) = samples.last().map(|(at, sample)| (*at, (*sample).clone())) else {
        return Shown::default();
    };
    let same = samples.iter().rev();
    let same = same.take_while(|it| sample.updated.is_some() && it.1.updated == sample.updated);
    let since = same.last().map_or(newest, |it| it.0);
    let most = flight.samples(lane).filter_map(|it| it.1.slots).max();
    let span = (at.saturating_sub(HOUR), at);
    let from = flight.span().map_or(span.0, |(first, _)| span.0.max(first));
    let lines = LINES.map(|figure| Line {
        points: samples
            .iter()
            .filter(|it| it.0 >= from)
            .filter_map(|(at, sample)| Some((*at, figure.of(sample, 0)?)))
            .collect(),
        top: match figure {
            Figure::Cpu => sample.cpu_total,
            Figure::Memory => sample.memory_total,
            _ => sample.disk_total,
        },
        span: (from, at),
    });
    Shown {
        endpoint: known.endpoint.clone(),
        first: known.first(),
        lost: known.lost_at(at),
        silent: newest.saturating_sub(since),
        most: most.unwrap_or(0),
        sample,
        lines,
    }
}

fn cores(text: &Text, row: &Shown) -> String {
    let (used, total) = (row.sample.cpu_used, row.sample.cpu_total);
    of(text, used, total, |value| {
        format!("{}.{}", value / 1000, value % 1000 / 100)
    })
}

fn memory(text: &Text, row: &Shown) -> String {
    let (used, total) = (row.sample.memory_used, row.sample.memory_total);
    of(text, used, total, format::bytes)
}

fn disk(text: &Text, row: &Shown) -> String {
    let (used, total) = (row.sample.disk_used, row.sample.disk_total);
    of(text, used, total, format::bytes)
}

fn of(text: &Text, used: Option<u64>, all: Option<u64>, shown: fn(u64) -> String) -> String {
    match used.zip(all) {
        Some((used, all)) => (text.life.of)(&shown(used), &shown(all)),
        None => "–".to_owned(),
    }
}

fn traffic(text: &Text, row: &Shown) -> String {
    match row.sample.receive.zip(row.sample.send) {
        Some((receive, send)) => {
            (text.flight.traffic)(&format::bytes(receive), &format::bytes(send))
        }
        None => "–".to_owned(),
    }
}

fn slots(text: &Text, row: &Shown) -> String {
    let used = row.sample.slots.and_then(|free| used(free, row.most));
    match used.and_then(|used| i64::try_from(used).ok()) {
        Some(used) => (text.flight.used_slots)(used, row.most),
        None => "–".to_owned(),
    }
}

fn operands(text: &Text, row: &Shown) -> String {
    (text.flight.operands_of)(row.sample.running, row.sample.operands)
}

#[cfg(test)]
mod tests {
    use super::{Shown, cores, memory, slots, traffic};
    use crate::text::en::EN;

    #[test]
    fn figures() {
        let mut row = Shown::default();
        assert_eq!(cores(&EN, &row), "–");
        assert_eq!(traffic(&EN, &row), "–");
        row.sample.cpu_used = Some(250);
        row.sample.cpu_total = Some(2000);
        row.sample.memory_used = Some(1 << 30);
        row.sample.memory_total = Some(4 << 30);
        row.sample.slots = Some(1);
        row.most = 2;
        assert_eq!(cores(&EN, &row), "0.2 of 2.0");
        assert_eq!(memory(&EN, &row), "1.0 GiB of 4.0 GiB");
        assert_eq!(slots(&EN, &row), "1 of 2");
    }
}
