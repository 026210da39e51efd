//! Running: `x.execute()`, `session.run(…)`, `print(…)`.

use super::Owner::{DataFrame, Index, Python, Series, Session, Tensor};
use super::{Operator, call};
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Tensor, DataFrame, Series, Index],
        "execute",
        "self, session=None!, wait=True",
        [
            "Runs it on the cluster and shows the result.",
            "在集群上运行并显示结果。",
        ],
        execute,
    ),
    call(
        &[Tensor, DataFrame, Series, Index],
        "fetch",
        "self, session=None!",
        [
            "Fetches the result, and runs it first if need be.",
            "取回结果，必要时先运行。",
        ],
        execute,
    ),
    call(
        &[Session],
        "run",
        "*self, wait=True",
        [
            "Runs these on the cluster and shows the results.",
            "在集群上运行并显示结果。",
        ],
        execute,
    ),
    call(
        &[Python],
        "print",
        "**self",
        [
            "Runs these if need be and shows them.",
            "必要时先运行，再显示。",
        ],
        print,
    ),
];

fn execute(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("self")?;
    for node in given.nodes()? {
        lowering.run(&node, bound.at());
    }
    if !bound.flag("wait", true)? {
        lowering.leave_running();
    }
    Ok(given.value.clone())
}

fn print(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.get("self");
    if let Some(Value::Tuple(items)) = given.map(|given| given.value) {
        items
            .iter()
            .for_each(|item| lowering.show(item, bound.at()));
    }
    Ok(Value::none())
}
