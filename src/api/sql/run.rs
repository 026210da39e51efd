//! Submitting a statement, and asking for its end.

use odps::instances::{Create, Job, Stop, Task};
use wire::Target;

use super::super::{Doing, Problem, random, send};

/// The flag that becomes the job's own priority.
pub const PRIORITY: &str = "odps.instance.priority";

/// Sends a statement; gives the instance.
pub async fn submit(
    target: &Target,
    text: &str,
    flags: &[(String, String)],
) -> Result<String, Problem> {
    let job = job(text, flags, random::uuid());
    let created = send(&Create { job }, target).await;
    Ok(created.map_err(|why| Problem::of(Doing::RunSql, why))?.id)
}

/// Asks an instance to end. One that has ended already is no failure.
pub async fn stop(target: &Target, id: &str) -> Result<(), Problem> {
    let stopped = send(&Stop { id: id.to_owned() }, target).await;
    match stopped.map_err(|why| Problem::of(Doing::CancelSql, why)) {
        Err(problem) if problem.code.as_deref() != Some("InvalidStateSetting") => Err(problem),
        _ => Ok(()),
    }
}

/// The job of a statement. The id makes it one submission, however often it arrives.
fn job(text: &str, flags: &[(String, String)], id: String) -> Job {
    let settings = flags.iter().filter(|(key, _)| key != PRIORITY);
    let settings = settings.map(|(key, value)| (key.as_str(), value.as_str()));
    let mut job = Job::of(Task::sql(text, settings, id.clone()));
    let priority = flags.iter().rev().find(|(key, _)| key == PRIORITY);
    if let Some(priority) = priority.and_then(|(_, value)| value.trim().parse().ok()) {
        job.priority = Some(priority);
    }
    job.guid = Some(id);
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_settings_and_the_priority_is_the_jobs() {
        let flags = [
            ("odps.sql.allow.fullscan".to_owned(), "true".to_owned()),
            (PRIORITY.to_owned(), "3".to_owned()),
        ];
        let job = job("select 1", &flags, "u".into());
        assert_eq!((job.priority, job.guid.as_deref()), (Some(3), Some("u")));
        assert_eq!(
            job.tasks[0].setting("odps.sql.allow.fullscan").as_deref(),
            Some("true")
        );
        assert_eq!(job.tasks[0].setting(PRIORITY), None);
        assert_eq!(job.tasks[0].property("uuid"), Some("u"));
    }
}
