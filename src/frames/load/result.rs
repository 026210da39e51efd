//! The result of a Mars job: its actual shape (`type=nsplits`), then pages of rows by `slices`.
//! Recorded: `http_14`, `15`, `24`, `27` of the Mars 0.4 vectors.

use arrow::array::RecordBatch;
use mars::v04::graph::Slice;
use mars::v04::session::{DataFetch, NSplits, SliceItem, Slices, rows_of_tensor};
use wire::{Call, Response, Service, Target};

use super::{Given, Next, Origin};
use crate::frames::{Cut, Fault, ResultSource};

mod payload;

/// A result with so many rows or fewer is fetched whole: the order of a group-by's rows can only be
/// put right when all of them are there.
const WHOLE: u64 = 5_000;
/// Cells of one page: the engine merges a page in its web process, so a page stays small.
const PAGE: u64 = 1_000_000;

/// The rows of a result.
pub(super) struct ResultOrigin {
    source: ResultSource,
    /// The axes that are looked at.
    shape: Option<Shape>,
    /// The axes of the whole result.
    all: Vec<u64>,
    asked: Asked,
    /// Pages did not fit each other: the result is fetched in one piece.
    whole: bool,
    /// Some page has come; a result without rows has one too.
    fetched: bool,
    /// The last row has come.
    complete: bool,
}

enum Asked {
    Shape(NSplits),
    /// A page; its first item and whether it reaches the end.
    Page(DataFetch, u64, bool),
    Nothing,
}

/// The lengths of the axes. Pages are cut along the first one.
#[derive(Clone)]
struct Shape(Vec<u64>);

impl Shape {
    /// The items of the first axis; a scalar is one.
    fn items(&self) -> u64 {
        self.0.first().copied().unwrap_or(1)
    }

    /// Rows of the table that one item becomes: from three axes on, all but the last axis are rows.
    fn rows_of_item(&self) -> u64 {
        let inner = self.0.len().saturating_sub(1);
        let axes = self.0.get(1..inner).unwrap_or_default();
        axes.iter()
            .fold(1, |rows: u64, length| rows.saturating_mul(*length))
            .max(1)
    }

    /// Rows of the whole table.
    fn rows(&self) -> u64 {
        self.items().saturating_mul(self.rows_of_item())
    }

    /// Cells of one row.
    fn width(&self) -> u64 {
        self.0
            .get(1..)
            .and_then(<[u64]>::last)
            .copied()
            .unwrap_or(1)
            .max(1)
    }

    /// The items behind `have` rows, at most a page of them, that reach `end` rows.
    fn page(&self, have: u64, end: u64) -> std::ops::Range<u64> {
        let start = have / self.rows_of_item();
        let most = (PAGE / self.width() / self.rows_of_item()).max(1);
        let stop = end.div_ceil(self.rows_of_item());
        start
            ..stop
                .min(start.saturating_add(most))
                .max(start + 1)
                .min(self.items())
    }
}

impl ResultOrigin {
    pub(super) fn new(source: ResultSource) -> Self {
        Self {
            source,
            shape: None,
            all: Vec::new(),
            asked: Asked::Nothing,
            whole: false,
            fetched: false,
            complete: false,
        }
    }

    fn ask_shape(&mut self, target: &Target) -> Next {
        let call = NSplits {
            instance: self.source.instance.clone(),
            session_id: self.source.session.clone(),
            graph_key: self.source.graph.clone(),
            tileable_key: self.source.tileable.clone(),
        };
        let request = call.to_request(target);
        self.asked = Asked::Shape(call);
        Next::Send(request)
    }

    fn ask_page(&mut self, shape: &Shape, items: std::ops::Range<u64>, target: &Target) -> Next {
        let ResultSource {
            instance,
            session,
            graph,
            tileable,
            ..
        } = &self.source;
        let mut call = DataFetch::new(instance, session, graph, tileable);
        let last = items.end >= shape.items();
        let first = items.start;
        if let Some(cut) = &self.source.cut {
            call.slices = Some(plane(cut, items, self.all.len()));
        } else if first > 0 || !last {
            call.slices = Some(rows_of_tensor(items, shape.0.len()));
        }
        let request = call.to_request(target);
        self.asked = Asked::Page(call, first, last);
        Next::Send(request)
    }
}

impl Origin for ResultOrigin {
    fn service(&self) -> Service {
        Service::Mars(self.source.instance.clone())
    }

