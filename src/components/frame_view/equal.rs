//! What is seen as a query: the same rows in MaxCompute SQL and in pandas.

use leptos::prelude::*;

use super::sight::Sight;
use crate::components::copy::Copy;
use crate::frames::{Answer, Question, Source};
use crate::text::sentences;

/// The two queries.
#[component]
pub fn Equal(
    /// The frame and its arrangement.
    sight: Sight,
    /// Where its rows come from.
    source: Source,
    /// How many rows are read at most.
    limit: Signal<Option<u64>>,
) -> impl IntoView {
    let t = sentences();
    let both = RwSignal::new((String::new(), String::new()));
    let source = StoredValue::new(source);
    Effect::new(move |_| {
        sight.seen.track();
        let (name, partition) = source.with_value(named);
        let question = Question::Equal {
            name,
            partition,
            limit: limit.get(),
        };
        sight.frame.question(question, move |answer| {
            if let Answer::Equal { sql, pandas } = answer {
                both.try_set((sql, pandas));
            }
        });
    });
    let line = move |name: &'static str, text: Memo<String>| {
        view! {
            <div class="frame-query">
                <div class="frame-query-head"><span>{name}</span><Copy text=text what=Signal::derive(move || name.to_owned())/></div>
                <pre tabindex="0" aria-label=name><code>{move || text.get()}</code></pre>
            </div>
        }
    };
    let sql = Memo::new(move |_| both.with(|both| both.0.clone()));
    let pandas = Memo::new(move |_| both.with(|both| both.1.clone()));
    view! {
        <section class="frame-equal" aria-label=move || t.get().grid.equal>
            <p class="frame-hint">{move || t.get().grid.equal_hint}</p>
            {line("SQL", sql)}
            {line("pandas", pandas)}
        </section>
    }
}

/// The name of a source in a query, and its partition.
fn named(source: &Source) -> (Vec<String>, Vec<(String, String)>) {
    match source {
        Source::Table(table) | Source::Preview(table) => {
            let spec = table
                .partition
                .as_deref()
                .map(odps::tables::PartitionSpec::read);
            let partition = spec.and_then(Result::ok).map(|spec| spec.0);
            let name = table.schema.iter().chain([&table.table]);
            (name.cloned().collect(), partition.unwrap_or_default())
        }
        Source::Result(_) | Source::Instance(_) | Source::Memory(_) => {
            (vec!["df".to_owned()], Vec::new())
        }
    }
}
