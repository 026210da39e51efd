//! Lines of small projects, and of a large one in time.

use super::*;
use crate::pages::tables::find::Hay;
use crate::pages::tables::pinyin::Known as Spelled;
use odps::tables::PartitionSpec;

fn entry(schema: &str, name: &str, comment: &str) -> Arc<Entry> {
    Arc::new(Entry {
        name: TableName::of(schema, name),
        hay: Hay::new(name, &Spelled),
        owner: None,
        comment: Some((comment.to_owned(), Hay::new(comment, &Spelled))),
        kind: Some(
            if name.ends_with("_v") {
                "VIRTUAL_VIEW"
            } else {
                "MANAGED_TABLE"
            }
            .to_owned(),
        ),
    })
}

fn shelf<T>(items: Vec<T>, reading: bool) -> Shelf<T> {
    Shelf {
        items,
        reading,
        problem: None,
    }
}

#[derive(Default)]
struct Small {
    schemas: Option<Vec<String>>,
    tables: BTreeMap<String, Tables>,
    partitions: BTreeMap<TableName, Shelf<Arc<Partition>>>,
    open: BTreeSet<String>,
    kept: Kept,
}

impl Small {
    fn lines(&self, query: &str) -> Vec<String> {
        let known = Known {
            schemas: self.schemas.as_deref(),
            tables: &self.tables,
            partitions: &self.partitions,
            open: &self.open,
            kept: &self.kept,
        };
        let lines = known.lines(&Needle::new(query));
        let line = |node: &Node| {
            let open = node.open.map_or(' ', |open| if open { '-' } else { '+' });
            let of = node.of.map_or("?".to_owned(), |of| of.to_string());
            let indent = "  ".repeat(usize::from(node.level) - 1);
            format!("{indent}{open}{} {}/{of}", node.key(), node.at)
        };
        lines.iter().map(line).collect()
    }
}

#[test]
fn a_project_without_schemas() {
    let mut small = Small {
        open: ["project".to_owned(), "g/recent".to_owned()].into(),
        ..Small::default()
    };
    assert_eq!(small.lines(""), ["-project 1/1", "   n/2/1 1/?"]);
    small.schemas = Some(Vec::new());
    let tables = vec![entry("", "a", ""), entry("", "b_v", "")];
    small.tables.insert(String::new(), shelf(tables, true));
    small.kept.recent.push("a".into());
    assert_eq!(
        small.lines(""),
        [
            "-g/recent 1/2",
            "  +recent:t/a 1/1",
            "-project 2/2",
            "  +t/a 1/?",
            "   t/b_v 2/?",
            "   n/2/3 3/?"
        ]
    );
    small.tables.insert(String::new(), shelf(Vec::new(), false));
    small.kept.recent.clear();
    assert_eq!(small.lines(""), ["-project 1/1", "   n/2/1 1/?"]);
}

#[test]
fn schemas_and_partitions_are_levels() {
    let mut small = Small {
        schemas: Some(vec!["crm".into(), "default".into()]),
        open: ["project", "s/crm", "t/crm.a"].map(str::to_owned).into(),
        ..Small::default()
    };
    small
        .tables
        .insert("crm".into(), shelf(vec![entry("crm", "a", "")], false));
    let part = |text: &str| {
        Arc::new(Partition {
            spec: PartitionSpec::read(text).unwrap(),
            ..Partition::default()
        })
    };
    let parts = shelf(vec![part("dt=1"), part("dt=2")], false);
    small.partitions.insert(TableName::of("crm", "a"), parts);
    assert_eq!(
        small.lines(""),
        [
            "-project 1/1",
            "  -s/crm 1/2",
            "    -t/crm.a 1/1",
            "       p/crm.a/dt=2 1/2",
            "       p/crm.a/dt=1 2/2",
            "  +s/default 2/2"
        ]
    );
}

#[test]
fn a_search_shows_the_best_first() {
    let mut small = Small {
        schemas: Some(Vec::new()),
        open: ["project".to_owned()].into(),
        ..Small::default()
    };
    let tables = vec![
        entry("", "other", "销售明细"),
        entry("", "plain", ""),
        entry("", "xs_day", ""),
    ];
    small.tables.insert(String::new(), shelf(tables, false));
    assert_eq!(small.lines("xs"), ["+t/xs_day 1/2", "+t/other 2/2"]);
    assert_eq!(small.lines("nothing"), [""; 0]);
}

#[test]
fn twenty_thousand_tables_are_lines_at_once() {
    let tables: Vec<_> = (0..20_000)
        .map(|at| entry("", &format!("dwd_trade_order_{at:05}_di"), "销售明细"))
        .collect();
    let mut small = Small {
        schemas: Some(Vec::new()),
        open: ["project".to_owned()].into(),
        ..Small::default()
    };
    small.tables.insert(String::new(), shelf(tables, false));
    assert_eq!(small.lines("").len(), 20_001);
    assert_eq!(
        small.lines("order 00042")[0],
        "+t/dwd_trade_order_00042_di 1/1"
    );
}
