//! Jobs against recorded answers of the engine, and jobs that go wrong.

use cluster::{Job, JobEvent, JobFailure, JobOutcome, Moment};
use serde_json::Value;
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::support::{Run, START, cut, drive, engine, name, names, recorded, refused, text};

type Answer = Result<Response, Unreachable>;

/// What a request is, without ids.
fn short(name: &str) -> &'static str {
    match name {
        "POST mars:/api/session" => "session",
        "GET mars:/api/worker" => "workers",
        name if name.ends_with("/graph") => "submit",
        name if name.contains("?wait_timeout=") => "state",
        name if name.contains("type=nsplits") => "shape",
        name if name.starts_with("DELETE") => "cancel",
        name if name.starts_with("HEAD") => "check",
        other => panic!("unexpected {other}"),
    }
}

fn state(word: &str) -> Answer {
    text(&format!("{{\"state\":\"{word}\"}}"))
}

/// A cluster on which everything goes well.
fn good(short: &str) -> Answer {
    match short {
        "session" => engine("http_04_session_create.json"),
        "workers" => workers(2, ""),
        "submit" => engine("http_11_submit_rand_sum.json"),
        "state" => engine("http_13_wait.json"),
        "shape" => engine("http_15_nsplits_scalar.json"),
        "cancel" => engine("http_67_cancel_running.json"),
        "check" => engine("http_08_session_head_exists.json"),
        other => panic!("unexpected {other}"),
    }
}

/// Two workers with so many free slots on the second, and what it says of the session.
fn workers(free: u8, progress: &str) -> Answer {
    text(&format!(
        "{{\"w1:1\":{{\"slots\":{{\"cpu\":2}},\"progress\":{{}}}},\
           \"w2:1\":{{\"slots\":{{\"cpu\":{free}}},\"progress\":{{{progress}}}}}}}"
    ))
}

fn request() -> Value {
    recorded("http_11_submit_rand_sum.json")["request"].clone()
}

fn job() -> Job {
    let form = &request()["form"];
    let (graph, target) = (
        form["graph"].as_str().unwrap(),
        form["target"].as_str().unwrap(),
    );
    Job::new("p", "2026g1", graph, target)
}

fn run(mut answer: impl FnMut(Millis, &str) -> Answer) -> Run<Moment<JobEvent>, JobOutcome> {
    drive(&mut job(), |now, s, r| answer(now, short(&name(s, r))))
}

fn order(run: &Run<Moment<JobEvent>, JobOutcome>) -> Vec<&'static str> {
    names(&run.sent).iter().map(|name| short(name)).collect()
}

#[test]
fn the_recorded_job_gives_a_result_with_its_shape() {
    let mut polls = 0;
    let run = run(|_, short| match short {
        "state" => {
            polls += 1;
            if polls == 1 {
                engine("http_12_poll_short.json")
            } else {
                good("state")
            }
        }
        short => good(short),
    });
    assert_eq!(
        order(&run),
        ["session", "workers", "submit", "state", "state", "shape"]
    );
    let result = run.output.unwrap();
    assert_eq!(result.session, "3350c08668907488e423618ac0e397be");
    assert_eq!(result.graph_key, "d8de24c567d9bcc12791891fdb069993");
    assert_eq!(result.shape, Some(vec![]), "a scalar");
    assert!(result.elapsed < 2_000, "a quick job is not kept waiting");
    // The submission is the recorded one.
    let (_, submit) = &run.sent[2];
    assert_eq!(submit.uri().path(), request()["path"].as_str().unwrap());
    let body = String::from_utf8(submit.body().to_vec()).unwrap();
    assert!(
        body.contains(&format!("target={}", result.target)),
        "{body}"
    );
    assert!(
        body.contains("names="),
        "names must be present even when empty"
    );
    let words: Vec<&JobEvent> = run.events.iter().map(|event| &event.what).collect();
    assert!(
        matches!(
            words.as_slice(),
            [
                JobEvent::Session { .. },
                JobEvent::Submitted { .. },
                JobEvent::State { state: running, .. },
                JobEvent::State { state: done, .. },
            ] if running == "running" && done == "succeeded"
        ),
        "{words:?}"
    );
}

#[test]
fn the_shape_of_chunks_is_their_sum() {
    let run = run(|_, short| match short {
        "shape" => engine("http_33_nsplits_groupby.json"),
        short => good(short),
    });
    assert_eq!(run.output.unwrap().shape, Some(vec![3, 2]));
}

#[test]
fn a_failure_shows_the_engines_words() {
    let run = run(|_, short| match short {
        "state" => engine("http_58_failed_with_exc_info.json"),
        short => good(short),
    });
    let Err(JobFailure::Failed { message, trace }) = run.output else {
        panic!()
    };
    let text =
        recorded("http_58_failed_with_exc_info.json")["response"]["body_json"]["exc_info_text"]
            .as_str()
            .unwrap()
            .to_owned();
    assert_eq!(message.as_deref(), text.trim_end().lines().last());
    assert_eq!(trace, Some(text));
}

