//! ODPS columns and Arrow fields. The tunnel sends no schema with its rows: both sides make it from
//! the session's ODPS schema, so both must make the same one.
//!
//! Authority: `odps_schema_to_arrow_schema` of PyODPS 0.13 and the recorded bodies. Every field is
//! nullable in Arrow, whatever the column says, as PyODPS has it.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

use crate::Error;
pub use crate::types::{BadType, Column, Type};

/// Decimals up to this precision fit 128 bits.
const MAX_DECIMAL128: u8 = 38;
/// The widest decimal of Arrow.
const MAX_DECIMAL256: u8 = 76;
/// What `decimal` means without its two numbers.
const PLAIN_DECIMAL: (u8, u8) = (54, 18);

/// The Arrow schema of a stream with these columns. With a selection the fields keep the order of
/// the *table*, as the service sends them; names are compared without case.
pub fn arrow_schema(columns: &[Column], selected: Option<&[String]>) -> Result<SchemaRef, Error> {
    schema_of(columns, selected, arrow_type)
}

/// As [`arrow_schema`], for rows that travel as records: these have a form for more types.
pub fn record_schema(columns: &[Column], selected: Option<&[String]>) -> Result<SchemaRef, Error> {
    schema_of(columns, selected, record_type)
}

fn schema_of(
    columns: &[Column],
    selected: Option<&[String]>,
    arrow: impl Fn(&Type) -> Result<DataType, Error>,
) -> Result<SchemaRef, Error> {
    let wanted = |column: &&Column| {
        selected.is_none_or(|names| {
            names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&column.name))
        })
    };
    if let Some(stranger) = selected.into_iter().flatten().find(|name| {
        !columns
            .iter()
            .any(|column| column.name.eq_ignore_ascii_case(name))
    }) {
        return Err(Error::malformed(
            "selection",
            format!("there is no column {stranger}"),
        ));
    }
    let fields: Result<Vec<Field>, Error> = columns
        .iter()
        .filter(wanted)
        .map(|column| Ok(Field::new(&column.name, arrow(&column.kind)?, true)))
        .collect();
    Ok(Arc::new(Schema::new(fields?)))
}

/// The Arrow type of an ODPS type, as Arrow streams have it.
pub fn arrow_type(kind: &Type) -> Result<DataType, Error> {
    type_of(kind, false)
}

/// The Arrow type of an ODPS type as rows are kept between Parquet and records: as [`arrow_type`],
/// and `json` as text, `interval_year_month` as its number of months.
pub fn record_type(kind: &Type) -> Result<DataType, Error> {
    type_of(kind, true)
}

fn type_of(kind: &Type, records: bool) -> Result<DataType, Error> {
    let type_of = |kind: &Type| type_of(kind, records);
    Ok(match kind {
        Type::Json if records => DataType::Utf8,
        Type::IntervalYearMonth if records => DataType::Int64,
        Type::Tinyint => DataType::Int8,
        Type::Smallint => DataType::Int16,
        Type::Int => DataType::Int32,
        Type::Bigint => DataType::Int64,
        Type::Float => DataType::Float32,
        Type::Double => DataType::Float64,
        Type::Boolean => DataType::Boolean,
        Type::String | Type::Char(_) | Type::Varchar(_) => DataType::Utf8,
        Type::Binary => DataType::Binary,
        Type::Date => DataType::Date32,
        Type::Datetime => DataType::Timestamp(TimeUnit::Millisecond, None),
        Type::Timestamp | Type::TimestampNtz => DataType::Timestamp(TimeUnit::Nanosecond, None),
        Type::Decimal(numbers) => {
            let (precision, scale) = numbers.unwrap_or(PLAIN_DECIMAL);
            match i8::try_from(scale) {
                Ok(scale) if (1..=MAX_DECIMAL128).contains(&precision) => {
                    DataType::Decimal128(precision, scale)
                }
                Ok(scale) if (1..=MAX_DECIMAL256).contains(&precision) => {
                    DataType::Decimal256(precision, scale)
                }
                _ => return Err(no_arrow(kind)),
            }
        }
        Type::IntervalDayTime => DataType::Struct(fields([
            ("sec", DataType::Int64),
            ("nano", DataType::Int32),
        ])),
        Type::Array(item) | Type::Vector(item, _) => {
            DataType::List(Arc::new(Field::new("item", type_of(item)?, true)))
        }
        Type::Map(key, value) => {
            let entries = Fields::from(vec![
                Field::new("key", type_of(key)?, false),
                Field::new("value", type_of(value)?, true),
            ]);
            DataType::Map(
                Arc::new(Field::new("entries", DataType::Struct(entries), false)),
                false,
            )
        }
        Type::Struct(parts) => {
            let parts: Result<Vec<_>, Error> = parts
                .iter()
                .map(|(name, kind)| Ok((name.as_str(), type_of(kind)?)))
                .collect();
            DataType::Struct(fields(parts?))
        }
        Type::IntervalYearMonth | Type::Json | Type::Void | Type::Other(_) => {
            return Err(no_arrow(kind));
        }
    })
}

