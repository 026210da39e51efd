//! What is arranged, as three values of an address: `sort`, `where` and `show`. A link shows the
//! same rows in the same order to whoever may read them.
//!
//! Columns are named; where several have one name, by their place (`#3`). Parts are percent-encoded,
//! so that commas, colons and semicolons between them are never those of a name or a value.

use crate::frames::Column;
use crate::route::{decode, encode};
use frame::{Compare, Condition, Key, Test};

/// The mark of NULL in a list of values: no encoded text has it.
const NULL: &str = "*";

/// `sort`: `l_quantity,-l_orderkey` as `name` or `name:desc`.
pub fn sort_text(keys: &[Key], columns: &[Column]) -> String {
    let key = |key: &Key| {
        let name = name_of(columns, key.column)?;
        Some(match key.descending {
            true => format!("{name}:desc"),
            false => name,
        })
    };
    keys.iter().filter_map(key).collect::<Vec<_>>().join(",")
}

/// Reads `sort`; what names no column is left out.
pub fn sort_of(text: &str, columns: &[Column]) -> Vec<Key> {
    let key = |part: &str| {
        let (name, descending) = match part.strip_suffix(":desc") {
            Some(name) => (name, true),
            None => (part, false),
        };
        Some(Key {
            column: column_of(columns, name)?,
            descending,
            nulls_first: false,
        })
    };
    text.split(',').filter_map(key).collect()
}

/// `where`: conditions as `name:op:value:value`, `;` between them.
pub fn where_text(conditions: &[Condition], columns: &[Column]) -> String {
    let one = |condition: &Condition| {
        let name = name_of(columns, condition.column)?;
        Some(format!("{name}:{}", test_text(&condition.test)?))
    };
    let all = conditions.iter().filter_map(one);
    all.collect::<Vec<_>>().join(";")
}

/// Reads `where`; what is not understood is left out.
pub fn where_of(text: &str, columns: &[Column]) -> Vec<Condition> {
    let one = |part: &str| {
        let (name, test) = part.split_once(':')?;
        Some(Condition {
            column: column_of(columns, name)?,
            test: test_of(test)?,
        })
    };
    text.split(';').filter_map(one).collect()
}

/// `show`: the shown ones in their order.
pub fn columns_text(shown: &[u32], columns: &[Column]) -> String {
    let name = |key: &u32| name_of(columns, *key as usize);
    let names = shown.iter().filter_map(name);
    names.collect::<Vec<_>>().join(",")
}

/// Reads `show`.
pub fn columns_of(text: &str, columns: &[Column]) -> Vec<u32> {
    let key = |name: &str| u32::try_from(column_of(columns, name)?).ok();
    text.split(',').filter_map(key).collect()
}

fn name_of(columns: &[Column], place: usize) -> Option<String> {
    let name = &columns.get(place)?.name;
    let same = columns.iter().filter(|column| column.name == *name).count();
    Some(match same {
        1 if !name.is_empty() => encode(name),
        _ => format!("#{place}"),
    })
}

fn column_of(columns: &[Column], name: &str) -> Option<usize> {
    if let Some(place) = name.strip_prefix('#') {
        return place.parse().ok().filter(|place| *place < columns.len());
    }
    let name = decode(name);
    columns.iter().position(|column| column.name == name)
}

fn op_word(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "eq",
        Compare::Ne => "ne",
        Compare::Lt => "lt",
        Compare::Le => "le",
        Compare::Gt => "gt",
        Compare::Ge => "ge",
    }
}

