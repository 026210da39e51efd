//! What can be wrong with a script: a place and a kind that the page turns into a sentence.

use mars::v04::graph;

use crate::Span;
use crate::absent::Instead;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{at}: {kind}")]
pub struct Error {
    /// The stretch of text to underline.
    pub at: Span,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

impl Error {
    pub(crate) fn new(at: Span, kind: ErrorKind) -> Self {
        Self { at, kind }
    }
}

/// What is wrong. The page says it in the user's language; the texts here are for logs and tests.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A character that no Python expression has.
    #[error("unexpected character {0:?}")]
    UnexpectedCharacter(char),
    /// A text literal that does not end.
    #[error("text literal without its closing quote")]
    UnclosedText,
    /// An escape that the language does not have.
    #[error("escape \\{0} is not known")]
    BadEscape(String),
    /// A number that cannot be read.
    #[error("{0} is not a number")]
    BadNumber(String),
    /// A whole number beyond 64 bits.
    #[error("{0} does not fit in 64 bits")]
    NumberTooLarge(String),
    /// A bracket that is never closed.
    #[error("{open} is never closed")]
    UnclosedBracket {
        /// The opening bracket.
        open: char,
    },
    /// A closing bracket without its opening one.
    #[error("{close} closes nothing")]
    UnmatchedBracket {
        /// The closing bracket.
        close: char,
    },
    /// Another word was expected here.
    #[error("expected {expected}, found {found}")]
    UnexpectedToken {
        /// What stands there.
        found: String,
        /// What could have stood there.
        expected: Expected,
    },
    /// A line starts further to the right than the first one.
    #[error("unexpected indentation")]
    UnexpectedIndent,
    /// Brackets, calls or operators are nested too deeply.
    #[error("nested deeper than {limit}")]
    TooDeep {
        /// The deepest nesting that is read.
        limit: u16,
    },
    /// The text is longer than any expression box should hold.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The longest text that is read.
        limit: usize,
    },
    /// Lists, texts or columns that are more than a page can hold.
    #[error("more than {limit} values")]
    TooMany {
        /// How many there may be.
        limit: usize,
    },
    /// Python has it, the expression box does not.
    #[error("{0} is not supported here")]
    Unsupported(Feature),
    /// A positional argument after a keyword argument.
    #[error("positional argument after a keyword argument")]
    PositionalAfterKeyword,
    /// The same keyword argument twice.
    #[error("argument {0} is given twice")]
    RepeatedArgument(String),
    /// There is nothing to run.
    #[error("nothing to run")]
    Empty,
    /// A cell that ran before can no longer be read.
    #[error("cell {cell} that ran before: {error}")]
    EarlierCell {
        /// Its place, counted from 0.
        cell: usize,
        /// What is wrong with it.
        error: Box<ErrorKind>,
    },
    /// Several names for another number of values.
    #[error("{names} names cannot be given to {value}")]
    Unpacked {
        /// How many names.
        names: usize,
        /// What they should be given to.
        value: String,
    },
    /// A file whose columns only the engine can see.
    #[error(
        "{0} needs dtype, the types of all columns in their order, as {{'a': 'int64', 'b': 'object'}}: \
         only the workers can read the file"
    )]
    NoTypes(String),
    /// A name that nothing defined.
    #[error("name {name} is not defined{}", nearest_text(.nearest))]
    UnknownName {
        /// The name.
        name: String,
        /// A known name that looks like it.
        nearest: Option<String>,
    },
    /// A module that cannot be imported here.
    #[error("module {name} is not available{}", nearest_text(.nearest))]
    UnknownModule {
        /// The module.
        name: String,
        /// A known module that looks like it.
        nearest: Option<String>,
    },
    /// A function or attribute that the owner does not have.
    #[error("{owner} has no {name}{}", nearest_text(.nearest))]
    UnknownFunction {
        /// What was asked: `mt`, `mt.random`, `tensor`, `frame` …
        owner: String,
        /// The name that it does not have.
        name: String,
        /// A name that it has and that looks like it.
        nearest: Option<String>,
    },
    /// Something that pandas has and the engine's library has not.
    #[error("Mars 0.4.0rc1 has no {owner}.{name}{instead}")]
    NotInEngine {
        /// `DataFrame` or `Series`.
        owner: &'static str,
        /// The name that it does not have.
        name: String,
        /// What to use.
        instead: Instead,
    },
    /// An argument that must be given is missing.
    #[error("{function} needs {argument}")]
    MissingArgument {
        /// The function.
        function: String,
        /// The argument.
        argument: String,
    },
    /// An argument that the function does not take.
    #[error("{function} takes no {argument}{}", nearest_text(.nearest))]
    UnexpectedArgument {
        /// The function.
        function: String,
        /// The argument.
        argument: String,
        /// An argument that it takes and that looks like it.
        nearest: Option<String>,
    },
    /// More positional arguments than the function takes.
    #[error("{function} takes at most {most} arguments, {given} are given")]
    TooManyArguments {
        /// The function.
        function: String,
        /// How many it takes.
        most: usize,
        /// How many are given.
        given: usize,
    },
    /// An argument that is taken with its default only.
    #[error("{function} takes {argument}={default} only")]
    OnlyDefault {
        /// The function.
        function: String,
        /// The argument.
        argument: String,
        /// What it takes.
        default: String,
    },
    /// An argument of the wrong kind.
    #[error("{function}: {argument} must be {expected}, not {found}")]
    WrongArgument {
        /// The function.
        function: String,
        /// The argument.
        argument: String,
        /// What it must be.
        expected: Wanted,
        /// What it is.
        found: String,
    },
    /// Two shapes that do not fit together.
    #[error("{operator}: shapes {left} and {right} do not fit together")]
    ShapeMismatch {
        /// The operator or function as written.
        operator: String,
        /// Shape on the left, as Python prints it; an unknown length is `?`.
        left: String,
        /// Shape on the right.
        right: String,
    },
    /// An axis that the value does not have.
    #[error("axis {axis} is out of range for {dimensions} dimensions")]
    AxisOutOfRange {
        /// The axis as given.
        axis: i64,
        /// How many dimensions there are.
        dimensions: usize,
    },
    /// A column that the frame does not have.
    #[error("no column {name}{}", nearest_text(.nearest))]
    UnknownColumn {
        /// The label as given.
        name: String,
        /// A column that looks like it.
        nearest: Option<String>,
    },
    /// A table that the project does not have, or that was not read yet.
    #[error("no table {0} in this project")]
    UnknownTable(String),
    /// A name that no table and no column can have.
    #[error("{0:?} is no name of a table or column")]
    BadName(String),
    /// A partition that is not written `key=value,…`.
    #[error("{0:?} is no partition; write key=value, several with commas")]
    BadPartition(String),
    /// A column whose type is not carried between tables and frames.
    #[error("column {column} of type {kind} is not carried between tables and frames")]
    ColumnType {
        /// The column.
        column: String,
        /// Its type there.
        kind: String,
    },
    /// An operator between values that do not take it.
    #[error("{operator} does not work between {left} and {right}")]
    BadOperands {
        /// The operator as written.
        operator: String,
        /// What stands on the left.
        left: String,
        /// What stands on the right.
        right: String,
    },
    /// An operator or access on a value that does not take it.
    #[error("{operator} does not work on {value}")]
    BadOperand {
        /// The operator or access as written.
        operator: String,
        /// What it is applied to.
        value: String,
    },
    /// The graph builder refused the step.
    #[error("{0}")]
    Graph(graph::Error),
    /// A sum of plain numbers that has no value: beyond 64 bits, or a division by zero.
    #[error("{0} has no value")]
    NoValue(String),
}

