//! One statement: what it is, read from its tokens. Queries are trees of `sqlparser`; the statements
//! that it lacks are read here and in the files below.

mod alter;
mod create;
mod insert;
mod reader;
mod show;
mod variable;

use datafusion::sql::sqlparser::ast::{Expr, Query};
use odps::tables::PartitionSpec;
use odps::types::{Column, Type};

use crate::catalog::{Alter, TableDef};
use crate::error::{Position, SqlError};
use crate::script::Piece;
use reader::Reader;
pub(crate) use reader::literal;
pub(crate) use variable::{Meaning, Variables};

/// A table's name as it was written: one to three parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) parts: Vec<String>,
    pub(crate) place: Option<Position>,
}

/// A statement of the dialect.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Query(Box<Query>),
    Explain(Box<Query>),
    CreateTable(Create),
    CreateView {
        name: Written,
        replace: bool,
        if_not_exists: bool,
        columns: Vec<(String, String)>,
        comment: String,
        query: Box<Query>,
        /// The text of the query, to be stored.
        text: String,
    },
    Drop {
        name: Written,
        if_exists: bool,
        view: bool,
    },
    Alter {
        name: Written,
        action: Action,
    },
    Truncate {
        name: Written,
        partitions: Vec<PartitionSpec>,
    },
    Insert(Insert),
    /// Several inserts of the rows of one source; nothing of them is seen before all are computed.
    MultiInsert(Vec<Insert>),
    /// A variable of the script gets its meaning.
    Assign {
        name: String,
        meaning: Meaning,
    },
    ShowTables {
        place: Vec<String>,
        like: Option<String>,
    },
    ShowPartitions {
        name: Written,
        filter: Option<PartitionSpec>,
    },
    ShowCreate(Written),
    ShowSchemas,
    ShowFunctions {
        like: Option<String>,
    },
    Describe {
        name: Written,
        partition: Option<PartitionSpec>,
        extended: bool,
    },
    /// `UPDATE`, `DELETE` and `MERGE INTO`.
    ChangeRows {
        verb: &'static str,
        name: Written,
    },
    CreateSchema {
        parts: Vec<String>,
        if_not_exists: bool,
    },
    DropSchema {
        parts: Vec<String>,
        if_exists: bool,
    },
    Set {
        key: String,
        value: String,
    },
}

/// `CREATE TABLE` in its three forms.
#[derive(Clone, Debug)]
pub(crate) struct Create {
    pub(crate) name: Written,
    pub(crate) if_not_exists: bool,
    pub(crate) def: TableDef,
    pub(crate) like: Option<Written>,
    pub(crate) query: Option<Box<Query>>,
}

/// `INSERT`.
#[derive(Clone, Debug)]
pub(crate) struct Insert {
    pub(crate) name: Written,
    pub(crate) overwrite: bool,
    /// Keys with a value are static, those without are dynamic.
    pub(crate) partition: Vec<(String, Option<Expr>)>,
    pub(crate) columns: Vec<String>,
    pub(crate) query: Box<Query>,
}

/// What `ALTER TABLE` does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Change(Alter),
    Rename(String),
    AddPartitions(Vec<PartitionSpec>, bool),
    /// For each partition clause its conditions, all of which hold.
    DropPartitions(Vec<Vec<Expr>>, bool),
    MergePartitions {
        from: Vec<Vec<Expr>>,
        into: PartitionSpec,
        if_exists: bool,
    },
    RenamePartition(PartitionSpec, PartitionSpec),
    Columns(Columns),
}

/// A change of columns that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Columns {
    Drop(Vec<String>),
    Change {
        name: String,
        to: String,
        kind: Option<Type>,
        comment: Option<String>,
    },
    Nullable(String),
}

impl Statement {
    /// Reads one statement. `script` is the whole text that the tokens are of.
    pub(crate) fn read(piece: &Piece, script: &str) -> Result<Self, SqlError> {
        let mut reader = Reader::new(piece, script);
        let statement = reader.statement()?;
        reader.end()?;
        Ok(statement)
    }

    /// Whether the statement changes something.
    pub(crate) fn writes(&self) -> bool {
        matches!(
            self,
            Self::CreateTable(_)
                | Self::CreateView { .. }
                | Self::Drop { .. }
                | Self::Alter { .. }
                | Self::Truncate { .. }
                | Self::Insert(_)
                | Self::MultiInsert(_)
                | Self::ChangeRows { .. }
                | Self::CreateSchema { .. }
                | Self::DropSchema { .. }
        )
    }
}

impl Reader<'_> {
    fn statement(&mut self) -> Result<Statement, SqlError> {
        let first = self.peek_word().unwrap_or_default();
        match first.as_str() {
            "select" | "with" | "values" | "from" | "insert" => self.data(),
            name if name.starts_with('@') => self.assign(),
            "" if self.peek_symbol("(") => Ok(Statement::Query(self.query()?)),
            "explain" => {
                self.word("explain");
                self.word("extended");
                Ok(Statement::Explain(self.query()?))
            }
            "create" => self.create(),
            "drop" => self.drop(),
            "alter" => self.alter(),
            "truncate" => self.truncate(),
            "update" | "delete" | "merge" => self.change_rows(),
            "show" => self.show(),
            "desc" | "describe" => self.describe(),
            "set" | "setproject" => self.set(),
            _ => Err(self.unexpected("a statement")),
        }
    }

    fn set(&mut self) -> Result<Statement, SqlError> {
        self.advance();
        let key = self.until(|symbol| symbol == "=");
        self.symbol("=")?;
        // Values keep their case, unlike names.
        let value = self.rest();
        let value = value.trim().trim_matches(['\'', '"']).to_owned();
        self.until(|_| false);
        if key.is_empty() {
            return Err(self.unexpected("a flag"));
        }
        Ok(Statement::Set { key, value })
    }
}

/// A column without more than name and type.
fn column(name: String, kind: Type, comment: String, nullable: bool) -> Column {
    Column {
        comment,
        nullable,
        ..Column::new(name, kind)
    }
}
