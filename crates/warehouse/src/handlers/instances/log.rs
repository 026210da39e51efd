//! What workers have written (`?log`): the log files of a cluster's processes, and of a query's
//! stages their numbers or the error of the instance.

use super::watch::{stages, text_page};
use crate::app::App;
use crate::handlers::query;
use crate::instances::{Instance, Progress};
use odps::Error;
use odps::instances::{JobSource, Log, Task};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use wire::{Call as _, Request, Response};

/// The most bytes of a log in one answer.
const MOST: u64 = 4 << 20;

/// Answers with the end of a log.
pub(super) fn answer(app: &App, instance: &Instance, request: &Request) -> Result<Response, Error> {
    let call = Log::from_request(request)?;
    if let Some(path) = file(app, instance, &call.log) {
        // The processes write both streams into one file.
        let size = call.size.unwrap_or(MOST).min(MOST);
        return Ok(text_page(tail(&path, size).map_err(absent)?));
    }
    let found = stages(app, instance)
        .into_iter()
        .find(|stage| stage.name == call.log);
    let Some(stage) = found else {
        return Err(absent(format!("Log not found - '{}'", call.log)));
    };
    let mut text: String = match query(request, "logtype").as_deref() {
        Some("stderr") => {
            let failed = instance
                .tasks
                .iter()
                .filter(|task| task.progress == Progress::Failed);
            let errors = failed.filter_map(|task| task.result.clone());
            errors.map(|error| error + "\n").collect()
        }
        _ => format!(
            "stage {}: {} of {} workers done, {} records in, {} records out\n",
            stage.name, stage.terminated, stage.workers, stage.input_rows, stage.output_rows
        ),
    };
    let size = call.size.and_then(|size| usize::try_from(size).ok());
    if let Some(size) = size.filter(|size| *size < text.len()) {
        // The end of a log is what is asked for; a character is not cut.
        let from = (text.len() - size..=text.len()).find(|at| text.is_char_boundary(*at));
        text = text.split_off(from.unwrap_or(0));
    }
    Ok(text_page(text))
}

/// The processes of a cluster as `detail` tells workers; nothing if the instance is no cluster or has
/// none yet.
pub(super) fn processes(app: &App, instance: &Instance, task: &str) -> Option<Value> {
    let names = names(&folder(app, instance)?);
    let status = if instance.terminated() {
        "Terminated"
    } else {
        "Running"
    };
    let workers: Vec<Value> = names
        .iter()
        .map(|name| json!({"id": name, "logId": name, "status": status}))
        .collect();
    (!workers.is_empty()).then(|| {
        let tasks = json!([{"name": task, "instances": workers}]);
        json!({"mapReduce": {"jobs": [{"name": instance.id, "tasks": tasks}]}})
    })
}

/// Where the processes of a cluster write.
fn folder(app: &App, instance: &Instance) -> Option<PathBuf> {
    let source = JobSource::read(&instance.source).ok()?;
    let mars = source.job.tasks.iter().any(Task::is_mars);
    mars.then(|| app.store.path(&["clusters", &instance.id]))
}

/// The logs in a folder, by the names of the processes.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".log")?.to_owned()))
        // It may hold the token that guards the notebook, which is not for all who may read.
        .filter(|name| name != "notebook")
        .collect();
    names.sort();
    names
}

/// The file of a log. The id is looked up among those that there are, so it can lead nowhere else.
fn file(app: &App, instance: &Instance, id: &str) -> Option<PathBuf> {
    let folder = folder(app, instance)?;
    let known = names(&folder).iter().any(|name| name == id);
    known.then(|| folder.join(format!("{id}.log")))
}

fn tail(path: &Path, size: u64) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let from = file.metadata()?.len().saturating_sub(size);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    // A letter that the beginning cuts is left out.
    let cut = bytes
        .iter()
        .take(3)
        .take_while(|byte| **byte & 0xc0 == 0x80);
    let cut = if from > 0 { cut.count() } else { 0 };
    Ok(String::from_utf8_lossy(bytes.get(cut..).unwrap_or_default()).into_owned())
}

fn absent(why: impl std::fmt::Display) -> Error {
    Error::no_such_object(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::{names, tail};

    #[test]
    fn a_tail_begins_with_a_whole_letter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("worker-0.log");
        std::fs::write(&path, "first\n中文\n").unwrap();
        assert_eq!(tail(&path, 1000).unwrap(), "first\n中文\n");
        assert_eq!(tail(&path, 5).unwrap(), "文\n");
        assert_eq!(tail(&path, 4).unwrap(), "文\n");
        assert_eq!(tail(&path, 0).unwrap(), "");
    }

    #[test]
    fn only_logs_are_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["web.log", "worker-0.log", "notebook.log", "secret.json"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("spill.log")).unwrap();
        assert_eq!(names(folder.path()), ["web", "worker-0"]);
    }
}
