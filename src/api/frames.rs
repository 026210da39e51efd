//! The page's handle of the frame worker: starts it when first needed, speaks the messages of
//! [`crate::frames`], and starts it again when it dies.
//!
//! The worker's program has a fixed name beside the page (`frame_worker_loader.js`, made by Trunk).

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    ErrorEvent, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType,
};

use super::{Cause, Doing, Problem};
use crate::frames::{
    Answer, Ask, BUDGET, Fault, FrameId, Head, Phase, Progress, Question, Refusal, Source, Span,
    TableSource, Tell, View, Window,
};

/// The program of the worker, relative to the base.
const PROGRAM: &str = "frame_worker_loader.js";
/// How many rows `head` of PyODPS gives at most.
const MOST_OF_HEAD: u64 = 10_000;

/// A frame in the worker. It is forgotten with the component that opened it.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    id: FrameId,
    /// Columns and facts, once they are known.
    pub head: RwSignal<Option<Head>>,
    /// How far reading is.
    pub progress: RwSignal<Progress>,
    /// The cells that were asked for last.
    pub window: RwSignal<Window>,
    /// The last arrangement that the worker took or refused.
    pub arranged: RwSignal<Arranged>,
    /// The worker ended while this frame was read, and it is read anew in another one.
    pub restarted: RwSignal<bool>,
    source: StoredValue<Source>,
    limit: StoredValue<Option<u64>>,
    view: StoredValue<(u32, View)>,
}

/// The last arrangement that the worker answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Which one.
    pub epoch: u32,
    /// Why it cannot be shown; then the one before stays.
    pub refusal: Option<Refusal>,
}

impl Frame {
    /// Opens a frame of up to `limit` rows; it lives as long as the current owner.
    pub fn open(source: Source, limit: Option<u64>) -> Self {
        let frame = Self {
            id: next_id(),
            head: RwSignal::new(None),
            progress: RwSignal::new(Progress::default()),
            window: RwSignal::new(Window::default()),
            arranged: RwSignal::new(Arranged::default()),
            restarted: RwSignal::new(false),
            source: StoredValue::new(source.clone()),
            limit: StoredValue::new(limit),
            view: StoredValue::new((0, View::default())),
        };
        POST.with_borrow_mut(|post| {
            post.frames.insert(frame.id, frame);
        });
        ask(Ask::Open {
            frame: frame.id,
            source,
            limit,
        });
        on_cleanup(move || {
            POST.with_borrow_mut(|post| {
                post.frames.remove(&frame.id);
                post.answers.retain(|_, (of, _)| *of != frame.id);
            });
            ask(Ask::Release { frame: frame.id });
        });
        frame
    }

    /// Reads on until `limit` rows are there; opens the frame again when the worker had died.
    pub fn more(self, limit: Option<u64>) {
        let crashed = self.progress.with_untracked(|progress| {
            matches!(progress.phase, Phase::Failed(Fault::Crashed { .. }))
        });
        self.limit.set_value(limit);
        self.progress
            .update(|progress| progress.phase = Phase::Opening);
        if crashed {
            self.reopen();
        } else {
            ask(Ask::More {
                frame: self.id,
                limit,
            });
        }
    }

    /// Opens the frame in a new worker, arranged as it was.
    fn reopen(self) {
        self.progress.set(Progress::default());
        ask(Ask::Open {
            frame: self.id,
            source: self.source.get_value(),
            limit: self.limit.get_value(),
        });
        let (epoch, view) = self.view.get_value();
        self.arrange(epoch, view);
    }

    /// Stops reading; what came stays.
    pub fn cancel(self) {
        ask(Ask::Cancel { frame: self.id });
    }

    /// Shows other columns or rows, or in another order; [`Frame::arranged`] says when.
    pub fn arrange(self, epoch: u32, view: View) {
        self.view.set_value((epoch, view.clone()));
        ask(Ask::Arrange {
            frame: self.id,
            epoch,
            view,
        });
    }

    /// Asks for the cells of a rectangle beside the pinned columns; they come in [`Frame::window`].
    pub fn view(self, rows: Span, pinned: u64, columns: Span) {
        ask(Ask::Window {
            frame: self.id,
            rows,
            pinned,
            columns,
        });
    }

