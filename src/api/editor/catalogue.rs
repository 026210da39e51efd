//! What the SQL editor asks of the project's tables.

use serde_json::{Value, json};
use wire::Target;

use crate::api::tables::{self, TableName};

/// Completion offers the first so many tables and partitions.
pub const MOST: usize = 5_000;

/// What completion asks: `tables`, or `table <name>`. What cannot be read is empty.
pub async fn answer(target: Option<Target>, question: &str) -> Value {
    let Some(target) = target else {
        return Value::Null;
    };
    match question.split_once(' ') {
        None => {
            let all = tables::first(&target, MOST)
                .await
                .map(|all| all.items)
                .unwrap_or_default();
            all.into_iter().map(|item| Value::from(item.name)).collect()
        }
        Some((_, name)) => known(&target, name).await.unwrap_or(Value::Null),
    }
}

async fn known(target: &Target, name: &str) -> Option<Value> {
    let schema = tables::get(target, name).await.ok()?.schema;
    let column = |key: bool| {
        move |column: &odps::types::Column| {
            let comment = column.comment.clone();
            json!({"name": column.name, "kind": column.kind.to_string(), "comment": comment, "key": key})
        }
    };
    let columns = schema.columns.iter().map(column(false));
    let columns: Vec<Value> = columns
        .chain(schema.partition_keys.iter().map(column(true)))
        .collect();
    let mut values = serde_json::Map::new();
    if !schema.partition_keys.is_empty() {
        let all = tables::first_partitions(target, &TableName::read(name), MOST)
            .await
            .map(|all| all.items)
            .unwrap_or_default();
        for (key, value) in all.iter().rev().flat_map(|item| &item.spec.0) {
            let list = values
                .entry(key.to_lowercase())
                .or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut()
                && list.len() < 200
                && !list.iter().any(|other| other == value)
            {
                list.push(value.clone().into());
            }
        }
    }
    Some(json!({"columns": columns, "values": values}))
}