/// What the parser was looking for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value: a number, text, name or bracket.
    Value,
    /// A name.
    Name,
    /// The end of the line.
    EndOfLine,
    /// A comma or the closing bracket.
    CommaOrClose,
    /// A colon.
    Colon,
    /// The word `import`.
    Import,
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Expected::Value => "a value",
            Expected::Name => "a name",
            Expected::EndOfLine => "the end of the line",
            Expected::CommaOrClose => "a comma or the closing bracket",
            Expected::Colon => "a colon",
            Expected::Import => "import",
        })
    }
}

/// What an argument must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A whole number.
    Integer,
    /// A whole number from 0.
    Count,
    /// A number.
    Number,
    /// True or False.
    Flag,
    /// A text.
    Text,
    /// A length or a tuple of lengths.
    Shape,
    /// An axis or a tuple of axes.
    Axes,
    /// One of the number types.
    DType,
    /// A tensor.
    Tensor,
    /// A tensor or a number.
    Operand,
    /// A nested list of numbers of one shape.
    Values,
    /// A frame.
    Frame,
    /// A column label or a list of them.
    Columns,
    /// A dict of ODPS types by column.
    Types,
    /// What `agg` understands: names of functions, or a dict of them.
    Aggregation,
    /// The address of the cluster that the script runs on.
    Endpoint,
    /// A dict of plain values.
    Dict,
    /// The label of a row.
    Label,
    /// `infer`, 0 or None.
    FirstLine,
    /// `first` or `last`.
    End,
    /// `any` or `all`.
    AnyAll,
    /// `ffill` or `bfill`.
    Direction,
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Wanted::Integer => "a whole number",
            Wanted::Endpoint => "client.endpoint, the cluster of this notebook",
            Wanted::Count => "a whole number from 0",
            Wanted::Number => "a number",
            Wanted::Flag => "True or False",
            Wanted::Text => "a text",
            Wanted::Types => "a dict of ODPS types by column",
            Wanted::Shape => "a length or a tuple of lengths",
            Wanted::Axes => "an axis or a tuple of axes",
            Wanted::DType => "a number type",
            Wanted::Tensor => "a tensor",
            Wanted::Operand => "a tensor or a number",
            Wanted::Values => "a list of numbers in one shape",
            Wanted::Frame => "a frame",
            Wanted::Columns => "a column or a list of columns",
            Wanted::Aggregation => "names of functions, or a dict of them by column",
            Wanted::Label => "a label, a list or slice of labels, or a mask",
            Wanted::Dict => "a dict of plain values",
            Wanted::FirstLine => "'infer', 0 or None",
            Wanted::End => "'first' or 'last'",
            Wanted::AnyAll => "'any' or 'all'",
            Wanted::Direction => "'ffill' or 'bfill'",
        })
    }
}

