//! `GET /projects/{project}/schemas/{schema}/tables/{table}/preview?limit={n}`: the first rows.
//! Recorded: `table_preview_arrow.json` seq 3 (whole body of the answer included).
//!
//! The answer is a plain Arrow stream with schema and end marker, without frames. The names in
//! `Accept-Encoding` are those of Arrow's own compression of buffers, `ZSTD` and `LZ4_FRAME`; an answer
//! may be without. Later clients expect a `timestamp` as seconds and nanoseconds.

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::StreamReader;
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

/// The schema and the batches of an answer; nothing if it has no body, which means no rows.
pub fn read(answer: &Rows) -> Result<Option<(SchemaRef, Vec<RecordBatch>)>, Error> {
    if answer.body.is_empty() {
        return Ok(None);
    }
    let bad = |error: arrow::error::ArrowError| Error::malformed("preview", error);
    let stream = StreamReader::try_new(answer.body.as_ref(), None).map_err(bad)?;
    let schema = stream.schema();
    let batches = stream.collect::<Result<_, _>>().map_err(bad)?;
    Ok(Some((schema, batches)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_a_cut_one_is_an_error() {
        use arrow::array::Int64Array;
        use arrow::ipc::writer::StreamWriter;
        let column = std::sync::Arc::new(Int64Array::from(vec![1, i64::MAX]));
        let batch = RecordBatch::try_from_iter([("id", column as _)]).expect("one column");
        let mut body = Vec::new();
        let mut writer = StreamWriter::try_new(&mut body, &batch.schema()).expect("a schema");
        writer.write(&batch).expect("the same schema");
        writer.finish().expect("memory");
        drop(writer);
        let rows = |body: &[u8]| Rows {
            body: bytes::Bytes::copy_from_slice(body),
            content_encoding: None,
            record_count: None,
        };
        let whole = read(&rows(&body)).expect("whole");
        assert_eq!(whole, Some((batch.schema(), vec![batch])));
        assert_eq!(read(&rows(&[])), Ok(None));
        // The last eight bytes are the end mark, and without them nothing is missing.
        for end in 1..body.len() - 8 {
            let cut = read(&rows(&body[..end]));
            let schema_only = cut
                .as_ref()
                .is_ok_and(|read| read.as_ref().is_some_and(|(_, batches)| batches.is_empty()));
            assert!(cut.is_err() || schema_only, "{end}");
        }
    }

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
