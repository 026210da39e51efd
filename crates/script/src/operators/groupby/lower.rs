//! How the functions of groups become operands.

use mars::v04::graph::{
    self, Aggregation, FrameReduction, Functions, GroupFunction, Label, Node, Scalar,
};

use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, label, located};
use crate::lower::value::{Chosen, Groups, Value};
use crate::lower::{Lowering, Lowers, no_value};

fn groups<'v>(bound: &'v Bound<'_>) -> Lowers<&'v Groups> {
    let given = bound.must("self")?;
    match given.value {
        Value::Groups(groups) => Ok(groups),
        _ => Err(given.wrong(Wanted::Frame)),
    }
}

/// What the graph builder gave, or its error; a column was looked for in the grouped frame.
fn of(made: Result<Node, graph::Error>, groups: &Groups, bound: &Bound<'_>) -> Lowers<Node> {
    made.map_err(|error| located(error, bound.at(), Some(&groups.frame)))
}

pub(in crate::operators) fn agg(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let func = bound.must("func")?;
    let groups = groups(bound)?;
    if let Value::Plain(Scalar::Text(name)) = func.value
        && name == "size"
    {
        let made = lowering.graph.groupby_size(&groups.frame, &groups.by);
        return of(made, groups, bound).map(Value::Node);
    }
    match aggregation(&func) {
        Ok(aggregation) => aggregate(lowering, groups, aggregation, bound),
        Err(error) => {
            let picked = picked(groups, func.value).ok_or(error)?;
            let made = lowering
                .graph
                .groupby_pick(&groups.frame, &groups.by, &picked);
            let frame = of(made, groups, bound)?;
            one_column(lowering, groups, frame, bound)
        }
    }
}

pub(in crate::operators) fn every(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let reduction = reduction(bound, bound.name())?;
    let aggregation = Aggregation::Every(reduction.into());
    aggregate(lowering, groups(bound)?, aggregation, bound)
}

fn reduction(bound: &Bound<'_>, name: &str) -> Lowers<FrameReduction> {
    FrameReduction::from_name(name).ok_or_else(|| no_value(name, bound))
}

pub(in crate::operators) fn cumulate(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let groups = groups(bound)?;
    let frame = narrowed(lowering, groups, bound)?;
    let made = lowering
        .graph
        .groupby_cumulate(bound.name(), &frame, &groups.by);
    let frame = of(made, groups, bound)?;
    one_column(lowering, groups, frame, bound)
}

pub(in crate::operators) fn cumcount(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let groups = groups(bound)?;
    let ascending = bound.flag("ascending", true)?;
    let made = lowering
        .graph
        .groupby_cumcount(&groups.frame, &groups.by, ascending);
    of(made, groups, bound).map(Value::Node)
}

pub(in crate::operators) fn transform(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let groups = groups(bound)?;
    let func = bound.must("func")?;
    let op = match func.value {
        Value::Plain(Scalar::Text(name)) => FrameReduction::from_name(name),
        _ => None,
    };
    let op = op.ok_or_else(|| func.wrong(Wanted::Aggregation))?;
    let frame = narrowed(lowering, groups, bound)?;
    let made = lowering.graph.groupby_transform(&frame, &groups.by, op);
    let frame = of(made, groups, bound)?;
    one_column(lowering, groups, frame, bound)
}

/// The frame with the columns of the groups and the chosen ones only.
fn narrowed(lowering: &mut Lowering<'_>, groups: &Groups, bound: &Bound<'_>) -> Lowers<Node> {
    let Some(chosen) = chosen(groups) else {
        return Ok(groups.frame.clone());
    };
    let labels: Vec<Label> = groups.by.by.iter().chain(chosen).cloned().collect();
    of(
        lowering.graph.columns(&groups.frame, &labels),
        groups,
        bound,
    )
}

fn chosen(groups: &Groups) -> Option<&[Label]> {
    Some(match groups.columns.as_ref()? {
        Chosen::One(label) => std::slice::from_ref(label),
        Chosen::Several(labels) => labels,
    })
}

fn aggregate(
    lowering: &mut Lowering<'_>,
    groups: &Groups,
    aggregation: Aggregation,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    if let (Some(Chosen::One(label)), Aggregation::Every(Functions::Several(ops))) =
        (&groups.columns, &aggregation)
    {
        let frame = &groups.frame;
        let made = lowering
            .graph
            .groupby_agg_column(frame, &groups.by, label, ops);
        return of(made, groups, bound).map(Value::Node);
    }
    // `groupby("k")["v"].sum()`: only the chosen columns are aggregated.
    let aggregation = match (chosen(groups), aggregation) {
        (Some(labels), Aggregation::Every(functions)) => {
            let pairs = labels
                .iter()
                .map(|label| (label.clone(), functions.clone()));
            Aggregation::Columns(pairs.collect())
        }
        (_, aggregation) => aggregation,
    };
    let made = lowering
        .graph
        .groupby_agg(&groups.frame, &groups.by, &aggregation);
    let frame = of(made, groups, bound)?;
    one_column(lowering, groups, frame, bound)
}

/// A single chosen column is a series; beside the groups it stays a column.
fn one_column(
    lowering: &mut Lowering<'_>,
    groups: &Groups,
    frame: Node,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let made = match &groups.columns {
        Some(Chosen::One(label)) if groups.by.as_index => lowering.graph.column(&frame, label),
        _ => Ok(frame),
    };
    of(made, groups, bound).map(Value::Node)
}

/// `"sum"`, `["sum", "mean"]` or a dict of these by column.
pub(in crate::operators) fn aggregation(func: &Given<'_>) -> Lowers<Aggregation> {
    let wrong = || func.wrong(Wanted::Aggregation);
    match func.value {
        Value::Dict(items) => {
            let pair = |(key, value): &(Value, Value)| label(key).zip(functions(value));
            let pairs = items.iter().map(pair).collect::<Option<Vec<_>>>();
            pairs.map(Aggregation::Columns).ok_or_else(wrong)
        }
        value => functions(value).map(Aggregation::Every).ok_or_else(wrong),
    }
}

/// The name of a function, or a list of names.
fn functions(value: &Value) -> Option<Functions> {
    let one = |value: &Value| match value {
        Value::Plain(Scalar::Text(name)) => FrameReduction::from_name(name),
        _ => None,
    };
    match value {
        Value::List(items) | Value::Tuple(items) => {
            let several: Option<Vec<_>> = items.iter().map(one).collect();
            several.map(Functions::Several)
        }
        value => one(value).map(Functions::One),
    }
}

/// Functions that only pandas knows, by column: `"first"` or `{"v": "first", "w": "sum"}`.
fn picked(groups: &Groups, func: &Value) -> Option<Vec<(Label, GroupFunction)>> {
    let one = |value: &Value| match value {
        Value::Plain(Scalar::Text(name)) => GroupFunction::from_name(name),
        _ => None,
    };
    if let Value::Dict(items) = func {
        let pair = |(key, value): &(Value, Value)| label(key).zip(one(value));
        return items.iter().map(pair).collect();
    }
    let function = one(func)?;
    let columns = groups.frame.columns().iter();
    let wanted = columns.filter(|column| match chosen(groups) {
        Some(chosen) => chosen.contains(&column.label),
        None => {
            let key = groups.by.by.contains(&column.label);
            !key && function.column(&column.dtype).is_some()
        }
    });
    Some(
        wanted
            .map(|column| (column.label.clone(), function))
            .collect(),
    )
}
