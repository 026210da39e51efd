//! The short name of a type that stands over a column.

use arrow::datatypes::{DataType, TimeUnit};

/// The name under which a pandas user knows a type; a caller who knows better names its own.
pub fn badge(data_type: &DataType) -> String {
    match data_type {
        DataType::Null => "null".into(),
        DataType::Boolean => "bool".into(),
        DataType::Int8 => "int8".into(),
        DataType::Int16 => "int16".into(),
        DataType::Int32 => "int32".into(),
        DataType::Int64 => "int64".into(),
        DataType::UInt8 => "uint8".into(),
        DataType::UInt16 => "uint16".into(),
        DataType::UInt32 => "uint32".into(),
        DataType::UInt64 => "uint64".into(),
        DataType::Float16 => "float16".into(),
        DataType::Float32 => "float32".into(),
        DataType::Float64 => "float64".into(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "string".into(),
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => "binary".into(),
        DataType::Date32 | DataType::Date64 => "date".into(),
        DataType::Time32(unit) | DataType::Time64(unit) => format!("time[{}]", short(unit)),
        DataType::Timestamp(unit, None) => format!("timestamp[{}]", short(unit)),
        DataType::Timestamp(unit, Some(zone)) => format!("timestamp[{}, {zone}]", short(unit)),
        DataType::Duration(unit) => format!("timedelta[{}]", short(unit)),
        DataType::Interval(_) => "interval".into(),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => format!("decimal({precision},{scale})"),
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::FixedSizeList(item, _)
        | DataType::ListView(item)
        | DataType::LargeListView(item) => format!("array<{}>", badge(item.data_type())),
        DataType::Struct(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{}:{}", field.name(), badge(field.data_type())))
                .collect();
            format!("struct<{}>", fields.join(","))
        }
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(pair) if pair.len() == 2 => {
                format!(
                    "map<{},{}>",
                    badge(pair[0].data_type()),
                    badge(pair[1].data_type())
                )
            }
            _ => "map".into(),
        },
        DataType::Dictionary(_, values) => format!("category<{}>", badge(values)),
        DataType::RunEndEncoded(_, values) => badge(values.data_type()),
        DataType::Union(..) => "union".into(),
    }
}

fn short(unit: &TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Second => "s",
        TimeUnit::Millisecond => "ms",
        TimeUnit::Microsecond => "us",
        TimeUnit::Nanosecond => "ns",
    }
}

#[cfg(test)]
mod tests {
    use super::badge;
    use arrow::datatypes::{DataType, Field, TimeUnit};
    use std::sync::Arc;

    #[test]
    fn names_are_short_and_complete() {
        let list = DataType::List(Arc::new(Field::new("item", DataType::Int64, true)));
        assert_eq!(badge(&list), "array<int64>");
        assert_eq!(badge(&DataType::Decimal128(38, 18)), "decimal(38,18)");
        let zoned = DataType::Timestamp(TimeUnit::Nanosecond, Some("+08:00".into()));
        assert_eq!(badge(&zoned), "timestamp[ns, +08:00]");
    }
}
