//! Charts of small tables, by hand.

use super::*;
use arrow::array::*;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn table() -> Table {
    let names: ArrayRef = Arc::new(StringArray::from(vec![
        Some("a"),
        Some("b"),
        Some("a"),
        None,
        Some("c"),
    ]));
    let whole: ArrayRef = Arc::new(Int64Array::from(vec![
        Some(i64::MAX),
        Some(5),
        Some(i64::MAX),
        None,
        Some(1),
    ]));
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![3.0, 1.0, f64::NAN, 2.0, 0.5]));
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("s", names, true),
        ("n", whole, true),
        ("f", floats, true),
    ]);
    let batch = batch.unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch.slice(0, 3)).unwrap();
    table.append(batch.slice(3, 2)).unwrap();
    table
}

#[test]
fn bars_add_up_exactly() {
    let bars = bars(&table(), &Rows::All, 0, Some(1), 2).unwrap();
    assert_eq!(bars.bars[0].sum.as_deref(), Some("18446744073709551614"));
    assert_eq!(
        (bars.bars[0].label.as_deref(), bars.bars[0].count),
        (Some("a"), 2)
    );
    assert_eq!((bars.others, bars.other_rows, bars.rows), (2, 2, 5));
    let counted = super::bars(&table(), &Rows::These(vec![3, 3, 1]), 0, None, 9).unwrap();
    assert_eq!(
        (counted.bars[0].label.clone(), counted.bars[0].count),
        (None, 2)
    );
}

#[test]
fn points_say_what_was_left_out() {
    let line = line(&table(), &Rows::All, Some(2), 1, 10).unwrap();
    let xs: Vec<f64> = line.points.iter().map(|point| point.x).collect();
    assert_eq!(xs, [0.5, 1.0, 3.0]);
    assert_eq!(line.points[2].y_text, i64::MAX.to_string());
    assert_eq!((line.rows, line.without, line.every), (5, 2, 1));
    let sampled = scatter(&table(), &Rows::All, 1, 1, 3).unwrap();
    assert_eq!((sampled.points.len(), sampled.every), (2, 2));
    assert!(matches!(
        scatter(&table(), &Rows::All, 0, 1, 3),
        Err(ChartError::NotNumeric { .. })
    ));
    assert_eq!(
        super::line(&table(), &Rows::All, None, 9, 3),
        Err(ChartError::Column(9))
    );
}

#[test]
fn histogram_and_heat_count_every_row_once() {
    let bins = histogram(&table(), &Rows::All, 2, 5).unwrap();
    assert_eq!(
        bins.iter().map(|bin| bin.count).collect::<Vec<_>>(),
        [1, 1, 0, 1, 1]
    );
    let heat = heat(&table(), &Rows::All, 0, 2, 2).unwrap();
    assert_eq!((heat.x.len(), heat.y.len(), heat.rows), (2, 2, 5));
    assert_eq!(heat.counts.iter().sum::<u64>() + heat.without, 5);
}
