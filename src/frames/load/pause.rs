//! Waiting for a service that has no turn left (429, 503): longer after each refusal, and as long as it
//! asks for. Only MaxCompute's own services are asked again; a cluster that is not ready says so.

use http::StatusCode;
use http::header::RETRY_AFTER;
use wire::{Millis, Response, Service};

use crate::frames::Waiting;

/// How long to wait after the first refusal, the second one …; then it is told as it is.
const WAITS: [Millis; 6] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
/// Nobody waits longer than this at once.
const LONGEST: Millis = 60_000;

/// The refusals since the last success.
#[derive(Debug, Default)]
pub(super) struct Pause {
    refusals: usize,
    due: Option<Millis>,
}

impl Pause {
    /// The wait that is due before the next request; only once.
    pub(super) fn take(&mut self) -> Option<Millis> {
        self.due.take()
    }

    /// Forgets refusals: something was answered, or somebody asked anew.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Looks at an answer: whether it asks for patience, and there is some left.
    pub(super) fn asks(&mut self, service: &Service, response: &Response) -> Option<Waiting> {
        let busy = matches!(
            response.status(),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        );
        if !busy || matches!(service, Service::Mars(_)) {
            self.clear();
            return None;
        }
        let own = *WAITS.get(self.refusals)?;
        let asked = response.headers().get(RETRY_AFTER);
        let asked = asked.and_then(|value| value.to_str().ok()?.trim().parse::<Millis>().ok());
        let asked = asked.map_or(0, |seconds| seconds.saturating_mul(1_000));
        let millis = own.max(asked).min(LONGEST);
        self.refusals += 1;
        self.due = Some(millis);
        Some(Waiting {
            millis,
            attempt: self.refusals as u32,
            of: WAITS.len() as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn refusal(status: u16, after: Option<&str>) -> Response {
        let mut response = http::Response::builder().status(status);
        if let Some(after) = after {
            response = response.header(RETRY_AFTER, after);
        }
        response.body(Bytes::new()).unwrap()
    }

    #[test]
    fn waits_grow_and_end() {
        let mut pause = Pause::default();
        let mut waits = Vec::new();
        while let Some(waiting) = pause.asks(&Service::Tunnel, &refusal(429, None)) {
            assert_eq!(pause.take(), Some(waiting.millis));
            assert_eq!(pause.take(), None);
            waits.push(waiting.millis);
        }
        assert_eq!(waits, WAITS);
        pause.asks(&Service::Tunnel, &refusal(200, None));
        let again = pause.asks(&Service::Tunnel, &refusal(503, Some("7")));
        assert_eq!(again.map(|waiting| waiting.millis), Some(7_000));
        let long = pause.asks(&Service::Tunnel, &refusal(503, Some("99999")));
        assert_eq!(long.map(|waiting| waiting.millis), Some(LONGEST));
    }

    #[test]
    fn a_cluster_is_not_waited_for() {
        let mut pause = Pause::default();
        let mars = Service::Mars("i".into());
        assert_eq!(pause.asks(&mars, &refusal(503, None)), None);
        assert_eq!(pause.asks(&Service::Tunnel, &refusal(404, None)), None);
    }
}
