use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::*;
use frame::{Column, Table, Zone};

use super::fields::Fields;
use super::*;
use crate::{Export, Format, Ledger, Options};

fn want(name: &str, source: usize, data_type: DataType) -> Want {
    Want {
        name: name.to_owned(),
        kind: data_type.to_string(),
        source: Some(source),
        data_type,
        instant: false,
        letters: None,
    }
}

/// Every cell as the grid shows it; none for NULL.
fn texts(batches: &[RecordBatch]) -> Vec<Vec<Option<String>>> {
    let mut table = Table::new(batches[0].schema());
    for batch in batches {
        table.append(batch.clone()).unwrap();
    }
    let cell = |row, column| {
        let cell = table.cell(row, column, usize::MAX).unwrap();
        (cell.kind != frame::Kind::Null).then_some(cell.text)
    };
    let columns = table.columns().len();
    (0..table.rows())
        .map(|row| (0..columns).map(|column| cell(row, column)).collect())
        .collect()
}

fn read(
    text: &[u8],
    options: &ReadOptions,
    wants: &[DataType],
    policy: Policy,
) -> Result<(Vec<RecordBatch>, Report), ImportError> {
    let file = WholeFile::new(text.to_vec());
    let mut reading = Reading::open(&file, options, None)?;
    let wants = wants.iter().enumerate();
    let wants = wants.map(|(at, kind)| want(&format!("w{at}"), at, kind.clone()));
    let mut converter = Converter::new(wants.collect(), reading.names().len(), policy, None);
    let mut batches = Vec::new();
    while let Some(chunk) = reading.chunk()? {
        batches.push(converter.take(&chunk)?);
    }
    Ok((batches, converter.report().clone()))
}

fn csv() -> ReadOptions {
    ReadOptions::default()
}

fn rows(text: &str, wants: &[DataType]) -> Vec<Vec<Option<String>>> {
    let (batches, _) = read(text.as_bytes(), &csv(), wants, Policy::Stop).unwrap();
    texts(&batches)
}

fn some(cells: &[&str]) -> Vec<Option<String>> {
    cells.iter().map(|cell| Some((*cell).to_owned())).collect()
}

#[test]
fn no_digit_is_lost() {
    let read = rows(
        "a,b,c,d\n9007199254740993,99999999999999999999.999999999999999999,2026-02-28,1.10\n",
        &[
            DataType::Int64,
            DataType::Decimal128(38, 18),
            DataType::Date32,
            DataType::Decimal128(10, 2),
        ],
    );
    let wanted = [
        "9007199254740993",
        "99999999999999999999.999999999999999999",
        "2026-02-28",
        "1.10",
    ];
    assert_eq!(read, [some(&wanted)]);
}

#[test]
fn quotes_line_ends_and_what_is_nothing() {
    let text = "\u{feff}a,b\r\n\"x,\"\"y\"\"\r\nz\",\"\"\r\n,\r\n\r\n中,\"NULL\"";
    let read = rows(text, &[DataType::Utf8, DataType::Utf8]);
    assert_eq!(
        read,
        [
            some(&["x,\"y\"\r\nz", ""]),
            vec![None, None],
            some(&["中", "NULL"]),
        ]
    );
    let (batches, _) = super::tests::read(
        b"a\n\\N\n\nx\n",
        &ReadOptions {
            null: "\\N".into(),
            ..csv()
        },
        &[DataType::Utf8],
        Policy::Stop,
    )
    .unwrap();
    // With one column an empty line is a row with an empty text.
    assert_eq!(texts(&batches), [vec![None], some(&[""]), some(&["x"])]);
}

/// However a text is cut into pieces, the rows are the same.
#[test]
fn pieces_of_any_size_give_the_same_rows() {
    let text = "a,\"b\"\"\r\nc\",\r\n\"\",中,3\r\nx,y,z".as_bytes();
    let parse = |size: usize| {
        let mut parser = delimited::Delimited::new(&csv());
        let mut all = Vec::new();
        let mut take = |fields: Fields| {
            for row in 0..fields.len() {
                let cells = (0..fields.width(row)).map(|at| fields.cell(row, at).unwrap());
                let cells = cells.map(|(text, state)| (text.to_owned(), state));
                all.push(cells.collect::<Vec<_>>());
            }
        };
        let mut last = Fields::default();
        for piece in text.chunks(size) {
            let mut out = Fields::default();
            parser.push(piece, &mut out).unwrap();
            parser.hold(&mut out);
            take(out);
        }
        parser.push(b"", &mut last).unwrap();
        parser.finish(&mut last).unwrap();
        take(last);
        all
    };
    let whole = parse(text.len());
    assert_eq!(whole.len(), 3);
    for size in 1..text.len() {
        assert_eq!(parse(size), whole, "{size}");
    }
}

