//! `GET /projects/{project}/tables/{table}?extended[&partition=…]`: how a table or partition is
//! stored. Recorded: `table_schema_0.9.json`, `partitions.json` seq 6.

use http::Method;
use serde_json::{Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::PartitionSpec;
use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks how a table is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetExtended {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
    /// One partition of it.
    pub partition: Option<PartitionSpec>,
}

/// How a table is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extended {
    /// Whether it is archived.
    pub is_archived: bool,
    /// Bytes on disk, over all copies.
    pub physical_size: Option<u64>,
    /// Number of files.
    pub file_num: Option<u64>,
    /// Further facts, a JSON object: `Transactional`, `PrimaryKey`, `StoredAs`, …
    pub reserved: Value,
}

impl Call for GetExtended {
    type Reply = Extended;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .table(None, &self.table)
            .action("extended")
            .pair_some(
                "partition",
                self.partition
                    .as_ref()
                    .map(PartitionSpec::quoted)
                    .as_deref(),
            )
            .pair_some("curr_schema", self.schema.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Extended, Error> {
        let response = response::check(response)?;
        let document = body_xml("table", response.body())?;
        let text = xml::child_text(document.root_element(), "Schema");
        let text = text.ok_or_else(|| Error::malformed("table", "no Schema element"))?;
        let value: Value =
            serde_json::from_str(&text).map_err(|error| Error::malformed("table", error))?;
        // A text that holds JSON, or the object itself.
        let reserved = match value.get("Reserved") {
            Some(Value::String(text)) if !text.is_empty() => {
                serde_json::from_str(text).map_err(|error| Error::malformed("table", error))?
            }
            Some(object @ Value::Object(_)) => object.clone(),
            _ => json!({}),
        };
        Ok(Extended {
            is_archived: value
                .get("IsArchived")
                .and_then(crate::types::flag)
                .unwrap_or(false),
            physical_size: value.get("PhysicalSize").and_then(Value::as_u64),
            file_num: value.get("FileNum").and_then(Value::as_u64),
            reserved,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        match incoming.table(Method::GET) {
            Some((schema, table, rest)) if rest.is_empty() && incoming.has("extended") => {
                Ok(Self {
                    schema,
                    table,
                    partition: incoming
                        .said("partition")
                        .map(|text| PartitionSpec::read(&text))
                        .transpose()?,
                })
            }
            _ => Err(Error::OtherCall {
                call: "how a table is stored",
            }),
        }
    }
}

impl Reply for Extended {
    fn into_response(self) -> Response {
        // The client of 0.13 fails on an empty `Reserved`: an empty object is what it takes.
        let reserved = if self.reserved.is_object() {
            self.reserved
        } else {
            json!({})
        };
        let value = json!({
            "FileNum": self.file_num.unwrap_or(0),
            "IsArchived": self.is_archived,
            "PhysicalSize": self.physical_size.unwrap_or(0),
            "Reserved": crate::json::python(&reserved),
        });
        let schema =
            Element::cdata("Schema", crate::json::python(&value)).attribute("format", "Json");
        response::xml(&Element::new("Table").with(schema))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let call = GetExtended {
            schema: None,
            table: "t".into(),
            partition: Some(PartitionSpec(vec![("pt".into(), "1".into())])),
        };
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(GetExtended::from_request(&request), Ok(call.clone()));
        let facts = Extended {
            is_archived: false,
            physical_size: Some(3072),
            file_num: Some(1),
            reserved: json!({"StoredAs": "AliOrc"}),
        };
        assert_eq!(call.from_response(facts.clone().into_response()), Ok(facts));
    }
}
