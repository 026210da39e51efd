//! What stands out in a flight: plain findings, each with its evidence and the next step. They are
//! told from recorded figures alone, so the same file always gives the same findings.
//!
//! Every threshold is a named constant with its reason; a finding that cannot be told from the
//! figures is not guessed.

mod calm;
mod load;
mod loss;
mod stuck;

use wire::Millis;

use crate::flight::Flight;

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// When it began.
    pub from: Millis,
    /// When it was over; none while it lasts.
    pub until: Option<Millis>,
    /// On which worker.
    pub worker: Option<String>,
    /// What it is, with the figures.
    pub what: What,
}

/// What stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A worker is no longer listed.
    WorkerLost {
        /// How many were left.
        left: usize,
    },
    /// A worker reports no more, but is still listed.
    WorkerStale {
        /// For how long its report has been the same.
        silent: Millis,
    },
    /// One worker computes while another has nothing to do.
    Unbalanced {
        /// The mean use of the busy worker's slots, in thousandths.
        busy: u64,
        /// The idle worker.
        idle: String,
        /// The mean use of its slots, in thousandths.
        least: u64,
    },
    /// A worker's memory was nearly full.
    MemoryPressure {
        /// The most bytes in use.
        used: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The disk for spilling filled up while the cluster computed.
    Spill {
        /// By how many bytes.
        grown: u64,
    },
    /// Operands are under way and nothing about them changes.
    Stuck {
        /// How many.
        operands: u64,
        /// For how long.
        length: Millis,
    },
    /// Nobody ever computed on it.
    NeverUsed {
        /// For how long it was usable.
        length: Millis,
    },
    /// The engine began operands again and told nobody.
    HiddenRetries {
        /// How many.
        times: usize,
        /// One of them.
        operand: String,
    },
    /// The engine's web service did not answer for a while.
    Unreachable {
        /// How often.
        spells: usize,
        /// The longest time.
        longest: Millis,
    },
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Results or money are at stake.
    Bad,
    /// It slows down, or may become bad.
    Warning,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is said by its sentence in text")]
pub enum Next {
    ReadLogview,
    WaitForTimeout,
    SmallerChunks,
    MoreMemory,
    CancelGraph,
    StopCluster,
    CheckConnection,
}

impl What {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::WorkerLost { .. } | Self::Stuck { .. } | Self::NeverUsed { .. } => Weight::Bad,
            _ => Weight::Warning,
        }
    }

    /// What to do next.
    pub fn next(&self) -> Next {
        match self {
            Self::WorkerLost { .. } | Self::HiddenRetries { .. } => Next::ReadLogview,
            Self::WorkerStale { .. } => Next::WaitForTimeout,
            Self::Unbalanced { .. } => Next::SmallerChunks,
            Self::MemoryPressure { .. } | Self::Spill { .. } => Next::MoreMemory,
            Self::Stuck { .. } => Next::CancelGraph,
            Self::NeverUsed { .. } => Next::StopCluster,
            Self::Unreachable { .. } => Next::CheckConnection,
        }
    }
}

/// Everything that stands out, the heaviest first, then the newest.
pub fn diagnose(flight: &Flight) -> Vec<Finding> {
    let mut all = Vec::new();
    loss::lost(flight, &mut all);
    loss::stale(flight, &mut all);
    load::unbalanced(flight, &mut all);
    load::memory(flight, &mut all);
    load::spill(flight, &mut all);
    stuck::stuck(flight, &mut all);
    stuck::retried(flight, &mut all);
    calm::never_used(flight, &mut all);
    calm::unreachable(flight, &mut all);
    all.sort_by_key(|found| (found.what.weight(), std::cmp::Reverse(found.from)));
    all
}
