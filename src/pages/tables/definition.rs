//! The definition of a table as SQL, made from the schema that was read: it makes a table with the
//! same columns, keys, comment and lifecycle. What the schema does not tell (format, buckets) is not
//! in it. The shape is that of PyODPS (`CREATE TABLE … PARTITIONED BY … LIFECYCLE n`).

use leptos::prelude::*;
use odps::tables::Schema;
use odps::types::Column;

use super::equal::{full_name, literal, quoted};
use crate::api::tables::TableName;
use crate::components::copy::Copy;
use crate::text::sentences;

/// The definition, folded.
#[component]
pub fn Definition(
    /// The table.
    name: TableName,
    /// Its schema.
    schema: Schema,
) -> impl IntoView {
    let t = sentences();
    let sql = ddl(&name, &schema);
    let copied = sql.clone();
    view! {
        <details class="tables-definition">
            <summary>{move || t.get().tables.definition}</summary>
            <div class="tables-sql">
                <pre tabindex="0">{sql}</pre>
                <Copy text=Signal::stored(copied) what=Signal::derive(|| "SQL".to_owned())/>
            </div>
        </details>
    }
}

fn ddl(name: &TableName, schema: &Schema) -> String {
    if let Some(view) = schema.view_text.as_deref().filter(|view| !view.is_empty()) {
        let comment = match schema.comment.as_str() {
            "" => String::new(),
            comment => format!("\nCOMMENT {}", literal(comment)),
        };
        let view = view.trim_end().trim_end_matches(';');
        return format!("CREATE VIEW {}{comment} AS\n{view};", full_name(name));
    }
    let list = |columns: &[Column]| {
        let lines: Vec<String> = columns
            .iter()
            .map(|column| format!("  {}", line(column)))
            .collect();
        lines.join(",\n")
    };
    let mut sql = format!(
        "CREATE TABLE {} (\n{}\n)",
        full_name(name),
        list(&schema.columns)
    );
    if !schema.comment.is_empty() {
        sql.push_str(&format!("\nCOMMENT {}", literal(&schema.comment)));
    }
    if !schema.partition_keys.is_empty() {
        sql.push_str(&format!(
            "\nPARTITIONED BY (\n{}\n)",
            list(&schema.partition_keys)
        ));
    }
    if let Some(days) = schema.lifecycle {
        sql.push_str(&format!("\nLIFECYCLE {days}"));
    }
    sql.push(';');
    sql
}

fn line(column: &Column) -> String {
    let null = if column.nullable { "" } else { " NOT NULL" };
    let comment = match column.comment.as_str() {
        "" => String::new(),
        comment => format!(" COMMENT {}", literal(comment)),
    };
    format!(
        "{} {}{null}{comment}",
        quoted(&column.name),
        column.kind.to_string().to_uppercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use odps::types::Type;

    #[test]
    fn a_table_is_defined_by_its_schema() {
        let schema = Schema {
            columns: vec![
                Column {
                    nullable: false,
                    ..Column::new("id", Type::Bigint)
                },
                Column {
                    comment: "price's".into(),
                    ..Column::new("价格", Type::Decimal(Some((18, 2))))
                },
            ],
            partition_keys: vec![Column::new("dt", Type::String)],
            comment: "销售".into(),
            lifecycle: Some(30),
            ..Schema::default()
        };
        assert_eq!(
            ddl(&TableName::read("sales"), &schema),
            "CREATE TABLE `sales` (\n  `id` BIGINT NOT NULL,\n  `价格` DECIMAL(18,2) COMMENT 'price\\'s'\n)\n\
             COMMENT '销售'\nPARTITIONED BY (\n  `dt` STRING\n)\nLIFECYCLE 30;"
        );
    }

    #[test]
    fn a_view_is_its_text() {
        let schema = Schema {
            view_text: Some("SELECT 1".into()),
            ..Schema::default()
        };
        assert_eq!(
            ddl(&TableName::read("crm.v"), &schema),
            "CREATE VIEW `crm`.`v` AS\nSELECT 1;"
        );
    }
}
