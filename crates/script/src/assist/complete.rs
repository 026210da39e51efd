//! What may follow at a place of the text.

use std::collections::BTreeMap;

use mars::v04::graph::{Kind, Label, Node};

use super::context::{Context, Open, Place, context};
use super::look::{behind, understand};
use crate::lower::modules::Module;
use crate::lower::notes::said;
use crate::lower::value::Value;
use crate::lower::{Cell, Lowering};
use crate::operators::{Operator, Owner};
use crate::parse;
use crate::project::Project;
use crate::token::KEYWORDS;

/// What may follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The first byte of what is replaced; it ends at the cursor.
    pub from: usize,
    /// What may stand there.
    pub items: Vec<Item>,
    /// Whether the names of the project's tables may stand there too.
    pub tables: bool,
}

/// One thing that may follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is put in.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its signature, type or value.
    pub detail: String,
    /// What it does, in English and Chinese; empty where there is nothing to say.
    pub help: [&'static str; 2],
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A function or method.
    Function,
    /// A name that a cell gave.
    Name,
    /// A module.
    Module,
    /// A type.
    Type,
    /// A fact of a value, such as `shape`.
    Property,
    /// A column of a frame.
    Column,
    /// An argument of the call.
    Argument,
    /// A word of the language.
    Keyword,
}

impl Item {
    fn new(label: impl Into<String>, kind: ItemKind, detail: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: detail.into(),
            help: ["", ""],
        }
    }

    fn operator(name: &str, operator: &Operator, owner: Owner) -> Self {
        let parameters = operator.parameters(owner);
        let parameters: Vec<String> = parameters.iter().map(ToString::to_string).collect();
        Self {
            help: operator.help,
            ..Self::new(
                name,
                ItemKind::Function,
                format!("({})", parameters.join(", ")),
            )
        }
    }

    fn value(name: &str, value: &Value) -> Self {
        match value {
            Value::Function(operator, owner) => Self::operator(name, operator, *owner),
            Value::Module(_) => Self::new(name, ItemKind::Module, value.describe()),
            Value::Dtype(_) => Self::new(name, ItemKind::Type, ""),
            Value::Node(node) => Self::new(name, ItemKind::Name, said(node)),
            other => Self::new(name, ItemKind::Name, other.describe()),
        }
    }
}

/// What may follow at a byte of the text, with the names of the cells that ran before it.
pub fn complete(
    before: &[Cell<'_>],
    text: &str,
    at: usize,
    project: &Project,
) -> Option<Completion> {
    let context = context(text.get(..at)?)?;
    let mut lowering = behind(before, project);
    understand(&mut lowering, &parse(context.before).0, |_, _| ());
    let mut items = Vec::new();
    let mut tables = false;
    match context.place {
        Place::Attribute(of) => items = parts(&read(&mut lowering, of)?),
        Place::Text => (items, tables) = texts(&mut lowering, &context),
        Place::Name => {
            items.extend(arguments(&mut lowering, context.open.first()));
            items.extend(names(&lowering));
        }
    }
    Some(Completion {
        from: context.from,
        items,
        tables,
    })
}

/// The value of a piece of the text.
fn read(lowering: &mut Lowering<'_>, text: &str) -> Option<Value> {
    let (ast, errors) = parse(text);
    let [statement] = ast.statements.as_slice() else {
        return None;
    };
    let crate::StatementKind::Expression(expr) = &statement.kind else {
        return None;
    };
    let value = errors.is_empty().then(|| lowering.expr(expr))?;
    value.ok()
}

/// What stands behind the dot of a value.
fn parts(value: &Value) -> Vec<Item> {
    let operators = |owner: Owner| {
        owner
            .operators()
            .map(move |operator| Item::operator(operator.name, operator, owner))
    };
    match value {
        Value::Module(module) => {
            let names = module.names().into_iter();
            let items = names.filter_map(|name| Some(Item::value(name, &module.get(name)?)));
            let endpoint =
                (*module == Module::Client).then(|| Item::new("endpoint", ItemKind::Property, ""));
            items.chain(endpoint).collect()
        }
        Value::Node(node) => {
            let facts = facts(node).iter();
            let facts = facts.map(|name| Item::new(*name, ItemKind::Property, ""));
            let columns = columns(node).filter(|item| is_name(&item.label));
            columns
                .chain(facts)
                .chain(operators(Owner::of(node.kind())))
                .collect()
        }
        Value::Groups(_) => operators(Owner::GroupBy).collect(),
        Value::Rolling(..) => operators(Owner::Rolling).collect(),
        Value::Table(_) => operators(Owner::Table).collect(),
        Value::Accessor(_, Owner::Dt) => crate::lower::PARTS_OF_TIME
            .iter()
            .map(|name| Item::new(*name, ItemKind::Property, ""))
            .collect(),
        Value::Accessor(_, owner) => operators(*owner).collect(),
        _ => Vec::new(),
    }
}

/// The facts of a node that are no operators.
fn facts(node: &Node) -> &'static [&'static str] {
    match node.kind() {
        Kind::Tensor => &["T", "shape", "ndim", "size", "dtype"],
        Kind::DataFrame => &["shape", "ndim", "size", "iloc", "loc", "iat"],
        Kind::Series => &["shape", "ndim", "size", "dtype", "iloc", "str", "dt"],
        Kind::Index => &["shape", "ndim", "size"],
    }
}

