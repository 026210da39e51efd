//! The distributions of `mt.random`, as a table. Authority: what `mars.tensor.random` 0.4.0rc1 sends.

use super::{Class, Dtype, Error, Graph, Node, Scalar, source};
use serde_json::Map;

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
    /// Random numbers of a distribution; `parameters` by the names that numpy gives them.
    pub fn distribution(
        &mut self,
        distribution: &Distribution,
        parameters: &[(&'static str, Scalar)],
        size: &[u64],
        seed: u32,
    ) -> Result<Node, Error> {
        let class = Class {
            code: distribution.code,
            name: distribution.class,
        };
        let mut fields = Map::new();
        for (name, value) in parameters {
            let value = source::finite(distribution.name, name, value)?;
            fields.insert((*name).to_owned(), value);
        }
        let dtype = match distribution.whole {
            true => Dtype::I64,
            false => Dtype::F64,
        };
        Ok(self.random(class, size, seed, dtype, fields))
    }
}
