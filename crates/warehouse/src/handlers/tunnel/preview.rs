//! The first rows of a table or partition, as a plain Arrow stream.

use super::stream::{Encoder, send};
use super::{refused, table_of};
use crate::app::App;
use crate::catalog::Column;
use crate::handlers::internal;
use crate::scan::Scan;
use axum::body::Body;
use http::Response;
use odps::Error;
use odps::tunnel::preview::Preview;
use odps::tunnel::schema::record_schema;

/// Rows that are given at most, as by the service.
const ROWS: u64 = 10_000;

/// Sends the first rows; of a partitioned table those of all partitions if none is named.
pub(super) async fn preview(
    app: &App,
    project: &str,
    call: Preview,
) -> Result<Response<Body>, Error> {
    let table = table_of(app, project, &call.source)?;
    let files = match &call.source.partition {
        Some(spec) => {
            let spec = table
                .spec(spec)
                .map_err(|refusal| internal(refusal.into()))?;
            let found = app.catalog().partition(&table, &spec).map_err(internal)?;
            found.ok_or_else(odps::tables::GetPartition::absent)?.files
        }
        None => app.catalog().files(&table).map_err(internal)?,
    };
    let columns: Vec<_> = table.columns.iter().map(Column::to_wire).collect();
    let schema = record_schema(&columns, call.columns.as_deref())
        .map_err(|error| refused("InvalidColumnSpec", error.to_string()))?;
    let encoder = Encoder::plain(&schema).map_err(internal)?;
    let limit = call.limit.unwrap_or(ROWS).min(ROWS);
    Ok(send(app, Scan::new(files, 0, limit, schema), encoder, None).await)
}
