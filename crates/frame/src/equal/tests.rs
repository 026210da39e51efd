//! Golden texts.

use super::{Query, equal_pandas, equal_sql};
use crate::{Column, Compare, Condition, Key, Table, Test};
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use std::sync::Arc;

fn table() -> Table {
    let time = DataType::Timestamp(TimeUnit::Nanosecond, None);
    let columns = [
        ("id", "bigint", DataType::Int64),
        ("price", "decimal(38,18)", DataType::Decimal128(38, 18)),
        ("name", "string", DataType::Utf8),
        ("day", "date", DataType::Date32),
        ("at", "timestamp", time.clone()),
        ("Größe `x`", "double", DataType::Float64),
        ("raw", "binary", DataType::Binary),
        ("ok", "boolean", DataType::Boolean),
        ("ntz", "timestamp_ntz", time),
        (
            "dt",
            "datetime",
            DataType::Timestamp(TimeUnit::Millisecond, None),
        ),
        ("order", "tinyint", DataType::Int8),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, _, kind)| Field::new(*name, kind.clone(), true))
        .collect();
    let known = columns.map(|(name, badge, _)| Column {
        name: name.into(),
        badge: badge.into(),
        index: false,
        interval: false,
    });
    Table::with_columns(Arc::new(Schema::new(fields)), known.to_vec()).unwrap()
}

fn compare(column: usize, op: Compare, value: &str) -> Condition {
    let value = value.into();
    Condition {
        column,
        test: Test::Compare { op, value },
    }
}

fn conditions() -> Vec<Condition> {
    let is = |column, value| compare(column, Compare::Eq, value);
    vec![
        compare(0, Compare::Ge, "-9223372036854775808"),
        compare(0, Compare::Ne, "9007199254740993"),
        compare(1, Compare::Lt, "0.100000000000000001"),
        is(2, "it's \\ a\n\"test\""),
        Condition {
            column: 3,
            test: Test::Between {
                low: "2026-11-01".into(),
                high: "2026-11-22".into(),
            },
        },
        compare(4, Compare::Gt, "2026-11-22 14:53:50.000000001"),
        compare(5, Compare::Le, "NaN"),
        is(6, "0xd6d0"),
        is(7, "TRUE"),
        is(8, "2026-11-22 00:00:00"),
        is(9, "2026-11-22 00:00:00.5"),
        Condition {
            column: 10,
            test: Test::In(vec![Some("1".into()), None]),
        },
        Condition {
            column: 2,
            test: Test::Not(Box::new(Test::Like("a\\_%".into()))),
        },
        Condition {
            column: 0,
            test: Test::Contains {
                text: "'7".into(),
                case: false,
            },
        },
        Condition {
            column: 2,
            test: Test::Not(Box::new(Test::Null)),
        },
    ]
}

fn keys() -> [Key; 2] {
    [
        Key {
            column: 10,
            descending: true,
            nulls_first: false,
        },
        Key {
            column: 0,
            descending: false,
            nulls_first: true,
        },
    ]
}

#[test]
fn sql_with_typed_literals() {
    let (conditions, keys) = (conditions(), keys());
    let query = Query {
        name: &["proj", "default", "my-table"],
        partition: &[("ds", "2026'11"), ("hh", "01")],
        columns: &[0, 5, 10],
        conditions: &conditions,
        keys: &keys,
        limit: Some(100),
    };
    let expected = r#"SELECT id, `Größe ``x```, `order`
FROM proj.default.`my-table`
WHERE ds = '2026\'11'
  AND hh = '01'
  AND id >= (-9223372036854775807L - 1L)
  AND id <> 9007199254740993L
  AND price < 0.100000000000000001BD
  AND name = 'it\'s \\ a\n"test"'
  AND day BETWEEN DATE'2026-11-01' AND DATE'2026-11-22'
  AND at > TIMESTAMP'2026-11-22 14:53:50.000000001'
  AND `Größe ``x``` <= CAST('NaN' AS DOUBLE)
  AND raw = UNHEX('d6d0')
  AND ok = TRUE
  AND ntz = TIMESTAMP_NTZ'2026-11-22 00:00:00'
  AND dt = DATETIME'2026-11-22 00:00:00.5'
  AND (`order` IS NULL OR (`order` IS NOT NULL AND `order` IN (1Y)))
  AND NOT (name LIKE 'a\\_%')
  AND INSTR(TOLOWER(CAST(id AS STRING)), '\'7') > 0
  AND name IS NOT NULL
ORDER BY `order` DESC NULLS LAST, id ASC NULLS FIRST
LIMIT 100;"#;
    assert_eq!(equal_sql(&table(), &query).unwrap(), expected);
    let all = Query {
        name: &["t"],
        ..Query::default()
    };
    assert_eq!(equal_sql(&table(), &all).unwrap(), "SELECT *\nFROM t;");
}

#[test]
fn pandas_with_typed_literals() {
    let (all, keys) = (conditions(), keys());
    let picked: Vec<Condition> = [1, 2, 3, 5, 11, 12].map(|at| all[at].clone()).to_vec();
    let query = Query {
        name: &["proj", "orders"],
        columns: &[0, 2],
        conditions: &picked,
        keys: &keys,
        limit: Some(5),
        ..Query::default()
    };
    let expected = concat!(
        r#"orders[(orders["id"].notna() & (orders["id"] != 9007199254740993))"#,
        r#" & (orders["price"] < Decimal("0.100000000000000001"))"#,
        r#" & (orders["name"] == "it's \\ a\n\"test\"")"#,
        r#" & (orders["at"] > pd.Timestamp("2026-11-22 14:53:50.000000001"))"#,
        r#" & (orders["order"].isna() | orders["order"].isin([1]))"#,
        r#" & (orders["name"].notna() & ~(orders["name"].str.fullmatch("(?s)a_.*", na=False)))]"#,
        r#".sort_values("id", ascending=True, na_position="first", kind="stable")"#,
        r#".sort_values("order", ascending=False, na_position="last", kind="stable")"#,
        r#"[["id", "name"]].head(5)"#,
    );
    assert_eq!(equal_pandas(&table(), &query).unwrap(), expected);
}

#[test]
fn what_cannot_be_asked_has_no_text() {
    let wrong = [compare(3, Compare::Eq, "tomorrow")];
    let query = Query {
        name: &["t"],
        conditions: &wrong,
        ..Query::default()
    };
    let refused = equal_sql(&table(), &query).unwrap_err();
    assert_eq!(refused.to_string(), "\"tomorrow\" is no date (column day)");
    assert!(equal_pandas(&table(), &query).is_err());
}
