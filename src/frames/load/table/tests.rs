//! A table is read against a service made of `odps` itself: sessions and streams as the warehouse
//! writes them, whole, cut off and damaged.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int64Type;
use bytes::Bytes;
use odps::tunnel::download::{Read, Session, Status};
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::arrow_schema;
use odps::types::{Column, Type};
use wire::{Call, Reply, Response, Service, Unreachable};

use crate::frames::load::{Load, Step};
use crate::frames::{Fault, InstanceSource, Phase, Source, TableSource};

/// A table of numbered rows.
struct World {
    rows: u64,
    /// How often a session is still starting.
    starting: u64,
    sessions: u64,
    reads: Vec<(u64, u64)>,
    /// What happens to the next body.
    harm: Option<fn(Vec<u8>) -> Vec<u8>>,
}

impl World {
    fn new(rows: u64) -> Self {
        Self {
            rows,
            starting: 0,
            sessions: 0,
            reads: Vec::new(),
            harm: None,
        }
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::new("id", Type::Bigint),
            Column::new("城市", Type::String),
        ]
    }

    fn session(&self, status: Status) -> Response {
        let session = Session {
            id: format!("s{}", self.sessions),
            status,
            record_count: self.rows,
            columns: Self::columns(),
            partition_keys: Vec::new(),
            quota: None,
            owner: None,
        };
        session.into_response()
    }

    fn body(&mut self, read: &Read) -> Vec<u8> {
        self.reads.push((read.start, read.count));
        let schema = arrow_schema(&Self::columns(), None).expect("plain types");
        let mut writer = Writer::new(&schema, 512).expect("plain types");
        let mut body = Vec::new();
        let end = (read.start + read.count).min(self.rows);
        for start in (read.start..end).step_by(10) {
            let numbers = start..(start + 10).min(end);
            let ids: Int64Array = numbers.clone().map(|id| id as i64).collect();
            let names: StringArray = numbers
                .map(|id| (id % 3 > 0).then(|| format!("市{id}")))
                .collect();
            let arrays: Vec<ArrayRef> = vec![Arc::new(ids), Arc::new(names)];
            let batch = RecordBatch::try_new(schema.clone(), arrays).expect("same schema");
            body.extend_from_slice(&writer.write(&batch).expect("same schema"));
        }
        body.extend_from_slice(&writer.finish());
        self.harm.take().map_or(body.clone(), |harm| harm(body))
    }

    /// Drives a load to its end, in pieces of `piece` bytes.
    fn drive(&mut self, load: &mut Load, piece: usize) {
        for _ in 0..50 {
            match load.step() {
                Step::Send(service, request) => {
                    assert_eq!(service, Service::Tunnel);
                    let query = request.uri().query().unwrap_or_default().to_owned();
                    if query.contains("downloads") {
                        self.sessions += 1;
                    }
                    let status = match self.starting {
                        0 => Status::Normal,
                        _ => Status::Initiating,
                    };
                    self.starting = self.starting.saturating_sub(1);
                    load.answered(Ok(self.session(status)));
                }
                Step::Stream(_, request) => {
                    let read = Read::from_request(&request).expect("a read");
                    let body = self.body(&read);
                    if body.chunks(piece).all(|piece| load.chunk(piece.to_vec())) {
                        load.ended(None);
                    }
                }
                Step::Wait(_) => {}
                Step::Rest => return,
                Step::Piece(_) => panic!("a table is not in memory"),
            }
        }
        panic!("reading does not end: {:?}", load.progress());
    }
}

fn table() -> Source {
    Source::Table(TableSource {
        project: "p".into(),
        table: "t".into(),
        partition: None,
        columns: Vec::new(),
        schema: None,
        start: 0,
    })
}

fn ids(load: &Load) -> Vec<String> {
    let Some(table) = load.table() else {
        return Vec::new();
    };
    (0..table.rows())
        .filter_map(|row| table.cell(row, 0, 99))
        .map(|cell| cell.text)
        .collect()
}

