//! What comes of a cell: a graph, what of it is shown, and what is written.

use mars::v04::graph::Node;

use crate::span::Span;

/// A cell as a graph, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// The JSON text of `POST …/graph`, with what the outputs need.
    pub graph: String,
    /// What is shown, in the order in which the cell asks for it.
    pub outputs: Vec<Output>,
    /// Tables that are written.
    pub writes: Vec<Write>,
    /// The names that the cell gave, each once.
    pub defined: Vec<Defined>,
    /// Whether the cell asked not to wait (`wait=False`).
    pub left_running: bool,
}

impl Lowered {
    /// The nodes to run and to fetch; without any, nothing has to be sent.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.outputs.iter().filter_map(Output::node)
    }
}

/// One thing that a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Where the cell asks for it.
    pub at: Span,
    /// What it is.
    pub shown: Shown,
}

impl Output {
    /// The node that has to run for it.
    pub fn node(&self) -> Option<&Node> {
        match &self.shown {
            Shown::Node(node) => Some(node),
            Shown::Plain(_) => None,
        }
    }
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// The result of a node: kind, shape and types as far as they are known before the run.
    Node(Box<Node>),
    /// A value that needs no cluster, as Python prints it.
    Plain(String),
}

/// A name that a cell gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Defined {
    /// The name.
    pub name: String,
    /// Its value in a few words.
    pub value: String,
    /// The node, where it is one.
    pub node: Option<Node>,
}

/// A table that `o.persist_mars_dataframe` writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The key of the node whose run writes it.
    pub target: String,
    /// Where the call stands.
    pub at: Span,
    /// Where the frame stands in it.
    pub frame: Span,
    /// The table, without its project.
    pub table: String,
    /// `key=value,…`, if one partition is written.
    pub partition: Option<String>,
    /// Whether what is there goes.
    pub overwrite: bool,
    /// The columns of the frame.
    pub columns: Vec<WriteColumn>,
    /// SQL that has to have run before, in this order: what makes the table and the partition.
    pub statements: Vec<String>,
}

/// A column that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteColumn {
    /// Its name.
    pub name: String,
    /// Its type in the frame.
    pub dtype: String,
    /// Its ODPS type if the table is new.
    pub kind: String,
    /// Whether `as_type` asked for it.
    pub asked: bool,
}
