//! How far a script is: rows read and made, by stage. Readable from another thread at any time.
//!
//! A stage is a part of the running plan between two exchanges of rows, as MaxCompute cuts its jobs;
//! its numbers are the engine's own counters, read when they are asked for.

use std::fmt;
use std::sync::{Arc, Mutex};

use datafusion::physical_plan::metrics::MetricValue;
use datafusion::physical_plan::{ExecutionPlan, Partitioning};

use crate::plan::{ScanFacts, lock};

/// The progress of a script. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    plan: Option<Arc<dyn ExecutionPlan>>,
    scans: Vec<ScanFacts>,
    ended: bool,
    written: Option<u64>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State {{ ended: {} }}", self.ended)
    }
}

/// A part of a running statement, named as MaxCompute names its tasks: `M1`, `R2_1`, `J3_1_2`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The name.
    pub name: String,
    /// How many workers it has.
    pub workers: u64,
    /// How many of them are done.
    pub terminated: u64,
    /// Rows that came in so far.
    pub input_rows: u64,
    /// Rows that went out so far.
    pub output_rows: u64,
    /// When its first operator was opened, in milliseconds since 1970. The parts of a statement are
    /// opened together: rows flow through all of them at once.
    pub began: Option<u64>,
    /// When its last operator was done, once it is.
    pub ended: Option<u64>,
}

impl Stage {
    /// Whether all its workers are done.
    pub fn finished(&self) -> bool {
        self.terminated >= self.workers
    }
}

impl Progress {
    /// Nothing has begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// The stages of the statement that runs or ran last.
    pub fn stages(&self) -> Vec<Stage> {
        let state = lock(&self.state);
        let Some(plan) = &state.plan else {
            return Vec::new();
        };
        let mut stages = Vec::new();
        cut(plan, state.ended, &mut stages);
        stages
    }

    /// Bytes of the Parquet files that the statement reads.
    pub fn input_bytes(&self) -> u64 {
        lock(&self.state).scans.iter().map(|scan| scan.bytes).sum()
    }

    /// The tables that the statement reads, with the rows of the partitions that it asks for.
    pub fn inputs(&self) -> Vec<(String, u64, u64)> {
        let state = lock(&self.state);
        let scans = state.scans.iter();
        scans
            .map(|scan| (scan.table.to_string(), scan.rows, scan.bytes))
            .collect()
    }

    /// The rows that the last write committed.
    pub fn written(&self) -> Option<u64> {
        lock(&self.state).written
    }

    pub(crate) fn begin(&self, plan: Arc<dyn ExecutionPlan>, scans: Vec<ScanFacts>) {
        *lock(&self.state) = State {
            plan: Some(plan),
            scans,
            ended: false,
            written: None,
        };
    }

    pub(crate) fn end(&self) {
        lock(&self.state).ended = true;
    }

    pub(crate) fn wrote(&self, rows: u64) {
        lock(&self.state).written = Some(rows);
    }
}

/// What is found between two exchanges of rows.
#[derive(Default)]
struct Part {
    below: Vec<usize>,
    input_rows: u64,
    scans: bool,
    began: Option<u64>,
    ended: Option<u64>,
}

/// Adds the stages of a plan, inputs first, and gives the number of the last one.
fn cut(plan: &Arc<dyn ExecutionPlan>, ended: bool, stages: &mut Vec<Stage>) -> usize {
    let mut part = Part::default();
    walk(plan, ended, stages, &mut part);
    let number = stages.len() + 1;
    let kind = match part.below.len() {
        0 => "M",
        1 if !part.scans => "R",
        _ => "J",
    };
    let mut name = format!("{kind}{number}");
    for input in &part.below {
        name.push_str(&format!("_{input}"));
    }
    let output_rows = rows(plan);
    let workers = partitions(plan);
    let terminated = if ended {
        workers
    } else {
        done(plan).min(workers)
    };
    stages.push(Stage {
        name,
        workers,
        terminated,
        input_rows: if part.below.is_empty() {
            output_of_leaves(plan)
        } else {
            part.input_rows
        },
        output_rows,
        began: part.began,
        ended: part.ended.filter(|_| terminated >= workers),
    });
    number
}

fn walk(plan: &Arc<dyn ExecutionPlan>, ended: bool, stages: &mut Vec<Stage>, part: &mut Part) {
    if plan.children().is_empty() {
        part.scans = true;
    }
    let (began, over) = times(plan);
    part.began = [part.began, began].into_iter().flatten().min();
    part.ended = part.ended.max(over);
    for child in plan.children() {
        if matches!(
            child.name(),
            "RepartitionExec" | "CoalescePartitionsExec" | "SortPreservingMergeExec"
        ) && let Some(source) = child.children().first()
        {
            part.below.push(cut(source, ended, stages));
            part.input_rows += rows(source);
        } else {
            walk(child, ended, stages, part);
        }
    }
}

/// When the first partition of an operator was opened and the last one done, as it says itself.
fn times(plan: &Arc<dyn ExecutionPlan>) -> (Option<u64>, Option<u64>) {
    let (mut began, mut ended) = (None::<u64>, None::<u64>);
    for metric in plan.metrics().iter().flat_map(|metrics| metrics.iter()) {
        match metric.value() {
            MetricValue::StartTimestamp(at) => {
                let at = at.value().map(|at| millis(at.timestamp_millis()));
                began = [began, at].into_iter().flatten().min();
            }
            MetricValue::EndTimestamp(at) => {
                ended = ended.max(at.value().map(|at| millis(at.timestamp_millis())));
            }
            _ => {}
        }
    }
    (began, ended)
}

fn millis(at: i64) -> u64 {
    u64::try_from(at).unwrap_or_default()
}

/// How many partitions of a stage are done: those of its last operator that says when it ended.
fn done(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    let metrics = plan.metrics();
    let ends: Vec<bool> = metrics
        .iter()
        .flat_map(|metrics| metrics.iter())
        .filter_map(|metric| match metric.value() {
            MetricValue::EndTimestamp(at) => Some(at.value().is_some()),
            _ => None,
        })
        .collect();
    match (ends.is_empty(), plan.children().first()) {
        (true, Some(child)) => done(child),
        _ => ends.iter().map(|ended| u64::from(*ended)).sum(),
    }
}

fn rows(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    let counted = plan.metrics().and_then(|metrics| metrics.output_rows());
    match (counted, plan.children().first()) {
        (Some(rows), _) => u64::try_from(rows).unwrap_or(u64::MAX),
        (None, Some(child)) => rows(child),
        (None, None) => 0,
    }
}

fn output_of_leaves(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    if plan.children().is_empty() {
        return rows(plan);
    }
    plan.children().into_iter().map(output_of_leaves).sum()
}

fn partitions(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    match plan.properties().output_partitioning() {
        Partitioning::RoundRobinBatch(n)
        | Partitioning::Hash(_, n)
        | Partitioning::UnknownPartitioning(n) => u64::try_from(*n).unwrap_or(1).max(1),
        _ => 1,
    }
}
