//! `GET /projects/{project}/schemas/{schema}/tables/{table}/preview?limit={n}`: the first rows.
//! Recorded: `table_preview_arrow.json` seq 3 (whole body of the answer included).
//!
//! The answer is a plain Arrow stream with schema and end marker, without frames. The names in
//! `Accept-Encoding` are those of Arrow's own compression of buffers, `ZSTD` and `LZ4_FRAME`; an answer
//! may be without. Later clients expect a `timestamp` as seconds and nanoseconds.

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::download::{Rows, Source, rows_of};
use crate::request::Incoming;
use crate::tables::PartitionSpec;
use crate::{Error, response};

/// Asks for the first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What is looked at.
    pub source: Source,
    /// How many rows; nothing means as many as the service gives.
    pub limit: Option<u64>,
    /// Only these columns, in the order of the table.
    pub columns: Option<Vec<String>>,
}

impl Call for Preview {
    type Reply = Rows;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        let limit = self
            .limit
            .map_or("-1".to_owned(), |limit| limit.to_string());
        let source = Source {
            schema: Some(self.source.schema.clone().unwrap_or("default".into())),
            ..self.source.clone()
        };
        let columns = self.columns.as_ref().map(|names| names.join(","));
        source
            .outgoing(Method::GET, target)
            .segment("preview")
            .pair("limit", &limit)
            .pair_some("columns", columns.as_deref())
            .pair_some("partition", source.partition_text().as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Rows, Error> {
        Ok(rows_of(response::check(response)?))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall { call: "a preview" };
        let query = Incoming::read(request);
        let Some((schema, table, rest)) = query.table(Method::GET) else {
            return Err(other);
        };
        if rest != ["preview"] {
            return Err(other);
        }
        let limit = query.said("limit").unwrap_or("-1".into());
        let limit: i64 = limit
            .parse()
            .map_err(|_| Error::malformed("parameter", format!("limit {limit:?}")))?;
        let partition = query.said("partition");
        let names = query.said("columns");
        Ok(Self {
            source: Source {
                schema: schema.filter(|schema| schema != "default"),
                table,
                partition: partition
                    .map(|text| PartitionSpec::read(&text))
                    .transpose()?,
                is_instance: false,
            },
            limit: u64::try_from(limit).ok(),
            columns: names.map(|names| names.split(',').map(|name| name.trim().into()).collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back() {
        let target = Target {
            project: "p".into(),
        };
        let call = Preview {
            source: Source::table("t"),
            limit: Some(4),
            columns: None,
        };
        let request = call.to_request(&target);
        assert_eq!(
            request.uri(),
            "/projects/p/schemas/default/tables/t/preview?limit=4&curr_project=p"
        );
        assert_eq!(Preview::from_request(&request), Ok(call.clone()));
        let call = Preview {
            limit: None,
            columns: Some(vec!["a".into(), "中".into()]),
            ..call
        };
        assert_eq!(Preview::from_request(&call.to_request(&target)), Ok(call));
    }
}
