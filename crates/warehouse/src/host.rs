//! What this machine has, and how much of it a cluster gets.
//!
//! A cluster of the guide (5 workers of 4 CPU and 16 GB) does not fit on a laptop. What was asked for
//! is scaled, and both are told in the task's detail, so that nothing is scaled in silence.

use serde::Serialize;
use std::fs;

/// The most workers of one cluster, whatever the machine.
pub(crate) const WORKERS_MAX: u32 = 8;

/// The most worker processes of all clusters together: the local quota.
pub(crate) const QUOTA_WORKERS: u32 = 16;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// The least memory that a worker is started with: below that Mars refuses ordinary chunks.
const WORKER_MEMORY_MIN: u64 = 512 * MIB;

/// The machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Machine {
    /// CPUs that this process may use.
    pub(crate) cores: u32,
    /// Bytes of memory, within the limits of the control group.
    pub(crate) memory: u64,
}

/// What a cluster asks for, or gets. Memory in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Share {
    pub(crate) scheduler_num: u32,
    pub(crate) worker_num: u32,
    /// CPUs of each worker.
    pub(crate) worker_cpu: u32,
    /// Memory of each worker.
    pub(crate) worker_mem: u64,
    /// Shared memory for results of each worker, part of `worker_mem`.
    pub(crate) cache_mem: u64,
}

impl Machine {
    /// Looks at the machine.
    pub(crate) fn detect() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let physical = fs::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|text| total(&text));
        let group = fs::read_to_string("/sys/fs/cgroup/memory.max")
            .or_else(|_| fs::read_to_string("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
            .ok()
            .and_then(|text| text.trim().parse().ok());
        // Where the system does not say, assume a small machine.
        let memory = [physical, group]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(4 * GIB);
        Self {
            cores: u32::try_from(cores).unwrap_or(u32::MAX),
            memory,
        }
    }

    /// What a cluster gets of this machine: never more than asked, at least one CPU and half a
    /// gigabyte for each worker; CPU and two thirds of the memory are divided among its workers.
    pub(crate) fn scale(&self, asked: Share) -> Share {
        let worker_num = asked.worker_num.clamp(1, WORKERS_MAX);
        let worker_cpu = (self.cores / worker_num).min(asked.worker_cpu).max(1);
        let fair = self.memory / 3 * 2 / u64::from(worker_num);
        let worker_mem = fair
            .max(WORKER_MEMORY_MIN)
            .min(asked.worker_mem.max(WORKER_MEMORY_MIN));
        let cache = if asked.worker_mem == 0 {
            0
        } else {
            u128::from(asked.cache_mem) * u128::from(worker_mem) / u128::from(asked.worker_mem)
        };
        let cache_mem = u64::try_from(cache)
            .unwrap_or(u64::MAX)
            .min(worker_mem / 4 * 3);
        Share {
            scheduler_num: asked.scheduler_num.clamp(1, 2),
            worker_num,
            worker_cpu,
            worker_mem,
            cache_mem,
        }
    }
}

/// `MemTotal:       24519884 kB` of `/proc/meminfo`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim()
        .strip_suffix("kB")?
        .trim()
        .parse::<u64>()
        .ok()?
        .checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::{GIB, MIB, Machine, Share, total};

    const GUIDE: Share = Share {
        scheduler_num: 1,
        worker_num: 5,
        worker_cpu: 4,
        worker_mem: 16 * GIB,
        cache_mem: 8_246_337_208,
    };

    #[test]
    fn the_guides_cluster_on_a_small_machine() {
        let got = Machine {
            cores: 2,
            memory: 6 * GIB,
        }
        .scale(GUIDE);
        assert_eq!((got.worker_num, got.worker_cpu), (5, 1));
        assert_eq!(got.worker_mem, 6 * GIB / 3 * 2 / 5);
        assert!(got.cache_mem < got.worker_mem / 2);
    }

    #[test]
    fn never_more_than_asked() {
        assert_eq!(
            Machine {
                cores: 64,
                memory: 512 * GIB
            }
            .scale(GUIDE),
            GUIDE
        );
        let many = Share {
            worker_num: 100,
            ..GUIDE
        };
        assert_eq!(
            Machine {
                cores: 64,
                memory: 512 * GIB
            }
            .scale(many)
            .worker_num,
            8
        );
    }

    #[test]
    fn a_worker_has_a_least_size() {
        let tiny = Share {
            worker_num: 0,
            worker_cpu: 0,
            worker_mem: 0,
            cache_mem: 0,
            ..GUIDE
        };
        let got = Machine {
            cores: 1,
            memory: GIB / 4,
        }
        .scale(tiny);
        assert_eq!(
            (got.worker_num, got.worker_cpu, got.worker_mem),
            (1, 1, 512 * MIB)
        );
    }

    #[test]
    fn reads_meminfo() {
        let text = "MemTotal:       24519884 kB\nMemFree:        22117008 kB\n";
        assert_eq!(total(text), Some(24_519_884 * 1024));
        assert_eq!(total("MemFree: 1 kB"), None);
    }
}
