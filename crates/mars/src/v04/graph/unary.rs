//! Functions of one operand: signs, roundings, roots, logarithms, angles, tests for NaN.

mod frame;

use super::binary::elementwise;
use super::{Class, Dtype, Error, Graph, Kind, Node, encode, promote, source};
use serde_json::Map;

/// A function of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `-x`
    Negative,
    /// `abs(x)`
    Absolute,
    /// `mt.rint`
    Rint,
    /// `mt.sign`
    Sign,
    /// `mt.exp`
    Exp,
    /// `mt.log`
    Log,
    /// `mt.log2`
    Log2,
    /// `mt.log10`
    Log10,
    /// `mt.expm1`
    Expm1,
    /// `mt.log1p`
    Log1p,
    /// `mt.sqrt`
    Sqrt,
    /// `mt.square`
    Square,
    /// `mt.sin`
    Sin,
    /// `mt.cos`
    Cos,
    /// `mt.tan`
    Tan,
    /// `mt.arctan`
    Arctan,
    /// `mt.tanh`
    Tanh,
    /// `~x`
    Invert,
    /// `mt.logical_not`
    Not,
    /// `mt.isfinite`
    IsFinite,
    /// `mt.isinf`
    IsInf,
    /// `mt.isnan`
    IsNan,
    /// `mt.floor`
    Floor,
    /// `mt.ceil`
    Ceil,
}

impl Unary {
    /// The name under which `mars.tensor` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Absolute => "abs",
            Self::Rint => "rint",
            Self::Sign => "sign",
            Self::Exp => "exp",
            Self::Log => "log",
            Self::Log2 => "log2",
            Self::Log10 => "log10",
            Self::Expm1 => "expm1",
            Self::Log1p => "log1p",
            Self::Sqrt => "sqrt",
            Self::Square => "square",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Arctan => "arctan",
            Self::Tanh => "tanh",
            Self::Invert => "invert",
            Self::Not => "logical_not",
            Self::IsFinite => "isfinite",
            Self::IsInf => "isinf",
            Self::IsNan => "isnan",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
        }
    }

    /// Finds a function by its name in `mars.tensor`.
    pub fn from_name(name: &str) -> Option<Self> {
        let alias = match name {
            "absolute" => "abs",
            other => other,
        };
        Self::ALL.into_iter().find(|op| op.name() == alias)
    }

    /// Every function.
    pub const ALL: [Self; 24] = [
        Self::Negative,
        Self::Absolute,
        Self::Rint,
        Self::Sign,
        Self::Exp,
        Self::Log,
        Self::Log2,
        Self::Log10,
        Self::Expm1,
        Self::Log1p,
        Self::Sqrt,
        Self::Square,
        Self::Sin,
        Self::Cos,
        Self::Tan,
        Self::Arctan,
        Self::Tanh,
        Self::Invert,
        Self::Not,
        Self::IsFinite,
        Self::IsInf,
        Self::IsNan,
        Self::Floor,
        Self::Ceil,
    ];

    fn class(self) -> Class {
        let (code, name) = match self {
            Self::Negative => ("tensor.112", "mars.TensorNegative"),
            Self::Absolute => ("tensor.114", "mars.TensorAbsolute"),
            Self::Rint => ("tensor.117", "mars.TensorRint"),
            Self::Sign => ("tensor.118", "mars.TensorSign"),
            Self::Exp => ("tensor.120", "mars.TensorExp"),
            Self::Log => ("tensor.122", "mars.TensorLog"),
            Self::Log2 => ("tensor.123", "mars.TensorLog2"),
            Self::Log10 => ("tensor.124", "mars.TensorLog10"),
            Self::Expm1 => ("tensor.125", "mars.TensorExpm1"),
            Self::Log1p => ("tensor.126", "mars.TensorLog1p"),
            Self::Sqrt => ("tensor.127", "mars.TensorSqrt"),
            Self::Square => ("tensor.128", "mars.TensorSquare"),
            Self::Sin => ("tensor.137", "mars.TensorSin"),
            Self::Cos => ("tensor.138", "mars.TensorCos"),
            Self::Tan => ("tensor.139", "mars.TensorTan"),
            Self::Arctan => ("tensor.142", "mars.TensorArctan"),
            Self::Tanh => ("tensor.147", "mars.TensorTanh"),
            Self::Invert => ("tensor.156", "mars.TensorInvert"),
            Self::Not => ("tensor.162", "mars.TensorNot"),
            Self::IsFinite => ("tensor.169", "mars.TensorIsFinite"),
            Self::IsInf => ("tensor.170", "mars.TensorIsInf"),
            Self::IsNan => ("tensor.171", "mars.TensorIsNan"),
            Self::Floor => ("tensor.179", "mars.TensorFloor"),
            Self::Ceil => ("tensor.180", "mars.TensorCeil"),
        };
        Class { code, name }
    }

    /// The frame operand of the same function, where the engine has one.
    fn frame_class(self) -> Option<Class> {
        let (code, name) = match self {
            Self::Absolute => ("dataframe.116", "mars.DataFrameAbs"),
            Self::Exp => ("dataframe.120", "mars.DataFrameExp"),
            Self::Log => ("dataframe.122", "mars.DataFrameLog"),
            Self::Sqrt => ("dataframe.127", "mars.DataFrameSqrt"),
            Self::Sin => ("dataframe.137", "mars.DataFrameSin"),
            Self::Invert => ("dataframe.156", "mars.DataFrameNot"),
            Self::Floor => ("dataframe.179", "mars.DataFrameFloor"),
            _ => return None,
        };
        Some(Class { code, name })
    }

    fn result(self, dtype: &Dtype) -> Result<Dtype, Error> {
        let refused = || Error::Elements {
            operator: self.name().into(),
            dtype: dtype.clone(),
        };
        if !dtype.is_numeric() {
            return Err(refused());
        }
        match self {
            Self::Negative | Self::Sign if *dtype == Dtype::Bool => Err(refused()),
            Self::Negative | Self::Sign => Ok(dtype.clone()),
            Self::Absolute if *dtype == Dtype::C64 => Ok(Dtype::F32),
            Self::Absolute if *dtype == Dtype::C128 => Ok(Dtype::F64),
            Self::Absolute => Ok(dtype.clone()),
            Self::Square if *dtype == Dtype::Bool => Ok(Dtype::I8),
            Self::Square => Ok(dtype.clone()),
            Self::Invert if *dtype == Dtype::Bool || dtype.is_integer() => Ok(dtype.clone()),
            Self::Invert => Err(refused()),
            Self::Not | Self::IsFinite | Self::IsInf | Self::IsNan => Ok(Dtype::Bool),
            Self::Floor | Self::Ceil if dtype.is_complex() => Err(refused()),
            _ => Ok(promote::float_of(dtype)),
        }
    }
}

