//! `GET …/tables/{table}?data&linenum=n[&partition=…][&cols=a,b]`: the first rows as CSV, what
//! `table.head` of PyODPS 0.9 asks for. Texts are quoted, NULL is `\N`.

use super::csv::csv;
use super::tables::{find, one};
use super::tunnel::stored;
use super::{internal, query};
use crate::app::App;
use crate::catalog::arrow;
use crate::routes::page;
use crate::scan::Scan;
use frame::Table;
use http::{Method, StatusCode};
use odps::Error;
use odps::tables::PartitionSpec;
use wire::{Request, Response};

/// Rows that are given at most, as by the service.
const ROWS: u64 = 10_000;

/// Answers, if this is what is asked.
pub(super) fn answer(
    app: &App,
    project: &str,
    request: &Request,
) -> Option<Result<Response, Error>> {
    let parts: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
    let (["projects", _, "tables", table], Some(_)) = (parts.as_slice(), query(request, "data"))
    else {
        return None;
    };
    (request.method() == Method::GET).then(|| head(app, project, table, request))
}

fn head(app: &App, project: &str, name: &str, request: &Request) -> Result<Response, Error> {
    let schema = query(request, "curr_schema");
    let table = find(app, project, schema.as_deref(), name)?;
    stored(&table)?;
    let files = match query(request, "partition").filter(|text| !text.is_empty()) {
        Some(text) => one(app, &table, &PartitionSpec::read(&text)?)?.files,
        None => app.catalog().files(&table).map_err(internal)?,
    };
    let count = match query(request, "linenum") {
        Some(text) => text
            .parse::<u64>()
            .map_err(|_| bad(format!("linenum {text:?} is no number")))?,
        None => ROWS,
    };
    let wanted = query(request, "cols").filter(|text| !text.is_empty());
    let places: Vec<usize> = match &wanted {
        Some(names) => names
            .split(',')
            .map(|name| place(&table, name))
            .collect::<Result<_, _>>()?,
        None => (0..table.columns.len()).collect(),
    };
    let mut shown: Option<Table> = None;
    let schema = arrow(&table.columns).map_err(internal)?;
    for batch in Scan::new(files, 0, count.min(ROWS), schema) {
        let batch = batch.map_err(internal)?;
        let shown = shown.get_or_insert_with(|| Table::new(batch.schema()));
        shown
            .append(batch)
            .map_err(|error| bad(error.to_string()))?;
    }
    let csv = csv(&table.columns, shown, &places);
    Ok(page(StatusCode::OK, "text/csv; charset=utf-8", csv))
}

/// The place of a column, by name in any case.
fn place(table: &crate::catalog::Table, name: &str) -> Result<usize, Error> {
    let found = table
        .columns
        .iter()
        .position(|column| column.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| bad(format!("there is no column {name}")))
}

fn bad(text: String) -> Error {
    let text = format!("ODPS-0420061: Invalid parameter in HTTP request - {text}");
    Error::status(StatusCode::BAD_REQUEST, "InvalidParameter", text)
}
