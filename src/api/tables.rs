//! Tables of the project: the list, one table, its partitions. The rows come by the frame worker.

use odps::tables::{Get, Item, List, Partition, Partitions, Table};
use wire::Target;

use super::{Doing, Problem, send};

/// More pages than this are not asked for: a list of tables is read by a person.
const MOST_PAGES: usize = 200;

/// A list, and whether it was cut because it is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// What was read.
    pub items: Vec<T>,
    /// Whether there are more.
    pub cut: bool,
}

/// Every table of the project.
pub async fn list(target: &Target) -> Result<Listed<Item>, Problem> {
    let mut all = Listed {
        items: Vec::new(),
        cut: true,
    };
    let mut call = List::default();
    for _ in 0..MOST_PAGES {
        let page = send(&call, target)
            .await
            .map_err(|why| Problem::of(Doing::ListTables, why))?;
        all.items.extend(page.tables);
        call.marker = page.marker.filter(|marker| !marker.is_empty());
        if call.marker.is_none() {
            all.cut = false;
            break;
        }
    }
    Ok(all)
}

/// One table with its schema.
pub async fn get(target: &Target, table: &str) -> Result<Table, Problem> {
    let call = Get {
        schema: None,
        table: table.to_owned(),
    };
    send(&call, target)
        .await
        .map_err(|why| Problem::of(Doing::ReadTable, why))
}

/// Every partition of a table, in the service's order.
pub async fn partitions(target: &Target, table: &str) -> Result<Listed<Partition>, Problem> {
    let mut all = Listed {
        items: Vec::new(),
        cut: true,
    };
    let mut call = Partitions {
        schema: None,
        table: table.to_owned(),
        prefix: None,
        marker: None,
        reverse: false,
    };
    for _ in 0..MOST_PAGES {
        let page = send(&call, target)
            .await
            .map_err(|why| Problem::of(Doing::ReadTable, why))?;
        all.items.extend(page.partitions);
        call.marker = page.marker.filter(|marker| !marker.is_empty());
        if call.marker.is_none() {
            all.cut = false;
            break;
        }
    }
    Ok(all)
}
