//! Tables of the project: schemas, the list page by page, one table, its partitions. The rows come by
//! the frame worker.

use odps::tables::{
    Get, Item, List, ListSchemas, Partition, PartitionPage, Partitions, ShowAcl, Table,
};
use wire::Target;

use super::{Doing, Problem, send};

/// The schema that every project with schemas has.
pub const DEFAULT_SCHEMA: &str = "default";

/// A table by the name that the console's addresses have for it: `sales`, or `crm.sales` in a schema
/// other than the default one. The name of a table holds no point, so the first one separates.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// The schema; none for the default one.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
}

impl TableName {
    /// Reads `table` or `schema.table`.
    pub fn read(text: &str) -> Self {
        match text.split_once('.') {
            Some((schema, table)) if !schema.is_empty() && !table.is_empty() => {
                Self::of(schema, table)
            }
            _ => Self::of("", text),
        }
    }

    /// A table of a schema; the empty one is the default one.
    pub fn of(schema: &str, table: &str) -> Self {
        Self {
            schema: Some(schema.to_owned())
                .filter(|schema| !schema.is_empty() && schema != DEFAULT_SCHEMA),
            table: table.to_owned(),
        }
    }
}

impl std::fmt::Display for TableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.table),
            None => f.write_str(&self.table),
        }
    }
}

/// The schemas of the project. A project without schemas answers with an error, and one that has
/// only the default one need not show it: both give none.
pub async fn schemas(target: &Target) -> Vec<String> {
    let Ok(list) = send(&ListSchemas, target).await else {
        return Vec::new();
    };
    let names: Vec<String> = list.0.into_iter().map(|schema| schema.name).collect();
    match names.as_slice() {
        [] | [_] => Vec::new(),
        _ => names,
    }
}

/// A page of the tables of a schema, and the marker of the next one.
pub async fn page(
    target: &Target,
    schema: Option<&str>,
    marker: Option<String>,
) -> Result<(Vec<Item>, Option<String>), Problem> {
    let call = List {
        schema: schema.map(str::to_owned),
        extended: true,
        marker,
        ..List::default()
    };
    let page = send(&call, target)
        .await
        .map_err(|why| Problem::of(Doing::ListTables, why))?;
    Ok((page.tables, page.marker.filter(|marker| !marker.is_empty())))
}

/// One table with its schema, by [`TableName`].
pub async fn get(target: &Target, name: &str) -> Result<Table, Problem> {
    let TableName { schema, table } = TableName::read(name);
    send(&Get { schema, table }, target)
        .await
        .map_err(|why| Problem::of(Doing::ReadTable, why))
}

/// One table, or none. Asked by way of the list, because an answer of 404 stands in the browser's
/// console as an error.
pub async fn find(target: &Target, name: &str) -> Result<Option<Table>, Problem> {
    let TableName { schema, table } = TableName::read(name);
    let mut call = List {
        schema,
        prefix: Some(table.clone()),
        ..List::default()
    };
    loop {
        let page = send(&call, target)
            .await
            .map_err(|why| Problem::of(Doing::ListTables, why))?;
        let same = |item: &Item| item.name.eq_ignore_ascii_case(&table);
        if page.tables.iter().any(same) {
            return get(target, name).await.map(Some);
        }
        call.marker = page.marker.filter(|marker| !marker.is_empty());
        if call.marker.is_none() {
            return Ok(None);
        }
    }
}

/// Who may do what with a table, in the service's words.
pub async fn acl(target: &Target, name: &TableName) -> Result<String, Problem> {
    let call = ShowAcl {
        table: name.to_string(),
    };
    let acl = send(&call, target).await;
    acl.map(|acl| acl.0)
        .map_err(|why| Problem::of(Doing::ReadTable, why))
}

/// The partitions of a table, in the service's order, page by page; `more` says false to stop.
pub async fn partitions(
    target: &Target,
    name: &TableName,
    mut more: impl FnMut(Vec<Partition>) -> bool,
) -> Result<(), Problem> {
    let mut call = Partitions {
        schema: name.schema.clone(),
        table: name.table.clone(),
        ..Partitions::default()
    };
    loop {
        let PartitionPage { partitions, marker } = send(&call, target)
            .await
            .map_err(|why| Problem::of(Doing::ReadTable, why))?;
        call.marker = marker.filter(|marker| !marker.is_empty());
        if !more(partitions) || call.marker.is_none() {
            return Ok(());
        }
    }
}

/// The first ones of a list, and whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// What was read.
    pub items: Vec<T>,
    /// Whether there are more.
    pub cut: bool,
}

/// The first tables of the default schema, about `most` of them.
pub async fn first(target: &Target, most: usize) -> Result<Listed<Item>, Problem> {
    let mut items = Vec::new();
    let mut marker = None;
    loop {
        let (more, next) = page(target, None, marker).await?;
        items.extend(more);
        marker = next;
        if marker.is_none() || items.len() >= most {
            let cut = marker.is_some();
            return Ok(Listed { items, cut });
        }
    }
}

/// The first partitions of a table, about `most` of them.
pub async fn first_partitions(
    target: &Target,
    name: &TableName,
    most: usize,
) -> Result<Listed<Partition>, Problem> {
    let mut items = Vec::new();
    let mut cut = false;
    partitions(target, name, |more| {
        items.extend(more);
        cut = items.len() >= most;
        !cut
    })
    .await?;
    Ok(Listed { items, cut })
}

#[cfg(test)]
mod tests {
    use super::TableName;

    #[test]
    fn names_of_addresses() {
        let table = [
            ("sales", None, "sales"),
            ("crm.sales", Some("crm"), "sales"),
            ("default.sales", None, "sales"),
            ("销售.表", Some("销售"), "表"),
            (".x", None, ".x"),
            ("x.", None, "x."),
            ("a.b.c", Some("a"), "b.c"),
        ];
        for (text, schema, name) in table {
            let read = TableName::read(text);
            assert_eq!(
                (read.schema.as_deref(), read.table.as_str()),
                (schema, name)
            );
            let again = TableName::read(&read.to_string());
            assert_eq!(again, read, "{text}");
        }
    }
}
