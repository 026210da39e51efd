//! Element-by-element functions of `mars.tensor` beside the operators, as tables: what the engine
//! calls each, and which type comes out. Authority: what `mars.tensor` 0.4.0rc1 sends for inputs of
//! every type.

mod table;

use super::binary::elementwise;
use super::{Class, Dtype, Error, Graph, Kind, Node, Operand, encode, promote, shape, source};
use serde_json::{Map, Value, json};

/// A function of one tensor.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name in `mars.tensor`.
    pub name: &'static str,
    code: &'static str,
    class: &'static str,
    rule: Rule,
}

/// A function of two tensors, or of a tensor and a plain value.
#[derive(Debug, PartialEq, Eq)]
pub struct Pairwise {
    /// Its name in `mars.tensor`.
    pub name: &'static str,
    code: &'static str,
    class: &'static str,
    rule: Rule,
}

/// Which type comes out, from the (common) type of what goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// The float that holds it.
    Float,
    /// The same; complex numbers are refused.
    RealFloat,
    /// As it is, True and False as `int8`.
    Number,
    /// As it is.
    Same,
    /// True or False.
    Truth,
    /// The parts of complex numbers; others as they are.
    Part,
    /// At least `float64`, but for single precision.
    Wide,
    /// `float64`.
    Double,
    /// Whole numbers only, True and False as `int8`.
    Whole,
    /// The float that holds the first; the second is a whole number.
    Scaled,
}

impl Rule {
    fn result(self, name: &str, dtype: &Dtype) -> Result<Dtype, Error> {
        let refused = || Error::Elements {
            operator: name.into(),
            dtype: dtype.clone(),
        };
        if !dtype.is_numeric() {
            return Err(refused());
        }
        let number = match dtype {
            Dtype::Bool => Dtype::I8,
            other => other.clone(),
        };
        match self {
            Self::RealFloat | Self::Whole | Self::Scaled if dtype.is_complex() => Err(refused()),
            Self::Whole if dtype.is_float() => Err(refused()),
            Self::Float | Self::RealFloat | Self::Scaled => Ok(promote::float_of(dtype)),
            Self::Number | Self::Whole => Ok(number),
            Self::Same => Ok(dtype.clone()),
            Self::Truth => Ok(Dtype::Bool),
            Self::Part if *dtype == Dtype::C64 => Ok(Dtype::F32),
            Self::Part if dtype.is_complex() => Ok(Dtype::F64),
            Self::Part => Ok(dtype.clone()),
            Self::Wide if dtype.is_float() || dtype.is_complex() => Ok(dtype.clone()),
            Self::Wide | Self::Double => Ok(Dtype::F64),
        }
    }
}

