//! Numbers and times: everything from their keys in order, and exact.

use super::{Bin, Distinct, Numbers, Profile, TOPS, Top};
use crate::format::float::f64_text;
use crate::format::{Style, decimal};
use crate::keys::{float_key, key_float};
use crate::meaning::{Meaning, rounded};
use crate::sort::radix;
use arrow::datatypes::i256;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many bars a profile's histogram has at most.
const BINS: usize = 32;
/// How many more digits a mean has than its column.
const MORE: u32 = 6;
/// The percentages of the quantiles.
const SHARES: [usize; 5] = [5, 25, 50, 75, 95];

/// A key of one width.
pub(crate) trait Whole: Copy + Ord {
    /// The key in the greatest width.
    fn huge(self) -> i256;
    /// Puts keys in order.
    fn sort(keys: &mut [Self]);
    /// The sum, unless it does not fit.
    fn sum(keys: &[Self]) -> Option<i256>;
}

impl Whole for i64 {
    fn huge(self) -> i256 {
        i256::from_i128(self.into())
    }

    fn sort(keys: &mut [Self]) {
        radix::sort_numbers(keys);
    }

    fn sum(keys: &[Self]) -> Option<i256> {
        Some(i256::from_i128(
            keys.iter().map(|&key| i128::from(key)).sum(),
        ))
    }
}

impl Whole for i128 {
    fn huge(self) -> i256 {
        i256::from_i128(self)
    }

    fn sort(keys: &mut [Self]) {
        let (Some(&least), Some(&most)) = (keys.iter().min(), keys.iter().max()) else {
            return;
        };
        if keys.is_sorted() {
            return;
        }
        let Ok(range) = u64::try_from(most.wrapping_sub(least).cast_unsigned()) else {
            keys.sort_unstable();
            return;
        };
        let near = |key: &i128| key.wrapping_sub(least) as u64;
        let mut items: Vec<u64> = keys.iter().map(near).collect();
        radix::sort(&mut items, radix::width(range), |item, shift| item >> shift);
        for (key, item) in keys.iter_mut().zip(items) {
            *key = least + i128::from(item);
        }
    }

    fn sum(keys: &[Self]) -> Option<i256> {
        // In two halves, so that neither can run over.
        let high: i128 = keys.iter().map(|key| key >> 64).sum();
        let low: u128 = keys
            .iter()
            .map(|key| u128::from(key.cast_unsigned() as u64))
            .sum();
        let high = i256::from_i128(high).checked_mul(i256::from_i128(1 << 64))?;
        high.checked_add(i256::from_parts(low, 0))
    }
}

impl Whole for i256 {
    fn huge(self) -> i256 {
        self
    }

    fn sort(keys: &mut [Self]) {
        keys.sort_unstable();
    }

    fn sum(keys: &[Self]) -> Option<i256> {
        keys.iter()
            .try_fold(i256::ZERO, |sum, key| sum.checked_add(*key))
    }
}

/// Writes down what keys in any order say.
pub(super) fn fill<T: Whole>(
    mut keys: Vec<T>,
    meaning: &Meaning,
    style: Style<'_>,
    profile: &mut Profile,
) {
    T::sort(&mut keys);
    let text = |key: T| meaning.text(key.huge(), style);
    let (distinct, top) = runs(&keys);
    profile.distinct = Distinct::Exact(distinct);
    let top = top.into_iter().map(|(key, count)| Top {
        text: text(key),
        clipped: false,
        count,
    });
    profile.top = top.collect();
    let real = &keys[..keys.partition_point(|key| !is_nan(*key, meaning))];
    profile.nan = (keys.len() - real.len()) as u64;
    let finite = finite(real, meaning);
    profile.infinite = (real.len() - finite.len()) as u64;
    profile.min = real.first().map(|&key| text(key));
    profile.max = real.last().map(|&key| text(key));
    if *meaning == Meaning::Bool {
        let falses = keys.partition_point(|key| key.huge() == i256::ZERO);
        profile.falses = Some(falses as u64);
        profile.trues = Some((keys.len() - falses) as u64);
        return;
    }
    let mut numbers = match meaning {
        Meaning::Float(_) => float_sums(finite),
        Meaning::Int => sums(finite, 0),
        Meaning::Decimal(scale) => sums(finite, *scale),
        _ => Numbers::default(),
    };
    numbers.quantiles = quantiles(real).map(text).collect();
    numbers.histogram = histogram(finite, meaning, style, BINS);
    profile.numbers = Some(numbers);
}

fn is_nan<T: Whole>(key: T, meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Float(_)) && key.huge() == i64::MAX.huge()
}

