//! What is allowed but probably not meant. Authority: the PyODPS Mars guide (one core to four
//! gigabytes, at most 30 workers).

use serde::{Deserialize, Serialize};

use super::Spec;
use crate::price::Cu;

/// Above this many workers the service that hands out images is known to struggle.
pub const WORKER_LIMIT: u32 = 30;

/// Gigabytes that go with one core.
const GB_PER_CORE: u32 = 4;

/// Something to look at before the money is spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Hint {
    /// Cores and memory are not 1 : 4, so a part of what is paid for lies idle.
    Ratio {
        /// What each worker is charged as: the larger of the two sides.
        paid: Cu,
        /// What both sides can use together: the smaller of the two.
        used: Cu,
        /// The two ways out: fit the memory to the cores, or the cores to the memory.
        repairs: [Repair; 2],
    },
    /// More workers than the guide allows.
    ManyWorkers {
        /// The guide's limit.
        limit: u32,
    },
}

/// A change to a worker that makes a hint go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Cores after it.
    pub worker_cpu: u32,
    /// Gigabytes after it.
    pub worker_mem: u32,
}

impl Repair {
    /// Applies the change.
    pub fn apply(self, spec: &mut Spec) {
        spec.worker_cpu = self.worker_cpu;
        spec.worker_mem = self.worker_mem;
    }
}

impl Spec {
    /// What deserves a second look; meant for a spec that breaks no rule.
    pub fn hints(&self) -> Vec<Hint> {
        let mut hints = Vec::new();
        let fitting = self.worker_cpu.saturating_mul(GB_PER_CORE);
        if self.worker_mem != fitting {
            let cores = self.worker_mem.div_ceil(GB_PER_CORE).max(1);
            let memory = cores.saturating_mul(GB_PER_CORE);
            hints.push(Hint::Ratio {
                paid: Cu::of(self.worker_cpu, self.worker_mem),
                used: Cu::both(self.worker_cpu, self.worker_mem),
                repairs: [
                    Repair {
                        worker_cpu: self.worker_cpu,
                        worker_mem: fitting,
                    },
                    Repair {
                        worker_cpu: cores,
                        worker_mem: memory,
                    },
                ],
            });
        }
        if self.worker_num > WORKER_LIMIT {
            hints.push(Hint::ManyWorkers {
                limit: WORKER_LIMIT,
            });
        }
        hints
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lopsided_worker_gets_both_repairs_and_its_waste() {
        let spec = Spec {
            worker_cpu: 8,
            worker_mem: 16,
            ..Spec::guide()
        };
        let hints = spec.hints();
        let Some(Hint::Ratio {
            paid,
            used,
            repairs,
        }) = hints.first()
        else {
            panic!("no ratio hint in {hints:?}");
        };
        assert_eq!(
            (paid.to_string(), used.to_string()),
            ("8".into(), "4".into())
        );
        for repair in repairs {
            let mut repaired = spec.clone();
            repair.apply(&mut repaired);
            assert_eq!(repaired.hints(), []);
        }
        assert_eq!(
            repairs[0],
            Repair {
                worker_cpu: 8,
                worker_mem: 32
            }
        );
        assert_eq!(
            repairs[1],
            Repair {
                worker_cpu: 4,
                worker_mem: 16
            }
        );
    }

    #[test]
    fn memory_that_is_no_multiple_of_four_is_rounded_up() {
        let spec = Spec {
            worker_cpu: 1,
            worker_mem: 10,
            ..Spec::guide()
        };
        let hints = spec.hints();
        let Some(Hint::Ratio { repairs, .. }) = hints.first() else {
            panic!("no ratio hint in {hints:?}");
        };
        assert_eq!(
            repairs[1],
            Repair {
                worker_cpu: 3,
                worker_mem: 12
            }
        );
    }

    #[test]
    fn the_guide_has_no_hint_and_31_workers_have_one() {
        assert_eq!(Spec::guide().hints(), []);
        let many = Spec {
            worker_num: 31,
            ..Spec::guide()
        };
        assert_eq!(many.hints(), [Hint::ManyWorkers { limit: 30 }]);
    }
}
