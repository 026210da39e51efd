//! `SHOW …` and `DESC`: text, as the command line client of MaxCompute prints it.

use std::fmt::Write as _;

use chrono::DateTime;
use odps::tables::PartitionSpec;
use odps::types::Column;

use super::Runner;
use crate::catalog::{TableDef, TableName};
use crate::error::SqlError;
use crate::functions;
use crate::outcome::Outcome;
use crate::statement::{Statement, Written};

impl Runner {
    pub(super) fn show(&self, statement: Statement) -> Result<Outcome, SqlError> {
        let text = match statement {
            Statement::ShowTables { place, like } => self.tables(&place, like.as_deref())?,
            Statement::ShowPartitions { name, filter } => {
                self.partitions(&name, filter.as_ref())?
            }
            Statement::ShowCreate(name) => {
                let (name, def) = self.find(&name)?;
                ddl(&name, &def)
            }
            Statement::ShowSchemas => {
                let schemas = self.catalog.schemas(self.catalog.project())?;
                lines(schemas)
            }
            Statement::ShowFunctions { like } => {
                let mut names = functions::names();
                names.retain(|name| like.as_ref().is_none_or(|like| matches(like, name)));
                lines(names)
            }
            Statement::Describe {
                name,
                partition,
                extended,
            } => self.describe(&name, partition.as_ref(), extended)?,
            _ => return Err(SqlError::internal("no such statement")),
        };
        Ok(Outcome::Text(text))
    }

    fn tables(&self, place: &[String], like: Option<&str>) -> Result<String, SqlError> {
        let own = self.catalog.project().to_owned();
        let (project, schema) = match place {
            [] => (own, None),
            [project, schema, ..] => (project.clone(), Some(schema.clone())),
            [one] if self.catalog.schemas(&own)?.contains(one) => (own, Some(one.clone())),
            [project] => (project.clone(), None),
        };
        let mut text = String::new();
        for table in self.catalog.tables(&project, schema.as_deref())? {
            if like.is_some_and(|pattern| !matches(pattern, &table)) {
                continue;
            }
            let name = TableName {
                project: project.clone(),
                schema: schema.clone().filter(|schema| schema != "default"),
                table,
            };
            // A table that was dropped since it was listed is left out.
            if let Some(def) = self.catalog.table(&name)? {
                let _ = writeln!(text, "{}:{}", def.facts.owner, name.table);
            }
        }
        Ok(text)
    }

    fn partitions(
        &self,
        written: &Written,
        filter: Option<&PartitionSpec>,
    ) -> Result<String, SqlError> {
        let (name, def) = self.find(written)?;
        if def.partitions.is_empty() {
            let message = format!("table {name} is not partitioned");
            return Err(SqlError::semantic(message).at(written.place));
        }
        let sets = self.catalog.data(&name, filter)?;
        Ok(lines(sets.iter().map(|set| path(&set.spec)).collect()))
    }

    fn describe(
        &self,
        written: &Written,
        partition: Option<&PartitionSpec>,
        extended: bool,
    ) -> Result<String, SqlError> {
        let (name, def) = self.find(written)?;
        let mut sheet = Sheet::default();
        let sets = match def.view {
            Some(_) => Vec::new(),
            None => self.catalog.data(&name, partition)?,
        };
        let bytes: u64 = sets.iter().map(|set| set.bytes).sum();
        let rows: u64 = sets.iter().map(|set| set.rows).sum();
        if let Some(spec) = partition {
            let Some(set) = sets.first() else {
                let error = crate::CatalogError::NoSuchPartition(spec.clone());
                return Err(SqlError::from(error).at(written.place));
            };
            sheet.line();
            sheet.row(&format!("PartitionSize: {bytes}"));
            sheet.line();
            sheet.row(&format!(
                "CreateTime:               {}",
                self.time(set.created)
            ));
            sheet.row(&format!(
                "LastModifiedTime:         {}",
                self.time(set.modified)
            ));
            if extended {
                sheet.row(&format!("RecordNum:                {rows}"));
            }
            sheet.line();
            return Ok(sheet.0);
        }
        sheet.line();
        sheet.row(&format!(
            "Owner:                    {} | Project:                  {}",
            def.facts.owner, name.project
        ));
        if let Some(schema) = &name.schema {
            sheet.row(&format!("Schema:                   {schema}"));
        }
        sheet.row(&format!("TableComment:             {}", def.comment));
        sheet.line();
        sheet.row(&format!(
            "CreateTime:               {}",
            self.time(def.facts.created)
        ));
        sheet.row(&format!(
            "LastDDLTime:              {}",
            self.time(def.facts.altered)
        ));
        sheet.row(&format!(
            "LastModifiedTime:         {}",
            self.time(def.facts.modified)
        ));
        if let Some(days) = def.lifecycle {
            sheet.row(&format!("Lifecycle:                {days}"));
        }
        sheet.line();
        match &def.view {
            Some(text) => sheet.row(&format!("VirtualView: YES | ViewText: {text}")),
            None => sheet.row(&format!("InternalTable: YES | Size: {bytes}")),
        }
        sheet.line();
        sheet.row("Native Columns:");
        sheet.columns(&def.columns, extended);
        if !def.partitions.is_empty() {
            sheet.row("Partition Columns:");
            sheet.columns(&def.partitions, extended);
        }
        if extended {
            sheet.row("Extended Info:");
            sheet.line();
            sheet.row(&format!("RecordNum:                {rows}"));
            for (key, value) in &def.properties {
                sheet.row(&format!("{key}: {value}"));
            }
            sheet.line();
        }
        Ok(sheet.0)
    }

