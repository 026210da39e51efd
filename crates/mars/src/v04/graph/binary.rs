//! Operations of two operands: arithmetic, comparison, bitwise, maximum and minimum.
//!
//! On tensors here; on frames and series in `frame_binary`.

use super::{Class, Dtype, Error, Graph, Kind, Node, Operand, Order, Scalar, encode};
use super::{promote, shape, source};
use serde_json::{Map, Value, json};

/// An operation of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    TrueDiv,
    /// `//`
    FloorDiv,
    /// `**`
    Power,
    /// `%`
    Mod,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `mt.maximum`
    Maximum,
    /// `mt.minimum`
    Minimum,
}

impl Binary {
    /// The operator as a user writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::TrueDiv => "/",
            Self::FloorDiv => "//",
            Self::Power => "**",
            Self::Mod => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::Maximum => "maximum",
            Self::Minimum => "minimum",
        }
    }

    pub(super) fn is_comparison(self) -> bool {
        use Binary::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        matches!(
            self,
            Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual
        )
    }

    pub(super) fn is_bitwise(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Xor)
    }

    fn class(self) -> Class {
        let (code, name) = match self {
            Self::Add => ("tensor.101", "mars.TensorAdd"),
            Self::Subtract => ("tensor.102", "mars.TensorSubtract"),
            Self::Multiply => ("tensor.103", "mars.TensorMultiply"),
            Self::TrueDiv => ("tensor.105", "mars.TensorTrueDiv"),
            Self::FloorDiv => ("tensor.106", "mars.TensorFloorDiv"),
            Self::Power => ("tensor.107", "mars.TensorPower"),
            Self::Mod => ("tensor.108", "mars.TensorMod"),
            Self::Equal => ("tensor.131", "mars.TensorEqual"),
            Self::NotEqual => ("tensor.132", "mars.TensorNotEqual"),
            Self::Less => ("tensor.133", "mars.TensorLessThan"),
            Self::LessEqual => ("tensor.134", "mars.TensorLessEqual"),
            Self::Greater => ("tensor.135", "mars.TensorGreaterThan"),
            Self::GreaterEqual => ("tensor.136", "mars.TensorGreaterEqual"),
            Self::And => ("tensor.153", "mars.TensorBitand"),
            Self::Or => ("tensor.154", "mars.TensorBitor"),
            Self::Xor => ("tensor.155", "mars.TensorBitxor"),
            Self::Maximum => ("tensor.163", "mars.TensorMaximum"),
            Self::Minimum => ("tensor.164", "mars.TensorMinimum"),
        };
        Class { code, name }
    }

    /// The result's type, from the common type of both sides.
    pub(super) fn result(self, common: Dtype) -> Result<Dtype, Error> {
        use Dtype::{Bool, Datetime, F64, I8, Timedelta};
        let refused = || Error::Elements {
            operator: self.symbol().into(),
            dtype: common.clone(),
        };
        match self {
            Self::And | Self::Or | Self::Xor if common == Bool || common.is_integer() => Ok(common),
            Self::And | Self::Or | Self::Xor => Err(refused()),
            op if op.is_comparison() => match common {
                Dtype::Text(_) => Err(refused()),
                _ => Ok(Bool),
            },
            Self::Subtract if common == Bool => Err(refused()),
            Self::Subtract if common == Datetime => Ok(Timedelta),
            Self::Add | Self::Subtract | Self::Maximum | Self::Minimum if common == Timedelta => {
                Ok(common)
            }
            Self::Maximum | Self::Minimum if common == Datetime => Ok(common),
            _ if common == Dtype::Object => Ok(common),
            _ if !common.is_numeric() => Err(refused()),
            Self::TrueDiv if common == Bool || common.is_integer() => Ok(F64),
            Self::FloorDiv | Self::Mod | Self::Power if common == Bool => Ok(I8),
            Self::FloorDiv | Self::Mod if common.is_complex() => Err(refused()),
            _ => Ok(common),
        }
    }
}