impl Graph<'_> {
    /// A function of one tensor, frame or series.
    pub fn unary(&mut self, op: Unary, node: &Node) -> Result<Node, Error> {
        if node.kind != Kind::Tensor {
            return self.frame_unary(op, node);
        }
        let own = node.dtype.clone().unwrap_or(Dtype::Object);
        let dtype = op.result(&own)?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        elementwise(&mut fields, &dtype);
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(op.class(), &[node], fields, result))
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Unary};

    #[test]
    fn every_function_is_found_by_its_name() {
        for op in Unary::ALL {
            assert_eq!(Unary::from_name(op.name()), Some(op));
        }
        assert_eq!(Unary::from_name("nothing"), None);
    }

    #[test]
    fn results_have_the_types_of_numpy() {
        assert_eq!(Unary::Sqrt.result(&Dtype::I64), Ok(Dtype::F64));
        assert_eq!(Unary::Sqrt.result(&Dtype::F32), Ok(Dtype::F32));
        assert_eq!(Unary::Absolute.result(&Dtype::C128), Ok(Dtype::F64));
        assert_eq!(Unary::IsNan.result(&Dtype::F64), Ok(Dtype::Bool));
        assert!(Unary::Invert.result(&Dtype::F64).is_err());
        assert!(Unary::Negative.result(&Dtype::Bool).is_err());
        assert!(Unary::Sqrt.result(&Dtype::Object).is_err());
    }
}
