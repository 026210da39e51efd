//! What a form will cost, beside the form.

use cluster::Spec;
use cluster::price::{Book, Price};
use leptos::prelude::*;

use crate::state::profile::Profile;
use crate::text::{Text, sentences};

/// Price per hour, per day and up to the platform's cap.
#[component]
pub fn PriceRail(
    /// What is asked for, while the form can be read.
    #[prop(into)]
    spec: Signal<Option<Spec>>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let local = move || {
        spec.with(Option::is_some) && profile.get().is_some_and(|connection| connection.local)
    };
    let figures = move || match spec.get() {
        Some(spec) => figures(t.get(), &spec).into_any(),
        None => view! { <p class="quiet">{t.get().clusters.create.price_unknown}</p> }.into_any(),
    };
    let billed = move || {
        local().then(|| view! { <p class="price-local">{t.get().clusters.create.local_price}</p> })
    };
    let scaled = move || {
        local().then(|| view! { <p class="price-note">{t.get().clusters.create.local_scaled}</p> })
    };
    view! {
        <section class="price" aria-labelledby="price-title" aria-live="polite">
            <h2 id="price-title">{move || t.get().clusters.create.price}</h2>
            {billed}
            {figures}
            {scaled}
        </section>
    }
}

fn figures(text: &'static Text, spec: &Spec) -> impl IntoView + use<> {
    let (words, book) = (&text.clusters.create, Book::default());
    let price = Price::of(spec, &book);
    let line = |amount: String, word: String| {
        let amount = (words.about)(&book.currency, &amount);
        view! { <div class="price-line"><dd>{amount}</dd><dt>{word}</dt></div> }
    };
    let units = (words.cu)(
        &price.total.to_string(),
        &price.workers.to_string(),
        &price.overhead.to_string(),
    );
    view! {
        <dl class="price-lines">
            {line(price.hour.rounded(2), words.per_hour.to_owned())}
            {line(price.day.rounded(0), words.per_day.to_owned())}
            {line(price.cap.rounded(0), (words.to_cap)(book.cap_hours))}
        </dl>
        <p class="price-note">{units}</p>
        <p class="price-note">{(words.guide_overhead)(&price.overhead_by_guide.to_string())}</p>
        <p class="price-note">{(words.book)(&book.date)}</p>
    }
}
