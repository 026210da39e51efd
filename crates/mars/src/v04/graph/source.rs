//! Tensors that come from nothing: ones, zeros, full, arange, linspace, eye.

use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Order, Rows, Scalar, encode, promote};
use serde_json::{Map, Value, json};

/// A tensor node that has no keys yet.
pub(super) fn tensor(shape: &[u64], dtype: Dtype) -> Node {
    tensor_of(
        shape.iter().map(|&length| Some(length)).collect(),
        dtype,
        Order::C,
    )
}

/// A tensor node that has no keys yet; some lengths may be unknown.
pub(super) fn tensor_of(shape: Vec<Option<u64>>, dtype: Dtype, order: Order) -> Node {
    Node {
        key: String::new(),
        id: String::new(),
        kind: Kind::Tensor,
        shape,
        dtype: Some(dtype),
        order,
        columns: Vec::new(),
        name: Label::Null,
        rows: Rows::Range {
            start: 0,
            stop: 0,
            step: 1,
        },
    }
}

impl Graph<'_> {
    /// `mt.ones(shape, dtype)`.
    pub fn ones(&mut self, shape: &[u64], dtype: Dtype) -> Node {
        let class = Class {
            code: "tensor.3",
            name: "mars.TensorOnes",
        };
        self.filled(class, shape, dtype, None)
    }

    /// `mt.zeros(shape, dtype)`.
    pub fn zeros(&mut self, shape: &[u64], dtype: Dtype) -> Node {
        let class = Class {
            code: "tensor.5",
            name: "mars.TensorZeros",
        };
        self.filled(class, shape, dtype, None)
    }

    /// `mt.empty(shape, dtype)`: nobody says what it holds.
    pub fn empty(&mut self, shape: &[u64], dtype: Dtype) -> Node {
        let class = Class {
            code: "tensor.7",
            name: "mars.TensorEmpty",
        };
        self.filled(class, shape, dtype, None)
    }

    /// `mt.full(shape, fill_value, dtype)`.
    pub fn full(
        &mut self,
        shape: &[u64],
        fill_value: &Scalar,
        dtype: Option<Dtype>,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.9",
            name: "mars.TensorFull",
        };
        let value = finite("full", "fill_value", fill_value)?;
        let dtype = dtype.unwrap_or_else(|| promote::of_scalar(fill_value));
        Ok(self.filled(class, shape, dtype, Some(value)))
    }

    fn filled(&mut self, class: Class, shape: &[u64], dtype: Dtype, value: Option<Value>) -> Node {
        let mut fields = Map::new();
        if let Some(value) = value {
            fields.insert("fill_value".into(), value);
        }
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("order".into(), json!("C"));
        fields.insert("gpu".into(), json!(false));
        self.push(class, &[], fields, tensor(shape, dtype))
    }

    /// `mt.arange(start, stop, step, dtype)`.
    pub fn arange(
        &mut self,
        start: &Scalar,
        stop: &Scalar,
        step: &Scalar,
        dtype: Option<Dtype>,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.10",
            name: "mars.TensorArange",
        };
        let ends = [start, stop, step].map(|end| finite("arange", "range", end));
        let [Ok(first), Ok(last), Ok(by)] = ends else {
            return Err(argument("arange", "range", "must be finite"));
        };
        let length = range_length(start, stop, step)
            .ok_or_else(|| argument("arange", "step", "makes a range without end"))?;
        let floats = [start, stop, step]
            .iter()
            .any(|end| matches!(end, Scalar::Float(_)));
        let natural = if floats { Dtype::F64 } else { Dtype::I64 };
        let dtype = dtype.unwrap_or(natural);
        let mut fields = Map::new();
        fields.insert("start".into(), first);
        fields.insert("stop".into(), last);
        fields.insert("step".into(), by);
        fields.insert("dtype".into(), encode::dtype(&dtype));
        Ok(self.push(class, &[], fields, tensor(&[length], dtype)))
    }

    /// `mt.linspace(start, stop, num, endpoint)`.
    pub fn linspace(
        &mut self,
        start: &Scalar,
        stop: &Scalar,
        num: u64,
        endpoint: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.14",
            name: "mars.TensorLinspace",
        };
        let mut fields = Map::new();
        fields.insert("start".into(), finite("linspace", "start", start)?);
        fields.insert("stop".into(), finite("linspace", "stop", stop)?);
        fields.insert("num".into(), json!(num));
        fields.insert("endpoint".into(), json!(endpoint));
        fields.insert("dtype".into(), encode::dtype(&Dtype::F64));
        fields.insert("gpu".into(), json!(false));
        Ok(self.push(class, &[], fields, tensor(&[num], Dtype::F64)))
    }

    /// `mt.eye(rows, columns, k)`: ones on the k-th diagonal.
    pub fn eye(&mut self, rows: u64, columns: Option<u64>, k: i64, dtype: Dtype) -> Node {
        let class = Class {
            code: "tensor.13",
            name: "mars.TensorEye",
        };
        let mut fields = Map::new();
        fields.insert("k".into(), json!(k));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("order".into(), json!("C"));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        self.push(
            class,
            &[],
            fields,
            tensor(&[rows, columns.unwrap_or(rows)], dtype),
        )
    }
}

