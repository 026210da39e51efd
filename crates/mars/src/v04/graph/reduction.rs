//! Reductions of tensors: sum, prod, min, max, mean, var, std, argmin, argmax, all, any.

use super::shape::Shape;
use super::{Class, Dtype, Error, Graph, Kind, Node, Unary, encode, promote, shape, source};
use serde_json::{Map, Value, json};

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

    /// Finds a reduction by the name of its method (`ddof` 0).
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Sum,
            Self::Prod,
            Self::Min,
            Self::Max,
            Self::Mean,
            Self::Var { ddof: 0 },
            Self::Std { ddof: 0 },
            Self::Argmin,
            Self::Argmax,
            Self::All,
            Self::Any,
            Self::NanSum,
            Self::NanProd,
            Self::NanMin,
            Self::NanMax,
            Self::NanMean,
            Self::NanArgmin,
            Self::NanArgmax,
            Self::CountNonzero,
        ];
        all.into_iter().find(|op| op.name() == name)
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

    fn result(self, dtype: &Dtype) -> Result<Dtype, Error> {
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
            Self::Var { .. } | Self::Std { .. } if *dtype == Dtype::C64 => Dtype::F32,
            Self::Mean | Self::NanMean | Self::Var { .. } | Self::Std { .. }
                if dtype.is_float() =>
            {
                dtype.clone()
            }
            Self::Mean | Self::NanMean | Self::Var { .. } | Self::Std { .. } => Dtype::F64,
            Self::Argmin
            | Self::Argmax
            | Self::NanArgmin
            | Self::NanArgmax
            | Self::CountNonzero => Dtype::I64,
            Self::All | Self::Any => Dtype::Bool,
        })
    }
}

/// What is added up along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cumulation {
    /// Sums.
    Sum,
    /// Products.
    Prod,
    /// Sums, NaN as 0.
    NanSum,
    /// Products, NaN as 1.
    NanProd,
}

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
    fn positions(&self, ndim: usize) -> Result<Vec<usize>, Error> {
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
        if let Reduction::Var { ddof } | Reduction::Std { ddof } = op {
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
            Reduction::Std { .. } => self.unary(Unary::Sqrt, &reduced),
            _ => Ok(reduced),
        }
    }

    /// `mt.cumsum(x, axis)` and its like.
    pub fn cumulate(&mut self, op: Cumulation, node: &Node, axis: i64) -> Result<Node, Error> {
        let (code, name, shown) = match op {
            Cumulation::Sum => ("tensor.301", "mars.TensorCumsum", "cumsum"),
            Cumulation::Prod => ("tensor.302", "mars.TensorCumprod", "cumprod"),
            Cumulation::NanSum => ("tensor.326", "mars.TensorNanCumsum", "nancumsum"),
            Cumulation::NanProd => ("tensor.327", "mars.TensorNanCumprod", "nancumprod"),
        };
        let Some(own) = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: shown.into(),
                kind: node.kind.as_str(),
            });
        };
        let dtype = Reduction::Sum.result(own)?;
        let axis = shape::axis(axis, node.ndim())?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("axis".into(), json!(axis));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(Class { code, name }, &[node], fields, result))
    }

    /// `mt.clip(x, a_min, a_max)` with plain bounds.
    pub fn clip(
        &mut self,
        node: &Node,
        a_min: &super::Scalar,
        a_max: &super::Scalar,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.184",
            name: "mars.TensorClip",
        };
        let Some(own) = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: "clip".into(),
                kind: node.kind.as_str(),
            });
        };
        let dtype = promote::with_scalar(&promote::with_scalar(own, a_min), a_max);
        let mut fields = Map::new();
        fields.insert("a".into(), encode::reference(node));
        fields.insert("a_min".into(), source::finite("clip", "a_min", a_min)?);
        fields.insert("a_max".into(), source::finite("clip", "a_max", a_max)?);
        fields.insert("dtype".into(), encode::dtype(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(class, &[node], fields, result))
    }
}

/// `axis` as the library sends it: absent for all, an integer or a tuple.
fn axis_field(axes: &Axes, positions: &[usize]) -> Option<Value> {
    match (axes, positions) {
        (Axes::All, _) => None,
        (Axes::One(_), [axis]) => Some(json!(axis)),
        _ => Some(encode::tuple(positions.iter().map(|axis| json!(axis)))),
    }
}

fn reduced(shape: &[Option<u64>], positions: &[usize], keepdims: bool) -> Shape {
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
    use super::{Axes, Dtype, Reduction, reduced};

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