/// A part of Python that the expression box leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Feature {
    /// A statement such as `for`, `def`, `if`.
    Statement(String),
    /// `lambda`.
    Lambda,
    /// `x if c else y`.
    Conditional,
    /// A comprehension.
    Comprehension,
    /// `and`, `or`, `not`: element by element it is `&`, `|`, `~`.
    BooleanWord(String),
    /// `a < b < c`.
    ChainedComparison,
    /// `in`, `is`.
    Membership(String),
    /// `*args`, `**kwargs`.
    Unpacking,
    /// `x.a = …`, `x = y = …`.
    AssignmentTarget,
    /// `f'…'` or `b'…'`.
    TextPrefix(String),
    /// `1j`.
    Complex,
    /// `:=`, `->` or another mark that has no meaning here.
    Mark(String),
    /// `{1, 2}`.
    Set,
}

impl std::fmt::Display for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Feature::Statement(word)
            | Feature::BooleanWord(word)
            | Feature::Membership(word)
            | Feature::Mark(word) => f.write_str(word),
            Feature::Lambda => f.write_str("lambda"),
            Feature::Conditional => f.write_str("if … else"),
            Feature::Comprehension => f.write_str("a comprehension"),
            Feature::ChainedComparison => f.write_str("a chained comparison"),
            Feature::Unpacking => f.write_str("unpacking with *"),
            Feature::AssignmentTarget => {
                f.write_str("assignment to anything but names and columns")
            }
            Feature::TextPrefix(prefix) => write!(f, "the text prefix {prefix}"),
            Feature::Complex => f.write_str("a complex number"),
            Feature::Set => f.write_str("a set"),
        }
    }
}

fn nearest_text(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map_or_else(String::new, |name| format!("; perhaps {name}"))
}
