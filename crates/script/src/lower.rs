//! A tree to a Mars graph: names are looked up, functions and operators become operands. What the
//! engine would refuse is refused here, with its place. Authority: `mars.tensor` and
//! `mars.dataframe` of 0.4.0rc1, as far as [`mars::v04::graph`] builds them.

pub(crate) mod arguments;
mod assign;
mod attribute;
mod call;
pub(crate) mod convert;
mod held;
mod index;
pub(crate) mod modules;
pub(crate) mod notes;
pub(crate) mod operator;
pub(crate) mod value;

use std::collections::{HashMap, HashSet};

use mars::v04::graph::{self, Dtype, Graph, Node, Scalar};

use crate::ast::{Ast, Expr, ExprKind, Statement, StatementKind};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lowered::{Defined, Lowered, Output, Shown, Write};
use crate::operators::Owner;
use crate::project::Project;
use crate::span::Span;
use crate::suggest::nearest;
use arguments::Bound;
pub(crate) use attribute::PARTS as PARTS_OF_TIME;
use convert::located;
use modules::Module;
use notes::{Fact, note};
use value::Value;

/// A cell: a script whose names the following cells can use.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// What was written.
    pub ast: &'a Ast,
    /// Starts the random sources, each of which takes the next one, unless the script calls
    /// `mt.random.seed`. A cell that keeps its seed keeps its random values.
    pub seed: u32,
}

/// Turns a script without errors into a graph.
///
/// `before` are the cells that ran before it, in the order in which they ran: their names are known,
/// and what the script uses of them becomes part of its graph. `o` is the `project`. `keys` must
/// give a text that it never gave before.
pub fn lower(
    before: &[Cell<'_>],
    cell: Cell<'_>,
    project: &Project,
    keys: impl FnMut() -> String,
) -> Result<Lowered, Error> {
    let mut lowering = Lowering::new(project, keys);
    for (at, earlier) in before.iter().enumerate() {
        let lowered = lowering.cell(*earlier);
        lowered.map_err(|error| {
            let error = Box::new(error.kind);
            let kind = ErrorKind::EarlierCell { cell: at, error };
            Error::new(Span::first(), kind)
        })?;
    }
    lowering.made = Made::default();
    lowering.cell(cell)?;
    if cell.ast.statements.is_empty() {
        return Err(Error::new(Span::first(), ErrorKind::Empty));
    }
    Ok(lowering.lowered())
}

/// What the statements of a cell asked for so far.
#[derive(Default)]
struct Made {
    outputs: Vec<Output>,
    writes: Vec<Write>,
    defined: Vec<Defined>,
    left_running: bool,
}

pub(crate) struct Lowering<'k> {
    pub(crate) graph: Graph<'k>,
    pub(crate) project: &'k Project,
    names: HashMap<String, Value>,
    seed: u32,
    /// How many values the lists and texts of the cell hold so far.
    values: usize,
    made: Made,
    /// What the words of the text stand for, where an editor asks for it.
    pub(crate) notes: Option<Vec<Fact>>,
    /// What the statement gave.
    pub(crate) given: Option<Value>,
    /// Names that a wrong statement should have given.
    mistaken: HashSet<String>,
    /// Whether any name may have been given by what could not be read.
    guessed: bool,
    /// Whether the last error only follows from a mistake before it.
    pub(crate) hidden: bool,
}

pub(crate) type Lowers<T> = Result<T, Error>;

impl<'k> Lowering<'k> {
    pub(crate) fn new(project: &'k Project, keys: impl FnMut() -> String + 'k) -> Self {
        let usual = [
            Module::Tensor,
            Module::Frame,
            Module::Mars,
            Module::Odps,
            Module::Client,
            Module::Session,
        ];
        let names = usual.map(|module| (module.usual_name().to_owned(), Value::Module(module)));
        Self {
            graph: Graph::new(keys),
            project,
            names: names.into(),
            seed: 0,
            values: 0,
            made: Made::default(),
            notes: None,
            given: None,
            mistaken: HashSet::new(),
            guessed: false,
            hidden: false,
        }
    }

    fn cell(&mut self, cell: Cell<'_>) -> Lowers<()> {
        self.seed = cell.seed;
        self.values = 0;
        let last = cell.ast.statements.len().wrapping_sub(1);
        for (at, statement) in cell.ast.statements.iter().enumerate() {
            self.statement(statement, at == last)?;
        }
        Ok(())
    }

