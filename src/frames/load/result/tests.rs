//! Results are read against recorded payloads of the real engine (`crates/mars/tests/data`).

use bytes::Bytes;
use mars::v04::graph::Slice;
use mars::v04::session::{DataFetch, NSplits, SliceItem, Splits, rows_of_tensor};
use wire::{Call, Reply, Response, Service};

use crate::frames::load::{Load, Step};
use crate::frames::{Cut, Fault, Phase, ResultSource, Source};

const MATRIX: &[u8] =
    include_bytes!("../../../../crates/mars/tests/data/payloads/arr_f64_100x100.bin");
const EMPTY: &[u8] =
    include_bytes!("../../../../crates/mars/tests/data/payloads/arr_f64_empty_0x3.bin");
const CUBE: &[u8] = include_bytes!("../../../../crates/mars/tests/data/payloads/arr_f64_3d.bin");
const SCALAR: &[u8] = include_bytes!("../../../../crates/mars/tests/data/payloads/arr0d_f64.bin");

fn load(limit: Option<u64>) -> Load {
    let source = ResultSource {
        project: "p".into(),
        instance: "i".into(),
        session: "s".into(),
        graph: "g".into(),
        tileable: "t".into(),
        cut: None,
    };
    Load::new(Source::Result(source), limit)
}

/// Answers the question for the shape.
fn shape(load: &mut Load, splits: &[&[u64]]) {
    let Step::Send(service, request) = load.step() else {
        panic!("no shape is asked for")
    };
    assert_eq!(service, Service::Mars("i".into()));
    NSplits::from_request(&request).expect("a question for the shape");
    let splits = Splits(splits.iter().map(|axis| axis.to_vec()).collect());
    load.answered(Ok(splits.into_response()));
}

/// The next page that is asked for.
fn page(load: &mut Load) -> DataFetch {
    let Step::Send(_, request) = load.step() else {
        panic!("no page is asked for: {:?}", load.progress())
    };
    DataFetch::from_request(&request).expect("a fetch")
}

fn answer(load: &mut Load, payload: &'static [u8]) {
    load.answered(Ok(Response::new(Bytes::from_static(payload))));
}

#[test]
fn a_small_matrix_comes_whole() {
    let mut load = load(Some(6));
    shape(&mut load, &[&[50, 50], &[100]]);
    assert_eq!(page(&mut load).slices, None);
    answer(&mut load, MATRIX);
    assert!(matches!(load.step(), Step::Rest));
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(load.progress().rows, 100);
    let head = load.head().expect("opened");
    let facts = head.value.as_ref().expect("a value");
    assert_eq!(
        (facts.kind.as_str(), facts.shape.as_slice()),
        ("tensor", &[100, 100][..])
    );
    assert_eq!(facts.dtype.as_deref(), Some("float64"));
    assert!(head.columns[0].index && head.columns[1].numeric);
}

#[test]
fn a_large_tensor_comes_by_pages() {
    let mut load = load(Some(100));
    shape(&mut load, &[&[10_000, 10_000], &[100]]);
    assert_eq!(page(&mut load).slices, Some(rows_of_tensor(0..100, 2)));
    answer(&mut load, MATRIX);
    assert!(matches!(load.step(), Step::Rest));
    assert_eq!(load.progress().phase, Phase::Limited);
    assert_eq!(load.head().and_then(|head| head.exist), Some(20_000));

    load.more(Some(200));
    assert_eq!(page(&mut load).slices, Some(rows_of_tensor(100..200, 2)));
    answer(&mut load, MATRIX);
    assert!(matches!(load.step(), Step::Rest));
    assert_eq!(load.progress().rows, 200);
    // The positions of the second page go on behind the first.
    let label = load
        .table()
        .and_then(|table| table.cell(150, 0, 99))
        .map(|cell| cell.text);
    assert_eq!(label.as_deref(), Some("150"));

    load.more(None);
    assert_eq!(page(&mut load).slices, Some(rows_of_tensor(200..10_200, 2)));
}

