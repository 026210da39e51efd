//! Data written out in the script: `mt.tensor([[1, 2], [3, 4]])`.

use super::{Class, Dtype, Error, Graph, Node, Scalar, constructor, encode, source};

/// A nested list of plain values.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A single value.
    Scalar(Scalar),
    /// A list of equally deep items.
    List(Vec<Literal>),
}

impl Literal {
    /// The shape, or `None` when lists of one level differ in length or depth.
    pub fn shape(&self) -> Option<Vec<u64>> {
        match self {
            Self::Scalar(_) => Some(Vec::new()),
            Self::List(items) => {
                let mut inner = None;
                for item in items {
                    let shape = item.shape()?;
                    if inner.get_or_insert_with(|| shape.clone()) != &shape {
                        return None;
                    }
                }
                let mut shape = vec![items.len() as u64];
                shape.extend(inner.unwrap_or_default());
                Some(shape)
            }
        }
    }

    /// The dtype that numpy gives these values.
    pub fn dtype(&self) -> Dtype {
        let mut kinds = Kinds::default();
        kinds.add(self);
        kinds.dtype()
    }
}

/// Which kinds of values a literal holds.
#[derive(Default)]
struct Kinds {
    null: bool,
    bool: bool,
    int: bool,
    float: bool,
    text: Option<u32>,
}

impl Kinds {
    fn add(&mut self, literal: &Literal) {
        match literal {
            Literal::List(items) => items.iter().for_each(|item| self.add(item)),
            Literal::Scalar(scalar) => self.add_scalar(scalar),
        }
    }

    fn add_scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Null => self.null = true,
            Scalar::Bool(_) => self.bool = true,
            Scalar::Int(_) => self.int = true,
            Scalar::Float(_) => self.float = true,
            Scalar::Text(text) => {
                let width = u32::try_from(text.chars().count())
                    .unwrap_or(u32::MAX)
                    .max(1);
                self.text = Some(self.text.unwrap_or(0).max(width));
            }
        }
    }

    fn dtype(&self) -> Dtype {
        let numeric = self.bool || self.int || self.float;
        match (self.null, self.text) {
            (true, _) => Dtype::Object,
            // numpy would turn the numbers into text; objects keep them as they are.
            (false, Some(_)) if numeric => Dtype::Object,
            (false, Some(width)) => Dtype::Text(width),
            (false, None) if self.float => Dtype::F64,
            (false, None) if self.int => Dtype::I64,
            (false, None) if self.bool => Dtype::Bool,
            (false, None) => Dtype::F64,
        }
    }
}

impl Graph<'_> {
    /// `mt.tensor(data, dtype)`.
    pub fn tensor(&mut self, data: &Literal, dtype: Option<Dtype>) -> Result<Node, Error> {
        let shape = data.shape().ok_or_else(|| Error::Argument {
            operator: "tensor".into(),
            argument: "data",
            reason: "holds lists of different lengths".into(),
        })?;
        let dtype = dtype.unwrap_or_else(|| data.dtype());
        let class = match shape.as_slice() {
            [] => Class {
                code: "tensor.1",
                name: "mars.Scalar",
            },
            _ => Class {
                code: "tensor.2",
                name: "mars.ArrayDataSource",
            },
        };
        let mut fields = serde_json::Map::new();
        fields.insert("data".into(), constructor::array(data, &dtype));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("gpu".into(), false.into());
        Ok(self.push(class, &[], fields, source::tensor(&shape, dtype)))
    }

    /// A 0-d tensor that holds a plain value.
    pub fn scalar(&mut self, value: &Scalar, dtype: Option<Dtype>) -> Result<Node, Error> {
        self.tensor(&Literal::Scalar(value.clone()), dtype)
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Literal, Scalar};

    fn list(values: &[i64]) -> Literal {
        Literal::List(
            values
                .iter()
                .map(|&v| Literal::Scalar(Scalar::Int(v)))
                .collect(),
        )
    }

    #[test]
    fn shapes_and_ragged_lists() {
        let even = Literal::List(vec![list(&[1, 2, 3]), list(&[4, 5, 6])]);
        assert_eq!(even.shape(), Some(vec![2, 3]));
        let ragged = Literal::List(vec![list(&[1, 2, 3]), list(&[4])]);
        assert_eq!(ragged.shape(), None);
        assert_eq!(Literal::List(vec![]).shape(), Some(vec![0]));
    }

    #[test]
    fn dtypes_as_numpy_gives_them() {
        assert_eq!(list(&[1]).dtype(), Dtype::I64);
        assert_eq!(Literal::List(vec![]).dtype(), Dtype::F64);
        let text = Literal::List(vec![
            Literal::Scalar(Scalar::Text("ab".into())),
            Literal::Scalar(Scalar::Text("中文字".into())),
        ]);
        assert_eq!(text.dtype(), Dtype::Text(3));
    }
}
