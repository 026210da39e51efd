//! MaxCompute's functions. Those that the engine has with the same meaning are taken from it by name;
//! the others are in the files below, one for each family.

mod aggregate;
mod arithmetic;
mod casts;
mod collections;
mod dates;
mod hashes;
mod json;
mod math;
mod regexes;
mod scalar;
mod strings;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use datafusion::functions_aggregate::all_default_aggregate_functions;
use datafusion::functions_window::all_default_window_functions;
use datafusion::logical_expr::{AggregateUDF, Expr, HigherOrderUDF, ScalarUDF, WindowUDF, lit};

use crate::dialect::CAST;
use crate::rewrite::TABLE_FUNCTIONS;

pub(crate) use arithmetic::{PRODUCT, SUM, too_large};
use scalar::Scalar;

/// Scalar functions that mean the same in the engine.
const SAME: [&str; 24] = [
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "cos",
    "cosh",
    "cot",
    "degrees",
    "exp",
    "factorial",
    "gcd",
    "ln",
    "log2",
    "log10",
    "pi",
    "radians",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "coalesce",
    "nullif",
];

/// Aggregates that mean the same in the engine, or that calls are rewritten to.
const AGGREGATES: [&str; 24] = [
    "approx_distinct",
    "array_agg",
    "avg",
    "bit_and",
    "bit_or",
    "bit_xor",
    "bool_and",
    "bool_or",
    "corr",
    "count",
    "covar_pop",
    "covar_samp",
    "first_value",
    "last_value",
    "max",
    "median",
    "min",
    "nth_value",
    "percentile_cont",
    "stddev_pop",
    "string_agg",
    "sum",
    "var_pop",
    "grouping",
];

/// Further aggregates under the names that the engine gives them.
const SAMPLED: [(&str, &str); 2] = [("stddev_samp", "stddev"), ("var_samp", "var")];

static SCALAR: LazyLock<HashMap<String, Arc<ScalarUDF>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Arc<ScalarUDF>> = HashMap::new();
    for function in datafusion::functions::all_default_functions() {
        let names =
            std::iter::once(function.name()).chain(function.aliases().iter().map(String::as_str));
        for name in names.filter(|name| SAME.contains(name)) {
            all.insert(name.to_owned(), function.clone());
        }
    }
    for function in own() {
        let udf = Arc::new(ScalarUDF::new_from_impl(Scalar::new(function)));
        for name in std::iter::once(&function.name).chain(function.aliases) {
            all.insert((*name).to_owned(), udf.clone());
        }
    }
    all
});

/// The functions of this crate.
fn own() -> impl Iterator<Item = &'static scalar::Function> {
    let families = [
        arithmetic::FUNCTIONS,
        casts::FUNCTIONS,
        strings::FUNCTIONS,
        regexes::FUNCTIONS,
        dates::FUNCTIONS,
        math::FUNCTIONS,
        json::FUNCTIONS,
        hashes::FUNCTIONS,
        collections::FUNCTIONS,
    ];
    families.into_iter().flatten()
}

/// How many arguments a function of this crate takes, if not these many.
pub(crate) fn refuses(name: &str, given: usize) -> Option<String> {
    own()
        .find(|function| function.name == name || function.aliases.contains(&name))
        .and_then(|function| function.refuses(given))
}

/// A function over lambdas.
pub(crate) fn higher_order(name: &str) -> Option<Arc<HigherOrderUDF>> {
    HIGHER_ORDER
        .iter()
        .find(|function| function.name() == name)
        .cloned()
}

static HIGHER_ORDER: LazyLock<Vec<Arc<HigherOrderUDF>>> = LazyLock::new(|| {
    use datafusion::functions_nested::{array_any_match, array_filter, array_transform};
    vec![
        array_transform::array_transform_higher_order_function(),
        array_filter::array_filter_higher_order_function(),
        array_any_match::array_any_match_higher_order_function(),
        Arc::new(HigherOrderUDF::new_from_impl(aggregate::Aggregate::new())),
    ]
});

/// The names of functions that are rewritten to others, as users call them.
const REWRITTEN: [&str; 30] = [
    "aggregate",
    "all_match",
    "any_match",
    "any_value",
    "arg_max",
    "arg_min",
    "array_reduce",
    "cast",
    "collect_list",
    "collect_set",
    "count_if",
    "decode",
    "filter",
    "grouping_id",
    "if",
    "ifnull",
    "max_by",
    "max_pt",
    "min_by",
    "nvl",
    "nvl2",
    "percentile",
    "percentile_approx",
    "stddev",
    "stddev_samp",
    "transform",
    "var_samp",
    "variance",
    "variance_samp",
    "wm_concat",
];

/// The scalar functions. Every name of a function is there once.
pub(crate) fn scalar() -> Vec<Arc<ScalarUDF>> {
    let mut all: Vec<_> = SCALAR.values().cloned().collect();
    all.sort_by(|a, b| a.name().cmp(b.name()));
    all.dedup_by(|a, b| a.name() == b.name());
    all
}

/// The aggregates.
pub(crate) fn aggregate() -> Vec<Arc<AggregateUDF>> {
    let sampled = |name: &str| {
        SAMPLED
            .iter()
            .any(|(own, engine)| *own == name || *engine == name)
    };
    all_default_aggregate_functions()
        .into_iter()
        .filter(|function| AGGREGATES.contains(&function.name()) || sampled(function.name()))
        .collect()
}

/// The window functions.
pub(crate) fn window() -> Vec<Arc<WindowUDF>> {
    all_default_window_functions()
}

/// Whether a function has no meaning without a window.
pub(crate) fn needs_window(name: &str) -> bool {
    const ONLY: [&str; 8] = [
        "cume_dist",
        "dense_rank",
        "lag",
        "lead",
        "ntile",
        "percent_rank",
        "rank",
        "row_number",
    ];
    ONLY.contains(&name)
}

/// The names that a user may call, in order.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = SCALAR
        .keys()
        .filter(|name| !name.starts_with('$'))
        .cloned()
        .chain(
            aggregate()
                .iter()
                .map(|function| function.name().to_owned()),
        )
        .chain(window().iter().map(|function| function.name().to_owned()))
        .chain(
            REWRITTEN
                .into_iter()
                .chain(TABLE_FUNCTIONS)
                .map(str::to_owned),
        )
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A call of a function of this crate.
pub(crate) fn by_name(name: &str, args: Vec<Expr>) -> Expr {
    match SCALAR.get(name) {
        Some(function) => function.call(args),
        None => lit(datafusion::common::ScalarValue::Null),
    }
}

/// The value as another type; the statement fails where that cannot be.
pub(crate) fn cast(value: Expr, kind: &str) -> Expr {
    by_name(CAST, vec![value, lit(kind)])
}

/// The value as another type, NULL where that cannot be.
pub(crate) fn try_cast(value: Expr, kind: &str) -> Expr {
    by_name("$try", vec![value, lit(kind)])
}
