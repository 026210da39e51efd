//! The charts of a flight: sums over the workers, with the moment marked.

use cluster::Flight;
use cluster::flight::{Frame, Sample};
use leptos::prelude::*;
use wire::Millis;

use crate::format;
use crate::text::{Text, sentences};
use crate::ui::spark::{Line, Spark};

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How many workers were listed.
    Workers,
    /// Thousandths of cores in use.
    Cpu,
    /// Bytes of memory in use.
    Memory,
    /// Slots in use.
    Slots,
    /// Bytes of the spill disk in use.
    Disk,
    /// Operands under way.
    Operands,
}

impl Figure {
    const ALL: [Self; 6] = [
        Self::Workers,
        Self::Cpu,
        Self::Memory,
        Self::Slots,
        Self::Disk,
        Self::Operands,
    ];

    /// Its name.
    pub fn name(self, text: &Text) -> &'static str {
        let words = &text.flight;
        match self {
            Self::Workers => words.workers,
            Self::Cpu => words.cpu,
            Self::Memory => words.memory,
            Self::Slots => words.slots,
            Self::Disk => words.disk,
            Self::Operands => words.operands,
        }
    }

    /// A value of it.
    pub fn shown(self, value: u64) -> String {
        match self {
            Self::Cpu => format!("{}.{}", value / 1000, value % 1000 / 100),
            Self::Memory | Self::Disk => format::bytes(value),
            _ => value.to_string(),
        }
    }

    /// Of one report; `most` is the most free slots that its worker ever had.
    pub fn of(self, sample: &Sample, most: i64) -> Option<u64> {
        match self {
            Self::Workers => Some(1),
            Self::Cpu => sample.cpu_used,
            Self::Memory => sample.memory_used,
            Self::Slots => used(sample.slots?, most),
            Self::Disk => sample.disk_used,
            Self::Operands => Some(sample.operands),
        }
    }

    fn sum(self, frame: &Frame, most: &[i64]) -> Option<u64> {
        let rows = frame.samples.iter();
        let rows = rows.filter_map(|sample| {
            let most = most.get(sample.lane()).copied().unwrap_or(0);
            self.of(sample, most)
        });
        let (sum, some) = rows.fold((0_u64, false), |(sum, _), row| {
            (sum.saturating_add(row), true)
        });
        (some || self == Self::Workers).then_some(sum)
    }
}

/// Slots in use, from the free ones now and the most free ones ever.
pub fn used(free: i64, most: i64) -> Option<u64> {
    u64::try_from(most.saturating_sub(free)).ok()
}

/// The most free slots of each worker.
pub fn most_slots(flight: &Flight) -> Vec<i64> {
    let lanes = 0..flight.lanes().len();
    let most = |lane| flight.samples(lane).filter_map(|it| it.1.slots).max();
    lanes.map(|lane| most(lane).unwrap_or(0)).collect()
}

/// The charts.
#[component]
pub fn Charts(
    /// The flight.
    flight: Signal<Flight>,
    /// The moment that is marked.
    at: Memo<Millis>,
) -> impl IntoView {
    let t = sentences();
    let charts = Figure::ALL.map(|figure| view! { <Chart flight at figure/> });
    view! {
        <section class="section" aria-labelledby="flight-charts">
            <h2 id="flight-charts">{move || t.get().flight.charts}</h2>
            <div class="flight-charts">{charts.into_iter().collect_view()}</div>
        </section>
    }
}

#[component]
fn Chart(flight: Signal<Flight>, at: Memo<Millis>, figure: Figure) -> impl IntoView {
    let t = sentences();
    let line = Memo::new(move |_| flight.with(|flight| line(flight, figure)));
    let label = move || line.with(|line| said(t.get(), figure.name(t.get()), figure, line));
    let value = move || {
        let at = at.get();
        line.with(|line| {
            let place = line.points.partition_point(|point| point.0 <= at);
            let point = line.points.get(place.checked_sub(1)?)?;
            Some(figure.shown(point.1))
        })
    };
    view! {
        <figure>
            <figcaption>
                <span>{move || figure.name(t.get())}</span>
                <output>{move || value().unwrap_or_else(|| "–".to_owned())}</output>
            </figcaption>
            <Spark
                label=Signal::derive(label)
                line
                cursor=Signal::derive(move || Some(at.get()))
            />
        </figure>
    }
}

/// A line in words: what, and between which values.
pub fn said(text: &Text, what: &str, figure: Figure, line: &Line) -> String {
    let values = || line.points.iter().map(|point| point.1);
    match values().min().zip(values().max()) {
        Some((low, high)) => (text.flight.range)(what, &figure.shown(low), &figure.shown(high)),
        None => (text.flight.no_figures)(what),
    }
}

fn line(flight: &Flight, figure: Figure) -> Line {
    let most = most_slots(flight);
    let frames = flight.frames().iter();
    let points = frames.filter_map(|frame| Some((frame.at, figure.sum(frame, &most)?)));
    Line {
        points: points.collect(),
        top: None,
        span: flight.span().unwrap_or_default(),
    }
}