    /// Carries one statement out; the value of the last one is shown, as Python's prompt does.
    pub(crate) fn statement(&mut self, statement: &Statement, last: bool) -> Lowers<()> {
        match &statement.kind {
            StatementKind::Import { module, name } => self.import(module, name, statement.span),
            StatementKind::Assign { name, value } => {
                let value = self.expr(value)?;
                self.given = Some(value.clone());
                self.define(name, value);
                Ok(())
            }
            StatementKind::AssignSeveral { names, value } => {
                let read = self.expr(value)?;
                self.assign_several(names, read, statement.span)
            }
            StatementKind::AssignItem { name, parts, value } => {
                self.assign_item(name, parts, value, statement.span)
            }
            StatementKind::Expression(value) => {
                let read = self.expr(value)?;
                if last {
                    self.show(&read, value.span);
                }
                self.given = Some(read);
                Ok(())
            }
        }
    }

    fn define(&mut self, name: &str, value: Value) {
        self.made.defined.retain(|known| known.name != name);
        self.made.defined.push(Defined {
            name: name.to_owned(),
            value: value.describe(),
            node: value.node().cloned(),
        });
        self.mistaken.remove(name);
        self.names.insert(name.to_owned(), value);
    }

    /// A wrong statement should have given this name: what it stands for is not known.
    pub(crate) fn mistake(&mut self, name: &str) {
        self.names.remove(name);
        self.mistaken.insert(name.to_owned());
    }

    /// Whether an unknown name is no error of its own, since a line could not be read.
    pub(crate) fn guess_names(&mut self, guessed: bool) {
        self.guessed = guessed;
    }

