//! Reading everything that a Logview panel asks of an instance, with the answers noted down.

use std::cell::RefCell;
use std::rc::Rc;

use odps::instances::{Detail, Form, Progress, Queue, Status, Summary, TaskState};
use wire::{Call, Target};

use super::Archive;
use crate::api::answers::{Answers, Heard};
use crate::api::{Cause, Doing, Failure, Problem, instances};
use crate::state::clock::now;

/// How many tasks of an instance are read. A real one has one; noise may have any number.
const TASKS: usize = 20;

/// Answers that say nothing of the instance: busy, or nobody behind the gateway.
const LATER: [u16; 4] = [429, 502, 503, 504];

/// Reads an instance that has ended, completely.
pub(super) async fn read(target: &Target, id: &str) -> Result<Archive, Problem> {
    let heard = Rc::new(RefCell::new(Heard::new()));
    let answers = Answers::Noted(target.clone(), Rc::clone(&heard));
    let facts = instances::read(&answers, id, None).await?;
    if facts.instance.status != Status::Terminated {
        return Err(Problem::new(Doing::ReadInstance, Cause::Refused));
    }
    let is_mars = facts.is_mars();
    let asking = Asking { answers, heard };
    let id = id.to_owned();
    asking.ask(&Queue { id: id.clone() }).await?;
    for task in facts.tasks.into_iter().take(TASKS) {
        asking.task(&id, task, is_mars).await?;
    }
    let heard = asking.heard.borrow();
    Ok(Archive::of(target, &id, now(), &heard))
}

struct Asking {
    answers: Answers,
    heard: Rc<RefCell<Heard>>,
}

impl Asking {
    /// Asks for the parts of a task. The details of other Cupid tasks than a cluster may hold a token
    /// of the proxy, which is not for the page; stages and sums are of queries.
    async fn task(&self, id: &str, task: TaskState, is_mars: bool) -> Result<(), Problem> {
        let cupid = task.kind == "CUPID";
        if cupid && !is_mars {
            return Ok(());
        }
        let (id, task) = (id.to_owned(), task.name);
        let detail = |form| Detail {
            id: id.clone(),
            task: task.clone(),
            form,
        };
        self.ask(&detail(Form::Task)).await?;
        if cupid {
            return Ok(());
        }
        self.ask(&detail(Form::Instance)).await?;
        let progress = Progress {
            id: id.clone(),
            task: task.clone(),
        };
        self.ask(&progress).await?;
        self.ask(&Summary { id, task }).await
    }

    /// Asks what the panel may ask and was not asked yet. What the service refuses is noted like any
    /// other answer; where there is no answer at all, nothing is whole.
    async fn ask<C>(&self, call: &C) -> Result<(), Problem>
    where
        C: Call,
        Failure: From<C::Error>,
    {
        let asked = call.to_request(self.answers.target()).uri().to_string();
        if self.heard.borrow().contains_key(&asked) {
            return Ok(());
        }
        if let Err(Failure::Unreachable(gone)) = self.answers.send(call).await {
            return Err(Problem::of(Doing::ReadInstance, gone));
        }
        let status = self.heard.borrow().get(&asked).map(|answer| answer.status);
        match status {
            Some(status) if LATER.contains(&status) => Err(Problem::new(
                Doing::ReadInstance,
                Cause::UpstreamUnreachable,
            )),
            _ => Ok(()),
        }
    }
}
