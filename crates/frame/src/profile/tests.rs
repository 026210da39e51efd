//! Profiles of small columns, by hand.

use super::{Distinct, Profile};
use crate::{Rows, Table};
use arrow::array::*;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn profile(array: impl Array + 'static) -> Profile {
    let array: ArrayRef = Arc::new(array);
    let batch = RecordBatch::try_from_iter_with_nullable([("c", array, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    table.profile(&Rows::All, 0).unwrap()
}

#[test]
fn floats_tell_what_is_no_number() {
    let values = vec![
        Some(f64::NAN),
        Some(1.0),
        Some(f64::INFINITY),
        None,
        Some(1e16),
        Some(1.0),
        Some(-1e16),
    ];
    let profile = profile(Float64Array::from(values));
    assert_eq!((profile.nan, profile.infinite, profile.nulls), (1, 1, 1));
    assert_eq!(profile.max.as_deref(), Some("Infinity"));
    assert_eq!(profile.distinct, Distinct::Exact(5));
    let numbers = profile.numbers.unwrap();
    // A plain sum would lose both ones.
    assert_eq!(numbers.sum.as_deref(), Some("2.0"));
    assert_eq!(numbers.mean.as_deref(), Some("0.5"));
    assert_eq!(profile.top[0].text, "1.0");
}

#[test]
fn texts_are_counted_and_measured_in_characters() {
    let texts = StringArray::from(vec![
        Some("中文"),
        Some(""),
        None,
        Some("中文"),
        Some("abc"),
    ]);
    let profile = profile(texts);
    let lengths = profile.lengths.unwrap();
    assert_eq!(
        (lengths.min, lengths.max, lengths.total, lengths.empty),
        (0, 3, 7, 1)
    );
    assert_eq!(lengths.mean, "1.75");
    assert_eq!(
        (profile.top[0].text.as_str(), profile.top[0].count),
        ("中文", 2)
    );
    assert_eq!(
        (profile.min.as_deref(), profile.max.as_deref()),
        (Some(""), Some("中文"))
    );
    assert_eq!(profile.distinct, Distinct::Exact(3));
}

#[test]
fn too_many_texts_are_estimated_and_it_says_so() {
    let texts: Vec<String> = (0..100_000).map(|number| format!("key {number}")).collect();
    let profile = profile(StringArray::from(texts));
    let Distinct::About(about) = profile.distinct else {
        panic!("exact");
    };
    assert!(about.abs_diff(100_000) < 3000, "{about}");
    assert!(profile.top.is_empty());
    let lengths = profile.lengths.unwrap();
    assert_eq!((lengths.min, lengths.max, lengths.total), (5, 9, 888_890));
    assert_eq!(
        (profile.min.as_deref(), profile.max.as_deref()),
        (Some("key 0"), Some("key 99999"))
    );
}

#[test]
fn truth_values_and_nothing() {
    let truths = profile(BooleanArray::from(vec![
        Some(true),
        None,
        Some(false),
        Some(true),
    ]));
    assert_eq!(
        (truths.trues, truths.falses, truths.nulls),
        (Some(2), Some(1), 1)
    );
    let nothing = profile(NullArray::new(3));
    assert_eq!(
        (nothing.nulls, nothing.rows, nothing.distinct),
        (3, 3, Distinct::Unknown)
    );
    let absent = profile(Int64Array::from(vec![None, None]));
    assert_eq!((absent.min, absent.nulls), (None, 2));
    assert_eq!(absent.numbers.unwrap().sum, None);
}