fn numbers(end: u64) -> Vec<String> {
    (0..end).map(|id| id.to_string()).collect()
}

#[test]
fn a_window_of_rows_begins_at_its_start() {
    let mut world = World::new(95);
    let window = |start| match table() {
        Source::Table(table) => Source::Table(TableSource { start, ..table }),
        other => other,
    };
    let mut load = Load::new(window(50), Some(10));
    world.drive(&mut load, 7);
    assert_eq!(ids(&load), numbers(60)[50..]);
    assert_eq!(load.progress().phase, Phase::Limited);
    assert_eq!(load.head().map(|head| head.start), Some(50));
    load.more(None);
    world.drive(&mut load, 7);
    assert_eq!(ids(&load), numbers(95)[50..]);
    assert_eq!(world.reads, [(50, 10), (60, 35)]);
    // The rows before the window exist too.
    assert_eq!(load.progress().phase, Phase::Limited);
    let mut load = Load::new(window(100), Some(10));
    world.drive(&mut load, 7);
    assert_eq!((load.progress().rows, world.reads.len()), (0, 2));
}

#[test]
fn the_first_rows_and_then_all() {
    let mut world = World::new(95);
    let mut load = Load::new(table(), Some(6));
    world.drive(&mut load, 7);
    assert_eq!(load.progress().phase, Phase::Limited);
    assert_eq!(ids(&load), numbers(6));
    let head = load.head().expect("opened");
    assert_eq!(head.exist, Some(95));
    assert_eq!(
        (head.columns[0].kind.as_str(), head.columns[0].numeric),
        ("bigint", true)
    );
    assert_eq!(
        (head.columns[1].name.as_str(), head.columns[1].numeric),
        ("城市", false)
    );

    load.more(None);
    world.drive(&mut load, 64);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(ids(&load), numbers(95));
    assert_eq!(world.reads, [(0, 6), (6, 89)]);
    assert_eq!(world.sessions, 1);
}

#[test]
fn an_empty_table_asks_for_no_rows() {
    let mut world = World::new(0);
    let mut load = Load::new(table(), Some(6));
    world.drive(&mut load, 7);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert!(world.reads.is_empty());
}

#[test]
fn a_session_that_starts_is_looked_at_again() {
    let mut world = World::new(3);
    world.starting = 3;
    let mut load = Load::new(table(), None);
    world.drive(&mut load, 7);
    assert_eq!(
        (load.progress().phase.clone(), world.sessions),
        (Phase::Complete, 1)
    );
    assert_eq!(ids(&load), numbers(3));
}

#[test]
fn a_cut_stream_keeps_proven_rows_and_goes_on_behind_them() {
    let mut world = World::new(9_000);
    world.harm = Some(|body| body[..body.len() * 2 / 3].to_vec());
    let mut load = Load::new(table(), None);
    world.drive(&mut load, 1_000);
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Truncated { .. })
    ));
    let proven = load.progress().rows;
    assert!(proven > 0 && proven < 9_000, "{proven}");
    assert_eq!(ids(&load), numbers(proven));

    load.more(None);
    world.drive(&mut load, 1_000);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(ids(&load), numbers(9_000));
    assert_eq!(world.reads[1], (proven, 9_000 - proven));
}

#[test]
fn a_damaged_stream_is_no_row_too_many() {
    let mut world = World::new(9_000);
    world.harm = Some(|mut body| {
        let middle = body.len() / 2;
        body[middle] ^= 0x10;
        body
    });
    let mut load = Load::new(table(), None);
    world.drive(&mut load, 4_096);
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Corrupt { .. })
    ));
    assert_eq!(ids(&load), numbers(load.progress().rows));
    load.more(None);
    world.drive(&mut load, 4_096);
    assert_eq!(ids(&load), numbers(9_000));
}

