//! What the details of a task tell of its stages and their workers. Recorded:
//! `instance_progress_0.9.json` seq 8 and 9.
//!
//! Two shapes are known: `Instance.Stages[].Workers[]` of `instancedetail`, and
//! `mapReduce.jobs[].tasks[].instances[]` of `detail`. Numbers may be written as text. A moment below
//! 10¹¹ is in seconds, above in milliseconds. What cannot be read is left out: the details are the
//! service's own notes, in no fixed form.

use serde_json::Value;
use wire::Millis;

use super::DetailText;

/// Moments below this are in seconds: as milliseconds they would lie in the year 1973.
const SECONDS_BELOW: u64 = 100_000_000_000;

/// A stage with its workers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageWorkers {
    /// `M1`, `R2_1`: the kind, the number, the numbers of the stages that it reads.
    pub name: String,
    /// Its workers.
    pub workers: Vec<Worker>,
}

/// A worker of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worker {
    /// `M1#0_0`
    pub id: String,
    /// What its log is asked for by.
    pub log: Option<String>,
    /// `Running`, `Terminated`, `Failed`, … the service's word.
    pub status: Option<String>,
    /// When it began.
    pub start: Option<Millis>,
    /// When it ended.
    pub end: Option<Millis>,
}

impl StageWorkers {
    /// When the first worker began.
    pub fn start(&self) -> Option<Millis> {
        self.workers.iter().filter_map(|worker| worker.start).min()
    }

    /// When the last worker ended; nothing while one has not.
    pub fn end(&self) -> Option<Millis> {
        let ends: Option<Vec<Millis>> = self.workers.iter().map(|worker| worker.end).collect();
        ends?.into_iter().max()
    }

    /// How many workers have failed.
    pub fn failed(&self) -> u64 {
        let failed = self.workers.iter().filter(|worker| {
            let status = worker.status.as_deref().unwrap_or_default();
            status.eq_ignore_ascii_case("failed")
        });
        u64::try_from(failed.count()).unwrap_or(u64::MAX)
    }

    /// The numbers of the stages that it reads, as its name says: `J3_1_2` reads 1 and 2. Nothing if
    /// the name is of another form.
    pub fn inputs(&self) -> Vec<u32> {
        inputs(&self.name).map_or_else(Vec::new, |(_, inputs)| inputs)
    }
}

/// The number of a stage and of those that it reads, from a name such as `J3_1_2` or `R2_1_job_0`.
pub fn inputs(name: &str) -> Option<(u32, Vec<u32>)> {
    let mut parts = name.split('_');
    let own = parts.next()?;
    let digits = own.trim_start_matches(|c: char| c.is_ascii_uppercase());
    if digits.len() == own.len() {
        return None;
    }
    let inputs = parts.map_while(|part| part.parse().ok()).collect();
    Some((digits.parse().ok()?, inputs))
}

impl DetailText {
    /// The stages with their workers; none where the text is of another kind.
    pub fn stages(&self) -> Vec<StageWorkers> {
        let Ok(value) = serde_json::from_str::<Value>(&self.0) else {
            return Vec::new();
        };
        let first = value["Instance"]["Stages"].as_array();
        let first = first.into_iter().flatten();
        let first = first.map(|stage| read(stage, "StageID", "Workers"));
        let jobs = value["mapReduce"]["jobs"].as_array().into_iter().flatten();
        let tasks = jobs.flat_map(|job| job["tasks"].as_array().into_iter().flatten());
        first
            .chain(tasks.map(|task| read(task, "name", "instances")))
            .collect()
    }
}

fn read(stage: &Value, name: &str, workers: &str) -> StageWorkers {
    let workers = stage[workers].as_array().into_iter().flatten();
    StageWorkers {
        name: text(&stage[name]).unwrap_or_default(),
        workers: workers.map(worker).collect(),
    }
}

fn worker(value: &Value) -> Worker {
    let either = |one: &str, other: &str| text(&value[one]).or_else(|| text(&value[other]));
    Worker {
        id: either("id", "WorkerID").unwrap_or_default(),
        log: either("logId", "LogID").filter(|log| !log.is_empty()),
        status: either("status", "Status"),
        start: moment(&value["startTime"]),
        end: moment(&value["endTime"]),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn moment(value: &Value) -> Option<Millis> {
    let number: u64 = text(value)?.trim().parse().ok()?;
    match number {
        0 => None,
        1..SECONDS_BELOW => Some(number * 1000),
        _ => Some(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(text: &str) -> Vec<StageWorkers> {
        DetailText(text.to_owned()).stages()
    }

    #[test]
    fn both_recorded_shapes_are_read() {
        let first = r#"{"Instance": {"Stages": [{"StageID": "M1", "Workers": [{"WorkerID": "M1#0_0", "LogID": "c3R1YmxvZw=="}]}]}}"#;
        let second = r#"{"mapReduce": {"jobs": [{"name": "stub_job_0", "tasks": [{"name": "M1", "instances": [{"id": "M1#0_0", "logId": "c3R1YmxvZw==", "status": "Terminated"}]}]}]}}"#;
        for (text, status) in [(first, None), (second, Some("Terminated"))] {
            let stages = stages(text);
            assert_eq!(stages.len(), 1, "{text}");
            assert_eq!(stages[0].name, "M1");
            let worker = &stages[0].workers[0];
            assert_eq!(worker.id, "M1#0_0");
            assert_eq!(worker.log.as_deref(), Some("c3R1YmxvZw=="));
            assert_eq!(worker.status.as_deref(), status);
        }
    }

    #[test]
    fn what_is_no_detail_has_no_stages() {
        for text in [
            "",
            "{}",
            "CgA=",
            "[1",
            r#"{"mapReduce": 3}"#,
            r#"{"Instance":{"Stages":[]}}"#,
        ] {
            assert_eq!(stages(text), [], "{text}");
        }
        let odd = stages(r#"{"Instance":{"Stages":[7,{"StageID":1,"Workers":[null]}]}}"#);
        assert_eq!(odd[1].name, "1");
        assert_eq!(odd[1].workers, [Worker::default()]);
    }

    #[test]
    fn times_of_workers_are_those_of_the_stage() {
        let text = r#"{"mapReduce":{"jobs":[{"tasks":[{"name":"R2_1","instances":[
            {"id":"a","startTime":1767225600,"endTime":"1767225603","status":"FAILED"},
            {"id":"b","startTime":1767225599500,"endTime":1767225602500}]}]}]}}"#;
        let stage = &stages(text)[0];
        assert_eq!(stage.start(), Some(1_767_225_599_500));
        assert_eq!(stage.end(), Some(1_767_225_603_000));
        assert_eq!(stage.failed(), 1);
        let mut open = stage.clone();
        open.workers[0].end = None;
        assert_eq!(open.end(), None);
    }

    #[test]
    fn names_tell_what_a_stage_reads() {
        assert_eq!(inputs("M1"), Some((1, vec![])));
        assert_eq!(inputs("J3_1_2"), Some((3, vec![1, 2])));
        assert_eq!(inputs("R12_3_job_0"), Some((12, vec![3])));
        assert_eq!(inputs("M1_STUB_0_0_0_job_0"), Some((1, vec![])));
        for odd in ["", "job", "_1", "1", "Map1", "M99999999999"] {
            assert_eq!(inputs(odd), None, "{odd}");
        }
    }
}
