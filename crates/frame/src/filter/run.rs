//! Conditions over one batch: a mask of the rows that are kept.

use super::compile::{Asked, Kind};
use crate::format;
use crate::keys::{Keys, Lane, Texts, lane};
use crate::{Kind as CellKind, Table};
use arrow::datatypes::{DataType, i256};
use arrow::record_batch::RecordBatch;
use std::ops::{Bound, RangeBounds};

/// Which rows of a batch fulfil all conditions.
pub(super) fn mask(table: &Table, asked: &[Asked], batch: &RecordBatch) -> Vec<bool> {
    let mut mask = vec![true; batch.num_rows()];
    for one in asked {
        let array = batch.column(one.column).as_ref();
        // Text of what is no text is made cell by cell: only for rows that are still kept.
        if let (Kind::Text(matcher), false) = (&one.kind, is_text(array.data_type())) {
            let style = table.style(one.column);
            for (at, kept) in mask.iter_mut().enumerate().filter(|(_, kept)| **kept) {
                let cell = format::cell(array, at, style, usize::MAX);
                *kept = match cell.kind {
                    CellKind::Null => one.nulls,
                    _ => matcher.is_match(&cell.text) != one.negated,
                };
            }
            continue;
        }
        narrow(&lane(array), one, &mut mask);
    }
    mask
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_text(values),
        other => matches!(
            other,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
        ),
    }
}

fn narrow(lane: &Lane<'_>, asked: &Asked, mask: &mut [bool]) {
    let mut hits = vec![false; mask.len()];
    match (&lane.keys, &asked.kind) {
        (Keys::Small(keys), Kind::Ranges(ranges)) => {
            let (least, most) = (
                i256::from_i128(i64::MIN.into()),
                i256::from_i128(i64::MAX.into()),
            );
            let ranges = clamp(ranges, least, most, |key| {
                key.to_i128().map_or(0, |key| key as i64)
            });
            within_small(keys, &ranges, &mut hits);
        }
        (Keys::Wide(keys), Kind::Ranges(ranges)) => {
            let (least, most) = (i256::from_i128(i128::MIN), i256::from_i128(i128::MAX));
            let ranges = clamp(ranges, least, most, |key| key.to_i128().unwrap_or(0));
            within(keys, &ranges, &mut hits);
        }
        (Keys::Huge(keys), Kind::Ranges(ranges)) => within(keys, ranges, &mut hits),
        (Keys::Bytes(texts), kind) => bytes(texts, lane, kind, &mut hits),
        _ => {}
    }
    let negated = asked.negated;
    match &lane.nulls {
        None => {
            for (kept, &hit) in mask.iter_mut().zip(&hits) {
                *kept &= hit != negated;
            }
        }
        // What stands where there is no value is arbitrary: the rule decides, not the hit.
        Some(nulls) => {
            for ((kept, hit), valid) in mask.iter_mut().zip(hits).zip(nulls) {
                *kept &= if valid { hit != negated } else { asked.nulls };
            }
        }
    }
}

fn clamp<T: Copy>(
    ranges: &[(i256, i256)],
    least: i256,
    most: i256,
    shrink: impl Fn(i256) -> T,
) -> Vec<(T, T)> {
    let inside = ranges
        .iter()
        .filter(|(low, high)| *low <= most && *high >= least);
    inside
        .map(|&(low, high)| (shrink(low.max(least)), shrink(high.min(most))))
        .collect()
}

fn within_small(keys: &[i64], ranges: &[(i64, i64)], hits: &mut [bool]) {
    let [(low, high)] = ranges else {
        return within(keys, ranges, hits);
    };
    // One comparison per row: the distance from the low end, without a sign.
    let width = high.wrapping_sub(*low).cast_unsigned();
    for (hit, key) in hits.iter_mut().zip(keys) {
        *hit = key.wrapping_sub(*low).cast_unsigned() <= width;
    }
}

fn within<T: Copy + Ord>(keys: &[T], ranges: &[(T, T)], hits: &mut [bool]) {
    for (hit, key) in hits.iter_mut().zip(keys) {
        let after = ranges.partition_point(|(low, _)| low <= key);
        *hit = after > 0 && *key <= ranges[after - 1].1;
    }
}

fn bytes(texts: &Texts<'_>, lane: &Lane<'_>, kind: &Kind, hits: &mut [bool]) {
    let cells = hits.iter_mut().enumerate();
    match kind {
        Kind::Bytes(low, high) => {
            let range: (Bound<&[u8]>, Bound<&[u8]>) = (
                low.as_ref().map(Vec::as_slice),
                high.as_ref().map(Vec::as_slice),
            );
            cells.for_each(|(at, hit)| {
                *hit = RangeBounds::<[u8]>::contains(&range, texts.get(at));
            });
        }
        Kind::Set(set) if set.len() == 1 => {
            cells.for_each(|(at, hit)| *hit = texts.get(at) == set[0]);
        }
        Kind::Set(set) => cells.for_each(|(at, hit)| {
            *hit = set
                .binary_search_by(|one| one.as_slice().cmp(texts.get(at)))
                .is_ok();
        }),
        Kind::Text(matcher) => cells.for_each(|(at, hit)| {
            *hit = !lane.is_null(at) && matcher.matches_bytes(texts.get(at));
        }),
        Kind::Nothing | Kind::Ranges(_) => {}
    }
}
