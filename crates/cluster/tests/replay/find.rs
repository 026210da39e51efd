//! Looking for running clusters by name.

use cluster::{Find, Problem};
use odps::instances::{Job, JobSource, Task};
use wire::{Reply, Response, Unreachable};

use crate::support::{START, cut, drive, names, refused, text};

fn page(ids: &[&str], marker: &str) -> Result<Response, Unreachable> {
    let items: String = ids
        .iter()
        .map(|id| {
            format!(
                "<Instance><Name>{id}</Name><Owner>ALIYUN$me</Owner>\
                 <StartTime>Thu, 01 Jan 2026 00:00:00 GMT</StartTime><EndTime/>\
                 <Status>Running</Status></Instance>"
            )
        })
        .collect();
    text(&format!(
        "<Instances><Marker>{marker}</Marker><MaxItems>2</MaxItems>{items}</Instances>"
    ))
}

fn source(id: &str) -> Result<Response, Unreachable> {
    let mut job = Job::of(Task::cupid(format!("cupid_plan_{id},p,eHasFuxiJob"), "u"));
    match id {
        "2026sql" => job = Job::of(Task::sql("select 1", [], "u")),
        "2026secret" => return refused(403, "NoPermission", "no"),
        "2026nightly" => {
            job.name = Some("nightly".into());
            job.comment = Some("worker_num=2&worker_cpu=1&worker_mem=4".into());
        }
        "2026named" => {
            job.name = Some("other".into());
            job.comment = Some("somebody else's words".into());
        }
        _ => {}
    }
    Ok(JobSource::of(job).into_response())
}

fn service(request: &wire::Request) -> Result<Response, Unreachable> {
    let query = request.uri().query().unwrap_or("");
    let id = request
        .uri()
        .path()
        .rsplit('/')
        .next()
        .unwrap_or("")
        .to_owned();
    if query.contains("source") {
        return source(&id);
    }
    assert!(
        query.contains("status=Running") && query.contains("onlyowner=yes"),
        "{query}"
    );
    // Three days before the start of the test.
    assert!(
        query.contains(&format!("daterange={}", START / 1000 - 3 * 24 * 3600)),
        "{query}"
    );
    if query.contains("marker=m1") {
        return page(&["2026nightly", "2026plain"], "");
    }
    page(&["2026sql", "2026secret", "2026named"], "m1")
}

#[test]
fn every_page_is_read_and_only_mars_starts_count() {
    let run = drive(&mut Find::all("p"), |_, _, r| service(r));
    let found = run.output.unwrap();
    let ids: Vec<&str> = found.iter().map(|found| found.instance.as_str()).collect();
    assert_eq!(ids, ["2026named", "2026nightly", "2026plain"]);
    assert_eq!(found[0].spec, None, "a comment of somebody else is no spec");
    assert_eq!(found[1].spec.as_ref().unwrap().worker_num, 2);
    assert_eq!(found[1].started, Some(START));
    assert_eq!(found[2].plan, "cupid_plan_2026plain");
    assert_eq!(names(&run.sent).len(), 7);
}

#[test]
fn a_name_selects() {
    let run = drive(&mut Find::same("p", "nightly"), |_, _, r| service(r));
    let found = run.output.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name.as_deref(), Some("nightly"));
}

#[test]
fn a_list_that_cannot_be_read_is_told() {
    let run = drive(&mut Find::all("p"), |_, _, _| cut());
    assert!(matches!(run.output, Err(Problem::Unreachable { .. })));
    assert_eq!(run.sent.len(), 3);
    let run = drive(&mut Find::all("p"), |_, _, _| {
        refused(401, "Unauthorized", "no")
    });
    assert!(matches!(run.output, Err(Problem::Refused { .. })));
    assert_eq!(run.sent.len(), 1);
}

#[test]
fn a_marker_that_repeats_does_not_go_on_for_ever() {
    let run = drive(&mut Find::all("p"), |_, _, r| {
        match r.uri().query().unwrap_or("").contains("source") {
            true => source("2026plain"),
            false => page(&["2026plain"], "m1"),
        }
    });
    assert!(run.output.unwrap().len() <= 2);
}
