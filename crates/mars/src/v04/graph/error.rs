//! Why a graph cannot be built.

use super::{Dtype, Label};

/// An operation that the engine would refuse, found before anything is sent.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Shapes do not broadcast, or do not fit a matrix product.
    #[error("{operator}: shapes {left} and {right} do not fit together")]
    Shapes {
        /// The operator as the user writes it.
        operator: String,
        /// The shape on the left.
        left: String,
        /// The shape on the right.
        right: String,
    },
    /// An axis that the array does not have.
    #[error("axis {axis} is out of bounds for an array of dimension {ndim}")]
    Axis {
        /// The axis asked for.
        axis: i64,
        /// How many there are.
        ndim: usize,
    },
    /// The operator does not exist for this kind of object.
    #[error("{operator} is not defined for a {kind}")]
    Kind {
        /// The operator.
        operator: String,
        /// The kind of object.
        kind: &'static str,
    },
    /// The operator does not exist for elements of this type.
    #[error("{operator} is not defined for elements of type {}", dtype.name())]
    Elements {
        /// The operator.
        operator: String,
        /// The element type.
        dtype: Dtype,
    },
    /// A name of a type that numpy does not have, or that is not supported here.
    #[error("{name:?} is no known dtype")]
    Dtype {
        /// The name.
        name: String,
    },
    /// A column that the frame does not have.
    #[error("the frame has no column {label}")]
    NoColumn {
        /// The label asked for.
        label: Label,
    },
    /// An argument with a value that makes no sense.
    #[error("{operator}: {argument} {reason}")]
    Argument {
        /// The operator.
        operator: String,
        /// The argument's name.
        argument: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The operation needs a shape that only the run will tell.
    #[error("{operator} needs a shape that is known before the run")]
    UnknownShape {
        /// The operator.
        operator: String,
    },
}
