//! What goes where, without a page around it: names, matches, the statement of a new table.

use std::collections::{BTreeMap, BTreeSet};

use file::import::{Found, Looked};
use odps::types::{Column, Type};

use crate::api::tables::TableName;

/// The letters that a name has at most.
const LONGEST: usize = 128;

/// A column of a new table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewColumn {
    /// Its place in the file.
    pub source: usize,
    /// Its name.
    pub name: String,
    /// Its type, as typed.
    pub kind: String,
}

/// How a column of the table and one of the file go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They have the same type.
    Same,
    /// Every value is checked on its way.
    Checked,
    /// The file does not have it.
    Missing,
}

/// A column of an existing table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The column.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its place in the file.
    pub source: Option<usize>,
    /// How they go together.
    pub fit: Fit,
}

/// The columns of a new table: those of the file, with what the reader changed.
pub fn new_columns(looked: &Looked, changed: &BTreeMap<usize, (String, String)>) -> Vec<NewColumn> {
    let mut taken = BTreeSet::new();
    let columns = looked.columns.iter().enumerate();
    columns
        .map(|(source, found)| {
            let (name, kind) = match changed.get(&source) {
                Some((name, kind)) => (name.clone(), kind.clone()),
                None => (plain(&found.name, source, &mut taken), found.kind.clone()),
            };
            NewColumn { source, name, kind }
        })
        .collect()
}

/// A name that a column may have and that no other one has.
fn plain(name: &str, at: usize, taken: &mut BTreeSet<String>) -> String {
    let letter = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            c
        } else {
            '_'
        }
    };
    let name: String = name.trim().chars().take(LONGEST - 4).map(letter).collect();
    let name = match name.chars().next() {
        None => format!("c{}", at + 1),
        Some(first) if first.is_numeric() || first == '_' => format!("c{name}"),
        Some(_) => name,
    };
    let mut free = name.clone();
    let mut count = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{name}_{count}");
        count += 1;
    }
    free
}

/// The columns of an existing table with their places in the file: by name, or as the reader chose.
pub fn matches(
    columns: &[Column],
    looked: &Looked,
    chosen: &BTreeMap<String, Option<usize>>,
) -> Vec<Match> {
    let by_name = |name: &str| {
        let same = |found: &Found| found.name.trim().eq_ignore_ascii_case(name);
        looked.columns.iter().position(same)
    };
    let one = |column: &Column| {
        let source = match chosen.get(&column.name) {
            Some(chosen) => *chosen,
            None => by_name(&column.name),
        };
        let kind = column.kind.to_string();
        let fit = match source.and_then(|at| looked.columns.get(at)) {
            None => Fit::Missing,
            Some(found) if found.kind == kind => Fit::Same,
            Some(_) => Fit::Checked,
        };
        Match {
            name: column.name.clone(),
            kind,
            source,
            fit,
        }
    };
    columns.iter().map(one).collect()
}

/// The columns of the file that go nowhere.
pub fn extra(looked: &Looked, matches: &[Match]) -> Vec<String> {
    let used: BTreeSet<usize> = matches.iter().filter_map(|one| one.source).collect();
    let columns = looked.columns.iter().enumerate();
    let extra = columns.filter(|(at, _)| !used.contains(at));
    extra.map(|(_, found)| found.name.clone()).collect()
}

/// Whether a new table may have this name.
pub fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    first && rest && text.len() <= LONGEST
}

/// The columns whose name or type cannot be.
pub fn bad_columns(columns: &[NewColumn]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let good = |column: &NewColumn| {
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        !column.name.is_empty()
            && column.name.chars().all(letter)
            && column.name.chars().count() <= LONGEST
            && is_kind(&column.kind)
    };
    let bad = columns
        .iter()
        .filter(|column| !taken.insert(column.name.to_lowercase()) || !good(column));
    bad.map(|column| column.name.clone()).collect()
}

/// Whether rows of this type can be sent.
pub fn is_kind(text: &str) -> bool {
    match Type::read(text) {
        Type::Other(_) | Type::Void | Type::Json | Type::IntervalYearMonth => false,
        Type::Decimal(Some((precision, scale))) => {
            (1..=38).contains(&precision) && scale <= 18 && scale <= precision
        }
        Type::Char(letters) | Type::Varchar(letters) => letters > 0,
        _ => true,
    }
}

/// The names of partition columns; none when one of them cannot be.
pub fn keys(text: &str, columns: &[NewColumn]) -> Option<Vec<String>> {
    let parts = text.split(',').map(str::trim);
    let keys: Vec<String> = parts
        .filter(|key| !key.is_empty())
        .map(str::to_owned)
        .collect();
    let distinct: BTreeSet<String> = keys.iter().map(|key| key.to_lowercase()).collect();
    let clash = |column: &NewColumn| distinct.contains(&column.name.to_lowercase());
    let good = keys.iter().all(|key| is_name(key));
    (good && distinct.len() == keys.len() && !columns.iter().any(clash)).then_some(keys)
}

