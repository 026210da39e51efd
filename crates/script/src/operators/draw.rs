//! Random choices and orders, and distributions of several dimensions.

use mars::v04::graph::{Node, Scalar, Urn};

use super::Owner::Random;
use super::array::array;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Random],
        "choice",
        "a, size=None, replace=True, p=None, chunk_size=None, gpu=False!",
        [
            "Elements chosen at random, or whole numbers below a.",
            "随机选取元素，或小于 a 的整数。",
        ],
        choice,
    ),
    call(
        &[Random],
        "permutation",
        "x, axis=0, chunk_size=None",
        [
            "The elements, or the whole numbers below x, in a random order.",
            "随机排列的元素，或小于 x 的整数。",
        ],
        permutation,
    ),
    call(
        &[Random],
        "multinomial",
        "n, pvals, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "How often each of several outcomes comes in n trials.",
            "n 次试验中各种结果出现的次数。",
        ],
        multinomial,
    ),
    call(
        &[Random],
        "dirichlet",
        "alpha, size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Parts of 1 of a Dirichlet distribution.",
            "狄利克雷分布的随机数。",
        ],
        dirichlet,
    ),
    call(
        &[Random],
        "multivariate_normal",
        "mean, cov, size=None, check_valid=None!, tol=None!, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Vectors of a normal distribution of several dimensions.",
            "多元正态分布的随机向量。",
        ],
        multivariate_normal,
    ),
];

fn size(bound: &Bound<'_>) -> Lowers<Vec<u64>> {
    let size = bound.some("size");
    size.map_or(Ok(Vec::new()), |size| size.shape())
}

fn choice(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("a")?;
    let urn = match given.value {
        Value::Plain(_) => Urn::Below(given.count()?),
        _ => Urn::Of(Box::new(array(lowering, &given)?)),
    };
    let p = bound.some("p").map(|p| array(lowering, &p)).transpose()?;
    let replace = bound.flag("replace", true)?;
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| {
        graph.choice(&urn, &size, replace, p.as_ref(), seed)
    })?;
    node(made, bound)
}

fn permutation(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("x")?;
    let of: Node = match given.value {
        Value::Plain(_) => {
            let stop = Scalar::Int(given.integer()?);
            let (start, step) = (Scalar::Int(0), Scalar::Int(1));
            let made = lowering.chunked(bound, |graph| graph.arange(&start, &stop, &step, None))?;
            made.map_err(|error| located(error, bound.at(), None))?
        }
        _ => array(lowering, &given)?,
    };
    let axis = bound.integer("axis", 0)?;
    let seed = lowering.next_seed();
    node(lowering.graph.permutation(&of, axis, seed), bound)
}

fn multinomial(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let n = bound.must("n")?.count()?;
    let pvals = bound.must("pvals")?.scalars()?;
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| graph.multinomial(n, &pvals, &size, seed))?;
    node(made, bound)
}

fn dirichlet(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let alpha = bound.must("alpha")?.scalars()?;
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| graph.dirichlet(&alpha, &size, seed))?;
    node(made, bound)
}

fn multivariate_normal(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (mean, cov) = (bound.must("mean")?, bound.must("cov")?);
    let means = mean
        .value
        .literal()
        .ok_or_else(|| mean.wrong(Wanted::Values))?;
    let covs = cov
        .value
        .literal()
        .ok_or_else(|| cov.wrong(Wanted::Values))?;
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| {
        graph.multivariate_normal(&means, &covs, &size, seed)
    })?;
    node(made, bound)
}