/// The part of keys in order that are finite.
pub(crate) fn finite<'a, T: Whole>(real: &'a [T], meaning: &Meaning) -> &'a [T] {
    if !matches!(meaning, Meaning::Float(_)) {
        return real;
    }
    let (low, high) = (
        float_key(f64::NEG_INFINITY).huge(),
        float_key(f64::INFINITY).huge(),
    );
    let from = real.partition_point(|key| key.huge() <= low);
    let to = real.partition_point(|key| key.huge() < high);
    real.get(from..to).unwrap_or_default()
}

/// How many values differ, and the most frequent ones (of equal counts the least).
fn runs<T: Whole>(keys: &[T]) -> (u64, Vec<(T, u64)>) {
    let mut distinct = 0;
    let mut best: BinaryHeap<Reverse<(u64, Reverse<T>)>> = BinaryHeap::new();
    let mut least = 0;
    let mut rest = keys;
    while let Some(&key) = rest.first() {
        let length = rest.iter().take_while(|one| **one == key).count();
        rest = &rest[length..];
        distinct += 1;
        let count = length as u64;
        if best.len() < TOPS || count > least {
            best.push(Reverse((count, Reverse(key))));
            if best.len() > TOPS {
                best.pop();
            }
            least = best.peek().map_or(0, |Reverse((count, _))| *count);
        }
    }
    let best = best.into_sorted_vec().into_iter();
    (
        distinct,
        best.map(|Reverse((count, Reverse(key)))| (key, count))
            .collect(),
    )
}

/// The least value with at least the share of values at or below it.
fn quantiles<T: Whole>(real: &[T]) -> impl Iterator<Item = T> {
    let place = |share: usize| (real.len() * share).div_ceil(100).saturating_sub(1);
    SHARES
        .into_iter()
        .filter_map(move |share| real.get(place(share)).copied())
}

fn sums<T: Whole>(keys: &[T], scale: i8) -> Numbers {
    let Some(sum) = T::sum(keys).filter(|_| !keys.is_empty()) else {
        return Numbers::default();
    };
    let places = u32::try_from(scale).unwrap_or(0) + MORE;
    // A negative scale stands for zeros: the mean counts from the point.
    let zeros = 10i128.pow(u32::from(scale.min(0).unsigned_abs()).min(38));
    let more = i256::from_i128(zeros).checked_mul(i256::from_i128(10i128.pow(MORE)));
    let mean = more.and_then(|more| sum.checked_mul(more)).and_then(|sum| {
        let count = i256::from_i128(keys.len() as i128);
        let half = i256::from_i128(keys.len() as i128 / 2);
        let away = if sum < i256::ZERO {
            half.wrapping_neg()
        } else {
            half
        };
        sum.checked_add(away)?.checked_div(count)
    });
    Numbers {
        sum: Some(decimal::text(&sum, scale)),
        mean_places: mean.map(|_| places),
        mean: mean.map(|mean| decimal::text(&mean, i8::try_from(places).unwrap_or(i8::MAX))),
        ..Numbers::default()
    }
}

/// Neumaier's compensated sum.
fn float_sums<T: Whole>(keys: &[T]) -> Numbers {
    if keys.is_empty() {
        return Numbers::default();
    }
    let (mut sum, mut lost) = (0.0f64, 0.0);
    for key in keys {
        let value = float_of(*key);
        let next = sum + value;
        lost += if sum.abs() >= value.abs() {
            (sum - next) + value
        } else {
            (value - next) + sum
        };
        sum = next;
    }
    let sum = if sum.is_finite() { sum + lost } else { sum };
    Numbers {
        sum: Some(f64_text(sum)),
        mean: Some(f64_text(sum / keys.len() as f64)),
        ..Numbers::default()
    }
}

pub(crate) fn float_of<T: Whole>(key: T) -> f64 {
    let key = key.huge().to_i128().and_then(|key| i64::try_from(key).ok());
    key_float(key.unwrap_or(i64::MAX))
}

/// Bars over finite keys in order.
pub(crate) fn histogram<T: Whole>(
    keys: &[T],
    meaning: &Meaning,
    style: Style<'_>,
    bins: usize,
) -> Vec<Bin> {
    let (Some(&least), Some(&most)) = (keys.first(), keys.last()) else {
        return Vec::new();
    };
    let edges = edges(least, most, meaning, bins);
    let mut before = 0;
    let bars = edges.into_iter().map(|(low, high)| {
        let upto = keys.partition_point(|key| key.huge() <= high);
        let count = (upto - before) as u64;
        before = upto;
        Bin {
            low: meaning.text(low, style),
            high: meaning.text(high, style),
            count,
        }
    });
    bars.collect()
}

