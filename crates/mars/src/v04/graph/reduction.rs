//! Reductions of tensors: sum, prod, min, max, mean, var, std, argmin, argmax, all, any.

use super::axes::{axis_field, reduced};
use super::{Axes, Class, Dtype, Error, Graph, Kind, Node, Unary, encode, source};
use serde_json::{Map, json};

/// A reduction of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Sum.
    Sum,
    /// Product.
    Prod,
    /// Least.
    Min,
    /// Greatest.
    Max,
    /// Mean.
    Mean,
    /// Variance, with `ddof` subtracted from the divisor.
    Var {
        /// Delta degrees of freedom.
        ddof: i32,
    },
    /// Standard deviation: the root of the variance.
    Std {
        /// Delta degrees of freedom.
        ddof: i32,
    },
    /// Variance, NaN left out.
    NanVar {
        /// Delta degrees of freedom.
        ddof: i32,
    },
    /// Standard deviation, NaN left out.
    NanStd {
        /// Delta degrees of freedom.
        ddof: i32,
    },
    /// Position of the least.
    Argmin,
    /// Position of the greatest.
    Argmax,
    /// Whether all are true.
    All,
    /// Whether any is true.
    Any,
    /// Sum, NaN left out.
    NanSum,
    /// Product, NaN left out.
    NanProd,
    /// Least, NaN left out.
    NanMin,
    /// Greatest, NaN left out.
    NanMax,
    /// Mean, NaN left out.
    NanMean,
    /// Position of the least, NaN left out.
    NanArgmin,
    /// Position of the greatest, NaN left out.
    NanArgmax,
    /// How many are not 0.
    CountNonzero,
}

impl Reduction {
    /// The name of the method.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Prod => "prod",
            Self::Min => "min",
            Self::Max => "max",
            Self::Mean => "mean",
            Self::Var { .. } => "var",
            Self::Std { .. } => "std",
            Self::NanVar { .. } => "nanvar",
            Self::NanStd { .. } => "nanstd",
            Self::Argmin => "argmin",
            Self::Argmax => "argmax",
            Self::All => "all",
            Self::Any => "any",
            Self::NanSum => "nansum",
            Self::NanProd => "nanprod",
            Self::NanMin => "nanmin",
            Self::NanMax => "nanmax",
            Self::NanMean => "nanmean",
            Self::NanArgmin => "nanargmin",
            Self::NanArgmax => "nanargmax",
            Self::CountNonzero => "count_nonzero",
        }
    }

    /// What a variance or a deviation subtracts from the divisor.
    fn ddof(self) -> Option<i32> {
        match self {
            Self::Var { ddof }
            | Self::Std { ddof }
            | Self::NanVar { ddof }
            | Self::NanStd { ddof } => Some(ddof),
            _ => None,
        }
    }

    /// Whether it gives a position.
    fn is_place(self) -> bool {
        matches!(
            self,
            Self::Argmin | Self::Argmax | Self::NanArgmin | Self::NanArgmax
        )
    }

    fn class(self) -> Class {
        let (code, name) = match self {
            Self::Prod => ("tensor.303", "mars.TensorProd"),
            Self::Sum => ("tensor.304", "mars.TensorSum"),
            Self::Max => ("tensor.305", "mars.TensorMax"),
            Self::Min => ("tensor.306", "mars.TensorMin"),
            Self::All => ("tensor.307", "mars.TensorAll"),
            Self::Any => ("tensor.308", "mars.TensorAny"),
            Self::Mean => ("tensor.309", "mars.TensorMean"),
            Self::Argmax => ("tensor.310", "mars.TensorArgmax"),
            Self::Argmin => ("tensor.311", "mars.TensorArgmin"),
            Self::Var { .. } | Self::Std { .. } => ("tensor.322", "mars.TensorVar"),
            Self::NanVar { .. } | Self::NanStd { .. } => ("tensor.324", "mars.TensorNanVar"),
            Self::NanSum => ("tensor.312", "mars.TensorNanSum"),
            Self::NanProd => ("tensor.315", "mars.TensorNanProd"),
            Self::NanMin => ("tensor.314", "mars.TensorNanMin"),
            Self::NanMax => ("tensor.313", "mars.TensorNanMax"),
            Self::NanMean => ("tensor.316", "mars.TensorNanMean"),
            Self::NanArgmin => ("tensor.318", "mars.TensorNanArgmin"),
            Self::NanArgmax => ("tensor.317", "mars.TensorNanArgmax"),
            Self::CountNonzero => ("tensor.319", "mars.TensorCountNonzero"),
        };
        Class { code, name }
    }

    pub(super) fn result(self, dtype: &Dtype) -> Result<Dtype, Error> {
        if !dtype.is_numeric() {
            return Err(Error::Elements {
                operator: self.name().into(),
                dtype: dtype.clone(),
            });
        }
        Ok(match self {
            Self::Sum | Self::Prod | Self::NanSum | Self::NanProd if dtype.is_unsigned() => {
                Dtype::U64
            }
            Self::Sum | Self::Prod | Self::NanSum | Self::NanProd
                if *dtype == Dtype::Bool || dtype.is_signed() =>
            {
                Dtype::I64
            }
            Self::Sum
            | Self::Prod
            | Self::Min
            | Self::Max
            | Self::NanSum
            | Self::NanProd
            | Self::NanMin
            | Self::NanMax => dtype.clone(),
            Self::Mean | Self::NanMean if dtype.is_complex() => dtype.clone(),
            Self::Mean | Self::NanMean if dtype.is_float() => dtype.clone(),
            Self::Mean | Self::NanMean => Dtype::F64,
            _ if self.ddof().is_some() => match dtype {
                Dtype::C64 => Dtype::F32,
                float if float.is_float() => dtype.clone(),
                _ => Dtype::F64,
            },
            Self::Argmin
            | Self::Argmax
            | Self::NanArgmin
            | Self::NanArgmax
            | Self::CountNonzero => Dtype::I64,
            _ => Dtype::Bool,
        })
    }
}

