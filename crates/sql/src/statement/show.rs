//! `SHOW …` and `DESC`.

use super::Statement;
use super::reader::Reader;
use crate::error::SqlError;

impl Reader<'_> {
    pub(super) fn show(&mut self) -> Result<Statement, SqlError> {
        self.expect("show")?;
        if self.word("tables") || self.word("views") {
            let mut place = Vec::new();
            if self.word("in") || self.word("from") {
                place = self.table()?.parts;
            }
            let like = if self.word("like") {
                Some(self.string()?)
            } else {
                None
            };
            return Ok(Statement::ShowTables { place, like });
        }
        if self.word("partitions") {
            let name = self.table()?;
            let filter = if self.word("partition") {
                Some(self.spec()?)
            } else {
                None
            };
            return Ok(Statement::ShowPartitions { name, filter });
        }
        if self.word("create") {
            if !self.word("view") {
                self.expect("table")?;
            }
            return Ok(Statement::ShowCreate(self.table()?));
        }
        if self.word("schemas") || self.word("databases") {
            return Ok(Statement::ShowSchemas);
        }
        if self.word("functions") || self.words(&["builtin", "functions"]) {
            let like = if self.word("like") {
                Some(self.string()?)
            } else {
                None
            };
            return Ok(Statement::ShowFunctions { like });
        }
        Err(self.unexpected("TABLES, PARTITIONS, CREATE TABLE, SCHEMAS or FUNCTIONS"))
    }

    pub(super) fn describe(&mut self) -> Result<Statement, SqlError> {
        self.advance();
        let extended = self.word("extended");
        if !self.word("table") {
            self.word("view");
        }
        let name = self.table()?;
        let partition = if self.word("partition") {
            Some(self.spec()?)
        } else {
            None
        };
        Ok(Statement::Describe {
            name,
            partition,
            extended,
        })
    }
}
