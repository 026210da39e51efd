//! The frame worker: a program of its own beside the page. It fetches table streams and job results,
//! decodes them, and answers the page's questions with windows of text.
//!
//! What to send and how to read it is `console::frames`; here are only `fetch`, `postMessage` and
//! the clock. The worker's own address is the base of every request, so the page's base path holds
//! here too.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use console::frames::browser;
use console::frames::desk::export::Exported;
use console::frames::desk::{Desk, Run};
use console::frames::load::Step;
use console::frames::{Ask, FrameId, Tell};
use console::worker::{self, breathe, describe, next, whole};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, DedicatedWorkerGlobalScope, MessageEvent, MessagePort};
use wire::{Request, Response, Service, Unreachable};

/// Progress is told at most this often, in milliseconds.
const PACE: f64 = 80.0;
/// Chores are done for so many milliseconds before messages are heard again.
const TURN: f64 = 8.0;
/// How many rows one answer to the file worker holds at most.
const EXPORTED: u64 = 50_000;

/// What the whole worker shares.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    desk: RefCell<Desk>,
    /// Whether somebody does the chores.
    busy: Cell<bool>,
    /// The request of each frame that is on its way.
    aborts: RefCell<BTreeMap<FrameId, AbortController>>,
    /// The memory that frames are read from.
    memory: RefCell<BTreeMap<FrameId, Uint8Array>>,
}

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let worker = Rc::new(Worker {
        scope: scope.clone(),
        desk: RefCell::new(Desk::new(browser::decode)),
        busy: Cell::new(false),
        aborts: RefCell::default(),
        memory: RefCell::default(),
    });
    let dying = scope.clone();
    std::panic::set_hook(Box::new(move |info| {
        console_error_panic_hook::hook(info);
        tell(
            &dying,
            &Tell::Crashed {
                detail: info.to_string(),
            },
        );
    }));
    let listener = {
        let worker = Rc::clone(&worker);
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let (text, memory) = parts(&event.data());
            if let Some(ask) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                worker.keep(&ask, memory);
                match ask {
                    Ask::Export { frame } => worker.export(frame, &event),
                    other => worker.asked(other),
                }
            }
        })
    };
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listener.forget();
    tell(&scope, &Tell::Ready);
}

impl Worker {
    fn asked(self: &Rc<Self>, ask: Ask) {
        let Some(frame) = ask.frame() else {
            let tells = match ask {
                Ask::Zone { name } => {
                    let zone = name.as_deref().and_then(browser::zone);
                    self.desk.borrow_mut().set_zone(zone)
                }
                other => self.desk.borrow_mut().ask(other).tells,
            };
            return self.tell_all(&tells);
        };
        let reply = self.desk.borrow_mut().ask(ask);
        if reply.abort
            && let Some(abort) = self.aborts.borrow_mut().remove(&frame)
        {
            abort.abort();
        }
        self.tell_all(&reply.tells);
        if let Some(run) = reply.start {
            spawn_local(Rc::clone(self).read(frame, run));
        }
        self.do_chores();
    }

    /// Keeps the memory that a frame is read from, and lets go of it with the frame.
    fn keep(&self, ask: &Ask, memory: Option<Uint8Array>) {
        let mut kept = self.memory.borrow_mut();
        match (ask, memory) {
            (Ask::Open { frame, .. }, Some(memory)) => drop(kept.insert(*frame, memory)),
            (Ask::Open { frame, .. } | Ask::Release { frame }, _) => drop(kept.remove(frame)),
            _ => {}
        }
    }

    /// A piece of the memory of a frame; what lies outside it is left out.
    fn piece(&self, frame: FrameId, range: &Range<u64>) -> Vec<u8> {
        let place = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
        let kept = self.memory.borrow();
        kept.get(&frame).map_or_else(Vec::new, |memory| {
            memory
                .subarray(place(range.start), place(range.end))
                .to_vec()
        })
    }

    /// Answers the file worker through the port of a message, question by question.
    fn export(self: &Rc<Self>, frame: FrameId, event: &MessageEvent) {
        let Ok(port) = event.ports().get(0).dyn_into::<MessagePort>() else {
            return;
        };
        let viewed = RefCell::new(self.desk.borrow().export_view(frame));
        let (worker, place, answering) = (Rc::clone(self), Cell::new(0), port.clone());
        let answer = Closure::<dyn FnMut()>::new(move || {
            let exported = viewed.borrow().as_ref().map_or(Exported::Gone, |viewed| {
                worker
                    .desk
                    .borrow()
                    .export_batch(viewed, place.get(), EXPORTED)
            });
            // A port that is closed takes nothing more.
            let _ = match exported {
                Exported::Rows(bytes) => {
                    place.set(place.get() + EXPORTED);
                    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
                    answering.post_message_with_transferable(&buffer, &js_sys::Array::of1(&buffer))
                }
                Exported::End => {
                    viewed.take();
                    answering.post_message(&JsValue::NULL)
                }
                Exported::Gone => {
                    viewed.take();
                    answering.post_message(&"gone".into())
                }
            };
        });
        port.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        // The port answers as long as the other end asks; the rows that it keeps go at the end.
        answer.forget();
    }

    fn tell_all(&self, tells: &[Tell]) {
        for told in tells {
            tell(&self.scope, told);
        }
    }

