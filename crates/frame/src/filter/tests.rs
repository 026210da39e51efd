//! What conditions keep, where the vectors of PyArrow say nothing.

use super::{Compare, Condition, Expected, FilterError, Test};
use crate::Table;
use arrow::array::{ArrayRef, Int64Array};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn table() -> Table {
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None, Some(3)]));
    let batch = RecordBatch::try_from_iter_with_nullable([("n", numbers, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    table
}

fn rows(test: Test) -> Vec<u32> {
    table()
        .select(&[Condition { column: 0, test }], 0, u64::MAX)
        .unwrap()
        .rows
}

fn not(test: Test) -> Test {
    Test::Not(Box::new(test))
}

#[test]
fn null_is_never_more_or_less() {
    let compare = |op| Test::Compare {
        op,
        value: "1".into(),
    };
    assert_eq!(rows(compare(Compare::Ne)), [2]);
    assert_eq!(rows(not(compare(Compare::Eq))), [2]);
    assert_eq!(rows(not(not(compare(Compare::Eq)))), [0]);
    assert_eq!(rows(Test::Null), [1]);
    assert_eq!(rows(not(Test::Null)), [0, 2]);
    assert_eq!(rows(not(Test::NotNull)), [1]);
    assert_eq!(rows(Test::In(vec![])), [0; 0]);
    assert_eq!(rows(not(Test::In(vec![]))), [0, 2]);
    assert_eq!(rows(Test::In(vec![None])), [1]);
    assert_eq!(rows(not(Test::In(vec![None, Some("3".into())]))), [0]);
    assert_eq!(
        rows(not(Test::Contains {
            text: "3".into(),
            case: true
        })),
        [0]
    );
}

#[test]
fn refusals_name_what_is_expected() {
    let refused = table().check(&[Condition {
        column: 0,
        test: Test::Between {
            low: "1".into(),
            high: "x".into(),
        },
    }]);
    let FilterError::Value {
        column,
        badge,
        value,
        expected,
    } = refused.unwrap_err()
    else {
        panic!("another refusal");
    };
    assert_eq!(
        (column.as_str(), badge.as_str(), value.as_str()),
        ("n", "int64", "x")
    );
    assert_eq!(expected, Expected::Number);
    assert_eq!(
        table().check(&[Condition {
            column: 4,
            test: Test::Null
        }]),
        Err(FilterError::Column(4))
    );
    let lone = Condition {
        column: 0,
        test: Test::Like("a\\".into()),
    };
    assert_eq!(
        table().check(&[lone]),
        Err(FilterError::Pattern("a\\".into()))
    );
}