/// None for what no form and no click makes.
fn test_text(test: &Test) -> Option<String> {
    Some(match test {
        Test::Null => "null".to_owned(),
        Test::NotNull => "set".to_owned(),
        Test::Compare { op, value } => format!("{}:{}", op_word(*op), encode(value)),
        Test::Between { low, high } => format!("between:{}:{}", encode(low), encode(high)),
        Test::In(values) => {
            let value = |value: &Option<String>| match value {
                Some(value) => encode(value),
                None => NULL.to_owned(),
            };
            let values: Vec<String> = values.iter().map(value).collect();
            format!("in:{}", values.join(":"))
        }
        Test::Contains { text, case: false } => format!("has:{}", encode(text)),
        Test::Contains { text, case: true } => format!("Has:{}", encode(text)),
        Test::Like(pattern) => format!("like:{}", encode(pattern)),
        Test::Not(test) => format!("not:{}", test_text(test)?),
    })
}

fn test_of(text: &str) -> Option<Test> {
    let (word, rest) = text.split_once(':').unwrap_or((text, ""));
    let op = [
        Compare::Eq,
        Compare::Ne,
        Compare::Lt,
        Compare::Le,
        Compare::Gt,
        Compare::Ge,
    ];
    if let Some(op) = op.into_iter().find(|op| op_word(*op) == word) {
        let value = decode(rest);
        return Some(Test::Compare { op, value });
    }
    Some(match word {
        "null" => Test::Null,
        "set" => Test::NotNull,
        "between" => {
            let (low, high) = rest.split_once(':')?;
            Test::Between {
                low: decode(low),
                high: decode(high),
            }
        }
        "in" => {
            let value = |part: &str| (part != NULL).then(|| decode(part));
            Test::In(rest.split(':').map(value).collect())
        }
        "has" | "Has" => Test::Contains {
            text: decode(rest),
            case: word == "Has",
        },
        "like" => Test::Like(decode(rest)),
        "not" => Test::Not(Box::new(test_of(rest)?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<Column> {
        let column = |name: &&str| Column {
            name: (*name).to_owned(),
            kind: "bigint".to_owned(),
            numeric: true,
            index: false,
        };
        names.iter().map(column).collect()
    }

    #[test]
    fn an_order_reads_back() {
        let columns = columns(&["id", "a,b:desc", "销售", "x", "x", ""]);
        let key = |column, descending| Key {
            column,
            descending,
            nulls_first: false,
        };
        let keys = vec![key(1, true), key(2, false), key(4, true), key(5, false)];
        let text = sort_text(&keys, &columns);
        assert_eq!(text, "a%2Cb%3Adesc:desc,%E9%94%80%E5%94%AE,#4:desc,#5");
        assert_eq!(sort_of(&text, &columns), keys);
        assert_eq!(sort_of("nothing,#9,id", &columns), [key(0, false)]);
        assert_eq!(sort_of("", &columns[..5]), []);
    }

    #[test]
    fn every_condition_reads_back() {
        let columns = columns(&["id", "a;b"]);
        let value = "9007199254740993;:*%".to_owned();
        let tests = [
            Test::Null,
            Test::NotNull,
            Test::Compare {
                op: Compare::Ge,
                value: value.clone(),
            },
            Test::Between {
                low: String::new(),
                high: value.clone(),
            },
            Test::In(vec![
                None,
                Some(value.clone()),
                Some("*".into()),
                Some(String::new()),
            ]),
            Test::Contains {
                text: value.clone(),
                case: true,
            },
            Test::Like("a%_\\%".into()),
            Test::Not(Box::new(Test::In(vec![None]))),
        ];
        let all: Vec<Condition> = (tests.into_iter().enumerate())
            .map(|(at, test)| Condition {
                column: at % 2,
                test,
            })
            .collect();
        let text = where_text(&all, &columns);
        assert_eq!(where_of(&text, &columns), all);
        assert_eq!(where_of("id:what:1;:;id", &columns), []);
    }

    #[test]
    fn chosen_columns_read_back() {
        let columns = columns(&["a", "b", "c"]);
        let text = columns_text(&[2, 0], &columns);
        assert_eq!(
            (text.as_str(), columns_of(&text, &columns)),
            ("c,a", vec![2, 0])
        );
        assert_eq!(columns_of("", &columns), Vec::<u32>::new());
    }
}