#[test]
fn a_graph_that_sticks_at_cancelling_was_rejected() {
    let run = run(|_, short| match short {
        "state" => engine("http_37_failed_at_tile_stage.json"),
        short => good(short),
    });
    assert_eq!(run.output, Err(JobFailure::Rejected));
    assert!(run.now - START < 10_000);
}

#[test]
fn somebody_elses_cancel_is_no_rejection() {
    let run = run(|now, short| match short {
        "state" if now < START + 2_000 => state("cancelling"),
        "state" => engine("http_68_state_after_cancel.json"),
        short => good(short),
    });
    assert_eq!(run.output, Err(JobFailure::Cancelled { here: false }));
}

/// Drives a job and cancels it after so many milliseconds.
fn cancelled_after(
    after: Millis,
    mut answer: impl FnMut(Millis, &str) -> Answer,
) -> (JobOutcome, Vec<JobEvent>, Millis) {
    let (mut job, mut now, mut events) = (job(), START, Vec::new());
    for _ in 0..10_000 {
        if now >= START + after {
            job.cancel();
        }
        match job.poll(now) {
            Step::Send(s, r) => {
                let outcome = answer(now, short(&name(&s, &r)));
                now += 20;
                job.feed(now, outcome);
            }
            Step::Wait(until) => now = until.min(now + 50).max(now + 1),
            Step::Event(event) => events.push(event.what),
            Step::Done(outcome) => return (outcome, events, now),
        }
    }
    panic!("it never ends");
}

#[test]
fn cancel_asks_the_engine_and_waits_for_its_word() {
    let mut asked = None;
    let (outcome, events, now) = cancelled_after(1_500, |now, short| match short {
        "state" => match asked {
            None => state("running"),
            Some(at) if now < at + 2_000 => state("cancelling"),
            Some(_) => engine("http_68_state_after_cancel.json"),
        },
        "cancel" => {
            asked = Some(now);
            good("cancel")
        }
        short => good(short),
    });
    assert_eq!(outcome, Err(JobFailure::Cancelled { here: true }));
    assert!(events.contains(&JobEvent::CancelAsked));
    assert!(asked.unwrap() < START + 2_000 && now < START + 6_000);
}

#[test]
fn a_cancel_that_comes_too_late_gives_the_result() {
    let mut asked = false;
    let (outcome, ..) = cancelled_after(1_500, |_, short| match short {
        "state" if !asked => state("running"),
        "cancel" => {
            asked = true;
            good("cancel")
        }
        short => good(short),
    });
    assert!(outcome.is_ok());
}

#[test]
fn a_cancel_without_an_end_is_said_so() {
    let (outcome, _, now) = cancelled_after(1_500, |_, short| match short {
        "state" => state("running"),
        short => good(short),
    });
    assert_eq!(outcome, Err(JobFailure::CancelNotConfirmed));
    assert!(now < START + 40_000);
}

#[test]
fn a_cancel_before_the_submission_needs_no_request() {
    let (outcome, ..) = cancelled_after(0, |_, short| panic!("{short} was sent"));
    assert_eq!(outcome, Err(JobFailure::Cancelled { here: true }));
}

#[test]
fn a_graph_that_nobody_works_on_was_dropped() {
    let run = run(|_, short| match short {
        "state" => state("running"),
        short => good(short),
    });
    let Err(JobFailure::Dropped { for_ms }) = run.output else {
        panic!("{:?}", run.output)
    };
    assert!(for_ms >= 90_000 && run.now - START < 110_000, "{for_ms}");
    let quiet =
        |event: &&Moment<JobEvent>| matches!(event.what, JobEvent::Quiet { idle: true, .. });
    assert_eq!(
        run.events.iter().filter(quiet).count(),
        2,
        "told before it is given up"
    );
}

#[test]
fn an_operand_that_lingers_on_an_idle_worker_does_not_hide_it() {
    let session = "3350c08668907488e423618ac0e397be";
    let lingering =
        format!("\"{session}\":{{\"op\":{{\"operands\":\"X\",\"stage\":\"STORING\"}}}}");
    let run = run(|_, short| match short {
        "state" => state("running"),
        "workers" => workers(2, &lingering),
        short => good(short),
    });
    assert!(matches!(run.output, Err(JobFailure::Dropped { .. })));
}

#[test]
fn a_long_computation_is_waited_for() {
    let hour = 3_600_000;
    let mut submitted = false;
    let run = run(|now, short| match short {
        "state" if now < START + hour => state("running"),
        "submit" => {
            submitted = true;
            good("submit")
        }
        // One slot is taken from the submission on, and nothing else changes for an hour.
        "workers" if submitted => workers(1, ""),
        short => good(short),
    });
    assert!(run.output.is_ok());
    let busy = |event: &Moment<JobEvent>| matches!(event.what, JobEvent::Quiet { idle: false, .. });
    assert!(
        run.events.iter().any(busy),
        "that nothing moves is told all the same"
    );
}