#[test]
fn a_stream_that_ends_too_early_without_damage_is_seen() {
    let mut world = World::new(9_000);
    let mut load = Load::new(table(), Some(100));
    // The service gives fewer rows than the range asks for.
    let Step::Send(..) = load.step() else {
        panic!("no session is asked for")
    };
    load.answered(Ok(world.session(Status::Normal)));
    let Step::Stream(_, request) = load.step() else {
        panic!("no rows are asked for")
    };
    world.rows = 40;
    let body = world.body(&Read::from_request(&request).expect("a read"));
    assert!(load.chunk(body.clone()));
    load.ended(None);
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Truncated { .. })
    ));
    assert_eq!(load.progress().rows, 40);
}

#[test]
fn a_table_that_changed_meanwhile_begins_again() {
    let mut world = World::new(50);
    let mut load = Load::new(table(), Some(20));
    world.drive(&mut load, 64);
    // The session is refused, the next one counts other rows.
    load.more(None);
    let Step::Stream(..) = load.step() else {
        panic!("no rows are asked for")
    };
    load.answered(Ok(
        odps::Error::no_such_object("the session is gone").into_json_response()
    ));
    // Another session is asked for without a word; what it tells decides.
    assert_eq!(load.progress().phase, Phase::Reading);
    world.rows = 60;
    world.drive(&mut load, 64);
    assert_eq!(load.head().and_then(|head| head.exist), Some(60));
    assert_eq!(ids(&load), numbers(60));
    assert!(load.progress().changed);
    assert_eq!(world.reads, [(0, 20), (0, 60)]);
}

#[test]
fn a_session_that_ran_out_is_renewed_without_a_word() {
    let mut world = World::new(50);
    let mut load = Load::new(table(), Some(20));
    world.drive(&mut load, 64);
    load.more(None);
    let gone = || odps::Error::no_such_object("the session is gone").into_json_response();
    let Step::Stream(..) = load.step() else {
        panic!("no rows are asked for")
    };
    load.answered(Ok(gone()));
    world.drive(&mut load, 64);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert!(!load.progress().changed);
    assert_eq!(ids(&load), numbers(50));
    assert_eq!(world.reads, [(0, 20), (20, 30)]);

    // One that is refused at once again is told.
    let mut load = Load::new(table(), None);
    for _ in 0..2 {
        let Step::Send(..) = load.step() else {
            panic!("no session is asked for")
        };
        load.answered(Ok(world.session(Status::Normal)));
        let Step::Stream(..) = load.step() else {
            panic!("no rows are asked for")
        };
        load.answered(Ok(gone()));
    }
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Refused { status: 404, .. })
    ));
}

#[test]
fn a_busy_tunnel_is_asked_again_after_a_while() {
    let busy = || {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        response
    };
    let mut world = World::new(50);
    let mut load = Load::new(table(), None);
    for _ in 0..2 {
        let Step::Send(..) = load.step() else {
            panic!("no session is asked for")
        };
        load.answered(Ok(busy()));
        let waiting = load.progress().waiting.expect("it waits");
        let Step::Wait(millis) = load.step() else {
            panic!("it does not wait")
        };
        assert_eq!(millis, waiting.millis);
    }
    world.drive(&mut load, 64);
    assert_eq!(load.progress().waiting, None);
    assert_eq!(ids(&load), numbers(50));
    // A cancel ends the waiting too.
    let mut load = Load::new(table(), None);
    let Step::Send(..) = load.step() else {
        panic!("no session is asked for")
    };
    load.answered(Ok(busy()));
    load.cancel();
    assert!(matches!(load.step(), Step::Rest));
}

#[test]
fn rows_that_fit_stay_and_the_rest_is_not_read() {
    let mut world = World::new(9_000);
    let mut load = Load::new(table(), None);
    load.set_budget(20_000);
    world.drive(&mut load, 1_000);
    assert_eq!(load.progress().phase, Phase::Full);
    let rows = load.progress().rows;
    assert!(rows > 100 && rows < 2_000, "{rows}");
    assert_eq!(ids(&load), numbers(rows));
    load.more(None);
    assert_eq!(load.progress().phase, Phase::Full);
    assert_eq!(world.reads.len(), 1);
}

