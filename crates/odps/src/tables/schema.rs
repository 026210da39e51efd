//! The schema of a table, a JSON text inside the XML of the table. Recorded: `table_schema.json`.
//!
//! Keys that are not listed are skipped.

use serde_json::{Value, json};

use crate::types::{Column, columns, flag};
use crate::{Error, json as text};

/// The schema of a table and what else stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The columns that hold data.
    pub columns: Vec<Column>,
    /// The columns that name the partition.
    pub partition_keys: Vec<Column>,
    /// The owner's words.
    pub comment: String,
    /// Who owns it.
    pub owner: Option<String>,
    /// When it was made, in epoch seconds.
    pub create_time: Option<i64>,
    /// When its schema changed, in epoch seconds.
    pub last_ddl_time: Option<i64>,
    /// When its data changed, in epoch seconds.
    pub last_modified_time: Option<i64>,
    /// Days that data is kept; none means for ever (the wire says -1).
    pub lifecycle: Option<i64>,
    /// Bytes; the service may not know.
    pub size: Option<u64>,
    /// Rows; the service may not know (the wire says -1).
    pub record_num: Option<u64>,
    /// Whether it is a view.
    pub is_virtual_view: bool,
    /// Whether it is a view that is kept.
    pub is_materialized_view: bool,
    /// The SQL of a view.
    pub view_text: Option<String>,
    /// The security label.
    pub table_label: Option<String>,
}

impl Schema {
    /// Reads the JSON text.
    pub fn read(json: &str) -> Result<Self, Error> {
        let value: Value =
            serde_json::from_str(json).map_err(|error| Error::malformed("schema", error))?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        // The service writes some numbers as text.
        let number = |key: &str| {
            let value = value.get(key)?;
            value
                .as_i64()
                .or_else(|| value.as_str()?.trim().parse().ok())
        };
        let count = |key: &str| number(key).and_then(|n| u64::try_from(n).ok());
        Ok(Self {
            columns: columns(&value, "columns")?,
            partition_keys: columns(&value, "partitionKeys")?,
            comment: text("comment").unwrap_or_default(),
            owner: text("owner"),
            create_time: number("createTime"),
            last_ddl_time: number("lastDDLTime"),
            last_modified_time: number("lastModifiedTime"),
            lifecycle: number("lifecycle").filter(|days| *days >= 0),
            size: count("size"),
            record_num: count("recordNum"),
            is_virtual_view: value.get("isVirtualView").and_then(flag).unwrap_or(false),
            is_materialized_view: value
                .get("isMaterializedView")
                .and_then(flag)
                .unwrap_or(false),
            view_text: text("viewText"),
            table_label: text("tableLabel"),
        })
    }

    /// Writes the JSON text; `name` is the table's.
    pub fn write(&self, name: &str) -> String {
        let list = |columns: &[Column]| columns.iter().map(Column::to_json).collect::<Vec<_>>();
        let mut value = json!({
            "columns": list(&self.columns),
            "comment": self.comment,
            "hubLifecycle": -1,
            "isMaterializedView": self.is_materialized_view,
            "isVirtualView": self.is_virtual_view,
            "lifecycle": self.lifecycle.unwrap_or(-1),
            "owner": self.owner.as_deref().unwrap_or_default(),
            "partitionKeys": list(&self.partition_keys),
            "recordNum": self.record_num.and_then(|n| i64::try_from(n).ok()).unwrap_or(-1),
            "shardExist": false,
            "size": self.size.unwrap_or(0),
            "tableLabel": self.table_label.as_deref().unwrap_or("0"),
            "tableName": name,
        });
        let times = [
            ("createTime", self.create_time),
            ("lastDDLTime", self.last_ddl_time),
            ("lastModifiedTime", self.last_modified_time),
        ];
        for (key, time) in times {
            if let Some(time) = time {
                value[key] = time.into();
            }
        }
        if let Some(view) = &self.view_text {
            value["viewText"] = view.as_str().into();
        }
        text::python(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Type;

    #[test]
    fn a_schema_comes_back() {
        let schema = Schema {
            columns: vec![Column::new("价格", Type::Decimal(Some((10, 2))))],
            partition_keys: vec![Column {
                nullable: false,
                ..Column::new("pt", Type::String)
            }],
            comment: "说明".into(),
            owner: Some("o".into()),
            create_time: Some(1_577_836_800),
            lifecycle: Some(30),
            size: Some(1024),
            record_num: Some(9_007_199_254_740_993),
            table_label: Some("0".into()),
            ..Schema::default()
        };
        assert_eq!(Schema::read(&schema.write("t")), Ok(schema));
    }

    #[test]
    fn not_known_is_not_zero() {
        let schema = Schema::read(r#"{"lifecycle": -1, "recordNum": -1, "lastDDLTime": "17"}"#)
            .expect("json");
        assert_eq!(
            (schema.lifecycle, schema.record_num, schema.last_ddl_time),
            (None, None, Some(17))
        );
        assert_eq!(schema.columns, []);
    }

    #[test]
    fn what_is_no_schema_is_an_error() {
        for text in [
            "",
            "{\"columns\": 1}",
            "{\"columns\": [{}]}",
            "{\"columns\": [{\"name\": \"a\"}]}",
        ] {
            assert!(Schema::read(text).is_err(), "{text}");
        }
    }
}
