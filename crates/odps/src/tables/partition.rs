//! `GET /projects/{project}/tables/{table}?partition=pt='20200101'`: one partition.
//! Recorded: `partitions.json` seq 5; absent: 404 with the code `NoSuchPartition` (seq 7).

use http::{Method, StatusCode};
use serde_json::{Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::PartitionSpec;
use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for one partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetPartition {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
    /// The partition.
    pub spec: PartitionSpec,
}

/// What is known of a partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionFacts {
    /// When it was made, in epoch seconds.
    pub created: Option<i64>,
    /// When its data changed, in epoch seconds.
    pub modified: Option<i64>,
    /// Bytes.
    pub size: Option<u64>,
    /// Rows.
    pub records: Option<u64>,
}

impl GetPartition {
    /// What a server answers when there is no such partition.
    pub fn absent() -> Error {
        Error::status(
            StatusCode::NOT_FOUND,
            "NoSuchPartition",
            "The specified partition does not exist.",
        )
    }
}

impl Call for GetPartition {
    type Reply = PartitionFacts;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .table(None, &self.table)
            .pair("partition", &self.spec.quoted())
            .pair_some("curr_schema", self.schema.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<PartitionFacts, Error> {
        let response = response::check(response)?;
        let document = body_xml("partition", response.body())?;
        let schema = xml::child_text(document.root_element(), "Schema");
        let schema = schema.ok_or_else(|| Error::malformed("partition", "no Schema element"))?;
        let value: Value =
            serde_json::from_str(&schema).map_err(|error| Error::malformed("partition", error))?;
        let number = |key: &str| value.get(key).and_then(Value::as_i64);
        let count = |key: &str| value.get(key).and_then(Value::as_u64);
        Ok(PartitionFacts {
            created: number("createTime"),
            modified: number("lastModifiedTime"),
            size: count("partitionSize"),
            records: count("partitionRecordNum"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "one partition",
        };
        let incoming = Incoming::read(request);
        let Some((schema, table, rest)) = incoming.table(Method::GET) else {
            return Err(other);
        };
        let elsewhere = ["partitions", "extended", "data", "downloadid", "uploadid"];
        if !rest.is_empty() || elsewhere.iter().any(|name| incoming.has(name)) {
            return Err(other);
        }
        let text = incoming.said("partition").ok_or(other)?;
        Ok(Self {
            schema,
            table,
            spec: PartitionSpec::read(&text)?,
        })
    }
}

impl Reply for PartitionFacts {
    fn into_response(self) -> Response {
        let value = json!({
            "createTime": self.created,
            "lastDDLTime": self.created,
            "lastModifiedTime": self.modified,
            "partitionSize": self.size,
            "partitionRecordNum": self.records,
        });
        response::xml(
            &Element::new("Partition").with(Element::cdata("Schema", crate::json::python(&value))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let call = GetPartition {
            schema: None,
            table: "t".into(),
            spec: PartitionSpec(vec![("pt".into(), "20200101".into())]),
        };
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(GetPartition::from_request(&request), Ok(call.clone()));
        let facts = PartitionFacts {
            created: Some(1),
            modified: None,
            size: Some(2),
            records: Some(3),
        };
        assert_eq!(call.from_response(facts.clone().into_response()), Ok(facts));
        let absent = call.from_response(GetPartition::absent().into_response());
        assert!(absent.is_err_and(|error| error.is_absent()));
    }
}