#[test]
fn a_cell_that_does_not_fit_is_told_with_its_place() {
    let text = b"n,t\n1,a\nx1,b\n300,c\n";
    let kinds = [DataType::Int8, DataType::Utf8];
    let stopped = read(text, &csv(), &kinds, Policy::Stop).unwrap_err();
    let ImportError::Bad(bad) = stopped else {
        panic!("{stopped:?}")
    };
    assert_eq!(
        (bad.row, bad.column.as_str(), bad.text.as_str()),
        (2, "w0", "x1")
    );
    let (batches, report) = read(text, &csv(), &kinds, Policy::Null).unwrap();
    assert_eq!((report.nulls, report.rows, report.bad.len()), (2, 3, 2));
    assert_eq!(texts(&batches)[1], [None, Some("b".to_owned())]);
    let (batches, report) = read(text, &csv(), &kinds, Policy::Reject(2)).unwrap();
    assert_eq!((report.rejected, report.rows, report.read), (2, 1, 3));
    assert_eq!(texts(&batches), [some(&["1", "a"])]);
    let most = read(text, &csv(), &kinds, Policy::Reject(1));
    assert_eq!(most.unwrap_err(), ImportError::TooMany { most: 1 });
}

#[test]
fn rows_of_another_length_bad_letters_and_open_quotes() {
    let kinds = [DataType::Utf8, DataType::Utf8];
    let (_, report) = read(
        b"a,b\n1\n1,2,3\n\xff,x\n",
        &csv(),
        &kinds,
        Policy::Reject(9),
    )
    .unwrap();
    let whys: Vec<Why> = report.bad.iter().map(|bad| bad.why).collect();
    let count = |found| Why::Count { found, wanted: 2 };
    assert_eq!(whys, [count(1), count(3), Why::Letters]);
    let open = read(b"a,b\n1,2\n\"x,y\n", &csv(), &kinds, Policy::Null);
    assert_eq!(open.unwrap_err(), ImportError::Unclosed { row: 2 });
    assert_eq!(
        read(b"", &csv(), &[], Policy::Stop).unwrap_err(),
        ImportError::Empty
    );
}

#[test]
fn every_type_takes_what_it_holds_and_nothing_else() {
    let zone = Zone::fixed(8 * 3_600);
    let ms = DataType::Timestamp(TimeUnit::Millisecond, None);
    let ns = DataType::Timestamp(TimeUnit::Nanosecond, None);
    let table: [(&str, DataType, bool, Option<&str>); 18] = [
        ("-128", DataType::Int8, false, Some("-128")),
        ("128", DataType::Int8, false, None),
        ("9223372036854775808", DataType::Int64, false, None),
        ("1.5", DataType::Int64, false, None),
        ("1.0", DataType::Int64, false, Some("1")),
        ("1e3", DataType::Int64, false, Some("1000")),
        ("0.125", DataType::Decimal128(5, 2), false, None),
        ("999.99", DataType::Decimal128(5, 2), false, Some("999.99")),
        ("1000", DataType::Decimal128(5, 2), false, None),
        ("True", DataType::Boolean, false, Some("true")),
        ("yes", DataType::Boolean, false, None),
        ("NaN", DataType::Float64, false, Some("NaN")),
        ("2026-13-01", DataType::Date32, false, None),
        (
            "1970-01-01 08:00:00",
            ms.clone(),
            true,
            Some("1970-01-01 00:00:00"),
        ),
        (
            "1970-01-01T00:00:00Z",
            ms.clone(),
            true,
            Some("1970-01-01 00:00:00"),
        ),
        ("1970-01-01 00:00:00.0001", ms, true, None),
        (
            "1970-01-01 00:00:00.000000001",
            ns,
            false,
            Some("1970-01-01 00:00:00.000000001"),
        ),
        ("00ff", DataType::Binary, false, Some("00ff")),
    ];
    for (text, kind, instant, wanted) in table {
        let mut want = want("w", 0, kind.clone());
        want.instant = instant;
        let file = WholeFile::new(format!("h\n{text}\n").into_bytes());
        let mut reading = Reading::open(&file, &csv(), None).unwrap();
        let chunk = reading.chunk().unwrap().unwrap();
        let mut converter = Converter::new(vec![want], 1, Policy::Null, Some(zone.clone()));
        let batch = converter.take(&chunk).unwrap();
        let cell = texts(&[batch])[0][0].clone();
        let cell = cell.map(|cell| cell.trim_start_matches("0x").to_owned());
        let begins = match (&cell, wanted) {
            (Some(cell), Some(wanted)) => cell.starts_with(wanted),
            (cell, wanted) => cell.is_none() && wanted.is_none(),
        };
        assert!(begins, "{text} as {kind}: {cell:?}");
        assert_eq!(
            converter.report().nulls,
            u64::from(wanted.is_none()),
            "{text}"
        );
    }
}

