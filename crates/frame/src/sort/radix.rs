//! Stable sorting by digits: no comparisons, digits that are all the same are skipped.

/// How many bits a digit has.
const BITS: u32 = 11;
const SIZE: usize = 1 << BITS;

/// Sorts by the lowest `bits` bits of a number that each item gives, shifted as asked.
pub(crate) fn sort<T: Copy + Default>(
    items: &mut Vec<T>,
    bits: u32,
    digit: impl Fn(&T, u32) -> u64,
) {
    let mut other = Vec::new();
    let mut shift = 0;
    while shift < bits {
        let mask = (SIZE as u64 - 1) >> BITS.saturating_sub(bits - shift);
        let of = |item: &T| (digit(item, shift) & mask) as usize & (SIZE - 1);
        let mut places = [0usize; SIZE];
        for item in items.iter() {
            places[of(item)] += 1;
        }
        let all_same = items
            .first()
            .is_some_and(|item| places[of(item)] == items.len());
        if !all_same && !items.is_empty() {
            let mut next = 0;
            for place in &mut places {
                next += std::mem::replace(place, next);
            }
            other.resize(items.len(), T::default());
            for item in items.iter() {
                let place = &mut places[of(item)];
                other[*place] = *item;
                *place += 1;
            }
            std::mem::swap(items, &mut other);
        }
        shift += BITS;
    }
}

/// How many bits a number needs.
pub(crate) fn width(number: u64) -> u32 {
    64 - number.leading_zeros()
}

/// Sorts numbers.
pub(crate) fn sort_numbers(numbers: &mut [i64]) {
    if numbers.is_sorted() {
        return;
    }
    if numbers.len() < 512 {
        numbers.sort_unstable();
        return;
    }
    let least = numbers.iter().copied().min().unwrap_or(0);
    let most = numbers.iter().copied().max().unwrap_or(0);
    let bits = width(most.wrapping_sub(least).cast_unsigned());
    let mut items: Vec<u64> = numbers
        .iter()
        .map(|number| number.wrapping_sub(least).cast_unsigned())
        .collect();
    sort(&mut items, bits, |item, shift| item >> shift);
    for (number, item) in numbers.iter_mut().zip(items) {
        *number = least.wrapping_add(item.cast_signed());
    }
}

#[cfg(test)]
mod tests {
    use super::{sort, sort_numbers};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_in_order(mut numbers in prop::collection::vec(any::<i64>(), 500..1200)) {
            let mut expected = numbers.clone();
            expected.sort();
            sort_numbers(&mut numbers);
            prop_assert_eq!(numbers, expected);
        }

        #[test]
        fn equal_numbers_stay(numbers in prop::collection::vec(0u64..5000, 0..2000)) {
            let mut items: Vec<(u64, u32)> = numbers.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort();
            sort(&mut items, 13, |item, shift| item.0 >> shift);
            prop_assert_eq!(items, expected);
        }
    }
}
