//! Orders, filters and profiles of columns made up at random, against the plain way to do it.

#![expect(clippy::unwrap_used, reason = "what cannot be built is a failed test")]

use arrow::array::*;
use arrow::record_batch::RecordBatch;
use frame::{Compare, Condition, Distinct, Key, Rows, Table, Test};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A table of one column in batches of a size.
fn table(array: ArrayRef, size: usize) -> Table {
    let batch = RecordBatch::try_from_iter_with_nullable([("c", array, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    for start in (0..batch.num_rows()).step_by(size) {
        table
            .append(batch.slice(start, size.min(batch.num_rows() - start)))
            .unwrap();
    }
    table
}

fn order<T: Ord>(values: &[Option<T>], descending: bool, nulls_first: bool) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..values.len() as u32).collect();
    rows.sort_by(|&a, &b| match (&values[a as usize], &values[b as usize]) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (None, None) => std::cmp::Ordering::Equal,
        (a, _) => {
            if a.is_none() == nulls_first {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Greater
            }
        }
    });
    rows
}

/// Sorts, filters by a value and profiles, and holds that against the values themselves.
fn held<T: Ord + Clone>(
    table: &Table,
    values: &[Option<T>],
    (value, text): (&T, String),
    (descending, nulls_first): (bool, bool),
) -> Result<(), TestCaseError> {
    let key = Key {
        column: 0,
        descending,
        nulls_first,
    };
    let sorted = table.sort(&Rows::All, &[key]).unwrap();
    prop_assert_eq!(sorted, order(values, descending, nulls_first));
    for (op, keeps) in [
        (Compare::Lt, T::lt as fn(&T, &T) -> bool),
        (Compare::Le, T::le),
        (Compare::Eq, T::eq),
        (Compare::Ne, T::ne),
        (Compare::Ge, T::ge),
        (Compare::Gt, T::gt),
    ] {
        let test = Test::Compare {
            op,
            value: text.clone(),
        };
        let kept = table
            .select(&[Condition { column: 0, test }], 0, u64::MAX)
            .unwrap()
            .rows;
        let rows = values.iter().zip(0u32..);
        let rows = rows.filter(|(cell, _)| cell.as_ref().is_some_and(|cell| keeps(cell, value)));
        prop_assert_eq!(kept, rows.map(|(_, row)| row).collect::<Vec<_>>());
    }
    let mut counts: BTreeMap<&T, u64> = BTreeMap::new();
    values
        .iter()
        .flatten()
        .for_each(|value| *counts.entry(value).or_default() += 1);
    let profile = table.profile(&Rows::All, 0).unwrap();
    prop_assert_eq!(profile.distinct, Distinct::Exact(counts.len() as u64));
    let mut tops: Vec<u64> = counts.values().copied().collect();
    tops.sort_by_key(|count| std::cmp::Reverse(*count));
    tops.truncate(10);
    prop_assert_eq!(
        profile.top.iter().map(|top| top.count).collect::<Vec<_>>(),
        tops
    );
    Ok(())
}

proptest! {
    #[test]
    fn integers(values in prop::collection::vec(prop::option::of(-9i64..9), 1..900), size in 1usize..400, at: prop::sample::Index, way: (bool, bool)) {
        let value = values[at.index(values.len())].unwrap_or(3);
        let table = table(Arc::new(Int64Array::from(values.clone())), size);
        held(&table, &values, (&value, value.to_string()), way)?;
    }

    #[test]
    fn great_integers(values in prop::collection::vec(prop::option::of(any::<i64>()), 1..900), size in 1usize..400, at: prop::sample::Index, way: (bool, bool)) {
        let value = values[at.index(values.len())].unwrap_or(i64::MIN);
        let table = table(Arc::new(Int64Array::from(values.clone())), size);
        held(&table, &values, (&value, value.to_string()), way)?;
        let profile = table.profile(&Rows::All, 0).unwrap();
        let sum = values.iter().flatten().map(|value| i128::from(*value)).reduce(|a, b| a + b);
        prop_assert_eq!(profile.numbers.unwrap().sum, sum.map(|sum| sum.to_string()));
    }

    #[test]
    fn decimals(values in prop::collection::vec(prop::option::of(-(10i128.pow(38))..10i128.pow(38)), 1..700), size in 1usize..400, at: prop::sample::Index, way: (bool, bool)) {
        let value = values[at.index(values.len())].unwrap_or(0);
        let array = Decimal128Array::from(values.clone()).with_precision_and_scale(38, 5).unwrap();
        let table = table(Arc::new(array), size);
        held(&table, &values, (&value, format!("{value}e-5")), way)?;
    }

    #[test]
    fn texts(values in prop::collection::vec(prop::option::of("[ab中é]{0,10}"), 1..600), size in 1usize..400, at: prop::sample::Index, way: (bool, bool)) {
        let value = values[at.index(values.len())].clone().unwrap_or_default();
        let table = table(Arc::new(StringArray::from(values.clone())), size);
        held(&table, &values, (&value, value.clone()), way)?;
    }
}
