//! Rows as CSV, the form of table heads and of results: a line of names, texts quoted, NULL as `\N`.
//! A `datetime` is told in whole seconds: clients read it with `%Y-%m-%d %H:%M:%S`.

use crate::catalog::Column;
use frame::{Cell, Kind, Table};

/// All rows of a table; `places` are those of the `columns` that are told, in their order.
pub(super) fn csv(columns: &[Column], shown: Option<Table>, places: &[usize]) -> String {
    let told = || places.iter().filter_map(|place| columns.get(*place));
    let mut csv = line(told().map(|column| quoted(&column.name)));
    if let Some(shown) = shown {
        let window = shown.window_with_limit(0..shown.rows(), places, usize::MAX);
        let rows = window.rows.into_iter();
        csv.extend(rows.map(|row| {
            let cells = row.iter().zip(told());
            line(cells.map(|(cell, column)| value(cell, column)))
        }));
    }
    csv
}

fn line(values: impl Iterator<Item = String>) -> String {
    let mut line = values.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn value(cell: &Cell, column: &Column) -> String {
    if cell.kind != Kind::Null && column.kind == "datetime" {
        let seconds = cell.text.split_once('.').map(|(seconds, _)| seconds);
        return quoted(seconds.unwrap_or(&cell.text));
    }
    match cell.kind {
        Kind::Null => "\\N".to_owned(),
        Kind::Number | Kind::Nan | Kind::Bool => cell.text.clone(),
        _ => quoted(&cell.text),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
