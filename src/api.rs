//! The only place of the page that performs IO: calls go out as same-origin requests to the gateway,
//! which signs them. Addresses are relative to `document.baseURI`.
//!
//! Frames (tunnel streams, results of jobs) are not fetched here but in the frame worker.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use bytes::Bytes;
use gloo_net::http::RequestBuilder;
use js_sys::{Promise, Uint8Array};
use leptos::prelude::on_cleanup;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};
use wire::{Call, Machine, Millis, Request, Response, Service, Step, Target, Unreachable};

use crate::state::clock::now;
use crate::state::profile::Connection;

pub mod answers;
pub mod archive;
pub mod clusters;
pub mod curl;
pub mod doctor;
pub mod editor;
pub mod engine;
mod failure;
pub mod file_worker;
pub mod files;
pub mod flights;
pub mod framed;
pub mod frames;
pub mod instances;
pub mod jobs;
pub mod kept;
pub mod launches;
pub mod leases;
pub mod logview;
pub mod notebook;
mod poll;
pub mod presets;
mod problem;
pub mod random;
mod reading;
pub mod sql;
pub mod starts;
pub mod store;
pub mod tables;
pub mod uploads;

pub use failure::Failure;
pub use poll::{Polled, every};
pub use problem::{Cause, Doing, Problem};
pub use reading::Reading;

/// A request that has no answer after this long has none.
const PATIENCE: Millis = 60_000;

/// How much longer waits are while nobody looks.
const HIDDEN_FACTOR: u64 = 5;

/// Runs a future of the page.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}

/// Whether the page is in a hidden tab.
pub fn hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.hidden())
}

/// Waits.
pub async fn sleep(ms: u64) {
    let timer = Promise::new(&mut |resolve, _| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        if let Some(window) = web_sys::window() {
            // Refused only for a callback that is not a function.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(timer).await;
}

/// Sends one call and reads its reply.
pub async fn send<C>(call: &C, target: &Target) -> Result<C::Reply, Failure>
where
    C: Call,
    Failure: From<C::Error>,
{
    let response = exchange(&call.service(), call.to_request(target), None).await?;
    Ok(call.from_response(response)?)
}

/// The facts of the connection, from the gateway.
pub async fn connection() -> Result<Connection, Problem> {
    let problem = |cause| Problem::new(Doing::ReadConnection, cause);
    let answer = fetch("GET", "-/connection", &Request::default(), None)
        .await
        .map_err(|gone| problem(Cause::GatewayGone).with_detail(gone.reason))?;
    let text = String::from_utf8_lossy(answer.body());
    match answer.status().is_success() {
        true => Connection::from_json(&text)
            .ok_or_else(|| problem(Cause::Unreadable).with_detail(text.into_owned())),
        false => Err(problem(Cause::GatewayGone).with_detail(text.into_owned())),
    }
}

/// What is wrong when the page does not know its connection yet.
pub fn no_connection() -> Problem {
    Problem::new(Doing::ReadConnection, Cause::GatewayGone)
}

/// What every call shares: of the known connection, or of one that is read now.
pub async fn target(known: Option<Connection>) -> Result<Target, Problem> {
    match known {
        Some(connection) => Ok(connection.target()),
        None => Ok(connection().await?.target()),
    }
}

/// The gateway's own health: the body of `GET /-/health`.
pub async fn health() -> Result<String, Failure> {
    let answer = fetch("GET", "-/health", &Request::default(), None).await?;
    match answer.status().is_success() {
        true => Ok(String::from_utf8_lossy(answer.body()).into_owned()),
        false => Err(Failure::Unreachable(Unreachable {
            reason: answer.status().to_string(),
        })),
    }
}

/// Sends a request to one of the gateway's three upstreams.
pub async fn exchange(
    service: &Service,
    request: Request,
    signal: Option<&AbortSignal>,
) -> Result<Response, Unreachable> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let address = address(service, path);
    fetch(request.method().as_str(), &address, &request, signal).await
}

/// Where the gateway takes requests for a service, relative to the base.
pub fn address(service: &Service, path: &str) -> String {
    match service {
        Service::Odps => format!("odps{path}"),
        Service::Tunnel => format!("tunnel{path}"),
        Service::Mars(instance) => format!("mars/{}{path}", crate::route::encode(instance)),
    }
}

async fn fetch(
    method: &str,
    address: &str,
    request: &Request,
    signal: Option<&AbortSignal>,
) -> Result<Response, Unreachable> {
    let failed = |error: gloo_net::Error| Unreachable {
        reason: error.to_string(),
    };
    let own = AbortController::new().ok();
    let signal = signal
        .cloned()
        .or_else(|| own.as_ref().map(AbortController::signal));
    let method = http::Method::from_bytes(method.as_bytes()).map_err(|error| Unreachable {
        reason: error.to_string(),
    })?;
    let mut builder = RequestBuilder::new(address)
        .method(method)
        .abort_signal(signal.as_ref());
    for (name, value) in request.headers() {
        if let Ok(value) = value.to_str() {
            builder = builder.header(name.as_str(), value);
        }
    }
    let request = match request.body().is_empty() {
        true => builder.build(),
        false => builder.body(Uint8Array::from(request.body().as_ref())),
    };
    let answer = limit(async { request?.send().await }, own.as_ref())
        .await
        .map_err(failed)?;
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers().entries() {
        response = response.header(name, value);
    }
    let body = answer.binary().await.map_err(failed)?;
    response
        .body(Bytes::from(body))
        .map_err(|error| Unreachable {
            reason: error.to_string(),
        })
}

/// Aborts what takes too long.
async fn limit<T>(work: impl Future<Output = T>, abort: Option<&AbortController>) -> T {
    let running = Rc::new(Cell::new(true));
    if let Some(abort) = abort.cloned() {
        let running = Rc::clone(&running);
        spawn(async move {
            sleep(PATIENCE).await;
            if running.get() {
                abort.abort();
            }
        });
    }
    let outcome = work.await;
    running.set(false);
    outcome
}

/// A machine that is being driven; [`Driving::stop`] ends it without an outcome.
#[derive(Clone, Default)]
pub struct Driving(Rc<Drive>);

#[derive(Default)]
struct Drive {
    stopped: Cell<bool>,
    woken: Cell<bool>,
    abort: RefCell<Option<AbortController>>,
}

impl Driving {
    /// Ends it: no further request, the one on its way is aborted, no further event.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        if let Some(abort) = self.0.abort.borrow_mut().take() {
            abort.abort();
        }
    }

    /// Polls the machine now instead of when it asked for: something was told to it.
    pub fn wake(&self) {
        self.0.woken.set(true);
    }

    fn stopped(&self) -> bool {
        self.0.stopped.get()
    }
}

