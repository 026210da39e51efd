//! `GET …/instances/{id}?instanceprogress={task}&taskname={task}`: the stages of a task.
//! Recorded: `instance_progress_0.9.json` seq 2.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{one, read_one};
use crate::request::body_xml;
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks how far the stages of a task are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The instance.
    pub id: String,
    /// The task.
    pub task: String,
}

/// The stages of a task, in the order of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// The stages that are known so far.
    pub stages: Vec<Stage>,
}

/// One stage. What the service does not say is nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// `M1_job_0`
    pub name: String,
    /// Rows that came in.
    pub input: u64,
    /// Rows that went out.
    pub output: u64,
    /// Workers in all.
    pub workers: u64,
    /// Workers that run.
    pub running: u64,
    /// Workers that are done.
    pub terminated: u64,
    /// Workers that stand in for slow ones.
    pub backup: u64,
    /// Per cent that are done.
    pub percent: u64,
    /// `RUNNING`, `TERMINATED`
    pub status: Option<String>,
}

impl Call for Progress {
    type Reply = Stages;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .pair("instanceprogress", &self.task)
            .pair("taskname", &self.task)
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Stages, Error> {
        let response = response::check(response)?;
        let document = body_xml("progress", response.body())?;
        let stages = xml::children(document.root_element(), "Stage").map(|stage| {
            let number =
                |name| xml::child_text(stage, name).and_then(|text| text.trim().parse().ok());
            Stage {
                name: stage.attribute("ID").unwrap_or_default().to_owned(),
                input: number("InputRecords").unwrap_or_default(),
                output: number("OutputRecords").unwrap_or_default(),
                workers: number("TotalWorkers").unwrap_or_default(),
                running: number("RunningWorkers").unwrap_or_default(),
                terminated: number("TerminatedWorkers").unwrap_or_default(),
                backup: number("BackupWorkers").unwrap_or_default(),
                percent: number("FinishedPercentage").unwrap_or_default(),
                status: xml::said(stage, "Status"),
            }
        });
        Ok(Stages {
            stages: stages.collect(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("instanceprogress") => Ok(Self {
                id,
                task: query.said("taskname").unwrap_or_default(),
            }),
            _ => Err(Error::OtherCall {
                call: "the progress of a task",
            }),
        }
    }
}

impl Reply for Stages {
    fn into_response(self) -> Response {
        let mut root = Element::new("Progress");
        for stage in self.stages {
            let numbers = [
                ("InputRecords", stage.input),
                ("OutputRecords", stage.output),
                ("TotalWorkers", stage.workers),
                ("RunningWorkers", stage.running),
                ("TerminatedWorkers", stage.terminated),
                ("BackupWorkers", stage.backup),
                ("FinishedPercentage", stage.percent),
            ];
            let element = Element::new("Stage").attribute("ID", stage.name);
            let element = numbers
                .into_iter()
                .fold(element, |element, (name, number)| {
                    element.with(Element::text(name, number.to_string()))
                });
            root.push(element.with_some("Status", stage.status));
        }
        response::xml(&root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_come_back() {
        let call = Progress {
            id: "i".into(),
            task: "t".into(),
        };
        let stages = Stages {
            stages: vec![
                Stage {
                    name: "M1 <中>".into(),
                    input: u64::MAX,
                    workers: 3,
                    running: 2,
                    terminated: 1,
                    percent: 33,
                    status: Some("RUNNING".into()),
                    ..Stage::default()
                },
                Stage::default(),
            ],
        };
        assert_eq!(
            call.from_response(stages.clone().into_response()),
            Ok(stages)
        );
    }
}
