//! The job inside an instance: tasks, their settings, their payload.
//!
//! Written when an instance is created (`create_cluster_0.9.json`, `sql_instance_0.9.json`), read
//! back from `?source`. Elements that are not modelled are skipped.

use roxmltree::Node;
use serde_json::{Map, Value};

use crate::xml::{self, Element};
use crate::{Error, json};

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// A name for the job.
    pub name: Option<String>,
    /// The user's words.
    pub comment: Option<String>,
    /// 9 is the default, 0 comes first.
    pub priority: Option<i32>,
    /// The cluster of machines to run on.
    pub running_cluster: Option<String>,
    /// A client's own id of the submission (0.12.3 and later): a repeat is not run twice.
    pub guid: Option<String>,
    /// The tasks; every client sends exactly one.
    pub tasks: Vec<Task>,
    /// `Sequence` in all recordings.
    pub run_mode: String,
}

/// One step of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The element name: `SQL`, `CUPID`, `SQLCost`, …
    pub kind: String,
    /// Unique in the job; later calls name the task by it.
    pub name: String,
    /// The user's words.
    pub comment: Option<String>,
    /// `settings`, `uuid`, `type` and others, in their order.
    pub config: Vec<(String, String)>,
    /// What to run.
    pub payload: Payload,
}

/// What a task runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Payload {
    /// SQL text (`Query`).
    Query(String),
    /// A Cupid plan by its resource: `<resource>,<project>,<running mode>` (`Plan`).
    Plan(String),
    /// An element of another task kind.
    Other {
        /// The element name, such as `TableName` or `Command`.
        element: String,
        /// Its text.
        text: String,
    },
    /// Nothing that is known.
    None,
}

/// The elements of a task that are not its payload.
const COMMON: [&str; 3] = ["Name", "Comment", "Config"];

impl Job {
    /// A job of one task with the default priority.
    pub fn of(task: Task) -> Self {
        Self {
            name: None,
            comment: None,
            priority: Some(9),
            running_cluster: None,
            guid: None,
            tasks: vec![task],
            run_mode: "Sequence".into(),
        }
    }

    pub(crate) fn to_element(&self) -> Element {
        let mut tasks = Element::new("Tasks");
        for task in &self.tasks {
            tasks.push(task.to_element());
        }
        Element::new("Job")
            .with_some("Name", self.name.as_ref())
            .with_some("Comment", self.comment.as_ref())
            .with_some("Priority", self.priority)
            .with_some("RunningCluster", self.running_cluster.as_ref())
            .with_some("Guid", self.guid.as_ref())
            .with(tasks)
            .with(Element::new("DAG").with(Element::text("RunMode", &self.run_mode)))
    }

    pub(crate) fn read(job: Node<'_, '_>) -> Result<Self, Error> {
        let tasks =
            xml::child(job, "Tasks").ok_or_else(|| Error::malformed("job", "no Tasks element"))?;
        let priority = xml::said(job, "Priority");
        let priority = priority.map(|text| text.trim().parse()).transpose();
        Ok(Self {
            name: xml::said(job, "Name"),
            comment: xml::said(job, "Comment"),
            priority: priority.map_err(|error| Error::malformed("priority of a job", error))?,
            running_cluster: xml::said(job, "RunningCluster"),
            guid: xml::said(job, "Guid"),
            tasks: tasks
                .children()
                .filter(Node::is_element)
                .map(Task::read)
                .collect(),
            run_mode: xml::child(job, "DAG")
                .and_then(|dag| xml::said(dag, "RunMode"))
                .unwrap_or_else(|| "Sequence".into()),
        })
    }
}

impl Task {
    /// A Cupid task as PyODPS 0.9 makes it. `plan` is the text of [`Payload::Plan`].
    pub fn cupid(plan: impl Into<String>, uuid: impl Into<String>) -> Self {
        let settings = serde_json::json!({
            "odps.cupid.application.type": "mars",
            "odps.moye.runtime.type": "mars",
            "odps.task.major.version": "cupid_v2",
        });
        Self {
            kind: "CUPID".into(),
            name: "cupid_task".into(),
            comment: None,
            config: vec![
                ("type".into(), "cupid".into()),
                ("settings".into(), json::python(&settings)),
                ("uuid".into(), uuid.into()),
            ],
            payload: Payload::Plan(plan.into()),
        }
    }

