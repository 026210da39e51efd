//! `GET /projects/{project}/tables/{table}?partitions&expectmarker=true`: a page of partitions.
//! Recorded: `partitions.json`, `table_schema_0.9.json`.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::PartitionSpec;
use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for a page of partitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partitions {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
    /// Only those under these values of the first partition columns.
    pub prefix: Option<PartitionSpec>,
    /// The marker of the page before.
    pub marker: Option<String>,
    /// The last partition first.
    pub reverse: bool,
}

/// A page of partitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionPage {
    /// The partitions, in the order of the service.
    pub partitions: Vec<Partition>,
    /// There is more: send this with the next request.
    pub marker: Option<String>,
}

/// A partition in the list. The service of 0.9 says only the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Its columns.
    pub spec: PartitionSpec,
    /// When it was made, in epoch seconds.
    pub created: Option<i64>,
    /// When its data changed, in epoch seconds.
    pub modified: Option<i64>,
    /// Bytes.
    pub size: Option<u64>,
    /// Rows.
    pub records: Option<u64>,
}

impl Call for Partitions {
    type Reply = PartitionPage;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .table(None, &self.table)
            .action("partitions")
            .pair_some("reverse", self.reverse.then_some(""))
            .pair("expectmarker", "true")
            .pair_some(
                "partition",
                self.prefix.as_ref().map(PartitionSpec::quoted).as_deref(),
            )
            .pair_some("marker", self.marker.as_deref())
            .pair_some("curr_schema", self.schema.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<PartitionPage, Error> {
        let response = response::check(response)?;
        let document = body_xml("partition list", response.body())?;
        let root = document.root_element();
        let partitions = xml::children(root, "Partition").map(|partition| {
            let number = |name| xml::said(partition, name)?.trim().parse::<i64>().ok();
            let count = |name| number(name).and_then(|n| u64::try_from(n).ok());
            let columns = xml::children(partition, "Column").map(|column| {
                let text = |name| column.attribute(name).unwrap_or_default().to_owned();
                (text("Name"), text("Value"))
            });
            Partition {
                spec: PartitionSpec(columns.collect()),
                created: number("CreationTime"),
                modified: number("LastModifiedTime"),
                size: count("PartitionSize"),
                records: count("PartitionRecordCount"),
            }
        });
        Ok(PartitionPage {
            partitions: partitions.collect(),
            marker: xml::said(root, "Marker"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        match incoming.table(Method::GET) {
            Some((schema, table, rest)) if rest.is_empty() && incoming.has("partitions") => {
                Ok(Self {
                    schema,
                    table,
                    prefix: incoming
                        .said("partition")
                        .map(|text| PartitionSpec::read(&text))
                        .transpose()?,
                    marker: incoming.said("marker"),
                    reverse: incoming.has("reverse"),
                })
            }
            _ => Err(Error::OtherCall {
                call: "the list of partitions",
            }),
        }
    }
}

impl Reply for PartitionPage {
    fn into_response(self) -> Response {
        let mut document = Element::new("Partitions")
            .with(Element::text("Marker", self.marker.unwrap_or_default()))
            .with(Element::text("MaxItems", 1000));
        for partition in self.partitions {
            let mut element = Element::new("Partition");
            for (name, value) in partition.spec.0 {
                element.push(
                    Element::new("Column")
                        .attribute("Name", name)
                        .attribute("Value", value),
                );
            }
            document.push(
                element
                    .with_some("CreationTime", partition.created)
                    .with_some("LastDDLTime", partition.created)
                    .with_some("LastModifiedTime", partition.modified)
                    .with_some("PartitionSize", partition.size)
                    .with_some("PartitionRecordCount", partition.records),
            );
        }
        response::xml(&document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back() {
        let spec = PartitionSpec(vec![
            ("pt".into(), "\"a\"&中".into()),
            ("r".into(), String::new()),
        ]);
        let full = Partition {
            spec,
            created: Some(1),
            modified: Some(2),
            size: Some(3),
            records: Some(4),
        };
        let page = PartitionPage {
            partitions: vec![full, Partition::default()],
            marker: None,
        };
        assert_eq!(
            Partitions::default().from_response(page.clone().into_response()),
            Ok(page)
        );
    }

    #[test]
    fn requests_come_back() {
        let call = Partitions {
            table: "t".into(),
            prefix: Some(PartitionSpec(vec![("pt".into(), "20200101".into())])),
            ..Partitions::default()
        };
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(
            request.uri(),
            "/projects/p/tables/t?partitions=&expectmarker=true&partition=pt%3D%2720200101%27&curr_project=p"
        );
        assert_eq!(Partitions::from_request(&request), Ok(call));
    }
}
