//! `GET …/instances/{id}?cached`: where an instance stands in its queue, in JSON.
//! Recorded: `instance_progress_0.9.json` seq 11.

use http::Method;
use serde_json::{Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{one, read_one};
use crate::request::body_text;
use crate::{Error, response};

/// Asks where an instance stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The instance.
    pub id: String,
}

/// Where an instance stands. Other items of the answer say what other calls say better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// `Waiting`, `Running`, `Terminated` …, the service's word.
    pub status: Option<String>,
    /// 9 is the default, 0 comes first.
    pub priority: Option<i64>,
    /// Per cent that are done, as the service says it.
    pub progress: Option<String>,
}

impl Call for Queue {
    type Reply = Standing;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action("cached")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Standing, Error> {
        let response = response::check(response)?;
        let text = body_text("queue", response.body())?;
        let value: Value =
            serde_json::from_str(text).map_err(|error| Error::malformed("queue", error))?;
        let word = |key: &str| value[key].as_str().map(str::to_owned);
        Ok(Standing {
            status: word("status"),
            priority: value["instancePriority"].as_i64(),
            progress: word("instanceProcess"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("cached") => Ok(Self { id }),
            _ => Err(Error::OtherCall {
                call: "the queue of an instance",
            }),
        }
    }
}

impl Reply for Standing {
    fn into_response(self) -> Response {
        response::json(&json!({
            "instancePriority": self.priority,
            "instanceProcess": self.progress,
            "status": self.status,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_comes_back() {
        let call = Queue { id: "i".into() };
        let standing = Standing {
            status: Some("Waiting".into()),
            priority: Some(9),
            progress: Some("50".into()),
        };
        for standing in [standing, Standing::default()] {
            assert_eq!(
                call.from_response(standing.clone().into_response()),
                Ok(standing)
            );
        }
    }
}
