//! Conditions and refusals in words.

use crate::frames::Refusal;
use crate::text::Text;
use frame::{Compare, Expected, FilterError, SortError, Test};

/// A condition as it stands on its chip: `amount ≥ 5`.
pub fn condition_words(text: &Text, name: &str, test: &Test) -> String {
    let words = &text.grid;
    match test {
        Test::Null => format!("{name} {}", words.is_null),
        Test::NotNull => format!("{name} {}", words.is_not_null),
        Test::Compare { op, value } => format!("{name} {} {value}", sign(*op)),
        Test::Between { low, high } => format!("{low} ≤ {name} ≤ {high}"),
        Test::In(values) => {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "NULL".to_owned());
            let values: Vec<String> = values.iter().map(value).collect();
            format!("{name} ∈ {{{}}}", values.join(", "))
        }
        Test::Contains { text, .. } => format!("{name} {} “{text}”", words.contains),
        Test::Like(pattern) => format!("{name} LIKE {pattern}"),
        Test::Not(test) => format!("{} ({})", words.not, condition_words(text, name, test)),
    }
}

/// The sign of a comparison.
pub fn sign(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "=",
        Compare::Ne => "≠",
        Compare::Lt => "<",
        Compare::Le => "≤",
        Compare::Gt => ">",
        Compare::Ge => "≥",
    }
}

/// Why an arrangement cannot be shown.
pub fn refusal_words(text: &Text, refusal: &Refusal) -> String {
    let words = &text.grid;
    match refusal {
        Refusal::Filter(FilterError::Value {
            column,
            badge,
            value,
            expected,
        }) => (words.bad_value)(value, column, badge, expected_words(text, *expected)),
        Refusal::Filter(FilterError::Pattern(pattern)) => (words.bad_pattern)(pattern),
        Refusal::Sort(SortError::Unordered { column, badge }) => (words.bad_order)(column, badge),
        other => other.to_string(),
    }
}

/// What a type asks for.
fn expected_words(text: &Text, expected: Expected) -> &'static str {
    let words = &text.grid;
    match expected {
        Expected::Number => words.expect_number,
        Expected::Float => words.expect_float,
        Expected::Bool => words.expect_bool,
        Expected::Date => words.expect_date,
        Expected::Time => words.expect_time,
        Expected::Clock => words.expect_clock,
        Expected::Span => words.expect_span,
        Expected::Hex => words.expect_hex,
        Expected::Nothing => words.expect_nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    #[test]
    fn conditions_read_as_they_are_written() {
        let words = |test| condition_words(&EN, "amount", &test);
        let value = "9007199254740993".to_owned();
        let op = Compare::Ge;
        assert_eq!(
            words(Test::Compare { op, value }),
            "amount ≥ 9007199254740993"
        );
        assert_eq!(
            words(Test::In(vec![None, Some("NULL".into())])),
            "amount ∈ {NULL, NULL}"
        );
        assert_eq!(
            words(Test::Not(Box::new(Test::Null))),
            "not (amount is NULL)"
        );
        let (low, high) = ("1".to_owned(), "2".to_owned());
        assert_eq!(words(Test::Between { low, high }), "1 ≤ amount ≤ 2");
    }

    #[test]
    fn a_refusal_names_value_column_and_what_is_expected() {
        let refusal = Refusal::Filter(FilterError::Value {
            column: "id".into(),
            badge: "bigint".into(),
            value: "1,5".into(),
            expected: Expected::Number,
        });
        let said = refusal_words(&EN, &refusal);
        for part in ["1,5", "id", "bigint", EN.grid.expect_number] {
            assert!(said.contains(part), "{said}");
        }
    }
}
