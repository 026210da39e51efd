//! The distributions of `mt.random`.

use mars::v04::graph::{Distribution, Operand, Scalar};

use super::Owner::Random;
use super::array::array;
use super::{Operator, call};
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

const fn of(name: &'static str, signature: &'static str, help: [&'static str; 2]) -> Operator {
    call(&[Random], name, signature, help, distribution)
}

pub(super) const TABLE: &[Operator] = &[
    of(
        "uniform",
        "low=0.0, high=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Uniform numbers from low up to high.", "均匀分布的随机数。"],
    ),
    of(
        "normal",
        "loc=0.0, scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a normal distribution.", "正态分布的随机数。"],
    ),
    of(
        "beta",
        "a, b, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a beta distribution.", "贝塔分布的随机数。"],
    ),
    of(
        "binomial",
        "n, p, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["How many of n trials succeed.", "二项分布的随机数。"],
    ),
    of(
        "chisquare",
        "df, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a chi-square distribution.",
            "卡方分布的随机数。",
        ],
    ),
    of(
        "exponential",
        "scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of an exponential distribution.",
            "指数分布的随机数。",
        ],
    ),
    of(
        "f",
        "dfnum, dfden, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of an F distribution.", "F 分布的随机数。"],
    ),
    of(
        "gamma",
        "shape, scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a gamma distribution.", "伽马分布的随机数。"],
    ),
    of(
        "geometric",
        "p, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "How many trials until the first succeeds.",
            "几何分布的随机数。",
        ],
    ),
    of(
        "gumbel",
        "loc=0.0, scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Gumbel distribution.", "耿贝尔分布的随机数。"],
    ),
    of(
        "hypergeometric",
        "ngood, nbad, nsample, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["How many good ones a sample has.", "超几何分布的随机数。"],
    ),
    of(
        "laplace",
        "loc=0.0, scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a Laplace distribution.",
            "拉普拉斯分布的随机数。",
        ],
    ),
    of(
        "logistic",
        "loc=0.0, scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a logistic distribution.",
            "逻辑斯谛分布的随机数。",
        ],
    ),
    of(
        "lognormal",
        "mean=0.0, sigma=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers whose logarithm is normal.",
            "对数正态分布的随机数。",
        ],
    ),
    of(
        "logseries",
        "p, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a logarithmic series.", "对数级数分布的随机数。"],
    ),
    of(
        "negative_binomial",
        "n, p, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "How many trials fail before n succeed.",
            "负二项分布的随机数。",
        ],
    ),
    of(
        "noncentral_chisquare",
        "df, nonc, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a noncentral chi-square distribution.",
            "非中心卡方分布的随机数。",
        ],
    ),
    of(
        "noncentral_f",
        "dfnum, dfden, nonc, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a noncentral F distribution.",
            "非中心 F 分布的随机数。",
        ],
    ),
    of(
        "pareto",
        "a, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Pareto distribution.", "帕累托分布的随机数。"],
    ),
    of(
        "poisson",
        "lam=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Poisson distribution.", "泊松分布的随机数。"],
    ),
    of(
        "power",
        "a, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a power distribution.", "幂分布的随机数。"],
    ),
    of(
        "rayleigh",
        "scale=1.0, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Rayleigh distribution.", "瑞利分布的随机数。"],
    ),
    of(
        "standard_cauchy",
        "size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of the Cauchy distribution.",
            "标准柯西分布的随机数。",
        ],
    ),
    of(
        "standard_exponential",
        "size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of the exponential distribution.",
            "标准指数分布的随机数。",
        ],
    ),
    of(
        "standard_gamma",
        "shape, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a gamma distribution of scale 1.",
            "标准伽马分布的随机数。",
        ],
    ),
    of(
        "standard_t",
        "df, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of Student's distribution.",
            "学生 t 分布的随机数。",
        ],
    ),
    of(
        "triangular",
        "left, mode, right, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of a triangular distribution.",
            "三角分布的随机数。",
        ],
    ),
    of(
        "vonmises",
        "mu, kappa, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Angles of a von Mises distribution.",
            "冯·米塞斯分布的角度。",
        ],
    ),
    of(
        "wald",
        "mean, scale, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Wald distribution.", "瓦尔德分布的随机数。"],
    ),
    of(
        "weibull",
        "a, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Weibull distribution.", "韦布尔分布的随机数。"],
    ),
    of(
        "zipf",
        "a, size=None, chunk_size=None, gpu=False!, dtype=None!",
        ["Numbers of a Zipf distribution.", "齐夫分布的随机数。"],
    ),
];

/// Everything in front of `size` are parameters of the distribution.
fn distribution(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let distribution = Distribution::named(bound.name());
    let distribution = distribution.ok_or_else(|| no_value(bound.name(), bound))?;
    let mut given: Vec<(&'static str, Value)> = Vec::new();
    let before = bound.parameters().take_while(|one| one.name != "size");
    for parameter in before {
        let value = match bound.some(parameter.name) {
            Some(given) => match given.value {
                Value::Node(_) | Value::List(_) => Value::Node(array(lowering, &given)?),
                _ => Value::Plain(given.number()?),
            },
            None => Value::Plain(default(parameter.default)),
        };
        given.push((parameter.name, value));
    }
    let parameters: Vec<(&'static str, Operand<'_>)> = given
        .iter()
        .map(|(name, value)| Ok((*name, operand(value).ok_or_else(|| no_value(name, bound))?)))
        .collect::<Lowers<_>>()?;
    let size = bound.some("size").map(|size| size.shape()).transpose()?;
    let seed = lowering.next_seed();
    let made = lowering.chunked(bound, |graph| {
        graph.distribution(distribution, &parameters, size.as_deref(), seed)
    })?;
    node(made, bound)
}

/// A default as the signature writes it.
fn default(text: Option<&str>) -> Scalar {
    let number = text.and_then(|text| text.parse().ok());
    number.map_or(Scalar::Null, Scalar::Float)
}
