//! A table or partition by the table tunnel: a download session, then rows in Arrow mode from the
//! first row that is not there yet. Recorded: `tunnel_download_arrow.json` of PyODPS 0.13.1.
//!
//! The result of a query is read the same way. Who may not read all of it is let read its first
//! rows, as PyODPS does: the session is asked for again with the limit of the service.

use arrow::array::RecordBatch;
use frame::{Column, Table};
use odps::tables::PartitionSpec;
use odps::tunnel::download::{Create, Read, Reload, Session, Source, Status};
use odps::tunnel::frame::FrameError;
use odps::tunnel::rows::{BadText, Reader, RowsError};
use odps::tunnel::schema::arrow_schema;
use odps::tunnel::unpack::UnpackError;
use odps::types::Type;
use wire::{Call, Millis, Request, Response, Service, Target};

use super::{Given, Next, Origin, PreviewOrigin, odps_fault};
use crate::frames::{self, Fault, Head, InstanceSource, TableSource};

/// How long to wait before looking at a session again, while it starts.
const WAITS: [Millis; 6] = [100, 200, 400, 800, 1_600, 3_200];
/// A session that starts for longer than this many looks is given up.
const MOST_LOOKS: usize = 40;

/// How many rows of a result the service gives to everybody.
const RESULT_LIMIT: u64 = 10_000;

/// The rows of a table.
pub(super) struct TableOrigin {
    source: TableSource,
    /// Whether the table is an instance.
    is_instance: bool,
    /// Whether the session is, or will be, one with the limit of the service.
    limited: bool,
    session: Option<Session>,
    /// What the last request was: decides how its answer is read.
    asked: Asked,
    looks: usize,
    reader: Option<Reader>,
    bad_text: Vec<BadText>,
    /// The session was refused, and no row came since: another refusal is told.
    renewed: bool,
    /// The rows that exist and the columns, by the first session: a later one that differs reads
    /// another state of the table.
    known: Option<(u64, Vec<odps::types::Column>)>,
}

enum Asked {
    Create(Create),
    Reload(Reload),
    Rows(Read),
    Wait,
    Nothing,
}

impl TableOrigin {
    pub(super) fn new(source: TableSource) -> Self {
        Self {
            source,
            is_instance: false,
            limited: false,
            session: None,
            asked: Asked::Nothing,
            looks: 0,
            reader: None,
            bad_text: Vec::new(),
            renewed: false,
            known: None,
        }
    }

    /// The rows that a query has left.
    pub(super) fn of_instance(source: InstanceSource) -> Self {
        let table = TableSource {
            project: source.project,
            table: source.instance,
            partition: None,
            columns: Vec::new(),
            schema: None,
            start: 0,
        };
        Self {
            is_instance: true,
            ..Self::new(table)
        }
    }

    fn table(&self) -> Result<Source, odps::Error> {
        let partition = self
            .source
            .partition
            .as_deref()
            .map(PartitionSpec::read)
            .transpose()?;
        Ok(Source {
            schema: self.source.schema.clone(),
            table: self.source.table.clone(),
            partition,
            is_instance: self.is_instance,
        })
    }

    /// Whether a result that was refused may still be read with the limit of the service.
    fn may_be_limited(&self, error: &odps::Error) -> bool {
        let refused = matches!(error, odps::Error::Status { code, .. } if code == "NoPermission");
        self.is_instance && !self.limited && refused
    }

    fn columns(&self) -> Option<&[String]> {
        (!self.source.columns.is_empty()).then_some(self.source.columns.as_slice())
    }

    fn create(&mut self, target: &Target) -> Result<Request, odps::Error> {
        let call = Create {
            limited: self.limited,
            ..Create::of(self.table()?)
        };
        let request = call.to_request(target);
        self.asked = Asked::Create(call);
        Ok(request)
    }

    fn reload(&mut self, id: String, target: &Target) -> Result<Next, odps::Error> {
        if !matches!(self.asked, Asked::Wait) {
            self.asked = Asked::Wait;
            let wait = WAITS
                .get(self.looks)
                .or(WAITS.last())
                .copied()
                .unwrap_or_default();
            self.looks += 1;
            return Ok(Next::Wait(wait));
        }
        let call = Reload {
            source: self.table()?,
            id,
        };
        let request = call.to_request(target);
        self.asked = Asked::Reload(call);
        Ok(Next::Send(request))
    }

