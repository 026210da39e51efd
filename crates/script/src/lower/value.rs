//! What a name or a piece of an expression stands for while the graph is built.

use mars::v04::graph::{Dtype, GroupBy, Label, Literal, Node, Scalar, Slice, Window};

use super::modules::Module;
use crate::operators::{Operator, Owner};

/// A value on the way to the graph.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// None, a flag, a number or a text.
    Plain(Scalar),
    /// `[…]`
    List(Vec<Value>),
    /// `(…)`
    Tuple(Vec<Value>),
    /// `{…}`
    Dict(Vec<(Value, Value)>),
    /// `a:b:c`
    Slice(Slice),
    /// `...`
    Ellipsis,
    /// A tensor, frame or series.
    Node(Node),
    /// A module or a part of one.
    Module(Module),
    /// A function of a module.
    Function(&'static Operator, Owner),
    /// `float`, `mt.float64`: a type.
    Dtype(Dtype),
    /// `x.name`, waiting for its call.
    Method(Box<Value>, &'static Operator, Owner),
    /// `df.groupby(…)`, perhaps with columns selected.
    Groups(Box<Groups>),
    /// `series.str` or `series.dt`.
    Accessor(Node, Owner),
    /// `o.get_table(name)`: the frame that reads it.
    Table(Node),
    /// `df.iloc`
    Iloc(Node),
    /// `df.loc`
    Loc(Node),
    /// `x.rolling(window)`, `x.expanding()`
    Rolling(Node, Window),
}

/// A frame in groups.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    pub(crate) frame: Node,
    pub(crate) by: GroupBy,
    pub(crate) columns: Option<Chosen>,
}

/// The columns chosen of a frame in groups.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    /// `groups["v"]`: the result is a series.
    One(Label),
    /// `groups[["v", "w"]]`: the result is a frame.
    Several(Vec<Label>),
}

impl Value {
    pub(crate) fn none() -> Self {
        Self::Plain(Scalar::Null)
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::Plain(Scalar::Null))
    }

    /// The node that it is.
    pub(crate) fn node(&self) -> Option<&Node> {
        match self {
            Self::Node(node) => Some(node),
            _ => None,
        }
    }

    /// The value in a few words, for a message.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Plain(Scalar::Null) => String::from("None"),
            Self::Plain(Scalar::Bool(true)) => String::from("True"),
            Self::Plain(Scalar::Bool(false)) => String::from("False"),
            Self::Plain(Scalar::Int(value)) => value.to_string(),
            Self::Plain(Scalar::Float(value)) => format!("{value:?}"),
            Self::Plain(Scalar::Text(text)) => format!("'{text}'"),
            Self::List(items) => format!("[{}]", described(items)),
            Self::Tuple(items) if items.len() == 1 => format!("({},)", described(items)),
            Self::Tuple(items) => format!("({})", described(items)),
            Self::Dict(items) => {
                let items = items.iter().take(SHOWN);
                let items =
                    items.map(|(key, value)| format!("{}: {}", key.describe(), value.describe()));
                format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
            }
            Self::Slice(_) => String::from("a slice"),
            Self::Ellipsis => String::from("..."),
            Self::Node(node) => format!("{} {}", node.kind().as_str(), node.shape_text()),
            Self::Module(module) => format!("module {}", module.path()),
            Self::Function(operator, owner) => format!("function {}", operator.shown(*owner)),
            Self::Dtype(dtype) => dtype.name(),
            Self::Method(_, operator, owner) => format!("method {}", operator.shown(*owner)),
            Self::Groups(_) => String::from("groups without an aggregation"),
            Self::Accessor(_, owner) => format!("{} without a method", owner.shown()),
            Self::Table(_) => String::from("a table; use to_df()"),
            Self::Iloc(_) => String::from("iloc without brackets"),
            Self::Loc(_) => String::from("loc without brackets"),
            Self::Rolling(..) => String::from("a window without a function"),
        }
    }

    /// A nested list of plain values.
    pub(crate) fn literal(&self) -> Option<Literal> {
        match self {
            Self::Plain(scalar) => Some(Literal::Scalar(scalar.clone())),
            Self::List(items) | Self::Tuple(items) => items
                .iter()
                .map(Self::literal)
                .collect::<Option<_>>()
                .map(Literal::List),
            _ => None,
        }
    }
}

/// How many items of a list stand in a message.
const SHOWN: usize = 20;

fn described(items: &[Value]) -> String {
    let shown = items.iter().take(SHOWN).map(Value::describe);
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if items.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Plain(Scalar::Int(value))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Plain(Scalar::Float(value))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Plain(Scalar::Bool(value))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Plain(Scalar::Text(text.to_owned()))
    }
}
