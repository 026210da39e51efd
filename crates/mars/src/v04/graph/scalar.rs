//! Plain values in a graph, and the sides of an operation.

use super::Node;

/// A plain Python value in a graph.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// `None`
    Null,
    /// `True` or `False`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// Text.
    Text(String),
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Scalar {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

/// One side of an operation.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'a> {
    /// An earlier node.
    Node(&'a Node),
    /// A plain value.
    Scalar(&'a Scalar),
}

impl<'a> From<&'a Node> for Operand<'a> {
    fn from(node: &'a Node) -> Self {
        Self::Node(node)
    }
}

impl<'a> From<&'a Scalar> for Operand<'a> {
    fn from(scalar: &'a Scalar) -> Self {
        Self::Scalar(scalar)
    }
}
