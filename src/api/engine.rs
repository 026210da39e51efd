//! What an engine tells of its sessions, graphs, schedulers and workers; where it tells less, what
//! its web API has.

use mars::v04::console::{
    Event, Events, Graph, GraphFacts, GraphRow, SchedulerFacts, Schedulers, Session, Sessions, Told,
};
use mars::v04::session::{GraphCancel, GraphList, SessionDelete};
use wire::{Millis, Target};

use super::{Doing, Failure, Problem, kept, notebook::Notebook, send};

/// The status of a graph, a session or a worker that is not there (any more).
const GONE: u16 = 410;

/// The sessions of an engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The engine lists all of them; otherwise they are those that this browser knows.
    pub all: bool,
    /// The sessions.
    pub sessions: Vec<Session>,
}

fn failed(failure: impl Into<Failure>) -> Problem {
    Problem::of(Doing::ReadEngine, failure)
}

/// Reads all sessions, or those that this browser made, where the engine is known to tell no list
/// (`absent`) or says so now.
pub async fn sessions(target: &Target, instance: &str, absent: bool) -> Result<Read, Problem> {
    if absent {
        return own_sessions(target, instance).await;
    }
    let call = Sessions {
        instance: instance.to_owned(),
    };
    match send(&call, target).await.map_err(failed)? {
        Told::Facts(list) => Ok(Read {
            all: true,
            sessions: list.sessions,
        }),
        Told::Absent => own_sessions(target, instance).await,
    }
}

/// The sessions that this browser made, as the API of every 0.4 tells them.
async fn own_sessions(target: &Target, instance: &str) -> Result<Read, Problem> {
    let mut sessions = Vec::new();
    for id in own_ids(instance) {
        let call = GraphList {
            instance: instance.to_owned(),
            session_id: id.clone(),
        };
        let graphs = match send(&call, target).await {
            Ok(list) => list.graphs,
            Err(Failure::Unreachable(gone)) => return Err(failed(gone)),
            // A session that has ended is answered with an error.
            Err(_) => continue,
        };
        let graphs = graphs.into_iter().map(|graph| GraphRow {
            key: graph.graph_key,
            state: graph.state,
            start_time: graph.start_time,
            end_time: graph.end_time,
            graph_size: graph.graph_size,
            done: None,
            total: None,
        });
        sessions.push(Session {
            id,
            created: None,
            graphs: graphs.collect(),
        });
    }
    Ok(Read {
        all: false,
        sessions,
    })
}

fn own_ids(instance: &str) -> Vec<String> {
    let jobs = kept::jobs(instance).into_iter().map(|job| job.session);
    let cells = Notebook::kept(instance).unwrap_or_default().cells;
    let runs = cells.into_iter().filter_map(|cell| cell.run?.graph);
    let mut ids: Vec<String> = jobs.chain(runs.map(|(session, _)| session)).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Reads the operands of a graph; nothing if it is gone or the engine does not tell.
pub async fn graph(
    target: &Target,
    instance: &str,
    (session, graph): (String, String),
) -> Result<Option<GraphFacts>, Problem> {
    let call = Graph {
        instance: instance.to_owned(),
        session_id: session,
        graph_key: graph,
    };
    match send(&call, target).await {
        Ok(told) => Ok(told.facts()),
        Err(failure) if is_gone(&failure) => Ok(None),
        Err(failure) => Err(failed(failure)),
    }
}

/// Reads the facts of the schedulers; nothing if the engine does not tell them.
pub async fn schedulers(
    target: &Target,
    instance: &str,
) -> Result<Option<SchedulerFacts>, Problem> {
    let call = Schedulers {
        instance: instance.to_owned(),
    };
    let told = send(&call, target).await.map_err(failed)?;
    Ok(told.facts())
}

/// What a worker did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The moment of the answer, by the worker's clock.
    pub now: Option<Millis>,
    /// How many older events were left off.
    pub left_off: u64,
    /// Oldest first.
    pub events: Vec<Event>,
}

/// Reads what a worker did within this time; nothing if the worker is gone or the engine does not tell.
pub async fn events(
    target: &Target,
    instance: &str,
    endpoint: &str,
    since: Millis,
) -> Result<Option<Done>, Problem> {
    let call = Events {
        instance: instance.to_owned(),
        endpoint: endpoint.to_owned(),
        since: Some(since),
    };
    let told = match send(&call, target).await {
        Ok(told) => told,
        Err(failure) if is_gone(&failure) => return Ok(None),
        Err(failure) => return Err(failed(failure)),
    };
    Ok(told.facts().map(|list| Done {
        now: list.now.and_then(millis),
        left_off: list.left_off.unwrap_or_default(),
        events: list.events,
    }))
}

/// Asks for the end of a graph.
pub async fn cancel(
    target: &Target,
    instance: &str,
    (session_id, graph_key): (String, String),
) -> Result<(), Problem> {
    let call = GraphCancel {
        instance: instance.to_owned(),
        session_id,
        graph_key,
    };
    let sent = send(&call, target).await;
    sent.map(|_| ())
        .map_err(|failure| Problem::of(Doing::CancelJob, failure))
}

/// Ends a session and frees what it holds.
pub async fn delete(target: &Target, instance: &str, session_id: String) -> Result<(), Problem> {
    let call = SessionDelete {
        instance: instance.to_owned(),
        session_id,
    };
    let sent = send(&call, target).await;
    sent.map(|_| ())
        .map_err(|failure| Problem::of(Doing::DeleteSession, failure))
}

fn is_gone(failure: &Failure) -> bool {
    matches!(failure, Failure::Mars(mars::Error::Status { status, .. }) if *status == GONE)
}

/// Unix seconds as milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked on the line before"
)]
pub fn millis(seconds: f64) -> Option<Millis> {
    let whole = seconds.is_finite() && (0.0..1e12).contains(&seconds);
    whole.then(|| (seconds * 1000.0).round() as Millis)
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn moments() {
        assert_eq!(millis(1_795_457_543.350_268), Some(1_795_457_543_350));
        assert_eq!([millis(-1.0), millis(f64::NAN), millis(1e300)], [None; 3]);
    }
}
