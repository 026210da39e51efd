//! `INSERT INTO` and `INSERT OVERWRITE`, with static and dynamic partitions.

use super::reader::Reader;
use super::{Insert, Statement};
use crate::error::SqlError;

impl Reader<'_> {
    pub(super) fn insert(&mut self) -> Result<Statement, SqlError> {
        self.expect("insert")?;
        let overwrite = self.word("overwrite");
        if !overwrite {
            self.expect("into")?;
        }
        self.word("table");
        let name = self.table()?;
        let mut partition = Vec::new();
        if self.word("partition") {
            self.symbol("(")?;
            partition = self.list(|reader| {
                let key = reader.name()?;
                let value = if reader.has_symbol("=") {
                    Some(reader.expr()?)
                } else {
                    None
                };
                Ok((key, value))
            })?;
            self.symbol(")")?;
        }
        let mut columns = Vec::new();
        if self.peek_symbol("(") && !self.opens_query() {
            self.symbol("(")?;
            columns = self.list(Self::name)?;
            self.symbol(")")?;
        }
        Ok(Statement::Insert(Insert {
            name,
            overwrite,
            partition,
            columns,
            query: self.query()?,
        }))
    }
}
