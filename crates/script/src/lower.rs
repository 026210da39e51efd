//! A tree to a Mars graph: names are looked up, functions and operators become operands. What the
//! engine would refuse is refused here, with its place. Authority: `mars.tensor` and
//! `mars.dataframe` of 0.4.0rc1, as far as [`mars::v04::graph`] builds them.

mod arguments;
mod attribute;
mod call;
mod convert;
mod frame;
mod index;
mod methods;
mod modules;
mod odps;
mod operator;
mod tensor;
mod value;

use std::collections::HashMap;

use mars::v04::graph::{Graph, Node};

use crate::ast::{Ast, Expr, ExprKind, StatementKind};
use crate::error::{Error, ErrorKind};
use crate::project::Project;
use crate::span::Span;
use crate::suggest::nearest;
use modules::Module;
use value::Value;

/// A script as a graph, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// The JSON text of `POST …/graph`.
    pub graph: String,
    /// The key of the tileable to run and to fetch.
    pub target: String,
    /// SQL that has to have run before, in this order: what makes the tables that are written.
    pub statements: Vec<String>,
    /// What will come out: kind, shape and types as far as they are known before the run.
    pub node: Node,
}

/// Turns a script without errors into a graph.
///
/// `o` is the `project`. `keys` must give a text that it never gave before; `seed` starts the random sources, each of
/// which takes the next one, unless the script calls `mt.random.seed`.
pub fn lower(
    ast: &Ast,
    project: &Project,
    keys: impl FnMut() -> String,
    seed: u32,
) -> Result<Lowered, Error> {
    let mut lowering = Lowering {
        graph: Graph::new(keys),
        project,
        statements: Vec::new(),
        names: HashMap::new(),
        seed,
    };
    for module in [Module::Tensor, Module::Frame, Module::Mars, Module::Odps] {
        lowering
            .names
            .insert(module.usual_name().to_owned(), Value::Module(module));
    }
    let mut last = None;
    for statement in &ast.statements {
        last = match &statement.kind {
            StatementKind::Import { module, name } => {
                lowering.import(module, name, statement.span)?;
                None
            }
            StatementKind::Assign { name, value } => {
                let read = lowering.expr(value)?;
                lowering.names.insert(name.clone(), read.clone());
                Some((read, value.span))
            }
            StatementKind::Expression(value) => Some((lowering.expr(value)?, value.span)),
        };
    }
    let Some((value, at)) = last else {
        let start = Span {
            line: 1,
            column: 1,
            ..Span::default()
        };
        let at = ast.statements.last().map_or(start, |s| s.span);
        let kind = match ast.statements.is_empty() {
            true => ErrorKind::Empty,
            false => ErrorKind::NoResult,
        };
        return Err(Error::new(at, kind));
    };
    let Value::Node(node) = value else {
        return Err(Error::new(at, ErrorKind::PlainResult(value.describe())));
    };
    Ok(Lowered {
        graph: lowering.graph.to_json(&[&node]),
        target: node.key().to_owned(),
        statements: lowering.statements,
        node,
    })
}

pub(crate) struct Lowering<'k> {
    graph: Graph<'k>,
    project: &'k Project,
    statements: Vec<String>,
    names: HashMap<String, Value>,
    seed: u32,
}

type Lowers<T> = Result<T, Error>;

impl Lowering<'_> {
    fn import(&mut self, module: &str, name: &str, at: Span) -> Lowers<()> {
        let value = modules::imported(module).ok_or_else(|| {
            let known = modules::IMPORTABLE.iter().copied();
            let kind = ErrorKind::UnknownModule {
                name: module.to_owned(),
                nearest: nearest(module, known),
            };
            Error::new(at, kind)
        })?;
        self.names.insert(name.to_owned(), value);
        Ok(())
    }

    fn expr(&mut self, expr: &Expr) -> Lowers<Value> {
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

    fn name(&self, name: &str, at: Span) -> Lowers<Value> {
        if let Some(value) = self.names.get(name) {
            return Ok(value.clone());
        }
        if let Some(value) = modules::builtin(name) {
            return Ok(value);
        }
        let known = self.names.keys().map(String::as_str);
        let kind = ErrorKind::UnknownName {
            name: name.to_owned(),
            nearest: nearest(name, known),
        };
        Err(Error::new(at, kind))
    }

    /// The seed of the next random source.
    fn next_seed(&mut self) -> u32 {
        let seed = self.seed;
        self.seed = seed.wrapping_add(1);
        seed
    }
}
