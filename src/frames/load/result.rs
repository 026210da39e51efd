//! The result of a Mars job: its actual shape (`type=nsplits`), then pages of rows by `slices`.
//! Recorded: `http_14`, `15`, `24`, `27` of the Mars 0.4 vectors.

use arrow::array::RecordBatch;
use mars::v04::session::{DataFetch, NSplits, rows_of_tensor};
use wire::{Call, Response, Service, Target};

use super::{Given, Next, Origin};
use crate::frames::{Fault, ResultSource};

mod payload;

/// A result with so many rows or fewer is fetched whole: the order of a group-by's rows can only be
/// put right when all of them are there.
const WHOLE: u64 = 5_000;
/// Rows of one page: the engine merges a page in its web process, so a page stays small.
const PAGE: u64 = 20_000;

/// The rows of a result.
pub(super) struct ResultOrigin {
    source: ResultSource,
    /// The length of every axis, once it is known.
    shape: Option<Vec<u64>>,
    asked: Asked,
    /// Pages did not fit each other: the result is fetched in one piece.
    whole: bool,
    /// The last page reached the end of the result.
    ended: bool,
}

enum Asked {
    Shape(NSplits),
    Page { call: DataFetch, end: u64 },
    Nothing,
}

impl ResultOrigin {
    pub(super) fn new(source: ResultSource) -> Self {
        Self {
            source,
            shape: None,
            asked: Asked::Nothing,
            whole: false,
            ended: false,
        }
    }

    fn shape(&mut self, target: &Target) -> Next {
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

    fn page(&mut self, shape: &[u64], start: u64, end: u64, target: &Target) -> Next {
        let source = &self.source;
        let mut call = DataFetch::new(
            &source.instance,
            &source.session,
            &source.graph,
            &source.tileable,
        );
        if (start, end) != (0, rows(shape)) {
            call.slices = Some(rows_of_tensor(start..end, shape.len()));
        }
        let request = call.to_request(target);
        self.asked = Asked::Page { call, end };
        Next::Send(request)
    }
}

/// How many rows a shape has: a scalar has one.
fn rows(shape: &[u64]) -> u64 {
    shape.first().copied().unwrap_or(1)
}

impl Origin for ResultOrigin {
    fn service(&self) -> Service {
        Service::Mars(self.source.instance.clone())
    }

    fn next(&mut self, target: &Target, have: u64, limit: Option<u64>) -> Next {
        let Some(shape) = self.shape.clone() else {
            return self.shape(target);
        };
        let exist = rows(&shape);
        let end = limit.map_or(exist, |limit| limit.min(exist));
        if self.ended && have >= end {
            return Next::Done { more: have < exist };
        }
        if exist <= WHOLE || self.whole {
            return self.page(&shape, 0, exist, target);
        }
        self.page(&shape, have, end.min(have + PAGE), target)
    }

    fn answer(&mut self, response: Response) -> Result<Given, Fault> {
        match std::mem::replace(&mut self.asked, Asked::Nothing) {
            Asked::Shape(call) => {
                let splits = call.from_response(response).map_err(mars_fault)?;
                let too_large = || Fault::Malformed {
                    detail: "the shape is too large".to_owned(),
                };
                self.shape = Some(splits.shape().ok_or_else(too_large)?);
                Ok(Given::Nothing)
            }
            Asked::Page { call, end } => {
                let bytes = call.from_response(response).map_err(mars_fault)?.0;
                let shape = self.shape.as_deref().unwrap_or_default();
                let (table, head) = payload::read(&bytes, shape)?;
                self.ended = end >= rows(shape) || table.rows() > 0;
                Ok(Given::Rows(Box::new(table), head))
            }
            Asked::Nothing => Ok(Given::Nothing),
        }
    }

    fn chunk(&mut self, _: &[u8], _: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn end(&mut self, _: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn broke_off(&mut self, _: Option<&Fault>) {
        self.asked = Asked::Nothing;
    }

    fn begin_again(&mut self) -> bool {
        !std::mem::replace(&mut self.whole, true)
    }
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
