//! What is shown, as MaxCompute SQL.

use super::literal::Literal;
use super::{Query, name, text};
use crate::meaning::Meaning;
use crate::{Compare, Condition, FilterError, Key, Table, Test};

pub(super) fn query(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    let parts: Vec<String> = query.name.iter().map(|part| name(part)).collect();
    let shown = query
        .columns
        .iter()
        .filter_map(|&column| column_name(table, column).ok());
    let shown: Vec<String> = shown.collect();
    let shown = if shown.is_empty() {
        "*".to_owned()
    } else {
        shown.join(", ")
    };
    let mut lines = vec![
        format!("SELECT {shown}"),
        format!("FROM {}", parts.join(".")),
    ];
    let partition = query
        .partition
        .iter()
        .map(|(key, value)| format!("{} = {}", name(key), text(value)));
    let mut tests: Vec<String> = partition.collect();
    for condition in query.conditions {
        tests.push(one(table, condition)?);
    }
    if !tests.is_empty() {
        lines.push(format!("WHERE {}", tests.join("\n  AND ")));
    }
    let keys = query.keys.iter().filter_map(|key| order(table, key));
    let keys: Vec<String> = keys.collect();
    if !keys.is_empty() {
        lines.push(format!("ORDER BY {}", keys.join(", ")));
    }
    if let Some(limit) = query.limit {
        lines.push(format!("LIMIT {limit}"));
    }
    Ok(lines.join("\n") + ";")
}

fn column_name(table: &Table, column: usize) -> Result<String, FilterError> {
    let known = table
        .columns()
        .get(column)
        .ok_or(FilterError::Column(column))?;
    Ok(name(&known.name))
}

fn order(table: &Table, key: &Key) -> Option<String> {
    let column = column_name(table, key.column).ok()?;
    let direction = if key.descending { "DESC" } else { "ASC" };
    let nulls = if key.nulls_first { "FIRST" } else { "LAST" };
    Some(format!("{column} {direction} NULLS {nulls}"))
}

fn one(table: &Table, condition: &Condition) -> Result<String, FilterError> {
    let column = column_name(table, condition.column)?;
    let literal = Literal::of(table, condition.column);
    let meaning = table.meaning(condition.column);
    Ok(test(&column, &literal, &meaning, &condition.test))
}

fn test(column: &str, literal: &Literal<'_>, meaning: &Meaning, asked: &Test) -> String {
    let as_text = match meaning {
        Meaning::Text => column.to_owned(),
        _ => format!("CAST({column} AS STRING)"),
    };
    match asked {
        Test::Null => format!("{column} IS NULL"),
        Test::NotNull => format!("{column} IS NOT NULL"),
        Test::Compare { op, value } => {
            format!("{column} {} {}", sign(*op), literal.of_text(value))
        }
        Test::Between { low, high } => {
            format!(
                "{column} BETWEEN {} AND {}",
                literal.of_text(low),
                literal.of_text(high)
            )
        }
        Test::In(values) => set(column, literal, values),
        Test::Contains {
            text: part,
            case: true,
        } => format!("INSTR({as_text}, {}) > 0", text(part)),
        Test::Contains {
            text: part,
            case: false,
        } => {
            format!(
                "INSTR(TOLOWER({as_text}), {}) > 0",
                text(&part.to_lowercase())
            )
        }
        Test::Like(pattern) => format!("{as_text} LIKE {}", text(pattern)),
        Test::Not(inner) => match inner.as_ref() {
            Test::Null => format!("{column} IS NOT NULL"),
            Test::NotNull => format!("{column} IS NULL"),
            other => format!("NOT ({})", test(column, literal, meaning, other)),
        },
    }
}

fn set(column: &str, literal: &Literal<'_>, values: &[Option<String>]) -> String {
    let named: Vec<String> = values
        .iter()
        .flatten()
        .map(|value| literal.of_text(value))
        .collect();
    let null = values.contains(&None);
    match (named.is_empty(), null) {
        // No list of SQL is empty; this is true of no row.
        (true, false) => format!("{column} IS NULL AND {column} IS NOT NULL"),
        (true, true) => format!("{column} IS NULL"),
        (false, false) => format!("{column} IN ({})", named.join(", ")),
        // Written so that its denial is never unknown either.
        (false, true) => format!(
            "({column} IS NULL OR ({column} IS NOT NULL AND {column} IN ({})))",
            named.join(", ")
        ),
    }
}

fn sign(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "=",
        Compare::Ne => "<>",
        Compare::Lt => "<",
        Compare::Le => "<=",
        Compare::Gt => ">",
        Compare::Ge => ">=",
    }
}