    /// Every name that is known.
    pub(crate) fn known(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.names
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Has a value shown: a node runs first, a list shows each of its items.
    pub(crate) fn show(&mut self, value: &Value, at: Span) {
        match value {
            Value::Plain(Scalar::Null) => {}
            Value::Node(node) => self.run(node, at),
            Value::List(items) | Value::Tuple(items)
                if items.iter().any(|item| item.node().is_some()) =>
            {
                for item in items {
                    self.show(item, at);
                }
            }
            other => self.made.outputs.push(Output {
                at,
                shown: Shown::Plain(other.describe()),
            }),
        }
    }

    /// Has a node run and its result shown, once.
    pub(crate) fn run(&mut self, node: &Node, at: Span) {
        let same = |output: &Output| matches!(&output.shown, Shown::Node(known) if known.key() == node.key());
        if !self.made.outputs.iter().any(same) {
            self.made.outputs.push(Output {
                at,
                shown: Shown::Node(Box::new(node.clone())),
            });
        }
    }

    /// Has the page follow the run in the background.
    pub(crate) fn leave_running(&mut self) {
        self.made.left_running = true;
    }

    pub(crate) fn write(&mut self, write: Write) {
        self.made.writes.push(write);
    }

    fn lowered(self) -> Lowered {
        let nodes = self.made.outputs.iter().filter_map(Output::node);
        let nodes: Vec<&Node> = nodes.collect();
        Lowered {
            graph: self.graph.to_json(&nodes),
            outputs: self.made.outputs,
            writes: self.made.writes,
            defined: self.made.defined,
            left_running: self.made.left_running,
        }
    }

    fn import(&mut self, module: &str, name: &str, at: Span) -> Lowers<()> {
        let value = modules::imported(module).ok_or_else(|| {
            let known = modules::IMPORTABLE.iter().copied();
            let kind = ErrorKind::UnknownModule {
                name: module.to_owned(),
                nearest: nearest(module, known),
            };
            Error::new(at, kind)
        })?;
        self.mistaken.remove(name);
        self.names.insert(name.to_owned(), value);
        Ok(())
    }

    pub(crate) fn expr(&mut self, expr: &Expr) -> Lowers<Value> {
        let value = self.unbounded(expr)?;
        let value = match value {
            Value::Plain(Scalar::Text(_))
            | Value::List(_)
            | Value::Tuple(_)
            | Value::Dict(_)
            | Value::Node(_) => self.held(value, expr.span)?,
            small => small,
        };
        if let Some(notes) = &mut self.notes {
            note(notes, expr, &value);
        }
        Ok(value)
    }

    fn unbounded(&mut self, expr: &Expr) -> Lowers<Value> {
        let at = expr.span;
        match &expr.kind {
            ExprKind::Integer(value) => Ok(Value::from(*value)),
            ExprKind::Float(value) => Ok(Value::from(*value)),
            ExprKind::Text(text) => Ok(Value::from(text.as_str())),
            ExprKind::Bool(value) => Ok(Value::from(*value)),
            ExprKind::None => Ok(Value::none()),
            ExprKind::Ellipsis => Ok(Value::Ellipsis),
            ExprKind::Name(name) => self.name(name, at),
            ExprKind::List(items) => Ok(Value::List(self.all(items)?)),
            ExprKind::Tuple(items) => Ok(Value::Tuple(self.all(items)?)),
            ExprKind::Dict(items) => {
                let pair = |(key, value): &(Expr, Expr)| Ok((self.expr(key)?, self.expr(value)?));
                items
                    .iter()
                    .map(pair)
                    .collect::<Lowers<_>>()
                    .map(Value::Dict)
            }
            ExprKind::Unary(operator, of) => {
                let of = self.expr(of)?;
                self.unary(*operator, &of, at)
            }
            ExprKind::Binary(operator, left, right) => {
                let (left, right) = (self.expr(left)?, self.expr(right)?);
                self.binary(*operator, &left, &right, at)
            }
            ExprKind::Attribute(of, name, at) => {
                let of = self.expr(of)?;
                self.attribute(of, name, *at)
            }
            ExprKind::Call(function, arguments) => self.call(function, arguments, at),
            ExprKind::Index(of, parts) => {
                let of = self.expr(of)?;
                self.index(of, parts, at)
            }
            ExprKind::Slice(start, stop, step) => {
                let mut part = |part: &Option<Box<Expr>>| match part {
                    Some(part) => convert::optional_integer(&self.expr(part)?, part.span),
                    None => Ok(None),
                };
                Ok(Value::Slice(mars::v04::graph::Slice {
                    start: part(start)?,
                    stop: part(stop)?,
                    step: part(step)?,
                }))
            }
        }
    }

    fn all(&mut self, items: &[Expr]) -> Lowers<Vec<Value>> {
        items.iter().map(|item| self.expr(item)).collect()
    }

    fn name(&mut self, name: &str, at: Span) -> Lowers<Value> {
        if let Some(value) = self.names.get(name) {
            return Ok(value.clone());
        }
        if let Some(value) = modules::builtin(name) {
            return Ok(value);
        }
        self.hidden = self.guessed || self.mistaken.contains(name);
        let known = self.names.keys().map(String::as_str);
        let known = known.chain(Owner::Python.names());
        let kind = ErrorKind::UnknownName {
            name: name.to_owned(),
            nearest: nearest(name, known),
        };
        Err(Error::new(at, kind))
    }

    /// Builds with the chunk size that the call asks for.
    pub(crate) fn chunked<T>(
        &mut self,
        bound: &Bound<'_>,
        build: impl FnOnce(&mut Graph<'k>) -> T,
    ) -> Lowers<T> {
        let chunk_size = match bound.some("chunk_size") {
            // A chunk of nothing never ends on the engine.
            Some(given) => match given.shape()? {
                sizes if sizes.contains(&0) => return Err(given.wrong(Wanted::Shape)),
                sizes => sizes,
            },
            None => Vec::new(),
        };
        Ok(self.graph.chunked(&chunk_size, build))
    }

    /// A tensor as it is, or with the type that the call asks for.
    pub(crate) fn cast(&mut self, tensor: &Node, bound: &Bound<'_>) -> Lowers<Value> {
        match dtype(bound)? {
            Some(dtype) => node(self.graph.astype(tensor, &dtype), bound),
            None => Ok(Value::Node(tensor.clone())),
        }
    }

    /// The seed of the next random source.
    pub(crate) fn next_seed(&mut self) -> u32 {
        let seed = self.seed;
        self.seed = seed.wrapping_add(1);
        seed
    }

    pub(crate) fn start_seeds(&mut self, seed: u32) {
        self.seed = seed;
    }
}

/// What the graph builder gave, or its error at the call.
pub(crate) fn node(result: Result<Node, graph::Error>, bound: &Bound<'_>) -> Lowers<Value> {
    result
        .map(Value::Node)
        .map_err(|error| located(error, bound.at(), None))
}

/// The argument `dtype`, if it was given.
pub(crate) fn dtype(bound: &Bound<'_>) -> Lowers<Option<Dtype>> {
    bound.some("dtype").map(|dtype| dtype.dtype()).transpose()
}

pub(crate) fn no_value(what: &str, bound: &Bound<'_>) -> Error {
    Error::new(bound.at(), ErrorKind::NoValue(what.to_owned()))
}