#[test]
fn pages_of_other_types_are_replaced_by_the_whole() {
    let mut load = load(Some(100));
    shape(&mut load, &[&[20_000], &[100]]);
    page(&mut load);
    answer(&mut load, MATRIX);
    load.more(Some(200));
    page(&mut load);
    answer(&mut load, CUBE);
    assert_eq!(page(&mut load).slices, None);
    assert_eq!(load.progress().rows, 0);
}

#[test]
fn scalars_empty_results_and_cubes() {
    let mut scalar = load(Some(6));
    shape(&mut scalar, &[]);
    page(&mut scalar);
    answer(&mut scalar, SCALAR);
    assert!(matches!(scalar.step(), Step::Rest));
    assert_eq!(
        (scalar.progress().rows, &scalar.progress().phase),
        (1, &Phase::Complete)
    );

    let mut empty = load(Some(6));
    shape(&mut empty, &[&[0], &[3]]);
    page(&mut empty);
    answer(&mut empty, EMPTY);
    assert!(matches!(empty.step(), Step::Rest));
    assert_eq!(
        (empty.progress().rows, &empty.progress().phase),
        (0, &Phase::Complete)
    );
    assert_eq!(empty.head().map(|head| head.columns.len()), Some(4));

    let mut cube = load(None);
    shape(&mut cube, &[&[2], &[3], &[4]]);
    page(&mut cube);
    answer(&mut cube, CUBE);
    assert!(matches!(cube.step(), Step::Rest));
    assert_eq!(cube.progress().rows, 6);
}

#[test]
fn errors_and_damage_are_faults() {
    let mut gone = load(Some(6));
    let Step::Send(..) = gone.step() else {
        panic!("no shape is asked for")
    };
    let mut response = Response::new(Bytes::from_static(
        b"<title>500: Internal Server Error</title>",
    ));
    *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
    gone.answered(Ok(response));
    assert!(matches!(
        gone.progress().phase,
        Phase::Failed(Fault::Refused { status: 500, .. })
    ));

    for end in [0, 5, 12, 100, MATRIX.len() - 1] {
        let mut cut = load(Some(6));
        shape(&mut cut, &[&[100], &[100]]);
        page(&mut cut);
        answer(&mut cut, &MATRIX[..end]);
        assert!(
            matches!(cut.progress().phase, Phase::Failed(Fault::Corrupt { .. })),
            "{end}"
        );
    }
}

#[test]
fn a_plane_of_a_cube_is_asked_for_by_its_axes() {
    let cut = |at: u64| Cut {
        rows: 0,
        columns: 2,
        at: vec![0, at, 0],
    };
    let of = |at: u64| {
        let source = ResultSource {
            project: "p".into(),
            instance: "i".into(),
            session: "s".into(),
            graph: "g".into(),
            tileable: "t".into(),
            cut: Some(cut(at)),
        };
        Load::new(Source::Result(source), Some(10))
    };
    let mut load = of(7);
    shape(&mut load, &[&[60_000, 40_000], &[30], &[100]]);
    let asked = page(&mut load).slices.expect("a part");
    assert_eq!(
        asked.0,
        [
            SliceItem::Slice(Slice::range(0, 10)),
            SliceItem::At(7),
            SliceItem::Slice(Slice::default()),
        ]
    );
    answer(&mut load, MATRIX);
    let head = load.head().expect("opened");
    assert_eq!(head.exist, Some(100_000));
    assert_eq!(head.columns[0].name, "axis 0");
    assert_eq!(
        head.value.as_ref().map(|value| value.shape.clone()),
        Some(vec![100_000, 30, 100])
    );

    let mut load = of(30);
    shape(&mut load, &[&[5], &[30], &[100]]);
    assert!(matches!(load.step(), Step::Rest));
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Malformed { .. })
    ));
}
