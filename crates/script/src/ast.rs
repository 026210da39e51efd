//! What a script means, before anybody asks whether its names exist.

use crate::Span;

/// A script: its statements in order. The last expression is what runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ast {
    /// The statements that could be read.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// What it does.
    pub kind: StatementKind,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// `import mars.tensor as mt`, `from mars import tensor as mt`.
    Import {
        /// The dotted module.
        module: String,
        /// The name that it gets.
        name: String,
    },
    /// `x = …`.
    Assign {
        /// The name.
        name: String,
        /// Its new value.
        value: Expr,
    },
    /// `x, y = …`.
    AssignSeveral {
        /// The names.
        names: Vec<String>,
        /// What is unpacked.
        value: Expr,
    },
    /// `x[…] = …`.
    AssignItem {
        /// The name whose value changes.
        name: String,
        /// What stands in the brackets.
        parts: Vec<Expr>,
        /// The new value.
        value: Expr,
    },
    /// A value on its own.
    Expression(Expr),
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
    /// How many levels lie below, this one included: bounded by the parser, so that nothing that
    /// walks the tree can run out of stack.
    pub(crate) height: u16,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A whole number.
    Integer(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A text.
    Text(String),
    /// True or False.
    Bool(bool),
    /// None.
    None,
    /// `...` inside an index.
    Ellipsis,
    /// A name.
    Name(String),
    /// `[…]`.
    List(Vec<Expr>),
    /// `(…, …)`.
    Tuple(Vec<Expr>),
    /// `{…: …}`.
    Dict(Vec<(Expr, Expr)>),
    /// `-x`, `+x`, `~x`.
    Unary(Unary, Box<Expr>),
    /// `x + y` and so on, comparisons included.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `x.name`, and where the name stands.
    Attribute(Box<Expr>, String, Span),
    /// `f(…)`.
    Call(Box<Expr>, Vec<Argument>),
    /// `x[…]`, one entry for each comma-separated part.
    Index(Box<Expr>, Vec<Expr>),
    /// `a:b:c` inside an index.
    Slice(Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The keyword, if there is one, and where it stands.
    pub name: Option<(String, Span)>,
    /// The value.
    pub value: Expr,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `~x`
    Invert,
}

impl Unary {
    /// The operator as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Unary::Negative => "-",
            Unary::Positive => "+",
            Unary::Invert => "~",
        }
    }
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `//`
    FloorDivide,
    /// `%`
    Modulo,
    /// `**`
    Power,
    /// `@`
    MatMul,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Binary {
    /// The operator as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Multiply => "*",
            Binary::Divide => "/",
            Binary::FloorDivide => "//",
            Binary::Modulo => "%",
            Binary::Power => "**",
            Binary::MatMul => "@",
            Binary::And => "&",
            Binary::Or => "|",
            Binary::Xor => "^",
            Binary::Equal => "==",
            Binary::NotEqual => "!=",
            Binary::Less => "<",
            Binary::LessEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterEqual => ">=",
        }
    }

    /// Whether it answers with True and False.
    pub fn is_comparison(self) -> bool {
        matches!(
            self,
            Binary::Equal
                | Binary::NotEqual
                | Binary::Less
                | Binary::LessEqual
                | Binary::Greater
                | Binary::GreaterEqual
        )
    }
}

impl ExprKind {
    /// The height of a node of this kind: one more than its highest child.
    pub(crate) fn height(&self) -> u16 {
        let highest = |list: &[Expr]| list.iter().map(|expr| expr.height).max().unwrap_or(0);
        let below = match self {
            ExprKind::Integer(_)
            | ExprKind::Float(_)
            | ExprKind::Text(_)
            | ExprKind::Bool(_)
            | ExprKind::None
            | ExprKind::Ellipsis
            | ExprKind::Name(_) => 0,
            ExprKind::List(items) | ExprKind::Tuple(items) => highest(items),
            ExprKind::Dict(items) => items
                .iter()
                .map(|(key, value)| key.height.max(value.height))
                .max()
                .unwrap_or(0),
            ExprKind::Unary(_, of) | ExprKind::Attribute(of, ..) => of.height,
            ExprKind::Binary(_, left, right) => left.height.max(right.height),
            ExprKind::Call(of, arguments) => arguments
                .iter()
                .map(|a| a.value.height)
                .max()
                .unwrap_or(0)
                .max(of.height),
            ExprKind::Index(of, parts) => highest(parts).max(of.height),
            ExprKind::Slice(start, stop, step) => [start, stop, step]
                .into_iter()
                .filter_map(|part| part.as_ref().map(|part| part.height))
                .max()
                .unwrap_or(0),
        };
        below.saturating_add(1)
    }
}