impl Graph<'_> {
    /// A reduction of a tensor over some axes.
    pub fn reduce(
        &mut self,
        op: Reduction,
        node: &Node,
        axes: &Axes,
        keepdims: bool,
    ) -> Result<Node, Error> {
        let Some(own) = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: op.name().into(),
                kind: node.kind.as_str(),
            });
        };
        let dtype = op.result(own)?;
        let positions = axes.positions(node.ndim())?;
        if op.is_place() && matches!(axes, Axes::Several(_)) {
            return Err(source::argument(op.name(), "axis", "must be a single axis"));
        }
        if keepdims && op.is_place() {
            return Err(source::argument(
                op.name(),
                "keepdims",
                "is not known to it",
            ));
        }
        let mut fields = Map::new();
        if let Some(ddof) = op.ddof() {
            fields.insert("ddof".into(), json!(ddof));
        }
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("input".into(), encode::reference(node));
        if let Some(axis) = axis_field(axes, &positions) {
            fields.insert("axis".into(), axis);
        }
        if keepdims {
            fields.insert("keepdims".into(), json!(true));
        }
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let shape = reduced(&node.shape, &positions, keepdims);
        let result = source::tensor_of(shape, dtype, node.order);
        let reduced = self.push(op.class(), &[node], fields, result);
        match op {
            Reduction::Std { .. } | Reduction::NanStd { .. } => self.unary(Unary::Sqrt, &reduced),
            _ => Ok(reduced),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Reduction};

    #[test]
    fn types_as_numpy_gives_them() {
        assert_eq!(Reduction::Sum.result(&Dtype::I8), Ok(Dtype::I64));
        assert_eq!(Reduction::Sum.result(&Dtype::U8), Ok(Dtype::U64));
        assert_eq!(Reduction::Mean.result(&Dtype::I32), Ok(Dtype::F64));
        assert_eq!(Reduction::Mean.result(&Dtype::F32), Ok(Dtype::F32));
        assert_eq!(Reduction::Max.result(&Dtype::I8), Ok(Dtype::I8));
        assert!(Reduction::Sum.result(&Dtype::Object).is_err());
    }
}
