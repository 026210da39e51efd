//! Running: `x.execute()`, `session.run(…)`, `print(…)`.

use super::Owner::{DataFrame, Index, Python, Series, Session, Tensor};
use super::{Operator, call};
use mars::v04::graph::Scalar;

use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::modules::Module;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Tensor, DataFrame, Series, Index],
        "execute",
        "self, session=None!, wait=True, fetch=True",
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
        "*self, wait=True, fetch=True",
        [
            "Runs these on the cluster and shows the results.",
            "在集群上运行并显示结果。",
        ],
        execute,
    ),
    call(
        &[Session],
        "as_default",
        "",
        [
            "Makes it the session that runs things; it is already.",
            "设为默认会话；本来就是。",
        ],
        as_default,
    ),
    call(
        &[Python],
        "new_session",
        "endpoint",
        [
            "A session of the cluster at client.endpoint.",
            "client.endpoint 处集群的会话。",
        ],
        new_session,
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
    // The guide says `wait`, the web session of 0.4.0rc1 only knows `fetch`.
    if !bound.flag("wait", true)? || !bound.flag("fetch", true)? {
        lowering.leave_running();
    }
    Ok(given.value.clone())
}

fn as_default(_: &mut Lowering<'_>, _: &Bound<'_>) -> Lowers<Value> {
    Ok(Value::Module(Module::Session))
}

/// The page talks to the cluster of its notebook only: a session elsewhere is refused.
fn new_session(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("endpoint")?;
    let own = lowering.project.endpoint.trim_end_matches('/');
    match given.value {
        Value::Plain(Scalar::Text(url)) if url.trim_end_matches('/') == own => {
            Ok(Value::Module(Module::Session))
        }
        _ => Err(given.wrong(Wanted::Endpoint)),
    }
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
