//! `CREATE TABLE`, `CREATE VIEW`, `CREATE SCHEMA` and their `DROP`.

use std::collections::BTreeMap;

use odps::types::{Column, Type};

use super::reader::Reader;
use super::{Create, Statement, column};
use crate::catalog::TableDef;
use crate::error::SqlError;

/// The texts of defaults by column.
type Defaults = BTreeMap<String, String>;

impl Reader<'_> {
    pub(super) fn create(&mut self) -> Result<Statement, SqlError> {
        self.expect("create")?;
        let replace = self.words(&["or", "replace"]);
        if self.word("view") {
            return self.create_view(replace);
        }
        if self.word("schema") {
            let if_not_exists = self.words(&["if", "not", "exists"]);
            let parts = self.table()?.parts;
            return Ok(Statement::CreateSchema {
                parts,
                if_not_exists,
            });
        }
        self.word("external");
        self.expect("table")?;
        let if_not_exists = self.words(&["if", "not", "exists"]);
        let name = self.table()?;
        if self.word("like") {
            let like = Some(self.table()?);
            let def = self.table_options(TableDef::default())?;
            return Ok(Statement::CreateTable(Create {
                name,
                if_not_exists,
                def,
                like,
                query: None,
            }));
        }
        let mut def = TableDef::default();
        if self.has_symbol("(") {
            (def.columns, def.defaults) = self.columns()?;
        }
        let def = self.table_options(def)?;
        let query = if self.word("as") {
            Some(self.query()?)
        } else {
            None
        };
        if query.is_none() && def.columns.is_empty() {
            return Err(self.unexpected("columns"));
        }
        Ok(Statement::CreateTable(Create {
            name,
            if_not_exists,
            def,
            like: None,
            query,
        }))
    }

    /// What follows the columns, in any order.
    fn table_options(&mut self, mut def: TableDef) -> Result<TableDef, SqlError> {
        loop {
            if self.word("comment") {
                def.comment = self.string()?;
            } else if self.words(&["partitioned", "by"]) {
                self.symbol("(")?;
                let place = self.place();
                let defaults;
                (def.partitions, defaults) = self.columns()?;
                if !defaults.is_empty() {
                    let message = "partition columns take no DEFAULT";
                    return Err(SqlError::semantic(message).at(place));
                }
            } else if self.word("lifecycle") {
                def.lifecycle = Some(self.number()?);
            } else if self.word("tblproperties") {
                def.properties = self.properties()?;
            } else if self.words(&["stored", "as"]) {
                self.name()?;
            } else if self.words(&["clustered", "by"])
                || self.words(&["range", "clustered", "by"])
                || self.words(&["sorted", "by"])
            {
                self.symbol("(")?;
                self.list(|reader| {
                    reader.name()?;
                    let _ = reader.word("asc") || reader.word("desc");
                    Ok(())
                })?;
                self.symbol(")")?;
            } else if self.word("into") {
                self.number::<u32>()?;
                self.expect("buckets")?;
            } else {
                return Ok(def);
            }
        }
    }

    /// `('key'='value', …)`
    pub(super) fn properties(&mut self) -> Result<Vec<(String, String)>, SqlError> {
        self.symbol("(")?;
        let pairs = self.list(|reader| {
            let key = reader.string()?;
            reader.symbol("=")?;
            Ok((key, reader.string()?))
        })?;
        self.symbol(")")?;
        Ok(pairs)
    }

    /// `name type [NOT NULL] [DEFAULT v] [COMMENT '…'], …)`, the opening bracket already read.
    pub(super) fn columns(&mut self) -> Result<(Vec<Column>, Defaults), SqlError> {
        let mut columns: Vec<Column> = Vec::new();
        let mut defaults = Defaults::new();
        loop {
            if self.words(&["primary", "key"]) {
                self.symbol("(")?;
                self.list(Self::name)?;
                self.symbol(")")?;
            } else {
                let place = self.place();
                let (one, default) = self.column_def()?;
                if columns.iter().any(|other| other.name == one.name) {
                    let message = format!("column {} is repeated in creation", one.name);
                    return Err(SqlError::semantic(message).at(place));
                }
                defaults.extend(default.map(|text| (one.name.clone(), text)));
                columns.push(one);
            }
            if !self.has_symbol(",") {
                break;
            }
        }
        self.symbol(")")?;
        Ok((columns, defaults))
    }

    /// A column and the text of its default.
    pub(super) fn column_def(&mut self) -> Result<(Column, Option<String>), SqlError> {
        let name = self.name()?;
        // `PARTITIONED BY (pt)` of a CTAS and `(a COMMENT '…')` of a view have no type.
        let kind = match self.peek_word().as_deref() {
            None | Some("comment") => Type::String,
            Some(_) => self.kind()?,
        };
        let mut nullable = true;
        let mut comment = String::new();
        let mut default = None;
        loop {
            if self.words(&["not", "null"]) {
                nullable = false;
            } else if self.word("null") {
                nullable = true;
            } else if self.word("comment") {
                comment = self.string()?;
            } else if self.word("default") {
                default = Some(self.source(Self::expr)?);
            } else {
                return Ok((column(name, kind, comment, nullable), default));
            }
        }
    }

    fn create_view(&mut self, replace: bool) -> Result<Statement, SqlError> {
        let if_not_exists = self.words(&["if", "not", "exists"]);
        let name = self.table()?;
        let mut columns = Vec::new();
        if self.has_symbol("(") {
            columns = self.list(|reader| {
                let name = reader.name()?;
                let comment = if reader.word("comment") {
                    reader.string()?
                } else {
                    String::new()
                };
                Ok((name, comment))
            })?;
            self.symbol(")")?;
        }
        let mut comment = String::new();
        if self.word("comment") {
            comment = self.string()?;
        }
        self.expect("as")?;
        let text = self.rest();
        Ok(Statement::CreateView {
            name,
            replace,
            if_not_exists,
            columns,
            comment,
            query: self.query()?,
            text,
        })
    }

    pub(super) fn drop(&mut self) -> Result<Statement, SqlError> {
        self.expect("drop")?;
        if self.word("schema") {
            let if_exists = self.words(&["if", "exists"]);
            let parts = self.table()?.parts;
            return Ok(Statement::DropSchema { parts, if_exists });
        }
        let view = self.word("view");
        if !view {
            self.expect("table")?;
        }
        let if_exists = self.words(&["if", "exists"]);
        let name = self.table()?;
        self.word("purge");
        Ok(Statement::Drop {
            name,
            if_exists,
            view,
        })
    }
}
