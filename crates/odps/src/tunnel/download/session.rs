//! What the tunnel says of a download session, in JSON. Recorded: `tunnel_download_arrow.json` seq
//! 3.

use serde_json::{Value, json};
use wire::{Reply, Response};

use crate::request::body_text;
use crate::types::{Column, columns};
use crate::{Error, response};

/// A download session: a snapshot of a table or partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The id of the session.
    pub id: String,
    /// Whether rows can be read.
    pub status: Status,
    /// How many rows there are; not known while it starts.
    pub record_count: u64,
    /// The columns that hold data.
    pub columns: Vec<Column>,
    /// The columns that name the partition: they are not in the rows.
    pub partition_keys: Vec<Column>,
    /// The quota that serves it.
    pub quota: Option<String>,
    /// The owner's name.
    pub owner: Option<String>,
}

/// Where a session is. The wire writes the words in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It starts; look again.
    Initiating,
    /// Rows can be read.
    Normal,
    /// It is over.
    Closes,
    /// It is too old.
    Expired,
    /// It failed.
    Failed,
    /// Something else.
    Unknown,
}

impl Status {
    const WORDS: [(&str, Self); 6] = [
        ("initiating", Self::Initiating),
        ("normal", Self::Normal),
        ("closes", Self::Closes),
        ("expired", Self::Expired),
        ("failed", Self::Failed),
        ("unknown", Self::Unknown),
    ];

    fn read(word: &str) -> Self {
        let known = Self::WORDS
            .iter()
            .find(|(text, _)| text.eq_ignore_ascii_case(word.trim()));
        known.map_or(Self::Unknown, |(_, status)| *status)
    }

    fn as_str(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, status)| *status == self)
            .map_or("unknown", |(text, _)| text)
    }
}

impl Session {
    pub(super) fn read(response: Response) -> Result<Self, Error> {
        let response = response::check(response)?;
        let text = body_text("download session", response.body())?;
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Error::malformed("download session", error))?;
        let word = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let status = word("Status").map_or(Status::Unknown, |word| Status::read(&word));
        let count = value.get("RecordCount");
        let count = count.and_then(|n| n.as_u64().or_else(|| n.as_str()?.trim().parse().ok()));
        let count = match (count, status) {
            (Some(count), _) => count,
            (None, Status::Normal) => {
                return Err(Error::malformed("download session", "no RecordCount"));
            }
            (None, _) => 0,
        };
        let schema = value.get("Schema").unwrap_or(&Value::Null);
        Ok(Self {
            id: word("DownloadID")
                .ok_or_else(|| Error::malformed("download session", "no DownloadID"))?,
            status,
            record_count: count,
            columns: columns(schema, "columns")?,
            partition_keys: columns(schema, "partitionKeys")?,
            quota: word("QuotaName"),
            owner: word("Owner"),
        })
    }
}

/// The schema as sessions have it.
pub(in crate::tunnel) fn schema_json(columns: &[Column], partition_keys: &[Column]) -> Value {
    let list = |columns: &[Column]| -> Vec<Value> {
        let column = |(at, column): (usize, &Column)| {
            json!({
                "column_id": at.to_string(),
                "comment": column.comment,
                "default_value": "",
                "name": column.name,
                "nullable": column.nullable,
                "type": column.kind.to_string(),
            })
        };
        columns.iter().enumerate().map(column).collect()
    };
    json!({
        "IsVirtualView": false,
        "columns": list(columns),
        "partitionKeys": list(partition_keys),
    })
}

impl Reply for Session {
    fn into_response(self) -> Response {
        let mut value = json!({
            "DownloadID": self.id,
            "RecordCount": self.record_count,
            "Schema": schema_json(&self.columns, &self.partition_keys),
            "Status": self.status.as_str(),
        });
        for (key, text) in [("QuotaName", self.quota), ("Owner", self.owner)] {
            if let Some(text) = text {
                value[key] = text.into();
            }
        }
        response::json(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Type;

    #[test]
    fn a_session_comes_back() {
        let session = Session {
            id: "D".into(),
            status: Status::Normal,
            record_count: u64::MAX,
            columns: vec![Column::new("中", Type::read("array<decimal(10,2)>"))],
            partition_keys: vec![Column::new("pt", Type::String)],
            quota: Some("default".into()),
            owner: None,
        };
        assert_eq!(Session::read(session.clone().into_response()), Ok(session));
    }

    #[test]
    fn a_session_that_starts_knows_little() {
        let session = Session::read(response::text(
            r#"{"DownloadID": "D", "Status": "INITIATING"}"#,
        ))
        .expect("read");
        assert_eq!(
            (session.status, session.record_count),
            (Status::Initiating, 0)
        );
        for body in [
            "",
            "{}",
            r#"{"DownloadID": "D", "Status": "NORMAL"}"#,
            r#"{"DownloadID": "D", "Schema": {"columns": [1]}}"#,
        ] {
            assert!(Session::read(response::text(body)).is_err(), "{body}");
        }
    }
}
