//! The operators of the language, in one table: what a script may call, with which arguments, what
//! it does in a few words, and how it becomes operands. The lowering, the completion, the help and
//! the test that runs every operator on the engine all read this table.
//!
//! Authority: `mars.tensor` and `mars.dataframe` of 0.4.0rc1; parameters have their names there.

mod arrange;
mod array;
mod assemble;
mod atleast;
mod compare;
mod covariance;
mod creation;
mod decompose;
mod distributions;
mod draw;
mod find;
mod frame;
mod frame_along;
mod frame_arithmetic;
mod frame_figures;
mod frame_file;
mod frame_join;
mod frame_labels;
mod frame_missing;
mod frame_sort;
mod frame_source;
mod grid;
mod groupby;
mod linalg;
mod math;
mod odps;
mod order;
mod pick;
mod random;
mod reduction;
mod rolling;
mod run;
mod shape;
pub(crate) mod signature;
mod split;
mod statistics;
mod text;
mod ufunc;
mod unions;

use mars::v04::graph::{Binary, Kind, Reduction, Unary};

use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};
pub use signature::Parameter;

/// Who has an operator: a module, or values of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A name of Python's own, such as `abs`.
    Python,
    /// `mars.tensor`, usually `mt`.
    Mt,
    /// `mt.random`.
    Random,
    /// `mt.linalg`.
    Linalg,
    /// `mars.dataframe`, usually `md`.
    Md,
    /// `o`, the project.
    Project,
    /// `client`, the cluster.
    Client,
    /// `session`, as `client.session` gives it.
    Session,
    /// Any tensor.
    Tensor,
    /// Any DataFrame.
    DataFrame,
    /// Any Series.
    Series,
    /// Any Index.
    Index,
    /// What `groupby` gives.
    GroupBy,
    /// What `rolling` gives.
    Rolling,
    /// A table of the project, as `o.get_table` gives it.
    Table,
    /// `series.str`.
    Str,
    /// `series.dt`.
    Dt,
}

impl Owner {
    /// Every owner.
    pub const ALL: [Self; 17] = [
        Self::Python,
        Self::Mt,
        Self::Random,
        Self::Linalg,
        Self::Md,
        Self::Project,
        Self::Client,
        Self::Session,
        Self::Tensor,
        Self::DataFrame,
        Self::Series,
        Self::Index,
        Self::GroupBy,
        Self::Rolling,
        Self::Table,
        Self::Str,
        Self::Dt,
    ];

    /// The owner as a script or a message writes it; empty for Python's own.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Python => "",
            Self::Mt => "mt",
            Self::Random => "mt.random",
            Self::Linalg => "mt.linalg",
            Self::Md => "md",
            Self::Project => "o",
            Self::Client => "client",
            Self::Session => "session",
            Self::Tensor => "tensor",
            Self::DataFrame => "DataFrame",
            Self::Series => "Series",
            Self::Index => "Index",
            Self::GroupBy => "groupby",
            Self::Rolling => "rolling",
            Self::Table => "table",
            Self::Str => "str",
            Self::Dt => "dt",
        }
    }

    /// Whether its operators are methods: the first parameter is the value itself.
    pub fn is_value(self) -> bool {
        !matches!(
            self,
            Self::Python
                | Self::Mt
                | Self::Random
                | Self::Linalg
                | Self::Md
                | Self::Project
                | Self::Client
                | Self::Session
        )
    }

    /// The owner of the methods of a node.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Tensor => Self::Tensor,
            Kind::DataFrame => Self::DataFrame,
            Kind::Series => Self::Series,
            Kind::Index => Self::Index,
        }
    }

    /// The operators that it has, other names left out.
    pub fn operators(self) -> impl Iterator<Item = &'static Operator> {
        TABLES
            .iter()
            .flat_map(|table| table.iter())
            .filter(move |operator| operator.owners.contains(&self))
    }

    /// The operator of this name.
    pub fn get(self, name: &str) -> Option<&'static Operator> {
        self.operators()
            .find(|operator| operator.name == name || operator.others.contains(&name))
    }

    /// Every name, other names too.
    pub(crate) fn names<'n>(self) -> impl Iterator<Item = &'n str> {
        self.operators()
            .flat_map(|operator| operator.others.iter().copied().chain([operator.name]))
    }
}

/// One operator.
pub struct Operator {
    /// Who has it. A function and a method of the same name are one operator if they take the same:
    /// the method's value is the first argument.
    pub owners: &'static [Owner],
    /// Its name.
    pub name: &'static str,
    /// Other names of the same.
    pub others: &'static [&'static str],
    /// Parameters as Python writes them, the value of a method first; see [`signature`].
    pub signature: &'static str,
    /// What it gives, in English and Chinese.
    pub help: [&'static str; 2],
    lower: Lower,
}