    fn time(&self, seconds: i64) -> String {
        let zone = self.planner.zone();
        match DateTime::from_timestamp(seconds, 0) {
            Some(time) => time
                .with_timezone(&zone)
                .format("%Y-%m-%d %H:%M:%S")
                .to_string(),
            None => String::new(),
        }
    }
}

/// Boxed lines.
#[derive(Default)]
struct Sheet(String);

const WIDTH: usize = 84;

impl Sheet {
    fn line(&mut self) {
        let _ = writeln!(self.0, "+{}+", "-".repeat(WIDTH));
    }

    fn row(&mut self, text: &str) {
        let _ = writeln!(self.0, "| {text:<width$} |", width = WIDTH - 2);
    }

    fn columns(&mut self, columns: &[Column], extended: bool) {
        self.line();
        let nullable = if extended { " | Nullable" } else { "" };
        self.row(&format!(
            "{:<20} | {:<20} | Label{nullable} | Comment",
            "Field", "Type"
        ));
        self.line();
        for column in columns {
            let nullable = match extended {
                true => format!(" | {:<8}", column.nullable),
                false => String::new(),
            };
            self.row(&format!(
                "{:<20} | {:<20} | {:<5}{nullable} | {}",
                column.name,
                column.kind.to_string(),
                column.label,
                column.comment
            ));
        }
        self.line();
    }
}

fn lines(items: Vec<String>) -> String {
    items.into_iter().map(|item| item + "\n").collect()
}

/// `pt=1/region=cn`
fn path(spec: &PartitionSpec) -> String {
    let parts = spec.0.iter().map(|(key, value)| format!("{key}={value}"));
    parts.collect::<Vec<_>>().join("/")
}

/// `LIKE` of `SHOW TABLES`: `*` and `%` stand for any text.
fn matches(pattern: &str, name: &str) -> bool {
    let parts: Vec<&str> = pattern.split(['*', '%']).collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    if parts.len() == 1 {
        return name.eq_ignore_ascii_case(pattern);
    }
    let name = name.to_lowercase();
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    let Some(mut rest) = name
        .strip_prefix(&first)
        .and_then(|rest| rest.strip_suffix(&last))
    else {
        return false;
    };
    for middle in &parts[1..parts.len() - 1] {
        match rest.find(&middle.to_lowercase()) {
            Some(at) => rest = &rest[at + middle.len()..],
            None => return false,
        }
    }
    true
}

/// The statement that makes this table.
fn ddl(name: &TableName, def: &TableDef) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let defaults = &def.defaults;
    let columns = |columns: &[Column]| {
        let one = |column: &Column| {
            let mut text = format!(
                "`{}` {}",
                column.name,
                column.kind.to_string().to_uppercase()
            );
            if !column.nullable {
                text.push_str(" NOT NULL");
            }
            if let Some(default) = defaults.get(&column.name) {
                let _ = write!(text, " DEFAULT {default}");
            }
            if !column.comment.is_empty() {
                let _ = write!(text, " COMMENT {}", quoted(&column.comment));
            }
            text
        };
        columns.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let table = match &name.schema {
        Some(schema) => format!("{}.{schema}.`{}`", name.project, name.table),
        None => format!("{}.`{}`", name.project, name.table),
    };
    if let Some(text) = &def.view {
        return format!("CREATE VIEW IF NOT EXISTS {table} AS {text};");
    }
    let mut text = format!(
        "CREATE TABLE IF NOT EXISTS {table}({})",
        columns(&def.columns)
    );
    if !def.comment.is_empty() {
        let _ = write!(text, " COMMENT {}", quoted(&def.comment));
    }
    if !def.partitions.is_empty() {
        let _ = write!(text, " PARTITIONED BY ({})", columns(&def.partitions));
    }
    text.push_str(" STORED AS ALIORC");
    if !def.properties.is_empty() {
        let pairs = def.properties.iter();
        let pairs = pairs.map(|(key, value)| format!("{}={}", quoted(key), quoted(value)));
        let _ = write!(
            text,
            " TBLPROPERTIES ({})",
            pairs.collect::<Vec<_>>().join(", ")
        );
    }
    if let Some(days) = def.lifecycle {
        let _ = write!(text, " LIFECYCLE {days}");
    }
    text.push(';');
    text
}
