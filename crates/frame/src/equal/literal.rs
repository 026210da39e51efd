//! Values as literals of MaxCompute SQL, by the column's type.

use crate::copy::forms::json_text;
use crate::equal::text;
use crate::meaning::Meaning;
use crate::{Kind, Table};
use arrow::datatypes::DataType;

/// How literals of a column are written.
pub(crate) struct Literal<'a> {
    table: &'a Table,
    column: usize,
    meaning: Meaning,
    /// ODPS's name of the type, as far as it is told by the badge or by the Arrow type.
    kind: &'static str,
}

impl<'a> Literal<'a> {
    pub(crate) fn of(table: &'a Table, column: usize) -> Self {
        let meaning = table.meaning(column);
        let known = &table.columns()[column];
        let kind = kind(
            &known.badge,
            table.schema().field(column).data_type(),
            &meaning,
        );
        Self {
            table,
            column,
            meaning,
            kind,
        }
    }

    /// A cell of the table.
    pub(crate) fn of_cell(&self, row: u64) -> String {
        match self.table.cell(row, self.column, usize::MAX) {
            Some(cell) if cell.kind != Kind::Null => self.of_text(&cell.text),
            _ => "NULL".to_owned(),
        }
    }

    /// A value whose text the column's type can read.
    pub(crate) fn of_text(&self, value: &str) -> String {
        let typed = value.trim();
        match (&self.meaning, self.kind) {
            (Meaning::Bool, _) => match typed.to_ascii_lowercase().as_str() {
                "1" | "true" => "TRUE".to_owned(),
                _ => "FALSE".to_owned(),
            },
            (Meaning::Int, _) if is_whole(typed) => self.whole(typed),
            (Meaning::Int | Meaning::Decimal(_), _) => number(typed),
            (Meaning::Float(bits), _) => float(typed, *bits),
            (Meaning::Date, _) => format!("DATE{}", text(typed)),
            (Meaning::Moment { .. }, kind) => format!("{kind}{}", text(typed)),
            (Meaning::Bytes, _) => {
                let digits = typed.trim_start_matches("0x").trim_start_matches("0X");
                format!("UNHEX({})", text(digits))
            }
            (Meaning::Unordered, _) => {
                format!("FROM_JSON({}, {})", text(value), text(self.badge()))
            }
            _ => text(value),
        }
    }

    fn badge(&self) -> &str {
        &self.table.columns()[self.column].badge
    }

    /// Integers with the suffix of their type; what no BIGINT holds is a decimal.
    fn whole(&self, typed: &str) -> String {
        let plain = typed.trim_start_matches('+');
        match (plain.parse::<i64>(), self.kind) {
            // The least BIGINT has no literal: without its sign it is too great.
            (Ok(i64::MIN), _) => "(-9223372036854775807L - 1L)".to_owned(),
            (Ok(_), "TINYINT") => format!("{plain}Y"),
            (Ok(_), "SMALLINT") => format!("{plain}S"),
            (Ok(_), "INT") => plain.to_owned(),
            (Ok(_), _) => format!("{plain}L"),
            (Err(_), _) => number(plain),
        }
    }
}

fn is_whole(typed: &str) -> bool {
    typed
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+'))
}

/// A decimal literal: the digits as they are. A value with an exponent is cast from text.
fn number(typed: &str) -> String {
    match typed.contains(['e', 'E']) {
        true => format!("CAST({} AS DECIMAL(38,18))", text(typed)),
        false => format!("{}BD", typed.trim_start_matches('+')),
    }
}

fn float(typed: &str, bits: u8) -> String {
    let kind = if bits == 64 { "DOUBLE" } else { "FLOAT" };
    format!("CAST({} AS {kind})", text(typed))
}

/// The keyword of a type's literals.
fn kind(badge: &str, data_type: &DataType, meaning: &Meaning) -> &'static str {
    let zoned = matches!(meaning, Meaning::Moment { zone: Some(_), .. });
    match badge.to_ascii_lowercase().as_str() {
        "tinyint" => "TINYINT",
        "smallint" => "SMALLINT",
        "int" => "INT",
        "bigint" => "BIGINT",
        "datetime" => "DATETIME",
        "timestamp" => "TIMESTAMP",
        "timestamp_ntz" => "TIMESTAMP_NTZ",
        _ => match data_type {
            DataType::Int8 => "TINYINT",
            DataType::Int16 => "SMALLINT",
            DataType::Int32 => "INT",
            _ if zoned => "TIMESTAMP",
            _ if matches!(meaning, Meaning::Moment { .. }) => "TIMESTAMP_NTZ",
            _ => "BIGINT",
        },
    }
}

/// A value as pandas and Python write it.
pub(crate) fn python(meaning: &Meaning, instant: bool, value: &str) -> String {
    let typed = value.trim();
    let quoted = json_text(value.trim());
    match meaning {
        Meaning::Bool => match typed.to_ascii_lowercase().as_str() {
            "1" | "true" => "True".to_owned(),
            _ => "False".to_owned(),
        },
        Meaning::Int if is_whole(typed) => whole_python(typed),
        Meaning::Int | Meaning::Decimal(_) | Meaning::Months => format!("Decimal({quoted})"),
        Meaning::Float(_) => match typed.parse::<f64>() {
            Ok(value) if value.is_finite() => typed.trim_start_matches('+').to_owned(),
            _ => format!("float({quoted})"),
        },
        Meaning::Date => format!("datetime.date.fromisoformat({quoted})"),
        Meaning::Moment { zone, .. } if zone.is_some() && !instant => {
            format!("pd.Timestamp({quoted})")
        }
        Meaning::Moment { .. } => format!("pd.Timestamp({quoted})"),
        Meaning::Clock(_) => format!("datetime.time.fromisoformat({quoted})"),
        Meaning::Span(_) => format!("pd.Timedelta({quoted})"),
        Meaning::Bytes => {
            let digits = typed.trim_start_matches("0x").trim_start_matches("0X");
            format!("bytes.fromhex({})", json_text(digits))
        }
        Meaning::Text | Meaning::Unordered => json_text(value),
    }
}

/// Python reads no leading zeros.
fn whole_python(typed: &str) -> String {
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", typed.trim_start_matches('+')),
    };
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        "0".to_owned()
    } else {
        format!("{sign}{digits}")
    }
}
