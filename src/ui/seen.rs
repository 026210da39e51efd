//! Whether an element has come into view: what is far down a list asks for nothing yet.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Becomes true when the element comes into view, and stays true.
pub fn seen<E>(node: NodeRef<E>) -> ReadSignal<bool>
where
    E: leptos::html::ElementType,
    E::Output: Clone + AsRef<Element> + JsCast + 'static,
{
    let (seen, set) = signal(false);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let inside = |entry: JsValue| {
                entry
                    .dyn_into::<IntersectionObserverEntry>()
                    .is_ok_and(|entry| entry.is_intersecting())
            };
            if entries.iter().any(inside) {
                set.try_set(true);
            }
        });
        // Without an observer (a very old browser) everything counts as seen.
        let Ok(observer) = IntersectionObserver::new(callback.as_ref().unchecked_ref()) else {
            set.set(true);
            return;
        };
        observer.observe(element.as_ref());
        let kept = StoredValue::new_local((observer, callback));
        on_cleanup(move || {
            kept.with_value(|(observer, _)| observer.disconnect());
        });
    });
    seen
}
