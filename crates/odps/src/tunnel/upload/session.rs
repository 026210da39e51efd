//! What the tunnel says of an upload session, in JSON. Recorded: `tunnel_upload_protobuf.json` seq 3.

use serde_json::{Value, json};
use wire::{Millis, Reply, Response};

use crate::request::body_text;
use crate::tunnel::download::schema_json;
use crate::tunnel::records::MAX_FIELD_SIZE;
use crate::types::{Column, columns};
use crate::{Error, date, response};

/// An upload session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The id of the session.
    pub id: String,
    /// Whether blocks can be written.
    pub status: Status,
    /// The numbers of the blocks that were written, in order.
    pub blocks: Vec<u32>,
    /// The columns that hold data.
    pub columns: Vec<Column>,
    /// The columns that name the partition: they are not in the rows.
    pub partition_keys: Vec<Column>,
    /// When it was opened.
    pub initiated: Option<Millis>,
    /// The quota that serves it.
    pub quota: Option<String>,
    /// The owner's name.
    pub owner: Option<String>,
}

/// Where a session is. The wire writes the words in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Blocks can be written.
    Normal,
    /// It is being committed.
    Closing,
    /// It was committed.
    Closed,
    /// It was given up.
    Canceled,
    /// It is too old.
    Expired,
    /// It failed.
    Critical,
    /// Something else.
    Unknown,
}

impl Status {
    const WORDS: [(&str, Self); 7] = [
        ("normal", Self::Normal),
        ("closing", Self::Closing),
        ("closed", Self::Closed),
        ("canceled", Self::Canceled),
        ("expired", Self::Expired),
        ("critical", Self::Critical),
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
        let bad = |reason: &str| Error::malformed("upload session", reason);
        let response = response::check(response)?;
        let text = body_text("upload session", response.body())?;
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Error::malformed("upload session", error))?;
        let word = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let list = value.get("UploadedBlockList").and_then(Value::as_array);
        let blocks = list.into_iter().flatten().map(|block| {
            let number = block.get("BlockID").and_then(Value::as_u64);
            number
                .and_then(|number| u32::try_from(number).ok())
                .ok_or_else(|| bad("a block without a number"))
        });
        let schema = value.get("Schema").unwrap_or(&Value::Null);
        Ok(Self {
            id: word("UploadID").ok_or_else(|| bad("no UploadID"))?,
            status: word("Status").map_or(Status::Unknown, |word| Status::read(&word)),
            blocks: blocks.collect::<Result<_, _>>()?,
            columns: columns(schema, "columns")?,
            partition_keys: columns(schema, "partitionKeys")?,
            initiated: word("Initiated").and_then(|text| date::parse_rfc1123(&text)),
            quota: word("QuotaName"),
            owner: word("Owner"),
        })
    }
}

impl Reply for Session {
    fn into_response(self) -> Response {
        let blocks = self.blocks.iter().map(
            |number| json!({"BlockID": number, "CreateTime": 0, "FileName": "", "Version": ""}),
        );
        let mut value = json!({
            "UploadID": self.id,
            "Schema": schema_json(&self.columns, &self.partition_keys),
            "Status": self.status.as_str(),
            "UploadedBlockList": blocks.collect::<Vec<_>>(),
            "MaxFieldSize": MAX_FIELD_SIZE,
        });
        let initiated = self.initiated.map(date::rfc1123);
        for (key, text) in [
            ("Initiated", initiated),
            ("QuotaName", self.quota),
            ("Owner", self.owner),
        ] {
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
            id: "U".into(),
            status: Status::Closed,
            blocks: vec![0, 7, u32::MAX],
            columns: vec![Column::new("中", Type::read("array<decimal(10,2)>"))],
            partition_keys: vec![Column::new("pt", Type::String)],
            initiated: Some(1_767_225_600_000),
            quota: Some("default".into()),
            owner: None,
        };
        assert_eq!(Session::read(session.clone().into_response()), Ok(session));
        for body in [
            "",
            "{}",
            r#"{"UploadID": "U", "UploadedBlockList": [{"BlockID": -1}]}"#,
        ] {
            assert!(Session::read(response::text(body)).is_err(), "{body}");
        }
    }
}
