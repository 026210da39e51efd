//! What a `SQLCost` task answers: `{"Cost":{"SQL":{"UDF":0,"Complexity":1.5,"Input":1024}}}`, as the
//! text of its result. Authority: `Instance.SQLCost` of PyODPS 0.9.
//!
//! The price of complexity times input is the client's to know.

use serde_json::Value;

use crate::Error;

/// What a statement would read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Functions of users in it.
    pub udf: u64,
    /// The complexity, as the service writes the number.
    pub complexity: String,
    /// Bytes that it reads.
    pub input: u64,
}

impl Cost {
    /// Reads the text of a result.
    pub fn read(text: &str) -> Result<Self, Error> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Error::malformed("cost", error))?;
        let sql = &value["Cost"]["SQL"];
        let number = |key: &str| match &sql[key] {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => Some(text.trim().to_owned()),
            _ => None,
        };
        let whole = |key: &str| number(key).and_then(|text| text.parse().ok());
        Ok(Self {
            udf: whole("UDF").unwrap_or_default(),
            complexity: number("Complexity").unwrap_or_else(|| "1".into()),
            input: whole("Input").ok_or_else(|| Error::malformed("cost", "no Input"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_read_exactly() {
        let text = r#"{"Cost":{"SQL":{"UDF":1,"Complexity":1.5,"Input":18446744073709551615}}}"#;
        let cost = Cost::read(text).expect("a cost");
        assert_eq!((cost.udf, cost.complexity.as_str()), (1, "1.5"));
        assert_eq!(cost.input, u64::MAX);
        for text in ["", "{}", r#"{"Cost":{"SQL":{"Input":-1}}}"#] {
            assert!(Cost::read(text).is_err(), "{text}");
        }
    }
}