    fn rows(&mut self, have: u64, end: u64, target: &Target) -> Result<Next, Fault> {
        let Some(session) = &self.session else {
            return Ok(Next::Done { more: false });
        };
        let schema = arrow_schema(&session.columns, self.columns()).map_err(odps_fault)?;
        self.reader = Some(Reader::new(schema).map_err(rows_fault)?);
        let call = Read {
            source: self.table().map_err(odps_fault)?,
            id: session.id.clone(),
            start: self.source.start + have,
            count: end - have,
            columns: self.columns().map(<[String]>::to_vec),
            arrow: true,
        };
        let request = call.to_request(target);
        self.asked = Asked::Rows(call);
        Ok(Next::Stream(request))
    }

    /// Takes a session in: the first one, or one that still tells the same, opens nothing anew.
    fn take(&mut self, session: Session) -> Result<Given, Fault> {
        match session.status {
            Status::Initiating if self.looks >= MOST_LOOKS => {
                return Err(Fault::Unreachable {
                    reason: "the download session does not become ready".to_owned(),
                });
            }
            Status::Initiating => {
                self.session = Some(session);
                return Ok(Given::Nothing);
            }
            Status::Normal => {}
            status => {
                return Err(Fault::Malformed {
                    detail: format!("the download session is {status:?}"),
                });
            }
        }
        let facts = (session.record_count, session.columns.clone());
        let given = match self.known.as_ref() == Some(&facts) {
            true => Given::Nothing,
            false => {
                let (table, mut head) = open(&session, self.columns())?;
                head.start = self.source.start.min(session.record_count);
                let cut = self.limited && session.record_count >= RESULT_LIMIT;
                head.capped = cut.then_some(session.record_count);
                Given::Opened(table, head)
            }
        };
        self.known = Some(facts);
        self.session = Some(session);
        Ok(given)
    }
}

impl Origin for TableOrigin {
    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn next(&mut self, target: &Target, have: u64, limit: Option<u64>) -> Next {
        let next = match self
            .session
            .as_ref()
            .map(|session| (session.status, session.record_count))
        {
            None => self.create(target).map(Next::Send).map_err(odps_fault),
            Some((Status::Initiating, _)) => {
                let id = self
                    .session
                    .as_ref()
                    .map(|session| session.id.clone())
                    .unwrap_or_default();
                self.reload(id, target).map_err(odps_fault)
            }
            Some((_, exist)) => {
                let start = self.source.start;
                let exist = exist.saturating_sub(start);
                let end = limit.map_or(exist, |limit| limit.min(exist));
                match have >= end {
                    true => Ok(Next::Done {
                        more: end < exist || start > 0,
                    }),
                    false => self.rows(have, end, target),
                }
            }
        };
        next.unwrap_or_else(Next::Broken)
    }

    fn answer(&mut self, response: Response) -> Result<Given, Fault> {
        match &self.asked {
            Asked::Create(call) => {
                match call.from_response(response) {
                    // The next step asks again, with the limit.
                    Err(error) if self.may_be_limited(&error) => {
                        self.limited = true;
                        Ok(Given::Nothing)
                    }
                    other => self.take(other.map_err(odps_fault)?),
                }
            }
            Asked::Reload(call) => {
                let session = call.from_response(response).map_err(odps_fault)?;
                self.take(session)
            }
            // The stream did not begin: the answer is an error document.
            Asked::Rows(call) => match call.from_response(response) {
                // It ran out, or the service forgot it: another one tells whether the table changed.
                Err(error) if !self.renewed && is_lost(&error) => {
                    self.renewed = true;
                    (self.session, self.asked, self.looks) = (None, Asked::Nothing, 0);
                    Ok(Given::Nothing)
                }
                Err(error) => Err(odps_fault(error)),
                Ok(_) => Err(Fault::Malformed {
                    detail: "rows came as a whole".to_owned(),
                }),
            },
            Asked::Wait | Asked::Nothing => Ok(Given::Nothing),
        }
    }