/// How an operator becomes operands.
#[derive(Clone, Copy)]
enum Lower {
    /// A function of one tensor, frame or series.
    Unary(Unary),
    /// A function of two operands.
    Binary(Binary),
    /// A reduction of a tensor.
    Reduction(Reduction),
    /// Anything else.
    Call(Call),
}

/// Builds what a call asks for.
type Call = for<'l, 'g, 'b, 'f> fn(&'l mut Lowering<'g>, &'b Bound<'f>) -> Lowers<Value>;

impl Operator {
    /// The parameters, without the value of a method.
    pub fn parameters(&self, owner: Owner) -> Vec<Parameter> {
        let mut parameters = signature::parameters(self.signature);
        if owner.is_value() && !parameters.is_empty() {
            parameters.remove(0);
        }
        parameters
    }

    /// `mt.sum(a, axis=None)` or `.sum(axis=None)`.
    pub fn usage(&self, owner: Owner) -> String {
        let parameters: Vec<String> = self
            .parameters(owner)
            .iter()
            .map(Parameter::to_string)
            .collect();
        format!("{}({})", self.shown(owner), parameters.join(", "))
    }

    /// The operator with its owner, as in a message: `mt.sum`, `DataFrame.sum`.
    pub fn shown(&self, owner: Owner) -> String {
        match owner.shown() {
            "" => self.name.to_owned(),
            owner => format!("{owner}.{}", self.name),
        }
    }

    pub(crate) fn lower(&self, lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
        match self.lower {
            Lower::Unary(operator) => {
                let x = bound.must("x")?.node()?;
                lowering.unary_node(operator, &x, bound.at())
            }
            Lower::Binary(operator) => math::binary(lowering, operator, bound),
            Lower::Reduction(reduction) => {
                let node = bound.must("a")?.node()?;
                reduction::reduce(lowering, reduction, &node, bound)
            }
            Lower::Call(call) => call(lowering, bound),
        }
    }

    /// The same under other names too.
    const fn or(mut self, others: &'static [&'static str]) -> Self {
        self.others = others;
        self
    }
}

impl std::fmt::Debug for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operator")
            .field("owners", &self.owners)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

const fn operator(
    owners: &'static [Owner],
    name: &'static str,
    signature: &'static str,
    help: [&'static str; 2],
    lower: Lower,
) -> Operator {
    Operator {
        owners,
        name,
        others: &[],
        signature,
        help,
        lower,
    }
}

const fn call(
    owners: &'static [Owner],
    name: &'static str,
    signature: &'static str,
    help: [&'static str; 2],
    call: Call,
) -> Operator {
    operator(owners, name, signature, help, Lower::Call(call))
}

/// Every table, one for each subject.
const TABLES: &[&[Operator]] = &[
    creation::TABLE,
    random::TABLE,
    distributions::TABLE,
    draw::TABLE,
    math::UNARY,
    math::BINARY,
    math::TABLE,
    ufunc::TABLE,
    compare::TABLE,
    reduction::TABLE,
    shape::TABLE,
    assemble::TABLE,
    unions::TABLE,
    arrange::TABLE,
    atleast::TABLE,
    grid::TABLE,
    order::TABLE,
    find::TABLE,
    pick::TABLE,
    split::TABLE,
    statistics::TABLE,
    linalg::TABLE,
    decompose::TABLE,
    frame_source::TABLE,
    frame_file::TABLE,
    frame::TABLE,
    frame_missing::TABLE,
    frame_join::TABLE,
    frame_labels::TABLE,
    frame_sort::TABLE,
    frame_along::TABLE,
    frame_figures::TABLE,
    frame_arithmetic::TABLE,
    text::TABLE,
    groupby::TABLE,
    rolling::TABLE,
    odps::TABLE,
    run::TABLE,
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Owner, TABLES, signature};

    #[test]
    fn a_name_means_one_operator_of_its_owner() {
        for owner in Owner::ALL {
            let mut seen = HashSet::new();
            for name in owner.names() {
                assert!(seen.insert(name), "{} has {name} twice", owner.shown());
                assert!(owner.get(name).is_some());
            }
        }
    }

    #[test]
    fn every_operator_is_explained_in_both_languages() {
        for operator in TABLES.iter().flat_map(|table| table.iter()) {
            let [en, zh] = operator.help;
            assert!(en.ends_with('.') && en.len() > 8, "{}: {en}", operator.name);
            assert!(zh.ends_with('。'), "{}: {zh}", operator.name);
            assert!(!operator.owners.is_empty());
            let parameters = signature::parameters(operator.signature);
            let method = operator.owners.iter().any(|owner| owner.is_value());
            assert!(!method || !parameters.is_empty(), "{}", operator.name);
        }
    }
}
