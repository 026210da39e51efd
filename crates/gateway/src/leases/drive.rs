//! Sends what a machine asks for to the upstreams, as the gateway itself.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use http_body_util::{BodyExt as _, Limited};
use wire::{Machine, Service, Step, Unreachable};

use crate::Gateway;
use crate::tokens::{self, now};
use crate::{proxy, socket};

/// A list of workers is some kilobytes for each.
const ANSWER_LIMIT: usize = 8 << 20;
/// A request that has no answer after this long has none.
const PATIENCE: Duration = Duration::from_secs(60);

/// One turn of a machine.
pub(super) enum Turn<E, O> {
    Event(E),
    Done(O),
}

/// Drives a machine until it has something to tell.
pub(super) async fn next<M: Machine>(
    gateway: &Arc<Gateway>,
    machine: &mut M,
) -> Turn<M::Event, M::Output> {
    loop {
        match machine.poll(now()) {
            Step::Send(service, request) => {
                let answer = tokio::time::timeout(PATIENCE, send(gateway, &service, request)).await;
                let late = |_| {
                    Err(Unreachable {
                        reason: "no answer in time".to_owned(),
                    })
                };
                machine.feed(now(), answer.unwrap_or_else(late));
            }
            Step::Wait(until) => {
                let left = until.saturating_sub(now());
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Step::Event(event) => return Turn::Event(event),
            Step::Done(outcome) => return Turn::Done(outcome),
        }
    }
}

async fn send(
    gateway: &Arc<Gateway>,
    service: &Service,
    request: wire::Request,
) -> Result<wire::Response, Unreachable> {
    match service {
        Service::Odps => tokens::exchange(gateway, request).await,
        Service::Mars(instance) => engine(gateway, instance, request).await,
        Service::Tunnel => Err(Unreachable {
            reason: "a lease has nothing to do there".to_owned(),
        }),
    }
}

async fn engine(
    gateway: &Arc<Gateway>,
    instance: &str,
    request: wire::Request,
) -> Result<wire::Response, Unreachable> {
    let lost = |reason: &str| Unreachable {
        reason: reason.to_owned(),
    };
    let path = request.uri().path_and_query().cloned();
    let path = path.ok_or_else(|| lost("the request has no path"))?;
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts, Body::from(body));
    let answer = proxy::ask_engine(gateway, instance, path, request, socket::LIFE).await;
    // A failure is told in the words that the page gets: the machines read both alike.
    let answer = match answer {
        Ok((_, answer)) => answer,
        Err(failure) => failure.document(""),
    };
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, ANSWER_LIMIT).collect().await;
    let body = body.map_err(|_| lost("the answer broke off"))?.to_bytes();
    Ok(http::Response::from_parts(parts, body))
}