/// The fields that every elementwise operation carries.
pub(super) fn elementwise(fields: &mut Map<String, Value>, dtype: &Dtype) {
    fields.insert("casting".into(), json!("same_kind"));
    fields.insert("order".into(), json!("K"));
    let warn = [
        ("divide", "warn"),
        ("over", "warn"),
        ("under", "ignore"),
        ("invalid", "warn"),
    ];
    let err = encode::dict(warn.map(|(name, act)| (name, json!(act))));
    fields.insert("err".into(), err);
    fields.insert("dtype".into(), encode::dtype(dtype));
    fields.insert("sparse".into(), json!(false));
    fields.insert("gpu".into(), json!(false));
}

impl Graph<'_> {
    /// `left op right`, for any mix of tensors, frames, series and plain values with one node.
    pub fn binary(
        &mut self,
        op: Binary,
        left: Operand<'_>,
        right: Operand<'_>,
    ) -> Result<Node, Error> {
        match (left, right) {
            (Operand::Node(a), Operand::Node(b))
                if a.kind == Kind::Tensor && b.kind == Kind::Tensor =>
            {
                self.tensors(op, a, b)
            }
            (Operand::Node(node), Operand::Scalar(value)) if node.kind == Kind::Tensor => {
                self.tensor_and_value(op, node, value, false)
            }
            (Operand::Scalar(value), Operand::Node(node)) if node.kind == Kind::Tensor => {
                self.tensor_and_value(op, node, value, true)
            }
            (Operand::Scalar(a), Operand::Scalar(_)) => {
                let a = self.scalar(a, None)?;
                self.binary(op, Operand::Node(&a), right)
            }
            _ => self.frame_binary(op, left, right),
        }
    }

    fn tensors(&mut self, op: Binary, left: &Node, right: &Node) -> Result<Node, Error> {
        let shape = shape::broadcast(op.symbol(), left, right)?;
        let (Some(a), Some(b)) = (&left.dtype, &right.dtype) else {
            return Err(Error::Kind {
                operator: op.symbol().into(),
                kind: left.kind.as_str(),
            });
        };
        let dtype = op.result(promote::arrays(a, b))?;
        let both_f = left.order == Order::F && right.order == Order::F;
        let order = if both_f { Order::F } else { Order::C };
        let mut fields = Map::new();
        fields.insert("lhs".into(), encode::reference(left));
        fields.insert("rhs".into(), encode::reference(right));
        elementwise(&mut fields, &dtype);
        let node = source::tensor_of(shape, dtype, order);
        Ok(self.push(op.class(), &[left, right], fields, node))
    }

    fn tensor_and_value(
        &mut self,
        op: Binary,
        node: &Node,
        value: &Scalar,
        reversed: bool,
    ) -> Result<Node, Error> {
        if let Scalar::Float(number) = value
            && !number.is_finite()
        {
            // JSON has no such number; a 0-d tensor carries it.
            let value = self.scalar(value, None)?;
            let (left, right) = if reversed {
                (&value, node)
            } else {
                (node, &value)
            };
            return self.tensors(op, left, right);
        }
        let own = node.dtype.clone().unwrap_or(Dtype::Object);
        let dtype = op.result(promote::with_scalar(&own, value))?;
        let (name, other) = if reversed {
            ("rhs", "lhs")
        } else {
            ("lhs", "rhs")
        };
        let mut fields = Map::new();
        fields.insert(name.into(), encode::reference(node));
        fields.insert(other.into(), encode::scalar(value));
        elementwise(&mut fields, &dtype);
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(op.class(), &[node], fields, result))
    }
}

#[cfg(test)]
mod tests {
    use super::{Binary, Dtype};

    #[test]
    fn results_have_the_types_of_numpy() {
        assert_eq!(Binary::TrueDiv.result(Dtype::I8), Ok(Dtype::F64));
        assert_eq!(Binary::TrueDiv.result(Dtype::F32), Ok(Dtype::F32));
        assert_eq!(Binary::Add.result(Dtype::Bool), Ok(Dtype::Bool));
        assert_eq!(Binary::Power.result(Dtype::Bool), Ok(Dtype::I8));
        assert_eq!(Binary::Less.result(Dtype::F64), Ok(Dtype::Bool));
        assert_eq!(
            Binary::Subtract.result(Dtype::Datetime),
            Ok(Dtype::Timedelta)
        );
        assert!(Binary::And.result(Dtype::F64).is_err());
        assert!(Binary::Subtract.result(Dtype::Bool).is_err());
        assert!(Binary::Add.result(Dtype::Text(3)).is_err());
    }
}
