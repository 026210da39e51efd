//! The functions of an aggregation, by name.

use super::{Dtype, FrameReduction, encode};
use serde_json::{Value, json};

/// One function, or a list of them: a list names the columns of the result too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Functions {
    /// `"sum"`
    One(FrameReduction),
    /// `["sum", "mean"]`
    Several(Vec<FrameReduction>),
}

impl Functions {
    pub(super) fn list(&self) -> &[FrameReduction] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }

    pub(super) fn encode(&self) -> Value {
        match self {
            Self::One(one) => json!(one.name()),
            Self::Several(several) => encode::list(several.iter().map(|op| json!(op.name()))),
        }
    }

    /// Whether pandas keeps a column of this type when every column is aggregated.
    pub(super) fn keep(&self, dtype: &Dtype) -> bool {
        use FrameReduction::{Count, Max, Min, Sum};
        match self {
            Self::One(op) => matches!(op, Count | Min | Max) || dtype.is_numeric(),
            Self::Several(several) => {
                let any = |op: &FrameReduction| matches!(op, Count | Min | Max);
                let text = |op: &FrameReduction| *op == Sum && *dtype == Dtype::Object;
                dtype.is_numeric() || several.iter().all(|op| any(op) || text(op))
            }
        }
    }
}

impl From<FrameReduction> for Functions {
    fn from(one: FrameReduction) -> Self {
        Self::One(one)
    }
}
