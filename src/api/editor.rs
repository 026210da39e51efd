//! The page's handle of the SQL editor: loads its file when it is first needed, and speaks with it.
//!
//! The file (`editor.js`, built from `editor/`) has a fixed name beside the page. It is added as a
//! module script: the content security policy takes scripts of this origin and no others.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wire::Target;

use super::tables::{self, TableName};

/// The program of the editor, relative to the base.
const PROGRAM: &str = "editor.js";
/// Where it leaves its entry.
const ENTRY: &str = "marsConsoleEditor";

#[wasm_bindgen]
extern "C" {
    /// What the program leaves.
    type Entry;
    /// An editor.
    type View;

    #[wasm_bindgen(method, catch)]
    fn mount(this: &Entry, host: &web_sys::HtmlElement, page: &Object) -> Result<View, JsValue>;
    #[wasm_bindgen(method)]
    fn set(this: &View, text: &str);
    #[wasm_bindgen(method)]
    fn from(this: &View) -> u32;
    #[wasm_bindgen(method)]
    fn to(this: &View) -> u32;
    #[wasm_bindgen(method)]
    fn mark(this: &View, json: &str);
    #[wasm_bindgen(method)]
    fn show(this: &View, at: u32);
    #[wasm_bindgen(method)]
    fn format(this: &View) -> bool;
    #[wasm_bindgen(method)]
    fn name(this: &View, label: &str, describedby: &str, language: &str);
    #[wasm_bindgen(method)]
    fn forget(this: &View);
    #[wasm_bindgen(method)]
    fn destroy(this: &View);
}

/// An editor on the page.
#[derive(Clone)]
pub struct Editor {
    view: Rc<View>,
    /// Keeps what the editor calls.
    calls: Rc<Calls>,
}

struct Calls {
    changed: Closure<dyn FnMut(String)>,
    run: Closure<dyn FnMut()>,
    ask: Closure<dyn FnMut(String) -> Promise>,
}

/// A marked place: UTF-16 units of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The first unit.
    pub from: usize,
    /// One behind the last unit.
    pub to: usize,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is said of it.
    pub message: String,
}

impl Editor {
    /// Makes an editor in an element. The error is the browser's words.
    pub async fn open(
        host: &web_sys::HtmlElement,
        text: &str,
        changed: impl FnMut(String) + 'static,
        run: impl FnMut() + 'static,
        target: impl Fn() -> Option<Target> + 'static,
    ) -> Result<Self, String> {
        load().await.map_err(|error| words(&error))?;
        let entry =
            Reflect::get(&js_sys::global(), &ENTRY.into()).map_err(|error| words(&error))?;
        let entry: Entry = entry.unchecked_into();
        let target = Rc::new(target);
        let ask = move |question: String| {
            let target = target();
            future_to_promise(async move { Ok(answer(target, &question).await.to_string().into()) })
        };
        let calls = Calls {
            changed: Closure::new(changed),
            run: Closure::new(run),
            ask: Closure::new(ask),
        };
        let page = Object::new();
        let items: [(&str, &JsValue); 4] = [
            ("text", &text.into()),
            ("changed", calls.changed.as_ref()),
            ("run", calls.run.as_ref()),
            ("ask", calls.ask.as_ref()),
        ];
        for (key, value) in items {
            Reflect::set(&page, &key.into(), value).map_err(|error| words(&error))?;
        }
        let view = entry.mount(host, &page).map_err(|error| words(&error))?;
        Ok(Self {
            view: Rc::new(view),
            calls: Rc::new(calls),
        })
    }

    /// Puts another text in.
    pub fn set(&self, text: &str) {
        self.view.set(text);
    }

    /// The selection in UTF-16 units; both are equal without one.
    pub fn selection(&self) -> (usize, usize) {
        (self.view.from() as usize, self.view.to() as usize)
    }

    /// Marks places, in place of those that are marked.
    pub fn mark(&self, marks: &[Mark]) {
        self.view
            .mark(&serde_json::to_string(marks).unwrap_or_else(|_| "[]".to_owned()));
    }

    /// Puts the cursor before a UTF-16 unit and shows it.
    pub fn show(&self, at: usize) {
        self.view.show(u32::try_from(at).unwrap_or(u32::MAX));
    }

    /// Formats the text; false when it cannot be read.
    pub fn format(&self) -> bool {
        self.view.format()
    }

    /// The name of the field, the id of its description, and the language of its own words.
    pub fn name(&self, label: &str, describedby: &str, language: &str) {
        self.view.name(label, describedby, language);
    }

    /// Forgets what it knows of tables.
    pub fn forget(&self) {
        self.view.forget();
    }

    /// Takes it off the page.
    pub fn close(self) {
        self.view.destroy();
        drop(self.calls);
    }
}

/// Completion offers the first so many tables and partitions.
const MOST: usize = 5_000;

/// What completion asks: `tables`, or `table <name>`. What cannot be read is empty.
async fn answer(target: Option<Target>, question: &str) -> Value {
    let Some(target) = target else {
        return Value::Null;
    };
    match question.split_once(' ') {
        None => {
            let all = tables::first(&target, MOST)
                .await
                .map(|all| all.items)
                .unwrap_or_default();
            all.into_iter().map(|item| Value::from(item.name)).collect()
        }
        Some((_, name)) => known(&target, name).await.unwrap_or(Value::Null),
    }
}

async fn known(target: &Target, name: &str) -> Option<Value> {
    let schema = tables::get(target, name).await.ok()?.schema;
    let column = |key: bool| {
        move |column: &odps::types::Column| {
            let comment = column.comment.clone();
            json!({"name": column.name, "kind": column.kind.to_string(), "comment": comment, "key": key})
        }
    };
    let columns = schema.columns.iter().map(column(false));
    let columns: Vec<Value> = columns
        .chain(schema.partition_keys.iter().map(column(true)))
        .collect();
    let mut values = serde_json::Map::new();
    if !schema.partition_keys.is_empty() {
        let all = tables::first_partitions(target, &TableName::read(name), MOST)
            .await
            .map(|all| all.items)
            .unwrap_or_default();
        for (key, value) in all.iter().rev().flat_map(|item| &item.spec.0) {
            let list = values
                .entry(key.to_lowercase())
                .or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut()
                && list.len() < 200
                && !list.iter().any(|other| other == value)
            {
                list.push(value.clone().into());
            }
        }
    }
    Some(json!({"columns": columns, "values": values}))
}

thread_local! {
    /// The loading that is under way or done.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Loads the program once; a failure is tried again when it is asked for again.
async fn load() -> Result<(), JsValue> {
    let loading = LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(begin).clone());
    let loaded = JsFuture::from(loading).await;
    if loaded.is_err() {
        LOADING.set(None);
    }
    loaded.map(|_| ())
}

fn begin() -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        if let Err(error) = add_script(&resolve, &reject) {
            // A callback of the browser's own does not throw.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    })
}

fn add_script(resolve: &Function, reject: &Function) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("no document")?;
    let script = document.create_element("script")?;
    script.set_attribute("type", "module")?;
    script.set_attribute("src", PROGRAM)?;
    script.add_event_listener_with_callback("load", resolve)?;
    script.add_event_listener_with_callback("error", reject)?;
    let head = document.query_selector("head")?.ok_or("no head")?;
    head.append_child(&script).map(|_| ())
}

fn words(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{PROGRAM} could not be loaded"),
    }
}