#[test]
fn letters_are_counted_where_the_type_counts_them() {
    let file = WholeFile::new("h\n中文字\nab\n".as_bytes().to_vec());
    let mut reading = Reading::open(&file, &csv(), None).unwrap();
    let chunk = reading.chunk().unwrap().unwrap();
    let want = Want {
        letters: Some(2),
        ..want("w", 0, DataType::Utf8)
    };
    let mut converter = Converter::new(vec![want], 1, Policy::Null, None);
    let batch = converter.take(&chunk).unwrap();
    assert_eq!(texts(&[batch]), [vec![None], some(&["ab"])]);
}

#[test]
fn json_lines_keep_the_text_of_numbers() {
    let text = concat!(
        "{\"id\": 9007199254740993, \"t\": \"a\\u4e2d\\n\\\"\", \"n\": {\"x\": [1.10]}}\n",
        "\n",
        "{\"t\": \"\", \"id\": null}\n",
    );
    let options = ReadOptions {
        form: Form::JsonLines,
        ..csv()
    };
    let kinds = [DataType::Int64, DataType::Utf8, DataType::Utf8];
    let (batches, _) = read(text.as_bytes(), &options, &kinds, Policy::Stop).unwrap();
    assert_eq!(
        texts(&batches),
        [
            some(&["9007199254740993", "a中\n\"", "{\"x\": [1.10]}"]),
            vec![None, Some(String::new()), None],
        ]
    );
    let bad = "{\"a\":1}\n[2]\n{\"a\":1,}\n";
    let (_, report) = read(bad.as_bytes(), &options, &kinds[..1], Policy::Reject(5)).unwrap();
    assert_eq!((report.rows, report.rejected), (1, 2));
}

#[test]
fn a_look_says_names_types_and_of_how_many_rows() {
    let file = WholeFile::new(b"id;name;at\n1;x;2026-01-01\n2;;2026-01-02\n".to_vec());
    let options = guess("t.csv", &file.piece(0, HEAD).unwrap());
    assert_eq!(options.delimiter, ';');
    let looked = look(&file, &options, None).unwrap();
    let kinds: Vec<_> = (looked.columns.iter())
        .map(|column| (column.name.as_str(), column.kind.as_str(), column.nulls))
        .collect();
    let wanted = [
        ("id", "bigint", 0),
        ("name", "string", 1),
        ("at", "date", 0),
    ];
    assert_eq!(kinds, wanted);
    assert_eq!(
        (looked.sampled, looked.whole, looked.rows),
        (2, true, Some(2))
    );
    assert_eq!(looked.columns[1].samples, [Some("x".to_owned()), None]);
}

#[test]
fn files_are_known_by_their_first_bytes() {
    let form = |name, head: &[u8]| guess(name, head).form;
    assert_eq!(form("x", b"PAR1...."), Form::Parquet);
    assert_eq!(form("x", b"ARROW1\0\0"), Form::ArrowFile);
    assert_eq!(
        form("x", &[0xff, 0xff, 0xff, 0xff, 8, 0]),
        Form::ArrowStream
    );
    assert_eq!(form("x.txt", b" {\"a\": 1}"), Form::JsonLines);
    assert_eq!(guess("a.tsv", b"a").delimiter, '\t');
    assert_eq!(guess("a", b"\"a,b\"|c|d\n").delimiter, '|');
    assert_eq!(guess("a", b"\xd6\xd0,\xce\xc4").encoding, Encoding::Gb18030);
    // A letter that is cut at the end is no other encoding.
    assert_eq!(guess("a", &"中".as_bytes()[..2]).encoding, Encoding::Utf8);
}

#[test]
fn another_encoding_is_decoded_by_who_knows_it() {
    let file = WholeFile::new(b"\xd6\xd0,b\n\xce\xc4,\x31\n".to_vec());
    let options = ReadOptions {
        encoding: Encoding::Gb18030,
        ..csv()
    };
    let decode = |bytes: &[u8], _: bool| {
        let text = bytes.iter().map(|byte| char::from(*byte));
        text.collect::<String>()
    };
    let looked = look(&file, &options, Some(Box::new(decode))).unwrap();
    assert_eq!(looked.columns[0].name, "ÖÐ");
    assert_eq!(looked.columns[0].samples, [Some("ÎÄ".to_owned())]);
}

