//! `ALTER TABLE` and `TRUNCATE TABLE`.

use datafusion::sql::sqlparser::ast::Expr;
use odps::tables::PartitionSpec;

use super::reader::Reader;
use super::{Action, Columns, Statement};
use crate::catalog::Alter;
use crate::error::SqlError;

impl Reader<'_> {
    pub(super) fn alter(&mut self) -> Result<Statement, SqlError> {
        self.expect("alter")?;
        if !self.word("view") {
            self.expect("table")?;
        }
        let name = self.table()?;
        let action = self.action()?;
        Ok(Statement::Alter { name, action })
    }

    fn action(&mut self) -> Result<Action, SqlError> {
        if self.word("add") {
            return self.add();
        }
        if self.word("drop") {
            return self.drop_parts();
        }
        if self.words(&["rename", "to"]) {
            return Ok(Action::Rename(self.name()?));
        }
        if self.words(&["rename", "column"]) {
            let name = self.name()?;
            self.expect("to")?;
            return Ok(Action::Columns(Columns::Change {
                name,
                to: self.name()?,
                kind: None,
                comment: None,
            }));
        }
        if self.word("merge") {
            let if_exists = self.words(&["if", "exists"]);
            let from = self.conditions()?;
            self.expect("overwrite")?;
            self.expect("partition")?;
            let into = self.spec()?;
            self.word("purge");
            return Ok(Action::MergePartitions {
                from,
                into,
                if_exists,
            });
        }
        if self.word("partition") {
            let from = self.spec()?;
            self.expect("rename")?;
            self.expect("to")?;
            self.expect("partition")?;
            return Ok(Action::RenamePartition(from, self.spec()?));
        }
        if self.word("set") {
            return self.set_option();
        }
        if self.word("touch") {
            return Ok(Action::Change(Alter::Touch));
        }
        if self.words(&["disable", "lifecycle"]) {
            return Ok(Action::Change(Alter::Lifecycle(None)));
        }
        if self.words(&["changeowner", "to"]) {
            return Ok(Action::Change(Alter::Owner(self.string()?)));
        }
        if self.words(&["change", "column"]) || self.word("change") {
            return self.change_column();
        }
        Err(self.unexpected("ADD, DROP, RENAME, SET, CHANGE, MERGE, PARTITION or TOUCH"))
    }

    /// `name COMMENT '…'`, `name NULL` or `name new_name [type] [COMMENT '…']`
    fn change_column(&mut self) -> Result<Action, SqlError> {
        let name = self.name()?;
        if self.word("null") {
            return Ok(Action::Columns(Columns::Nullable(name)));
        }
        if self.word("comment") {
            let comment = self.string()?;
            return Ok(Action::Change(Alter::ColumnComment(name, comment)));
        }
        let to = self.name()?;
        let kind = match self.peek_word().as_deref() {
            None | Some("comment") => None,
            Some(_) => Some(self.kind()?),
        };
        let comment = match self.word("comment") {
            true => Some(self.string()?),
            false => None,
        };
        Ok(Action::Columns(Columns::Change {
            name,
            to,
            kind,
            comment,
        }))
    }

    fn add(&mut self) -> Result<Action, SqlError> {
        if self.word("columns") || self.word("column") {
            let (columns, no_default) = if self.has_symbol("(") {
                let (columns, defaults) = self.columns()?;
                (columns, defaults.is_empty())
            } else {
                let (column, default) = self.column_def()?;
                (vec![column], default.is_none())
            };
            if !no_default {
                let message = "DEFAULT is taken by CREATE TABLE only";
                return Err(SqlError::semantic(message).at(self.place()));
            }
            return Ok(Action::Change(Alter::AddColumns(columns)));
        }
        let if_not_exists = self.words(&["if", "not", "exists"]);
        Ok(Action::AddPartitions(self.partitions()?, if_not_exists))
    }

    fn drop_parts(&mut self) -> Result<Action, SqlError> {
        if self.word("columns") || self.word("column") {
            let bracket = self.has_symbol("(");
            let names = self.list(Self::name)?;
            if bracket {
                self.symbol(")")?;
            }
            return Ok(Action::Columns(Columns::Drop(names)));
        }
        let if_exists = self.words(&["if", "exists"]);
        let conditions = self.conditions()?;
        self.word("purge");
        Ok(Action::DropPartitions(conditions, if_exists))
    }

    /// One or more `PARTITION (pt < '2020', …)`, with or without commas between them.
    fn conditions(&mut self) -> Result<Vec<Vec<Expr>>, SqlError> {
        let mut all = Vec::new();
        loop {
            self.expect("partition")?;
            self.symbol("(")?;
            all.push(self.list(Self::expr)?);
            self.symbol(")")?;
            let more = self.has_symbol(",");
            if !more && self.peek_word().as_deref() != Some("partition") {
                return Ok(all);
            }
        }
    }

    /// `UPDATE t …`, `DELETE FROM t …`, `MERGE INTO t …`: which table is meant; the rest is not read.
    pub(super) fn change_rows(&mut self) -> Result<Statement, SqlError> {
        let verb = if self.word("update") {
            "UPDATE"
        } else if self.word("delete") {
            self.word("from");
            "DELETE"
        } else {
            self.expect("merge")?;
            self.expect("into")?;
            "MERGE"
        };
        self.word("table");
        let name = self.table()?;
        self.until(|_| false);
        Ok(Statement::ChangeRows { verb, name })
    }

    /// One or more `PARTITION (…)`, with or without commas between them.
    fn partitions(&mut self) -> Result<Vec<PartitionSpec>, SqlError> {
        let mut specs = Vec::new();
        loop {
            self.expect("partition")?;
            specs.push(self.spec()?);
            let more = self.has_symbol(",");
            if !more && self.peek_word().as_deref() != Some("partition") {
                return Ok(specs);
            }
        }
    }

    fn set_option(&mut self) -> Result<Action, SqlError> {
        let change = if self.word("comment") {
            Alter::Comment(self.string()?)
        } else if self.word("lifecycle") {
            Alter::Lifecycle(Some(self.number()?))
        } else if self.word("tblproperties") {
            Alter::Properties(self.properties()?)
        } else {
            return Err(self.unexpected("COMMENT, LIFECYCLE or TBLPROPERTIES"));
        };
        Ok(Action::Change(change))
    }

    pub(super) fn truncate(&mut self) -> Result<Statement, SqlError> {
        self.expect("truncate")?;
        self.expect("table")?;
        let name = self.table()?;
        let partitions = match self.peek_word().as_deref() {
            Some("partition") => self.partitions()?,
            _ => Vec::new(),
        };
        Ok(Statement::Truncate { name, partitions })
    }
}
