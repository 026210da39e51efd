//! Where in the text an error of the planner belongs that has no place of its own.

use datafusion::sql::sqlparser::ast::{Query, SelectItem, SetExpr, Spanned};

use super::errors::{AGGREGATE_IN_FILTER, NO_BOOLEAN};
use crate::error::{Position, SqlError};
use crate::script::position;

/// The places of a query that errors may be about.
#[derive(Debug, Default)]
pub(super) struct Places {
    items: Option<Position>,
    filter: Option<Position>,
}

impl Places {
    /// Of a query as it was written.
    pub(super) fn of(query: &Query) -> Self {
        let mut body = query.body.as_ref();
        loop {
            match body {
                SetExpr::SetOperation { left, .. } => body = left,
                SetExpr::Query(inner) => body = &inner.body,
                SetExpr::Select(select) => {
                    let item = select.projection.first().map(|item| match item {
                        SelectItem::Wildcard(wildcard) => wildcard.wildcard_token.0.span.start,
                        other => other.span().start,
                    });
                    let filter = select.selection.as_ref().or(select.having.as_ref());
                    return Self {
                        items: item.and_then(position),
                        filter: filter.and_then(|filter| position(filter.span().start)),
                    };
                }
                _ => return Self::default(),
            }
        }
    }

    /// Gives an error its place.
    pub(super) fn give(&self, error: SqlError) -> SqlError {
        let about = |text: &str| error.message.ends_with(text);
        let place = if about(NO_BOOLEAN) || about(AGGREGATE_IN_FILTER) {
            self.filter
        } else if about(super::errors::NO_KEY) {
            self.items
        } else {
            None
        };
        error.at(place)
    }
}
