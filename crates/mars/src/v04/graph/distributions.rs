//! The distributions of `mt.random`, as a table. Authority: what `mars.tensor.random` 0.4.0rc1 sends.

use super::functions::tensor;
use super::random::state;
use super::{Class, Dtype, Error, Graph, Node, Operand, encode, shape, source};
use serde_json::{Map, json};

/// A distribution.
#[derive(Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Its name in `mt.random`.
    pub name: &'static str,
    code: &'static str,
    class: &'static str,
    /// Whether it gives whole numbers.
    whole: bool,
}

const fn of(name: &'static str, code: &'static str, class: &'static str) -> Distribution {
    Distribution {
        name,
        code,
        class,
        whole: false,
    }
}

const fn whole(name: &'static str, code: &'static str, class: &'static str) -> Distribution {
    Distribution {
        name,
        code,
        class,
        whole: true,
    }
}

impl Distribution {
    /// Every one.
    pub const ALL: &[Self] = &[
        of("uniform", "tensor.84", "mars.TensorUniform"),
        of("normal", "tensor.70", "mars.TensorNormal"),
        of("beta", "tensor.50", "mars.TensorBeta"),
        whole("binomial", "tensor.51", "mars.TensorBinomial"),
        of("chisquare", "tensor.52", "mars.TensorChisquare"),
        of("exponential", "tensor.55", "mars.TensorExponential"),
        of("f", "tensor.56", "mars.TensorF"),
        of("gamma", "tensor.57", "mars.TensorGamma"),
        whole("geometric", "tensor.58", "mars.TensorGeometric"),
        of("gumbel", "tensor.59", "mars.TensorGumbel"),
        whole("hypergeometric", "tensor.60", "mars.TensorHypergeometric"),
        of("laplace", "tensor.61", "mars.TensorLaplace"),
        of("logistic", "tensor.62", "mars.TensorLogistic"),
        of("lognormal", "tensor.63", "mars.TensorLognormal"),
        whole("logseries", "tensor.64", "mars.TensorLogseries"),
        whole(
            "negative_binomial",
            "tensor.67",
            "mars.TensorNegativeBinomial",
        ),
        of(
            "noncentral_chisquare",
            "tensor.68",
            "mars.TensorNoncentralChisquare",
        ),
        of("noncentral_f", "tensor.69", "mars.TensorNoncentralF"),
        of("pareto", "tensor.71", "mars.TensorPareto"),
        whole("poisson", "tensor.73", "mars.TensorPoisson"),
        of("power", "tensor.74", "mars.TensorRandomPower"),
        of("rayleigh", "tensor.75", "mars.TensorRayleigh"),
        of("standard_cauchy", "tensor.77", "mars.TensorStandardCauchy"),
        of(
            "standard_exponential",
            "tensor.78",
            "mars.TensorStandardExponential",
        ),
        of("standard_gamma", "tensor.79", "mars.TensorStandardGamma"),
        of("standard_t", "tensor.81", "mars.TensorStandardT"),
        of("triangular", "tensor.83", "mars.TensorTriangular"),
        of("vonmises", "tensor.85", "mars.TensorVonmises"),
        of("wald", "tensor.86", "mars.TensorWald"),
        of("weibull", "tensor.87", "mars.TensorWeibull"),
        whole("zipf", "tensor.88", "mars.TensorZipf"),
    ];

    /// The distribution of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL
            .iter()
            .find(|distribution| distribution.name == name)
    }
}

impl Graph<'_> {
    /// Random numbers of a distribution; `parameters` by the names that numpy gives them. Without a
    /// size there are as many as the parameters that are tensors ask for.
    pub fn distribution(
        &mut self,
        distribution: &Distribution,
        parameters: &[(&'static str, Operand<'_>)],
        size: Option<&[u64]>,
        seed: u32,
    ) -> Result<Node, Error> {
        let class = Class {
            code: distribution.code,
            name: distribution.class,
        };
        let name = distribution.name;
        let mut all = common(name, parameters, size)?;
        let mut fields = Map::new();
        let mut inputs: Vec<Node> = Vec::new();
        for (parameter, value) in parameters {
            let value = match value {
                Operand::Scalar(scalar) => source::finite(name, parameter, scalar)?,
                Operand::Node(node) => {
                    let spread = self.spread(name, node, &all.shape)?;
                    let value = encode::reference(&spread);
                    inputs.push(spread);
                    value
                }
            };
            fields.insert((*parameter).to_owned(), value);
        }
        let dtype = match distribution.whole {
            true => Dtype::I64,
            false => Dtype::F64,
        };
        if inputs.is_empty() {
            return Ok(self.random(class, size.unwrap_or_default(), seed, dtype, fields));
        }
        fields.insert("size".into(), encode::shape(&all.shape));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("state".into(), state(seed));
        fields.insert("gpu".into(), json!(false));
        all.dtype = Some(dtype);
        let extra = Some(("raw_chunk_size", self.chunk_size.clone()));
        let inputs: Vec<&Node> = inputs.iter().collect();
        Ok(self.push_with(class, &inputs, fields, all, extra))
    }

    /// A parameter in the shape of the result: the engine fails where it has to spread one itself.
    fn spread(&mut self, name: &str, node: &Node, lengths: &[Option<u64>]) -> Result<Node, Error> {
        if node.shape == lengths {
            return Ok(node.clone());
        }
        let known: Option<Vec<u64>> = lengths.iter().copied().collect();
        let known = known.ok_or_else(|| Error::UnknownShape {
            operator: name.into(),
        })?;
        self.broadcast_to(node, &known)
    }
}

/// A node of the shape that the size and the parameters give.
fn common(
    name: &str,
    parameters: &[(&'static str, Operand<'_>)],
    size: Option<&[u64]>,
) -> Result<Node, Error> {
    let sized = source::tensor(size.unwrap_or_default(), Dtype::F64);
    let mut all = sized.clone();
    for (_, value) in parameters {
        if let Operand::Node(node) = value {
            tensor(name, node)?;
            all.shape = shape::broadcast(name, &all, node)?;
        }
    }
    match size.is_some() && all.shape != sized.shape {
        true => Err(source::argument(name, "size", "does not fit")),
        false => Ok(all),
    }
}