/// Drives a machine to its end: sends what it asks for, wakes it when it asks to be woken (more
/// seldom while the page is hidden), and stops with the component that started it.
pub fn drive<M>(
    machine: M,
    on_event: impl FnMut(M::Event) + 'static,
    on_done: impl FnOnce(M::Output) + 'static,
) -> Driving
where
    M: Machine + 'static,
{
    let driving = drive_on(machine, on_event, on_done);
    let held = send_wrapper::SendWrapper::new(driving.clone());
    on_cleanup(move || held.stop());
    driving
}

/// As [`drive`], but goes on when the component is gone.
pub fn drive_on<M>(
    mut machine: M,
    mut on_event: impl FnMut(M::Event) + 'static,
    on_done: impl FnOnce(M::Output) + 'static,
) -> Driving
where
    M: Machine + 'static,
{
    let driving = Driving::default();
    let held = driving.clone();
    spawn(async move {
        let outcome = loop {
            match machine.poll(now()) {
                Step::Send(service, request) => {
                    let answer = held.send(&service, request).await;
                    if !held.stopped() {
                        machine.feed(now(), answer);
                    }
                }
                Step::Wait(until) => wait(until, &held).await,
                Step::Event(event) => on_event(event),
                Step::Done(outcome) => break outcome,
            }
            if held.stopped() {
                return;
            }
        };
        on_done(outcome);
    });
    driving
}

impl Driving {
    async fn send(&self, service: &Service, request: Request) -> Result<Response, Unreachable> {
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        *self.0.abort.borrow_mut() = abort.clone();
        limit(exchange(service, request, signal.as_ref()), abort.as_ref()).await
    }
}

/// Sleeps in slices, so that a wish, or the page coming back into view, does not wait.
async fn wait(until: Millis, driving: &Driving) {
    const SLICE: u64 = 250;
    let start = now();
    let asked = until.saturating_sub(start);
    while !driving.stopped() && !driving.0.woken.take() {
        let factor = if hidden() { HIDDEN_FACTOR } else { 1 };
        let left = asked
            .saturating_mul(factor)
            .saturating_sub(now().saturating_sub(start));
        if left == 0 {
            return;
        }
        sleep(left.min(SLICE)).await;
    }
}

#[cfg(test)]
mod tests {
    use wire::Service;

    use super::address;

    #[test]
    fn addresses_are_relative() {
        assert_eq!(address(&Service::Odps, "/projects/p"), "odps/projects/p");
        assert_eq!(
            address(&Service::Tunnel, "/projects/p"),
            "tunnel/projects/p"
        );
        assert_eq!(
            address(&Service::Mars("20/1".into()), "/api"),
            "mars/20%2F1/api"
        );
    }
}
