//! The page's handle of the file worker: one worker for one file, ended when the file is done.
//!
//! The worker's program has a fixed name beside the page (`file_worker_loader.js`, made by Trunk).

use std::cell::RefCell;
use std::rc::Rc;

use file::Format;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ErrorEvent, FileSystemFileHandle, HtmlAnchorElement, MessageEvent, MessagePort, Url,
    Worker, WorkerOptions, WorkerType,
};

use crate::files::{Ask, Failure, Job, Tell};

/// The program of the worker, relative to the base.
const PROGRAM: &str = "file_worker_loader.js";
/// The browser has begun to save a part after so many milliseconds.
const SAVED: u64 = 60_000;

/// Whether the browser can write to disk as rows come.
pub fn streams() -> bool {
    picker().is_some()
}

fn picker() -> Option<Function> {
    let window = web_sys::window()?;
    let found = Reflect::get(&window, &"showSaveFilePicker".into()).ok()?;
    found.dyn_into().ok()
}

/// Where the reader wants the file.
pub enum Place {
    /// A file of the disk.
    Disk(FileSystemFileHandle),
    /// Where the browser saves what is downloaded.
    Downloads,
    /// The reader thought better of it.
    Nowhere,
}

/// Asks the reader for a place; in the same turn as a click.
pub async fn place(name: &str, format: Format) -> Place {
    let Some(picker) = picker() else {
        return Place::Downloads;
    };
    let options = Object::new();
    let name = format!("{name}.{}", format.ending());
    // Setting keys of a plain object does not fail.
    let _ = Reflect::set(&options, &"suggestedName".into(), &name.into());
    let window = web_sys::window().map_or(JsValue::UNDEFINED, JsValue::from);
    let asked = picker.call1(&window, &options);
    let asked = asked.and_then(JsCast::dyn_into::<Promise>);
    let chosen = match asked {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    match chosen {
        Ok(handle) => handle.dyn_into().map_or(Place::Downloads, Place::Disk),
        Err(error) => {
            let name = Reflect::get(&error, &"name".into()).ok();
            match name.and_then(|name| name.as_string()).as_deref() {
                Some("AbortError") => Place::Nowhere,
                // Forbidden here, as in a frame of another origin.
                _ => Place::Downloads,
            }
        }
    }
}

/// A file that is being written.
#[derive(Clone)]
pub struct Writing(Rc<RefCell<Option<Running>>>);

struct Running {
    worker: Worker,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

/// Writes a file; `on_tell` hears how it goes and, last, how it ended. Parts are saved here.
pub fn write(
    job: Job,
    handle: Option<FileSystemFileHandle>,
    port: Option<MessagePort>,
    on_tell: impl Fn(Tell) + 'static,
) -> Writing {
    let writing = Writing(Rc::default());
    let on_tell: Rc<dyn Fn(Tell)> = Rc::new(on_tell);
    let start = Array::of3(
        &text(&Ask::Start(Box::new(job))),
        &handle.map_or(JsValue::NULL, JsValue::from),
        &port.clone().map_or(JsValue::NULL, JsValue::from),
    );
    let ports: Array = port.iter().map(JsValue::from).collect();
    match writing.start(start, ports, Rc::clone(&on_tell)) {
        Ok(running) => *writing.0.borrow_mut() = Some(running),
        Err(error) => on_tell(Tell::Failed(Failure::Crashed(describe(&error)))),
    }
    writing
}

impl Writing {
    /// Stops it; the file is given up.
    pub fn cancel(&self) {
        if let Some(running) = &*self.0.borrow() {
            // A text can always be cloned.
            let _ = running
                .worker
                .post_message(&Array::of1(&text(&Ask::Cancel)));
        }
    }

    fn start(
        &self,
        start: Array,
        ports: Array,
        on_tell: Rc<dyn Fn(Tell)>,
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
        let (this, told, target) = (self.clone(), Rc::clone(&on_tell), worker.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = Array::from(&event.data());
            let tell = message.get(0).as_string();
            match tell.and_then(|tell| serde_json::from_str(&tell).ok()) {
                Some(Tell::Ready) => {
                    // The handle and the port can be cloned and moved: they were made for it.
                    let _ = target.post_message_with_transfer(&start, &ports);
                }
                Some(Tell::Part { name }) => {
                    if let Ok(part) = message.get(1).dyn_into::<Blob>() {
                        save(&part, &name);
                    }
                }
                Some(tell) => {
                    let ended = !matches!(tell, Tell::Progress { .. });
                    if ended {
                        this.end();
                    }
                    told(tell);
                }
                None => {}
            }
        });
        let this = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            this.end();
            on_tell(Tell::Failed(Failure::Crashed(event.message())));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Ends the worker, after this turn: its own handler may be what runs now.
    fn end(&self) {
        if let Some(running) = self.0.borrow_mut().take() {
            running.worker.terminate();
            super::spawn(async move {
                super::sleep(0).await;
                drop(running);
            });
        }
    }
}

/// Saves text beside a file.
pub fn save_text(text: &str, name: &str) {
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into())) {
        save(&blob, name);
    }
}

/// Lets the browser save bytes.
fn save(blob: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let anchor = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    super::spawn(async move {
        super::sleep(SAVED).await;
        // An address that is unknown is what is wanted.
        let _ = Url::revoke_object_url(&address);
    });
}

fn text(ask: &Ask) -> JsValue {
    // Plain data with text keys always has a JSON text.
    serde_json::to_string(ask).unwrap_or_default().into()
}

fn describe(error: &JsValue) -> String {
    crate::worker::describe(error)
}
