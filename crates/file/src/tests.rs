//! Hostile values through every format; typed formats are read back.

use super::*;
use arrow::array::*;
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use std::io::Read as _;
use std::sync::Arc;

/// A table of one column of each kind, with the values that programs get wrong.
fn hostile() -> (SchemaRef, Vec<Column>, RecordBatch) {
    let ints = Int64Array::from(vec![
        Some(i64::MAX),
        Some(9_007_199_254_740_993),
        None,
        Some(-1),
    ]);
    let decimals = Decimal128Array::from(vec![
        Some(99_999_999_999_999_999_999_999_999_999_999_999_999),
        Some(1),
        Some(1_500_000_000_000_000_000),
        None,
    ]);
    let decimals = decimals.with_precision_and_scale(38, 18).unwrap();
    let floats = Float64Array::from(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.1]);
    let texts = StringArray::from(vec![
        Some("a,\"b\"\n中文 | <c>"),
        Some(""),
        Some("NULL"),
        None,
    ]);
    let formulas = StringArray::from(vec![Some("=1+1"), Some("-2"), Some("plain"), Some(" x ")]);
    let nanos = TimestampNanosecondArray::from(vec![
        Some(1_767_225_600_123_456_796),
        Some(1_767_225_600_006_000_000),
        Some(-1),
        None,
    ]);
    let days = Date32Array::from(vec![Some(20_454), Some(-719_162), None, Some(0)]);
    let items = StringArray::from(vec!["新品", "x\"y"]);
    let field = Arc::new(Field::new("item", DataType::Utf8, true));
    let offsets = OffsetBuffer::new(vec![0, 2, 2, 2, 2].into());
    let nulls = vec![true, true, false, true].into();
    let lists = ListArray::new(field, offsets, Arc::new(items), Some(nulls));
    let bytes = BinaryArray::from_opt_vec(vec![Some(&[0, 255][..]), Some(b""), None, None]);
    let truths = BooleanArray::from(vec![Some(true), Some(false), None, None]);
    let arrays: Vec<(&str, &str, ArrayRef)> = vec![
        ("i", "bigint", Arc::new(ints)),
        ("d", "decimal(38,18)", Arc::new(decimals)),
        ("f", "double", Arc::new(floats)),
        ("t", "string", Arc::new(texts)),
        ("t", "string", Arc::new(formulas)),
        ("ns", "timestamp", Arc::new(nanos)),
        ("day", "date", Arc::new(days)),
        ("tags", "array<string>", Arc::new(lists)),
        ("b", "binary", Arc::new(bytes)),
        ("ok", "boolean", Arc::new(truths)),
    ];
    let fields: Vec<Field> = (arrays.iter())
        .map(|(name, _, array)| Field::new(*name, array.data_type().clone(), true))
        .collect();
    let columns = (arrays.iter()).map(|(name, badge, _)| Column {
        name: (*name).to_owned(),
        badge: (*badge).to_owned(),
        index: false,
        interval: false,
    });
    let columns = columns.collect();
    let schema = Arc::new(Schema::new(fields));
    let arrays = arrays.into_iter().map(|(_, _, array)| array).collect();
    let batch = RecordBatch::try_new(schema.clone(), arrays).unwrap();
    (schema, columns, batch)
}

fn ledger() -> Ledger {
    Ledger {
        source: "p.t".into(),
        shown: None,
        fetched: 4,
        exist: Some(9),
        cut: Some("limit 4".into()),
    }
}

fn say(summary: &Summary) -> Vec<String> {
    vec![format!(
        "rows {} of {:?}",
        summary.rows, summary.ledger.exist
    )]
}

/// The file, whole: in two batches, so that borders between them do not show.
fn export(format: Format, options: &Options) -> (Vec<u8>, Summary) {
    let (schema, columns, batch) = hostile();
    let mut export = Export::new(format, options, schema, columns, None).unwrap();
    let mut bytes = export.batch(&batch.slice(0, 1)).unwrap();
    bytes.extend(export.batch(&batch.slice(1, 3)).unwrap());
    let (last, summary) = export.finish(&ledger(), &say).unwrap();
    bytes.extend(last);
    (bytes, summary)
}

fn text(format: Format, options: &Options) -> String {
    String::from_utf8(export(format, options).0).unwrap()
}

fn count(summary: &Summary, change: Change) -> u64 {
    let found = summary.notes.iter().find(|note| note.change == change);
    found.map_or(0, |note| note.count)
}

