//! A file worker: started for one file, ended when that is done.
//!
//! The worker's program has a fixed name beside the page (`file_worker_loader.js`, made by Trunk).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use crate::files::{Ask, Tell};
use crate::worker::describe;

/// The program of the worker, relative to the base.
const PROGRAM: &str = "file_worker_loader.js";

/// A worker.
#[derive(Clone)]
pub struct FileWorker(Rc<RefCell<Option<Running>>>);

struct Running {
    worker: Worker,
    /// Set when it listens.
    ready: Rc<Cell<bool>>,
    /// Set when it is to stop.
    stopped: Rc<Cell<bool>>,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl FileWorker {
    /// Starts a worker with a first message, some parts of which move over. `hear` takes what it says,
    /// and says true when it is done; `died` takes the browser's words when it ends by itself.
    pub fn start(
        first: Array,
        moved: Array,
        hear: impl Fn(&str, &Array) -> bool + 'static,
        died: impl Fn(String) + 'static,
    ) -> Self {
        let this = Self(Rc::default());
        let died: Rc<dyn Fn(String)> = Rc::new(died);
        match this.run(first, moved, hear, Rc::clone(&died)) {
            Ok(running) => *this.0.borrow_mut() = Some(running),
            Err(error) => died(describe(&error)),
        }
        this
    }

    /// Asks it to stop; it says when it has. A worker that does not listen yet hears it first.
    pub fn cancel(&self) {
        if let Some(running) = &*self.0.borrow() {
            running.stopped.set(true);
            if running.ready.get() {
                stop(&running.worker);
            }
        }
    }

    /// Ends the worker, after this turn: its own handler may be what runs now.
    pub fn end(&self) {
        if let Some(running) = self.0.borrow_mut().take() {
            running.worker.terminate();
            super::spawn(async move {
                super::sleep(0).await;
                drop(running);
            });
        }
    }

    fn run(
        &self,
        first: Array,
        moved: Array,
        hear: impl Fn(&str, &Array) -> bool + 'static,
        died: Rc<dyn Fn(String)>,
    ) -> Result<Running, JsValue> {
        let base = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.base_uri().ok().flatten())
            .unwrap_or_default();
        let address = Url::new_with_base(PROGRAM, &base)?.href();
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("file");
        let worker = Worker::new_with_options(&address, &options)?;
        let (this, target) = (self.clone(), worker.clone());
        let (ready, stopped) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
        let (listens, stops) = (Rc::clone(&ready), Rc::clone(&stopped));
        let said = message(&Tell::Ready).as_string().unwrap_or_default();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let told = Array::from(&event.data());
            let text = told.get(0).as_string().unwrap_or_default();
            if text == said {
                // What is beside the text can be cloned or moved: it was made for it.
                let _ = target.post_message_with_transfer(&first, &moved);
                listens.set(true);
                if stops.get() {
                    stop(&target);
                }
            } else if hear(&text, &told) {
                this.end();
            }
        });
        let this = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            this.end();
            died(event.message());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running {
            worker,
            ready,
            stopped,
            _on_message: on_message,
            _on_error: on_error,
        })
    }
}

fn stop(worker: &Worker) {
    // A text can always be cloned.
    let _ = worker.post_message(&Array::of1(&message(&Ask::Cancel)));
}

/// A message as text.
pub fn message(ask: &impl Serialize) -> JsValue {
    // Plain data with text keys always has a JSON text.
    serde_json::to_string(ask).unwrap_or_default().into()
}
