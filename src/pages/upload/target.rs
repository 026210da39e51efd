//! The table: an existing or a new one, the partition, and what happens to the rows that are there.

use leptos::prelude::*;
use odps::tables::PartitionSpec;

use super::draft::Draft;
use super::reading::Choice;
use crate::api::{self, tables};
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::field::Field;

const INTO: [bool; 2] = [false, true];
const MODES: [bool; 2] = [false, true];
/// How many existing partitions are offered.
const OFFERED: usize = 1_000;

/// The table.
#[component]
pub fn TargetFields(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().uploads;
    let reading = move || {
        let asked = !draft.new.get() && draft.table.with(|name| !name.trim().is_empty());
        (asked && draft.facts.with(Option::is_none)).then(|| words().table_read)
    };
    let problem = move || match draft.facts.get() {
        Some(Err(problem)) if !draft.new.get() => Some(view! { <ProblemNotice problem=problem/> }),
        _ => None,
    };
    let partitioned = move || draft.partition_keys().is_some_and(|keys| !keys.is_empty());
    view! {
        <section class="section" aria-labelledby="upload-target">
            <h2 id="upload-target">{move || words().target}</h2>
            <div class="upload-choices">
                <Choice
                    label=Signal::derive(move || words().target)
                    choices=&INTO
                    chosen=Signal::from(draft.new)
                    word=Callback::new(move |new| (words().into)(new).to_owned())
                    on_choose=Callback::new(move |new| draft.new.set(new))
                />
                <Field
                    name="upload-table"
                    label=Signal::derive(move || words().table.to_owned())
                    value=draft.table
                    hint=Signal::derive(move || words().table_hint.to_owned())
                />
                <Show when=move || draft.new.get()>
                    <Field
                        name="upload-keys"
                        label=Signal::derive(move || words().keys.to_owned())
                        value=draft.keys
                        hint=Signal::derive(move || words().keys_hint.to_owned())
                    />
                </Show>
            </div>
            <p class="quiet" role="status">{reading}</p>
            {problem}
            <Show when=partitioned><Partition draft=draft/></Show>
            <Show when=move || draft.existing().is_some()><Mode draft=draft/></Show>
        </section>
    }
}

/// The values of the partition columns, typed or of a partition that exists.
#[component]
fn Partition(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let keys = Memo::new(move |_| draft.partition_keys().unwrap_or_default());
    let known = LocalResource::new(move || {
        let name = draft.existing().map(|_| draft.name());
        let connection = profile.get();
        async move {
            let target = api::target(connection).await.ok()?;
            let list = tables::first_partitions(&target, &name?, OFFERED)
                .await
                .ok()?;
            let specs = list.items.into_iter().map(|partition| partition.spec);
            Some(specs.collect::<Vec<PartitionSpec>>())
        }
    });
    let pick = move |event: leptos::ev::Event| {
        if let Ok(spec) = PartitionSpec::read(&event_target_value(&event)) {
            draft
                .values
                .set(spec.0.into_iter().map(|(_, value)| value).collect());
        }
    };
    let offered = move || {
        let specs = known.get().flatten().filter(|specs| !specs.is_empty())?;
        let options = specs.into_iter().map(|spec| {
            let spec = spec.to_string();
            view! { <option value=spec.clone()>{spec.clone()}</option> }
        });
        Some(view! {
            <label class="upload-select">
                <span>{t.get().uploads.known}</span>
                <select on:change=pick>
                    <option value="">{t.get().uploads.new_partition}</option>
                    {options.collect_view()}
                </select>
            </label>
        })
    };
    let fields = move || {
        let keys = keys.get().into_iter().enumerate();
        keys.map(|(at, key)| view! { <Value draft=draft at=at key=key/> })
            .collect_view()
    };
    view! {
        <div class="upload-choices" role="group" aria-label=move || t.get().uploads.partition>
            {offered}
            {fields}
        </div>
    }
}

/// The value of one partition column.
#[component]
fn Value(
    /// What is chosen.
    draft: Draft,
    /// Which column.
    at: usize,
    /// Its name.
    key: String,
) -> impl IntoView {
    let value = move || {
        draft
            .values
            .with(|values| values.get(at).cloned().unwrap_or_default())
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        draft.values.update(|values| {
            values.resize(values.len().max(at + 1), String::new());
            values[at] = text;
        });
    };
    view! {
        <label class="upload-select">
            <span>{key}</span>
            <input type="text" autocomplete="off" spellcheck="false" prop:value=value on:input=typed/>
        </label>
    }
}

/// Add or replace; to replace, the name is typed once more.
#[component]
fn Mode(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().uploads;
    let label = move || draft.table.with(|name| (words().confirm)(name.trim()));
    view! {
        <div class="upload-choices">
            <Choice
                label=Signal::derive(move || words().mode)
                choices=&MODES
                chosen=Signal::from(draft.overwrite)
                word=Callback::new(move |overwrite| (words().overwrites)(overwrite).to_owned())
                on_choose=Callback::new(move |overwrite| draft.overwrite.set(overwrite))
            />
            <Show when=move || draft.overwrite.get()>
                <Field name="upload-confirm" label=Signal::derive(label) value=draft.confirm/>
            </Show>
        </div>
    }
}