const CSV: &str = r#"i,d,f,t,t,ns,day,tags,b,ok
9223372036854775807,99999999999999999999.999999999999999999,NaN,"a,""b""
中文 | <c>",=1+1,2026-01-01 00:00:00.123456796,2026-01-01,"[""新品"", ""x\""y""]",00ff,true
9007199254740993,0.000000000000000001,Infinity,"",-2,2026-01-01 00:00:00.006000000,0001-01-01,[],"",false
,1.500000000000000000,-Infinity,NULL,plain,1969-12-31 23:59:59.999999999,,,,
-1,,0.1,," x ",,1970-01-01,[],,
"#;

#[test]
fn csv_is_exact_and_tells_nothing_from_empty() {
    let (bytes, summary) = export(Format::Csv, &Options::default());
    assert_eq!(String::from_utf8(bytes).unwrap(), CSV);
    assert_eq!(summary.rows, 4);
    assert_eq!(count(&summary, Change::Formulas), 2);
    assert_eq!(count(&summary, Change::NestedAsText), 1);
    assert_eq!(count(&summary, Change::BytesAsHex), 1);
}

#[test]
fn the_word_for_no_value_never_meets_a_text() {
    let options = Options {
        bom: true,
        null: "NULL".into(),
        delimiter: ';',
        quoting: Quoting::Minimal,
        line_end: LineEnd::CrLf,
        exact_strings: false,
    };
    let csv = text(Format::Csv, &options);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}i;d;"));
    assert!(lines[2].contains(";\"\";-2;"), "{}", lines[2]);
    assert!(lines[3].starts_with("NULL;1.5"));
    assert!(lines[3].contains(";\"NULL\";plain;"), "{}", lines[3]);
    let all = Options {
        quoting: Quoting::All,
        ..options
    };
    let all = text(Format::Csv, &all);
    assert!(all.contains("\r\nNULL;\"1.500000000000000000\";\"-Infinity\";\"NULL\""));
}

#[test]
fn tabs_between_fields() {
    let tsv = text(Format::Tsv, &Options::default());
    assert!(tsv.starts_with("i\td\tf\tt\tt\tns\t"));
    assert!(tsv.contains("\n9007199254740993\t0.000000000000000001\tInfinity\t\"\"\t-2\t"));
}

#[test]
fn what_cannot_separate_is_refused() {
    let (schema, columns, _) = hostile();
    let new = |options: Options| {
        Export::new(Format::Csv, &options, schema.clone(), columns.clone(), None)
    };
    let delimiter = Options {
        delimiter: '"',
        ..Options::default()
    };
    assert!(matches!(new(delimiter), Err(Error::Delimiter('"'))));
    let null = Options {
        null: "a,b".into(),
        ..Options::default()
    };
    assert!(matches!(new(null), Err(Error::NullToken(_))));
}

const JSON: [&str; 4] = [
    r#"{"i":9223372036854775807,"d":99999999999999999999.999999999999999999,"f":"NaN","t":"a,\"b\"\n中文 | <c>","t_2":"=1+1","ns":"2026-01-01 00:00:00.123456796","day":"2026-01-01","tags":["新品", "x\"y"],"b":"00ff","ok":true}"#,
    r#"{"i":9007199254740993,"d":0.000000000000000001,"f":"Infinity","t":"","t_2":"-2","ns":"2026-01-01 00:00:00.006000000","day":"0001-01-01","tags":[],"b":"","ok":false}"#,
    r#"{"i":null,"d":1.500000000000000000,"f":"-Infinity","t":"NULL","t_2":"plain","ns":"1969-12-31 23:59:59.999999999","day":null,"tags":null,"b":null,"ok":null}"#,
    r#"{"i":-1,"d":null,"f":0.1,"t":null,"t_2":" x ","ns":null,"day":"1970-01-01","tags":[],"b":null,"ok":null}"#,
];