impl Graph<'_> {
    /// A function of one tensor.
    pub fn function(&mut self, function: &Function, node: &Node) -> Result<Node, Error> {
        let own = tensor(function.name, node)?;
        let dtype = function.rule.result(function.name, own)?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        elementwise(&mut fields, &dtype);
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        let class = Class {
            code: function.code,
            name: function.class,
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// A function of two sides, at least one of which is a tensor. `more` are fields of its own.
    pub fn pairwise(
        &mut self,
        function: &Pairwise,
        left: Operand<'_>,
        right: Operand<'_>,
        more: &[(&str, Value)],
    ) -> Result<Node, Error> {
        let name = function.name;
        let (lhs, rhs, common, shape, order) = match (left, right) {
            (Operand::Node(a), Operand::Node(b)) => {
                let (own, other) = (tensor(name, a)?, tensor(name, b)?);
                let common = match function.rule {
                    Rule::Scaled if other.is_integer() => own.clone(),
                    Rule::Scaled => return Err(source::argument(name, "x2", WHOLE)),
                    _ => promote::arrays(own, other),
                };
                let shape = shape::broadcast(name, a, b)?;
                let sides = (encode::reference(a), encode::reference(b));
                (sides.0, sides.1, common, shape, a.order)
            }
            (Operand::Node(node), Operand::Scalar(value)) => {
                let common = promote::with_scalar(tensor(name, node)?, value);
                let value = source::finite(name, "x2", value)?;
                (
                    encode::reference(node),
                    value,
                    common,
                    node.shape.clone(),
                    node.order,
                )
            }
            (Operand::Scalar(value), Operand::Node(node)) => {
                let common = promote::with_scalar(tensor(name, node)?, value);
                let value = source::finite(name, "x1", value)?;
                (
                    value,
                    encode::reference(node),
                    common,
                    node.shape.clone(),
                    node.order,
                )
            }
            (Operand::Scalar(_), Operand::Scalar(_)) => {
                return Err(source::argument(name, "x1", "must be a tensor"));
            }
        };
        let dtype = function.rule.result(name, &common)?;
        let mut fields = Map::new();
        fields.insert("lhs".into(), lhs);
        fields.insert("rhs".into(), rhs);
        elementwise(&mut fields, &dtype);
        for (name, value) in more {
            fields.insert((*name).to_owned(), value.clone());
        }
        let inputs: Vec<&Node> = [left, right]
            .into_iter()
            .filter_map(|side| match side {
                Operand::Node(node) => Some(node),
                Operand::Scalar(_) => None,
            })
            .collect();
        let class = Class {
            code: function.code,
            name: function.class,
        };
        let result = source::tensor_of(shape, dtype, order);
        Ok(self.push(class, &inputs, fields, result))
    }

    /// `mt.angle(x, deg)`: the angle of complex numbers.
    pub fn angle(&mut self, node: &Node, degrees: bool) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.195",
            name: "mars.TensorAngle",
        };
        let dtype = promote::float_of(&Rule::Part.result("angle", tensor("angle", node)?)?);
        let mut fields = Map::new();
        fields.insert("deg".into(), json!(i32::from(degrees)));
        fields.insert("input".into(), encode::reference(node));
        elementwise(&mut fields, &dtype);
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.isclose(a, b, rtol, atol)`.
    pub fn isclose(
        &mut self,
        left: Operand<'_>,
        right: Operand<'_>,
        rtol: f64,
        atol: f64,
    ) -> Result<Node, Error> {
        let Some(function) = Pairwise::named("isclose") else {
            return Err(source::argument("isclose", "a", "is not known"));
        };
        let more = [
            ("rtol", json!(rtol)),
            ("atol", json!(atol)),
            ("equal_nan", json!(false)),
        ];
        // The engine's own code fails on a plain value here.
        let mut node = |side: Operand<'_>| match side {
            Operand::Node(node) => Ok(node.clone()),
            Operand::Scalar(value) => self.scalar(value, None),
        };
        let (left, right) = (node(left)?, node(right)?);
        self.pairwise(function, (&left).into(), (&right).into(), &more)
    }
}

const WHOLE: &str = "must be whole numbers";

/// The type of a tensor's elements.
pub(super) fn tensor<'n>(name: &str, node: &'n Node) -> Result<&'n Dtype, Error> {
    let own = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor);
    own.ok_or_else(|| Error::Kind {
        operator: name.into(),
        kind: node.kind.as_str(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Function, Pairwise};

    #[test]
    fn types_as_the_library_gives_them() {
        let of = |name: &str, dtype: Dtype| {
            let function = Function::named(name).expect("it is listed");
            function.rule.result(name, &dtype)
        };
        assert_eq!(of("arcsin", Dtype::I8), Ok(Dtype::F16));
        assert_eq!(of("arcsin", Dtype::C128), Ok(Dtype::C128));
        assert!(of("cbrt", Dtype::C128).is_err());
        assert_eq!(of("reciprocal", Dtype::Bool), Ok(Dtype::I8));
        assert_eq!(of("real", Dtype::C128), Ok(Dtype::F64));
        assert_eq!(of("sinc", Dtype::I8), Ok(Dtype::F64));
        assert_eq!(of("sinc", Dtype::F32), Ok(Dtype::F32));
        let shift = Pairwise::named("left_shift").expect("it is listed");
        assert!(shift.rule.result("left_shift", &Dtype::F64).is_err());
        assert!(Function::named("nothing").is_none());
    }
}
