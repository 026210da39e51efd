//! The file worker: a program of its own beside the page. It writes one file, or reads one, then the
//! page ends it.
//!
//! What it does is `console::files` and `console::uploads`; here are only messages. The page's first
//! message brings the handle of a file and the port to the frame worker, or the file, where there are
//! such.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::files::input::{Abort, Input};
use console::files::output::Output;
use console::files::write::{Say, Write};
use console::files::{Ask, Done, Failure, Job, Tell};
use console::uploads;
use console::uploads::disk::Disk;
use console::uploads::work::{Hands, first_look};
use console::worker::describe;
use file::import::{ImportError, WholeFile};
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, FileSystemFileHandle, MessageEvent, MessagePort,
};

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let dying = scope.clone();
    std::panic::set_hook(Box::new(move |info| {
        console_error_panic_hook::hook(info);
        let failure = Failure::Crashed(info.to_string());
        tell(&dying, &Tell::Failed(failure), None);
    }));
    let (stopped, abort) = (Rc::new(Cell::new(false)), Abort::default());
    let heard = scope.clone();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Array::from(&event.data());
        let text = message.get(0).as_string();
        match text.and_then(|text| serde_json::from_str(&text).ok()) {
            Some(Ask::Start(job)) => {
                let handle = message.get(1).dyn_into().ok();
                let port = message.get(2).dyn_into().ok();
                let (scope, stopped, abort) = (heard.clone(), stopped.clone(), abort.clone());
                spawn_local(write(*job, handle, port, scope, stopped, abort));
            }
            Some(Ask::Cancel) => {
                stopped.set(true);
                if let Some(abort) = abort.take() {
                    abort.abort();
                }
            }
            None => {
                let ask = message.get(0).as_string();
                let ask = ask.and_then(|text| serde_json::from_str(&text).ok());
                if let (Some(ask), Ok(blob)) = (ask, message.get(1).dyn_into::<Blob>()) {
                    let (scope, stopped, abort) = (heard.clone(), stopped.clone(), abort.clone());
                    spawn_local(upload(ask, blob, scope, stopped, abort));
                }
            }
        }
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listener.forget();
    tell(&scope, &Tell::Ready, None);
}

async fn write(
    job: Job,
    handle: Option<FileSystemFileHandle>,
    port: Option<MessagePort>,
    scope: DedicatedWorkerGlobalScope,
    stopped: Rc<Cell<bool>>,
    abort: Abort,
) {
    let telling = scope.clone();
    let say: Say = Rc::new(move |told, part| tell(&telling, told, part));
    let input = match (&job.source, port) {
        (Some(source), _) => Input::source(source.clone(), scope.clone(), abort),
        (None, Some(port)) => Input::Port(port),
        (None, None) => return say(&Tell::Failed(Failure::Gone), None),
    };
    let output = match Output::new(handle).await {
        Ok(output) => output,
        Err(error) => {
            let failure = Failure::Write(describe(&error));
            return say(&Tell::Failed(failure), None);
        }
    };
    let write = Write {
        job,
        output,
        stopped,
        say,
        scope,
        done: Done::default(),
        open: None,
        waiting: RefCell::default(),
    };
    write.run(input).await;
}

async fn upload(
    ask: uploads::Ask,
    blob: Blob,
    scope: DedicatedWorkerGlobalScope,
    stopped: Rc<Cell<bool>>,
    abort: Abort,
) {
    let telling = scope.clone();
    let say = Rc::new(move |told: &uploads::Tell| tell(&telling, told, None));
    let failed = |error: ImportError| uploads::Tell::Failed {
        failure: uploads::Failure::File(error),
        bad: Vec::new(),
    };
    let name = blob.dyn_ref::<File>().map(File::name).unwrap_or_default();
    let file = match Disk::open(blob) {
        Ok(disk) => WholeFile::new(disk),
        Err(error) => return say(&failed(ImportError::Damaged(describe(&error)))),
    };
    match ask {
        uploads::Ask::Look { options } => match first_look(&file, &name, options) {
            Ok(looked) => say(&uploads::Tell::Looked(Box::new(looked))),
            Err(error) => say(&failed(error)),
        },
        uploads::Ask::Send(job) => {
            let hands = Hands {
                scope,
                stopped,
                abort,
                say,
            };
            uploads::work::run(*job, file, hands).await;
        }
    }
}

fn tell<T: Serialize>(scope: &DedicatedWorkerGlobalScope, told: &T, part: Option<&Blob>) {
    // Messages are plain data with text keys, and strings and blobs can always be cloned.
    if let Ok(text) = serde_json::to_string(told) {
        let part = part.map_or(JsValue::NULL, JsValue::from);
        let _ = scope.post_message(&Array::of2(&text.into(), &part));
    }
}
