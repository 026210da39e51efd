//! ODPS column types by name, nested ones included, and the columns of a schema.
//!
//! Names are read in either case (`BIGINT`, `bigint`) and written in lower case, as the recorded
//! schemas have them. A name that is not known is kept as it is, so that a table with a new type
//! can still be listed and described.

use std::fmt;

mod parser;

pub use parser::BadType;

/// An ODPS type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the types")]
pub enum Type {
    Tinyint,
    Smallint,
    Int,
    Bigint,
    Float,
    Double,
    Boolean,
    String,
    Binary,
    Date,
    Datetime,
    Timestamp,
    TimestampNtz,
    IntervalDayTime,
    IntervalYearMonth,
    Json,
    Void,
    /// `char(n)`
    Char(u32),
    /// `varchar(n)`
    Varchar(u32),
    /// `decimal` or `decimal(p,s)`; without the two numbers it is (54,18).
    Decimal(Option<(u8, u8)>),
    /// `array<t>`
    Array(Box<Type>),
    /// `vector<t, n>` (0.12.6 and later)
    Vector(Box<Type>, u32),
    /// `map<k,v>`
    Map(Box<Type>, Box<Type>),
    /// `struct<name:t,…>`
    Struct(Vec<(std::string::String, Type)>),
    /// A type that is not known here, as it was written.
    Other(std::string::String),
}

/// The plain types and their names; the first name of a type is the one that is written.
const PLAIN: [(&str, Type); 17] = [
    ("tinyint", Type::Tinyint),
    ("smallint", Type::Smallint),
    ("int", Type::Int),
    ("bigint", Type::Bigint),
    ("float", Type::Float),
    ("double", Type::Double),
    ("boolean", Type::Boolean),
    ("string", Type::String),
    ("binary", Type::Binary),
    ("date", Type::Date),
    ("datetime", Type::Datetime),
    ("timestamp", Type::Timestamp),
    ("timestamp_ntz", Type::TimestampNtz),
    ("interval_day_time", Type::IntervalDayTime),
    ("interval_year_month", Type::IntervalYearMonth),
    ("json", Type::Json),
    ("void", Type::Void),
];

impl Type {
    /// Reads a type name; what is not known becomes [`Type::Other`]. Never fails.
    pub fn read(text: &str) -> Self {
        text.parse()
            .unwrap_or_else(|_| Self::Other(text.trim().to_owned()))
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(n) => write!(f, "char({n})"),
            Self::Varchar(n) => write!(f, "varchar({n})"),
            Self::Decimal(None) => f.write_str("decimal"),
            Self::Decimal(Some((p, s))) => write!(f, "decimal({p},{s})"),
            Self::Array(item) => write!(f, "array<{item}>"),
            Self::Vector(item, n) => write!(f, "vector<{item},{n}>"),
            Self::Map(key, value) => write!(f, "map<{key},{value}>"),
            Self::Struct(fields) => {
                f.write_str("struct<")?;
                for (at, (name, kind)) in fields.iter().enumerate() {
                    if at > 0 {
                        f.write_str(",")?;
                    }
                    write!(f, "{}:{kind}", parser::quoted(name))?;
                }
                f.write_str(">")
            }
            Self::Other(text) => f.write_str(text),
            plain => match PLAIN.iter().find(|(_, known)| known == plain) {
                Some((name, _)) => f.write_str(name),
                None => f.write_str("unknown"),
            },
        }
    }
}

/// A column of a table or of a partition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name, in the case in which the service keeps it.
    pub name: String,
    /// The type.
    pub kind: Type,
    /// The user's words for it.
    pub comment: String,
    /// The security label.
    pub label: String,
    /// Whether NULL may stand in it.
    pub nullable: bool,
}

impl Column {
    /// A nullable column without comment.
    pub fn new(name: impl Into<String>, kind: Type) -> Self {
        Self {
            name: name.into(),
            kind,
            comment: String::new(),
            label: String::new(),
            nullable: true,
        }
    }

    /// Reads a column of a JSON schema. Metadata calls it `isNullable`, the tunnel `nullable`.
    pub(crate) fn from_json(value: &serde_json::Value) -> Option<Self> {
        let text = |key: &str| {
            value
                .get(key)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let nullable = ["isNullable", "nullable"]
            .iter()
            .find_map(|key| flag(value.get(key)?));
        Some(Self {
            name: value.get("name")?.as_str()?.to_owned(),
            kind: Type::read(value.get("type")?.as_str()?),
            comment: text("comment"),
            label: text("label"),
            nullable: nullable.unwrap_or(true),
        })
    }

    /// Writes a column of a table's schema; both names of nullability, as clients differ.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "comment": self.comment,
            "isNullable": self.nullable,
            "label": self.label,
            "name": self.name,
            "nullable": self.nullable,
            "type": self.kind.to_string(),
        })
    }
}

/// A flag that may be JSON or text.
pub(crate) fn flag(value: &serde_json::Value) -> Option<bool> {
    match value {
        serde_json::Value::Bool(flag) => Some(*flag),
        serde_json::Value::String(text) => text.to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

/// The columns under a key of a JSON schema; a missing key means none.
pub(crate) fn columns(schema: &serde_json::Value, key: &str) -> Result<Vec<Column>, crate::Error> {
    let Some(list) = schema.get(key).filter(|list| !list.is_null()) else {
        return Ok(Vec::new());
    };
    let bad =
        || crate::Error::malformed("schema", format!("{key} holds something that is no column"));
    list.as_array()
        .ok_or_else(bad)?
        .iter()
        .map(|item| Column::from_json(item).ok_or_else(bad))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nullability_has_two_names() {
        for (json, nullable) in [
            (r#"{"name":"a","type":"bigint","isNullable":false}"#, false),
            (r#"{"name":"a","type":"bigint","nullable":"false"}"#, false),
            (r#"{"name":"a","type":"bigint"}"#, true),
        ] {
            let value = serde_json::from_str(json).expect("json");
            assert_eq!(
                Column::from_json(&value).map(|column| column.nullable),
                Some(nullable),
                "{json}"
            );
        }
    }

    #[test]
    fn a_column_comes_back() {
        let column = Column {
            comment: "说明".into(),
            ..Column::new("价格", Type::Decimal(Some((10, 2))))
        };
        assert_eq!(Column::from_json(&column.to_json()), Some(column));
    }
}