    /// Does what waits in turns of some milliseconds; between two of them messages are heard.
    fn do_chores(self: &Rc<Self>) {
        if self.busy.get() || !self.desk.borrow().has_chores() {
            return;
        }
        self.busy.set(true);
        let worker = Rc::clone(self);
        spawn_local(async move {
            while worker.desk.borrow().has_chores() {
                let begun = worker.now();
                while worker.desk.borrow().has_chores() && worker.now() - begun < TURN {
                    let tells = worker.desk.borrow_mut().chore();
                    worker.tell_all(&tells);
                }
                breathe().await;
            }
            worker.busy.set(false);
        });
    }

    /// Reads a frame until it rests or another reading takes its place.
    async fn read(self: Rc<Self>, frame: FrameId, run: Run) {
        let mut clock = self.now();
        let mut told = f64::NEG_INFINITY;
        loop {
            let step = self.desk.borrow_mut().step(frame, run);
            match step {
                Step::Send(service, request) => {
                    let outcome = self.send(frame, &service, &request).await;
                    self.desk.borrow_mut().answered(frame, run, outcome);
                }
                Step::Stream(service, request) => {
                    self.stream(frame, run, &service, &request, &mut clock)
                        .await;
                }
                Step::Piece(range) => {
                    // Between two pieces messages are heard: which cells are wanted, or a stop.
                    breathe().await;
                    let bytes = self.piece(frame, &range);
                    // Bytes that are not there cannot be waited for.
                    if bytes.is_empty() {
                        let broken = Some("the memory is not there".to_owned());
                        self.desk.borrow_mut().ended(frame, run, broken);
                    } else {
                        self.desk.borrow_mut().chunk(frame, run, bytes);
                    }
                    self.spend(frame, run, &mut clock);
                    if self.due(frame, run, told, clock) {
                        told = clock;
                        self.report(frame);
                    }
                    continue;
                }
                Step::Wait(millis) => {
                    self.report(frame);
                    self.sleep(millis).await;
                }
                Step::Rest => break,
            }
            self.spend(frame, run, &mut clock);
            if !self.desk.borrow().current(frame, run) {
                return;
            }
            self.report(frame);
        }
        if self.desk.borrow().current(frame, run) {
            self.report(frame);
        }
    }

    async fn stream(
        self: &Rc<Self>,
        frame: FrameId,
        run: Run,
        service: &Service,
        request: &Request,
        clock: &mut f64,
    ) {
        let answer = match self.fetch(frame, service, request).await {
            Ok(answer) => answer,
            Err(gone) => return self.desk.borrow_mut().answered(frame, run, Err(gone)),
        };
        let Some(reader) = worker::pieces(&answer) else {
            let outcome = whole(answer).await;
            return self.desk.borrow_mut().answered(frame, run, outcome);
        };
        let mut told = f64::NEG_INFINITY;
        let broken = loop {
            match next(&reader).await {
                Ok(Some(piece)) => {
                    let wanted = self.desk.borrow_mut().chunk(frame, run, piece);
                    self.spend(frame, run, clock);
                    if !wanted {
                        // Nobody waits for the rest; a failed cancel changes nothing.
                        let _ = JsFuture::from(reader.cancel()).await;
                        return;
                    }
                    if self.due(frame, run, told, *clock) {
                        told = *clock;
                        self.report(frame);
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(describe(&error)),
            }
        };
        self.desk.borrow_mut().ended(frame, run, broken);
    }

    async fn send(
        &self,
        frame: FrameId,
        service: &Service,
        request: &Request,
    ) -> Result<Response, Unreachable> {
        whole(self.fetch(frame, service, request).await?).await
    }

    async fn fetch(
        &self,
        frame: FrameId,
        service: &Service,
        request: &Request,
    ) -> Result<web_sys::Response, Unreachable> {
        let (abort, answer) = worker::fetch(&self.scope, service, request)?;
        self.aborts.borrow_mut().insert(frame, abort);
        worker::begun(answer).await
    }

    /// Whether the page hears of the rows that came: the first at once, then at the pace.
    fn due(&self, frame: FrameId, run: Run, told: f64, now: f64) -> bool {
        let desk = self.desk.borrow();
        desk.current(frame, run) && desk.rows(frame) > 0 && now - told > PACE
    }

    fn report(self: &Rc<Self>, frame: FrameId) {
        let tells = self.desk.borrow_mut().news(frame);
        self.tell_all(&tells);
        self.do_chores();
    }

    /// Adds the time since `clock` to the frame's account.
    fn spend(&self, frame: FrameId, run: Run, clock: &mut f64) {
        let now = self.now();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a duration in ms"
        )]
        let millis = (now - *clock).max(0.0) as u64;
        // What is less than a millisecond is counted with the next piece.
        if millis > 0 {
            self.desk.borrow_mut().spend(frame, run, millis);
            *clock = now;
        }
    }

    fn now(&self) -> f64 {
        worker::now(&self.scope)
    }

    async fn sleep(&self, millis: u64) {
        worker::sleep(&self.scope, millis).await;
    }
}

/// The text of a message, and the memory that came beside it.
fn parts(data: &JsValue) -> (Option<String>, Option<Uint8Array>) {
    let Some(both) = data.dyn_ref::<Array>() else {
        return (data.as_string(), None);
    };
    let memory = both.get(1).dyn_into::<ArrayBuffer>().ok();
    (
        both.get(0).as_string(),
        memory.map(|memory| Uint8Array::new(&memory)),
    )
}

fn tell(scope: &DedicatedWorkerGlobalScope, told: &Tell) {
    // Messages are plain data with text keys, and a string can always be cloned.
    if let Ok(text) = serde_json::to_string(told) {
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}
