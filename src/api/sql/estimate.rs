//! What a statement would read, before it runs: a `SQLCost` task, and the partitions of the tables
//! that are read without a filter on them.

use std::cell::RefCell;
use std::collections::HashMap;

use odps::instances::{Cost, Create, Get, Job, Status, Task, TaskResult, TaskStatusWord};
use odps::tables::List;
use query::Estimate;
use wire::{Millis, Target};

use super::super::tables::{self, TableName};
use super::super::{Cause, Doing, Problem, random, send, sleep};
use crate::state::clock::now;

/// The sizes of so many partitions are added up.
const MOST: usize = 20_000;

/// Milliseconds between two looks, and how many looks there are.
const PAUSE: u64 = 250;
const LOOKS: usize = 120;

/// What a statement would read. The service's refusal is an error with its words.
pub async fn estimate(
    target: &Target,
    text: &str,
    flags: &[(String, String)],
) -> Result<Cost, Problem> {
    let failed = |failure| Problem::of(Doing::EstimateSql, failure);
    let settings = flags
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    let job = Job::of(Task::sql_cost(text, settings, random::uuid()));
    let id = send(&Create { job }, target).await.map_err(failed)?.id;
    for _ in 0..LOOKS {
        let state = send(&Get { id: id.clone() }, target)
            .await
            .map_err(failed)?;
        if state.status == Status::Terminated {
            let results = send(&TaskResult { id }, target).await.map_err(failed)?;
            return read(results.tasks.into_iter().next());
        }
        sleep(PAUSE).await;
    }
    Err(Problem::new(Doing::EstimateSql, Cause::Unknown))
}

fn read(task: Option<odps::instances::TaskOutcome>) -> Result<Cost, Problem> {
    let Some(task) = task else {
        return Err(Problem::new(Doing::EstimateSql, Cause::Unreadable));
    };
    if task.status == Some(TaskStatusWord::Failed) {
        return Err(failure(Doing::EstimateSql, &task.text));
    }
    Cost::read(&task.text).map_err(|error| Problem::of(Doing::EstimateSql, error))
}

/// The problem that the words of a failed task are.
pub fn failure(doing: Doing, text: &str) -> Problem {
    let read = query::ErrorText::read(text);
    let code = read.code.as_deref().unwrap_or_default();
    let cause = match code {
        _ if text.contains("is full scan with all partitions") => Cause::FullScan,
        _ if code.starts_with("ODPS-013016") => Cause::SqlSyntax,
        "ODPS-0130131" => Cause::NoSuchTable,
        "ODPS-0420095" | "ODPS-0130013" => Cause::NoPermission,
        _ if code.starts_with("ODPS-0130") => Cause::SqlMeaning,
        _ => Cause::SqlFailed,
    };
    Problem {
        code: read.code,
        ..Problem::new(doing, cause).with_detail(text)
    }
}

/// The estimate of several statements: bytes are added, money too.
pub fn together(costs: &[Cost]) -> (u64, u64) {
    let book = query::Book::default();
    let one = |cost: &Cost| Estimate::read(cost.input, &cost.complexity).micros(&book);
    costs.iter().fold((0, 0), |(bytes, micros), cost| {
        (
            bytes.saturating_add(cost.input),
            micros.saturating_add(one(cost)),
        )
    })
}

/// A table that is read without a filter on any of its partition columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FullScan {
    /// The table.
    pub table: String,
    /// Its partition columns.
    pub keys: Vec<String>,
    /// How many partitions there are; more, when the list is cut.
    pub partitions: usize,
    /// Whether the list of partitions is cut.
    pub cut: bool,
    /// Bytes of all of it, where the service says so.
    pub size: Option<u64>,
    /// Where the name stands in the statement: bytes.
    pub start: usize,
    /// One behind its last byte.
    pub end: usize,
}