fn packed(body: Vec<u8>) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = lz4_flex::frame::FrameEncoder::new(Vec::new());
    packer.write_all(&body).expect("packed");
    packer.finish().expect("packed")
}

#[test]
fn a_packed_stream_that_is_cut_goes_on_behind_its_rows() {
    for keep in [0, 1, 3, 4, 40, 300, 20_000] {
        let mut world = World::new(9_000);
        let mut load = Load::new(table(), None);
        let Step::Send(..) = load.step() else {
            panic!("no session is asked for")
        };
        load.answered(Ok(world.session(Status::Normal)));
        let Step::Stream(_, request) = load.step() else {
            panic!("no rows are asked for")
        };
        let body = packed(world.body(&Read::from_request(&request).expect("a read")));
        load.chunk(body[..keep].to_vec());
        load.ended(None);
        assert!(
            matches!(
                load.progress().phase,
                Phase::Failed(Fault::Truncated { .. })
            ),
            "{keep}: {:?}",
            load.progress()
        );
        let proven = load.progress().rows;
        assert_eq!(ids(&load), numbers(proven));
        load.more(None);
        world.harm = Some(packed);
        world.drive(&mut load, 999);
        assert_eq!(ids(&load), numbers(9_000));
        assert_eq!(world.reads[1], (proven, 9_000 - proven));
    }
}

/// The ids of the rows that are taken out.
fn taken(load: &mut Load) -> Vec<i64> {
    let batches = load.take_batches();
    let ids = batches.iter().flat_map(|batch| {
        let ids = batch.column(0).as_primitive::<Int64Type>();
        ids.values().to_vec()
    });
    ids.collect()
}

#[test]
fn rows_that_are_taken_out_are_not_read_again() {
    let mut world = World::new(9_000);
    world.harm = Some(|body| body[..body.len() * 2 / 3].to_vec());
    let mut load = Load::streamed(table(), None);
    world.drive(&mut load, 1_000);
    let mut got = taken(&mut load);
    let proven = got.len() as u64;
    assert!(proven > 0 && proven < 9_000, "{proven}");
    assert_eq!(load.table().map(frame::Table::rows), Some(0));

    load.more(None);
    world.drive(&mut load, 1_000);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(load.progress().rows, 9_000);
    got.extend(taken(&mut load));
    assert_eq!(got, (0..9_000).collect::<Vec<i64>>());
    assert_eq!(world.reads[1], (proven, 9_000 - proven));
}

#[test]
fn a_table_that_changed_under_taken_rows_is_a_fault() {
    let mut world = World::new(50);
    let mut load = Load::streamed(table(), Some(20));
    world.drive(&mut load, 64);
    assert_eq!(taken(&mut load).len(), 20);
    load.more(None);
    let Step::Stream(..) = load.step() else {
        panic!("no rows are asked for")
    };
    load.answered(Ok(
        odps::Error::no_such_object("the session is gone").into_json_response()
    ));
    world.rows = 60;
    load.more(None);
    world.drive(&mut load, 64);
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Malformed { .. })
    ));
    assert!(taken(&mut load).is_empty());
}

#[test]
fn no_such_table_and_no_answer_are_faults() {
    let mut load = Load::new(table(), Some(6));
    let Step::Send(..) = load.step() else {
        panic!("no session is asked for")
    };
    load.answered(Ok(
        odps::Error::no_such_object("no table").into_json_response()
    ));
    let Phase::Failed(Fault::Refused { code, .. }) = &load.progress().phase else {
        panic!("{:?}", load.progress())
    };
    assert_eq!(code, "NoSuchObject");
    assert!(matches!(load.step(), Step::Rest));

    let mut load = Load::new(table(), Some(6));
    let Step::Send(..) = load.step() else {
        panic!("no session is asked for")
    };
    load.answered(Err(Unreachable {
        reason: "refused".into(),
    }));
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Unreachable { .. })
    ));
}

fn result() -> Source {
    Source::Instance(InstanceSource {
        project: "p".into(),
        instance: "20260101g1".into(),
    })
}

