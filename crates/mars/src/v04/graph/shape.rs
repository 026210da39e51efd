//! Arithmetic on shapes, some of whose lengths only the run will tell.

use super::{Error, Node};

/// A shape with unknown lengths.
pub(super) type Shape = Vec<Option<u64>>;

/// numpy's broadcasting; an unknown length meets a known one and yields to it.
pub(super) fn broadcast(operator: &str, left: &Node, right: &Node) -> Result<Shape, Error> {
    let fail = || Error::Shapes {
        operator: operator.to_owned(),
        left: left.shape_text(),
        right: right.shape_text(),
    };
    broadcast_shapes(&left.shape, &right.shape).ok_or_else(fail)
}

pub(super) fn broadcast_shapes(left: &[Option<u64>], right: &[Option<u64>]) -> Option<Shape> {
    let ndim = left.len().max(right.len());
    let axis = |shape: &[Option<u64>], at: usize| match (at + shape.len()).checked_sub(ndim) {
        Some(at) => shape[at],
        None => Some(1),
    };
    (0..ndim)
        .map(|at| match (axis(left, at), axis(right, at)) {
            (Some(1), other) | (other, Some(1)) => Some(other),
            (None, other) | (other, None) => Some(other),
            (Some(a), Some(b)) => (a == b).then_some(Some(a)),
        })
        .collect()
}

/// Turns a possibly negative axis into a position.
pub(super) fn axis(axis: i64, ndim: usize) -> Result<usize, Error> {
    let wrapped = if axis < 0 {
        axis.checked_add(ndim as i64)
    } else {
        Some(axis)
    };
    match wrapped.and_then(|axis| usize::try_from(axis).ok()) {
        Some(axis) if axis < ndim => Ok(axis),
        _ => Err(Error::Axis { axis, ndim }),
    }
}

/// The number of elements, when every length is known.
pub(super) fn size(shape: &[Option<u64>]) -> Option<u64> {
    shape
        .iter()
        .try_fold(1u64, |size, length| size.checked_mul((*length)?))
}

#[cfg(test)]
mod tests {
    use super::{axis, broadcast_shapes};

    #[test]
    fn broadcasting_follows_numpy() {
        let known = |shape: &[u64]| shape.iter().map(|&l| Some(l)).collect::<Vec<_>>();
        let cast = |a: &[u64], b: &[u64]| broadcast_shapes(&known(a), &known(b));
        assert_eq!(cast(&[3, 4], &[4]), Some(known(&[3, 4])));
        assert_eq!(cast(&[3, 1], &[1, 4]), Some(known(&[3, 4])));
        assert_eq!(cast(&[], &[2]), Some(known(&[2])));
        assert_eq!(cast(&[0], &[1]), Some(known(&[0])));
        assert_eq!(cast(&[3], &[4]), None);
        assert_eq!(broadcast_shapes(&[None], &known(&[4])), Some(known(&[4])));
        assert_eq!(broadcast_shapes(&[None], &known(&[1])), Some(vec![None]));
    }

    #[test]
    fn negative_axes_count_from_the_end() {
        assert_eq!(axis(-1, 2), Ok(1));
        assert!(axis(2, 2).is_err());
        assert!(axis(-3, 2).is_err());
        assert!(axis(i64::MIN, 2).is_err());
    }
}
