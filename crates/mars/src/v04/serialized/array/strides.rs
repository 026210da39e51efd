//! Shapes and strides: elements of any layout into C order.

use crate::v04::serialized::{Error, budget::Budget};

/// The number of elements of a shape.
pub(in crate::v04::serialized) fn count(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1usize, |size, &length| size.checked_mul(length))
}

/// Puts elements of any strides into C order.
pub(in crate::v04::serialized) fn gather(
    data: &[u8],
    shape: &[usize],
    strides: &[i64],
    width: usize,
    budget: &mut Budget,
) -> Result<Vec<u8>, Error> {
    let what = "the strides";
    let items = count(shape).ok_or_else(|| Error::malformed(what, "the shape overflows"))?;
    let total = items.checked_mul(width).ok_or(Error::OutOfProportion)?;
    budget.charge(total)?;
    budget.charge(items)?;
    if strides.len() != shape.len() {
        return Err(Error::malformed(
            what,
            format!("{} for {} axes", strides.len(), shape.len()),
        ));
    }
    // What is contiguous already, as nearly everything is, needs no walk.
    if contiguous(shape, width, false).as_deref() == Some(strides) {
        let whole = data.get(..total);
        return whole
            .map(<[u8]>::to_vec)
            .ok_or_else(|| Error::malformed(what, "lead out of the data"));
    }
    let mut out = Vec::with_capacity(total);
    let mut at = vec![0usize; shape.len()];
    let mut offset = 0i64;
    for _ in 0..items {
        let start = usize::try_from(offset).ok();
        let item = start.and_then(|start| data.get(start..start.checked_add(width)?));
        out.extend_from_slice(item.ok_or_else(|| Error::malformed(what, "lead out of the data"))?);
        offset = advance(&mut at, shape, strides, offset)
            .ok_or_else(|| Error::malformed(what, "overflow"))?;
    }
    Ok(out)
}

/// Steps to the next element in C order.
fn advance(at: &mut [usize], shape: &[usize], strides: &[i64], mut offset: i64) -> Option<i64> {
    for ((position, &length), &stride) in at.iter_mut().zip(shape).zip(strides).rev() {
        *position += 1;
        offset = offset.checked_add(stride)?;
        if *position < length {
            return Some(offset);
        }
        offset = offset.checked_sub(stride.checked_mul(i64::try_from(*position).ok()?)?)?;
        *position = 0;
    }
    Some(offset)
}

/// The strides of contiguous elements; in Fortran order the first axis runs fastest.
pub(in crate::v04::serialized) fn contiguous(
    shape: &[usize],
    width: usize,
    fortran: bool,
) -> Option<Vec<i64>> {
    let mut strides = vec![0; shape.len()];
    let mut step = i64::try_from(width).ok()?;
    let axes: Vec<usize> = if fortran {
        (0..shape.len()).collect()
    } else {
        (0..shape.len()).rev().collect()
    };
    for axis in axes {
        if let (Some(stride), Some(&length)) = (strides.get_mut(axis), shape.get(axis)) {
            *stride = step;
            step = step.checked_mul(i64::try_from(length.max(1)).ok()?)?;
        }
    }
    Some(strides)
}

#[cfg(test)]
mod tests {
    use super::{Budget, contiguous, gather};

    #[test]
    fn fortran_order_is_turned() {
        let data: Vec<u8> = (0..6).collect();
        let strides = contiguous(&[2, 3], 1, true).unwrap();
        let turned = gather(&data, &[2, 3], &strides, 1, &mut Budget::for_input(6)).unwrap();
        assert_eq!(turned, [0, 2, 4, 1, 3, 5]);
    }

    #[test]
    fn strides_cannot_leave_the_data_or_blow_up() {
        let mut budget = Budget::for_input(4);
        assert!(gather(&[0; 4], &[2], &[4], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[2], &[-1], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[usize::MAX, 2], &[0, 0], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[1 << 40], &[0], 1, &mut budget).is_err());
    }
}
