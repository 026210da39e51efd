//! The page's handle of a file that is written, in a worker of its own.

use file::Format;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FileSystemFileHandle, HtmlAnchorElement, MessagePort, Url};

use super::file_worker::{FileWorker, message};
use crate::files::{Ask, Failure, Job, Tell};

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

/// Writes a file; `on_tell` hears how it goes and, last, how it ended. Parts are saved here.
pub fn write(
    job: Job,
    handle: Option<FileSystemFileHandle>,
    port: Option<MessagePort>,
    on_tell: impl Fn(Tell) + Clone + 'static,
) -> FileWorker {
    let first = Array::of3(
        &message(&Ask::Start(Box::new(job))),
        &handle.map_or(JsValue::NULL, JsValue::from),
        &port.clone().map_or(JsValue::NULL, JsValue::from),
    );
    let ports: Array = port.iter().map(JsValue::from).collect();
    let told = on_tell.clone();
    let hear = move |text: &str, message: &Array| match serde_json::from_str(text) {
        Ok(Tell::Part { name }) => {
            if let Ok(part) = message.get(1).dyn_into::<Blob>() {
                save(&part, &name);
            }
            false
        }
        Ok(tell) => {
            let ended = !matches!(tell, Tell::Progress { .. });
            told(tell);
            ended
        }
        Err(_) => false,
    };
    let died = move |why| on_tell(Tell::Failed(Failure::Crashed(why)));
    FileWorker::start(first, ports, hear, died)
}

/// Saves text beside a file.
pub fn save_text(text: &str, name: &str) {
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into())) {
        save(&blob, name);
    }
}

/// The text of a file that the reader chose; nothing if it is larger than `most` bytes or unreadable.
pub async fn read_text(file: &web_sys::File, most: u32) -> Option<String> {
    if file.size() > f64::from(most) {
        return None;
    }
    JsFuture::from(file.text()).await.ok()?.as_string()
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
