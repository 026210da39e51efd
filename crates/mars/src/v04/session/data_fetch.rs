//! `GET …/data/{tileable_key}`: a result, whole or in part (`http_14`, `20` to `25`, `27`, `28`,
//! `30`, `32`, `35`, `45`, `59`).
//!
//! Of the compressions offered the server takes the greatest in the order none < lz4 < gzip.
//! `serial_type` and `pickle_protocol` are of later 0.4.x; 0.4.0rc1 ignores them and always
//! answers in Arrow serialisation.

use super::path::{Parts, commas, request};
use super::reply;
use super::slices::Slices;
use crate::Error;
use bytes::Bytes;
use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Fetches a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFetch {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
    /// The tileable.
    pub tileable_key: String,
    /// The compressions that are understood; empty means none.
    pub compressions: Vec<Compression>,
    /// The part that is wanted; `None` for the whole.
    pub slices: Option<Slices>,
    /// How the payload is to be written (later 0.4.x).
    pub serial_type: Option<SerialType>,
    /// The highest pickle protocol that is understood (later 0.4.x).
    pub pickle_protocol: Option<u32>,
}

/// A compression of the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compression {
    /// As it is.
    None,
    /// An LZ4 frame.
    Lz4,
    /// gzip.
    Gzip,
}

impl Compression {
    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Lz4 => "lz4",
            Self::Gzip => "gzip",
        }
    }
}

/// How the payload is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SerialType {
    /// Arrow serialisation, which `serialized` reads.
    Arrow,
    /// A pickle.
    Pickle,
}

impl SerialType {
    fn as_str(self) -> &'static str {
        match self {
            Self::Arrow => "arrow",
            Self::Pickle => "pickle",
        }
    }
}

impl DataFetch {
    /// A fetch that every 0.4 release answers in Arrow serialisation, compressed with gzip.
    pub fn new(
        instance: impl Into<String>,
        session_id: impl Into<String>,
        graph_key: impl Into<String>,
        tileable_key: impl Into<String>,
    ) -> Self {
        Self {
            instance: instance.into(),
            session_id: session_id.into(),
            graph_key: graph_key.into(),
            tileable_key: tileable_key.into(),
            compressions: vec![Compression::Gzip],
            slices: None,
            serial_type: Some(SerialType::Arrow),
            pickle_protocol: Some(4),
        }
    }
}

/// The bytes that `serialized::decode` takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload(pub Bytes);

impl Reply for Payload {
    fn into_response(self) -> Response {
        reply::respond(self.0)
    }
}

impl Call for DataFetch {
    type Reply = Payload;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let names: Vec<&str> = self.compressions.iter().map(|kind| kind.as_str()).collect();
        let names = names.join(",");
        let slices = self.slices.as_ref().map(Slices::to_json);
        let protocol = self.pickle_protocol.map(|protocol| protocol.to_string());
        let query = [
            (
                "compressions",
                Some(names.as_str()).filter(|names| !names.is_empty()),
            ),
            ("slices", slices.as_deref()),
            ("serial_type", self.serial_type.map(SerialType::as_str)),
            ("pickle_protocol", protocol.as_deref()),
        ];
        let query: Vec<(&str, &str)> = query
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        let segments = [
            "session",
            &self.session_id,
            "graph",
            &self.graph_key,
            "data",
            &self.tileable_key,
        ];
        request(Method::GET, &segments, &query)
    }

    fn from_response(&self, response: Response) -> Result<Payload, Error> {
        reply::accept(response).map(Payload)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph", "*", "data", "*"];
        let parts = Parts::take("DataFetch", request, &Method::GET, &pattern)?;
        if let Some(kind) = parts.optional("type") {
            return Err(parts.refused(format!("the type is {kind:?}")));
        }
        let compression = |name: &String| match name.as_str() {
            "none" => Ok(Compression::None),
            "lz4" => Ok(Compression::Lz4),
            "gzip" => Ok(Compression::Gzip),
            other => Err(parts.refused(format!("the compression is {other:?}"))),
        };
        let serial_type = match parts.optional("serial_type") {
            None => None,
            Some("arrow") => Some(SerialType::Arrow),
            Some("pickle") => Some(SerialType::Pickle),
            Some(other) => return Err(parts.refused(format!("the serial type is {other:?}"))),
        };
        let slices = parts.optional("slices").map(|text| {
            Slices::parse(text).ok_or_else(|| parts.refused(format!("the slices are {text}")))
        });
        let protocol = parts
            .optional("pickle_protocol")
            .map(str::parse)
            .transpose();
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
            graph_key: parts.segment(3),
            tileable_key: parts.segment(5),
            compressions: commas(parts.optional("compressions").unwrap_or_default())
                .iter()
                .map(compression)
                .collect::<Result<_, _>>()?,
            slices: slices.transpose()?,
            serial_type,
            pickle_protocol: protocol
                .map_err(|_| parts.refused("pickle_protocol is no number".into()))?,
        })
    }
}
