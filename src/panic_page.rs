//! What the reader sees when the program itself failed: a sentence and a way on, never a dead page.

use wasm_bindgen::JsCast;

const SENTENCE: &str = "Mars Console stopped because of an error in itself. Nothing was sent after \
    that; clusters go on running. Reload the page to come back to the same place. \
    控制台因自身错误停止运行，集群不受影响。请刷新页面回到原处。";

/// Logs the panic and shows [`SENTENCE`] above the page.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show();
    }));
}

fn show() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    if document.query_selector(".panic").ok().flatten().is_some() {
        return;
    }
    let Some(body) = document.body() else { return };
    let Ok(notice) = document.create_element("div") else {
        return;
    };
    notice.set_class_name("panic");
    notice.set_text_content(Some(SENTENCE));
    if let Some(notice) = notice.dyn_ref::<web_sys::HtmlElement>() {
        // Nothing is left to show a problem with if this fails as well.
        let _ = notice.set_attribute("role", "alert");
        let _ = body.prepend_with_node_1(notice);
    }
}
