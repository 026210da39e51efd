//! A table or partition as others write it: PyODPS, SQL, odpscmd, a link.

use leptos::prelude::*;

use crate::api::tables::TableName;
use crate::components::copy::Copy;
use crate::route::{Query, Route, absolute};
use crate::text::sentences;

/// How many rows the SQL reads.
const ROWS: u64 = 100;

/// A table, or a partition of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// The project.
    pub project: String,
    /// The table.
    pub name: TableName,
    /// The partition as `dt=20260101,region=cn`.
    pub partition: Option<String>,
}

/// One button for each way of writing.
#[component]
pub fn Equal(
    /// What is written.
    thing: Signal<Thing>,
) -> impl IntoView {
    let t = sentences();
    let text = move |write: fn(&Thing) -> String| Signal::derive(move || thing.with(write));
    let word = |word: &'static str| Signal::derive(move || word.to_owned());
    let link = Signal::derive(move || t.get().tables.link.to_owned());
    view! {
        <span class="tables-copies">
            <span class="tables-copy"><span>"PyODPS"</span><Copy text=text(pyodps) what=word("PyODPS")/></span>
            <span class="tables-copy"><span>"SQL"</span><Copy text=text(sql) what=word("SQL")/></span>
            <span class="tables-copy"><span>"odpscmd"</span><Copy text=text(odpscmd) what=word("odpscmd")/></span>
            <span class="tables-copy"><span>{move || link.get()}</span><Copy text=text(address) what=link/></span>
        </span>
    }
}

fn pyodps(thing: &Thing) -> String {
    let schema = thing.name.schema.as_deref();
    let schema = schema.map_or_else(String::new, |schema| format!(", schema={}", python(schema)));
    let table = format!("o.get_table({}{schema})", python(&thing.name.table));
    match &thing.partition {
        Some(partition) => format!("{table}.get_partition({})", python(partition)),
        None => table,
    }
}

/// The SQL that reads the first rows.
pub fn sql(thing: &Thing) -> String {
    let place = match pairs(thing).is_empty() {
        true => String::new(),
        false => format!(" WHERE {}", conditions(thing).join(" AND ")),
    };
    format!(
        "SELECT * FROM {}{place} LIMIT {ROWS};",
        full_name(&thing.name)
    )
}

fn odpscmd(thing: &Thing) -> String {
    let place = match pairs(thing).is_empty() {
        true => String::new(),
        false => format!(" PARTITION ({})", conditions(thing).join(", ")),
    };
    let line = format!("DESC {}{place};", full_name(&thing.name));
    format!(
        "odpscmd --project={} -e {}",
        shell(&thing.project),
        shell(&line)
    )
}

fn address(thing: &Thing) -> String {
    let partition = thing.partition.as_deref().unwrap_or_default();
    let query = Query::default().with("partition", partition);
    absolute(&Route::Table(thing.name.to_string()).with(query))
}

/// The name of a table in SQL.
pub fn full_name(name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.table)),
        None => quoted(&name.table),
    }
}

fn pairs(thing: &Thing) -> Vec<(String, String)> {
    let spec = thing
        .partition
        .as_deref()
        .map(odps::tables::PartitionSpec::read);
    spec.and_then(Result::ok)
        .map(|spec| spec.0)
        .unwrap_or_default()
}

fn conditions(thing: &Thing) -> Vec<String> {
    let pairs = pairs(thing).into_iter();
    pairs
        .map(|(key, value)| format!("{}={}", quoted(&key), literal(&value)))
        .collect()
}

/// A name in SQL.
pub fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A text in SQL.
pub fn literal(text: &str) -> String {
    let mut out = String::from("'");
    for letter in text.chars() {
        match letter {
            '\\' | '\'' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

fn python(text: &str) -> String {
    literal(text)
}

/// A text as one word of a POSIX shell.
fn shell(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(name: &str, partition: Option<&str>) -> Thing {
        Thing {
            project: "p".into(),
            name: TableName::read(name),
            partition: partition.map(str::to_owned),
        }
    }

    #[test]
    fn a_table_and_a_partition() {
        let table = thing("sales", None);
        assert_eq!(pyodps(&table), "o.get_table('sales')");
        assert_eq!(sql(&table), "SELECT * FROM `sales` LIMIT 100;");
        assert_eq!(odpscmd(&table), "odpscmd --project=p -e 'DESC `sales`;'");
        let part = thing("crm.sales", Some("dt=20260101,region=华东"));
        assert_eq!(
            pyodps(&part),
            "o.get_table('sales', schema='crm').get_partition('dt=20260101,region=华东')"
        );
        assert_eq!(
            sql(&part),
            "SELECT * FROM `crm`.`sales` WHERE `dt`='20260101' AND `region`='华东' LIMIT 100;"
        );
        assert_eq!(
            odpscmd(&part),
            "odpscmd --project=p -e 'DESC `crm`.`sales` PARTITION (`dt`='\\''20260101'\\'', \
             `region`='\\''华东'\\'');'"
        );
    }

    #[test]
    fn hostile_words_stay_words() {
        let part = thing("t", Some("dt=it's; rm -rf $HOME"));
        assert_eq!(
            sql(&part),
            "SELECT * FROM `t` WHERE `dt`='it\\'s; rm -rf $HOME' LIMIT 100;"
        );
        assert_eq!(
            pyodps(&part),
            "o.get_table('t').get_partition('dt=it\\'s; rm -rf $HOME')"
        );
        assert_eq!(quoted("a`b"), "`a``b`");
        assert_eq!(literal("a\n\\"), "'a\\n\\\\'");
        assert_eq!(shell(""), "''");
    }
}
