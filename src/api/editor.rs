//! The page's handles of its editors: each loads its files when it is first needed, and speaks with it.
//!
//! The files (built from `editor/`) have fixed names beside the page. They are added as module
//! scripts: the content security policy takes scripts of this origin and no others.

pub mod catalogue;

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Where the programs leave their entries, by name.
const ENTRIES: &str = "marsConsoleEditors";

/// An editor's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Program {
    /// The SQL page's.
    Sql,
    /// A notebook cell's.
    Python,
}

impl Program {
    /// Its file, relative to the base.
    fn file(self) -> &'static str {
        match self {
            Self::Sql => "editor-sql.js",
            Self::Python => "editor-python.js",
        }
    }

    /// The name of its entry.
    fn entry(self) -> &'static str {
        match self {
            Self::Sql => "sql",
            Self::Python => "python",
        }
    }
}

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
    fn tell(this: &View, json: &str);
    #[wasm_bindgen(method)]
    fn invalid(this: &View, invalid: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &View);
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
    next: Closure<dyn FnMut()>,
    ask: Closure<dyn FnMut(String) -> Promise>,
}

/// An answer that takes its time.
pub type Answer = Pin<Box<dyn Future<Output = Value>>>;

/// What an editor begins with, tells and asks.
pub struct Held {
    /// The text.
    pub text: String,
    /// The text changed.
    pub changed: Box<dyn FnMut(String)>,
    /// Run was asked for by the keyboard.
    pub run: Box<dyn FnMut()>,
    /// Run, and what comes next, was asked for.
    pub next: Box<dyn FnMut()>,
    /// A question of the program, see its file; null where there is no answer.
    pub ask: Box<dyn FnMut(String) -> Answer>,
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

/// What a statement gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineHint {
    /// A UTF-16 unit of its line.
    pub at: usize,
    /// What it gives.
    pub said: String,
}

impl Editor {
    /// Makes an editor in an element; nothing if what it should hold is gone when the program is
    /// there. The error is the browser's words.
    pub async fn open(
        program: Program,
        host: &web_sys::HtmlElement,
        held: impl FnOnce() -> Option<Held>,
    ) -> Result<Option<Self>, String> {
        let words = |error: JsValue| words(program, &error);
        load(program).await.map_err(words)?;
        let entries = Reflect::get(&js_sys::global(), &ENTRIES.into()).map_err(words)?;
        let entry = Reflect::get(&entries, &program.entry().into()).map_err(words)?;
        let entry: Entry = entry.unchecked_into();
        // What was written while the program was loaded is in the text.
        let Some(mut held) = held() else {
            return Ok(None);
        };
        let ask = move |question: String| {
            let answer = (held.ask)(question);
            future_to_promise(async move { Ok(answer.await.to_string().into()) })
        };
        let calls = Calls {
            changed: Closure::new(held.changed),
            run: Closure::new(held.run),
            next: Closure::new(held.next),
            ask: Closure::new(ask),
        };
        let page = Object::new();
        let items: [(&str, &JsValue); 5] = [
            ("text", &held.text.into()),
            ("changed", calls.changed.as_ref()),
            ("run", calls.run.as_ref()),
            ("next", calls.next.as_ref()),
            ("ask", calls.ask.as_ref()),
        ];
        for (key, value) in items {
            Reflect::set(&page, &key.into(), value).map_err(words)?;
        }
        let view = entry.mount(host, &page).map_err(words)?;
        Ok(Some(Self {
            view: Rc::new(view),
            calls: Rc::new(calls),
        }))
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

    /// Tells what statements give, behind their lines (Python only).
    pub fn tell(&self, hints: &[LineHint]) {
        self.view
            .tell(&serde_json::to_string(hints).unwrap_or_else(|_| "[]".to_owned()));
    }

    /// Says to those who do not see it that the text cannot be read (Python only).
    pub fn invalid(&self, invalid: bool) {
        self.view.invalid(invalid);
    }

    /// Takes the focus.
    pub fn focus(&self) {
        self.view.focus();
    }

    /// Forgets what it knows of tables (SQL only).
    pub fn forget(&self) {
        self.view.forget();
    }

    /// Takes it off the page.
    pub fn close(self) {
        self.view.destroy();
        drop(self.calls);
    }
}

thread_local! {
    /// The loadings that are under way or done.
    static LOADING: RefCell<HashMap<Program, Promise>> = RefCell::default();
}

/// Loads a program once; a failure is tried again when it is asked for again.
async fn load(program: Program) -> Result<(), JsValue> {
    let loading = LOADING.with_borrow_mut(|loading| {
        let begun = loading.entry(program).or_insert_with(|| begin(program));
        begun.clone()
    });
    let loaded = JsFuture::from(loading).await;
    if loaded.is_err() {
        LOADING.with_borrow_mut(|loading| loading.remove(&program));
    }
    loaded.map(|_| ())
}

fn begin(program: Program) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        if let Err(error) = add_script(program, &resolve, &reject) {
            // A callback of the browser's own does not throw.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    })
}

fn add_script(program: Program, resolve: &Function, reject: &Function) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("no document")?;
    let script = document.create_element("script")?;
    script.set_attribute("type", "module")?;
    script.set_attribute("src", program.file())?;
    script.add_event_listener_with_callback("load", resolve)?;
    script.add_event_listener_with_callback("error", reject)?;
    let head = document.query_selector("head")?.ok_or("no head")?;
    head.append_child(&script).map(|_| ())
}

fn words(program: Program, error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{} could not be loaded", program.file()),
    }
}
