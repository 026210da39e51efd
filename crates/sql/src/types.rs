//! MaxCompute types and the Arrow types of stored and computed columns.
//!
//! Several MaxCompute types share an Arrow type (`varchar(3)`, `json` and `string` are all text), so
//! a field also carries the MaxCompute type in its metadata.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use odps::tunnel::schema::{arrow_type, odps_type};
use odps::types::{Column, Type};

use crate::error::SqlError;

/// The key of a field's metadata under which its MaxCompute type stands.
const TYPE_KEY: &str = "odps.type";

/// The Arrow type in which values of a MaxCompute type are stored and computed.
pub fn storage_type(kind: &Type) -> Result<DataType, SqlError> {
    Ok(match kind {
        Type::Json | Type::Void => DataType::Utf8,
        Type::Decimal(None) => DataType::Decimal128(38, 18),
        Type::Array(item) => {
            DataType::List(Arc::new(Field::new("item", storage_type(item)?, true)))
        }
        Type::Map(key, value) => {
            let entries = Fields::from(vec![
                Field::new("key", storage_type(key)?, false),
                Field::new("value", storage_type(value)?, true),
            ]);
            DataType::Map(
                Arc::new(Field::new("entries", DataType::Struct(entries), false)),
                false,
            )
        }
        Type::Struct(parts) => {
            let parts: Result<Vec<Field>, SqlError> = parts
                .iter()
                .map(|(name, kind)| Ok(Field::new(name, storage_type(kind)?, true)))
                .collect();
            DataType::Struct(Fields::from(parts?))
        }
        other => arrow_type(other)
            .map_err(|_| SqlError::semantic(format!("type {other} is not supported")))?,
    })
}

/// The field of a column. Its metadata names the MaxCompute type where the Arrow type alone means
/// another one.
pub(crate) fn storage_field(column: &Column) -> Result<Field, SqlError> {
    let arrow = storage_type(&column.kind)?;
    let implied = computed_type(&arrow).is_some_and(|kind| kind == column.kind);
    let field = Field::new(&column.name, arrow, true);
    Ok(match implied {
        true => field,
        false => field.with_metadata([(TYPE_KEY.to_owned(), column.kind.to_string())].into()),
    })
}

/// The schema of the Parquet files of a table with these columns. Every field is nullable.
pub fn storage_schema(columns: &[Column]) -> Result<SchemaRef, SqlError> {
    let fields: Result<Vec<Field>, SqlError> = columns.iter().map(storage_field).collect();
    Ok(Arc::new(Schema::new(fields?)))
}

/// The MaxCompute type of a computed field: the one that it carries, if the Arrow type still fits,
/// or the one that stands for its Arrow type.
pub(crate) fn result_type(field: &Field) -> Result<Type, SqlError> {
    if let Some(text) = field.metadata().get(TYPE_KEY) {
        let kind = Type::read(text);
        if storage_type(&kind).is_ok_and(|arrow| &arrow == field.data_type()) {
            return Ok(kind);
        }
    }
    computed_type(field.data_type()).ok_or_else(|| {
        if matches!(
            field.data_type(),
            DataType::Interval(_) | DataType::Duration(_)
        ) {
            return SqlError::semantic(
                "an interval can be added to a time, and is no value of a column here",
            );
        }
        let (name, kind) = (field.name(), field.data_type());
        SqlError::semantic(format_args!(
            "column {name} has the type {kind} of no table"
        ))
    })
}

/// The type for values that the engine computes, some of which it keeps in types of its own.
fn computed_type(kind: &DataType) -> Option<Type> {
    Some(match kind {
        DataType::Null => Type::String,
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => Type::Bigint,
        DataType::Utf8View => Type::String,
        DataType::BinaryView => Type::Binary,
        DataType::Timestamp(TimeUnit::Second | TimeUnit::Microsecond, _) => Type::Timestamp,
        DataType::Date64 => Type::Datetime,
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            Type::Array(computed_type(item.data_type())?.into())
        }
        DataType::Dictionary(_, value) => computed_type(value)?,
        other => odps_type(other).ok()?,
    })
}
