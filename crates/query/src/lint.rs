//! The tables that a statement reads, each with the names that conditions around it compare.
//!
//! A mention has a filter on a partition column when that name is compared in a `WHERE` or `ON` of
//! the same query, or of one around it. A filter that is written but keeps everything is not seen
//! through: the service's own estimate stands beside.

use std::collections::BTreeSet;

use crate::token::{Sort, Token, tokens};

/// A table that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The project or schema before the name.
    pub space: Option<String>,
    /// The table, as written.
    pub table: String,
    /// What the statement calls it.
    pub alias: Option<String>,
    /// The first byte of the name.
    pub start: usize,
    /// One behind its last byte.
    pub end: usize,
    /// Names that conditions compare: bare, or with what stands before the point, in lower case.
    compared: BTreeSet<(Option<String>, String)>,
}

impl Mention {
    /// Whether a condition compares this column of the table.
    pub fn filters(&self, column: &str) -> bool {
        let column = column.to_lowercase();
        self.compared.iter().any(|(owner, name)| {
            let mine = owner.as_ref().is_none_or(|owner| {
                let called = self.alias.as_ref().unwrap_or(&self.table);
                *owner == called.to_lowercase() || *owner == self.table.to_lowercase()
            });
            mine && *name == column
        })
    }
}

/// A query between its parentheses.
#[derive(Default)]
struct Level {
    /// Places of its tables in the list.
    tables: Vec<usize>,
    /// Whether a condition is being read.
    condition: bool,
    /// Whether a table is expected: behind FROM, JOIN, or a comma between tables.
    wanted: bool,
    /// Whether commas separate tables.
    listing: bool,
    /// Whether it began as a query of its own.
    query: bool,
    compared: BTreeSet<(Option<String>, String)>,
}

/// The tables that a statement reads. Names of `WITH` are none.
pub fn mentions(statement: &str) -> Vec<Mention> {
    let tokens = tokens(statement);
    let named = with_names(&tokens);
    let mut found: Vec<Mention> = Vec::new();
    let mut levels = vec![Level::default()];
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let nested = levels.len() > 1;
        let Some(level) = levels.last_mut() else {
            break;
        };
        match token.sort {
            Sort::Sign('(') => {
                let query = tokens.get(at).is_some_and(|next| next.is("select"));
                level.wanted = false;
                let condition = level.condition && !query;
                levels.push(Level {
                    condition,
                    query,
                    ..Level::default()
                });
            }
            Sort::Sign(')') if nested => close(&mut levels, &mut found),
            Sort::Sign(',') => level.wanted = level.listing && !level.condition,
            Sort::Word if level.wanted => {
                level.wanted = false;
                // `LATERAL VIEW` and functions of tables are no tables.
                let (mention, next) = read_name(&tokens, at - 1);
                at = next;
                let is_call = tokens.get(at).is_some_and(|next| next.is_sign('('));
                if !is_call
                    && !token.is("lateral")
                    && !named.contains(&mention.table.to_lowercase())
                {
                    level.tables.push(found.len());
                    found.push(mention);
                }
            }
            Sort::Word => word(level, &tokens, at - 1),
            _ => {}
        }
    }
    while levels.len() > 1 {
        close(&mut levels, &mut found);
    }
    if let Some(level) = levels.pop() {
        give(&level, &mut found);
    }
    found
}

