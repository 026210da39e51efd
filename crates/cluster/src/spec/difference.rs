//! What a running cluster has against what is wanted. Later PyODPS reuses by name alone and then
//! waits for ever for workers that nobody asked for.

use super::{Field, Spec};

/// One figure of two clusters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which figure.
    pub field: Field,
    /// What is wanted.
    pub wanted: String,
    /// What the running cluster was asked for.
    pub found: String,
}

impl Difference {
    /// Both are the same.
    pub fn is_none(&self) -> bool {
        self.wanted == self.found
    }
}

/// The figures that make two clusters the same size.
const COMPARED: [Field; 4] = [
    Field::WorkerNum,
    Field::WorkerCpu,
    Field::WorkerMem,
    Field::MinWorkerNum,
];

/// The figures that are told only when they differ.
const RARE: [Field; 5] = [
    Field::CacheMem,
    Field::DiskNum,
    Field::SchedulerNum,
    Field::MarsAppImage,
    Field::ModulePath,
];

impl Spec {
    /// The figures of this spec beside those of a running cluster: the size always, the rest where
    /// it differs.
    pub fn against(&self, found: &Spec) -> Vec<Difference> {
        let value = |spec: &Spec, field| match field {
            Field::MinWorkerNum => spec.usable_at().to_string(),
            _ => spec.get(field),
        };
        let row = |field| Difference {
            field,
            wanted: value(self, field),
            found: value(found, field),
        };
        let rare = RARE.into_iter().map(row).filter(|row| !row.is_none());
        COMPARED.into_iter().map(row).chain(rare).collect()
    }

    /// A running cluster of that size can never have as many workers as this one waits for.
    pub fn never_usable_in(&self, found: &Spec) -> bool {
        found.worker_num < self.usable_at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_always_told_and_the_rest_where_it_differs() {
        let found = Spec {
            worker_num: 2,
            disk_num: 3,
            min_worker_num: None,
            ..Spec::guide()
        };
        let rows = Spec::guide().against(&found);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.field, row.wanted.as_str(), row.found.as_str()))
            .collect();
        let wanted = [
            (Field::WorkerNum, "5", "2"),
            (Field::WorkerCpu, "4", "4"),
            (Field::WorkerMem, "16", "16"),
            (Field::MinWorkerNum, "3", "2"),
            (Field::DiskNum, "1", "3"),
        ];
        assert_eq!(told, wanted);
        assert_eq!(rows.iter().filter(|row| row.is_none()).count(), 2);
    }

    #[test]
    fn two_workers_never_make_three() {
        let two = Spec {
            worker_num: 2,
            ..Spec::default()
        };
        assert!(Spec::guide().never_usable_in(&two));
        assert!(!two.never_usable_in(&Spec::guide()));
    }
}