#[test]
fn a_result_is_read_as_a_table_is() {
    let mut world = World::new(95);
    let mut load = Load::new(result(), Some(6));
    world.drive(&mut load, 64);
    assert_eq!(load.progress().phase, Phase::Limited);
    load.more(None);
    world.drive(&mut load, 64);
    assert_eq!(ids(&load), numbers(95));
    let head = load.head().expect("opened");
    assert_eq!((head.exist, head.capped), (Some(95), None));
}

#[test]
fn a_result_that_is_refused_is_read_with_the_limit_of_the_service() {
    for (rows, capped) in [(10_000, Some(10_000)), (95, None)] {
        let mut world = World::new(rows);
        let mut load = Load::new(result(), None);
        let Step::Send(_, request) = load.step() else {
            panic!("no session is asked for")
        };
        let address = request.uri().to_string();
        assert!(address.starts_with("/projects/p/instances/20260101g1?downloads"));
        assert!(!address.contains("limit"));
        load.answered(Ok(no_permission()));
        let Step::Send(_, request) = load.step() else {
            panic!("it is not asked again")
        };
        let query = request.uri().query().unwrap_or_default();
        assert!(query.contains("instance_tunnel_limit_enabled"), "{query}");
        load.answered(Ok(world.session(Status::Normal)));
        world.drive(&mut load, 4_096);
        assert_eq!(load.progress().phase, Phase::Complete);
        assert_eq!(load.progress().rows, rows);
        assert_eq!(load.head().and_then(|head| head.capped), capped);
    }
}

#[test]
fn a_refusal_with_the_limit_is_final_and_so_is_that_of_a_preview() {
    // A table is asked for its download, its schema and its preview, never for a limit.
    for (source, refusals) in [(result(), 2), (table(), 3)] {
        let limited = matches!(source, Source::Instance(_));
        let mut load = Load::new(source, None);
        for _ in 0..refusals {
            let step = load.step();
            let Step::Send(_, request) = step else {
                panic!("{step:?}")
            };
            let query = request.uri().query().unwrap_or_default();
            assert!(limited || !query.contains("limit_enabled"), "{query}");
            load.answered(Ok(no_permission()));
        }
        let Phase::Failed(Fault::Refused { code, .. }) = &load.progress().phase else {
            panic!("{:?}", load.progress())
        };
        assert_eq!(code, "NoPermission");
    }
}

fn no_permission() -> Response {
    let refused = http::StatusCode::FORBIDDEN;
    odps::Error::status(refused, "NoPermission", "You have no privilege").into_json_response()
}

#[test]
fn a_cancel_keeps_what_came() {
    let mut world = World::new(9_000);
    let mut load = Load::new(table(), None);
    let Step::Send(..) = load.step() else {
        panic!("no session is asked for")
    };
    load.answered(Ok(world.session(Status::Normal)));
    let Step::Stream(_, request) = load.step() else {
        panic!("no rows are asked for")
    };
    let body = world.body(&Read::from_request(&request).expect("a read"));
    assert!(load.chunk(body[..body.len() / 2].to_vec()));
    load.cancel();
    assert!(!load.chunk(body[body.len() / 2..].to_vec()));
    assert_eq!(load.progress().phase, Phase::Cancelled);
    let proven = load.progress().rows;
    assert!(proven > 0);
    load.more(None);
    world.drive(&mut load, 4_096);
    assert_eq!(ids(&load), numbers(9_000));
}

#[test]
fn noise_is_no_panic() {
    for seed in 0..200_u8 {
        let mut load = Load::new(table(), None);
        let Step::Send(..) = load.step() else {
            panic!("no session is asked for")
        };
        let noise: Vec<u8> = (0..300_u32)
            .map(|at| (at.wrapping_mul(97) ^ u32::from(seed)) as u8)
            .collect();
        load.answered(Ok(Response::new(Bytes::from(noise.clone()))));
        assert!(matches!(load.progress().phase, Phase::Failed(_)));
    }
}
