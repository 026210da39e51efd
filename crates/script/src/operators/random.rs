//! Random tensors. Every source takes the next seed, so that equal text gives equal values.

use super::Owner::Random;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Random],
        "seed",
        "seed=None",
        [
            "Starts the random numbers anew from this seed.",
            "从这个种子重新开始随机数。",
        ],
        seed,
    ),
    call(
        &[Random],
        "rand",
        "*size, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Uniform numbers from 0 up to 1.",
            "0 到 1 之间的均匀随机数。",
        ],
        rand,
    ),
    call(
        &[Random],
        "random_sample",
        "size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Uniform numbers from 0 up to 1.",
            "0 到 1 之间的均匀随机数。",
        ],
        rand,
    )
    .or(&["random", "ranf", "sample"]),
    call(
        &[Random],
        "randn",
        "*size, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of the standard normal distribution.",
            "标准正态分布的随机数。",
        ],
        randn,
    ),
    call(
        &[Random],
        "standard_normal",
        "size=None, chunk_size=None, gpu=False!, dtype=None!",
        [
            "Numbers of the standard normal distribution.",
            "标准正态分布的随机数。",
        ],
        randn,
    ),
    call(
        &[Random],
        "randint",
        "low, high=None, size=None, dtype='l'!, density=None!, chunk_size=None, gpu=False!",
        [
            "Whole numbers from low up to high, which is left out.",
            "从 low 到 high（不含）的随机整数。",
        ],
        randint,
    ),
];

fn seed(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    if let Some(seed) = bound.some("seed") {
        let value = u32::try_from(seed.count()?).map_err(|_| seed.wrong(Wanted::Count))?;
        lowering.start_seeds(value);
    }
    Ok(Value::none())
}

fn size(bound: &Bound<'_>) -> Lowers<Vec<u64>> {
    let size = bound.some("size");
    size.map_or(Ok(Vec::new()), |size| size.shape())
}

fn rand(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| graph.rand(&size, seed))?;
    Ok(Value::Node(made))
}

fn randn(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| graph.randn(&size, seed))?;
    Ok(Value::Node(made))
}

fn randint(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let first = bound.must("low")?.integer()?;
    let (low, high) = match bound.some("high") {
        Some(high) => (first, high.integer()?),
        None => (0, first),
    };
    let (size, seed) = (size(bound)?, lowering.next_seed());
    let made = lowering.chunked(bound, |graph| graph.randint(low, high, &size, seed))?;
    node(made, bound)
}
