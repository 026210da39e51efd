//! `ALTER TABLE` and `TRUNCATE TABLE`.

use odps::tables::PartitionSpec;

use super::reader::Reader;
use super::{Action, Statement};
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
            let name = self.name()?;
            self.expect("comment")?;
            let comment = self.string()?;
            return Ok(Action::Change(Alter::ColumnComment(name, comment)));
        }
        Err(self.unexpected("ADD, DROP, RENAME, SET, CHANGE or TOUCH"))
    }

    fn add(&mut self) -> Result<Action, SqlError> {
        if self.word("columns") || self.word("column") {
            let columns = if self.has_symbol("(") {
                self.columns()?
            } else {
                vec![self.column_def()?]
            };
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
            return Ok(Action::Change(Alter::DropColumns(names)));
        }
        let if_exists = self.words(&["if", "exists"]);
        Ok(Action::DropPartitions(self.partitions()?, if_exists))
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
