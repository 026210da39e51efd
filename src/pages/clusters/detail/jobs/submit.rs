//! From text to a submitted graph.

use cluster::{Job, JobEvent, JobFailure};
use leptos::prelude::*;
use script::{Error, Lowered};

use super::Handle;
use crate::api::kept::{self, KeptJob};
use crate::api::{self, Cause, Doing, Problem, random};
use crate::state::clock::now;

/// Reads the text and builds its graph, or says what is wrong with it.
pub fn build(text: &str) -> Result<Lowered, Vec<Error>> {
    let (ast, errors) = script::parse(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    script::lower(&ast, random::key, random::seed()).map_err(|error| vec![error])
}

/// Submits a graph; tells the job's names as soon as the engine has it, then lets it run.
pub fn submit(
    project: String,
    instance: String,
    text: String,
    lowered: Lowered,
    then: impl FnOnce(Result<Handle, Problem>) + 'static,
) {
    let target = lowered.target.clone();
    let job = Job::new(project, instance.clone(), lowered.graph, lowered.target);
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