/// Rows of many types, written by the export and read back.
#[test]
fn parquet_and_arrow_come_back() {
    let columns: [(&str, ArrayRef); 5] = [
        (
            "i",
            Arc::new(Int64Array::from(vec![Some(i64::MAX), None, Some(-1)])),
        ),
        (
            "d",
            Arc::new(
                Decimal128Array::from(vec![Some(10_i128.pow(38) - 1), Some(-5), None])
                    .with_precision_and_scale(38, 18)
                    .unwrap(),
            ),
        ),
        (
            "t",
            Arc::new(StringArray::from(vec![Some(""), Some("NULL"), None])),
        ),
        (
            "day",
            Arc::new(Date32Array::from(vec![Some(-1), None, Some(20_000)])),
        ),
        (
            "ns",
            Arc::new(TimestampNanosecondArray::from(vec![
                Some(1),
                Some(-1),
                None,
            ])),
        ),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let wants: Vec<DataType> = (batch.schema().fields().iter())
        .map(|field| field.data_type().clone())
        .collect();
    for (format, form) in [
        (Format::Parquet, Form::Parquet),
        (Format::Arrow, Form::ArrowFile),
    ] {
        let names = batch.schema();
        let named = names.fields().iter().map(|field| Column {
            name: field.name().clone(),
            ..Table::new(batch.schema()).columns()[0].clone()
        });
        let schema = batch.schema();
        let mut export =
            Export::new(format, &Options::default(), schema, named.collect(), None).unwrap();
        let mut bytes = export.batch(&batch).unwrap();
        bytes.extend(
            export
                .finish(&Ledger::default(), &|_| Vec::new())
                .unwrap()
                .0,
        );
        let options = guess("x", &bytes);
        assert_eq!(options.form, form);
        let (batches, report) = read(&bytes, &options, &wants, Policy::Stop).unwrap();
        assert_eq!(
            texts(&batches),
            texts(std::slice::from_ref(&batch)),
            "{format:?}"
        );
        assert_eq!(report.rows, 3);
        for cut in [0, 1, 8, bytes.len() / 2, bytes.len() - 1] {
            let cut = WholeFile::new(bytes[..cut].to_vec());
            let read = Reading::open(&cut, &options, None);
            // No panic; what opens all the same ends with an error.
            let broken = read.and_then(|mut read| {
                while read.chunk()?.is_some() {}
                Ok(())
            });
            assert!(broken.is_err(), "{format:?}");
        }
    }
}

#[test]
fn typed_values_change_their_type_without_loss_or_not_at_all() {
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![3.0, 2.5]));
    let small: ArrayRef = Arc::new(Int32Array::from(vec![7, 300]));
    let micros: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![1_000, 1]));
    let batch = RecordBatch::try_from_iter([("f", floats), ("s", small), ("m", micros)]).unwrap();
    let wants = vec![
        want("f", 0, DataType::Int64),
        want("s", 1, DataType::Int8),
        want("m", 2, DataType::Timestamp(TimeUnit::Millisecond, None)),
        want("d", 1, DataType::Decimal128(10, 2)),
        want("t", 1, DataType::Utf8),
    ];
    let mut converter = Converter::new(wants, 3, Policy::Null, None);
    let batch = converter.take(&Chunk::Rows { first: 0, batch }).unwrap();
    let cells = texts(&[batch]);
    assert_eq!(cells[0][0].as_deref(), Some("3"));
    assert_eq!(cells[0][1].as_deref(), Some("7"));
    assert_eq!(cells[0][3..], some(&["7.00", "7"]));
    assert_eq!(cells[1][..3], [None, None, None]);
    assert_eq!(converter.report().nulls, 3);
}

/// Noise in any form ends with rows or an error, never with a panic.
#[test]
fn noise_is_no_danger() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let forms = [
        (Form::Delimited, ""),
        (Form::JsonLines, "{\"a\":"),
        (Form::Parquet, "PAR1"),
        (Form::ArrowFile, "ARROW1"),
        (Form::ArrowStream, ""),
    ];
    for (form, begin) in forms {
        for length in 0..100 {
            let mut bytes = begin.as_bytes().to_vec();
            bytes.extend((0..length).map(|_| (next() >> 32) as u8));
            if form == Form::Parquet {
                bytes.extend(b"\x10\0\0\0PAR1");
            }
            let options = ReadOptions { form, ..csv() };
            // Only that it comes back counts.
            let _ = look(&WholeFile::new(bytes), &options, None);
        }
    }
}