    /// An SQL task; a missing `;` is added.
    pub fn sql<'a>(
        query: &str,
        settings: impl IntoIterator<Item = (&'a str, &'a str)>,
        uuid: impl Into<String>,
    ) -> Self {
        let settings: Map<String, Value> = settings
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.into()))
            .collect();
        let query = query.trim();
        let end = if query.ends_with(';') { "" } else { ";" };
        Self {
            kind: "SQL".into(),
            name: "AnonymousSQLTask".into(),
            comment: None,
            config: vec![
                ("settings".into(), json::python(&Value::Object(settings))),
                ("uuid".into(), uuid.into()),
            ],
            payload: Payload::Query(format!("{query}{end}")),
        }
    }

    /// A task that says what an SQL task would read, and runs nothing: the answer is a [`super::Cost`].
    pub fn sql_cost<'a>(
        query: &str,
        settings: impl IntoIterator<Item = (&'a str, &'a str)>,
        uuid: impl Into<String>,
    ) -> Self {
        Self {
            kind: "SQLCost".into(),
            name: "AnonymousSQLCostTask".into(),
            ..Self::sql(query, settings, uuid)
        }
    }

    /// A property of the configuration.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.config
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// One of the `settings`. What is no text in the JSON is given as JSON.
    pub fn setting(&self, key: &str) -> Option<String> {
        let settings: Value = serde_json::from_str(self.property("settings")?).ok()?;
        settings.get(key).map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
    }

    /// Whether this is a task of a Mars cluster: a Cupid task whose settings say `mars`.
    pub fn is_mars(&self) -> bool {
        self.kind == "CUPID"
            && self.setting("odps.cupid.application.type").as_deref() == Some("mars")
    }

    fn to_element(&self) -> Element {
        let mut config = Element::new("Config");
        for (name, value) in &self.config {
            config.push(
                Element::new("Property")
                    .with(Element::text("Name", name))
                    .with(Element::text("Value", value)),
            );
        }
        let task = Element::new(element_name(&self.kind))
            .with(Element::text("Name", &self.name))
            .with_some("Comment", self.comment.as_ref())
            .with(config);
        match &self.payload {
            Payload::Query(text) => task.with(Element::cdata("Query", text)),
            Payload::Plan(text) => task.with(Element::cdata("Plan", text)),
            Payload::Other { element, text } => {
                task.with(Element::text(element_name(element), text))
            }
            Payload::None => task,
        }
    }

    fn read(task: Node<'_, '_>) -> Self {
        let mut config = Vec::new();
        if let Some(element) = xml::child(task, "Config") {
            for property in xml::children(element, "Property") {
                let text = |name| xml::child_text(property, name).unwrap_or_default();
                config.push((text("Name"), text("Value")));
            }
        }
        let mut others = task.children().filter(|child| child.is_element());
        let payload = others.find(|child| !COMMON.contains(&child.tag_name().name()));
        let payload = match payload.map(|element| (element.tag_name().name(), xml::text(element))) {
            Some(("Query", text)) => Payload::Query(text),
            Some(("Plan", text)) => Payload::Plan(text),
            Some((element, text)) => Payload::Other {
                element: element.to_owned(),
                text,
            },
            None => Payload::None,
        };
        Self {
            kind: task.tag_name().name().to_owned(),
            name: xml::child_text(task, "Name").unwrap_or_default(),
            comment: xml::said(task, "Comment"),
            config,
            payload,
        }
    }
}

/// Task kinds become element names: whatever could break the document is left out.
fn element_name(kind: &str) -> String {
    let name: String = kind
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts_well {
        name
    } else {
        format!("_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(job: &Job) -> Job {
        let text = job.to_element().to_pretty();
        let document = xml::parse("job", &text).expect("well formed");
        Job::read(document.root_element()).expect("a job")
    }

    #[test]
    fn a_job_comes_back() {
        let mut job = Job::of(Task::sql("select '<]]>' & 中", [("a.b", "表")], "u"));
        job.priority = Some(3);
        job.running_cluster = Some("C".into());
        assert_eq!(back(&job), job);
        assert_eq!(job.tasks[0].setting("a.b").as_deref(), Some("表"));
        assert_eq!(
            job.tasks[0].property("settings"),
            Some(r#"{"a.b": "\u8868"}"#)
        );
    }

    #[test]
    fn other_kinds_keep_their_payload() {
        let task = Task {
            kind: "MaxFrame".into(),
            name: "t".into(),
            comment: None,
            config: Vec::new(),
            payload: Payload::Other {
                element: "Command".into(),
                text: "CREATE_SESSION".into(),
            },
        };
        assert_eq!(back(&Job::of(task.clone())).tasks, [task]);
    }

    #[test]
    fn mars_is_told_by_its_settings() {
        assert!(Task::cupid("r,p,eHasFuxiJob", "u").is_mars());
        assert!(!Task::sql("select 1", [], "u").is_mars());
    }

    #[test]
    fn a_kind_cannot_break_the_document() {
        let mut task = Task::sql("select 1;", [], "u");
        task.kind = "1 <x".into();
        assert_eq!(back(&Job::of(task)).tasks[0].kind, "_1x");
    }
}
