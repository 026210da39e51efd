//! What is shown, as an expression of pandas.

use super::Query;
use super::literal::python;
use crate::copy::forms::json_text;
use crate::meaning::Meaning;
use crate::{Compare, Condition, FilterError, Table, Test};

pub(super) fn query(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    let frame = query
        .name
        .last()
        .copied()
        .filter(|name| is_name(name))
        .unwrap_or("df");
    let mut tests: Vec<String> = query
        .partition
        .iter()
        .map(|(key, value)| format!("({frame}[{}] == {})", json_text(key), json_text(value)))
        .collect();
    for condition in query.conditions {
        tests.push(one(table, frame, condition)?);
    }
    let mut out = frame.to_owned();
    if !tests.is_empty() {
        out.push_str(&format!("[{}]", tests.join(" & ")));
    }
    // pandas puts all NULLs at one end, so keys of different ends are sorted one after another; each
    // sort is stable, the key that counts most comes last.
    for key in query.keys.iter().rev() {
        let Some(column) = table.columns().get(key.column) else {
            continue;
        };
        out.push_str(&format!(
            ".sort_values({}, ascending={}, na_position={}, kind=\"stable\")",
            json_text(&column.name),
            if key.descending { "False" } else { "True" },
            if key.nulls_first {
                "\"first\""
            } else {
                "\"last\""
            },
        ));
    }
    let shown = query
        .columns
        .iter()
        .filter_map(|&column| table.columns().get(column));
    let shown: Vec<String> = shown.map(|column| json_text(&column.name)).collect();
    if !shown.is_empty() {
        out.push_str(&format!("[[{}]]", shown.join(", ")));
    }
    if let Some(limit) = query.limit {
        out.push_str(&format!(".head({limit})"));
    }
    Ok(out)
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(plain) && name.chars().next().is_some_and(|c| !c.is_ascii_digit())
}

fn one(table: &Table, frame: &str, condition: &Condition) -> Result<String, FilterError> {
    let column = condition.column;
    let known = table
        .columns()
        .get(column)
        .ok_or(FilterError::Column(column))?;
    let series = format!("{frame}[{}]", json_text(&known.name));
    let meaning = table.meaning(column);
    let writer = Writer {
        series,
        meaning,
        instant: table.style(column).instant,
    };
    Ok(format!("({})", writer.test(&condition.test)))
}

struct Writer {
    series: String,
    meaning: Meaning,
    instant: bool,
}

impl Writer {
    fn value(&self, value: &str) -> String {
        python(&self.meaning, self.instant, value)
    }

    fn text(&self) -> String {
        match self.meaning {
            Meaning::Text => format!("{}.str", self.series),
            _ => format!("{}.astype(\"string\").str", self.series),
        }
    }

    fn test(&self, asked: &Test) -> String {
        let series = &self.series;
        match asked {
            Test::Null => format!("{series}.isna()"),
            Test::NotNull => format!("{series}.notna()"),
            Test::Compare {
                op: Compare::Ne,
                value,
            } => {
                format!("{series}.notna() & ({series} != {})", self.value(value))
            }
            Test::Compare { op, value } => format!("{series} {} {}", sign(*op), self.value(value)),
            Test::Between { low, high } => {
                format!(
                    "{series}.between({}, {})",
                    self.value(low),
                    self.value(high)
                )
            }
            Test::In(values) => self.set(values),
            Test::Contains { text, case } => format!(
                "{}.contains({}, case={}, regex=False, na=False)",
                self.text(),
                json_text(text),
                if *case { "True" } else { "False" },
            ),
            Test::Like(pattern) => {
                format!(
                    "{}.fullmatch({}, na=False)",
                    self.text(),
                    json_text(&regular(pattern))
                )
            }
            Test::Not(inner) => match inner.as_ref() {
                Test::Null => format!("{series}.notna()"),
                Test::NotNull => format!("{series}.isna()"),
                other => format!("{series}.notna() & ~({})", self.test(other)),
            },
        }
    }

    fn set(&self, values: &[Option<String>]) -> String {
        let named: Vec<String> = values
            .iter()
            .flatten()
            .map(|value| self.value(value))
            .collect();
        let list = format!("{}.isin([{}])", self.series, named.join(", "));
        match values.contains(&None) {
            true => format!("{}.isna() | {list}", self.series),
            false => list,
        }
    }
}

fn sign(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "==",
        Compare::Ne => "!=",
        Compare::Lt => "<",
        Compare::Le => "<=",
        Compare::Gt => ">",
        Compare::Ge => ">=",
    }
}

/// A pattern of LIKE as a regular expression over lines too.
fn regular(pattern: &str) -> String {
    let mut out = "(?s)".to_owned();
    let mut rest = pattern.chars();
    while let Some(next) = rest.next() {
        let character = match next {
            '%' => {
                out.push_str(".*");
                continue;
            }
            '_' => {
                out.push('.');
                continue;
            }
            '\\' => rest.next().unwrap_or('\\'),
            other => other,
        };
        if !character.is_alphanumeric() && character != '_' {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