#[test]
fn a_long_transfer_is_waited_for() {
    let mut submitted = false;
    let run = run(|now, short| match short {
        "state" if now < START + 600_000 => state("running"),
        "submit" => {
            submitted = true;
            good("submit")
        }
        "workers" => {
            let senders = if submitted { 0 } else { 1 };
            text(&format!(
                "{{\"w1:1\":{{\"slots\":{{\"cpu\":2,\"sender\":{senders}}}}}}}"
            ))
        }
        short => good(short),
    });
    assert!(run.output.is_ok(), "{:?}", run.output);
}

#[test]
fn the_pause_between_two_trials_of_the_engine_is_survived() {
    // A failed operand is tried again after 60 s in which nothing happens at all.
    let run = run(|now, short| match short {
        "state" if now < START + 130_000 => state("running"),
        "workers" => {
            let trial = (now - START) / 61_000;
            let stats = format!(
                "\"stats\":{{\"calc_speed.X\":{{\"count\":{trial},\"mean\":1,\"std\":0}}}}"
            );
            text(&format!("{{\"w1:1\":{{\"slots\":{{\"cpu\":2}},{stats}}}}}"))
        }
        short => good(short),
    });
    assert!(run.output.is_ok(), "{:?}", run.output);
}

#[test]
fn a_graph_in_preparation_gets_more_time() {
    let run = run(|now, short| match short {
        "state" if now < START + 300_000 => state("preparing"),
        short => good(short),
    });
    assert!(run.output.is_ok());
    let run = self::run(|_, short| match short {
        "state" => state("preparing"),
        short => good(short),
    });
    assert!(matches!(run.output, Err(JobFailure::Dropped { .. })));
}

#[test]
fn a_poll_that_gets_no_answer_is_asked_again() {
    let mut polls = 0;
    let run = run(|_, short| match short {
        "state" => {
            polls += 1;
            match polls {
                1 => refused(504, "GatewayTimeout", "later"),
                2 => cut(),
                _ => good("state"),
            }
        }
        short => good(short),
    });
    assert!(run.output.is_ok());
    let problem = |event: &&Moment<JobEvent>| matches!(event.what, JobEvent::Problem(_));
    assert_eq!(run.events.iter().filter(problem).count(), 2);
}

#[test]
fn a_session_that_is_gone_ends_the_job() {
    let run = run(|_, short| match short {
        "state" => engine("http_41_graph_unknown.json"),
        "check" => engine("http_09_session_head_missing.json"),
        short => good(short),
    });
    assert!(
        matches!(run.output, Err(JobFailure::Lost { .. })),
        "{:?}",
        run.output
    );
    let run = self::run(|_, short| match short {
        "state" => engine("http_41_graph_unknown.json"),
        short => good(short),
    });
    assert!(
        matches!(run.output, Err(JobFailure::Lost { .. })),
        "the graph is gone, not the session"
    );
}

#[test]
fn an_unreachable_cluster_is_waited_for() {
    let mut polls = 0;
    let run = run(|_, short| match short {
        "state" => {
            polls += 1;
            if polls < 20 { cut() } else { good("state") }
        }
        "check" => cut(),
        short => good(short),
    });
    assert!(run.output.is_ok(), "silence says nothing about the job");
}

#[test]
fn a_job_that_cannot_be_submitted_says_so() {
    let run = run(|_, short| match short {
        "session" => refused(401, "Unauthorized", "no"),
        short => good(short),
    });
    let Err(JobFailure::NotSubmitted { problem }) = run.output else {
        panic!()
    };
    assert_eq!(problem.code(), Some("Unauthorized"));
    let run = self::run(|_, short| match short {
        "submit" => cut(),
        short => good(short),
    });
    assert!(matches!(run.output, Err(JobFailure::NotSubmitted { .. })));
    let sessions = order(&run)
        .iter()
        .filter(|short| **short == "session")
        .count();
    let submits = order(&run)
        .iter()
        .filter(|short| **short == "submit")
        .count();
    assert_eq!(sessions, submits, "each trial in a session of its own");
}

#[test]
fn a_job_that_was_left_is_taken_up_with_three_keys() {
    let (mut job, mut now) = (job(), START);
    while job.handle().is_none() {
        match job.poll(now) {
            Step::Send(s, r) => job.feed(now, good(short(&name(&s, &r)))),
            Step::Wait(until) => now = until,
            Step::Event(_) => {}
            Step::Done(_) => panic!("over before it was left"),
        }
    }
    let (session, graph) = job.handle().unwrap();
    let mut again = Job::resume("p", "2026g1", session, graph, job.target(), Some(START));
    let run = drive(&mut again, |_, s, r| good(short(&name(s, r))));
    assert_eq!(order(&run), ["state", "shape"]);
    assert!(run.output.is_ok());

    let kept = serde_json::to_string(&job).unwrap();
    let mut again: Job = serde_json::from_str(&kept).unwrap();
    let run = drive(&mut again, |_, s, r| good(short(&name(s, r))));
    assert!(
        run.output.is_ok(),
        "the whole machine can be written down as well"
    );
}