fn columns(node: &Node) -> impl Iterator<Item = Item> {
    node.columns()
        .iter()
        .filter_map(|column| match &column.label {
            Label::Text(name) => Some(Item::new(name, ItemKind::Column, column.dtype.name())),
            _ => None,
        })
}

/// Whether it can stand behind a dot.
fn is_name(text: &str) -> bool {
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    first && text.chars().all(|c| c.is_alphanumeric() || c == '_') && !KEYWORDS.contains(&text)
}

/// The arguments of the call around the cursor.
fn arguments(lowering: &mut Lowering<'_>, open: Option<&Open<'_>>) -> Vec<Item> {
    let call = open
        .filter(|open| open.bracket == '(')
        .and_then(|open| open.of);
    let (operator, owner) = match call.and_then(|call| read(lowering, call)) {
        Some(Value::Function(operator, owner) | Value::Method(_, operator, owner)) => {
            (operator, owner)
        }
        _ => return Vec::new(),
    };
    let parameters = operator.parameters(owner).into_iter();
    let named = parameters.filter(|parameter| !parameter.gathers && !parameter.fixed);
    named
        .map(|parameter| {
            let detail = parameter.default.unwrap_or_default();
            Item::new(format!("{}=", parameter.name), ItemKind::Argument, detail)
        })
        .collect()
}

/// Every name that can stand by itself.
fn names(lowering: &Lowering<'_>) -> Vec<Item> {
    let known: BTreeMap<&str, &Value> = lowering.known().collect();
    // `mt.random` is a path, not a name.
    let known = known.into_iter().filter(|(name, _)| is_name(name));
    let known = known.map(|(name, value)| Item::value(name, value));
    let python = Owner::Python.operators();
    let python = python.map(|operator| Item::operator(operator.name, operator, Owner::Python));
    let words = ["import", "from", "as", "True", "False", "None"];
    let words = words.map(|word| Item::new(word, ItemKind::Keyword, ""));
    known.chain(python).chain(words).collect()
}

/// What a text literal may name: columns of the frame whose bracket it stands in, or tables.
fn texts(lowering: &mut Lowering<'_>, context: &Context<'_>) -> (Vec<Item>, bool) {
    let Some(around) = context.open.iter().find_map(|open| open.of) else {
        return (Vec::new(), false);
    };
    match read(lowering, around) {
        Some(Value::Function(operator, Owner::Project)) => {
            let tables = ["to_mars_dataframe", "persist_mars_dataframe", "get_table"];
            (Vec::new(), tables.contains(&operator.name))
        }
        Some(Value::Node(node) | Value::Loc(node)) => (columns(&node).collect(), false),
        Some(Value::Groups(groups)) => (columns(&groups.frame).collect(), false),
        Some(Value::Method(of, ..)) => match *of {
            Value::Node(node) => (columns(&node).collect(), false),
            Value::Groups(groups) => (columns(&groups.frame).collect(), false),
            _ => (Vec::new(), false),
        },
        _ => (Vec::new(), false),
    }
}
