//! Python's slices.

use super::encode;
use serde_json::Value;

/// A Python slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The first position.
    pub start: Option<i64>,
    /// The position after the last.
    pub stop: Option<i64>,
    /// The distance.
    pub step: Option<i64>,
}

impl Slice {
    /// The slice `start:stop`.
    pub fn range(start: i64, stop: i64) -> Self {
        Self {
            start: Some(start),
            stop: Some(stop),
            step: None,
        }
    }

    pub(crate) fn encode(self) -> Value {
        encode::slice(self.start, self.stop, self.step)
    }

    /// Start, stop and step on an axis of this length, as `slice.indices` gives them.
    pub(super) fn indices(self, length: u64) -> Option<(i64, i64, i64)> {
        let length = i64::try_from(length).ok()?;
        let step = self.step.unwrap_or(1);
        let (low, high) = if step < 0 {
            (-1, length - 1)
        } else {
            (0, length)
        };
        let clamp = |end: i64| {
            let end = if end < 0 {
                end.saturating_add(length)
            } else {
                end
            };
            end.clamp(low, high)
        };
        let (first, last) = if step < 0 { (high, low) } else { (low, high) };
        let start = self.start.map_or(first, clamp);
        let stop = self.stop.map_or(last, clamp);
        (step != 0).then_some((start, stop, step))
    }

    /// How many elements it takes from an axis of this length; `None` for a step of zero.
    pub fn count(self, length: u64) -> Option<u64> {
        let (start, stop, step) = self.indices(length)?;
        let span = i128::from(stop) - i128::from(start);
        let step = i128::from(step);
        let count = if step > 0 {
            (span + step - 1).div_euclid(step)
        } else {
            (-span - step - 1).div_euclid(-step)
        };
        u64::try_from(count.max(0)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Slice;

    fn count(start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Option<u64> {
        Slice { start, stop, step }.count(10)
    }

    #[test]
    fn slices_count_as_in_python() {
        assert_eq!(count(None, None, None), Some(10));
        assert_eq!(count(Some(2), Some(5), None), Some(3));
        assert_eq!(count(Some(-3), None, None), Some(3));
        assert_eq!(count(None, None, Some(-1)), Some(10));
        assert_eq!(count(Some(8), Some(2), Some(-2)), Some(3));
        assert_eq!(count(Some(5), Some(2), None), Some(0));
        assert_eq!(count(None, None, Some(3)), Some(4));
        assert_eq!(count(None, None, Some(0)), None);
        assert_eq!(count(Some(i64::MAX), None, None), Some(0));
        assert_eq!(
            count(Some(i64::MIN), Some(i64::MAX), Some(i64::MAX)),
            Some(1)
        );
        assert_eq!(count(None, None, Some(i64::MIN)), Some(1));
    }
}