    /// A port through which the file worker asks for what is looked at; none without a worker.
    pub fn export(self) -> Option<MessagePort> {
        let channel = MessageChannel::new().ok()?;
        let text = serde_json::to_string(&Ask::Export { frame: self.id }).ok()?;
        POST.with_borrow(|post| {
            let running = post.worker.as_ref().filter(|running| running.ready)?;
            let ports = js_sys::Array::of1(&channel.port2());
            let posted = running
                .worker
                .post_message_with_transfer(&text.into(), &ports);
            posted.ok()
        })?;
        Some(channel.port1())
    }

    /// Asks about what is looked at; `on_answer` may be called several times. When the frame is
    /// closed, arranged otherwise, or the worker ends, it may never be.
    pub fn question(self, question: Question, on_answer: impl Fn(Answer) + 'static) {
        let ticket = next_id();
        POST.with_borrow_mut(|post| {
            let given: Answered = Rc::new(on_answer);
            post.answers.insert(ticket, (self.id, given));
        });
        ask(Ask::Question {
            frame: self.id,
            ticket,
            question,
        });
    }
}

/// Writes and reads instants in this zone from now on; none is UTC.
pub fn set_zone(name: Option<String>) {
    let changed = POST.with_borrow_mut(|post| {
        let changed = post.zone != name;
        post.zone.clone_from(&name);
        changed && post.worker.is_some()
    });
    if changed {
        ask(Ask::Zone { name });
    }
}

/// How many bytes of rows a frame holds here: a quarter of the memory that the browser tells of its
/// machine (in steps up to 8 GiB), where that is less than [`BUDGET`].
pub fn budget() -> u64 {
    let told = web_sys::window()
        .and_then(|window| js_sys::Reflect::get(&window.navigator(), &"deviceMemory".into()).ok())
        .and_then(|gibibytes| gibibytes.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few gibibytes"
    )]
    let quarter = told.map(|gibibytes| (gibibytes.max(0.0) * (BUDGET / 4) as f64) as u64);
    quarter.map_or(BUDGET, |quarter| quarter.min(BUDGET))
}

/// What a fault means to the reader.
pub fn problem(source: &Source, fault: &Fault) -> Problem {
    let doing = match source {
        Source::Table(_) | Source::Preview(_) => Doing::ReadTable,
        Source::Result(_) | Source::Instance(_) | Source::Memory(_) => Doing::ReadResult,
    };
    match fault {
        Fault::Unreachable { reason } => {
            Problem::new(doing, Cause::GatewayGone).with_detail(reason.clone())
        }
        Fault::Refused {
            status,
            code,
            message,
            request_id,
        } => Problem::of(
            doing,
            odps::Error::Status {
                status: *status,
                code: code.clone(),
                message: message.clone(),
                request_id: request_id.clone(),
            },
        ),
        Fault::Truncated { detail } => {
            Problem::new(doing, Cause::Truncated).with_detail(detail.clone())
        }
        Fault::Corrupt { detail } => {
            Problem::new(doing, Cause::Corrupt).with_detail(detail.clone())
        }
        Fault::Malformed { detail } => {
            Problem::new(doing, Cause::Unreadable).with_detail(detail.clone())
        }
        Fault::Crashed { .. } => {
            Problem::new(doing, Cause::DecoderEnded).with_detail(fault.to_string())
        }
    }
}