/// Ranges of keys, both ends included, of equal width between two keys.
pub(crate) fn edges<T: Whole>(
    least: T,
    most: T,
    meaning: &Meaning,
    bins: usize,
) -> Vec<(i256, i256)> {
    let bins = bins.max(1) as u32;
    let (low, high) = (least.huge(), most.huge());
    let starts: Vec<i256> = match meaning {
        Meaning::Float(bits) => {
            let (from, to) = (float_of(least), float_of(most));
            let at = |bin: u32| {
                let share = f64::from(bin) / f64::from(bins);
                rounded(from * (1.0 - share) + to * share, *bits)
            };
            let inner = (1..bins).map(|bin| float_key(at(bin)).huge());
            std::iter::once(low).chain(inner).collect()
        }
        _ => {
            let range = high
                .wrapping_sub(low)
                .checked_add(i256::ONE)
                .unwrap_or(i256::MAX);
            let at = |bin: u32| range_part(range, bin, bins).and_then(|part| low.checked_add(part));
            (0..bins).filter_map(at).collect()
        }
    };
    let mut starts: Vec<i256> = starts
        .into_iter()
        .filter(|at| *at >= low && *at <= high)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts
        .iter()
        .skip(1)
        .map(|&next| below(next, meaning))
        .chain([high]);
    starts.iter().copied().zip(ends).collect()
}

/// A share of a range without running over: the whole part and the rest apart.
fn range_part(range: i256, bin: u32, bins: u32) -> Option<i256> {
    let (bin, bins) = (i256::from_i128(bin.into()), i256::from_i128(bins.into()));
    let (whole, rest) = (range.checked_div(bins)?, range.checked_rem(bins)?);
    whole
        .checked_mul(bin)?
        .checked_add(rest.checked_mul(bin)?.checked_div(bins)?)
}

/// The greatest value of the type below a key.
fn below(key: i256, meaning: &Meaning) -> i256 {
    let Meaning::Float(bits) = meaning else {
        return key.wrapping_sub(i256::ONE);
    };
    let value = float_of(key);
    // Steps of the width: a 64-bit step at a time would end between two values of a narrow one.
    let step = match bits {
        64 => return key.wrapping_sub(i256::ONE),
        32 => 1i64 << 29,
        _ => 1 << 42,
    };
    let near = key_float(float_key(value).saturating_sub(step));
    let candidate = rounded(near, *bits);
    let next = if candidate < value { candidate } else { near };
    float_key(next).huge()
}

#[cfg(test)]
mod tests {
    use super::{Whole, edges, quantiles, runs, sums};
    use crate::keys::{float_key, key_float};
    use crate::meaning::Meaning;
    use arrow::datatypes::i256;

    #[test]
    fn sums_and_means_keep_every_digit() {
        let numbers = sums(&[i64::MAX, i64::MAX, -1], 0);
        assert_eq!(numbers.sum.as_deref(), Some("18446744073709551613"));
        assert_eq!(numbers.mean.as_deref(), Some("6148914691236517204.333333"));
        let numbers = sums(&[i128::MAX; 3], 2);
        assert_eq!(
            numbers.sum.as_deref(),
            Some("5104235503814076951950619111476523171.81")
        );
        assert_eq!(
            i128::sum(&[i128::MIN, -5]),
            Some(i256::from_string("-170141183460469231731687303715884105733").unwrap())
        );
        assert_eq!(
            sums(&[-1i64, -1, -1, 0], 0).mean.as_deref(),
            Some("-0.750000")
        );
        assert_eq!(i256::sum(&[i256::MAX, i256::ONE]), None);
    }

    #[test]
    fn frequent_values_come_first_and_of_equals_the_least() {
        assert_eq!(
            runs(&[1i64, 2, 2, 3, 3, 4]),
            (4, vec![(2, 2), (3, 2), (1, 1), (4, 1)])
        );
        let many: Vec<i64> = (0..100)
            .chain([50])
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        assert_eq!(runs(&many).1.len(), 10);
        assert_eq!(runs(&many).1[0], (0, 1));
        let picked: Vec<i64> = quantiles(&[1, 2, 3, 4]).collect();
        assert_eq!(picked, [1, 1, 2, 3, 4]);
    }

    #[test]
    fn edges_cover_without_overlap() {
        let all = edges(i64::MIN, i64::MAX, &Meaning::Int, 32);
        assert_eq!(all.len(), 32);
        for pair in all.windows(2) {
            assert_eq!(pair[0].1.wrapping_add(i256::ONE), pair[1].0);
        }
        assert_eq!(edges(5i64, 7, &Meaning::Int, 32).len(), 3);
        assert_eq!(edges(5i64, 5, &Meaning::Int, 32).len(), 1);
        for bits in [16, 32, 64] {
            let bars = edges(float_key(-1.0), float_key(2.0), &Meaning::Float(bits), 7);
            for pair in bars.windows(2) {
                let floats = |key: i256| key_float(i64::try_from(key.to_i128().unwrap()).unwrap());
                let (end, start) = (floats(pair[0].1), floats(pair[1].0));
                let middle = super::rounded(end / 2.0 + start / 2.0, bits);
                assert!(
                    end < start && (middle == end || middle == start),
                    "{bits} {end} {start}"
                );
            }
        }
    }
}