/// A number that JSON can carry.
pub(super) fn finite(operator: &str, name: &'static str, scalar: &Scalar) -> Result<Value, Error> {
    match scalar {
        Scalar::Float(number) if !number.is_finite() => {
            Err(argument(operator, name, "must be finite"))
        }
        Scalar::Null | Scalar::Text(_) => Err(argument(operator, name, "must be a number")),
        Scalar::Bool(_) | Scalar::Int(_) | Scalar::Float(_) => Ok(encode::scalar(scalar)),
    }
}

/// A plain value that is there, and finite if it is a number.
pub(super) fn present(operator: &str, name: &'static str, scalar: &Scalar) -> Result<Value, Error> {
    match scalar {
        Scalar::Null => Err(argument(operator, name, "must not be None")),
        Scalar::Text(_) => Ok(encode::scalar(scalar)),
        number => finite(operator, name, number),
    }
}

pub(super) fn argument(operator: &str, argument: &'static str, reason: &str) -> Error {
    Error::Argument {
        operator: operator.into(),
        argument,
        reason: reason.into(),
    }
}

/// `ceil((stop - start) / step)`, exact for integers; `None` for a step of zero.
fn range_length(start: &Scalar, stop: &Scalar, step: &Scalar) -> Option<u64> {
    if let (Scalar::Int(start), Scalar::Int(stop), Scalar::Int(step)) = (start, stop, step) {
        let (span, step) = (i128::from(*stop) - i128::from(*start), i128::from(*step));
        if step == 0 {
            return None;
        }
        let steps = if step > 0 {
            (span + step - 1).div_euclid(step)
        } else {
            (-span - step - 1).div_euclid(-step)
        };
        return u64::try_from(steps.max(0)).ok();
    }
    let number = |scalar: &Scalar| match scalar {
        Scalar::Int(value) => Some(*value as f64),
        Scalar::Float(value) => Some(*value),
        Scalar::Bool(value) => Some(f64::from(u8::from(*value))),
        Scalar::Null | Scalar::Text(_) => None,
    };
    let length = ((number(stop)? - number(start)?) / number(step)?).ceil();
    // 2^53: longer ranges of floats have no exact length.
    (length.is_finite() && length < 9.007_199_254_740_992e15).then(|| length.max(0.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::{Scalar, range_length};

    #[test]
    fn lengths_of_ranges() {
        let int = |a, b, c| range_length(&Scalar::Int(a), &Scalar::Int(b), &Scalar::Int(c));
        assert_eq!(int(0, 10, 1), Some(10));
        assert_eq!(int(0, 10, 3), Some(4));
        assert_eq!(int(10, 0, -3), Some(4));
        assert_eq!(int(10, 0, 3), Some(0));
        assert_eq!(int(0, 10, 0), None);
        assert_eq!(int(i64::MIN, i64::MAX, 1), Some(u64::MAX));
        let float = range_length(&Scalar::Int(0), &Scalar::Int(10), &Scalar::Float(2.5));
        assert_eq!(float, Some(4));
    }
}
