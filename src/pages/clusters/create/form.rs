//! What is typed into the create form, and reading it: text in, `Spec` or broken rules out.

use cluster::{Field, FieldProblem, Rule, Spec};
use leptos::prelude::*;

use crate::route::Query;

/// One text per field, as typed.
#[derive(Clone, Copy)]
pub struct ClusterForm([RwSignal<String>; Field::ALL.len()]);

impl ClusterForm {
    /// Filled in from the query; the guide's size where the query says nothing about it.
    pub fn new(query: &Query) -> Self {
        let guide = Spec::guide();
        let named = Field::ALL
            .iter()
            .any(|field| query.get(field.as_str()).is_some());
        let start = if named { Spec::default() } else { guide };
        Self(Field::ALL.map(|field| {
            let given = query.get(field.as_str()).map(str::to_owned);
            RwSignal::new(given.unwrap_or_else(|| start_text(&start, field)))
        }))
    }

    /// The text of one field.
    pub fn text(self, field: Field) -> RwSignal<String> {
        let at = Field::ALL.iter().position(|other| *other == field);
        self.0[at.expect("ALL holds every field")]
    }

    /// Fills every field in.
    pub fn fill(self, spec: &Spec) {
        for field in Field::ALL {
            self.text(field).set(start_text(spec, field));
        }
    }

    /// Reads the form; subscribes to every field.
    pub fn read(self) -> Result<Spec, Vec<FieldProblem>> {
        read(|field| self.text(field).get())
    }
}

/// Defaults of the folded fields stay empty, so that the form shows what was decided.
fn start_text(spec: &Spec, field: Field) -> String {
    let text = spec.get(field);
    let folded = matches!(field, Field::DiskNum | Field::SchedulerNum);
    if folded && text == Spec::default().get(field) {
        String::new()
    } else {
        text
    }
}

/// Reads texts into a `Spec`, or says which rules are broken.
fn read(text: impl Fn(Field) -> String) -> Result<Spec, Vec<FieldProblem>> {
    let mut spec = Spec::default();
    let mut problems = Vec::new();
    for field in Field::ALL {
        if let Err(rule) = spec.set(field, &text(field)) {
            problems.push(FieldProblem { field, rule });
        }
    }
    let unread = |field| problems.iter().any(|problem| problem.field == field);
    // A rule between two fields is said only when both could be read.
    let related = |rule: &Rule| match rule {
        Rule::MoreThanWorkers { .. } => unread(Field::WorkerNum),
        Rule::CacheNotBelowMemory { .. } => unread(Field::WorkerMem),
        _ => false,
    };
    let broken: Vec<FieldProblem> = (spec.validate().into_iter())
        .filter(|problem| !unread(problem.field) && !related(&problem.rule))
        .collect();
    problems.extend(broken);
    if problems.is_empty() {
        Ok(spec)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use cluster::{Field, Rule, Spec};

    use super::{read, start_text};

    fn with(changes: &[(Field, &str)]) -> Result<Spec, Vec<(Field, Rule)>> {
        let text = |field: Field| {
            let changed = changes.iter().find(|(name, _)| *name == field);
            changed.map_or_else(
                || start_text(&Spec::guide(), field),
                |(_, text)| (*text).to_owned(),
            )
        };
        read(text).map_err(|problems| problems.into_iter().map(|p| (p.field, p.rule)).collect())
    }

    #[test]
    fn the_guide_reads_back() {
        assert_eq!(with(&[]), Ok(Spec::guide()));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong = |field, text| with(&[(field, text)]).expect_err("a rule is broken");
        assert_eq!(
            wrong(Field::WorkerMem, "1"),
            [(Field::WorkerMem, Rule::MustExceedOneGb)]
        );
        assert_eq!(
            wrong(Field::WorkerNum, "many"),
            [(Field::WorkerNum, Rule::NotWhole)]
        );
        assert_eq!(
            wrong(Field::MinWorkerNum, "6"),
            [(Field::MinWorkerNum, Rule::MoreThanWorkers { worker_num: 5 })]
        );
        assert_eq!(
            wrong(Field::WorkerCpu, ""),
            [(Field::WorkerCpu, Rule::Missing)]
        );
    }
}