    fn next(&mut self, target: &Target, have: u64, limit: Option<u64>) -> Next {
        let Some(shape) = self.shape.clone() else {
            return self.ask_shape(target);
        };
        let exist = shape.rows();
        let end = limit.map_or(exist, |limit| limit.min(exist));
        if self.complete || (self.fetched && have >= end) {
            return Next::Done {
                more: !self.complete,
            };
        }
        let small = exist <= WHOLE && exist.saturating_mul(shape.width()) <= PAGE;
        let items = match small || self.whole {
            true => 0..shape.items(),
            false => shape.page(have, end),
        };
        self.ask_page(&shape, items, target)
    }

    fn answer(&mut self, response: Response) -> Result<Given, Fault> {
        match std::mem::replace(&mut self.asked, Asked::Nothing) {
            Asked::Shape(call) => {
                let splits = call.from_response(response).map_err(mars_fault)?;
                let too_large = || Fault::Malformed {
                    detail: "the shape is too large".to_owned(),
                };
                self.all = splits.shape().ok_or_else(too_large)?;
                self.shape = Some(match &self.source.cut {
                    Some(cut) => Shape(cut_shape(cut, &self.all)?),
                    None => Shape(self.all.clone()),
                });
                Ok(Given::Nothing)
            }
            Asked::Page(call, first, last) => {
                let bytes = call.from_response(response).map_err(mars_fault)?.0;
                let shape = self.shape.clone().unwrap_or(Shape(Vec::new()));
                let (table, mut head) = payload::read(&bytes, first, &self.all, shape.rows())?;
                if let (Some(cut), Some(label)) = (&self.source.cut, head.columns.first_mut()) {
                    label.name = format!("axis {}", cut.rows);
                }
                if first == 0 && last {
                    // What is no array may have other rows than its shape says.
                    head.exist = Some(table.rows());
                } else if table.rows() == 0 {
                    return Err(Fault::Malformed {
                        detail: "a page without rows".to_owned(),
                    });
                }
                self.fetched = true;
                self.complete = last;
                Ok(Given::Rows(Box::new(table), head))
            }
            Asked::Nothing => Ok(Given::Nothing),
        }
    }

    fn chunk(&mut self, _: Vec<u8>, _: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn end(&mut self, _: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn broke_off(&mut self, _: Option<&Fault>) {
        self.asked = Asked::Nothing;
    }

    fn begin_again(&mut self) -> bool {
        self.fetched = false;
        self.complete = false;
        !std::mem::replace(&mut self.whole, true)
    }
}

/// The lengths of the two axes of a plane.
fn cut_shape(cut: &Cut, all: &[u64]) -> Result<Vec<u64>, Fault> {
    let inside = (all.iter().enumerate()).all(|(axis, length)| {
        let kept = axis == cut.rows || axis == cut.columns;
        kept || cut.at.get(axis).is_some_and(|at| at < length)
    });
    match (all.get(cut.rows), all.get(cut.columns)) {
        (Some(rows), Some(columns)) if inside && cut.rows < cut.columns => {
            Ok(vec![*rows, *columns])
        }
        _ => Err(Fault::Malformed {
            detail: format!("the plane is not in a tensor of {} axes", all.len()),
        }),
    }
}

/// Some rows of a plane; the other axes go away.
fn plane(cut: &Cut, rows: std::ops::Range<u64>, axes: usize) -> Slices {
    let whole = |place: u64| i64::try_from(place).unwrap_or(i64::MAX);
    let item = |axis: usize| match axis {
        axis if axis == cut.rows => {
            SliceItem::Slice(Slice::range(whole(rows.start), whole(rows.end)))
        }
        axis if axis == cut.columns => SliceItem::Slice(Slice::default()),
        axis => SliceItem::At(whole(cut.at.get(axis).copied().unwrap_or_default())),
    };
    Slices((0..axes).map(item).collect())
}

fn mars_fault(error: mars::Error) -> Fault {
    match error {
        mars::Error::Status {
            status,
            message,
            trace,
            body,
        } => {
            // The gateway speaks for itself in an ODPS error document.
            let code = between(&body, "<Code>", "</Code>")
                .unwrap_or("MarsError")
                .to_owned();
            let said = between(&body, "<Message>", "</Message>").map(str::to_owned);
            Fault::Refused {
                status,
                code,
                message: trace.or(said).unwrap_or(message),
                request_id: between(&body, "<RequestId>", "</RequestId>").map(str::to_owned),
            }
        }
        other => Fault::Malformed {
            detail: other.to_string(),
        },
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests;