#[test]
fn json_lines_keep_every_digit() {
    let (bytes, summary) = export(Format::JsonLines, &Options::default());
    let lines = String::from_utf8(bytes).unwrap();
    assert_eq!(lines.lines().collect::<Vec<_>>(), JSON);
    assert_eq!(count(&summary, Change::NotFiniteAsText), 3);
    assert_eq!(count(&summary, Change::Renamed), 1);
    let strings = Options {
        exact_strings: true,
        ..Options::default()
    };
    let (bytes, summary) = export(Format::JsonLines, &strings);
    let lines = String::from_utf8(bytes).unwrap();
    assert!(lines.starts_with(r#"{"i":"9223372036854775807","d":"99999999999999999999.9"#));
    assert!(lines.contains(r#"{"i":-1,"#) && lines.contains(r#""f":0.1"#));
    assert_eq!(count(&summary, Change::NumbersAsText), 5);
}

#[test]
fn markdown_has_the_note_below() {
    let text = text(Format::Markdown, &Options::default());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "| i | d | f | t | t | ns | day | tags | b | ok |");
    assert!(lines[1].starts_with("| ---: | ---: | ---: | --- |"));
    assert!(
        lines[2].contains("a,\"b\"<br>中文 \\| \\<c\\>"),
        "{}",
        lines[2]
    );
    assert!(lines[4].contains("| NULL | plain |"), "{}", lines[4]);
    assert!(lines[5].contains("| 0.1 | _NULL_ |"), "{}", lines[5]);
    assert_eq!(lines.last(), Some(&"rows 4 of Some(9)"));
}

/// Compares what a typed file gave back with what went in; instants say UTC now.
fn same(got: &RecordBatch) {
    let (_, columns, batch) = hostile();
    assert_eq!(got.num_rows(), 4);
    for (at, column) in columns.iter().enumerate() {
        let (got, want) = (got.column(at), batch.column(at));
        match column.name.as_str() {
            "ns" => {
                let utc =
                    DataType::Timestamp(arrow::datatypes::TimeUnit::Nanosecond, Some("UTC".into()));
                assert_eq!(got.data_type(), &utc);
                let ticks = got.as_primitive::<arrow::datatypes::TimestampNanosecondType>();
                assert_eq!(ticks.value(0), 1_767_225_600_123_456_796);
                assert!(ticks.is_null(3));
            }
            "f" => assert_eq!(format!("{got:?}"), format!("{want:?}")),
            _ => assert_eq!(got.as_ref(), want.as_ref(), "{}", column.name),
        }
    }
    assert_eq!(got.schema().field(4).name(), "t_2");
    assert_eq!(got.column(0).as_primitive::<Int64Type>().value(0), i64::MAX);
}

#[test]
fn an_arrow_file_is_read_back() {
    let (bytes, _) = export(Format::Arrow, &Options::default());
    let reader =
        arrow::ipc::reader::FileReader::try_new(std::io::Cursor::new(bytes), None).unwrap();
    let note = reader.custom_metadata()["mars_console.note"].clone();
    assert_eq!(note, "rows 4 of Some(9)");
    assert!(reader.custom_metadata()["mars_console.ledger"].contains("\"exist\":9"));
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    let schema = batches[0].schema();
    same(&arrow::compute::concat_batches(&schema, &batches).unwrap());
}

#[test]
fn a_parquet_file_is_read_back() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let (bytes, _) = export(Format::Parquet, &Options::default());
    let path = std::env::temp_dir().join(format!("file-{}.parquet", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let file = std::fs::File::open(&path).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let known = builder
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .unwrap();
    let note = known.iter().find(|pair| pair.key == "mars_console.note");
    assert_eq!(note.unwrap().value.as_deref(), Some("rows 4 of Some(9)"));
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    std::fs::remove_file(path).unwrap();
    same(&arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap());
}

#[test]
fn what_parquet_lacks_is_text() {
    let values = IntervalMonthDayNanoArray::from(vec![
        None,
        Some(arrow::datatypes::IntervalMonthDayNano::new(1, 2, 3)),
    ]);
    let array: ArrayRef = Arc::new(values);
    let batch = RecordBatch::try_from_iter_with_nullable([("span", array, true)]).unwrap();
    let columns = Table::new(batch.schema()).columns().to_vec();
    let mut export = Export::new(
        Format::Parquet,
        &Options::default(),
        batch.schema(),
        columns,
        None,
    )
    .unwrap();
    export.batch(&batch).unwrap();
    let (_, summary) = export.finish(&ledger(), &say).unwrap();
    assert_eq!(count(&summary, Change::TypeAsText), 1);
    assert_eq!(summary.notes[0].columns, ["span"]);
}

/// One part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_workbook_keeps_what_excel_would_change_as_text() {
    let (bytes, summary) = export(Format::Xlsx, &Options::default());
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for cell in [
        // Long numbers, NaN and nanoseconds are text.
        "<c r=\"A2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">9223372036854775807</t></is></c>",
        "<t xml:space=\"preserve\">99999999999999999999.999999999999999999</t>",
        "<c r=\"C2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">NaN</t>",
        "<c r=\"F2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">2026-01-01 00:00:00.123456796</t>",
        // A formula is a text.
        "<c r=\"E2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>",
        // An empty text is a cell, no value is none.
        "<c r=\"D3\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"></t></is></c>",
        // Dates, truth values and short numbers are what they are.
        "<c r=\"G2\" s=\"4\"><v>46023</v></c>",
        "<c r=\"J2\" t=\"b\"><v>1</v></c>",
        "<c r=\"A5\" s=\"3\"><v>-1</v></c>",
        "<c r=\"D2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">a,\"b\"\n中文 | &lt;c&gt;</t></is></c>",
    ] {
        assert!(sheet.contains(cell), "{cell}\n{sheet}");
    }
    assert!(!sheet.contains("r=\"D5\"") && !sheet.contains("r=\"A4\""));
    assert_eq!(count(&summary, Change::NumbersAsText), 3);
    assert_eq!(count(&summary, Change::NotFiniteAsText), 3);
    assert_eq!(count(&summary, Change::TimesAsText), 3);
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("rows 4 of Some(9)"));
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Note\" sheetId=\"2\""));
}

