//! Rows as CSV, the form of table heads and of results: a line of names, texts quoted, NULL as `\N`.

use frame::{Cell, Kind, Table};

/// All rows of a table; `places` are the columns in their order.
pub(super) fn csv<'a>(
    names: impl Iterator<Item = &'a str>,
    shown: Option<Table>,
    places: &[usize],
) -> String {
    let mut csv = line(names.map(quoted));
    if let Some(shown) = shown {
        let window = shown.window_with_limit(0..shown.rows(), places, usize::MAX);
        let rows = window.rows.into_iter();
        csv.extend(rows.map(|row| line(row.iter().map(value))));
    }
    csv
}

fn line(values: impl Iterator<Item = String>) -> String {
    let mut line = values.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn value(cell: &Cell) -> String {
    match cell.kind {
        Kind::Null => "\\N".to_owned(),
        Kind::Number | Kind::Nan | Kind::Bool => cell.text.clone(),
        _ => quoted(&cell.text),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
