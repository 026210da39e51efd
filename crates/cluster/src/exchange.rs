//! One call of a machine: the request out, the answer or the problem in.

use http::header::CONTENT_TYPE;
use wire::{Call, Millis, Request, Response, Service, Target, Unreachable};

use crate::Problem;

/// What came of a request.
pub(crate) type Outcome = Result<Response, Unreachable>;

/// The request of a call and the upstream that it is for.
pub(crate) fn request<C: Call>(call: &C, project: &str) -> (Service, Request) {
    let target = Target {
        project: project.to_owned(),
    };
    (call.service(), call.to_request(&target))
}

/// Reads the answer to a call of the control plane.
pub(crate) fn odps<C: Call<Error = odps::Error>>(
    call: &C,
    outcome: Outcome,
) -> Result<C::Reply, Problem> {
    Ok(call.from_response(outcome?)?)
}

/// Reads the answer to a call of the engine. What stands between speaks the error documents of
/// the control plane, the engine itself never writes XML.
pub(crate) fn mars<C: Call<Error = mars::Error>>(
    call: &C,
    outcome: Outcome,
) -> Result<C::Reply, Problem> {
    let response = foreign(outcome?)?;
    Ok(call.from_response(response)?)
}

/// Reads the answer to the probe: PyODPS takes every status below 400 as "the web server is
/// there", whatever the body says (recorded with an empty one).
pub(crate) fn reachable(outcome: Outcome) -> Result<(), Problem> {
    let response = foreign(outcome?)?;
    let status = response.status().as_u16();
    if status < 400 {
        return Ok(());
    }
    let message = response
        .status()
        .canonical_reason()
        .unwrap_or("no reason given");
    Err(Problem::Engine {
        status,
        message: message.to_owned(),
        trace: None,
    })
}

/// Takes an error document of the gateway or the proxy out of the way.
fn foreign(response: Response) -> Result<Response, Problem> {
    let kind = response.headers().get(CONTENT_TYPE);
    let xml = kind.is_some_and(|kind| kind.as_bytes().ends_with(b"xml"));
    if response.status().as_u16() >= 400 && xml {
        return Err(odps::Error::from_response(&response).into());
    }
    Ok(response)
}

/// How long to wait before trial `failed + 1`: one second, doubled each time, fifteen at most.
pub(crate) fn backoff(failed: u32) -> Millis {
    const LONGEST: Millis = 15_000;
    1_000_u64
        .checked_shl(failed.saturating_sub(1).min(10))
        .map_or(LONGEST, |wait| wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_stops_growing() {
        let waits: Vec<Millis> = (0..8).map(backoff).collect();
        assert_eq!(
            waits,
            [1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]
        );
        assert_eq!(backoff(u32::MAX), 15_000);
    }

    #[test]
    fn the_gateways_words_are_told_from_the_engines() {
        let error = odps::Error::status(http::StatusCode::SERVICE_UNAVAILABLE, "MarsNotReady", "x");
        let reason = String::from("x");
        assert_eq!(
            reachable(Ok(error.into_response())),
            Err(Problem::NotReady { reason })
        );
        let mut response = Response::new("<html>".into());
        *response.status_mut() = http::StatusCode::NOT_FOUND;
        let problem = reachable(Ok(response)).unwrap_err();
        assert!(matches!(problem, Problem::Engine { status: 404, .. }));
        assert_eq!(reachable(Ok(Response::new(Default::default()))), Ok(()));
    }
}
