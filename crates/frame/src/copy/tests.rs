//! What lands on the clipboard.

use crate::{Copied, Form, Rows, Table};
use arrow::array::*;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn table() -> Table {
    let numbers = Int64Array::from(vec![Some(9_007_199_254_740_993), None, Some(-1)]);
    let texts = StringArray::from(vec![Some("a\tb|c"), Some("NULL"), None]);
    let floats = Float64Array::from(vec![f64::NAN, 1e21, f64::INFINITY]);
    let schema = Schema::new(vec![
        Field::new("n", DataType::Int64, true),
        Field::new("n", DataType::Utf8, true),
        Field::new("f", DataType::Float64, true),
    ]);
    let columns: Vec<ArrayRef> = vec![Arc::new(numbers), Arc::new(texts), Arc::new(floats)];
    let schema = Arc::new(schema);
    let mut table = Table::new(Arc::clone(&schema));
    table
        .append(RecordBatch::try_new(schema, columns).unwrap())
        .unwrap();
    table
}

fn copy(form: Form, limit: usize) -> Copied {
    table().copy(
        &Rows::These(vec![2, 0, 1]),
        0..9,
        &[0, 1, 2, 9],
        &form,
        limit,
    )
}

#[test]
fn each_form() {
    let text = |form| copy(form, 1 << 20).text;
    assert_eq!(
        text(Form::Tsv),
        "-1\tNULL\tInfinity\n9007199254740993\t\"a\tb|c\"\tNaN\nNULL\t\"NULL\"\t1e+21"
    );
    assert!(text(Form::TsvHeader).starts_with("n\tn\tf\n-1\t"));
    assert_eq!(
        text(Form::Markdown),
        "| n | n | f |\n| ---: | --- | ---: |\n| -1 | NULL | Infinity |\n| 9007199254740993 | a\tb\\|c | NaN |\n| NULL | NULL | 1e+21 |"
    );
    assert_eq!(
        text(Form::Json),
        "[\n  {\"n\": -1, \"n_2\": null, \"f\": \"Infinity\"},\n  {\"n\": 9007199254740993, \"n_2\": \"a\\tb|c\", \"f\": \"NaN\"},\n  {\"n\": null, \"n_2\": \"NULL\", \"f\": 1e+21}\n]"
    );
    let insert = Form::SqlValues {
        table: vec!["p".into(), "select".into()],
    };
    assert_eq!(
        text(insert),
        "INSERT INTO p.`select` (n, n, f) VALUES\n  (-1L, NULL, CAST('Infinity' AS DOUBLE)),\n  (9007199254740993L, 'a\\tb|c', CAST('NaN' AS DOUBLE)),\n  (NULL, 'NULL', CAST('1e+21' AS DOUBLE));"
    );
    assert_eq!(
        text(Form::Text),
        "-1\tNULL\tInfinity\n9007199254740993\ta\tb|c\tNaN\nNULL\tNULL\t1e+21"
    );
}

#[test]
fn whole_rows_within_the_limit() {
    let copied = copy(Form::Tsv, 20);
    assert_eq!(
        (copied.text.as_str(), copied.rows, copied.cut),
        ("-1\tNULL\tInfinity", 1, true)
    );
    let copied = copy(Form::Json, 3);
    assert_eq!((copied.text.as_str(), copied.rows), ("[\n]", 0));
    let none = copy(
        Form::SqlValues {
            table: vec!["t".into()],
        },
        10,
    );
    assert_eq!((none.text.as_str(), none.rows, none.cut), ("", 0, true));
    let one = table().copy(&Rows::All, 0..1, &[1], &Form::Tsv, 100);
    assert_eq!(one.text, "a\tb|c");
}

#[test]
fn empty_cells_keep_their_lines() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["", "", "x"]));
    let batch = RecordBatch::try_from_iter([("t", texts)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    assert_eq!(
        table.copy(&Rows::All, 0..3, &[0], &Form::Tsv, 100).text,
        "\n\nx"
    );
}
