//! Chunks: parts of the page's program that are downloaded when they are first shown.
//!
//! `cargo xtask` builds the page with `--cfg split` and cuts its module at the functions that
//! `chunk!` makes. Otherwise (`trunk serve`, tests, the frame worker) nothing is cut and a chunk is
//! there at once.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::api::{Cause, Doing, Problem};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::text::{Text, sentences};

/// The way to a chunk: what it shows, for an argument, once it is there.
pub type Load<A> = Pin<Box<dyn Future<Output = Result<fn(A) -> AnyView, SplitLoaderError>>>>;

/// `chunk!(name, view, Argument)`: a function `name` that loads the chunk of this name and gives
/// `view`, a `fn(Argument) -> AnyView`, of it. What only `view` reaches is in the chunk.
macro_rules! chunk {
    ($name:ident, $view:path, $argument:ty) => {
        fn $name() -> $crate::lazy::Load<$argument> {
            #[cfg(all(split, feature = "page"))]
            #[allow(unsafe_code, reason = "the cut is a foreign function")]
            #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, fallible)]
            fn load() -> Result<fn($argument) -> AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($view)
            }
            #[cfg(not(all(split, feature = "page")))]
            async fn load() -> Result<fn($argument) -> AnyView, leptos::wasm_split::SplitLoaderError>
            {
                Ok($view)
            }
            Box::pin(load())
        }
    };
}
pub(crate) use chunk;

/// Shows what a chunk makes of an argument: at once if it is there, else when it has come. A whole
/// page has a heading from the start: `title`.
pub fn show<A: Clone + Send + Sync + 'static>(
    load: fn() -> Load<A>,
    argument: A,
    title: Option<fn(&Text) -> &'static str>,
) -> AnyView {
    let mut loading = load();
    let first = loading
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    if let Poll::Ready(Ok(view)) = first {
        return view(argument);
    }
    let t = sentences();
    let got = RwSignal::new(None);
    let begin = move || {
        got.set(None);
        spawn_local(async move {
            let loaded = load().await.map_err(|_| ());
            // The page may have been left meanwhile.
            got.try_set(Some(loaded));
        });
    };
    begin();
    let headed = move |body: AnyView| match title {
        Some(title) => {
            let title = Signal::derive(move || title(t.get()).to_owned());
            view! { <Page title>{body}</Page> }.into_any()
        }
        None => body,
    };
    (move || match got.get() {
        None => {
            let reading = move || t.get().shell.reading;
            headed(view! { <p class="quiet" role="status">{reading}</p> }.into_any())
        }
        Some(Ok(view)) => view(argument.clone()),
        Some(Err(())) => {
            let problem = Problem::new(Doing::OpenPage, Cause::ChunkMissing);
            let again = Callback::new(move |()| begin());
            headed(view! { <ProblemNotice problem retry=again/> }.into_any())
        }
    })
    .into_any()
}
