//! What was written, or why nothing was.

use file::import::{Bad, ImportError, Report};
use leptos::prelude::*;

use super::run::Run;
use crate::api::{Doing, Problem, frames};
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::frames::{Fault, Source, TableSource};
use crate::route::{Query, Route};
use crate::text::sentences;
use crate::text::uploads::Uploads;
use crate::uploads::{Failure, Job, Progress};

/// What is wrong with a file, in words.
pub fn file_words(text: &Uploads, error: &ImportError) -> String {
    match error {
        ImportError::Empty => text.empty.to_owned(),
        ImportError::Unclosed { row } => (text.unclosed)(&format::grouped(*row)),
        ImportError::Bad(bad) => (text.bad)(bad),
        ImportError::TooMany { most } => (text.too_many)(&format::grouped(*most)),
        ImportError::Damaged(why) => (text.damaged)(why),
        other => (text.damaged)(&other.to_string()),
    }
}

/// What was written.
#[component]
pub fn Done(
    /// The work.
    run: Run,
    /// The last figures.
    progress: Progress,
    /// What became of the rows.
    report: Report,
) -> impl IntoView {
    let t = sentences();
    let name = run.draft.table.get_untracked();
    let place = Route::Table(name.trim().to_owned());
    let partition = run.job.get_untracked().and_then(|job| job.partition);
    let address = match partition {
        Some(partition) => place.with(Query::default().with("partition", &partition)),
        None => place.with(Query::default()),
    };
    let (rows, bad) = (progress.rows, report.bad.clone());
    let said = move || {
        let text = &t.get().uploads;
        let mut said = vec![(text.done)(&format::grouped(rows))];
        let some = |count: u64| (count > 0).then(|| format::grouped(count));
        said.extend(some(report.rejected).map(|rows| (text.left_out)(&rows)));
        said.extend(some(report.nulls).map(|cells| (text.made_null)(&cells)));
        let retries = some(u64::from(progress.retries));
        said.extend(retries.map(|times| (text.again)(&times)));
        said.join(" ")
    };
    view! {
        <div class="upload-done">
            <p role="status">{said}</p>
            <a class="button" href=address.href()>{move || (t.get().uploads.show)(name.trim())}</a>
            <BadList bad=bad/>
        </div>
    }
}

/// Why it failed.
#[component]
pub fn Failed(
    /// The work.
    run: Run,
    /// Why.
    failure: Failure,
    /// The cells that do not fit.
    bad: Vec<Bad>,
) -> impl IntoView {
    let t = sentences();
    if let Failure::Service(fault) = &failure {
        let problem = run.job.get_untracked().map(|job| service(&job, fault));
        return problem
            .map(|problem| {
                view! {
                    <ProblemNotice problem=problem/>
                    <p>{move || t.get().uploads.unchanged}</p>
                }
            })
            .into_any();
    }
    let said = move || {
        let text = &t.get().uploads;
        match &failure {
            Failure::File(error) => (text.failed)(&file_words(text, error)),
            Failure::Blocks => (text.failed)(text.blocks),
            Failure::Commit(fault) => format!("{} ({fault})", text.commit),
            Failure::Crashed(why) => (text.failed)(why),
            Failure::Service(fault) => fault.to_string(),
        }
    };
    view! {
        <div class="upload-failed" role="alert"><p dir="auto">{said}</p></div>
        <BadList bad=bad/>
    }
    .into_any()
}

/// The service's refusal, with its evidence.
fn service(job: &Job, fault: &Fault) -> Problem {
    let source = Source::Table(TableSource {
        project: job.project.clone(),
        table: job.table.clone(),
        partition: job.partition.clone(),
        columns: Vec::new(),
        schema: job.schema.clone(),
        start: 0,
    });
    Problem {
        what: Doing::Upload,
        ..frames::problem(&source, fault)
    }
}

/// The cells that did not fit.
#[component]
fn BadList(
    /// The cells.
    mut bad: Vec<Bad>,
) -> impl IntoView {
    let t = sentences();
    bad.sort_by_key(|bad| bad.row);
    (!bad.is_empty()).then(|| {
        let lines = move || {
            let one = |bad: &Bad| view! { <li dir="auto">{(t.get().uploads.bad)(bad)}</li> };
            bad.iter().map(one).collect_view()
        };
        view! {
            <section class="upload-bad" aria-labelledby="upload-bad">
                <h3 id="upload-bad">{move || t.get().uploads.bad_list}</h3>
                <ul>{lines}</ul>
            </section>
        }
    })
}
