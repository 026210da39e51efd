//! The forms that cells are copied in, line by line.

use super::Form;
use crate::equal::literal::Literal;
use crate::equal::name;
use crate::format::clip::Clip;
use crate::format::nested::quoted;
use crate::{Cell, Kind, Table};
use std::collections::BTreeSet;

/// Writes rows in one form.
pub(super) struct Writer<'a> {
    form: &'a Form,
    /// The columns' names, told apart where the form needs it.
    names: Vec<String>,
    literals: Vec<Literal<'a>>,
    columns: &'a [usize],
    table: &'a Table,
}

impl<'a> Writer<'a> {
    pub(super) fn new(table: &'a Table, form: &'a Form, columns: &'a [usize]) -> Self {
        let names = columns
            .iter()
            .map(|&column| table.columns()[column].name.clone());
        let names: Vec<String> = names.collect();
        let names = if *form == Form::Json {
            apart(names)
        } else {
            names
        };
        let literals = match form {
            Form::SqlValues { .. } => columns
                .iter()
                .map(|&column| Literal::of(table, column))
                .collect(),
            _ => Vec::new(),
        };
        Self {
            form,
            names,
            literals,
            columns,
            table,
        }
    }

    /// Whether a head without rows would not be sound.
    pub(super) fn needs_rows(&self) -> bool {
        matches!(self.form, Form::SqlValues { .. })
    }

    pub(super) fn head(&self) -> String {
        let each = |write: fn(&String) -> String| self.names.iter().map(write).collect::<Vec<_>>();
        match self.form {
            Form::TsvHeader => each(|name| field(name)).join("\t"),
            Form::Markdown if !self.names.is_empty() => {
                let names = each(|name| marked(name)).join(" | ");
                let rules: Vec<&str> = self.columns.iter().map(|&at| self.rule(at)).collect();
                format!("| {names} |\n| {} |", rules.join(" | "))
            }
            Form::Json => "[".to_owned(),
            Form::SqlValues { table } => {
                let parts: Vec<String> = table.iter().map(|part| name(part)).collect();
                let names = each(|one| name(one)).join(", ");
                format!("INSERT INTO {} ({names}) VALUES", parts.join("."))
            }
            _ => String::new(),
        }
    }

    /// Numbers stand to the right.
    fn rule(&self, column: usize) -> &'static str {
        let data_type = self.table.schema().field(column).data_type();
        if data_type.is_numeric() {
            "---:"
        } else {
            "---"
        }
    }

    pub(super) fn tail(&self) -> &'static str {
        match self.form {
            Form::Json => "\n]",
            Form::SqlValues { .. } => ";",
            _ => "",
        }
    }

    pub(super) fn row(&self, row: u64, cells: &[Cell], before: u64, out: &mut String) {
        let first = before == 0;
        let join = |write: fn(&Cell) -> String, between: &str| {
            cells.iter().map(write).collect::<Vec<_>>().join(between)
        };
        if !out.is_empty() || !first {
            let more = matches!(self.form, Form::Json | Form::SqlValues { .. }) && !first;
            out.push_str(if more { ",\n" } else { "\n" });
        }
        match self.form {
            Form::Tsv | Form::TsvHeader => out.push_str(&join(tabbed, "\t")),
            Form::Text => out.push_str(&join(|cell| cell.text.clone(), "\t")),
            Form::Markdown => {
                out.push_str(&format!("| {} |", join(|cell| marked(&cell.text), " | ")));
            }
            Form::Json => {
                let pairs = self.names.iter().zip(cells);
                let pairs: Vec<String> = pairs
                    .map(|(name, cell)| format!("{}: {}", json_text(name), cell.json()))
                    .collect();
                out.push_str(&format!("  {{{}}}", pairs.join(", ")));
            }
            Form::SqlValues { .. } => {
                let values: Vec<String> = self
                    .literals
                    .iter()
                    .map(|literal| literal.of_cell(row))
                    .collect();
                out.push_str(&format!("  ({})", values.join(", ")));
            }
        }
    }
}

/// Names of which none comes twice.
pub fn apart(names: Vec<String>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let all: BTreeSet<String> = names.iter().cloned().collect();
    names
        .into_iter()
        .map(|name| {
            let mut other = name.clone();
            let mut number = 2u64;
            while taken.contains(&other) || (other != name && all.contains(&other)) {
                other = format!("{name}_{number}");
                number += 1;
            }
            taken.insert(other.clone());
            other
        })
        .collect()
}

/// A field of a tab-separated line. The word NULL as a text stands in quotes, an absent value does
/// not, so that the two stay apart.
fn tabbed(cell: &Cell) -> String {
    match cell.kind {
        Kind::Text if cell.text == "NULL" => "\"NULL\"".to_owned(),
        Kind::Text | Kind::Nested | Kind::Unknown => field(&cell.text),
        _ => cell.text.clone(),
    }
}

/// Quotes as spreadsheets read them, where the text would break the line or begins with a quote.
fn field(text: &str) -> String {
    match text.contains(['\t', '\n', '\r']) || text.starts_with('"') {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// Text inside a cell of a Markdown table.
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' => {
                // An underscore inside a word and a lone comparison are plain in every reader, but
                // an escape is never wrong.
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("<br>"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}

/// A JSON string.
pub fn json_text(text: &str) -> String {
    let mut clip = Clip::new(usize::MAX);
    quoted(text, &mut clip);
    clip.finish().0
}

impl Cell {
    /// A whole cell as JSON: numbers digit for digit; what JSON has no number for as a string.
    pub fn json(&self) -> String {
        match self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool => self.text.clone(),
            Kind::Number if self.text.ends_with(|last: char| last.is_ascii_digit()) => {
                self.text.clone()
            }
            Kind::Nested if crate::inspect::json::sound(&self.text) => self.text.clone(),
            _ => json_text(&self.text),
        }
    }
}