#[test]
fn a_long_cell_is_cut_and_said() {
    let long: ArrayRef = Arc::new(StringArray::from(vec!["中".repeat(1 << 20)]));
    let batch = RecordBatch::try_from_iter([("t", long)]).unwrap();
    let columns = Table::new(batch.schema()).columns().to_vec();
    let write = |format| {
        let options = Options::default();
        let mut export =
            Export::new(format, &options, batch.schema(), columns.clone(), None).unwrap();
        let mut bytes = export.batch(&batch).unwrap();
        let (last, summary) = export.finish(&ledger(), &say).unwrap();
        bytes.extend(last);
        (bytes, summary)
    };
    let (bytes, summary) = write(Format::Xlsx);
    assert_eq!(count(&summary, Change::Cut), 1);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches('中').count(), 32_767);
    assert_eq!(write(Format::Csv).0.len(), 3 * (1 << 20) + "t\n\n".len());
}

#[test]
fn rows_beyond_a_sheet_are_on_the_next() {
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..1_048_580));
    let batch = RecordBatch::try_from_iter([("n", numbers)]).unwrap();
    let columns = Table::new(batch.schema()).columns().to_vec();
    let options = Options::default();
    let mut export = Export::new(Format::Xlsx, &options, batch.schema(), columns, None).unwrap();
    let mut bytes = export.batch(&batch).unwrap();
    assert!(!bytes.is_empty());
    let (last, summary) = export.finish(&ledger(), &say).unwrap();
    bytes.extend(last);
    assert_eq!(count(&summary, Change::Sheets), 2);
    let second = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(second.contains("<c r=\"A2\" s=\"3\"><v>1048575</v></c>"));
    assert!(second.contains("<c r=\"A6\" s=\"3\"><v>1048579</v></c>"));
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Rows 2\""));
}

#[test]
fn a_table_without_rows_is_a_file_with_columns() {
    let (schema, columns, _) = hostile();
    for format in Format::ALL {
        let options = Options::default();
        let export = Export::new(format, &options, schema.clone(), columns.clone(), None).unwrap();
        let (bytes, summary) = export.finish(&ledger(), &say).unwrap();
        assert_eq!(summary.rows, 0);
        let head = String::from_utf8_lossy(&bytes);
        match format {
            Format::Csv => assert_eq!(head, "i,d,f,t,t,ns,day,tags,b,ok\n"),
            Format::JsonLines => assert!(bytes.is_empty()),
            Format::Xlsx => assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("tags")),
            _ => assert!(head.contains("tags"), "{format:?}"),
        }
    }
}

#[test]
fn parts_are_summed() {
    let note = |count, columns: &[&str]| Note {
        change: if columns.is_empty() {
            Change::Formulas
        } else {
            Change::Renamed
        },
        count,
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
    };
    let part = |rows, notes| Summary {
        rows,
        notes,
        ledger: ledger(),
    };
    let mut all = Summary::default();
    all.join(part(3, vec![note(2, &[]), note(1, &["t_2"])]));
    all.join(part(4, vec![note(5, &[]), note(1, &["t_2"])]));
    assert_eq!(all, part(7, vec![note(7, &[]), note(1, &["t_2"])]));
}