/// The ODPS type of an Arrow type: what a server declares for data that it keeps in Arrow.
pub fn odps_type(kind: &DataType) -> Result<Type, Error> {
    Ok(match kind {
        DataType::Int8 => Type::Tinyint,
        DataType::Int16 => Type::Smallint,
        DataType::Int32 => Type::Int,
        DataType::Int64 => Type::Bigint,
        DataType::Float32 => Type::Float,
        DataType::Float64 => Type::Double,
        DataType::Boolean => Type::Boolean,
        DataType::Utf8 | DataType::LargeUtf8 => Type::String,
        DataType::Binary | DataType::LargeBinary => Type::Binary,
        DataType::Date32 => Type::Date,
        DataType::Timestamp(TimeUnit::Millisecond, _) => Type::Datetime,
        DataType::Timestamp(TimeUnit::Nanosecond, _) => Type::Timestamp,
        DataType::Decimal128(precision, scale) | DataType::Decimal256(precision, scale) => {
            let scale = u8::try_from(*scale).map_err(|_| no_odps(kind))?;
            Type::Decimal(Some((*precision, scale)))
        }
        DataType::List(item) => Type::Array(odps_type(item.data_type())?.into()),
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(parts) if parts.len() == 2 => Type::Map(
                odps_type(parts[0].data_type())?.into(),
                odps_type(parts[1].data_type())?.into(),
            ),
            _ => return Err(no_odps(kind)),
        },
        DataType::Struct(parts) => {
            let parts: Result<Vec<_>, Error> = parts
                .iter()
                .map(|part| Ok((part.name().clone(), odps_type(part.data_type())?)))
                .collect();
            Type::Struct(parts?)
        }
        _ => return Err(no_odps(kind)),
    })
}

/// The ODPS columns of an Arrow schema.
pub fn odps_columns(schema: &Schema) -> Result<Vec<Column>, Error> {
    let column = |field: &Arc<Field>| Ok(Column::new(field.name(), odps_type(field.data_type())?));
    schema.fields().iter().map(column).collect()
}

fn fields<'a>(parts: impl IntoIterator<Item = (&'a str, DataType)>) -> Fields {
    parts
        .into_iter()
        .map(|(name, kind)| Field::new(name, kind, true))
        .collect()
}

fn no_arrow(kind: &Type) -> Error {
    Error::malformed("type", format!("{kind} has no form in Arrow streams"))
}

fn no_odps(kind: &DataType) -> Error {
    Error::malformed("type", format!("{kind} has no ODPS type"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_there_and_back() {
        for text in [
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "boolean",
            "string",
            "binary",
            "date",
            "datetime",
            "timestamp",
            "decimal(10,2)",
            "decimal(38,18)",
            "decimal(54,18)",
            "array<map<string,struct<a:bigint,b:array<decimal(5,0)>>>>",
        ] {
            let kind: Type = text.parse().expect(text);
            assert_eq!(
                odps_type(&arrow_type(&kind).expect(text)).map(|kind| kind.to_string()),
                Ok(text.into())
            );
        }
    }

    #[test]
    fn types_that_share_an_arrow_type() {
        for (text, arrow) in [
            ("char(3)", DataType::Utf8),
            ("varchar(9)", DataType::Utf8),
            (
                "timestamp_ntz",
                DataType::Timestamp(TimeUnit::Nanosecond, None),
            ),
            ("decimal", DataType::Decimal256(54, 18)),
            (
                "vector<float,2>",
                DataType::List(Arc::new(Field::new("item", DataType::Float32, true))),
            ),
        ] {
            assert_eq!(arrow_type(&Type::read(text)), Ok(arrow));
        }
    }

    #[test]
    fn types_without_an_arrow_form_are_errors() {
        for text in [
            "json",
            "geography",
            "array<json>",
            "decimal(77,2)",
            "decimal(0,0)",
            "decimal(10,200)",
        ] {
            assert!(arrow_type(&Type::read(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_selection_keeps_the_order_of_the_table() {
        let columns = [
            Column::new("a", Type::Bigint),
            Column::new("B", Type::String),
            Column::new("c", Type::Json),
        ];
        let schema = arrow_schema(&columns, Some(&["b".into(), "a".into()])).expect("a schema");
        let names: Vec<_> = schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect();
        assert_eq!(names, ["a", "B"]);
        assert!(arrow_schema(&columns, None).is_err());
        assert!(arrow_schema(&columns, Some(&["x".into()])).is_err());
    }
}
