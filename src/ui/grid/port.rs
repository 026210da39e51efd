//! The measures of the visible part, read from the document: they change with the window, the
//! density and the font.

use leptos::{html, prelude::*};
use std::cell::Cell;
use wasm_bindgen::{JsCast, closure::Closure};

/// Sizes in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Port {
    /// Inner width, without the scroll bar.
    pub(super) width: f64,
    /// Inner height, without the scroll bar.
    pub(super) height: f64,
    /// Height of the headings.
    pub(super) head: f64,
    /// Height of a row.
    pub(super) row: f64,
    /// Width of a digit.
    pub(super) char: f64,
    /// Space beside the text of a cell.
    pub(super) pad: f64,
}

/// Measures now and whenever the scroller, the headings or the probe change their size.
pub(super) fn watch(
    scroller: NodeRef<html::Div>,
    head: NodeRef<html::Div>,
    probe: NodeRef<html::Div>,
) -> RwSignal<Port> {
    let port = RwSignal::new(Port::default());
    Effect::new(move |_| {
        let (Some(scroller), Some(head), Some(probe)) = (scroller.get(), head.get(), probe.get())
        else {
            return;
        };
        let measure = {
            let (scroller, head, probe) = (scroller.clone(), head.clone(), probe.clone());
            move || {
                let now = measured(&scroller, &head, &probe);
                if port.try_get_untracked().is_some_and(|before| before != now) {
                    port.set(now);
                }
            }
        };
        measure();
        let callback = Closure::<dyn FnMut()>::new(measure);
        // Without an observer (a very old browser) the first measure stands.
        let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&scroller);
        observer.observe(&head);
        observer.observe(&probe);
        let kept = StoredValue::new_local((observer, callback));
        on_cleanup(move || {
            kept.with_value(|(observer, _)| observer.disconnect());
        });
    });
    port
}

fn measured(
    scroller: &web_sys::HtmlElement,
    head: &web_sys::HtmlElement,
    probe: &web_sys::HtmlElement,
) -> Port {
    let rect = probe.get_bounding_client_rect();
    Port {
        width: f64::from(scroller.client_width()),
        height: f64::from(scroller.client_height()),
        head: head.get_bounding_client_rect().height(),
        row: rect.height(),
        char: rect.width() / 10.0,
        pad: 18.0,
    }
}

/// A name that no other grid on the page has: `aria-activedescendant` needs ids.
pub(super) fn unique_id() -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    let number = NEXT.get();
    NEXT.set(number.wrapping_add(1));
    format!("grid{number}")
}