/// The tables that a statement reads whole though they have partitions. What cannot be read of the
/// catalogue is passed over: the run itself will say it.
pub async fn full_scans(target: &Target, statement: &str) -> Vec<FullScan> {
    let mut found = Vec::new();
    for mention in query::mentions(statement) {
        if mention
            .space
            .as_ref()
            .is_some_and(|space| *space != target.project)
        {
            continue;
        }
        let Some(table) = partitioned(target, &mention.table).await else {
            continue;
        };
        if table.keys.is_empty() || table.keys.iter().any(|key| mention.filters(key)) {
            continue;
        }
        found.push(FullScan {
            start: mention.start,
            end: mention.end,
            ..table
        });
    }
    found
}

thread_local! {
    /// What was read of tables lately, by project and name.
    static KNOWN: RefCell<Lately> = RefCell::default();
}

/// What was read of a table and when, by project and name.
type Lately = HashMap<(String, String), (Millis, Option<FullScan>)>;

/// How long what was read of a table is taken as it was.
const FRESH: Millis = 60_000;

/// The partitions of a table; no keys for a table without.
async fn partitioned(target: &Target, name: &str) -> Option<FullScan> {
    let key = (target.project.clone(), name.to_lowercase());
    let known = KNOWN.with_borrow(|known| known.get(&key).cloned());
    if let Some((_, known)) = known.filter(|(at, _)| now().saturating_sub(*at) < FRESH) {
        return known;
    }
    let read = read_table(target, name).await;
    KNOWN.with_borrow_mut(|known| known.insert(key, (now(), read.clone())));
    read
}

async fn read_table(target: &Target, name: &str) -> Option<FullScan> {
    // A name that is half typed is no table: a list says so without an error.
    let list = List {
        prefix: Some(name.to_owned()),
        ..List::default()
    };
    let page = send(&list, target).await.ok()?;
    let named = |item: &odps::tables::Item| item.name.eq_ignore_ascii_case(name);
    if !page.tables.iter().any(named) {
        return None;
    }
    let schema = tables::get(target, name).await.ok()?.schema;
    let keys: Vec<String> = schema
        .partition_keys
        .into_iter()
        .map(|key| key.name)
        .collect();
    let mut scan = FullScan {
        table: name.to_owned(),
        size: schema.size,
        ..FullScan::default()
    };
    if !keys.is_empty() {
        let name = TableName::read(name);
        let all = tables::first_partitions(target, &name, MOST).await.ok()?;
        let sizes: Option<u64> = all.items.iter().map(|item| item.size).sum();
        scan.size = sizes.or(scan.size);
        (scan.partitions, scan.cut, scan.keys) = (all.items.len(), all.cut, keys);
    }
    Some(scan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_told_apart_by_their_code() {
        let table = [
            ("ODPS-0130161:[1,8] Parse exception - x", Cause::SqlSyntax),
            (
                "ODPS-0130071:[1,8] Semantic analysis exception",
                Cause::SqlMeaning,
            ),
            (
                "ODPS-0130071:[1,22] Semantic analysis exception - Table(p,t) is full scan with all partitions",
                Cause::FullScan,
            ),
            (
                "ODPS-0130131:[1,15] Table not found - t",
                Cause::NoSuchTable,
            ),
            ("ODPS-0123144: Fuxi job failed", Cause::SqlFailed),
            ("no code", Cause::SqlFailed),
        ];
        for (text, cause) in table {
            let problem = failure(Doing::RunSql, text);
            assert_eq!(problem.why, cause, "{text}");
            assert_eq!(problem.detail.as_deref(), Some(text));
        }
    }

    #[test]
    fn estimates_are_added() {
        let cost = |input, complexity: &str| Cost {
            udf: 0,
            complexity: complexity.into(),
            input,
        };
        assert_eq!(
            together(&[cost(1 << 30, "1"), cost(1 << 30, "1.5")]),
            (2 << 30, 109_500)
        );
    }
}