/// The PyODPS line that reads the same rows of a table. `head` gives ten thousand rows at most and
/// always begins with the first, so other rows are read by a reader.
pub fn pyodps_line(source: &TableSource, limit: Option<u64>) -> String {
    let partition = (source.partition.as_deref()).map(|spec| format!("partition={}", quoted(spec)));
    let names: Vec<String> = source.columns.iter().map(|name| quoted(name)).collect();
    let columns = (!names.is_empty()).then(|| format!("columns=[{}]", names.join(", ")));
    let schema = (source.schema.as_deref()).map(|schema| format!("schema={}", quoted(schema)));
    let join = |parts: &[Option<String>]| {
        parts
            .iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    };
    let table = join(&[Some(quoted(&source.table)), schema]);
    let table = format!("o.get_table({table})");
    let reader = format!(
        "{table}.open_reader({})",
        partition.clone().unwrap_or_default()
    );
    match limit {
        Some(rows) if source.start == 0 && rows <= MOST_OF_HEAD => {
            format!(
                "{table}.head({})",
                join(&[Some(rows.to_string()), partition, columns])
            )
        }
        Some(rows) => {
            let window = format!("{}, {rows}", source.start);
            format!("{reader}.read({})", join(&[Some(window), columns]))
        }
        None if source.start == 0 && columns.is_none() => format!("{reader}.to_pandas()"),
        None => {
            let start = (source.start > 0).then(|| source.start.to_string());
            format!("{reader}.read({})", join(&[start, columns]))
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

thread_local! {
    static POST: RefCell<Post> = const { RefCell::new(Post::new()) };
}

/// The worker and what waits for it.
struct Post {
    worker: Option<Running>,
    /// What was asked before the worker listened.
    waiting: VecDeque<Ask>,
    frames: BTreeMap<FrameId, Frame>,
    /// Who waits for the answer to a question.
    answers: BTreeMap<u32, (FrameId, Answered)>,
    zone: Option<String>,
    next: u32,
}

type Answered = Rc<dyn Fn(Answer)>;

struct Running {
    worker: Worker,
    ready: bool,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Post {
    const fn new() -> Self {
        Self {
            worker: None,
            waiting: VecDeque::new(),
            frames: BTreeMap::new(),
            answers: BTreeMap::new(),
            zone: None,
            next: 1,
        }
    }
}

fn next_id() -> u32 {
    POST.with_borrow_mut(|post| {
        post.next = post.next.wrapping_add(1);
        post.next
    })
}

fn ask(ask: Ask) {
    let lost = POST.with_borrow_mut(|post| {
        if post.worker.is_none() {
            // A frame that no worker holds needs no release, and one that was lost no view.
            let opens = matches!(ask, Ask::Open { .. } | Ask::More { .. });
            if !opens && post.waiting.is_empty() {
                return None;
            }
            match start() {
                Ok(running) => post.worker = Some(running),
                Err(error) => return Some(describe(&error)),
            }
        }
        match &post.worker {
            Some(running) if running.ready => send(&running.worker, &ask),
            _ => post.waiting.push_back(ask),
        }
        None
    });
    if let Some(detail) = lost {
        crashed(&detail);
    }
}

fn send(worker: &Worker, ask: &Ask) {
    // Messages are plain data with text keys, and a string can always be cloned.
    if let Ok(text) = serde_json::to_string(ask) {
        let _ = worker.post_message(&JsValue::from_str(&text));
    }
}

fn start() -> Result<Running, JsValue> {
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok().flatten())
        .unwrap_or_default();
    let address = web_sys::Url::new_with_base(PROGRAM, &base)?.href();
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("frames");
    let worker = Worker::new_with_options(&address, &options)?;
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(tell) = event
            .data()
            .as_string()
            .and_then(|text| serde_json::from_str(&text).ok())
        {
            told(tell);
        }
    });
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(|event: ErrorEvent| {
        event.prevent_default();
        crashed(&event.message());
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Running {
        worker,
        ready: false,
        _on_message: on_message,
        _on_error: on_error,
    })
}

fn told(tell: Tell) {
    let frame = |id: FrameId| POST.with_borrow(|post| post.frames.get(&id).copied());
    match tell {
        Tell::Ready => POST.with_borrow_mut(|post| {
            let Some(running) = &mut post.worker else {
                return;
            };
            running.ready = true;
            let zone = Ask::Zone {
                name: post.zone.clone(),
            };
            send(&running.worker, &zone);
            send(&running.worker, &Ask::Budget { bytes: budget() });
            for ask in post.waiting.drain(..) {
                send(&running.worker, &ask);
            }
        }),
        Tell::Opened { frame: id, head } => {
            if let Some(frame) = frame(id) {
                frame.head.set(Some(head));
            }
        }
        Tell::Progress {
            frame: id,
            progress,
        } => {
            if let Some(frame) = frame(id) {
                frame.progress.set(progress);
            }
        }
        Tell::Window { frame: id, window } => {
            if let Some(frame) = frame(id) {
                frame.window.set(window);
            }
        }
        Tell::Arranged {
            frame: id,
            epoch,
            refusal,
        } => {
            if let Some(frame) = frame(id) {
                frame.arranged.set(Arranged { epoch, refusal });
            }
        }
        Tell::Answer { ticket, answer, .. } => answered(ticket, answer),
        Tell::Crashed { detail } => crashed(&detail),
    }
}

/// Hands an answer to who waits for it. Nothing is borrowed meanwhile: it may ask again.
fn answered(ticket: u32, answer: Answer) {
    let on_way = matches!(
        answer,
        Answer::Searching { .. } | Answer::Counted { done: false, .. }
    );
    let given = POST.with_borrow_mut(|post| match on_way {
        true => post.answers.get(&ticket).cloned(),
        false => post.answers.remove(&ticket),
    });
    if let Some((_, given)) = given {
        given(answer);
    }
}

/// Ends the worker. A frame that lost its rows for the first time is read anew in another one, and
/// says so; one that had this before, or whose worker never began, says what happened and waits to be
/// asked: what ends a worker twice will end it again.
fn crashed(detail: &str) {
    let (frames, began) = POST.with_borrow_mut(|post| {
        let began = post.worker.as_ref().is_some_and(|running| running.ready);
        if let Some(running) = post.worker.take() {
            running.worker.terminate();
            // Its own error handler may be what runs now: it is dropped after this turn.
            super::spawn(async move {
                super::sleep(0).await;
                drop(running);
            });
        }
        post.waiting.clear();
        post.answers.clear();
        (post.frames.values().copied().collect::<Vec<_>>(), began)
    });
    for frame in frames {
        frame.head.set(None);
        frame.window.set(Window::default());
        let fault = Fault::Crashed {
            detail: detail.to_owned(),
        };
        frame.progress.set(Progress {
            phase: Phase::Failed(fault),
            ..Progress::default()
        });
        if began && !frame.restarted.get_untracked() {
            frame.restarted.set(true);
            frame.reopen();
        }
    }
}

fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| String::from(error.message()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(partition: Option<&str>) -> TableSource {
        TableSource {
            project: "p".into(),
            table: "sales".into(),
            partition: partition.map(str::to_owned),
            columns: Vec::new(),
            schema: None,
            start: 0,
        }
    }

    #[test]
    fn the_line_reads_the_same_rows() {
        assert_eq!(
            pyodps_line(&table(None), Some(6)),
            "o.get_table('sales').head(6)"
        );
        assert_eq!(
            pyodps_line(&table(Some("dt=20260101")), Some(100)),
            "o.get_table('sales').head(100, partition='dt=20260101')"
        );
        assert_eq!(
            pyodps_line(&table(Some("dt='x'")), None),
            "o.get_table('sales').open_reader(partition='dt=\\'x\\'').to_pandas()"
        );
        let window = TableSource {
            start: 500,
            columns: vec!["a".into(), "b".into()],
            schema: Some("s".into()),
            ..table(None)
        };
        assert_eq!(
            pyodps_line(&window, Some(100)),
            "o.get_table('sales', schema='s').open_reader().read(500, 100, columns=['a', 'b'])"
        );
        assert_eq!(
            pyodps_line(&table(None), Some(10_001)),
            "o.get_table('sales').open_reader().read(0, 10001)"
        );
    }

    #[test]
    fn a_fault_keeps_its_evidence() {
        let source = Source::Table(table(None));
        let fault = Fault::Refused {
            status: 404,
            code: "NoSuchTable".into(),
            message: "ODPS-0420111: no table".into(),
            request_id: Some("r1".into()),
        };
        let problem = super::problem(&source, &fault);
        assert_eq!(problem.why, Cause::NoSuchTable);
        assert_eq!(problem.request_id.as_deref(), Some("r1"));
        let cut = super::problem(
            &source,
            &Fault::Truncated {
                detail: "at 7".into(),
            },
        );
        assert_eq!(cut.why, Cause::Truncated);
    }
}
