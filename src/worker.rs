//! What the workers share: `fetch` by the protocol's requests, streams piece by piece, time.

use bytes::Bytes;
use js_sys::{Function, Promise, Uint8Array};
use odps::tunnel::unpack;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, RequestInit,
};
use wire::{Request, Response, Service, Unreachable};

fn gone(error: JsValue) -> Unreachable {
    Unreachable {
        reason: describe(&error),
    }
}

/// Sends a request; what ends it, and the promise of its answer for [`begun`].
pub fn fetch(
    scope: &DedicatedWorkerGlobalScope,
    service: &Service,
    request: &Request,
) -> Result<(AbortController, Promise), Unreachable> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let abort = AbortController::new().map_err(gone)?;
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_signal(Some(&abort.signal()));
    let headers = web_sys::Headers::new().map_err(gone)?;
    for (name, value) in request.headers() {
        if let Ok(value) = value.to_str() {
            headers.set(name.as_str(), value).map_err(gone)?;
        }
    }
    if *service == Service::Tunnel {
        headers
            .set(unpack::ACCEPT_HEADER, unpack::ACCEPTED)
            .map_err(gone)?;
    }
    init.set_headers(&headers);
    if !request.body().is_empty() {
        init.set_body(&Uint8Array::from(request.body().as_ref()));
    }
    // Relative to the worker's own address, which lies beside the page's.
    let address = crate::api::address(service, path);
    let answer = scope.fetch_with_str_and_init(&address, &init);
    Ok((abort, answer.unchecked_into()))
}

/// The answer of a request that was sent, when its body begins.
pub async fn begun(answer: Promise) -> Result<web_sys::Response, Unreachable> {
    let answer = JsFuture::from(answer).await;
    answer.and_then(JsCast::dyn_into).map_err(gone)
}

/// The pieces of a good answer; none of another.
pub fn pieces(answer: &web_sys::Response) -> Option<ReadableStreamDefaultReader> {
    let body = answer.body().filter(|_| answer.ok())?;
    body.get_reader().dyn_into().ok()
}

/// Milliseconds of a clock that never goes back.
pub fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope
        .performance()
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Waits for so many milliseconds.
pub async fn sleep(scope: &DedicatedWorkerGlobalScope, millis: u64) {
    let scope = scope.clone();
    let timer = Promise::new(&mut |resolve: Function, _| {
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        // Refused only for a callback that is not a function.
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    // The promise is never rejected.
    let _ = JsFuture::from(timer).await;
}

/// Lets waiting messages be heard. A timer would wait four milliseconds after the first few.
pub async fn breathe() {
    let Ok(channel) = web_sys::MessageChannel::new() else {
        return;
    };
    let heard = Promise::new(&mut |resolve: Function, _| {
        channel.port1().set_onmessage(Some(&resolve));
    });
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // The promise is never rejected.
        let _ = JsFuture::from(heard).await;
    }
    channel.port1().close();
}

/// The next piece of a stream; none at its end.
pub async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let item = JsFuture::from(reader.read()).await?;
    if js_sys::Reflect::get(&item, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    let value = js_sys::Reflect::get(&item, &"value".into())?;
    Ok(Some(value.dyn_into::<Uint8Array>()?.to_vec()))
}

/// The whole answer.
pub async fn whole(answer: web_sys::Response) -> Result<Response, Unreachable> {
    let gone = |error: JsValue| Unreachable {
        reason: describe(&error),
    };
    let mut response = http::Response::builder().status(answer.status());
    for entry in answer.headers().entries() {
        let pair = js_sys::Array::from(&entry.map_err(gone)?);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            response = response.header(name, value);
        }
    }
    let buffer = JsFuture::from(answer.array_buffer().map_err(gone)?)
        .await
        .map_err(gone)?;
    let body = Bytes::from(Uint8Array::new(&buffer).to_vec());
    response.body(body).map_err(|error| Unreachable {
        reason: error.to_string(),
    })
}

/// The words of a thrown value.
pub fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| String::from(error.message()),
    )
}