    fn chunk(&mut self, bytes: Vec<u8>, batches: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        match &mut self.reader {
            Some(reader) => {
                let outcome = reader.push(&bytes, batches);
                self.renewed &= batches.is_empty();
                self.bad_text.extend(reader.take_bad_text());
                outcome.map_err(rows_fault)
            }
            None => Ok(()),
        }
    }

    fn end(&mut self, batches: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        match self.reader.take() {
            Some(mut reader) => {
                let outcome = reader.finish(batches);
                self.bad_text.extend(reader.take_bad_text());
                outcome.map_err(rows_fault)
            }
            None => Ok(()),
        }
    }

    fn bad_text(&mut self) -> Vec<BadText> {
        std::mem::take(&mut self.bad_text)
    }

    fn broke_off(&mut self, fault: Option<&Fault>) {
        self.reader = None;
        self.renewed = false;
        self.asked = Asked::Nothing;
        self.looks = 0;
        // A session that was refused, or never became ready, is not asked again.
        if !matches!(
            fault,
            None | Some(Fault::Truncated { .. } | Fault::Corrupt { .. })
        ) {
            self.session = None;
        }
    }

    fn begin_again(&mut self) -> bool {
        false
    }

    /// Where a download of a table is not allowed, as in a protected project, looking at its first
    /// rows may be.
    fn instead(&self, fault: &Fault) -> Option<Box<dyn Origin>> {
        let Fault::Refused { status, code, .. } = fault else {
            return None;
        };
        let forbidden = *status == 403 || code == "NoPermission";
        (forbidden && !self.is_instance && self.source.start == 0)
            .then(|| PreviewOrigin::new(self.source.clone(), Some(fault.clone())))
            .map(|origin| Box::new(origin) as Box<dyn Origin>)
    }
}

/// An empty table and the head of a session.
fn open(session: &Session, selected: Option<&[String]>) -> Result<(Table, Head), Fault> {
    let schema = arrow_schema(&session.columns, selected).map_err(odps_fault)?;
    let kinds: Vec<&Type> = (schema.fields().iter())
        .filter_map(|field| {
            session
                .columns
                .iter()
                .find(|column| column.name == *field.name())
                .map(|c| &c.kind)
        })
        .collect();
    let columns = schema
        .fields()
        .iter()
        .zip(&kinds)
        .map(|(field, kind)| Column {
            name: field.name().clone(),
            badge: kind.to_string(),
            index: false,
            interval: **kind == Type::IntervalDayTime,
        });
    let columns: Vec<Column> = columns.collect();
    let head = Head {
        columns: (columns.iter().zip(&kinds))
            .map(|(column, kind)| frames::Column {
                name: column.name.clone(),
                kind: column.badge.clone(),
                numeric: numeric(kind),
                index: false,
            })
            .collect(),
        exist: Some(session.record_count),
        ..Head::default()
    };
    let table = Table::with_columns(schema, columns).map_err(|error| Fault::Malformed {
        detail: error.to_string(),
    })?;
    Ok((table, head))
}

pub(super) fn numeric(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Tinyint
            | Type::Smallint
            | Type::Int
            | Type::Bigint
            | Type::Float
            | Type::Double
            | Type::Decimal(_)
    )
}

/// Whether a refusal speaks of the session rather than of the table or of rights.
fn is_lost(error: &odps::Error) -> bool {
    match error {
        odps::Error::Status { status, code, .. } => {
            matches!(status, 400 | 404 | 410)
                && !["NoSuchProject", "NoSuchTable", "NoSuchPartition"].contains(&code.as_str())
        }
        _ => false,
    }
}

fn rows_fault(error: RowsError) -> Fault {
    let detail = error.to_string();
    match error {
        RowsError::Frame(FrameError::Truncated { .. })
        | RowsError::Packed(UnpackError::Truncated { .. }) => Fault::Truncated { detail },
        // The checksums are right: these are other columns than the session's, or another coding.
        RowsError::NotArrow { .. } | RowsError::Packed(UnpackError::Unknown { .. }) => {
            Fault::Malformed { detail }
        }
        _ => Fault::Corrupt { detail },
    }
}

#[cfg(test)]
mod tests;