fn word(level: &mut Level, tokens: &[Token<'_>], at: usize) {
    let token = &tokens[at];
    let is_any = |words: &[&str]| words.iter().any(|word| token.is(word));
    if is_any(&["from", "join"]) {
        // `EXTRACT(year FROM x)` is no query.
        level.wanted = true;
        level.listing = token.is("from");
        level.condition = false;
    } else if is_any(&["where", "on", "having"]) {
        (level.condition, level.listing) = (true, false);
    } else if is_any(&[
        "group",
        "order",
        "sort",
        "cluster",
        "distribute",
        "limit",
        "select",
        "lateral",
    ]) {
        (level.condition, level.listing) = (false, false);
    } else if is_any(&["union", "intersect", "except", "minus"]) {
        // The next query has conditions of its own; what was compared stays with what was read.
        (level.condition, level.listing) = (false, false);
    } else if level.condition && is_compared(tokens, at) {
        let owner = at.checked_sub(2).filter(|_| tokens[at - 1].is_sign('.'));
        let owner = owner.map(|owner| tokens[owner].text.to_lowercase());
        level.compared.insert((owner, token.text.to_lowercase()));
    }
}

/// Whether a name stands beside a comparison.
fn is_compared(tokens: &[Token<'_>], at: usize) -> bool {
    let sign = |token: &Token<'_>| matches!(token.sort, Sort::Sign('=' | '<' | '>' | '!'));
    let behind = tokens.get(at + 1).is_some_and(|next| {
        sign(next)
            || ["in", "between", "like", "rlike", "is"]
                .iter()
                .any(|word| next.is(word))
            || (next.is("not") && !tokens.get(at + 2).is_some_and(|after| after.is("null")))
    });
    let first = match at.checked_sub(1).map(|before| &tokens[before]) {
        Some(point) if point.is_sign('.') => at.saturating_sub(2),
        _ => at,
    };
    let before = first
        .checked_sub(1)
        .is_some_and(|before| sign(&tokens[before]));
    // `cast(dt as bigint) = 1`, `substr(dt, 1, 6) = '202601'`: a function over the name is compared.
    let within = first
        .checked_sub(1)
        .is_some_and(|before| tokens[before].is_sign('('))
        && first >= 2
        && tokens[first - 2].sort == Sort::Word
        && !["in", "and", "or", "not", "where", "on"]
            .iter()
            .any(|word| tokens[first - 2].is(word));
    behind || before || within
}

/// A closed level gives its conditions to its tables; a bracket inside a condition gives them up.
fn close(levels: &mut Vec<Level>, found: &mut [Mention]) {
    let Some(level) = levels.pop() else { return };
    give(&level, found);
    if let Some(outer) = levels.last_mut() {
        if level.query {
            // A condition of the outer query may come down into the inner one.
            outer.tables.extend(&level.tables);
        } else {
            outer.compared.extend(level.compared);
            outer.tables.extend(level.tables);
        }
    }
}

fn give(level: &Level, found: &mut [Mention]) {
    for place in &level.tables {
        if let Some(mention) = found.get_mut(*place) {
            mention.compared.extend(level.compared.iter().cloned());
        }
    }
}

/// A name with what stands before its points, and what the statement calls it.
fn read_name(tokens: &[Token<'_>], first: usize) -> (Mention, usize) {
    let mut parts = vec![tokens[first].text];
    let (start, mut end, mut at) = (tokens[first].start, tokens[first].end, first + 1);
    while let [point, name, ..] = &tokens[at.min(tokens.len())..]
        && point.is_sign('.')
        && matches!(name.sort, Sort::Word | Sort::Number)
    {
        parts.push(name.text);
        (end, at) = (name.end, at + 2);
    }
    if tokens.get(at).is_some_and(|next| next.is("as")) {
        at += 1;
    }
    let alias = tokens
        .get(at)
        .filter(|next| next.sort == Sort::Word && !ENDS.iter().any(|word| next.is(word)));
    let table = parts.pop().unwrap_or_default().to_owned();
    let mention = Mention {
        space: parts.pop().map(str::to_owned),
        table,
        alias: alias.map(|alias| alias.text.to_owned()),
        start,
        end,
        compared: BTreeSet::new(),
    };
    (mention, at + usize::from(alias.is_some()))
}

/// Words behind a table that are no other name for it.
const ENDS: [&str; 32] = [
    "where",
    "on",
    "join",
    "left",
    "right",
    "inner",
    "outer",
    "full",
    "cross",
    "semi",
    "anti",
    "natural",
    "group",
    "order",
    "sort",
    "cluster",
    "distribute",
    "limit",
    "union",
    "intersect",
    "except",
    "minus",
    "having",
    "lateral",
    "tablesample",
    "select",
    "insert",
    "using",
    "window",
    "set",
    "values",
    "qualify",
];

/// The names that `WITH` gives, in lower case.
fn with_names(tokens: &[Token<'_>]) -> BTreeSet<String> {
    let is_with = tokens.iter().any(|token| token.is("with"));
    let named = tokens.windows(3).filter(|three| {
        is_with && three[0].sort == Sort::Word && three[1].is("as") && three[2].is_sign('(')
    });
    named.map(|three| three[0].text.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(statement: &str, key: &str) -> Vec<(String, bool)> {
        let found = mentions(statement);
        found
            .iter()
            .map(|one| (one.table.clone(), one.filters(key)))
            .collect()
    }

    #[test]
    fn a_filter_on_the_partition_is_seen() {
        let table = [
            ("select * from sales", false),
            ("select dt from sales where amount > 1", false),
            ("select * from sales where dt = '20260101'", true),
            (
                "select * from sales s where s.dt >= '20260101' and 1=1",
                true,
            ),
            (
                "select * from sales where (amount > 1 and (dt in ('a','b')))",
                true,
            ),
            ("select * from sales where '20260101' = dt", true),
            (
                "select * from sales where substr(dt, 1, 6) = '202601'",
                true,
            ),
            ("select * from sales where dt = max_pt('sales')", true),
            ("select * from sales where x = 'dt = 1'", false),
            ("select * from sales -- where dt = 1", false),
            ("select * from `sales` WHERE `DT` between 1 and 2", true),
            (
                "select dt, count(*) from sales group by dt having dt = '1'",
                true,
            ),
            (
                "select * from (select * from sales) t where t.dt = '1'",
                false,
            ),
            ("select * from (select * from sales) where dt = '1'", true),
            (
                "insert overwrite table x select * from sales where dt='1'",
                true,
            ),
            ("select * from sales where dt is not null", true),
            (
                "select * from sales where exists (select 1 from other o where o.k = sales.k)",
                false,
            ),
        ];
        for (statement, wanted) in table {
            assert_eq!(
                read(statement, "dt").first(),
                Some(&("sales".to_owned(), wanted)),
                "{statement}"
            );
        }
    }

    #[test]
    fn each_table_has_filters_of_its_own() {
        let statement = "select * from a join b on a.k = b.k and b.dt = '1' where a.x > 1";
        assert_eq!(
            read(statement, "dt"),
            [("a".into(), false), ("b".into(), true)]
        );
        let statement = "select * from a x, b y where y.dt = '1'";
        assert_eq!(
            read(statement, "dt"),
            [("a".into(), false), ("b".into(), true)]
        );
        let statement = "select (select max(v) from b where dt = 1) from a";
        assert_eq!(
            read(statement, "dt"),
            [("b".into(), true), ("a".into(), false)]
        );
    }

    #[test]
    fn names_of_with_and_functions_are_no_tables() {
        let statement = "with t as (select * from p.sales where dt='1') select * from t";
        assert_eq!(read(statement, "dt"), [("sales".into(), true)]);
        assert_eq!(mentions(statement)[0].space.as_deref(), Some("p"));
        assert!(mentions("select * from values_of(3)").is_empty());
        let statement = "select * from t lateral view explode(a) x as y where dt = 1";
        assert_eq!(read(statement, "dt"), [("t".into(), true)]);
    }

    proptest! {
        #[test]
        fn noise_is_no_panic(statement in "(select|from|where|join|with|as|on|in|not|a|b|\\.|,|\\(|\\)|'|=| |;|中){0,40}") {
            for one in mentions(&statement) {
                prop_assert!(statement.get(one.start..one.end).is_some());
            }
        }
    }
}