/// `dt=20260101,region=cn`; none when a value is missing or cannot be.
pub fn partition(keys: &[String], values: &[String]) -> Option<String> {
    let pairs = keys.iter().enumerate().map(|(at, key)| {
        let value = values.get(at)?.trim();
        let bad = value.is_empty() || value.contains(['/', ',', '\'', '"', '\n', '=']);
        (!bad).then(|| format!("{key}={value}"))
    });
    let pairs: Option<Vec<String>> = pairs.collect();
    pairs.map(|pairs| pairs.join(","))
}

/// The statement that makes a new table.
pub fn statement(name: &TableName, columns: &[NewColumn], keys: &[String]) -> String {
    let lines = columns.iter().map(|column| {
        let kind = column.kind.trim().to_ascii_uppercase();
        format!("  {} {kind}", quoted(&column.name))
    });
    let lines: Vec<String> = lines.collect();
    let table = match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.table)),
        None => quoted(&name.table),
    };
    let keys: Vec<String> = keys
        .iter()
        .map(|key| format!("{} STRING", quoted(key)))
        .collect();
    let parts = match keys.is_empty() {
        true => String::new(),
        false => format!("\nPARTITIONED BY ({})", keys.join(", ")),
    };
    format!("CREATE TABLE {table} (\n{}\n){parts};", lines.join(",\n"))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(columns: &[(&str, &str)]) -> Looked {
        let found = |(name, kind): &(&str, &str)| Found {
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            nulls: 0,
            samples: Vec::new(),
        };
        Looked {
            options: file::import::ReadOptions::default(),
            columns: columns.iter().map(found).collect(),
            sampled: 0,
            whole: true,
            rows: None,
            bytes: 0,
        }
    }

    #[test]
    fn names_of_files_become_names_of_columns() {
        let file = looked(&[
            ("a b", "bigint"),
            ("A_B", "string"),
            ("", "date"),
            ("1x", "date"),
            ("价格", "double"),
        ]);
        let columns = new_columns(&file, &BTreeMap::from([(4, ("p".into(), "float".into()))]));
        let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["a_b", "A_B_2", "c3", "c1x", "p"]);
        assert_eq!(bad_columns(&columns), Vec::<String>::new());
        assert_eq!(columns[4].kind, "float");
    }

    #[test]
    fn a_table_takes_by_name_or_as_chosen() {
        let table = [
            Column::new("id", Type::Bigint),
            Column::new("price", Type::Decimal(Some((10, 2)))),
            Column::new("gone", Type::String),
        ];
        let file = looked(&[("ID", "bigint"), ("Price", "double"), ("more", "string")]);
        let found = matches(&table, &file, &BTreeMap::new());
        let fits: Vec<_> = found.iter().map(|one| (one.source, one.fit)).collect();
        assert_eq!(
            fits,
            [
                (Some(0), Fit::Same),
                (Some(1), Fit::Checked),
                (None, Fit::Missing)
            ]
        );
        assert_eq!(extra(&file, &found), ["more"]);
        let chosen = BTreeMap::from([("gone".to_owned(), Some(2)), ("id".to_owned(), None)]);
        let found = matches(&table, &file, &chosen);
        assert_eq!((found[0].source, found[2].source), (None, Some(2)));
        assert_eq!(extra(&file, &found), ["ID"]);
    }

    #[test]
    fn the_statement_is_what_is_seen() {
        let file = looked(&[("id", "bigint"), ("p", "decimal(38,2)")]);
        let columns = new_columns(&file, &BTreeMap::new());
        let said = keys(" dt, region ", &columns).unwrap();
        let name = TableName::read("crm.t");
        assert_eq!(
            statement(&name, &columns, &said),
            "CREATE TABLE `crm`.`t` (\n  `id` BIGINT,\n  `p` DECIMAL(38,2)\n)\nPARTITIONED BY (`dt` STRING, `region` STRING);"
        );
        assert_eq!(keys("ID", &columns), None);
        assert_eq!(keys("dt,dt", &columns), None);
        assert_eq!(
            partition(&said, &["1".into(), " cn".into()]).as_deref(),
            Some("dt=1,region=cn")
        );
        for bad in ["", "a/b", "a,b", "a'b"] {
            assert_eq!(partition(&said, &["1".into(), bad.into()]), None, "{bad}");
        }
    }

    #[test]
    fn names_and_types_that_cannot_be() {
        assert!(is_name("t_1"));
        for bad in ["", "1t", "a-b", "表", "a b"] {
            assert!(!is_name(bad), "{bad}");
        }
        for kind in ["bigint", "DECIMAL(38,18)", "array<string>", "varchar(10)"] {
            assert!(is_kind(kind), "{kind}");
        }
        for kind in [
            "",
            "text",
            "json",
            "decimal(39,0)",
            "decimal(10,19)",
            "char(0)",
        ] {
            assert!(!is_kind(kind), "{kind}");
        }
    }
}
