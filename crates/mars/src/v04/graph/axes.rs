//! The axes that an operand runs over, and the shape that is left.

use super::shape::Shape;
use super::{Error, encode, shape, source};
use serde_json::{Value, json};

/// The axes that a reduction runs over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// Every axis.
    #[default]
    All,
    /// One axis; negative counts from the end.
    One(i64),
    /// Several axes.
    Several(Vec<i64>),
}

impl Axes {
    /// The positions, each once.
    pub(super) fn positions(&self, ndim: usize) -> Result<Vec<usize>, Error> {
        let axes = match self {
            Self::All => return Ok((0..ndim).collect()),
            Self::One(axis) => std::slice::from_ref(axis),
            Self::Several(axes) => axes,
        };
        let mut positions: Vec<usize> = axes
            .iter()
            .map(|&axis| shape::axis(axis, ndim))
            .collect::<Result<_, _>>()?;
        positions.sort_unstable();
        if positions.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(source::argument("reduction", "axis", "names an axis twice"));
        }
        Ok(positions)
    }
}

/// `axis` as the library sends it: absent for all, an integer or a tuple.
pub(super) fn axis_field(axes: &Axes, positions: &[usize]) -> Option<Value> {
    match (axes, positions) {
        (Axes::All, _) => None,
        (Axes::One(_), [axis]) => Some(json!(axis)),
        _ => Some(encode::tuple(positions.iter().map(|axis| json!(axis)))),
    }
}

pub(super) fn reduced(shape: &[Option<u64>], positions: &[usize], keepdims: bool) -> Shape {
    shape
        .iter()
        .enumerate()
        .filter_map(|(at, length)| match (positions.contains(&at), keepdims) {
            (false, _) => Some(*length),
            (true, true) => Some(Some(1)),
            (true, false) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Axes, reduced};

    #[test]
    fn shapes_after_a_reduction() {
        let shape = [Some(3), Some(4), None];
        assert_eq!(reduced(&shape, &[1], false), vec![Some(3), None]);
        assert_eq!(
            reduced(&shape, &[0, 2], true),
            vec![Some(1), Some(4), Some(1)]
        );
    }

    #[test]
    fn axes_are_checked() {
        assert_eq!(Axes::One(-1).positions(2), Ok(vec![1]));
        assert!(Axes::Several(vec![0, -2]).positions(2).is_err());
        assert!(Axes::One(2).positions(2).is_err());
    }
}
