//! `POST /api/session` (`http_04` to `http_07`).
//!
//! 0.4.0rc1 knows `pyver` alone and hands everything else to the session, harmlessly. Later 0.4.x
//! read `arrow_version` and `pickle_protocol` too; without them they assume their own, which is
//! what a client that reads any framing wants. So the form with `pyver` alone fits all of them.

use super::path::{Parts, post};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::{Map, Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

/// Opens a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionCreate {
    /// The instance of the cluster.
    pub instance: String,
    /// The Python version to claim; only its major number is compared. `None` is accepted too.
    pub pyver: Option<String>,
    /// The Arrow version to claim (later 0.4.x).
    pub arrow_version: Option<String>,
    /// The highest pickle protocol that is understood (later 0.4.x).
    pub pickle_protocol: Option<u32>,
}

impl SessionCreate {
    /// The form that every 0.4 release takes, as PyODPS 0.9 on Python 3.7 sends it.
    pub fn new(instance: impl Into<String>) -> Self {
        Self {
            instance: instance.into(),
            pyver: Some("3.7.16".into()),
            arrow_version: None,
            pickle_protocol: None,
        }
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionCreated {
    /// Its id.
    pub session_id: String,
    /// Whether both sides have the same Arrow (later 0.4.x).
    pub arrow_compatible: Option<bool>,
    /// The pickle protocol agreed upon (later 0.4.x).
    pub pickle_protocol: Option<u64>,
}

impl Reply for SessionCreated {
    fn into_response(self) -> Response {
        let mut document = Map::new();
        document.insert("session_id".into(), json!(self.session_id));
        if let Some(compatible) = self.arrow_compatible {
            document.insert("arrow_compatible".into(), json!(compatible));
        }
        if let Some(protocol) = self.pickle_protocol {
            document.insert("pickle_protocol".into(), json!(protocol));
        }
        reply::respond_json(&Value::Object(document))
    }
}

impl Call for SessionCreate {
    type Reply = SessionCreated;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let protocol = self.pickle_protocol.map(|protocol| protocol.to_string());
        let fields = [
            ("pyver", self.pyver.as_deref()),
            ("pickle_protocol", protocol.as_deref()),
            ("arrow_version", self.arrow_version.as_deref()),
        ];
        let fields: Vec<(&str, &str)> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        post(&["session"], &fields)
    }

    fn from_response(&self, response: Response) -> Result<SessionCreated, Error> {
        let document = reply::json("the session", response)?;
        Ok(SessionCreated {
            session_id: reply::text("the session", &document, "session_id")?,
            arrow_compatible: document.get("arrow_compatible").and_then(Value::as_bool),
            pickle_protocol: document.get("pickle_protocol").and_then(Value::as_u64),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let parts = Parts::take("SessionCreate", request, &Method::POST, &["session"])?;
        let protocol = parts
            .optional("pickle_protocol")
            .map(str::parse)
            .transpose();
        Ok(Self {
            instance: String::new(),
            pyver: parts.optional("pyver").map(str::to_owned),
            arrow_version: parts.optional("arrow_version").map(str::to_owned),
            pickle_protocol: protocol
                .map_err(|_| parts.refused("pickle_protocol is no number".into()))?,
        })
    }
}
