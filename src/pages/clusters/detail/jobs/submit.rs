//! From text to a submitted graph, by way of the tables that the text names.

use cluster::{Job, JobEvent, JobFailure};
use leptos::prelude::*;
use script::{Ast, Error, ErrorKind, Lowered, Project};
use wire::Target;

use super::Handle;
use crate::api::kept::{self, KeptJob};
use crate::api::notebook::Ran;
use crate::api::{self, Cause, Doing, Problem, random};
use crate::route;
use crate::state::clock::now;

/// Why a text is not run.
pub enum Refused {
    /// It is wrong, there.
    Script(Vec<Error>),
    /// What it needs could not be had.
    Problem(Problem),
}

/// Reads a text and builds its graph with the names of what ran before; reads the tables that they
/// name.
pub async fn build(
    ran: &[Ran],
    cell: &Ran,
    target: &Target,
    instance: &str,
) -> Result<Lowered, Refused> {
    let (ast, errors) = script::parse(&cell.text);
    if !errors.is_empty() {
        return Err(Refused::Script(errors));
    }
    let earlier: Vec<(Ast, u32)> = ran
        .iter()
        .map(|ran| (script::parse(&ran.text).0, ran.seed))
        .collect();
    let before: Vec<script::Cell<'_>> = earlier
        .iter()
        .map(|(ast, seed)| script::Cell { ast, seed: *seed })
        .collect();
    let cell = script::Cell {
        ast: &ast,
        seed: cell.seed,
    };
    let mut project = project(target.project.clone(), instance);
    // Every round knows one table more.
    loop {
        let error = match script::lower(&before, cell, &project, random::key) {
            Ok(lowered) => return Ok(lowered),
            Err(error) => error,
        };
        let Some(name) = unknown_table(&error.kind) else {
            return Err(Refused::Script(vec![error]));
        };
        let table = match api::tables::find(target, name).await {
            Ok(Some(table)) => table,
            Ok(None) => return Err(Refused::Script(vec![error])),
            Err(problem) => return Err(Refused::Problem(problem)),
        };
        let columns = table.schema.columns.into_iter();
        let columns = columns.map(|column| (column.name, column.kind.to_string()));
        project.tables.insert(name.to_owned(), columns.collect());
    }
}

/// What a script knows of its project and cluster before any table was read.
pub(super) fn project(name: String, instance: &str) -> Project {
    Project {
        name,
        endpoint: route::engine_address(instance),
        ..Project::default()
    }
}

/// The table that is not known, if that is what is wrong.
pub(super) fn unknown_table(kind: &ErrorKind) -> Option<&str> {
    match kind {
        ErrorKind::UnknownTable(name) => Some(name),
        ErrorKind::EarlierCell { error, .. } => unknown_table(error),
        _ => None,
    }
}

/// Makes the tables and partitions that are written, if they are not there.
pub async fn prepare(lowered: &Lowered, target: &Target) -> Result<(), Problem> {
    for statement in lowered.writes.iter().flat_map(|write| &write.statements) {
        api::sql::run(target, statement, Doing::RunJob).await?;
    }
    Ok(())
}

/// Submits a graph; tells the job's names as soon as the engine has it, then lets it run.
pub fn submit(
    project: String,
    instance: String,
    text: String,
    graph: String,
    targets: Vec<String>,
    then: impl FnOnce(Result<Handle, Problem>) + 'static,
) {
    let mut targets = targets.into_iter();
    let target = targets.next().unwrap_or_default();
    let job = Job::new(project, instance.clone(), graph, target.clone()).with(targets);
    let then = StoredValue::new_local(Some(then));
    let done = move |outcome| {
        if let Some(then) = then.try_update_value(Option::take).flatten() {
            then(outcome);
        }
    };
    let session = StoredValue::new_local(String::new());
    let driving = StoredValue::new_local(api::Driving::default());
    let started = api::drive_on(
        job,
        move |event| match event.what {
            JobEvent::Session { id } => session.set_value(id),
            JobEvent::Submitted { graph_key } => {
                driving.with_value(api::Driving::stop);
                let (session, target) = (session.get_value(), target.clone());
                let handle = Handle {
                    session,
                    graph: graph_key,
                    target,
                };
                kept::keep_job(
                    &instance,
                    &KeptJob {
                        session: handle.session.clone(),
                        graph: handle.graph.clone(),
                        target: handle.target.clone(),
                        text: text.clone(),
                        at: now(),
                    },
                );
                done(Ok(handle));
            }
            _ => {}
        },
        move |outcome| {
            if let Err(failure) = outcome {
                done(Err(problem(failure)));
            }
        },
    );
    driving.set_value(started);
}

/// Why a job has no result, as a problem.
pub fn problem(failure: JobFailure) -> Problem {
    let doing = Doing::RunJob;
    match failure {
        JobFailure::NotSubmitted { problem } | JobFailure::Lost { problem } => {
            Problem::of(doing, problem)
        }
        JobFailure::Failed { message, trace } => {
            let detail = trace.or(message).unwrap_or_default();
            Problem::new(doing, Cause::JobFailed).with_detail(detail)
        }
        other => Problem::new(doing, Cause::JobFailed).with_detail(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{en::EN, zh::ZH};

    #[test]
    fn errors_have_a_place_and_a_sentence_in_both_languages() {
        let (_, errors) = script::parse("mt.ones((3, 4)");
        let error = errors.first().expect("the bracket is not closed");
        assert_eq!((error.at.line, error.at.column), (1, 8));
        assert_eq!((EN.life.jobs.error)(&error.kind), "( is never closed.");
        assert_eq!((ZH.life.jobs.error)(&error.kind), "( 没有闭合。");
    }
}
