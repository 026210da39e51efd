//! Random choices and orders, and distributions of several dimensions.

use super::functions::tensor;
use super::random::state;
use super::{
    Class, Dtype, Error, Graph, Literal, Node, Scalar, constructor, encode, find, promote, source,
};
use serde_json::{Map, Value, json};

/// What `mt.random.choice` chooses of.
#[derive(Clone, Debug)]
pub enum Urn {
    /// The whole numbers from 0 up to this one, which is left out.
    Below(u64),
    /// The elements of a tensor of one axis.
    Of(Box<Node>),
}

impl Graph<'_> {
    /// `mt.random.choice(a, size, replace, p)`.
    pub fn choice(
        &mut self,
        urn: &Urn,
        size: &[u64],
        replace: bool,
        p: Option<&Node>,
        seed: u32,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.53",
            name: "mars.TensorChoice",
        };
        let name = "choice";
        let (field, count, dtype) = match urn {
            Urn::Below(count) => (json!(count), Some(*count), Dtype::I64),
            Urn::Of(node) => {
                let [length] = node.shape.as_slice() else {
                    return Err(source::argument(name, "a", "must have one axis"));
                };
                (
                    encode::reference(node),
                    *length,
                    tensor(name, node)?.clone(),
                )
            }
        };
        let wanted: Option<u64> = size.iter().try_fold(1u64, |all, one| all.checked_mul(*one));
        match count {
            Some(0) => return Err(source::argument(name, "a", "must not be empty")),
            Some(count) if !replace && wanted.is_none_or(|wanted| wanted > count) => {
                let reason = "is more than there are, and replace=False";
                return Err(source::argument(name, "size", reason));
            }
            _ => {}
        }
        let mut own = Map::new();
        own.insert("a".into(), field);
        own.insert("replace".into(), json!(replace));
        let mut inputs: Vec<&Node> = Vec::new();
        if let Urn::Of(node) = urn {
            inputs.push(node);
        }
        if let Some(p) = p {
            if p.shape.as_slice() != [count] {
                return Err(source::argument(name, "p", "must be as long as a"));
            }
            own.insert("p".into(), encode::reference(p));
            inputs.push(p);
        }
        Ok(self.drawn(class, &inputs, size, seed, dtype, own, &[]))
    }

    /// `mt.random.permutation(x, axis)`.
    pub fn permutation(&mut self, node: &Node, axis: i64, seed: u32) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.89",
            name: "mars.TensorPermutation",
        };
        let dtype = tensor("permutation", node)?.clone();
        let at = super::shape::axis(axis, node.ndim())?;
        let own = [
            ("input", encode::reference(node)),
            ("axis", json!(at)),
            ("state", state(seed)),
        ];
        let fields = find::fields(own, Some(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.random.multinomial(n, pvals, size)`.
    pub fn multinomial(
        &mut self,
        n: u64,
        pvals: &[Scalar],
        size: &[u64],
        seed: u32,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.65",
            name: "mars.TensorMultinomial",
        };
        let values = finite("multinomial", "pvals", pvals)?;
        let mut own = Map::new();
        own.insert("n".into(), json!(n));
        own.insert("pvals".into(), encode::tuple(values));
        let inner = [pvals.len() as u64];
        Ok(self.drawn(class, &[], size, seed, Dtype::I64, own, &inner))
    }

    /// `mt.random.dirichlet(alpha, size)`.
    pub fn dirichlet(&mut self, alpha: &[Scalar], size: &[u64], seed: u32) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.54",
            name: "mars.TensorDirichlet",
        };
        let values = finite("dirichlet", "alpha", alpha)?;
        let mut own = Map::new();
        own.insert("alpha".into(), encode::tuple(values));
        let inner = [alpha.len() as u64];
        Ok(self.drawn(class, &[], size, seed, Dtype::F64, own, &inner))
    }

    /// `mt.random.multivariate_normal(mean, cov, size)`.
    pub fn multivariate_normal(
        &mut self,
        mean: &Literal,
        cov: &Literal,
        size: &[u64],
        seed: u32,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.66",
            name: "mars.TensorMultivariateNormal",
        };
        let name = "multivariate_normal";
        let lengths = mean.shape().filter(|shape| shape.len() == 1);
        let lengths =
            lengths.ok_or_else(|| source::argument(name, "mean", "must be a list of numbers"))?;
        let length = lengths.first().copied().unwrap_or(0);
        if cov.shape() != Some(vec![length, length]) {
            return Err(source::argument(
                name,
                "cov",
                "must be a square as wide as mean",
            ));
        }
        let mut own = Map::new();
        for (field, value) in [("mean", mean), ("cov", cov)] {
            let dtype = promote::float_of(&value.dtype());
            own.insert(field.into(), constructor::array(value, &dtype));
        }
        Ok(self.drawn(class, &[], size, seed, Dtype::F64, own, &lengths))
    }

    /// A random tensor of this size, each of whose elements has the shape `inner`.
    #[expect(clippy::too_many_arguments, reason = "what an operand is made of")]
    fn drawn(
        &mut self,
        class: Class,
        inputs: &[&Node],
        size: &[u64],
        seed: u32,
        dtype: Dtype,
        mut fields: Map<String, Value>,
        inner: &[u64],
    ) -> Node {
        let lengths = encode::tuple(size.iter().map(|length| json!(length)));
        fields.insert("size".into(), lengths);
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("state".into(), state(seed));
        fields.insert("gpu".into(), json!(false));
        let result = source::tensor(&[size, inner].concat(), dtype);
        // A random operand carries it even if it has inputs.
        let extra = Some(("raw_chunk_size", self.chunk_size.clone()));
        self.push_with(class, inputs, fields, result, extra)
    }
}

fn finite(name: &str, argument: &'static str, values: &[Scalar]) -> Result<Vec<Value>, Error> {
    let values = values.iter();
    values
        .map(|value| source::finite(name, argument, value))
        .collect()
}
